#!/usr/bin/env python3
"""operations: what the program tells those who run it about mistakes and states they would not see; prints TAP."""
import os
import signal
import sqlite3
import sys
import time

TOP = os.environ.get("top_srcdir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

from gateway import limit_time, wait_for  # noqa: E402
from sending import FINDING, FINDINGS_HEAD, Sending, route  # noqa: E402
from tap import Tap, contains, equal  # noqa: E402


class Nobody:
    """A mail server that is not there."""
    port = 9


def make():
    w = Sending()
    w.configure(routes=[route(Nobody)])
    return w


# ---- the register

def shared_assets_are_noted():
    with make() as w:
        w.write("r.csv", "company,kind,value,name\n"
                         "bakker,company,,Bakkerij\nbakker,network,192.0.2.0/28,\nbakker,domain,winkels.example.nl,\n")
        equal(w.run("company", "import", "r.csv").err, "")
        w.write("s.csv", "company,kind,value,name\n"
                         "slager,company,,Slagerij\nslager,network,192.0.2.0/24,\nslager,network,192.0.2.0/28,\n"
                         "visser,company,,Viswinkel\nvisser,domain,winkels.example.nl,\nvisser,network,192.0.2.0/28,\n")
        done = w.run("company", "import", "s.csv")
        equal(done.err, "s.csv:4: note: company bakker has it too: both are told what is found there\n"
                        "s.csv:6: note: company bakker has it too: both are told what is found there\n"
                        "s.csv:7: note: company bakker has it too: both are told what is found there\n")
        contains(done.out, "6 new, 0 changed, 0 known, 0 refused")
        # whichever came first
        contains(w.run("company", "import", "r.csv").err, "r.csv:3: note: company slager has it too")
        w.write("2026-11-20-scan_rdp-nl.csv", FINDINGS_HEAD + FINDING % "192.0.2.5" + FINDING % "192.0.2.77")
        w.run("incident", "open", "rdp", "--title", "Extern bureaublad open")
        w.run("intake", "--incident", "rdp", "2026-11-20-scan_rdp-nl.csv")
        equal(w.run("match", "rdp").out, "2 findings: 2 with an owner, 0 without\n"
                                         "1 of them belong to several companies: each is told\n")


def two_names_of_a_company_are_noted():
    with make() as w:
        w.write("r.csv", "company,kind,value,name,vital\n"
                         "bakker,company,,Bakkerij,\nslager,company,,Slagerij,\nbakker,phone,+31 20 5550101,Jan,\n"
                         "bakker,company,,Bakkerij De Krakeling,\nslager,company,,,yes\nslager,company,,Slagerij,\n"
                         "bakker,company,,Bakkerij,\n")
        equal(w.run("company", "import", "r.csv").err,
              "r.csv:5: note: company bakker has another name in line 2: 'Bakkerij'; this one,"
              " 'Bakkerij De Krakeling', took its place\n"
              "r.csv:8: note: company bakker has another name in line 5: 'Bakkerij De Krakeling'; this one,"
              " 'Bakkerij', took its place\n")
        # another file may say something new
        w.write("s.csv", "company,kind,value,name\nbakker,company,,Bakkerij Nieuw\n")
        equal(w.run("company", "import", "s.csv").err, "")


def partners_must_be_there():
    with make() as w:
        w.write("r.csv", "company,kind,value,name,partner\nbakker,company,,Bakkerij,keten\n"
                         "slager,company,,Slagerij,niemand\nketen,company,,Keten,\nvisser,company,,Viswinkel,visser\n")
        equal(w.run("company", "import", "r.csv", status=1).err,
              "r.csv:5: refused: partner 'visser' is the company itself\n"
              "r.csv:3: note: its partner, company niemand, is not in the register\n")
        w.run("company", "set", "bakker", "partner=")
        for partner, want in (("bakker", "partner 'bakker' is the company itself"), ("nix", "partner: no company 'nix'")):
            contains(w.run("company", "set", "bakker", "partner=" + partner, status=65).err, want)
        w.run("company", "set", "bakker", "partner=slager")
        equal(w.query("SELECT ref, partner FROM company ORDER BY ref"),
              [("bakker", "slager"), ("keten", ""), ("slager", "niemand")])


def notes_are_bounded():
    with make() as w:
        rows = "company,kind,value,name\n" + "".join("c%d,company,,Bedrijf\nc%d,domain,x%d.example.nl,\n" % (
            i, i, i % 15) for i in range(30))
        w.write("r.csv", rows)
        lines = w.run("company", "import", "r.csv").err.splitlines()
        equal(len(lines), 21)
        equal(lines[0], "r.csv:3: note: company c15 has it too: both are told what is found there")
        equal(lines[20], "r.csv: and 10 more notes")


# ---- what does not go out

def stopped_sending_is_shown():
    with make() as w:
        w.companies({1: ["info@c1.example"]})
        w.incident("rdp", [1])

        def sending():
            return [(row["result"], row["text"]) for row in w.json("doctor", status=None) if row["check"] == "sending"]

        status = w.json("status")
        equal(status["sending"], "on")
        equal(status["routes"], [{"route": "smarthost", "state": "open", "until": "", "reason": ""}])
        equal(sending(), [("OK", "neither stopped nor paused")])
        w.run("route", "pause", "smarthost", "--reason", "onderhoud")
        equal(w.json("status")["routes"][0]["state"], "paused")
        equal(sending(), [("NOTE", "route smarthost is paused (onderhoud): 'seinpost route resume smarthost';"
                                   " 1 mails wait")])
        w.run("queue", "stop")
        equal(w.json("status")["sending"], "stopped")
        contains(w.run("status").out, "stopped")
        equal(sending(), [("NOTE", "all sending is stopped: 'seinpost queue start'; 1 mails wait")])
        w.run("queue", "start")
        w.run("route", "resume", "smarthost")
        equal(sending()[0][0], "OK")


# ---- the store

def a_missing_store_is_made():
    with make() as w:
        store = w.path("seinpost.db")
        contains(w.run("init", status=65).err, "nothing was changed")
        for lose in (lambda: None, lambda: w.write("seinpost.db", "")):
            for name in ("", "-wal", "-shm"):
                if os.path.exists(store + name):
                    os.unlink(store + name)
            lose()
            told = w.run("status", status=None)
            assert told.status in (74, 78), told
            contains(told.err, "'seinpost init' in the folder of seinpost.conf")
            contains(told.err, "backup.md")
            contains(w.run("init").out, "made the store that was missing")
            w.run("status")
        # what is no store of ours is left alone
        w.write("seinpost.db", "x" * 5000)
        contains(w.run("init", status=74).err, "backup.md")
        contains(w.run("status", status=74).err, "backup.md")


def a_copy_of_a_used_store_is_whole():
    """As doc/backup.md has it: while the daemon runs."""
    with make() as w:
        w.companies({1: ["info@c1.example"]})
        w.incident("rdp", [1])
        daemon = w.start("run")
        wait_for("it to run", lambda: "running: " in w.log())
        with sqlite3.connect(w.path("seinpost.db")) as db, sqlite3.connect(w.path("copy.db")) as copy:
            db.backup(copy)
        daemon.terminate()
        daemon.wait(30)
        for name in ("", "-wal", "-shm"):
            if os.path.exists(w.path("seinpost.db" + name)):
                os.unlink(w.path("seinpost.db" + name))
        os.rename(w.path("copy.db"), w.path("seinpost.db"))
        w.run("queue", "stop")
        equal(w.json("status")["sending"], "stopped")
        equal(len(w.json("queue", "list")), 1)


# ---- the network steps

def one_inbox_is_fetched_by_name():
    with make() as w:
        for name in ("a", "b"):
            for part in ("cur", "new", "tmp"):
                os.makedirs(w.path(name, part))
            w.write(name + "/new/1", "From: x@example.nl\nSubject: hoi\n\nDag %s.\n" % name)
        w.configure(routes=[route(Nobody)], inboxes=[
            {"name": name, "kind": "maildir", "path": name, "done_folder": "Done"} for name in ("a", "b")])
        for more in ((), ("--once",)):
            done = w.run("fetch", *more, "--inbox", "c", status=65)
            contains(done.err, "no inbox 'c'")
            equal(done.out, "")
        contains(w.run("fetch", "--once", "--inbox", "b").out, "1 mails: ")
        contains(w.run("fetch", "--once").out, "1 mails: ")


def a_daemon_needs_something_to_do():
    with make() as w:
        w.configure(routes=[])
        contains(w.run("run", status=78).err, "neither routes nor inboxes")
        for part in ("cur", "new", "tmp"):
            os.makedirs(w.path("in", part))
        w.configure(routes=[], inboxes=[{"name": "in", "kind": "maildir", "path": "in", "done_folder": "Done"}])
        daemon = w.start("run")
        wait_for("it to run", lambda: "running: 1 processes" in w.log())
        contains(w.log(), "no routes: nothing is sent from here")
        daemon.terminate()
        equal(daemon.wait(30), 0)


def two_runs_of_warn_share_the_work():
    with make() as w:
        w.companies({i: ["info@c%d.example" % i] for i in range(1, 201)})
        w.incident("rdp", range(1, 201), warn=False)
        runs = [w.start("warn", "rdp") for _ in range(2)]
        equal([run.wait(60) for run in runs], [0, 0], w.log())
        equal(w.query("SELECT COUNT(*), COUNT(DISTINCT warning_id) FROM mail"), [(200, 200)])
        contains(w.log(), "mails queued")


# ---- signals

def stops_on_a_signal(process):
    """It has a descriptor for SIGTERM by now."""
    with open("/proc/%d/status" % process.pid) as f:
        blocked = next(line.split()[1] for line in f if line.startswith("SigBlk:"))
    return int(blocked, 16) >> (signal.SIGTERM - 1) & 1


def a_hang_up_is_an_orderly_end():
    with make() as w:
        for command, status in (("deliver", 0), ("run", 75)):
            process = w.start(command)
            wait_for(command, lambda: stops_on_a_signal(process))
            process.send_signal(signal.SIGHUP)
            equal(process.wait(30), status, w.log())
        contains(w.log(), "stopping")
        # unless whoever started it wants it to outlive the terminal
        w.wrapper = ["nohup"]
        process = w.start("deliver")
        wait_for("deliver", lambda: stops_on_a_signal(process))
        process.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        equal(process.poll(), None)
        process.terminate()
        equal(process.wait(30), 0)


def main():
    limit_time(300)
    tap = Tap()
    for test in (shared_assets_are_noted, two_names_of_a_company_are_noted,
                 partners_must_be_there, notes_are_bounded, stopped_sending_is_shown,
                 a_missing_store_is_made, a_copy_of_a_used_store_is_whole,
                 one_inbox_is_fetched_by_name, a_daemon_needs_something_to_do, two_runs_of_warn_share_the_work,
                 a_hang_up_is_an_orderly_end):
        tap.run(test.__name__.replace("_", " "), test)
    tap.done()


if __name__ == "__main__":
    main()
