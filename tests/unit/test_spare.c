/*
 * test_spare: the allocator under SQLite.
 */
#include "test.h"

#include "spare.h"

static void blocks_hold_what_was_asked(void **state)
{
	UNUSED(state);
	for (int n = 1; n < 9000; n += n < 100 ? 1 : 97) {
		char *p = spare_alloc(n);

		assert_non_null(p);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		assert_true(spare_size(p) >= n);
		assert_int_equal(spare_size(p), spare_round_up(n));
		memset(p, 'x', (size_t)spare_size(p));
		spare_free(p);
	}
}

static void a_small_block_is_given_out_again(void **state)
{
	char *one = spare_alloc(100), *two = spare_alloc(100), *other;

	UNUSED(state);
	assert_ptr_not_equal(one, two);
	spare_free(one);
	other = spare_alloc(1000);
	assert_ptr_not_equal(other, one);
	assert_ptr_equal(spare_alloc(97), one);
	spare_free(one);
	spare_free(two);
	assert_ptr_equal(spare_alloc(100), two);
	assert_ptr_equal(spare_alloc(100), one);
	spare_free(one);
	spare_free(two);
	spare_free(other);
}

static void growing_keeps_the_bytes(void **state)
{
	static const int sizes[] = { 10, 30, 33, 500, 2048, 2049, 5000, 100000 };
	char *p = spare_alloc(1);

	UNUSED(state);
	*p = 'a';
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		p = spare_realloc(p, sizes[i]);
		assert_non_null(p);
		assert_true(spare_size(p) >= sizes[i]);
		assert_int_equal(p[0], 'a');
		if (i > 0)
			assert_int_equal(p[sizes[i - 1] - 1], 'b');
		p[sizes[i] - 1] = 'b';
	}
	assert_ptr_equal(spare_realloc(p, 10), p);
	spare_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_hold_what_was_asked),
		cmocka_unit_test(a_small_block_is_given_out_again),
		cmocka_unit_test(growing_keeps_the_bytes),
	};

	return cmocka_run_group_tests_name("spare", tests, NULL, NULL);
}
