/*
 * cmd_status: "status": what is going on, on one screen.
 *
 * Input: the store; titles written by users, made safe by table.
 */
#include "base.h"

#include "flow_inbox.h"
#include "listing.h"
#include "route_state.h"
#include "store_finding.h"
#include "store_inbox.h"
#include "store_mail.h"
#include "store_warning.h"
#include "word.h"

/*
 * sending: on, or stopped by a person.  waiting, in_flight, held, unknown: mails of the queue.
 * next_due: when the next mail may go out.
 * review: inbound mails that wait for a person; raw: not judged yet.  to_call, to_hand_over: open
 * items of the call list.  forged_tokens to expired_tokens: mails so far whose token counted for
 * nothing, by why (flow_inbox.h); repeated_bounces and repeated_answers: those that came before and
 * changed nothing again.  last_mail: when the last inbound mail came.
 */
static const struct column status_columns[] = {
	{ "sending", COLUMN_TEXT, 0 },
	{ "waiting", COLUMN_NUMBER, 0 },      { "in_flight", COLUMN_NUMBER, 0 },
	{ "held", COLUMN_NUMBER, 0 },         { "unknown", COLUMN_NUMBER, 0 },
	{ "next_due", COLUMN_TIME, 0 },       { "review", COLUMN_NUMBER, 0 },
	{ "raw", COLUMN_NUMBER, 0 },          { "to_call", COLUMN_NUMBER, 0 },
	{ "to_hand_over", COLUMN_NUMBER, 0 }, { "forged_tokens", COLUMN_NUMBER, 0 },
	{ "guessed_tokens", COLUMN_NUMBER, 0 }, { "foreign_tokens", COLUMN_NUMBER, 0 },
	{ "stray_tokens", COLUMN_NUMBER, 0 }, { "expired_tokens", COLUMN_NUMBER, 0 },
	{ "repeated_bounces", COLUMN_NUMBER, 0 }, { "repeated_answers", COLUMN_NUMBER, 0 },
	{ "last_mail", COLUMN_TIME, 0 },
};

/* The counters among them, in their order. */
static const char *const counters[] = {
	"forged_tokens",  "guessed_tokens",   "foreign_tokens",   "stray_tokens",
	"expired_tokens", "repeated_bounces", "repeated_answers",
};

/* slug; then findings by state (new: not matched yet), and warnings of the incident. */
static const struct column incident_columns[] = {
	{ "incident", COLUMN_TEXT, 40 },   { "severity", COLUMN_TEXT, 0 },
	{ "opened_at", COLUMN_TIME, 0 },   { "findings", COLUMN_NUMBER, 0 },
	{ "new", COLUMN_NUMBER, 0 },       { "matched", COLUMN_NUMBER, 0 },
	{ "unmatched", COLUMN_NUMBER, 0 }, { "warned", COLUMN_NUMBER, 0 },
	{ "warnings", COLUMN_NUMBER, 0 },  { "acknowledged", COLUMN_NUMBER, 0 },
	{ "overdue", COLUMN_NUMBER, 0 },
};

/* name of an inbox in the configuration, and when it was last fetched without an error. */
static const struct column fetch_columns[] = { { "inbox", COLUMN_TEXT, 0 },
					       { "last_fetch", COLUMN_TIME, 0 } };

/* As in "route list". */
static const struct column route_columns[] = {
	{ "route", COLUMN_TEXT, 0 },
	{ "state", COLUMN_TEXT, 0 },
	{ "until", COLUMN_TIME, 0 },
	{ "reason", COLUMN_TEXT, 60 },
};

static void add_route(void *arg, const struct route_state *r)
{
	table_add(arg, (const struct cell[]){ CELL_TEXT(r->route->name), CELL_TEXT(r->word),
					      CELL_NUMBER(r->until), CELL_TEXT(r->reason) });
}

struct call_count {
	int64_t to_call, to_hand_over;
};

static int count_call(void *arg, const struct call_row *c, struct err *e)
{
	struct call_count *n = arg;
	bool vital = strcmp(c->reason, "vital") == 0;

	UNUSED(e);
	n->to_hand_over += vital;
	n->to_call += !vital;
	return 0;
}

static int add_numbers(struct table *t, struct store *s, bool stopped, struct err *e)
{
	struct call_count calls = { 0, 0 };
	struct queue_counts q;
	struct inbox_counts in;
	int64_t due = 0, n[ARRAY_SIZE(counters)] = { 0 };
	int rc;

	if ((rc = store_queue_counts(s, &q, e)) < 0 || (rc = store_mail_next_due(s, &due, e)) < 0 ||
	    (rc = store_inbox_counts(s, &in, e)) < 0 ||
	    (rc = store_call_each(s, count_call, &calls, e)) < 0)
		return rc;
	for (size_t i = 0; i < ARRAY_SIZE(counters); i++)
		if ((rc = store_counter(s, counters[i], &n[i], e)) < 0)
			return rc;
	table_add(t, (const struct cell[]){
		CELL_TEXT(stopped ? "stopped" : "on"),
		CELL_NUMBER(q.waiting), CELL_NUMBER(q.in_flight), CELL_NUMBER(q.held),
		CELL_NUMBER(q.unknown), CELL_NUMBER(due), CELL_NUMBER(in.review),
		CELL_NUMBER(in.raw), CELL_NUMBER(calls.to_call), CELL_NUMBER(calls.to_hand_over),
		CELL_NUMBER(n[0]), CELL_NUMBER(n[1]), CELL_NUMBER(n[2]), CELL_NUMBER(n[3]),
		CELL_NUMBER(n[4]), CELL_NUMBER(n[5]), CELL_NUMBER(n[6]), CELL_NUMBER(in.last_at),
	});
	return 0;
}

struct incidents {
	struct store *store;
	struct table *table;
	int64_t now;
};

static int add_incident(void *arg, const struct incident *in, struct err *e)
{
	struct incidents *l = arg;
	struct warning_counts w;
	struct finding_counts f;
	int rc;

	if (in->state != INCIDENT_OPEN)
		return 0;
	if ((rc = store_finding_counts(l->store, in->id, &f, e)) < 0 ||
	    (rc = store_warning_counts(l->store, in->id, l->now, &w, e)) < 0)
		return rc;
	table_add(l->table, (const struct cell[]){
				CELL_TEXT(in->slug),
				CELL_TEXT(word_of(severity_words, (int)in->severity)),
				CELL_NUMBER(in->opened_at),
				CELL_NUMBER(f.all),
				CELL_NUMBER(f.fresh),
				CELL_NUMBER(f.matched),
				CELL_NUMBER(f.unmatched),
				CELL_NUMBER(f.warned),
				CELL_NUMBER(w.all),
				CELL_NUMBER(w.acknowledged),
				CELL_NUMBER(w.overdue),
			    });
	return 0;
}

static int add_fetches(struct table *t, const struct gateway *g, struct err *e)
{
	for (size_t i = 0; i < g->conf->n_inboxes; i++) {
		int64_t at;
		int rc = flow_fetch_last(g, g->conf->inboxes[i].name, &at, e);

		if (rc < 0)
			return rc;
		table_add(t, (const struct cell[]){ CELL_TEXT(g->conf->inboxes[i].name),
						    CELL_NUMBER(at) });
	}
	return 0;
}

int cmd_status(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing l = { .what = "status" };
	struct table t, incidents, routes, fetches;
	const struct table_part part[] = { { "incidents", &incidents },
					   { "routes", &routes },
					   { "inboxes", &fetches } };
	struct incidents list = { .table = &incidents };
	int stopped, rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0)
		return rc;
	list.store = c->gateway.store;
	list.now = gateway_now(&c->gateway);
	table_init(&t, l.format, status_columns, ARRAY_SIZE(status_columns));
	table_init(&incidents, l.format, incident_columns, ARRAY_SIZE(incident_columns));
	table_init(&routes, l.format, route_columns, ARRAY_SIZE(route_columns));
	table_init(&fetches, l.format, fetch_columns, ARRAY_SIZE(fetch_columns));
	if ((stopped = rc = route_state_each(c, add_route, &routes, e)) >= 0 &&
	    (rc = add_numbers(&t, list.store, stopped == 1, e)) == 0 &&
	    (rc = store_incident_each(list.store, add_incident, &list, e)) == 0 &&
	    (rc = add_fetches(&fetches, &c->gateway, e)) == 0)
		rc = table_print_record(&t, part, ARRAY_SIZE(part), e);
	table_clear(&t);
	table_clear(&incidents);
	table_clear(&routes);
	table_clear(&fetches);
	return rc;
}
