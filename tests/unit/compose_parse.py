"""compose_parse: what another parser (Python's email package) reads in our mails is what went in.

Runs compose_samples, which writes the mails and the texts that went into them, and prints TAP.
"""
import email
import email.header
import email.policy
import email.utils
import os
import re
import subprocess
import sys
import tempfile


def decoded_name(mail, field):
    """The display name, by email.header: the newer parser keeps blanks between encoded words."""
    raw = dict(mail.raw_items())[field]
    name, _ = email.utils.parseaddr(re.sub(r"\r?\n", "", raw))
    return str(email.header.make_header(email.header.decode_header(name)))


def check_mail(folder, number):
    def read(end):
        with open(os.path.join(folder, "%d.%s" % (number, end)), "rb") as f:
            return f.read()

    def same(what, got, want):
        if got != want:
            problems.append("%s is %r instead of %r" % (what, got, want))

    problems = []
    subject, from_name, to_name, file_name = read("names").decode().split("\n")[:4]
    mail = email.message_from_bytes(read("eml"), policy=email.policy.default)
    same("subject", mail["Subject"] or "", subject)
    same("name of From", decoded_name(mail, "From"), from_name)
    same("name of To", decoded_name(mail, "To"), to_name)
    same("address of From", mail["From"].addresses[0].addr_spec, "meld@example.nl")
    same("addresses of To", [a.addr_spec for a in mail["To"].addresses], ["info@example.org"])
    same("Reply-To", mail["Reply-To"], "antwoord+abc@example.nl")
    same("Auto-Submitted", mail["Auto-Submitted"], "auto-generated")
    same("type", mail.get_content_type(), "multipart/signed")
    same("micalg", mail["Content-Type"].params["micalg"], "pgp-sha256")
    entity, signature = mail.iter_parts()
    same("type of signature", signature.get_content_type(), "application/pgp-signature")
    text, csv = entity.iter_parts()
    want = re.sub(rb"\r?\n", b"\r\n", read("txt"))
    if want and not want.endswith(b"\r\n"):
        want += b"\r\n"
    same("text", text.get_payload(decode=True), want)
    same("language", text["Content-Language"], "nl")
    same("file name", csv.get_filename(), file_name)
    same("attachment", csv.get_payload(decode=True), read("csv"))
    same("disposition", csv.get_content_disposition(), "attachment")
    for part in mail.walk():
        same("defects", part.defects, [])
        for name, value in part.items():
            same("defects of " + name, getattr(value, "defects", ()), ())
    return problems


def main():
    program = os.path.join(os.environ.get("top_builddir", "."), "tests/unit/compose_samples")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, folder], check=True)
        count = len([name for name in os.listdir(folder) if name.endswith(".eml")])
        print("1..%d" % count)
        failed = count == 0
        for number in range(count):
            problems = check_mail(folder, number)
            verdict = "not ok" if problems else "ok"
            print("%s %d - sample %d reads as written" % (verdict, number + 1, number))
            for problem in problems:
                print("# " + problem)
            failed = failed or bool(problems)
    return 1 if failed else 0


sys.exit(main())
