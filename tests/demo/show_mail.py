#!/usr/bin/env python3
"""Shows a signed mail as a mail program would, or takes it apart for gpg.

    show_mail.py FILE.eml [LINES]    headers that people see, and the first lines of the text
    show_mail.py --split FILE.eml    writes FILE.signed and FILE.asc, for "gpg --verify FILE.asc FILE.signed"
"""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from signed_mail import read_eml  # noqa: E402


def split(path):
    signed, signature = read_eml(path).signed_bytes()
    for suffix, data in ((".signed", signed), (".asc", signature)):
        with open(os.path.splitext(path)[0] + suffix, "wb") as f:
            f.write(data)


def show(path, lines):
    mail = read_eml(path)
    text = ["%s: %s" % (name, mail.header(name)) for name in ("From", "To", "Reply-To", "Subject")]
    text += [""] + mail.text().splitlines()
    for line in text[:lines]:
        print("    | " + line)
    if len(text) > lines:
        print("    | (and %d more lines, and a table of %d rows for the IT supplier)" % (
            len(text) - lines, len(mail.rows())))


if sys.argv[1] == "--split":
    split(sys.argv[2])
else:
    show(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
