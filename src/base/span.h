/*
 * span: a cursor over bytes from outside.  Lengths are compared, never pointers added first (p + n
 * may wrap).
 */
#ifndef SEINPOST_SPAN_H
#define SEINPOST_SPAN_H

#include "base.h"

struct span {
	const char *p, *end;
};

static inline struct span span_of(const void *p, size_t n)
{
	return (struct span){ p, (const char *)p + n };
}

static inline struct span span_str(const char *s)
{
	return span_of(s, strlen(s));
}

static inline size_t span_len(struct span s)
{
	return (size_t)(s.end - s.p);
}

static inline bool span_empty(struct span s)
{
	return s.p == s.end;
}

/* Takes n bytes off the front into *out; false (nothing taken) where there are fewer. */
bool span_take(struct span *s, size_t n, struct span *out);
/*
 * Takes one line off the front, without its end (LF, CRLF or the end of the bytes); false at the
 * end. *out may be empty.
 */
bool span_line(struct span *s, struct span *out);
/* Takes what stands before the first c and drops c; without c takes all and returns false. */
bool span_until(struct span *s, char c, struct span *out);
/* Without blanks and tabs (CR and LF too) at both ends. */
struct span span_trim(struct span s);
bool span_equal(struct span a, struct span b);
/* ASCII case folded, never the locale's. */
bool span_equal_nocase(struct span a, struct span b);
bool span_equals_str(struct span s, const char *z);
bool span_starts_nocase_n(struct span s, const char *prefix, size_t n);
static inline bool span_starts_nocase(struct span s, const char *prefix);
static inline bool span_equals_nocase(struct span s, const char *z);
/* First place of needle (ASCII case folded), NULL where there is none. */
const char *span_find_nocase(struct span s, const char *needle);

/* ASCII only, whatever the locale. */
static inline char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}
static inline char ascii_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static inline bool ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_alpha(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26; /* the bit between the cases */
}

static inline bool ascii_alnum(char c)
{
	return ascii_digit(c) || ascii_alpha(c);
}

static inline bool ascii_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline bool ascii_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Headers are compared with many names, most of which differ in their first letter: here, so that
 * it costs no call. */
static inline bool span_starts_nocase(struct span s, const char *prefix)
{
	if (span_empty(s) || ascii_lower(*s.p) != ascii_lower(*prefix))
		return *prefix == '\0';
	return span_starts_nocase_n(s, prefix, strlen(prefix));
}

static inline bool span_equals_nocase(struct span s, const char *z)
{
	if (span_empty(s) || ascii_lower(*s.p) != ascii_lower(*z))
		return span_empty(s) && *z == '\0';
	return span_equal_nocase(s, span_str(z));
}

#endif
