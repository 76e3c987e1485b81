/*
 * dispatch_turn: one transaction of the dispatcher: what arrived, what the feed made, what goes
 * next.
 *
 * Invariant: mails are given to senders behind the commit of their attempt rows, and results in
 * hand are never thrown away.
 */
#include "base.h"
#include "clock.h"
#include "dispatch_private.h"
#include "log.h"

enum {
	STORE_PATIENCE_MS = 600000,
	STORE_RETRY_MS = 1000,
	/*
	 * Fewer results than this wait so long for others to share their commit.  What waits would
	 * be in doubt after a crash, so it is more only where a feed's commits are shared, too.
	 */
	PACE_RESULTS = 16,
	PACE_MS = 5,
	PACE_FEED_RESULTS = 32,
	PACE_FEED_MS = 20,
};

static void count_result(struct dispatch_count *c, const struct attempt_result *r)
{
	enum outcome o = r->outcome;

	if (queue_is_check(r)) {
		c->held++;
		log_error("mail %" PRId64 " is held for a person: %s; see 'seinpost queue show"
			  " %" PRId64 "'", r->delivery_id, r->text, r->delivery_id);
		return;
	}
	c->accepted += o == OUTCOME_ACCEPTED;
	c->deferred += o == OUTCOME_DEFERRED;
	c->refused += o == OUTCOME_REFUSED;
	c->unknown += o == OUTCOME_UNKNOWN;
	c->not_tried += o == OUTCOME_NOT_TRIED;
}

static int write_results(struct dispatch *d, const struct pending_result *item, size_t n,
			 struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < n && rc == 0; i++)
		rc = flow_result(d->g, &item[i].mail, &item[i].result, e);
	return rc;
}

static void results_written(struct dispatch *d)
{
	for (size_t i = 0; i < d->results.n; i++) {
		const struct attempt_result *r = &d->results.item[i].result;

		count_result(&d->count, r);
		if (r->outcome != OUTCOME_ACCEPTED)
			d->due_at = 0; /* it may be due again, or the next contact's mail */
	}
	d->results.n = 0;
}

int dispatch_look_ahead(struct dispatch *d, struct err *e)
{
	int64_t when = INT64_MAX;
	int rc = flow_next_due(d->g, &when, e);

	d->due_at = when;
	return rc < 0 ? rc : 0;
}

bool dispatch_feed_wants_turn(const struct dispatch_run *run)
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
	struct plan p = { .feed = dispatch_feed_wants_turn(run) ? run->feed : NULL,
			  .due = !d->stopped && d->due_at <= gateway_now(d->g) };

	if (p.due || (p.feed != NULL && !d->stopped))
		p.room = dispatch_pick_route(d, &p.route, now_ms);
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

static bool is_fed(const struct dispatch_run *run)
{
	return run->feed != NULL && !run->feed->done(run->feed->arg);
}

/* Do others come soon that can share the commit of what is here? */
static bool others_follow(const struct dispatch *d, const struct dispatch_run *run)
{
	if (d->results.n >= (is_fed(run) ? PACE_FEED_RESULTS : PACE_RESULTS))
		return false;
	if (d->due_at <= gateway_now(d->g))
		return !one_is_idle(d);
	return d->n_out > 0 || is_fed(run);
}

static int pace_ms(const struct dispatch_run *run)
{
	return is_fed(run) ? PACE_FEED_MS : PACE_MS;
}

/* Is it worth a transaction now? */
static bool is_worth_it(const struct dispatch *d, const struct dispatch_run *run,
			const struct plan *p, int64_t now_ms)
{
	if (p->feed != NULL)
		return true;
	if (d->results.n == 0 && (p->room == 0 || !p->due))
		return false;
	return !others_follow(d, run) || now_ms - d->commit_at >= pace_ms(run);
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
	rc = write_results(d, d->results.item, d->results.n, e);
	if (rc == 0 && p->feed != NULL)
		rc = take_feed_turn(d, p, e);
	if (rc == 0)
		rc = route_write_all(d->route, d->g->conf->n_routes, d->g->store, gateway_now(d->g),
				     e);
	if (rc == 0 && p->due && p->room > 0)
		rc = flow_claim(d->g, a, route, p->room, route_on_trial(&d->route[p->route]),
				&p->mail, &p->n, e);
	if (rc == 0)
		rc = store_commit(d->g->store, e);
	store_rollback(d->g->store);
	d->commit_at = clock_monotonic_ms();
	if (rc < 0 && p->feed != NULL)
		p->feed->undo(p->feed->arg);
	d->feed_news |= p->feed != NULL;
	return rc;
}

/* Behind the commit: the mails go to the senders. */
static int follow_plan(struct dispatch *d, const struct plan *p, int64_t now_ms, struct err *e)
{
	const struct delivery *m;

	results_written(d);
	route_written(d->route, d->g->conf->n_routes);
	for (size_t i = 0; i < p->n; i++)
		dispatch_give(d, p->route, &p->mail[i], now_ms);
	while (p->feed != NULL && (m = p->feed->claimed(p->feed->arg)) != NULL)
		dispatch_give(d, p->route, m, now_ms);
	if (p->feed != NULL && (p->due || p->room == 0))
		d->due_at = 0; /* the queue got some of its mails */
	return p->due && p->room > 0 && p->n < (size_t)p->room ? dispatch_look_ahead(d, e) : 0;
}

/*
 * One transaction: what arrived, and what goes next.  Then, after its commit, the mails go to the
 * senders.
 */
static int commit_turn(struct dispatch *d, const struct dispatch_run *run, int64_t now_ms,
		       struct err *e)
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

int dispatch_turn_in_ms(const struct dispatch *d, const struct dispatch_run *run)
{
	return dispatch_feed_wants_turn(run) || !others_follow(d, run) ? 0 : pace_ms(run);
}

static int save(struct dispatch *d, const struct pending_result *item, size_t n, struct err *e)
{
	int rc = store_begin(d->g->store, e);

	if (rc == 0)
		rc = write_results(d, item, n, e);
	if (rc == 0)
		rc = store_commit(d->g->store, e);
	store_rollback(d->g->store);
	return rc;
}

/* Those that cannot be written stay in hand; the first one's error. */
static int save_each(struct dispatch *d, struct err *e)
{
	struct pending_list *l = &d->results;
	size_t left = 0;

	for (size_t i = 0; i < l->n; i++) {
		struct err why = ERR_INIT;

		if (save(d, &l->item[i], 1, &why) == 0) {
			count_result(&d->count, &l->item[i].result);
			continue;
		}
		if (left == 0)
			*e = why;
		l->item[left++] = l->item[i];
	}
	l->n = left;
	return left > 0 ? e->code : 0;
}

int dispatch_save(struct dispatch *d, struct err *e)
{
	struct err why = ERR_INIT;
	int rc = save(d, d->results.item, d->results.n, &why);

	if (rc == 0) {
		results_written(d);
		return 0;
	}
	/* a store that takes nothing now takes no single one either */
	if (rc != ERR_TEMP)
		return save_each(d, e);
	*e = why;
	return rc;
}

int dispatch_turn(struct dispatch *d, const struct dispatch_run *run, struct err *e)
{
	struct err why = ERR_INIT;
	int64_t now_ms = clock_monotonic_ms();
	int rc;

	if (d->retry_at > now_ms)
		return 0;
	rc = commit_turn(d, run, now_ms, &why);
	if (rc == ERR_TEMP && (d->broken_at == 0 || now_ms - d->broken_at < STORE_PATIENCE_MS)) {
		if (d->broken_at == 0)
			log_error("%s; nothing new is sent until the store takes %zu results",
				  why.text, d->results.n);
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
