/*
 * openpgp_packet: the bytes of a detached OpenPGP signature (RFC 4880), without any cryptography.
 *
 * Version 4, type 0x00 (binary document), SHA-256; for the other files of this folder only.
 */
#ifndef SEINPOST_OPENPGP_PACKET_H
#define SEINPOST_OPENPGP_PACKET_H

#include "base.h"
#include "buf.h"
#include "span.h"

enum { OPENPGP_RSA = 1, OPENPGP_EDDSA = 22 }; /* RFC 4880 9.1, RFC 9580 9.1 */
enum { OPENPGP_FINGERPRINT = 20, OPENPGP_TAIL = 41 };

struct openpgp_signature {
	uint8_t algorithm;
	uint8_t fingerprint[OPENPGP_FINGERPRINT]; /* of the key or subkey that signs */
	uint32_t created;                         /* seconds since 1970, UTC */
};

/* What is hashed behind the data: the hashed part of the packet and its trailer (5.2.4). */
void openpgp_signature_tail(uint8_t out[OPENPGP_TAIL], const struct openpgp_signature *s);
/*
 * Appends the packet around the numbers (big-endian; one for RSA, two for EdDSA) that the key's
 * holder answered.  digest: SHA-256 of data and tail.
 */
void openpgp_signature_packet(struct buf *out, const struct openpgp_signature *s,
                              const uint8_t digest[32], const struct span *number, size_t n);
/* Appends the ASCII armour (6.2) with LF line ends; type as "PGP SIGNATURE". */
void openpgp_armour(struct buf *out, const char *type, const void *bytes, size_t n);

#endif
