/*
 * intake_feed: the bytes of a feed, line by line, with a way back.
 *
 * Invariant: mark <= cursor <= data.len; everything before the mark is done with.
 * Input: a file or pipe of any size and content (hostile).
 */
#include "base.h"

#include <errno.h>
#include <unistd.h>

#include "intake_feed.h"

enum { CHUNK = 256 * 1024 };

void feed_init(struct feed *f, int fd, const char *name)
{
	*f = (struct feed){ .fd = fd, .name = name, .data = BUF_INIT, .long_at = UINT64_MAX };
}

void feed_clear(struct feed *f)
{
	buf_clear(&f->data);
}

static void cut_out(struct buf *b, size_t from, size_t to)
{
	memmove(b->s + from, b->s + to, b->len - to);
	buf_truncate(b, b->len - (to - from));
}

int feed_fill(struct feed *f, struct err *e)
{
	ssize_t n;

	if (f->eof)
		return 0;
	if (f->mark > 0) {
		cut_out(&f->data, 0, f->mark);
		f->base += f->mark;
		f->cursor -= f->mark;
		f->mark = 0;
	}
	buf_reserve(&f->data, CHUNK);
	do {
		n = read(f->fd, f->data.s + f->data.len, CHUNK);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_errno(e, ERR_IO, "%s: cannot be read", f->name);
	f->data.len += (size_t)n;
	f->data.s[f->data.len] = '\0';
	f->eof = n == 0;
	return n > 0;
}

int feed_need(struct feed *f, size_t n, struct err *e)
{
	int rc = 1;

	while (rc > 0 && f->data.len - f->cursor < n)
		rc = feed_fill(f, e);
	return rc < 0 ? rc : 0;
}

/* Drops the tail of a line that is too long, up to its LF. */
static int drop_tail(struct feed *f, struct err *e)
{
	int rc = 1;

	f->long_at = f->base + f->cursor;
	for (;;) {
		size_t keep = f->cursor + FEED_RAW_MAX;
		char *nl = memchr(f->data.s + keep, '\n', f->data.len - keep);

		if (nl != NULL) {
			cut_out(&f->data, keep, (size_t)(nl - f->data.s));
			return 0;
		}
		buf_truncate(&f->data, keep);
		if (rc <= 0)
			return rc;
		rc = feed_fill(f, e);
	}
}

/* Finds the end of the line at the cursor: the offset of its LF, or of the end of the feed. */
static int find_end(struct feed *f, size_t *end, struct err *e)
{
	size_t seen = 0;
	int rc = 1;

	for (;;) {
		size_t have = f->data.len - f->cursor;
		char *nl = memchr(f->data.s + f->cursor + seen, '\n', have - seen);

		if (nl != NULL) {
			*end = (size_t)(nl - f->data.s);
			return 0;
		}
		*end = f->data.len;
		if (have > FEED_LINE_MAX || rc == 0)
			return 0;
		seen = have;
		if ((rc = feed_fill(f, e)) < 0)
			return rc;
	}
}

int feed_line(struct feed *f, struct span *out, struct err *e)
{
	size_t end;
	bool is_long;
	int rc;

	if ((rc = find_end(f, &end, e)) < 0)
		return rc;
	if (end == f->cursor && end == f->data.len)
		return FEED_END;
	is_long = f->long_at == f->base + f->cursor;
	if (!is_long && end - f->cursor > FEED_LINE_MAX) {
		if ((rc = drop_tail(f, e)) < 0)
			return rc;
		is_long = true;
		end = f->cursor + FEED_RAW_MAX;
	}
	*out = (struct span){ f->data.s + f->cursor, f->data.s + end };
	if (out->end > out->p && out->end[-1] == '\r')
		out->end--;
	f->cursor = end + (end < f->data.len);
	f->line++;
	return is_long ? FEED_LONG : FEED_LINE;
}

void feed_skip(struct feed *f, size_t n)
{
	for (const char *p = f->data.s + f->cursor, *end = p + n; p < end; p++)
		f->line += *p == '\n';
	f->cursor += n;
}

static struct span cut_raw(const struct feed *f, size_t end)
{
	struct span s = { f->data.s + f->mark, f->data.s + end };

	if (s.end > s.p && s.end[-1] == '\n')
		s.end--;
	if (s.end > s.p && s.end[-1] == '\r')
		s.end--;
	if (span_len(s) > FEED_RAW_MAX)
		s.end = s.p + FEED_RAW_MAX;
	return s;
}

struct span feed_record(const struct feed *f)
{
	return cut_raw(f, f->cursor);
}

struct span feed_rest(const struct feed *f)
{
	return span_of(f->data.s + f->cursor, f->data.len - f->cursor);
}

void feed_accept(struct feed *f)
{
	f->mark = f->cursor;
	f->mark_line = f->line;
}

void feed_rewind(struct feed *f)
{
	f->cursor = f->mark;
	f->line = f->mark_line;
}

struct span feed_give_up(struct feed *f)
{
	char *nl = memchr(f->data.s + f->mark, '\n', f->cursor - f->mark);
	struct span first;

	if (nl != NULL)
		f->cursor = (size_t)(nl - f->data.s) + 1;
	first = cut_raw(f, f->cursor);
	f->line = f->mark_line + 1;
	feed_accept(f);
	return first;
}
