/*
 * cmd_route: "route": who takes our mail, and the switches that pause one route or stop all
 * sending.
 *
 * What is said here is written to the store; every running sender acts on it within a second.
 */
#include "base.h"
#include "cli.h"
#include "store_route.h"

static const struct column columns[] = {
	{ "name", COLUMN_TEXT, 0 }, { "host", COLUMN_TEXT, 40 }, { "port", COLUMN_NUMBER, 0 },
	{ "state", COLUMN_TEXT, 0 }, { "until", COLUMN_TIME, 0 }, { "reason", COLUMN_TEXT, 60 },
};

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

static const char *state_of(const struct conf_route *r, const struct route_row *row, bool stopped,
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

static int list(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *format = NULL;
	const struct option_spec spec[] = { { "format", &format, NULL } };
	enum table_format f = TABLE_TEXT;
	struct arena a = ARENA_INIT;
	struct table t;
	char **args;
	int n, stopped, rc;

	if ((rc = cli_options(argc, argv, spec, 1, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 0, 0, "list", e)) < 0 || (rc = cli_format(format, &f, e)) < 0 ||
	    (rc = cli_need(c, GATEWAY_STORE, e)) < 0 ||
	    (stopped = rc = store_sending_stopped(c->gateway.store, e)) < 0)
		return rc;
	table_init(&t, f, columns, ARRAY_SIZE(columns));
	rc = 0;
	for (size_t i = 0; i < c->conf->n_routes && rc == 0; i++) {
		const struct conf_route *r = &c->conf->routes[i];
		int64_t now = gateway_now(&c->gateway);
		struct route_row row;

		if ((rc = find_row(c, &a, r->name, &row, e)) == 0) {
			bool told = row.paused || row.paused_until != 0;
			const struct cell cells[] = {
				CELL_TEXT(r->name), CELL_TEXT(r->host), CELL_NUMBER(r->port),
				CELL_TEXT(state_of(r, &row, stopped == 1, now)),
				CELL_NUMBER(row.paused_until > now ? row.paused_until : 0),
				CELL_TEXT(told ? row.reason : ""),
			};

			table_add(&t, cells);
		}
	}
	arena_clear(&a);
	return rc < 0 ? rc : table_print(&t, "no routes; add one to the configuration", e);
}

static int write_row(struct cli *c, const struct route_row *row, struct err *e)
{
	int rc = store_begin(c->gateway.store, e);

	if (rc == 0)
		rc = store_route_set(c->gateway.store, row, e);
	if (rc == 0)
		rc = store_commit(c->gateway.store, e);
	store_rollback(c->gateway.store);
	return rc;
}

/* "pause NAME [--reason TEXT]" and "resume NAME" */
static int change(struct cli *c, int argc, char **argv, bool pause, struct err *e)
{
	const char *reason = NULL;
	const struct option_spec spec[] = { { "reason", &reason, NULL } };
	struct route_row row = { .paused = pause };
	char **args;
	size_t i;
	int n, rc;

	if ((rc = cli_options(argc, argv, spec, pause ? 1 : 0, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 1, 1, "NAME", e)) < 0 || (rc = cli_need(c, GATEWAY_STORE, e)) < 0)
		return rc;
	for (i = 0; i < c->conf->n_routes && strcmp(c->conf->routes[i].name, args[0]) != 0; i++)
		continue;
	if (i == c->conf->n_routes)
		return err_set(e, ERR_NOTFOUND, "no route '%s'; see 'seinpost route list'",
		               args[0]);
	row.name = args[0];
	row.reason = reason ? reason : pause ? "by hand" : "";
	row.changed_at = gateway_now(&c->gateway);
	return write_row(c, &row, e);
}

static int pause_route(struct cli *c, int argc, char **argv, struct err *e)
{
	return change(c, argc, argv, true, e);
}

static int resume_route(struct cli *c, int argc, char **argv, struct err *e)
{
	return change(c, argc, argv, false, e);
}

int cmd_sending(struct cli *c, int argc, char **argv, struct err *e)
{
	bool stop = strcmp(argv[0], "stop") == 0;
	char **args;
	int n, rc;

	if ((rc = cli_options(argc, argv, NULL, 0, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 0, 0, argv[0], e)) < 0 || (rc = cli_need(c, GATEWAY_STORE, e)) < 0 ||
	    (rc = store_begin(c->gateway.store, e)) < 0)
		return rc;
	if ((rc = store_sending_stop(c->gateway.store, stop, e)) == 0)
		rc = store_commit(c->gateway.store, e);
	store_rollback(c->gateway.store);
	return rc;
}

int cmd_route(struct cli *c, int argc, char **argv, struct err *e)
{
	static const struct command table[] = {
		{ "list", list, "", "" }, { "pause", pause_route, "", "" },
		{ "resume", resume_route, "", "" },
		{ "stop", cmd_sending, "", "" }, { "start", cmd_sending, "", "" }, { 0 },
	};

	return cli_family(c, argc, argv, table, e);
}
