/*
 * inbox_pop3: a POP3 mailbox (RFC 1939; STLS 2595, response codes 2449 and 3206).
 *
 * Invariant: nothing is deleted unless pop3_delete, and then only what was settled, by the QUIT
 * that ends the round. Input: the server is hostile: inbox_stream limits time and bytes, here each
 * line is checked.  Not by libetpan: its list writes in front of an array for message 0 and its
 * reader cuts lines at a NUL byte.
 */
#include "base.h"

#include "alloc.h"
#include "clock.h"
#include "inbox_driver.h"
#include "inbox_stream.h"
#include "num.h"
#include "span.h"

enum {
	LINE = 16 << 10,
	ANSWER = 64 << 10,
	LISTING = 16 << 20,
	DRAIN = 64 << 20,
	UIDL_MAX = 70,
	FAREWELL = 3
};

struct pop3 {
	const struct inbox_settings *settings;
	struct inbox_stream *stream; /* NULL between two rounds */
	char *in;                    /* LINE bytes */
	size_t pos, len;             /* in[pos] to in[len - 1] are not yet used */
	bool unseen;                 /* the session has not been listed yet */
	struct buf answer;           /* the last status line, without its end */
};

static int failed(const struct pop3 *p, const char *doing, struct err *e)
{
	struct err why = ERR_INIT;

	if (inbox_stream_failed(p->stream, &why))
		return err_set(e, why.code, "%s: %s", doing, why.text);
	return err_set(e, ERR_TEMP, "%s: %s answers in a way that is no POP3", doing,
		       p->settings->host);
}

static bool fill(struct pop3 *p)
{
	ssize_t n;

	memmove(p->in, p->in + p->pos, p->len - p->pos);
	p->len -= p->pos;
	p->pos = 0;
	n = inbox_stream_read(p->stream, p->in + p->len, LINE - p->len);
	if (n > 0)
		p->len += (size_t)n;
	return n > 0;
}

/* A line with its LF, or LINE bytes of a longer one; false where the stream failed. */
static bool next_piece(struct pop3 *p, struct span *out)
{
	const char *lf;

	while ((lf = memchr(p->in + p->pos, '\n', p->len - p->pos)) == NULL &&
	       p->len - p->pos < LINE)
		if (!fill(p))
			return false;
	*out = span_of(p->in + p->pos, lf == NULL ? LINE : (size_t)(lf - p->in) + 1 - p->pos);
	p->pos += span_len(*out);
	return true;
}

static bool ends_line(struct span s)
{
	return !span_empty(s) && s.end[-1] == '\n';
}

/* 0: "+OK"; 1: "-ERR"; negative: no answer.  The text is left in p->answer. */
static int read_answer(struct pop3 *p, const char *doing, struct err *e)
{
	struct span line;
	bool ok;

	if (!next_piece(p, &line))
		return failed(p, doing, e);
	ok = span_starts_nocase(line, "+OK");
	if (!ends_line(line) || (!ok && !span_starts_nocase(line, "-ERR")))
		return failed(p, doing, e);
	line.p += ok ? strlen("+OK") : strlen("-ERR");
	line = span_trim(line);
	buf_reset(&p->answer);
	buf_add(&p->answer, line.p, span_len(line));
	return ok ? 0 : 1;
}

/* doing names the command in error texts: the line itself may hold the password. */
static int command(struct pop3 *p, const char *line, size_t budget, const char *doing,
		   struct err *e)
{
	inbox_stream_begin(p->stream, budget);
	if (inbox_stream_write(p->stream, line, strlen(line)) < 0)
		return failed(p, doing, e);
	return read_answer(p, doing, e);
}

static int refused(const struct pop3 *p, const char *doing, struct err *e)
{
	return err_set(e, ERR_TEMP, "%s: %s refuses: %s", doing, p->settings->host, p->answer.s);
}

/* ---- connecting */

static int start_tls(struct pop3 *p, struct err *e)
{
	int rc = command(p, "STLS\r\n", ANSWER, "STLS", e);

	if (rc < 0)
		return rc;
	if (rc > 0)
		return err_set(e, ERR_CONF,
			       "%s offers no STLS; set tls to \"implicit\", nothing was sent",
			       p->settings->host);
	/* Bytes that came before the handshake would count as if they had come through it. */
	if (p->pos < p->len)
		return err_set(e, ERR_NET, "%s, or somebody in between, sent text ahead of TLS",
			       p->settings->host);
	return inbox_stream_start_tls(p->stream, e);
}

/* RFC 2449 and 3206: with these the password is not the problem. */
static bool login_may_work_later(const struct pop3 *p)
{
	static const char *const codes[] = { "[IN-USE]", "[LOGIN-DELAY]", "[SYS/TEMP]" };

	for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
		if (span_starts_nocase(span_of(p->answer.s, p->answer.len), codes[i]))
			return true;
	return false;
}

static int login_step(struct pop3 *p, const char *verb, const char *value, struct err *e)
{
	struct buf line = BUF_INIT;
	int rc;

	buf_printf(&line, "%s %s\r\n", verb, value);
	rc = command(p, line.s, ANSWER, "log-in", e);
	explicit_bzero(line.s, line.len);
	buf_clear(&line);
	if (rc > 0 && login_may_work_later(p))
		return refused(p, "log-in", e);
	if (rc > 0)
		return err_set(e, ERR_CONF, "%s refuses user %s: %s; correct user or password",
			       p->settings->host, p->settings->user, p->answer.s);
	return rc;
}

static void hang_up(struct pop3 *p)
{
	inbox_stream_close(p->stream);
	p->stream = NULL;
	p->pos = p->len = 0;
}

static int dial(struct pop3 *p, struct err *e)
{
	const struct inbox_settings *s = p->settings;
	int rc = inbox_stream_open(&p->stream, s, e);

	if (rc < 0)
		return rc;
	inbox_stream_begin(p->stream, ANSWER);
	rc = read_answer(p, "connect", e);
	if (rc > 0)
		rc = refused(p, "connect", e);
	if (rc == 0 && s->tls == INBOX_TLS_STARTTLS)
		rc = start_tls(p, e);
	if (rc == 0)
		rc = login_step(p, "USER", s->user, e);
	if (rc == 0)
		rc = login_step(p, "PASS", s->password, e);
	p->unseen = true;
	if (rc < 0)
		hang_up(p);
	return rc;
}

static void pop3_close(void *source)
{
	struct pop3 *p = source;
	struct err ignored = ERR_INIT;

	if (p->stream != NULL) {
		inbox_stream_begin_last(p->stream, FAREWELL);
		/* without QUIT the server undeletes: a round that was broken off is done again as a
		 * whole */
		if (p->unseen && inbox_stream_write(p->stream, "QUIT\r\n", 6) > 0)
			(void)read_answer(p, "QUIT", &ignored);
		hang_up(p);
	}
	buf_clear(&p->answer);
	free(p->in);
	free(p);
}

static int pop3_open(void **source, const struct inbox_settings *s, struct err *e)
{
	struct pop3 *p = xcalloc(1, sizeof(*p));
	int rc;

	p->settings = s;
	p->answer = (struct buf)BUF_INIT;
	p->in = xmalloc(LINE);
	rc = dial(p, e);
	if (rc < 0)
		pop3_close(p);
	else
		*source = p;
	return rc;
}

/* ---- listing */

static bool is_end(struct span line)
{
	return !span_empty(line) && *line.p == '.' &&
	       span_empty(span_trim(span_of(line.p + 1, span_len(line) - 1)));
}

/* "12 whqtswO00WBw418f9t5JxYwZ": RFC 1939, 7: one to 70 characters from 0x21 to 0x7E. */
static bool parse_uidl(struct span line, int64_t *number, char *uid)
{
	struct span first, rest = span_trim(line);
	char digits[16];

	if (!span_until(&rest, ' ', &first) || span_len(first) >= sizeof(digits))
		return false;
	memcpy(digits, first.p, span_len(first));
	digits[span_len(first)] = '\0';
	rest = span_trim(rest);
	if (!num_parse(number, digits, 1, UINT32_MAX) || span_empty(rest) ||
	    span_len(rest) > UIDL_MAX)
		return false;
	for (const char *c = rest.p; c < rest.end; c++)
		if (*c < 0x21 || *c > 0x7e)
			return false;
	memcpy(uid, rest.p, span_len(rest));
	uid[span_len(rest)] = '\0';
	return true;
}

static int pop3_list(void *source, struct inbox_list *out, struct err *e)
{
	struct pop3 *p = source;
	char uid[UIDL_MAX + 1];
	struct span line;
	int64_t number;
	int rc;

	/* A session shows the mails of its beginning only. */
	if (p->stream != NULL && !p->unseen)
		hang_up(p);
	if (p->stream == NULL && (rc = dial(p, e)) < 0)
		return rc;
	p->unseen = false;
	rc = command(p, "UIDL\r\n", LISTING, "UIDL", e);
	if (rc > 0)
		return err_set(e, ERR_PERM,
			       "%s has no UIDL, its mails cannot be told apart; use IMAP",
			       p->settings->host);
	while (rc == 0) {
		if (!next_piece(p, &line))
			return failed(p, "UIDL", e);
		if (is_end(line))
			return 0;
		if (!parse_uidl(line, &number, uid))
			return failed(p, "UIDL", e);
		inbox_list_add(out, uid, NULL, (uint32_t)number);
	}
	return rc;
}

/* ---- loading */

/* Takes the lines up to the lone dot; what is over max_size is read and forgotten. */
static int read_lines(struct pop3 *p, struct buf *out, bool *truncated, struct err *e)
{
	size_t max = p->settings->max_size;
	bool at_start = true;
	struct span s;

	for (;;) {
		size_t room = max - out->len;

		if (!next_piece(p, &s)) {
			/* An endless mail must not be in the way for ever: its beginning is all
			 * that is wanted. */
			return *truncated ? 0 : failed(p, "RETR", e);
		}
		if (at_start && is_end(s))
			return 0;
		if (at_start && *s.p == '.')
			s.p++;
		at_start = ends_line(s);
		*truncated = *truncated || span_len(s) > room;
		buf_add(out, s.p, span_len(s) < room ? span_len(s) : room);
	}
}

/* The size in "+OK 12 4711"; 0 where the server does not say. */
static int ask_size(struct pop3 *p, uint32_t number, int64_t *size, struct err *e)
{
	struct span first, rest;
	char line[32];
	int rc;

	*size = 0;
	snprintf(line, sizeof(line), "LIST %" PRIu32 "\r\n", number);
	rc = command(p, line, ANSWER, "LIST", e);
	rest = span_of(p->answer.s, p->answer.len);
	/* p->answer ends with a NUL, and so does rest */
	if (rc == 0 && span_until(&rest, ' ', &first) && !num_parse(size, rest.p, 0, INT64_MAX))
		*size = 0;
	return rc < 0 ? rc : 0;
}

static int pop3_load(void *source, const struct inbox_item *it, struct buf *out, bool *truncated,
		     struct err *e)
{
	struct pop3 *p = source;
	size_t max = p->settings->max_size;
	int64_t size;
	char line[64];
	int rc;

	if ((rc = ask_size(p, it->number, &size, e)) < 0)
		return rc;
	rc = 1;
	if (size > (int64_t)max) {
		*truncated = true;
		snprintf(line, sizeof(line), "TOP %" PRIu32 " %zu\r\n", it->number, max / 40 + 1);
		rc = command(p, line, max + DRAIN, "TOP", e);
	}
	if (rc > 0) {
		snprintf(line, sizeof(line), "RETR %" PRIu32 "\r\n", it->number);
		rc = command(p, line, max + DRAIN, "RETR", e);
	}
	if (rc > 0)
		return err_set(e, ERR_INPUT, "mail %s: %s refuses: %s", it->uid, p->settings->host,
			       p->answer.s);
	return rc < 0 ? rc : read_lines(p, out, truncated, e);
}

/* ---- settling */

static int pop3_settle(void *source, const struct inbox_item *it, enum inbox_fate fate,
		       struct err *e)
{
	struct pop3 *p = source;
	char line[32];
	int rc;

	UNUSED(fate);
	if (!p->settings->pop3_delete)
		return 0;
	snprintf(line, sizeof(line), "DELE %" PRIu32 "\r\n", it->number);
	rc = command(p, line, ANSWER, "DELE", e);
	if (rc > 0)
		(void)refused(p, "DELE", e);
	return rc;
}

/* Only a QUIT that was answered has deleted (RFC 1939, 6). */
static int pop3_finish(void *source, struct err *e)
{
	struct pop3 *p = source;
	int rc = command(p, "QUIT\r\n", ANSWER, "QUIT", e);

	if (rc > 0)
		rc = refused(p, "QUIT", e);
	hang_up(p);
	return rc;
}

static int pop3_wait(void *source, int seconds, int wake_fd, struct err *e)
{
	UNUSED(source);
	UNUSED(e);
	(void)inbox_poll(-1, 0, wake_fd, clock_monotonic_ms() + (int64_t)seconds * 1000);
	return 0;
}

const struct inbox_driver inbox_pop3_driver = {
	.open = pop3_open,
	.list = pop3_list,
	.load = pop3_load,
	.settle = pop3_settle,
	.finish = pop3_finish,
	.wait = pop3_wait,
	.close = pop3_close,
};
