/*
 * base32: bytes as letters and digits that survive mail systems that fold case.
 */
#include "base.h"
#include "base32.h"
#include "span.h"

static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";

char *base32_encode(char *out, const void *bytes, size_t n)
{
	const uint8_t *p = bytes;
	uint32_t acc = 0;
	int bits = 0;
	char *o = out;

	for (size_t i = 0; i < n; i++) {
		acc = acc << 8 | p[i];
		for (bits += 8; bits >= 5; bits -= 5)
			*o++ = alphabet[acc >> (bits - 5) & 31];
	}
	if (bits > 0)
		*o++ = alphabet[acc << (5 - bits) & 31];
	*o = '\0';
	return out;
}

static int digit_value(char c)
{
	const char *at = c ? strchr(alphabet, ascii_lower(c)) : NULL;

	return at ? (int)(at - alphabet) : -1;
}

bool base32_decode(void *out, size_t n, const char *s)
{
	uint8_t *p = out;
	uint32_t acc = 0;
	int bits = 0;

	for (size_t i = 0; i < n;) {
		int v = digit_value(*s);

		if (v < 0)
			return false;
		s++;
		acc = acc << 5 | (uint32_t)v;
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			p[i++] = (uint8_t)(acc >> bits);
		}
	}
	return (acc & ((1u << bits) - 1)) == 0;
}
