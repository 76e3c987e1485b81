/*
 * test_dispatch_route: how many mails a route may be given, by its rate.
 */
#include "test.h"

#include "dispatch_private.h"

/* Mails that go within so many seconds, where there is always one more to go. */
static int sent_at_rate(int rate, int64_t seconds, int64_t every_ms)
{
	const struct conf_route c = { .name = "smarthost", .rate = rate };
	struct route_state r = { .conf = &c };
	const int64_t start = 86400000;
	int sent = 0;

	for (int64_t now = start; now < start + seconds * 1000; now += every_ms)
		for (int room = route_allowance(&r, 10, now); room > 0; room--) {
			route_spend(&r);
			sent++;
		}
	return sent;
}

static void the_rate_is_met_however_often_it_is_asked(void **state)
{
	static const int rates[] = { 1, 7, 59, 60, 600, 100000 };
	static const int64_t every[] = { 1, 5, 50, 200, 999 };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(rates); i++)
		for (size_t k = 0; k < ARRAY_SIZE(every); k++) {
			int sent = sent_at_rate(rates[i], 240, every[k]);
			/* one, and a second's worth, at once; no more than ten are asked for */
			int most = 4 * rates[i] + 1 + rates[i] / 60, least = 4 * rates[i];
			int asked = (int)(10 * ((240000 + every[k] - 1) / every[k]));

			least = least < asked ? least : asked;
			if (sent > most || sent < least - rates[i] / 60)
				fail_msg("rate %d asked every %d ms: %d mails in 4 minutes",
					 rates[i], (int)every[k], sent);
		}
}

static void without_a_rate_all_may_go(void **state)
{
	const struct conf_route c = { .name = "smarthost" };
	struct route_state r = { .conf = &c };

	UNUSED(state);
	assert_int_equal(route_allowance(&r, 64, 1000), 64);
	route_spend(&r);
	assert_int_equal(route_allowance(&r, 64, 1000), 64);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rate_is_met_however_often_it_is_asked),
		cmocka_unit_test(without_a_rate_all_may_go),
	};

	return cmocka_run_group_tests_name("dispatch_route", tests, NULL, NULL);
}
