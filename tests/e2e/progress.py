#!/usr/bin/env python3
"""progress: long commands tell how far they are, on a terminal and nowhere else; prints TAP."""
import os
import pty
import re
import signal
import subprocess
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
from tap import Tap, equal  # noqa: E402

MAILS = 150
COMPANIES, SOME = 10000, 3000
DRAIN = ("deliver", "--drain", "--seconds", "1")


class Screen:
    """What was written to a terminal: drawn[] as it came, lines[] as they stand in the end."""

    def __init__(self, raw):
        self.raw = raw.decode()
        split = [line.split("\r\x1b[K") for line in self.raw.split("\r\n")]
        self.drawn = [part for parts in split for part in parts if part]
        self.lines = [parts[-1] for parts in split]


def slow_down(process, seen):
    """A moment of work, a long pause, until something was shown: no step is quick then."""
    while process.poll() is None and not seen.is_set():
        time.sleep(0.004)
        process.send_signal(signal.SIGSTOP)
        time.sleep(0.3)
        process.send_signal(signal.SIGCONT)


def watch(g, *args, feed=None, slowly=False, status=0):
    """Runs a command with standard error on a terminal.  feed: writes to its standard input."""
    master, slave = pty.openpty()
    process = subprocess.Popen([gateway.PROGRAM, *args], cwd=g.folder, env=g.environment(),
                               stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=slave)
    os.close(slave)
    seen, out = threading.Event(), []
    reader = threading.Thread(target=lambda: out.append(process.stdout.read().decode()))
    reader.start()
    if feed:
        threading.Thread(target=feed, args=(process.stdin,), daemon=True).start()
    if slowly:
        threading.Thread(target=slow_down, args=(process, seen), daemon=True).start()
    raw = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # the other side is gone
            break
        raw += piece
        seen.set()
    os.close(master)
    equal(process.wait(60), status, "exit status\n%s" % raw)
    reader.join()
    process.stdout.close()
    return Screen(raw), out[0]


def check(screen, what, total, about=""):
    """Seen under way, with what is left and the rate; the last line is whole."""
    under_way = re.compile(r"%s: \d+ of %s%s, \d+ (s|min) left \(\d+(\.\d)? a second\)" % (
        what, about, total))
    assert any(under_way.fullmatch(d) for d in screen.drawn), screen.drawn[-5:]
    equal(screen.lines[-1], "", "behind the last line")
    return screen.lines[-2]


class World:
    def __init__(self):
        self.g = sending.Sending()
        slow = {"steps": {"dot": {"ok": True, "pause": 0.03}}}
        self.peer = smtp_peer.Peer(self.g.path("taken"), slow).start()
        self.g.companies({i: ["info@c%d.example" % i] for i in range(1, MAILS + 1)})
        self.g.configure(routes=[sending.route(self.peer, connections=1)], deliver='retry = "1s";')

    def end(self):
        self.peer.stop()
        self.g.__exit__(None, None, None)


def delivery(w):
    w.g.incident("rdp", range(1, MAILS + 1))
    screen, out = watch(w.g, *DRAIN)
    last = check(screen, "deliver", MAILS)
    assert re.fullmatch(r"deliver: %d of %d \(\d+ a second\)" % (MAILS, MAILS), last), last
    equal(out, "%d accepted, 0 deferred, 0 refused, 0 unknown, 0 not tried\n" % MAILS)


def both_at_once(w):
    """warn --send: as many as there are companies to be warned."""
    w.g.run("incident", "open", "ssl", "--title", "Zwakke TLS", "--advice", "open-rdp")
    w.g.run("intake", "--incident", "ssl", "2026-11-20-scan_rdp-nl.csv")
    w.g.run("match", "ssl")
    screen, _ = watch(w.g, "warn", "ssl", "--send")
    last = check(screen, "warn", MAILS)
    assert last.startswith("warn: %d of %d (" % (MAILS, MAILS)), last


def nothing_on_a_pipe(w):
    w.g.incident("telnet", range(1, MAILS + 1))
    done = w.g.run(*DRAIN)
    equal(done.err, "")


def short_steps_are_silent(w):
    screen, out = watch(w.g, "match", "rdp")
    equal(screen.raw, "")
    equal(out, "0 findings: 0 with an owner, 0 without\n")


def messages_stand_above_the_line(w):
    """What is refused in the middle of a slow feed, of which nobody knows how long it is."""
    head, good, bad = sending.FINDINGS_HEAD, sending.FINDING, sending.FINDING % "no address"

    def feed(pipe):
        pipe.write(head.encode())
        for i in range(60):
            pipe.write((bad if i == 45 else good % sending.address_of(1000 + i)).encode())
            pipe.flush()
            time.sleep(0.08)
        pipe.close()

    # the reader takes large pieces: what it has is shown when more comes
    w.g.run("incident", "open", "slow", "--title", "Traag", "--advice", "open-rdp")
    screen, out = watch(w.g, "intake", "--incident", "slow", "--format", "shadowserver", "-",
                        feed=feed, status=1)
    shown = re.compile(r"intake: \d+ \(\d+(\.\d)? a second\)")
    assert any(shown.fullmatch(d) for d in screen.drawn), screen.raw
    assert any(re.match(r"-:\d+: refused: ", line) for line in screen.lines), screen.raw
    assert all(line == "" or re.fullmatch(r"-:\d+: refused: .*|intake: 59 \(.* a second\)", line)
               for line in screen.lines), screen.raw
    equal(out, "-: 60 rows read: 59 new, 0 known, 1 refused\n")


def files_and_matching(w):
    rows = [sending.REGISTER_HEAD]
    for i in range(10000, 10000 + COMPANIES):
        rows.append("c%d,company,,Bedrijf %d,participant,nl,,,,\n" % (i, i))
        rows.append("c%d,mail,info@c%d.example,,,,,,,1\n" % (i, i))
        rows.append("c%d,network,%s,,,,,,,\n" % (i, sending.address_of(i)))
    w.g.write("large.csv", "".join(rows))
    w.g.write("2026-11-20-scan_ssl-nl.csv", sending.FINDINGS_HEAD + "".join(
        sending.FINDING % sending.address_of(i) for i in range(10000, 10000 + COMPANIES)))
    w.g.run("incident", "open", "large", "--title", "Groot", "--advice", "open-rdp")
    for what, args, total, about in (
            ("import", ("company", "import", "large.csv"), 3 * COMPANIES + 1, ""),
            ("intake", ("intake", "--incident", "large", "2026-11-20-scan_ssl-nl.csv"), r"\d+",
             "about "),
            ("match", ("match", "large"), COMPANIES, "")):
        screen, _ = watch(w.g, *args, slowly=True)
        print("# " + check(screen, what, total, about))


def making_mails(w):
    w.g.run("incident", "open", "vnc", "--title", "VNC open", "--advice", "open-rdp")
    w.g.write("2026-11-20-scan_vnc-nl.csv", sending.FINDINGS_HEAD + "".join(
        sending.FINDING % sending.address_of(i) for i in range(10000, 10000 + SOME)))
    w.g.run("intake", "--incident", "vnc", "2026-11-20-scan_vnc-nl.csv")
    w.g.run("match", "vnc")
    screen, _ = watch(w.g, "preview", "vnc", "--out", "preview", slowly=True)
    print("# " + check(screen, "preview", SOME))
    screen, _ = watch(w.g, "warn", "vnc", slowly=True)
    print("# " + check(screen, "warn", SOME))


def reading_mails(w):
    """A Maildir with strange mails, and the same files for classify."""
    folder = w.g.path("box")
    for name in ("new", "cur", "tmp"):
        os.makedirs(os.path.join(folder, name))
    names = [os.path.join(folder, "new", "%d.x" % i) for i in range(MAILS)]
    for i, name in enumerate(names):
        w.g.write(name, "From: a%d@example.nl\nTo: antwoord@post.example\nSubject: vraag\n\n"
                  "Wat is dit? %d\n" % (i, i))
    screen, _ = watch(w.g, "classify", *names * 40, slowly=True)
    print("# " + check(screen, "classify", MAILS * 40))
    w.g.configure(routes=[sending.route(w.peer)],
                  inboxes=[dict(name="box", kind="maildir", path=folder)])
    screen, _ = watch(w.g, "fetch", "--once", slowly=True)
    last = check(screen, "fetch", MAILS)
    assert last.startswith("fetch: %d of %d (" % (MAILS, MAILS)), last


def main():
    t = Tap()
    gateway.limit_time(600)
    w = World()
    try:
        for test in (delivery, both_at_once, nothing_on_a_pipe, short_steps_are_silent,
                     messages_stand_above_the_line, files_and_matching, making_mails,
                     reading_mails):
            if len(sys.argv) < 2 or test.__name__ in sys.argv[1:]:
                t.run(test.__name__.replace("_", " "), lambda f=test: f(w))
    finally:
        w.end()
    t.done()


if __name__ == "__main__":
    main()
