/*
 * test_store_warning: warnings, their history, and the call list.
 */
#include "test.h"

#include "buf.h"
#include "sql.h"
#include "store_case.h"
#include "store_finding.h"
#include "store_private.h"
#include "store_warning.h"

static void one_warning_a_company_and_incident(void **state)
{
	struct store_case *c = *state;
	struct warning w = { .ref = "SP-3333-3333",
		             .state = WARNING_DRAFT,
		             .created_at = CASE_NOW },
		       got;
	int64_t in, bakker, id;

	case_begin(c);
	in = case_incident(c, "rdp", SEVERITY_HIGH);
	bakker = case_company(c, "bakker", COMPANY_FOUND);
	id = case_warning(c, in, bakker, "SP-2222-2222");
	w.incident_id = in;
	w.company_id = bakker;
	MUST_BE(c, ERR_CONFLICT, store_warning_add(c->store, &w, &c->e));
	w.company_id = case_company(c, "smid", COMPANY_FOUND);
	w.ref = "SP-2222-2222";
	MUST_BE(c, ERR_CONFLICT, store_warning_add(c->store, &w, &c->e));
	w.ref = "SP-3333-3333";
	MUST(c, store_warning_add(c->store, &w, &c->e));
	MUST(c, store_warning_set_deadline(c->store, id, CASE_NOW + 5, &c->e));
	case_commit(c);
	MUST(c, store_warning_by_ref(c->store, &c->arena, &got, "sp-2222-2222", &c->e));
	assert_int_equal(got.id, id);
	assert_int_equal(got.deadline_at, CASE_NOW + 5);
	assert_int_equal(store_warning_of(c->store, &c->arena, &got, in, bakker, &c->e), 1);
	assert_int_equal(got.id, id);
	assert_int_equal(store_warning_of(c->store, &c->arena, &got, in, 5, &c->e), 0);
	assert_int_equal(store_warning_ref_taken(c->store, "SP-2222-2222", &c->e), 1);
	assert_int_equal(store_warning_ref_taken(c->store, "SP-2222-2223", &c->e), 0);
	MUST_BE(c, ERR_NOTFOUND,
	        store_warning_by_ref(c->store, &c->arena, &got, "SP-2222-2222-and-more", &c->e));
	MUST_BE(c, ERR_NOTFOUND, store_warning_get(c->store, &c->arena, &got, 5, &c->e));
}

static int note_event(void *arg, int64_t at, const char *from, const char *to, const char *reason,
                      const char *evidence, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%d %s>%s %s %s;", (int)(at - CASE_NOW), from, to, reason, evidence);
	return 0;
}

static void opening_tells_why(void **state)
{
	static const struct {
		enum warning_state state;
		const char *events;
	} cases[] = {
		{ WARNING_QUEUED, "0 draft>queued warned why;" },
		{ WARNING_UNREACHABLE, "0 draft>unreachable warned why;" },
		{ WARNING_DRAFT, "" },
	};
	struct store_case *c = *state;

	case_begin(c);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char slug[] = "rdp1", ref[] = "SP-2222-2222";
		struct warning w = { .ref = ref, .state = cases[i].state, .created_at = CASE_NOW },
			       got;
		struct buf b = BUF_INIT;

		slug[3] = ref[3] = (char)('2' + i);
		w.incident_id = case_incident(c, slug, SEVERITY_HIGH);
		w.company_id = case_company(c, slug, COMPANY_FOUND);
		MUST(c, store_warning_open(c->store, &w, "warned", "why", &c->e));
		MUST(c, store_warning_get(c->store, &c->arena, &got, w.id, &c->e));
		assert_int_equal(got.state, cases[i].state);
		MUST(c, store_warning_history(c->store, w.id, note_event, &b, &c->e));
		assert_string_equal(b.s, cases[i].events);
		buf_clear(&b);
	}
	case_commit(c);
}

static void change_names_the_state_it_left(void **state)
{
	struct store_case *c = *state;
	struct warning_change sent = { .from = WARNING_QUEUED,
		                       .to = WARNING_SENT,
		                       .reason = "accepted",
		                       .evidence = "",
		                       .at = CASE_NOW + 1 };
	struct warning_change done = { .from = WARNING_SENT,
		                       .to = WARNING_RESOLVED,
		                       .reason = "answer",
		                       .evidence = "OPGELOST",
		                       .at = CASE_NOW + 2,
		                       .inbox_id = 7 };
	struct buf b = BUF_INIT;
	struct warning w;

	case_begin(c);
	sent.warning_id = done.warning_id =
		case_warning(c, case_incident(c, "rdp", SEVERITY_HIGH),
	                     case_company(c, "bakker", COMPANY_FOUND), "SP-2222-2222");
	MUST_BE(c, ERR_CONFLICT, store_warning_change(c->store, &done, &c->e));
	MUST(c, store_warning_change(c->store, &sent, &c->e));
	MUST_BE(c, ERR_CONFLICT, store_warning_change(c->store, &sent, &c->e));
	assert_int_equal(store_warning_change_if(c->store, &sent, &c->e), 0);
	assert_int_equal(store_warning_change_if(c->store, &done, &c->e), 1);
	case_commit(c);
	MUST(c, store_warning_get(c->store, &c->arena, &w, sent.warning_id, &c->e));
	assert_int_equal(w.state, WARNING_RESOLVED);
	/* what was refused left no event either */
	MUST(c, store_warning_history(c->store, w.id, note_event, &b, &c->e));
	assert_string_equal(b.s, "1 queued>sent accepted ;2 sent>resolved answer OPGELOST;");
	buf_clear(&b);
}

static void todo_is_a_list_of_work(void **state)
{
	struct store_case *c = *state;
	int64_t in, w[3], todo[3];
	int n;

	case_begin(c);
	in = case_incident(c, "rdp", SEVERITY_HIGH);
	w[0] = case_warning(c, in, case_company(c, "bakker", COMPANY_FOUND), "SP-2222-2222");
	w[1] = case_warning(c, in, case_company(c, "smid", COMPANY_FOUND), "SP-3333-3333");
	w[2] = case_warning(c, in, case_company(c, "kapper", COMPANY_FOUND), "SP-4444-4444");
	MUST(c, store_warnings_todo(c->store, 0, todo, 3, &n, &c->e));
	assert_int_equal(n, 0);
	for (int i = 2; i >= 0; i--)
		MUST(c, store_warning_set_todo(c->store, w[i], "next_contact", &c->e));
	MUST(c, store_warning_set_todo(c->store, w[1], "", &c->e));
	case_commit(c);
	MUST(c, store_warnings_todo(c->store, 0, todo, 3, &n, &c->e));
	assert_int_equal(n, 2);
	assert_int_equal(todo[0], w[0]);
	assert_int_equal(todo[1], w[2]);
	MUST(c, store_warnings_todo(c->store, 0, todo, 1, &n, &c->e));
	assert_int_equal(n, 1);
	MUST(c, store_warnings_todo(c->store, w[0], todo, 3, &n, &c->e));
	assert_int_equal(n, 1);
	assert_int_equal(todo[0], w[2]);
}

static int note_warning(void *arg, const struct warning_row *w, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%s %s %s %d %d%s;", w->company_ref, w->incident_slug,
	           warning_state_words[w->warning.state], (int)w->findings, (int)w->mails,
	           w->overdue ? " overdue" : "");
	return 0;
}

static void change_state(struct store_case *c, int64_t id, enum warning_state to)
{
	struct warning_change change = { .warning_id = id,
		                         .from = WARNING_QUEUED,
		                         .to = to,
		                         .reason = "",
		                         .evidence = "",
		                         .at = CASE_NOW };

	MUST(c, store_warning_change(c->store, &change, &c->e));
}

static void lists_and_counts(void **state)
{
	struct store_case *c = *state;
	int64_t in, other, bakker, smid, w, contact, finding;
	struct warning_counts counts;
	struct buf b = BUF_INIT;
	struct finding f = { .id = 0 };

	case_begin(c);
	in = case_incident(c, "rdp", SEVERITY_HIGH);
	other = case_incident(c, "citrix", SEVERITY_HIGH);
	bakker = case_company(c, "bakker", COMPANY_FOUND);
	smid = case_company(c, "smid", COMPANY_FOUND);
	contact = case_contact(c, bakker, CONTACT_MAIL, "info@bakker.example", 1);
	finding = case_finding(c, in, "192.0.2.1");
	case_owner(c, in, finding, bakker);
	w = case_warning(c, in, bakker, "SP-2222-2222");
	f.id = finding;
	f.incident_id = in;
	MUST(c, store_findings_warned(c->store, w, bakker, &f, 1, &c->e));
	case_mail(c, w, contact, SEVERITY_HIGH, CASE_NOW);
	case_mail(c, w, contact, SEVERITY_HIGH, CASE_NOW);
	change_state(c, w, WARNING_SENT);
	change_state(c, case_warning(c, in, smid, "SP-3333-3333"), WARNING_NOT_OURS);
	case_warning(c, other, smid, "SP-4444-4444");
	case_commit(c);
	MUST(c, store_warning_each(c->store, in, CASE_NOW, note_warning, &b, &c->e));
	assert_string_equal(b.s, "bakker rdp sent 1 2;smid rdp not_ours 0 0;");
	buf_reset(&b);
	MUST(c,
	     store_warning_each(c->store, 0, CASE_NOW + 14 * 86400 + 1, note_warning, &b, &c->e));
	assert_string_equal(
		b.s, "bakker rdp sent 1 2 overdue;smid rdp not_ours 0 0;"
		     "smid citrix queued 0 0 overdue;");
	MUST(c, store_warning_counts(c->store, in, CASE_NOW, &counts, &c->e));
	assert_int_equal(counts.all, 2);
	assert_int_equal(counts.acknowledged, 1);
	assert_int_equal(counts.overdue, 0);
	MUST(c, store_warning_counts(c->store, in, CASE_NOW + 14 * 86400 + 1, &counts, &c->e));
	assert_int_equal(counts.overdue, 1);
	buf_clear(&b);
}

static int note_call(void *arg, const struct call_row *k, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%s %s %s [%s];", k->company_ref, k->severity, k->reason, k->phones);
	return 0;
}

static void call_list_has_the_most_severe_first(void **state)
{
	static const enum severity severity[] = { SEVERITY_INFO, SEVERITY_MEDIUM, SEVERITY_CRITICAL,
		                                  SEVERITY_HIGH, SEVERITY_LOW };
	struct store_case *c = *state;
	struct buf b = BUF_INIT;
	int64_t company, w[ARRAY_SIZE(severity)];

	case_begin(c);
	company = case_company(c, "bakker", COMPANY_FOUND);
	case_contact(c, company, CONTACT_MAIL, "info@bakker.example", 1);
	case_contact(c, company, CONTACT_PHONE, "+31 10 1234567", 2);
	for (size_t i = 0; i < ARRAY_SIZE(severity); i++) {
		int64_t in = case_incident(c, arena_printf(&c->arena, "in%zu", i), severity[i]);

		w[i] = case_warning(c, in, company, arena_printf(&c->arena, "SP-2222-222%zu", i));
		MUST(c, store_call_add(c->store, w[i], "no_contact", CASE_NOW, &c->e));
	}
	MUST(c, store_call_add(c->store, w[2], "call_me", CASE_NOW, &c->e));
	MUST(c, store_call_done(c->store, w[1], "spoke to Jan", CASE_NOW, &c->e));
	MUST_BE(c, ERR_NOTFOUND, store_call_done(c->store, w[1], "again", CASE_NOW, &c->e));
	case_commit(c);
	MUST(c, store_call_each(c->store, note_call, &b, &c->e));
	assert_string_equal(
		b.s,
		"bakker critical call_me [+31 10 1234567];bakker high no_contact [+31 10 1234567];"
		"bakker low no_contact [+31 10 1234567];bakker info no_contact [+31 10 1234567];");
	buf_clear(&b);
}

static int64_t number_of_call(struct store_case *c, const char *sql)
{
	int64_t n = -1;

	assert_int_equal(sql_get_int(c->store->db, &n, &c->e, sql, ""), 1);
	return n;
}

/* Once more to call: nothing of the call before is left in the item. */
static void a_done_call_opens_anew(void **state)
{
	struct store_case *c = *state;
	int64_t w;

	case_begin(c);
	w = case_warning(c, case_incident(c, "rdp", SEVERITY_HIGH),
	                 case_company(c, "bakker", COMPANY_FOUND), "SP-2222-2222");
	MUST(c, store_call_add(c->store, w, "no_contact", CASE_NOW, &c->e));
	MUST(c, store_call_add(c->store, w, "call_me", CASE_NOW + 1, &c->e));
	assert_int_equal(number_of_call(c, "SELECT created_at FROM call_item"), CASE_NOW);
	MUST(c, store_call_done(c->store, w, "spoke to Jan", CASE_NOW + 2, &c->e));
	assert_int_equal(number_of_call(c, "SELECT done_at FROM call_item"), CASE_NOW + 2);
	MUST(c, store_call_add(c->store, w, "contacts_dead", CASE_NOW + 3, &c->e));
	assert_int_equal(number_of_call(c, "SELECT created_at FROM call_item"), CASE_NOW + 3);
	assert_int_equal(number_of_call(c, "SELECT done_at FROM call_item"), 0);
	assert_int_equal(number_of_call(c, "SELECT COUNT(*) FROM call_item WHERE outcome = ''"), 1);
	MUST(c, store_call_done(c->store, w, "spoke to Piet", CASE_NOW + 4, &c->e));
	case_commit(c);
}

/* What a robot reports about findings that were telephoned about needs no second call. */
static void a_call_that_was_made_stays_done(void **state)
{
	struct store_case *c = *state;
	struct warning_change more = { .from = WARNING_QUEUED,
		                       .to = WARNING_QUEUED,
		                       .reason = "more findings",
		                       .evidence = "",
		                       .at = CASE_NOW + 3 };
	int64_t w;

	case_begin(c);
	w = case_warning(c, case_incident(c, "rdp", SEVERITY_HIGH),
	                 case_company(c, "bakker", COMPANY_FOUND), "SP-2222-2222");
	MUST(c, store_call_add_if_untold(c->store, w, "no_answer", CASE_NOW, &c->e));
	MUST(c, store_call_add_if_untold(c->store, w, "contacts_dead", CASE_NOW + 1, &c->e));
	assert_int_equal(number_of_call(c, "SELECT COUNT(*) FROM call_item WHERE state = 'open'"
	                                   " AND reason = 'contacts_dead'"), 1);
	MUST(c, store_call_done(c->store, w, "spoke to Jan", CASE_NOW + 2, &c->e));
	MUST(c, store_call_add_if_untold(c->store, w, "contacts_dead", CASE_NOW + 3, &c->e));
	assert_int_equal(number_of_call(c, "SELECT done_at FROM call_item WHERE state = 'done'"
	                                   " AND outcome = 'spoke to Jan'"), CASE_NOW + 2);
	more.warning_id = w;
	MUST(c, store_warning_change(c->store, &more, &c->e));
	MUST(c, store_call_add_if_untold(c->store, w, "contacts_dead", CASE_NOW + 4, &c->e));
	assert_int_equal(number_of_call(c, "SELECT created_at FROM call_item WHERE state = 'open'"),
	                 CASE_NOW + 4);
	case_commit(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(one_warning_a_company_and_incident),
		STORE_TEST(opening_tells_why),
		STORE_TEST(change_names_the_state_it_left),
		STORE_TEST(todo_is_a_list_of_work),
		STORE_TEST(lists_and_counts),
		STORE_TEST(call_list_has_the_most_severe_first),
		STORE_TEST(a_done_call_opens_anew),
		STORE_TEST(a_call_that_was_made_stays_done),
	};

	return cmocka_run_group_tests_name("store_warning", tests, NULL, NULL);
}
