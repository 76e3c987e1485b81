#!/usr/bin/env python3
"""What people get wrong at the command line is told, and one company's trouble stays its own; prints TAP."""
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time

TOP = os.path.abspath(os.environ.get("top_srcdir", os.path.join(os.path.dirname(__file__), "..", "..")))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

from gateway import Gateway, limit_time  # noqa: E402
from tap import Tap, contains, equal  # noqa: E402

REFUSED, USAGE, INPUT, STORE = 1, 64, 65, 74
REGISTER = """\
company,kind,value,name,pgp
alfa,company,,Alfa,
alfa,mail,ict@alfa.example,,%s
alfa,phone,+31 20 5550101,,
alfa,network,192.0.2.0/28,,
beta,company,,Beta,
beta,mail,ict@beta.example,,
beta,network,192.0.2.16/28,,
"""
HEAD = '"timestamp","ip","protocol","port","tag"\n'
TODAY = time.strftime("%Y-%m-%d", time.gmtime())
ROW = '"' + TODAY + ' 00:00:00","192.0.2.%d","tcp",3389,"rdp"\n'
FEED = TODAY + "-scan_rdp-nl.csv"


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def contact_id(g, value):
    return str(next(k["id"] for k in g.json("contact", "list") if k["value"] == value))


def prepare(g, pgp=""):
    g.init().configure()
    g.write("register.csv", REGISTER % pgp)
    g.write(FEED, HEAD + ROW % 1 + ROW % 17)
    g.run("company", "import", "register.csv")
    g.run("incident", "open", "proef", "--title", "Proef")
    g.run("intake", "--incident", "proef", FEED)
    g.run("match", "proef")


# ---- templates

def advice_without_text(g):
    shutil.copytree(os.path.join(TOP, "templates"), g.path("templates"))
    os.chmod(g.path("templates", "nl", "advice"), 0o755)
    os.unlink(g.path("templates", "nl", "advice", "open-rdp.mustache"))
    done = g.run("template", "check", "templates", status=INPUT)
    contains(done.out, "names advice 'open-rdp': write templates/nl/advice/open-rdp.mustache")
    equal(done.out.count("names advice"), 1, done.out)
    contains(g.run("template", "check").out, "no problems")


# ---- keys

def make_key(g, name, use):
    home = g.path("theirs")
    os.makedirs(home, 0o700, exist_ok=True)
    gpg = ["gpg", "--quiet", "--homedir", home, "--batch", "--passphrase", ""]
    subprocess.run(gpg + ["--quick-gen-key", name, "default", use, "never"], check=True, stderr=subprocess.DEVNULL)
    out = subprocess.run(gpg + ["--armor", "--export", name], check=True, stdout=subprocess.PIPE).stdout
    listed = subprocess.run(gpg + ["--with-colons", "--list-keys", name], check=True, stdout=subprocess.PIPE).stdout
    return g.write("key.asc", out), next(
        line.split(":")[9] for line in listed.decode().splitlines() if line.startswith("fpr"))


def key_that_only_signs(g):
    path, _ = make_key(g, "ict@alfa.example", "sign")
    done = g.run("contact", "key", contact_id(g, "ict@alfa.example"), path, status=INPUT)
    contains(done.err, "no usable encryption subkey")
    equal([k["pgp"] for k in g.json("contact", "list")], ["", "", ""])
    path, fpr = make_key(g, "beide@alfa.example", "default")
    contains(g.run("contact", "key", contact_id(g, "ict@alfa.example"), path).out, fpr)


def key_for_a_telephone(g):
    path, _ = make_key(g, "tel@alfa.example", "default")
    done = g.run("contact", "key", contact_id(g, "+31 20 5550101"), path, status=INPUT)
    contains(done.err, "is a telephone number")


def preview_goes_on(g):
    g.write("register.csv", REGISTER % ("0123456789ABCDEF" * 2 + "01234567"))
    g.run("company", "import", "register.csv")
    done = g.run("preview", "proef", "--out", "mails")
    contains(done.err, "alfa: to be telephoned")
    contains(done.err, "key_unusable")
    equal(os.listdir(g.path("mails")), ["proef-beta.eml"])


# ---- files

def previews_are_ours_alone(g):
    g.run("preview", "proef", "--out", "eigen")
    equal(mode(g.path("eigen")), 0o700)
    equal([mode(g.path("eigen", name)) for name in os.listdir(g.path("eigen"))], [0o600])


def rejects_are_ours_alone(g):
    g.write("fout.csv", HEAD + ROW % 1 + ROW.replace("192.0.2.%d", "nergens"))
    g.run("intake", "--incident", "proef", "--format", "shadowserver", "--reject", "af.csv", "fout.csv", status=REFUSED)
    equal(mode(g.path("af.csv")), 0o600)


def rejects_into_the_feed(g):
    with open(g.path("fout.csv"), "rb") as f:
        before = f.read()
    for name in ("fout.csv", "./fout.csv"):
        done = g.run("intake", "--format", "shadowserver", "--reject", name, FEED, "fout.csv", status=USAGE)
        contains(done.err, "is the feed itself")
    with open(g.path("fout.csv"), "rb") as f:
        equal(f.read(), before)


# ---- feeds

def old_rows(g):
    day = 86400
    times = [time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() - age)) for age in (29 * day, 31 * day)]
    g.write("oud.csv", HEAD + "".join('"%s","192.0.2.%d","tcp",3389,"rdp"\n' % (when, i) for i, when in enumerate(
        times + ["2001-02-03 04:05:06", "2016-07-08 09:10:11"], 1)))
    g.run("incident", "open", "oud", "--title", "Oud")
    done = g.run("intake", "--incident", "oud", "--format", "shadowserver", "oud.csv")
    contains(done.err, "oud.csv: 3 rows are older than 30 days, the oldest of 2001-02-03: is that still so?")
    equal(done.out, "oud.csv: 4 rows read: 4 new, 0 known, 0 refused\n")
    g.write("een.csv", HEAD + '"2016-07-08 09:10:11","192.0.2.9","tcp",3389,"rdp"\n')
    done = g.run("intake", "--incident", "oud", "--format", "shadowserver", "een.csv")
    contains(done.err, "een.csv: 1 row is older than 30 days, of 2016-07-08: is that still so?")
    equal("older" in g.run("intake", "--incident", "proef", FEED).err, False, "young rows")


# ---- the register

def letters_of_another_case(g):
    g.write("mus.csv", "company,kind,value,name,rank\nmus,company,,Mus,\nmus,mail,Info@Mus.example,Eerst,1\n"
            "mus,mail,iNFO@mus.example,Later,2\nmus,mail,ict@mus.example,,3\n")
    done = g.run("company", "import", "mus.csv")
    contains(done.err, "mus.csv:4: note: iNFO@mus.example is in the register as Info@mus.example, which stays as it is")
    contains(done.out, "4 rows read: 3 new, 0 changed, 1 known, 0 refused")
    equal([(k["value"], k["name"], k["rank"]) for k in g.json("contact", "list", "mus")],
          [("Info@mus.example", "Eerst", 1), ("ict@mus.example", "", 3)])
    contains(g.run("company", "import", "mus.csv").out, "0 new, 0 changed, 4 known")
    g.run("company", "forget", "mus")


def an_import_leaves_what_was_learnt(g):
    rows = "company,kind,value,name,state\nmus,company,,Mus,\nmus,mail,a@mus.example,,%s\nmus,mail,b@mus.example,,%s\n"
    g.write("mus.csv", rows % ("invalid", ""))
    equal(g.run("company", "import", "mus.csv").err, "")
    equal([k["state"] for k in g.json("contact", "list", "mus")], ["invalid", "unproven"])
    g.write("mus.csv", rows % ("proven", "unproven"))
    done = g.run("company", "import", "mus.csv")
    equal(done.err, "mus.csv:3: note: a@mus.example is invalid in the register, and stays so; "
          "'seinpost contact set' changes that\n")
    contains(done.out, "0 new, 0 changed, 3 known")
    equal([k["state"] for k in g.json("contact", "list", "mus")], ["invalid", "unproven"])
    g.run("company", "forget", "mus")


# ---- messages

def import_names_the_file(g):
    for text, want in (("company,name\nx,y\n", "kop.csv:1: the heading has no columns"),
                       ("\n\ncompany,kind,kind\nx,y,z\n", "kop.csv:3: column 'kind' stands twice"),
                       (b"\xff\xfec\0", "kop.csv: the file is UTF-16"), ("", "kop.csv: the file is empty"),
                       ("[{}]\n", "kop.csv: the file is a JSON array")):
        g.write("kop.csv", text)
        contains(g.run("company", "import", "kop.csv", status=INPUT).err, "seinpost: " + want)
    contains(g.run("company", "import", g.folder, status=STORE).err, g.folder + ": Is a directory")
    contains(g.run("intake", g.folder, status=None).err, g.folder + ": cannot be read: Is a directory")


def words_that_are_missing_or_wrong(g):
    contains(g.run("--config", status=USAGE).err, "option '--config' needs a value")
    contains(g.run("help", "bogus", status=USAGE).err, "no command 'bogus'")
    contains(g.run("help", "warn").out, "usage: seinpost warn")
    contains(g.run("preview", "proef", "--out", "", status=USAGE).err, "--out needs the name of a folder")


def report_says_its_period(g):
    for options, want in ((("--from", "2026-11-22"), "Waarschuwingen van 2026-11-22\n"),
                          (("--from", "2026-11-22T10:00:00"), "Waarschuwingen van 2026-11-22T10:00:00Z\n"),
                          (("--to", "2026-11-22"), "Waarschuwingen tot en met 2026-11-22\n"),
                          (("--to", "2026-11-22T10:00:00"), "Waarschuwingen tot 2026-11-22T10:00:00Z\n")):
        contains(g.run("report", *options).out, want)


def names_cannot_command_the_terminal(g):
    name = "2026-11-20-scan_rdp-\x1b[2J.csv"
    g.write(name, HEAD + ROW % 1 + ROW.replace("192.0.2.%d", "nergens"))
    done = g.run("intake", "--incident", "proef", name, status=REFUSED)
    contains(done.out, "2026-11-20-scan_rdp-?[2J.csv: 2 rows read")
    g.write(name, REGISTER % "" + "gamma,mail,wie@gamma.example,,\n")
    done = g.run("company", "import", name, status=REFUSED)
    contains(done.out, "2026-11-20-scan_rdp-?[2J.csv: 8 rows read")
    contains(done.err, "2026-11-20-scan_rdp-?[2J.csv:9: refused")
    equal("\x1b" in done.out + done.err, False, "ESC")


# ---- our own check of a mail

def held_for_a_person(g):
    g.configure(routes=[{"name": "weg", "host": "127.0.0.1", "port": 9, "tls": "none", "timeout": "2s"}])
    g.run("warn", "proef")
    with sqlite3.connect(g.path("seinpost.db")) as db:
        db.execute("UPDATE mail SET env_from = 'bounces-' || env_from || '@post.example'")
    done = g.run("deliver", "--drain", "--seconds", "0", status=None)
    contains(done.out, "0 refused, 0 unknown, 0 not tried, 2 held")
    contains(done.err, "is held for a person: not sent: sender: ")
    equal([m["state"] for m in g.json("queue", "list", "--state", "held")], ["held", "held"])
    equal({k["state"] for k in g.json("contact", "list")}, {"unproven"})
    equal([w["state"] for w in g.json("warning", "list", "proef")], ["queued", "queued"])


def the_worst_of_several_files_counts(g):
    mail, folder = g.write("mail.eml", "Subject: x\n\nx\n"), g.path("gnupg")
    for names, status in ((("niets", folder), STORE), ((folder, "niets"), STORE), ((folder, mail), STORE),
                          (("niets", mail), REFUSED), ((mail, mail), 0)):
        g.run("classify", *names, status=status)


def main():
    limit_time(300)
    tap = Tap()
    with Gateway() as g:
        prepare(g)
        for name, test in (
            ("a kind of advice without a text", advice_without_text),
            ("a contact's key that can only sign", key_that_only_signs),
            ("a key for a telephone number", key_for_a_telephone),
            ("one company's key that cannot be used", preview_goes_on),
            ("previews are for their owner alone", previews_are_ours_alone),
            ("refused rows are for their owner alone", rejects_are_ours_alone),
            ("refused rows never go into the feed itself", rejects_into_the_feed),
            ("rows that are old are counted", old_rows),
            ("a mailbox is one contact, whatever the case of its letters", letters_of_another_case),
            ("what was learnt of a contact outlives an import", an_import_leaves_what_was_learnt),
            ("what is wrong with a register is told with the file", import_names_the_file),
            ("words that are missing or wrong", words_that_are_missing_or_wrong),
            ("a report says which times it is about", report_says_its_period),
            ("names of files cannot command the terminal", names_cannot_command_the_terminal),
            ("the worst of several files counts", the_worst_of_several_files_counts),
            ("a mail that we cannot send costs no contact", held_for_a_person)):
            tap.run(name, lambda test=test: test(g))
    tap.done()


main()
