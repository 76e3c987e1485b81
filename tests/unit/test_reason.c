/*
 * test_reason: what mail servers refuse with, against who is to blame.
 */
#include "test.h"

#include <stdlib.h>

#include "buf.h"
#include "codes.h"
#include "fdio.h"
#include "reason.h"
#include "reason_words.h"

static bool blames_address(struct arena *a, struct span text)
{
	char *copy = exact_copy(text.p, span_len(text));
	struct span s = span_of(copy, span_len(text));
	struct codes codes = { 0 };
	struct reason why;
	struct hay h;

	codes_find(&codes, s);
	hay_init(&h, a, s);
	why = reason_find(&h, &codes);
	free(copy);
	return why.reason == REASON_USER || why.reason == REASON_DOMAIN;
}

static void refusals_blame_the_right_one(void **state)
{
	const char *top = getenv("top_srcdir");
	struct arena a = ARENA_INIT;
	struct buf table = BUF_INIT;
	struct err e = ERR_INIT;
	struct span rest, line, want;
	int n = 0, wrong = 0;

	UNUSED(state);
	assert_int_equal(file_read(&table,
				   arena_printf(&a, "%s/tests/data/refusals.tsv", top ? top : "."),
				   1 << 20, &e),
			 0);
	rest = span_of(table.s, table.len);
	while (span_line(&rest, &line)) {
		if (span_empty(line) || *line.p == '#')
			continue;
		assert_true(span_until(&line, '\t', &want));
		n++;
		if (blames_address(&a, line) == span_equals_str(want, "hard"))
			continue;
		print_message("not %.*s: %.*s\n", (int)span_len(want), want.p,
			      (int)span_len(line), line.p);
		wrong++;
	}
	assert_true(n > 200);
	assert_int_equal(wrong, 0);
	buf_clear(&table);
	arena_clear(&a);
}

static void words_count_near_each_other(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "the recipient could not be located", "words: no such address" },
		{ "could not be located: the network of the one who is the recipient", NULL },
		{ "the sender does not exist", "words: sender distrusted" },
		{ "our box for this account is bursting", "words: mailbox full" },
		{ "nothing to see", NULL },
		{ "", NULL },
	};
	struct arena a = ARENA_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		enum verdict_reason reason = REASON_NONE;
		struct hay h;
		const char *got;

		hay_init(&h, &a, span_str(cases[i].text));
		got = reason_words(&h, &reason);
		if (got == NULL || cases[i].want == NULL)
			assert_ptr_equal(got, cases[i].want);
		else
			assert_string_equal(got, cases[i].want);
		assert_int_equal(reason != REASON_NONE, got != NULL);
	}
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refusals_blame_the_right_one),
		cmocka_unit_test(words_count_near_each_other),
	};

	return cmocka_run_group_tests_name("reason", tests, NULL, NULL);
}
