/*
 * conf_scan: numbers, NUL bytes and @include in a configuration text.
 *
 * Invariant: line is that of at.  Knows as much of the grammar as it takes not to look into texts
 * and comments. Input: written by the administrator; ends anywhere, also inside a text or a
 * comment.
 */
#include "base.h"
#include "conf_scan.h"
#include "span.h"

struct scan {
	const char *file;
	struct span rest;
	unsigned line;
	struct span name; /* the last one seen */
};

static char peek(const struct scan *s, size_t n)
{
	return n < span_len(s->rest) ? s->rest.p[n] : '\0';
}

static void skip(struct scan *s, size_t n)
{
	for (; n > 0 && !span_empty(s->rest); n--)
		s->line += *s->rest.p++ == '\n';
}

static void skip_behind(struct scan *s, const char *end)
{
	size_t n = strlen(end);

	while (!span_empty(s->rest) && (span_len(s->rest) < n || memcmp(s->rest.p, end, n) != 0))
		skip(s, 1);
	skip(s, n);
}

static void skip_text(struct scan *s)
{
	for (skip(s, 1); !span_empty(s->rest) && peek(s, 0) != '"';)
		skip(s, peek(s, 0) == '\\' ? 2 : 1);
	skip(s, 1);
}

static struct span take_word(struct scan *s)
{
	struct span word = { s->rest.p, s->rest.p };

	while (ascii_alnum(peek(s, 0)) || peek(s, 0) == '_' || peek(s, 0) == '-')
		skip(s, 1);
	word.end = s->rest.p;
	return word;
}

static int check_number(const struct scan *s, struct span word, struct err *e)
{
	bool hex = span_starts_nocase(word, "0x");
	const char *digits = hex ? "0123456789abcdefABCDEF" : "0123456789";
	uint64_t v = 0;

	for (const char *p = word.p + (hex ? 2 : 0); p < word.end && strchr(digits, *p) != NULL;
	     p++) {
		unsigned digit = ascii_digit(*p) ? (unsigned)(*p - '0')
		                                 : (unsigned)(ascii_lower(*p) - 'a' + 10);

		v = v * (hex ? 16 : 10) + digit;
		if (v > INT32_MAX)
			return err_set(e, ERR_CONF, "%s:%u: %.*s: %.*s is too large a number",
			               s->file, s->line, (int)span_len(s->name), s->name.p,
			               (int)span_len(word), word.p);
	}
	return 0;
}

static int scan_one(struct scan *s, struct err *e)
{
	char c = peek(s, 0);

	if (c == '#' || (c == '/' && peek(s, 1) == '/'))
		skip_behind(s, "\n");
	else if (c == '/' && peek(s, 1) == '*')
		skip_behind(s, "*/");
	else if (c == '"')
		skip_text(s);
	else if (ascii_digit(c))
		return check_number(s, take_word(s), e);
	else if (ascii_alpha(c))
		s->name = take_word(s);
	else if (span_starts_nocase(s->rest, "@include"))
		return err_set(e, ERR_CONF, "%s:%u: @include is not supported", s->file, s->line);
	else
		skip(s, 1);
	return 0;
}

/* What stands behind a NUL byte is not read by libconfig, wherever the byte is. */
static int refuse_nul(const char *file, const char *text, size_t n, struct err *e)
{
	const char *nul = n > 0 ? memchr(text, '\0', n) : NULL;
	unsigned line = 1;

	if (nul == NULL)
		return 0;
	for (const char *p = text; p < nul; p++)
		line += *p == '\n';
	return err_set(e, ERR_CONF, "%s:%u: a NUL byte; write the file anew as plain text", file,
	               line);
}

int conf_scan(const char *file, const char *text, size_t n, struct err *e)
{
	struct scan s = {
		.file = file, .rest = span_of(text, n), .line = 1, .name = span_of(text, 0)
	};
	int rc = refuse_nul(file, text, n, e);

	while (rc == 0 && !span_empty(s.rest))
		rc = scan_one(&s, e);
	return rc;
}
