/*
 * inbox_stream: a TCP connection that always comes to an end.
 *
 * Invariant: once why.code is set nothing is read or written any more.
 * Input: everything a server sends is hostile; here only its amount and its pace are looked at.
 */
#include "base.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "alloc.h"
#include "clock.h"
#include "inbox_stream.h"
#include "inbox_tls.h"

enum { MAX_ADDRESSES = 8, COMMAND_TIMEOUTS = 10 };

struct inbox_stream {
	const struct inbox_settings *settings;
	int fd;
	struct inbox_tls_session *tls;
	int64_t until;   /* the end of the command's time */
	size_t budget;   /* bytes the server may still send for it */
	struct err why;
};

enum inbox_event inbox_poll(int fd, short events, int wake_fd, int64_t until)
{
	struct pollfd p[] = { { .fd = fd, .events = events }, { .fd = wake_fd, .events = POLLIN } };

	for (;;) {
		int64_t left = until - clock_monotonic_ms();
		int n = poll(p, ARRAY_SIZE(p), left < 0 ? 0 : left > 3600000 ? 3600000 : (int)left);

		if (n < 0 && errno != EINTR)
			bug("poll: %s", strerror(errno));
		if (n > 0)
			return p[1].revents != 0 ? INBOX_WOKEN : INBOX_READY;
		if (left <= 0)
			return INBOX_TIMEOUT;
	}
}

static int64_t silence_ends(const struct inbox_stream *st)
{
	int64_t t = clock_monotonic_ms() + (int64_t)st->settings->timeout * 1000;

	return t < st->until ? t : st->until;
}

static int wait_for(struct inbox_stream *st, short events)
{
	/* the second look: a server that sends a byte now and then is never silent */
	if (inbox_poll(st->fd, events, -1, silence_ends(st)) == INBOX_READY &&
	    clock_monotonic_ms() <= st->until)
		return 0;
	return err_set(&st->why, ERR_NET, "%s does not answer in time", st->settings->host);
}

static int connect_to(struct inbox_stream *st, const struct addrinfo *ai, struct err *e)
{
	const char *host = st->settings->host;
	socklen_t len = sizeof(int);
	int problem = 0;

	st->fd =
	    socket(ai->ai_family, ai->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, ai->ai_protocol);
	if (st->fd < 0)
		return err_errno(e, ERR_NET, "socket");
	if (connect(st->fd, ai->ai_addr, ai->ai_addrlen) < 0 && errno != EINPROGRESS)
		problem = errno;
	else if (inbox_poll(st->fd, POLLOUT, -1, silence_ends(st)) != INBOX_READY)
		problem = ETIMEDOUT;
	else if (getsockopt(st->fd, SOL_SOCKET, SO_ERROR, &problem, &len) < 0)
		problem = errno;
	if (problem == 0)
		return 0;
	close(st->fd);
	st->fd = -1;
	return err_set(e, ERR_NET, "%s port %d: %s", host, st->settings->port, strerror(problem));
}

static int connect_any(struct inbox_stream *st, struct err *e)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV };
	const struct inbox_settings *s = st->settings;
	struct addrinfo *all = NULL, *ai;
	char port[16];
	int rc = ERR_NET, r, tries = 0;

	snprintf(port, sizeof(port), "%d", s->port);
	r = getaddrinfo(s->host, port, &hints, &all);
	if (r == EAI_NONAME)
		return err_set(e, ERR_CONF, "%s: no such host; correct host, or mend the DNS",
			       s->host);
	if (r != 0)
		return err_set(e, ERR_NET, "%s: %s", s->host, gai_strerror(r));
	for (ai = all; ai != NULL && tries < MAX_ADDRESSES && rc < 0; ai = ai->ai_next, tries++)
		rc = connect_to(st, ai, e);
	freeaddrinfo(all);
	return rc;
}

int inbox_stream_open(struct inbox_stream **out, const struct inbox_settings *s, struct err *e)
{
	struct inbox_stream *st = xcalloc(1, sizeof(*st));
	int rc;

	st->settings = s;
	st->fd = -1;
	inbox_stream_begin(st, 0);
	rc = connect_any(st, e);
	if (rc == 0 && s->tls == INBOX_TLS_IMPLICIT)
		rc = inbox_stream_start_tls(st, e);
	if (rc < 0)
		inbox_stream_close(st);
	else
		*out = st;
	return rc;
}

int inbox_stream_start_tls(struct inbox_stream *st, struct err *e)
{
	const struct inbox_settings *s = st->settings;
	short want = 0;
	int rc = inbox_tls_new(&st->tls, st->fd, s->tls_name, s->ca_file, &st->why);

	inbox_stream_begin(st, 0);
	while (rc == 0 && (rc = inbox_tls_handshake(st->tls, &want, &st->why)) < 0 && want != 0)
		rc = wait_for(st, want);
	if (rc < 0) {
		err_set(e, st->why.code, "%s port %d: %s", s->host, s->port, st->why.text);
		return st->why.code;
	}
	return 0;
}

void inbox_stream_begin(struct inbox_stream *st, size_t budget)
{
	st->until = clock_monotonic_ms() + (int64_t)st->settings->timeout * COMMAND_TIMEOUTS * 1000;
	st->budget = budget;
}

void inbox_stream_begin_last(struct inbox_stream *st, int seconds)
{
	st->until = clock_monotonic_ms() + (int64_t)seconds * 1000;
	st->budget = 64 * 1024;
}

static ssize_t plain_read(struct inbox_stream *st, void *p, size_t n, short *want)
{
	ssize_t r = recv(st->fd, p, n, 0);

	*want = 0;
	if (r < 0 && (errno == EAGAIN || errno == EINTR))
		*want = POLLIN;
	else if (r < 0)
		err_set(&st->why, ERR_NET, "%s: %s", st->settings->host, strerror(errno));
	return r;
}

static ssize_t plain_write(struct inbox_stream *st, const void *p, size_t n, short *want)
{
	ssize_t r = send(st->fd, p, n, MSG_NOSIGNAL);

	*want = 0;
	if (r < 0 && (errno == EAGAIN || errno == EINTR))
		*want = POLLOUT;
	else if (r < 0)
		err_set(&st->why, ERR_NET, "%s: %s", st->settings->host, strerror(errno));
	return r;
}

static ssize_t read_some(struct inbox_stream *st, void *p, size_t n)
{
	short want = 0;

	for (;;) {
		ssize_t r = st->tls != NULL ? inbox_tls_read(st->tls, p, n, &want, &st->why)
		                            : plain_read(st, p, n, &want);

		if (r > 0)
			return r;
		if (r == 0)
			err_set(&st->why, ERR_NET, "%s closed the connection", st->settings->host);
		if (r == 0 || want == 0 || wait_for(st, want) < 0)
			return -1;
	}
}

ssize_t inbox_stream_read(struct inbox_stream *st, void *p, size_t n)
{
	ssize_t r;

	if (st->why.code != 0)
		return -1;
	if (clock_monotonic_ms() > st->until) {
		err_set(&st->why, ERR_NET, "%s does not come to an end", st->settings->host);
		return -1;
	}
	r = read_some(st, p, n);
	if (r > 0 && (size_t)r > st->budget) {
		err_set(&st->why, ERR_NET, "%s sends more than it was asked for",
			st->settings->host);
		return -1;
	}
	if (r > 0)
		st->budget -= (size_t)r;
	return r;
}

ssize_t inbox_stream_write(struct inbox_stream *st, const void *p, size_t n)
{
	const char *s = p;
	size_t done = 0;

	while (st->why.code == 0 && done < n) {
		short want = 0;
		ssize_t r = st->tls != NULL
				? inbox_tls_write(st->tls, s + done, n - done, &want, &st->why)
				: plain_write(st, s + done, n - done, &want);

		if (r > 0)
			done += (size_t)r;
		else if (want == 0 || wait_for(st, want) < 0)
			break;
	}
	return done == n && st->why.code == 0 ? (ssize_t)n : -1;
}

void inbox_stream_refuse(struct inbox_stream *st, int code, const char *why)
{
	if (st->why.code == 0)
		err_set(&st->why, code, "%s %s", st->settings->host, why);
}

bool inbox_stream_failed(const struct inbox_stream *st, struct err *e)
{
	if (st->why.code == 0)
		return false;
	*e = st->why;
	return true;
}

int inbox_stream_fd(const struct inbox_stream *st)
{
	return st->fd;
}

bool inbox_stream_pending(const struct inbox_stream *st)
{
	return st->tls != NULL && inbox_tls_pending(st->tls);
}

void inbox_stream_close(struct inbox_stream *st)
{
	if (st == NULL)
		return;
	inbox_tls_free(st->tls);
	if (st->fd >= 0)
		close(st->fd);
	free(st);
}
