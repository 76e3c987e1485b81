/*
 * prescan: counts what nests, normalises line ends, copies with padding.
 *
 * Invariant: whatever passes nests at most a few hundred levels in any reading of it, so that a
 * parser's recursion is bounded; one linear pass.
 * Input: the raw mail, hostile.
 */
#include "base.h"

#include "prescan.h"

enum {
	COMMENT_DEPTH_MAX = 200, /* "((((": real comments nest twice */
	HEADER_BYTES_MAX = 64 << 10,
	HEADER_LINES_MAX = 2000,
	BOUNDARIES_A_PART = 4, /* lines that start with "--", tables in text among them */
	/* multiparts times bytes: what the quadratic boundary search may cost */
	MULTIPART_WORK_MAX = 16 << 20,
};

/* Where a byte stands next: what is rare is looked for once, not in every line. */
struct next_byte {
	char c;
	const char *at, *end; /* at NULL: nowhere up to end */
};

struct prescan {
	int content_types, multiparts, boundary_lines, comment_depth;
	bool comment_overflow;
	struct next_byte comment, slash, nul, cr;
};

static struct next_byte next_byte_in(struct span s, char c)
{
	return (struct next_byte){ c, memchr(s.p, c, span_len(s)), s.end };
}

/* The first in the line, NULL for none; lines are asked for in order. */
static const char *first_in(struct next_byte *n, struct span line)
{
	if (n->at != NULL && n->at < line.p)
		n->at = memchr(line.p, n->c, (size_t)(n->end - line.p));
	return n->at != NULL && n->at < line.end ? n->at : NULL;
}

static struct span without_mbox_line(struct span mail)
{
	struct span line, rest = mail;

	while (!span_empty(rest) && (*rest.p == '\r' || *rest.p == '\n'))
		rest.p++;
	mail = rest;
	if (span_starts_nocase(mail, "From ") || span_starts_nocase(mail, ">From "))
		if (span_until(&rest, memchr(rest.p, '\n', span_len(rest)) ? '\n' : '\r', &line))
			return rest;
	return mail;
}

/*
 * A '(' inside a folded header field; a line that does not start with a blank begins a new field.
 */
static void count_comments(struct prescan *s, struct span line)
{
	const char *first = first_in(&s->comment, line);

	if (span_empty(line) || (*line.p != ' ' && *line.p != '\t'))
		s->comment_depth = 0;
	if (first == NULL && s->comment_depth == 0)
		return;
	for (const char *p = s->comment_depth > 0 ? line.p : first; p < line.end; p++) {
		if (s->comment_depth == 0 && *p != '(') {
			p = memchr(p, '(', (size_t)(line.end - p));
			if (p == NULL)
				return;
		}
		if (*p == '(')
			s->comment_depth++;
		else if (*p == ')' && s->comment_depth > 0 && p > line.p && p[-1] != '\\')
			s->comment_depth--;
		if (s->comment_depth > COMMENT_DEPTH_MAX)
			s->comment_overflow = true;
	}
}

static void count_line(struct prescan *s, struct span line)
{
	const char *slash = first_in(&s->slash, line);

	count_comments(s, line);
	if (span_empty(line))
		return;
	s->boundary_lines += span_len(line) > 2 && line.p[0] == '-' && line.p[1] == '-';
	if ((*line.p == 'c' || *line.p == 'C') && span_starts_nocase(line, "content-type"))
		s->content_types++;
	for (const char *p = slash; p != NULL; p = memchr(p + 1, '/', (size_t)(line.end - p - 1)))
		if (p - line.p >= 9 && span_equals_nocase(span_of(p - 9, 9), "multipart"))
			s->multiparts++;
}

static void blank_out(char *p, size_t n, char c)
{
	for (char *end = p + n; (p = memchr(p, c, (size_t)(end - p))) != NULL;)
		*p = ' ';
}

static char *copy_line(struct prescan *s, char *out, struct span line)
{
	size_t n = span_len(line);

	memcpy(out, line.p, n);
	if (first_in(&s->nul, line) != NULL)
		blank_out(out, n, '\0');
	if (first_in(&s->cr, line) != NULL)
		blank_out(out, n, '\r');
	out += n;
	*out++ = '\r';
	*out++ = '\n';
	return out;
}

/* How many bytes CRLF may add: one a line. */
static size_t line_count(struct span s, char end)
{
	size_t n = 1;

	for (const char *p = s.p; (p = memchr(p, end, (size_t)(s.end - p))) != NULL; p++)
		n++;
	return n;
}

bool prescan_mail(struct span *out, struct arena *a, struct span mail,
		  const struct classify_limits *limits)
{
	struct prescan s = { 0 };
	struct span line, rest;
	char *start, *p, end;
	bool in_header = true, skip = false;
	size_t lines = 0;

	if (span_len(mail) > limits->bytes)
		mail.end = mail.p + limits->bytes;
	/*
	 * A lone CR ends a line only in mails without any LF; elsewhere splitting there would
	 * invent headers.
	 */
	end = memchr(mail.p, '\n', span_len(mail)) ? '\n' : '\r';
	rest = without_mbox_line(mail);
	s.comment = next_byte_in(rest, '(');
	s.slash = next_byte_in(rest, '/');
	s.nul = next_byte_in(rest, '\0');
	s.cr = next_byte_in(rest, '\r');
	start = p = arena_take(a, span_len(rest) + line_count(rest, end) + 2 + PRESCAN_PADDING);
	/* each boundary makes a part: behind too many nothing is read */
	while (!span_empty(rest) && s.boundary_lines <= BOUNDARIES_A_PART * limits->parts) {
		span_until(&rest, end, &line);
		if (!span_empty(line) && line.end[-1] == '\r')
			line.end--;
		count_line(&s, line);
		in_header = in_header && !span_empty(line);
		if (in_header && (++lines > HEADER_LINES_MAX || p - start > HEADER_BYTES_MAX))
			skip = true;
		if (in_header && skip)
			continue;
		if (in_header && span_len(line) > HEADER_BYTES_MAX / 4)
			line.end = line.p + HEADER_BYTES_MAX / 4;
		p = copy_line(&s, p, line);
	}
	memset(p, 0, PRESCAN_PADDING);
	*out = (struct span){ start, p };
	return !s.comment_overflow && s.content_types <= limits->parts &&
	       s.multiparts <= limits->parts &&
	       (size_t)s.multiparts * span_len(*out) <= MULTIPART_WORK_MAX;
}
