#!/usr/bin/env python3
"""clock: the clock is set while mails wait, and hours go by; prints TAP.

The program is the one with a clock of its own (crash_main.c): a file says how wrong it is.
"""
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.environ.get("top_srcdir", os.path.join(HERE, "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import gateway  # noqa: E402
import sending  # noqa: E402
import smtp_peer  # noqa: E402
from gateway import wait_for  # noqa: E402
from tap import Tap, contains, equal  # noqa: E402

HOUR, DAY = 3600, 86400
DRAIN = ("deliver", "--drain", "--seconds", "0")


class World(sending.Sending):
    program = sending.CRASH_PROGRAM

    def __init__(self, contacts, script):
        super().__init__()
        self.peer = smtp_peer.Peer(self.path("taken"), script).start()
        self.companies(contacts)

    def environment(self):
        return dict(super().environment(), SEINPOST_CLOCK_SHIFT=self.path("shift"))

    def set_clock(self, seconds):
        """Against the true time."""
        self.write("shift.new", "%d" % seconds)
        os.rename(self.path("shift.new"), self.path("shift"))

    def configure_by_severity(self):
        """Without the tests' own times: how long and how often is left to the program."""
        self.configure(routes=[sending.route(self.peer)], deliver="@")
        with open(self.conf, encoding="utf-8") as f:
            text = f.read()
        self.write("seinpost.conf", text.replace('give_up = "2h"; @', ""))

    def __exit__(self, *exc):
        self.peer.stop()
        super().__exit__(*exc)


def set_while_mails_go(seconds, says):
    """Some mails are put off; whatever the clock does, they are tried again within seconds."""
    mails = 120
    script = {"recipients": {"info@c%d.example" % i: {"rcpt": ["451 4.7.1 later", "250 2.1.5 fine"]}
                             for i in range(1, mails, 5)},
              "steps": {"dot": {"ok": True, "pause": 0.03}}}
    with World({i: ["info@c%d.example" % i] for i in range(1, mails + 1)}, script) as w:
        w.configure(routes=[sending.route(w.peer)], deliver='retry = "4s";')
        w.incident("rdp", range(1, mails + 1))
        w.start("deliver")
        wait_for("the first mails", lambda: w.peer.store.count > 20)
        assert "deferred" in w.mail_states().values(), "nothing was put off yet"
        w.set_clock(seconds)
        start = time.monotonic()
        wait_for("all mails", lambda: w.peer.store.count == mails, 40)
        print("# the rest took %.1f s" % (time.monotonic() - start))
        wait_for("their results", lambda: set(w.mail_states().values()) == {"accepted"}, 10)
        contains(w.log(), says)
        equal(w.check_sent(w.peer.store.mails()), 0, "sent twice")
        equal(w.query("SELECT COUNT(*) FROM attempt WHERE outcome = 'unknown'"), [(0,)])


def an_hour_back():
    set_while_mails_go(-HOUR, "the clock was set back")


def an_hour_forward():
    set_while_mails_go(HOUR, "")


def back_between_two_runs():
    """The mail was put off until a time that is an hour away now."""
    script = {"steps": {"rcpt": ["451 4.7.1 later", "250 2.1.5 fine"]}}
    with World({1: ["info@c1.example"]}, script) as w:
        w.configure(routes=[sending.route(w.peer)], deliver='retry = "5s";')
        w.set_clock(HOUR)
        w.incident("rdp", [1])
        w.run(*DRAIN)
        equal(list(w.mail_states().values()), ["deferred"])
        w.set_clock(0)
        w.run("deliver", "--drain", "--seconds", "10")
        equal(list(w.mail_states().values()), ["accepted"])


def how_long_one_is_tried(severity, last, over):
    """The first address never takes it, the second does; one company has no second one."""
    script = {"recipients": {"first@*": {"rcpt": "451 4.3.0 no room"}}}
    contacts = {1: ["first@c1.example", "second@c1.example"], 2: ["first@c2.example"]}
    with World(contacts, script) as w:
        w.configure_by_severity()
        w.incident("rdp", [1, 2], severity=severity)
        for at in (0, last):
            w.set_clock(at)
            w.run(*DRAIN)
            equal(set(w.mail_states().values()), {"deferred"}, "after %d s" % at)
            equal((w.peer.store.count, w.json("call", "list")), (0, []))
        w.set_clock(over)
        w.run(*DRAIN)
        equal(w.mail_states(), {"first@c1.example": "expired", "second@c1.example": "accepted",
                                "first@c2.example": "expired"}, "after %d s" % over)
        calls = w.json("call", "list")
        equal([(c["company"], c["severity"]) for c in calls], [("c2", severity)])


def urgent_ones_move_on_in_hours():
    how_long_one_is_tried("critical", 3 * HOUR, 4 * HOUR + 60)


def others_in_a_day_or_days():
    how_long_one_is_tried("high", 23 * HOUR, DAY + 60)
    how_long_one_is_tried("low", 4 * DAY, 5 * DAY + 60)


def main():
    t = Tap()
    gateway.limit_time(600)
    for test in (an_hour_back, an_hour_forward, back_between_two_runs, urgent_ones_move_on_in_hours,
                 others_in_a_day_or_days):
        if len(sys.argv) < 2 or test.__name__ in sys.argv[1:]:
            t.run(test.__name__.replace("_", " "), test)
    t.done()


if __name__ == "__main__":
    main()
