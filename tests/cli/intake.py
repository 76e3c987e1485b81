#!/usr/bin/env python3
"""intake: findings that nobody can be given, and those that come behind the end of their incident; prints TAP."""
import os
import sys

TOP = os.path.abspath(os.environ.get("top_srcdir", os.path.join(os.path.dirname(__file__), "..", "..")))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

from gateway import Gateway, limit_time  # noqa: E402
from tap import Tap, contains, equal  # noqa: E402

REGISTER = """\
company,kind,value,name
alfa,company,,Alfa
alfa,mail,ict@alfa.example,
alfa,network,192.0.2.0/28,
"""
FEED = "2026-11-20-scan_rdp-nl.csv"
HEAD = '"timestamp","ip","protocol","port","tag"\n'
ROW = '"2026-11-20 01:00:00","%s","tcp",3389,"rdp"\n'
SHARED = "203.0.113.5"


class World(Gateway):
    def __init__(self):
        super().__init__()
        self.init()
        self.configure()
        self.write("register.csv", REGISTER)
        self.run("company", "import", "register.csv")

    def feed(self, *addresses):
        self.write(FEED, HEAD + "".join(ROW % a for a in addresses))
        return self.run("intake", FEED)

    def findings(self, slug):
        return sorted((f["ip"], f["state"]) for f in self.json("finding", "list", slug))

    def only_incident(self):
        return [i["slug"] for i in self.json("incident", "list")][0]


def what_too_many_own_is_left_alone():
    with World() as w:
        w.write("hosting.csv", "company,kind,value,name\n" + "".join(
            "h%d,company,,Huurder %d\nh%d,network,%s,\n" % (i, i, i, SHARED) for i in range(65)))
        w.run("company", "import", "hosting.csv")
        w.feed(SHARED, "192.0.2.1")
        for known in (False, True):
            done = w.run("match", status=1)
            equal(done.out, "%d findings: %d with an owner, 1 without\n" % (1 if known else 2, 0 if known else 1))
            contains(done.err, "has more than 64 owners")
            contains(done.err, "--explain")
            equal(w.findings(w.only_incident()), [("192.0.2.1", "matched"), (SHARED, "unmatched")])
        equal(w.run("warn", w.only_incident()).status, 0)
        w.run("company", "forget", "h0")
        done = w.run("match")
        equal((done.out, done.err), ("1 findings: 1 with an owner, 0 without\n"
                                     "1 of them belong to several companies: each is told\n", ""))


def findings_outlive_the_end_of_their_incident():
    with World() as w:
        w.feed("192.0.2.1")
        w.run("match")
        first = w.only_incident()
        w.run("incident", "close", first)
        # what is known there stays known, and is no reason for another incident
        contains(w.feed("192.0.2.1").out, "0 new, 1 known")
        equal(len(w.json("incident", "list")), 1)
        for number in (2, 3):
            address, slug = "192.0.2.%d" % number, "%s-%d" % (first, number)
            done = w.feed("192.0.2.1", address)
            contains(done.out, "1 new, 1 known")
            contains(done.out, "%s is closed: new findings are in %s\n" % (first, slug))
            equal(w.findings(slug), [(address, "new")])
            again = w.feed("192.0.2.1", address)
            contains(again.out, "0 new, 2 known")
            assert "closed" not in again.out, again
            equal(w.run("match").out, "1 findings: 1 with an owner, 0 without\n")
            contains(w.run("warn", slug).out, "1 mails queued")
            w.run("incident", "close", slug)
        equal(w.findings(first), [("192.0.2.1", "matched")])


def main():
    limit_time(120)
    tap = Tap()
    for test in (what_too_many_own_is_left_alone, findings_outlive_the_end_of_their_incident):
        tap.run(test.__name__.replace("_", " "), test)
    tap.done()


if __name__ == "__main__":
    main()
