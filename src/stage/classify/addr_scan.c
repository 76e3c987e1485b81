/*
 * addr_scan: finds '@' and grows to both sides over what may be in an address.
 *
 * Invariant: at most LOCAL_MAX bytes before and 255 behind each '@' are looked at.
 * Input: text of hostile mail; what is found has the shape of an address and is not known to be
 * one.
 */
#include "base.h"

#include "addr_scan.h"

enum { LOCAL_MAX = 200, DOMAIN_SCAN = 255 };

static bool local_char(char c)
{
	return ascii_alnum(c) || (unsigned char)c >= 0x80 ||
	       (c != '\0' && strchr("!#$%&'*+/=?^_`{|}~.-", c) != NULL);
}

static bool domain_char(char c)
{
	return ascii_alnum(c) || (unsigned char)c >= 0x80 || c == '.' || c == '-' || c == '_' ||
	       c == '#';
}

/* "a b"@example.nl */
static const char *quoted_start(const char *at, const char *least)
{
	const char *p = at - 1;

	while (p > least && at - p < LOCAL_MAX) {
		p--;
		if (*p == '"')
			return p;
		if (*p == '\n')
			break;
	}
	return NULL;
}

/* Does a character of three bytes end at p: Chinese, Japanese, Korean, their punctuation? */
static bool wide_before(const char *p, const char *least)
{
	return p - least >= 3 && (unsigned char)p[-3] >= 0xe2 && (unsigned char)p[-3] <= 0xef &&
	       (p[-2] & 0xc0) == 0x80 && (p[-1] & 0xc0) == 0x80;
}

/* Typographic marks, and the colons and brackets of those scripts. */
static bool wide_mark(const char *p, const char *end)
{
	return end - p >= 3 && (memcmp(p, "\xe2\x80", 2) == 0 || memcmp(p, "\xe3\x80", 2) == 0 ||
				memcmp(p, "\xef\xbc", 2) == 0 || memcmp(p, "\xef\xbd", 2) == 0);
}

/*
 * Such scripts put no blank between a word and an address: an ASCII local part begins behind them.
 */
static bool word_before(const char *p, const char *at, const char *least)
{
	return wide_before(p, least) &&
	       (wide_mark(p - 3, at) || (p < at && (unsigned char)*p < 0x80));
}

static const char *local_start(const char *at, const char *least)
{
	const char *p = at;

	if (p > least && p[-1] == '"') {
		const char *q = quoted_start(at, least);

		return q != NULL ? q : at;
	}
	while (p > least && at - p < LOCAL_MAX && local_char(p[-1]) && !word_before(p, at, least))
		p--;
	while (p < at && strchr("'=`*|.-", *p) != NULL && !(*p == '=' && p[1] == '?'))
		p++;
	return p;
}

/* A top level domain is ASCII or not, never both: what follows ASCII there is the next word. */
static const char *top_label_end(const char *p, const char *end)
{
	const char *label = end;

	while (label > p && label[-1] != '.')
		label--;
	if (label == end || (unsigned char)*label >= 0x80)
		return end;
	while (label < end && (unsigned char)*label < 0x80)
		label++;
	return label;
}

static const char *domain_end(const char *at, const char *end)
{
	const char *p = at + 1;

	while (p < end && p - at < DOMAIN_SCAN && domain_char(*p) && !wide_mark(p, end))
		p++;
	p = top_label_end(at + 1, p);
	while (p > at + 1 && strchr(".-_#", p[-1]) != NULL)
		p--;
	return p;
}

static bool has_dot(const char *p, const char *end)
{
	return memchr(p, '.', (size_t)(end - p)) != NULL;
}

bool addr_find(struct found_address *out, struct span s)
{
	const char *least = s.p;

	while (!span_empty(s)) {
		const char *at = memchr(s.p, '@', span_len(s)), *from, *to;

		if (at == NULL)
			return false;
		from = local_start(at, least);
		to = domain_end(at, s.end);
		out->bracketed = from > least && from[-1] == '<' && to < s.end && *to == '>';
		out->at = (struct span){ from, to };
		if (from < at && to > at + 1 && (out->bracketed || has_dot(at + 1, to)))
			return true;
		least = s.p = at + 1;
	}
	return false;
}

bool addr_copy(char *out, size_t size, struct span s)
{
	struct found_address f;
	size_t n;

	out[0] = '\0';
	if (!addr_find(&f, s))
		return false;
	n = span_len(f.at);
	if (n >= size)
		return false;
	for (size_t i = 0; i < n; i++)
		out[i] = ascii_lower(f.at.p[i]);
	out[n] = '\0';
	return true;
}

bool addr_is_system(struct span address)
{
	static const char *const names[] = {
		"mailer-daemon",     "mailerdaemon",  "postmaster", "mail-daemon", "maildaemon",
		"mail_daemon",       "mmdf",          "uucp",       "mailadm",     "mail-router",
		"ims_daemon",        "bounce",        "bounces",    "mailsystem",  "mail-system",
		"microsoftexchange", "double-bounce", "ndr",        "mail.daemon", "mdaemon",
	};
	struct span local = address;
	const char *at = memchr(address.p, '@', span_len(address));

	if (at != NULL)
		local.end = at;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (span_starts_nocase(local, names[i]) &&
		    (span_len(local) == strlen(names[i]) ||
		     !ascii_alnum(local.p[strlen(names[i])]) ||
		     strncmp(names[i], "microsoft", 9) == 0))
			return true;
	return false;
}
