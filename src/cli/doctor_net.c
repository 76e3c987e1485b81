/*
 * doctor_net: does a mail server answer at a host and port?
 *
 * Invariant: no more than REPLY_MOST octets of an answer are looked at, and no answer is waited for
 * for longer than its time.
 * Input: a host name of the configuration (trusted); answers of the resolver and of whoever listens
 * there (hostile; shown by table, which makes them printable).
 */
#include "base.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <strings.h>
#include <unistd.h>

#include "buf.h"
#include "clock.h"
#include "doctor_net.h"
#include "span.h"

enum { REPLY_MOST = 4096, SHOWN_MOST = 200 };

static int seconds_of(const struct deliver_route *r)
{
	return r->timeout < DOCTOR_PATIENCE ? r->timeout : DOCTOR_PATIENCE;
}

/* The connected socket, or -1 with errno. */
static int try_address(const struct addrinfo *a, int seconds)
{
	int fd = socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), why = 0;
	socklen_t len = sizeof(why);
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	if (fd < 0)
		return -1;
	if (connect(fd, a->ai_addr, a->ai_addrlen) < 0) {
		if (errno != EINPROGRESS)
			why = errno;
		else if (poll(&p, 1, seconds * 1000) == 0)
			why = ETIMEDOUT;
		else if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &why, &len) < 0)
			why = errno;
	}
	if (why == 0)
		return fd;
	close(fd);
	errno = why;
	return -1;
}

static int reach(const struct deliver_route *r, struct err *e)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *list = NULL;
	char service[16];
	int why, fd = -1;

	snprintf(service, sizeof(service), "%d", r->port);
	if ((why = getaddrinfo(r->host, service, &hints, &list)) != 0)
		return err_set(e, ERR_NET, "%s does not resolve: %s", r->host, gai_strerror(why));
	errno = EHOSTUNREACH;
	for (const struct addrinfo *a = list; a != NULL && fd < 0; a = a->ai_next)
		fd = try_address(a, seconds_of(r));
	why = errno;
	freeaddrinfo(list);
	errno = why;
	return fd >= 0 ? fd
	               : err_errno(e, ERR_NET, "%s port %d does not answer", r->host, r->port);
}

/* Takes one line; 1: more lines of the reply follow, 0: it was the last, -1: not of a reply. */
static int take_line(struct span *rest)
{
	struct span line;

	span_until(rest, '\n', &line);
	if (span_len(line) < 4 || !ascii_digit(line.p[0]) || !ascii_digit(line.p[1]) ||
	    !ascii_digit(line.p[2]))
		return -1;
	return line.p[3] == '-' ? 1 : 0;
}

/* Is what was read a whole reply (RFC 5321 4.2.1), or can it become none? */
static bool is_complete(const struct buf *reply)
{
	struct span rest = span_of(reply->s, reply->len);
	int more = 1;

	while (more == 1 && memchr(rest.p, '\n', span_len(rest)) != NULL)
		more = take_line(&rest);
	return more != 1 || reply->len >= REPLY_MOST;
}

/* Reads one reply, as far as it comes in time. */
static void read_reply(int fd, struct buf *reply, int seconds)
{
	int64_t until = clock_monotonic_ms() + (int64_t)seconds * 1000, left;
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char some[512];
	ssize_t n;

	buf_reset(reply);
	while (!is_complete(reply) && (left = until - clock_monotonic_ms()) > 0) {
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		if ((n = recv(fd, some, sizeof(some), 0)) == 0 || (n < 0 && errno != EAGAIN))
			return;
		if (n > 0)
			buf_add(reply, some, (size_t)n);
	}
}

static bool says(const struct buf *reply, const char *code)
{
	return reply->len >= 4 && strncmp(reply->s, code, 3) == 0 && is_complete(reply) &&
	       reply->len < REPLY_MOST;
}

static bool offers(const struct buf *reply, const char *keyword)
{
	struct span rest = span_of(reply->s, reply->len), line;
	size_t n = strlen(keyword);

	while (!span_empty(rest)) {
		span_until(&rest, '\n', &line);
		if (span_len(line) >= 4 + n && strncasecmp(line.p + 4, keyword, n) == 0 &&
		    !ascii_alnum(span_len(line) > 4 + n ? line.p[4 + n] : '\0'))
			return true;
	}
	return false;
}

/* Its first line. */
static int complain(const struct deliver_route *r, const struct buf *reply, const char *what,
		    struct err *e)
{
	size_t n = strcspn(reply->s, "\r\n");

	return err_set(e, ERR_CONF, "%s port %d answers '%.*s': %s", r->host, r->port,
		       n < SHOWN_MOST ? (int)n : SHOWN_MOST, reply->s, what);
}

static void speak(int fd, const char *text)
{
	/* who does not read this does not answer it either */
	(void)!send(fd, text, strlen(text), MSG_NOSIGNAL);
}

/* With opportunistic TLS too: a sender that was promised TLS does not go on in clear. */
static int secure(const struct deliver_route *r, int fd, struct buf *reply, struct err *e)
{
	speak(fd, "STARTTLS\r\n");
	read_reply(fd, reply, seconds_of(r));
	if (!says(reply, "220"))
		return complain(r, reply, "it offers STARTTLS and refuses it: no mail would go", e);
	return deliver_probe_tls(fd, r, seconds_of(r), e);
}

static int talk(const struct deliver_route *r, int fd, struct buf *reply, struct err *e)
{
	struct buf hello = BUF_INIT;

	read_reply(fd, reply, seconds_of(r));
	if (reply->len == 0)
		return err_set(e, ERR_CONF,
			       "%s port %d takes the connection but does not greet as a mail"
			       " server does; is it the right port?", r->host, r->port);
	if (!says(reply, "220"))
		return complain(r, reply, "that is no greeting of a mail server that takes mail",
				e);
	buf_printf(&hello, "EHLO %s\r\n", r->helo);
	speak(fd, hello.s);
	buf_clear(&hello);
	read_reply(fd, reply, seconds_of(r));
	if (!says(reply, "250"))
		return complain(r, reply, "it refuses EHLO", e);
	if (r->tls != TLS_NONE && offers(reply, "STARTTLS"))
		return secure(r, fd, reply, e);
	if (r->tls == TLS_REQUIRED)
		return err_set(e, ERR_CONF,
			       "%s port %d offers no STARTTLS, and tls = \"required\": no mail"
			       " would go", r->host, r->port);
	speak(fd, "QUIT\r\n");
	return 0;
}

int doctor_smtp(const struct deliver_route *r, struct err *e)
{
	struct buf reply = BUF_INIT;
	int rc, fd = reach(r, e);

	if (fd < 0)
		return fd;
	rc = talk(r, fd, &reply, e);
	close(fd);
	buf_clear(&reply);
	return rc;
}
