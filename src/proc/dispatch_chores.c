/*
 * dispatch_chores: what the dispatcher does now and then, between two turns.
 *
 * Invariant: its own leases are renewed before others are looked at, in one transaction, so that a
 * jump of the clock never makes it take back a mail that is with one of its own senders.
 */
#include "base.h"
#include "clock.h"
#include "dispatch_private.h"
#include "log.h"
#include "store_route.h"

enum {
	STEP_MS = 1000,
	TIDY_MS = 10000, /* between renewals of leases, a sixth of the shortest lease */
	EXPIRE_AFTER_MS =
	    900000, /* without any route: then mails whose time is over are given up unsent */
};

int64_t dispatch_wait(const struct dispatch *d, int64_t now_ms)
{
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < d->g->conf->n_routes; i++) {
		int64_t wait = route_wait_ms(&d->route[i], &d->g->conf->deliver, now_ms,
		                             gateway_now(d->g));

		least = wait < least ? wait : least;
	}
	return least;
}

/* What people said about sending. */
static int look_at_routes(struct dispatch *d, int64_t now_ms, struct err *e)
{
	size_t n = d->g->conf->n_routes;
	int stopped = store_sending_stopped(d->g->store, e);

	if (stopped < 0 ||
	    route_read_all(d->route, n, &d->g->conf->deliver, d->g->store, e) < 0)
		return stopped < 0 ? stopped : e->code;
	if (d->stopped != (stopped == 1))
		log_warn("%s", stopped ? "all sending stops" : "sending goes on");
	d->stopped = stopped == 1;
	for (int i = 0; i < d->n_worker; i++)
		if (d->stopped || d->route[d->worker[i]->route].paused)
			worker_stop(d->worker[i], now_ms);
	for (size_t i = 0; i < n; i++)
		if (d->stopped || d->route[i].paused || dispatch_usable(d, i, now_ms))
			d->routed_at = now_ms;
	d->look_at = now_ms + LOOK_MS;
	return 0;
}

/* Renews what is under way.  A sender whose mail somebody else has now must not go on with it. */
static int renew_leases(struct dispatch *d, int64_t now_ms, struct err *e)
{
	for (int i = d->n_worker - 1; i >= 0; i--) {
		struct worker *w = d->worker[i];
		int rc = 0;

		for (int k = 0; k < w->n_out && rc == 0; k++) {
			struct err why = ERR_INIT;

			rc = flow_renew(d->g, &w->out[k].mail, &why);
			if (rc == ERR_NOTFOUND)
				rc = 0;
			if (rc < 0 && rc != ERR_CONFLICT) {
				*e = why;
				return rc;
			}
		}
		if (rc == ERR_CONFLICT)
			dispatch_abandon(d, i, now_ms, "this process slept longer than its lease");
	}
	return 0;
}

static int tidy(struct dispatch *d, int64_t now_ms, struct err *e)
{
	int64_t recovered = 0, moved = 0;
	int expired = 0, rc = store_begin(d->g->store, e);

	/* first its own: after a jump of the clock they look as if they had run out */
	if (rc == 0)
		rc = renew_leases(d, now_ms, e);
	if (rc == 0)
		rc = flow_tidy(d->g, &recovered, &moved, e);
	if (rc == 0 && now_ms - d->routed_at > EXPIRE_AFTER_MS)
		rc = flow_expire(d->g, &expired, e);
	if (rc == 0)
		rc = store_commit(d->g->store, e);
	store_rollback(d->g->store);
	if (rc < 0)
		return rc;
	if (recovered > 0)
		log_warn("%" PRId64 " mails of a sender that is gone are unknown now", recovered);
	if (moved > 0)
		log_warn("the clock was set back: %" PRId64
			 " waiting mails keep their waiting time",
			 moved);
	if (expired > 0)
		log_error(
		    "no route took any mail: %d mails were given up, their next contact follows",
		    expired);
	if (recovered + moved + expired > 0)
		d->due_at = 0;
	d->tidy_at = now_ms + (expired > 0 ? STEP_MS : TIDY_MS);
	return 0;
}

int dispatch_chores(struct dispatch *d, const struct dispatch_run *run, int64_t *step_at,
		    struct err *e)
{
	int64_t now_ms = clock_monotonic_ms();
	int rc = 0;

	if (now_ms >= d->look_at)
		rc = look_at_routes(d, now_ms, e);
	if (rc == 0 && now_ms >= d->tidy_at && d->broken_at == 0) {
		struct err why = ERR_INIT;

		rc = tidy(d, now_ms, &why);
		if (rc == ERR_TEMP) {
			log_warn("%s", why.text);
			d->tidy_at = now_ms + STEP_MS;
			rc = 0;
		} else if (rc < 0) {
			*e = why;
		}
	}
	if (rc < 0 || now_ms < *step_at)
		return rc;
	*step_at = now_ms + STEP_MS;
	if (run->step != NULL && d->broken_at == 0 && (rc = run->step(run->arg, e)) == 1)
		*step_at = 0;
	if (rc >= 0 && d->due_at > gateway_now(d->g))
		rc = dispatch_look_ahead(d, e);
	return rc < 0 ? rc : 0;
}
