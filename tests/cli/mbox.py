#!/usr/bin/env python3
"""mbox: mails of a file come in once, the file stays as it is, and what is wrong with it is told; prints TAP."""
import os
import sys

TOP = os.path.abspath(os.environ.get("top_srcdir", os.path.join(os.path.dirname(__file__), "..", "..")))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

from gateway import Gateway, limit_time  # noqa: E402
from tap import Tap, contains, equal  # noqa: E402

USAGE, INPUT = 64, 65

REGISTER = """\
company,kind,value,name
alfa,company,,Alfa
alfa,mail,ict@alfa.example,
alfa,network,192.0.2.0/28,
"""
FEED = '"timestamp","ip","protocol","port","tag"\n"2026-11-20 01:00:00","192.0.2.1","tcp",3389,"rdp"\n'
BOUNCE = """\
Return-Path: <>
Delivered-To: %(to)s
From: MAILER-DAEMON@mx.example
To: %(to)s
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

From hier op is het tekst:
>From is aangehaald.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ict@alfa.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown
--b--
"""
OTHER = "From: %(who)s@klant.example\nTo: dienst@post.example\nSubject: Vraag %(who)s\n\nWat is dit?\n"


def divide(*mails):
    """As a mail server writes an mbox."""
    return "".join("From x@klant.example Sun Nov 22 07:00:00 2026\n" + m.replace("\nFrom ", "\n>From ") + "\n"
                   for m in mails)


def fetch(name, **more):
    return g.run("fetch", "--mbox", name, **more)


def import_once():
    before = os.stat(g.path("in.mbox"))
    done = fetch("in.mbox")
    equal(done.out, "3 mails: 1 bounces, 0 replies, 0 automatic, 2 for a person\n")
    after = os.stat(g.path("in.mbox"))
    equal((before.st_mtime_ns, before.st_size, before.st_ino), (after.st_mtime_ns, after.st_size, after.st_ino))
    with open(g.path("in.mbox"), encoding="utf-8") as f:
        equal(f.read(), MBOX, "the file")


def bounce_was_acted_on():
    equal([c["state"] for c in g.json("contact", "list")], ["invalid"])
    rows = g.json("inbox", "list", "--all")
    equal({r["subject"] for r in rows}, {"Undelivered Mail Returned to Sender", "Vraag jan", "Vraag piet"})
    bounce = next(r for r in rows if r["kind"] == "bounce")
    equal(bounce["trust"], "return_path")
    shown = g.json("inbox", "show", str(bounce["id"]))
    equal((shown["source"], shown["uid"]), ("mbox", "0"))


def import_again():
    equal(fetch("in.mbox").out, "0 mails: 0 bounces, 0 replies, 0 automatic, 0 for a person\n"
                                "3 mails were here already\n")
    g.write("grown.mbox", divide(OTHER % {"who": "klaas"}) + MBOX)
    contains(fetch("grown.mbox").out, "1 mails: 0 bounces, 0 replies, 0 automatic, 1 for a person\n3 mails were")
    equal(len(g.json("inbox", "list", "--all")), 4)


def other_ways_in_know_it():
    g.run("receive", stdin=(OTHER % {"who": "jan"}).encode())
    equal(len(g.json("inbox", "list", "--all")), 4)


def standard_input():
    done = fetch("-", stdin=divide(OTHER % {"who": "kees"}).encode())
    contains(done.out, "1 mails:")


def what_is_wrong_is_told():
    count = len(g.json("inbox", "list", "--all"))
    g.write("no.mbox", "Subject: x\n\ntekst\n")
    contains(fetch("no.mbox", status=INPUT).err, "no.mbox")
    contains(fetch("missing.mbox", status=INPUT).err, "missing.mbox")
    contains(fetch("gnupg", status=INPUT).err, "gnupg")
    contains(g.run("fetch", "--mbox", "in.mbox", "--once", status=USAGE).err, "--mbox")
    contains(g.run("fetch", "--mbox", "in.mbox", "--inbox", "x", status=USAGE).err, "--mbox")
    g.run("fetch", "--mbox", status=USAGE)
    equal(len(g.json("inbox", "list", "--all")), count)


def empty_file():
    g.write("empty.mbox", "")
    contains(fetch("empty.mbox").out, "0 mails:")


limit_time(300)
tap = Tap()
with Gateway() as g:
    g.init()
    g.configure()
    g.write("register.csv", REGISTER)
    g.write("2026-11-20-scan_rdp-nl.csv", FEED)
    g.run("company", "import", "register.csv")
    g.run("incident", "open", "proef", "--title", "Proef")
    g.run("intake", "--incident", "proef", "2026-11-20-scan_rdp-nl.csv")
    g.run("match", "proef")
    g.run("warn", "proef")
    sender = g.json("queue", "show", str(g.json("queue", "list")[0]["id"]))["from"]
    MBOX = divide(BOUNCE % {"to": sender}, OTHER % {"who": "jan"}, OTHER % {"who": "piet"})
    os.chmod(g.write("in.mbox", MBOX), 0o400)
    tap.run("all mails of a file come in, and the file stays", import_once)
    tap.run("a bounce in it has its consequence", bounce_was_acted_on)
    tap.run("the same mail twice is one", import_again)
    tap.run("a mail that came by another way is known", other_ways_in_know_it)
    tap.run("standard input", standard_input)
    tap.run("what is no mbox is told, with its exit status", what_is_wrong_is_told)
    tap.run("an empty file holds no mails", empty_file)
tap.done()
