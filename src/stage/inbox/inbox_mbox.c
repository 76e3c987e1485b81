/*
 * inbox_mbox: imports a file of mails in mboxrd form (mboxo alike).
 *
 * Invariant: memory is one mail of max_size bytes and one block of the file, whatever the file
 * holds. Input: the file is hostile; a line of any length and NUL bytes are fine.
 */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "buf.h"
#include "inbox.h"
#include "span.h"

enum { BLOCK = 64 << 10 };

struct mbox {
	const struct inbox_sink *sink;
	size_t max;
	struct buf mail;
	bool open, truncated; /* a mail has begun; it is larger than max */
	bool divider;         /* the line being looked at is the "From " line of the mail */
	int64_t offset;       /* of the line being looked at */
	int64_t start;        /* of the mail's "From " line */
	bool after_blank;     /* the line before was empty, or there was none */
};

static int end_mail(struct mbox *m, struct err *e)
{
	enum inbox_fate fate = INBOX_DONE;
	struct inbox_mail mail;
	char uid[32];

	if (!m->open)
		return 0;
	m->open = false;
	/* the empty line in front of the next "From " belongs to the mbox */
	if (m->after_blank && !m->truncated && m->mail.len > 0 &&
	    m->mail.s[m->mail.len - 1] == '\n') {
		buf_truncate(&m->mail, m->mail.len - 1);
		if (m->mail.len > 0 && m->mail.s[m->mail.len - 1] == '\r')
			buf_truncate(&m->mail, m->mail.len - 1);
	}
	snprintf(uid, sizeof(uid), "%" PRId64, m->start);
	if (m->sink->known != NULL && m->sink->known(m->sink->arg, uid, &fate))
		return 0;
	mail = (struct inbox_mail){
		.uid = uid, .bytes = m->mail.s, .len = m->mail.len, .truncated = m->truncated
	};
	return m->sink->take(m->sink->arg, &mail, &fate, e);
}

static void begin_mail(struct mbox *m)
{
	m->open = true;
	m->truncated = false;
	m->start = m->offset;
	buf_reset(&m->mail);
}

static void add_bytes(struct mbox *m, struct span s)
{
	size_t room = m->max - m->mail.len;

	m->truncated = m->truncated || span_len(s) > room;
	buf_add(&m->mail, s.p, span_len(s) < room ? span_len(s) : room);
}

static bool is_from(struct span s)
{
	return span_len(s) >= 5 && memcmp(s.p, "From ", 5) == 0;
}

static bool is_quoted_from(struct span s)
{
	if (span_empty(s) || *s.p != '>')
		return false;
	while (!span_empty(s) && *s.p == '>')
		s.p++;
	return is_from(s);
}

/* s is the beginning of a line, with its end where it is short. */
static int take_line(struct mbox *m, struct span s, struct err *e)
{
	int rc = 0;

	m->divider = m->after_blank && is_from(s);
	if (m->divider) {
		rc = end_mail(m, e);
		begin_mail(m);
	} else if (!m->open) {
		rc = err_set(e, ERR_INPUT, "no mbox: it does not begin with a line \"From \"");
	} else {
		if (is_quoted_from(s))
			s.p++;
		add_bytes(m, s);
	}
	return rc;
}

/* Works off whole lines (at the end of the file, all) and leaves the rest in block. */
static int take_block(struct mbox *m, struct buf *block, bool last, bool *in_line, struct err *e)
{
	struct span s = span_of(block->s, block->len);
	int rc = 0;

	while (rc == 0 && !span_empty(s)) {
		const char *lf = memchr(s.p, '\n', span_len(s));
		struct span line;

		/* a line longer than a block goes on in pieces */
		if (lf == NULL && !last && span_len(s) < BLOCK)
			break;
		(void)span_take(&s, lf == NULL ? span_len(s) : (size_t)(lf + 1 - s.p), &line);
		if (!*in_line)
			rc = take_line(m, line, e);
		else if (!m->divider)
			add_bytes(m, line);
		m->after_blank = !*in_line && span_empty(span_trim(line));
		*in_line = lf == NULL;
		m->offset += (int64_t)span_len(line);
	}
	memmove(block->s, s.p, span_len(s));
	buf_truncate(block, span_len(s));
	return rc;
}

static int read_mbox(struct mbox *m, int fd, struct err *e)
{
	struct buf block = BUF_INIT;
	bool in_line = false;
	ssize_t n = 1;
	int rc = 0;

	while (rc == 0 && n != 0) {
		buf_reserve(&block, BLOCK);
		n = read(fd, block.s + block.len, BLOCK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			rc = err_errno(e, errno == EISDIR ? ERR_INPUT : ERR_IO, "read");
			break;
		}
		block.len += (size_t)n;
		block.s[block.len] = '\0';
		rc = take_block(m, &block, n == 0, &in_line, e);
	}
	if (rc == 0)
		rc = end_mail(m, e);
	buf_clear(&block);
	return rc;
}

int inbox_mbox_read(const char *path, size_t max_size, const struct inbox_sink *sink, struct err *e)
{
	struct mbox m = { .sink = sink, .max = max_size, .mail = BUF_INIT, .after_blank = true };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), rc;

	if (fd < 0)
		return err_errno(e, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "%s", path);
	rc = read_mbox(&m, fd, e);
	if (rc < 0)
		err_wrap(e, "%s, byte %" PRId64, path, m.offset);
	close(fd);
	buf_clear(&m.mail);
	return rc;
}
