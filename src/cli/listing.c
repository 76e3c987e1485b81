/*
 * listing: what the listing commands share.
 *
 * Input: the command line of a trusted user.
 */
#include "base.h"

#include "alloc.h"
#include "listing.h"
#include "num.h"
#include "store_finding.h"

int listing_open(struct listing *l, struct cli *c, int argc, char **argv, struct err *e)
{
	const char *format = NULL;
	struct option_spec spec[LISTING_OPTIONS] = { { "format", &format, NULL } };
	int rc;

	if (l->n_spec + 1 > LISTING_OPTIONS)
		bug("%s: too many options", argv[0]);
	for (size_t i = 0; i < l->n_spec; i++)
		spec[i + 1] = l->spec[i];
	if ((rc = cli_options(argc, argv, spec, l->n_spec + 1, &l->args, &l->n, e)) < 0 ||
	    (rc = cli_count(l->n, l->least, l->most, l->what, e)) < 0 ||
	    (rc = cli_format(format, &l->format, e)) < 0)
		return rc;
	return cli_need(c, GATEWAY_STORE, e);
}

int cli_id(const char *text, int64_t *out, struct err *e)
{
	if (!num_parse(out, text, 1, INT64_MAX))
		return err_set(e, ERR_USAGE, "'%s' is no id; the listing shows them", text);
	return 0;
}

int cli_incident(struct cli *c, const char *slug, int64_t *out, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct incident in = { 0 };
	int rc = slug ? store_incident_by_slug(c->gateway.store, &a, &in, slug, e) : 0;

	*out = in.id;
	arena_clear(&a);
	return rc;
}

const struct column history_columns[] = {
	{ "at", COLUMN_TIME, 0 },      { "from", COLUMN_TEXT, 0 },      { "to", COLUMN_TEXT, 0 },
	{ "reason", COLUMN_TEXT, 24 }, { "evidence", COLUMN_TEXT, 80 },
};

int listing_add_event(void *arg, int64_t at, const char *from, const char *to, const char *reason,
                      const char *evidence, struct err *e)
{
	const struct cell cells[HISTORY_COLUMNS] = {
		CELL_NUMBER(at),   CELL_TEXT(from),     CELL_TEXT(to),
		CELL_TEXT(reason), CELL_TEXT(evidence),
	};

	UNUSED(e);
	table_add(arg, cells);
	return 0;
}
