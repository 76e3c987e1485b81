/*
 * test_deliver: what the answers of a server come to, what is fit to be sent, and what the monitor
 * notices.
 *
 * The library itself is tried against a scripted server in deliver_peer.py.
 */
#include "test.h"

#include "deliver_check.h"
#include "deliver_judge.h"
#include "deliver_watch.h"

struct judge_row {
	const char *name;
	struct deliver_answers answers;
	enum outcome outcome;
	int code;
	const char *stage;
};

/* mail, rcpt, data, complete, body_end */
static const struct judge_row judge_rows[] = {
	{ "delivered", { 250, 250, 250, true, true }, OUTCOME_ACCEPTED, 250, "dot" },
	{ "recipient 550, the rest fine",
	  { 250, 550, 250, true, true },
	  OUTCOME_REFUSED,
	  550,
	  "rcpt" },
	{ "recipient 450, the rest fine",
	  { 250, 450, 250, false, true },
	  OUTCOME_DEFERRED,
	  450,
	  "rcpt" },
	{ "all recipients 450, DATA",
	  { 250, 450, 554, false, false },
	  OUTCOME_DEFERRED,
	  450,
	  "rcpt" },
	{ "all recipients 450, BDAT",
	  { 250, 450, 554, true, false },
	  OUTCOME_DEFERRED,
	  450,
	  "rcpt" },
	{ "a chunk 452, the rest 554", { 250, 250, 554, true, true }, OUTCOME_REFUSED, 554, "dot" },
	{ "dot 451", { 250, 250, 451, false, true }, OUTCOME_DEFERRED, 451, "dot" },
	{ "dot 554", { 250, 250, 554, true, true }, OUTCOME_REFUSED, 554, "dot" },
	{ "DATA 451", { 250, 250, 451, false, false }, OUTCOME_DEFERRED, 451, "data" },
	{ "MAIL 451", { 451, 0, 0, false, false }, OUTCOME_DEFERRED, 451, "mail" },
	{ "MAIL 552", { 552, 0, 0, false, false }, OUTCOME_REFUSED, 552, "mail" },
	{ "MAIL 530", { 530, 0, 0, false, false }, OUTCOME_DEFERRED, 530, "mail" },
	{ "MAIL 421 and close", { 421, 0, 0, false, false }, OUTCOME_DEFERRED, 421, "mail" },
	{ "421 at RCPT", { 250, 421, 0, false, false }, OUTCOME_DEFERRED, 421, "rcpt" },
	{ "closed after MAIL", { 250, 0, 0, false, false }, OUTCOME_DEFERRED, 0, "rcpt" },
	{ "closed before 354", { 250, 250, 0, false, false }, OUTCOME_DEFERRED, 0, "data" },
	{ "closed in the body", { 250, 250, 354, false, false }, OUTCOME_DEFERRED, 0, "data" },
	{ "closed after the dot", { 250, 250, 0, false, true }, OUTCOME_UNKNOWN, 0, "dot" },
	{ "silence after the dot", { 250, 250, 354, false, true }, OUTCOME_UNKNOWN, 0, "dot" },
	{ "silence after the last BDAT",
	  { 250, 250, 250, false, true },
	  OUTCOME_UNKNOWN,
	  0,
	  "dot" },
	{ "nothing sent", { 0, 0, 0, false, false }, OUTCOME_NOT_TRIED, 0, "mail" },
	{ "nonsense to MAIL", { 999, 0, 0, false, false }, OUTCOME_DEFERRED, 0, "rcpt" },
	{ "nonsense to RCPT", { 250, 2500, 0, false, false }, OUTCOME_DEFERRED, 2500, "rcpt" },
	{ "nonsense to the dot", { 250, 250, -1, true, true }, OUTCOME_UNKNOWN, 0, "dot" },
};

static void answers_become_one_outcome(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(judge_rows); i++) {
		const struct judge_row *t = &judge_rows[i];
		struct deliver_judgement j = deliver_judge(&t->answers);

		if (j.outcome != t->outcome || j.code != t->code || strcmp(j.stage, t->stage) != 0)
			fail_msg("%s: %s %d %s", t->name, outcome_words[j.outcome], j.code,
			         j.stage);
	}
}

static void a_dead_worker_leaves_unknown_only_behind_the_dot(void **state)
{
	UNUSED(state);
	assert_int_equal(deliver_outcome(DELIVER_NOT_STARTED), OUTCOME_NOT_TRIED);
	assert_int_equal(deliver_outcome(DELIVER_ENVELOPE), OUTCOME_DEFERRED);
	assert_int_equal(deliver_outcome(DELIVER_BODY), OUTCOME_DEFERRED);
	assert_int_equal(deliver_outcome(DELIVER_BODY_END), OUTCOME_UNKNOWN);
}

struct text_row {
	int code;
	const char *reply, *status, *text;
};

static const struct text_row text_rows[] = {
	{ 550, "5.1.1 unknown\r\n", "5.1.1", "unknown" },
	{ 550, "5.1.1 first\r\n5.1.1 second\r\n", "5.1.1", "first second" },
	{ 550, "5.1.1 first\r\nsecond\r\n", "5.1.1", "first second" },
	{ 250, "2.6.0 queued\r\n2.1.5 for delivery\r\n", "2.1.5", "queued for delivery" },
	{ 550, "unknown\r\n", "", "unknown" },
	{ 550, "4.1.1 of another class\r\n", "", "4.1.1 of another class" },
	{ 550, "5.1 unknown\r\n", "", "5.1 unknown" },
	{ 550, "5.1.1.1 unknown\r\n", "", "5.1.1.1 unknown" },
	{ 550, "5.1.1000 unknown\r\n", "", "5.1.1000 unknown" },
	{ 550, "5..1 unknown\r\n", "", "5..1 unknown" },
	{ 550, "05.51.1 unknown\r\n", "", "05.51.1 unknown" },
	{ 450, "4.2.0\r\n", "4.2.0", "" },
	{ 0, NULL, "", "" },
	{ 250, "tab\there \x1b[1m\xff\r\n", "", "tab here ?[1m?" },
};

static void reply_texts_are_one_printable_line(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(text_rows); i++) {
		const struct text_row *t = &text_rows[i];
		struct attempt_result r = { .code = t->code };

		deliver_set_text(&r, t->reply);
		assert_string_equal(r.status, t->status);
		assert_string_equal(r.text, t->text);
	}
}

static void long_reply_texts_are_cut(void **state)
{
	struct attempt_result r = { .code = 550 };
	char text[5000];

	UNUSED(state);
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	deliver_set_text(&r, text);
	assert_int_equal(strlen(r.text), REPLY_TEXT_MAX - 1);
}

static struct deliver_route good_route(void)
{
	return (struct deliver_route){
		.host = "mail.example.nl",
		.port = 587,
		.tls = TLS_REQUIRED,
		.tls_name = "",
		.ca_file = "",
		.user = "",
		.password = "",
		.helo = "gateway.example.nl",
		.mails_per_session = 1,
		.timeout = 300,
	};
}

static void routes_that_cannot_work_are_named(void **state)
{
	static const char *const bad_hosts[] = {
		"", "::1", "[::1]", "a b", "a\r\nb", "-a", "mail.example.nl:25"
	};
	char long_user[CREDENTIAL_MAX + 2];
	struct deliver_route r = good_route();
	struct err e = ERR_INIT;

	UNUSED(state);
	assert_int_equal(deliver_check_route(&r, &e), 0);
	r.host = "192.0.2.1";
	r.tls_name = "2001:db8::1";
	assert_int_equal(deliver_check_route(&r, &e), 0);
	for (size_t i = 0; i < ARRAY_SIZE(bad_hosts); i++) {
		r = good_route();
		r.host = bad_hosts[i];
		assert_int_equal(deliver_check_route(&r, &e), ERR_CONF);
	}
	r = good_route();
	r.port = 465;
	assert_int_equal(deliver_check_route(&r, &e), ERR_CONF);
	assert_non_null(strstr(e.text, "587"));
	r = good_route();
	r.helo = "a\r\nMAIL FROM:<x@example.nl>";
	assert_int_equal(deliver_check_route(&r, &e), ERR_CONF);
	r = good_route();
	memset(long_user, 'u', sizeof(long_user));
	long_user[sizeof(long_user) - 1] = '\0';
	r.user = long_user;
	r.password = "p";
	assert_int_equal(deliver_check_route(&r, &e), ERR_CONF);
	r.user = "u";
	assert_int_equal(deliver_check_route(&r, &e), 0);
	r.tls = TLS_NONE;
	assert_int_equal(deliver_check_route(&r, &e), ERR_CONF);
	r.auth_in_clear = true;
	assert_int_equal(deliver_check_route(&r, &e), 0);
}

#define HEADER "Date: x\r\nFrom: a@example.nl\r\nTo: b@example.nl\r\nMessage-ID: <1@example.nl>\r\n"

struct mail_row {
	const char *from, *to, *envid, *mail;
	bool fit;
};

static const struct mail_row mail_rows[] = {
	{ "a@example.nl", "b@example.nl", "e", HEADER "\r\nbody\r\n", true },
	{ "", "b@example.nl", "", HEADER "\r\n", true },
	{ "a@example.nl", "", "", HEADER "\r\n", false },
	{ "a@example.nl", "b@example.nl>\r\nRCPT TO:<c@example.nl", "", HEADER "\r\n", false },
	{ "a@example.nl> BODY=8BITMIME", "b@example.nl", "", HEADER "\r\n", false },
	{ "a@example.nl", "b\xc3\xa9@example.nl", "", HEADER "\r\n", false },
	{ "a@example.nl", "b@example.nl", "two words", HEADER "\r\n", false },
	{ "a@example.nl", "b@example.nl", "caf\xc3\xa9", HEADER "\r\n", false },
	{ "a@example.nl", "b@example.nl", "", "", false },
	{ "a@example.nl", "b@example.nl", "", HEADER, false },
	{ "a@example.nl", "b@example.nl", "", HEADER "\r\nbody", false },
	{ "a@example.nl", "b@example.nl", "", HEADER "\r\nbo\ndy\r\n", false },
	{ "a@example.nl", "b@example.nl", "", HEADER "\r\nbo\rdy\r\n", false },
	{ "a@example.nl", "b@example.nl", "", HEADER "\r\nbody\r\r\n", false },
	{ "a@example.nl", "b@example.nl", "", HEADER "To: c@example.nl\r\n\r\n", false },
	{ "a@example.nl", "b@example.nl", "", HEADER "Bcc: c@example.nl\r\n\r\n", false },
	{ "a@example.nl", "b@example.nl", "", HEADER "return-path: <c@example.nl>\r\n\r\n", false },
	{ "a@example.nl", "b@example.nl", "", HEADER "Cc: c@example.nl\r\n\r\nTo: in the body\r\n",
	  true },
	{ "a@example.nl", "b@example.nl", "", "From: a@example.nl\r\nTo: b@example.nl\r\n\r\n",
	  false },
};

static void only_mails_that_arrive_unchanged_are_fit(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(mail_rows); i++) {
		const struct mail_row *t = &mail_rows[i];
		char *mail = exact_copy(t->mail, strlen(t->mail));
		struct delivery d = {
			.env_from = t->from,
			.env_to = t->to,
			.envid = t->envid,
			.bytes = mail,
			.len = strlen(t->mail),
		};
		struct err e = ERR_INIT;
		int rc = deliver_check_mail(&d, &e);

		if (rc != (t->fit ? 0 : ERR_INPUT))
			fail_msg("row %zu: %d %s", i, rc, e.text);
		free(mail);
	}
}

static void long_lines_and_nul_are_not_fit(void **state)
{
	char mail[sizeof(HEADER) + 1100];
	struct delivery d = {
		.env_from = "", .env_to = "b@example.nl", .envid = "", .bytes = mail
	};
	size_t head = strlen(HEADER "\r\n");
	struct err e = ERR_INIT;

	UNUSED(state);
	memcpy(mail, HEADER "\r\n", head);
	for (size_t n = 997; n <= 999; n++) {
		memset(mail + head, 'x', n);
		memcpy(mail + head + n, "\r\n", 2);
		d.len = head + n + 2;
		assert_int_equal(deliver_check_mail(&d, &e), n <= 998 ? 0 : ERR_INPUT);
	}
	d.len = head + 100 + 2;
	memcpy(mail + head + 100, "\r\n", 2);
	assert_int_equal(deliver_check_mail(&d, &e), 0);
	mail[head + 3] = '\0';
	assert_int_equal(deliver_check_mail(&d, &e), ERR_INPUT);
}

static void xtext_is_measured_as_the_library_writes_it(void **state)
{
	UNUSED(state);
	assert_int_equal(deliver_xtext_len("a@b"), 3);
	assert_int_equal(deliver_xtext_len("a+b=c"), 9);
	assert_int_equal(deliver_xtext_len("\xc3\xa9 "), 9);
}

/* '>' we write, '<' the server says, '.' it ended, 'S' TLS stands. */
struct watch_row {
	const char *name;
	const char *talk[8];
	bool need_tls, need_auth;
	enum watch_alarm alarm;
	const char *stage;
};

static const struct watch_row watch_rows[] = {
	{ "a mail",
	  { "<220 hi\r\n", ">EHLO a\r\n", "<250-a\r\n250 b\r\n", ">MAIL FROM:<>\r\n", "<250 ok\r\n",
	    ".", "<250 ok\r\n" },
	  false,
	  false,
	  WATCH_FINE,
	  "mail" },
	{ "injected",
	  { ">STARTTLS\r\n", "<220 go\r\n250 fake\r\n" },
	  false,
	  false,
	  WATCH_INJECTED,
	  "tls" },
	{ "injected later",
	  { ">STARTTLS\r\n", "<220 go\r\n", "<2" },
	  false,
	  false,
	  WATCH_INJECTED,
	  "tls" },
	{ "two lines are one reply",
	  { ">STARTTLS\r\n", "<220-go\r\n", "<220 on\r\n" },
	  false,
	  false,
	  WATCH_FINE,
	  "tls" },
	{ "goodbye after a refused STARTTLS",
	  { ">STARTTLS\r\n", "<454 no\r\n", ">QUIT\r\n", "<221 bye\r\n" },
	  false,
	  false,
	  WATCH_FINE,
	  "tls" },
	{ "TLS missing",
	  { ">EHLO a\r\n", "<250 a\r\n", ">MAIL FROM:<>\r\n" },
	  true,
	  false,
	  WATCH_NO_TLS,
	  "tls" },
	{ "TLS there",
	  { ">EHLO a\r\n", "<250 a\r\n", "S", ">EHLO a\r\n", "<250 a\r\n", ">MAIL FROM:<>\r\n" },
	  true,
	  false,
	  WATCH_FINE,
	  "mail" },
	{ "AUTH missing",
	  { ">EHLO a\r\n", "<250 a\r\n", ">MAIL FROM:<>\r\n" },
	  false,
	  true,
	  WATCH_NO_AUTH,
	  "auth" },
	{ "AUTH there",
	  { ">AUTH PLAIN x\r\n", "<235 a\r\n", ">MAIL FROM:<>\r\n" },
	  false,
	  true,
	  WATCH_FINE,
	  "mail" },
	{ "AUTH in steps",
	  { ">AUTH LOGIN\r\n", "<334 a\r\n", ">QUIT\r\n", "<334 b\r\n", ">eA==\r\n",
	    "<235 ok\r\n" },
	  false,
	  true,
	  WATCH_FINE,
	  "auth" },
	{ "AUTH 535",
	  { ">AUTH PLAIN x\r\n", "<53", "<5 no\r\n" },
	  false,
	  true,
	  WATCH_AUTH_REFUSED,
	  "auth" },
	{ "AUTH 454",
	  { ">AUTH PLAIN x\r\n", "<454 no\r\n" },
	  false,
	  true,
	  WATCH_AUTH_REFUSED,
	  "auth" },
	{ "AUTH mechanism not known",
	  { ">AUTH PLAIN x\r\n", "<504 no\r\n", ">AUTH LOGIN\r\n", "<235 ok\r\n" },
	  false,
	  true,
	  WATCH_FINE,
	  "auth" },
	{ "a second mail",
	  { ">AUTH PLAIN x\r\n", "<235 ok\r\n", ">RSET\r\nMAIL FROM:<>\r\n" },
	  false,
	  true,
	  WATCH_FINE,
	  "mail" },
	{ "codes that differ within a reply",
	  { ">DATA\r\n", ".", "<250-ok\r\n", "<550 no\r\n" },
	  false,
	  false,
	  WATCH_MIXED,
	  "mail" },
	{ "codes that differ from reply to reply",
	  { ">RCPT TO:<a>\r\nDATA\r\n", "<550-no\r\n550 no\r\n554 none\r\n" },
	  false,
	  false,
	  WATCH_FINE,
	  "mail" },
	{ "noise", { ">EHLO a\r\n", "<\r\n\n\xff\xfe\r\n" }, true, true, WATCH_FINE, "connect" },
};

static enum watch_alarm watch_step(struct deliver_watch *w, const char *step)
{
	size_t n = strlen(step + 1);
	char *bytes = exact_copy(step + 1, n);
	enum watch_alarm alarm = WATCH_FINE;

	switch (step[0]) {
	case '>':
		alarm = watch_wrote(w, bytes, n, 0);
		break;
	case '<':
		alarm = watch_read(w, bytes, n, 0);
		break;
	case '.':
		watch_body_end(w, 0);
		break;
	default:
		watch_secured(w);
		break;
	}
	free(bytes);
	return alarm;
}

static void the_monitor_notices_what_the_library_does_not(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(watch_rows); i++) {
		const struct watch_row *t = &watch_rows[i];
		struct deliver_watch w;
		enum watch_alarm alarm = WATCH_FINE;

		watch_open(&w, 1000, t->need_tls, t->need_auth);
		watch_connected(&w, 0);
		for (size_t k = 0; k < ARRAY_SIZE(t->talk) && t->talk[k] != NULL; k++)
			alarm = watch_step(&w, t->talk[k]);
		if (w.alarm != t->alarm || (alarm != w.alarm && alarm != WATCH_FINE) ||
		    strcmp(watch_stage(&w), t->stage) != 0)
			fail_msg("%s: alarm %d at %s", t->name, (int)w.alarm, watch_stage(&w));
	}
}

static void replies_are_bounded_in_bytes_and_time(void **state)
{
	struct deliver_watch w;
	char trouble[REPLY_TEXT_MAX], line[] = "250-more\r\n";

	UNUSED(state);
	watch_open(&w, 1000, false, false);
	watch_connected(&w, 5000);
	assert_int_equal(watch_read(&w, line, 3, 6000), WATCH_FINE);
	assert_int_equal(watch_read(&w, line + 3, 1, 6001), WATCH_SLOW);
	assert_non_null(strstr(watch_trouble(trouble, &w), "too slow"));
	watch_open(&w, 1000, false, false);
	watch_body_end(&w, 0);
	assert_int_equal(watch_read(&w, line, 1, 2000), WATCH_FINE);
	assert_int_equal(watch_read(&w, line + 1, 1, 2001), WATCH_SLOW);
	watch_open(&w, 1000, false, false);
	watch_connected(&w, 0);
	for (int i = 0; i < WATCH_REPLY_MAX / 10; i++)
		assert_int_equal(watch_read(&w, line, 10, 0), WATCH_FINE);
	assert_int_equal(watch_read(&w, line, 10, 0), WATCH_LONG);
	watch_open(&w, 1000, false, false);
	watch_connected(&w, 0);
	for (int i = 0; i < WATCH_LINE_MAX; i++)
		assert_int_equal(watch_read(&w, line, 1, 0), WATCH_FINE);
	assert_int_equal(watch_read(&w, line, 1, 0), WATCH_LONG);
}

static void keywords_are_spoiled_in_any_case_and_cut(void **state)
{
	const char *const reply = "250-PIPELINING\r\n250-cHunking\r\n"
				  "250-EnhancedStatusCodes\r\n250 SIZE\r\n";

	UNUSED(state);
	for (size_t cut = 0; cut <= strlen(reply); cut++) {
		char *bytes = exact_copy(reply, strlen(reply));
		struct deliver_watch w;

		watch_open(&w, 1000, false, false);
		watch_connected(&w, 0);
		assert_int_equal(watch_wrote(&w, "EHLO a\r\n", 8, 0), WATCH_FINE);
		assert_int_equal(watch_read(&w, bytes, cut, 0), WATCH_FINE);
		assert_int_equal(watch_read(&w, bytes + cut, strlen(reply) - cut, 0), WATCH_FINE);
		assert_memory_equal(bytes,
				    "250-PIPELINING\r\n250-cHunkinX\r\n"
				    "250-EnhancedStatusCodeX\r\n250 SIZE\r\n",
				    strlen(reply));
		free(bytes);
	}
}

/* Only while a reply is still to come must what came be acknowledged at once. */
static void replies_to_several_commands_are_counted(void **state)
{
	static const struct {
		const char *step;
		int owed;
	} steps[] = {
		{ "<220 mx\r\n", 0 },
		{ ">EHLO a\r\n", 1 },
		{ "<250-mx\r\n250-SI", 1 },
		{ "<ZE\r\n250 DSN\r\n", 0 },
		{ ">RCPT TO:<a@b.example>\r\nDATA\r\n", 2 },
		{ "<250 ok\r\n", 1 },
		{ "<354 go", 1 },
		{ "< on\r\n", 0 },
		{ ".", 1 },
		{ "<250 taken\r\n", 0 },
	};
	struct deliver_watch w;

	UNUSED(state);
	watch_open(&w, 1000, false, false);
	watch_connected(&w, 0);
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
		assert_int_equal(watch_step(&w, steps[i].step), WATCH_FINE);
		if (w.owed != steps[i].owed)
			fail_msg("step %zu: %d replies owed", i, w.owed);
	}
}

static void the_greeting_and_the_trouble_are_printable(void **state)
{
	char greeting[] = "554-\x1b[31mgo\r\n554 away \xff\r\n", trouble[REPLY_TEXT_MAX];
	struct deliver_watch w;

	UNUSED(state);
	watch_open(&w, 1000, false, false);
	watch_connected(&w, 0);
	assert_int_equal(watch_read(&w, greeting, sizeof(greeting) - 1, 0), WATCH_FINE);
	assert_string_equal(w.greeting, "554 away ?");
	assert_int_equal(w.code, 554);
	assert_string_equal(watch_trouble(trouble, &w),
	                    "refused (waiting for the greeting): 554 away ?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_become_one_outcome),
		cmocka_unit_test(a_dead_worker_leaves_unknown_only_behind_the_dot),
		cmocka_unit_test(reply_texts_are_one_printable_line),
		cmocka_unit_test(long_reply_texts_are_cut),
		cmocka_unit_test(routes_that_cannot_work_are_named),
		cmocka_unit_test(only_mails_that_arrive_unchanged_are_fit),
		cmocka_unit_test(long_lines_and_nul_are_not_fit),
		cmocka_unit_test(xtext_is_measured_as_the_library_writes_it),
		cmocka_unit_test(the_monitor_notices_what_the_library_does_not),
		cmocka_unit_test(replies_are_bounded_in_bytes_and_time),
		cmocka_unit_test(keywords_are_spoiled_in_any_case_and_cut),
		cmocka_unit_test(replies_to_several_commands_are_counted),
		cmocka_unit_test(the_greeting_and_the_trouble_are_printable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
