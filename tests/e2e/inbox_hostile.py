"""The inbox against servers that misbehave: an error in bounded time, no crash, no password to the wrong one."""
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.join(os.environ.get("top_srcdir", "."), "tests", "lib"))
from tap import Tap, contains, equal  # noqa: E402

DUMP = os.path.join(os.environ.get("top_builddir", "."), "tests", "lib", "inbox_dump")
# for instance "valgrind -q --leak-check=full --error-exitcode=99"
WRAPPER = os.environ.get("INBOX_WRAPPER", "").split()
ERR_TEMP, ERR_PERM, ERR_INPUT, ERR_CONF, ERR_NET = -1, -2, -3, -7, -9
LONG = 120
MAIL = b"Subject: x\r\n\r\nTekst\r\n"

work = tempfile.mkdtemp(prefix="hostile.", dir="/tmp")


class Server:
    """One connection: talk(conn) writes and reads lines; what the client said is kept."""

    def __init__(self, talk):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.talk, self.said = talk, []
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        self.conn, _ = self.listener.accept()
        self.conn.settimeout(LONG)
        try:
            self.talk(self)
        except OSError:
            pass
        self.conn.close()

    def send(self, data):
        self.conn.sendall(data)

    def lines(self):
        for line in self.conn.makefile("rb"):
            self.said.append(line.strip())
            yield line.strip()


def dump(talk, **settings):
    server = Server(talk)
    s = dict(kind="imap", host="127.0.0.1", port=server.port, tls="none", user="jan", password="geheim", timeout=1,
             max=10000, out=tempfile.mkdtemp(dir=work))
    s.update(settings)
    p = subprocess.run(WRAPPER + [DUMP] + ["%s=%s" % i for i in s.items()], stdin=subprocess.DEVNULL,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=LONG)
    server.thread.join(LONG)
    server.listener.close()
    error = re.search(r"^error (-?\d+) (.*)$", p.stdout, re.M)
    if p.returncode not in (0, 2) or "Sanitizer" in p.stderr:
        raise AssertionError("status %d:\n%s%s" % (p.returncode, p.stdout, p.stderr))
    server.out, server.status = p.stdout, p.returncode
    server.code = int(error.group(1)) if error else 0
    server.why = error.group(2) if error else ""
    return server


def expect(codes, talk, **settings):
    def test():
        s = dump(talk, **settings)
        if s.status != 2 or s.code not in codes:
            raise AssertionError("%d %r, said %r" % (s.code, s.out, s.said))
    return test


# ---- an IMAP server that works, with answers that can be exchanged

def answers(**changed):
    a = {
        "CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS\r\n",
        "LIST": b'* LIST () "/" x\r\n',
        "SELECT": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n",
        "SEARCH": b"* SEARCH 1\r\n",
        "FETCH": b"* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n%s)\r\n" % (len(MAIL), MAIL),
    }
    a.update(changed)
    return a


def verb_of(line):
    words = line.upper().split()
    verb = words[1] if len(words) > 1 else b""
    if verb == b"UID" and len(words) > 2:
        verb = words[2]
    return verb.decode("latin-1")


def said(table, verb, line, otherwise):
    answer = table.get(verb, otherwise)
    return answer(line) if callable(answer) else answer


def imap(greeting=b"* OK ready\r\n", stop_at=0, stop_with=b"", status=b"OK done", tagged=None, **changed):
    table = answers(**changed)

    def talk(s):
        s.send(greeting)
        for n, line in enumerate(s.lines(), 1):
            if n == stop_at:
                s.send(stop_with)
                return
            verb = verb_of(line)
            word = said(tagged or {}, verb, line, status)
            if verb == "LOGOUT":
                s.send(b"* BYE\r\n" + line.split()[0] + b" OK done\r\n")
                return
            s.send(said(table, verb, line, b"") + line.split()[0] + b" " + word + b"\r\n")
    return talk


def works():
    s = dump(imap(), done="Done")
    equal(s.status, 0, s.out)
    contains(s.out, "take 7.1 %d" % len(MAIL))


def dropped_at_any_command():
    whole = dump(imap(), done="Done")
    for n in range(1, len(whole.said)):
        for last in (b"", b"* OK half a li", b"\0\r\n\xff\xfe\r\n", b"* BYE out\r\n", b"* 1 FETCH (BODY[] {100}\r\nabc"):
            s = dump(imap(stop_at=n, stop_with=last), done="Done")
            if s.status != 2 or s.code not in (ERR_NET, ERR_TEMP):
                raise AssertionError("%r at %r: %r" % (last, whole.said[n - 1], s.out))


def refused_at_any_command():
    for verb in ("CAPABILITY", "LOGIN", "LIST", "SELECT", "SEARCH", "FETCH", "STORE", "MOVE"):
        for word in (b"NO nee", b"BAD nee", b"NO [UNAVAILABLE] nee", b"WAT", b""):
            s = dump(imap(tagged={verb: word}), done="Done")
            # a LIST that fails is made up for by CREATE, data counts although NO follows
            allowed = (0, 2) if verb in ("LIST", "FETCH", "CAPABILITY") else (2,)
            if s.status not in allowed:
                raise AssertionError("%s %r: %r" % (verb, word, s.out))


def refusal_of_one_stops_no_other():
    """Of three mails the first cannot be read, and none can be moved."""
    def fetch(line):
        uid = line.split()[3]
        return b"" if uid == b"1" else b"* 1 FETCH (UID %s BODY[]<0> {%d}\r\n%s)\r\n" % (uid, len(MAIL), MAIL)

    def refuse_first(line):
        return b"NO nee" if line.split()[3] == b"1" else b"OK done"

    s = dump(imap(SEARCH=b"* SEARCH 1 2 3\r\n", FETCH=fetch, tagged={"MOVE": b"NO nee", "FETCH": refuse_first}),
             done="Done")
    equal((s.status, s.code), (2, ERR_TEMP), s.out)
    equal(s.out.splitlines()[:2], ["take 7.%d %d" % (n, len(MAIL)) for n in (2, 3)])
    equal(len([line for line in s.said if verb_of(line) == "MOVE"]), 2)
    contains(s.why, "MOVE: 127.0.0.1 refuses: nee")
    s = dump(imap(FETCH=fetch, tagged={"FETCH": b"NO nee"}), done="Done")
    equal((s.status, s.code), (2, ERR_INPUT), s.out)


def flood(start, piece):
    def talk(s):
        s.send(start)
        while True:
            s.send(piece)
    return talk


def at(verb, then):
    """Works up to verb, then does something else."""
    table = answers()

    def talk(s):
        s.send(b"* OK ready\r\n")
        for line in s.lines():
            if verb_of(line) == verb:
                then(s, line.split()[0])
                return
            s.send(table.get(verb_of(line), b"") + line.split()[0] + b" OK done\r\n")
    return talk


def keep_sending(piece):
    def then(s, tag):
        while True:
            s.send(piece)
    return then


def silence(s, tag=b""):
    s.conn.recv(1)
    while s.conn.recv(4096):
        pass


def drip(s, tag=b""):
    stop = threading.Event()
    while not stop.wait(0.3):
        s.send(b"x")


# ---- before log-in

def no_password(reply, code, greeting=b"* OK ready\r\n", **settings):
    def test():
        def talk(s):
            s.send(greeting)
            for line in s.lines():
                s.send(reply.replace(b"TAG", line.split()[0]))
        s = dump(talk, tls="starttls", **settings)
        equal(s.code, code, s.out)
        if any(b"geheim" in line or b"jan" in line for line in s.said):
            raise AssertionError(s.said)
    return test


# ---- POP3

def pop3(stop_at=0, stop_with=b"", **changed):
    table = {"UIDL": b"+OK\r\n1 abc\r\n.\r\n", "LIST": b"+OK 1 %d\r\n" % len(MAIL), "RETR": b"+OK\r\n%s.\r\n" % MAIL}
    table.update(changed)

    def talk(s):
        s.send(table.get("greeting", b"+OK ready\r\n"))
        for n, line in enumerate(s.lines(), 1):
            if n == stop_at:
                s.send(stop_with)
                return
            s.send(table.get(line.split()[0].decode("latin-1"), b"+OK\r\n"))
            if line == b"QUIT":
                return
    return talk


def pop3_works():
    s = dump(pop3(), kind="pop3", delete=1)
    equal(s.status, 0, s.out)
    contains(s.out, "take abc %d" % len(MAIL))
    equal(s.said[-2:], [b"DELE 1", b"QUIT"])


def pop3_delete_refused():
    """The others are taken, and what was deleted is deleted for good."""
    s = dump(pop3(UIDL=b"+OK\r\n1 abc\r\n2 def\r\n.\r\n", DELE=b"-ERR nee\r\n"), kind="pop3", delete=1)
    equal((s.status, s.code), (2, ERR_TEMP), s.out)
    equal(s.out.splitlines()[:2], ["take abc %d" % len(MAIL), "take def %d" % len(MAIL)])
    equal(s.said[-1], b"QUIT")


def pop3_dropped_at_any_command():
    whole = dump(pop3(), kind="pop3", delete=1)
    for n in range(1, len(whole.said) + 1):
        for last in (b"", b"+OK half a li", b"\0\xff\r\n", b"+OK\r\n1 abc\r\n"):
            s = dump(pop3(stop_at=n, stop_with=last), kind="pop3", delete=1)
            # a QUIT, USER or DELE that is answered by "+OK" is answered
            if s.status != 2 and not last.startswith(b"+OK\r\n"):
                raise AssertionError("%r at %r: %r" % (last, whole.said[n - 1], s.out))


def pop3_endless_mail():
    """Its beginning is taken, once, and the connection is given up."""
    def talk(s):
        table = {b"UIDL": b"+OK\r\n1 abc\r\n2 def\r\n.\r\n", b"LIST": b"+OK 1 5\r\n"}
        s.send(b"+OK\r\n")
        for line in s.lines():
            s.send(table.get(line.split()[0], b"+OK\r\n"))
            while line.startswith(b"RETR"):
                s.send(b"x" * 60000 + b"\r\n")
    s = dump(talk, kind="pop3")
    equal(s.code, ERR_NET, s.out)
    contains(s.out, "take abc 10000 truncated")


tap = Tap()
try:
    tap.run("the server of these tests works", works)
    tap.run("dropped at any command", dropped_at_any_command)
    tap.run("refused at any command", refused_at_any_command)
    tap.run("a mail that is refused stops no other", refusal_of_one_stops_no_other)
    tap.run("silence instead of a greeting", expect([ERR_NET], silence))
    tap.run("a byte now and then", expect([ERR_NET], drip))
    tap.run("greeting without end", expect([ERR_NET], flood(b"* OK ", b"x" * 65536)))
    tap.run("greeting of empty lines", expect([ERR_NET, ERR_TEMP], flood(b"", b"\r\n" * 1000)))
    tap.run("greeting that is none", expect([ERR_NET, ERR_TEMP], imap(greeting=b"220 smtp\r\n")))
    tap.run("BYE as greeting", expect([ERR_TEMP], imap(greeting=b"* BYE full\r\n")))
    tap.run("BYE in the middle of a search",
            expect([ERR_NET, ERR_TEMP], at("SEARCH", lambda s, tag: s.send(b"* BYE\r\n"))))
    tap.run("SEARCH without end", expect([ERR_NET], at("SEARCH", keep_sending(b"* SEARCH" + b" 1" * 30000 + b"\r\n"))))
    tap.run("one SEARCH line without end", expect([ERR_NET], at("SEARCH", keep_sending(b" 1" * 30000))))
    tap.run("silence after FETCH", expect([ERR_NET], at("FETCH", silence)))
    for size in (b"4294967295", b"4294967296", b"4294967297", b"18446744073709551615", b"99999999999999999999999",
                 b"1000000", b" 4294967295 "):
        tap.run("literal {%s}" % size.decode(),
                expect([ERR_NET], imap(FETCH=b"* 1 FETCH (UID 1 BODY[] {%s}\r\nabc)\r\n" % size)))
    for start in (b"BODYSTRUCTURE ", b"BODY ", b"FLAGS ", b"ENVELOPE "):
        tap.run("nested " + start.decode(), expect([ERR_NET], imap(FETCH=b"* 1 FETCH (" + start + b"(" * 200000)))
    tap.run("CAPABILITY without a list",
            expect([ERR_TEMP], imap(CAPABILITY=b"", FETCH=b"x\r\n")))
    tap.run("SEARCH with a MODSEQ nobody asked for",
            expect([ERR_TEMP], imap(SEARCH=b"* SEARCH 1 (MODSEQ 12)\r\n"), done="Done"))
    tap.run("FETCH of another mail is none", lambda: equal(
        dump(imap(FETCH=b"* 1 FETCH (UID 2 BODY[]<0> {1}\r\nx)\r\n")).out, "fetched\n"))
    tap.run("FETCH of nothing is none", lambda: equal(dump(imap(FETCH=b"")).out, "fetched\n"))
    tap.run("FETCH of NIL", lambda: equal(
        dump(imap(FETCH=b"* 1 FETCH (UID 1 BODY[]<0> NIL)\r\n")).status, 0))
    tap.run("no UIDVALIDITY", expect([ERR_PERM], imap(SELECT=b"* 1 EXISTS\r\n")))
    tap.run("read-only folder", expect([ERR_CONF], imap(tagged={"SELECT": b"OK [READ-ONLY] x"})))
    tap.run("LOGINDISABLED", expect([ERR_CONF], imap(CAPABILITY=b"* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n")))
    tap.run("log-in UNAVAILABLE is for later", expect([ERR_TEMP], imap(tagged={"LOGIN": b"NO [UNAVAILABLE] x"})))
    tap.run("TLS with a server that speaks none", expect([ERR_NET], imap(), tls="implicit"))
    tap.run("TLS with silence", expect([ERR_NET], silence, tls="implicit"))

    tap.run("no STARTTLS: no log-in", no_password(b"TAG NO no TLS here\r\n", ERR_CONF))
    tap.run("STARTTLS unknown: no log-in", no_password(b"TAG BAD what\r\n", ERR_CONF))
    tap.run("PREAUTH before STARTTLS: no log-in", no_password(b"TAG OK done\r\n", ERR_CONF, b"* PREAUTH welcome\r\n"))
    tap.run("text behind STARTTLS: no log-in", no_password(b"TAG OK done\r\n* CAPABILITY IMAP4rev1\r\n", ERR_NET))
    tap.run("STARTTLS and no handshake: no log-in", no_password(b"TAG OK done\r\n", ERR_NET))
    tap.run("POP3, no STLS: no log-in", no_password(b"-ERR\r\n", ERR_CONF, b"+OK\r\n", kind="pop3"))
    tap.run("POP3, text behind STLS: no log-in", no_password(b"+OK\r\n+OK\r\n", ERR_NET, b"+OK\r\n", kind="pop3"))

    tap.run("POP3 works", pop3_works)
    tap.run("POP3 DELE refused stops no other", pop3_delete_refused)
    tap.run("POP3 dropped at any command", pop3_dropped_at_any_command)
    tap.run("POP3 mail without end", pop3_endless_mail)
    tap.run("POP3 greeting without end", expect([ERR_NET, ERR_TEMP], flood(b"+OK ", b"x" * 65536), kind="pop3"))
    tap.run("POP3 refuses all", expect([ERR_TEMP], pop3(greeting=b"-ERR busy\r\n"), kind="pop3"))
    tap.run("POP3 without UIDL", expect([ERR_PERM], pop3(UIDL=b"-ERR\r\n"), kind="pop3"))
    tap.run("POP3 log-in in use is for later", expect([ERR_TEMP], pop3(PASS=b"-ERR [IN-USE] x\r\n"), kind="pop3"))
    for uidl in (b"0 abc", b"-1 abc", b"4294967296 abc", b"1 ", b"1", b"abc", b"", b"1 a b", b"1 \x01", b"1 " + b"x" * 71,
                 b"1 " + b"x" * 70000):
        tap.run("POP3 UIDL %r" % uidl[:20],
                expect([ERR_TEMP], pop3(UIDL=b"+OK\r\n" + uidl + b"\r\n.\r\n"), kind="pop3"))
    tap.run("POP3 RETR refused is passed over", expect([ERR_INPUT], pop3(RETR=b"-ERR\r\n"), kind="pop3"))
finally:
    shutil.rmtree(work, ignore_errors=True)
tap.done()
