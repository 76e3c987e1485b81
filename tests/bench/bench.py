#!/usr/bin/env python3
"""bench: how fast, against what, and at what cost.  bench.py [e2e|classify|match|intake|scale|postfix].

A figure is a line NAME<TAB>VALUE<TAB>UNIT on standard output; all else goes to standard error.  tests/bench/README says
what each figure means.  Everything happens in a folder below /tmp, over loopback, with a key made for it.
"""
import contextlib
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

TOP = os.environ.get("top_srcdir", os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..")))
BUILD = os.environ.get("top_builddir", os.getcwd())
HERE = os.path.join(TOP, "tests", "bench")
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

from signed_mail import SignedMail  # noqa: E402

SEINPOST = os.path.join(BUILD, "seinpost")
COMPANIES = int(os.environ.get("BENCH_COMPANIES", "10000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SHELL_MAILS, PYTHON_MAILS, ENTITIES, KEEP_EVERY = 60, 400, 100, 500
TICK = os.sysconf("SC_CLK_TCK")


def say(text):
    print(text, file=sys.stderr, flush=True)


def figure(name, value, unit):
    print("%s\t%s\t%s" % (name, value, unit), flush=True)


def spread(name, values, form="%.0f"):
    """The median; least and most for people."""
    say("%s: median " % name + form % statistics.median(values) + " (least " + form % min(values) + ", most "
        + form % max(values) + ", %d rounds)" % len(values))
    return statistics.median(values)


def run(*words, cwd=None, quiet=True):
    done = subprocess.run(words, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit("%s: exit %d\n%s%s" % (" ".join(words[:4]), done.returncode, done.stdout[-2000:],
                                               done.stderr[-2000:]))
    if not quiet:
        say(done.stdout.strip())
    return done.stdout


def ticks(pid):
    with open("/proc/%d/stat" % pid) as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


# ---- the gateway that is measured

def network(i):
    """A /29 of its own; public numbers, because nobody owns a private one.  Nothing is ever sent there."""
    return "%d.%d.%d.%d" % (11 + (i >> 21), i >> 13 & 255, i >> 5 & 255, (i & 31) * 8)


class Gateway:
    def __init__(self, folder, companies, findings=1, algorithm="ed25519"):
        self.folder = folder
        self.companies = companies
        self.home = os.path.join(folder, "gnupg")
        self.make(algorithm)
        self.fill(findings)

    def make(self, algorithm):
        if algorithm == "ed25519":
            run(SEINPOST, "init", self.folder)
        else:
            os.makedirs(self.home, mode=0o700)
            run("gpg", "--homedir", self.home, "--batch", "--passphrase", "", "--quick-gen-key",
                "Waarschuwingsdienst <waarschuwing@gateway.example>", algorithm, "sign", "never")
            run(SEINPOST, "init", self.folder, "--key", self.fingerprint())
        self.short_templates()
        path = os.path.join(self.folder, "seinpost.conf")
        text = open(path).read()
        text = re.sub(r'templates = "[^"]*"', 'templates = "templates"', text)
        text = re.sub(r"(routes = \(\s*\{[^}]*)\}", r"\1 connections = 2; mails_per_session = 5000; }", text)
        open(path, "w").write(text)

    def short_templates(self):
        """The templates of the program without the sections behind the answers: mails of 5 KB."""
        shutil.copytree(os.path.join(TOP, "templates"), os.path.join(self.folder, "templates"))
        path = os.path.join(self.folder, "templates", "nl", "warning.mustache")
        text = open(path).read()
        begin, end = text.index("HOE WEET U DAT"), text.index("Met vriendelijke groet")
        open(path, "w").write(text[:begin] + text[end:])

    def fingerprint(self):
        out = run("gpg", "--homedir", self.home, "--batch", "--with-colons", "--list-secret-keys")
        return next(line.split(":")[9] for line in out.splitlines() if line.startswith("fpr"))

    def seinpost(self, *words):
        return run(SEINPOST, *words, cwd=self.folder)

    def timed(self, *words):
        start = time.monotonic()
        self.seinpost(*words)
        return time.monotonic() - start

    def fill(self, findings):
        n = self.companies
        with open(os.path.join(self.folder, "register.csv"), "w") as f:
            f.write("company,kind,value,name,role,rank\n")
            for i in range(n):
                f.write("b%d,company,,Bedrijf %d BV,,\nb%d,mail,security@b%d.example,Jan de Vries,security,1\n"
                        "b%d,network,%s/29,,,\nb%d,domain,b%d.example,,,\n" % (i, i, i, i, i, network(i), i, i))
        self.feed = os.path.join(self.folder, "2026-11-20-scan_rdp-nl.csv")
        with open(self.feed, "w") as f:
            f.write('"timestamp","severity","ip","protocol","port","hostname","tag"\n')
            for i in range(n * findings):
                a, _, last = network(i % n).rpartition(".")
                f.write('"2026-11-20 10:00:00","high","%s.%d","tcp",3389,"host%d.b%d.example","rdp"\n'
                        % (a, int(last) + i // n, i // n, i % n))
        self.register_s = self.timed("company", "import", "register.csv")
        self.seinpost("incident", "open", "bench", "--title", "Extern bureaublad open", "--advice", "open-rdp")
        self.intake_s = self.timed("intake", "--incident", "bench", self.feed)
        self.match_s = self.timed("match")
        self.rows = n * findings
        shutil.copy(os.path.join(self.folder, "seinpost.db"), os.path.join(self.folder, "before.db"))

    def reset(self):
        for name in ("seinpost.db-wal", "seinpost.db-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(os.path.join(self.folder, name))
        shutil.copy(os.path.join(self.folder, "before.db"), os.path.join(self.folder, "seinpost.db"))

    def port(self, port):
        path = os.path.join(self.folder, "seinpost.conf")
        text = re.sub(r"port = \d+;", "port = %d;" % port, open(path).read(), count=1)
        open(path, "w").write(text)

    def homes(self):
        twin = os.path.join(self.home, ".agent2")
        return [self.home] + ([twin] if os.path.isdir(twin) else [])

    def agents(self):
        found = []
        for home in self.homes():
            out = run("gpg-connect-agent", "--homedir", home, "getinfo pid", "/bye")
            found.append(int(re.search(r"^D (\d+)", out, re.M).group(1)))
        return found

    def close(self):
        for home in self.homes():
            subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], stderr=subprocess.DEVNULL)


class Sink:
    """tests/bench/sink.c; all rivals send to one of these."""

    def __init__(self, folder, keep=0):
        port_file = os.path.join(folder, "port")
        self.kept = os.path.join(folder, "kept")
        with contextlib.suppress(FileNotFoundError):
            os.remove(port_file)
        shutil.rmtree(self.kept, ignore_errors=True)
        os.mkdir(self.kept)
        self.p = subprocess.Popen([os.path.join(BUILD, "tests", "bench", "sink"), "-k", str(keep), "-d", self.kept,
                                   port_file], stdout=subprocess.PIPE, text=True)
        while not (os.path.exists(port_file) and open(port_file).read().endswith("\n")):
            if self.p.poll() is not None:
                raise SystemExit("sink: exit %d" % self.p.returncode)
            time.sleep(0.01)
        self.port = int(open(port_file).read())

    def close(self):
        self.cpu = ticks(self.p.pid)
        self.p.send_signal(signal.SIGTERM)
        return int(self.p.communicate()[0])


class Watch(threading.Thread):
    """The most memory that any process of a tree ever held (VmHWM); the root is told by pid."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.over, self.most, self.who = pid, threading.Event(), 0, ""
        self.start()

    def tree(self, pid):
        yield pid
        with contextlib.suppress(OSError):
            for child in open("/proc/%d/task/%d/children" % (pid, pid)).read().split():
                yield from self.tree(int(child))

    def look(self, pid):
        with contextlib.suppress(OSError):
            text = open("/proc/%d/status" % pid).read()
            found = re.search(r"VmHWM:\s+(\d+) kB", text)
            if found and int(found.group(1)) > self.most:
                self.most = int(found.group(1))
                self.who = open("/proc/%d/cmdline" % pid).read().replace("\0", " ").strip()

    def run(self):
        while not self.over.wait(0.5):
            for pid in list(self.tree(self.pid)):
                if pid != os.getpid():
                    self.look(pid)

    def close(self):
        self.over.set()
        self.join()


def measured(words, cwd=None):
    """(seconds, CPU seconds of the program and its children, Watch)"""
    start = time.monotonic()
    p = subprocess.Popen(words, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    watch = Watch(p.pid)
    out, err = b"", b""
    reader = threading.Thread(target=lambda: p.stderr.read(), daemon=True)
    reader.start()
    out = p.stdout.read()
    _, status, usage = os.wait4(p.pid, 0)
    took = time.monotonic() - start
    p.returncode = os.waitstatus_to_exitcode(status)
    watch.close()
    if p.returncode != 0:
        raise SystemExit("%s: exit %d\n%s%s" % (" ".join(words[:3]), p.returncode, out.decode(), err.decode()))
    return took, usage.ru_utime + usage.ru_stime, watch


# ---- the rivals; each returns mails a second

def ours(g, keep=0, report=None):
    g.reset()
    sink = Sink(g.folder, keep)
    g.port(sink.port)
    before = [ticks(pid) for pid in g.agents()]
    took, cpu, watch = measured([SEINPOST, "warn", "bench", "--send"], cwd=g.folder)
    # an agent that was started meanwhile has done nothing before
    agents = [ticks(pid) for pid in g.agents()]
    agent_cpu = sum(agents) - sum(before)
    n = sink.close()
    if n != g.companies:
        raise SystemExit("%d mails for %d companies" % (n, g.companies))
    if report is not None:
        report.update(cpu=cpu / n * 1e6, agent=agent_cpu / n * 1e6, sink=sink.cpu / n * 1e6,
                      rss=watch.most / 1024, who=watch.who, seconds=took)
    return n / took


def check_kept(g):
    names = sorted(os.listdir(os.path.join(g.folder, "kept")))
    for name in names:
        signed, signature = SignedMail(open(os.path.join(g.folder, "kept", name), "rb").read()).signed_bytes()
        with open(os.path.join(g.folder, "signature"), "wb") as f:
            f.write(signature)
        with open(os.path.join(g.folder, "signed"), "wb") as f:
            f.write(signed)
        run("gpg", "--homedir", g.home, "--batch", "--verify", "signature", "signed", cwd=g.folder)
    return len(names)


def rival(g, mails, words):
    sink = Sink(g.folder)
    took, _, _ = measured([w.replace("PORT", str(sink.port)) for w in words], cwd=g.folder)
    n = sink.close()
    if n != mails:
        raise SystemExit("%s: %d mails of %d" % (words[0], n, mails))
    return n / took


def shell(g, entities):
    names = [entities[i % len(entities)] for i in range(SHELL_MAILS)]
    return rival(g, SHELL_MAILS, ["sh", os.path.join(HERE, "rival_shell.sh"), "PORT", g.home, g.fpr] + names)


def python(g, entities):
    return rival(g, PYTHON_MAILS, [sys.executable, os.path.join(HERE, "rival_python.py"), "PORT", g.home, g.fpr,
                                   str(PYTHON_MAILS)] + entities)


def floor(g, entities):
    return rival(g, g.companies, [os.path.join(BUILD, "tests", "bench", "floor"), "PORT", str(g.companies), g.fpr,
                                  ",".join(g.homes())] + entities)


def take_entities(g):
    """A warm-up run: both agents run afterwards, and its mails are what the rivals sign."""
    ours(g, keep=max(1, g.companies // ENTITIES))
    folder = os.path.join(g.folder, "entities")
    os.mkdir(folder)
    found = []
    for name in sorted(os.listdir(os.path.join(g.folder, "kept"))):
        raw = open(os.path.join(g.folder, "kept", name), "rb").read()
        path = os.path.join(folder, name)
        with open(path, "wb") as f:
            f.write(SignedMail(raw).signed_bytes()[0])
        found.append((path, len(raw)))
    say("mails of %d bytes" % statistics.median(size for _, size in found))
    return [path for path, _ in found]


@contextlib.contextmanager
def gateway(companies, **more):
    folder = tempfile.mkdtemp(prefix="sb", dir="/tmp")
    g = None
    try:
        g = Gateway(os.path.join(folder, "g"), companies, **more)
        g.fpr = g.fingerprint()
        yield g
    finally:
        if g is not None:
            g.close()
        shutil.rmtree(folder, ignore_errors=True)


def e2e():
    with gateway(COMPANIES) as g:
        entities = take_entities(g)
        rate = {"shell": [], "python": [], "ours": [], "floor": []}
        report = {}
        for i in range(ROUNDS):
            rate["shell"].append(shell(g, entities))
            rate["python"].append(python(g, entities))
            rate["ours"].append(ours(g, KEEP_EVERY, report))
            checked = check_kept(g)
            rate["floor"].append(floor(g, entities))
            say("round %d: " % (i + 1) + ", ".join("%s %.1f/s" % (k, v[-1]) for k, v in rate.items())
                + "; %d signatures verified by gpg" % checked)
        for name, other in (("gpg+msmtp", "shell"), ("gpgme+smtplib", "python"), ("floor", "floor")):
            ratios = [a / b for a, b in zip(rate["ours"], rate[other])]
            figure("ratio/" + name, "%.2f" % spread("ratio/" + name, ratios, "%.2f"), "x")
        for name, other in (("gpg+msmtp", "shell"), ("gpgme+smtplib", "python"), ("floor", "floor")):
            figure("rate/" + name, "%.1f" % spread("rate/" + name, rate[other], "%.1f"), "mails/s")
        figure("e2e/ed25519", "%.0f" % spread("e2e/ed25519", rate["ours"]), "mails/s")
        figure("cpu/gateway", "%.0f" % report["cpu"], "us/mail")
        figure("cpu/agents", "%.0f" % report["agent"], "us/mail")
        figure("cpu/sink", "%.0f" % report["sink"], "us/mail")
        say("largest process: " + report["who"])
        figure("rss", "%.1f" % report["rss"], "MiB")
    with gateway(min(COMPANIES, 600), algorithm="rsa3072") as g:
        ours(g)
        figure("e2e/rsa3072", "%.0f" % spread("e2e/rsa3072", [ours(g) for _ in range(ROUNDS)]), "mails/s")


def scale():
    """Does a mail cost more where there are more of them?"""
    large = int(os.environ.get("BENCH_LARGE", "140000"))
    with gateway(COMPANIES) as small, gateway(large) as big:
        ours(small)
        a, b = {}, {}
        before, rate, after = ours(small, report=a), ours(big, report=b), ours(small)
        figure("scale/mails", large, "mails")
        figure("scale/seconds", "%.1f" % b["seconds"], "s")
        figure("scale/rate", "%.0f" % rate, "mails/s")
        figure("scale/time", "%.3f" % ((before + after) / 2 / rate), "x")
        figure("scale/cpu", "%.3f" % (b["cpu"] / a["cpu"]), "x")
        figure("scale/rss", "%.1f" % b["rss"], "MiB")


def intake():
    with gateway(COMPANIES, findings=5) as g:
        figure("intake", "%.0f" % (g.rows / g.intake_s), "rows/s")


def match():
    with gateway(COMPANIES, findings=5) as g:
        figure("match", "%.0f" % (g.rows / g.match_s), "findings/s")


def intake_and_match():
    with gateway(COMPANIES, findings=5) as g:
        figure("match", "%.0f" % (g.rows / g.match_s), "findings/s")
        figure("intake", "%.0f" % (g.rows / g.intake_s), "rows/s")


# ---- classify

def hostile_mails(folder):
    """Mails that make parsers slow or dizzy; name -> bytes."""
    head = b"From: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\n"
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (i, i) for i in range(20000))
    mails = {
        "multiparts-in-multiparts": head + nested,
        "mails-in-mails": head + b"Content-Type: message/rfc822\r\n\r\n" * 50000,
        "many-parts": head + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"--x\r\n\r\na\r\n" * 200000,
        "brackets": b"From: " + b"(" * 1000000 + b"\r\n\r\nbody\r\n",
        "quotes-in-header": b"Subject: " + b"=?utf-8?q?=41?= " * 100000 + b"\r\n\r\nbody\r\n",
        "long-line": head + b"\r\n" + b"x" * 20000000,
        "header-without-end": b"X-Header: value\r\n" * 1000000,
        "folded": b"Subject: a\r\n" + b" b\r\n" * 1000000 + b"\r\nbody\r\n",
        "html": head + b"Content-Type: text/html\r\n\r\n" + b"<div><!--" * 1000000,
        "html-entities": head + b"Content-Type: text/html\r\n\r\n" + b"&#x41;&amp" * 500000,
        "base64": head + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QUJD\r\n" * 1000000,
        "quoted": head + b"\r\n" + b"> > > > 550 5.1.1 user unknown\r\n" * 300000,
        "addresses": head + b"\r\n" + b"<a@b.example>: 550 user unknown\r\n" * 300000,
        "at-signs": head + b"\r\n" + b"@" * 5000000,
        "report": head + b'Content-Type: multipart/report; boundary="x"\r\n\r\n--x\r\n'
                  b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a\r\n\r\n"
                  + b"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n" * 100000,
        "zeros": b"\0" * 5000000,
    }
    paths = []
    for name, mail in mails.items():
        paths.append(os.path.join(folder, name))
        with open(paths[-1], "wb") as f:
            f.write(mail)
    return paths


def mails_below(*folders):
    found = []
    for folder in folders:
        for at, _, names in os.walk(folder):
            found += [os.path.join(at, n) for n in names if n.endswith(".eml")]
    return sorted(found)


def classify():
    program = os.path.join(BUILD, "tests", "bench", "classify_rate")
    shared = os.environ.get("SEINPOST_SHARED", "")
    mails = mails_below(os.path.join(TOP, "tests", "data", "inbox"), os.path.join(shared, "corpus", "bounces"))
    rate, slow, name = run(program, "3", *mails).rstrip("\n").split("\t")
    say("classify: %d mails, the slowest %s ms (%s)" % (len(mails), slow, os.path.basename(name)))
    figure("classify", rate, "mails/s")
    with tempfile.TemporaryDirectory(prefix="sb", dir="/tmp") as folder:
        _, slow, name = run(program, "3", *hostile_mails(folder)).rstrip("\n").split("\t")
        say("classify/worst: " + os.path.basename(name))
        figure("classify/worst", slow, "ms")


# ---- behind a real Postfix

def postfix():
    """The same mails through a local Postfix: signed while they are sent, against signed before and only sent."""
    if shutil.which("postfix") is None or os.geteuid() != 0:
        say("postfix: not installed, or not root: skipped")
        return
    from bench_postfix import Postfix
    with gateway(min(COMPANIES, 3000)) as g, Postfix() as mta:
        ours(g)
        signed, sent = [], []
        for _ in range(ROUNDS):
            g.reset()
            g.port(mta.port)
            took, _, _ = measured([SEINPOST, "warn", "bench", "--send"], cwd=g.folder)
            signed.append(g.companies / took)
            mta.drain()
            g.reset()
            g.seinpost("warn", "bench")
            took, _, _ = measured([SEINPOST, "deliver", "--drain", "--seconds", "0"], cwd=g.folder)
            sent.append(g.companies / took)
            mta.drain()
        figure("postfix/signed", "%.0f" % spread("postfix/signed", signed), "mails/s")
        figure("postfix/unsigned", "%.0f" % spread("postfix/unsigned", sent), "mails/s")
        ratios = [a / b for a, b in zip(signed, sent)]
        figure("ratio/postfix", "%.2f" % spread("ratio/postfix", ratios, "%.2f"), "x")


def main():
    parts = {"e2e": [e2e], "classify": [classify], "match": [match], "intake": [intake], "scale": [scale],
             "postfix": [postfix], "": [e2e, classify, intake_and_match]}
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    if asked not in parts:
        raise SystemExit("BENCH is one of: " + " ".join(sorted(parts)))
    for part in parts[asked]:
        part()


main()
