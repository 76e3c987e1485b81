#!/usr/bin/env python3
"""The better way: one gpgme_op_sign a mail (through ctypes, as python3-gpg does it) and one smtplib connection.

rival_python.py PORT HOME FINGERPRINT COUNT ENTITY...
"""
import ctypes
import smtplib
import sys

gpgme = ctypes.CDLL("libgpgme.so.11")
gpgme.gpgme_check_version.restype = ctypes.c_char_p
gpgme.gpgme_data_release_and_get_mem.restype = ctypes.c_void_p
OPENPGP, DETACH, SHA256 = 0, 1, "pgp-sha256"


def check(code):
    if code != 0:
        raise SystemExit("gpgme: error %d" % (code & 0xffff))


class Signer:
    def __init__(self, home, fingerprint):
        gpgme.gpgme_check_version(None)
        self.ctx = ctypes.c_void_p()
        key = ctypes.c_void_p()
        check(gpgme.gpgme_new(ctypes.byref(self.ctx)))
        check(gpgme.gpgme_ctx_set_engine_info(self.ctx, OPENPGP, None, home.encode()))
        gpgme.gpgme_set_armor(self.ctx, 1)
        check(gpgme.gpgme_get_key(self.ctx, fingerprint.encode(), ctypes.byref(key), 1))
        check(gpgme.gpgme_signers_add(self.ctx, key))

    def sign(self, data):
        text, made, size = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_size_t()
        check(gpgme.gpgme_data_new_from_mem(ctypes.byref(text), data, ctypes.c_size_t(len(data)), 0))
        check(gpgme.gpgme_data_new(ctypes.byref(made)))
        check(gpgme.gpgme_op_sign(self.ctx, text, made, DETACH))
        gpgme.gpgme_data_release(text)
        at = gpgme.gpgme_data_release_and_get_mem(made, ctypes.byref(size))
        signature = ctypes.string_at(at, size.value)
        gpgme.gpgme_free(ctypes.c_void_p(at))
        return signature


def main():
    port, home, fingerprint, count = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
    entities = [open(name, "rb").read() for name in sys.argv[5:]]
    signer = Signer(home, fingerprint)
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for i in range(count):
            entity = entities[i % len(entities)]
            signature = signer.sign(entity).replace(b"\n", b"\r\n")
            mail = (b"From: <waarschuwing@gateway.example>\r\nTo: <security@b%d.example>\r\nMIME-Version: 1.0\r\n"
                    b"Content-Type: multipart/signed; micalg=pgp-sha256;\r\n"
                    b' protocol="application/pgp-signature"; boundary="=_python"\r\n\r\n--=_python\r\n' % i
                    + entity + b"\r\n--=_python\r\nContent-Type: application/pgp-signature\r\n\r\n" + signature
                    + b"\r\n--=_python--\r\n")
            smtp.sendmail("bounces+%d@gateway.example" % i, ["security@b%d.example" % i], mail)


main()
