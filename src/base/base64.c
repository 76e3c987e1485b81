/*
 * base64: bytes as text.
 *
 * Input: any bytes.
 */
#include "base.h"
#include "base64.h"

char *base64_encode(char *out, const void *bytes, size_t n)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const uint8_t *p = bytes;
	char *o = out;

	for (; n >= 3; n -= 3, p += 3) {
		*o++ = digits[p[0] >> 2];
		*o++ = digits[(p[0] & 3) << 4 | p[1] >> 4];
		*o++ = digits[(p[1] & 15) << 2 | p[2] >> 6];
		*o++ = digits[p[2] & 63];
	}
	if (n > 0) {
		int second = n > 1 ? p[1] : 0;

		*o++ = digits[p[0] >> 2];
		*o++ = digits[(p[0] & 3) << 4 | second >> 4];
		*o++ = n > 1 ? digits[(second & 15) << 2] : '=';
		*o++ = '=';
	}
	*o = '\0';
	return out;
}
