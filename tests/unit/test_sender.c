/*
 * test_sender: what a sender has written into its page, and when, as the mail server sees it.
 *
 * The sender runs in a child; the test is its dispatcher at one end and its mail server at the
 * other, so that it can look at the page while the sender must wait for it.
 */
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sender.h"
#include "shared.h"
#include "wire.h"

enum { LINE = 1024, PATIENCE = 60, FIRST = 71, SECOND = 72 };

struct stage {
	struct channel ch; /* to the sender */
	struct sender_page *page;
	int listener, peer; /* as its mail server */
	FILE *in;
	pid_t child;
};

static int listen_somewhere(int *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, size) < 0 || listen(fd, 1) < 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &size) < 0)
		return -1;
	*port = ntohs(a.sin_port);
	return fd;
}

static void give(struct stage *s, enum sender_message type, const struct buf *b)
{
	struct err e = ERR_INIT;

	channel_queue(&s->ch, type, b);
	assert_int_equal(channel_flush(&s->ch, &e), 0);
}

static void give_route(struct stage *s, int port)
{
	const struct deliver_route r = { .host = "127.0.0.1",
		                         .port = port,
		                         .tls = TLS_NONE,
		                         .tls_name = "",
		                         .ca_file = "",
		                         .user = "",
		                         .password = "",
		                         .helo = "gateway.example.nl",
		                         .mails_per_session = 10,
		                         .timeout = PATIENCE };
	struct buf b = BUF_INIT;

	sender_put_route(&b, &r);
	give(s, SENDER_ROUTE, &b);
	buf_clear(&b);
}

static void give_mail(struct stage *s, int64_t id)
{
	static const char bytes[] = "Date: Sun, 22 Nov 2026 12:00:00 +0000\r\nFrom: a@example.nl\r\n"
				    "To: b@example.nl\r\nMessage-ID: <1@example.nl>\r\n\r\nHoi\r\n";
	const struct delivery d = { .id = id,
		                    .env_from = "a@example.nl",
		                    .env_to = "b@example.nl",
		                    .message_id = "<1@example.nl>",
		                    .envid = "",
		                    .bytes = bytes,
		                    .len = sizeof(bytes) - 1 };
	struct buf b = BUF_INIT;

	sender_put_mail(&b, &d);
	give(s, SENDER_MAIL, &b);
	buf_clear(&b);
}

static void give_end(struct stage *s)
{
	const struct buf none = BUF_INIT;

	give(s, SENDER_END, &none);
}

static int open_stage(void **state)
{
	struct stage *s = xcalloc(1, sizeof(*s));
	struct err e = ERR_INIT;
	void *page = NULL;
	int pair[2], shared = -1, port = 0;

	alarm(PATIENCE); /* a sender that waits for ever fails the test */
	if ((s->listener = listen_somewhere(&port)) < 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0 ||
	    shared_create(&page, &shared, sizeof(*s->page), &e) < 0 || (s->child = fork()) < 0)
		return -1;
	if (s->child == 0) {
		close(pair[0]);
		close(s->listener);
		_exit(sender_main(pair[1], shared));
	}
	close(pair[1]);
	close(shared);
	s->page = page;
	channel_init(&s->ch, pair[0]);
	give_route(s, port);
	*state = s;
	return 0;
}

static int close_stage(void **state)
{
	struct stage *s = *state;
	int status = -1;

	if (s->in != NULL)
		fclose(s->in);
	close(s->listener);
	channel_clear(&s->ch);
	shared_close(s->page, sizeof(*s->page));
	waitpid(s->child, &status, 0);
	free(s);
	return status == 0 ? 0 : -1;
}

/* ---- as its mail server */

static void answer(struct stage *s, const char *line)
{
	assert_int_equal(send(s->peer, line, strlen(line), MSG_NOSIGNAL), strlen(line));
}

/* Reads lines until one that starts with word. */
static void await(struct stage *s, const char *word)
{
	char line[LINE];

	do {
		assert_non_null(fgets(line, sizeof(line), s->in));
	} while (strncmp(line, word, strlen(word)) != 0);
}

static void await_connection(struct stage *s)
{
	s->peer = accept(s->listener, NULL, NULL);
	assert_true(s->peer >= 0);
	s->in = fdopen(s->peer, "r");
	assert_non_null(s->in);
	answer(s, "220 mx.example.nl ESMTP\r\n");
	await(s, "EHLO");
	answer(s, "250 mx.example.nl\r\n");
}

/* Up to the moment where the sender waits for leave to send the body. */
static void await_data(struct stage *s)
{
	await(s, "MAIL");
	answer(s, "250 ok\r\n");
	await(s, "RCPT");
	answer(s, "250 ok\r\n");
	await(s, "DATA");
}

static void end_session(struct stage *s)
{
	await(s, "QUIT");
	answer(s, "221 bye\r\n");
}

/* ---- as its dispatcher */

static uint32_t next_message(struct stage *s, struct span *payload)
{
	struct err e = ERR_INIT;
	uint32_t type = 0;

	while (channel_next(&s->ch, &type, payload, &e) == 0)
		assert_int_equal(channel_fill(&s->ch, &e), 1);
	return type;
}

static void expect_result(struct stage *s, int64_t id, enum outcome outcome)
{
	struct attempt_result r;
	struct span payload;

	assert_int_equal(next_message(s, &payload), SENDER_RESULT);
	assert_true(sender_get_result(payload, &r));
	assert_int_equal(r.delivery_id, id);
	assert_int_equal(r.outcome, outcome);
}

static void expect_the_end(struct stage *s)
{
	struct span payload;

	assert_int_equal(next_message(s, &payload), SENDER_CLOSING);
	end_session(s);
	assert_int_equal(next_message(s, &payload), SENDER_SESSION);
}

/* ---- the tests */

static void page_says_body_end_before_the_dot_is_on_its_way(void **state)
{
	struct stage *s = *state;

	give_mail(s, FIRST);
	give_mail(s, SECOND);
	give_end(s);
	await_connection(s);
	for (int64_t id = FIRST; id <= SECOND; id++) {
		await_data(s);
		assert_int_equal(s->page->body_end, 0);
		answer(s, "354 go on\r\n");
		await(s, ".\r\n");
		assert_int_equal(s->page->body_end, id);
		answer(s, id == FIRST ? "250 taken\r\n" : "451 later\r\n");
		expect_result(s, id, id == FIRST ? OUTCOME_ACCEPTED : OUTCOME_DEFERRED);
	}
	expect_the_end(s);
	assert_int_equal(s->page->body_end, 0);
}

static void every_step_counts(void **state)
{
	struct stage *s = *state;
	uint32_t before;

	give_mail(s, FIRST);
	give_end(s);
	await_connection(s);
	await(s, "MAIL");
	before = s->page->steps;
	assert_int_equal(s->page->begun, 0);
	answer(s, "250 ok\r\n");
	await(s, "RCPT");
	assert_int_not_equal(s->page->steps, before);
	assert_int_equal(s->page->begun, FIRST);
	before = s->page->steps;
	answer(s, "250 ok\r\n");
	await(s, "DATA");
	answer(s, "354 go on\r\n");
	await(s, ".\r\n");
	assert_int_not_equal(s->page->steps, before);
	answer(s, "250 taken\r\n");
	expect_result(s, FIRST, OUTCOME_ACCEPTED);
	expect_the_end(s);
	assert_int_equal(s->page->begun, 0);
}

static void stop_in_the_page_ends_a_busy_sender_behind_its_mail(void **state)
{
	struct stage *s = *state;

	give_mail(s, FIRST);
	give_mail(s, SECOND);
	await_connection(s);
	await_data(s);
	answer(s, "354 go on\r\n");
	await(s, ".\r\n");
	atomic_store(&s->page->stop, 1);
	answer(s, "250 taken\r\n");
	expect_result(s, FIRST, OUTCOME_ACCEPTED);
	expect_the_end(s); /* one that went on would say nothing before its next MAIL is answered */
}

#define SENDER_TEST(f) cmocka_unit_test_setup_teardown(f, open_stage, close_stage)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SENDER_TEST(page_says_body_end_before_the_dot_is_on_its_way),
		SENDER_TEST(every_step_counts),
		SENDER_TEST(stop_in_the_page_ends_a_busy_sender_behind_its_mail),
	};

	return cmocka_run_group_tests_name("sender", tests, NULL, NULL);
}
