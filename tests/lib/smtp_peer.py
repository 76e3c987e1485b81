#!/usr/bin/env python3
"""An SMTP server on loopback that behaves, or misbehaves, as a script says.  Standard library only.

    smtp_peer.py --port 0 --port-file F --store DIR --script FILE [--certs DIR]

Port 0 lets the kernel choose; the number is written to the port file once the socket listens.  Each mail the peer
took responsibility for is kept in the store as NNNNNN.eml (the bytes of the body, dots unstuffed) and NNNNNN.json
(envelope with parameters, helo, whether TLS and AUTH were used).  Every command line, with the number of its
connection in front, is appended to the file "commands" there.  --certs makes certificates (see make_certs) and exits
when no --store is given.

The script is a JSON object; all of it is optional:

    greeting      ACTION for the first line (default 220)
    keywords      list of EHLO keywords, tls_keywords the same after STARTTLS (default: PIPELINING, SIZE, DSN,
                  ENHANCEDSTATUSCODES, 8BITMIME, and STARTTLS where "tls" is given, AUTH where "users" is)
    steps         {STEP: ACTION}; STEP is one of ehlo helo starttls auth mail rcpt data body dot rset quit
    recipients    {PATTERN: {STEP: ACTION}} for rcpt, data, body and dot of mails to a matching address (fnmatch);
                  comes before steps
    tls           {"cert": FILE, "key": FILE, "inject": TEXT sent behind the 220, "fail": "close" or "garbage",
                  "only_tls13": true for no older version}
    users         {NAME: PASSWORD} for AUTH PLAIN and LOGIN
    connections   list of objects with the same members, laid over the rest for the n-th connection; the last one
                  serves all later ones

An ACTION is a string (a reply; "\\n" separates lines as they stand), a list of actions (the first time the first,
and so on, the last one for good: greylisting), or an object:

    reply   what to say, as above; left out: nothing is said (for "ok": true: what would be said normally)
    raw     bytes (as latin-1 text) to send as they are, instead of a reply
    pause   seconds before anything is said
    drip    seconds between two bytes of it
    endless "line" (a reply line without end) or "lines" (250- without end)
    store   true or false: keep the mail (step dot) whatever the reply is
    read    step body: bytes of the body to read before the action, then it is carried out
    then    "go" (default), "close" (the connection) or "hang" (say nothing more, read nothing more)
"""

import argparse
import base64
import fnmatch
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time

HANG_SECONDS = 60
LINE_LIMIT = 65536

DEFAULT_REPLY = {
    "greeting": "220 peer.example.nl ESMTP",
    "starttls": "220 2.0.0 go ahead",
    "mail": "250 2.1.0 sender fine",
    "rcpt": "250 2.1.5 recipient fine",
    "data": "354 end with a dot",
    "dot": "250 2.0.0 taken",
    "rset": "250 2.0.0 reset",
    "quit": "221 2.0.0 bye",
}


class Closed(Exception):
    """The connection is over, by the client's will or by the script's."""


class Store:
    """The mails taken, as files; numbers are given in the order of taking."""

    def __init__(self, folder):
        self.folder = folder
        self.lock = threading.Lock()
        os.makedirs(folder, exist_ok=True)
        self.count = len([n for n in os.listdir(folder) if n.endswith(".json")])

    def keep(self, envelope, body):
        with self.lock:
            self.count += 1
            name = os.path.join(self.folder, "%06d" % self.count)
        with open(name + ".eml", "wb") as f:
            f.write(body)
        with open(name + ".tmp", "w", encoding="utf-8") as f:
            json.dump(envelope, f)
        os.rename(name + ".tmp", name + ".json")

    def note(self, connection, line):
        with self.lock, open(os.path.join(self.folder, "commands"), "a", encoding="utf-8") as f:
            f.write("%d %s\n" % (connection, line))

    def mails(self):
        """All mails as (envelope, bytes)."""
        out = []
        for name in sorted(n for n in os.listdir(self.folder) if n.endswith(".json")):
            with open(os.path.join(self.folder, name), encoding="utf-8") as f:
                envelope = json.load(f)
            with open(os.path.join(self.folder, name[:-5] + ".eml"), "rb") as f:
                out.append((envelope, f.read()))
        return out

    def commands(self):
        try:
            with open(os.path.join(self.folder, "commands"), encoding="utf-8") as f:
                return f.read().splitlines()
        except FileNotFoundError:
            return []


class Script:
    """What to do at each step; remembers how often a list of actions was used."""

    def __init__(self, data):
        self.data = data
        self.used = {}
        self.lock = threading.Lock()

    def for_connection(self, number):
        data = {k: v for k, v in self.data.items() if k != "connections"}
        over = self.data.get("connections")
        if over:
            data.update(over[min(number, len(over)) - 1])
        return data

    def pick(self, key, action):
        if not isinstance(action, list):
            return action
        with self.lock:
            n = self.used.get(key, 0)
            self.used[key] = n + 1
        return action[min(n, len(action) - 1)]


class Session(threading.Thread):
    """One connection."""

    def __init__(self, peer, sock, number):
        super().__init__(daemon=True)
        self.peer = peer
        self.sock = sock
        self.number = number
        self.data = peer.script.for_connection(number)
        self.buffer = b""
        self.tls = False
        self.user = None
        self.helo = ""
        self.chunks = b""
        self.reset()

    def reset(self):
        self.sender = None
        self.sender_params = ""
        self.recipients = []
        self.chunks = b""

    # ---- bytes

    def send(self, data):
        try:
            self.sock.sendall(data)
        except OSError:
            raise Closed from None

    def fill(self):
        try:
            piece = self.sock.recv(65536)
        except OSError:
            raise Closed from None
        if not piece:
            raise Closed
        self.buffer += piece

    def line(self):
        while b"\n" not in self.buffer:
            if len(self.buffer) > LINE_LIMIT:
                raise Closed
            self.fill()
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.rstrip(b"\r")

    def exactly(self, n):
        while len(self.buffer) < n:
            self.fill()
        out, self.buffer = self.buffer[:n], self.buffer[n:]
        return out

    def body(self):
        """The bytes up to the final dot, unstuffed."""
        raw = self.buffer
        self.buffer = b""
        if raw.startswith(b".\r\n"):
            self.buffer = raw[3:]
            return b""
        start = 0
        while True:
            end = raw.find(b"\r\n.\r\n", max(0, start - 4))
            if end >= 0:
                break
            start = len(raw)
            self.fill()
            raw += self.buffer
            self.buffer = b""
            if raw.startswith(b".\r\n"):
                end = -2
                break
        self.buffer = raw[end + 5:]
        body = raw[:end + 2]
        if body.startswith(b"."):
            body = body[1:]
        return body.replace(b"\r\n.", b"\r\n")

    # ---- actions

    def action(self, step, recipient=None):
        if recipient is not None:
            for pattern, steps in self.data.get("recipients", {}).items():
                if step in steps and fnmatch.fnmatch(recipient, pattern):
                    return self.peer.script.pick((pattern, step), steps[step])
        steps = self.data.get("steps", {})
        if step in steps:
            return self.peer.script.pick(step, steps[step])
        if step == "greeting" and step in self.data:
            return self.peer.script.pick(step, self.data[step])
        return None

    @staticmethod
    def wire(text):
        return "".join(line + "\r\n" for line in text.split("\n")).encode("latin-1", "replace")

    def drip(self, data, pause):
        for i in range(len(data)):
            self.send(data[i:i + 1])
            time.sleep(pause)

    def endless(self, how):
        piece = b"250-more\r\n" * 400 if how == "lines" else b"x" * 4000
        self.send(b"250-" if how == "line" else b"")
        until = time.monotonic() + HANG_SECONDS
        while time.monotonic() < until:
            self.send(piece)
        raise Closed

    def perform(self, action, default):
        """Carries out what the script says, else says default.  Returns the reply code that was said, 0 for none."""
        if action is None:
            action = default
        if isinstance(action, str):
            action = {"reply": action}
        if action.get("pause"):
            time.sleep(action["pause"])
        reply = default if action.get("ok") else action.get("reply")
        data = action["raw"].encode("latin-1") if "raw" in action else self.wire(reply) if reply else b""
        if action.get("drip"):
            self.drip(data, action["drip"])
        else:
            self.send(data)
        if "endless" in action:
            self.endless(action["endless"])
        if action.get("then") == "close":
            raise Closed
        if action.get("then") == "hang":
            self.peer.stopping.wait(HANG_SECONDS)
            raise Closed
        return int(reply[:3]) if reply and reply[:3].isdigit() else 0

    # ---- commands

    def keywords(self):
        key = "tls_keywords" if self.tls else "keywords"
        if key in self.data:
            return self.data[key]
        out = ["PIPELINING", "SIZE 50000000", "DSN", "ENHANCEDSTATUSCODES", "8BITMIME"]
        if "tls" in self.data and not self.tls:
            out.append("STARTTLS")
        if "users" in self.data:
            out.append("AUTH PLAIN LOGIN")
        return out

    def on_ehlo(self, rest):
        self.helo = rest
        self.reset()
        lines = ["peer.example.nl"] + self.keywords()
        text = "\n".join("250%s%s" % ("-" if i + 1 < len(lines) else " ", t) for i, t in enumerate(lines))
        self.perform(self.action("ehlo"), text)

    def on_helo(self, rest):
        self.helo = rest
        self.reset()
        self.perform(self.action("helo"), "250 peer.example.nl")

    def on_starttls(self, _rest):
        tls = self.data.get("tls")
        action = self.action("starttls")
        if tls is None or action is not None:
            self.perform(action, "454 4.7.0 no TLS today")
            return
        self.send(self.wire(DEFAULT_REPLY["starttls"]) + tls.get("inject", "").encode("latin-1"))
        if tls.get("fail") == "close":
            raise Closed
        if tls.get("fail") == "garbage":
            self.send(b"this is no TLS record at all, whatever you may think\r\n")
            raise Closed
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls["cert"], tls["key"])
        if tls.get("only_tls13"):
            context.minimum_version = ssl.TLSVersion.TLSv1_3
        try:
            self.sock = context.wrap_socket(self.sock, server_side=True)
        except (OSError, ssl.SSLError):
            raise Closed from None
        self.buffer = b""
        self.tls = True

    def challenge(self, text):
        self.send(b"334 " + base64.b64encode(text) + b"\r\n")
        return base64.b64decode(self.line() + b"==")

    def credentials(self, rest):
        words = rest.split()
        first = base64.b64decode(words[1] + "==") if len(words) > 1 else None
        if words and words[0].upper() == "PLAIN":
            _, user, password = ((first if first is not None else self.challenge(b"")) + b"\0\0").split(b"\0")[:3]
            return user.decode(), password.decode()
        if words and words[0].upper() == "LOGIN":
            user = first if first is not None else self.challenge(b"Username:")
            return user.decode(), self.challenge(b"Password:").decode()
        return None, None

    def on_auth(self, rest):
        user, password = self.credentials(rest)
        good = user is not None and self.data.get("users", {}).get(user) == password
        code = self.perform(self.action("auth"), "235 2.7.0 welcome" if good else "535 5.7.8 wrong name or password")
        if 200 <= code <= 299:
            self.user = user

    @staticmethod
    def path(rest):
        """'FROM:<a@b> X=1' -> ('a@b', 'X=1')"""
        inner = rest.split(":", 1)[1].strip() if ":" in rest else ""
        if not inner.startswith("<") or ">" not in inner:
            return None, ""
        address, params = inner[1:].split(">", 1)
        return address, params.strip()

    def on_mail(self, rest):
        address, params = self.path(rest)
        default = DEFAULT_REPLY["mail"] if address is not None else "501 5.5.4 no path"
        if "users" in self.data and self.user is None:
            default = "530 5.7.0 authentication required"
        code = self.perform(self.action("mail"), default)
        if 200 <= code <= 299:
            self.reset()
            self.sender, self.sender_params = address, params

    def on_rcpt(self, rest):
        address, params = self.path(rest)
        default = DEFAULT_REPLY["rcpt"] if self.sender is not None else "503 5.5.1 no sender"
        code = self.perform(self.action("rcpt", address), default)
        if 200 <= code <= 299:
            self.recipients.append([address, params])

    def first_recipient(self):
        return self.recipients[0][0] if self.recipients else None

    def keep(self, body):
        self.peer.store.keep({
            "connection": self.number, "helo": self.helo, "tls": self.tls, "user": self.user, "from": self.sender,
            "from_params": self.sender_params, "to": self.recipients,
        }, body)

    def on_data(self, _rest):
        to = self.first_recipient()
        default = DEFAULT_REPLY["data"] if self.recipients else "554 5.5.1 no valid recipients"
        if self.perform(self.action("data", to), default) != 354:
            return
        action = self.action("body", to)
        if action is not None:
            while len(self.buffer) < action.get("read", 0):
                self.fill()
            self.perform(action, "")
        self.answer_body(self.body(), to)

    def answer_body(self, body, to):
        action = self.action("dot", to)
        reply = action if isinstance(action, str) else None
        if isinstance(action, dict):
            reply = DEFAULT_REPLY["dot"] if action.get("ok") else action.get("reply")
        taken = action is None or (reply or "").startswith("2")
        if isinstance(action, dict) and "store" in action:
            taken = action["store"]
        # kept before the answer, as a server must
        if taken and self.recipients:
            self.keep(body)
        self.perform(action, DEFAULT_REPLY["dot"] if self.recipients else "554 5.5.1 no valid recipients")
        self.reset()

    def on_bdat(self, rest):
        words = rest.split()
        self.chunks += self.exactly(int(words[0]))
        if len(words) > 1 and words[1].upper() == "LAST":
            self.answer_body(self.chunks, self.first_recipient())
        else:
            self.send(b"250 2.0.0 chunk\r\n")

    def on_rset(self, _rest):
        self.perform(self.action("rset"), DEFAULT_REPLY["rset"])
        self.reset()

    def on_noop(self, _rest):
        self.send(b"250 2.0.0 fine\r\n")

    def on_quit(self, _rest):
        self.perform(self.action("quit"), DEFAULT_REPLY["quit"])
        raise Closed

    def serve(self):
        if not 200 <= self.perform(self.action("greeting"), DEFAULT_REPLY["greeting"]) <= 299:
            self.line()
            raise Closed
        while True:
            line = self.line().decode("utf-8", "replace")
            self.peer.store.note(self.number, line)
            verb, _, rest = line.partition(" ")
            handler = getattr(self, "on_" + verb.lower(), None)
            if handler is None or not verb.isalpha():
                self.send(b"500 5.5.2 what?\r\n")
            else:
                handler(rest)

    def run(self):
        try:
            self.peer.count_open(1)
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.serve()
        except (Closed, OSError):
            pass
        finally:
            self.peer.count_open(-1)
            self.close()

    def close(self):
        """An orderly end: a close with unread input would be a reset, which can overtake what was said last."""
        try:
            self.sock.shutdown(socket.SHUT_WR)
            self.sock.settimeout(2)
            for _ in range(1000):
                if not self.sock.recv(65536):
                    break
        except OSError:
            pass
        self.sock.close()


class Peer:
    """The listening side.  Use as a context manager, or start() and stop()."""

    def __init__(self, store, script=None, port=0, host="127.0.0.1"):
        self.store = Store(store)
        self.script = Script(script or {})
        self.stopping = threading.Event()
        self.connections = 0
        self.open = self.open_most = 0
        self.counting = threading.Lock()
        self.listener = socket.create_server((host, port), backlog=128)
        self.port = self.listener.getsockname()[1]

    def count_open(self, change):
        with self.counting:
            self.open += change
            self.open_most = max(self.open_most, self.open)

    def serve_forever(self):
        while not self.stopping.is_set():
            try:
                sock, _ = self.listener.accept()
            except OSError:
                break
            self.connections += 1
            Session(self, sock, self.connections).start()

    def start(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def stop(self):
        self.stopping.set()
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()

    __enter__ = start

    def __exit__(self, *_exc):
        self.stop()


CA_CONFIG = """
[ca]
default_ca = it
[it]
new_certs_dir = %(d)s
database = %(d)s/index
serial = %(d)s/serial
default_md = sha256
policy = any
rand_serial = yes
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
"""

# name -> (subject alternative name, valid from, valid to)
CERTS = {
    "good": ("DNS:mail.example.nl", "20200101000000Z", "20991231235959Z"),
    "expired": ("DNS:mail.example.nl", "20200101000000Z", "20200201000000Z"),
    "wrong": ("DNS:other.example.nl", "20200101000000Z", "20991231235959Z"),
    "address": ("IP:127.0.0.1", "20200101000000Z", "20991231235959Z"),
}


def make_certs(folder):
    """Makes ca.pem, NAME.pem and NAME.key for the names above, and self.pem, self.key (signed by nobody)."""
    os.makedirs(folder, exist_ok=True)

    def openssl(*args):
        subprocess.run(("openssl",) + args, cwd=folder, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def new(name, *more):
        openssl("req", *more, "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", name + ".key", "-subj",
                "/CN=%s.example.nl" % name)

    with open(os.path.join(folder, "ca.conf"), "w", encoding="ascii") as f:
        f.write(CA_CONFIG % {"d": folder})
    open(os.path.join(folder, "index"), "w", encoding="ascii").close()
    new("ca", "-x509", "-days", "3650", "-out", "ca.pem")
    new("self", "-x509", "-days", "3650", "-addext", "subjectAltName=DNS:mail.example.nl", "-out", "self.pem")
    for name, (san, start, end) in CERTS.items():
        new(name, "-addext", "subjectAltName=" + san, "-out", name + ".csr")
        openssl("ca", "-batch", "-notext", "-config", "ca.conf", "-cert", "ca.pem", "-keyfile", "ca.key", "-in",
                name + ".csr", "-out", name + ".pem", "-startdate", start, "-enddate", end)


def main():
    parser = argparse.ArgumentParser(description="scripted SMTP server for tests")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--port-file")
    parser.add_argument("--store")
    parser.add_argument("--script")
    parser.add_argument("--certs")
    args = parser.parse_args()
    if args.certs:
        make_certs(os.path.abspath(args.certs))
    if not args.store:
        return 0 if args.certs else 64
    script = {}
    if args.script:
        with open(args.script, encoding="utf-8") as f:
            script = json.load(f)
    peer = Peer(args.store, script, args.port)
    if args.port_file:
        with open(args.port_file + ".tmp", "w", encoding="ascii") as f:
            f.write("%d\n" % peer.port)
        os.rename(args.port_file + ".tmp", args.port_file)
    try:
        peer.serve_forever()
    except KeyboardInterrupt:
        peer.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
