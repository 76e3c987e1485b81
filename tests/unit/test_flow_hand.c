/*
 * test_flow_hand: what follows from a person's decision about a mail, a contact, a company.
 */
#include "test.h"

#include "flow_hand.h"
#include "flow_world.h"
#include "store_mail.h"
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(last_mail_cancelled_is_for_a_person),
		cmocka_unit_test(another_mail_under_way_is_enough),
		cmocka_unit_test(company_that_was_told_needs_no_call),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
