#!/usr/bin/env python3
"""deliver_peer: deliver_run() against far sides that behave and misbehave; prints TAP.

One row a behaviour: what the peer does, what each mail must come to (outcome, reply code, enhanced code, stage), how
many mails the peer holds afterwards.  A row that does not end within LIMIT seconds fails.  Rows mostly wait, so some
of them run at once; each has a peer, a port and a store of its own.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

TOP = os.environ.get("top_srcdir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
BUILD = os.environ.get("top_builddir", ".")
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

import smtp_peer  # noqa: E402

DRIVER = os.path.join(BUILD, "tests", "lib", "deliver_one")
LIMIT = 60
AT_ONCE = 4
CERTS = ""

A, B, C = "an@example.nl", "bo@example.nl", "cor@example.nl"
OK = ("accepted", 250, "2.0.0", "dot")
BIG = "size=24000000"  # more than the socket buffers of both sides hold


def row(name, script, want, stored, args=(), to=(A,), text=None, trouble=None, never=None, always=None):
    return dict(name=name, script=script, want=want, stored=stored, args=args, to=to, text=text, trouble=trouble,
                never=never, always=always)


def recipients(**steps):
    return {"recipients": {A: steps}}


def tls(cert, **more):
    return dict({"cert": os.path.join(CERTS, cert + ".pem"), "key": os.path.join(CERTS, cert + ".key")}, **more)


def required(*more):
    return ("tls=required", "tls_name=mail.example.nl", "ca=" + os.path.join(CERTS, "ca.pem")) + more


def not_tried(stage, code=0):
    return ("not_tried", code, "-", stage)


def envelope_rows():
    deny = {A: {"rcpt": "550 5.1.1 unknown"}, B: {"rcpt": "451 4.2.0 greylisted"}}
    return [
        row("three mails go out in one session", {}, [OK, OK, OK], 3, to=(A, B, C)),
        row("an answer for each recipient, the session goes on", {"recipients": deny},
            [("refused", 550, "5.1.1", "rcpt"), ("deferred", 451, "4.2.0", "rcpt"), OK], 1, to=(A, B, C),
            never="2 EHLO"),
        row("refused and answered 354 to DATA all the same",
            {"recipients": {A: {"rcpt": "550 5.1.1 unknown", "data": "354 go"}}, "steps": {"data": "354 go"}},
            [("refused", 550, "5.1.1", "rcpt"), OK], 1, to=(A, B)),
        row("greylisted, then taken", recipients(rcpt=["450 4.7.1 later", "250 2.1.5 fine"]),
            [("deferred", 450, "4.7.1", "rcpt"), OK], 1, to=(A, A)),
        row("MAIL 451", {"steps": {"mail": ["451 4.3.0 busy", "250 2.1.0 fine"]}},
            [("deferred", 451, "4.3.0", "mail"), OK], 1, to=(A, B)),
        row("MAIL 552", {"steps": {"mail": "552 5.3.4 too big"}}, [("refused", 552, "5.3.4", "mail")], 0),
        row("MAIL 530 is no word on the mail", {"steps": {"mail": "530 5.7.0 log in first"}},
            [("deferred", 530, "5.7.0", "mail")], 0),
        row("DATA 451", recipients(data="451 4.3.0 busy"), [("deferred", 451, "4.3.0", "data"), OK], 1, to=(A, B)),
        row("DATA 554", recipients(data="554 5.7.1 no"), [("refused", 554, "5.7.1", "data")], 0),
        row("dot 451", recipients(dot="451 4.3.0 busy"), [("deferred", 451, "4.3.0", "dot"), OK], 1, to=(A, B)),
        row("dot 554", recipients(dot="554 5.6.0 no such mail"), [("refused", 554, "5.6.0", "dot"), OK], 1,
            to=(A, B)),
        row("a half enhanced code is not made whole", recipients(rcpt="550 5.7 is all we say"),
            [("refused", 550, "-", "rcpt")], 0, text="5.7 is all we say"),
        row("lines of a reply are joined", recipients(rcpt="550-5.1.1 first\n550 5.1.1 second"),
            [("refused", 550, "5.1.1", "rcpt")], 0, text="first second"),
        row("lines of a refusal with codes of their own", recipients(rcpt="550-5.1.1 unknown\n550 see postmaster"),
            [("refused", 550, "5.1.1", "rcpt"), OK], 1, to=(A, B), text="unknown see postmaster", never="2 EHLO"),
        row("the last of several enhanced codes counts", recipients(rcpt="550-5.7.1 first\n550 5.1.1 last"),
            [("refused", 550, "5.1.1", "rcpt")], 0, text="first last"),
        row("taken, in lines with codes of their own",
            {"recipients": {A: {"dot": "250-2.6.0 <x> Queued mail\n250 2.1.5 for delivery"},
                            B: {"dot": "250-2.0.0 ok\n250 done"}, C: {"dot": "250-ok\n250 2.0.0 done"}}},
            [("accepted", 250, "2.1.5", "dot"), OK, OK], 3, to=(A, B, C), text="<x> Queued mail for delivery"),
        row("bytes beyond ASCII are made printable", recipients(rcpt="550 5.1.1 caf\u00e9 \x1b[31m"),
            [("refused", 550, "5.1.1", "rcpt")], 0, text=r"caf\? \?\[31m"),
        row("without PIPELINING, DSN and enhanced codes", {"keywords": ["SIZE 1000000"]}, [OK, OK], 2, to=(A, B),
            args=("dsn=1", "envid=e1"), never="NOTIFY|ENVID"),
        row("HELO where EHLO is not known", {"steps": {"ehlo": "502 5.5.1 no"}}, [OK], 1, always="1 HELO gateway"),
        row("CHUNKING is not used", {"keywords": ["PIPELINING", "CHUNKING", "DSN"]}, [OK, OK], 2, to=(A, B),
            never="BDAT"),
        row("a short session", {}, [OK, OK, OK], 3, to=(A, B, C), args=("per_session=1",), always="3 EHLO"),
    ]


def ending_rows():
    return [
        row("greeting 421", {"greeting": "421 4.3.2 full"}, [not_tried("connect", 421)], 0, trouble="full"),
        row("greeting 554", {"greeting": "554 5.7.1 go away"}, [not_tried("connect", 554)], 0, trouble="go away"),
        row("no greeting", {"greeting": {"then": "hang"}}, [not_tried("connect")], 0, trouble="greeting"),
        row("closed instead of a greeting", {"greeting": {"then": "close"}}, [not_tried("connect")], 0),
        row("EHLO 554", {"steps": {"ehlo": "554 5.7.1 not you"}}, [not_tried("connect", 554)], 0, trouble="not you"),
        row("EHLO 421", {"steps": {"ehlo": "421 4.3.2 not now"}}, [not_tried("connect", 421)], 0, trouble="not now"),
        row("closed after MAIL", {"steps": {"mail": {"then": "close"}}}, [not_tried("mail")], 0),
        row("silence after MAIL", {"steps": {"mail": {"then": "hang"}}}, [not_tried("mail")], 0),
        row("closed after RCPT", recipients(rcpt={"then": "close"}), [("deferred", 0, "-", "rcpt")], 0),
        row("421 at MAIL and close", {"steps": {"mail": {"reply": "421 4.3.2 bye", "then": "close"}}},
            [("deferred", 421, "4.3.2", "mail")], 0),
        row("421 at RCPT and close", recipients(rcpt={"reply": "421 4.3.2 bye", "then": "close"}),
            [("deferred", 421, "4.3.2", "rcpt"), OK], 1, to=(A, B), always="2 EHLO"),
        row("421 at the second mail", {"recipients": {B: {"rcpt": {"reply": "421 4.3.2 bye", "then": "close"}}}},
            [OK, ("deferred", 421, "4.3.2", "rcpt"), OK], 2, to=(A, B, C), always="2 EHLO"),
        row("closed after DATA", recipients(data={"then": "close"}), [("deferred", 0, "-", "data")], 0),
        row("silence after DATA", recipients(data={"then": "hang"}), [("deferred", 0, "-", "data")], 0),
        row("closed in the body", recipients(body={"read": 1000, "then": "close"}), [("deferred", 0, "-", "data")], 0,
            args=(BIG,)),
        row("a body that nobody reads", recipients(body={"read": 1000, "then": "hang"}),
            [("deferred", 0, "-", "data")], 0, args=(BIG,)),
        row("closed after the dot, taken", recipients(dot={"store": True, "then": "close"}),
            [("unknown", 0, "-", "dot")], 1),
        row("closed after the dot, not taken", recipients(dot={"store": False, "then": "close"}),
            [("unknown", 0, "-", "dot")], 0),
        row("silence after the dot", recipients(dot={"store": True, "then": "hang"}), [("unknown", 0, "-", "dot")], 1),
        row("unknown is that mail alone", {"recipients": {B: {"dot": {"store": True, "then": "close"}}}},
            [OK, ("unknown", 0, "-", "dot")], 2, to=(A, B)),
        row("421 to the dot", recipients(dot={"reply": "421 4.3.2 bye", "then": "close"}),
            [("deferred", 421, "4.3.2", "dot")], 0),
        row("taken, and closed before QUIT", recipients(dot={"ok": True, "then": "close"}), [OK], 1),
        row("closed at QUIT", {"steps": {"quit": {"then": "close"}}}, [OK], 1),
        row("silence at QUIT", {"steps": {"quit": {"then": "hang"}}}, [OK], 1),
        row("354 to the dot", recipients(dot="354 more please"), [("unknown", 0, "-", "dot")], 0),
        row("250 to DATA", recipients(data="250 2.0.0 fine"), [("deferred", 0, "-", "data")], 0),
    ]


def slow_rows():
    return [
        row("a greeting that drips", {"greeting": {"reply": "220 " + "x" * 400, "drip": 0.1}}, [not_tried("connect")],
            0, trouble="too slow"),
        row("an answer to RCPT that drips", recipients(rcpt={"reply": "250 " + "x" * 400, "drip": 0.1}),
            [("deferred", 0, "-", "rcpt")], 0, trouble="too slow"),
        row("an answer to the dot that drips", recipients(dot={"reply": "250 " + "x" * 400, "drip": 0.1}),
            [("unknown", 0, "-", "dot")], 1, trouble="too slow"),
        row("an answer that drips but is in time", recipients(dot={"reply": "250 2.0.0 ok", "drip": 0.02}), [OK], 1),
        row("a line without end", recipients(rcpt={"endless": "line"}), [("deferred", 0, "-", "rcpt")], 0),
        row("lines without end", recipients(rcpt={"endless": "lines"}), [("deferred", 0, "-", "rcpt")], 0),
        row("lines without end to EHLO", {"steps": {"ehlo": {"endless": "lines"}}}, [not_tried("connect")], 0,
            trouble="without an end"),
        row("lines without end to the dot", recipients(dot={"endless": "lines"}), [("unknown", 0, "-", "dot")], 0),
        row("no reply at all but noise", recipients(rcpt={"raw": "\x00\xff\xfe what\r\n"}),
            [("deferred", 0, "-", "rcpt")], 0),
        row("a code of four digits", recipients(rcpt={"raw": "2500 fine\r\n"}), [("deferred", 2500, "-", "rcpt")], 0),
        row("codes that differ within a reply", recipients(rcpt="250-fine\n550 not fine"),
            [("deferred", 0, "-", "rcpt")], 0, trouble="different codes .*: 550 not fine"),
        row("an answer to the dot that is cut off", recipients(dot={"raw": "250 2.0.0 Ok: queued a", "then": "close"}),
            [("unknown", 0, "-", "dot")], 0),
        row("a refusal that is cut off", recipients(rcpt={"raw": "550 5.1.1 no s", "then": "close"}),
            [("deferred", 0, "-", "rcpt")], 0),
        row("cut off between two lines", recipients(dot={"raw": "250-2.0.0 Ok\r\n", "then": "close"}),
            [("unknown", 0, "-", "dot")], 0),
        row("an answer that is a code alone", recipients(dot={"raw": "250\r\n", "store": True}),
            [("accepted", 250, "-", "dot"), OK], 2, to=(A, B)),
        row("an answer that ends in a code alone", recipients(dot={"raw": "250-all\r\n250\r\n", "store": True}),
            [("accepted", 250, "-", "dot")], 1, text="all"),
        row("a refusal that is a code alone", recipients(rcpt={"raw": "550\r\n"}),
            [("refused", 550, "-", "rcpt"), OK], 1, to=(A, B), never="2 EHLO"),
        row("answers without text", {"steps": {"mail": "250 2.1.0", "rcpt": "250 ", "dot": "250 2.0.0"}}, [OK], 1),
    ]


def tls_rows():
    sure = required()
    rows = [
        row("STARTTLS, certificate verified", {"tls": tls("good")}, [OK, OK], 2, to=(A, B), args=sure),
        row("two TLS sessions in one process", {"tls": tls("good")}, [OK, OK], 2, to=(A, B),
            args=sure + ("per_session=1",), always="2 STARTTLS"),
        row("certificate for the address", {"tls": tls("address")}, [OK], 1,
            args=("tls=required", "ca=" + os.path.join(CERTS, "ca.pem"))),
        row("opportunistic takes any certificate", {"tls": tls("self")}, [OK], 1, args=("tls=opportunistic",)),
        row("opportunistic goes in clear where no TLS is offered", {}, [OK], 1, args=("tls=opportunistic",)),
        row("required and not offered", {}, [not_tried("tls")], 0, args=sure, trouble="requires it"),
        row("required and 454", {"tls": tls("good"), "steps": {"starttls": "454 4.7.0 not today"}},
            [not_tried("tls", 454)], 0, args=sure, trouble="not today"),
        row("opportunistic and 454", {"tls": tls("good"), "steps": {"starttls": "454 4.7.0 not today"}},
            [not_tried("tls", 454)], 0, args=("tls=opportunistic",), trouble="not today"),
        row("offered and closed", {"tls": tls("good", fail="close")}, [not_tried("tls")], 0, args=sure,
            trouble="handshake"),
        row("offered and garbage", {"tls": tls("good", fail="garbage")}, [not_tried("tls")], 0,
            args=("tls=opportunistic",), trouble="handshake|forges"),
        row("answers forged behind the 220", {"tls": tls("good", inject="250 fake\r\n250 fake\r\n250 fake\r\n")},
            [not_tried("tls")], 0, args=sure, trouble="forges", never="MAIL"),
        row("the same, opportunistic", {"tls": tls("good", inject="250 fake\r\n")}, [not_tried("tls")], 0,
            args=("tls=opportunistic",), trouble="forges", never="MAIL"),
        row("keywords gone after TLS", {"tls": tls("good"), "tls_keywords": []}, [OK], 1,
            args=sure + ("dsn=1", "envid=e1"), never="NOTIFY"),
        row("TLS, closed after the dot", {"tls": tls("good"), "recipients": {A: {"dot": {"store": True, "then": "close"}}}},
            [("unknown", 0, "-", "dot")], 1, args=sure),
        row("TLS, a body that nobody reads",
            {"tls": tls("good"), "recipients": {A: {"body": {"read": 1000, "then": "hang"}}}},
            [("deferred", 0, "-", "data")], 0, args=sure + (BIG,)),
    ]
    for cert, why in (("self", "self-signed"), ("expired", "expired"), ("wrong", "mismatch")):
        rows.append(row("certificate " + cert, {"tls": tls(cert)}, [not_tried("tls")], 0, args=sure, trouble=why,
                        never="MAIL"))
    return rows


def auth_rows():
    user = ("user=post", "password=geheim")
    users = {"post": "geheim"}
    auth = {"tls": tls("good"), "users": users}
    return [
        row("AUTH under TLS", auth, [OK, OK], 2, args=required() + user, to=(A, B), always="AUTH PLAIN"),
        row("AUTH LOGIN", dict(auth, tls_keywords=["AUTH LOGIN"]), [OK], 1, args=required() + user,
            always="AUTH LOGIN"),
        row("AUTH in clear where that is allowed", {"users": users}, [OK], 1, args=user + ("auth_in_clear=1",)),
        row("AUTH 535, tried once", dict(auth, users={"post": "anders"}), [not_tried("auth", 535)], 0,
            args=required() + user, trouble="authentication refused", never="AUTH.*AUTH|MAIL"),
        row("AUTH 454", dict(auth, steps={"auth": "454 4.7.0 later"}), [not_tried("auth", 454)], 0,
            args=required() + user, trouble="authentication refused", never="MAIL"),
        row("AUTH gone after TLS", dict(auth, tls_keywords=["PIPELINING"]), [not_tried("auth")], 0,
            args=required() + user, trouble="no authentication", never="MAIL"),
        row("the password stays here under a certificate of nobody", {"tls": tls("self"), "users": users},
            [not_tried("auth")], 0, args=("tls=opportunistic",) + user, trouble="self-signed", never="AUTH|MAIL"),
        row("the password stays here where TLS is not offered", {"users": users}, [not_tried("auth")], 0,
            args=("tls=opportunistic",) + user, never="AUTH|MAIL"),
    ]


def own_rows():
    refused = [("refused", 0, "-", "check")]
    return [
        row("addresses that are commands stay here", {}, refused + [OK], 1, to=("x@example.nl>\r\nRCPT TO:<y", A),
            never="RCPT TO:<y"),
        row("SMTPUTF8 is not there", {}, refused, 0, to=("caf\u00e9@example.nl",), text="SMTPUTF8"),
        row("an envelope id that is too long", {}, refused, 0, args=("dsn=1", "envid=" + "e" * 101)),
        row("the null reverse path", {}, [OK], 1, args=("from=",), always="MAIL FROM:<>"),
        row("a worker killed before the answer to RCPT", recipients(rcpt={"then": "hang"}),
            [("deferred", 0, "-", "killed")], 0, args=("timeout=30", "watchdog=4000")),
        row("a worker killed after the dot", {"recipients": {B: {"dot": {"store": True, "then": "hang"}}}},
            [OK, ("unknown", 0, "-", "killed"), not_tried("killed")], 2, to=(A, B, C),
            args=("timeout=30", "watchdog=4000")),
        row("a worker killed in the body", recipients(body={"read": 1000, "then": "hang"}),
            [("deferred", 0, "-", "killed")], 0, args=("timeout=30", "watchdog=4000", BIG)),
    ]


def run_driver(port, args, to, limit=LIMIT):
    command = [DRIVER, "port=%d" % port, "timeout=2"] + list(args) + ["to=" + t for t in to]
    return subprocess.run(command, capture_output=True, timeout=limit, check=False)


def results_of(output):
    out = {}
    for m in re.finditer(r"^result (\d+) (\S+) (\d+) (\S+) (\S+) (.*)$", output, re.M):
        number = int(m.group(1))
        if number in out:
            raise AssertionError("two results for mail %d" % number)
        out[number] = (m.group(2), int(m.group(3)), m.group(4), m.group(5)), m.group(6)
    return out


def check(cond, what):
    if not cond:
        raise AssertionError(what)


def check_row(r, output, peer):
    results = results_of(output)
    got = [results[i][0] for i in sorted(results)]
    commands = "\n".join(peer.store.commands())
    trouble = "\n".join(re.findall(r"^session \d \d\|[^|]*\|(.*)$", output, re.M))
    check(got == r["want"], "got %r, want %r" % (got, r["want"]))
    check(len(peer.store.mails()) == r["stored"], "peer holds %d mails" % len(peer.store.mails()))
    if r["text"]:
        check(re.search(r["text"], results[1][1]), "text %r" % results[1][1])
    if r["trouble"]:
        check(re.search(r["trouble"], trouble), "trouble %r" % trouble)
    if r["never"]:
        check(not re.search(r["never"], commands, re.S), "commands:\n" + commands)
    if r["always"]:
        check(re.search(r["always"], commands), "commands:\n" + commands)


def run_row(r):
    folder = tempfile.mkdtemp()
    try:
        with smtp_peer.Peer(folder, r["script"]) as peer:
            output = run_driver(peer.port, r["args"], r["to"])
            try:
                check(output.stderr == b"" and output.returncode == 0, output.stderr.decode("utf-8", "replace"))
                check_row(r, output.stdout.decode(), peer)
            except AssertionError as e:
                raise AssertionError("%s\n%s" % (e, output.stdout.decode())) from None
    finally:
        shutil.rmtree(folder)


def bytes_arrive_unchanged():
    """The mail, the parameters of the envelope and the order are what was handed over."""
    header = ("Received: from a by b\r\nX-Lang: %s\r\n door\r\nDate: Sun, 22 Nov 2026 05:55:00 +0000\r\n"
              "From: Meldpunt <meldpunt@example.nl>\r\nTo: an@example.nl\r\nMessage-ID: <1.a@example.nl>\r\n"
              "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n" % ("x" * 900))
    bodies = ["", ".\r\n", "..\r\n.a\r\n", "a\r\n.\r\nMAIL FROM:<x@example.nl>\r\n", "=20\r\n" * 40000, "\r\n\r\n",
              "x" * 998 + "\r\n"]
    for keywords in (["PIPELINING", "DSN", "SIZE 0", "CHUNKING"], ["DSN"]):
        for body in bodies:
            folder = tempfile.mkdtemp()
            mail = (header + body).encode()
            path = os.path.join(folder, "mail")
            with open(path, "wb") as f:
                f.write(mail)
            with smtp_peer.Peer(os.path.join(folder, "store"), {"keywords": keywords}) as peer:
                run_driver(peer.port, ("file=" + path, "dsn=1", "envid=a+b=c", "from=b+t@example.nl"), (A, B))
                kept = peer.store.mails()
            shutil.rmtree(folder)
            check([k[1] for k in kept] == [mail, mail], "bytes differ for body %r" % body[:40])
            check([k[0]["to"] for k in kept] ==
                  [[[a, "NOTIFY=FAILURE,DELAY ORCPT=rfc822;" + a]] for a in (A, B)], "recipients %r" % kept[0][0])
            check(re.fullmatch(r"(SIZE=%d )?RET=HDRS ENVID=a\+2Bb\+3Dc" % len(mail), kept[0][0]["from_params"]),
                  kept[0][0]["from_params"])
            check(kept[0][0]["from"] == "b+t@example.nl" and kept[0][0]["helo"] == "gateway.example.nl", "envelope")


def keywords_are_hidden_wherever_they_are_cut():
    """CHUNKING and ENHANCEDSTATUSCODES are found although the network cuts the reply anywhere."""
    reply = "250-peer.example.nl\r\n250-ENHANCEDSTATUSCODES\r\n250 CHUNKING\r\n"
    folder = tempfile.mkdtemp()
    steps = {"ehlo": {"raw": reply, "drip": 0.005}, "dot": "250-2.0.0 ok\n250 done"}
    with smtp_peer.Peer(folder, {"steps": steps}) as peer:
        output = run_driver(peer.port, (), (A,)).stdout.decode()
        check(" accepted 250 2.0.0 " in output, output)
        check("BDAT" not in "\n".join(peer.store.commands()), "BDAT was used")
    shutil.rmtree(folder)


def nobody_listens():
    """A port where nobody listens costs one mail a not_tried; the rest is not even claimed."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        output = run_driver(bound.getsockname()[1], (), (A, B)).stdout.decode()
    check("result 1 not_tried 0 - connect no connection to 127.0.0.1" in output, output)
    check("result 2" not in output, output)


def settings_that_cannot_work():
    """Unusable settings are errors that say what to do, before anything is tried."""
    rows = [("port=465", "587"), ("host=::1", "AAAA"), ("host=a b", "no host name"), ("helo=x y", "helo"),
            ("user=post", "go together"), ("per_session=0", "mails_per_session"), ("timeout=0", "timeout"),
            ("ca=/nonexistent", "ca_file"), ("tls_name=a>b", "tls_name")]
    for setting, want in rows:
        output = run_driver(2525, (setting,), (A,)).stdout.decode()
        check(output.startswith("error ") and want in output and "result" not in output,
              setting + ": " + output)


def all_tests():
    rows = [r for make in (envelope_rows, ending_rows, slow_rows, tls_rows, auth_rows, own_rows) for r in make()]
    out = [(r["name"], lambda r=r: run_row(r)) for r in rows]
    for f in (bytes_arrive_unchanged, keywords_are_hidden_wherever_they_are_cut, nobody_listens, settings_that_cannot_work):
        out.append((f.__name__.replace("_", " "), f))
    return out


def verdict(run):
    """None where it went well, else what went wrong."""
    try:
        run()
        return None
    except (AssertionError, subprocess.TimeoutExpired, OSError, KeyError) as e:
        return str(e)


def main():
    global CERTS
    CERTS = tempfile.mkdtemp()
    failed = 0
    try:
        smtp_peer.make_certs(CERTS)
        only = sys.argv[1] if len(sys.argv) > 1 else ""
        tests = [t for t in all_tests() if only in t[0]]
        print("1..%d" % len(tests), flush=True)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for number, wrong in enumerate(pool.map(lambda t: verdict(t[1]), tests), 1):
                name = tests[number - 1][0]
                failed += wrong is not None
                print("%s %d - %s" % ("ok" if wrong is None else "not ok", number, name))
                if wrong is not None:
                    print("\n".join("# " + line for line in wrong.split("\n")))
                sys.stdout.flush()
    finally:
        shutil.rmtree(CERTS)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
