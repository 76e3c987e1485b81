#!/usr/bin/env python3
"""loop: 200 companies, a real Postfix, a real Dovecot, and everything that comes back; prints TAP.

The smarthost accepts, greylists and refuses; a second hop behind it bounces; the companies answer to Reply-To by mail;
forgers try their luck.  The gateway reads bounces and answers over IMAP.  Every mail a company got is read back over
IMAP, verified with gpg over those bytes and parsed by Python's email.  Then the daemon: ended politely, and killed.
"""
import collections
import email.utils
import imaplib
import os
import random
import re
import shutil
import signal
import smtplib
import sqlite3
import sys
import tempfile
import time

TOP = os.environ.get("top_srcdir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import answers  # noqa: E402
from gateway import Gateway, limit_time, wait_for  # noqa: E402
from postfix import Postfix  # noqa: E402
from servers import Authority, Dovecot  # noqa: E402
from signed_mail import SignedMail  # noqa: E402
from tap import Tap, contains, equal, skip_all  # noqa: E402

COMPANIES = 200
PASSWORD = "geheim"
HOST = "mail.test.example"

# What the mail servers do with the first contact, whether there is a second one, and how many companies are so.
ACCEPTED, GREYLISTED, REFUSED_NEXT, REFUSED_CALL, BOUNCED_NEXT, BOUNCED_CALL = range(6)
PATTERN = [ACCEPTED] * 5 + [GREYLISTED, REFUSED_NEXT, REFUSED_CALL, BOUNCED_NEXT, BOUNCED_CALL]

# What a company that was reached does, by its number among those; forgeries must change nothing.
REPLIES = ["received", "resolved", "not_ours", "unsubscribe", "question", "vacation", "silence", "forged answer",
           "forged bounce", "answer with the bounce token"]

WARNING_AFTER = {"received": "acknowledged", "resolved": "resolved", "not_ours": "not_ours"}


class Company:
    def __init__(self, number):
        self.number = number
        self.ref = "bedrijf-%03d" % number
        self.kind = PATTERN[number % 10]
        self.reply = REPLIES[number // 10 % 10]
        self.domain = "bedrijf-%03d.example" % number
        # the bounced ones live behind the second hop; the others here, where a local part is a mailbox of its own
        far = self.kind in (BOUNCED_NEXT, BOUNCED_CALL)
        self.first = "ict-%03d@%s" % (number, "ver-%03d.example" % number if far else self.domain)
        self.second = "directie-%03d@%s" % (number, self.domain)
        self.has_second = self.kind in (REFUSED_NEXT, BOUNCED_NEXT)
        self.reached = self.kind not in (REFUSED_CALL, BOUNCED_CALL)
        self.mailbox = self.second if self.has_second else self.first
        self.ip = "2001:db8:%x::7" % number if number >= 192 else "%s.%d" % (
            ("192.0.2", "198.51.100", "203.0.113")[number // 64], number % 64 * 4 + 1)
        self.network = "2001:db8:%x::/48" % number if number >= 192 else self.ip[:self.ip.rfind(".") + 1] + "%d/30" % (
            number % 64 * 4)

    def warning_state(self):
        if not self.reached:
            return "unreachable"
        return WARNING_AFTER.get(self.reply, "sent")


ALL = [Company(i) for i in range(COMPANIES)]


def register():
    lines = ["company,kind,value,rank,name"]
    for c in ALL:
        lines.append("%s,company,,,Bedrijf %03d" % (c.ref, c.number))
        lines.append("%s,mail,%s,1," % (c.ref, c.first))
        if c.has_second:
            lines.append("%s,mail,%s,2," % (c.ref, c.second))
        else:
            lines.append("%s,phone,+31 20 555%04d,3," % (c.ref, c.number))
        lines.append("%s,network,%s,," % (c.ref, c.network))
        lines.append("%s,domain,%s,," % (c.ref, c.domain))
    return "\n".join(lines) + "\n"


def scans(companies, port, day):
    lines = ['"timestamp","ip","protocol","port","hostname","tag","severity"']
    for c in companies:
        lines.append('"%s 03:00:00","%s","tcp",%d,"pc.%s","rdp","high"' % (day, c.ip, port, c.domain))
    return "\n".join(lines) + "\n"


def websites(companies, day):
    lines = ['"timestamp","ip","port","protocol","hostname","tag","http_host"']
    for c in companies:
        lines.append('"%s 04:00:00","2001:db8:ffff::1",443,"tcp","","injected","www.%s"' % (day, c.domain))
    return "\n".join(lines) + "\n"


class World:
    """The servers, and what can be asked of them."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="world.", dir="/tmp")
        os.chmod(self.folder, 0o755)
        authority = Authority(self.folder)
        authority.server("mail", HOST)
        self.ca = authority.ca
        cert, key = authority.path("mail.pem"), authority.path("mail.key")
        near = [c.mailbox for c in ALL if c.reached]
        users = {a.split("@")[0]: PASSWORD for a in near}
        users.update(bounces=PASSWORD, antwoord=PASSWORD)
        extra = "service imap-login {\n  client_limit = 400\n}\nmail_max_userip_connections = 100\n"
        self.dovecot = Dovecot(users, cert, key, extra).start()
        refused = [c.first for c in ALL if c.kind in (REFUSED_NEXT, REFUSED_CALL)]
        far = {c.first: "550 5.1.1 no such person here" for c in ALL if c.kind in (BOUNCED_NEXT, BOUNCED_CALL)}
        self.postfix = Postfix(near + ["bounces@post.example", "antwoord@post.example"],
                               {a: "550 5.1.1 unknown here" for a in refused}, far,
                               [c.first for c in ALL if c.kind == GREYLISTED], self.dovecot.lmtp, cert, key)
        try:
            self.postfix.start()
        except Exception:
            self.dovecot.__exit__()
            raise

    def stop(self):
        self.postfix.__exit__()
        self.dovecot.__exit__()
        shutil.rmtree(self.folder, ignore_errors=True)

    def mailbox(self, address):
        """The mails of a company, as IMAP hands them back."""
        box = imaplib.IMAP4("127.0.0.1", self.dovecot.imap)
        try:
            box.login(address.split("@")[0], PASSWORD)
            box.select("INBOX", readonly=True)
            _, found = box.search(None, "ALL")
            if not found[0]:
                return []
            _, parts = box.fetch(found[0].replace(b" ", b",").decode(), "(BODY.PEEK[])")
            return [SignedMail(p[1]) for p in parts if isinstance(p, tuple)]
        finally:
            box.logout()

    def count(self):
        """How many mails lie in the companies' mailboxes."""
        n = 0
        for user in os.listdir(os.path.join(self.dovecot.folder, "mail")):
            if user in ("bounces", "antwoord"):
                continue
            for part in ("new", "cur"):
                folder = os.path.join(self.dovecot.folder, "mail", user, part)
                n += len(os.listdir(folder)) if os.path.isdir(folder) else 0
        return n

    def send(self, sender, recipient, data):
        with smtplib.SMTP("127.0.0.1", self.postfix.smtp, timeout=20) as s:
            s.sendmail(sender, [recipient], data)

    def settle(self):
        if not self.postfix.wait_until_empty(60):
            raise AssertionError("postfix does not get rid of its mail:\n" + self.postfix.log()[-2000:])


class Loop:
    def __init__(self, world, gateway):
        self.world, self.g = world, gateway
        self.mails = {}

    def configure(self):
        g, w = self.g, self.world
        g.init()
        password = g.secret("imap.password", PASSWORD + "\n")
        inbox = {"kind": "imap", "host": "127.0.0.1", "port": w.dovecot.imap, "tls": "starttls", "tls_name": HOST,
                 "ca_file": w.ca, "password_file": password, "done_folder": "Gelezen", "every": "1s"}
        g.configure(
            routes=[{"name": "smarthost", "host": "127.0.0.1", "port": w.postfix.smtp, "tls": "required",
                     "tls_name": HOST, "ca_file": w.ca, "helo": "post.example", "connections": 4}],
            inboxes=[dict(inbox, name="bounces", user="bounces"), dict(inbox, name="antwoord", user="antwoord")],
            deliver='retry = "1s 2s 4s";')
        g.write("register.csv", register())
        g.run("company", "import", "register.csv")
        equal(len(g.json("company", "list")), COMPANIES, "companies")

    def fetch(self):
        """Until nothing is left in the inboxes, as bounces come back one by one."""
        self.world.settle()
        self.g.run("fetch", "--once")

    def drain(self):
        """Deliver and fetch until nothing moves: a bounce leads to the next contact, whose mail has to go out too."""
        for _ in range(6):
            done = self.g.run("deliver", "--drain", "--seconds", "10")
            self.fetch()
            if done.out.startswith("0 accepted, 0 deferred, 0 refused"):
                return
        raise AssertionError("the queue does not come to rest: %s" % done)

    # ---- the tests, in the order they must run in

    def warn(self):
        g = self.g
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
        g.write(day + "-scan_rdp-nl.csv", scans(ALL, 3389, day))
        g.write(day + "-compromised_website-nl.csv", websites(ALL[::3], day))
        g.run("incident", "open", "eerste", "--title", "Open poorten")
        g.run("intake", "--incident", "eerste", day + "-scan_rdp-nl.csv", day + "-compromised_website-nl.csv")
        g.run("match", "eerste")
        g.run("warn", "eerste")
        equal(len(g.json("warning", "list", "eerste")), COMPANIES, "warnings")

    def deliver(self):
        self.drain()
        greylisted = sorted(c.first for c in ALL if c.kind == GREYLISTED)
        equal(sorted(self.world.postfix.greylist.refused), greylisted, "greylisted")
        equal(self.world.count(), sum(c.reached for c in ALL), "mails in mailboxes")

    def signatures(self):
        for c in ALL:
            if not c.reached:
                continue
            found = self.world.mailbox(c.mailbox)
            equal(len(found), 1, "mails to " + c.mailbox)
            m = self.mails[c.ref] = found[0]
            equal(m.verify(self.g.home), self.g.fingerprint, "signed by")
            equal(m.defects(), [], "defects of the mail to " + c.ref)
            equal(email.utils.parseaddr(m.header("To"))[1], c.mailbox, "To")

    def separation(self):
        for ref, m in self.mails.items():
            c = next(c for c in ALL if c.ref == ref)
            want = {(c.ip, "3389", "")} | ({("2001:db8:ffff::1", "443", "www." + c.domain)} if c.number % 3 == 0 else set())
            got = {(r["ip"].lstrip("'"), r["port"], r["domain"]) for r in m.rows()}
            equal(got, want, "rows of " + ref)
            others = set(re.findall(r"bedrijf-\d{3}", m.raw.decode("ascii", "replace") + m.text()))
            equal(others - {ref}, set(), "others named to " + ref)

    def warn_again(self):
        before = self.world.count()
        self.g.run("warn", "eerste")
        self.drain()
        equal(self.world.count(), before, "mails after a second warn")

    def unreached(self):
        states = {w["company"]: w["state"] for w in self.g.json("warning", "list", "eerste")}
        for c in ALL:
            equal(states[c.ref], "sent" if c.reached else "unreachable", "warning of %s" % c.ref)
        calls = {c["company"] for c in self.g.json("call", "list")}
        equal(calls, {c.ref for c in ALL if not c.reached}, "call list")

    def answer(self):
        for c in ALL:
            m = self.mails.get(c.ref)
            if m is None:
                continue
            w = answers.Warning(m.raw, m.header("Return-Path").strip("<>"), c.mailbox)
            self.answer_one(c, w)
        self.fetch()

    def answer_one(self, c, w):
        send = self.world.send
        if c.reply == "vacation":
            send("", w.sender, answers.vacation(w))
        elif c.reply == "forged answer":
            # somebody else knows the address and the subject, and makes up a token
            to = re.sub(r"\+.*@", "+%s@" % ("a" * 27), w.reply_to)
            w.reply_to = to
            send("dief@elders.example", to, answers.answer(w, answers.TEXTS["resolved"]))
        elif c.reply == "forged bounce":
            # whoever sees the mail knows the reply token, but not where its bounces go to
            w.sender = "bounces@post.example"
            w.data = w.data[w.data.index(b"\nDate: ") + 1:]
            send("", w.sender, answers.bounce(w))
            w.sender = w.reply_to.replace("antwoord+", "bounces+")
            send("", w.sender, answers.bounce(w))
        elif c.reply == "answer with the bounce token":
            w.reply_to = w.sender.replace("bounces+", "antwoord+")
            send(c.mailbox, w.reply_to, answers.answer(w, answers.TEXTS["resolved"]))
        elif c.reply != "silence":
            data, to = answers.make(c.reply, w)
            send(c.mailbox, to, data)

    def warning_states(self):
        states = {w["company"]: w["state"] for w in self.g.json("warning", "list", "eerste")}
        for c in ALL:
            equal(states[c.ref], c.warning_state(), "warning of %s (%s)" % (c.ref, c.reply))

    def contact_states(self):
        rows = {k["value"]: k for k in self.g.json("contact", "list")}
        for c in ALL:
            if c.kind != ACCEPTED and c.kind != GREYLISTED:
                equal(rows[c.first]["state"], "invalid", "contact " + c.first)
            if not c.reached:
                continue
            want = "unproven"
            if c.reply in ("received", "resolved", "not_ours", "question"):
                want = "proven"
            elif c.reply == "unsubscribe":
                want = "invalid"
            equal(rows[c.mailbox]["state"], want, "contact %s (%s)" % (c.mailbox, c.reply))

    def review(self):
        """What the rules cannot decide waits for a person."""
        reasons = collections.Counter()
        for item in self.g.json("inbox", "list"):
            reasons[item["review_reason"]] += 1
        reached = [c for c in ALL if c.reached]
        for reply, part in (("question", "without a clear answer"), ("not_ours", "not theirs"),
                            ("unsubscribe", "not to be written to")):
            n = sum(v for k, v in reasons.items() if part in k)
            equal(n, sum(c.reply == reply for c in reached), "items to review: " + part)

    def report(self):
        row = self.g.json("report", "eerste")["incidents"][0]
        reached = [c for c in ALL if c.reached]
        equal(row["accepted"], len([c for c in ALL if c.kind in (BOUNCED_NEXT, BOUNCED_CALL)]) + len(reached), "accepted")
        equal(row["bounced"], sum(c.kind not in (ACCEPTED, GREYLISTED) for c in ALL), "refused or bounced")
        equal(row["resolved"], sum(c.reply == "resolved" for c in reached), "resolved")
        equal(row["not_ours"], sum(c.reply == "not_ours" for c in reached), "not ours")
        equal(row["unreachable"], COMPANIES - len(reached), "unreachable")

    # ---- the daemon

    def burst(self, slug, port):
        """A new occasion for those that take mail at once; returns how many mails it makes."""
        g = self.g
        who = [c for c in ALL if c.kind == ACCEPTED and c.reply != "unsubscribe"]
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
        name = day + "-scan_rdp-%s.csv" % slug
        g.write(name, scans(who, port, day))
        g.run("incident", "open", slug, "--title", "Nog een")
        g.run("intake", "--incident", slug, name)
        g.run("match", slug)
        g.run("warn", slug)
        return len(who)

    def begin(self):
        said = self.g.log().count("running: ")
        p = self.g.start("run")
        wait_for("the daemon", lambda: self.g.log().count("running: ") > said, 10)
        return p

    def end(self, p):
        p.send_signal(signal.SIGTERM)
        equal(p.wait(20), 0, "exit status after SIGTERM; " + self.g.log()[-2000:])

    def daemon(self):
        before = self.world.count()
        p = self.begin()
        n = self.burst("tweede", 3390)
        wait_for("mails of the daemon", lambda: self.world.count() == before + n, 30)
        self.end(p)
        states = {w["state"] for w in self.g.json("warning", "list", "tweede")}
        equal(states, {"sent"}, "states")

    def killed(self):
        """kill -9 in the middle, twice; then every mail is there, twice only if it was behind its final dot."""
        n = self.burst("derde", 3391)
        before = self.world.count()
        rng = random.Random(7)
        for _ in range(3):
            p = self.begin()
            mark = self.world.count() + rng.randint(3, 20)
            wait_for("some mails", lambda m=mark: self.world.count() >= min(m, before + n), 30)
            os.killpg(p.pid, signal.SIGKILL)
            p.wait()
        p = self.begin()
        wait_for("the rest", lambda: not self.g.json("queue", "list"), 60)
        self.end(p)
        self.world.settle()
        ids = collections.Counter()
        for c in ALL:
            if c.kind == ACCEPTED and c.reply != "unsubscribe":
                mine = [m.header("Message-ID") for m in self.world.mailbox(c.mailbox)
                        if any(r["port"] == "3391" for r in m.rows())]
                equal(len(set(mine)), 1, "different mails to " + c.mailbox)
                ids.update(mine)
        equal(len(ids), n, "companies that got the mail")
        with sqlite3.connect("file:%s?mode=ro" % self.g.path("seinpost.db"), uri=True) as db:
            unknown = db.execute("SELECT COUNT(*) FROM attempt WHERE outcome = 'unknown'").fetchone()[0]
        if sum(ids.values()) - n > unknown:
            raise AssertionError("%d twins, but only %d attempts in doubt" % (sum(ids.values()) - n, unknown))


def main():
    if Postfix.program() is None or Dovecot.program() is None:
        skip_all("needs postfix and dovecot")
    limit_time(600)
    tap = Tap()
    world = World()
    try:
        with Gateway() as g:
            loop = Loop(world, g)
            for name, test in (
                    ("the register goes in", loop.configure),
                    ("200 companies are warned", loop.warn),
                    ("accepted, greylisted, refused, bounced: each goes its way", loop.deliver),
                    ("every signature holds over the bytes from IMAP, every mail parses", loop.signatures),
                    ("nobody reads of another company", loop.separation),
                    ("who could not be reached is on the call list", loop.unreached),
                    ("a second warn makes no second mail", loop.warn_again),
                    ("companies and forgers answer", loop.answer),
                    ("the state of every warning is right", loop.warning_states),
                    ("the state of every contact is right", loop.contact_states),
                    ("what is unclear waits for a person", loop.review),
                    ("the report adds up", loop.report),
                    ("the daemon delivers and ends when asked to", loop.daemon),
                    ("the daemon killed loses nothing", loop.killed)):
                tap.run(name, test)
    finally:
        world.stop()
    tap.done()


if __name__ == "__main__":
    main()
