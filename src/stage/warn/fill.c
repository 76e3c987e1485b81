/*
 * fill: lines that became too long once their values stood in them.
 *
 * Invariant: only blanks are changed, and only on lines that are too long.
 * Input: rendered text; its values are hostile but hold no line breaks.
 */
#include "base.h"
#include "fill.h"
#include "span.h"
#include "utf8.h"

static size_t columns(struct span s)
{
	return utf8_count(s.p, span_len(s));
}

/* Octets of a label at the start ("Betreft:"); 0 where there is none. */
static size_t label(struct span line)
{
	const char *p = line.p;

	while (p < line.end && ascii_alpha(*p))
		p++;
	return p > line.p && p < line.end && *p == ':' ? (size_t)(p + 1 - line.p) : 0;
}

/* Columns of leading blanks and a list mark ("-", "*", "12."), or of a label and its blanks. */
static size_t hanging(struct span line)
{
	const char *p = line.p, *mark;

	while (p < line.end && ascii_blank(*p))
		p++;
	mark = p;
	if (label(line) > 0) {
		p += label(line);
	} else if (p < line.end && (*p == '-' || *p == '*')) {
		p++;
	} else {
		while (p < line.end && ascii_digit(*p))
			p++;
		p = p > mark && p < line.end && *p == '.' ? p + 1 : mark;
	}
	if (p == mark || p >= line.end || !ascii_blank(*p))
		return (size_t)(mark - line.p);
	while (p < line.end && ascii_blank(*p))
		p++;
	return (size_t)(p - line.p);
}

static void fill_line(struct buf *out, struct span line)
{
	size_t indent = hanging(line), column = indent;
	bool fresh = true; /* no word on the line yet */

	indent = indent > FILL_COLUMNS / 2 ? 0 : indent;
	buf_add(out, line.p, column);
	line.p += column;
	while (!span_empty(line)) {
		struct span gap = { line.p, line.p }, word;
		size_t width;

		while (gap.end < line.end && ascii_blank(*gap.end))
			gap.end++;
		word = (struct span){ gap.end, gap.end };
		while (word.end < line.end && !ascii_blank(*word.end))
			word.end++;
		if (span_empty(word))
			break;
		width = columns(word);
		if (!fresh && column + span_len(gap) + width > FILL_COLUMNS) {
			buf_addch(out, '\n');
			for (size_t i = 0; i < indent; i++)
				buf_addch(out, ' ');
			column = indent;
		} else {
			buf_add(out, gap.p, span_len(gap));
			column += span_len(gap);
		}
		buf_add(out, word.p, span_len(word));
		column += width;
		fresh = false;
		line.p = word.end;
	}
}

/*
 * May the line of n bytes at s, which ends with LF, stand as it is?  Bytes, not characters: those
 * are counted for the few lines that may be too long.
 */
static bool fits(const char *s, size_t n)
{
	return n <= FILL_COLUMNS && (n == 0 || s[n - 1] != '\r');
}

void fill_text(struct buf *out, const char *text, size_t n)
{
	struct span s = span_of(text, n), line;
	const char *run = s.p, *nl; /* lines from here on fit and are not copied yet */

	buf_reserve(out, n + 1);
	while (!span_empty(s)) {
		nl = memchr(s.p, '\n', span_len(s));
		if (nl != NULL && fits(s.p, (size_t)(nl - s.p))) {
			s.p = nl + 1;
			continue;
		}
		buf_add(out, run, (size_t)(s.p - run));
		(void)span_line(&s, &line);
		if (span_len(line) > FILL_COLUMNS && columns(line) > FILL_COLUMNS)
			fill_line(out, line);
		else
			buf_add(out, line.p, span_len(line));
		buf_addch(out, '\n');
		run = s.p;
	}
	buf_add(out, run, (size_t)(s.p - run));
}
