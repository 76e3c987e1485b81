/*
 * test_flow_more: more findings of a company that was warned, and what an answer to the mail before
 * them may still change.
 */
#include "test.h"

#include "flow_hand.h"
#include "flow_mail.h"
#include "flow_more.h"
#include "flow_register.h"
#include "flow_warn.h"
#include "sample_finding.h"
#include "store_finding.h"
#include "store_mail.h"
#include "store_register.h"
#include "store_warning.h"

static const char overtaken[] = "answers an earlier mail; its newer findings stay open";

static void state_of(const struct flow_more *m, char out[32], const char *table, int64_t id)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "SELECT state FROM %s WHERE id = %" PRId64, table, id);
	flow_world_get(&m->w, out, 32, sql);
}

static void assert_states(const struct flow_more *m, const char *name, int64_t mail,
                          const char *want_mail, const char *want_warning)
{
	char got_mail[32], got_warning[32];

	state_of(m, got_mail, "mail", mail);
	state_of(m, got_warning, "warning", m->w.of[WORLD_A].warning);
	if (strcmp(got_mail, want_mail) != 0 || strcmp(got_warning, want_warning) != 0)
		fail_msg("%s: mail %s, warning %s", name, got_mail, got_warning);
}

static void assert_review(const struct flow_more *m, const char *name, const char *want)
{
	char got[80];

	flow_world_get(&m->w, got, sizeof(got),
	               "SELECT review_reason FROM inbox ORDER BY id DESC LIMIT 1");
	if (strcmp(got, want) != 0)
		fail_msg("%s: review '%s'", name, got);
}

static void assert_number(const struct flow_more *m, const char *name, const char *sql, int want)
{
	char got[16], text[16];

	flow_world_get(&m->w, got, sizeof(got), sql);
	snprintf(text, sizeof(text), "%d", want);
	if (strcmp(got, text) != 0)
		fail_msg("%s: %s: %s instead of %d", name, sql, got, want);
}

static void answer(struct flow_more *m, int64_t mail_id, const char *text)
{
	struct inbox_count count = { 0 };
	struct buf mail = BUF_INIT;
	char token[TOKEN_TEXT];

	flow_world_token(token, 1, TOKEN_REPLY, mail_id);
	flow_mail_reply(&mail, token, text);
	flow_mail_take(&m->w, &mail, &count);
	buf_clear(&mail);
}

static void set_mail(struct flow_more *m, int64_t id, enum mail_state state)
{
	struct err e = ERR_INIT;

	assert_int_equal(store_begin(m->w.g.store, &e), 0);
	assert_int_equal(store_mail_set_state(m->w.g.store, id, state, m->w.now, &e), 0);
	assert_int_equal(store_commit(m->w.g.store, &e), 0);
}

static void want_next_contact(struct flow_more *m)
{
	struct err e = ERR_INIT;

	assert_int_equal(store_begin(m->w.g.store, &e), 0);
	assert_int_equal(store_warning_set_todo(m->w.g.store, m->w.of[WORLD_A].warning,
	                                        "next_contact", &e), 0);
	assert_int_equal(store_commit(m->w.g.store, &e), 0);
}

/* A mail server takes the mail. */
static void deliver(struct flow_more *m, int64_t id)
{
	struct warning_change c = { .warning_id = m->w.of[WORLD_A].warning,
		                    .from = WARNING_QUEUED,
		                    .to = WARNING_SENT,
		                    .reason = "accepted",
		                    .evidence = "",
		                    .at = m->w.now };
	struct err e = ERR_INIT;

	set_mail(m, id, MAIL_ACCEPTED);
	assert_int_equal(store_begin(m->w.g.store, &e), 0);
	assert_int_equal(store_warning_change(m->w.g.store, &c, &e), 0);
	assert_int_equal(store_commit(m->w.g.store, &e), 0);
}

/* Company A is warned of a second finding; the second mail. */
static int64_t warn_again(struct flow_more *m, const char *ip)
{
	flow_more_finding(m, WORLD_A, ip);
	flow_more_warn(m);
	return flow_more_mail(m, WORLD_A);
}

/* ---- one company's letter */

/* So many of company A that its letter is too long; the other has one. */
static void add_too_many(struct flow_more *m, int64_t incident)
{
	static char longest[4000];
	struct finding f = sample_finding();
	struct store *s = m->w.g.store;
	struct err e = ERR_INIT;
	bool is_new;

	memset(longest, 'x', sizeof(longest) - 1);
	f.url = f.account = f.identifier = f.product = f.domain = longest;
	f.incident_id = incident;
	assert_int_equal(store_begin(s, &e), 0);
	for (int i = 0; i <= 1000; i++) {
		int64_t company = m->w.of[i == 1000 ? WORLD_B : WORLD_A].company;
		char identity[32];

		snprintf(identity, sizeof(identity), "%" PRId64 " %d", incident, i);
		assert_int_equal(store_finding_add(s, &f, identity, "{}", m->w.now, &is_new, &e),
		                 0);
		assert_int_equal(store_finding_add_owner(s, &f, company, 0, "network", &e), 0);
	}
	assert_int_equal(store_commit(s, &e), 0);
}

static void warn_all(struct flow_more *m, const struct incident *in, struct warn_count *count)
{
	struct warn_run *r = warn_run_new(&m->w.g, in);

	while (!warn_run_done(r))
		flow_more_step(m, r);
	*count = *warn_run_count(r);
	warn_run_free(r);
}

/* In an incident of their own, and as more findings of one. */
static void a_letter_that_is_too_long_becomes_a_call(void **state)
{
	static const char *const slug[] = { "groot", "rdp" };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(slug); i++) {
		struct incident in = { .slug = "groot", .title = "Groot", .advice = "auto",
			               .tlp = TLP_GREEN, .deadline_days = 14 };
		struct arena a = ARENA_INIT;
		struct err e = ERR_INIT;
		struct warn_count count;
		struct flow_more m;

		flow_more_open(&m);
		assert_int_equal(store_begin(m.w.g.store, &e), 0);
		assert_int_equal(store_incident_add(m.w.g.store, &in, &e), 0);
		assert_int_equal(store_commit(m.w.g.store, &e), 0);
		assert_int_equal(store_incident_by_slug(m.w.g.store, &a, &in, slug[i], &e), 0);
		add_too_many(&m, in.id);
		warn_all(&m, &in, &count);
		assert_int_equal(count.mails, 1);
		assert_int_equal(count.calls, 1);
		assert_number(&m, slug[i], "SELECT COUNT(*) FROM call_item x JOIN warning w ON"
		              " w.id = x.warning_id JOIN company c ON c.id = w.company_id WHERE"
		              " c.ref = 'krakeling' AND x.reason = 'letter_failed'", 1);
		assert_number(&m, slug[i], "SELECT COUNT(*) FROM warning_event WHERE"
		              " evidence LIKE '%1000 findings%too long%'", 1);
		warn_all(&m, &in, &count);
		assert_int_equal(count.companies, 0);
		arena_clear(&a);
		flow_more_close(&m);
	}
}

/* ---- an answer to the mail before */

static void newer_findings_outlive_an_answer(void **state)
{
	static const struct {
		const char *text;
		enum mail_state second;
		const char *want_mail, *review;
	} cases[] = {
		{ "Opgelost.", MAIL_READY, "ready", overtaken },
		{ "Ontvangen.", MAIL_READY, "ready", overtaken },
		{ "Dit systeem is niet van ons.", MAIL_READY, "ready", overtaken },
		{ "Opgelost.", MAIL_DEFERRED, "deferred", overtaken },
		{ "Opgelost.", MAIL_HELD, "held", overtaken },
		{ "Opgelost.", MAIL_ACCEPTED, "accepted", overtaken },
		{ "Wat is dit?", MAIL_READY, "ready", "reply without a clear answer" },
		/* no more mails to whoever asks for none */
		{ "AFMELDEN", MAIL_READY, "cancelled", "asks not to be written to" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		for (int later = 0; later <= 3600; later += 3600) {
			struct flow_more m;
			int64_t second;

			flow_more_open(&m);
			m.w.now += later - 3600; /* in the second of the first mail, too */
			second = warn_again(&m, "192.0.2.8");
			assert_true(second != 0);
			set_mail(&m, second, cases[i].second);
			answer(&m, m.w.of[WORLD_A].mail, cases[i].text);
			assert_states(&m, cases[i].text, second, cases[i].want_mail, "queued");
			assert_review(&m, cases[i].text, cases[i].review);
			flow_more_close(&m);
		}
	}
}

/* What came before the newer findings ends with the answer, and the history tells of it. */
static void an_answer_ends_what_came_before(void **state)
{
	struct flow_more m;
	int64_t copy, second;
	char got[32], told[80];

	UNUSED(state);
	flow_more_open(&m);
	want_next_contact(&m);
	flow_more_finding(&m, WORLD_A, "192.0.2.7");
	flow_more_warn(&m);
	flow_more_escalate(&m);
	copy = flow_more_mail(&m, WORLD_A);
	set_mail(&m, copy, MAIL_HELD);
	m.w.now += 60;
	second = warn_again(&m, "192.0.2.8");
	answer(&m, copy, "Opgelost.");
	assert_states(&m, "copy", copy, "cancelled", "queued");
	state_of(&m, got, "mail", second);
	assert_string_equal(got, "ready");
	flow_world_get(&m.w, told, sizeof(told),
	               "SELECT from_state || ' ' || to_state FROM warning_event"
	               " WHERE reason = 'answer: resolved'");
	assert_string_equal(told, "queued queued");
	flow_more_close(&m);
}

static void an_answer_to_the_last_mail_closes_all(void **state)
{
	static const struct {
		const char *name;
		bool escalated;
	} cases[] = { { "its own", false }, { "the next contact's", true } };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct flow_more m;
		int64_t last;

		flow_more_open(&m);
		m.w.now -= 3600; /* all in one second */
		last = warn_again(&m, "192.0.2.8");
		answer(&m, m.w.of[WORLD_A].mail, "Opgelost.");
		if (cases[i].escalated) {
			want_next_contact(&m);
			flow_more_escalate(&m);
			assert_true(last != flow_more_mail(&m, WORLD_A));
			last = flow_more_mail(&m, WORLD_A);
		}
		answer(&m, last, "Opgelost.");
		assert_states(&m, cases[i].name, last, "cancelled", "resolved");
		assert_review(&m, cases[i].name, "");
		/* said of less than what is closed already */
		answer(&m, m.w.of[WORLD_A].mail, "Ontvangen.");
		assert_states(&m, cases[i].name, last, "cancelled", "resolved");
		assert_review(&m, cases[i].name, "");
		flow_more_close(&m);
	}
}

/* Nobody is left to write to: the newer findings are told by telephone. */
static void a_call_about_newer_findings_stays(void **state)
{
	struct flow_more m;
	struct err e = ERR_INIT;
	char call[64];

	UNUSED(state);
	flow_more_open(&m);
	assert_int_equal(store_begin(m.w.g.store, &e), 0);
	for (int i = 0; i < 3; i++) {
		const int64_t id[] = { m.w.of[WORLD_A].contact, m.w.of[WORLD_A].second,
			               m.w.of[WORLD_A].third };
		struct contact_change c = { .contact_id = id[i],
			                    .to = CONTACT_INVALID,
			                    .reason = "",
			                    .evidence = "" };

		assert_int_equal(store_contact_change(m.w.g.store, &c, &e), 0);
	}
	assert_int_equal(store_commit(m.w.g.store, &e), 0);
	assert_int_equal(warn_again(&m, "192.0.2.8"), 0);
	answer(&m, m.w.of[WORLD_A].mail, "Opgelost.");
	assert_states(&m, "call", m.w.of[WORLD_A].mail, "accepted", "unreachable");
	flow_world_get(&m.w, call, sizeof(call), "SELECT reason || ' ' || state FROM call_item");
	assert_string_equal(call, "no_contact open");
	assert_review(&m, "call", overtaken);
	flow_more_close(&m);
}

/* ---- which failure asks for a next contact */

static void assert_todo(const struct flow_more *m, const char *name, const char *want)
{
	char got[32];

	flow_world_get(&m->w, got, sizeof(got), "SELECT todo FROM warning ORDER BY id LIMIT 1");
	if (strcmp(got, want) != 0)
		fail_msg("%s: todo '%s'", name, got);
}

static void bounce(struct flow_more *m, int64_t mail_id, const char *status)
{
	struct inbox_count count = { 0 };
	struct buf mail = BUF_INIT;
	char token[TOKEN_TEXT];

	flow_world_token(token, 1, TOKEN_BOUNCE, mail_id);
	flow_mail_bounce(&mail, token, "info@krakeling.example", status, "no");
	flow_mail_take(&m->w, &mail, &count);
	buf_clear(&mail);
}

/* A next contact's mail tells all that was told before it. */
static void what_the_next_contact_has_needs_no_other(void **state)
{
	static const struct { enum mail_state next; const char *todo; } rows[] = {
		{ MAIL_READY, "" },	{ MAIL_IN_FLIGHT, "" },
		{ MAIL_HELD, "" },	{ MAIL_ACCEPTED, "" },
		{ MAIL_DELAYED, "" },	{ MAIL_CONFIRMED, "" },
		{ MAIL_REFUSED, "next_contact" }, { MAIL_BOUNCED, "next_contact" },
		{ MAIL_EXPIRED, "next_contact" }, { MAIL_CANCELLED, "next_contact" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct flow_more m;
		int64_t second, next;

		flow_more_open(&m);
		second = warn_again(&m, "192.0.2.8");
		set_mail(&m, second, MAIL_ACCEPTED);
		bounce(&m, m.w.of[WORLD_A].mail, "5.1.1");
		flow_more_escalate(&m);
		next = flow_more_mail(&m, WORLD_A);
		assert_true(next != second);
		set_mail(&m, next, rows[i].next);
		bounce(&m, second, "5.1.1");
		assert_todo(&m, mail_state_words[rows[i].next], rows[i].todo);
		flow_more_close(&m);
	}
}

static void a_next_contact_that_fails_has_another(void **state)
{
	struct flow_more m;

	UNUSED(state);
	flow_more_open(&m);
	set_mail(&m, warn_again(&m, "192.0.2.8"), MAIL_ACCEPTED);
	bounce(&m, m.w.of[WORLD_A].mail, "5.1.1");
	flow_more_escalate(&m);
	assert_todo(&m, "written to", "");
	set_mail(&m, flow_more_mail(&m, WORLD_A), MAIL_ACCEPTED);
	bounce(&m, flow_more_mail(&m, WORLD_A), "5.1.1");
	assert_todo(&m, "bounced", "next_contact");
	flow_more_close(&m);
}

/* The mail about them does not tell what was told before. */
static void newer_findings_do_not_stand_for_older_ones(void **state)
{
	struct flow_more m;

	UNUSED(state);
	flow_more_open(&m);
	set_mail(&m, warn_again(&m, "192.0.2.8"), MAIL_ACCEPTED);
	bounce(&m, m.w.of[WORLD_A].mail, "5.2.2");
	assert_todo(&m, "mailbox full", "next_contact");
	flow_more_close(&m);
}

/* ---- until when */

static int64_t deadline(const struct flow_more *m)
{
	struct arena a = ARENA_INIT;
	struct warning w;
	struct err e = ERR_INIT;

	assert_int_equal(store_warning_get(m->w.g.store, &a, &w, m->w.of[WORLD_A].warning, &e), 0);
	arena_clear(&a);
	return w.deadline_at;
}

static void more_findings_have_a_deadline_of_their_own(void **state)
{
	struct flow_more m;
	struct err e = ERR_INIT;
	uint64_t calls = 0;
	int64_t second;

	UNUSED(state);
	flow_more_open(&m);
	m.w.now += 30 * 86400; /* the first deadline is long over, and nobody was telephoned */
	second = warn_again(&m, "192.0.2.8");
	assert_int_equal(deadline(&m), m.w.now + 14 * 86400);
	assert_int_equal(flow_call_overdue(&m.w.g, &calls, &e), 0);
	assert_int_equal(calls, 1); /* company B, that was told nothing more */
	deliver(&m, second);
	m.w.now += 13 * 86400;
	assert_int_equal(flow_call_overdue(&m.w.g, &calls, &e), 0);
	assert_int_equal(calls, 0);
	m.w.now += 2 * 86400;
	assert_int_equal(flow_call_overdue(&m.w.g, &calls, &e), 0);
	assert_int_equal(calls, 1);
	flow_more_close(&m);
}

/* Telephoned about the first finding; the second one's deadline passes in silence too. */
static void more_findings_are_telephoned_about_again(void **state)
{
	struct flow_more m;
	struct err e = ERR_INIT;
	uint64_t calls = 0;
	int64_t second;

	UNUSED(state);
	flow_more_open(&m);
	m.w.now += 15 * 86400;
	assert_int_equal(flow_call_overdue(&m.w.g, &calls, &e), 0);
	assert_int_equal(calls, WORLD_COMPANIES);
	m.w.now += 3600;
	assert_int_equal(flow_hand_called(&m.w.g, m.w.of[WORLD_A].ref, "gesproken", &e), 0);
	assert_int_equal(flow_hand_called(&m.w.g, m.w.of[WORLD_B].ref, "gesproken", &e), 0);
	m.w.now += 3600;
	second = warn_again(&m, "192.0.2.8");
	deliver(&m, second);
	m.w.now += 15 * 86400;
	assert_int_equal(flow_call_overdue(&m.w.g, &calls, &e), 0);
	assert_int_equal(calls, 1);
	assert_number(&m, "A", "SELECT COUNT(*) FROM call_item WHERE state = 'open'", 1);
	m.w.now += 3600;
	assert_int_equal(flow_hand_called(&m.w.g, m.w.of[WORLD_A].ref, "gesproken", &e), 0);
	m.w.now += 15 * 86400;
	assert_int_equal(flow_call_overdue(&m.w.g, &calls, &e), 0);
	assert_int_equal(calls, 0);
	flow_more_close(&m);
}

/* A next contact reads the date that the first one read. */
static void a_next_contact_keeps_the_deadline(void **state)
{
	struct flow_more m;
	int64_t before;

	UNUSED(state);
	flow_more_open(&m);
	flow_more_finding(&m, WORLD_A, "192.0.2.8");
	flow_more_warn(&m);
	before = deadline(&m);
	m.w.now += 86400;
	want_next_contact(&m);
	flow_more_escalate(&m);
	assert_int_equal(deadline(&m), before);
	flow_more_close(&m);
}

/* ---- what changes while mails are being signed */

/* What somebody else does to company A between the plan and the writing. */
enum meanwhile { ANSWERED, ANSWERED_LAST, WARNED };

static void interfere(struct flow_more *m, enum meanwhile what)
{
	int64_t ticket[MORE_TICKETS];
	int n = m->n_ticket;

	if (what != WARNED) {
		answer(m, what == ANSWERED ? m->w.of[WORLD_A].mail : flow_more_mail(m, WORLD_A),
		       "Ontvangen.");
		return;
	}
	memcpy(ticket, m->ticket, sizeof(ticket));
	m->n_ticket = 0;
	flow_more_warn(m);
	memcpy(m->ticket, ticket, sizeof(ticket));
	m->n_ticket = n;
}

static void a_run_goes_on_where_a_company_changed(void **state)
{
	static const struct {
		const char *name;
		enum meanwhile what;
		bool queued; /* a mail about more findings waits already */
		int mails;
	} cases[] = {
		{ "answered", ANSWERED, false, 4 },
		{ "answered, queued", ANSWERED_LAST, true, 5 },
		{ "warned by another run", WARNED, false, 4 },
		{ "warned by another run, queued", WARNED, true, 5 },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = ARENA_INIT;
		struct incident in;
		struct flow_more m;
		struct warn_run *r;

		flow_more_open(&m);
		if (cases[i].queued)
			assert_true(warn_again(&m, "192.0.2.6") != 0);
		flow_more_finding(&m, WORLD_A, "192.0.2.7");
		flow_more_finding(&m, WORLD_B, "192.0.2.8");
		r = flow_more_begin(&m, &in, &a);
		flow_more_step(&m, r); /* planned, and asked to be signed */
		assert_int_equal(m.n_ticket, 2);
		interfere(&m, cases[i].what);
		while (!warn_run_done(r))
			flow_more_step(&m, r);
		/* each finding in one mail, and nothing of what was undone */
		assert_number(&m, cases[i].name, "SELECT COUNT(*) FROM mail", cases[i].mails);
		assert_number(&m, cases[i].name, "SELECT COUNT(*) FROM mail_body", cases[i].mails);
		assert_number(&m, cases[i].name,
		              "SELECT COUNT(*) FROM warning_event WHERE reason = 'more findings'",
		              cases[i].mails - 2);
		assert_number(&m, cases[i].name,
		              "SELECT COUNT(*) FROM finding_owner WHERE warning_id IS NULL", 0);
		assert_states(&m, cases[i].name, flow_more_mail(&m, WORLD_A), "ready", "queued");
		warn_run_free(r);
		arena_clear(&a);
		flow_more_close(&m);
	}
}

static void set_vital(struct flow_more *m, int64_t company)
{
	struct arena a = ARENA_INIT;
	struct company k;
	struct err e = ERR_INIT;

	assert_int_equal(store_company_get(m->w.g.store, &a, &k, company, &e), 0);
	k.vital = true;
	assert_int_equal(flow_register_set(&m->w.g, &k, KEEP_COMPANY & ~KEEP_VITAL, &e), 0);
	arena_clear(&a);
}

/* Between the plan and the writing: nothing waited yet that could have been cancelled. */
static void a_run_sees_whom_it_may_not_write_to_any_more(void **state)
{
	static const struct { bool vital; const char *to, *call; } cases[] = {
		{ false, "it@krakeling.example", "" },
		{ true, "", "vital open" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = ARENA_INIT;
		struct incident in;
		struct flow_more m;
		struct warn_run *r;
		struct err e = ERR_INIT;
		char got[64];

		flow_more_open(&m);
		flow_more_finding(&m, WORLD_A, "192.0.2.7");
		r = flow_more_begin(&m, &in, &a);
		flow_more_step(&m, r);
		assert_int_equal(m.n_ticket, 1);
		if (cases[i].vital)
			set_vital(&m, m.w.of[WORLD_A].company);
		else
			assert_int_equal(flow_hand_contact(&m.w.g, m.w.of[WORLD_A].contact,
			                                   CONTACT_INVALID, "uit dienst", &e), 0);
		while (!warn_run_done(r))
			flow_more_step(&m, r);
		flow_world_get(&m.w, got, sizeof(got),
		               "SELECT env_to FROM mail WHERE state = 'ready'");
		assert_string_equal(got, cases[i].to);
		flow_world_get(&m.w, got, sizeof(got),
		               "SELECT reason || ' ' || state FROM call_item");
		assert_string_equal(got, cases[i].call);
		warn_run_free(r);
		arena_clear(&a);
		flow_more_close(&m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_that_is_too_long_becomes_a_call),
		cmocka_unit_test(newer_findings_outlive_an_answer),
		cmocka_unit_test(an_answer_ends_what_came_before),
		cmocka_unit_test(an_answer_to_the_last_mail_closes_all),
		cmocka_unit_test(a_run_goes_on_where_a_company_changed),
		cmocka_unit_test(a_run_sees_whom_it_may_not_write_to_any_more),
		cmocka_unit_test(more_findings_have_a_deadline_of_their_own),
		cmocka_unit_test(more_findings_are_telephoned_about_again),
		cmocka_unit_test(a_next_contact_keeps_the_deadline),
		cmocka_unit_test(a_call_about_newer_findings_stays),
		cmocka_unit_test(what_the_next_contact_has_needs_no_other),
		cmocka_unit_test(a_next_contact_that_fails_has_another),
		cmocka_unit_test(newer_findings_do_not_stand_for_older_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
