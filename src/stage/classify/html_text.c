/*
 * html_text: a tag stripper, no HTML parser: mail only needs lines, entities and blockquotes.
 *
 * Invariant: one pass, output never longer than twice the input.
 * Input: decoded HTML of hostile mail.
 */
#include "base.h"

#include "buf.h"
#include "html_text.h"

enum { ENTITY_MAX = 10, QUOTE_MAX = 8, UNCLOSED_MAX = 16 };

struct html {
	struct buf out;
	size_t limit;
	int quote;
	int unclosed; /* hidden elements whose end was looked for in vain */
	bool styles;  /* some style hides or strikes out */
	bool line_start, blank;
};

static const struct {
	const char *name, *text;
} entities[] = {
	{ "amp", "&" },    { "lt", "<" },     { "gt", ">" },       { "quot", "\"" },
	{ "apos", "'" },   { "nbsp", " " },   { "euro", "€" },     { "eacute", "é" },
	{ "egrave", "è" }, { "euml", "ë" },   { "iuml", "ï" },     { "ouml", "ö" },
	{ "uuml", "ü" },   { "auml", "ä" },   { "agrave", "à" },   { "aacute", "á" },
	{ "oacute", "ó" }, { "ccedil", "ç" }, { "szlig", "ß" },    { "ecirc", "ê" },
	{ "rsquo", "'" },  { "lsquo", "'" },  { "ldquo", "\"" },   { "rdquo", "\"" },
	{ "ndash", "-" },  { "mdash", "-" },  { "hellip", "..." }, { "bull", "*" },
	{ "middot", "*" },
};

static void put_char(struct html *h, char c)
{
	if (h->out.len >= h->limit)
		return;
	if (h->line_start)
		for (int i = 0; i < h->quote; i++)
			buf_addstr(&h->out, "> ");
	h->line_start = false;
	buf_addch(&h->out, c);
}

static void put_text(struct html *h, char c)
{
	if (ascii_space(c)) {
		if (!h->blank && !h->line_start)
			put_char(h, ' ');
		h->blank = true;
		return;
	}
	h->blank = false;
	put_char(h, c);
}

static void break_line(struct html *h, bool always)
{
	if ((!h->line_start || always) && h->out.len < h->limit) {
		if (h->line_start)
			for (int i = 0; i < h->quote; i++)
				buf_addstr(&h->out, "> ");
		buf_addch(&h->out, '\n');
	}
	h->line_start = true;
	h->blank = true;
}

static void put_codepoint(struct html *h, long cp)
{
	if (cp == 160 || cp < 32)
		put_text(h, ' ');
	else if (cp < 0x80)
		put_text(h, (char)cp);
	else if (cp == 0x2019 || cp == 0x2018)
		put_text(h, '\'');
	else if (cp < 0x800) {
		put_text(h, (char)(0xc0 | cp >> 6));
		put_text(h, (char)(0x80 | (cp & 63)));
	} else if (cp < 0x10000 && (cp < 0xd800 || cp > 0xdfff)) {
		put_text(h, (char)(0xe0 | cp >> 12));
		put_text(h, (char)(0x80 | (cp >> 6 & 63)));
		put_text(h, (char)(0x80 | (cp & 63)));
	}
}

/* "&name;" at s; returns its length, 0 where it is none. */
static size_t put_entity(struct html *h, struct span s)
{
	const char *end = s.p + 1, *p;
	long cp = 0;

	while (end < s.end && end - s.p <= ENTITY_MAX && *end != ';' && *end != '&' &&
	       !ascii_space(*end))
		end++;
	if (end == s.end || *end != ';')
		return 0;
	if (s.p[1] == '#') {
		bool hex = s.p[2] == 'x' || s.p[2] == 'X';

		for (p = s.p + 2 + hex; p < end && cp < 0x110000; p++) {
			char c = ascii_lower(*p);

			if (ascii_digit(c))
				cp = cp * (hex ? 16 : 10) + (c - '0');
			else if (hex && c >= 'a' && c <= 'f')
				cp = cp * 16 + (c - 'a' + 10);
			else
				return 0;
		}
		put_codepoint(h, cp);
		return (size_t)(end - s.p) + 1;
	}
	for (size_t i = 0; i < ARRAY_SIZE(entities); i++)
		if (span_equals_str((struct span){ s.p + 1, end }, entities[i].name)) {
			for (const char *q = entities[i].text; *q != '\0'; q++)
				put_text(h, *q);
			return (size_t)(end - s.p) + 1;
		}
	return 0;
}

static bool tag_in(struct span name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (span_equals_nocase(name, *names))
			return true;
	return false;
}

/* Behind "</name>", or the end: what stands between is not shown. */
static const char *skip_element(struct span s, struct span name)
{
	while (!span_empty(s)) {
		const char *p = memchr(s.p, '<', span_len(s));

		if (p == NULL)
			return s.end;
		s.p = p + 1;
		if (!span_empty(s) && *s.p == '/' && span_len(s) > span_len(name) &&
		    span_equal_nocase(span_of(s.p + 1, span_len(name)), name))
			return p;
	}
	return s.end;
}

/* The '>' of the tag at s, none inside a quoted value; NULL where it does not end. */
static const char *tag_end(struct span s)
{
	const char *first = memchr(s.p, '>', span_len(s)), *p = s.p;

	if (first == NULL || memchr(p, '=', (size_t)(first - p)) == NULL)
		return first;
	while (p < s.end && *p != '>') {
		bool value = *p++ == '=';

		while (value && p < s.end && ascii_space(*p))
			p++;
		if (!value || p == s.end || (*p != '"' && *p != '\''))
			continue;
		p = memchr(p + 1, *p, (size_t)(s.end - p - 1));
		if (p == NULL)
			return first;
		p++;
	}
	return p < s.end ? p : first;
}

/* Is s at "name" or "/name", as a whole word? */
static bool at_name(struct span s, struct span name)
{
	size_t n = span_len(name);

	return span_len(s) > n && span_equal_nocase(span_of(s.p, n), name) && !ascii_alnum(s.p[n]);
}

/* The "</name>" that closes an element, or NULL. */
static const char *element_end(struct span s, struct span name)
{
	int open = 1;

	for (const char *p; (p = memchr(s.p, '<', span_len(s))) != NULL;) {
		s.p = p + 1;
		if (at_name(s, name))
			open++;
		else if (!span_empty(s) && *s.p == '/' &&
			 at_name((struct span){ s.p + 1, s.end }, name) && --open == 0)
			return p;
	}
	return NULL;
}

/* "display : none" */
static bool has_style(struct span tag, const char *property, const char *value)
{
	const char *p = span_find_nocase(tag, property);

	if (p == NULL)
		return false;
	for (p += strlen(property); p < tag.end && (ascii_space(*p) || *p == ':'); p++)
		;
	return span_starts_nocase((struct span){ p, tag.end }, value);
}

/* Not shown, or struck out: of a list that is left to choose from, what does not apply. */
static bool is_taken_back(const struct html *h, struct span name, struct span tag)
{
	static const char *const struck[] = { "s", "del", "strike", NULL };

	return tag_in(name, struck) ||
	       (h->styles &&
		(has_style(tag, "display", "none") || has_style(tag, "visibility", "hidden") ||
		 has_style(tag, "text-decoration", "line-through") ||
		 has_style(tag, "text-decoration-line", "line-through")));
}

/* Where reading goes on behind what is not to be read, or NULL: the tag at tag is read. */
static const char *skip_unread(struct html *h, struct span name, struct span tag, struct span rest)
{
	static const char *const hidden[] = { "style", "script", "title", NULL };
	const char *end;

	if (tag_in(name, hidden))
		return skip_element(rest, name);
	if (h->unclosed >= UNCLOSED_MAX || !is_taken_back(h, name, tag))
		return NULL;
	end = element_end(rest, name);
	h->unclosed += end == NULL;
	return end;
}

static const char *read_tag(struct html *h, struct span s)
{
	static const char *const lines[] = { "p",       "div",  "tr",   "table", "li", "ul",
					     "ol",      "h1",   "h2",   "h3",    "h4", "center",
					     "section", "body", "html", "pre",   NULL };
	const char *p = s.p + 1, *start, *end = tag_end(s), *behind;
	struct span name;
	bool closing = p < s.end && *p == '/';

	if (span_starts_nocase(s, "<!--")) {
		const char *close = span_find_nocase((struct span){ s.p + 4, s.end }, "-->");

		return close != NULL ? close + 3 : s.end;
	}
	if (end == NULL)
		return s.end;
	p += closing;
	for (start = p; p < end && (ascii_alnum(*p) || *p == ':'); p++)
		;
	name = (struct span){ start, p };
	if (!closing && (behind = skip_unread(h, name, (struct span){ s.p, end },
					      (struct span){ end + 1, s.end })) != NULL)
		return behind;
	if (span_equals_nocase(name, "blockquote")) {
		break_line(h, false);
		if (closing ? h->quote > 0 : h->quote < QUOTE_MAX)
			h->quote += closing ? -1 : 1;
	} else if (span_equals_nocase(name, "br")) {
		break_line(h, true);
	} else if (span_equals_nocase(name, "hr")) {
		break_line(h, false);
		for (int i = 0; i < 8; i++)
			put_char(h, '_');
		break_line(h, false);
	} else if (span_equals_nocase(name, "td") || span_equals_nocase(name, "th")) {
		put_text(h, ' ');
	} else if (tag_in(name, lines)) {
		break_line(h, closing && span_equals_nocase(name, "p"));
	}
	return end + 1;
}

struct span html_to_text(struct arena *a, struct span html)
{
	struct html h = { .out = BUF_INIT, .line_start = true, .blank = true };
	struct span result;

	h.limit = 2 * span_len(html);
	h.styles = span_find_nocase(html, "none") != NULL ||
		   span_find_nocase(html, "line-through") != NULL ||
		   span_find_nocase(html, "hidden") != NULL;
	for (const char *p = html.p; p < html.end;) {
		size_t n;

		if (*p == '<') {
			p = read_tag(&h, (struct span){ p, html.end });
		} else if (*p == '&' && (n = put_entity(&h, (struct span){ p, html.end })) > 0) {
			p += n;
		} else {
			put_text(&h, *p++);
		}
	}
	result = span_str(arena_strndup(a, h.out.s, h.out.len));
	buf_clear(&h.out);
	return result;
}
