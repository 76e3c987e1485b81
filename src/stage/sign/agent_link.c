/*
 * agent_link: a kept connection to gpg-agent (the Assuan protocol).
 *
 * Invariant: where no pair is under way nothing of an answer is left over between commands; after
 * anything unexpected the link is closed.
 * Input: the agent's lines (another process of ours; limited and checked as if hostile).
 */
#include "base.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "agent_link.h"
#include "alloc.h"
#include "span.h"

enum { ANSWER_SECONDS = 30 };

/* What a line of the agent's means for the command that is under way. */
enum agent_reply { REPLY_MORE, REPLY_DONE, REPLY_REFUSED, REPLY_BROKEN };

void agent_close(struct agent_link *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
	l->have = 0;
	l->pairs = 0;
}

static int lost(struct agent_link *l, struct err *e, const char *what)
{
	agent_close(l);
	return err_set(e, ERR_TEMP, "gpg-agent %s", what);
}

static int send_line(struct agent_link *l, const char *line, struct err *e)
{
	struct buf out = BUF_INIT;
	size_t done = 0;
	ssize_t n;

	buf_addstr(&out, line);
	buf_addch(&out, '\n');
	while (done < out.len) {
		n = send(l->fd, out.s + done, out.len - done, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	n = done == out.len;
	buf_clear(&out);
	return n ? 0 : lost(l, e, "went away");
}

static int fill(struct agent_link *l, struct err *e)
{
	ssize_t n;

	if (l->have == sizeof(l->in)) {
		agent_close(l);
		return err_set(e, ERR_PERM, "gpg-agent sent a line of more than %d octets",
		               AGENT_LINE);
	}
	do {
		n = recv(l->fd, l->in + l->have, sizeof(l->in) - l->have, 0);
	} while (n < 0 && errno == EINTR);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return lost(l, e, "is silent");
	if (n <= 0)
		return lost(l, e, "went away");
	l->have += (size_t)n;
	return 0;
}

/* Puts the next line without its LF into line. */
static int read_line(struct agent_link *l, struct buf *line, struct err *e)
{
	const char *lf;
	size_t n;
	int rc;

	while ((lf = memchr(l->in, '\n', l->have)) == NULL)
		if ((rc = fill(l, e)) < 0)
			return rc;
	n = (size_t)(lf - l->in);
	buf_reset(line);
	buf_add(line, l->in, n);
	l->have -= n + 1;
	memmove(l->in, l->in + n + 1, l->have);
	return 0;
}

/* A D line: "%25", "%0D" and "%0A" stand for the octets, all others as they are. */
static bool add_data(struct buf *data, struct span s)
{
	static const char hex[] = "0123456789ABCDEF";
	struct span code;

	while (!span_empty(s)) {
		const char *high, *low;
		char c = *s.p++;

		if (c == '%') {
			if (!span_take(&s, 2, &code) || code.p[0] == '\0' || code.p[1] == '\0')
				return false;
			high = strchr(hex, code.p[0]);
			low = strchr(hex, code.p[1]);
			if (high == NULL || low == NULL)
				return false;
			c = (char)((high - hex) << 4 | (low - hex));
		}
		if (data == NULL || data->len >= AGENT_ANSWER_MAX)
			return false;
		buf_addch(data, c);
	}
	return true;
}

static bool is_reply(struct span line, const char *word, struct span *rest)
{
	struct span first;

	*rest = line;
	span_until(rest, ' ', &first);
	return span_equals_str(first, word);
}

static enum agent_reply read_reply(struct agent_link *l, struct span line, struct buf *data)
{
	struct span rest;

	if (is_reply(line, "OK", &rest))
		return REPLY_DONE;
	if (is_reply(line, "ERR", &rest))
		return REPLY_REFUSED;
	if (is_reply(line, "D", &rest))
		return add_data(data, rest) ? REPLY_MORE : REPLY_BROKEN;
	/* behind another pair no answer of ours would reach the agent in time */
	if (is_reply(line, "INQUIRE", &rest) && l->pairs > 1)
		return REPLY_BROKEN;
	if (is_reply(line, "INQUIRE", &rest))
		/* one is for our information; to all others there is nothing to say */
		return send_line(l, span_starts_nocase(rest, "PINENTRY_LAUNCHED") ? "END" : "CAN",
		                 NULL) == 0
		               ? REPLY_MORE
		               : REPLY_BROKEN;
	return is_reply(line, "S", &rest) || span_empty(line) || *line.p == '#' ? REPLY_MORE
	                                                                        : REPLY_BROKEN;
}

/* Reads lines until the command is answered. */
static int read_answer(struct agent_link *l, struct buf *data, struct err *e)
{
	struct buf line = BUF_INIT;
	enum agent_reply reply;
	int rc;

	do {
		if ((rc = read_line(l, &line, e)) < 0)
			goto out;
		reply = read_reply(l, span_of(line.s, line.len), data);
	} while (reply == REPLY_MORE);
	if (reply == REPLY_REFUSED)
		rc = err_set(e, ERR_TEMP, "gpg-agent: %s", line.s);
	if (reply == REPLY_BROKEN) {
		agent_close(l);
		rc = err_set(e, ERR_PERM, "gpg-agent breaks the protocol: %s", line.s);
	}
out:
	buf_clear(&line);
	return rc;
}

int agent_command(struct agent_link *l, const char *command, struct buf *data, struct err *e)
{
	int rc;

	if (data != NULL)
		buf_reset(data);
	if (l->fd < 0)
		return err_set(e, ERR_TEMP, "no connection to gpg-agent");
	if ((rc = send_line(l, command, e)) < 0)
		return rc;
	return read_answer(l, data, e);
}

int agent_send_pair(struct agent_link *l, const char *first, const char *second, struct err *e)
{
	struct buf both = BUF_INIT;
	int rc;

	if (l->fd < 0)
		return err_set(e, ERR_TEMP, "no connection to gpg-agent");
	buf_addstr(&both, first);
	buf_addch(&both, '\n');
	buf_addstr(&both, second);
	rc = send_line(l, both.s, e);
	buf_clear(&both);
	if (rc == 0)
		l->pairs++;
	return rc;
}

int agent_read_pair(struct agent_link *l, struct buf *data, struct err *e)
{
	int rc, rc2 = 0;

	buf_reset(data);
	if (l->fd < 0)
		return err_set(e, ERR_TEMP, "no connection to gpg-agent");
	rc = read_answer(l, NULL, e);
	if (l->fd >= 0)
		rc2 = read_answer(l, data, rc < 0 ? NULL : e);
	rc = rc < 0 ? rc : rc2;
	if (rc < 0 && l->pairs > 1)
		agent_close(l);
	if (l->pairs > 0)
		l->pairs--;
	return rc;
}

void agent_use(struct agent_link *l, int fd)
{
	const struct timeval patience = { .tv_sec = ANSWER_SECONDS };

	/* without it a silent agent would be waited for until the process is ended */
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) < 0)
		bug("SO_RCVTIMEO: %s", strerror(errno));
	l->fd = fd;
	l->have = 0;
	l->pairs = 0;
}

int agent_open(struct agent_link *l, const char *socket_name, struct err *e)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t n = strlen(socket_name);
	int fd, rc;

	if (n >= sizeof(address.sun_path))
		return err_set(e, ERR_CONF, "%s: too long a name for a socket", socket_name);
	memcpy(address.sun_path, socket_name, n + 1);
	if ((fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0)
		return err_errno(e, ERR_TEMP, "%s", socket_name);
	agent_use(l, fd);
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0) {
		rc = err_errno(e, ERR_TEMP, "no gpg-agent answers at %s", socket_name);
		goto out;
	}
	if ((rc = read_answer(l, NULL, e)) < 0)
		goto out;
	/* a pinentry would wait for a person for ever */
	rc = agent_command(l, "OPTION pinentry-mode=error", NULL, e);
out:
	if (rc < 0)
		agent_close(l);
	return rc;
}
