#!/usr/bin/env python3
"""far_sides: what the gateway makes of servers that misbehave; prints TAP.

Each row: three mails, a first route that misbehaves and a second one that works.  The ledger must say of the attempts
over the first route what really happened, every mail must arrive within LIMIT seconds, and twice only where nobody
can know.
"""
import os
import queue
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

TOP = os.environ.get("top_srcdir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import gateway  # noqa: E402
import sending  # noqa: E402
import smtp_peer  # noqa: E402
from servers import free_port  # noqa: E402
from tap import Tap, equal  # noqa: E402

LIMIT = 60
AT_ONCE = 4
ONE, TWO = "info@c1.example", "info@c2.example"
CERTS = ""


def cert(name):
    return {"cert": os.path.join(CERTS, name + ".pem"), "key": os.path.join(CERTS, name + ".key")}


def required():
    return dict(tls="required", tls_name="mail.example.nl", ca_file=os.path.join(CERTS, "ca.pem"))


def at(step, action):
    """That step of every mail."""
    return {"steps": {step: action}}


def rows():
    """name, script (None: nobody listens), settings of the route, outcomes that must and that may come up."""
    drip = {"reply": "250 " + "x" * 400, "drip": 0.2}
    return [
        ("refuses connections", None, {}, {"not_tried"}, set()),
        ("greylists", {"steps": {"rcpt": ["451 4.7.1 later"] * 3 + ["250 2.1.5 fine"]}}, {}, {"deferred"}, {"accepted"}),
        ("refuses our sender", at("mail", "550 5.7.1 you may not"), {}, {"refused"}, {"not_tried"}),
        ("does not know our sender", at("mail", "550 5.1.1 unknown user"), {}, {"refused"}, {"not_tried"}),
        ("refuses for reputation", at("rcpt", "550 5.1.1 poor reputation"), {}, {"refused"},
         {"not_tried"}),
        ("refuses the rate", at("rcpt", "550 rate limit exceeded"), {}, {"refused"}, {"not_tried"}),
        ("refuses the content", at("dot", "554 5.6.0 content rejected"), {}, {"refused"},
         {"not_tried"}),
        ("421 instead of a greeting", {"greeting": "421 4.3.2 full"}, {}, {"not_tried"}, set()),
        ("421 in the middle", {"recipients": {TWO: {"rcpt": {"reply": "421 4.3.2 bye", "then": "close"}}}}, {},
         {"deferred"}, {"accepted", "not_tried"}),
        ("closes after MAIL", at("mail", {"then": "close"}), {}, {"not_tried"}, {"deferred"}),
        ("closes after RCPT", at("rcpt", {"then": "close"}), {}, {"deferred"}, {"not_tried"}),
        ("closes after DATA", at("data", {"then": "close"}), {}, {"deferred"}, {"not_tried"}),
        ("closes after the dot, mail taken", at("dot", {"store": True, "then": "close"}), {}, {"unknown"},
         {"not_tried"}),
        ("closes after the dot, mail not taken", at("dot", {"store": False, "then": "close"}), {}, {"unknown"},
         {"not_tried"}),
        ("takes the mail and hangs", at("dot", {"store": True, "then": "hang"}), {}, {"unknown"}, {"not_tried"}),
        ("takes the mail and closes before QUIT", at("dot", {"ok": True, "then": "close"}), {}, {"accepted"},
         {"not_tried"}),
        ("never greets", {"greeting": {"then": "hang"}}, {}, {"not_tried"}, set()),
        ("drips its greeting", {"greeting": dict(drip, reply="220 " + "x" * 400)}, {}, {"not_tried"}, set()),
        ("drips its answer to RCPT", at("rcpt", drip), {}, {"deferred"}, {"not_tried"}),
        ("drips its answer to the dot", at("dot", drip), {}, {"unknown"}, {"not_tried"}),
        ("lines without end", at("rcpt", {"endless": "lines"}), {}, {"deferred"}, {"not_tried"}),
        ("a line without end", at("rcpt", {"endless": "line"}), {}, {"deferred"}, {"not_tried"}),
        ("noise for an answer", at("rcpt", {"raw": "\x00\xff\xfe what\r\n"}), {}, {"deferred"}, {"not_tried"}),
        ("answers beyond ASCII", at("rcpt", "250 2.1.5 caf\u00e9 \x1b[31m"), {}, {"accepted"}, set()),
        ("offers STARTTLS and closes", {"tls": ("good", {"fail": "close"})}, "tls", {"not_tried"}, set()),
        ("offers STARTTLS and talks rubbish", {"tls": ("good", {"fail": "garbage"})}, "tls", {"not_tried"}, set()),
        ("injects bytes behind STARTTLS", {"tls": ("good", {"inject": "250 fine\r\n"})}, "tls", {"not_tried"}, set()),
        ("an expired certificate", {"tls": ("expired", {})}, "tls", {"not_tried"}, set()),
        ("a certificate of somebody else", {"tls": ("wrong", {})}, "tls", {"not_tried"}, set()),
        ("no capabilities behind TLS", {"tls": ("good", {}), "tls_keywords": []}, "tls", {"accepted"}, set()),
        ("hangs in the handshake", {"tls": ("good", {}), "steps": {"starttls": {"reply": "220 go", "then": "hang"}}},
         "tls", {"not_tried"}, set()),
    ]


class Bench:
    """Gateways with three waiting mails, as many as tests run at once."""

    def __init__(self):
        self.free = queue.Queue()
        self.all = []
        for _ in range(AT_ONCE):
            g = sending.Sending()
            self.all.append(g)
            g.companies({i: ["info@c%d.example" % i] for i in (1, 2, 3)})
            g.incident("rdp", (1, 2, 3))
            g.save()
            self.free.put(g)
        self.number = 0
        self.lock = threading.Lock()

    def peer(self, g, script):
        with self.lock:
            self.number += 1
            number = self.number
        return smtp_peer.Peer(g.path("taken%d" % number), script).start()

    def end(self):
        for g in self.all:
            g.__exit__(None, None, None)


def run_row(bench, script, settings, must, may):
    g = bench.free.get()
    script = dict(script or {})
    if "tls" in script:
        name, more = script["tls"]
        script["tls"] = dict(cert(name), **more)
    bad, good = bench.peer(g, script), bench.peer(g, {})
    settings = required() if settings == "tls" else dict(settings)
    if not script:
        settings["port"] = free_port()
    try:
        g.restore()
        g.configure(routes=[sending.route(bad, name="bad", connections=1, timeout="1s", **settings),
                            sending.route(good, name="good", backup=True)], deliver='retry = "1s";')
        start = time.monotonic()
        done = g.run("deliver", "--drain", "--seconds", "4", timeout=LIMIT)
        took = time.monotonic() - start
        equal(set(g.mail_states().values()), {"accepted"}, "states\n%s" % done)
        outcomes = {o for (o,) in g.query("SELECT outcome FROM attempt WHERE route = 'bad'")}
        assert must <= outcomes <= must | may, "the ledger says %s, not %s\n%s" % (outcomes, must, done)
        # "not_tried": the session had nothing to do and ended while the mail was on its way to it
        good_ones = {o for (o,) in g.query("SELECT outcome FROM attempt WHERE route = 'good'")}
        assert good_ones <= {"accepted", "not_tried"}, good_ones
        equal(g.query("SELECT DISTINCT state FROM contact"), [("unproven",)], "contacts")
        twice = g.check_sent(bad.store.mails() + good.store.mails())
        return "%.1f s, %d twice" % (took, twice)
    finally:
        bad.stop()
        good.stop()
        bench.free.put(g)


def main():
    global CERTS
    t = Tap()
    gateway.limit_time(900)
    bench = Bench()
    CERTS = bench.all[0].path("certs")
    smtp_peer.make_certs(CERTS)
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            started = [(name, pool.submit(run_row, bench, *row)) for name, *row in rows()
                       if len(sys.argv) < 2 or sys.argv[1] in name]
            for name, future in started:
                t.run(name, lambda f=future: print("# " + f.result()))
    finally:
        bench.end()
    t.done()


if __name__ == "__main__":
    main()
