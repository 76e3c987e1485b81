#!/usr/bin/env python3
"""every_step: the sender is killed at each commit and each network step in turn; prints TAP.

Once with mails that wait in the queue (deliver), once while they are still being made (warn --send).

After each death a fresh start, undisturbed, must come to the same end as a run that was never disturbed: the same
states in the store, every mail at the far side, byte for byte the same, and twice only where the ledger says unknown.
"""
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

TOP = os.environ.get("top_srcdir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import gateway  # noqa: E402
import sending  # noqa: E402
import smtp_peer  # noqa: E402
from tap import Tap, equal  # noqa: E402

MAILS = 12
AT_ONCE = 3  # runs mostly wait
REFUSED, GREY, SECOND = "info@c3.example", "info@c5.example", "next@c3.example"
DRAIN = ("deliver", "--drain", "--seconds", "3")
WARN = ("warn", "rdp", "--send")


def script():
    return {"recipients": {REFUSED: {"rcpt": "550 5.1.1 no such user"},
                           GREY: {"rcpt": ["451 4.7.1 come back later", "250 2.1.5 fine"]}}}


class World:
    """command is the one that dies."""

    def __init__(self, command):
        self.twice = 0
        self.command = command
        self.g = sending.Sending()
        contacts = {i: ["info@c%d.example" % i] for i in range(1, MAILS + 1)}
        contacts[3].append(SECOND)
        self.g.companies(contacts)
        self.serve(0)
        self.g.incident("rdp", range(1, MAILS + 1), warn=command is DRAIN)
        self.g.save()

    def serve(self, n):
        """A peer that has seen nothing yet."""
        self.peer = smtp_peer.Peer(self.g.path("taken%d" % n), script()).start()
        self.g.configure(routes=[sending.route(self.peer, connections=2)], deliver='retry = "1s";')

    def finish(self):
        """Whatever is left to be done."""
        if self.command is not DRAIN:
            self.g.run(*self.command)
        self.g.run(*DRAIN)

    def fresh(self, n):
        self.peer.stop()
        shutil.rmtree(self.peer.store.folder, ignore_errors=True)
        self.g.restore()
        self.serve(n)

    def end(self):
        self.peer.stop()
        self.g.__exit__(None, None, None)


def undisturbed(w):
    w.fresh(1)
    steps = w.g.run_to_crash(0, *w.command)
    assert steps > 10, steps
    w.finish()
    state = w.g.final_state()
    equal(dict(state["mails"])[REFUSED], "refused")
    equal(dict(state["mails"])[GREY], "accepted")
    equal(dict(state["mails"])[SECOND], "accepted")
    equal(dict(state["contacts"])[REFUSED], "invalid")
    equal(w.g.check_sent(w.peer.store.mails()), 0, "sent twice")
    equal(w.peer.store.count, MAILS)
    return state


def crash_at(w, n, want):
    """False: the run ended before its n-th step."""
    w.fresh(n + 1)
    if w.g.run_to_crash(n, *w.command) is not None:
        return False
    w.finish()
    equal(w.g.final_state(), want, "state after a crash at step %d" % n)
    w.twice += w.g.check_sent(w.peer.store.mails())
    return True


def stripe(w, first, want):
    """Every AT_ONCE-th step; the number of the first one that was not reached any more."""
    n = first
    while crash_at(w, n, want):
        n += AT_ONCE
    return n


def dies(t, name, command):
    worlds = [World(command) for _ in range(AT_ONCE)]
    states = []

    def all_steps():
        with ThreadPoolExecutor(AT_ONCE) as pool:
            ends = [pool.submit(stripe, w, i + 1, states[0]) for i, w in enumerate(worlds)]
            steps = min(end.result() for end in ends) - 1
        assert steps > 20, "only %d steps" % steps
        print("# %d steps, %d mails arrived twice and are known to be in doubt" % (
            steps, sum(w.twice for w in worlds)))

    try:
        t.run(name + ": an undisturbed run", lambda: states.append(undisturbed(worlds[0])))
        t.run(name + ": killed at every step in turn, the end is the same", all_steps)
    finally:
        for w in worlds:
            w.end()


def main():
    t = Tap()
    gateway.limit_time(1800)
    dies(t, "deliver", DRAIN)
    dies(t, "warn --send", WARN)
    t.done()


if __name__ == "__main__":
    main()
