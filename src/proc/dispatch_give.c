/*
 * dispatch_give: which route and which sender a mail goes to.
 *
 * Invariant: no route gets more than its connections, window, rate and trial allow, and all
 * together not more than in_flight.
 */
#include "base.h"
#include "dispatch_private.h"

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
	room = fresh * (c->mails_per_session < WORKER_WINDOW_LEAST ? c->mails_per_session
								   : WORKER_WINDOW_LEAST);
	for (int i = 0; i < d->n_worker; i++)
		if (d->worker[i]->route == route)
			room += worker_room(d->worker[i], c->mails_per_session);
	slow = route_slow(r, d->g->conf->deliver.in_flight) - out_on(d, route);
	room = room < slow ? room : slow;
	if (room > d->g->conf->deliver.in_flight - d->n_out)
		room = d->g->conf->deliver.in_flight - d->n_out;
	return room <= 0 ? 0 : route_allowance(r, room, now_ms);
}

/* A route on trial may take minutes to fail: it keeps no backup waiting. */
int dispatch_pick_route(struct dispatch *d, size_t *route, int64_t now_ms)
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

/* The idlest sender of the route with room, started where there is none and one may be. */
static struct worker *pick_worker(struct dispatch *d, size_t route, int64_t now_ms, struct err *e)
{
	struct worker *best = NULL;

	for (int i = 0; i < d->n_worker; i++) {
		struct worker *w = d->worker[i];

		if (w->route == route &&
		    worker_room(w, d->g->conf->routes[route].mails_per_session) > 0 &&
		    (best == NULL || w->n_out < best->n_out))
			best = w;
	}
	if (best != NULL && best->n_out == 0)
		return best;
	if (d->n_worker == WORKERS_MAX ||
	    workers_of(d, route) >= d->g->conf->routes[route].connections)
		return best;
	gateway_step(d->g, "spawn");
	if (worker_start(&d->worker[d->n_worker], d->g->conf, route, now_ms, e) < 0)
		return best;
	return d->worker[d->n_worker++];
}

void dispatch_give(struct dispatch *d, size_t route, const struct delivery *m, int64_t now_ms)
{
	struct err e = ERR_INIT;
	struct worker *w = pick_worker(d, route, now_ms, &e);

	if (w == NULL) {
		/* no process to be had: the claim is taken back like a session that never began */
		struct attempt_result r = { .delivery_id = m->id,
					    .outcome = OUTCOME_NOT_TRIED,
					    .stage = "session" };
		struct claimed c = flow_claimed(m);

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
