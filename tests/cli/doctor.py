#!/usr/bin/env python3
"""doctor: each thing that would fail later is a PROBLEM, and what is well is not; prints TAP."""
import os
import re
import socket
import sqlite3
import sys
import threading

TOP = os.path.abspath(os.environ.get("top_srcdir", os.path.join(os.path.dirname(__file__), "..", "..")))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import smtp_peer  # noqa: E402
from gateway import Gateway, limit_time  # noqa: E402
from servers import Authority  # noqa: E402
from tap import Tap, contains, equal  # noqa: E402

CONF = 78
REGISTER = """\
company,kind,value,name,partner
alfa,company,,Alfa,
alfa,mail,ict@alfa.example,,
beta,company,,Beta,%s
beta,mail,ict@beta.example,,
"""


class Server:
    """Says greeting where a client connects, and to each line the next of answers; then falls silent."""

    def __init__(self, greeting, *answers):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.lines = []
        threading.Thread(target=self.serve, args=(greeting, answers), daemon=True).start()

    def serve(self, greeting, answers):
        try:
            client, _ = self.socket.accept()
            stream = client.makefile("rwb")
            self.say(stream, greeting)
            for answer in answers:
                self.lines.append(stream.readline().decode())
                self.say(stream, answer)
            self.lines.append(stream.readline().decode())
        except OSError:
            pass

    @staticmethod
    def say(stream, text):
        stream.write(text.encode())
        stream.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        self.socket.close()


def route(port, **more):
    return dict({"name": "weg", "host": "127.0.0.1", "port": port, "tls": "none", "timeout": "2s"}, **more)


def ask(g, *options, status=None):
    """{check: [(result, text), ...]}"""
    out = {}
    for row in g.json("doctor", *options, status=status):
        out.setdefault(row["check"], []).append((row["result"], row["text"]))
    return out


def problem(g, check, *texts, options=()):
    """doctor sees one problem, which says this."""
    answers = ask(g, *options, status=CONF)
    bad = [(c, t) for c, list_ in answers.items() for r, t in list_ if r == "PROBLEM"]
    equal([c for c, _ in bad], [check], "problems of %s" % bad)
    for text in texts:
        contains(bad[0][1], text)


def network(g, server, *texts, **more):
    with server:
        g.configure(routes=[route(server.port, **more)])
        if texts:
            problem(g, "routes", "weg: ", *texts, options=("--network",))
        else:
            contains(ask(g, "--network", status=0)["routes"][0][1], " answers")


def silent(g):
    network(g, Server(""), "does not greet as a mail server does")


def http(g):
    network(g, Server("HTTP/1.1 400 Bad Request\r\n\r\n"), "HTTP/1.1 400 Bad Request", "no greeting of a mail server")


def busy(g):
    network(g, Server("554 5.3.2 \x1b[31mcome back\r\n"), "554 5.3.2", "no greeting of a mail server")


def no_starttls(g):
    network(g, Server("220 mx.example\r\n", "250-mx.example\r\n250 SIZE 1000\r\n"), "STARTTLS", tls="required")


def starttls(g):
    """As a sender of this route would have it."""
    folder = g.path("tls")
    os.makedirs(folder, exist_ok=True)
    ours = Authority(folder)
    ours.server("good", "localhost")
    ours.self_signed("self", "localhost")
    for name, more, script, want in (
            ("good", {}, {}, None),
            ("good", {"tls_name": "mx.example"}, {}, "certificate not accepted for mx.example"),
            ("good", {"ca_file": ""}, {}, "certificate not accepted for localhost"),
            ("self", {}, {}, "certificate not accepted for localhost: self"),
            ("self", {"tls": "opportunistic"}, {}, None),
            ("good", {}, {"only_tls13": True}, "TLS handshake failed for localhost"),
            ("good", {"tls": "opportunistic"}, {"fail": "close"}, "TLS handshake failed for localhost"),
            ("good", {"tls": "opportunistic"}, {"fail": "garbage"}, "TLS handshake failed for localhost"),
            ("good", {"tls": "none"}, {"fail": "close"}, None)):
        tls = dict({"cert": ours.path(name + ".pem"), "key": ours.path(name + ".key")}, **script)
        peer = smtp_peer.Peer(g.path("taken"), {"tls": tls}).start()
        try:
            settings = dict({"host": "localhost", "tls": "required", "ca_file": ours.ca}, **more)
            g.configure(routes=[route(peer.port, **settings)])
            if want is None:
                contains(ask(g, "--network", status=0)["routes"][0][1], " answers")
            else:
                problem(g, "routes", "weg: ", want, options=("--network",))
        finally:
            peer.stop()


def refuses_starttls(g):
    network(g, Server("220 mx.example\r\n", "250-mx.example\r\n250 STARTTLS\r\n", "454 4.7.0 not today\r\n"),
            "454 4.7.0 not today", "STARTTLS", tls="opportunistic")


def greets(g):
    server = Server("220-mx.example\r\n220 ESMTP\r\n", "250-mx.example\r\n250 SIZE\r\n", "221 bye\r\n")
    network(g, server, tls="opportunistic", helo="gateway.example")
    equal(server.lines[0], "EHLO gateway.example\r\n")
    equal(server.lines[1], "QUIT\r\n")


def plain(g):
    network(g, Server("220 mx.example\r\n", "250 mx.example\r\n"))


def refuses_ehlo(g):
    network(g, Server("220 mx.example\r\n", "550 5.7.1 who are you\r\n"), "550 5.7.1 who are you")


def endless(g):
    network(g, Server("220-mx.example\r\n" * 1000), "no greeting of a mail server")


def password_in_clear(g):
    g.configure(routes=[route(25, user="post", password_file=g.secret("password", "geheim\n"))])
    problem(g, "routes", "weg: ", "the password would be sent in clear")
    g.configure(routes=[route(25, user="post", password_file=g.path("password"), auth_in_clear=True)])
    ask(g, status=0)


def broken_store(g):
    with open(g.path("seinpost.db"), "rb") as f:
        kept = f.read()
    try:
        with sqlite3.connect(g.path("seinpost.db")) as db:
            page, size = db.execute("SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master"
                                    " WHERE name = 'mail'").fetchone()
        with open(g.path("seinpost.db"), "r+b") as f:
            f.seek((page - 1) * size)
            f.write(b"\xff" * size)
        problem(g, "store", "seinpost.db", "restore the store from a backup")
    finally:
        g.write("seinpost.db", kept)


def modes(g):
    for name, mode, check in (("seinpost.db", 0o644, "store"), ("seinpost.conf", 0o666, "configuration")):
        old = os.stat(g.path(name)).st_mode & 0o777
        os.chmod(g.path(name), mode)
        problem(g, check, name, "chmod %o " % (mode & ~7))
        os.chmod(g.path(name), old)
    ask(g, status=0)


def sample_addresses(g):
    with open(g.conf, encoding="utf-8") as f:
        kept = f.read()
    for name in ("from", "reply_address", "bounce_address"):
        g.write("seinpost.conf", re.sub(r'(\b%s = "\w+)@post' % name, r"\1@gateway", kept))
        problem(g, "configuration", "gateway." + name, "@gateway.example")
    g.write("seinpost.conf", kept)


def partner_of_nobody(g):
    g.write("register.csv", REGISTER % "gamma")
    g.run("company", "import", "register.csv")
    problem(g, "register", "beta", "gamma")
    g.run("company", "set", "beta", "partner=alfa")
    contains(ask(g, status=0)["register"][0][1], "2 companies")


def main():
    limit_time(300)
    tap = Tap()
    with Gateway() as g:
        g.init().configure(routes=[route(25)], inboxes=[{"name": "post", "kind": "maildir", "path": "Maildir"}])
        for name, test in (
            ("what does not greet is no mail server", silent), ("a web server is none", http),
            ("a server that turns us away", busy), ("a greeting without end", endless),
            ("a server without STARTTLS, where the route wants TLS", no_starttls),
            ("a server with STARTTLS", starttls), ("a server that refuses STARTTLS", refuses_starttls),
            ("a server that has none, where none is needed", greets),
            ("a server without TLS, where that is wanted", plain),
            ("a server that refuses EHLO", refuses_ehlo)):
            tap.run(name, lambda test=test: test(g))
        g.configure(routes=[route(25)])
        for name, test in (
            ("a password that would go in clear", password_in_clear), ("a damaged store", broken_store),
            ("files that others can read or change", modes), ("addresses that init left", sample_addresses),
            ("a partner that is not in the register", partner_of_nobody)):
            tap.run(name, lambda test=test: test(g))
    tap.done()


main()
