/*
 * test_flow_blame: whom what a server says blames.
 */
#include "test.h"

#include <stdlib.h>

#include "arena.h"
#include "buf.h"
#include "deliver_judge.h"
#include "fdio.h"
#include "flow_blame.h"
#include "span.h"

/* As the sender makes it of a reply ("550 5.1.1 no such user") to one of our commands. */
static struct attempt_result answer(const char *stage, const char *reply)
{
	struct attempt_result r = { .code = (int)strtol(reply, NULL, 10) };

	r.outcome = r.code >= 500 && r.code != 530 ? OUTCOME_REFUSED : OUTCOME_DEFERRED;
	snprintf(r.stage, sizeof(r.stage), "%s", stage);
	deliver_set_text(&r, strlen(reply) > 4 ? reply + 4 : "");
	return r;
}

struct blame_row {
	const char *stage, *reply;
	enum queue_blame blame;
	enum validity_event event;
};

static const char *const blame_words[] = { "nobody", "recipient", "mail", "route" };

static void assert_blames(const struct blame_row *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct attempt_result r = answer(t[i].stage, t[i].reply);

		if (flow_blame(&r) != t[i].blame || flow_blame_event(&r) != t[i].event)
			fail_msg("%s: %s: blames %s, event %d", t[i].stage, t[i].reply,
				 blame_words[flow_blame(&r)], (int)flow_blame_event(&r));
	}
}

static void words_about_the_mailbox_outweigh_the_code(void **state)
{
	static const struct blame_row rows[] = {
		{ "rcpt", "550 5.7.1 No such user", BLAME_RECIPIENT, VALIDITY_ADDRESS_BAD },
		{ "rcpt", "550 5.3.0 <a@b.example>... No such user here", BLAME_RECIPIENT,
		  VALIDITY_ADDRESS_BAD },
		{ "rcpt", "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).",
		  BLAME_RECIPIENT, VALIDITY_ADDRESS_BAD },
		{ "rcpt", "554 no such user", BLAME_RECIPIENT, VALIDITY_ADDRESS_BAD },
		{ "rcpt", "550 5.7.1 The mailbox is disabled", BLAME_RECIPIENT, VALIDITY_SOFT },
		/* words that nobody understands are a doubt */
		{ "rcpt", "550 quarantined", BLAME_RECIPIENT, VALIDITY_SOFT },
		{ "rcpt", "550", BLAME_RECIPIENT, VALIDITY_SOFT },
		{ "rcpt", "550 mailbox full", BLAME_RECIPIENT, VALIDITY_SOFT },
		{ "rcpt", "552 mailbox full", BLAME_RECIPIENT, VALIDITY_SOFT },
		/* a policy stays one, and so does what names the sender */
		{ "rcpt", "550 5.7.1 Access denied", BLAME_ROUTE, VALIDITY_NOT_ITS_FAULT },
		{ "rcpt", "554 5.7.1 <a@b.example>: Recipient address rejected: Access denied",
		  BLAME_ROUTE, VALIDITY_NOT_ITS_FAULT },
		{ "rcpt", "550 5.7.1 Your sender address does not exist", BLAME_ROUTE,
		  VALIDITY_NOT_ITS_FAULT },
		{ "rcpt", "550 5.7.1 domain not found", BLAME_ROUTE, VALIDITY_NOT_ITS_FAULT },
		{ "rcpt", "550 5.5.0 Requested action not taken", BLAME_ROUTE,
		  VALIDITY_NOT_ITS_FAULT },
		/* the word on all contacts at a domain has to be the code's */
		{ "rcpt", "550 Host unknown", BLAME_RECIPIENT, VALIDITY_ADDRESS_BAD },
		{ "rcpt", "550 5.1.2 Host unknown", BLAME_RECIPIENT, VALIDITY_DOMAIN_BAD },
		/* only an answer to RCPT is a word on the mailbox */
		{ "mail", "550 5.7.1 No such user", BLAME_ROUTE, VALIDITY_NOT_ITS_FAULT },
		{ "dot", "550 5.7.1 No such user", BLAME_ROUTE, VALIDITY_NOT_ITS_FAULT },
		{ "rcpt", "552 5.3.4 too big", BLAME_MAIL, VALIDITY_NOT_ITS_FAULT },
	};

	UNUSED(state);
	assert_blames(rows, ARRAY_SIZE(rows));
}

static void what_is_asked_of_us_blames_the_route(void **state)
{
	static const char *const replies[] = {
		"550 must be authenticated", "550 authentication required",
		"550 Authentication is required for relay", "553 please log in first",
		"550 5.1.1 not logged in", "550 Authenticatie is vereist",
		"550 5.1.1 Relaying denied", "550 5.1.1 poor reputation",
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(replies); i++) {
		struct blame_row row = { "rcpt", replies[i], BLAME_ROUTE, VALIDITY_NOT_ITS_FAULT };

		assert_blames(&row, 1);
	}
}

static void a_greylist_is_told_from_a_route_in_trouble(void **state)
{
	static const struct {
		const char *stage, *reply;
		enum queue_blame blame;
	} rows[] = {
		{ "rcpt", "454 4.7.1 <a@b.example>: Relay access denied", BLAME_ROUTE },
		{ "rcpt", "454 Relaying denied", BLAME_ROUTE },
		{ "rcpt", "451 4.3.5 Server configuration error", BLAME_ROUTE },
		{ "rcpt", "451 4.3.0 <a@b.example>: Temporary lookup failure", BLAME_ROUTE },
		{ "rcpt", "450 4.7.1 Client host rejected: cannot find your hostname, [192.0.2.1]",
		  BLAME_ROUTE },
		{ "rcpt", "450 4.1.8 <bounces@a.example>: Sender address rejected: Domain not found",
		  BLAME_ROUTE },
		{ "rcpt", "451 4.7.1 Error: too much mail from 192.0.2.1", BLAME_ROUTE },
		{ "rcpt", "451 4.7.500 Server busy. Please try again later from [192.0.2.1].",
		  BLAME_ROUTE },
		{ "rcpt", "530 5.7.0 Authentication required", BLAME_ROUTE },
		{ "rcpt", "421 4.7.0 Try again later, closing connection", BLAME_ROUTE },
		{ "rcpt", "450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted",
		  BLAME_NOBODY },
		{ "rcpt", "451 4.7.1 Greylisting in action, please come back later", BLAME_NOBODY },
		{ "rcpt", "451 4.3.0 greylisted", BLAME_NOBODY },
		{ "rcpt", "450 4.7.1 Recipient address rejected: Please try again later",
		  BLAME_NOBODY },
		{ "rcpt", "450 4.7.1 Recipient address rejected: Policy Rejection- Please try later.",
		  BLAME_NOBODY },
		{ "rcpt", "451 later", BLAME_NOBODY },
		{ "rcpt", "450 4.2.1 The user is receiving mail at a rate that prevents additional "
			  "messages", BLAME_RECIPIENT },
		{ "rcpt", "450 4.4.2 unverified address: connect to mx.b.example: Connection timed out",
		  BLAME_NOBODY },
		/* a filter that has to see the mail first */
		{ "dot", "451 4.7.1 Try again later", BLAME_NOBODY },
		{ "dot", "451 4.7.1 Greylisted", BLAME_NOBODY },
		{ "dot", "451 4.7.1 Please try again in 5 minutes", BLAME_NOBODY },
		{ "data", "451 4.7.1 Probeer het later opnieuw", BLAME_NOBODY },
		{ "dot", "451 4.7.1 Service unavailable - try again later", BLAME_ROUTE },
		{ "dot", "451 4.7.1 Ratelimit exceeded, try again later", BLAME_ROUTE },
		{ "dot", "451 4.7.1 Listed by spamhaus, try again later", BLAME_ROUTE },
		{ "dot", "452 4.3.1 Insufficient system storage, try again later", BLAME_ROUTE },
		{ "dot", "451 4.3.0 queue file write error", BLAME_ROUTE },
		{ "dot", "421 4.7.0 Try again later, closing connection", BLAME_ROUTE },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct blame_row row = { rows[i].stage, rows[i].reply, rows[i].blame,
					 VALIDITY_NOT_ITS_FAULT };

		assert_blames(&row, 1);
	}
}

/*
 * The table is about bounces: what is soft there must cost a contact nothing in the session either.
 * A few of the hard ones, of which neither code nor words are plain enough for this, may.
 */
static void a_session_judges_as_a_bounce_does(void **state)
{
	const char *top = getenv("top_srcdir");
	struct arena a = ARENA_INIT;
	struct buf table = BUF_INIT;
	struct err e = ERR_INIT;
	struct span rest, line, want;
	int n = 0, costly = 0, missed = 0;

	UNUSED(state);
	assert_int_equal(file_read(&table,
				   arena_printf(&a, "%s/tests/data/refusals.tsv", top ? top : "."),
				   1 << 20, &e),
			 0);
	rest = span_of(table.s, table.len);
	while (span_line(&rest, &line)) {
		struct attempt_result r;
		enum validity_event event;
		bool bad;

		if (!span_until(&line, '\t', &want) || span_empty(line) || *line.p != '5')
			continue;
		n++;
		r = answer("rcpt", arena_printf(&a, "%.*s", (int)span_len(line), line.p));
		event = flow_blame_event(&r);
		bad = event == VALIDITY_ADDRESS_BAD || event == VALIDITY_DOMAIN_BAD;
		if (bad == span_equals_str(want, "hard"))
			continue;
		print_message("not %.*s: %.*s\n", (int)span_len(want), want.p,
			      (int)span_len(line), line.p);
		*(bad ? &costly : &missed) += 1;
	}
	assert_true(n > 150);
	assert_int_equal(costly, 0);
	assert_in_range(missed, 0, 4);
	buf_clear(&table);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_about_the_mailbox_outweigh_the_code),
		cmocka_unit_test(what_is_asked_of_us_blames_the_route),
		cmocka_unit_test(a_greylist_is_told_from_a_route_in_trouble),
		cmocka_unit_test(a_session_judges_as_a_bounce_does),
	};

	return cmocka_run_group_tests_name("flow_blame", tests, NULL, NULL);
}
