#!/usr/bin/env python3
"""property: on random registers every mail holds exactly the rows of its own company; prints TAP.

A naive matcher written here decides whose each finding is: every network and every suffix is looked at, without any
index.  Networks nest and repeat, companies share domains, findings lie inside, beside and outside of them.
The mails are read with Python's email from the files that "preview --out" writes.
"""
import csv
import io
import ipaddress
import os
import random
import sys

TOP = os.environ.get("top_srcdir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

from gateway import Gateway, limit_time  # noqa: E402
from signed_mail import read_folder  # noqa: E402
from tap import Tap, equal  # noqa: E402

SEEDS = (1, 2, 3, 4)
COMPANIES, FINDINGS = 25, 250
BLOCKS = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8:7::/48")


class Register:
    """Random companies with networks and domains that overlap as they like."""

    def __init__(self, rng):
        self.networks = []
        self.domains = []
        self.refs = ["c%02d" % i for i in range(COMPANIES)]
        for ref in self.refs:
            for _ in range(rng.randint(0, 3)):
                self.networks.append((ipaddress.ip_network(self.network(rng)), ref))
            for _ in range(rng.randint(0, 2)):
                self.domains.append((self.domain(rng), ref))

    @staticmethod
    def network(rng):
        block = ipaddress.ip_network(rng.choice(BLOCKS))
        longest = 32 if block.version == 4 else 64
        length = rng.randint(block.prefixlen, longest)
        base = int(block.network_address) + (rng.getrandbits(longest - block.prefixlen)
                                             << (block.max_prefixlen - longest))
        return "%s/%d" % (ipaddress.ip_network((base, length), strict=False).network_address, length)

    @staticmethod
    def domain(rng):
        labels = ["firma%d" % rng.randint(0, 9), "nl.example"]
        return ".".join(["winkel", "www", "a"][:rng.randint(0, 2)] + labels)

    def csv(self):
        out = io.StringIO(newline="")
        w = csv.writer(out, lineterminator="\n")
        w.writerow(["company", "kind", "value", "name"])
        for ref in self.refs:
            w.writerow([ref, "company", "", "Firma " + ref])
            w.writerow([ref, "mail", "meldpunt-%s@%s.example" % (ref, ref), ""])
        w.writerows([ref, "network", str(n), ""] for n, ref in self.networks)
        w.writerows([ref, "domain", d, ""] for d, ref in self.domains)
        return out.getvalue()

    def owners(self, address, host):
        """The companies a finding belongs to, by looking at everything."""
        found = set()
        if address:
            ip = ipaddress.ip_address(address)
            holding = [(n.num_addresses, ref) for n, ref in self.networks if ip in n]
            found |= {ref for size, ref in holding if size == min(s for s, _ in holding)}
        if host:
            above = [(len(d), ref) for d, ref in self.domains if host == d or host.endswith("." + d)]
            found |= {ref for size, ref in above if size == max(s for s, _ in above)}
        return found


class Feed:
    """Random rows, each with a port of its own by which it is recognised in a mail."""

    def __init__(self, rng, register):
        self.rows = []
        for port in range(1024, 1024 + FINDINGS):
            address = self.address(rng, register)
            host = rng.choice(["", self.host(rng, register)])
            self.rows.append((address, port, host))

    @staticmethod
    def address(rng, register):
        if register.networks and rng.random() < 0.7:
            net, _ = rng.choice(register.networks)
            edge = rng.choice([0, net.num_addresses - 1, rng.randrange(net.num_addresses), -1, net.num_addresses])
            value = int(net.network_address) + edge
            kind = ipaddress.IPv4Address if net.version == 4 else ipaddress.IPv6Address
            return str(kind(value))
        return "203.0.113.%d" % rng.randint(0, 255)

    @staticmethod
    def host(rng, register):
        if not register.domains:
            return "nergens.example"
        domain, _ = rng.choice(register.domains)
        return rng.choice([domain, "mail." + domain, "x" + domain, domain.split(".", 1)[1]])

    def csv(self):
        out = io.StringIO(newline="")
        w = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        w.writerow(["timestamp", "ip", "port", "protocol", "hostname", "tag", "http_host"])
        w.writerows(["2026-11-20 01:02:03", a, p, "tcp", "", "http", h] for a, p, h in self.rows)
        return out.getvalue()


def check(seed):
    rng = random.Random(seed)
    register = Register(rng)
    feed = Feed(rng, register)
    want = {ref: set() for ref in register.refs}
    for address, port, host in feed.rows:
        for ref in register.owners(address, host):
            want[ref].add((str(ipaddress.ip_address(address)), str(port)))
    with Gateway() as g:
        g.init().configure()
        g.write("register.csv", register.csv())
        g.write("2026-11-20-scan_http-nl.csv", feed.csv())
        g.run("company", "import", "register.csv")
        g.run("incident", "open", "proef", "--title", "Proef")
        g.run("intake", "--incident", "proef", "2026-11-20-scan_http-nl.csv")
        g.run("match", "proef")
        g.run("preview", "proef", "--out", "mails")
        got = {ref: set() for ref in register.refs}
        for mail in read_folder(g.path("mails")):
            equal(mail.defects(), [], "defects")
            ref = mail.header("To").rsplit("@", 1)[1].split(".")[0]
            rows = [(str(ipaddress.ip_address(r["ip"].lstrip("'"))), r["port"]) for r in mail.rows()]
            equal(len(rows), len(set(rows)), "rows told twice to " + ref)
            equal(got[ref], set(), "a second mail to " + ref)
            got[ref] = set(rows)
            for other in register.refs:
                if other != ref and ("Firma " + other) in mail.text():
                    raise AssertionError("%s reads of %s" % (ref, other))
        for ref in register.refs:
            equal(got[ref], want[ref], "rows of " + ref)
        if sum(map(len, want.values())) < FINDINGS // 3:
            raise AssertionError("the register owns too little to prove anything")


def main():
    limit_time(300)
    tap = Tap()
    for seed in SEEDS:
        tap.run("register %d: each mail holds exactly its own rows" % seed, lambda seed=seed: check(seed))
    tap.done()


if __name__ == "__main__":
    main()
