#!/usr/bin/env python3
"""telephone: who comes on the call list when nobody can be written to any more, or nobody answered; prints TAP."""
import os
import sys
import time

TOP = os.environ.get("top_srcdir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import gateway  # noqa: E402
import sending  # noqa: E402
import smtp_peer  # noqa: E402
from sending import route  # noqa: E402
from tap import Tap, contains, equal  # noqa: E402

DRAIN = ("deliver", "--drain", "--seconds", "3")
NO_SUCH_USER = {"recipients": {"weg@*": {"rcpt": "550 5.1.1 no such user"}}}


class World(sending.Sending):
    def __init__(self, script, contacts):
        super().__init__()
        self.peer = smtp_peer.Peer(self.path("taken"), script).start()
        self.configure(routes=[route(self.peer)])
        self.companies(contacts)

    def calls(self):
        return sorted((c["company"], c["reason"]) for c in self.json("call", "list"))

    def look_again(self):
        """As if a minute had passed."""
        self.query("DELETE FROM meta WHERE name = 'called_until'")
        self.run(*DRAIN)

    def now_overdue(self, number):
        self.query("UPDATE warning SET deadline_at = 1 WHERE company_id = (SELECT id FROM company WHERE ref = ?)",
                   "c%d" % number)

    def __exit__(self, *exc):
        self.peer.stop()
        super().__exit__(*exc)


def trouble_of_one_company_stays_its_own():
    """One became vital behind its first mail, of one no letter can be written; a third is silent."""
    with World(NO_SUCH_USER, {1: ["weg@c1.example", "ict@c1.example"], 2: ["ict@c2.example"],
                              3: ["weg@c3.example", "ict@c3.example"]}) as w:
        w.incident("rdp", (1, 2))
        w.incident("rood", (3,))
        w.write("vital.csv", sending.REGISTER_HEAD + "c1,company,,Bedrijf 1,participant,nl,yes,,,\n")
        w.run("company", "import", "vital.csv")
        w.query("UPDATE incident SET tlp = 'red' WHERE slug = 'rood'")
        done = w.run(*DRAIN)
        assert "next contact: company" not in done.err, done
        equal(w.calls(), [("c1", "vital"), ("c3", "letter_failed")])
        equal(w.peer.store.count, 1)
        equal(w.query("SELECT COUNT(*) FROM warning WHERE todo <> ''"), [(0,)])
        ref = next(c["ref"] for c in w.json("call", "list") if c["company"] == "c3")
        contains(w.run("warning", "show", ref).out, "TLP")
        w.now_overdue(2)
        w.look_again()
        equal(w.calls(), [("c1", "vital"), ("c2", "no_answer"), ("c3", "letter_failed")])


def a_mail_that_waits_behind_its_deadline_is_told_by_telephone():
    with World({}, {1: ["ict@c1.example"], 2: ["ict@c2.example"]}) as w:
        w.incident("rdp", (1, 2))
        mails = [row[0] for row in w.query("SELECT id FROM mail ORDER BY id")]
        w.run("queue", "hold", *map(str, mails))
        for number in (1, 2):
            w.now_overdue(number)
        w.look_again()
        equal(w.calls(), [("c1", "not_sent"), ("c2", "not_sent")])
        equal([row["overdue"] for row in w.json("warning", "list", "rdp")], [True, True])
        equal(w.json("status")["incidents"][0]["overdue"], 2)
        ref = next(c["ref"] for c in w.json("call", "list") if c["company"] == "c1")
        w.run("call", "done", ref, "--outcome", "gesproken")
        w.run("queue", "release", *map(str, mails))
        w.look_again()
        equal(w.peer.store.count, 2)
        equal(w.calls(), [("c2", "no_answer")])


def given_up_companies_are_written_to_again():
    """One has a new contact, of one the old contact was refused by mistake, one has nobody still."""
    with World(NO_SUCH_USER, {i: ["weg@c%d.example" % i] for i in (1, 2, 3)}) as w:
        w.incident("rdp", (1, 2, 3))
        w.run(*DRAIN)
        equal(w.calls(), [("c%d" % i, "contacts_dead") for i in (1, 2, 3)])
        w.write("new.csv", sending.REGISTER_HEAD + "c1,mail,ict@c1.example,,,,,,,2\n")
        w.run("company", "import", "new.csv")
        time.sleep(1.1)  # it is set right later than it failed
        mail, contact = w.query("SELECT id, contact_id FROM mail WHERE env_to = 'weg@c2.example'")[0]
        w.run("contact", "set", str(contact), "proven", "--reason", "verkeerd geweigerd")
        contains(w.run("queue", "retry", str(mail), status=65).err, "seinpost warn")
        ref = next(c["ref"] for c in w.json("call", "list") if c["company"] == "c2")
        contains(w.run("warning", "set", ref, "queued", "--reason", "x", status=65).err, "seinpost warn")
        contains(w.run("preview", "rdp", "c1").out, "To: ict@c1.example")
        contains(w.run("warn", "rdp").out, "2 companies that were given up have a contact now: 2 mails queued")
        equal(w.calls(), [("c3", "contacts_dead")])
        w.run(*DRAIN)
        equal(sorted(row["state"] for row in w.json("warning", "list", "rdp")), ["sent", "unreachable", "unreachable"])
        equal(w.calls(), [("c2", "contacts_dead"), ("c3", "contacts_dead")])
        w.run("warn", "rdp")
        equal(w.json("queue", "list"), [])


def main():
    t = Tap()
    gateway.limit_time(300)
    for test in (trouble_of_one_company_stays_its_own,
                 a_mail_that_waits_behind_its_deadline_is_told_by_telephone,
                 given_up_companies_are_written_to_again):
        t.run(test.__name__.replace("_", " "), test)
    t.done()


if __name__ == "__main__":
    main()
