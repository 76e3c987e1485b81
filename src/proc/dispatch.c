/*
 * dispatch: sends what is due, through sender processes.
 *
 * SECURITY: holds the store and the routes' password files; never talks to a mail server itself.  What the senders say
 * is checked in worker.c.  A sender that makes no progress for its route's patience is killed, and its mails are
 * recorded by how far they got.
 *
 * Invariant: a mail is given to a sender only after the transaction with its attempt row was committed, and only while
 * this process renews its lease.
 */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "alloc.h"
#include "dispatch.h"
#include "dispatch_private.h"
#include "log.h"

enum {
	STOP_MS = 500,   /* for a mail whose last byte has not left when all sending stops */
	CLOSE_MS = 5000, /* for the answer to one that has */
	QUIT_MS = 3000,  /* for the answer to QUIT: no mail hangs on it */
	CLOSE_LOOK_MS = 50, STORE_PATIENCE_MS = 600000, STORE_RETRY_MS = 1000,
	/* while mails are under way, fewer results than this wait so long for others to share their commit */
	PACE_RESULTS = 32, PACE_MS = 20,
};

int64_t dispatch_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int take_lock(struct dispatch *d, struct err *e)
{
	struct buf path = BUF_INIT;
	int rc = 0;

	buf_printf(&path, "%s.sender%d", d->g->conf->store, d->g->conf->gateway.node);
	d->lock = open(path.s, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (d->lock < 0)
		rc = err_errno(e, ERR_IO, "%s", path.s);
	else if (flock(d->lock, LOCK_EX | LOCK_NB) < 0)
		rc = err_set(e, ERR_TEMP,
		             "another 'seinpost run' or 'deliver' is sending from this store; stop it first (lock %s)",
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
	d->routed_at = dispatch_now_ms();
	d->route = xcalloc(g->conf->n_routes + 1, sizeof(*d->route));
	for (size_t i = 0; i < g->conf->n_routes; i++)
		d->route[i].conf = &g->conf->routes[i];
	if (g->conf->n_routes == 0)
		rc = err_set(e, ERR_CONF, "%s: no routes: add the smarthost that takes the mail", g->conf->file);
	else if ((rc = take_lock(d, e)) == 0)
		rc = flow_recover_own(g, &n, e);
	if (rc < 0) {
		dispatch_close(d);
		return rc;
	}
	if (n > 0)
		log_warn("%" PRId64 " mails were under way when the last sender stopped; %s", n,
		         g->conf->deliver.hold_unknown ? "held for a person" : "sending the same bytes again");
	*out = d;
	return 0;
}

const struct dispatch_count *dispatch_counts(const struct dispatch *d)
{
	return &d->count;
}

static int workers_of(const struct dispatch *d, size_t route)
{
	int n = 0;

	for (int i = 0; i < d->n_worker; i++)
		n += d->worker[i]->route == route;
	return n;
}

static int out_on(const struct dispatch *d, size_t route)
{
	int n = 0;

	for (int i = 0; i < d->n_worker; i++)
		n += d->worker[i]->route == route ? d->worker[i]->n_out : 0;
	return n;
}

bool dispatch_usable(const struct dispatch *d, size_t route, int64_t now_ms)
{
	return route_usable(&d->route[route], &d->g->conf->deliver, now_ms, gateway_now(d->g));
}

/* How many mails can be given to senders of the route now. */
static int room_on(struct dispatch *d, size_t route, int64_t now_ms)
{
	const struct conf_route *c = &d->g->conf->routes[route];
	struct route_state *r = &d->route[route];
	int room, slow, fresh = c->connections - workers_of(d, route);

	if (!dispatch_usable(d, route, now_ms))
		return 0;
	if (route_on_trial(r))
		return workers_of(d, route) > 0 ? 0 : route_allowance(r, 1, now_ms);
	room = fresh * (c->mails_per_session < WORKER_WINDOW_LEAST ? c->mails_per_session : WORKER_WINDOW_LEAST);
	for (int i = 0; i < d->n_worker; i++)
		if (d->worker[i]->route == route)
			room += worker_room(d->worker[i], c->mails_per_session);
	slow = route_slow(r, d->g->conf->deliver.in_flight) - out_on(d, route);
	room = room < slow ? room : slow;
	if (room > d->g->conf->deliver.in_flight - d->n_out)
		room = d->g->conf->deliver.in_flight - d->n_out;
	return room <= 0 ? 0 : route_allowance(r, room, now_ms);
}

/*
 * The first route in order with room; backups only where no other is usable.  One on trial may take
 * minutes to fail: it keeps no backup waiting.  0: none.
 */
static int pick_route(struct dispatch *d, size_t *route, int64_t now_ms)
{
	bool main_usable = false;

	for (size_t i = 0; i < d->g->conf->n_routes; i++)
		main_usable |= !d->g->conf->routes[i].backup && !route_on_trial(&d->route[i]) &&
			       dispatch_usable(d, i, now_ms);
	for (size_t i = 0; i < d->g->conf->n_routes; i++) {
		int room = d->g->conf->routes[i].backup && main_usable ? 0 : room_on(d, i, now_ms);

		*route = i;
		if (room > 0)
			return room;
	}
	return 0;
}

static void count_result(struct dispatch_count *c, enum outcome o)
{
	c->accepted += o == OUTCOME_ACCEPTED;
	c->deferred += o == OUTCOME_DEFERRED;
	c->refused += o == OUTCOME_REFUSED;
	c->unknown += o == OUTCOME_UNKNOWN;
	c->not_tried += o == OUTCOME_NOT_TRIED;
}

static int write_results(struct dispatch *d, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < d->results.n && rc == 0; i++)
		rc = flow_result(d->g, &d->results.item[i].mail, &d->results.item[i].result, e);
	return rc;
}

static void results_written(struct dispatch *d)
{
	for (size_t i = 0; i < d->results.n; i++) {
		enum outcome o = d->results.item[i].result.outcome;

		count_result(&d->count, o);
		if (o != OUTCOME_ACCEPTED)
			d->due_at = 0; /* it may be due again, or the next contact's mail */
	}
	d->results.n = 0;
}

/* The idlest sender of the route with room, started where there is none and one may be. */
static struct worker *pick_worker(struct dispatch *d, size_t route, int64_t now_ms, struct err *e)
{
	struct worker *best = NULL;

	for (int i = 0; i < d->n_worker; i++) {
		struct worker *w = d->worker[i];

		if (w->route == route && worker_room(w, d->g->conf->routes[route].mails_per_session) > 0 && (best == NULL || w->n_out < best->n_out))
			best = w;
	}
	if (best != NULL && best->n_out == 0)
		return best;
	if (d->n_worker == WORKERS_MAX || workers_of(d, route) >= d->g->conf->routes[route].connections)
		return best;
	gateway_step(d->g, "spawn");
	if (worker_start(&d->worker[d->n_worker], d->g->conf, route, now_ms, e) < 0)
		return best;
	return d->worker[d->n_worker++];
}

static void give_mail(struct dispatch *d, size_t route, const struct delivery *m, int64_t now_ms)
{
	struct err e = ERR_INIT;
	struct worker *w = pick_worker(d, route, now_ms, &e);

	if (w == NULL) {
		/* no process to be had: the claim is taken back like a session that never began */
		struct attempt_result r = { .delivery_id = m->id, .outcome = OUTCOME_NOT_TRIED, .stage = "session" };
		struct claimed c = { m->id, m->warning_id, m->contact_id, m->lease_no, m->give_up_at, m->attempts,
			             m->priority };

		snprintf(r.text, sizeof(r.text), "%s", e.text);
		pending_add(&d->results, &c, &r);
		route_failed(&d->route[route], e.text, now_ms);
		return;
	}
	gateway_step(d->g, "give");
	worker_give(w, m, now_ms);
	d->n_out++;
	if (w->given >= d->g->conf->routes[route].mails_per_session)
		worker_end(w);
	route_spend(&d->route[route]);
}

int dispatch_look_ahead(struct dispatch *d, struct err *e)
{
	int64_t when = INT64_MAX;
	int rc = flow_next_due(d->g, &when, e);

	d->due_at = when;
	return rc < 0 ? rc : 0;
}

static bool feed_wants_turn(const struct dispatch_run *run)
{
	return run->feed != NULL && run->feed->wants_turn(run->feed->arg);
}

/* What one transaction does besides writing results. */
struct plan {
	const struct dispatch_feed *feed; /* NULL: it has no turn */
	bool due;                         /* something may be due in the queue */
	size_t route;
	int room;                         /* on the route */
	struct delivery *mail;            /* claimed out of the queue */
	size_t n;
};

static struct plan make_plan(struct dispatch *d, const struct dispatch_run *run, int64_t now_ms)
{
	struct plan p = { .feed = feed_wants_turn(run) ? run->feed : NULL,
			  .due = !d->stopped && d->due_at <= gateway_now(d->g) };

	if (p.due || (p.feed != NULL && !d->stopped))
		p.room = pick_route(d, &p.route, now_ms);
	return p;
}

/* Has a sender nothing to do that could be given what waits? */
static bool one_is_idle(const struct dispatch *d)
{
	for (int i = 0; i < d->n_worker; i++)
		if (d->worker[i]->n_out == 0 && !d->worker[i]->closing)
			return true;
	return d->n_worker == 0;
}

/* Do others come soon that can share the commit of what is here? */
static bool others_follow(const struct dispatch *d, const struct dispatch_run *run)
{
	if (d->results.n >= PACE_RESULTS)
		return false;
	if (d->due_at <= gateway_now(d->g))
		return !one_is_idle(d);
	return d->n_out > 0 || (run->feed != NULL && !run->feed->done(run->feed->arg));
}

/* Is it worth a transaction now? */
static bool is_worth_it(const struct dispatch *d, const struct dispatch_run *run,
			const struct plan *p, int64_t now_ms)
{
	if (p->feed != NULL)
		return true;
	if (d->results.n == 0 && (p->room == 0 || !p->due))
		return false;
	return !others_follow(d, run) || now_ms - d->commit_at >= PACE_MS;
}

/* Mails of the feed go past the queue only where nothing in it could be more urgent. */
static int take_feed_turn(struct dispatch *d, struct plan *p, struct err *e)
{
	const char *route = d->g->conf->routes[p->route].name;

	if (p->due || p->room == 0)
		return p->feed->turn(p->feed->arg, NULL, NULL, e);
	return p->feed->turn(p->feed->arg, route, &p->room, e);
}

static int transact(struct dispatch *d, struct plan *p, struct arena *a, struct err *e)
{
	const char *route = d->g->conf->routes[p->route].name;
	int rc = store_begin(d->g->store, e);

	if (rc < 0)
		return rc;
	rc = write_results(d, e);
	if (rc == 0 && p->feed != NULL)
		rc = take_feed_turn(d, p, e);
	if (rc == 0)
		rc = route_write_all(d->route, d->g->conf->n_routes, d->g->store, gateway_now(d->g), e);
	if (rc == 0 && p->due && p->room > 0)
		rc = flow_claim(d->g, a, route, p->room, &p->mail, &p->n, e);
	if (rc == 0)
		rc = store_commit(d->g->store, e);
	store_rollback(d->g->store);
	d->commit_at = dispatch_now_ms();
	if (rc < 0 && p->feed != NULL)
		p->feed->undo(p->feed->arg);
	return rc;
}

/* Behind the commit: the mails go to the senders. */
static int follow_plan(struct dispatch *d, const struct plan *p, int64_t now_ms, struct err *e)
{
	const struct delivery *m;

	results_written(d);
	route_written(d->route, d->g->conf->n_routes);
	for (size_t i = 0; i < p->n; i++)
		give_mail(d, p->route, &p->mail[i], now_ms);
	while (p->feed != NULL && (m = p->feed->claimed(p->feed->arg)) != NULL)
		give_mail(d, p->route, m, now_ms);
	if (p->feed != NULL && (p->due || p->room == 0))
		d->due_at = 0; /* the queue got some of its mails */
	return p->due && p->room > 0 && p->n < (size_t)p->room ? dispatch_look_ahead(d, e) : 0;
}

/*
 * One transaction: what arrived, and what goes next.  Then, after its commit, the mails go to the senders.
 */
static int commit_turn(struct dispatch *d, const struct dispatch_run *run, int64_t now_ms, struct err *e)
{
	struct plan p = make_plan(d, run, now_ms);
	struct arena a = ARENA_INIT;
	int rc = 0;

	if (!is_worth_it(d, run, &p, now_ms))
		return 0;
	if ((rc = transact(d, &p, &a, e)) == 0)
		rc = follow_plan(d, &p, now_ms, e);
	arena_clear(&a);
	return rc;
}

/*
 * A store that is locked or full is waited for: results that are in hand are not thrown away, because their mails
 * would go out again, and nothing new is begun.
 */
static int turn(struct dispatch *d, const struct dispatch_run *run, struct err *e)
{
	struct err why = ERR_INIT;
	int64_t now_ms = dispatch_now_ms();
	int rc;

	if (d->retry_at > now_ms)
		return 0;
	rc = commit_turn(d, run, now_ms, &why);
	if (rc == ERR_TEMP && (d->broken_at == 0 || now_ms - d->broken_at < STORE_PATIENCE_MS)) {
		if (d->broken_at == 0)
			log_error("%s; nothing new is sent until the store takes %zu results", why.text, d->results.n);
		d->broken_at = d->broken_at == 0 ? now_ms : d->broken_at;
		d->retry_at = now_ms + STORE_RETRY_MS;
		return 0;
	}
	if (rc < 0) {
		*e = why;
		return rc;
	}
	if (d->broken_at != 0)
		log_info("the store takes results again");
	d->broken_at = d->retry_at = 0;
	return 0;
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
			route_answered(&d->route[route], &d->g->conf->deliver, &d->results.item[i].result,
			               gateway_now(d->g));
	d->n_out -= (int)(d->results.n - from);
}

/* A session in which nothing was answered says that the route is down, unless it was told to end. */
static void judge_session(struct dispatch *d, const struct worker *w, int64_t now_ms)
{
	if (w->answered == 0 && w->given > 0 && !w->orderly && w->stop_at == 0)
		route_failed(&d->route[w->route], *w->trouble ? w->trouble : "the session broke off", now_ms);
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

/* Longer than any single wait inside the session can take (RFC 5321 4.5.3.2), so that a killed sender was stuck. */
static int64_t patience_ms(const struct dispatch *d, const struct worker *w)
{
	return ((int64_t)d->g->conf->routes[w->route].timeout * 3 + 5) * 1000;
}

/* A stopped sender may wait for the answer to a mail that has left, because only that says what became of it. */
static bool stopped_too_long(const struct worker *w, int64_t now_ms)
{
	return w->stop_at != 0 && now_ms - w->stop_at >= (worker_awaits_answer(w) ? CLOSE_MS : STOP_MS);
}

static void watch_workers(struct dispatch *d, int64_t now_ms)
{
	for (int i = d->n_worker - 1; i >= 0; i--) {
		struct worker *w = d->worker[i];

		if (stopped_too_long(w, now_ms))
			dispatch_abandon(d, i, now_ms, "stopped");
		else if (w->closing && w->n_out == 0 && w->answered > 0 && now_ms - w->alive_at >= QUIT_MS)
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
			e = (struct err)ERR_INIT; /* it died; reading its socket says so and settles its mails */
}

static int poll_timeout(const struct dispatch *d, const struct dispatch_run *run)
{
	int64_t now_ms = dispatch_now_ms();
	int64_t wait = d->due_at == INT64_MAX ? LOOK_MS : (d->due_at - gateway_now(d->g)) * 1000;

	if (d->retry_at > now_ms)
		return LOOK_MS;
	if (feed_wants_turn(run))
		return 0;
	if (d->results.n > 0)
		return others_follow(d, run) ? PACE_MS : 0;
	if (d->n_out > 0 || wait > LOOK_MS || d->stopped || dispatch_wait(d, now_ms) > LOOK_MS)
		return LOOK_MS;
	return wait < 50 ? 50 : (int)wait;
}

/* 1: told to stop. */
static int wait_for_news(struct dispatch *d, const struct dispatch_run *run, int timeout_ms, struct err *e)
{
	struct pollfd p[WORKERS_MAX + 1 + DISPATCH_FEED_FDS];
	int feed_fd[DISPATCH_FEED_FDS], n = d->n_worker, more = 0, rc;
	int64_t now_ms;

	for (int i = 0; i < n; i++)
		p[i] = (struct pollfd){
			.fd = d->worker[i]->ch.fd,
			.events = (short)(POLLIN | (channel_has_output(&d->worker[i]->ch) ? POLLOUT : 0)),
		};
	p[n] = (struct pollfd){ .fd = run->stop_fd, .events = POLLIN };
	if (run->feed != NULL)
		more = run->feed->wait_on(run->feed->arg, feed_fd);
	for (int i = 0; i < more; i++)
		p[n + 1 + i] = (struct pollfd){ .fd = feed_fd[i], .events = POLLIN };
	rc = poll(p, (nfds_t)(n + 1 + more), timeout_ms);
	if (rc < 0 && errno != EINTR)
		return err_errno(e, ERR_IO, "poll");
	now_ms = dispatch_now_ms();
	for (int i = n - 1; rc > 0 && i >= 0; i--)
		if (p[i].revents & (POLLIN | POLLHUP | POLLERR))
			read_worker(d, i, now_ms);
	watch_workers(d, now_ms);
	return rc > 0 && p[n].revents != 0;
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
		return err_set(e, ERR_TEMP, "all sending is stopped and mails wait; 'seinpost route start' ends that");
	if (d->n_worker == 0 && dispatch_wait(d, dispatch_now_ms()) > (int64_t)run->drain_seconds * 1000)
		return err_set(e, ERR_NET, "no route takes mail now and mails wait; see 'seinpost route list'");
	return 0;
}

int dispatch_loop(struct dispatch *d, const struct dispatch_run *run, struct err *e)
{
	int64_t step_at = 0;
	int rc = dispatch_look_ahead(d, e);

	d->look_at = 0; /* before the first claim */
	while (rc == 0) {
		if ((rc = dispatch_chores(d, run, &step_at, e)) < 0 || (rc = turn(d, run, e)) < 0 ||
		    (rc = drained(d, run, e)) != 0)
			break;
		flush_workers(d);
		if (run->feed != NULL && (rc = run->feed->work(run->feed->arg, e)) < 0)
			break;
		if ((rc = wait_for_news(d, run, poll_timeout(d, run), e)) != 0)
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

	stop_workers(d, dispatch_now_ms());
	while (d->n_worker > 0) {
		flush_workers(d);
		if (wait_for_news(d, &none, CLOSE_LOOK_MS, e) < 0)
			break;
	}
	while (d->n_worker > 0)
		dispatch_abandon(d, 0, dispatch_now_ms(), "stopped");
}

void dispatch_close(struct dispatch *d)
{
	struct err e = ERR_INIT;

	if (d == NULL)
		return;
	finish_sessions(d, &e);
	if (d->results.n > 0 && d->g->store != NULL) {
		if (store_begin(d->g->store, &e) == 0 && write_results(d, &e) == 0 &&
		    store_commit(d->g->store, &e) == 0)
			results_written(d);
		else
			log_error("%s; %zu results are written as unknown at the next start", e.text, d->results.n);
		store_rollback(d->g->store);
	}
	if (d->lock >= 0)
		close(d->lock);
	free(d->results.item);
	free(d->route);
	free(d);
}
