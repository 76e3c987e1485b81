/*
 * utf8: is it UTF-8, and making text from outside safe to show.
 *
 * Input: hostile bytes of any kind.
 */
#include "base.h"

#include <endian.h>

#include "utf8.h"

static bool continuation(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

size_t utf8_decode(uint32_t *cp, const char *s, size_t n)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *u = (const unsigned char *)s;
	size_t len;
	uint32_t v;

	if (n == 0)
		return 0;
	if (u[0] < 0x80) {
		*cp = u[0];
		return 1;
	}
	len = u[0] >= 0xf0 ? 4 : u[0] >= 0xe0 ? 3 : 2;
	if (u[0] < 0xc2 || u[0] > 0xf4 || n < len)
		return 0;
	v = u[0] & (0x7fu >> len);
	for (size_t i = 1; i < len; i++) {
		if (!continuation(u[i]))
			return 0;
		v = v << 6 | (u[i] & 0x3f);
	}
	if (v < least[len] || v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff))
		return 0;
	*cp = v;
	return len;
}

/* 32 at a time, and what is left or stopped that eight at a time. */
size_t utf8_ascii_run(const char *s, size_t n)
{
	const uint64_t high = 0x8080808080808080u;
	size_t i = 0;

	for (uint64_t w[4]; n - i >= sizeof(w); i += sizeof(w)) {
		memcpy(w, s + i, sizeof(w));
		if (((w[0] | w[1] | w[2] | w[3]) & high) != 0)
			break;
	}
	for (uint64_t word; n - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, s + i, sizeof(word));
		if ((word & high) != 0)
			break;
	}
	while (i < n && (unsigned char)s[i] < 0x80)
		i++;
	return i;
}

size_t utf8_check(const char *s, size_t n)
{
	uint32_t cp;

	for (size_t i = utf8_ascii_run(s, n); i < n; i += utf8_ascii_run(s + i, n - i)) {
		size_t len = (unsigned char)s[i] < 0x80 ? 1 : utf8_decode(&cp, s + i, n - i);

		if (len == 0)
			return i;
		i += len;
	}
	return SIZE_MAX;
}

static bool dangerous(uint32_t cp)
{
	if (cp < 0x20)
		return cp != '\t' && cp != '\n';
	return (cp >= 0x7f && cp < 0xa0) || (cp >= 0x202a && cp <= 0x202e) ||
	       (cp >= 0x2066 && cp <= 0x2069) || cp == 0x2028 || cp == 0x2029;
}

/*
 * The highest bits of those of the eight bytes of w that are no printable ASCII: set by what is
 * above 0x7f in w, by what is below a blank in w - ' ', by DEL in w + 1.  A borrow or carry goes
 * into the next higher byte only from one that is odd itself, so that the lowest is always right.
 */
static uint64_t odd_bytes(uint64_t w)
{
	const uint64_t ones = 0x0101010101010101u;

	return (w | (w - ' ' * ones) | (w + ones)) & 0x80 * ones;
}

size_t utf8_plain_run(const char *s, size_t n)
{
	size_t i = 0;

	for (uint64_t word, odd; n - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, s + i, sizeof(word));
		odd = odd_bytes(le64toh(word));
		if (odd != 0)
			return i + (size_t)__builtin_ctzll(odd) / 8;
	}
	while (i < n && s[i] >= ' ' && s[i] <= '~')
		i++;
	return i;
}

size_t utf8_count(const char *s, size_t n)
{
	size_t count = utf8_plain_run(s, n);

	for (size_t i = count; i < n; i++)
		count += !continuation((unsigned char)s[i]);
	return count;
}

void utf8_printable(struct buf *out, const char *s, size_t n, size_t max, bool one_line)
{
	size_t start = out->len;
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		size_t left = max - (out->len - start);
		size_t run = utf8_plain_run(s + i, n - i < left ? n - i : left);
		size_t len;

		if (run > 0) {
			buf_add(out, s + i, run);
			i += run;
			continue;
		}
		len = utf8_decode(&cp, s + i, n - i);
		if (out->len - start + (len ? len : 1) > max)
			return;
		if (len == 0 || dangerous(cp))
			buf_addch(out, '?');
		else if (one_line && (cp == '\t' || cp == '\n'))
			buf_addch(out, ' ');
		else
			buf_add(out, s + i, len);
		i += len ? len : 1;
	}
}
