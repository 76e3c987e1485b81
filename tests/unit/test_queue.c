/*
 * test_queue: when again, whose fault, which route.
 */
#include "test.h"

#include "queue.h"

enum { NOW = 1000000 };

static const struct queue_schedule plain = { .n = 3, .delay = { 80, 160, 800 }, .give_up = 5000 };

struct after_row {
	const char *name;
	enum outcome outcome;
	int attempts;
	int64_t give_up_at;
	uint32_t random;
	enum mail_state state;
	int64_t next_try;
};

static const struct after_row after_rows[] = {
	{ "accepted", OUTCOME_ACCEPTED, 1, NOW + 5000, 0, MAIL_ACCEPTED, 0 },
	{ "refused is final", OUTCOME_REFUSED, 1, NOW + 5000, 0, MAIL_REFUSED, 0 },
	{ "refused past its time is refused", OUTCOME_REFUSED, 1, NOW - 1, 0, MAIL_REFUSED, 0 },
	{ "first step, least", OUTCOME_DEFERRED, 1, NOW + 5000, 0, MAIL_DEFERRED, NOW + 70 },
	{ "first step, middle", OUTCOME_DEFERRED, 1, NOW + 5000, 0x80000000u, MAIL_DEFERRED,
	  NOW + 80 },
	{ "first step, most", OUTCOME_DEFERRED, 1, NOW + 5000, UINT32_MAX, MAIL_DEFERRED,
	  NOW + 89 },
	{ "second step", OUTCOME_DEFERRED, 2, NOW + 5000, 0x80000000u, MAIL_DEFERRED, NOW + 160 },
	{ "the last step repeats", OUTCOME_DEFERRED, 30, NOW + 5000, 0x80000000u, MAIL_DEFERRED,
	  NOW + 800 },
	{ "a count that cannot be", OUTCOME_DEFERRED, 0, NOW + 5000, 0x80000000u, MAIL_DEFERRED,
	  NOW + 80 },
	{ "one last try at the end", OUTCOME_DEFERRED, 3, NOW + 60, 0, MAIL_DEFERRED, NOW + 60 },
	{ "given up", OUTCOME_DEFERRED, 3, NOW, 0, MAIL_EXPIRED, 0 },
	{ "not tried waits its first step only", OUTCOME_NOT_TRIED, 9, NOW + 5000, 0x80000000u,
	  MAIL_DEFERRED, NOW + 80 },
	{ "not tried and given up", OUTCOME_NOT_TRIED, 9, NOW - 5, 0, MAIL_EXPIRED, 0 },
	{ "unknown is sent again", OUTCOME_UNKNOWN, 2, NOW + 5000, 0x80000000u, MAIL_UNKNOWN,
	  NOW + 160 },
	{ "unknown and given up", OUTCOME_UNKNOWN, 2, NOW, 0, MAIL_EXPIRED, 0 },
};

static void results_become_states_and_times(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(after_rows); i++) {
		const struct after_row *t = &after_rows[i];
		struct delivery d = { .attempts = t->attempts, .give_up_at = t->give_up_at };
		struct attempt_result r = { .outcome = t->outcome };
		struct queue_decision got =
			queue_after(&d, &r, &plain, QUEUE_UNKNOWN_RESEND, NOW, t->random);

		if (got.state != t->state || got.next_try != t->next_try)
			fail_msg("%s: %s, %" PRId64, t->name, mail_state_words[got.state],
			         got.next_try - NOW);
	}
}

static void unknown_can_be_left_to_a_person(void **state)
{
	struct delivery d = { .attempts = 1, .give_up_at = NOW + 5000 };
	struct attempt_result r = { .outcome = OUTCOME_UNKNOWN };

	UNUSED(state);
	assert_int_equal(queue_after(&d, &r, &plain, QUEUE_UNKNOWN_HOLD, NOW, 0).state, MAIL_HELD);
	r.outcome = OUTCOME_DEFERRED;
	assert_int_equal(queue_after(&d, &r, &plain, QUEUE_UNKNOWN_HOLD, NOW, 0).state,
	                 MAIL_DEFERRED);
}

static void our_own_check_leaves_it_to_a_person(void **state)
{
	struct delivery d = { .attempts = 1, .give_up_at = NOW + 5000 };
	struct attempt_result r = { .outcome = OUTCOME_REFUSED, .stage = "check" };

	UNUSED(state);
	assert_int_equal(queue_after(&d, &r, &plain, QUEUE_UNKNOWN_RESEND, NOW, 0).state,
	                 MAIL_HELD);
}

static void severe_mails_hurry(void **state)
{
	UNUSED(state);
	for (int s = SEVERITY_INFO; s <= SEVERITY_CRITICAL; s++) {
		const struct queue_schedule *now = queue_schedule_for((enum severity)s);

		assert_in_range(now->n, 1, QUEUE_STEPS);
		for (int i = 0; i < now->n; i++) {
			/* a greylist of five minutes must not see us before, whatever the jitter */
			assert_true(now->delay[i] - now->delay[i] / 8 > 300);
			assert_true(i == 0 || now->delay[i] >= now->delay[i - 1]);
		}
		assert_true(now->give_up > now->delay[now->n - 1]);
		if (s > SEVERITY_INFO) {
			const struct queue_schedule *milder =
				queue_schedule_for((enum severity)(s - 1));

			assert_true(now->delay[0] <= milder->delay[0]);
			assert_true(now->give_up <= milder->give_up);
		}
	}
	assert_ptr_equal(queue_schedule_for((enum severity)99),
	                 queue_schedule_for(SEVERITY_MEDIUM));
}

struct blame_row {
	enum outcome outcome;
	int code;
	const char *status, *stage;
	enum queue_blame blame;
};

static const struct blame_row blame_table[] = {
	{ OUTCOME_ACCEPTED, 250, "2.0.0", "dot", BLAME_NOBODY },
	{ OUTCOME_UNKNOWN, 0, "", "dot", BLAME_NOBODY },
	{ OUTCOME_NOT_TRIED, 0, "", "connect", BLAME_ROUTE },
	{ OUTCOME_NOT_TRIED, 535, "", "auth", BLAME_ROUTE },
	{ OUTCOME_REFUSED, 550, "5.1.1", "rcpt", BLAME_RECIPIENT },
	{ OUTCOME_REFUSED, 550, "5.2.1", "rcpt", BLAME_RECIPIENT },
	{ OUTCOME_REFUSED, 550, "", "rcpt", BLAME_RECIPIENT },
	{ OUTCOME_REFUSED, 550, "", "dot", BLAME_NOBODY },
	{ OUTCOME_REFUSED, 550, "5.7.1", "rcpt", BLAME_ROUTE },
	{ OUTCOME_REFUSED, 550, "5.7.18", "rcpt", BLAME_RECIPIENT },
	{ OUTCOME_REFUSED, 550, "5.1.8", "rcpt", BLAME_ROUTE },
	{ OUTCOME_REFUSED, 550, "5.4.4", "rcpt", BLAME_RECIPIENT },
	{ OUTCOME_REFUSED, 550, "5.4.6", "rcpt",
	  BLAME_NOBODY }, /* a loop behind the route pauses nothing here */
	{ OUTCOME_REFUSED, 554, "5.6.0", "dot", BLAME_MAIL },
	{ OUTCOME_REFUSED, 552, "5.3.4", "mail", BLAME_MAIL },
	{ OUTCOME_REFUSED, 552, "", "mail", BLAME_MAIL },
	{ OUTCOME_REFUSED, 554, "", "mail", BLAME_ROUTE },
	/* no recipient was named yet */
	{ OUTCOME_REFUSED, 550, "", "mail", BLAME_ROUTE },
	{ OUTCOME_REFUSED, 550, "5.1.1", "mail", BLAME_ROUTE },
	{ OUTCOME_REFUSED, 550, "5.1.2", "mail", BLAME_ROUTE },
	{ OUTCOME_REFUSED, 550, "5.2.1", "mail", BLAME_ROUTE },
	{ OUTCOME_REFUSED, 550, "5.4.4", "mail", BLAME_ROUTE },
	{ OUTCOME_REFUSED, 550, "5.4.6", "mail", BLAME_ROUTE },
	{ OUTCOME_REFUSED, 554, "5.6.3", "mail", BLAME_MAIL },
	{ OUTCOME_DEFERRED, 451, "4.1.1", "mail", BLAME_ROUTE },
	{ OUTCOME_REFUSED, 554, "", "dot", BLAME_NOBODY },
	{ OUTCOME_REFUSED, 0, "", "check", BLAME_MAIL },
	{ OUTCOME_DEFERRED, 450, "4.7.1", "rcpt", BLAME_NOBODY },
	{ OUTCOME_DEFERRED, 450, "4.2.0", "rcpt", BLAME_NOBODY },
	{ OUTCOME_DEFERRED, 450, "4.1.1", "rcpt", BLAME_RECIPIENT },
	{ OUTCOME_DEFERRED, 450, "", "rcpt", BLAME_NOBODY },
	{ OUTCOME_DEFERRED, 0, "", "rcpt", BLAME_NOBODY },
	/* the server is in trouble, or does not know us */
	{ OUTCOME_DEFERRED, 451, "4.3.5", "rcpt", BLAME_ROUTE },
	{ OUTCOME_DEFERRED, 451, "4.3.0", "rcpt", BLAME_ROUTE },
	{ OUTCOME_DEFERRED, 450, "4.1.8", "rcpt", BLAME_ROUTE },
	{ OUTCOME_DEFERRED, 530, "5.7.0", "rcpt", BLAME_ROUTE },
	{ OUTCOME_DEFERRED, 530, "", "rcpt", BLAME_ROUTE },
	{ OUTCOME_DEFERRED, 421, "4.3.2", "rcpt", BLAME_ROUTE },
	{ OUTCOME_DEFERRED, 451, "4.3.0", "mail", BLAME_ROUTE },
	{ OUTCOME_DEFERRED, 451, "4.3.0", "dot", BLAME_ROUTE },
	{ OUTCOME_DEFERRED, 530, "", "mail", BLAME_ROUTE },
	{ OUTCOME_DEFERRED, 0, "", "data", BLAME_ROUTE },
	{ OUTCOME_REFUSED, 550, "5.1.", "dot", BLAME_NOBODY },
	{ OUTCOME_REFUSED, 550, "5.1.1x", "dot", BLAME_NOBODY },
};

static void failures_blame_whom_they_speak_of(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(blame_table); i++) {
		const struct blame_row *t = &blame_table[i];
		struct attempt_result r = { .outcome = t->outcome, .code = t->code };

		snprintf(r.status, sizeof(r.status), "%s", t->status);
		snprintf(r.stage, sizeof(r.stage), "%s", t->stage);
		if (queue_blame(&r) != t->blame)
			fail_msg("%s %d %s at %s: %d", outcome_words[t->outcome], t->code,
			         t->status, t->stage, (int)queue_blame(&r));
	}
}

/* A breaker and what it is told. */
struct told {
	struct queue_breaker b;
	struct queue_breaker_policy policy;
};

static struct told fresh(void)
{
	return (struct told){ .policy = { .threshold = 3,
		                          .pause = 60,
		                          .pause_max = 200,
		                          .window = 16,
		                          .percent = 50 } };
}

static enum queue_breaker_news note(struct told *t, enum queue_blame blame, enum outcome outcome,
				    int64_t now)
{
	const struct queue_answer a = { .blame = blame, .outcome = outcome };

	return queue_breaker_note(&t->b, &t->policy, &a, now);
}

static enum queue_breaker_news blamed(struct told *t, int64_t now)
{
	return note(t, BLAME_ROUTE, OUTCOME_DEFERRED, now);
}

/* A recipient at that domain was refused, for policy. */
static enum queue_breaker_news denied(struct told *t, uint32_t domain, bool again, int64_t now)
{
	const struct queue_answer a = { .blame = BLAME_ROUTE,
					.outcome = OUTCOME_REFUSED,
					.again = again,
					.domain = domain };

	return queue_breaker_note(&t->b, &t->policy, &a, now);
}

static enum queue_breaker_news accepted(struct told *t, int64_t now)
{
	return note(t, BLAME_NOBODY, OUTCOME_ACCEPTED, now);
}

static enum queue_breaker_news refused(struct told *t, int64_t now)
{
	return note(t, BLAME_RECIPIENT, OUTCOME_REFUSED, now);
}

static enum queue_breaker_news greylisted(struct told *t, int64_t now)
{
	return note(t, BLAME_NOBODY, OUTCOME_DEFERRED, now);
}

static void a_breaker_opens_tries_and_closes(void **state)
{
	struct told t = fresh();

	UNUSED(state);
	assert_int_equal(queue_breaker_allows(&t.b, NOW, 50), 50);
	assert_int_equal(blamed(&t, NOW), BREAKER_NO_NEWS);
	assert_int_equal(blamed(&t, NOW), BREAKER_NO_NEWS);
	assert_int_equal(greylisted(&t, NOW), BREAKER_NO_NEWS); /* counting starts again */
	assert_int_equal(blamed(&t, NOW), BREAKER_NO_NEWS);
	assert_int_equal(blamed(&t, NOW), BREAKER_NO_NEWS);
	assert_int_equal(queue_breaker_allows(&t.b, NOW, 50), 50);
	assert_int_equal(blamed(&t, NOW), BREAKER_BLAMED);
	/* these were under way */
	assert_int_equal(blamed(&t, NOW + 5), BREAKER_NO_NEWS);
	assert_int_equal(accepted(&t, NOW + 5), BREAKER_NO_NEWS);
	assert_int_equal(t.b.open_until, NOW + 60);
	assert_int_equal(queue_breaker_allows(&t.b, NOW + 59, 50), 0);
	assert_int_equal(queue_breaker_allows(&t.b, NOW + 60, 50), 1);
	assert_int_equal(queue_breaker_allows(&t.b, NOW + 60, 0), 0);
	assert_int_equal(blamed(&t, NOW + 60), BREAKER_TRIAL_FAILED); /* twice as long */
	assert_int_equal(t.b.open_until, NOW + 60 + 120);
	assert_int_equal(blamed(&t, NOW + 180), BREAKER_TRIAL_FAILED);
	assert_int_equal(t.b.open_until, NOW + 180 + 200);
	/* the far side speaks of the address again and not of us */
	assert_int_equal(refused(&t, NOW + 380), BREAKER_TRIAL_PASSED);
	assert_int_equal(blamed(&t, NOW + 381), BREAKER_NO_NEWS);
}

static void what_was_refused_before_makes_no_pause_longer(void **state)
{
	struct told t = fresh();
	int64_t now = NOW;

	UNUSED(state);
	for (uint32_t i = 1; i <= 2; i++)
		assert_int_equal(denied(&t, i, false, now), BREAKER_NO_NEWS);
	assert_int_equal(denied(&t, 3, false, now), BREAKER_BLAMED);
	/* nothing else is there to try */
	for (uint32_t i = 1; i <= 3; i++) {
		now = t.b.open_until;
		assert_int_equal(denied(&t, i, true, now), BREAKER_TRIAL_FAILED);
		assert_int_equal(t.b.open_until, now + 60);
	}
	now = t.b.open_until;
	assert_int_equal(accepted(&t, now), BREAKER_TRIAL_PASSED);
	/* others are accepted */
	for (uint32_t i = 0; i < 100; i++)
		assert_int_equal(denied(&t, 1 + i % 3, true, now + 200), BREAKER_NO_NEWS);
	/* none were for a while, and there may be a backup that takes these */
	now += 201;
	for (uint32_t i = 1; i <= 2; i++)
		assert_int_equal(denied(&t, i, true, now), BREAKER_NO_NEWS);
	assert_int_equal(denied(&t, 3, true, now), BREAKER_BLAMED);
	assert_int_equal(t.b.open_until, now + 60);
	/* one that is new does */
	now = t.b.open_until;
	assert_int_equal(denied(&t, 4, false, now), BREAKER_TRIAL_FAILED);
	assert_int_equal(t.b.open_until, now + 120);
}

static void what_is_said_again_counts_in_no_share(void **state)
{
	struct told t = fresh();

	UNUSED(state);
	t.policy.threshold = 1000;
	for (uint32_t i = 0; i < 100; i++)
		assert_int_equal(denied(&t, 1 + i % 3, true, NOW), BREAKER_NO_NEWS);
	t = fresh();
	/* a single mail that is refused whenever it is tried, and no other that is accepted */
	assert_int_equal(denied(&t, 1, false, NOW), BREAKER_NO_NEWS);
	assert_int_equal(denied(&t, 1, true, NOW), BREAKER_NO_NEWS);
	assert_int_equal(denied(&t, 1, true, NOW), BREAKER_BLAMED);
}

static void one_domain_is_not_the_route(void **state)
{
	struct told t = fresh();

	UNUSED(state);
	for (int i = 0; i < 100; i++)
		assert_int_equal(denied(&t, 7, false, NOW), BREAKER_NO_NEWS);
	assert_int_equal(denied(&t, 8, false, NOW), BREAKER_NO_NEWS);
	assert_int_equal(denied(&t, 8, false, NOW), BREAKER_NO_NEWS);
	assert_int_equal(denied(&t, 7, false, NOW), BREAKER_BLAMED);
	assert_int_equal(denied(&t, 7, false, NOW + 60), BREAKER_TRIAL_FAILED);
	assert_int_equal(t.b.open_until, NOW + 60 + 60);
	/* what is said of no recipient always counts */
	t = fresh();
	for (int i = 0; i < 2; i++)
		assert_int_equal(blamed(&t, NOW), BREAKER_NO_NEWS);
	assert_int_equal(blamed(&t, NOW), BREAKER_BLAMED);
}

static void a_share_of_refusals_opens_and_is_strict(void **state)
{
	struct told t = fresh();

	UNUSED(state);
	for (int i = 0; i < 15; i++)
		assert_int_equal(i % 2 ? refused(&t, NOW) : accepted(&t, NOW), BREAKER_NO_NEWS);
	assert_int_equal(refused(&t, NOW), BREAKER_SHARE);
	assert_int_equal(t.b.open_until, NOW + 60);
	/* one mail; what is put off says nothing, the next one is tried */
	assert_int_equal(greylisted(&t, NOW + 60), BREAKER_NO_NEWS);
	assert_int_equal(queue_breaker_allows(&t.b, NOW + 60, 50), 1);
	/* any refusal fails */
	assert_int_equal(refused(&t, NOW + 61), BREAKER_TRIAL_FAILED);
	assert_int_equal(t.b.open_until, NOW + 61 + 120);
	assert_int_equal(accepted(&t, NOW + 181), BREAKER_TRIAL_PASSED);
	/* four answers are enough to open it again, for still longer */
	for (int i = 0; i < 3; i++)
		assert_int_equal(i % 2 ? refused(&t, NOW + 182) : accepted(&t, NOW + 182),
		                 BREAKER_NO_NEWS);
	assert_int_equal(refused(&t, NOW + 182), BREAKER_SHARE);
	assert_int_equal(t.b.open_until, NOW + 182 + 200);
}

static void behind_a_trial_mails_go_slowly_at_first(void **state)
{
	struct told t = fresh();
	int allowed = 2;

	UNUSED(state);
	for (int i = 0; i < 3; i++)
		blamed(&t, NOW);
	assert_int_equal(accepted(&t, NOW + 60), BREAKER_TRIAL_PASSED);
	assert_int_equal(queue_breaker_allows(&t.b, NOW + 60, 500), allowed);
	assert_int_equal(queue_breaker_allows(&t.b, NOW + 60, 1), 1);
	while (allowed < 64) {
		assert_int_equal(greylisted(&t, NOW + 61), BREAKER_NO_NEWS); /* no faster for it */
		assert_int_equal(accepted(&t, NOW + 61), BREAKER_NO_NEWS);
		assert_int_equal(queue_breaker_allows(&t.b, NOW + 61, 500), ++allowed);
	}
	assert_int_equal(accepted(&t, NOW + 62), BREAKER_NO_NEWS);
	assert_int_equal(queue_breaker_allows(&t.b, NOW + 62, 500), 500);
	/* it did well for a window: the next pause is a first one again */
	for (int i = 0; i < 3; i++)
		blamed(&t, NOW + 63);
	assert_int_equal(t.b.open_until, NOW + 63 + 60);
}

static void a_pause_outlives_its_process(void **state)
{
	static const struct {
		int64_t pause, next;
	} cases[] = { { 60, 120 }, { 120, 200 }, { 200, 200 }, { 10, 120 }, { 86400, 200 } };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct told t = fresh();

		queue_breaker_restore(&t.b, &t.policy, NOW + 30, cases[i].pause);
		assert_int_equal(queue_breaker_allows(&t.b, NOW + 29, 50), 0);
		assert_int_equal(queue_breaker_allows(&t.b, NOW + 30, 50), 1);
		assert_int_equal(refused(&t, NOW + 30), BREAKER_TRIAL_FAILED);
		assert_int_equal(t.b.open_until, NOW + 30 + cases[i].next);
		queue_breaker_pass(&t.b);
		assert_int_equal(queue_breaker_allows(&t.b, NOW + 30, 50), 2);
	}
}

static void a_clock_set_back_does_not_hide_the_trial(void **state)
{
	struct told t = fresh();

	UNUSED(state);
	for (int i = 0; i < 3; i++)
		blamed(&t, NOW);
	assert_int_equal(accepted(&t, NOW - 3600), BREAKER_TRIAL_PASSED);
}

static void without_a_share_only_blame_opens(void **state)
{
	struct told t = fresh();

	UNUSED(state);
	t.policy.percent = 0;
	for (int i = 0; i < 100; i++)
		assert_int_equal(refused(&t, NOW), BREAKER_NO_NEWS);
}

static void never_begun_goes_at_once(void **state)
{
	static const char *const stages[] = { "connect", "tls", "auth", "session" };
	struct delivery d = { .attempts = 3, .give_up_at = NOW + 5000 };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(stages); i++) {
		struct attempt_result r = { .outcome = OUTCOME_NOT_TRIED };
		struct queue_decision got;

		snprintf(r.stage, sizeof(r.stage), "%s", stages[i]);
		got = queue_after(&d, &r, &plain, QUEUE_UNKNOWN_RESEND, NOW, 0);
		assert_int_equal(got.state, MAIL_DEFERRED);
		assert_int_equal(got.next_try, NOW);
		got = queue_after(&d, &r, &plain, QUEUE_UNKNOWN_RESEND, NOW + 5000, 0);
		assert_int_equal(got.state, MAIL_EXPIRED);
	}
}

static void share_of_refusals_counts_the_latest(void **state)
{
	struct queue_share s = { 0, 0 };

	UNUSED(state);
	for (int i = 0; i < 100; i++)
		assert_false(queue_share_note(&s, 10, 50, false));
	for (int i = 0; i < 4; i++)
		assert_false(queue_share_note(&s, 10, 50, true));
	assert_false(queue_share_note(&s, 10, 50, false));
	assert_true(queue_share_note(&s, 10, 50, true));
	/* then it has seen nothing */
	for (int i = 0; i < 9; i++)
		assert_false(queue_share_note(&s, 10, 50, true));
	assert_true(queue_share_note(&s, 10, 50, true));
	for (int i = 0; i < 63; i++)
		assert_false(queue_share_note(&s, 64, 100, true));
	assert_true(queue_share_note(&s, 64, 100, true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_become_states_and_times),
		cmocka_unit_test(unknown_can_be_left_to_a_person),
		cmocka_unit_test(our_own_check_leaves_it_to_a_person),
		cmocka_unit_test(severe_mails_hurry),
		cmocka_unit_test(failures_blame_whom_they_speak_of),
		cmocka_unit_test(a_breaker_opens_tries_and_closes),
		cmocka_unit_test(what_was_refused_before_makes_no_pause_longer),
		cmocka_unit_test(what_is_said_again_counts_in_no_share),
		cmocka_unit_test(one_domain_is_not_the_route),
		cmocka_unit_test(a_share_of_refusals_opens_and_is_strict),
		cmocka_unit_test(behind_a_trial_mails_go_slowly_at_first),
		cmocka_unit_test(a_pause_outlives_its_process),
		cmocka_unit_test(a_clock_set_back_does_not_hide_the_trial),
		cmocka_unit_test(without_a_share_only_blame_opens),
		cmocka_unit_test(never_begun_goes_at_once),
		cmocka_unit_test(share_of_refusals_counts_the_latest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
