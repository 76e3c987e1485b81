/*
 * cmd_warning: "warning": one company, one incident: how far it is and what happened.
 *
 * Input: the command line; texts of feeds, the register and mail, made safe by table.
 */
#include "base.h"

#include "flow_hand.h"
#include "listing.h"
#include "store_finding.h"
#include "store_mail.h"
#include "store_register.h"
#include "store_warning.h"
#include "word.h"

/*
 * ref: the reference in the mail.  company: ref in the register.  incident: slug.  state: see
 * incident.h. overdue: queued or sent, not answered, past its deadline.  findings, mails: how many.
 */
static const struct column warning_columns[] = {
	{ "ref", COLUMN_TEXT, 0 },           { "company", COLUMN_TEXT, 24 },
	{ "company_name", COLUMN_TEXT, 32 }, { "incident", COLUMN_TEXT, 32 },
	{ "state", COLUMN_TEXT, 0 },         { "created_at", COLUMN_TIME, 0 },
	{ "deadline_at", COLUMN_TIME, 0 },   { "overdue", COLUMN_FLAG, 0 },
	{ "findings", COLUMN_NUMBER, 0 },    { "mails", COLUMN_NUMBER, 0 },
};
enum { RECORD_COLUMNS = 8 }; /* a record has lists in the place of the two numbers */

static int add_warning(void *arg, const struct warning_row *w, struct err *e)
{
	const struct cell cells[] = {
		CELL_TEXT(w->warning.ref),
		CELL_TEXT(w->company_ref),
		CELL_TEXT(w->company_name),
		CELL_TEXT(w->incident_slug),
		CELL_TEXT(word_of(warning_state_words, (int)w->warning.state)),
		CELL_NUMBER(w->warning.created_at),
		CELL_NUMBER(w->warning.deadline_at),
		CELL_NUMBER(w->overdue),
		CELL_NUMBER(w->findings),
		CELL_NUMBER(w->mails),
	};

	UNUSED(e);
	table_add(arg, cells);
	return 0;
}

static int list(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing l = { .most = 1, .what = "SLUG" };
	struct table t;
	int64_t incident;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0 || (rc = cli_incident(c, l.n > 0 ? l.args[0] : NULL, &incident, e)) < 0)
		return rc;
	table_init(&t, l.format, warning_columns, ARRAY_SIZE(warning_columns));
	rc = store_warning_each(c->gateway.store, incident, gateway_now(&c->gateway), add_warning,
				&t, e);
	if (rc == 0)
		rc = table_print(&t, "no warnings; see 'seinpost warn'", e);
	table_clear(&t);
	return rc;
}

static const struct column mail_columns[] = {
	{ "id", COLUMN_NUMBER, 0 },       { "to", COLUMN_TEXT, 48 },
	{ "state", COLUMN_TEXT, 0 },      { "state_at", COLUMN_TIME, 0 },
	{ "attempts", COLUMN_NUMBER, 0 }, { "code", COLUMN_NUMBER, 0 },
	{ "status", COLUMN_TEXT, 0 },     { "text", COLUMN_TEXT, 60 },
};

static int add_mail(void *arg, const struct mail_row *m, struct err *e)
{
	const struct cell cells[] = {
		CELL_NUMBER(m->id),
		CELL_TEXT(m->env_to),
		CELL_TEXT(word_of(mail_state_words, (int)m->state)),
		CELL_NUMBER(m->state_at),
		CELL_NUMBER(m->attempts),
		CELL_NUMBER(m->code),
		CELL_TEXT(m->status),
		CELL_TEXT(m->text),
	};

	UNUSED(e);
	table_add(arg, cells);
	return 0;
}

/* subject: the name a person knows the system by.  what: identifier of the source. */
static const struct column found_columns[] = {
	{ "id", COLUMN_NUMBER, 0 }, { "seen_at", COLUMN_TIME, 0 }, { "subject", COLUMN_TEXT, 60 },
	{ "port", COLUMN_NUMBER, 0 }, { "what", COLUMN_TEXT, 40 }, { "advice", COLUMN_TEXT, 0 },
	{ "severity", COLUMN_TEXT, 0 },
};

static void add_found(struct table *t, const struct finding *f, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char ip[IP_TEXT];
		const struct cell cells[] = {
			CELL_NUMBER(f[i].id),
			CELL_NUMBER(f[i].seen_at),
			CELL_TEXT(finding_subject(ip, &f[i])),
			CELL_NUMBER(f[i].port),
			CELL_TEXT(f[i].identifier),
			CELL_TEXT(f[i].advice),
			CELL_TEXT(word_of(severity_words, (int)f[i].severity)),
		};

		table_add(t, cells);
	}
}

/* A warning with all that belongs to it; the lists stand in the order they are shown. */
struct whole {
	struct arena a;
	struct warning_row row;
	struct finding *finding;
	size_t n_finding;
	struct table warning, history, mails, findings;
};

static int read_whole(struct whole *w, struct store *s, const char *ref, int64_t now, struct err *e)
{
	struct company k;
	struct incident in;
	int rc;

	if ((rc = store_warning_by_ref(s, &w->a, &w->row.warning, ref, e)) < 0 ||
	    (rc = store_company_get(s, &w->a, &k, w->row.warning.company_id, e)) < 0 ||
	    (rc = store_incident_get(s, &w->a, &in, w->row.warning.incident_id, e)) < 0 ||
	    (rc = store_warned_findings(s, &w->a, &w->finding, &w->n_finding, w->row.warning.id,
					e)) < 0 ||
	    (rc = store_warning_history(s, w->row.warning.id, listing_add_event, &w->history, e)) <
		0 ||
	    (rc = store_mail_each(s, NULL, w->row.warning.id, add_mail, &w->mails, e)) < 0)
		return rc;
	add_found(&w->findings, w->finding, w->n_finding);
	w->row.company_ref = k.ref;
	w->row.company_name = k.name;
	w->row.incident_slug = in.slug;
	w->row.overdue = warning_overdue(&w->row.warning, now);
	return add_warning(&w->warning, &w->row, e);
}

static int show(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing l = { .least = 1, .most = 1, .what = "REF" };
	struct whole w = { .a = ARENA_INIT };
	const struct table_part part[] = {
		{ "history", &w.history }, { "mails", &w.mails }, { "findings", &w.findings },
	};
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0)
		return rc;
	table_init(&w.warning, l.format, warning_columns, RECORD_COLUMNS);
	table_init(&w.history, l.format, history_columns, HISTORY_COLUMNS);
	table_init(&w.mails, l.format, mail_columns, ARRAY_SIZE(mail_columns));
	table_init(&w.findings, l.format, found_columns, ARRAY_SIZE(found_columns));
	rc = read_whole(&w, c->gateway.store, l.args[0], gateway_now(&c->gateway), e);
	if (rc == 0)
		rc = table_print_record(&w.warning, part, ARRAY_SIZE(part), e);
	for (size_t i = 0; i < ARRAY_SIZE(part); i++)
		table_clear(part[i].table);
	table_clear(&w.warning);
	arena_clear(&w.a);
	return rc;
}

static int set(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *reason = NULL;
	const struct option_spec spec[] = { { "reason", &reason, NULL } };
	struct listing l = {
		.spec = spec, .n_spec = 1, .least = 2, .most = 2, .what = "REF STATE"
	};
	int state, rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0)
		return rc;
	if (!word_parse(&state, warning_state_words, l.args[1]))
		return err_set(
		    e, ERR_USAGE,
		    "by hand a warning becomes acknowledged, resolved, not_ours or unreachable,"
		    " not '%s'",
		    l.args[1]);
	if (reason == NULL || *reason == '\0')
		return err_set(e, ERR_USAGE,
			       "--reason is missing: the next one to look wants to know why");
	return flow_hand_warning(&c->gateway, l.args[0], (enum warning_state)state, reason, e);
}

int cmd_warning(struct cli *c, int argc, char **argv, struct err *e)
{
	static const struct command family[] = {
		{ "list", list, "", "" },
		{ "show", show, "", "" },
		{ "set", set, "", "" },
		{ NULL, NULL, NULL, NULL },
	};

	return cli_family(c, argc, argv, family, e);
}
