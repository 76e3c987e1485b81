/*
 * cmd_call: "call": who has to be telephoned, and what came of it.
 *
 * Input: the command line; names and numbers of the register, made safe by table.
 */
#include "base.h"

#include "flow_hand.h"
#include "listing.h"
#include "store_warning.h"

/*
 * phones: numbers of the register with whom to ask for, separated by "; ".  reason: see formats.md;
 * vital: to be handed over.  answer: the mail that asks for the call, which may name another
 * number ("inbox show").  The most severe incidents come first.
 */
static const struct column call_columns[] = {
	{ "ref", COLUMN_TEXT, 0 },           { "phones", COLUMN_TEXT, 0 },
	{ "company_name", COLUMN_TEXT, 40 }, { "company", COLUMN_TEXT, 24 },
	{ "incident", COLUMN_TEXT, 32 },     { "severity", COLUMN_TEXT, 0 },
	{ "reason", COLUMN_TEXT, 0 },        { "created_at", COLUMN_TIME, 0 },
	{ "answer", COLUMN_TEXT, 0 },
};

static int add_call(void *arg, const struct call_row *c, struct err *e)
{
	const struct table *t = arg;
	char answer[24] = "";
	bool shout = t->format == TABLE_TEXT && *c->phones == '\0';
	const struct cell cells[] = {
		CELL_TEXT(c->ref),           CELL_TEXT(shout ? "NO NUMBER" : c->phones),
		CELL_TEXT(c->company_name),  CELL_TEXT(c->company_ref),
		CELL_TEXT(c->incident_slug), CELL_TEXT(c->severity),
		CELL_TEXT(c->reason),        CELL_NUMBER(c->created_at),
		CELL_TEXT(answer),
	};

	UNUSED(e);
	if (c->inbox_id != 0)
		snprintf(answer, sizeof(answer), "%" PRId64, c->inbox_id);
	table_add(arg, cells);
	return 0;
}

static int list(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing l = { .what = "list" };
	struct table t;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0)
		return rc;
	table_init(&t, l.format, call_columns, ARRAY_SIZE(call_columns));
	if ((rc = store_call_each(c->gateway.store, add_call, &t, e)) == 0)
		rc = table_print(&t, "nobody has to be telephoned", e);
	table_clear(&t);
	return rc;
}

static int done(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *outcome = NULL;
	const struct option_spec spec[] = { { "outcome", &outcome, NULL } };
	struct listing l = { .spec = spec, .n_spec = 1, .least = 1, .most = 1, .what = "REF" };
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0)
		return rc;
	if (outcome == NULL || *outcome == '\0')
		return err_set(e, ERR_USAGE, "--outcome is missing: what did they say?");
	return flow_hand_called(&c->gateway, l.args[0], outcome, e);
}

int cmd_call(struct cli *c, int argc, char **argv, struct err *e)
{
	static const struct command family[] = {
		{ "list", list, "", "" }, { "done", done, "", "" }, { NULL, NULL, NULL, NULL },
	};

	return cli_family(c, argc, argv, family, e);
}
