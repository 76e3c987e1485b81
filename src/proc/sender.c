/*
 * sender: the process that runs one SMTP session.
 *
 * SECURITY: started by exec with one socket, a page of memory that it shares with its parent, and
 * nothing else: it has no store, no signing key and no other file.  It knows the route's password
 * and the mails it was given.  It talks to a mail server that may be hostile; whatever it answers
 * is checked by the dispatcher, which kills it when it makes no progress.
 */
#include "base.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "alloc.h"
#include "log.h"
#include "sender.h"
#include "shared.h"
#include "signals.h"
#include "wire.h"

/* How long a session waits for the next mail before it says QUIT. */
enum { IDLE_MS = 500, MAX_HELD = 256 };

struct sender {
	struct channel ch;
	struct sender_page *page;
	int stop_fd;            /* readable: stop waiting for mails; page->stop ends a busy one */
	bool ended;             /* END came, or a stop, or the parent went away */
	struct buf held[MAX_HELD]; /* payloads of mails taken and not answered; delivery points into
				      them */
	int64_t held_id[MAX_HELD];
};

static void send_message(struct sender *s, enum sender_message type, const struct buf *payload)
{
	struct err e = ERR_INIT;

	channel_queue(&s->ch, type, payload);
	if (channel_flush(&s->ch, &e) < 0)
		_exit(1); /* the parent is gone: nobody to answer to */
}

/* Waits for a whole message; false where none came in time or none will come any more. */
static bool wait_message(struct sender *s, int timeout_ms, uint32_t *type, struct span *payload)
{
	struct err e = ERR_INIT;
	int rc;

	while ((rc = channel_next(&s->ch, type, payload, &e)) == 0) {
		struct pollfd p[] = { { .fd = s->ch.fd, .events = POLLIN },
				      { .fd = s->stop_fd, .events = POLLIN } };

		if (poll(p, ARRAY_SIZE(p), timeout_ms) == 0)
			return false;
		if (p[1].revents != 0) {
			s->ended = true;
			return false;
		}
		if (channel_fill(&s->ch, &e) <= 0) {
			s->ended = true;
			return false;
		}
	}
	if (rc < 0)
		s->ended = true;
	return rc == 1;
}

static struct buf *hold(struct sender *s, struct span payload)
{
	for (int i = 0; i < MAX_HELD; i++) {
		if (s->held[i].len > 0)
			continue;
		buf_add(&s->held[i], payload.p, span_len(payload));
		return &s->held[i];
	}
	bug("sender: more than %d mails at once", MAX_HELD);
}

/* No more mails, for whatever reason: the parent gives those on their way to somebody else at once.
 */
static int no_more(struct sender *s)
{
	struct buf none = BUF_INIT;

	s->ended = true;
	send_message(s, SENDER_CLOSING, &none);
	return 0;
}

static int next_mail(void *arg, struct delivery *d)
{
	struct sender *s = arg;
	struct span payload;
	struct buf *kept;
	uint32_t type;

	if (s->ended || atomic_load(&s->page->stop) != 0 ||
	    !wait_message(s, IDLE_MS, &type, &payload) || type != SENDER_MAIL)
		return no_more(s);
	kept = hold(s, payload);
	if (!sender_get_mail(span_of(kept->s, kept->len), d))
		bug("sender: broken mail message");
	s->held_id[kept - s->held] = d->id;
	return 1;
}

static void on_done(void *arg, const struct attempt_result *r)
{
	struct sender *s = arg;
	struct buf b = BUF_INIT;

	for (int i = 0; i < MAX_HELD; i++) {
		if (s->held_id[i] != r->delivery_id)
			continue;
		buf_clear(&s->held[i]);
		s->held_id[i] = 0;
		break;
	}
	sender_put_result(&b, r);
	send_message(s, SENDER_RESULT, &b);
	buf_clear(&b);
	/* it may be given to us again */
	if (atomic_load(&s->page->body_end) == r->delivery_id)
		atomic_store(&s->page->body_end, 0);
	if (atomic_load(&s->page->begun) == r->delivery_id)
		atomic_store(&s->page->begun, 0);
}

/* Before the final dot a dead session leaves nothing behind: only its step changes what a death
 * means. */
static void on_progress(void *arg, int64_t id, enum deliver_progress progress)
{
	struct sender *s = arg;

	atomic_store(&s->page->begun, id);
	if (progress == DELIVER_BODY_END)
		atomic_store(&s->page->body_end, id);
	atomic_fetch_add(&s->page->steps, 1);
}

static void tell_session(struct sender *s, const char *trouble)
{
	struct buf b = BUF_INIT;

	wire_put_text(&b, trouble);
	send_message(s, SENDER_SESSION, &b);
	buf_clear(&b);
}

int sender_main(int fd, int shared_fd)
{
	struct sender *s = xcalloc(1, sizeof(*s));
	struct deliver_source source = { next_mail, on_done, on_progress, s };
	struct deliver_session session = { 0 };
	struct deliver_route route;
	struct buf kept = BUF_INIT;
	struct err e = ERR_INIT;
	struct span payload;
	void *page = NULL;
	uint32_t type;

	deliver_init();
	channel_init(&s->ch, fd);
	if (shared_open(&page, shared_fd, sizeof(*s->page), &e) < 0 ||
	    signals_stop_fd(&s->stop_fd, &e) < 0)
		goto out;
	close(shared_fd);
	s->page = page;
	if (fcntl(fd, F_SETFL, 0) < 0 || !wait_message(s, -1, &type, &payload) ||
	    type != SENDER_ROUTE)
		goto out;
	buf_add(&kept, payload.p, span_len(payload));
	if (!sender_get_route(span_of(kept.s, kept.len), &route))
		bug("sender: broken route message");
	if (deliver_run(&session, &route, &source, &e) < 0)
		tell_session(s, e.text);
	else
		tell_session(s, session.trouble);
	close(s->stop_fd);
out:
	explicit_bzero(kept.s, kept.len);
	buf_clear(&kept);
	for (int i = 0; i < MAX_HELD; i++)
		buf_clear(&s->held[i]);
	channel_clear(&s->ch);
	shared_close(page, sizeof(*s->page));
	free(s);
	return 0;
}
