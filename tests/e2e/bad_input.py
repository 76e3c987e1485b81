#!/usr/bin/env python3
"""bad_input: what is wrong is named, the exit status tells its kind, and the good data is still there; prints TAP."""
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys

TOP = os.path.abspath(os.environ.get("top_srcdir", os.path.join(os.path.dirname(__file__), "..", "..")))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

from gateway import Gateway, limit_time  # noqa: E402
from tap import Tap, contains, equal  # noqa: E402

DONE, REFUSED, USAGE, INPUT, UNREACHABLE, STORE, LATER, CONF = 0, 1, 64, 65, 69, 74, 75, 78

REGISTER = """\
company,kind,value,name
alfa,company,,Alfa
alfa,mail,ict@alfa.example,
alfa,network,192.0.2.0/28,
beta,company,,Beta
beta,mail,ict@beta.example,
beta,network,192.0.2.16/28,
"""
HEAD = '"timestamp","ip","protocol","port","tag"\n'
GOOD_ROW = '"2026-11-20 01:00:00","192.0.2.%d","tcp",3389,"rdp"\n'
FEED = HEAD + GOOD_ROW % 1 + GOOD_ROW % 17


class Scene(Gateway):
    """A gateway with two companies, an incident and two findings, and a route to a port where nobody listens."""

    mounted = None

    def __init__(self):
        super().__init__()
        self.init()
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.closed_port = s.getsockname()[1]
        self.settings = dict(
            routes=[{"name": "weg", "host": "127.0.0.1", "port": self.closed_port, "tls": "none"}],
            inboxes=[{"name": "post", "kind": "imap", "host": "127.0.0.1", "port": self.closed_port, "tls": "none",
                      "user": "post", "password_file": self.secret("password", "geheim\n"), "login_in_clear": True,
                      "timeout": "5s"}])
        self.configure(**self.settings)
        self.write("register.csv", REGISTER)
        self.write("2026-11-20-scan_rdp-nl.csv", FEED)
        self.run("company", "import", "register.csv")
        self.run("incident", "open", "proef", "--title", "Proef")
        self.run("intake", "--incident", "proef", "2026-11-20-scan_rdp-nl.csv")
        self.run("match", "proef")
        self.want = self.state()

    def state(self):
        return (self.json("company", "list"), self.json("contact", "list"), self.json("finding", "list", "proef"),
                self.json("warning", "list"), self.json("queue", "list"))

    def __exit__(self, *exc):
        if self.mounted:
            subprocess.run(["umount", "-l", self.mounted], check=False)
        super().__exit__(*exc)

    def keep(self, name):
        """Puts the store back as it was copied."""
        for rest in ("-wal", "-shm"):
            if os.path.exists(self.path("seinpost.db" + rest)):
                os.unlink(self.path("seinpost.db" + rest))
        os.replace(self.path(name), self.path("seinpost.db"))

    def intact(self, what):
        equal(self.state(), self.want, "the good data after " + what)


def feed(g, data, *more):
    g.write("2026-11-21-scan_rdp-nl.csv", data)
    return g.run("intake", "--incident", "proef", *more, "2026-11-21-scan_rdp-nl.csv", status=None)


# ---- feeds and registers: bad rows are named, good ones go in

def rows_are_refused(g):
    """(name, bytes, words of the complaint, good rows in it)"""
    good = (GOOD_ROW % 2).encode()
    head = HEAD.encode()
    for name, data, words, found in (
            ("a row cut off in the middle of a cell", head + good + b'"2026-11-20 01:00:00","192.0.', ":3:", 1),
            ("a row cut off between two cells", head + good + b'"2026-11-20 01:00:00","192.0.2.3"', ":3:", 1),
            ("a row that is not UTF-8", head + b'"2026-11-20 01:00:00","192.0.2.3","tcp",3389,"\xff\xfe"\n' + good,
             "UTF-8", 1),
            ("a line of more than 1 MiB", head + b'"' + b"x" * (1 << 20) + b'"\n' + good, ":2:", 1),
            ("a NUL", head + b'"2026-11-20 01:00:00","192.0.2.3","t\0cp",3389,"rdp"\n' + good, "NUL", 1),
            ("an address that is none", head + b'"2026-11-20 01:00:00","192.0.2.999","tcp",3389,"rdp"\n' + good,
             "192.0.2.999", 1)):
        done = feed(g, data)
        equal(done.status, REFUSED, name + "\n" + str(done))
        contains(done.err, "2026-11-21-scan_rdp-nl.csv:")
        contains(done.err, words)
        contains(done.out, "1 refused")
    # the good row is the same each time, and is one finding
    equal(len(g.json("finding", "list", "proef")), len(g.want[2]) + 1, "findings")


def feeds_are_refused_whole(g):
    for name, data in (("empty", b""), ("only a heading", HEAD.encode()[:20]), ("a picture", b"\x89PNG\r\n\x1a\n" * 50),
                       ("a page", b"<html><body>Login</body></html>\n")):
        done = feed(g, data)
        equal(done.status, INPUT, name + "\n" + str(done))
        contains(done.err, "2026-11-21-scan_rdp-nl.csv")
    g.intact("feeds that are none")
    done = g.run("intake", "--incident", "proef", "nergens.csv", status=INPUT)
    contains(done.err, "nergens.csv")
    contains(g.run("intake", "--incident", "geen", "2026-11-20-scan_rdp-nl.csv", status=INPUT).err, "geen")


def registers(g):
    head = b"company,kind,value,name\n"
    for name, data, words in (
            ("CR LF in an address", head + b'alfa,mail,"ict@alfa.example\r\nBcc: x@y.example",\n', ":2:"),
            ("a line break in a name", head + b'gamma,company,,"Gam\r\nma"\n', "line breaks"),
            ("Latin-1", head + b"gamma,company,,Caf\xe9\n", "UTF-8"),
            ("an open quote", head + b'gamma,company,,"Gamma\n', ":2:"),
            ("an address without a domain", head + b"alfa,mail,ict,\n", "ict"),
            ("everybody's network", head + b"alfa,network,10.0.0.0/8,\n", "private"),
            ("1 MiB", head + b"gamma,company,," + b"g" * (1 << 20) + b"\n", ":2:")):
        g.write("slecht.csv", data)
        done = g.run("company", "import", "slecht.csv", status=REFUSED)
        contains(done.err, "slecht.csv:2")
        contains(done.err, words if words != ":2:" else "slecht.csv")
    g.write("slecht.csv", b"company,kind,value,sector\nalfa,company,,bakkers\n")
    contains(g.run("company", "import", "slecht.csv", status=INPUT).err, "on purpose")
    g.intact("registers with mistakes")


# ---- what the administrator gets wrong

def templates(g):
    shutil.copytree(os.path.join(TOP, "templates"), g.path("templates"))
    os.chmod(g.path("templates", "nl"), 0o755)
    warning = g.path("templates", "nl", "warning.mustache")
    os.chmod(warning, 0o644)
    with open(warning, "a", encoding="utf-8") as f:
        f.write("{{#groups}}\n")
    with open(g.conf, encoding="utf-8") as f:
        text = f.read()
    g.write("seinpost.conf", text.replace('templates = "%s/templates"' % TOP, 'templates = "templates"'))
    for command in (("preview", "proef"), ("warn", "proef"), ("template", "check", "templates")):
        done = g.run(*command, status=INPUT)
        contains(done.err + done.out, "warning.mustache:")
        contains(done.err + done.out, "groups")
    g.configure(**g.settings)
    g.intact("a template with an open section")


def configurations(g):
    with open(g.conf, encoding="utf-8") as f:
        text = f.read()
    for name, bad, words in (("unknown name", text + "deadline_day = 3;\n", "deadline_day"),
                             ("no value", text.replace("deadline_days = 14;", "deadline_days = ;"), "seinpost.conf:"),
                             ("out of range", text.replace("deadline_days = 14;", "deadline_days = 0;"), "1 to 365"),
                             ("no secret", text.replace("token.key", "weg.key"), "weg.key"),
                             ("no key", text.replace(g.fingerprint, "A" * 40), "A" * 40)):
        g.write("seinpost.conf", bad)
        done = g.run("warn", "proef", status=CONF)
        contains(done.err, words)
    g.configure(**g.settings)
    g.intact("mistakes in the configuration")
    contains(g.run("--config", "weg.conf", "company", "list", status=CONF).err, "weg.conf")


def usage(g):
    for words in ((), ("nonsens",), ("company",), ("company", "nonsens"), ("warn",), ("warn", "proef", "en", "meer"),
                  ("report", "--from", "gisteren"), ("company", "list", "--format", "xml"), ("intake", "--nonsens", "x")):
        done = g.run(*words, status=USAGE)
        contains(done.err, "usage: seinpost")
        equal(done.out, "", "standard output")
    for words in (("incident", "show", "geen"), ("company", "show", "geen"), ("warning", "show", "SP-AAAA-AAAA")):
        contains(g.run(*words, status=INPUT).err, words[2])


# ---- the store

def newer_store(g):
    shutil.copy(g.path("seinpost.db"), g.path("goed.db"))
    with sqlite3.connect(g.path("seinpost.db")) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        db.execute("PRAGMA user_version = %d" % (version + 1000))
        if version == 0:
            db.execute("UPDATE meta SET value = '1000' WHERE name = 'schema'")
    done = g.run("company", "list", status=CONF)
    contains(done.err, "seinpost.db")
    contains(done.err, "newer")
    g.keep("goed.db")
    g.intact("a store of a newer version")


def broken_store(g):
    shutil.copy(g.path("seinpost.db"), g.path("goed.db"))
    g.write("seinpost.db", b"this is no database, whatever its name says\n" * 100)
    contains(g.run("company", "list", status=STORE).err, "seinpost.db")
    g.keep("goed.db")
    os.rename(g.path("seinpost.db"), g.path("weg.db"))
    contains(g.run("company", "list", status=STORE).err, "seinpost.db")
    os.rename(g.path("weg.db"), g.path("seinpost.db"))
    g.intact("a store that is none")


def small_disk(g):
    """
    The working directory on a file system of its own that is nearly full; where that may not be mounted, a limit on the
    size of files stands in.  Returns (limits for the program, what to do when the disk grows).
    """
    size = os.path.getsize(g.path("seinpost.db"))
    space = "size=%dk" % (size // 1024 + 1024)
    if os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", space, "tmpfs", g.path("disk")],
                                            stderr=subprocess.DEVNULL, check=False).returncode == 0:
        g.mounted = g.path("disk")
        return None, lambda: subprocess.run(["mount", "-o", "remount,size=64m", g.path("disk")], check=True)

    def limits():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + (512 << 10),) * 2)

    return limits, lambda: None


def full_disk(g):
    rows = "".join('"2026-11-20 02:00:00","192.0.2.1","tcp",%d,"rdp"\n' % p for p in range(4001, 24001))
    g.write("2026-11-22-scan_rdp-nl.csv", HEAD + rows)
    os.mkdir(g.path("disk"))
    limits, grow = small_disk(g)
    g.run("report")  # leaves no journal beside the store
    shutil.copy(g.path("seinpost.db"), g.path("disk", "seinpost.db"))
    g.configure(store="disk/seinpost.db", **g.settings)
    done = g.run("intake", "--incident", "proef", "2026-11-22-scan_rdp-nl.csv", status=STORE if limits else LATER,
                 limits=limits)
    contains(done.err, "store" if limits else "full")
    grow()
    known = len(g.json("finding", "list", "proef"))
    equal((g.json("company", "list"), g.json("contact", "list")), g.want[:2], "the register on a full disk")
    done = g.run("intake", "--incident", "proef", "2026-11-22-scan_rdp-nl.csv")
    contains(done.out, "%d known, 0 refused" % (known - len(g.want[2])))
    equal(len(g.json("finding", "list", "proef")), len(g.want[2]) + 20000, "findings")


# ---- who does not answer

def no_agent(g):
    """An agent that cannot be started, and the one that runs is ended."""
    settings = os.path.join(g.home, "gpg.conf")
    before = open(settings, encoding="ascii").read() if os.path.exists(settings) else ""
    with open(settings, "a", encoding="ascii") as f:
        f.write("agent-program /nonexistent\n")
    subprocess.run(["gpgconf", "--homedir", g.home, "--kill", "all"], check=True)
    done = g.run("warn", "proef", status=None, timeout=60)
    if done.status not in (LATER, CONF):
        raise AssertionError("wanted exit %d or %d: %s" % (LATER, CONF, done))
    contains(done.err, "agent")
    with open(settings, "w", encoding="ascii") as f:
        f.write(before)
    g.intact("a missing agent")
    g.run("warn", "proef")


def no_server(g):
    done = g.run("fetch", "--once", status=UNREACHABLE)
    contains(done.err, "127.0.0.1")
    g.run("warn", "proef")
    done = g.run("deliver", "--drain", "--seconds", "1", status=None)
    equal([m["state"] for m in g.json("queue", "list")], ["deferred", "deferred"], "mails without a server\n%s" % done)


def in_a_scene(test):
    with Scene() as g:
        test(g)


def main():
    limit_time(300)
    tap = Tap()
    for test in (rows_are_refused, feeds_are_refused_whole, registers, templates, configurations, usage, newer_store,
                 broken_store, full_disk, no_agent, no_server):
        tap.run(test.__name__.replace("_", " "), lambda test=test: in_a_scene(test))
    tap.done()


if __name__ == "__main__":
    main()
