#!/usr/bin/env python3
"""routes: order and fail-over, circuit breakers, the switches people have, priorities, several senders; prints TAP."""
import os
import sys
import time

TOP = os.environ.get("top_srcdir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import gateway  # noqa: E402
import sending  # noqa: E402
import smtp_peer  # noqa: E402
from gateway import wait_for  # noqa: E402
from sending import route  # noqa: E402
from servers import free_port  # noqa: E402
from tap import Tap, contains, equal  # noqa: E402

DRAIN = ("deliver", "--drain", "--seconds", "3")


class Far:
    """A gateway with waiting mails and the far sides it may send to."""

    def __init__(self, mails, *scripts):
        self.g = sending.Sending()
        self.peers = [smtp_peer.Peer(self.g.path("taken%d" % i), s).start() for i, s in enumerate(scripts)]
        self.g.companies({i: ["info@c%d.example" % i] for i in range(1, mails + 1)})

    def configure(self, *routes, deliver='retry = "1s";'):
        self.g.configure(routes=routes, deliver=deliver)

    def counts(self):
        return [p.store.count for p in self.peers]

    def states(self):
        return sorted(set(self.g.mail_states().values()))

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        for p in self.peers:
            p.stop()
        self.g.__exit__(*exc)


def dead_route_fails_over():
    with Far(20, {}) as f:
        dead = free_port()
        f.configure(route(f.peers[0], name="one", port=dead), route(f.peers[0], name="two"))
        f.g.incident("rdp", range(1, 21))
        start = time.monotonic()
        f.g.run(*DRAIN)
        assert time.monotonic() - start < 10, "took %.1f s" % (time.monotonic() - start)
        equal(f.states(), ["accepted"])
        equal(f.counts(), [20])


def stuck_route_blocks_nobody():
    stuck = {"greeting": {"then": "hang"}}
    with Far(60, stuck, {}) as f:
        f.configure(route(f.peers[0], name="one", connections=4, timeout="60s"), route(f.peers[1], name="two"))
        f.g.incident("rdp", range(1, 61))
        f.g.start("deliver")
        # a few are held by the sessions that say nothing, all others go
        wait_for("the mails that the second route can take", lambda: f.counts()[1] >= 60 - 4 * 2, 20)


def backup_is_used_last():
    with Far(30, {"steps": {"dot": {"ok": True, "pause": 0.02}}}, {}) as f:
        f.configure(route(f.peers[0], name="one", connections=1), route(f.peers[1], name="two", backup=True))
        f.g.incident("rdp", range(1, 31))
        f.g.run(*DRAIN)
        equal(f.counts(), [30, 0])
    with Far(30, {}) as f:
        f.configure(route(f.peers[0], name="one", port=free_port()), route(f.peers[0], name="two", backup=True))
        f.g.incident("rdp", range(1, 31))
        f.g.run(*DRAIN)
        equal(f.counts(), [30])


def no_route_ends_draining():
    with Far(5, {}) as f:
        f.configure(route(f.peers[0], port=free_port()))
        f.g.incident("rdp", range(1, 6))
        done = f.g.run("deliver", "--drain", "--seconds", "1", status=69)
        contains(done.err, "no route")
        assert set(f.states()) <= {"deferred", "ready"}, f.states()


def a_route_that_cannot_work_costs_no_time():
    """Settings that no session can begin with: the mails go over the backup at once, or stay due."""
    settings = ({"ca_file": "/nonexistent", "tls": "required"}, {"port": 465}, {"user": "post"})
    for wrong in settings:
        with Far(4, {}, {}) as f:
            f.configure(route(f.peers[0], name="one", **wrong), deliver="")
            f.g.incident("rdp", range(1, 5))
            done = f.g.run(*DRAIN, status=69)
            contains(done.err, "no route takes mail now")
            assert "route one: route one" not in done.err, done
            f.configure(route(f.peers[0], name="one", **wrong), route(f.peers[1], name="two", backup=True), deliver="")
            f.g.run(*DRAIN)
            equal(f.counts(), [0, 4])
            equal(f.states(), ["accepted"])


def a_session_that_ends_early_costs_no_time():
    """What comes back is not given to the same session again, and goes over the backup."""
    shut = {"greeting": {"reply": "554 5.7.1 go away", "then": "close"}}
    deaf = {"users": {"post": "geheim"}, "steps": {"auth": "535 5.7.8 no"}}
    for script, settings in (shut, {}), (deaf, {"user": "post", "password_file": "pw", "auth_in_clear": True}):
        for _ in range(4):
            with Far(4, script, {}) as f:
                f.g.secret("pw", "geheim")
                f.configure(route(f.peers[0], name="one", **settings), route(f.peers[1], name="two", backup=True),
                            deliver="")
                f.g.incident("rdp", range(1, 5))
                f.g.run(*DRAIN)
                equal(f.counts(), [0, 4])


def policy_refusals_pause_the_route():
    deny = {"steps": {"rcpt": "554 5.7.1 listed by a block list"}}
    with Far(40, deny, {}) as f:
        f.configure(route(f.peers[0], name="one", connections=1), deliver='retry = "1s"; breaker_pause = "1h"; '
                    'breaker_pause_most = "2h";')
        f.g.incident("rdp", range(1, 41))
        done = f.g.run(*DRAIN, status=69)
        contains(done.err, "route one: paused for 3600 s")
        contains(done.err, "seinpost route resume one")
        tried = sum(" RCPT " in line for line in f.peers[0].store.commands())
        assert 3 <= tried <= 10, "%d mails were burnt" % tried
        equal(f.states(), ["deferred", "ready"])
        equal({s for (s,) in f.g.query("SELECT state FROM contact")}, {"unproven"})
        row = f.g.json("route", "list")[0]
        equal((row["name"], row["state"]), ("one", "resting"))
        contains(row["reason"], "block list")
        # the pause outlives the process, and a second route takes over
        f.g.run(*DRAIN, status=69)
        assert sum(" RCPT " in line for line in f.peers[0].store.commands()) == tried
        f.configure(route(f.peers[0], name="one"), route(f.peers[1], name="two"))
        f.g.run(*DRAIN)
        equal(f.counts(), [0, 40])
        equal(f.states(), ["accepted"])


def a_route_that_is_set_up_wrong_is_left_for_the_backup():
    """Said of every recipient, and as if it were for now only."""
    for trouble in "454 4.7.1 Relay access denied", "451 4.3.5 Server configuration error":
        with Far(6, {"steps": {"rcpt": trouble}}, {}) as f:
            f.configure(route(f.peers[0], name="one", connections=1), route(f.peers[1], name="two", backup=True))
            f.g.incident("rdp", range(1, 7))
            done = f.g.run(*DRAIN)
            contains(done.err, "route one: paused for 60 s: 3 answers in a row blame us or the route, the last: "
                     + trouble[:3])
            equal(f.counts(), [0, 6])


def greylists_pause_nothing():
    """Said of each mail once, to its recipient or when it is there."""
    for step, fine in ("rcpt", "250 2.1.5 fine"), ("dot", "250 2.0.0 taken"):
        with Far(6, {"steps": {step: ["451 4.7.1 Try again later"] * 6 + [fine]}}, {}) as f:
            f.configure(route(f.peers[0], name="one", connections=1), route(f.peers[1], name="two", backup=True))
            f.g.incident("rdp", range(1, 7))
            done = f.g.run(*DRAIN)
            assert "paused" not in done.err, done
            equal(f.counts(), [6, 0])


def rising_share_of_refusals_pauses_the_route():
    some = {"info@c%d.example" % i: {"rcpt": "550 5.1.1 no such user"} for i in range(1, 101) if i % 3}
    with Far(100, {"recipients": some}) as f:
        f.configure(route(f.peers[0], name="one", connections=1),
                    deliver='retry = "1s"; breaker_share = 60; breaker_window = 12; '
                    'breaker_pause = "10m";')
        f.g.incident("rdp", range(1, 101))
        done = f.g.run(*DRAIN, status=69)
        contains(done.err, "60 % or more of the last 12 mails were refused")
        tried = sum(" RCPT " in line for line in f.peers[0].store.commands())
        assert 12 <= tried <= 40, "%d mails were tried" % tried
        f.configure(route(f.peers[0], name="one"), deliver='breaker_share = 0;')
        f.g.run("route", "resume", "one")
        f.g.run(*DRAIN)
        equal(f.counts(), [33])


def tries(f):
    return sum(" RCPT " in line for line in f.peers[0].store.commands())


def a_trial_mail_ends_the_pause():
    """Refused at first and on trial, then welcome; told in the log and in the list."""
    deny = "554 5.7.1 listed by a block list"
    moody = {"steps": {"rcpt": [deny] * 4 + [{"reply": "250 2.1.5 fine", "pause": 0.02}]}}
    with Far(150, moody) as f:
        f.configure(route(f.peers[0], name="one", connections=1),
                    deliver='retry = "1s"; breaker_failures = 1; breaker_pause = "1s";')
        f.g.incident("rdp", range(1, 151))
        f.g.start("deliver")
        wait_for("the pause", lambda: "route one: paused for 1 s: 1 answers in" in f.g.log())
        wait_for("a trial that fails", lambda: "paused for 2 s: the trial mail" in f.g.log())
        wait_for("it to be told",
                 lambda: "was refused too: 554" in f.g.json("route", "list")[0]["reason"], 5)
        wait_for("all mails", lambda: f.counts()[0] == 150, 60)
        log = f.g.log()
        contains(log, "route one: its pause is over, one mail is tried")
        contains(log, "route one: the trial mail was accepted, mails go again, few at first")
        # one mail goes between two pauses, and the four that were refused go again
        equal(log.count("one mail is tried"), log.count("the trial mail was refused too") + 1, log)
        equal(tries(f), 150 + 4)
        row = f.g.json("route", "list")[0]
        equal((row["state"], row["reason"], row["until"]), ("open", "", ""))
        wait_for("their results", lambda: f.states() == ["accepted"], 10)
        equal(f.g.check_sent(f.peers[0].store.mails()), 0, "sent twice")


def a_few_refused_recipients_hold_up_nobody():
    """Three urgent mails are refused whenever they are tried; the others go in the first pause that ends."""
    deny = {"info@c%d.example" % i: {"rcpt": "554 5.7.1 Recipient address rejected: Access denied"} for i in (1, 2, 3)}
    with Far(13, {"recipients": deny}) as f:
        f.configure(route(f.peers[0], name="one", connections=1),
                    deliver='retry = "1s"; breaker_pause = "2s"; breaker_pause_most = "1h";')
        f.g.incident("urgent", (1, 2, 3), severity="critical")
        f.g.start("deliver")
        wait_for("two trials that fail", lambda: f.g.log().count("the trial mail was refused too") == 2, 20)
        f.g.incident("rdp", range(4, 14))
        wait_for("the others", lambda: f.counts()[0] == 10, 6)
        equal(f.g.query("SELECT DISTINCT state FROM contact"), [("unproven",)], "contacts")


def a_trial_keeps_no_backup_waiting():
    """The route refuses, rests, and on trial says nothing at all for a minute."""
    deny = {"steps": {"rcpt": "554 5.7.1 listed by a block list"}}
    slow = {"steps": {"dot": {"ok": True, "pause": 0.05}}}
    with Far(100, {"connections": [deny, {"greeting": {"then": "hang"}}]}, slow) as f:
        f.configure(route(f.peers[0], name="one", connections=1, timeout="60s"),
                    route(f.peers[1], name="two", connections=1, backup=True),
                    deliver='retry = "1s"; breaker_pause = "1s";')
        f.g.incident("rdp", range(1, 101))
        f.g.start("deliver")
        wait_for("the trial", lambda: "one mail is tried" in f.g.log(), 20)
        assert f.counts()[1] < 90, "it was over before the trial"
        # all but the one mail that is on trial
        wait_for("the backup to take the rest", lambda: f.counts()[1] == 99, 25)


def a_trial_waits_for_the_next_process():
    """A pause that ended while nobody was sending is ended by one mail too, not by all of them."""
    deny = {"steps": {"rcpt": "554 5.7.1 listed by a block list"}}
    with Far(60, deny) as f:
        f.configure(route(f.peers[0], name="one", connections=4),
                    deliver='retry = "1s"; breaker_pause = "3s"; breaker_pause_most = "1h";')
        f.g.incident("rdp", range(1, 61))
        drain = ("deliver", "--drain", "--seconds", "0")
        contains(f.g.run(*drain, status=69).err, "route one: paused for 3 s: 3 answers in a row")
        burnt = tries(f)
        assert burnt <= 20, burnt
        wait_for("the pause to be over",
                 lambda: f.g.json("route", "list")[0]["state"] == "trial", 10)
        done = f.g.run(*drain, status=69)
        contains(done.err, "route one: paused for 6 s: the trial mail was refused too")
        equal(tries(f), burnt + 1)


def people_pause_and_resume():
    slow = {"steps": {"dot": {"ok": True, "pause": 0.05}}}
    with Far(200, slow) as f:
        f.configure(route(f.peers[0], name="one", connections=1))
        f.g.incident("rdp", range(1, 201))
        f.g.start("deliver")
        wait_for("the first mails", lambda: f.counts()[0] > 3)
        f.g.run("route", "pause", "one", "--reason", "maintenance")
        time.sleep(1)
        paused_at = f.counts()[0]
        time.sleep(1.5)
        equal(f.counts()[0], paused_at, "mails sent while paused")
        row = f.g.json("route", "list")[0]
        equal((row["state"], row["reason"]), ("paused", "maintenance"))
        f.g.run("route", "resume", "one")
        wait_for("more mails", lambda: f.counts()[0] > paused_at + 3, 10)
        f.g.run("route", "pause", "nobody", status=65)


def stop_ends_all_sending_within_a_second():
    slow = {"steps": {"rcpt": {"reply": "250 2.1.5 fine", "pause": 0.1}}}
    with Far(300, slow) as f:
        f.configure(route(f.peers[0], connections=4))
        f.g.incident("rdp", range(1, 301))
        f.g.start("deliver")
        wait_for("the first mails", lambda: f.counts()[0] > 8)
        f.g.run("queue", "stop")
        time.sleep(1)
        stopped_at = f.counts()[0]
        time.sleep(1.5)
        equal(f.counts()[0], stopped_at, "mails sent while stopped")
        assert stopped_at < 250, "it was over before it was stopped"
        equal(f.g.query("SELECT COUNT(*) FROM mail WHERE state IN ('in_flight', 'unknown')"), [(0,)])
        equal(f.g.query("SELECT COUNT(*) FROM attempt WHERE outcome = 'unknown'"), [(0,)])
        f.g.run("queue", "start")
        # the peer counts a mail before its files are there
        wait_for("the rest", lambda: f.counts()[0] == 300 and len(f.peers[0].store.mails()) == 300)
        equal(f.g.check_sent(f.peers[0].store.mails()), 0, "sent twice")


def stopped_before_it_starts():
    with Far(3, {}) as f:
        f.configure(route(f.peers[0]))
        f.g.incident("rdp", range(1, 4))
        f.g.run("queue", "stop")
        done = f.g.run(*DRAIN, status=75)
        contains(done.err, "stopped")
        equal(f.counts(), [0])
        equal(f.states(), ["ready"])


def urgent_overtakes_bulk():
    slow = {"steps": {"dot": {"ok": True, "pause": 0.05}}}
    with Far(2001, slow) as f:
        f.configure(route(f.peers[0], connections=2))
        f.g.incident("bulk", range(1, 2001), severity="low")
        f.g.start("deliver")
        wait_for("the bulk to run", lambda: f.counts()[0] > 40)
        f.g.incident("urgent", [2001], severity="critical")
        before = f.counts()[0]

        def place():
            for n, (envelope, _) in enumerate(f.peers[0].store.mails()[before:]):
                if envelope["to"][0][0] == "info@c2001.example":
                    return n
            return None

        wait_for("the urgent mail", lambda: place() is not None, 20)
        # behind what the sessions held already, before all that waited
        assert place() <= 2 * 16, "%d mails of the bulk went before it" % place()


def rate_is_kept():
    with Far(40, {}) as f:
        f.configure(route(f.peers[0], connections=4, rate=600))
        f.g.incident("rdp", range(1, 41))
        start = time.monotonic()
        f.g.run(*DRAIN)
        took = time.monotonic() - start
        # ten a second, and one second's worth at once
        assert took >= 2.5, "40 mails in %.1f s" % took
        equal(f.counts(), [40])


def mails_per_session_are_kept():
    with Far(20, {}) as f:
        f.configure(route(f.peers[0], connections=2, mails_per_session=3))
        f.g.incident("rdp", range(1, 21))
        f.g.run(*DRAIN)
        equal(f.counts(), [20])
        each = [c["connection"] for c, _ in f.peers[0].store.mails()]
        assert max(each.count(n) for n in set(each)) <= 3


def two_nodes_share_a_store():
    with Far(300, {"steps": {"dot": {"ok": True, "pause": 0.01}}}) as f:
        f.configure(route(f.peers[0], connections=2))
        f.g.incident("rdp", range(1, 301))
        with open(f.g.conf, encoding="utf-8") as conf:
            text = conf.read()
        f.g.write("second.conf", text.replace("gateway = {", "gateway = {\n  node = 2;"))
        first = f.g.start("deliver", "--drain")
        second = f.g.start("--config", "second.conf", "deliver", "--drain")
        equal((first.wait(120), second.wait(120)), (0, 0), f.g.log())
        equal(f.states(), ["accepted"])
        equal(f.g.check_sent(f.peers[0].store.mails()), 0, "sent twice")
        equal(f.counts(), [300])
        owners = dict(f.g.query("SELECT lease_owner, COUNT(*) FROM mail GROUP BY 1"))
        assert set(owners) == {"node1", "node2"}, owners


def main():
    t = Tap()
    gateway.limit_time(900)
    for test in (dead_route_fails_over, stuck_route_blocks_nobody, backup_is_used_last, no_route_ends_draining,
                 a_route_that_cannot_work_costs_no_time, a_session_that_ends_early_costs_no_time,
                 policy_refusals_pause_the_route, a_route_that_is_set_up_wrong_is_left_for_the_backup,
                 greylists_pause_nothing, rising_share_of_refusals_pauses_the_route,
                 a_trial_mail_ends_the_pause, a_few_refused_recipients_hold_up_nobody,
                 a_trial_keeps_no_backup_waiting,
                 a_trial_waits_for_the_next_process, people_pause_and_resume,
                 stop_ends_all_sending_within_a_second, stopped_before_it_starts, urgent_overtakes_bulk, rate_is_kept,
                 mails_per_session_are_kept, two_nodes_share_a_store):
        if len(sys.argv) < 2 or test.__name__ in sys.argv[1:]:
            t.run(test.__name__.replace("_", " "), test)
    t.done()


if __name__ == "__main__":
    main()
