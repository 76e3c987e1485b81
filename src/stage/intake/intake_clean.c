/*
 * intake_clean: single values from a feed, made safe or found wanting.
 *
 * Invariant: what leaves here is UTF-8 without control characters, within its length.
 * Input: text chosen by whoever owns the system that was scanned (hostile); UTF-8 and NUL were
 * checked before.
 */
#include "base.h"
#include "buf.h"
#include "domain.h"
#include "incident.h"
#include "intake_clean.h"
#include "mailaddr.h"
#include "span.h"
#include "utf8.h"
#include "word.h"

enum { ACCOUNT_MAX = 320 };

static bool is_plain(struct span s)
{
	return utf8_plain_run(s.p, span_len(s)) == span_len(s);
}

const char *clean_text(struct arena *a, const char *s, size_t max)
{
	struct span t = span_trim(span_str(s));
	struct buf b = BUF_INIT;
	const char *out;

	if (span_len(t) <= max && is_plain(t))
		return *t.end == '\0' ? t.p : arena_strndup(a, t.p, span_len(t));
	utf8_printable(&b, t.p, span_len(t), max, true);
	out = arena_strndup(a, b.s, b.len);
	buf_clear(&b);
	return out;
}

const char *clean_lower(struct arena *a, const char *s, size_t max)
{
	const char *t = clean_text(a, s, max);
	char *out = arena_strdup(a, t);

	for (char *p = out; *p != '\0'; p++)
		*p = ascii_lower(*p);
	return out;
}

/* What stands where a URL or a Host header has its host. */
static struct span host_part(struct span s)
{
	for (const char *p = s.p; p < s.end && span_len((struct span){ p, s.end }) >= 3; p++) {
		if (*p == '/' || *p == '?' || *p == '#')
			break;
		if (memcmp(p, "://", 3) == 0) {
			s.p = p + 3;
			break;
		}
	}
	for (const char *p = s.p; p < s.end; p++) {
		if (*p == '@')
			s.p = p + 1;
		if (*p == '/' || *p == '?' || *p == '#' || *p == ':') {
			s.end = p;
			break;
		}
	}
	return s;
}

const char *clean_host(struct arena *a, const char *s, const struct intake_options *o)
{
	struct span host = host_part(span_trim(span_str(s)));
	char ascii[DOMAIN_TEXT], out[DOMAIN_TEXT];
	struct err ignored = ERR_INIT;

	if (span_empty(host) || span_len(host) > 4 * (size_t)DOMAIN_MAX)
		return NULL;
	if (is_plain(host) || o->to_ascii == NULL)
		return domain_normalise(out, host.p, span_len(host), 2) ? arena_strdup(a, out)
		                                                        : NULL;
	if (o->to_ascii(ascii, arena_strndup(a, host.p, span_len(host)), &ignored) < 0)
		return NULL;
	return domain_normalise(out, ascii, strlen(ascii), 2) ? arena_strdup(a, out) : NULL;
}

const char *clean_account(struct arena *a, const char *s)
{
	const char *t = clean_text(a, s, ACCOUNT_MAX);
	char out[MAILADDR_TEXT];
	struct err ignored = ERR_INIT;

	return mailaddr_normalise(out, t, &ignored) == 0 ? arena_strdup(a, out) : t;
}

const char *clean_tlp(struct arena *a, const char *s)
{
	const char *t = clean_lower(a, s, 32);
	int label;

	if (strncmp(t, "tlp:", 4) == 0)
		t += 4;
	if (strcmp(t, "white") == 0)
		return "clear";
	return word_parse(&label, tlp_words, t) ? t : NULL;
}
