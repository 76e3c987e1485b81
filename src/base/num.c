/*
 * num: numbers, sizes and durations from text, and numbers as text.
 *
 * Input: configuration, command line and feeds; strtoll() is avoided because it skips blanks and
 * accepts "0x", "+".
 */
#include "base.h"
#include "num.h"
#include "span.h"

static char *put(char *out, uint64_t v, unsigned base, int digits)
{
	char reversed[NUM_TEXT];
	int n = 0;

	do {
		reversed[n++] = "0123456789abcdef"[v % base];
		v /= base;
	} while (v > 0);
	for (; digits > n; digits--)
		*out++ = '0';
	while (n > 0)
		*out++ = reversed[--n];
	*out = '\0';
	return out;
}

char *num_put_unsigned(char *out, uint64_t v, int digits)
{
	return put(out, v, 10, digits);
}

char *num_put_hex(char *out, uint64_t v, int digits)
{
	return put(out, v, 16, digits);
}

char *num_put(char *out, int64_t v, int digits)
{
	if (v >= 0)
		return num_put_unsigned(out, (uint64_t)v, digits);
	*out++ = '-';
	return num_put_unsigned(out, 0 - (uint64_t)v, digits - 1);
}

/* Digits at *s into *out; false where there is none or they do not fit. */
static bool take_number(const char **s, int64_t *out)
{
	int64_t v = 0;

	if (!ascii_digit(**s))
		return false;
	for (; ascii_digit(**s); (*s)++)
		if (__builtin_mul_overflow(v, (int64_t)10, &v) ||
		    __builtin_add_overflow(v, **s - '0', &v))
			return false;
	*out = v;
	return true;
}

bool num_parse(int64_t *out, const char *s, int64_t min, int64_t max)
{
	bool negative = *s == '-';
	int64_t v;

	if (negative && min >= 0)
		return false;
	s += negative;
	if (!take_number(&s, &v) || *s != '\0')
		return false;
	v = negative ? -v : v;
	if (v < min || v > max)
		return false;
	*out = v;
	return true;
}

bool size_parse(int64_t *out, const char *s)
{
	int64_t v, unit = 1;

	if (!take_number(&s, &v))
		return false;
	switch (*s) {
	case 'k': case 'K': unit = 1 << 10; break;
	case 'm': case 'M': unit = 1 << 20; break;
	case 'g': case 'G': unit = 1 << 30; break;
	case '\0': break;
	default: return false;
	}
	if (*s != '\0' && s[1] != '\0')
		return false;
	return !__builtin_mul_overflow(v, unit, out);
}

static int64_t unit_seconds(char c)
{
	switch (c) {
	case 's': return 1;
	case 'm': return 60;
	case 'h': return 3600;
	case 'd': return 86400;
	case 'w': return 7 * 86400;
	default: return 0;
	}
}

bool duration_parse(int64_t *out, const char *s)
{
	int64_t total = 0, v, unit;

	do {
		if (!take_number(&s, &v) || (unit = unit_seconds(*s)) == 0)
			return false;
		s++;
		if (__builtin_mul_overflow(v, unit, &v) || __builtin_add_overflow(total, v, &total))
			return false;
	} while (*s != '\0');
	*out = total;
	return true;
}
