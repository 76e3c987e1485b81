/*
 * charset: converts text to UTF-8.
 *
 * Invariant: windows-1252 and its like are converted here, since opening a converter costs more
 * than reading a mail; the library has the rest.
 * Input: bytes and names out of a hostile mail.
 */
#include "base.h"

#include <libetpan/libetpan.h>

#include "buf.h"
#include "charset.h"
#include "utf8.h"

enum { CHARSET_MAX = 40 };

/* windows-1252 from 0x80 on; what it does not define is what ISO 8859-1 says */
static const uint16_t western[32] = {
	0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
	0x2039, 0x0152, 0x8d,   0x017d, 0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
	0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178,
};

static char *put_code(char *p, unsigned cp)
{
	if (cp < 0x80) {
		*p++ = (char)cp;
	} else if (cp < 0x800) {
		*p++ = (char)(0xc0 | cp >> 6);
		*p++ = (char)(0x80 | (cp & 0x3f));
	} else {
		*p++ = (char)(0xe0 | cp >> 12);
		*p++ = (char)(0x80 | (cp >> 6 & 0x3f));
		*p++ = (char)(0x80 | (cp & 0x3f));
	}
	return p;
}

static struct span from_western(struct arena *a, struct span s)
{
	char *start = arena_take(a, 3 * span_len(s) + 1), *to = start;

	for (const char *p = s.p; p < s.end; p++) {
		unsigned c = (unsigned char)*p;

		to = put_code(to, c >= 0x80 && c < 0xa0 ? western[c - 0x80] : c);
	}
	*to = '\0';
	return (struct span){ start, to };
}

static bool is_western(const char *charset)
{
	static const char *const names[] = { "",           "us-ascii",   "utf-8",  "windows-1252",
					     "iso-8859-1", "iso8859-1", "latin1", "cp1252" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strcasecmp(charset, names[i]) == 0)
			return true;
	return false;
}

/* ISO-2022-JP and UTF-7 look like ASCII. */
static bool stateful(const char *charset)
{
	return strncasecmp(charset, "iso-2022", 8) == 0 || strstr(charset, "utf-7") != NULL ||
	       strstr(charset, "UTF-7") != NULL;
}

static bool from_other(struct span *out, struct arena *a, struct span s, const char *charset)
{
	char *text = NULL;
	size_t n = 0;

	if (charconv_buffer("utf-8", charset, s.p, span_len(s), &text, &n) !=
	    MAIL_CHARCONV_NO_ERROR)
		return false;
	*out = span_str(arena_strndup(a, text, n));
	charconv_buffer_free(text);
	return true;
}

struct span charset_decode(struct arena *a, struct span s, const char *charset)
{
	struct span out;

	if (strcasecmp(charset, "unicode-1-1-utf-7") == 0)
		charset = "utf-7";
	if (!stateful(charset) && utf8_check(s.p, span_len(s)) == SIZE_MAX)
		return s;
	if (!is_western(charset) && from_other(&out, a, s, charset))
		return out;
	return from_western(a, s);
}

/* ---- encoded words: =?charset?B|Q?text?= */

struct word {
	char charset[CHARSET_MAX];
	char how; /* 'b' or 'q' */
	struct span text;
};

static bool take_word(struct span *rest, struct word *w)
{
	struct span s = *rest, charset, how;
	const char *star;

	if (!span_starts_nocase(s, "=?"))
		return false;
	s.p += 2;
	if (!span_until(&s, '?', &charset) || !span_until(&s, '?', &how) || span_len(how) != 1)
		return false;
	for (w->text.p = s.p; s.p < s.end && *s.p != '?' && *s.p != '\0'; s.p++)
		;
	w->text.end = s.p;
	if (!span_starts_nocase(s, "?="))
		return false;
	/* RFC 2231: a language behind the charset */
	star = memchr(charset.p, '*', span_len(charset));
	if (star != NULL)
		charset.end = star;
	if (span_len(charset) >= sizeof(w->charset))
		return false;
	memcpy(w->charset, charset.p, span_len(charset));
	w->charset[span_len(charset)] = '\0';
	w->how = ascii_lower(*how.p);
	if (w->how != 'b' && w->how != 'q')
		return false;
	rest->p = s.p + 2;
	return true;
}

static int digit64(char c)
{
	return c >= 'A' && c <= 'Z'   ? c - 'A'
	       : c >= 'a' && c <= 'z' ? c - 'a' + 26
	       : ascii_digit(c)       ? c - '0' + 52
	       : c == '+'             ? 62
	       : c == '/'             ? 63
				      : -1;
}

static void add_base64(struct buf *out, struct span s)
{
	unsigned bits = 0;
	int n = 0;

	for (const char *p = s.p; p < s.end && *p != '='; p++) {
		int d = digit64(*p);

		if (d < 0)
			continue;
		bits = (bits << 6 | (unsigned)d) & 0xffffff;
		n += 6;
		if (n >= 8) {
			n -= 8;
			buf_addch(out, (char)(bits >> n & 0xff));
		}
	}
}

static int digit16(char c)
{
	c = ascii_lower(c);
	return ascii_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void add_quoted(struct buf *out, struct span s)
{
	for (const char *p = s.p; p < s.end; p++) {
		if (*p == '=' && s.end - p > 2 && digit16(p[1]) >= 0 && digit16(p[2]) >= 0) {
			buf_addch(out, (char)(digit16(p[1]) << 4 | digit16(p[2])));
			p += 2;
		} else {
			buf_addch(out, *p == '_' ? ' ' : *p);
		}
	}
}

/* Words of one charset may share a character, so their bytes are joined before they are read. */
static void flush_words(struct buf *out, struct buf *bytes, struct arena *a, const char *charset)
{
	struct span text = charset_decode(a, span_of(bytes->s, bytes->len), charset);

	for (const char *p = text.p; p < text.end; p++)
		buf_addch(out, *p == '\0' || *p == '\r' || *p == '\n' ? ' ' : *p);
	buf_reset(bytes);
}

static struct span skip_blanks(struct span s)
{
	while (!span_empty(s) && *s.p == ' ')
		s.p++;
	return s;
}

const char *charset_decode_words(struct arena *a, const char *value)
{
	struct span rest = span_str(value), next;
	struct buf out = BUF_INIT, bytes = BUF_INIT;
	char charset[CHARSET_MAX];
	const char *copy;
	struct word w;

	while (!span_empty(rest)) {
		bool more = take_word(&rest, &w);

		if (!more) {
			buf_addch(&out, *rest.p++);
			continue;
		}
		for (; more; more = take_word(&next, &w), rest = more ? next : rest) {
			if (bytes.len > 0 && strcasecmp(charset, w.charset) != 0)
				flush_words(&out, &bytes, a, charset);
			memcpy(charset, w.charset, sizeof(charset));
			(w.how == 'b' ? add_base64 : add_quoted)(&bytes, w.text);
			/* blanks between two encoded words are none of the text */
			next = skip_blanks(rest);
		}
		flush_words(&out, &bytes, a, charset);
	}
	copy = arena_strndup(a, out.len > 0 ? out.s : "", out.len);
	buf_clear(&bytes);
	buf_clear(&out);
	return copy;
}
