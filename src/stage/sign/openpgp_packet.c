/*
 * openpgp_packet: the bytes of a detached OpenPGP signature.
 *
 * Invariant: the hashed part in the packet is the one in the tail that was hashed.
 * Input: our own key's description; numbers from gpg-agent, whose size sexp_signature() limited.
 */
#include "base.h"
#include "base64.h"
#include "openpgp_packet.h"

enum {
	HASH_SHA256 = 8,
	HASHED_LEN = 23 + 6, /* subpackets 33 and 2 */
	HEAD_LEN = 6,        /* version, type, two algorithms, length */
	ARMOUR_BYTES = 48,   /* a line of 64 characters */
};

_Static_assert(OPENPGP_TAIL == HEAD_LEN + HASHED_LEN + 6, "tail: head, subpackets, trailer");

static uint8_t *put_32(uint8_t *p, uint32_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		*p++ = (uint8_t)(v >> shift);
	return p;
}

void openpgp_signature_tail(uint8_t out[OPENPGP_TAIL], const struct openpgp_signature *s)
{
	const uint8_t head[] = {
		4,  0x00, s->algorithm, HASH_SHA256, 0, HASHED_LEN, 2 + OPENPGP_FINGERPRINT,
		33, 4, /* issuer fingerprint, of a version 4 key */
	};
	uint8_t *p = out;

	memcpy(p, head, sizeof(head));
	p += sizeof(head);
	memcpy(p, s->fingerprint, OPENPGP_FINGERPRINT);
	p += OPENPGP_FINGERPRINT;
	*p++ = 5;
	*p++ = 2; /* creation time */
	p = put_32(p, s->created);
	*p++ = 4;
	*p++ = 0xff;
	put_32(p, HEAD_LEN + HASHED_LEN);
}

/* Multiprecision integer (3.2): length in bits, no zeros in front. */
static void add_number(struct buf *out, struct span number)
{
	size_t bits;
	uint8_t head[2];

	while (!span_empty(number) && *number.p == 0)
		number.p++;
	bits = span_len(number) * 8;
	if (bits > 0)
		bits -= (size_t)__builtin_clz((unsigned char)*number.p) - 24;
	head[0] = (uint8_t)(bits >> 8);
	head[1] = (uint8_t)bits;
	buf_add(out, head, sizeof(head));
	buf_add(out, number.p, span_len(number));
}

/* Packet header in the new format (4.2.2); a signature is never longer than two octets can say. */
static void add_header(struct buf *out, size_t len)
{
	buf_addch(out, (char)(0xc0 | 2));
	if (len >= 192) {
		len -= 192;
		buf_addch(out, (char)(192 + (len >> 8)));
	}
	buf_addch(out, (char)(len & 0xff));
}

void openpgp_signature_packet(struct buf *out, const struct openpgp_signature *s,
                              const uint8_t digest[32], const struct span *number, size_t n)
{
	static const uint8_t issuer[] = { 0, 10, 9, 16 }; /* unhashed: the key id */
	uint8_t tail[OPENPGP_TAIL];
	struct buf body = BUF_INIT;

	openpgp_signature_tail(tail, s);
	buf_add(&body, tail, HEAD_LEN + HASHED_LEN);
	buf_add(&body, issuer, sizeof(issuer));
	buf_add(&body, s->fingerprint + OPENPGP_FINGERPRINT - 8, 8);
	buf_add(&body, digest, 2);
	for (size_t i = 0; i < n; i++)
		add_number(&body, number[i]);
	add_header(out, body.len);
	buf_add(out, body.s, body.len);
	buf_clear(&body);
}

/* RFC 4880 6.1. */
static uint32_t crc24(const uint8_t *p, size_t n)
{
	uint32_t crc = 0xb704ce;

	for (size_t i = 0; i < n; i++) {
		crc ^= (uint32_t)p[i] << 16;
		for (int bit = 0; bit < 8; bit++)
			crc = crc << 1 ^ (crc & 0x800000 ? 0x1864cfb : 0);
	}
	return crc & 0xffffff;
}

void openpgp_armour(struct buf *out, const char *type, const void *bytes, size_t n)
{
	char line[BASE64_LEN(ARMOUR_BYTES) + 1];
	const uint8_t *p = bytes;
	uint32_t crc = crc24(p, n);
	const uint8_t sum[3] = { (uint8_t)(crc >> 16), (uint8_t)(crc >> 8), (uint8_t)crc };

	buf_printf(out, "-----BEGIN %s-----\n\n", type);
	for (size_t i = 0; i < n; i += ARMOUR_BYTES)
		buf_printf(out, "%s\n",
		           base64_encode(line, p + i, n - i < ARMOUR_BYTES ? n - i : ARMOUR_BYTES));
	buf_printf(out, "=%s\n-----END %s-----\n", base64_encode(line, sum, sizeof(sum)), type);
}
