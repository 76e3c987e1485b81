/* Unit tests of cli/progress: what the line says.  That it appears is tests/e2e/progress.py. */
#include "base.h"

#include <unistd.h>

#include "progress.h"
#include "test.h"

static void the_line_tells_how_far_and_how_long(void **state)
{
	static const struct {
		uint64_t done, total;
		int64_t spent_ms;
		const char *want;
	} cases[] = {
		{ 1200, 5000, 4000, "warn: 1200 of 5000, 13 s left (300 a second)" },
		{ 1200, 0, 4000, "warn: 1200 (300 a second)" },
		{ 5000, 5000, 4000, "warn: 5000 of 5000 (1250 a second)" },
		{ 5001, 5000, 4000, "warn: 5001 (1250 a second)" },
		{ 0, 5000, 4000, "warn: 0 of 5000 (0.0 a second)" },
		{ 0, 5000, 0, "warn: 0 of 5000 (0.0 a second)" },
		{ 10, 5000, 4000, "warn: 10 of 5000, 33 min left (2.5 a second)" },
		{ 10, 5000, 400000, "warn: 10 of 5000, 55 h left (0.0 a second)" },
		{ 1, UINT64_MAX, 1000, "warn: 1 of 18446744073709551615, 5124095576030431 h left"
		  " (1.0 a second)" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct progress p = { .what = "warn", .started_ms = 7000,
			                    .done = cases[i].done, .total = cases[i].total,
			                    .fd = -1 };
		struct buf line = BUF_INIT;

		progress_line(&line, &p, 7000 + cases[i].spent_ms);
		assert_string_equal(line.s, cases[i].want);
		buf_clear(&line);
	}
}

/* Stopped before its end: how many, and nothing about the rest. */
static void the_last_line_promises_nothing(void **state)
{
	const struct progress p = { .what = "deliver", .done = 149, .total = 150, .fd = -1,
		                    .over = true };
	struct buf line = BUF_INIT;

	UNUSED(state);
	progress_line(&line, &p, 5000);
	assert_string_equal(line.s, "deliver: 149 of 150 (30 a second)");
	buf_clear(&line);
}

static void the_total_of_a_file_is_a_guess(void **state)
{
	struct progress p = { .what = "intake", .done = 500, .total = 1000, .fd = 0 };
	struct buf line = BUF_INIT;

	UNUSED(state);
	progress_line(&line, &p, 5000);
	assert_string_equal(line.s, "intake: 500 of about 1000, 5 s left (100 a second)");
	buf_clear(&line);
}

/* Standard error of a test is no terminal: the last number is kept and nothing is shown. */
static void without_a_terminal_it_only_counts(void **state)
{
	struct progress p;

	UNUSED(state);
	if (isatty(STDERR_FILENO))
		return;
	progress_start(&p, "match", 10);
	p.started_ms -= 60000;
	progress_show_of(&p, 3, 20);
	assert_int_equal(p.done, 3);
	assert_int_equal(p.total, 20);
	assert_false(p.shown);
	progress_hide(&p);
	progress_end(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_line_tells_how_far_and_how_long),
		cmocka_unit_test(the_last_line_promises_nothing),
		cmocka_unit_test(the_total_of_a_file_is_a_guess),
		cmocka_unit_test(without_a_terminal_it_only_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
