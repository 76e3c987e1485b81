/*
 * test_worker: what the dispatcher believes of a sender that talks, falls silent, dies or is
 * killed.
 *
 * The test plays the sender at the other end of the socket; the process to be killed is a child
 * that does nothing.
 */
#include "test.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dispatch_private.h"
#include "sender.h"
#include "shared.h"
#include "spawn.h"

enum { MAILS = 3 };

struct stage {
	struct worker *w;
	int sender; /* the sender's end */
	pid_t child;
	struct pending_list results;
};

/* Before there is a socket, so that it holds no end of it. */
static pid_t idle_child(void)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	alarm(60); /* whatever becomes of the test */
	for (;;)
		pause();
}

static int open_stage(void **state)
{
	struct stage *s = xcalloc(1, sizeof(*s));
	struct err e = ERR_INIT;
	void *page = NULL;
	int pair[2], shared = -1;

	s->w = xcalloc(1, sizeof(*s->w));
	if (shared_create(&page, &shared, sizeof(*s->w->page), &e) < 0)
		return -1;
	close(shared);
	s->w->page = page;
	s->w->pid = s->child = idle_child();
	if (s->child < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0 ||
	    fcntl(pair[0], F_SETFL, O_NONBLOCK) < 0)
		return -1;
	channel_init(&s->w->ch, pair[0]);
	s->w->window = WORKER_WINDOW_LEAST;
	s->sender = pair[1];
	for (int i = 1; i <= MAILS; i++) {
		struct delivery d = { .id = i,
				      .env_from = "a@example.nl",
				      .env_to = "b@example.nl",
				      .message_id = "<1>",
				      .envid = "",
				      .bytes = "x",
				      .len = 1,
				      .lease_no = 7 };

		worker_give(s->w, &d, 1000);
	}
	*state = s;
	return 0;
}

static int close_stage(void **state)
{
	struct stage *s = *state;

	if (s->sender >= 0)
		close(s->sender);
	/* a test that failed has not ended it */
	if (waitpid(s->child, NULL, WNOHANG) == 0)
		spawn_kill(s->child);
	worker_free(s->w);
	free(s->results.item);
	free(s);
	return 0;
}

static void say(struct stage *s, enum sender_message type, const struct buf *payload)
{
	struct channel ch;
	struct err e = ERR_INIT;

	channel_init(&ch, s->sender);
	channel_queue(&ch, type, payload);
	assert_int_equal(channel_flush(&ch, &e), 0);
	ch.fd = -1;
	channel_clear(&ch);
}

static void say_result(struct stage *s, int64_t id, enum outcome outcome)
{
	struct attempt_result r = { .delivery_id = id, .outcome = outcome,
		                    .code = outcome == OUTCOME_ACCEPTED ? 250 : 0, .stage = "dot" };
	struct buf b = BUF_INIT;

	sender_put_result(&b, &r);
	say(s, SENDER_RESULT, &b);
	buf_clear(&b);
}

static void say_body_sent(struct stage *s, int64_t id)
{
	atomic_store(&s->w->page->body_end, id);
	atomic_fetch_add(&s->w->page->steps, 1);
}

static void say_begun(struct stage *s, int64_t id)
{
	atomic_store(&s->w->page->begun, id);
}

static void say_goodbye(struct stage *s, const char *trouble)
{
	struct buf b = BUF_INIT;

	wire_put_text(&b, trouble);
	say(s, SENDER_SESSION, &b);
	buf_clear(&b);
}

static void hang_up(struct stage *s)
{
	close(s->sender);
	s->sender = -1;
}

/* "accepted/dot" and so on, of each mail in the order of its number. */
static void assert_results(const struct stage *s, const char *const want[MAILS])
{
	for (int id = 1; id <= MAILS; id++) {
		char got[64] = "none";

		for (size_t i = 0; i < s->results.n; i++) {
			const struct attempt_result *r = &s->results.item[i].result;

			if (r->delivery_id == id) {
				snprintf(got, sizeof(got), "%s/%s", outcome_words[r->outcome],
					 r->stage);
				assert_int_equal(s->results.item[i].mail.lease_no, 7);
			}
		}
		assert_string_equal(got, want[id - 1]);
	}
}

static void killed_sender_is_heard_out(void **state)
{
	static const char *const want[] = { "accepted/dot", "unknown/dot", "not_tried/session" };
	struct stage *s = *state;

	say_result(s, 1, OUTCOME_ACCEPTED);
	say_body_sent(s, 2);
	worker_abandon(s->w, 2000, &s->results, "no progress");
	assert_results(s, want);
	assert_string_equal(s->w->trouble, "no progress");
	assert_int_equal(s->w->answered, 1);
}

static void answer_outweighs_the_page(void **state)
{
	static const char *const want[] = { "deferred/dot", "not_tried/session",
					    "not_tried/session" };
	struct stage *s = *state;

	/* killed between its result and the next line of its own */
	say_body_sent(s, 1);
	say_result(s, 1, OUTCOME_DEFERRED);
	worker_abandon(s->w, 2000, &s->results, "no progress");
	assert_results(s, want);
}

static void page_of_a_sender_that_was_taken_over_does_no_harm(void **state)
{
	static const char *const want[] = { "not_tried/session", "not_tried/session",
					    "not_tried/session" };
	static const int64_t nonsense[] = { -1, 0, 99, INT64_MAX, INT64_MIN };
	struct stage *s = *state;

	for (size_t i = 0; i < ARRAY_SIZE(nonsense); i++) {
		say_begun(s, nonsense[i]);
		say_body_sent(s, nonsense[i]);
		assert_false(worker_awaits_answer(s->w));
	}
	worker_abandon(s->w, 2000, &s->results, "no progress");
	assert_results(s, want);
}

static void mail_that_has_left_is_waited_for(void **state)
{
	struct stage *s = *state;

	assert_false(worker_awaits_answer(s->w));
	say_body_sent(s, 1);
	assert_true(worker_awaits_answer(s->w));
	say_result(s, 1, OUTCOME_ACCEPTED);
	assert_true(worker_read(s->w, 2000, &s->results));
	assert_false(worker_awaits_answer(s->w));
	worker_abandon(s->w, 2000, &s->results, "end");
}

static void steps_are_signs_of_life(void **state)
{
	struct stage *s = *state;

	assert_int_equal(s->w->alive_at, 1000);
	worker_look(s->w, 2000);
	assert_int_equal(s->w->alive_at, 1000);
	say_body_sent(s, 1);
	worker_look(s->w, 3000);
	worker_look(s->w, 4000);
	assert_int_equal(s->w->alive_at, 3000);
	worker_abandon(s->w, 5000, &s->results, "end");
}

static void stop_stands_in_the_page_before_it_is_told(void **state)
{
	struct stage *s = *state;

	assert_int_equal(s->w->page->stop, 0);
	worker_stop(s->w, 2000);
	assert_int_not_equal(s->w->page->stop, 0);
	worker_stop(s->w, 3000);
	assert_int_equal(s->w->stop_at, 2000);
	assert_int_equal(worker_room(s->w, 100), 0);
	worker_abandon(s->w, 5000, &s->results, "end");
}

static void mail_that_a_session_died_of_is_named(void **state)
{
	static const char *const want[] = { "accepted/dot", "not_tried/mail", "not_tried/session" };
	struct stage *s = *state;

	say_result(s, 1, OUTCOME_ACCEPTED);
	hang_up(s);
	while (worker_read(s->w, 2000, &s->results))
		continue;
	assert_results(s, want);
	assert_false(s->w->orderly);
}

static void trouble_is_remembered_until_the_end(void **state)
{
	static const char *const want[] = { "not_tried/dot", "not_tried/session",
					    "not_tried/session" };
	struct stage *s = *state;

	say_result(s, 1, OUTCOME_NOT_TRIED);
	say_goodbye(s, "certificate wrong");
	assert_true(worker_read(s->w, 2000, &s->results));
	hang_up(s);
	assert_false(worker_read(s->w, 2000, &s->results));
	assert_results(s, want);
	assert_string_equal(s->w->trouble, "certificate wrong");
	assert_int_equal(s->w->answered, 0);
}

static void settings_that_cannot_work_blame_no_mail(void **state)
{
	static const char *const want[] = { "not_tried/session", "not_tried/session",
					    "not_tried/session" };
	struct stage *s = *state;

	/* it took none of them */
	say_goodbye(s, "ca_file '/nonexistent' holds no certificates that can be read");
	hang_up(s);
	while (worker_read(s->w, 2000, &s->results))
		continue;
	assert_results(s, want);
}

static void killed_sender_blames_only_what_it_had_begun(void **state)
{
	static const char *const want[] = { "accepted/dot", "not_tried/mail", "not_tried/session" };
	struct stage *s = *state;

	say_begun(s, 1);
	say_result(s, 1, OUTCOME_ACCEPTED);
	say_begun(s, 2);
	worker_abandon(s->w, 2000, &s->results, "no progress");
	assert_results(s, want);
}

static void session_that_came_to_nothing_gets_no_more_mails(void **state)
{
	struct stage *s = *state;

	s->w->window = WORKER_WINDOW;
	say_result(s, 1, OUTCOME_DEFERRED);
	assert_true(worker_read(s->w, 1000, &s->results));
	assert_true(worker_room(s->w, 100) > 0);
	say_result(s, 2, OUTCOME_NOT_TRIED);
	assert_true(worker_read(s->w, 1000, &s->results));
	assert_int_equal(worker_room(s->w, 100), 0);
	worker_abandon(s->w, 2000, &s->results, "end");
}

static void goodbye_without_trouble_blames_nobody(void **state)
{
	static const char *const want[] = { "accepted/dot", "accepted/dot", "not_tried/session" };
	struct stage *s = *state;

	/* the third mail was on its way when the session had had nothing to do for a while */
	say_result(s, 1, OUTCOME_ACCEPTED);
	say_result(s, 2, OUTCOME_ACCEPTED);
	say_goodbye(s, "");
	hang_up(s);
	while (worker_read(s->w, 2000, &s->results))
		continue;
	assert_results(s, want);
	assert_true(s->w->orderly);
	assert_string_equal(s->w->trouble, "");
}

static void mails_on_their_way_to_a_closing_session_come_back(void **state)
{
	static const char *const want[] = { "accepted/dot", "not_tried/session",
					    "not_tried/session" };
	struct buf none = BUF_INIT;
	struct stage *s = *state;

	say_result(s, 1, OUTCOME_ACCEPTED);
	say(s, SENDER_CLOSING, &none);
	assert_true(worker_read(s->w, 2000, &s->results)); /* QUIT may take its time */
	assert_results(s, want);
	assert_int_equal(s->w->n_out, 0);
	assert_int_equal(worker_room(s->w, 100), 0);
	worker_abandon(s->w, 2000, &s->results, "no answer to QUIT");
	assert_int_equal(s->results.n, 3);
}

static void results_for_mails_it_does_not_have_are_dropped(void **state)
{
	static const char *const want[] = { "accepted/dot", "none", "none" };
	struct stage *s = *state;

	say_result(s, 1, OUTCOME_ACCEPTED);
	say_result(s, 1, OUTCOME_UNKNOWN);
	say_result(s, 99, OUTCOME_ACCEPTED);
	assert_true(worker_read(s->w, 2000, &s->results));
	assert_int_equal(s->results.n, 1);
	assert_results(s, want);
	worker_abandon(s->w, 2000, &s->results, "end");
}

static void window_follows_the_pace(void **state)
{
	struct stage *s = *state;

	say_result(s, 1, OUTCOME_ACCEPTED);
	assert_true(worker_read(s->w, 1000 + WORKER_QUICK_MS, &s->results));
	assert_int_equal(s->w->window, 2 * WORKER_WINDOW_LEAST);
	assert_int_equal(worker_room(s->w, 100), 2 * WORKER_WINDOW_LEAST - 2);
	assert_int_equal(worker_room(s->w, MAILS + 1), 1);
	say_result(s, 2, OUTCOME_ACCEPTED);
	assert_true(worker_read(s->w, 1001 + WORKER_QUICK_MS, &s->results));
	assert_int_equal(s->w->window, WORKER_WINDOW_LEAST);
	worker_end(s->w);
	assert_int_equal(worker_room(s->w, 100), 0);
	worker_abandon(s->w, 2000, &s->results, "end");
}

static void refusals_close_the_window(void **state)
{
	struct stage *s = *state;

	s->w->window = WORKER_WINDOW;
	say_result(s, 1, OUTCOME_REFUSED);
	say_result(s, 2, OUTCOME_DEFERRED);
	assert_true(worker_read(s->w, 1000, &s->results));
	assert_int_equal(s->w->window, WORKER_WINDOW / 4);
	worker_abandon(s->w, 2000, &s->results, "end");
}

#define WORKER_TEST(f) cmocka_unit_test_setup_teardown(f, open_stage, close_stage)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORKER_TEST(killed_sender_is_heard_out),
		WORKER_TEST(answer_outweighs_the_page),
		WORKER_TEST(page_of_a_sender_that_was_taken_over_does_no_harm),
		WORKER_TEST(mail_that_has_left_is_waited_for),
		WORKER_TEST(steps_are_signs_of_life),
		WORKER_TEST(stop_stands_in_the_page_before_it_is_told),
		WORKER_TEST(mail_that_a_session_died_of_is_named),
		WORKER_TEST(trouble_is_remembered_until_the_end),
		WORKER_TEST(settings_that_cannot_work_blame_no_mail),
		WORKER_TEST(killed_sender_blames_only_what_it_had_begun),
		WORKER_TEST(session_that_came_to_nothing_gets_no_more_mails),
		WORKER_TEST(goodbye_without_trouble_blames_nobody),
		WORKER_TEST(mails_on_their_way_to_a_closing_session_come_back),
		WORKER_TEST(results_for_mails_it_does_not_have_are_dropped),
		WORKER_TEST(window_follows_the_pace),
		WORKER_TEST(refusals_close_the_window),
	};

	return cmocka_run_group_tests_name("worker", tests, NULL, NULL);
}
