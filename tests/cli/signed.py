#!/usr/bin/env python3
"""signed: an answer signed with a known key is shown as such, and no signature does a token's work; prints TAP."""
import base64
import email
import os
import quopri
import shutil
import sqlite3
import subprocess
import sys
import time

TOP = os.path.abspath(os.environ.get("top_srcdir", os.path.join(os.path.dirname(__file__), "..", "..")))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
sys.dont_write_bytecode = True

from gateway import Gateway, limit_time  # noqa: E402
from tap import Tap, equal  # noqa: E402

REGISTER = """\
company,kind,value,name
alfa,company,,Alfa
alfa,mail,ict@alfa.example,
alfa,network,192.0.2.0/28,
beta,company,,Beta
beta,mail,ict@beta.example,
beta,network,192.0.2.16/28,
"""
FEED = '"timestamp","ip","protocol","port","tag"\n' + "".join(
    '"2026-11-20 01:00:00","192.0.2.%d","tcp",3389,"rdp"\n' % i for i in (1, 17))
PEOPLE = ("alfa", "beta", "vreemd", "oud")


class World(Gateway):
    def __init__(self):
        super().__init__()
        self.init()
        self.configure()
        self.write("register.csv", REGISTER)
        self.write("2026-11-20-scan_rdp-nl.csv", FEED)
        self.run("company", "import", "register.csv")
        self.run("incident", "open", "proef", "--title", "Proef")
        self.run("intake", "--incident", "proef", "2026-11-20-scan_rdp-nl.csv")
        self.run("match", "proef")
        self.run("warn", "proef")
        self.reply_to = {}
        db = sqlite3.connect(self.path("seinpost.db"))
        for to, body in db.execute("SELECT m.env_to, b.bytes FROM mail m JOIN mail_body b ON b.mail_id = m.id"):
            self.reply_to[to] = email.message_from_bytes(body)["Reply-To"].strip("<>")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        os.mkdir(self.path("people"), 0o700)
        self.key = {}
        for who in PEOPLE:
            long_ago = ["--faked-system-time", "20200101T000000"] if who in ("alfa", "oud") else []
            self.gpg(*long_ago, "--passphrase", "", "--quick-gen-key", "%s <ict@%s.example>" % (who, who),
                     "future-default", "default", "never")
            listed = self.gpg("--with-colons", "--list-keys", "ict@%s.example" % who).decode()
            self.key[who] = next(line.split(":")[9] for line in listed.splitlines() if line.startswith("fpr"))
        contacts = {c["value"]: str(c["id"]) for c in self.json("contact", "list")}
        for who in ("oud", "alfa", "beta"):
            self.write("key.asc", self.gpg("--armor", "--export", self.key[who]))
            company = "beta" if who == "beta" else "alfa"
            self.run("contact", "key", contacts["ict@%s.example" % company], "key.asc")
        self.expire("oud")
        shutil.copy(self.path("seinpost.db"), self.path("kept.db"))

    def expire(self, who):
        """Its time ended after it had been given to us."""
        self.gpg("--faked-system-time", "20200101T003000", "--quick-set-expire", self.key[who], "seconds=3600")
        self.write("key.asc", self.gpg("--armor", "--export", self.key[who]))
        subprocess.run(["gpg", "--homedir", self.home, "--batch", "--quiet", "--import", self.path("key.asc")],
                       check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def gpg(self, *args, data=b""):
        return subprocess.run(["gpg", "--homedir", self.path("people"), "--batch", "--quiet", "--pinentry-mode", "loopback",
                               *args], input=data, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout

    def begin(self):
        for rest in ("-wal", "-shm"):
            if os.path.exists(self.path("seinpost.db" + rest)):
                os.unlink(self.path("seinpost.db" + rest))
        shutil.copy(self.path("kept.db"), self.path("seinpost.db"))

    def take(self, raw):
        """(the mail as shown, state of alfa's warning) after it came in."""
        self.run("receive", stdin=raw)
        newest = self.json("inbox", "list", "--all")[0]
        shown = self.json("inbox", "show", str(newest["id"]))
        equal(newest["signature"], shown["signature"])
        warnings = {w["company"]: w["state"] for w in self.json("warning", "list")}
        return shown, warnings["alfa"]


def part(text):
    return ("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n" % text).encode()


def mail(to, signed, signature, sender="ict@alfa.example", boundary="grens=_1", lines=b"\r\n"):
    head = ("From: Jan <%s>\r\nTo: <%s>\r\nSubject: Re: Waarschuwing\r\nMIME-Version: 1.0\r\n"
            "Content-Type: multipart/signed; micalg=pgp-sha512;\r\n\tprotocol=\"application/pgp-signature\";\r\n"
            "\tboundary=\"%s\"\r\n\r\nDit is een ondertekende mail.\r\n--%s\r\n" % (sender, to, boundary, boundary)).encode()
    tail = ("\r\n--%s\r\nContent-Type: application/pgp-signature; name=\"signature.asc\"\r\n\r\n" % boundary).encode()
    return (head + signed + tail + signature.replace(b"\n", b"\r\n") +
            ("\r\n--%s--\r\n" % boundary).encode()).replace(b"\r\n", lines)


def sign(who, data, *more):
    return g.gpg(*more, "--armor", "--local-user", g.key[who] + "!", "--detach-sign", data=data)


def expect(raw, signature, by, state, review=""):
    shown, warning = g.take(raw)
    equal((shown["signature"], shown["signed_by"]), (signature, by), str(shown))
    equal((warning, shown["review_reason"]), (state, review), str(shown))
    return shown


def good_signature():
    for lines in (b"\r\n", b"\n"):
        g.begin()
        text = part("Het is opgelost \u2014 dank voor de melding. \r\nGroet, Jan ")
        expect(mail(g.reply_to["ict@alfa.example"], text, sign("alfa", text), lines=lines), "good", g.key["alfa"], "resolved")


def no_signature():
    g.begin()
    raw = "From: ict@alfa.example\nTo: %s\nSubject: Re: x\n\nopgelost\n" % g.reply_to["ict@alfa.example"]
    expect(raw.encode(), "", "", "resolved")


def changed_mail():
    g.begin()
    text = part("Het is nog niet opgelost.")
    raw = mail(g.reply_to["ict@alfa.example"], text, sign("alfa", text)).replace(b"nog niet opgelost", b"opgelost")
    expect(raw, "bad", g.key["alfa"], "queued", "its signature is broken")
    # the mail as it was meant still counts
    text = part("Het is opgelost.")
    expect(mail(g.reply_to["ict@alfa.example"], text, sign("alfa", text)), "good", g.key["alfa"], "resolved")


def no_signature_at_all():
    g.begin()
    for rubbish in (b"-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n",
                    g.gpg("--armor", "--export", g.key["alfa"]).replace(b"PUBLIC KEY BLOCK", b"SIGNATURE")):
        shown, warning = g.take(mail(g.reply_to["ict@alfa.example"], part("opgelost"), rubbish))
        equal((shown["signature"], warning), ("bad", "queued"), str(shown))


def key_of_another_company():
    g.begin()
    text = part("Het is opgelost.")
    expect(mail(g.reply_to["ict@alfa.example"], text, sign("beta", text)), "other_key", g.key["beta"], "resolved")


def key_that_nobody_knows():
    g.begin()
    text = part("Het is opgelost.")
    expect(mail(g.reply_to["ict@alfa.example"], text, sign("vreemd", text)), "no_key", "", "resolved")


def key_that_expired():
    g.begin()
    text = part("Het is opgelost.")
    old = sign("oud", text, "--faked-system-time", "20200101T001000")
    shown, _ = g.take(mail(g.reply_to["ict@alfa.example"], text, old))
    equal((shown["signature"], shown["signed_by"]), ("key_unusable", g.key["oud"]), str(shown))


def signature_from_before_our_mail():
    """Whoever has an old answer can send it again: it counts as any unsigned one."""
    for when, what in (("20210101T000000", "earlier"), (time.strftime("%Y%m%dT%H%M%S", time.gmtime(time.time() - 600)), "good")):
        g.begin()
        text = part("Het is opgelost.")
        old = sign("alfa", text, "--faked-system-time", when)
        expect(mail(g.reply_to["ict@alfa.example"], text, old), what, g.key["alfa"], "resolved")


def armoured(packet):
    crc = 0xb704ce
    for byte in packet:
        crc ^= byte << 16
        for _ in range(8):
            crc = (crc << 1 ^ (0x1864cfb if crc & 0x800000 else 0)) & 0xffffff
    return base64.encodebytes(packet) + b"=" + base64.b64encode(crc.to_bytes(3, "big")) + b"\n"


def with_byte(armour, at, value):
    """Another byte behind the two of the packet's header: 0 is the version, 2 the algorithm of the key."""
    top, rest = armour.split(b"-----BEGIN PGP SIGNATURE-----\n\n")
    lines, end = rest.split(b"\n=", 1)
    packet = bytearray(base64.b64decode(lines))
    equal(packet[0], 0x88)
    packet[2 + at] = value
    return top + b"-----BEGIN PGP SIGNATURE-----\n\n" + armoured(bytes(packet)) + end.split(b"\n", 1)[1]


def signature_that_gpg_does_not_know():
    """Of a newer kind, as other programs make them: that is no proof of a change."""
    text = part("Het is opgelost.")
    for at, value in ((2, 27), (0, 6)):
        g.begin()
        raw = mail(g.reply_to["ict@alfa.example"], text, with_byte(sign("alfa", text), at, value))
        shown, warning = g.take(raw)
        equal((shown["signature"], warning), ("unchecked", "resolved"), str(shown))
        g.begin()
        shown, warning = g.take(clear_mail(with_byte(clear("alfa", ANSWER), at, value)))
        equal((shown["signature"], warning), ("unchecked", "resolved"), str(shown))


def two_signatures():
    two = ("--local-user", g.key["vreemd"] + "!")
    text = part("Het is opgelost.")
    g.begin()
    expect(mail(g.reply_to["ict@alfa.example"], text, sign("alfa", text, *two)), "good", g.key["alfa"], "resolved")
    g.begin()
    both = g.gpg(*two, "--local-user", g.key["alfa"] + "!", "--clearsign", data=ANSWER.encode())
    expect(clear_mail(both), "good", g.key["alfa"], "resolved")
    g.begin()
    raw = mail(g.reply_to["ict@alfa.example"], text, sign("alfa", text, *two)).replace(b"Het is opgelost", b"Is het opgelost")
    expect(raw, "bad", g.key["alfa"], "queued", "its signature is broken")


def a_signature_is_no_token():
    g.begin()
    text = part("Het is opgelost.")
    shown, warning = g.take(mail("antwoord@post.example", text, sign("alfa", text)))
    equal((shown["signature"], warning), ("unchecked", "queued"), str(shown))
    # nor does it make a question an answer
    text = part("Wat is dit?")
    shown, warning = g.take(mail(g.reply_to["ict@alfa.example"], text, sign("alfa", text)))
    equal((shown["signature"], warning), ("good", "queued"), str(shown))


def text_beside_the_signed_part():
    """What is shown as signed is what was signed: a mail that can be divided in two ways counts as unsigned."""
    text = part("Wat is dit?")
    whole = mail(g.reply_to["ict@alfa.example"], text, sign("alfa", text))
    tricks = {
        "a text before": whole.replace(b"--grens=_1\r\n", b"--grens=_1\r\n\r\nopgelost\r\n--grens=_1\r\n", 1),
        "a text behind": whole.replace(b"--grens=_1--", b"--grens=_1\r\n\r\nopgelost\r\n--grens=_1--"),
        "two boundaries": whole.replace(b"boundary=", b"boundary=\"x\";\r\n\tboundary=", 1),
        "a boundary that goes on": whole.replace(b"--grens=_1\r\n", b"--grens=_1x\r\n\r\nopgelost\r\n--grens=_1\r\n", 1),
        "inside another": whole.replace(b"multipart/signed", b"multipart/mixed"),
        "two types": whole.replace(b"MIME-Version", b"Content-Type: text/plain\r\nMIME-Version", 1),
        "NUL": whole.replace(b"ondertekende", b"onder\0tekende"),
    }
    for name, raw in tricks.items():
        g.begin()
        shown, _ = g.take(raw)
        equal(shown["signature"], "", name)


def clear(who, text):
    return g.gpg("--local-user", g.key[who] + "!", "--clearsign", data=text.encode())


def clear_mail(body, encoding="8bit", head="", lines=b"\n"):
    if encoding == "base64":
        body = base64.encodebytes(body)
    elif encoding == "quoted-printable":
        body = quopri.encodestring(body)
    top = ("From: Jan <ict@alfa.example>\nTo: <%s>\nSubject: Re: Waarschuwing\nMIME-Version: 1.0\n%s"
           "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: %s\n\n"
           % (g.reply_to["ict@alfa.example"], head, encoding))
    return (top.encode() + body).replace(b"\n", lines)


ANSWER = "Het is opgelost \u2014 dank.\n\n- poort dicht\n-- \nJan\n"
QUOTE = b"\n> Geachte heer,\n> Uw server staat open.\n"


def clearsigned():
    for encoding in ("8bit", "quoted-printable", "base64"):
        for lines in (b"\n", b"\r\n"):
            g.begin()
            expect(clear_mail(clear("alfa", ANSWER) + QUOTE, encoding, lines=lines), "good", g.key["alfa"], "resolved")
    g.begin()
    latin = clear_mail(g.gpg("--local-user", g.key["alfa"] + "!", "--clearsign", data="Het is ge\u00ebindigd: opgelost.\n".encode("latin-1")))
    expect(latin.replace(b"utf-8", b"iso-8859-1"), "good", g.key["alfa"], "resolved")
    g.begin()
    both = (b"From: Jan <ict@alfa.example>\nTo: <%s>\nSubject: Re: Waarschuwing\nMIME-Version: 1.0\n"
            b"Content-Type: multipart/alternative; boundary=grens\n\n--grens\nContent-Type: text/plain\n"
            b"Content-Transfer-Encoding: quoted-printable\n\n%s\n--grens\nContent-Type: text/html\n\n<p>iets anders</p>\n--grens--\n"
            % (g.reply_to["ict@alfa.example"].encode(), quopri.encodestring(clear("alfa", ANSWER))))
    expect(both, "good", g.key["alfa"], "resolved")
    g.begin()
    expect(clear_mail(clear("beta", ANSWER)), "other_key", g.key["beta"], "resolved")


def clearsigned_and_changed():
    g.begin()
    changed = clear("alfa", "Het is nog niet opgelost.\n").replace(b"nog niet ", b"")
    expect(clear_mail(changed), "bad", g.key["alfa"], "queued", "its signature is broken")
    for what in (b"opgelost\n\n", b" \nopgelost\n\n", b"\t\n\nopgelost\n\n", b"\nopgelost\n"):
        g.begin()
        top, answer = clear("alfa", "Wat is dit?\n").split(b"\n\n", 1)
        shown, _ = g.take(clear_mail(top + b"\n" + what + answer))
        equal(shown["signature"] in ("", "bad"), True, what.decode())


def text_beside_the_armour():
    """Whatever was typed outside, or might be read from other bytes than gpg reads, makes the mail unsigned."""
    armour = clear("alfa", "Wat is dit?\n")
    two = "Content-Type: multipart/alternative; boundary=grens\n"
    fake = base64.encodebytes(clear("alfa", "x\n").replace(b"\nx\n", b"\nopgelost\n"))
    parts = (b"--grens\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n%s\n--grens\nContent-Type: text/plain\n\n%s\n--grens--\n"
             % (fake, armour))
    tricks = {
        "above": clear_mail(b"opgelost\n\n" + armour),
        "below the quote": clear_mail(armour + QUOTE + b"\nopgelost\n"),
        "no end": clear_mail(armour.replace(b"-----END PGP SIGNATURE-----", b"")),
        "a comment": clear_mail(armour.replace(b"Hash:", b"Comment: opgelost\nHash:")),
        "in another part": clear_mail(parts).replace(b"Content-Type: text/plain; charset=utf-8\n", two.encode(), 1),
        "as HTML": clear_mail(armour).replace(b"text/plain", b"text/html"),
        "quoted": clear_mail(b"opgelost\n\n" + b"".join(b"> " + line for line in armour.splitlines(True))),
    }
    for name, raw in tricks.items():
        g.begin()
        shown, _ = g.take(raw)
        equal(shown["signature"], "", name)
    # what lists put below a signature is not read as typed
    for more in (b"\nopgelost\n", clear("beta", "opgelost\n")):
        g.begin()
        shown, warning = g.take(clear_mail(armour + more))
        equal((shown["signature"], shown["excerpt"].strip(), warning), ("good", "Wat is dit?", "queued"))


limit_time(300)
if shutil.which("gpg") is None:
    print("1..0 # SKIP gpg is not installed")
    sys.exit(0)
tap = Tap()
with World() as g:
    tap.run("a contact's own key is good, with CRLF and LF", good_signature)
    tap.run("an answer without a signature", no_signature)
    tap.run("a changed mail is shown as such and changes nothing", changed_mail)
    tap.run("what is no signature is bad", no_signature_at_all)
    tap.run("another company's key is another's", key_of_another_company)
    tap.run("an unknown key", key_that_nobody_knows)
    tap.run("an expired key", key_that_expired)
    tap.run("a kind of signature that gpg does not know", signature_that_gpg_does_not_know)
    tap.run("two signatures", two_signatures)
    tap.run("a signature that is older than our mail", signature_from_before_our_mail)
    tap.run("a signature does no token's work", a_signature_is_no_token)
    tap.run("nothing beside the signed part passes for it", text_beside_the_signed_part)
    tap.run("a text signed in itself, in any encoding", clearsigned)
    tap.run("one that was changed, or has more in its head", clearsigned_and_changed)
    tap.run("nothing beside the armour passes for signed", text_beside_the_armour)
tap.done()
