/*
 * test_store_plan: no statement reads a whole table that grows, but for those that are named here
 * with their reason.
 *
 * Each function of the store is called, so that its statements are prepared; SQLite then tells the
 * plan of each.  A new function that is not called here fails the last test.
 */
#include "test.h"

#include <dirent.h>

#include "fdio.h"
#include "span.h"
#include "sql.h"
#include "store_case.h"
#include "store_finding.h"
#include "store_inbox.h"
#include "store_mail.h"
#include "store_private.h"
#include "store_register.h"
#include "store_report.h"
#include "store_route.h"
#include "store_warning.h"

/*
 * Steps that are let through, by a part of the statement's text.  "of one ...": what is sorted is
 * as short as what one company, warning or finding has.  "listing", "report", "status": asked by a
 * person, who wants all of it.
 */
static const struct {
	const char *part, *step, *reason;
} allowed[] = {
	{ "FROM incident ORDER BY id DESC", "SCAN incident", "listing" },
	{ "FROM incident WHERE $1 = 0 OR", "SCAN incident", "report" },
	{ "FROM company ORDER BY ref", "SCAN company", "listing" },
	{ "ORDER BY c.ref, a.kind, a.value", "SCAN c", "listing; the match index is made of it" },
	{ "ORDER BY a.kind, a.value, c.ref", "SCAN a", "import: once behind the last row" },
	{ "ORDER BY a.kind, a.value, c.ref", "USE TEMP B-TREE", "import" },
	{ "ORDER BY c.ref, k.rank, k.id", "SCAN k", "listing" },
	{ "ORDER BY c.ref, k.rank, k.id", "USE TEMP B-TREE", "listing" },
	{ "ON i.id = w.incident_id ORDER BY w.id", "SCAN w", "listing" },
	{ "WHERE w.incident_id = $1 ORDER BY w.id", "USE TEMP B-TREE", "listing" },
	{ "ON c.id = w.company_id ORDER BY x.id DESC LIMIT", "SCAN x", "stops at the limit" },
	{ "FROM finding WHERE $1 = 0", "SCAN finding", "report: total" },
	{ "WHERE $1 = 0 AND w.created_at", "SCAN m", "report: total" },
	{ "WHERE $1 = 0 AND w.created_at", "SCAN w", "report: total" },
	{ "SELECT DISTINCT c.id, c.status FROM warning", "SCAN t",
	  "report: companies of the period" },
	{ "SELECT DISTINCT c.id, c.status FROM warning", "USE TEMP B-TREE", "report" },
	{ "SELECT received_at FROM inbox ORDER BY id DESC LIMIT 1", "SCAN inbox",
	  "status; stops at the first row" },
	{ "SELECT received_at FROM inbox ORDER BY id DESC LIMIT 1", "SCAN CONSTANT ROW",
	  "status; no table" },
	{ "GROUP BY state UNION ALL SELECT 'in_flight'", "SEARCH mail", "status" },
	{ "'held') AND m.state <> 'in_flight' UNION ALL", "SEARCH m", "listing of the queue" },
	{ "'held') AND m.state <> 'in_flight' UNION ALL", "USE TEMP B-TREE",
	  "listing of the queue" },
	{ "WHERE m.state = $1 AND m.state <>", "SEARCH m", "listing of one state" },
	{ "WHERE m.state = 'in_flight' ORDER BY m.state_at", "USE TEMP B-TREE",
	  "listing of those in flight" },
	{ "WHERE x.state = 'open' ORDER BY CASE", "SEARCH x", "listing of open calls" },
	{ "WHERE x.state = 'open' ORDER BY CASE", "USE TEMP B-TREE", "listing of open calls" },
	{ "WHERE k.company_id = $1 ORDER BY k.rank, k.id", "USE TEMP B-TREE", "of one company" },
	{ "WHERE warning_id = $1 ORDER BY at, id", "USE TEMP B-TREE", "of one warning" },
	{ "WHERE m.warning_id = $1 ORDER BY m.created_at", "USE TEMP B-TREE", "of one warning" },
	{ "WHERE contact_id = $1 ORDER BY at", "USE TEMP B-TREE", "of one contact" },
	{ "to_state <> 'invalid')) ORDER BY at", "USE TEMP B-TREE", "of one contact" },
	{ "kind = 'phone' ORDER BY rank, id", "USE TEMP B-TREE", "of one company" },
	{ "WHERE o.finding_id = $1 ORDER BY c.ref", "USE TEMP B-TREE", "of one finding" },
	{ "FROM route ORDER BY name", "SCAN route", "as many as the configuration names" },
	{ "DELETE FROM company", "SCAN warning",
	  "by hand, one company; an index by company would cost each mail a page of its own" },
};

/* An index over the rows that wait for something is as short as the work that is left. */
static const char *const work_indexes[] = { "mail_due",     "mail_leased", "mail_give_up",
	                                    "warning_todo", "inbox_raw",   "inbox_review" };

/* Rows of one of everything. */
struct world {
	int64_t incident, company, contact, finding, warning, mail, inbox;
};

/* What a call gives is no matter here, only that its statements were prepared. */
static void ran(int rc)
{
	UNUSED(rc);
}

static int any_company(void *arg, const struct company *k, struct err *e)
{
	UNUSED(arg);
	UNUSED(k);
	UNUSED(e);
	return 0;
}

static int any_contact(void *arg, const struct contact *k, const char *ref, struct err *e)
{
	UNUSED(k);
	UNUSED(ref);
	return any_company(arg, NULL, e);
}

static int any_asset(void *arg, const struct asset *k, const char *ref, struct err *e)
{
	UNUSED(k);
	UNUSED(ref);
	return any_company(arg, NULL, e);
}

static int any_event(void *arg, int64_t at, const char *from, const char *to, const char *reason,
                     const char *evidence, struct err *e)
{
	UNUSED(at);
	UNUSED(from);
	UNUSED(to);
	UNUSED(reason);
	UNUSED(evidence);
	return any_company(arg, NULL, e);
}

static int any_incident(void *arg, const struct incident *in, struct err *e)
{
	UNUSED(in);
	return any_company(arg, NULL, e);
}

static int any_finding(void *arg, const struct finding *f, struct err *e)
{
	UNUSED(f);
	return any_company(arg, NULL, e);
}

static int any_owner(void *arg, const struct owner_row *o, struct err *e)
{
	UNUSED(o);
	return any_company(arg, NULL, e);
}

static int any_warning(void *arg, const struct warning_row *w, struct err *e)
{
	UNUSED(w);
	return any_company(arg, NULL, e);
}

static int any_call(void *arg, const struct call_row *k, struct err *e)
{
	UNUSED(k);
	return any_company(arg, NULL, e);
}

static int any_mail(void *arg, const struct mail_row *m, struct err *e)
{
	UNUSED(m);
	return any_company(arg, NULL, e);
}

static int any_attempt(void *arg, const struct attempt_row *t, struct err *e)
{
	UNUSED(t);
	return any_company(arg, NULL, e);
}

static int any_inbox(void *arg, const struct inbox_row *r, struct err *e)
{
	UNUSED(r);
	return any_company(arg, NULL, e);
}

static int any_counts(void *arg, const struct counts_row *r, struct err *e)
{
	UNUSED(r);
	return any_company(arg, NULL, e);
}

static struct world fill(struct store_case *c)
{
	struct world w;
	bool is_new;

	w.company = case_company(c, "bakker", COMPANY_PARTICIPANT);
	w.contact = case_contact(c, w.company, CONTACT_MAIL, "info@bakker.example", 1);
	w.incident = case_incident(c, "rdp", SEVERITY_HIGH);
	w.finding = case_finding(c, w.incident, "192.0.2.1");
	case_owner(c, w.incident, w.finding, w.company);
	w.warning = case_warning(c, w.incident, w.company, "SP-2222-2222");
	w.mail = case_mail(c, w.warning, w.contact, SEVERITY_HIGH, CASE_NOW);
	MUST(c, store_inbox_add(c->store, "imap", "1", "aa", "x", 1, CASE_NOW, &w.inbox, &is_new,
	                        &c->e));
	return w;
}

static void run_small(struct store_case *c)
{
	char text[8];
	int64_t n;

	ran(store_meta_set(c->store, "x", "y", &c->e));
	ran(store_check(c->store, &c->e));
	ran(store_meta_get(c->store, "x", text, sizeof(text), &c->e));
	ran(store_count(c->store, "x", 1, &c->e));
	ran(store_counter(c->store, "x", &n, &c->e));
}

static void run_register(struct store_case *c, const struct world *w)
{
	struct company company = { .ref = "bakker", .name = "new", .partner = "" };
	struct contact contact = { .company_id = w->company,
		                   .value = "info@bakker.example",
		                   .name = "new",
		                   .role = "",
		                   .source = "",
		                   .language = "",
		                   .pgp = "" };
	struct asset asset = { .company_id = w->company,
		               .kind = ASSET_DOMAIN,
		               .text = "bakker.example" };
	struct contact_change change = { .contact_id = w->contact, .reason = "", .evidence = "" };
	enum put_result what;
	struct contact *ladder;
	int64_t *ids, own[2];
	size_t n;
	int same;

	ran(store_company_put(c->store, &company, 0, CASE_NOW, &what, &c->e));
	ran(store_contact_put(c->store, &contact, 0, CASE_NOW, &what, &c->e));
	ran(store_asset_put(c->store, &asset, CASE_NOW, &what, &c->e));
	ran(store_company_get(c->store, &c->arena, &company, w->company, &c->e));
	ran(store_contact_get(c->store, &c->arena, &contact, w->contact, &c->e));
	ran(store_company_each(c->store, any_company, NULL, &c->e));
	ran(store_contact_each(c->store, 0, any_contact, NULL, &c->e));
	ran(store_contact_each(c->store, w->company, any_contact, NULL, &c->e));
	ran(store_asset_each(c->store, 0, any_asset, NULL, &c->e));
	ran(store_asset_each(c->store, w->company, any_asset, NULL, &c->e));
	ran(store_asset_each_by_value(c->store, any_asset, NULL, &c->e));
	ran(store_contact_ladder(c->store, &c->arena, &ladder, &n, w->company, &c->e));
	ran(store_contacts_at_domain(c->store, &c->arena, &ids, &n, "bakker.example", &c->e));
	ran(store_contact_change(c->store, &change, &c->e));
	ran(store_contact_owners(c->store, "info@bakker.example", w->company, w->contact, &own[0],
	                         &own[1], &c->e));
	ran(store_contact_has_key(c->store, w->company, w->contact, "AB", &c->e));
	ran(store_contacts_at_address(c->store, "info@bakker.example", 0, own, 2, &same, &c->e));
	ran(store_contact_unsubscribed(c->store, w->contact, &c->e));
	ran(store_contact_history(c->store, w->contact, any_event, NULL, &c->e));
}

static void run_findings(struct store_case *c, const struct world *w)
{
	struct finding f = { .id = w->finding, .incident_id = w->incident }, *list;
	struct finding_counts counts;
	struct incident in;
	const char *extra;
	int64_t ids[1], many;
	size_t n;
	int k;

	ran(store_incident_by_slug(c->store, &c->arena, &in, "rdp", &c->e));
	ran(store_incident_get(c->store, &c->arena, &in, w->incident, &c->e));
	ran(store_incident_each(c->store, any_incident, NULL, &c->e));
	ran(store_incident_set_severity(c->store, 0, SEVERITY_LOW, &c->e));
	ran(store_incident_close(c->store, 0, CASE_NOW, &c->e));
	ran(store_finding_each(c->store, w->incident, FINDING_NEW, 0, 1, any_finding, NULL, &c->e));
	ran(store_finding_known(c->store, "x", &c->e));
	ran(store_finding_matched(c->store, 0, FINDING_NEW, FINDING_MATCHED, &c->e));
	ran(store_finding_pending(c->store, "x", 1, &c->e));
	ran(store_finding_get(c->store, &c->arena, &f, &extra, w->finding, &c->e));
	ran(store_finding_owners(c->store, w->finding, any_owner, NULL, &c->e));
	ran(store_finding_counts(c->store, w->incident, &counts, &c->e));
	ran(store_finding_waiting(c->store, w->incident, &many, &c->e));
	ran(store_unwarned_companies(c->store, w->incident, 0, 1, ids, &k, &c->e));
	ran(store_unwarned_count(c->store, w->incident, &many, &c->e));
	ran(store_unwarned_findings(c->store, &c->arena, &list, &n, w->incident, w->company,
	                            &c->e));
	ran(store_finding_untold(c->store, &f, w->company, &c->e));
	ran(store_findings_warned(c->store, w->warning, w->company, &f, 1, &c->e));
	ran(store_warned_findings(c->store, &c->arena, &list, &n, w->warning, &c->e));
}

static void run_warnings(struct store_case *c, const struct world *w)
{
	struct warning_change change = { .warning_id = w->warning,
		                         .from = WARNING_QUEUED,
		                         .to = WARNING_SENT,
		                         .reason = "",
		                         .evidence = "" };
	struct warning again = { .incident_id = w->incident,
				 .company_id = w->company,
				 .ref = "SP-2222-2222",
				 .state = WARNING_QUEUED };
	struct deadline_place place = { 0, 0 };
	struct warning_counts counts;
	struct warning got;
	int64_t ids[1], after = 0;
	int n;

	ran(store_warning_get(c->store, &c->arena, &got, w->warning, &c->e));
	ran(store_warning_by_ref(c->store, &c->arena, &got, "SP-2222-2222", &c->e));
	ran(store_warning_of(c->store, &c->arena, &got, w->incident, w->company, &c->e));
	ran(store_warning_ref_taken(c->store, "SP-2222-2222", &c->e));
	ran(store_warning_open(c->store, &again, "warned", "", &c->e));
	ran(store_warning_change(c->store, &change, &c->e));
	ran(store_warning_change_if(c->store, &change, &c->e));
	ran(store_warning_history(c->store, w->warning, any_event, NULL, &c->e));
	ran(store_warning_set_deadline(c->store, w->warning, CASE_NOW, &c->e));
	ran(store_warning_set_todo(c->store, w->warning, "next_contact", &c->e));
	ran(store_warning_take_todo(c->store, w->warning, &c->e));
	ran(store_warnings_todo(c->store, 0, ids, 1, &n, &c->e));
	ran(store_warnings_overdue(c->store, &place, CASE_NOW, ids, 1, &n, &c->e));
	ran(store_warning_is_overdue(c->store, w->warning, CASE_NOW, &c->e));
	ran(store_warnings_given_up(c->store, w->incident, &after, ids, 1, &n, &c->e));
	ran(store_warnings_todo_of(c->store, w->company, ids, 1, &n, &c->e));
	ran(store_warning_each(c->store, 0, CASE_NOW, any_warning, NULL, &c->e));
	ran(store_warning_each(c->store, w->incident, CASE_NOW, any_warning, NULL, &c->e));
	ran(store_warning_counts(c->store, w->incident, CASE_NOW, &counts, &c->e));
	ran(store_call_add(c->store, w->warning, "call_me", CASE_NOW, &c->e));
	ran(store_call_add_if_untold(c->store, w->warning, "call_me", CASE_NOW, &c->e));
	ran(store_call_add_overdue(c->store, w->warning, CASE_NOW, &c->e));
	ran(store_call_each(c->store, any_call, NULL, &c->e));
	ran(store_call_withdraw(c->store, w->warning, &c->e));
	ran(store_call_done(c->store, w->warning, "", CASE_NOW, &c->e));
	ran(store_report(c->store, 0, 0, CASE_NOW + 1, any_counts, NULL, &c->e));
}

static void run_sending(struct store_case *c, const struct world *w)
{
	struct accepted_place place = { 0, 0 };
	struct mail_claim claim = { .owner = "a", .route = "r", .now = CASE_NOW, .limit = 1 };
	struct attempt_result t = { .delivery_id = w->mail };
	struct delivery twice = { .id = w->mail,
				  .env_from = "",
				  .env_to = "",
				  .message_id = "",
				  .envid = "",
				  .bytes = "" };
	struct mail_result r = { .attempt = &t, .lease_no = 1, .state = MAIL_ACCEPTED };
	struct delivery *d;
	int64_t when, n, ids[1];
	size_t len;
	int k;

	ran(store_mail_next_due(c->store, &when, &c->e));
	ran(store_mail_due(c->store, CASE_NOW, &n, &c->e));
	ran(store_mail_claim(c->store, &c->arena, &claim, &d, &len, &c->e));
	ran(store_mail_add_claimed(c->store, &twice, &claim, &c->e));
	ran(store_mail_result(c->store, &r, &c->e));
	ran(store_mail_recover(c->store, "a", CASE_NOW, MAIL_DEFERRED, ids, 1, &k, &c->e));
	ran(store_mail_recover(c->store, NULL, CASE_NOW, MAIL_DEFERRED, ids, 1, &k, &c->e));
	ran(store_mail_result_late(c->store, &r, &c->e));
	ran(store_mail_renew(c->store, w->mail, 1, CASE_NOW, &c->e));
	ran(store_mail_clock_back(c->store, CASE_NOW, 60, &n, &c->e));
	ran(store_mail_expire(c->store, CASE_NOW, CASE_NOW, ids, 1, &k, &c->e));
	ran(store_attempt_each(c->store, w->mail, any_attempt, NULL, &c->e));
	ran(store_contacts_silent(c->store, &place, CASE_NOW, ids, 1, &k, &c->e));
}

static int any_route(void *arg, const struct route_row *r, struct err *e)
{
	UNUSED(r);
	return any_company(arg, NULL, e);
}

static void run_routes(struct store_case *c)
{
	const struct route_row r = { .name = "a", .reason = "", .changed_at = CASE_NOW };

	ran(store_route_set(c->store, &r, &c->e));
	ran(store_route_break(c->store, &r, &c->e));
	ran(store_route_each(c->store, any_route, NULL, &c->e));
	ran(store_sending_stop(c->store, true, &c->e));
	ran(store_sending_stopped(c->store, &c->e));
}

static void run_queue(struct store_case *c, const struct world *w)
{
	struct queue_counts counts;
	struct mail_row m;
	struct mail_aim aim;
	int64_t n, ids[1];
	const void *bytes;
	size_t len;
	int k;

	ran(store_mail_bytes(c->store, &c->arena, &bytes, &len, w->mail, &c->e));
	ran(store_mail_by_message_id(c->store, &c->arena, &m, "x", &c->e));
	ran(store_mail_get(c->store, &c->arena, &m, w->mail, &c->e));
	ran(store_mail_aim(c->store, &aim, w->mail, &c->e));
	ran(store_mail_may_go(c->store, w->company, w->contact, &c->e));
	ran(store_mail_failed_later(c->store, w->contact, 0, 0, &c->e));
	ran(store_mail_each(c->store, NULL, 0, any_mail, NULL, &c->e));
	ran(store_mail_each(c->store, "held", 0, any_mail, NULL, &c->e));
	ran(store_mail_each(c->store, "in_flight", 0, any_mail, NULL, &c->e));
	ran(store_mail_each(c->store, NULL, w->warning, any_mail, NULL, &c->e));
	ran(store_mail_set_state(c->store, w->mail, MAIL_READY, CASE_NOW, &c->e));
	ran(store_mail_arrived(c->store, w->mail, CASE_NOW, &c->e));
	ran(store_mail_hold(c->store, w->mail, CASE_NOW, &c->e));
	ran(store_mail_release(c->store, w->mail, CASE_NOW, &c->e));
	ran(store_mail_cancel(c->store, w->mail, CASE_NOW, &c->e));
	ran(store_mail_cancel_open(c->store, w->warning, CASE_NOW, CASE_NOW, &n, &c->e));
	ran(store_mail_overtaken(c->store, w->warning, CASE_NOW, &n, &c->e));
	ran(store_mail_latest(c->store, w->warning, &n, &c->e));
	ran(store_mail_cancel_to(c->store, w->contact, CASE_NOW, ids, 1, &k, &c->e));
	ran(store_mail_cancel_partners(c->store, w->company, CASE_NOW, ids, 1, &k, &c->e));
	ran(store_mail_cancel_company(c->store, w->company, CASE_NOW, ids, 1, &k, &c->e));
	ran(store_mail_passed_on(c->store, w->mail, &c->e));
	ran(store_mail_tried(c->store, w->warning, w->contact, &c->e));
	ran(store_mail_open(c->store, w->warning, &c->e));
	ran(store_mail_cancel_astray(c->store, w->company, CASE_NOW, ids, 1, &k, &c->e));
	ran(store_queue_counts(c->store, &counts, &c->e));
}

static void run_inbox(struct store_case *c, const struct world *w)
{
	struct verdict *v = xcalloc(1, sizeof(*v));
	struct inbox_judgement j = { .inbox_id = w->inbox, .verdict = v, .review_reason = "" };
	struct inbox_counts counts;
	const void *bytes;
	int64_t id;
	bool review;
	size_t n;

	ran(store_inbox_rename(c->store, w->inbox, "imap", "2", &c->e));
	ran(store_inbox_known(c->store, "imap", "1", &review, &c->e));
	ran(store_inbox_judged(c->store, w->inbox, &review, &c->e));
	ran(store_inbox_answered(c->store, w->mail, v, w->inbox, &review, &c->e));
	ran(store_inbox_bounced(c->store, w->mail, w->inbox, &c->e));
	ran(store_inbox_arrived(c->store, w->mail, &c->e));
	ran(store_inbox_next_raw(c->store, &c->arena, 0, &id, &bytes, &n, &c->e));
	ran(store_inbox_bytes(c->store, &c->arena, &bytes, &n, w->inbox, &c->e));
	ran(store_inbox_judge(c->store, &j, &c->e));
	ran(store_inbox_set_review(c->store, w->inbox, "x", &c->e));
	ran(store_inbox_each(c->store, false, 1, any_inbox, NULL, &c->e));
	ran(store_inbox_each(c->store, true, 1, any_inbox, NULL, &c->e));
	ran(store_inbox_get(c->store, w->inbox, any_inbox, NULL, &c->e));
	ran(store_inbox_done(c->store, w->inbox, &c->e));
	ran(store_inbox_counts(c->store, &counts, &c->e));
	free(v);
}

static void run_everything(struct store_case *c)
{
	struct world w;

	case_begin(c);
	w = fill(c);
	run_small(c);
	run_register(c, &w);
	run_findings(c, &w);
	run_warnings(c, &w);
	run_sending(c, &w);
	run_queue(c, &w);
	run_routes(c);
	run_inbox(c, &w);
	ran(store_company_forget(c->store, w.company, &c->e));
	case_commit(c);
}

/* The plans of all statements, looked at one by one. */
struct inspection {
	void *conn;
	const char *text;
	size_t statements, bad;
	bool used[ARRAY_SIZE(allowed)];
};

static bool is_allowed(struct inspection *i, const char *step)
{
	for (size_t k = 0; k < ARRAY_SIZE(work_indexes); k++) {
		const char *at = strstr(step, " INDEX ");
		size_t n = strlen(work_indexes[k]);

		at = at ? at + strlen(" INDEX ") : "";
		if (strncmp(at, work_indexes[k], n) == 0 && (at[n] == '\0' || at[n] == ' '))
			return true;
	}
	for (size_t k = 0; k < ARRAY_SIZE(allowed); k++) {
		if (strstr(i->text, allowed[k].part) != NULL &&
		    strncmp(step, allowed[k].step, strlen(allowed[k].step)) == 0) {
			i->used[k] = true;
			return true;
		}
	}
	return false;
}

static void look_at_step(void *arg, const char *step)
{
	struct inspection *i = arg;

	/* a state alone is no key: most rows end up in the same one */
	if (strncmp(step, "SCAN ", 5) != 0 && strncmp(step, "USE TEMP B-TREE", 15) != 0 &&
	    strstr(step, "(state=?)") == NULL)
		return;
	if (!is_allowed(i, step)) {
		print_error("%s\n  in: %s\n", step, i->text);
		i->bad++;
	}
}

static void look_at_statement(void *arg, const char *text)
{
	struct inspection *i = arg;
	struct err e = ERR_INIT;

	i->text = text;
	i->statements++;
	assert_int_equal(sql_sqlite.explain(i->conn, text, look_at_step, i, &e), 0);
}

static void no_statement_reads_a_whole_table(void **state)
{
	struct store_case *c = *state;
	struct inspection i = { .statements = 0 };

	run_everything(c);
	MUST(c, sql_sqlite.open(&i.conn, c->path, SQL_OPEN_EXISTING, &c->e));
	sql_each_statement(c->store->db, look_at_statement, &i);
	sql_sqlite.close(i.conn);
	for (size_t k = 0; k < ARRAY_SIZE(allowed); k++)
		if (!i.used[k])
			fail_msg("no plan has '%s' any more: take it off the list",
			         allowed[k].step);
	assert_int_equal(i.bad, 0);
}

/* Fails for each function of a source file of the store that this file does not call; returns their
 * number. */
static size_t look_for_calls(const char *path, const char *calls)
{
	struct buf text = BUF_INIT;
	struct err e = ERR_INIT;
	struct span rest, line;
	char call[128];
	size_t n = 0;

	assert_int_equal(file_read(&text, path, 1 << 20, &e), 0);
	for (rest = span_of(text.s, text.len); span_line(&rest, &line);) {
		const char *open = memchr(line.p, '(', span_len(line));

		if (!span_starts_nocase(line, "int store_") || open == NULL)
			continue;
		snprintf(call, sizeof(call), "%.*s", (int)(open + 1 - (line.p + 4)), line.p + 4);
		if (strstr(calls, call) == NULL)
			fail_msg("%s...) is not called in run_everything()", call);
		n++;
	}
	buf_clear(&text);
	return n;
}

static void every_function_was_called(void **state)
{
	static const char *const files[] = { "tests/unit/test_store_plan.c",
		                             "tests/lib/store_case.c" };
	const char *top = getenv("top_srcdir");
	struct buf calls = BUF_INIT;
	struct err e = ERR_INIT;
	char folder[512], path[1024];
	struct dirent *entry;
	size_t n = 0;
	DIR *d;

	UNUSED(state);
	top = top ? top : ".";
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		snprintf(path, sizeof(path), "%s/%s", top, files[i]);
		assert_int_equal(file_read(&calls, path, 1 << 20, &e), 0);
	}
	/* called by others of the store */
	buf_addstr(&calls, "store_open_driver( store_company_by_ref(");
	snprintf(folder, sizeof(folder), "%s/src/store", top);
	d = opendir(folder);
	assert_non_null(d);
	while ((entry = readdir(d)) != NULL) {
		const char *end = strrchr(entry->d_name, '.');

		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (end != NULL && strcmp(end, ".c") == 0)
			n += look_for_calls(path, calls.s);
	}
	closedir(d);
	assert_true(n > 80);
	buf_clear(&calls);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(no_statement_reads_a_whole_table),
		cmocka_unit_test(every_function_was_called),
	};

	return cmocka_run_group_tests_name("store_plan", tests, NULL, NULL);
}
