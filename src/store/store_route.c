/*
 * store_route: what people and circuit breakers said about sending.
 *
 * Invariant: change_no of a route grows with every change of its row.
 * Input: names of the configuration; reasons hold words of far sides, made printable before.
 */
#include "base.h"
#include "store_private.h"
#include "store_route.h"

#define STOPPED "sending_stopped"

int store_route_set(struct store *s, const struct route_row *r, struct err *e)
{
	int64_t n = sql_run(
	    s->db, e,
	    "INSERT INTO route (name, paused, paused_until, reason, changed_at, change_no)"
	    " VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (name) DO UPDATE SET paused ="
	    " excluded.paused,"
	    " paused_until = excluded.paused_until, reason = excluded.reason,"
	    " changed_at = excluded.changed_at, change_no = route.change_no + 1",
	    "siisi", r->name, (int64_t)r->paused, r->paused_until, r->reason, r->changed_at);

	return n < 0 ? (int)n : 0;
}

int store_route_break(struct store *s, const struct route_row *r, struct err *e)
{
	int64_t n =
	    sql_run(s->db, e,
		    "INSERT INTO route (name, paused, paused_until, reason, changed_at, change_no)"
		    " VALUES ($1, 0, $2, $3, $4, 1) ON CONFLICT (name) DO UPDATE SET"
		    " paused_until = excluded.paused_until, reason = excluded.reason,"
		    " changed_at = excluded.changed_at, change_no = route.change_no + 1",
		    "sisi", r->name, r->paused_until, r->reason, r->changed_at);

	return n < 0 ? (int)n : 0;
}

int store_route_each(struct store *s, route_row_fn *row, void *arg, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(
	    s->db, &q, e,
	    "SELECT name, paused, paused_until, reason, changed_at, change_no FROM route ORDER BY"
	    " name",
	    "");

	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		struct route_row r = {
			.name = sql_text(q, 0),
			.paused = sql_int(q, 1) != 0,
			.paused_until = sql_int(q, 2),
			.reason = sql_text(q, 3),
			.changed_at = sql_int(q, 4),
			.change_no = sql_int(q, 5),
		};

		if ((rc = row(arg, &r, e)) < 0) {
			sql_reset(q);
			break;
		}
	}
	return rc < 0 ? rc : 0;
}

int store_sending_stop(struct store *s, bool stop, struct err *e)
{
	return store_meta_set(s, STOPPED, stop ? "1" : "0", e);
}

int store_sending_stopped(struct store *s, struct err *e)
{
	char value[4] = "";
	struct err why = ERR_INIT;
	int rc = store_meta_get(s, STOPPED, value, sizeof(value), &why);

	if (rc == ERR_NOTFOUND)
		return 0;
	if (rc < 0)
		*e = why;
	return rc < 0 ? rc : strcmp(value, "1") == 0;
}
