/*
 * defang: links that nobody can click by mistake.
 *
 * Invariant: in the result no "://" stands behind a scheme that exists, and there is no "www.".
 * Input: text from feeds, hostile.
 */
#include "base.h"
#include "buf.h"
#include "defang.h"
#include "span.h"

/*
 * A scheme http or https at the end of what is in b becomes hxxp; false where there is another, or
 * none.
 */
static bool break_scheme(struct buf *b)
{
	size_t n = b->len;

	if (n >= 5 && ascii_lower(b->s[n - 1]) == 's')
		n--;
	if (n < 4 || !span_equals_nocase(span_of(b->s + n - 4, 4), "http"))
		return false;
	memcpy(b->s + n - 4, "hxxp", 4);
	return true;
}

/* The first place where a link has to be broken, or the end. */
static const char *next_link(const char *s)
{
	for (; *(s += strcspn(s, ":wW")) != '\0'; s++)
		if (strncmp(s, "://", 3) == 0 ||
		    span_starts_nocase(span_of(s, strnlen(s, 4)), "www."))
			break;
	return s;
}

/* Appends text with its links broken. */
static void add_broken(struct buf *b, const char *s)
{
	for (const char *link; *s != '\0';) {
		link = next_link(s);
		buf_add(b, s, (size_t)(link - s));
		s = link;
		if (*s == ':') {
			(void)break_scheme(b);
			buf_addstr(b, "[:]//");
			s += 3;
		} else if (*s != '\0') {
			buf_add(b, s, 3);
			buf_addstr(b, "[.]");
			s += 4;
		}
	}
}

static const char *keep(struct arena *a, struct buf *b)
{
	const char *s = arena_strndup(a, b->s, b->len);

	buf_clear(b);
	return s;
}

const char *defang_text(struct arena *a, const char *text)
{
	struct buf b = BUF_INIT;

	if (*next_link(text) == '\0')
		return text;
	add_broken(&b, text);
	return keep(a, &b);
}

const char *defang_url(struct arena *a, const char *url)
{
	struct buf b = BUF_INIT;
	const char *scheme_end = strstr(url, "://"), *host = url;
	size_t n_host;

	if (scheme_end != NULL) {
		buf_add(&b, url, (size_t)(scheme_end - url));
		buf_addstr(&b, break_scheme(&b) ? "://" : "[:]//");
		host = scheme_end + 3;
	}
	n_host = strcspn(host, "/?#");
	for (size_t i = 0; i < n_host; i++) {
		if (host[i] == '.')
			buf_addstr(&b, "[.]");
		else
			buf_addch(&b, host[i]);
	}
	add_broken(&b, host + n_host);
	return keep(a, &b);
}
