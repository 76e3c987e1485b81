/*
 * cmd_queue: "queue": mails on their way, what became of their attempts, and what a person decides
 * about them.
 *
 * Input: the command line; texts of remote mail servers, made safe by table.
 */
#include "base.h"

#include "flow_hand.h"
#include "listing.h"
#include "store_mail.h"
#include "word.h"

/*
 * id: of the mail.  ref: of the warning.  company: its ref in the register.  incident: slug.  to:
 * address.  state: see delivery.h.  code, status, text: the last answer of a mail server.  Times
 * are UTC.
 */
static const struct column queue_columns[] = {
	{ "id", COLUMN_NUMBER, 0 },       { "ref", COLUMN_TEXT, 0 },
	{ "company", COLUMN_TEXT, 24 },   { "incident", COLUMN_TEXT, 32 },
	{ "to", COLUMN_TEXT, 40 },        { "state", COLUMN_TEXT, 0 },
	{ "attempts", COLUMN_NUMBER, 0 }, { "next_try", COLUMN_TIME, 0 },
	{ "priority", COLUMN_NUMBER, 0 }, { "code", COLUMN_NUMBER, 0 },
	{ "status", COLUMN_TEXT, 0 },     { "text", COLUMN_TEXT, 60 },
};

static int add_mail(void *arg, const struct mail_row *m, struct err *e)
{
	bool waits = m->state == MAIL_READY || m->state == MAIL_DEFERRED;
	const struct cell cells[] = {
		CELL_NUMBER(m->id),        CELL_TEXT(m->ref),
		CELL_TEXT(m->company_ref), CELL_TEXT(m->incident_slug),
		CELL_TEXT(m->env_to),      CELL_TEXT(word_of(mail_state_words, (int)m->state)),
		CELL_NUMBER(m->attempts),  CELL_NUMBER(waits ? m->next_try : 0),
		CELL_NUMBER(m->priority),  CELL_NUMBER(m->code),
		CELL_TEXT(m->status),      CELL_TEXT(m->text),
	};

	UNUSED(e);
	table_add(arg, cells);
	return 0;
}

static int list(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *state = NULL;
	const struct option_spec spec[] = { { "state", &state, NULL } };
	struct listing l = { .spec = spec, .n_spec = 1, .what = "list" };
	struct table t;
	int known, rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0)
		return rc;
	if (state != NULL && !word_parse(&known, mail_state_words, state))
		return err_set(
		    e, ERR_USAGE,
		    "a mail is never '%s'; states: ready deferred in_flight held unknown accepted"
		    " delayed "
		    "bounced confirmed refused expired cancelled",
		    state);
	table_init(&t, l.format, queue_columns, ARRAY_SIZE(queue_columns));
	if ((rc = store_mail_each(c->gateway.store, state, 0, add_mail, &t, e)) == 0)
		rc =
		    table_print(&t, state ? "no mail is in that state" : "no mail is under way", e);
	table_clear(&t);
	return rc;
}

/*
 * As the listing, with the attempts themselves in the place of their number; and: contact (id),
 * from (envelope sender), message_id, envid, created_at, state_at (last change).
 */
static const struct column mail_columns[] = {
	{ "id", COLUMN_NUMBER, 0 },      { "ref", COLUMN_TEXT, 0 },
	{ "company", COLUMN_TEXT, 0 },   { "incident", COLUMN_TEXT, 0 },
	{ "contact", COLUMN_NUMBER, 0 }, { "to", COLUMN_TEXT, 0 },
	{ "from", COLUMN_TEXT, 0 },      { "message_id", COLUMN_TEXT, 0 },
	{ "envid", COLUMN_TEXT, 0 },     { "created_at", COLUMN_TIME, 0 },
	{ "state", COLUMN_TEXT, 0 },     { "state_at", COLUMN_TIME, 0 },
	{ "next_try", COLUMN_TIME, 0 },  { "priority", COLUMN_NUMBER, 0 },
	{ "code", COLUMN_NUMBER, 0 },    { "status", COLUMN_TEXT, 0 },
	{ "text", COLUMN_TEXT, 0 },
};

static void add_whole_mail(struct table *t, const struct mail_row *m)
{
	bool waits = m->state == MAIL_READY || m->state == MAIL_DEFERRED;
	const struct cell cells[] = {
		CELL_NUMBER(m->id),
		CELL_TEXT(m->ref),
		CELL_TEXT(m->company_ref),
		CELL_TEXT(m->incident_slug),
		CELL_NUMBER(m->contact_id),
		CELL_TEXT(m->env_to),
		CELL_TEXT(m->env_from),
		CELL_TEXT(m->message_id),
		CELL_TEXT(m->envid),
		CELL_NUMBER(m->created_at),
		CELL_TEXT(word_of(mail_state_words, (int)m->state)),
		CELL_NUMBER(m->state_at),
		CELL_NUMBER(waits ? m->next_try : 0),
		CELL_NUMBER(m->priority),
		CELL_NUMBER(m->code),
		CELL_TEXT(m->status),
		CELL_TEXT(m->text),
	};

	table_add(t, cells);
}

/* outcome: accepted deferred refused unknown not_tried, "" while it runs.  stage: how far it came
 * (delivery.h). */
static const struct column attempt_columns[] = {
	{ "started_at", COLUMN_TIME, 0 }, { "ended_at", COLUMN_TIME, 0 },
	{ "route", COLUMN_TEXT, 0 },      { "outcome", COLUMN_TEXT, 0 },
	{ "stage", COLUMN_TEXT, 0 },      { "code", COLUMN_NUMBER, 0 },
	{ "status", COLUMN_TEXT, 0 },     { "text", COLUMN_TEXT, 80 },
};

static int add_attempt(void *arg, const struct attempt_row *a, struct err *e)
{
	const struct cell cells[] = {
		CELL_NUMBER(a->started_at), CELL_NUMBER(a->ended_at), CELL_TEXT(a->route),
		CELL_TEXT(a->outcome),      CELL_TEXT(a->stage),      CELL_NUMBER(a->code),
		CELL_TEXT(a->status),       CELL_TEXT(a->text),
	};

	UNUSED(e);
	table_add(arg, cells);
	return 0;
}

static int show(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing l = { .least = 1, .most = 1, .what = "ID" };
	struct arena a = ARENA_INIT;
	struct mail_row m;
	struct table t, attempts;
	const struct table_part part = { "attempts", &attempts };
	int64_t id;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0 || (rc = cli_id(l.args[0], &id, e)) < 0)
		return rc;
	table_init(&t, l.format, mail_columns, ARRAY_SIZE(mail_columns));
	table_init(&attempts, l.format, attempt_columns, ARRAY_SIZE(attempt_columns));
	if ((rc = store_mail_get(c->gateway.store, &a, &m, id, e)) == 0 &&
	    (rc = store_attempt_each(c->gateway.store, id, add_attempt, &attempts, e)) == 0) {
		add_whole_mail(&t, &m);
		rc = table_print_record(&t, &part, 1, e);
	}
	table_clear(&attempts);
	table_clear(&t);
	arena_clear(&a);
	return rc;
}

/* Several ids: each on its own, so that one that cannot be does not stop the others. */
static int act(struct cli *c, int argc, char **argv, enum hand_action action, struct err *e)
{
	struct listing l = { .least = 1, .most = argc, .what = "ID" };
	int64_t id;
	int refused = 0, rc = listing_open(&l, c, argc, argv, e);

	for (int i = 0; i < l.n && rc == 0; i++)
		rc = cli_id(l.args[i], &id, e);
	for (int i = 0; i < l.n && rc == 0; i++) {
		if ((rc = cli_id(l.args[i], &id, e)) == 0)
			rc = flow_hand_mail(&c->gateway, id, action, e);
		if (l.n > 1 && (rc == ERR_NOTFOUND || rc == ERR_CONFLICT)) {
			fprintf(stderr, "seinpost: %s\n", e->text);
			refused++;
			rc = 0;
		}
	}
	if (rc < 0)
		return rc;
	return refused > 0 ? EXIT_REFUSED : EXIT_DONE;
}

static int hold(struct cli *c, int argc, char **argv, struct err *e)
{
	return act(c, argc, argv, HAND_HOLD, e);
}

static int release(struct cli *c, int argc, char **argv, struct err *e)
{
	return act(c, argc, argv, HAND_RELEASE, e);
}

static int cancel(struct cli *c, int argc, char **argv, struct err *e)
{
	return act(c, argc, argv, HAND_CANCEL, e);
}

int cmd_queue(struct cli *c, int argc, char **argv, struct err *e)
{
	static const struct command family[] = {
		{ "list", list, "", "" },        { "show", show, "", "" },
		{ "hold", hold, "", "" },        { "release", release, "", "" },
		{ "retry", release, "", "" },    { "cancel", cancel, "", "" },
		{ "stop", cmd_sending, "", "" }, { "start", cmd_sending, "", "" },
		{ NULL, NULL, NULL, NULL },
	};

	return cli_family(c, argc, argv, family, e);
}
