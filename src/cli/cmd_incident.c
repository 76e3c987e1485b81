/*
 * cmd_incident: "incident": occasions to warn.
 */
#include "base.h"

#include "cli.h"
#include "listing.h"
#include "num.h"
#include "store_finding.h"
#include "utf8.h"
#include "word.h"

static int parse_word(const char *text, const char *const *words, const char *option, int *out,
		      struct err *e)
{
	if (text == NULL || word_parse(out, words, text))
		return 0;
	return err_set(e, ERR_USAGE, "--%s: '%s' is not known", option, text);
}

static int check_advice(struct cli *c, const char *kind, struct err *e)
{
	int rc;

	if (strcmp(kind, "auto") == 0)
		return 0;
	if ((rc = cli_need(c, GATEWAY_TEMPLATES, e)) < 0)
		return rc;
	for (int l = LANGUAGE_NL; l <= LANGUAGE_EN; l++)
		if (!warn_catalog_has(c->gateway.catalog[l], kind))
			return err_set(e, ERR_INPUT,
				       "no advice '%s': %s/%s/advice/%s.mustache does not exist",
				       kind, c->conf->templates, language_words[l], kind);
	return 0;
}

struct open_options {
	const char *title, *advice, *tlp, *deadline, *severity;
};

static int fill_incident(struct cli *c, const struct open_options *o, struct incident *in,
			 struct err *e)
{
	int tlp = TLP_GREEN, severity = SEVERITY_HIGH, rc;
	int64_t days = c->conf->deadline_days;

	if (o->title == NULL || *o->title == '\0')
		return err_set(e, ERR_USAGE,
			       "--title is missing: what companies read in the subject");
	if (utf8_check(o->title, strlen(o->title)) != SIZE_MAX ||
	    strpbrk(o->title, "\r\n\t") != NULL || strlen(o->title) > 200)
		return err_set(e, ERR_INPUT, "--title: one line of UTF-8, at most 200 octets");
	if ((rc = parse_word(o->tlp, tlp_words, "tlp", &tlp, e)) < 0 ||
	    (rc = parse_word(o->severity, severity_words, "severity", &severity, e)) < 0)
		return rc;
	if (o->deadline != NULL && !num_parse(&days, o->deadline, 1, 365))
		return err_set(e, ERR_USAGE, "--deadline: days, 1 to 365");
	in->title = o->title;
	in->advice = o->advice ? o->advice : "auto";
	in->tlp = (enum tlp)tlp;
	in->severity = (enum severity)severity;
	in->deadline_days = (int)days;
	in->opened_at = gateway_now(&c->gateway);
	return check_advice(c, in->advice, e);
}

static int open_incident(struct cli *c, int argc, char **argv, struct err *e)
{
	struct open_options o = { 0 };
	const struct option_spec spec[] = {
		{ "title", &o.title, NULL }, { "advice", &o.advice, NULL }, { "tlp", &o.tlp, NULL },
		{ "deadline", &o.deadline, NULL }, { "severity", &o.severity, NULL },
	};
	struct incident in = { 0 };
	char **args;
	int n, rc;

	if ((rc = cli_options(argc, argv, spec, ARRAY_SIZE(spec), &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 1, 1, "SLUG", e)) < 0)
		return rc;
	if (!ref_valid(args[0]))
		return err_set(e, ERR_USAGE,
			       "'%s': a slug has letters, digits, '-', '_' and '.', at most %d",
			       args[0], REF_MAX);
	if ((rc = cli_need(c, GATEWAY_STORE, e)) < 0 || (rc = fill_incident(c, &o, &in, e)) < 0)
		return rc;
	in.slug = args[0];
	if ((rc = store_begin(c->gateway.store, e)) < 0)
		return rc;
	if ((rc = store_incident_add(c->gateway.store, &in, e)) == 0)
		rc = store_commit(c->gateway.store, e);
	store_rollback(c->gateway.store);
	return rc;
}

static const struct column incident_columns[] = {
	{ "slug", COLUMN_TEXT, 0 },        { "title", COLUMN_TEXT, 48 },
	{ "advice", COLUMN_TEXT, 0 },      { "tlp", COLUMN_TEXT, 0 },
	{ "severity", COLUMN_TEXT, 0 },    { "deadline_days", COLUMN_NUMBER, 0 },
	{ "state", COLUMN_TEXT, 0 },       { "opened_at", COLUMN_TIME, 0 },
	{ "findings", COLUMN_NUMBER, 0 },  { "matched", COLUMN_NUMBER, 0 },
	{ "unmatched", COLUMN_NUMBER, 0 }, { "warned", COLUMN_NUMBER, 0 },
};

struct incident_list {
	struct store *store;
	struct table table;
};

static int add_incident(void *arg, const struct incident *in, struct err *e)
{
	struct incident_list *l = arg;
	struct finding_counts n;
	int rc = store_finding_counts(l->store, in->id, &n, e);
	const struct cell cells[] = {
		CELL_TEXT(in->slug),
		CELL_TEXT(in->title),
		CELL_TEXT(in->advice),
		CELL_TEXT(word_of(tlp_words, (int)in->tlp)),
		CELL_TEXT(word_of(severity_words, (int)in->severity)),
		CELL_NUMBER(in->deadline_days),
		CELL_TEXT(word_of(incident_state_words, (int)in->state)),
		CELL_NUMBER(in->opened_at),
		CELL_NUMBER(n.all),
		CELL_NUMBER(n.matched),
		CELL_NUMBER(n.unmatched),
		CELL_NUMBER(n.warned),
	};

	if (rc == 0)
		table_add(&l->table, cells);
	return rc;
}

static int list(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing options = { .what = "list" };
	struct incident_list l;
	int rc = listing_open(&options, c, argc, argv, e);

	if (rc < 0)
		return rc;
	l.store = c->gateway.store;
	table_init(&l.table, options.format, incident_columns, ARRAY_SIZE(incident_columns));
	rc = store_incident_each(l.store, add_incident, &l, e);
	return rc < 0 ? rc : table_print(&l.table, "no incidents; see 'seinpost incident open'", e);
}

static int show(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing options = { .least = 1, .most = 1, .what = "SLUG" };
	struct arena a = ARENA_INIT;
	struct incident_list l;
	struct incident in;
	int rc = listing_open(&options, c, argc, argv, e);

	if (rc < 0)
		return rc;
	l.store = c->gateway.store;
	table_init(&l.table, options.format, incident_columns, ARRAY_SIZE(incident_columns));
	if ((rc = store_incident_by_slug(l.store, &a, &in, options.args[0], e)) == 0 &&
	    (rc = add_incident(&l, &in, e)) == 0)
		rc = table_print_one(&l.table, e);
	arena_clear(&a);
	return rc;
}

static int close_incident(struct cli *c, int argc, char **argv, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct incident in;
	char **args;
	int n, rc;

	if ((rc = cli_options(argc, argv, NULL, 0, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 1, 1, "SLUG", e)) < 0 || (rc = cli_need(c, GATEWAY_STORE, e)) < 0)
		return rc;
	rc = store_incident_by_slug(c->gateway.store, &a, &in, args[0], e);
	if (rc == 0 && (rc = store_begin(c->gateway.store, e)) == 0) {
		rc = store_incident_close(c->gateway.store, in.id, gateway_now(&c->gateway), e);
		if (rc == 0)
			rc = store_commit(c->gateway.store, e);
		store_rollback(c->gateway.store);
	}
	arena_clear(&a);
	return rc;
}

int cmd_incident(struct cli *c, int argc, char **argv, struct err *e)
{
	static const struct command table[] = {
		{ "open", open_incident, "", "" },
		{ "list", list, "", "" },
		{ "show", show, "", "" },
		{ "close", close_incident, "", "" },
		{ 0 },
	};

	return cli_family(c, argc, argv, table, e);
}
