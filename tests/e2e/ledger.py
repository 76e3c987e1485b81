#!/usr/bin/env python3
"""ledger: what people do to mails, what is in doubt, limits on what is under way; prints TAP."""
import os
import sqlite3
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.environ.get("top_srcdir", os.path.join(HERE, "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import gateway  # noqa: E402
import sending  # noqa: E402
import smtp_peer  # noqa: E402
from gateway import wait_for  # noqa: E402
from sending import route  # noqa: E402
from tap import Tap, contains, equal  # noqa: E402

DRAIN = ("deliver", "--drain", "--seconds", "3")


class World(sending.Sending):
    def __init__(self, mails, script=None):
        super().__init__()
        self.peer = smtp_peer.Peer(self.path("taken"), script or {}).start()
        self.companies({i: ["info@c%d.example" % i] for i in range(1, mails + 1)})

    def number_of(self, i):
        return str(self.query("SELECT id FROM mail WHERE env_to = ?", "info@c%d.example" % i)[0][0])

    def state_of(self, i):
        return self.mail_states()["info@c%d.example" % i]

    def taken(self):
        """How often company i got its mail."""
        got = [envelope["to"][0][0] for envelope, _ in self.peer.store.mails()]
        return {address: got.count(address) for address in got}

    def __exit__(self, *exc):
        self.peer.stop()
        super().__exit__(*exc)


def held_released_retried_cancelled():
    later = {"rcpt": ["451 4.7.1 in an hour", "250 2.1.5 fine"]}
    with World(5, {"recipients": {"info@c4.example": later}}) as w:
        w.configure(routes=[route(w.peer)], deliver='retry = "1h";')
        w.incident("rdp", range(1, 6))
        w.run("queue", "hold", w.number_of(1), w.number_of(2))
        w.run("queue", "cancel", w.number_of(3))
        w.run("deliver", "--drain", "--seconds", "0")
        equal(w.taken(), {"info@c5.example": 1})
        equal([w.state_of(i) for i in range(1, 6)],
              ["held", "held", "cancelled", "deferred", "accepted"])
        # what is held stays held; what is let go or tried again goes at once
        w.run("queue", "release", w.number_of(1))
        w.run("queue", "retry", w.number_of(4))
        w.run("queue", "cancel", w.number_of(2))
        w.run("deliver", "--drain", "--seconds", "0")
        equal(w.taken(), {"info@c5.example": 1, "info@c1.example": 1, "info@c4.example": 1})
        # too late, or never
        w.run("queue", "cancel", w.number_of(1), status=65)
        w.run("queue", "release", w.number_of(3), status=65)
        w.run("deliver", "--drain", "--seconds", "0")
        equal(len(w.peer.store.mails()), 3)
        equal([w.state_of(i) for i in range(1, 6)],
              ["accepted", "cancelled", "cancelled", "accepted", "accepted"])
        equal(w.check_sent(w.peer.store.mails()), 0, "sent twice")


def held_in_the_middle_of_a_run():
    with World(100, {"steps": {"dot": {"ok": True, "pause": 0.05}}}) as w:
        w.configure(routes=[route(w.peer, connections=1)])
        w.incident("rdp", range(1, 101))
        w.start("deliver")
        wait_for("the first mails", lambda: w.peer.store.count > 2)
        number, address = w.query("SELECT id, env_to FROM mail WHERE state = 'ready'"
                                  " ORDER BY next_try DESC, id DESC")[0]
        w.run("queue", "hold", str(number))
        wait_for("all others", lambda: w.peer.store.count == 99)
        time.sleep(1)
        equal(w.peer.store.count, 99)
        w.run("queue", "release", str(number))
        wait_for("the last one", lambda: w.peer.store.count == 100, 10)
        wait_for("its files", lambda: len(w.peer.store.mails()) == 100, 10)
        equal(w.peer.store.mails()[-1][0]["to"][0][0], address)


def doubt_is_resent():
    """Taken and not answered: the same bytes again, by itself."""
    lost = {"steps": {"dot": [{"store": True, "then": "close"}, {"ok": True}]}}
    with World(1, lost) as w:
        w.configure(routes=[route(w.peer)], deliver='retry = "1s"; unknown = "resend";')
        w.incident("rdp", [1])
        w.run(*DRAIN)
        equal(w.state_of(1), "accepted")
        equal(w.check_sent(w.peer.store.mails()), 1, "sent twice, and known")
        equal(len({body for _, body in w.peer.store.mails()}), 1, "different bytes")
        equal([o for (o,) in w.query("SELECT outcome FROM attempt ORDER BY lease_no")],
              ["unknown", "accepted"])


def doubt_is_held():
    """Taken and not answered: a person decides; what a crash left in doubt too."""
    lost = {"dot": [{"store": True, "then": "close"}, {"ok": True}]}
    with World(3, {"recipients": {"info@c1.example": lost, "info@c2.example": lost}}) as w:
        w.configure(routes=[route(w.peer, connections=1, mails_per_session=1)],
                    deliver='retry = "1s"; unknown = "hold";')
        w.incident("rdp", [1, 2, 3])
        w.run("deliver", "--drain", "--seconds", "10")
        equal([w.state_of(i) for i in (1, 2, 3)], ["unknown", "unknown", "accepted"])
        w.run("deliver", "--drain", "--seconds", "10")
        equal(sorted(w.taken().values()), [1, 1, 1])
        rows = w.json("queue", "list", "--state", "unknown")
        equal({r["to"] for r in rows}, {"info@c1.example", "info@c2.example"})
        w.run("queue", "release", w.number_of(1))
        w.run("queue", "cancel", w.number_of(2))
        w.run("deliver", "--drain", "--seconds", "10")
        equal([w.state_of(i) for i in (1, 2, 3)], ["accepted", "cancelled", "accepted"])
        equal(w.taken(), {"info@c1.example": 2, "info@c2.example": 1, "info@c3.example": 1})
        equal(w.check_sent(w.peer.store.mails()), 1, "sent twice, and known")


def a_crash_leaves_doubt_to_a_person():
    with World(20, {"steps": {"dot": {"store": True, "then": "hang"}}}) as w:
        w.configure(routes=[route(w.peer, connections=3, timeout="60s")],
                    deliver='unknown = "hold";')
        w.incident("rdp", range(1, 21))
        process = w.start("deliver")
        wait_for("mails without an answer", lambda: w.peer.store.count == 3)
        process.kill()
        process.wait()
        w.run("queue", "stop")
        w.run(*DRAIN, status=75)
        states = list(w.mail_states().values())
        assert states.count("unknown") >= 3 and set(states) == {"unknown", "ready"}, states
        equal(len(w.json("queue", "list", "--state", "unknown")), states.count("unknown"))


def limits_on_what_is_under_way():
    """No more connections than the route has, no more mails in flight than configured."""
    with World(150, {"steps": {"rcpt": {"reply": "250 2.1.5 fine", "pause": 0.02}}}) as w:
        w.configure(routes=[route(w.peer, connections=3)], deliver="in_flight = 7;")
        w.incident("rdp", range(1, 151))
        most, process = 0, w.start("deliver", "--drain")
        db = sqlite3.connect(w.path("seinpost.db"), timeout=60)
        while process.poll() is None:
            rows = db.execute("SELECT COUNT(*) FROM mail WHERE state = 'in_flight'")
            most = max(most, rows.fetchone()[0])
            time.sleep(0.005)
        db.close()
        equal(process.returncode, 0, w.log())
        equal(w.peer.store.count, 150)
        assert 3 <= most <= 7, "%d mails in flight" % most
        equal(w.peer.open_most, 3, "connections at once")


def the_switch_is_measured():
    """The last mail that the far side got after sending was stopped."""
    with World(2000, {"steps": {"dot": {"ok": True, "pause": 0.01}}}) as w:
        w.configure(routes=[route(w.peer, connections=4)])
        w.incident("rdp", range(1, 2001))
        w.start("deliver")
        wait_for("mails to flow", lambda: w.peer.store.count > 100)
        seen = {"count": 0, "at": 0.0}
        end = threading.Event()

        def look():
            while not end.is_set():
                if w.peer.store.count != seen["count"]:
                    seen.update(count=w.peer.store.count, at=time.monotonic())
                time.sleep(0.002)

        watcher = threading.Thread(target=look)
        watcher.start()
        w.run("queue", "stop")
        stopped = time.monotonic()
        time.sleep(3)
        end.set()
        watcher.join()
        assert seen["count"] < 2000, "it was over before it was stopped"
        late = seen["at"] - stopped
        print("# the last mail %.0f ms after the command had ended" % (late * 1000))
        assert late < 1, "%.2f s" % late
        w.run("queue", "start")
        wait_for("the rest", lambda: len(w.peer.store.mails()) == 2000, 120)
        equal(w.check_sent(w.peer.store.mails()), 0, "sent twice")


def a_second_daemon_by_mistake():
    with World(200, {"steps": {"dot": {"ok": True, "pause": 0.02}}}) as w:
        w.configure(routes=[route(w.peer, connections=2)])
        w.incident("rdp", range(1, 201))
        first = w.start("run")
        wait_for("the first mails", lambda: w.peer.store.count > 3)
        contains(w.run("run", status=75).err, "another 'seinpost run' works on this store")
        wait_for("all mails", lambda: len(w.peer.store.mails()) == 200)
        wait_for("their results", lambda: set(w.mail_states().values()) == {"accepted"}, 10)
        equal(w.check_sent(w.peer.store.mails()), 0, "sent twice")
        equal(w.query("SELECT COUNT(*) FROM attempt WHERE outcome <> 'accepted'"), [(0,)])
        equal(w.log().count("running: "), 1, "it started nothing")
        # once the first one has ended
        first.terminate()
        first.wait(30)
        w.start("run")
        w.incident("ssl", [1])
        wait_for("the next mail", lambda: w.peer.store.count == 201, 60)


def forgotten_under_way():
    """A company is forgotten while its mail is with a sender, and the mail is deferred."""
    later = {"rcpt": {"reply": "451 4.7.1 later", "pause": 2}}
    taken = {"dot": {"ok": True, "pause": 3}}
    with World(8, {"recipients": {"info@c1.example": later, "*": taken}}) as w:
        w.configure(routes=[route(w.peer, connections=8, timeout="30s")], deliver='retry = "1s";')
        w.incident("rdp", range(1, 9))
        process = w.start("deliver", "--drain")
        in_flight = "SELECT COUNT(*) FROM mail WHERE state = 'in_flight'"
        wait_for("all mails in flight", lambda: w.query(in_flight) == [(8,)])
        w.run("company", "forget", "c1")
        equal(process.wait(60), 0, w.log())
        equal(set(w.mail_states().values()), {"accepted"})
        equal(len(w.peer.store.mails()), 7)


def a_partner_is_forgotten():
    """Its last chance was a mail to the partner: now a person telephones."""
    script = {"info@c1.example": {"rcpt": "550 5.1.1 no such user"}, "info@c2.example": {"rcpt": "451 4.3.0 later"}}
    with World(2, {"recipients": script}) as w:
        w.configure(routes=[route(w.peer)], deliver='retry = "1h";')
        w.run("company", "set", "c1", "partner=c2")
        w.incident("rdp", [1])
        w.run(*DRAIN)
        equal(w.mail_states(), {"info@c1.example": "refused", "info@c2.example": "deferred"})
        contains(w.run("company", "forget", "c2").out, "did not go out yet: 1;")
        w.run(*DRAIN)
        equal([(c["company"], c["reason"]) for c in w.json("call", "list")], [("c1", "contacts_dead")])


def a_result_that_cannot_be_written():
    """It ends the run, and the results beside it are written."""
    with World(8, {"steps": {"dot": {"ok": True, "pause": 2}}}) as w:
        w.configure(routes=[route(w.peer, connections=8, timeout="30s")], deliver='retry = "1s";')
        w.incident("rdp", range(1, 9))
        w.query("CREATE TRIGGER broken BEFORE UPDATE ON attempt WHEN NEW.mail_id = %s"
                " BEGIN SELECT RAISE(ABORT, 'broken row'); END" % w.number_of(1))
        process = w.start("deliver", "--drain")
        assert process.wait(60) != 0, w.log()
        contains(w.log(), "1 results are written as unknown at the next start")
        equal(w.state_of(1), "in_flight")
        equal([w.state_of(i) for i in range(2, 9)], ["accepted"] * 7)
        w.query("DROP TRIGGER broken")
        w.run(*DRAIN)
        equal(w.state_of(1), "accepted")
        equal(w.check_sent(w.peer.store.mails()), 1, "sent twice, and known")


def main():
    t = Tap()
    gateway.limit_time(600)
    for test in (held_released_retried_cancelled, held_in_the_middle_of_a_run, doubt_is_resent,
                 doubt_is_held, a_crash_leaves_doubt_to_a_person, limits_on_what_is_under_way,
                 the_switch_is_measured, a_second_daemon_by_mistake, forgotten_under_way, a_partner_is_forgotten,
                 a_result_that_cannot_be_written):
        if len(sys.argv) < 2 or test.__name__ in sys.argv[1:]:
            t.run(test.__name__.replace("_", " "), test)
    t.done()


if __name__ == "__main__":
    main()
