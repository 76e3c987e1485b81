/*
 * test_wire: messages survive the trip, and hostile ones are refused.
 */
#include "test.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire.h"

static void values_come_back(void **state)
{
	struct buf b = BUF_INIT;
	struct span s;
	const char *text;
	const void *p;
	int64_t v;
	size_t n;

	UNUSED(state);
	wire_put_int(&b, -7);
	wire_put_text(&b, "zeven");
	wire_put_text(&b, NULL);
	wire_put_bytes(&b, "a\0b", 3);
	s = span_of(b.s, b.len);
	assert_true(wire_get_int(&s, &v) && v == -7);
	assert_true(wire_get_text(&s, &text));
	assert_string_equal(text, "zeven");
	assert_true(wire_get_text(&s, &text));
	assert_string_equal(text, "");
	assert_true(wire_get_bytes(&s, &p, &n) && n == 3);
	assert_memory_equal(p, "a\0b", 3);
	assert_true(span_empty(s));
	assert_false(wire_get_int(&s, &v));
	buf_clear(&b);
}

static void hostile_lengths_are_refused(void **state)
{
	static const int64_t lengths[] = { -1, 9, INT64_MAX, INT64_MIN };
	const char *text;
	const void *p;
	size_t n;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
		struct buf b = BUF_INIT;
		struct span s;

		wire_put_int(&b, lengths[i]);
		buf_add(&b, "12345678", 8);
		s = span_of(b.s, b.len);
		assert_false(wire_get_bytes(&s, &p, &n));
		assert_int_equal(span_len(s), b.len);
		buf_clear(&b);
	}
	for (int k = 0; k < 3; k++) { /* no NUL, a NUL inside, empty */
		static const char *const bytes[] = { "abc", "a\0c", "" };
		static const size_t len[] = { 3, 4, 0 };
		struct buf b = BUF_INIT;
		struct span s;

		wire_put_bytes(&b, bytes[k], len[k]);
		s = span_of(b.s, b.len);
		assert_false(wire_get_text(&s, &text));
		buf_clear(&b);
	}
}

static void messages_cross_a_socket(void **state)
{
	struct channel a, b;
	struct err e = ERR_INIT;
	struct buf m = BUF_INIT;
	struct span payload;
	uint32_t type;
	int fd[2], seen = 0, rc;

	UNUSED(state);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	assert_int_equal(fcntl(fd[0], F_SETFL, O_NONBLOCK), 0);
	assert_int_equal(fcntl(fd[1], F_SETFL, O_NONBLOCK), 0);
	channel_init(&a, fd[0]);
	channel_init(&b, fd[1]);
	for (int i = 0; i < 300; i++)
		buf_addstr(&m, "0123456789");
	for (uint32_t i = 0; i < 500; i++)
		channel_queue(&a, i, &m);
	for (int turn = 0; seen < 500 && turn < 10000; turn++) {
		assert_int_equal(channel_flush(&a, &e), 0);
		rc = channel_fill(&b, &e);
		assert_true(rc == 1 || rc == ERR_TEMP);
		while ((rc = channel_next(&b, &type, &payload, &e)) == 1) {
			assert_int_equal(type, seen++);
			assert_int_equal(span_len(payload), 3000);
		}
		assert_int_equal(rc, 0);
	}
	assert_int_equal(seen, 500);
	channel_clear(&a);
	assert_int_equal(channel_fill(&b, &e), 0);
	channel_clear(&b);
	buf_clear(&m);
}

/* A question longer than the socket takes at once, and the ways it can end. */
static void questions_are_answered_or_end(void **state)
{
	enum { DEADLINE_MS = 30 };
	struct channel a, b;
	struct err e = ERR_INIT;
	struct buf m = BUF_INIT;
	struct span payload;
	uint32_t type = 0;
	int fd[2];

	UNUSED(state);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	assert_int_equal(fcntl(fd[0], F_SETFL, O_NONBLOCK), 0);
	channel_init(&a, fd[0]);
	channel_init(&b, fd[1]);
	buf_addstr(&m, "answer");
	channel_queue(&b, 7, &m);
	assert_int_equal(channel_flush(&b, &e), 0);
	while (m.len < 1000000)
		buf_addstr(&m, "0123456789");
	channel_queue(&a, 1, &m);
	assert_int_equal(channel_ask(&a, DEADLINE_MS, &type, &payload, &e), 1);
	assert_int_equal(type, 7);
	assert_true(span_equals_str(payload, "answer"));
	assert_int_equal(channel_ask(&a, DEADLINE_MS, &type, &payload, &e), ERR_TEMP);
	assert_string_equal(e.text, "no answer within 30 ms");
	assert_true(channel_has_output(&a));
	assert_false(channel_has_input(&a));
	channel_clear(&b);
	assert_true(channel_has_input(&a));
	assert_true(channel_ask(&a, DEADLINE_MS, &type, &payload, &e) <= 0);
	channel_clear(&a);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	channel_init(&a, fd[0]);
	close(fd[1]);
	assert_int_equal(channel_ask(&a, DEADLINE_MS, &type, &payload, &e), 0);
	channel_clear(&a);
	buf_clear(&m);
}

static void a_huge_message_is_refused(void **state)
{
	static const uint32_t head[2] = { 0xffffffff, 1 };
	struct channel c;
	struct err e = ERR_INIT;
	struct span payload;
	uint32_t type;

	UNUSED(state);
	channel_init(&c, -1);
	buf_add(&c.in, head, sizeof(head));
	assert_int_equal(channel_next(&c, &type, &payload, &e), ERR_INPUT);
	channel_clear(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_come_back),
		cmocka_unit_test(hostile_lengths_are_refused),
		cmocka_unit_test(messages_cross_a_socket),
		cmocka_unit_test(questions_are_answered_or_end),
		cmocka_unit_test(a_huge_message_is_refused),
	};

	return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
