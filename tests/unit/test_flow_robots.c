/*
 * test_flow_robots: the inbox answers nobody, and without a good token no mail changes anything.
 */
#include "test.h"

#include "flow_mail.h"

/* ---- loops: nothing is ever sent because of a robot */

static void robots_get_no_answer(void **state)
{
	static const char *const robots[] = {
		"Auto-Submitted: auto-replied\r\nSubject: Afwezig\r\n\r\nIk ben met vakantie.\r\n",
		"Auto-Submitted: auto-generated\r\nSubject: Ticket [#4711] aangemaakt\r\n\r\n"
		"Wij hebben uw melding ontvangen.\r\n",
		"X-Autoreply: yes\r\nPrecedence: bulk\r\nSubject: Re: Waarschuwing\r\n\r\n"
		"Opgelost zodra ik terug ben.\r\n",
		"Subject: Automatisch antwoord: Waarschuwing\r\n\r\n"
		"Jan werkt hier niet meer, schrijf naar piet@krakeling.example\r\n",
		"Subject: Out of Office: Waarschuwing\r\nAuto-Submitted: auto-replied\r\n\r\n"
		"resolved, received, call me\r\n",
	};
	struct flow_world w;
	struct buf before = BUF_INIT, after = BUF_INIT;

	UNUSED(state);
	flow_world_open(&w);
	flow_world_dump(&w, &before);
	for (size_t i = 0; i < 2 * ARRAY_SIZE(robots); i++) {
		struct inbox_count count = { 0 };
		struct buf mail = BUF_INIT;
		char token[TOKEN_TEXT];

		flow_world_token(token, 1, i % 2 ? TOKEN_REPLY : TOKEN_BOUNCE, w.of[WORLD_A].mail);
		buf_addstr(&mail, "From: info@krakeling.example\r\n");
		flow_mail_address(&mail, "Delivered-To", token);
		flow_mail_address(&mail, "To", token);
		buf_addstr(&mail, robots[i / 2]);
		flow_mail_take(&w, &mail, &count);
		assert_int_equal(count.robots, 1);
		buf_reset(&after);
		flow_world_dump(&w, &after);
		if (strcmp(before.s, after.s) != 0)
			fail_msg("robot %zu changed something, or a mail was made", i / 2);
		buf_clear(&mail);
	}
	buf_clear(&before);
	buf_clear(&after);
	flow_world_close(&w);
}

/* Not even a person's mail makes one of ours; a bounce only asks for the next contact. */
static void no_mail_is_made_by_the_inbox(void **state)
{
	static const char *const answers[] = { "Ontvangen.",
		                               "Opgelost.",
		                               "Dit systeem is niet van ons.",
		                               "Bel mij.",
		                               "Wij willen deze berichten niet meer ontvangen.",
		                               "Wat is dit?" };
	struct inbox_count count = { 0 };
	struct flow_world w;
	struct buf mail = BUF_INIT;
	char token[TOKEN_TEXT], text[32];

	UNUSED(state);
	flow_world_open(&w);
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
		flow_world_token(token, 1, TOKEN_REPLY, w.of[WORLD_A].mail);
		buf_reset(&mail);
		flow_mail_reply(&mail, token, answers[i]);
		flow_mail_take(&w, &mail, &count);
	}
	flow_world_token(token, 1, TOKEN_BOUNCE, w.of[WORLD_B].mail);
	buf_reset(&mail);
	flow_mail_unknown(&mail, token, "baas@smid.example");
	flow_mail_take(&w, &mail, &count);
	flow_world_get(&w, text, sizeof(text), "SELECT count(*) FROM mail");
	assert_string_equal(text, "2");
	flow_world_get(&w, text, sizeof(text), "SELECT group_concat(todo, '') FROM warning");
	assert_string_equal(text, "next_contact");
	buf_clear(&mail);
	flow_world_close(&w);
}

/* ---- whatever is in it, without a token nothing changes */

static uint32_t dice(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

/* An address that may carry something like a token, but never a good one. */
static void random_address(struct buf *b, uint32_t *seed, const struct flow_world *w)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	char token[TOKEN_TEXT] = "";

	switch (dice(seed, 4)) {
	case 0: break;
	case 1:
		for (int i = 0; i < 31; i++)
			token[i] = letters[dice(seed, 32)];
		token[31] = '\0';
		break;
	case 2:
		flow_world_token(token, 1, dice(seed, 2) ? TOKEN_REPLY : TOKEN_BOUNCE,
		                 w->of[dice(seed, 2)].mail);
		token[dice(seed, 30)] ^= 1;
		break;
	default:
		flow_world_token(token, 2, dice(seed, 2) ? TOKEN_REPLY : TOKEN_BOUNCE,
		                 w->of[dice(seed, 2)].mail);
	}
	buf_printf(b, "dienst%s%s@dienst.example", *token ? "+" : "", token);
}

static void random_mail(struct buf *b, uint32_t *seed, const struct flow_world *w)
{
	static const char *const fields[] = { "To", "Cc", "Delivered-To", "X-Original-To",
		                              "Envelope-To" };
	static const char *const froms[] = { "info@krakeling.example", "MAILER-DAEMON@mx.example",
		                             "baas@smid.example" };
	static const char *const extra[] = { "Auto-Submitted: auto-replied\r\n",
		                             "Precedence: bulk\r\n", "Return-Path: <>\r\n",
		                             "X-Failed-Recipients: info@krakeling.example\r\n" };
	static const char *const texts[] = { "Opgelost.",
		                             "550 5.1.1 <info@krakeling.example> User unknown",
		                             "Bel mij.", "Ik ben met vakantie.",
		                             "Dit is niet van ons." };
	const struct world_company *c = &w->of[dice(seed, 2)];

	buf_printf(b, "From: %s\r\n", froms[dice(seed, ARRAY_SIZE(froms))]);
	for (size_t i = 0; i < ARRAY_SIZE(extra); i++)
		if (dice(seed, 3) == 0)
			buf_addstr(b, extra[i]);
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		if (dice(seed, 2) == 0)
			continue;
		buf_printf(b, "%s: ", fields[i]);
		random_address(b, seed, w);
		buf_addstr(b, "\r\n");
	}
	buf_printf(b, "Subject: Re: Waarschuwing [%s]\r\nIn-Reply-To: %s\r\n", c->ref,
	           c->message_id);
	if (dice(seed, 2) == 0)
		flow_mail_unknown(b, "", froms[0]);
	else
		buf_printf(b, "\r\n%s\r\n\r\nMessage-ID: %s\r\n%u\r\n",
		           texts[dice(seed, ARRAY_SIZE(texts))], c->message_id,
		           (unsigned)dice(seed, 1 << 20));
}

static void without_a_token_nothing_changes(void **state)
{
	enum { MAILS = 200 };
	struct flow_world w;
	struct inbox_count count = { 0 };
	struct buf before = BUF_INIT, after = BUF_INIT, mail = BUF_INIT;
	uint32_t seed = 20261122;
	int taken = 0;

	UNUSED(state);
	flow_world_open(&w);
	flow_world_dump(&w, &before);
	for (; taken < MAILS; taken++) {
		buf_reset(&mail);
		random_mail(&mail, &seed, &w);
		flow_mail_take(&w, &mail, &count);
		buf_reset(&after);
		flow_world_dump(&w, &after);
		if (strcmp(before.s, after.s) != 0)
			fail_msg("this mail changed the store:\n%s", mail.s);
	}
	assert_true(count.refused[TOKEN_FORGED] + count.refused[TOKEN_GUESSED] > MAILS / 10);
	assert_true(count.refused[TOKEN_FORGED] > 0 && count.refused[TOKEN_GUESSED] > 0);
	assert_true(count.bounces > MAILS / 10 && count.replies > MAILS / 20 && count.robots > 0);
	flow_world_assert_counter(&w, "guessed_tokens", (int64_t)count.refused[TOKEN_GUESSED]);
	flow_world_assert_counter(&w, "forged_tokens", (int64_t)count.refused[TOKEN_FORGED]);
	buf_clear(&before);
	buf_clear(&after);
	buf_clear(&mail);
	flow_world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(robots_get_no_answer),
		cmocka_unit_test(no_mail_is_made_by_the_inbox),
		cmocka_unit_test(without_a_token_nothing_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
