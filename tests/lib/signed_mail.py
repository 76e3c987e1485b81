"""Reads a warning as an independent program would: Python's email for the MIME, gpg for the signature.

The signature is checked over the bytes as they came, cut at the boundary lines; nothing is written again by a library.
"""
import csv
import email
import email.policy
import io
import os
import subprocess
import tempfile


class SignedMail:
    def __init__(self, raw):
        self.raw = raw
        self.mail = email.message_from_bytes(raw, policy=email.policy.default)

    def header(self, name):
        return str(self.mail[name])

    def defects(self):
        """Everything that the parser had to forgive, in any part."""
        found = []
        for part in self.mail.walk():
            found += list(part.defects)
            for value in part.values():
                found += list(getattr(value, "defects", ()))
        return found

    def signed_bytes(self):
        """(signed part, signature): what stands between the boundary lines of multipart/signed."""
        if self.mail.get_content_type() != "multipart/signed":
            raise AssertionError("not signed: " + self.mail.get_content_type())
        if self.mail.get_param("protocol") != "application/pgp-signature":
            raise AssertionError("signed with " + str(self.mail.get_param("protocol")))
        line = b"\r\n--" + self.mail.get_boundary().encode("ascii")
        pieces = self.raw.split(line)
        if len(pieces) != 4 or not pieces[3].startswith(b"--"):
            raise AssertionError("%d pieces between boundaries" % len(pieces))
        signature = email.message_from_bytes(pieces[2][2:]).get_payload(decode=True)
        return pieces[1][2:], signature

    def verify(self, home):
        """The fingerprint of the key whose good signature this is; raises where it is not good."""
        data, signature = self.signed_bytes()
        with tempfile.NamedTemporaryFile(prefix="sig.", dir="/tmp") as f:
            f.write(signature)
            f.flush()
            done = subprocess.run(["gpg", "--homedir", home, "--batch", "--no-auto-check-trustdb", "--status-fd", "1",
                                   "--verify", f.name, "-"], input=data, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, check=False, timeout=30)
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        good = [line.split()[-1] for line in lines if line.startswith("[GNUPG:] VALIDSIG ")]
        if done.returncode != 0 or len(good) != 1:
            raise AssertionError("no good signature:\n%s" % done.stderr.decode("utf-8", "replace"))
        micalg = self.mail.get_param("micalg")
        number = [line.split()[9] for line in lines if line.startswith("[GNUPG:] VALIDSIG ")][0]
        if {"8": "pgp-sha256", "9": "pgp-sha384", "10": "pgp-sha512"}.get(number) != micalg:
            raise AssertionError("micalg says %s, the signature uses hash %s" % (micalg, number))
        return good[0]

    def text(self):
        return self.mail.get_body(("plain",)).get_content()

    def rows(self):
        """The attached table as a list of {column: cell}."""
        tables = [p for p in self.mail.walk() if p.get_content_type() == "text/csv"]
        if len(tables) != 1:
            raise AssertionError("%d tables attached" % len(tables))
        content = tables[0].get_payload(decode=True).decode("utf-8")
        return list(csv.DictReader(io.StringIO(content, newline="")))


def read_eml(path):
    with open(path, "rb") as f:
        return SignedMail(f.read())


def read_folder(folder):
    return [read_eml(os.path.join(folder, n)) for n in sorted(os.listdir(folder)) if n.endswith(".eml")]
