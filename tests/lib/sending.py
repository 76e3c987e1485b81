"""Stores with mails that wait to be sent, and what the ledger and the far side say about them afterwards."""
import collections
import os
import shutil
import sqlite3
import subprocess

import gateway

CRASH_PROGRAM = os.path.join(gateway.BUILD, "tests", "crash", "seinpost-crash")
FINDING = '"2026-11-20 10:00:00","high","%s","tcp",3389,"","rdp"\n'
FINDINGS_HEAD = '"timestamp","severity","ip","protocol","port","hostname","tag"\n'
REGISTER_HEAD = "company,kind,value,name,status,language,vital,partner,role,rank\n"


def route(peer, name="smarthost", **more):
    settings = dict(name=name, host="127.0.0.1", port=peer.port, tls="none", helo="gateway.example", timeout="5s")
    settings.update(more)
    return settings


def address_of(i):
    return "2001:db8::%x" % i


class Sending(gateway.Gateway):
    """A gateway whose companies are numbered; company i owns 2001:db8::i and is reached at the addresses given."""

    def __init__(self):
        super().__init__()
        self.init()

    def companies(self, contacts):
        """contacts: number -> list of addresses, the first one first."""
        rows = [REGISTER_HEAD]
        for i, addresses in contacts.items():
            rows.append("c%d,company,,Bedrijf %d,participant,nl,,,,\n" % (i, i))
            rows.extend("c%d,mail,%s,,,,,,,%d\n" % (i, a, rank + 1) for rank, a in enumerate(addresses))
            rows.append("c%d,network,%s,,,,,,,\n" % (i, address_of(i)))
        self.write("register.csv", "".join(rows))
        self.run("company", "import", "register.csv")

    def incident(self, slug, numbers, severity="high", warn=True):
        """One finding of each company and (warn) the signed mails about them, waiting."""
        self.write("2026-11-20-scan_rdp-nl.csv", FINDINGS_HEAD + "".join(FINDING % address_of(i) for i in numbers))
        self.run("incident", "open", slug, "--title", "Extern bureaublad open", "--advice", "open-rdp", "--severity",
                 severity)
        self.run("intake", "--incident", slug, "2026-11-20-scan_rdp-nl.csv")
        self.run("match", slug)
        if warn:
            self.run("warn", slug, timeout=600)

    # ---- the store

    def query(self, text, *values):
        with sqlite3.connect(self.path("seinpost.db"), timeout=60) as db:
            return db.execute(text, values).fetchall()

    def save(self):
        """Remembers the store as it is now."""
        self.query("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.path("seinpost.db"), self.path("saved.db"))

    def restore(self):
        for name in ("seinpost.db", "seinpost.db-wal", "seinpost.db-shm"):
            if os.path.exists(self.path(name)):
                os.unlink(self.path(name))
        shutil.copy(self.path("saved.db"), self.path("seinpost.db"))

    def mail_states(self):
        return dict(self.query("SELECT env_to, state FROM mail"))

    def final_state(self):
        """What a run must come to, however often it was interrupted."""
        return {
            "mails": sorted(self.query("SELECT env_to, state FROM mail")),
            "warnings": sorted(self.query("SELECT c.ref, w.state, w.todo FROM warning w JOIN company c"
                                          " ON c.id = w.company_id")),
            "contacts": sorted(self.query("SELECT value, state FROM contact")),
            "calls": sorted(self.query("SELECT c.ref, x.reason, x.state FROM call_item x JOIN warning w"
                                       " ON w.id = x.warning_id JOIN company c ON c.id = w.company_id")),
            "open attempts": self.query("SELECT COUNT(*) FROM attempt WHERE ended_at IS NULL"),
        }

    def check_sent(self, taken):
        """Every accepted mail arrived, the same bytes each time, twice only where an attempt is unknown."""
        sent = {m: (i, to, bytes(b)) for i, to, m, b in self.query(
            "SELECT m.id, m.env_to, m.message_id, b.bytes FROM mail m JOIN mail_body b ON b.mail_id = m.id")}
        unknown = dict(self.query("SELECT mail_id, COUNT(*) FROM attempt WHERE outcome = 'unknown' GROUP BY mail_id"))
        accepted = {m for (m,) in self.query("SELECT message_id FROM mail WHERE state = 'accepted'")}
        times = collections.Counter()
        for envelope, body in taken:
            ids = [line[12:].strip() for line in body.decode("utf-8", "replace").split("\r\n\r\n")[0].split("\r\n")
                   if line.lower().startswith("message-id: ")]
            assert len(ids) == 1 and ids[0] in sent, "a mail that is not in the store: %r" % ids
            number, to, stored = sent[ids[0]]
            assert body == stored, "mail %d arrived with other bytes" % number
            assert [address for address, _ in envelope["to"]] == [to], envelope
            times[ids[0]] += 1
        for message_id in accepted:
            assert times[message_id] > 0, "%s is accepted and never arrived" % message_id
        for message_id, n in times.items():
            number = sent[message_id][0]
            assert n - 1 <= unknown.get(number, 0), "mail %d arrived %d times with %d unknown attempts" % (
                number, n, unknown.get(number, 0))
        return sum(n - 1 for n in times.values())

    # ---- the program that kills itself

    def run_to_crash(self, n, *args):
        """Number of steps where it ended alive, None where it died."""
        steps = self.path("steps")
        if os.path.exists(steps):
            os.unlink(steps)
        env = dict(self.environment(), SEINPOST_CRASH_AT=str(n), SEINPOST_CRASH_STEPS=steps)
        done = subprocess.run([CRASH_PROGRAM, *args], cwd=self.folder, env=env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False)
        if done.returncode == -9:
            return None
        assert done.returncode == 0, "exit %d: %s" % (done.returncode, done.stdout.decode("utf-8", "replace"))
        with open(steps, encoding="ascii") as f:
            return int(f.read())
