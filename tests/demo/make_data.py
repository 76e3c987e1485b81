#!/usr/bin/env python3
"""Writes the demonstration's input into a folder: the register and four feeds of today.

    make_data.py FOLDER
"""
import csv
import datetime
import json
import os
import sys

sys.dont_write_bytecode = True

from companies import COMPANIES, Mail  # noqa: E402

COLUMNS = ["company", "kind", "value", "name", "status", "language", "vital", "partner", "role", "rank", "source",
           "source_date"]


def write_csv(path, columns, rows, quoting=csv.QUOTE_MINIMAL):
    with open(path, "w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, columns, restval="", quoting=quoting, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def register_rows():
    for c in COMPANIES:
        yield {"company": c.ref, "kind": "company", "name": c.name, "status": c.status, "language": c.language,
               "vital": "yes" if c.vital else "", "partner": c.partner}
        for rank, k in enumerate(c.contacts, 1):
            source = "register" if c.status == "participant" else "website"
            if isinstance(k, Mail):
                yield {"company": c.ref, "kind": "mail", "value": "%s@%s" % (k.local, c.domain), "role": k.role,
                       "rank": rank, "source": source}
            else:
                yield {"company": c.ref, "kind": "phone", "value": k, "rank": rank, "source": source}
        yield {"company": c.ref, "kind": "network", "value": c.network}
        yield {"company": c.ref, "kind": "domain", "value": c.domain}


def rdp(day):
    for c in COMPANIES[0:18] + COMPANIES[28:29] + COMPANIES[30:31]:
        yield {"timestamp": day + " 03:12:44", "severity": "high", "ip": c.address(5), "protocol": "tcp", "port": 3389,
               "hostname": "kassa.%s" % c.domain, "tag": "rdp", "asn": 64500, "geo": "NL", "region": "UTRECHT",
               "city": "UTRECHT", "subject_common_name": "KASSA-PC"}
    yield {"timestamp": day + " 03:12:51", "severity": "high", "ip": "203.0.113.200", "protocol": "tcp", "port": 3389,
           "hostname": "", "tag": "rdp", "asn": 64500, "geo": "NL", "subject_common_name": "WIE-BEN-IK"}
    # a row that got damaged on its way: refused, and all others stand
    yield {"timestamp": day + " 03:12:59", "severity": "high", "ip": "203.0.113.999", "protocol": "tcp", "port": 3389,
           "tag": "rdp", "geo": "NL"}


def exchange(day):
    for c in COMPANIES[16:28]:
        yield {"timestamp": day + " 04:40:02", "severity": "critical", "ip": c.address(2), "protocol": "tcp",
               "port": 443, "hostname": "mail.%s" % c.domain, "tag": "exchange;cve-2021-26855", "asn": 64501,
               "geo": "NL", "version": "15.1.2106", "servername": "MAIL01"}


def websites(day):
    for c in COMPANIES[0:3] + COMPANIES[29:30] + COMPANIES[32:34]:
        yield {"timestamp": day + " 05:00:00", "severity": "critical", "ip": "203.0.113.250", "protocol": "tcp",
               "port": 443, "hostname": "webhotel.hosting.example", "tag": "injected-js", "application": "https",
               "http_host": "winkel.%s" % c.domain, "url": "/afrekenen", "geo": "NL"}


def events(day):
    for i, c in enumerate(COMPANIES[2:6] + COMPANIES[31:32]):
        yield {"time.source": day + "T06:0%d:00+00:00" % i, "feed.provider": "Sinkhole-project", "feed.name": "Drones",
               "classification.type": "infected-system", "classification.identifier": "andromeda",
               "source.ip": c.address(9), "source.port": 49152 + i, "protocol.transport": "tcp"}
    for c in COMPANIES[26:28]:
        yield {"time.source": day + "T07:00:00+00:00", "feed.provider": "Lekken.example", "feed.name": "Wachtwoorden",
               "classification.type": "leak", "classification.identifier": "leaked-credentials",
               "source.account": "boekhouding@%s" % c.domain, "source.fqdn": c.domain}


def main():
    folder = sys.argv[1]
    day = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
    os.makedirs(folder, exist_ok=True)

    def path(name):
        return os.path.join(folder, name)

    write_csv(path("register.csv"), COLUMNS, register_rows())
    for report, rows in (("scan_rdp", rdp(day)), ("scan_exchange", exchange(day)),
                         ("compromised_website", websites(day))):
        rows = list(rows)
        columns = list(dict.fromkeys(name for row in rows for name in row))
        write_csv(path("%s-%s-nl.csv" % (day, report)), columns, rows, csv.QUOTE_ALL)
    with open(path("intelmq-events.jsonl"), "w", encoding="utf-8") as f:
        for event in events(day):
            f.write(json.dumps(event) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
