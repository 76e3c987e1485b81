#!/usr/bin/env python3
"""every_step: the sender is killed at each commit and each network step in turn; prints TAP.

After each death a fresh start, undisturbed, must come to the same end as a run that was never disturbed: the same
states in the store, every mail at the far side, byte for byte the same, and twice only where the ledger says unknown.
"""
import os
import sys
import shutil

TOP = os.environ.get("top_srcdir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import gateway  # noqa: E402
import sending  # noqa: E402
import smtp_peer  # noqa: E402
from tap import Tap, equal  # noqa: E402

MAILS = 12
REFUSED, GREY, SECOND = "info@c3.example", "info@c5.example", "next@c3.example"
DRAIN = ("deliver", "--drain", "--seconds", "3")


def script():
    return {"recipients": {REFUSED: {"rcpt": "550 5.1.1 no such user"},
                           GREY: {"rcpt": ["451 4.7.1 come back later", "250 2.1.5 fine"]}}}


class World:
    def __init__(self):
        self.g = sending.Sending()
        contacts = {i: ["info@c%d.example" % i] for i in range(1, MAILS + 1)}
        contacts[3].append(SECOND)
        self.g.companies(contacts)
        self.serve(0)
        self.g.incident("rdp", range(1, MAILS + 1))
        self.g.save()

    def serve(self, n):
        """A peer that has seen nothing yet."""
        self.peer = smtp_peer.Peer(self.g.path("taken%d" % n), script()).start()
        self.g.configure(routes=[sending.route(self.peer, connections=2)], deliver='retry = "1s";')

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
    steps = w.g.run_to_crash(0, *DRAIN)
    assert steps > 10, steps
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
    if w.g.run_to_crash(n, *DRAIN) is not None:
        return False
    w.g.run(*DRAIN)
    equal(w.g.final_state(), want, "state after a crash at step %d" % n)
    w.twice += w.g.check_sent(w.peer.store.mails())
    return True


def main():
    t = Tap()
    gateway.limit_time(1800)
    w = World()
    w.twice = 0
    states = []
    try:
        t.run("an undisturbed run", lambda: states.append(undisturbed(w)))

        def all_steps():
            n = 1
            while crash_at(w, n, states[0]):
                n += 1
            assert n > 10, "only %d steps" % n
            print("# %d steps, %d mails arrived twice and are known to be in doubt" % (n - 1, w.twice))

        t.run("killed at every step in turn, the end is the same", all_steps)
    finally:
        w.end()
    t.done()


if __name__ == "__main__":
    main()
