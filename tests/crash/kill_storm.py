#!/usr/bin/env python3
"""kill_storm: a run of many mails over four connections, killed at random moments and started again; prints TAP.

SEINPOST_KILLS is the number of kills (default 40), SEINPOST_MAILS that of mails (default 2,000), SEINPOST_SEED the
seed.  Most kills hit the whole process group, some a single process of it.  Once with mails that wait in the queue
(deliver), once, with half as many, while they are being made (warn --send).
"""
import os
import random
import signal
import subprocess
import sys
import time

TOP = os.environ.get("top_srcdir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import gateway  # noqa: E402
import sending  # noqa: E402
import smtp_peer  # noqa: E402
from tap import Tap, equal  # noqa: E402

KILLS = int(os.environ.get("SEINPOST_KILLS", "40"))
MAILS = int(os.environ.get("SEINPOST_MAILS", "2000"))
SEED = int(os.environ.get("SEINPOST_SEED", str(random.randrange(1 << 30))))


DRAIN = ("deliver", "--drain", "--seconds", "3")
WARN = ("warn", "rdp", "--send")


def is_role(pid):
    try:
        with open("/proc/%d/cmdline" % pid, "rb") as f:
            return b"--role" in f.read()
    except OSError:
        return False


def roles_of(pid):
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid), encoding="ascii") as f:
            return [int(word) for word in f.read().split() if is_role(int(word))]
    except OSError:
        return []


def kill(process, chance):
    """The group, or (one time in four) one of its senders and signers only."""
    roles = roles_of(process.pid)
    if roles and chance.random() < 0.25:
        try:
            os.kill(chance.choice(roles), signal.SIGKILL)
        except ProcessLookupError:
            pass
        return False
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return True


def wait_a_moment(process, peer, chance, mails):
    """Now and then the start is hit, else the middle of the work: some mails after the last kill."""
    end = time.monotonic() + (chance.random() * 0.5 if chance.random() < 0.1 else 30)
    enough = peer.store.count + chance.randrange(1, 1 + max(2, mails * 2 // KILLS))
    while time.monotonic() < end and process.poll() is None and peer.store.count < enough:
        time.sleep(0.001)
    time.sleep(chance.random() * 0.01)


def storm(g, peer, command, mails):
    chance = random.Random(SEED)
    kills = 0
    while kills < KILLS:
        process = g.start(*command)
        alive = True
        while alive and kills < KILLS:
            wait_a_moment(process, peer, chance, mails)
            if process.poll() is not None:
                equal(process.returncode, 0, "exit status of a run that was not killed")
                return kills
            kills += 1
            alive = not kill(process, chance)
        if alive:
            equal(process.wait(600), 0, "exit status after the last kill")
    return kills


def check_all(g, peer, mails):
    state = g.final_state()
    equal({s for _, s in state["mails"]}, {"accepted"}, "states of mails")
    equal({(s, todo) for _, s, todo in state["warnings"]}, {("sent", "")}, "states of warnings")
    equal({s for _, s in state["contacts"]}, {"unproven"}, "states of contacts")
    equal(state["calls"], [], "call list")
    equal(state["open attempts"], [(0,)], "attempts without an end")
    equal(len(state["mails"]), mails)
    return g.check_sent(peer.store.mails())


def survives(command, mails):
    with sending.Sending() as g:
        # a far side that takes its time: many mails are taken and not answered when the sender dies
        peer = smtp_peer.Peer(g.path("taken"), {"steps": {"dot": {"ok": True, "pause": 0.01}}}).start()
        try:
            g.companies({i: ["info@c%d.example" % i] for i in range(1, mails + 1)})
            g.configure(routes=[sending.route(peer, connections=4)], deliver='retry = "1s";')
            g.incident("rdp", range(1, mails + 1), warn=command is DRAIN)
            kills = storm(g, peer, command, mails)
            if command is not DRAIN:
                g.run(*command, timeout=900)
            last = g.run(*DRAIN, timeout=900)
            twice = check_all(g, peer, mails)
            print("# %s: %d kills, %d mails, %d arrived twice and are known to be in doubt; %s" % (
                command[0], kills, mails, twice, last.out.strip()))
            assert kills >= KILLS * 0.8, "only %d kills" % kills
        finally:
            peer.stop()


def main():
    t = Tap()
    gateway.limit_time(3600)
    print("# seed %d" % SEED, flush=True)
    t.run("deliver: killed at random, nothing is lost and nothing is twice without a trace",
          lambda: survives(DRAIN, MAILS))
    t.run("warn --send: killed at random, nothing is lost and nothing is twice without a trace",
          lambda: survives(WARN, MAILS // 2))
    t.done()


if __name__ == "__main__":
    main()
