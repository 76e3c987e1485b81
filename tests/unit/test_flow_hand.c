/*
 * test_flow_hand: what follows from a person's decision about a mail, a contact, a company.
 */
#include "test.h"

#include <unistd.h>

#include "flow_deliver.h"
#include "flow_hand.h"
#include "flow_register.h"
#include "flow_waiting.h"
#include "flow_world.h"
#include "store_mail.h"
#include "store_register.h"
#include "store_warning.h"

/* A mail of company i that waits, and its warning queued. */
static int64_t add_waiting(struct flow_world *w, int i, int64_t contact)
{
	struct warning_change c = { .warning_id = w->of[i].warning,
				    .from = WARNING_SENT,
				    .to = WARNING_QUEUED,
				    .reason = "warned",
				    .evidence = "",
				    .at = w->now };
	struct delivery d = { .warning_id = w->of[i].warning,
			      .contact_id = contact,
			      .env_to = "x@example",
			      .envid = "",
			      .env_from = "bounces@dienst.example",
			      .bytes = "x",
			      .len = 1,
			      .next_try = w->now,
			      .give_up_at = w->now + 86400 };
	struct err e = ERR_INIT;
	char message_id[64];

	assert_int_equal(store_begin(w->g.store, &e), 0);
	assert_true(store_warning_change_if(w->g.store, &c, &e) >= 0);
	assert_int_equal(store_new_id(w->g.store, &d.id, &e), 0);
	snprintf(message_id, sizeof(message_id), "<%" PRId64 "@dienst.example>", d.id);
	d.message_id = message_id;
	assert_int_equal(store_mail_add(w->g.store, &d, w->now, &e), 0);
	assert_int_equal(store_commit(w->g.store, &e), 0);
	return d.id;
}

/* where: "COLUMN FROM TABLE WHERE NAME". */
static void assert_value(const struct flow_world *w, const char *want, const char *where, int64_t id)
{
	char sql[200], got[64];

	snprintf(sql, sizeof(sql), "SELECT %s = %" PRId64, where, id);
	flow_world_get(w, got, sizeof(got), sql);
	if (strcmp(got, want) != 0)
		fail_msg("%s: '%s' instead of '%s'", sql, got, want);
}

static void assert_mail(const struct flow_world *w, int64_t id, const char *want)
{
	assert_value(w, want, "state FROM mail WHERE id", id);
}

static void assert_warning(const struct flow_world *w, int i, const char *want)
{
	assert_value(w, want, "state FROM warning WHERE id", w->of[i].warning);
}

/* "REASON STATE" of its item, "" where it has none. */
static void assert_call(const struct flow_world *w, int i, const char *want)
{
	assert_value(w, want, "reason || ' ' || state FROM call_item WHERE warning_id",
		     w->of[i].warning);
}

static void cancel(struct flow_world *w, int64_t mail)
{
	struct err e = ERR_INIT;

	if (flow_hand_mail(&w->g, mail, HAND_CANCEL, &e) < 0)
		fail_msg("%s", e.text);
}

/* ---- queue cancel */

static void last_mail_cancelled_is_for_a_person(void **state)
{
	struct flow_world w;
	int64_t mail;

	UNUSED(state);
	flow_world_open(&w);
	mail = add_waiting(&w, WORLD_A, w.of[WORLD_A].contact);
	cancel(&w, mail);
	assert_mail(&w, mail, "cancelled");
	assert_warning(&w, WORLD_A, "unreachable");
	assert_call(&w, WORLD_A, "cancelled open");
	assert_warning(&w, WORLD_B, "sent");
	assert_call(&w, WORLD_B, "");
	flow_world_close(&w);
}

static void another_mail_under_way_is_enough(void **state)
{
	struct flow_world w;
	int64_t first, second;

	UNUSED(state);
	flow_world_open(&w);
	first = add_waiting(&w, WORLD_A, w.of[WORLD_A].contact);
	second = add_waiting(&w, WORLD_A, w.of[WORLD_A].second);
	cancel(&w, first);
	assert_warning(&w, WORLD_A, "queued");
	assert_call(&w, WORLD_A, "");
	cancel(&w, second);
	assert_warning(&w, WORLD_A, "unreachable");
	assert_call(&w, WORLD_A, "cancelled open");
	flow_world_close(&w);
}

static void company_that_was_told_needs_no_call(void **state)
{
	struct flow_world w;
	struct err e = ERR_INIT;
	struct warning_change c = { .from = WARNING_QUEUED,
				    .to = WARNING_ACKNOWLEDGED,
				    .reason = "answer: received",
				    .evidence = "" };
	int64_t mail;

	UNUSED(state);
	flow_world_open(&w);
	mail = add_waiting(&w, WORLD_A, w.of[WORLD_A].contact);
	c.warning_id = w.of[WORLD_A].warning;
	assert_int_equal(store_begin(w.g.store, &e), 0);
	assert_int_equal(store_warning_change(w.g.store, &c, &e), 0);
	assert_int_equal(store_commit(w.g.store, &e), 0);
	cancel(&w, mail);
	assert_warning(&w, WORLD_A, "acknowledged");
	assert_call(&w, WORLD_A, "");
	flow_world_close(&w);
}

/* ---- queue release */

/* All contacts failed, the last mail because its time was over: the company is on the call list. */
static int64_t expire_last(struct flow_world *w)
{
	struct warning_change c = { .warning_id = w->of[WORLD_A].warning,
				    .from = WARNING_QUEUED,
				    .to = WARNING_UNREACHABLE,
				    .reason = "contacts_dead",
				    .evidence = "",
				    .at = w->now };
	int64_t mail = add_waiting(w, WORLD_A, w->of[WORLD_A].contact);
	struct store *s = w->g.store;
	struct err e = ERR_INIT;

	assert_int_equal(store_begin(s, &e), 0);
	assert_int_equal(store_mail_set_state(s, mail, MAIL_EXPIRED, w->now, &e), 0);
	assert_int_equal(store_warning_change(s, &c, &e), 0);
	assert_int_equal(store_call_add(s, c.warning_id, "contacts_dead", w->now, &e), 0);
	assert_int_equal(store_commit(s, &e), 0);
	return mail;
}

static int release(struct flow_world *w, int64_t mail)
{
	struct err e = ERR_INIT;

	return flow_hand_mail(&w->g, mail, HAND_RELEASE, &e);
}

static void released_mail_takes_its_warning_along(void **state)
{
	struct flow_world w;
	struct err e = ERR_INIT;
	int64_t mail;

	UNUSED(state);
	flow_world_open(&w);
	mail = expire_last(&w);
	assert_int_equal(release(&w, mail), 0);
	assert_mail(&w, mail, "ready");
	assert_warning(&w, WORLD_A, "queued");
	assert_call(&w, WORLD_A, "");
	assert_int_equal(store_begin(w.g.store, &e), 0);
	assert_int_equal(flow_warning_sent(&w.g, w.of[WORLD_A].warning, "accepted", &e), 0);
	assert_int_equal(store_commit(w.g.store, &e), 0);
	assert_warning(&w, WORLD_A, "sent");
	assert_call(&w, WORLD_A, "");
	flow_world_close(&w);
}

/* Behind the deadline it does not wait for the next look at it: that was long ago. */
static void released_late_it_stays_on_the_call_list(void **state)
{
	struct flow_world w;
	struct err e = ERR_INIT;
	int64_t mail;

	UNUSED(state);
	flow_world_open(&w);
	mail = expire_last(&w);
	w.now += 30 * 86400;
	assert_int_equal(release(&w, mail), 0);
	assert_warning(&w, WORLD_A, "queued");
	assert_call(&w, WORLD_A, "not_sent open");
	assert_int_equal(store_begin(w.g.store, &e), 0);
	assert_int_equal(flow_warning_sent(&w.g, w.of[WORLD_A].warning, "accepted", &e), 0);
	assert_int_equal(store_commit(w.g.store, &e), 0);
	assert_call(&w, WORLD_A, "no_answer open");
	flow_world_close(&w);
}

/* What somebody did by telephone stands, and so does the wish to be called. */
static void release_leaves_other_calls_alone(void **state)
{
	static const struct { const char *reason; bool done; const char *want; } rows[] = {
		{ "contacts_dead", true, "contacts_dead done" },
		{ "call_me", false, "call_me open" },
		{ "no_answer", false, "no_answer open" },
		{ "cancelled", false, "" },
		{ "key_unusable", false, "" },
		{ "letter_failed", false, "" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct flow_world w;
		struct err e = ERR_INIT;
		int64_t mail;

		flow_world_open(&w);
		mail = expire_last(&w);
		assert_int_equal(store_begin(w.g.store, &e), 0);
		assert_int_equal(store_call_add(w.g.store, w.of[WORLD_A].warning, rows[i].reason,
						w.now, &e), 0);
		if (rows[i].done)
			assert_int_equal(store_call_done(w.g.store, w.of[WORLD_A].warning, "gebeld",
							 w.now, &e), 0);
		assert_int_equal(store_commit(w.g.store, &e), 0);
		assert_int_equal(release(&w, mail), 0);
		assert_warning(&w, WORLD_A, "queued");
		assert_call(&w, WORLD_A, rows[i].want);
		flow_world_close(&w);
	}
}

/* It does not say what was told since. */
static void release_of_an_older_mail_leaves_the_warning(void **state)
{
	struct flow_world w;
	struct warning_change more = { .from = WARNING_UNREACHABLE,
				       .to = WARNING_UNREACHABLE,
				       .reason = "more findings",
				       .evidence = "" };
	struct err e = ERR_INIT;
	int64_t mail;

	UNUSED(state);
	flow_world_open(&w);
	mail = expire_last(&w);
	more.warning_id = w.of[WORLD_A].warning;
	more.at = w.now + 1;
	assert_int_equal(store_begin(w.g.store, &e), 0);
	assert_int_equal(store_warning_change(w.g.store, &more, &e), 0);
	assert_int_equal(store_commit(w.g.store, &e), 0);
	assert_int_equal(release(&w, mail), 0);
	assert_mail(&w, mail, "ready");
	assert_warning(&w, WORLD_A, "unreachable");
	assert_call(&w, WORLD_A, "contacts_dead open");
	flow_world_close(&w);
}

/* ---- contact set, company set */

static void assert_todo(const struct flow_world *w, int i, const char *want)
{
	assert_value(w, want, "todo FROM warning WHERE id", w->of[i].warning);
}

static void mail_to_an_invalid_contact_goes_to_the_next(void **state)
{
	struct flow_world w;
	struct err e = ERR_INIT;
	int64_t first, held, unknown, second;

	UNUSED(state);
	flow_world_open(&w);
	first = add_waiting(&w, WORLD_A, w.of[WORLD_A].contact);
	held = add_waiting(&w, WORLD_A, w.of[WORLD_A].contact);
	assert_int_equal(flow_hand_mail(&w.g, held, HAND_HOLD, &e), 0);
	unknown = add_waiting(&w, WORLD_A, w.of[WORLD_A].contact);
	assert_int_equal(store_mail_set_state(w.g.store, unknown, MAIL_UNKNOWN, w.now, &e), 0);
	second = add_waiting(&w, WORLD_B, w.of[WORLD_B].contact);
	assert_int_equal(flow_hand_contact(&w.g, w.of[WORLD_A].contact, CONTACT_DOUBTFUL,
					   "vaag", &e), 0);
	assert_mail(&w, first, "ready");
	assert_int_equal(flow_hand_contact(&w.g, w.of[WORLD_A].contact, CONTACT_INVALID,
					   "uit dienst", &e), 0);
	assert_mail(&w, first, "cancelled");
	assert_mail(&w, held, "cancelled");
	assert_mail(&w, unknown, "cancelled");
	assert_todo(&w, WORLD_A, "next_contact");
	assert_mail(&w, second, "ready");
	assert_todo(&w, WORLD_B, "");
	flow_world_close(&w);
}

/* A bounce that makes the contact invalid goes the same way. */
static void unreachable_by_hand_tries_no_further_contact(void **state)
{
	struct flow_world w;
	struct err e = ERR_INIT;
	int64_t mail;

	UNUSED(state);
	flow_world_open(&w);
	mail = add_waiting(&w, WORLD_A, w.of[WORLD_A].contact);
	assert_int_equal(flow_hand_warning(&w.g, w.of[WORLD_A].ref, WARNING_UNREACHABLE,
					   "failliet", &e), 0);
	assert_mail(&w, mail, "ready");
	assert_int_equal(flow_hand_contact(&w.g, w.of[WORLD_A].contact, CONTACT_INVALID,
					   "uit dienst", &e), 0);
	assert_mail(&w, mail, "cancelled");
	assert_todo(&w, WORLD_A, "");
	assert_warning(&w, WORLD_A, "unreachable");
	flow_world_close(&w);
}

static void set_vital(struct flow_world *w, int i, bool vital)
{
	static const char *const ref[] = { "krakeling", "smid" };
	const struct company k = { .ref = ref[i], .vital = vital };
	struct err e = ERR_INIT;

	assert_int_equal(flow_register_set(&w->g, &k, KEEP_COMPANY & ~KEEP_VITAL, &e), 0);
}

static void a_change_leaves_what_it_does_not_name(void **state)
{
	struct company k = { .ref = "krakeling", .name = "Nieuw", .language = LANGUAGE_EN };
	struct arena a = ARENA_INIT;
	struct company got;
	struct err e = ERR_INIT;
	struct flow_world w;

	UNUSED(state);
	flow_world_open(&w);
	set_vital(&w, WORLD_A, true);
	assert_int_equal(flow_register_set(&w.g, &k, KEEP_COMPANY & ~KEEP_NAME, &e), 0);
	assert_int_equal(store_company_by_ref(w.g.store, &a, &got, k.ref, &e), 0);
	assert_string_equal(got.name, "Nieuw");
	assert_true(got.vital);
	assert_int_equal(got.language, LANGUAGE_NL);
	k.ref = "nobody";
	assert_int_equal(flow_register_set(&w.g, &k, KEEP_COMPANY & ~KEEP_NAME, &e),
	                 ERR_NOTFOUND);
	arena_clear(&a);
	flow_world_close(&w);
}

static void mail_to_a_vital_company_is_handed_over(void **state)
{
	struct flow_world w;
	struct err e = ERR_INIT;
	int64_t first, held, unknown, other;

	UNUSED(state);
	flow_world_open(&w);
	first = add_waiting(&w, WORLD_A, w.of[WORLD_A].contact);
	held = add_waiting(&w, WORLD_A, w.of[WORLD_A].second);
	unknown = add_waiting(&w, WORLD_A, w.of[WORLD_A].third);
	assert_int_equal(store_mail_set_state(w.g.store, unknown, MAIL_UNKNOWN, w.now, &e), 0);
	other = add_waiting(&w, WORLD_B, w.of[WORLD_B].contact);
	assert_int_equal(flow_hand_mail(&w.g, held, HAND_HOLD, &e), 0);
	set_vital(&w, WORLD_A, false);
	assert_mail(&w, first, "ready");
	set_vital(&w, WORLD_A, true);
	assert_mail(&w, first, "cancelled");
	assert_mail(&w, held, "cancelled");
	assert_mail(&w, unknown, "cancelled");
	assert_warning(&w, WORLD_A, "draft");
	assert_call(&w, WORLD_A, "vital open");
	assert_mail(&w, other, "ready");
	assert_call(&w, WORLD_B, "");
	flow_world_close(&w);
}

/* It was given up before that, so that it did not wait. */
static void pointless_mail_is_not_released(void **state)
{
	static const char *const why[] = { "vital", "invalid", "answered" };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(why); i++) {
		struct flow_world w;
		struct err e = ERR_INIT;
		int64_t mail;

		flow_world_open(&w);
		mail = expire_last(&w);
		if (i == 0)
			set_vital(&w, WORLD_A, true);
		if (i == 1)
			assert_int_equal(flow_hand_contact(&w.g, w.of[WORLD_A].contact,
							   CONTACT_INVALID, "uit dienst", &e), 0);
		if (i == 2)
			assert_int_equal(flow_hand_warning(&w.g, w.of[WORLD_A].ref,
							   WARNING_RESOLVED, "gebeld", &e), 0);
		assert_int_equal(flow_hand_mail(&w.g, mail, HAND_RELEASE, &e), ERR_CONFLICT);
		assert_non_null(strstr(e.text, why[i]));
		assert_mail(&w, mail, "expired");
		flow_world_close(&w);
	}
}

/* Its mail came back, and the next contact was about to be written to. */
static void next_contact_of_a_vital_company_is_handed_over(void **state)
{
	struct flow_world w;
	struct err e = ERR_INIT;

	UNUSED(state);
	flow_world_open(&w);
	assert_int_equal(store_begin(w.g.store, &e), 0);
	assert_int_equal(store_warning_set_todo(w.g.store, w.of[WORLD_A].warning, "next_contact",
						&e), 0);
	assert_int_equal(store_commit(w.g.store, &e), 0);
	set_vital(&w, WORLD_A, true);
	assert_todo(&w, WORLD_A, "");
	assert_warning(&w, WORLD_A, "sent");
	assert_call(&w, WORLD_A, "vital open");
	set_vital(&w, WORLD_B, true);
	assert_warning(&w, WORLD_B, "sent");
	assert_call(&w, WORLD_B, "");
	flow_world_close(&w);
}

static void set_partner(struct flow_world *w, const char *ref, const char *partner)
{
	const struct company k = { .ref = ref, .partner = partner };
	struct err e = ERR_INIT;

	if (flow_register_set(&w->g, &k, KEEP_COMPANY & ~KEEP_PARTNER, &e) < 0)
		fail_msg("%s", e.text);
}

static void set_mail(struct flow_world *w, int64_t mail, enum mail_state state)
{
	struct err e = ERR_INIT;

	assert_int_equal(store_begin(w->g.store, &e), 0);
	assert_int_equal(store_mail_set_state(w->g.store, mail, state, w->now, &e), 0);
	assert_int_equal(store_commit(w->g.store, &e), 0);
}

/* Company A's own contact failed, and its mail waits for a contact of company B. */
static void mail_to_a_partner_waits_only_while_it_is_one(void **state)
{
	static const struct {
		const char *partner; /* afterwards */
		bool vital;          /* is B */
		enum mail_state is;
		const char *mail, *todo;
	} cases[] = {
		{ "smid", false, MAIL_READY, "ready", "" },
		{ "", false, MAIL_READY, "cancelled", "next_contact" },
		{ "", false, MAIL_HELD, "cancelled", "next_contact" },
		{ "", false, MAIL_UNKNOWN, "cancelled", "next_contact" },
		{ "", false, MAIL_ACCEPTED, "accepted", "" },
		{ "derde", false, MAIL_DEFERRED, "cancelled", "next_contact" },
		{ "smid", true, MAIL_DEFERRED, "cancelled", "next_contact" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct company third = { .ref = "derde", .name = "derde", .partner = "" };
		enum put_result what;
		struct err e = ERR_INIT;
		struct flow_world w;
		int64_t at_partner, own, other;

		flow_world_open(&w);
		assert_int_equal(store_begin(w.g.store, &e), 0);
		assert_int_equal(store_company_put(w.g.store, &third, 0, w.now, &what, &e), 0);
		assert_int_equal(store_commit(w.g.store, &e), 0);
		set_partner(&w, "krakeling", "smid");
		at_partner = add_waiting(&w, WORLD_A, w.of[WORLD_B].contact);
		set_mail(&w, at_partner, cases[i].is);
		own = add_waiting(&w, WORLD_A, w.of[WORLD_A].second);
		other = add_waiting(&w, WORLD_B, w.of[WORLD_B].contact);
		set_partner(&w, "krakeling", cases[i].partner);
		if (cases[i].vital)
			set_vital(&w, WORLD_B, true);
		assert_mail(&w, at_partner, cases[i].mail);
		assert_mail(&w, own, "ready");
		assert_mail(&w, other, cases[i].vital ? "cancelled" : "ready");
		assert_todo(&w, WORLD_A, cases[i].todo);
		assert_todo(&w, WORLD_B, "");
		flow_world_close(&w);
	}
}

/* It was with a sender then, or had been given up. */
static void mail_to_a_former_partner_does_not_go_again(void **state)
{
	struct err e = ERR_INIT;
	struct flow_world w;
	int64_t expired, back;

	UNUSED(state);
	flow_world_open(&w);
	set_partner(&w, "krakeling", "smid");
	expired = add_waiting(&w, WORLD_A, w.of[WORLD_B].contact);
	back = add_waiting(&w, WORLD_A, w.of[WORLD_B].second);
	set_mail(&w, expired, MAIL_EXPIRED);
	set_mail(&w, back, MAIL_IN_FLIGHT);
	set_partner(&w, "krakeling", "");
	assert_todo(&w, WORLD_A, "");
	assert_int_equal(flow_hand_mail(&w.g, expired, HAND_RELEASE, &e), ERR_CONFLICT);
	assert_non_null(strstr(e.text, "no longer that of a partner"));
	set_mail(&w, back, MAIL_DEFERRED);
	assert_int_equal(store_begin(w.g.store, &e), 0);
	assert_int_equal(flow_waiting_look(&w.g, back, &e), 0);
	assert_int_equal(store_commit(w.g.store, &e), 0);
	assert_mail(&w, back, "cancelled");
	assert_todo(&w, WORLD_A, "next_contact");
	flow_world_close(&w);
}

static void note_refused(void *arg, uint64_t line, const char *raw, size_t n, const char *reason)
{
	UNUSED(arg);
	UNUSED(raw);
	UNUSED(n);
	fail_msg("line %" PRIu64 ": %s", line, reason);
}

static void import(struct flow_world *w, const char *text)
{
	const struct import_watch watch = { .refused = note_refused };
	struct import_count count;
	struct err e = ERR_INIT;
	int pipe_fd[2];

	assert_int_equal(pipe(pipe_fd), 0);
	assert_int_equal(write(pipe_fd[1], text, strlen(text)), (ssize_t)strlen(text));
	close(pipe_fd[1]);
	if (flow_register_import(&w->g, pipe_fd[0], "r.csv", ROWS_CSV, &count, &watch, &e) < 0)
		fail_msg("%s", e.text);
	close(pipe_fd[0]);
}

static void an_import_that_says_vital_hands_over_too(void **state)
{
	struct flow_world w;
	int64_t mail;

	UNUSED(state);
	flow_world_open(&w);
	mail = add_waiting(&w, WORLD_A, w.of[WORLD_A].contact);
	import(&w, "company,kind,value,name,vital\nkrakeling,company,,krakeling,no\n");
	assert_mail(&w, mail, "ready");
	import(&w, "company,kind,value,name,vital\nkrakeling,company,,krakeling,yes\n");
	assert_mail(&w, mail, "cancelled");
	assert_call(&w, WORLD_A, "vital open");
	flow_world_close(&w);
}

/* Company B is the partner whose contacts mails of A went to. */
static void forgetting_a_partner_leaves_nobody_untold(void **state)
{
	static const struct {
		enum mail_state state;
		const char *todo;
		int64_t moved;
	} cases[] = {
		{ MAIL_READY, "next_contact", 1 },
		{ MAIL_DEFERRED, "next_contact", 1 },
		{ MAIL_IN_FLIGHT, "next_contact", 1 },
		{ MAIL_HELD, "next_contact", 1 },
		{ MAIL_UNKNOWN, "next_contact", 1 },
		{ MAIL_ACCEPTED, "", 0 },
		{ MAIL_REFUSED, "", 0 },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct flow_world w;
		struct err e = ERR_INIT;
		int64_t mail, moved = -1;

		flow_world_open(&w);
		(void)add_waiting(&w, WORLD_B, w.of[WORLD_B].contact);
		mail = add_waiting(&w, WORLD_A, w.of[WORLD_B].contact);
		assert_int_equal(store_begin(w.g.store, &e), 0);
		assert_int_equal(store_mail_set_state(w.g.store, mail, cases[i].state, w.now, &e),
		                 0);
		assert_int_equal(store_commit(w.g.store, &e), 0);
		assert_int_equal(flow_register_forget(&w.g, w.of[WORLD_B].company, &moved, &e), 0);
		assert_int_equal(moved, cases[i].moved);
		assert_value(&w, "0", "COUNT(*) FROM mail WHERE id", mail);
		assert_value(&w, "1", "COUNT(*) FROM mail WHERE warning_id", w.of[WORLD_A].warning);
		assert_value(&w, cases[i].todo, "todo FROM warning WHERE id", w.of[WORLD_A].warning);
		assert_value(&w, "0", "COUNT(*) FROM warning WHERE company_id",
		             w.of[WORLD_B].company);
		flow_world_close(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(last_mail_cancelled_is_for_a_person),
		cmocka_unit_test(another_mail_under_way_is_enough),
		cmocka_unit_test(company_that_was_told_needs_no_call),
		cmocka_unit_test(released_mail_takes_its_warning_along),
		cmocka_unit_test(released_late_it_stays_on_the_call_list),
		cmocka_unit_test(release_leaves_other_calls_alone),
		cmocka_unit_test(release_of_an_older_mail_leaves_the_warning),
		cmocka_unit_test(mail_to_an_invalid_contact_goes_to_the_next),
		cmocka_unit_test(unreachable_by_hand_tries_no_further_contact),
		cmocka_unit_test(a_change_leaves_what_it_does_not_name),
		cmocka_unit_test(mail_to_a_vital_company_is_handed_over),
		cmocka_unit_test(pointless_mail_is_not_released),
		cmocka_unit_test(next_contact_of_a_vital_company_is_handed_over),
		cmocka_unit_test(mail_to_a_partner_waits_only_while_it_is_one),
		cmocka_unit_test(mail_to_a_former_partner_does_not_go_again),
		cmocka_unit_test(an_import_that_says_vital_hands_over_too),
		cmocka_unit_test(forgetting_a_partner_leaves_nobody_untold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
