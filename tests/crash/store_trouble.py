#!/usr/bin/env python3
"""store_trouble: a full disk, a read-only or locked store, a second sender started by mistake; prints TAP."""
import os
import shutil
import sqlite3
import subprocess
import sys
import time

TOP = os.environ.get("top_srcdir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import gateway  # noqa: E402
import sending  # noqa: E402
import smtp_peer  # noqa: E402
from gateway import wait_for  # noqa: E402
from tap import Tap, contains, equal  # noqa: E402

DRAIN = ("deliver", "--drain", "--seconds", "3")
SLOW = {"steps": {"dot": {"ok": True, "pause": 0.02}}}


class World:
    def __init__(self, mails, script=None):
        self.mails = mails
        self.g = sending.Sending()
        self.peer = smtp_peer.Peer(self.g.path("taken"), script or {}).start()
        self.g.companies({i: ["info@c%d.example" % i] for i in range(1, mails + 1)})
        self.configure()
        self.g.incident("rdp", range(1, mails + 1))

    def configure(self, store="seinpost.db"):
        self.g.configure(routes=[sending.route(self.peer, connections=2)], deliver='retry = "1s";', store=store)

    def all_arrived(self):
        equal(set(self.g.mail_states().values()), {"accepted"}, "states")
        return self.g.check_sent(self.peer.store.mails())

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.peer.stop()
        self.g.__exit__(*exc)


def second_sender_says_so_and_ends():
    with World(150, SLOW) as w:
        first = w.g.start("deliver", "--drain")
        wait_for("the first mails", lambda: w.peer.store.count > 3)
        done = w.g.run("deliver", status=75)
        contains(done.err, "another 'seinpost run' or 'deliver' is sending from this store")
        equal(first.wait(60), 0)
        equal(w.all_arrived(), 0, "sent twice")


def locked_store_is_waited_for():
    with World(150, SLOW) as w:
        process = w.g.start("deliver", "--drain")
        wait_for("the first mails", lambda: w.peer.store.count > 3)
        db = sqlite3.connect(w.g.path("seinpost.db"), timeout=30, isolation_level=None)
        db.execute("BEGIN IMMEDIATE")
        # longer than the store itself waits for a lock
        time.sleep(24)
        taken = w.peer.store.count
        assert taken < 150, "mails were sent without a ledger"
        db.execute("ROLLBACK")
        db.close()
        equal(process.wait(60), 0, w.g.log())
        contains(w.g.log(), "nothing new is sent until the store takes")
        equal(w.all_arrived(), 0, "sent twice")


def read_only_store_sends_nothing():
    with World(3) as w:
        w.g.query("PRAGMA wal_checkpoint(TRUNCATE)")
        as_root = os.geteuid() == 0
        path = w.g.path("seinpost.db")
        if as_root:
            # root may write to any mode: only a mount stops it
            folder = w.g.path("ro")
            os.mkdir(folder)
            shutil.copy(path, os.path.join(folder, "seinpost.db"))
            if subprocess.run(["mount", "--bind", folder, folder], check=False, stderr=subprocess.DEVNULL).returncode:
                print("# no right to mount: not tried")
                return
            subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
            w.configure("ro/seinpost.db")
        else:
            os.chmod(path, 0o400)
        try:
            done = w.g.run(*DRAIN, status=None)
            assert done.status in (74, 75, 78), done
            contains(done.err, "seinpost.db")
            equal(w.peer.store.count, 0, "mails sent")
        finally:
            if as_root:
                subprocess.run(["umount", folder], check=True)


def fill(path):
    with open(path, "wb", buffering=0) as f:
        try:
            while True:
                f.write(b"x" * 4096)
        except OSError:
            pass


def full_disk_loses_nothing():
    with World(400, SLOW) as w:
        folder = w.g.path("small")
        os.mkdir(folder)
        if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", folder], check=False,
                                               stderr=subprocess.DEVNULL).returncode:
            print("# no right to mount: not tried")
            return
        try:
            w.g.query("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy(w.g.path("seinpost.db"), folder)
            w.configure("small/seinpost.db")
            process = w.g.start("deliver", "--drain")
            wait_for("the first mails", lambda: w.peer.store.count > 10)
            filler = os.path.join(folder, "filler")
            fill(filler)
            wait_for("the sender to notice", lambda: "nothing new is sent" in w.g.log(), 30)
            contains(w.g.log(), "store %s: " % os.path.join(folder, "seinpost.db"))
            contains(w.g.log(), "make room on its disk")
            time.sleep(1)
            taken = w.peer.store.count
            assert taken < 400, "the disk was never full"
            time.sleep(1)
            equal(w.peer.store.count, taken, "mails were sent without a ledger")
            os.unlink(filler)
            equal(process.wait(60), 0, w.g.log())
            # who comes when there is no room for the files beside the store is told no other reason
            fill(filler)
            contains(w.g.run("status", status=75).err, "make room on its disk")
            os.unlink(filler)
            subprocess.run(["cp", "-a", folder + "/.", w.g.folder], check=True)
            equal(w.all_arrived(), 0, "sent twice")
        finally:
            subprocess.run(["umount", folder], check=True)


def main():
    t = Tap()
    gateway.limit_time(600)
    for test in (second_sender_says_so_and_ends, locked_store_is_waited_for, read_only_store_sends_nothing,
                 full_disk_loses_nothing):
        if len(sys.argv) < 2 or test.__name__ in sys.argv[1:]:
            t.run(test.__name__.replace("_", " "), test)
    t.done()


if __name__ == "__main__":
    main()
