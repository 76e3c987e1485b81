/*
 * wire: typed values in a message, and messages over a stream socket.
 *
 * Input: the other side may have been taken over; lengths are compared with what is there before
 * anything is used.
 */
#include "base.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "alloc.h"
#include "clock.h"
#include "wire.h"

enum { HEAD = 8 };

void wire_put_int(struct buf *b, int64_t v)
{
	buf_add(b, &v, sizeof(v));
}

void wire_put_bytes(struct buf *b, const void *p, size_t n)
{
	wire_put_int(b, (int64_t)n);
	buf_add(b, p, n);
}

void wire_put_text(struct buf *b, const char *s)
{
	s = s ? s : "";
	wire_put_bytes(b, s, strlen(s) + 1);
}

bool wire_get_int(struct span *s, int64_t *out)
{
	struct span v;

	if (!span_take(s, sizeof(*out), &v))
		return false;
	memcpy(out, v.p, sizeof(*out));
	return true;
}

bool wire_get_bytes(struct span *s, const void **out, size_t *n)
{
	struct span at = *s, v;
	int64_t len;

	if (!wire_get_int(&at, &len) || len < 0 || (uint64_t)len > span_len(at) ||
	    !span_take(&at, (size_t)len, &v))
		return false;
	*out = v.p;
	*n = (size_t)len;
	*s = at;
	return true;
}

bool wire_get_text(struct span *s, const char **out)
{
	struct span at = *s;
	const void *p;
	size_t n;

	if (!wire_get_bytes(&at, &p, &n) || n == 0 || memchr(p, '\0', n) != (const char *)p + n - 1)
		return false;
	*out = p;
	*s = at;
	return true;
}

void channel_init(struct channel *c, int fd)
{
	*c = (struct channel){ .fd = fd, .in = BUF_INIT, .out = BUF_INIT };
}

void channel_clear(struct channel *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
	buf_clear(&c->in);
	buf_clear(&c->out);
	c->taken = c->sent = 0;
}

void channel_queue(struct channel *c, uint32_t type, const struct buf *payload)
{
	uint32_t head[2] = { (uint32_t)payload->len, type };

	if (payload->len > WIRE_MESSAGE_MAX)
		bug("wire: a message of %zu bytes", payload->len);
	buf_add(&c->out, head, sizeof(head));
	buf_add(&c->out, payload->s, payload->len);
}

bool channel_has_output(const struct channel *c)
{
	return c->sent < c->out.len;
}

int channel_flush(struct channel *c, struct err *e)
{
	while (channel_has_output(c)) {
		ssize_t n = send(c->fd, c->out.s + c->sent, c->out.len - c->sent, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return 0;
		if (n < 0)
			return err_set(e, ERR_IO, "worker process: %s", strerror(errno));
		c->sent += (size_t)n;
	}
	buf_reset(&c->out);
	c->sent = 0;
	return 0;
}

int channel_fill(struct channel *c, struct err *e)
{
	ssize_t n;

	if (c->taken > 0) {
		memmove(c->in.s, c->in.s + c->taken, c->in.len - c->taken);
		buf_truncate(&c->in, c->in.len - c->taken);
		c->taken = 0;
	}
	buf_reserve(&c->in, 64 * 1024);
	do {
		n = read(c->fd, c->in.s + c->in.len, c->in.cap - c->in.len - 1);
	} while (n < 0 && errno == EINTR);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return ERR_TEMP;
	if (n < 0 && errno != ECONNRESET)
		return err_set(e, ERR_IO, "worker process: %s", strerror(errno));
	if (n <= 0)
		return 0;
	c->in.len += (size_t)n;
	c->in.s[c->in.len] = '\0';
	return 1;
}

bool channel_has_input(const struct channel *c)
{
	struct pollfd p = { .fd = c->fd, .events = POLLIN };

	return poll(&p, 1, 0) > 0;
}

int channel_next(struct channel *c, uint32_t *type, struct span *payload, struct err *e)
{
	struct span rest = span_of(c->in.s + c->taken, c->in.len - c->taken), head;
	uint32_t h[2];

	if (!span_take(&rest, HEAD, &head))
		return 0;
	memcpy(h, head.p, sizeof(h));
	if (h[0] > WIRE_MESSAGE_MAX)
		return err_set(e, ERR_INPUT, "worker process: a message of %u bytes",
			       (unsigned)h[0]);
	if (!span_take(&rest, h[0], payload))
		return 0;
	*type = h[1];
	c->taken += HEAD + (size_t)h[0];
	return 1;
}

/* 1 something came, 0 the other side closed, ERR_TEMP not yet, or an error. */
static int wait_and_fill(struct channel *c, int64_t wait_ms, struct err *e)
{
	struct pollfd p = { .fd = c->fd, .events = POLLIN };

	if (channel_has_output(c))
		p.events |= POLLOUT;
	if (poll(&p, 1, (int)wait_ms) < 0 && errno != EINTR)
		return err_errno(e, ERR_IO, "worker process");
	return p.revents & (POLLIN | POLLHUP | POLLERR) ? channel_fill(c, e) : ERR_TEMP;
}

int channel_ask(struct channel *c, int deadline_ms, uint32_t *type, struct span *payload,
		struct err *e)
{
	int64_t until = clock_monotonic_ms() + deadline_ms, left;
	int rc;

	while ((rc = channel_next(c, type, payload, e)) == 0) {
		if ((rc = channel_flush(c, e)) < 0)
			return rc;
		if ((left = until - clock_monotonic_ms()) <= 0)
			return err_set(e, ERR_TEMP, "no answer within %d ms", deadline_ms);
		if ((rc = wait_and_fill(c, left, e)) <= 0 && rc != ERR_TEMP)
			return rc;
	}
	return rc;
}
