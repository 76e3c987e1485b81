#!/usr/bin/env python3
"""The outside world of the demonstration: one mail server for all companies, and what they answer.

    world.py --port-file FILE --sent FOLDER --maildir FOLDER

Takes mail on loopback as tests/demo/companies.py says (accepts, puts off with 451 first, refuses with 550), keeps each
accepted mail in the folder as NNNNNN.eml, and puts the answer into the Maildir that the gateway reads.
"""
import argparse
import os
import signal
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))

import answers  # noqa: E402
import smtp_peer  # noqa: E402
from companies import mails  # noqa: E402

SERVER = {
    "greylist": {"rcpt": ["451 4.7.1 greylisted, please try again", "250 2.1.5 welcome back"]},
    "refuse": {"rcpt": "550 5.1.1 user unknown"},
}


class Maildir:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0
        for part in ("tmp", "new", "cur"):
            os.makedirs(os.path.join(folder, part), exist_ok=True)

    def deliver(self, data, sender, recipient):
        self.count += 1
        name = "%06d.world" % self.count
        trace = "Return-Path: <%s>\nDelivered-To: %s\n" % (sender, recipient)
        with open(os.path.join(self.folder, "tmp", name), "wb") as f:
            f.write(trace.encode() + data)
        os.rename(os.path.join(self.folder, "tmp", name), os.path.join(self.folder, "new", name))


class World(smtp_peer.Store):
    """Keeps what the peer took, and answers it."""

    def __init__(self, folder, maildir):
        super().__init__(folder)
        self.maildir = Maildir(maildir)
        self.people = mails()

    def keep(self, envelope, body):
        super().keep(envelope, body)
        recipient = envelope["to"][0][0].lower()
        person = self.people.get(recipient)
        back = person and answers.make(person.back, answers.Warning(body, envelope["from"], recipient))
        if back:
            data, to = back
            robot = person.back in ("bounce", "full", "delayed", "vacation")
            with self.lock:
                self.maildir.deliver(data, "" if robot else recipient, to)


def script():
    return {"recipients": {address: SERVER[k.server] for address, k in mails().items() if k.server in SERVER}}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port-file", required=True)
    parser.add_argument("--sent", required=True)
    parser.add_argument("--maildir", required=True)
    args = parser.parse_args()
    peer = smtp_peer.Peer(args.sent, script())
    peer.store = World(args.sent, args.maildir)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with open(args.port_file + ".tmp", "w", encoding="ascii") as f:
        f.write("%d\n" % peer.port)
    os.rename(args.port_file + ".tmp", args.port_file)
    try:
        peer.serve_forever()
    finally:
        peer.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
