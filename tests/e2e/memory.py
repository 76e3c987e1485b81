#!/usr/bin/env python3
"""memory: the main commands under valgrind, on good and bad input; no error, no lost block; prints TAP."""
import os
import shutil
import sys

TOP = os.path.abspath(os.environ.get("top_srcdir", os.path.join(os.path.dirname(__file__), "..", "..")))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import answers  # noqa: E402
import smtp_peer  # noqa: E402
from gateway import Gateway, limit_time  # noqa: E402
from tap import Tap, skip_all  # noqa: E402

MISTAKE = 99
# gpg and the senders are programs of their own; what gpgme's forked child does before its exec is not ours
VALGRIND = ["valgrind", "-q", "--error-exitcode=%d" % MISTAKE, "--leak-check=full", "--errors-for-leak-kinds=definite",
            "--show-leak-kinds=definite", "--trace-children=no", "--child-silent-after-fork=yes"]

KINDS = ("received", "resolved", "not_ours", "question", "vacation", "bounce", "full", "delayed")


def register():
    lines = ["company,kind,value,name"]
    for i, kind in enumerate(KINDS):
        lines += ["b%d,company,,Bedrijf %d" % (i, i), "b%d,mail,%s@b%d.example," % (i, kind, i),
                  "b%d,network,192.0.2.%d/28," % (i, 16 * i), "b%d,domain,b%d.example," % (i, i)]
    return "\n".join(lines + ["b0,mail,geen adres,", "b0,network,10.0.0.0/8,"]) + "\n"


def feed():
    lines = ['"timestamp","ip","protocol","port","hostname","tag"']
    lines += ['"2026-11-20 01:00:00","192.0.2.%d","tcp",3389,"pc.b%d.example","rdp"' % (16 * i + 1, i)
              for i in range(len(KINDS))]
    return "\n".join(lines + ['"2026-11-20 01:00:00","nergens","tcp",3389,"","rdp"', '"open']) + "\n"


def events():
    return ('{"time.source": "2026-11-20T01:00:00+00:00", "classification.type": "infected-system", '
            '"source.ip": "192.0.2.1"}\n{"time.source": "nooit"}\n{[\n')


class World:
    """Takes the mails on loopback and answers each into the Maildir."""

    def __init__(self, g):
        self.g = g
        self.peer = smtp_peer.Peer(g.path("sent")).start()

    def answer(self):
        folder = self.g.path("Maildir", "new")
        os.makedirs(folder)
        for part in ("cur", "tmp"):
            os.mkdir(self.g.path("Maildir", part))
        for envelope, body in self.peer.store.mails():
            to = envelope["to"][0][0]
            data, back = answers.make(to.split("@")[0], answers.Warning(body, envelope["from"], to))
            with open(os.path.join(folder, "%s.mail" % to), "wb") as f:
                sender = "" if b"multipart/report" in data else "iemand@klant.example"
                f.write(("Return-Path: <%s>\nDelivered-To: %s\n" % (sender, back)).encode() + data)
        if len(os.listdir(folder)) < len(KINDS):
            raise AssertionError("mails were not delivered")
        shutil.copy(self.g.path("junk.mail"), folder)


def main():
    if shutil.which("valgrind") is None:
        skip_all("needs valgrind")
    limit_time(600)
    tap = Tap()
    with Gateway(VALGRIND) as g:
        world = World(g)
        g.write("register.csv", register())
        g.write("2026-11-20-scan_rdp-nl.csv", feed())
        g.write("events.jsonl", events())
        g.write("junk.mail", bytes(range(256)) * 40)
        g.write("mail.eml", b"From: a@b.example\nSubject: ONTVANGEN\n\nONTVANGEN\n")

        def init():
            g.init().configure(
                routes=[{"name": "peer", "host": "127.0.0.1", "port": world.peer.port, "tls": "none",
                         "helo": "post.example"}],
                inboxes=[{"name": "post", "kind": "maildir", "path": "Maildir", "done_folder": "Klaar"}])

        tap.run("init", init)
        for status, *words in (
                (1, "company", "import", "register.csv"), (0, "company", "export"), (0, "company", "list"),
                (0, "incident", "open", "proef", "--title", "Proef"),
                (1, "intake", "--incident", "proef", "2026-11-20-scan_rdp-nl.csv"),
                (1, "intake", "--incident", "proef", "events.jsonl"), (0, "match", "proef"),
                (0, "match", "--explain", "192.0.2.1"), (0, "preview", "proef", "b1"), (0, "warn", "proef"),
                (0, "queue", "list"), (0, "deliver", "--drain", "--seconds", "0"), (0, "fetch", "--once"),
                (0, "warning", "list", "proef"), (0, "contact", "list"), (0, "inbox", "list", "--all"),
                (0, "call", "list"), (0, "finding", "list", "proef"), (0, "report"), (0, "report", "--format", "json"),
                (0, "status"), (0, "classify", "mail.eml"), (0, "classify", "junk.mail"), (0, "company", "forget", "b1"),
                (64, "nonsens"), (65, "warn", "geen"), (78, "--config", "weg.conf", "status")):
            if words[0] == "fetch":
                world.answer()
            tap.run(" ".join(words), lambda status=status, words=words: g.run(*words, status=status))
        world.peer.stop()
    tap.done()


if __name__ == "__main__":
    main()
