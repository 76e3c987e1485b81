/*
 * dispatch: sends what is due, through sender processes.
 *
 * SECURITY: holds the store and the routes' password files; never talks to a mail server itself.  What the senders say
 * is checked in worker.c.  A sender that makes no progress for its route's patience is killed, and its mails are
 * recorded by how far they got.
 *
 * Invariant: a mail is given to a sender only after the transaction with its attempt row was committed.
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
	WORKERS_MAX = 256, GIVE_WINDOW = 16, STEP_MS = 1000, CLOSE_MS = 5000, BACKOFF_FIRST_MS = 2000,
	BACKOFF_MOST_MS = 120000,
};

struct route_state {
	int64_t down_until; /* monotonic ms */
	int64_t backoff;
	int64_t allowance, allowance_at; /* mails that may go now, in thousandths, where the route has a rate */
};

struct dispatch {
	struct gateway *g;
	int lock;
	struct route_state *route;
	struct worker *worker[WORKERS_MAX];
	int n_worker;
	int n_out;              /* mails with senders */
	struct pending_list results;
	struct dispatch_count count;
	int64_t due_at;         /* wall clock: nothing is due before; INT64_MAX: nothing waits */
};

static int64_t monotonic_ms(void)
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
	d->route = xcalloc(g->conf->n_routes, sizeof(*d->route));
	if (g->conf->n_routes == 0)
		rc = err_set(e, ERR_CONF, "%s: no routes: add the smarthost that takes the mail", g->conf->file);
	else if ((rc = take_lock(d, e)) == 0)
		rc = flow_recover(g, true, &n, e);
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

/* The first route that is not down; n_routes where all are. */
static size_t usable_route(const struct dispatch *d, int64_t now_ms)
{
	for (size_t i = 0; i < d->g->conf->n_routes; i++)
		if (d->route[i].down_until <= now_ms)
			return i;
	return d->g->conf->n_routes;
}

static int room_in(const struct dispatch *d, const struct worker *w)
{
	int session = d->g->conf->routes[w->route].mails_per_session - w->given, window = GIVE_WINDOW - w->n_out;

	if (w->closing)
		return 0;
	return session < window ? session : window;
}

static int rate_allows(struct dispatch *d, size_t route, int wanted, int64_t now_ms)
{
	struct route_state *r = &d->route[route];
	int64_t rate = d->g->conf->routes[route].rate, most = rate * 1000 / 60 + 1000;

	if (rate == 0)
		return wanted;
	r->allowance += (now_ms - r->allowance_at) * rate / 60;
	r->allowance_at = now_ms;
	if (r->allowance > most)
		r->allowance = most;
	return r->allowance / 1000 < wanted ? (int)(r->allowance / 1000) : wanted;
}

/* How many mails can be given to senders of the route now. */
static int room_on(struct dispatch *d, size_t route, int64_t now_ms)
{
	const struct conf_route *c = &d->g->conf->routes[route];
	int per_session = c->mails_per_session < GIVE_WINDOW ? c->mails_per_session : GIVE_WINDOW;
	int room = (c->connections - workers_of(d, route)) * per_session;

	for (int i = 0; i < d->n_worker; i++)
		if (d->worker[i]->route == route)
			room += room_in(d, d->worker[i]);
	if (room > d->g->conf->deliver.in_flight - d->n_out)
		room = d->g->conf->deliver.in_flight - d->n_out;
	return room <= 0 ? 0 : rate_allows(d, route, room, now_ms);
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
	for (size_t i = 0; i < d->results.n; i++)
		count_result(&d->count, d->results.item[i].result.outcome);
	if (d->results.n > 0)
		d->due_at = 0; /* a result may have made a mail due */
	d->results.n = 0;
}

/* The idlest sender of the route with room, started where there is none and one may be. */
static struct worker *pick_worker(struct dispatch *d, size_t route, int64_t now_ms, struct err *e)
{
	struct worker *best = NULL;

	for (int i = 0; i < d->n_worker; i++) {
		struct worker *w = d->worker[i];

		if (w->route == route && room_in(d, w) > 0 && (best == NULL || w->n_out < best->n_out))
			best = w;
	}
	if (best != NULL && best->n_out == 0)
		return best;
	if (d->n_worker < WORKERS_MAX && workers_of(d, route) < d->g->conf->routes[route].connections &&
	    worker_start(&d->worker[d->n_worker], d->g->conf, route, now_ms, e) == 0)
		return d->worker[d->n_worker++];
	return best;
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
		grow_array(&d->results.item, &d->results.cap, d->results.n + 1, sizeof(*d->results.item));
		d->results.item[d->results.n++] = (struct pending_result){ c, r };
		d->route[route].down_until = now_ms + BACKOFF_FIRST_MS;
		return;
	}
	worker_give(w, m, now_ms);
	d->n_out++;
	if (w->given >= d->g->conf->routes[route].mails_per_session)
		worker_end(w);
	d->route[route].allowance -= d->g->conf->routes[route].rate > 0 ? 1000 : 0;
}

static int look_ahead(struct dispatch *d, struct err *e)
{
	int64_t when = INT64_MAX;
	int rc = flow_next_due(d->g, &when, e);

	d->due_at = when;
	return rc < 0 ? rc : 0;
}

/*
 * One transaction: what arrived, and what goes next.  Then, after its commit, the mails go to the senders.
 */
static int commit_turn(struct dispatch *d, struct err *e)
{
	int64_t now_ms = monotonic_ms();
	size_t route = usable_route(d, now_ms), n = 0;
	bool want = route < d->g->conf->n_routes && d->due_at <= gateway_now(d->g);
	int room = want ? room_on(d, route, now_ms) : 0, rc;
	struct arena a = ARENA_INIT;
	struct delivery *mail = NULL;

	if (d->results.n == 0 && room == 0)
		return 0;
	if ((rc = store_begin(d->g->store, e)) < 0)
		return rc;
	rc = write_results(d, e);
	if (rc == 0 && room > 0)
		rc = flow_claim(d->g, &a, d->g->conf->routes[route].name, room, &mail, &n, e);
	if (rc == 0)
		rc = store_commit(d->g->store, e);
	store_rollback(d->g->store);
	if (rc == 0) {
		results_written(d);
		for (size_t i = 0; i < n; i++)
			give_mail(d, route, &mail[i], now_ms);
		if (room > 0 && n < (size_t)room)
			rc = look_ahead(d, e);
	}
	arena_clear(&a);
	return rc;
}

static void mark_route(struct dispatch *d, size_t route, bool healthy, const char *trouble, int64_t now_ms)
{
	struct route_state *r = &d->route[route];
	const char *name = d->g->conf->routes[route].name;

	if (healthy) {
		if (r->backoff > 0)
			log_info("route %s: works again", name);
		r->backoff = 0;
		return;
	}
	r->backoff = r->backoff == 0 ? BACKOFF_FIRST_MS : r->backoff * 2;
	if (r->backoff > BACKOFF_MOST_MS)
		r->backoff = BACKOFF_MOST_MS;
	r->down_until = now_ms + r->backoff;
	log_warn("route %s: %s; next try in %" PRId64 " s", name, trouble, r->backoff / 1000);
}

/* A session in which nothing was answered says that the route is down. */
static bool any_answered(const struct pending_list *l, size_t from)
{
	for (size_t i = from; i < l->n; i++)
		if (l->item[i].result.outcome != OUTCOME_NOT_TRIED)
			return true;
	return false;
}

static void remove_worker(struct dispatch *d, int i)
{
	worker_free(d->worker[i]);
	d->worker[i] = d->worker[--d->n_worker];
}

static void read_worker(struct dispatch *d, int i, int64_t now_ms)
{
	struct worker *w = d->worker[i];
	char trouble[REPLY_TEXT_MAX] = "";
	size_t before = d->results.n;
	bool open = worker_read(w, now_ms, &d->results, trouble);

	d->n_out -= (int)(d->results.n - before);
	if (open)
		return;
	if (any_answered(&d->results, before))
		mark_route(d, w->route, true, "", now_ms);
	else if (*trouble != '\0' || d->results.n > before)
		mark_route(d, w->route, false, *trouble ? trouble : "the session broke off", now_ms);
	remove_worker(d, i);
}

/* Longer than any single wait inside the session can take (RFC 5321 4.5.3.2), so that a killed sender was stuck. */
static int64_t patience_ms(const struct dispatch *d, const struct worker *w)
{
	return ((int64_t)d->g->conf->routes[w->route].timeout * 3 + 5) * 1000;
}

static void watch_workers(struct dispatch *d, int64_t now_ms)
{
	for (int i = d->n_worker - 1; i >= 0; i--) {
		struct worker *w = d->worker[i];
		size_t before = d->results.n;

		if ((w->n_out == 0 && !w->closing) || now_ms - w->alive_at < patience_ms(d, w))
			continue;
		worker_abandon(w, &d->results, "no progress; the session was ended");
		d->n_out -= (int)(d->results.n - before);
		mark_route(d, w->route, false, "a session made no progress and was ended", now_ms);
		remove_worker(d, i);
	}
}

static void flush_workers(struct dispatch *d)
{
	struct err e = ERR_INIT;

	for (int i = 0; i < d->n_worker; i++)
		if (channel_flush(&d->worker[i]->ch, &e) < 0)
			e = (struct err)ERR_INIT; /* it died; reading its socket says so and settles its mails */
}

static int poll_timeout(const struct dispatch *d)
{
	int64_t wait = d->due_at == INT64_MAX ? STEP_MS : (d->due_at - gateway_now(d->g)) * 1000;

	if (d->results.n > 0)
		return 0;
	if (d->n_out > 0 || wait > STEP_MS)
		return STEP_MS;
	return wait < 50 ? 50 : (int)wait;
}

/* 1: told to stop. */
static int wait_for_news(struct dispatch *d, int stop_fd, struct err *e)
{
	struct pollfd p[WORKERS_MAX + 1];
	int n = d->n_worker, rc;
	int64_t now_ms;

	for (int i = 0; i < n; i++)
		p[i] = (struct pollfd){
			.fd = d->worker[i]->ch.fd,
			.events = (short)(POLLIN | (channel_has_output(&d->worker[i]->ch) ? POLLOUT : 0)),
		};
	p[n] = (struct pollfd){ .fd = stop_fd, .events = POLLIN };
	rc = poll(p, (nfds_t)n + 1, poll_timeout(d));
	if (rc < 0 && errno != EINTR)
		return err_errno(e, ERR_IO, "poll");
	now_ms = monotonic_ms();
	for (int i = n - 1; rc > 0 && i >= 0; i--)
		if (p[i].revents & (POLLIN | POLLHUP | POLLERR))
			read_worker(d, i, now_ms);
	watch_workers(d, now_ms);
	return rc > 0 && p[n].revents != 0;
}

static bool drained(const struct dispatch *d, const struct dispatch_run *run)
{
	return run->drain && d->n_out == 0 && d->results.n == 0 &&
	       (d->due_at == INT64_MAX || d->due_at > gateway_now(d->g) + run->drain_seconds);
}

int dispatch_loop(struct dispatch *d, const struct dispatch_run *run, struct err *e)
{
	int64_t step_at = 0;
	int rc = look_ahead(d, e);

	while (rc == 0) {
		if ((rc = commit_turn(d, e)) < 0 || drained(d, run))
			break;
		flush_workers(d);
		if ((rc = wait_for_news(d, run->stop_fd, e)) != 0)
			break;
		if (run->progress != NULL)
			run->progress(run->progress_arg, &d->count);
		if (monotonic_ms() < step_at)
			continue;
		step_at = monotonic_ms() + STEP_MS;
		if (run->step != NULL)
			rc = run->step(run->arg, e);
		if (rc == 0 && d->due_at > gateway_now(d->g))
			rc = look_ahead(d, e);
	}
	return rc < 0 ? rc : 0;
}

/* Lets the sessions finish what they hold, for a while. */
static void finish_sessions(struct dispatch *d, struct err *e)
{
	int64_t until = monotonic_ms() + CLOSE_MS;

	for (int i = 0; i < d->n_worker; i++)
		worker_end(d->worker[i]);
	while (d->n_worker > 0 && monotonic_ms() < until) {
		flush_workers(d);
		if (wait_for_news(d, -1, e) < 0)
			break;
	}
	while (d->n_worker > 0) {
		size_t before = d->results.n;

		worker_abandon(d->worker[0], &d->results, "stopped");
		d->n_out -= (int)(d->results.n - before);
		remove_worker(d, 0);
	}
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
