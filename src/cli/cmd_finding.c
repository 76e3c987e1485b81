/*
 * cmd_finding: "finding": what was seen, and whose it is.
 *
 * Input: the command line; texts of feeds, chosen by attackers at times, made safe by table.
 */
#include "base.h"

#include <jansson.h>
#include <limits.h>

#include "listing.h"
#include "store_finding.h"
#include "word.h"

/*
 * ip, domain, account: what of it the source names, else "".  what: the identifier of the source.
 * advice: kind of advice.  state: new matched unmatched warned withdrawn.  source_type: report
 * type, "intelmq" or name of the mapping.
 */
static const struct column finding_columns[] = {
	{ "id", COLUMN_NUMBER, 0 },         { "seen_at", COLUMN_TIME, 0 },
	{ "ip", COLUMN_TEXT, 0 },           { "port", COLUMN_NUMBER, 0 },
	{ "domain", COLUMN_TEXT, 32 },      { "account", COLUMN_TEXT, 32 },
	{ "what", COLUMN_TEXT, 40 },        { "advice", COLUMN_TEXT, 0 },
	{ "severity", COLUMN_TEXT, 0 },     { "state", COLUMN_TEXT, 0 },
	{ "source_type", COLUMN_TEXT, 24 },
};

static int add_finding(void *arg, const struct finding *f, struct err *e)
{
	char ip[IP_TEXT] = "";
	const struct cell cells[] = {
		CELL_NUMBER(f->id),
		CELL_NUMBER(f->seen_at),
		CELL_TEXT(f->has_ip ? ip_format(ip, &f->ip) : ip),
		CELL_NUMBER(f->port),
		CELL_TEXT(f->domain),
		CELL_TEXT(f->account),
		CELL_TEXT(f->identifier),
		CELL_TEXT(f->advice),
		CELL_TEXT(word_of(severity_words, (int)f->severity)),
		CELL_TEXT(word_of(finding_state_words, (int)f->state)),
		CELL_TEXT(f->source_type),
	};

	UNUSED(e);
	table_add(arg, cells);
	return 0;
}

static int list(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *state = NULL;
	const struct option_spec spec[] = { { "state", &state, NULL } };
	struct listing l = { .spec = spec, .n_spec = 1, .least = 1, .most = 1, .what = "SLUG" };
	struct table t;
	int64_t incident;
	int only = -1, rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0)
		return rc;
	if (state != NULL && !word_parse(&only, finding_state_words, state))
		return err_set(
		    e, ERR_USAGE,
		    "a finding is new, matched, unmatched, warned or withdrawn, not '%s'", state);
	if ((rc = cli_incident(c, l.args[0], &incident, e)) < 0)
		return rc;
	table_init(&t, l.format, finding_columns, ARRAY_SIZE(finding_columns));
	for (int s = FINDING_NEW; s <= FINDING_WITHDRAWN && rc == 0; s++)
		if (only < 0 || only == s)
			rc = store_finding_each(c->gateway.store, incident, (enum finding_state)s,
						0, INT_MAX, add_finding, &t, e);
	if (rc == 0)
		rc = table_print(&t,
				 state ? "no finding is in that state"
				       : "no findings; see 'seinpost intake'",
				 e);
	table_clear(&t);
	return rc;
}

/* As the listing, and everything else that has a field (finding.h). */
static const struct column whole_columns[] = {
	{ "id", COLUMN_NUMBER, 0 },        { "incident", COLUMN_TEXT, 0 },
	{ "seen_at", COLUMN_TIME, 0 },     { "source_type", COLUMN_TEXT, 0 },
	{ "feed", COLUMN_TEXT, 0 },        { "state", COLUMN_TEXT, 0 },
	{ "what", COLUMN_TEXT, 0 },        { "advice", COLUMN_TEXT, 0 },
	{ "severity", COLUMN_TEXT, 0 },    { "compromised", COLUMN_FLAG, 0 },
	{ "tlp", COLUMN_TEXT, 0 },         { "ip", COLUMN_TEXT, 0 },
	{ "port", COLUMN_NUMBER, 0 },      { "transport", COLUMN_TEXT, 0 },
	{ "application", COLUMN_TEXT, 0 }, { "domain", COLUMN_TEXT, 0 },
	{ "hostname", COLUMN_TEXT, 0 },    { "url", COLUMN_TEXT, 0 },
	{ "account", COLUMN_TEXT, 0 },     { "cve", COLUMN_TEXT, 0 },
	{ "product", COLUMN_TEXT, 0 },
};

static void add_whole(struct table *t, const struct finding *f, const char *slug)
{
	char ip[IP_TEXT] = "";
	const struct cell cells[] = {
		CELL_NUMBER(f->id),
		CELL_TEXT(slug),
		CELL_NUMBER(f->seen_at),
		CELL_TEXT(f->source_type),
		CELL_TEXT(f->feed),
		CELL_TEXT(word_of(finding_state_words, (int)f->state)),
		CELL_TEXT(f->identifier),
		CELL_TEXT(f->advice),
		CELL_TEXT(word_of(severity_words, (int)f->severity)),
		CELL_NUMBER(f->compromised),
		CELL_TEXT(f->tlp),
		CELL_TEXT(f->has_ip ? ip_format(ip, &f->ip) : ip),
		CELL_NUMBER(f->port),
		CELL_TEXT(f->transport),
		CELL_TEXT(f->application),
		CELL_TEXT(f->domain),
		CELL_TEXT(f->hostname),
		CELL_TEXT(f->url),
		CELL_TEXT(f->account),
		CELL_TEXT(f->cve),
		CELL_TEXT(f->product),
	};

	table_add(t, cells);
}

/* matched_by: what of the finding fitted the asset (match.h).  ref: of the warning, or "". */
static const struct column owner_columns[] = {
	{ "company", COLUMN_TEXT, 0 },    { "company_name", COLUMN_TEXT, 40 },
	{ "matched_by", COLUMN_TEXT, 0 }, { "asset", COLUMN_TEXT, 0 },
	{ "ref", COLUMN_TEXT, 0 },
};

static int add_owner(void *arg, const struct owner_row *o, struct err *e)
{
	const struct cell cells[] = {
		CELL_TEXT(o->company_ref), CELL_TEXT(o->company_name), CELL_TEXT(o->matched_by),
		CELL_TEXT(o->asset),       CELL_TEXT(o->ref),
	};

	UNUSED(e);
	table_add(arg, cells);
	return 0;
}

/* Columns of the source without a field. */
static const struct column extra_columns[] = { { "name", COLUMN_TEXT, 0 },
					       { "value", COLUMN_TEXT, 0 } };

static int add_extra(struct table *t, const char *json, struct err *e)
{
	json_error_t why;
	json_t *o = json_loads(json, 0, &why), *v;
	const char *name;

	if (o == NULL)
		return err_set(e, ERR_IO, "the store's extra columns are no JSON: %s", why.text);
	json_object_foreach(o, name, v) {
		const struct cell cells[] = { CELL_TEXT(name), CELL_TEXT(json_string_value(v)) };

		table_add(t, cells);
	}
	json_decref(o);
	return 0;
}

static int show(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing l = { .least = 1, .most = 1, .what = "ID" };
	struct arena a = ARENA_INIT;
	struct finding f;
	struct incident in;
	const char *extra;
	struct table t, owners, extras;
	const struct table_part part[] = { { "owners", &owners }, { "extra", &extras } };
	struct store *s;
	int64_t id;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0 || (rc = cli_id(l.args[0], &id, e)) < 0)
		return rc;
	s = c->gateway.store;
	table_init(&t, l.format, whole_columns, ARRAY_SIZE(whole_columns));
	table_init(&owners, l.format, owner_columns, ARRAY_SIZE(owner_columns));
	table_init(&extras, l.format, extra_columns, ARRAY_SIZE(extra_columns));
	if ((rc = store_finding_get(s, &a, &f, &extra, id, e)) == 0 &&
	    (rc = store_incident_get(s, &a, &in, f.incident_id, e)) == 0 &&
	    (rc = store_finding_owners(s, id, add_owner, &owners, e)) == 0 &&
	    (rc = add_extra(&extras, extra, e)) == 0) {
		add_whole(&t, &f, in.slug);
		rc = table_print_record(&t, part, ARRAY_SIZE(part), e);
	}
	table_clear(&t);
	table_clear(&owners);
	table_clear(&extras);
	arena_clear(&a);
	return rc;
}

int cmd_finding(struct cli *c, int argc, char **argv, struct err *e)
{
	static const struct command family[] = {
		{ "list", list, "", "" }, { "show", show, "", "" }, { NULL, NULL, NULL, NULL },
	};

	return cli_family(c, argc, argv, family, e);
}
