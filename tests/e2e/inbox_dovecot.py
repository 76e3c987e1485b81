"""The inbox against a real Dovecot: TLS, folders, IDLE, POP3, and killed at every command."""
import imaplib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ.get("top_srcdir", "."), "tests", "lib"))
from cutter import Cutter  # noqa: E402
from servers import Authority, Dovecot  # noqa: E402
from tap import Tap, contains, equal, skip_all  # noqa: E402

DUMP = os.path.join(os.environ.get("top_builddir", "."), "tests", "lib", "inbox_dump")
HOST = "mx.example.nl"
PASSWORD = 'ge"he\\im (x)'
USERS = 400
ERR_CONF, ERR_NET = -7, -9
LONG = 60  # seconds after which a step that should have happened has not

if Dovecot.program() is None:
    skip_all("dovecot is not installed")
if shutil.which("openssl") is None:
    skip_all("openssl is not installed")

work = tempfile.mkdtemp(prefix="inbox.", dir="/tmp")
names = ("u%d" % i for i in range(USERS))


class Dumped:
    """What one run of inbox_dump printed."""

    def __init__(self, text, status):
        self.text, self.status = text, status
        lines = [line.split(" ", 2) for line in text.splitlines()]
        self.taken = [f[1] for f in lines if f[0] == "take"]
        self.known = [f[1] for f in lines if f[0] == "known"]
        errors = [f for f in lines if f[0] == "error"]
        self.code = int(errors[0][1]) if errors else 0
        self.why = errors[0][2] if errors else ""

    def ok(self):
        if self.status != 0:
            raise AssertionError("status %r:\n%s" % (self.status, self.text))
        return self


class Account:
    """A user of its own at the server, and a folder that plays the store."""

    def __init__(self, server, kind="imap", **settings):
        self.server, self.user = server, next(names)
        self.out = tempfile.mkdtemp(dir=work)
        self.settings = dict(kind=kind, host="127.0.0.1", tls="none", user=self.user, password=PASSWORD,
                             port=server.imap if kind == "imap" else server.pop3, tls_name=HOST, ca=authority.ca,
                             out=self.out)
        self.settings.update(settings)
        self.session = None

    def arguments(self, more):
        s = dict(self.settings, **more)
        return [DUMP] + ["%s=%s" % (k, v) for k, v in s.items()]

    def start(self, **more):
        return subprocess.Popen(self.arguments(more), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def dump(self, **more):
        p = subprocess.run(self.arguments(more), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                           timeout=LONG)
        return Dumped(p.stdout, p.returncode)

    def imap(self):
        """A session beside the program's own."""
        if self.session is None:
            self.session = imaplib.IMAP4("127.0.0.1", self.server.imap)
            self.session.login(self.user, PASSWORD)
        return self.session

    def leave(self):
        if self.session is not None:
            self.session.logout()
            self.session = None

    def put(self, *mails, folder="INBOX", flags=None):
        for mail in mails:
            equal(self.imap().append(folder, flags, None, mail)[0], "OK", "APPEND")

    def list(self, folder, what="ALL"):
        c = self.imap()
        equal(c.select(folder, readonly=True)[0], "OK", folder)
        found = c.search(None, what)[1][0].split()
        bodies = sorted(c.fetch(n, "(BODY.PEEK[])")[1][0][1] for n in found)
        c.unselect()
        return bodies

    def stored(self):
        result = []
        for name in sorted(os.listdir(self.out)):
            with open(os.path.join(self.out, name), "rb") as f:
                result.append(f.read())
        return sorted(result)


def mail(i, unclear=False):
    return b"Subject: mail %d\r\n%s\r\nTekst %d\r\n" % (i, b"X-Fate: unclear\r\n" if unclear else b"", i)


def until(process, line):
    """Reads what the process prints up to line."""
    seen = ""
    for got in process.stdout:
        seen += got
        if got.strip() == line:
            return seen
    raise AssertionError("%r never came:\n%s" % (line, seen))


def finish(process, seen):
    # not communicate(): that would close its standard input, which wakes it
    seen += process.stdout.read()
    process.wait(LONG)
    process.stdin.close()
    process.stdout.close()
    return Dumped(seen, process.returncode)


# ---- connections

def every_way_in():
    for kind, plain, tls in (("imap", server.imap, server.imaps), ("pop3", server.pop3, server.pop3s)):
        for how, port in (("none", plain), ("starttls", plain), ("implicit", tls)):
            a = Account(server, kind=kind)
            a.put(mail(1))
            a.dump(tls=how, port=port).ok()
            equal(a.stored(), [mail(1)], "%s %s" % (kind, how))


def refused_before_log_in(target, **settings):
    def test():
        for kind, plain, tls in (("imap", target.imap, target.imaps), ("pop3", target.pop3, target.pop3s)):
            for how, port in (("starttls", plain), ("implicit", tls)):
                before = len(target.log())
                d = Account(target, kind=kind).dump(tls=how, port=port, **settings)
                equal((d.status, d.code), (2, ERR_CONF), d.text)
                contains(d.why, "certificate")
                log = target.log()[before:]
                if "Login:" in log or "auth failed" in log or "auth attempt" in log.replace("no auth attempt", ""):
                    raise AssertionError(log)
    return test


def wrong_password():
    for kind in ("imap", "pop3"):
        d = Account(server, kind=kind).dump(password="fout")
        equal((d.status, d.code), (2, ERR_CONF), d.text)
        contains(d.why, "correct user or password")


def missing_folder():
    d = Account(server).dump(folder="Bestaat/Niet")
    equal((d.status, d.code), (2, ERR_CONF), d.text)
    contains(d.why, "Bestaat/Niet")


def nobody_listens():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        d = Account(server).dump(port=s.getsockname()[1])
    equal((d.status, d.code), (2, ERR_NET), d.text)


# ---- mails

def two_hundred_mails():
    a = Account(server, done="Done", unclear="Onduidelijk")
    mails = [mail(i, i % 10 == 0) + b"x" * (i * 37) + b"\r\n" for i in range(198)]
    mails.append(b"Subject: \xe9\xff\r\n\r\n.\r\n..\r\n.x\r\n" + b"lang " * 4000 + b"\r\n\r\nFrom hier\r\nzonder eind")
    mails.append(b"\r\n")
    a.put(*mails)
    d = a.dump().ok()
    equal(len(d.taken), 200)
    equal(a.stored(), sorted(mails), "bytes")
    equal(a.list("INBOX"), [], "INBOX")
    equal(len(a.list("Onduidelijk", "SEEN")), 20)
    equal(len(a.list("Done", "SEEN")), 180)
    equal(a.dump().ok().taken, [])


def without_folders_mail_stays():
    a = Account(server)
    a.put(mail(1), mail(2, True))
    a.put(mail(3), flags="\\Seen")
    equal(len(a.dump().ok().taken), 2)
    equal(len(a.list("INBOX", "KEYWORD $SeinpostDone SEEN")), 2)
    again = a.dump().ok()
    equal(again.taken + again.known, [])
    # marked unread by a person, it is still not judged again
    a.imap().select("INBOX")
    a.imap().store("1", "-FLAGS", "\\Seen")
    a.leave()
    again = a.dump().ok()
    equal(again.taken + again.known, [])


def only_the_unclear_is_moved():
    a = Account(server, unclear="Onduidelijk")
    a.put(mail(1), mail(2, True))
    a.dump().ok()
    equal(a.list("INBOX"), [mail(1)])
    equal(a.list("Onduidelijk"), [mail(2, True)])


def large_mail_is_cut():
    for kind in ("imap", "pop3"):
        for size, max_size, want in ((100, 100, 100), (101, 100, 100), (300000, 70000, 70000)):
            a = Account(server, kind=kind)
            text = b"Subject: x\r\n\r\n"
            text += (b"0123456789" * (size // 10 + 1))[:size - len(text) - 2] + b"\r\n"
            a.put(text, mail(2))
            d = a.dump(max=max_size).ok()
            equal(len(d.taken), 2, kind)
            contains(a.stored(), text[:want])
            equal("truncated" in d.text, size > max_size, d.text)


def new_uidvalidity():
    a = Account(server, folder="werk")
    a.imap().create("werk")
    a.put(mail(1), folder="werk")
    first = a.dump().ok()
    equal(a.imap().delete("werk")[0], "OK")
    a.imap().create("werk")
    a.put(mail(9), folder="werk")
    second = a.dump().ok()
    equal((len(first.taken), len(second.taken)), (1, 1), first.text + second.text)
    equal(second.known, [])
    equal(a.stored(), [mail(1), mail(9)])


def pop3_twice_fetches_once():
    a = Account(server, kind="pop3")
    a.put(mail(1), mail(2))
    equal(len(a.dump().ok().taken), 2)
    a.put(mail(3))
    d = a.dump().ok()
    equal((len(d.taken), len(d.known)), (1, 2))
    equal(len(a.list("INBOX")), 3, "nothing is deleted by default")
    d = a.dump(delete=1).ok()
    equal((len(d.taken), len(d.known)), (0, 3))
    equal(a.list("INBOX"), [])
    equal(len(a.stored()), 3)


def pop3_waits_and_sees_new_mail():
    a = Account(server, kind="pop3")
    a.put(mail(1))
    p = a.start(wait=600)
    seen = until(p, "waiting")
    a.put(mail(2))
    p.stdin.write("x")
    p.stdin.flush()
    d = finish(p, seen).ok()
    equal(len(d.taken), 2)


# ---- IDLE

def idle_wakes(**settings):
    def test():
        a = Account(server, **settings)
        a.put(mail(1))
        p = a.start(wait=600)
        seen = until(p, "waiting")
        a.put(mail(2))
        d = finish(p, seen).ok()
        equal(len(d.taken), 2, d.text)
        equal(len(a.stored()), 2)
    return test


def wake_fd_ends_idle():
    a = Account(server)
    p = a.start(wait=600)
    seen = until(p, "waiting")
    p.stdin.write("x")
    p.stdin.flush()
    contains(finish(p, seen).ok().text, "woke")


def without_idle_it_looks_again():
    a = Account(poor)
    a.put(mail(1))
    p = a.start(wait=1)
    seen = until(p, "waiting")
    a.put(mail(2))
    equal(len(finish(p, seen).ok().taken), 2)


def kicked_during_idle():
    a = Account(server, done="Done")
    a.put(mail(1))
    p = a.start(wait=600, reopen=1)
    seen = until(p, "waiting")
    a.leave()
    # the session is there, but IDLE may not have been reached: either way it has to come back
    server.doveadm("kick", a.user)
    d = finish(p, seen).ok()
    contains(d.text, "reopen after %d" % ERR_NET)
    contains(d.text, "woke\nfetched")
    a.put(mail(2))
    a.dump().ok()
    equal(len(a.list("Done")), 2)


# ---- killed

def run_killed(a, number, after):
    k = Cutter(a.settings["port"], number, after)
    p = a.start(port=k.port)
    k.victim = p
    k.started.set()
    text, _ = p.communicate(timeout=LONG)
    k.close()
    return Dumped(text, p.returncode), k.commands


def fill_for_killing(a):
    a.put(mail(1), mail(2, True), mail(3))
    a.put(mail(7), flags="\\Deleted")


def killed_at_every_command(target, check, **settings):
    def test():
        a = Account(target, **settings)
        fill_for_killing(a)
        whole, commands = run_killed(a, 0, False)
        whole.ok()
        assert len(commands) >= 8, commands
        for number in range(1, len(commands) + 1):
            for after in (False, True):
                a = Account(target, **settings)
                fill_for_killing(a)
                first, commands = run_killed(a, number, after)
                second = a.dump().ok()
                where = "killed %s %r" % ("after" if after else "before", commands[-1])
                taken = first.taken + second.taken
                equal(len(taken), len(set(taken)), where + ": judged twice")
                check(a, where)
                a.leave()
    return test


def check_moved(a, where):
    equal(a.stored(), [mail(1), mail(2, True), mail(3)], where)
    equal(a.list("INBOX"), [mail(7)], where)
    equal(a.list("Done"), [mail(1), mail(3)], where)
    equal(a.list("Onduidelijk"), [mail(2, True)], where)


def check_copied(a, where):
    """A COPY cannot be told from no COPY: killed right after it, the mail is copied once more."""
    equal(a.stored(), [mail(1), mail(2, True), mail(3)], where)
    equal(a.list("INBOX", "UNDELETED"), [], where)
    contains(a.list("INBOX", "DELETED"), mail(7))
    equal(sorted(set(a.list("Done"))), [mail(1), mail(3)], where)
    equal(sorted(set(a.list("Onduidelijk"))), [mail(2, True)], where)
    assert len(a.list("Done")) + len(a.list("Onduidelijk")) <= 4, where


def check_flagged(a, where):
    equal(a.stored(), [mail(1), mail(2, True), mail(3)], where)
    equal(len(a.list("INBOX", "UNDELETED SEEN KEYWORD $SeinpostDone")), 3, where)
    equal(len(a.list("INBOX")), 4, where)


def check_pop3(a, where):
    # POP3 knows no \Deleted of IMAP: the fourth mail is one like the others
    equal(a.stored(), [mail(1), mail(2, True), mail(3), mail(7)], where)
    equal(a.list("INBOX"), [], where)


def died_in_the_program():
    for point in ("take", "commit"):
        for number in (1, 2, 3):
            a = Account(server, done="Done", unclear="Onduidelijk")
            fill_for_killing(a)
            first = a.dump(die="%s:%d" % (point, number))
            equal(first.status, 1)
            second = a.dump().ok()
            equal(len(first.taken + second.taken), 3, "%s:%d" % (point, number))
            check_moved(a, "%s:%d" % (point, number))


def uidplus_expunges_its_own_only():
    a = Account(plus, done="Done", unclear="Onduidelijk")
    fill_for_killing(a)
    a.dump().ok()
    equal(a.list("INBOX"), [mail(7)])


def without_uidplus_it_stays_deleted():
    a = Account(poor, done="Done", unclear="Onduidelijk")
    fill_for_killing(a)
    a.dump().ok()
    equal(len(a.list("INBOX", "DELETED")), 4)
    again = a.dump().ok()
    equal(again.taken + again.known, [])


def capability(words):
    return "protocol imap {\n  imap_capability = IMAP4rev1 SASL-IR LITERAL+ %s\n}\n" % words


def start(cert, extra=""):
    return Dovecot({"u%d" % i: PASSWORD for i in range(USERS)}, authority.path(cert + ".pem"),
                   authority.path(cert + ".key"), extra).start()


tap = Tap()
servers = []
try:
    authority = Authority(work)
    authority.server("good", HOST)
    authority.server("client", HOST, "extendedKeyUsage=clientAuth")
    authority.self_signed("alone", HOST)
    server, alone, client = start("good"), start("alone"), start("client")
    plus = start("good", capability("UIDPLUS IDLE"))
    poor = start("good", capability(""))
    servers = [server, alone, client, plus, poor]

    tap.run("IMAP and POP3, in clear, STARTTLS and TLS", every_way_in)
    tap.run("wrong name: refused before log-in", refused_before_log_in(server, tls_name="mail.example.nl"))
    tap.run("unknown authority: refused before log-in", refused_before_log_in(server, ca=authority.path("alone.pem")))
    tap.run("self-signed: refused before log-in", refused_before_log_in(alone))
    tap.run("not a server's certificate: refused before log-in", refused_before_log_in(client))
    tap.run("wrong password", wrong_password)
    tap.run("missing folder", missing_folder)
    tap.run("nobody listens", nobody_listens)
    tap.run("200 mails, byte for byte, moved", two_hundred_mails)
    tap.run("without folders mail stays, flagged", without_folders_mail_stays)
    tap.run("only an unclear folder", only_the_unclear_is_moved)
    tap.run("a large mail is cut", large_mail_is_cut)
    tap.run("a new UIDVALIDITY makes new names", new_uidvalidity)
    tap.run("POP3 fetches a mail once, and deletes only when told", pop3_twice_fetches_once)
    tap.run("POP3 sees mail of a later round", pop3_waits_and_sees_new_mail)
    tap.run("IDLE wakes", idle_wakes())
    tap.run("IDLE wakes through TLS", idle_wakes(tls="implicit", port=server.imaps, done="Done"))
    tap.run("a byte on wake_fd ends IDLE", wake_fd_ends_idle)
    tap.run("a server without IDLE", without_idle_it_looks_again)
    tap.run("kicked during IDLE, then opened again", kicked_during_idle)
    tap.run("died before and after each commit", died_in_the_program)
    tap.run("killed at every command, MOVE",
            killed_at_every_command(server, check_moved, done="Done", unclear="Onduidelijk"))
    tap.run("killed at every command, COPY and UID EXPUNGE",
            killed_at_every_command(plus, check_copied, done="Done", unclear="Onduidelijk"))
    tap.run("killed at every command, flags only", killed_at_every_command(server, check_flagged))
    tap.run("killed at every command, POP3 with DELE",
            killed_at_every_command(server, check_pop3, kind="pop3", delete=1))
    tap.run("UID EXPUNGE takes no other mail along", uidplus_expunges_its_own_only)
    tap.run("without UIDPLUS nothing is expunged", without_uidplus_it_stays_deleted)
finally:
    for s in servers:
        s.__exit__()
    shutil.rmtree(work, ignore_errors=True)
tap.done()
