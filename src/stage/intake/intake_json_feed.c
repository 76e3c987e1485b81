/*
 * intake_json_feed: one JSON object after the other, from lines, an array, or a file that is one
 * object.
 *
 * Invariant: an object is at most FEED_LINE_MAX bytes and JSON_DEPTH levels; where one does not
 * end, its first physical line is lost and reading goes on behind that.
 * Input: hostile bytes; only brackets and strings are looked at here.
 */
#include "base.h"
#include "intake_formats.h"

/* Where in an object we are. */
struct scan {
	int depth;
	bool string, escape;
};

enum scan_result { SCAN_MORE, SCAN_DONE, SCAN_BAD };

static enum scan_result scan_string(struct scan *s, char c)
{
	if (c == '\n')
		return SCAN_BAD;
	if (s->escape)
		s->escape = false;
	else if (c == '\\')
		s->escape = true;
	else if (c == '"')
		s->string = false;
	return SCAN_MORE;
}

static enum scan_result scan_byte(struct scan *s, char c)
{
	if (s->string)
		return scan_string(s, c);
	switch (c) {
	case '"':
		s->string = true;
		return SCAN_MORE;
	case '{': case '[':
		return ++s->depth > JSON_DEPTH ? SCAN_BAD : SCAN_MORE;
	case '}': case ']':
		return --s->depth == 0 ? SCAN_DONE : SCAN_MORE;
	default:
		return SCAN_MORE;
	}
}

/* Is the line one object from its first to its last byte (blanks aside)? */
static bool is_whole(struct span line)
{
	struct scan s = { 0 };

	line = span_trim(line);
	if (span_empty(line) || *line.p != '{')
		return false;
	for (const char *p = line.p; p < line.end; p++) {
		enum scan_result r = scan_byte(&s, *p);

		if (r != SCAN_MORE)
			return r == SCAN_DONE && p + 1 == line.end;
	}
	return false;
}

/* Lines, if the first one is an object of its own or the second begins another. */
static int guess_lines(struct json_feed *j, struct err *e)
{
	struct span line;
	int got = feed_line(j->f, &line, e);

	j->lines = got == FEED_LONG || (got == FEED_LINE && is_whole(line));
	while (!j->lines && got == FEED_LINE) {
		if ((got = feed_line(j->f, &line, e)) != FEED_LINE)
			break;
		line = span_trim(line);
		if (span_empty(line))
			continue;
		j->lines = *line.p == '{';
		break;
	}
	feed_rewind(j->f);
	return got < 0 ? got : 0;
}

/* Drops blanks, and between the objects of a stream what belongs to the array. */
static int skip_between(struct json_feed *j, struct err *e)
{
	int rc = 1;

	while (rc > 0) {
		struct span s = feed_rest(j->f);
		const char *p = s.p;

		for (; p < s.end; p++) {
			if (*p == '[' && !j->opened)
				j->opened = j->in_array = true;
			else if (*p == ']' && j->in_array)
				j->in_array = false;
			else if (!ascii_space(*p) && !(*p == ',' && j->in_array))
				break;
		}
		feed_skip(j->f, (size_t)(p - s.p));
		feed_accept(j->f);
		if (p < s.end)
			return 1;
		rc = feed_fill(j->f, e);
	}
	return rc;
}

int json_feed_open(struct json_feed *j, struct feed *f, struct err *e)
{
	struct span s;
	int rc;

	*j = (struct json_feed){ .f = f };
	while (!span_empty(s = feed_rest(f)) && ascii_space(*s.p)) {
		feed_skip(f, 1);
		feed_accept(f);
		if ((rc = feed_need(f, 1, e)) < 0)
			return rc;
	}
	if (span_empty(s))
		return err_set(e, ERR_INPUT, "%s: empty", f->name);
	if (*s.p == '[')
		return 0;
	if (*s.p != '{')
		return err_set(e, ERR_INPUT, "%s: no JSON: neither an object, an array of objects "
		               "nor one object a line", f->name);
	return guess_lines(j, e);
}

static int bad(struct json_feed *j, struct span text, const char *reason)
{
	j->text = text;
	j->reason = reason;
	return FEED_BAD;
}

static int next_line(struct json_feed *j, struct err *e)
{
	struct span line;
	int got;

	do {
		feed_accept(j->f);
		if ((got = feed_line(j->f, &line, e)) <= FEED_END)
			return got < 0 ? got : FEED_NO_MORE;
	} while (span_empty(span_trim(line)));
	j->line = j->f->line;
	j->text = feed_record(j->f);
	feed_accept(j->f);
	if (got == FEED_LONG)
		return bad(j, j->text, "longer than 1 MiB");
	if (!is_whole(line))
		return bad(j, j->text, "not one whole JSON object, or nested too deep");
	j->text = line;
	return FEED_OBJECT;
}

/* Something between the objects that is none: up to the next that may be. */
static int take_garbage(struct json_feed *j)
{
	struct span s = feed_rest(j->f);
	const char *p = s.p + 1;

	while (p < s.end && p - s.p < FEED_RAW_MAX && strchr("{,]\n", *p) == NULL)
		p++;
	feed_skip(j->f, (size_t)(p - s.p));
	j->text = feed_record(j->f);
	feed_accept(j->f);
	return bad(j, j->text, "not an object");
}

/* The object that begins at the cursor does not end as it should. */
static int lose_object(struct json_feed *j, const char *reason, struct err *e)
{
	struct span line;
	int got;

	feed_rewind(j->f);
	if ((got = feed_line(j->f, &line, e)) < 0)
		return got;
	line = feed_record(j->f);
	feed_accept(j->f);
	return bad(j, line, reason);
}

static int take_object(struct json_feed *j, struct err *e)
{
	struct scan scan = { 0 };
	enum scan_result r = SCAN_MORE;
	size_t n = 0;
	int rc;

	for (;;) {
		struct span s = feed_rest(j->f);

		while (r == SCAN_MORE && n < span_len(s) && n <= FEED_LINE_MAX)
			r = scan_byte(&scan, s.p[n++]);
		if (r != SCAN_MORE)
			break;
		if (n > FEED_LINE_MAX)
			return lose_object(j, "longer than 1 MiB", e);
		if ((rc = feed_fill(j->f, e)) < 0)
			return rc;
		if (rc == 0)
			return lose_object(j, "not one whole JSON object; the file may be cut off",
			                   e);
	}
	if (r == SCAN_BAD)
		return lose_object(j, "not one whole JSON object, or nested too deep", e);
	j->text = span_of(feed_rest(j->f).p, n);
	feed_skip(j->f, n);
	feed_accept(j->f);
	return FEED_OBJECT;
}

static int next_in_stream(struct json_feed *j, struct err *e)
{
	int rc = skip_between(j, e);

	j->line = j->f->line + 1;
	if (rc < 0)
		return rc;
	if (rc == 0 && j->in_array) {
		j->in_array = false;
		j->line = j->f->line > 0 ? j->f->line : 1;
		return bad(j, feed_rest(j->f), "the array is not closed: the file may be cut off");
	}
	if (rc == 0)
		return FEED_NO_MORE;
	return *feed_rest(j->f).p == '{' ? take_object(j, e) : take_garbage(j);
}

int json_feed_next(struct json_feed *j, struct err *e)
{
	return j->lines ? next_line(j, e) : next_in_stream(j, e);
}
