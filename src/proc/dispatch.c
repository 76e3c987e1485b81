/*
 * dispatch: sends what is due, through sender processes.
 *
 * SECURITY: holds the store and the routes' password files; never talks to a mail server itself.
 * What the senders say is checked in worker.c.  A sender that makes no progress for its route's
 * patience is killed, and its mails are recorded by how far they got.
 *
 * Invariant: a mail is given to a sender only after the transaction with its attempt row was
 * committed, and only while this process renews its lease.
 */
#include "base.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "alloc.h"
#include "clock.h"
#include "dispatch.h"
#include "dispatch_private.h"
#include "fdio.h"
#include "log.h"

enum {
	STOP_MS = 500,   /* for a mail whose last byte has not left when all sending stops */
	CLOSE_MS = 5000, /* for the answer to one that has */
	QUIT_MS = 3000,  /* for the answer to QUIT: no mail hangs on it */
	CLOSE_LOOK_MS = 50,
	/*
	 * Commits are shared with a feed (PACE_FEED_MS), so that what senders say can wait for more
	 * of it: each word at once would be a turn of the loop a mail.  What a sender holds lasts
	 * longer.
	 */
	HEAR_MS = 5,
	FEED_LOOK_MS = 20, /* a feed that has no news */
	REST_MS = 5000, /* a route that failed once or twice rests less */
};

static int take_lock(struct dispatch *d, struct err *e)
{
	struct buf path = BUF_INIT;
	int rc = 0;

	buf_printf(&path, "%s.sender%d", d->g->conf->store, d->g->conf->gateway.node);
	d->lock = file_lock(path.s, e);
	if (d->lock < 0)
		rc = d->lock;
	if (rc == ERR_TEMP)
		rc = err_set(e, ERR_TEMP,
			     "another 'seinpost run' or 'deliver' is sending from this store; "
			     "stop it first (lock %s)",
			     path.s);
	buf_clear(&path);
	return rc;
}

int dispatch_open(struct dispatch **out, struct gateway *g, struct err *e)
{
	struct dispatch *d = xcalloc(1, sizeof(*d));
	int64_t n = 0;
	int rc;

	d->g = g;
	d->lock = -1;
	d->routed_at = clock_monotonic_ms();
	d->route = xcalloc(g->conf->n_routes + 1, sizeof(*d->route));
	for (size_t i = 0; i < g->conf->n_routes; i++)
		d->route[i].conf = &g->conf->routes[i];
	if (g->conf->n_routes == 0)
		rc = err_set(e, ERR_CONF, "%s: no routes: add the smarthost that takes the mail",
			     g->conf->file);
	else if ((rc = take_lock(d, e)) == 0)
		rc = flow_recover_own(g, &n, e);
	if (rc < 0) {
		dispatch_close(d);
		return rc;
	}
	if (n > 0)
		log_warn("%" PRId64 " mails were under way when the last sender stopped; %s", n,
			 g->conf->deliver.hold_unknown ? "held for a person"
						       : "sending the same bytes again");
	*out = d;
	return 0;
}

const struct dispatch_count *dispatch_counts(const struct dispatch *d)
{
	return &d->count;
}

static void remove_worker(struct dispatch *d, int i)
{
	worker_free(d->worker[i]);
	d->worker[i] = d->worker[--d->n_worker];
}

/* Answers that came tell how the route does, at once and not only when the session is over. */
static void judge_answers(struct dispatch *d, size_t route, size_t from)
{
	for (size_t i = from; i < d->results.n; i++)
		if (result_is_answer(&d->results.item[i].result))
			route_answered(&d->route[route], &d->g->conf->deliver, &d->results.item[i],
				       gateway_now(d->g));
	d->n_out -= (int)(d->results.n - from);
}

/* A session in which nothing was answered says that the route is down, unless it was told to end.
 */
static void judge_session(struct dispatch *d, const struct worker *w, int64_t now_ms)
{
	if (w->answered == 0 && w->given > 0 && !w->orderly && w->stop_at == 0)
		route_failed(&d->route[w->route],
			     *w->trouble ? w->trouble : "the session broke off", now_ms);
}

static void read_worker(struct dispatch *d, int i, int64_t now_ms)
{
	struct worker *w = d->worker[i];
	size_t before = d->results.n;
	bool open = worker_read(w, now_ms, &d->results);

	if (d->results.n > before)
		gateway_step(d->g, "result");
	judge_answers(d, w->route, before);
	if (open)
		return;
	judge_session(d, w, now_ms);
	remove_worker(d, i);
}

void dispatch_abandon(struct dispatch *d, int i, int64_t now_ms, const char *why)
{
	struct worker *w = d->worker[i];
	size_t before = d->results.n;

	worker_abandon(w, now_ms, &d->results, why);
	judge_answers(d, w->route, before);
	judge_session(d, w, now_ms);
	remove_worker(d, i);
}

/* Longer than any single wait inside the session can take (RFC 5321 4.5.3.2), so that a killed
 * sender was stuck. */
static int64_t patience_ms(const struct dispatch *d, const struct worker *w)
{
	return ((int64_t)d->g->conf->routes[w->route].timeout * 3 + 5) * 1000;
}

/* A stopped sender may wait for the answer to a mail that has left, because only that says what
 * became of it. */
static bool stopped_too_long(const struct worker *w, int64_t now_ms)
{
	return w->stop_at != 0 &&
	       now_ms - w->stop_at >= (worker_awaits_answer(w) ? CLOSE_MS : STOP_MS);
}

static void watch_workers(struct dispatch *d, int64_t now_ms)
{
	for (int i = d->n_worker - 1; i >= 0; i--) {
		struct worker *w = d->worker[i];

		worker_look(w, now_ms);
		if (stopped_too_long(w, now_ms))
			dispatch_abandon(d, i, now_ms, "stopped");
		else if (w->closing && w->n_out == 0 && w->answered > 0 &&
			 now_ms - w->alive_at >= QUIT_MS)
			dispatch_abandon(d, i, now_ms, "no answer to QUIT");
		else if ((w->n_out > 0 || w->closing) && now_ms - w->alive_at >= patience_ms(d, w))
			dispatch_abandon(d, i, now_ms, "a session made no progress and was ended");
	}
}

static void stop_workers(struct dispatch *d, int64_t now_ms)
{
	for (int i = 0; i < d->n_worker; i++)
		worker_stop(d->worker[i], now_ms);
}

static void flush_workers(struct dispatch *d)
{
	struct err e = ERR_INIT;

	for (int i = 0; i < d->n_worker; i++)
		if (channel_flush(&d->worker[i]->ch, &e) < 0)
			e = (struct err)ERR_INIT; /* it died; reading its socket says so and settles
						     its mails */
}

static int poll_timeout(const struct dispatch *d, const struct dispatch_run *run)
{
	int64_t now_ms = clock_monotonic_ms();
	int64_t wait = d->due_at == INT64_MAX ? LOOK_MS : (d->due_at - gateway_now(d->g)) * 1000;

	if (d->retry_at > now_ms)
		return LOOK_MS;
	if (d->results.n > 0 || dispatch_feed_wants_turn(run))
		return dispatch_turn_in_ms(d, run);
	if (d->n_out > 0 || wait > LOOK_MS || d->stopped || dispatch_wait(d, now_ms) > LOOK_MS)
		return LOOK_MS;
	return wait < 50 ? 50 : (int)wait;
}

static struct pollfd listen_to(const struct worker *w, bool now)
{
	bool output = channel_has_output(&w->ch);

	return (struct pollfd){ .fd = now || output ? w->ch.fd : -1,
		                .events = (short)(POLLIN | (output ? POLLOUT : 0)) };
}

static void read_workers(struct dispatch *d, const struct pollfd *p, int64_t now_ms)
{
	for (int i = d->n_worker - 1; i >= 0; i--) {
		if (!(p[i].revents & (POLLIN | POLLHUP | POLLERR)))
			continue;
		read_worker(d, i, now_ms);
		d->hear_at = now_ms + HEAR_MS;
	}
}

/* 1: told to stop. */
static int wait_for_news(struct dispatch *d, const struct dispatch_run *run, int timeout_ms,
			 struct err *e)
{
	struct pollfd p[WORKERS_MAX + 1 + DISPATCH_FEED_FDS];
	int feed_fd[DISPATCH_FEED_FDS], n = d->n_worker, more = 0, rc;
	int64_t now_ms = clock_monotonic_ms();
	bool hear = run->feed == NULL || now_ms >= d->hear_at;

	if (!hear && d->hear_at - now_ms < timeout_ms)
		timeout_ms = (int)(d->hear_at - now_ms);
	for (int i = 0; i < n; i++)
		p[i] = listen_to(d->worker[i], hear);
	p[n] = (struct pollfd){ .fd = run->stop_fd, .events = POLLIN };
	if (run->feed != NULL)
		more = run->feed->wait_on(run->feed->arg, feed_fd);
	for (int i = 0; i < more; i++)
		p[n + 1 + i] = (struct pollfd){ .fd = feed_fd[i], .events = POLLIN };
	rc = poll(p, (nfds_t)(n + 1 + more), timeout_ms);
	if (rc < 0 && errno != EINTR)
		return err_errno(e, ERR_IO, "poll");
	now_ms = clock_monotonic_ms();
	for (int i = 0; rc > 0 && i < more; i++)
		d->feed_news |= p[n + 1 + i].revents != 0;
	if (rc > 0)
		read_workers(d, p, now_ms);
	watch_workers(d, now_ms);
	return rc > 0 && p[n].revents != 0;
}

/* A session that broke off says less than one that was refused: the route is tried again soon. */
static bool one_rests_briefly(const struct dispatch *d, int64_t now_ms)
{
	for (size_t i = 0; i < d->g->conf->n_routes; i++)
		if (dispatch_usable(d, i, now_ms + REST_MS))
			return true;
	return false;
}

/* No route takes mail, and none will as long as this run may take. */
static bool stranded(const struct dispatch *d, const struct dispatch_run *run)
{
	int64_t now_ms = clock_monotonic_ms();

	return d->n_worker == 0 && dispatch_wait(d, now_ms) > (int64_t)run->drain_seconds * 1000 &&
	       !one_rests_briefly(d, now_ms);
}

/* 1: nothing is left to do now; an error where mails are left that cannot go. */
static int drained(const struct dispatch *d, const struct dispatch_run *run, struct err *e)
{
	int64_t horizon = gateway_now(d->g) + run->drain_seconds;

	if (!run->drain || d->n_out > 0 || d->results.n > 0 ||
	    (run->feed != NULL && !run->feed->done(run->feed->arg)))
		return 0;
	if (d->due_at == INT64_MAX || d->due_at > horizon)
		return 1;
	if (d->stopped)
		return err_set(
		    e, ERR_TEMP,
		    "all sending is stopped and mails wait; 'seinpost route start' ends that");
	if (stranded(d, run))
		return err_set(e, ERR_NET,
			       "no route takes mail now and mails wait; see 'seinpost route list'");
	return 0;
}

static int work_feed(struct dispatch *d, const struct dispatch_run *run, struct err *e)
{
	int64_t now_ms = clock_monotonic_ms();

	if (run->feed == NULL || (!d->feed_news && now_ms - d->fed_at < FEED_LOOK_MS))
		return 0;
	d->feed_news = false;
	d->fed_at = now_ms;
	return run->feed->work(run->feed->arg, e);
}

int dispatch_loop(struct dispatch *d, const struct dispatch_run *run, struct err *e)
{
	int64_t step_at = 0;
	int rc = dispatch_look_ahead(d, e);

	d->look_at = 0; /* before the first claim */
	while (rc == 0) {
		if ((rc = dispatch_chores(d, run, &step_at, e)) < 0 ||
		    (rc = dispatch_turn(d, run, e)) < 0 || (rc = drained(d, run, e)) != 0)
			break;
		flush_workers(d);
		if ((rc = work_feed(d, run, e)) < 0 ||
		    (rc = wait_for_news(d, run, poll_timeout(d, run), e)) != 0)
			break;
		if (run->progress != NULL)
			run->progress(run->progress_arg, &d->count);
	}
	return rc < 0 ? rc : 0;
}

/* Lets the sessions finish the mail they are busy with, for a while. */
static void finish_sessions(struct dispatch *d, struct err *e)
{
	const struct dispatch_run none = { .stop_fd = -1 };

	stop_workers(d, clock_monotonic_ms());
	while (d->n_worker > 0) {
		flush_workers(d);
		if (wait_for_news(d, &none, CLOSE_LOOK_MS, e) < 0)
			break;
	}
	while (d->n_worker > 0)
		dispatch_abandon(d, 0, clock_monotonic_ms(), "stopped");
}

void dispatch_close(struct dispatch *d)
{
	struct err e = ERR_INIT;

	if (d == NULL)
		return;
	finish_sessions(d, &e);
	if (d->results.n > 0 && d->g->store != NULL && dispatch_save(d, &e) < 0)
		log_error("%s; %zu results are written as unknown at the next start", e.text,
			  d->results.n);
	if (d->lock >= 0)
		close(d->lock);
	free(d->results.item);
	free(d->route);
	free(d);
}
