#!/usr/bin/env python3
"""fetch_dovecot: the program itself against a real Dovecot, killed or cut off at every command; prints TAP.

After every accident a second run must leave the store as if nothing had happened: each mail judged once, each in the
folder it belongs to, none lost.
"""
import email
import imaplib
import os
import re
import shutil
import signal
import sqlite3
import sys
import tempfile

TOP = os.path.abspath(os.environ.get("top_srcdir", os.path.join(os.path.dirname(__file__), "..", "..")))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

from cutter import Cutter  # noqa: E402
from gateway import Gateway, limit_time, wait_for  # noqa: E402
from servers import Authority, Dovecot  # noqa: E402
from tap import Tap, equal, skip_all  # noqa: E402

PASSWORD = "geheim"
USERS = 300
UNREACHABLE = 69

if Dovecot.program() is None:
    skip_all("dovecot is not installed")
if shutil.which("openssl") is None:
    skip_all("openssl is not installed")

REGISTER = """\
company,kind,value,name
alfa,company,,Alfa
alfa,mail,ict@alfa.example,
alfa,network,192.0.2.0/28,
"""
FEED = '"timestamp","ip","protocol","port","tag"\n"2026-11-20 01:00:00","192.0.2.1","tcp",3389,"rdp"\n'


def mail(text, to, subject, *more):
    head = ["Delivered-To: " + to, "From: ict@alfa.example", "To: " + to, "Subject: " + subject, *more]
    return ("\r\n".join(head) + "\r\n\r\n" + text + "\r\n").encode()


class World(Gateway):
    """A company that was warned, and what comes back: an answer, a question, a note of a robot."""

    def __init__(self):
        super().__init__()
        self.init()
        self.configure()
        self.secret("password", PASSWORD)
        self.write("register.csv", REGISTER)
        self.write("2026-11-20-scan_rdp-nl.csv", FEED)
        self.run("company", "import", "register.csv")
        self.run("incident", "open", "proef", "--title", "Proef")
        self.run("intake", "--incident", "proef", "2026-11-20-scan_rdp-nl.csv")
        self.run("match", "proef")
        self.run("warn", "proef")
        with sqlite3.connect(self.path("seinpost.db")) as db:
            (body,), = db.execute("SELECT bytes FROM mail_body")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        reply_to = email.message_from_bytes(body)["Reply-To"].strip("<>")
        bounces = self.json("queue", "show", str(self.json("queue", "list")[0]["id"]))["from"]
        self.answer = mail("Het is opgelost.", reply_to, "Re: Waarschuwing")
        self.question = mail("Welke computer is het?", reply_to, "Re: Waarschuwing")
        self.robot = mail("Ik ben met vakantie.", bounces, "Afwezig", "Auto-Submitted: auto-replied")
        self.mails = [self.answer, self.question, self.robot]
        self.keep = self.path("kept.db")
        shutil.copy(self.path("seinpost.db"), self.keep)

    def begin(self, **settings):
        """The store as it was, and a mailbox of its own with the three mails in it."""
        for rest in ("-wal", "-shm"):
            if os.path.exists(self.path("seinpost.db" + rest)):
                os.unlink(self.path("seinpost.db" + rest))
        shutil.copy(self.keep, self.path("seinpost.db"))
        self.user = next(names)
        self.inbox = dict(name="post", host="127.0.0.1", tls="none", user=self.user,
                          password_file="password", timeout="20s", every="1s", **{"kind": "imap", **settings})
        self.server_port = server.pop3 if self.inbox["kind"] == "pop3" else server.imap
        self.put(*self.mails)
        self.through(self.server_port)

    def through(self, port):
        self.configure(inboxes=[dict(self.inbox, port=port)])

    def imap(self):
        c = imaplib.IMAP4("127.0.0.1", server.imap)
        c.login(self.user, PASSWORD)
        return c

    def put(self, *mails, folder="INBOX", flags=None):
        with self.imap() as c:
            for m in mails:
                equal(c.append(folder, flags, None, m)[0], "OK")

    def list(self, folder, what="ALL"):
        with self.imap() as c:
            if c.select('"%s"' % folder, readonly=True)[0] != "OK":
                return []
            return sorted(c.fetch(n, "(BODY.PEEK[])")[1][0][1] for n in c.search(None, what)[1][0].split())

    def ask(self, sql):
        db = sqlite3.connect(self.path("seinpost.db"))
        try:
            return db.execute(sql).fetchall()
        finally:
            db.close()

    def judged_once(self, where):
        equal(sorted(self.ask("SELECT kind, answer, state FROM inbox")),
              [("autoreply", "none", "judged"), ("reply", "none", "judged"), ("reply", "resolved", "judged")], where)
        equal(self.ask("SELECT state FROM warning"), [("resolved",)], where)
        equal(self.ask("SELECT count(*) FROM warning_event WHERE to_state = 'resolved'"), [(1,)], where)
        equal(self.ask("SELECT count(*) FROM contact_event"), [(1,)], where)
        equal(self.ask("SELECT count(*) FROM counter WHERE name LIKE 'repeated%'"), [(0,)], where)


def cut(number, after, drop):
    """One run that is cut off at a command; returns the commands it gave."""
    c = Cutter(g.server_port, number, after, drop)
    g.through(c.port)
    p = g.start("fetch", "--once")
    c.victim = p
    c.started.set()
    status = p.wait(60)
    c.close()
    g.through(g.server_port)
    return status, c.commands


def at_every_command(check, drop, **settings):
    def test():
        g.begin(**settings)
        status, commands = cut(0, False, drop)
        equal(status, 0, g.log())
        assert len(commands) >= 6, commands
        whole = len(commands)
        for number in range(1, whole + 1):
            for after in (False, True):
                g.begin(**settings)
                status, commands = cut(number, after, drop)
                where = "%s %s %r" % ("dropped" if drop else "killed", "after" if after else "before", commands[-1:])
                goodbye = commands[-1].split()[-1].upper() in (b"LOGOUT", b"QUIT")
                if drop and not goodbye:
                    equal(status, UNREACHABLE, where + g.log()[-500:])
                if not drop:
                    equal(status, -signal.SIGKILL, where)
                g.run("fetch", "--once")
                g.judged_once(where)
                check(where)
                again = g.run("fetch", "--once")
                equal(again.out.split(":")[0], "0 mails", where)
    return test


def check_folders(where):
    equal(g.list("INBOX"), [], where)
    equal(g.list("Done"), sorted([g.answer, g.robot]), where)
    equal(g.list("Onduidelijk"), [g.question], where)


def check_flags(where):
    equal(g.list("INBOX", "SEEN KEYWORD $SeinpostDone"), sorted(g.mails), where)


def check_kept(where):
    equal(g.list("INBOX"), sorted(g.mails), where)


def check_deleted(where):
    equal(g.list("INBOX"), [], where)


def pop3_keeps_by_default():
    g.begin(kind="pop3")
    for _ in range(2):
        g.run("fetch", "--once")
        g.judged_once("kept")
        check_kept("kept")


def other_account_with_the_same_uids(kind, left, **settings):
    """The inbox is pointed at another account, whose UIDVALIDITY and UIDs are those of the first."""
    def test():
        g.begin(kind=kind, **settings)
        server.doveadm("mailbox", "update", "-u", g.user, "--uid-validity", "1", "INBOX")
        g.run("fetch", "--once")
        g.judged_once("first account")
        g.user = g.inbox["user"] = next(names)
        server.doveadm("mailbox", "update", "-u", g.user, "--uid-validity", "1", "INBOX")
        g.put(*others)
        g.through(g.server_port)
        g.run("fetch", "--once")
        equal(g.ask("SELECT count(*) FROM inbox WHERE state = 'judged'"), [(6,)])
        equal(g.list("INBOX"), sorted(others)[:left])
        equal(g.run("fetch", "--once").out.split(":")[0], "0 mails")
    others = [mail("Wat is dit, %d?" % i, "antwoord@post.example", "Vraag") for i in range(3)]
    return test


def mails_of_an_older_store():
    """Names without their mailbox: such a mail is known by its bytes, and by its name from then on."""
    g.begin(kind="pop3")
    g.run("fetch", "--once")
    new = g.ask("SELECT uid FROM inbox ORDER BY id")
    db = sqlite3.connect(g.path("seinpost.db"))
    with db:
        db.create_function("bare", 1, lambda uid: uid.rpartition(" ")[2])
        db.execute("UPDATE inbox SET uid = bare(uid)")
    db.close()
    assert g.ask("SELECT uid FROM inbox ORDER BY id") != new
    for _ in range(2):
        equal(g.run("fetch", "--once").out.split(":")[0], "0 mails")
        g.judged_once("older store")
        equal(g.ask("SELECT uid FROM inbox ORDER BY id"), new)


def new_uidvalidity():
    """The mailbox is made anew with the same mails in it: all are known, and go where they belong."""
    g.begin(folder="Werk", done_folder="Done", unclear_folder="Onduidelijk")
    for _ in range(2):
        with g.imap() as c:
            c.delete("Werk")
            c.create("Werk")
        g.put(*g.mails, folder="Werk")
        g.run("fetch", "--once")
        g.judged_once("new UIDVALIDITY")
        equal(g.list("Werk"), [])
    equal(g.list("Onduidelijk"), [g.question] * 2)
    equal(g.list("Done"), sorted([g.answer, g.robot] * 2))


def raw_mail_under_a_new_name():
    """Fetched, not judged, and the mailbox made anew: it is judged before it is moved."""
    g.begin(folder="Werk", done_folder="Done", unclear_folder="Onduidelijk")
    with g.imap() as c:
        c.create("Werk")
    g.put(g.question, folder="Werk")
    g.run("fetch", "--once")
    db = sqlite3.connect(g.path("seinpost.db"))
    with db:
        db.execute("UPDATE inbox SET state = 'raw', review = 0, kind = ''")
    db.close()
    g.put(g.question, folder="Werk")
    g.run("fetch", "--once")
    equal(g.ask("SELECT state, review FROM inbox"), [("judged", 1)])
    equal(g.list("Onduidelijk"), [g.question] * 2)
    equal(g.list("Done"), [])


def reconnects_with_back_off():
    """Three connections in a row are dropped, each later than the one before; then all is well."""
    g.begin(done_folder="Done", unclear_folder="Onduidelijk")
    c = Cutter(g.server_port, 1, False, drop=True, rounds=3)
    g.through(c.port)
    before = len(g.log())
    p = g.start("fetch", "--inbox", "post")
    wait_for("the mails to be moved", lambda: g.list("INBOX") == [] and len(g.list("Done")) == 2)
    g.judged_once("after three dropped connections")
    # IDLE, or a look a second, sees what comes later
    g.put(mail("Wat betekent dit?", "antwoord@post.example", "Vraag"))
    wait_for("the later mail", lambda: g.ask("SELECT count(*) FROM inbox WHERE state = 'judged'") == [(4,)])
    p.send_signal(signal.SIGTERM)
    equal(p.wait(60), 0, g.log()[before:])
    c.close()
    waits = [int(n) for n in re.findall(r"next try in (\d+) s", g.log()[before:])]
    equal(waits, [2, 4, 8], "seconds between tries")
    equal(c.connections, 4)


limit_time(900)
tap = Tap()
work = tempfile.mkdtemp(prefix="fetch.", dir="/tmp")
names = ("u%d" % i for i in range(USERS))
server = None
try:
    authority = Authority(work)
    authority.server("good", "mx.example.nl")
    server = Dovecot({"u%d" % i: PASSWORD for i in range(USERS)}, authority.path("good.pem"),
                     authority.path("good.key")).start()
    with World() as g:
        folders = dict(done_folder="Done", unclear_folder="Onduidelijk")
        tap.run("IMAP with folders, killed at every command", at_every_command(check_folders, False, **folders))
        tap.run("IMAP with folders, dropped at every command", at_every_command(check_folders, True, **folders))
        tap.run("IMAP with flags, killed at every command", at_every_command(check_flags, False))
        tap.run("POP3 deletes nothing by default", pop3_keeps_by_default)
        tap.run("POP3, dropped at every command", at_every_command(check_kept, True, kind="pop3"))
        tap.run("POP3 with pop3_delete, killed at every command",
                at_every_command(check_deleted, False, kind="pop3", pop3_delete=True))
        tap.run("POP3 with pop3_delete, dropped at every command",
                at_every_command(check_deleted, True, kind="pop3", pop3_delete=True))
        tap.run("IMAP, another account with the same UIDs", other_account_with_the_same_uids("imap", 3))
        tap.run("POP3, another account with the same UIDs",
                other_account_with_the_same_uids("pop3", 0, pop3_delete=True))
        tap.run("mails of an older store are known", mails_of_an_older_store)
        tap.run("a new UIDVALIDITY judges nothing twice", new_uidvalidity)
        tap.run("raw mail under a new name is judged first", raw_mail_under_a_new_name)
        tap.run("connects again, later and later", reconnects_with_back_off)
finally:
    if server is not None:
        server.__exit__()
    shutil.rmtree(work, ignore_errors=True)
tap.done()
