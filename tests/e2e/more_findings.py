#!/usr/bin/env python3
"""more_findings: a company that was warned has more findings; what answers to its mails settle; prints TAP."""
import email
import email.policy
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.environ.get("top_srcdir", os.path.join(HERE, "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import answers  # noqa: E402
import gateway  # noqa: E402
import sending  # noqa: E402
import smtp_peer  # noqa: E402
from sending import route  # noqa: E402
from tap import Tap, contains, equal  # noqa: E402

COMPANY = "info@c1.example"
DRAIN = ("deliver", "--drain", "--seconds", "3")


class World(sending.Sending):
    """Company 1, warned about one finding of the incident "rdp"; its mail lies in the queue."""

    def __init__(self, script=None, deliver=""):
        super().__init__()
        self.peer = smtp_peer.Peer(self.path("taken"), script or {}).start()
        self.companies({1: [COMPANY]})
        self.configure(routes=[route(self.peer)], deliver=deliver)
        self.incident("rdp", [1])

    def more(self, port):
        """One more finding of the company, and the mail about it."""
        self.write("2026-11-20-scan_rdp-nl.csv", sending.FINDINGS_HEAD
                   + '"2026-11-20 10:00:00","high","%s","tcp",%d,"","rdp"\n' % (sending.address_of(1), port))
        self.run("intake", "--incident", "rdp", "2026-11-20-scan_rdp-nl.csv")
        self.run("match", "rdp")
        self.run("warn", "rdp")

    def mails(self):
        """(id, state, attempts) in the order they were made."""
        return self.query("SELECT id, state, attempts FROM mail ORDER BY created_at, id")

    def answer(self, number, text):
        """The company answers the number-th of these mails."""
        mail = self.mails()[number][0]
        data, sender = self.query("SELECT b.bytes, m.env_from FROM mail m JOIN mail_body b ON b.mail_id = m.id"
                                  " WHERE m.id = ?", mail)[0]
        w = answers.Warning(bytes(data), sender, COMPANY)
        self.run("receive", stdin=b"Delivered-To: %s\n" % w.reply_to.encode() + answers.answer(w, text))

    def warning(self):
        return self.query("SELECT state FROM warning")[0][0]

    def __exit__(self, *exc):
        self.peer.stop()
        super().__exit__(*exc)


def an_answer_leaves_newer_findings_alone():
    with World() as w:
        w.run(*DRAIN)
        w.more(3390)
        w.answer(0, answers.TEXTS["resolved"])
        equal(w.warning(), "queued")
        equal([r["answer"] for r in w.json("inbox", "list")], ["resolved"])
        w.run(*DRAIN)
        equal([state for _, state, _ in w.mails()], ["accepted", "accepted"])
        equal(w.warning(), "sent")
        w.answer(1, answers.TEXTS["resolved"])
        equal(w.warning(), "resolved")
        equal(len(w.json("inbox", "list")), 1)


def more_findings_have_a_deadline_of_their_own():
    with World() as w:
        w.run(*DRAIN)
        w.query("UPDATE warning SET deadline_at = 86400")
        equal(w.json("warning", "list", "rdp")[0]["overdue"], True)
        w.more(3390)
        equal(w.json("warning", "list", "rdp")[0]["overdue"], False)
        w.run(*DRAIN)
        text = email.message_from_bytes(w.peer.store.mails()[1][1], policy=email.policy.default)
        text = text.get_body(("plain",)).get_content()
        contains(text, "Los het uiterlijk ")
        assert "1970" not in text, text


def a_reply_settles_doubt():
    """Taken and not answered by the server, but by the company: it is not sent again."""
    lost = {"steps": {"dot": [{"store": True, "then": "close"}, {"ok": True}]}}
    for policy, waits, text, warning in (("hold", "unknown", "received", "acknowledged"),
                                         ("resend", "deferred", "question", "sent")):
        with World(lost, 'retry = "1h"; unknown = "%s";' % policy) as w:
            w.run("deliver", "--drain", "--seconds", "0")
            equal([row[1:] for row in w.mails()], [(waits, 1)])
            w.answer(0, answers.TEXTS[text])
            equal([row[1:] for row in w.mails()], [("confirmed", 1)])
            equal(w.warning(), warning)
            equal(w.json("queue", "list"), [])
            w.run("queue", "release", str(w.mails()[0][0]), status=65)


def main():
    t = Tap()
    gateway.limit_time(300)
    for test in (an_answer_leaves_newer_findings_alone, more_findings_have_a_deadline_of_their_own,
                 a_reply_settles_doubt):
        t.run(test.__name__.replace("_", " "), test)
    t.done()


if __name__ == "__main__":
    main()
