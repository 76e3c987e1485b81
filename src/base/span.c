/*
 * span: a cursor over bytes from outside.
 *
 * Invariant: p <= end; no function reads at or behind end.
 */
#include "base.h"
#include "span.h"

bool span_take(struct span *s, size_t n, struct span *out)
{
	if (span_len(*s) < n)
		return false;
	*out = (struct span){ s->p, s->p + n };
	s->p += n;
	return true;
}

bool span_line(struct span *s, struct span *out)
{
	const char *nl;

	if (span_empty(*s))
		return false;
	nl = memchr(s->p, '\n', span_len(*s));
	*out = (struct span){ s->p, nl ? nl : s->end };
	s->p = nl ? nl + 1 : s->end;
	if (nl && out->end > out->p && out->end[-1] == '\r')
		out->end--;
	return true;
}

bool span_until(struct span *s, char c, struct span *out)
{
	const char *at = span_empty(*s) ? NULL : memchr(s->p, c, span_len(*s));

	*out = (struct span){ s->p, at ? at : s->end };
	s->p = at ? at + 1 : s->end;
	return at != NULL;
}

struct span span_trim(struct span s)
{
	while (s.p < s.end && ascii_space(*s.p))
		s.p++;
	while (s.p < s.end && ascii_space(s.end[-1]))
		s.end--;
	return s;
}

bool span_equal(struct span a, struct span b)
{
	return span_len(a) == span_len(b) && (span_empty(a) || memcmp(a.p, b.p, span_len(a)) == 0);
}

static bool same_nocase(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ascii_lower(a[i]) != ascii_lower(b[i]))
			return false;
	return true;
}

bool span_equal_nocase(struct span a, struct span b)
{
	return span_len(a) == span_len(b) && same_nocase(a.p, b.p, span_len(a));
}

bool span_equals_str(struct span s, const char *z)
{
	return span_equal(s, span_str(z));
}

bool span_starts_nocase_n(struct span s, const char *prefix, size_t n)
{
	return span_len(s) >= n && same_nocase(s.p, prefix, n);
}

/* The next place where the needle may begin: both cases of its first byte, each looked for once. */
struct first_byte {
	const char *low, *up;
};

static const char *first_byte_next(struct first_byte *f, const char *p, const char *end, char c)
{
	if (f->low != NULL && f->low < p)
		f->low = memchr(p, ascii_lower(c), (size_t)(end - p));
	if (f->up != NULL && f->up < p)
		f->up = memchr(p, ascii_upper(c), (size_t)(end - p));
	if (f->low == NULL || (f->up != NULL && f->up < f->low))
		return f->up;
	return f->low;
}

const char *span_find_nocase(struct span s, const char *needle)
{
	size_t n = strlen(needle);
	struct first_byte first;
	const char *p, *end;

	if (n == 0)
		return s.p;
	if (span_len(s) < n)
		return NULL;
	end = s.end - n + 1;
	first.low = memchr(s.p, ascii_lower(*needle), (size_t)(end - s.p));
	first.up = memchr(s.p, ascii_upper(*needle), (size_t)(end - s.p));
	for (p = s.p; (p = first_byte_next(&first, p, end, *needle)) != NULL; p++)
		if (same_nocase(p, needle, n))
			return p;
	return NULL;
}
