#!/usr/bin/env python3
"""Measures classify_files against the labelled mails in $SEINPOST_SHARED/corpus and holds it to its targets.

Prints TAP.  Without the mails there is nothing to measure and the one test passes.
"""
import glob
import os
import re
import subprocess
import sys

BOUNCES = {"kind": 98.0, "detect": 99.5, "rcpt": 98.5, "status": 98.0, "class": 97.0, "perm": 98.0}
ANSWERS = {"answer accuracy": 95.0}

shared = os.path.join(os.environ.get("SEINPOST_SHARED", ""), "corpus")
program = os.path.join(os.environ.get("top_builddir", "."), "tests/lib/classify_files")


def predictions(folder, columns):
    mails = sorted(glob.glob(os.path.join(shared, folder, "mail", "*")))
    out = subprocess.run([program, *mails], check=True, capture_output=True, text=True).stdout
    path = os.path.join(os.environ.get("top_builddir", "."), "classify_%s.tsv" % folder)
    with open(path, "w", encoding="utf-8") as f:
        for line in out.splitlines():
            f.write("\t".join(line.split("\t")[:columns]) + "\n")
    return path


def scorer(name, folder, path):
    expected = os.path.join(shared, folder, "expected.tsv")
    cmd = [sys.executable, os.path.join(shared, name), expected, path]
    return subprocess.run(cmd, check=True, capture_output=True, text=True).stdout


def bounce_figures(text):
    head, row = text.splitlines()[:2]
    return dict(zip(head.split(), row.split()[1:]))


def percent(cell):
    return float(cell.split("%")[0])


def results():
    fig = bounce_figures(scorer("score_bounces.py", "bounces", predictions("bounces", 8)))
    for name, least in BOUNCES.items():
        yield percent(fig[name]) >= least, "bounces: %s is %s, wanted %.1f%%" % (name, fig[name], least)
    yield fig["FP"].startswith("0/"), "bounces: false positives are %s" % fig["FP"]
    text = scorer("score_answers.py", "answers", predictions("answers", 9))
    for name, least in ANSWERS.items():
        got = re.search(name + r" +\S+ \(([0-9.]+)%\)", text).group(1)
        yield float(got) >= least, "answers: %s is %s%%, wanted %.1f%%" % (name, got, least)
    wrong = re.search(r"wrong positives +(\d+)", text).group(1)
    yield wrong == "0", "answers: wrong claims are %s" % wrong


def main():
    if not os.path.isdir(shared):
        print("1..1\nok 1 - no labelled mails here")
        return
    n = 0
    for n, (ok, name) in enumerate(results(), 1):
        print("%sok %d - %s" % ("" if ok else "not ", n, name))
    print("1..%d" % n)


main()
