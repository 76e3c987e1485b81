/*
 * hay: normalises text for phrase search; a hashed set of its four-byte sequences answers most
 * searches without scanning.
 *
 * Invariant: linear in the text; a search scans the text at most a fixed number of times.
 * Input: decoded text of hostile mail.
 */
#include "base.h"

#include "addr_scan.h"
#include "hay.h"

struct hay_writer {
	char *start, *p;
	char last;
};

static void put(struct hay_writer *w, char c)
{
	if (ascii_space(c) || c == '\0')
		c = ' ';
	if (c == ' ' && w->last == ' ')
		return;
	*w->p++ = w->last = ascii_lower(c);
}

/* Bytes that are written as they are, but for their case; most of a text. */
static const char *put_run(struct hay_writer *w, const char *p, const char *end)
{
	char *to = w->p;

	while (p < end && *p > ' ' && *p < 0x7f)
		*to++ = ascii_lower(*p++);
	if (to > w->p)
		w->last = to[-1];
	w->p = to;
	return p;
}

/* The small letter of a capital in Latin-1, Latin Extended-A, Greek or Cyrillic. */
static unsigned small_letter(unsigned cp)
{
	if ((cp >= 0xc0 && cp <= 0xde && cp != 0xd7) || (cp >= 0x391 && cp <= 0x3a9) ||
	    (cp >= 0x410 && cp <= 0x42f))
		return cp + 0x20;
	if (cp >= 0x400 && cp <= 0x40f)
		return cp + 0x50;
	if ((cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17e))
		return cp + (cp & 1);
	if (cp >= 0x386 && cp <= 0x38f)
		return cp == 0x386   ? 0x3ac
		       : cp <= 0x38a ? cp + 0x25
		       : cp == 0x38c ? 0x3cc
				     : cp + 0x3f;
	if (cp == 0x130)
		return 'i';
	if (cp >= 0x100 && cp <= 0x177)
		return cp | 1;
	if (cp >= 0x490 && cp <= 0x491)
		return 0x491;
	return cp;
}

/* Two bytes at p that may be a letter: a phrase is written with small ones. */
static size_t put_letter(struct hay_writer *w, const char *p)
{
	unsigned lead = (unsigned char)p[0], next = (unsigned char)p[1], cp;

	if ((next & 0xc0) != 0x80) {
		put(w, p[0]);
		return 1;
	}
	cp = small_letter((lead & 0x1f) << 6 | (next & 0x3f));
	if (cp < 0x80) {
		put(w, (char)cp);
		return 2;
	}
	put(w, (char)(0xc0 | cp >> 6));
	put(w, (char)(0x80 | (cp & 0x3f)));
	return 2;
}

/* Typographic quotes and the no-break blank, as mail clients and web mail put them in. */
static size_t put_folded(struct hay_writer *w, struct span s)
{
	if (span_len(s) >= 3 && memcmp(s.p, "\xe2\x80\x99", 3) == 0) {
		put(w, '\'');
		return 3;
	}
	if (span_len(s) >= 2 && memcmp(s.p, "\xc2\xa0", 2) == 0) {
		put(w, ' ');
		return 2;
	}
	if (span_len(s) >= 2 && (unsigned char)*s.p >= 0xc3 && (unsigned char)*s.p <= 0xd2)
		return put_letter(w, s.p);
	put(w, *s.p);
	return 1;
}

/* "550-5.1.1 " and "5.1.1 ": the length of such a code at s, 0 for none. */
static size_t repeated_code(struct span s)
{
	const char *p = s.p;
	int dots = 0;

	if (span_len(s) > 4 && ascii_digit(p[0]) && ascii_digit(p[1]) && ascii_digit(p[2]) &&
	    p[3] == '-')
		p += 4;
	while (p < s.end && (ascii_digit(*p) || (*p == '.' && p > s.p && ascii_digit(p[-1])))) {
		dots += *p == '.';
		p++;
	}
	if (p < s.end && *p != ' ' && *p != '\r' && *p != '\n')
		return p == s.p + 4 && s.p[3] == '-' ? 4 : 0;
	return dots == 2 && p - s.p <= 13 ? (size_t)(p - s.p) : 0;
}

static const char *skip_address_marks(const char *p, const char *end)
{
	while (p < end && strchr(">):.,'\";]", *p) != NULL && *p != '\0')
		p++;
	return p;
}

static void drop_open_bracket(struct hay_writer *w)
{
	while (w->p > w->start + 1 && strchr("<('\"[:", w->last) != NULL && w->last != '\0') {
		w->p--;
		w->last = w->p[-1];
	}
}

static void set_grams(struct hay *h);

void hay_init(struct hay *h, struct arena *a, struct span text)
{
	struct hay_writer w;
	struct found_address next;
	const char *p = text.p;
	bool have;

	if (span_len(text) > HAY_MAX)
		text.end = text.p + HAY_MAX;
	w.start = w.p = arena_take(a, span_len(text) + 3);
	w.last = '\0';
	put(&w, ' ');
	have = addr_find(&next, (struct span){ p, text.end });
	while (p < text.end) {
		size_t code = w.last == ' ' ? repeated_code((struct span){ p, text.end }) : 0;

		if (have && p >= next.at.p) {
			/* the local part was written already: take it back */
			drop_open_bracket(&w);
			put(&w, ' ');
			put(&w, '@');
			put(&w, ' ');
			p = skip_address_marks(next.at.end, text.end);
			have = addr_find(&next, (struct span){ p, text.end });
		} else if (code > 0) {
			p += code;
		} else {
			p += put_folded(&w, (struct span){ p, text.end });
			if (w.last != ' ')
				p = put_run(&w, p, have ? next.at.p : text.end);
		}
	}
	put(&w, ' ');
	h->s = w.start;
	h->n = (size_t)(w.p - w.start);
	set_grams(h);
}

void hay_add(struct hay *h, struct arena *a, struct span text)
{
	struct hay other;

	hay_init(&other, a, text);
	for (size_t i = 0; i < ARRAY_SIZE(h->grams); i++)
		h->grams[i] |= other.grams[i];
}

static void set_grams(struct hay *h)
{
	memset(h->grams, 0, sizeof(h->grams));
	for (size_t i = 0; i + HAY_GRAM <= h->n; i++) {
		unsigned g = hay_gram(h->s + i);

		h->grams[g >> 6] |= UINT64_C(1) << (g & 63);
	}
}

static bool has_gap(const char *four)
{
	return four[0] == '*' || four[1] == '*' || four[2] == '*' || four[3] == '*';
}

bool hay_may_go_on(const struct hay *h, const char *pattern)
{
	for (const char *p = pattern; p[0] != '\0' && p[1] != '\0' && p[2] != '\0' && p[3] != '\0';
	     p++)
		if (!hay_may_hold(h, p) && !has_gap(p))
			return false;
	return true;
}

/* The literal pieces of a pattern in order, each within HAY_GAP of the one before. */
static bool tail_matches(struct span rest, const char *pattern)
{
	while (*pattern == '*') {
		size_t n = strcspn(++pattern, "*");
		struct span window = rest;
		const char *hit;

		/* "a * b" fits "a b" too */
		if (*pattern == ' ' && window.p[-1] == ' ')
			window.p--;
		if (span_len(window) > HAY_GAP + n)
			window.end = window.p + HAY_GAP + n;
		hit = memmem(window.p, span_len(window), pattern, n);
		if (hit == NULL)
			return false;
		rest.p = hit + n;
		pattern += n;
	}
	return true;
}

long hay_find(const struct hay *h, const char *pattern)
{
	const char *p = h->s, *end = h->s + h->n;
	size_t n;

	if (!hay_may_go_on(h, pattern))
		return -1;
	n = strcspn(pattern, "*");
	for (int tries = 0; tries < 64; tries++) {
		p = memmem(p, (size_t)(end - p), pattern, n);
		if (p == NULL)
			return -1;
		if (tail_matches((struct span){ p + n, end }, pattern + n))
			return p - h->s;
		p++;
	}
	return -1;
}

const char *hay_any(const struct hay *h, const char *const *patterns)
{
	for (; *patterns != NULL; patterns++)
		if (hay_has(h, *patterns))
			return *patterns;
	return NULL;
}
