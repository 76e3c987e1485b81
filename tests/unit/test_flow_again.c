/*
 * test_flow_again: mail that comes again: under another name, before it was judged, or copied.
 */
#include "test.h"

#include "classify.h"
#include "flow_hand.h"
#include "flow_mail.h"
#include "store_mail.h"
#include "store_register.h"

/* ---- the same bytes under another uid */

static int nobody_reads(void *arg, struct verdict *v, const void *bytes, size_t n, struct err *e)
{
	UNUSED(arg);
	UNUSED(v);
	UNUSED(bytes);
	UNUSED(n);
	return err_set(e, ERR_TEMP, "no parser");
}

static int reads(void *arg, struct verdict *v, const void *bytes, size_t n, struct err *e)
{
	UNUSED(arg);
	UNUSED(e);
	classify_mail(v, bytes, n, &classify_default_limits);
	return 0;
}

static const struct classifier absent = { nobody_reads, NULL }, reader = { reads, NULL };

static int take(struct flow_world *w, const struct classifier *c, const char *uid,
                const struct buf *mail, enum inbox_fate *fate, struct inbox_count *count)
{
	struct err e = ERR_INIT;

	return flow_inbox_take(&w->g, c, "test", uid, mail->s, mail->len, fate, count, &e);
}

static void make_reply(struct buf *mail, const struct flow_world *w, const char *text)
{
	char token[TOKEN_TEXT];

	flow_world_token(token, 1, TOKEN_REPLY, w->of[WORLD_A].mail);
	buf_reset(mail);
	flow_mail_reply(mail, token, text);
}

static void assert_state(const struct flow_world *w, const char *table, int64_t id,
                         const char *want)
{
	char sql[128], got[32];

	snprintf(sql, sizeof(sql), "SELECT state FROM %s WHERE id = %" PRId64, table, id);
	flow_world_get(w, got, sizeof(got), sql);
	if (strcmp(got, want) != 0)
		fail_msg("%s: %s instead of %s", table, got, want);
}

/* The mailbox was made anew (UIDVALIDITY) between the commit and the judgement. */
static void raw_mail_is_judged_before_it_is_done(void **state)
{
	struct flow_world w;
	struct inbox_count count = { 0 };
	struct buf mail = BUF_INIT;
	enum inbox_fate fate = INBOX_DONE;

	UNUSED(state);
	flow_world_open(&w);
	make_reply(&mail, &w, "Wat is dit?");
	assert_int_equal(take(&w, &absent, "1.1", &mail, &fate, &count), ERR_TEMP);
	assert_int_equal(take(&w, &absent, "2.1", &mail, &fate, &count), ERR_TEMP);
	assert_int_equal(take(&w, &reader, "3.1", &mail, &fate, &count), 0);
	assert_int_equal(fate, INBOX_UNCLEAR);
	assert_int_equal(count.replies, 1);
	assert_int_equal(count.mails, 1);
	make_reply(&mail, &w, "Opgelost.");
	assert_int_equal(take(&w, &absent, "1.2", &mail, &fate, &count), ERR_TEMP);
	assert_int_equal(take(&w, &reader, "2.2", &mail, &fate, &count), 0);
	assert_int_equal(fate, INBOX_DONE);
	assert_state(&w, "warning", w.of[WORLD_A].warning, "resolved");
	buf_clear(&mail);
	flow_world_close(&w);
}

static void judged_mail_keeps_its_fate(void **state)
{
	static const char *const text[] = { "Wat is dit?", "Ontvangen." };
	static const enum inbox_fate want[] = { INBOX_UNCLEAR, INBOX_DONE };
	struct flow_world w;
	struct buf mail = BUF_INIT;

	UNUSED(state);
	flow_world_open(&w);
	for (size_t i = 0; i < ARRAY_SIZE(text); i++) {
		struct inbox_count count = { 0 };
		enum inbox_fate first, again;
		char uid[2][8];

		snprintf(uid[0], sizeof(uid[0]), "1.%zu", i);
		snprintf(uid[1], sizeof(uid[1]), "2.%zu", i);
		make_reply(&mail, &w, text[i]);
		assert_int_equal(take(&w, &reader, uid[0], &mail, &first, &count), 0);
		assert_int_equal(take(&w, &reader, uid[1], &mail, &again, &count), 0);
		assert_int_equal(first, want[i]);
		assert_int_equal(again, want[i]);
		assert_int_equal(count.mails, 1);
		assert_int_equal(count.known, 1);
		assert_int_equal(count.replies, 1);
	}
	buf_clear(&mail);
	flow_world_close(&w);
}

/* ---- the same answer in another mail */

/* A reply with reply token of the mail; number makes it another mail. */
static void answer(struct flow_world *w, int64_t mail_id, const char *text, int number,
                   struct inbox_count *count)
{
	char token[TOKEN_TEXT];
	struct buf mail = BUF_INIT;

	flow_world_token(token, 1, TOKEN_REPLY, mail_id);
	buf_printf(&mail, "X-Number: %d\r\n", number);
	flow_mail_reply(&mail, token, text);
	flow_mail_take(w, &mail, count);
	buf_clear(&mail);
}

static void last_review(const struct flow_world *w, char out[80])
{
	flow_world_get(w, out, 80, "SELECT review_reason FROM inbox ORDER BY id DESC LIMIT 1");
}

static void the_same_answer_counts_once(void **state)
{
	static const struct { const char *first, *again, *review; } cases[] = {
		{ "Ontvangen.", "Ontvangen.", "" },
		{ "Ontvangen.", "Ontvangen, dank u wel.", "" },
		{ "Opgelost.", "Opgelost.", "" },
		{ "Dit systeem is niet van ons.", "Dit systeem is niet van ons.", "" },
		{ "Bel mij.", "Bel mij.", "" },
		{ "Bel mij.", "Bel mij alstublieft.", "asks again for a telephone call" },
		{ "Wat is dit?", "Wat is dit?", "" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct flow_world w;
		struct inbox_count count = { 0 };
		struct buf before = BUF_INIT, after = BUF_INIT;
		char review[80];

		flow_world_open(&w);
		answer(&w, w.of[WORLD_A].mail, cases[i].first, 0, &count);
		flow_world_dump(&w, &before);
		for (int k = 1; k <= 3; k++) {
			w.now += 3600;
			answer(&w, w.of[WORLD_A].mail, cases[i].again, k, &count);
			if (k == 1)
				last_review(&w, review);
		}
		flow_world_dump(&w, &after);
		if (strcmp(before.s, after.s) != 0)
			fail_msg("'%s' again changed the store", cases[i].again);
		assert_string_equal(review, cases[i].review);
		assert_int_equal(count.mails, 4);
		assert_int_equal(count.repeated, 3);
		flow_world_assert_counter(&w, "repeated_answers", 3);
		buf_clear(&before);
		buf_clear(&after);
		flow_world_close(&w);
	}
}

/* Without a clear answer only the same words are the same mail. */
static void another_question_is_no_repetition(void **state)
{
	struct flow_world w;
	struct inbox_count count = { 0 };
	char review[80];

	UNUSED(state);
	flow_world_open(&w);
	answer(&w, w.of[WORLD_A].mail, "Wat is dit?", 0, &count);
	answer(&w, w.of[WORLD_A].mail, "Welke computer is het?", 1, &count);
	last_review(&w, review);
	assert_string_equal(review, "reply without a clear answer");
	assert_int_equal(count.repeated, 0);
	flow_world_close(&w);
}

static void an_old_answer_does_not_come_back(void **state)
{
	struct flow_world w;
	struct inbox_count count = { 0 };
	char review[80];

	UNUSED(state);
	flow_world_open(&w);
	answer(&w, w.of[WORLD_A].mail, "Dit systeem is niet van ons.", 0, &count);
	answer(&w, w.of[WORLD_A].mail, "Opgelost.", 1, &count);
	assert_state(&w, "warning", w.of[WORLD_A].warning, "resolved");
	answer(&w, w.of[WORLD_A].mail, "Dit systeem is niet van ons.", 2, &count);
	assert_state(&w, "warning", w.of[WORLD_A].warning, "resolved");
	answer(&w, w.of[WORLD_A].mail, "Wij hebben dit systeem niet.", 3, &count);
	assert_state(&w, "warning", w.of[WORLD_A].warning, "resolved");
	last_review(&w, review);
	assert_string_equal(review, "says that the system is not theirs: check the register");
	flow_world_close(&w);
}

static void a_finished_call_stays_finished(void **state)
{
	static const char *const again[] = { "Bel mij.", "Bel mij alstublieft." };
	struct flow_world w;
	struct inbox_count count = { 0 };
	struct err e = ERR_INIT;
	char call[16];

	UNUSED(state);
	flow_world_open(&w);
	answer(&w, w.of[WORLD_A].mail, "Bel mij.", 0, &count);
	assert_int_equal(flow_hand_called(&w.g, w.of[WORLD_A].ref, "gesproken", &e), 0);
	for (int i = 0; i < 2; i++) {
		answer(&w, w.of[WORLD_A].mail, again[i], 1 + i, &count);
		flow_world_get(&w, call, sizeof(call), "SELECT state FROM call_item");
		assert_string_equal(call, "done");
	}
	flow_world_close(&w);
}

/* ---- what an answer says of a contact, in the order it came */

/* A second mail to a contact of company A, a day later. */
static int64_t later_mail(struct flow_world *w, int64_t contact)
{
	struct delivery d = { .warning_id = w->of[WORLD_A].warning,
		              .contact_id = contact,
		              .env_to = "info@krakeling.example",
		              .envid = "",
		              .env_from = "bounces@dienst.example",
		              .message_id = "<later@dienst.example>",
		              .bytes = "x",
		              .len = 1 };
	struct err e = ERR_INIT;

	w->now += 86400;
	assert_int_equal(store_begin(w->g.store, &e), 0);
	assert_int_equal(store_new_id(w->g.store, &d.id, &e), 0);
	assert_int_equal(store_mail_add(w->g.store, &d, w->now, &e), 0);
	assert_int_equal(store_mail_set_state(w->g.store, d.id, MAIL_ACCEPTED, w->now, &e), 0);
	assert_int_equal(store_commit(w->g.store, &e), 0);
	return d.id;
}

static void bounce(struct flow_world *w, int64_t mail_id, const char *status,
                   struct inbox_count *count)
{
	char token[TOKEN_TEXT];
	struct buf mail = BUF_INIT;

	flow_world_token(token, 1, TOKEN_BOUNCE, mail_id);
	flow_mail_bounce(&mail, token, "info@krakeling.example", status, "refused");
	flow_mail_take(w, &mail, count);
	buf_clear(&mail);
}

static void a_bounce_of_a_later_mail_outlives_an_answer(void **state)
{
	struct flow_world w;
	struct inbox_count count = { 0 };
	int64_t later;

	UNUSED(state);
	flow_world_open(&w);
	answer(&w, w.of[WORLD_A].mail, "Ontvangen.", 0, &count);
	assert_state(&w, "contact", w.of[WORLD_A].contact, "proven");
	later = later_mail(&w, w.of[WORLD_A].contact);
	bounce(&w, later, "5.1.1", &count);
	assert_state(&w, "contact", w.of[WORLD_A].contact, "invalid");
	/* sent again by whoever has a copy, and one that was long under way */
	answer(&w, w.of[WORLD_A].mail, "Ontvangen.", 1, &count);
	assert_state(&w, "contact", w.of[WORLD_A].contact, "invalid");
	answer(&w, w.of[WORLD_A].mail, "Opgelost.", 2, &count);
	assert_state(&w, "contact", w.of[WORLD_A].contact, "invalid");
	assert_state(&w, "warning", w.of[WORLD_A].warning, "resolved");
	/* who answers the mail that bounced was reached by it */
	answer(&w, later, "Opgelost.", 3, &count);
	assert_state(&w, "contact", w.of[WORLD_A].contact, "proven");
	flow_world_close(&w);
}

static void who_unsubscribed_stays_unsubscribed(void **state)
{
	struct flow_world w;
	struct inbox_count count = { 0 };

	UNUSED(state);
	flow_world_open(&w);
	answer(&w, w.of[WORLD_A].mail, "AFMELDEN", 0, &count);
	assert_state(&w, "contact", w.of[WORLD_A].contact, "invalid");
	answer(&w, w.of[WORLD_A].mail, "Opgelost.", 1, &count);
	assert_state(&w, "contact", w.of[WORLD_A].contact, "invalid");
	assert_state(&w, "warning", w.of[WORLD_A].warning, "resolved");
	flow_world_close(&w);
}

/* What came between must not hide the wish, nor an address that was dead before it. */
static void no_bounce_hides_who_unsubscribed(void **state)
{
	static const struct {
		const char *before, *after; /* status of a bounce; NULL: none */
	} cases[] = { { NULL, "5.2.2" }, { "5.1.1", NULL }, { "5.2.2", "5.1.1" } };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct flow_world w;
		struct inbox_count count = { 0 };
		int64_t first, later;

		flow_world_open(&w);
		first = w.of[WORLD_A].mail;
		later = later_mail(&w, w.of[WORLD_A].contact);
		if (cases[i].before != NULL)
			bounce(&w, first, cases[i].before, &count);
		answer(&w, later, "AFMELDEN", 0, &count);
		if (cases[i].after != NULL)
			bounce(&w, first, cases[i].after, &count);
		answer(&w, later, "Ontvangen.", 1, &count);
		assert_state(&w, "contact", w.of[WORLD_A].contact, "invalid");
		flow_world_close(&w);
	}
}

static void a_person_may_write_again_to_who_unsubscribed(void **state)
{
	static const struct {
		enum contact_state by_hand;
		const char *want; /* after an answer */
	} cases[] = { { CONTACT_UNPROVEN, "proven" }, { CONTACT_INVALID, "invalid" } };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct flow_world w;
		struct inbox_count count = { 0 };
		struct err e = ERR_INIT;

		flow_world_open(&w);
		answer(&w, w.of[WORLD_A].mail, "AFMELDEN", 0, &count);
		assert_int_equal(flow_hand_contact(&w.g, w.of[WORLD_A].contact, cases[i].by_hand,
		                                   "gebeld", &e),
		                 0);
		answer(&w, w.of[WORLD_A].mail, "Ontvangen.", 1, &count);
		assert_state(&w, "contact", w.of[WORLD_A].contact, cases[i].want);
		flow_world_close(&w);
	}
}

/* One that looks after the systems of several companies is asked once. */
static void a_wish_is_of_the_address_not_of_one_company(void **state)
{
	struct flow_world w;
	struct inbox_count count = { 0 };
	struct contact k = { .kind = CONTACT_MAIL, .value = "Info@krakeling.example", .name = "",
		             .role = "", .rank = 9, .source = "", .language = "", .pgp = "" };
	enum put_result what;
	struct err e = ERR_INIT;

	UNUSED(state);
	flow_world_open(&w);
	k.company_id = w.of[WORLD_B].company;
	assert_int_equal(store_begin(w.g.store, &e), 0);
	assert_int_equal(store_contact_put(w.g.store, &k, 0, w.now, &what, &e), 0);
	assert_int_equal(store_commit(w.g.store, &e), 0);
	answer(&w, w.of[WORLD_A].mail, "AFMELDEN", 0, &count);
	assert_state(&w, "contact", w.of[WORLD_A].contact, "invalid");
	assert_state(&w, "contact", k.id, "invalid");
	assert_int_equal(store_contact_unsubscribed(w.g.store, k.id, &e), 1);
	assert_state(&w, "contact", w.of[WORLD_A].second, "unproven");
	assert_state(&w, "contact", w.of[WORLD_B].contact, "unproven");
	assert_state(&w, "contact", w.of[WORLD_B].third, "unproven");
	flow_world_close(&w);
}

static void a_clock_that_was_ahead_leaves_silence_a_proof(void **state)
{
	struct flow_world w;
	struct err e = ERR_INIT;

	UNUSED(state);
	flow_world_open(&w);
	w.conf.proof = 7 * 86400;
	w.now += 365 * 86400;
	assert_int_equal(flow_prove_silent(&w.g, &e), 0);
	w.now -= 365 * 86400;
	assert_int_equal(flow_prove_silent(&w.g, &e), 0);
	later_mail(&w, w.of[WORLD_A].second);
	w.now += 8 * 86400;
	assert_int_equal(flow_prove_silent(&w.g, &e), 0);
	assert_state(&w, "contact", w.of[WORLD_A].second, "proven");
	flow_world_close(&w);
}

/* ---- a token of one company in a mail about another */

static void a_token_does_not_speak_for_another_company(void **state)
{
	static const struct {
		const char *name;
		bool second_token, other_message, other_sender;
		bool foreign;
	} cases[] = {
		{ "all of A", false, false, false, false },
		{ "a token of B beside it", true, false, false, true },
		{ "an answer to a mail of B", false, true, false, true },
		{ "from a contact of B", false, false, true, true },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct flow_world w;
		struct inbox_count count = { 0 };
		struct buf mail = BUF_INIT, before = BUF_INIT, after = BUF_INIT;
		char a[TOKEN_TEXT], b[TOKEN_TEXT], review[80];

		flow_world_open(&w);
		flow_world_dump(&w, &before);
		flow_world_token(a, 1, TOKEN_REPLY, w.of[WORLD_A].mail);
		flow_world_token(b, 1, TOKEN_REPLY, w.of[WORLD_B].mail);
		flow_mail_address(&mail, "To", a);
		if (cases[i].second_token)
			flow_mail_address(&mail, "Cc", b);
		buf_printf(&mail,
		           "From: %s\r\nSubject: Re: Waarschuwing\r\nIn-Reply-To: "
		           "%s\r\n\r\nOpgelost.\r\n",
		           cases[i].other_sender ? "Baas <BAAS@smid.example>"
		                                 : "jan@elders.example",
		           w.of[cases[i].other_message ? WORLD_B : WORLD_A].message_id);
		flow_mail_take(&w, &mail, &count);
		flow_world_dump(&w, &after);
		last_review(&w, review);
		if ((strcmp(before.s, after.s) == 0) != cases[i].foreign)
			fail_msg("%s: the store changed, or should have", cases[i].name);
		assert_string_equal(review, cases[i].foreign ? "token of another company" : "");
		flow_world_assert_counter(&w, "foreign_tokens", cases[i].foreign);
		buf_clear(&mail);
		buf_clear(&before);
		buf_clear(&after);
		flow_world_close(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(raw_mail_is_judged_before_it_is_done),
		cmocka_unit_test(judged_mail_keeps_its_fate),
		cmocka_unit_test(the_same_answer_counts_once),
		cmocka_unit_test(another_question_is_no_repetition),
		cmocka_unit_test(an_old_answer_does_not_come_back),
		cmocka_unit_test(a_finished_call_stays_finished),
		cmocka_unit_test(a_bounce_of_a_later_mail_outlives_an_answer),
		cmocka_unit_test(who_unsubscribed_stays_unsubscribed),
		cmocka_unit_test(no_bounce_hides_who_unsubscribed),
		cmocka_unit_test(a_wish_is_of_the_address_not_of_one_company),
		cmocka_unit_test(a_person_may_write_again_to_who_unsubscribed),
		cmocka_unit_test(a_clock_that_was_ahead_leaves_silence_a_proof),
		cmocka_unit_test(a_token_does_not_speak_for_another_company),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
