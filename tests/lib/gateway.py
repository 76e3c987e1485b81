"""A gateway of the test's own: a working directory below /tmp (short: sockets of gpg-agent live in it), and the program."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TOP = os.path.abspath(os.environ.get("top_srcdir", os.path.join(os.path.dirname(__file__), "..", "..")))
BUILD = os.path.abspath(os.environ.get("top_builddir", os.path.join(TOP, "build")))
PROGRAM = os.path.join(BUILD, "seinpost")

CONF = """
store = "{store}";
templates = "{top}/templates";
advice = "{top}/etc/advice.tsv";
deadline_days = 14;
gateway = {{
  name = "Waarschuwingsdienst";
  organisation = "Stichting Waarschuwingsdienst (proef)";
  from = "waarschuwing@post.example";
  reply_address = "antwoord@post.example";
  bounce_address = "bounces@post.example";
  phone = "+31 20 5550100";
  website = "www.post.example";
}};
sign = {{ home = "{home}"; fingerprint = "{fingerprint}"; }};
deliver = {{ give_up = "2h"; {deliver} }};
token_keys = ( {token_keys} );
routes = ( {routes} );
inboxes = ( {inboxes} );
{more}
"""


def setting(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else '"%s"' % value


def groups(*items):
    return ", ".join("{ %s }" % " ".join("%s = %s;" % (k, setting(v)) for k, v in item.items()) for item in items)


class Done:
    """A command that has ended."""

    def __init__(self, args, status, out, err):
        self.args, self.status, self.out, self.err = args, status, out, err

    def __str__(self):
        return "seinpost %s: exit %d\n%s%s" % (" ".join(self.args), self.status, self.out[-3000:], self.err[-3000:])


class Gateway:
    program = PROGRAM

    def __init__(self, wrapper=()):
        self.folder = tempfile.mkdtemp(prefix="sp.", dir="/tmp")
        self.wrapper = list(wrapper)
        self.daemons = []
        self.conf = self.path("seinpost.conf")

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def environment(self):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("SEINPOST_CONFIG", "GNUPGHOME", "LC_", "LANG"))}
        env.update(HOME=self.folder, LC_ALL="C.UTF-8")
        return env

    def run(self, *args, status=0, stdin=b"", timeout=120, limits=None):
        """Runs the program in the working directory; an exit status other than expected is an error (None: any)."""
        try:
            done = subprocess.run(self.wrapper + [self.program] + list(args), cwd=self.folder,
                                  input=stdin, timeout=timeout,
                                  env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                                  preexec_fn=limits)
        except subprocess.TimeoutExpired as e:
            raise AssertionError("seinpost %s: no end after %d s\n%s" % (
                " ".join(args), timeout, (e.stderr or b"").decode("utf-8", "replace")[-3000:])) from None
        result = Done(args, done.returncode, done.stdout.decode("utf-8", "replace"),
                      done.stderr.decode("utf-8", "replace"))
        if status is not None and result.status != status:
            raise AssertionError("wanted exit %d: %s" % (status, result))
        return result

    def json(self, *args, **more):
        """A listing as Python values: one JSON document, or one a line."""
        text = self.run(*args, "--format", "json", **more).out
        try:
            return json.loads(text)
        except ValueError:
            return [json.loads(line) for line in text.splitlines()]

    def init(self):
        self.run("init", self.folder)
        return self

    def configure(self, routes=(), inboxes=(), deliver="", store="seinpost.db", more=""):
        """Writes the configuration anew around the key and secrets that init made."""
        with open(self.conf, encoding="utf-8") as f:
            old = f.read()
        home = re.search(r'\bhome\s*=\s*"([^"]*)"', old).group(1)
        self.fingerprint = re.search(r'fingerprint\s*=\s*"([^"]*)"', old).group(1)
        self.home = os.path.join(self.folder, home)
        tokens = re.search(r"token_keys\s*=\s*\((.*?)\);", old, re.S).group(1).strip()
        with open(self.conf, "w", encoding="utf-8") as f:
            f.write(CONF.format(top=TOP, store=store, home=home, fingerprint=self.fingerprint, deliver=deliver, token_keys=tokens,
                                routes=groups(*routes), inboxes=groups(*inboxes), more=more))
        return self

    def secret(self, name, text):
        path = self.path(name)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as f:
            f.write(text)
        return path

    def write(self, name, data):
        with open(self.path(name), "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return self.path(name)

    def start(self, *args):
        """A command in the background, in a process group of its own."""
        log = open(self.path("daemon.log"), "ab")
        process = subprocess.Popen(self.wrapper + [self.program] + list(args),
                                   cwd=self.folder, env=self.environment(),
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        log.close()
        self.daemons.append(process)
        return process

    def log(self):
        try:
            with open(self.path("daemon.log"), encoding="utf-8", errors="replace") as f:
                return f.read()
        except FileNotFoundError:
            return ""

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        for p in self.daemons:
            try:
                os.killpg(p.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            p.wait()
        for root, folders, _ in os.walk(self.folder):
            if "private-keys-v1.d" in folders:
                subprocess.run(["gpgconf", "--homedir", root, "--kill", "all"], check=False, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
        shutil.rmtree(self.folder, ignore_errors=True)


def wait_for(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("waited %d s in vain for: %s" % (seconds, what))
        time.sleep(0.1)


def limit_time(seconds):
    """Ends the test program where it hangs; finally blocks run."""

    def ring(*_):
        raise TimeoutError("the whole test took more than %d s" % seconds)

    signal.signal(signal.SIGALRM, ring)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.alarm(seconds)
