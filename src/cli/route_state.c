/*
 * route_state: which routes of the configuration take mail now.
 *
 * Input: the store: what people and circuit breakers said, made printable by whoever shows it.
 */
#include "base.h"

#include "route_state.h"
#include "store_mail.h"
#include "store_route.h"

/* The row of one route, copied. */
struct found {
	const char *name;
	struct arena *a;
	struct route_row row;
};

static int keep_row(void *arg, const struct route_row *r, struct err *e)
{
	struct found *f = arg;

	UNUSED(e);
	if (strcmp(r->name, f->name) == 0) {
		f->row = *r;
		f->row.name = f->name;
		f->row.reason = arena_strdup(f->a, r->reason);
	}
	return 0;
}

static int find_row(struct cli *c, struct arena *a, const char *name, struct route_row *out,
                    struct err *e)
{
	struct found f = { .name = name, .a = a, .row = { .name = name, .reason = "" } };
	int rc = store_route_each(c->gateway.store, keep_row, &f, e);

	*out = f.row;
	return rc;
}

static const char *word_for(const struct conf_route *r, const struct route_row *row, bool stopped,
			    int64_t now)
{
	if (stopped)
		return "stopped";
	if (row->paused)
		return "paused";
	if (row->paused_until > now)
		return "resting";
	if (row->paused_until != 0)
		return "trial";
	return r->backup ? "backup" : "open";
}

int route_state_each(struct cli *c, route_state_fn *row, void *arg, struct err *e)
{
	int64_t now = gateway_now(&c->gateway);
	int stopped = store_sending_stopped(c->gateway.store, e), rc = stopped < 0 ? stopped : 0;
	struct arena a = ARENA_INIT;

	for (size_t i = 0; i < c->conf->n_routes && rc == 0; i++) {
		const struct conf_route *r = &c->conf->routes[i];
		struct route_row kept;

		if ((rc = find_row(c, &a, r->name, &kept, e)) == 0) {
			bool told = kept.paused || kept.paused_until != 0;
			struct route_state s = {
				.route = r,
				.word = word_for(r, &kept, stopped == 1, now),
				.until = kept.paused_until > now ? kept.paused_until : 0,
				.reason = told ? kept.reason : "",
			};

			row(arg, &s);
		}
	}
	arena_clear(&a);
	return rc < 0 ? rc : stopped;
}

static void add_trouble(void *arg, const struct route_state *r)
{
	struct buf *out = arg;

	if (strcmp(r->word, "paused") == 0)
		buf_printf(out, "%sroute %s is paused (%s): 'seinpost route resume %s'",
			   out->len > 0 ? "; " : "", r->route->name, r->reason, r->route->name);
	else if (strcmp(r->word, "resting") == 0)
		buf_printf(out, "%sroute %s rests, because too much was refused (%s)",
			   out->len > 0 ? "; " : "", r->route->name, r->reason);
}

int route_state_trouble(struct cli *c, struct buf *out, struct err *e)
{
	struct queue_counts n;
	int rc = route_state_each(c, add_trouble, out, e);

	if (rc == 1)
		buf_addstr(out, "all sending is stopped: 'seinpost queue start'");
	if (rc < 0 || out->len == 0)
		return rc < 0 ? rc : 0;
	if ((rc = store_queue_counts(c->gateway.store, &n, e)) == 0)
		buf_printf(out, "; %" PRId64 " mails wait", n.waiting);
	return rc;
}
