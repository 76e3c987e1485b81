/*
 * mime_split: delimiters are looked for, everything between is left alone.
 *
 * Invariant: one pass over the body for its delimiters.
 * Input: what prescan_mail() let through; still hostile.
 */
#include "base.h"

#include "content_type.h"
#include "mime_split.h"
#include "mime_walk.h"

/* BLANK_LINE: the bytes of a line of one blank, of which one may follow a field, folded or not. */
enum { BOUNDARY_MAX = 4096, BLANK_LINE = 3 };

static void skip_blanks(struct span *s)
{
	while (!span_empty(*s) && ascii_blank(*s->p))
		s->p++;
}

static bool take_line_end(struct span *s)
{
	const char *p = s->p;

	if (p < s->end && *p == '\r')
		p++;
	if (p == s->end || *p != '\n')
		return false;
	s->p = p + 1;
	return true;
}

void mime_skip_empty_line(struct span *rest)
{
	take_line_end(rest);
}

static bool take_blank_line(struct span *s)
{
	struct span again = *s;

	skip_blanks(&again);
	if (!take_line_end(&again))
		return false;
	*s = again;
	return true;
}

static const char *without_line_end(const char *start, const char *end)
{
	if (end > start && end[-1] == '\r')
		return end - 1;
	if (end > start && end[-1] == '\n')
		end--;
	if (end > start && end[-1] == '\r')
		end--;
	return end;
}

/* The folded lines behind p up to its line end; NULL where a line has none. */
static const char *field_end(const char *p, const char *end, const char **behind)
{
	const char *at = memchr(p, '\n', (size_t)(end - p)), *last = at;

	while (at != NULL && end - at >= 2 && ascii_blank(at[1])) {
		const char *next = memchr(at + 1, '\n', (size_t)(end - at - 1));

		if (next == NULL)
			return NULL;
		if (next - at > BLANK_LINE)
			last = next;
		at = next;
	}
	if (at != NULL)
		*behind = last + 1 + (at > last ? BLANK_LINE : 0);
	return last;
}

bool mime_take_field(struct span *rest, struct mail_field *f)
{
	const char *p = rest->p, *end, *behind;

	while (p < rest->end && (unsigned char)*p > ' ' && *p != ':')
		p++;
	f->name = (struct span){ rest->p, p };
	if (p < rest->end && *p != ':')
		p = cfws_end((struct span){ p, rest->end });
	if (span_empty(f->name) || p == rest->end || *p != ':')
		return false;
	end = field_end(++p, rest->end, &behind);
	if (end == NULL)
		return false;
	while (p < end && ascii_blank(*p))
		p++;
	f->value = (struct span){ p, without_line_end(p, end) };
	rest->p = behind;
	return true;
}

/* "--" counts behind one other character at the start of a line, too. */
static bool delimiter_place(struct span body, const char *p)
{
	if (p == body.p || p[-1] == '\n')
		return true;
	return p - body.p >= 2 && p[-2] == '\n' && p[-1] != '-' && p[-1] != '\r';
}

/*
 * Behind the first delimiter and its line end; without one behind the last dashes that looked like
 * it.
 */
static void skip_preamble(struct span *body, const char *boundary)
{
	size_t n = strlen(boundary);
	const char *p = body->p, *at = p;

	while (p != NULL && (p = memmem(p, (size_t)(body->end - p), "--", 2)) != NULL) {
		if (!delimiter_place(*body, p)) {
			p = memchr(p, '\n', (size_t)(body->end - p));
			continue;
		}
		at = p += 2;
		if ((size_t)(body->end - p) > n && memcmp(p, boundary, n) == 0) {
			at = p + n;
			break;
		}
	}
	body->p = at;
	while (take_blank_line(body))
		;
}

/* Where text that is not closed ends: in front of its last line that begins with a dash. */
static const char *open_end(struct span s)
{
	for (const char *p = s.end; p - s.p >= 2; p--)
		if (p[-1] == '-' && p[-2] == '\n')
			return p - 1;
	return s.end;
}

/*
 * Up to the next line that begins with the delimiter, which moves s behind the delimiter; NULL
 * where no such line is.
 */
static const char *text_end(struct span *s, const char *delimiter)
{
	size_t n = strlen(delimiter);
	const char *start = s->p, *at = memmem(start, span_len(*s), delimiter, n);

	if (at == NULL || (size_t)(s->end - at) == n)
		return NULL;
	s->p = at + n;
	return without_line_end(start, at + 1);
}

/*
 * A part up to the next delimiter that has its line to itself; the last one where none is: up to
 * its first closing delimiter or to the end.  False where there is no text.
 */
static bool take_part(struct span *body, const char *delimiter, struct span *part, bool *last)
{
	const char *closed = NULL, *start = body->p, *end;

	part->p = body->p;
	while ((end = text_end(body, delimiter)) != NULL && end > start) {
		start = body->p;
		if (closed == NULL && span_starts_nocase(*body, "--"))
			closed = end;
		if (take_blank_line(body)) {
			part->end = end;
			return true;
		}
	}
	*last = true;
	if (closed == NULL && end == NULL)
		end = without_line_end(start, open_end((struct span){ start, body->end }));
	part->end = closed != NULL ? closed : end;
	return closed != NULL || end > start;
}

int mime_split(struct span *part, int max, struct span body, const char *boundary)
{
	char delimiter[BOUNDARY_MAX];
	struct span s;
	bool last = false;
	int n = 0;

	if ((size_t)snprintf(delimiter, sizeof(delimiter), "\n--%s", boundary) >= sizeof(delimiter))
		return 0;
	skip_preamble(&body, boundary);
	while (!last) {
		if (!take_part(&body, delimiter, &s, &last))
			return 0;
		if (n < max)
			part[n++] = s;
		take_blank_line(&body);
	}
	return n;
}
