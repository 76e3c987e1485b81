#!/usr/bin/env python3
"""Every kind of Dutch warning as a company gets it, for one and for many systems: its words are in
hunspell's Dutch dictionary or in the list of terms, its lines fit, and it holds what it must."""

import email
import email.policy
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP, BUILD = os.environ["top_srcdir"], os.environ["top_builddir"]
KINDS = sorted(name[:-9] for name in os.listdir(TOP + "/templates/nl/advice"))
# words that code writes, not a template
WRITTEN = {"UTC"}
HUNSPELL = ["hunspell", "-d", "nl_NL", "-i", "utf-8", "-l"]


def seinpost(*words):
    # a refused row is no mistake of this test's: there is none
    return subprocess.run([BUILD + "/seinpost", *words], check=True, capture_output=True, timeout=120).stdout


def prepare(folder):
    subprocess.run([BUILD + "/seinpost", "init", folder], check=True, capture_output=True, timeout=120)
    os.chdir(folder)
    with open("advice.tsv", "w", encoding="utf-8") as f:
        for kind in KINDS:
            f.write("proef\t%s\t*\t%s\tno\thigh\n" % (kind, kind))
    with open("seinpost.conf", encoding="utf-8") as f:
        conf = f.read()
    conf = re.sub(r'advice = ".*"', 'advice = "advice.tsv"', conf).replace("<", "").replace(">", "")
    conf = conf.replace("name of your organisation", "Dienst").replace("telephone number", "070 1234567")
    conf += '\nmappings = ( { name = "proef"; columns = { seen_at = "tijd"; ip = "ip"; port = "poort";' \
            ' identifier = "wat"; cve = "cve"; }; } );\n'
    with open("seinpost.conf", "w", encoding="utf-8") as f:
        f.write(conf)
    rows, found = ["company,kind,value,name"], ["tijd,ip,poort,wat,cve"]
    for i, kind in enumerate(KINDS):
        for many in (0, 1):
            ref = "%s-%d" % (kind, many)
            rows += ["%s,company,,Bakker" % ref, "%s,mail,info@b%d.example," % (ref, i),
                     "%s,network,192.0.%d.%d/31," % (ref, 2 + i, 2 * many)]
            for n in range(1 + many):
                found.append("2026-11-20 10:00,192.0.%d.%d,443,%s,CVE-2026-12345" % (2 + i, 2 * many + n, kind))
    for name, lines in (("register.csv", rows), ("proef.csv", found)):
        with open(name, "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
    seinpost("company", "import", "register.csv")
    seinpost("incident", "open", "proef", "--title", "Een proef")
    seinpost("intake", "--incident", "proef", "--mapping", "proef", "proef.csv")
    seinpost("match", "proef")
    seinpost("preview", "proef", "--out", "mails")


def text_of(path):
    with open(path, "rb") as f:
        mail = email.message_from_binary_file(f, policy=email.policy.default)
    return mail.get_body(("plain",)).get_content()


def unknown_words(text, terms):
    # addresses, links, references and file names are no words
    text = re.sub(r"\S*[@/_]\S*|\S+\.\S+\w|SP-\S+|(?:[0-9A-F]{4} ){5,}[0-9A-F]{4}|CVE-[0-9-]+|timestamp, ip[^.]*source", " ", text)
    found = subprocess.run(HUNSPELL, input=text.encode(), capture_output=True, timeout=60).stdout.decode()
    words = {w.strip("’‘.-") for w in found.split()} - terms - WRITTEN - set(KINDS) - {"Bakker", ""}
    if not words:
        return []
    again = subprocess.run(HUNSPELL, input="\n".join(sorted(words)).encode(), capture_output=True, timeout=60)
    return again.stdout.decode().split()


def problems(text, terms):
    out = ["unknown: %s" % w for w in unknown_words(text, terms)]
    out += ["line of %d" % len(line) for line in text.splitlines() if len(line) > 76 and "mailto:" not in line]
    for must in ("ONTVANGEN", "OPGELOST", "NIET VAN ONS", "AFMELDEN", "192.0.", "uiterlijk"):
        if must not in text:
            out.append("without: " + must)
    return out + (["a tag is left"] if "{{" in text else [])


def main():
    if shutil.which("hunspell") is None or subprocess.run(HUNSPELL, input=b"fiets", capture_output=True).returncode:
        print("1..0 # SKIP hunspell with its nl_NL dictionary is not installed")
        return
    folder = tempfile.mkdtemp(prefix="sp.", dir="/tmp")
    with open(TOP + "/tests/data/spelling/terms.txt", encoding="utf-8") as f:
        terms = {line.strip() for line in f if not line.startswith("#")}
    try:
        prepare(folder + "/w")
        print("1..%d" % (2 * len(KINDS) + 1))
        wrong = unknown_words("Verander uw wachtwoort.", terms)
        print("%sok 1 - a misspelt word is found" % ("" if wrong == ["wachtwoort"] else "not "))
        for n, ref in enumerate(("%s-%d" % (k, m) for k in KINDS for m in (0, 1)), 2):
            bad = problems(text_of("mails/proef-%s.eml" % ref), terms)
            print("%sok %d - %s" % ("not " if bad else "", n, ref))
            print("".join("# %s\n" % line for line in bad), end="")
    finally:
        os.chdir("/")
        subprocess.run(["gpgconf", "--homedir", folder + "/w/gnupg", "--kill", "all"], capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
