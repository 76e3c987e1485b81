/*
 * cmd_route: "route": who takes our mail, and the switches that pause one route or stop all
 * sending.
 *
 * What is said here is written to the store; every running sender acts on it within a second.
 */
#include "base.h"
#include "cli.h"
#include "listing.h"
#include "route_state.h"
#include "store_route.h"

static const struct column columns[] = {
	{ "name", COLUMN_TEXT, 0 }, { "host", COLUMN_TEXT, 40 }, { "port", COLUMN_NUMBER, 0 },
	{ "state", COLUMN_TEXT, 0 }, { "until", COLUMN_TIME, 0 }, { "reason", COLUMN_TEXT, 60 },
};

static void add_route(void *arg, const struct route_state *r)
{
	const struct cell cells[] = {
		CELL_TEXT(r->route->name), CELL_TEXT(r->route->host), CELL_NUMBER(r->route->port),
		CELL_TEXT(r->word),        CELL_NUMBER(r->until),     CELL_TEXT(r->reason),
	};

	table_add(arg, cells);
}

static int list(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing l = { .what = "list" };
	struct table t;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0)
		return rc;
	table_init(&t, l.format, columns, ARRAY_SIZE(columns));
	rc = route_state_each(c, add_route, &t, e);
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
