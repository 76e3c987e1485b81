/*
 * test_validity: what costs a contact its validity, what does not, and who is next.
 */
#include "test.h"

#include "validity.h"

static void only_a_bad_address_is_the_contacts_fault(void **state)
{
	static const struct {
		enum verdict_class class;
		enum verdict_perm perm;
		enum verdict_reason reason;
		enum validity_event want;
	} cases[] = {
		{ VERDICT_HARD, VERDICT_PERMANENT, REASON_USER, VALIDITY_ADDRESS_BAD },
		{ VERDICT_HARD, VERDICT_TEMPORARY, REASON_USER, VALIDITY_ADDRESS_BAD },
		{ VERDICT_HARD, VERDICT_PERMANENT, REASON_DOMAIN, VALIDITY_DOMAIN_BAD },
		{ VERDICT_SOFT, VERDICT_PERMANENT, REASON_FULL, VALIDITY_SOFT },
		{ VERDICT_SOFT, VERDICT_PERMANENT, REASON_DISABLED, VALIDITY_SOFT },
		{ VERDICT_SOFT, VERDICT_PERMANENT, REASON_POLICY, VALIDITY_NOT_ITS_FAULT },
		{ VERDICT_SOFT, VERDICT_PERMANENT, REASON_CONTENT, VALIDITY_NOT_ITS_FAULT },
		{ VERDICT_SOFT, VERDICT_PERMANENT, REASON_SIZE, VALIDITY_NOT_ITS_FAULT },
		{ VERDICT_SOFT, VERDICT_PERMANENT, REASON_RATE, VALIDITY_NOT_ITS_FAULT },
		{ VERDICT_SOFT, VERDICT_PERMANENT, REASON_OTHER, VALIDITY_SOFT },
		{ VERDICT_SOFT, VERDICT_TEMPORARY, REASON_NETWORK, VALIDITY_NOT_ITS_FAULT },
		{ VERDICT_CLASS_NONE, VERDICT_PERM_NONE, REASON_NONE, VALIDITY_NOT_ITS_FAULT },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(
		    validity_of_failure(cases[i].class, cases[i].perm, cases[i].reason),
		    cases[i].want);
}

static void states_move_and_come_back(void **state)
{
	static const struct {
		enum contact_state from;
		enum validity_event event;
		enum contact_state want;
		bool changed;
	} cases[] = {
		{ CONTACT_UNPROVEN, VALIDITY_ADDRESS_BAD, CONTACT_INVALID, true },
		{ CONTACT_PROVEN, VALIDITY_DOMAIN_BAD, CONTACT_INVALID, true },
		{ CONTACT_INVALID, VALIDITY_ADDRESS_BAD, CONTACT_INVALID, false },
		{ CONTACT_UNPROVEN, VALIDITY_SOFT, CONTACT_DOUBTFUL, true },
		{ CONTACT_PROVEN, VALIDITY_NOT_ITS_FAULT, CONTACT_PROVEN, false },
		{ CONTACT_INVALID, VALIDITY_ANSWERED, CONTACT_PROVEN, true },
		{ CONTACT_UNPROVEN, VALIDITY_SILENT, CONTACT_PROVEN, true },
		{ CONTACT_DOUBTFUL, VALIDITY_SILENT, CONTACT_PROVEN, true },
		{ CONTACT_INVALID, VALIDITY_SILENT, CONTACT_INVALID, false },
		{ CONTACT_INVALID, VALIDITY_SOFT, CONTACT_INVALID, false },
		{ CONTACT_PROVEN, VALIDITY_UNSUBSCRIBED, CONTACT_INVALID, true },
		{ CONTACT_INVALID, VALIDITY_UNSUBSCRIBED, CONTACT_INVALID, true },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct contact k = { .state = cases[i].from };
		struct validity_change c = validity_apply(&k, cases[i].event, 1000);

		assert_int_equal(c.state, cases[i].want);
		assert_int_equal(c.changed, cases[i].changed);
	}
}

static void soft_failures_add_up_and_fade(void **state)
{
	struct contact k = { .state = CONTACT_PROVEN };
	const int64_t day = 86400;

	UNUSED(state);
	for (int i = 1; i <= SOFT_LIMIT; i++) {
		struct validity_change c = validity_apply(&k, VALIDITY_SOFT, i * day);

		assert_int_equal(c.state, CONTACT_DOUBTFUL);
		assert_int_equal(c.score, i);
		k.state = c.state;
		k.score = c.score;
		k.score_at = i * day;
	}
	assert_int_equal(validity_apply(&k, VALIDITY_SOFT, 5 * day).state, CONTACT_INVALID);
	/* a year later the old ones are forgotten */
	assert_int_equal(validity_apply(&k, VALIDITY_SOFT, 400 * day).score, 1);
	/* a clock that stepped back forgets nothing and breaks nothing */
	assert_int_equal(validity_apply(&k, VALIDITY_SOFT, 0).score, SOFT_LIMIT + 1);
}

static void the_ladder_skips_and_ends(void **state)
{
	struct contact k[] = {
		{ .kind = CONTACT_MAIL, .state = CONTACT_INVALID },
		{ .kind = CONTACT_PHONE },
		{ .kind = CONTACT_MAIL, .state = CONTACT_DOUBTFUL },
		{ .kind = CONTACT_MAIL, .state = CONTACT_UNPROVEN },
		{ .kind = CONTACT_MAIL, .state = CONTACT_PROVEN },
	};
	struct ladder_contact list[5];

	UNUSED(state);
	for (int i = 0; i < 5; i++)
		list[i] = (struct ladder_contact){ &k[i], false };
	assert_int_equal(ladder_next(list, 5), 3);
	list[3].tried = true;
	assert_int_equal(ladder_next(list, 5), 4);
	list[4].tried = true;
	assert_int_equal(ladder_next(list, 5), 2);
	list[2].tried = true;
	assert_int_equal(ladder_next(list, 5), -1);
	assert_int_equal(ladder_next(NULL, 0), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_bad_address_is_the_contacts_fault),
		cmocka_unit_test(states_move_and_come_back),
		cmocka_unit_test(soft_failures_add_up_and_fade),
		cmocka_unit_test(the_ladder_skips_and_ends),
	};

	return cmocka_run_group_tests_name("validity", tests, NULL, NULL);
}
