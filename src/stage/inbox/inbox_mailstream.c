/*
 * inbox_mailstream: our stream as libetpan sees it.
 *
 * Invariant: libetpan gets no byte that the guard has not passed.
 * Input: what an IMAP server sends, hostile.
 */
#include "base.h"

#include <libetpan/mailstream.h>

#include "alloc.h"
#include "inbox_guard.h"
#include "inbox_mailstream.h"
#include "span.h"

enum { BUFFER = 16 << 10 };

struct view {
	struct inbox_stream *stream;
	struct inbox_guard guard;
	mailstream_low_driver driver; /* libetpan wants it writable */
	bool greeted;                 /* the server has said something */
};

static const char *check(struct view *v, const void *p, size_t n, int *code)
{
	*code = ERR_NET;
	/* libetpan loses the memory of a greeting that says BYE, and a busy server is asked again
	 * and again */
	if (!v->greeted && span_starts_nocase(span_of(p, n), "* BYE")) {
		*code = ERR_TEMP;
		return "takes no connection now";
	}
	v->greeted = true;
	return inbox_guard_check(&v->guard, p, n);
}

static ssize_t view_read(mailstream_low *low, void *p, size_t n)
{
	struct view *v = low->data;
	ssize_t r = inbox_stream_read(v->stream, p, n);
	const char *why;
	int code;

	if (r > 0 && (why = check(v, p, (size_t)r, &code)) != NULL) {
		inbox_stream_refuse(v->stream, code, why);
		return -1;
	}
	return r;
}

static ssize_t view_write(mailstream_low *low, const void *p, size_t n)
{
	struct view *v = low->data;

	return inbox_stream_write(v->stream, p, n);
}

static int view_get_fd(mailstream_low *low)
{
	struct view *v = low->data;

	return inbox_stream_fd(v->stream);
}

static int view_close(mailstream_low *low)
{
	UNUSED(low);
	return 0;
}

static void view_free(mailstream_low *low)
{
	free(low->data);
	free(low);
}

static void view_cancel(mailstream_low *low)
{
	UNUSED(low);
}

mailstream *inbox_mailstream_new(struct inbox_stream *stream, size_t max_literal)
{
	struct view *v = xcalloc(1, sizeof(*v));
	mailstream_low *low;
	mailstream *s;

	v->stream = stream;
	v->guard = (struct inbox_guard)INBOX_GUARD_INIT(max_literal);
	v->driver = (mailstream_low_driver){
		.mailstream_read = view_read,
		.mailstream_write = view_write,
		.mailstream_close = view_close,
		.mailstream_get_fd = view_get_fd,
		.mailstream_free = view_free,
		.mailstream_cancel = view_cancel,
	};
	low = mailstream_low_new(v, &v->driver);
	if (low == NULL)
		bug("out of memory");
	s = mailstream_new(low, BUFFER);
	if (s == NULL)
		bug("out of memory");
	return s;
}
