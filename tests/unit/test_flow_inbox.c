/*
 * test_flow_inbox: which inbound mail may change the store, and which may not.
 */
#include "test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fdio.h"
#include "flow_deliver.h"
#include "flow_mail.h"
#include "store_mail.h"
#include "store_warning.h"

/* ---- what became of it */

struct seen {
	char mail[2][16], warning[2][16], contact[2][16], review[64], trust[16];
};

static void get(const struct flow_world *w, char *out, size_t size, const char *what, int64_t id)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "SELECT state FROM %s WHERE id = %" PRId64, what, id);
	flow_world_get(w, out, size, sql);
}

static struct seen look(const struct flow_world *w)
{
	struct seen o;

	for (int i = 0; i < WORLD_COMPANIES; i++) {
		get(w, o.mail[i], sizeof(o.mail[i]), "mail", w->of[i].mail);
		get(w, o.warning[i], sizeof(o.warning[i]), "warning", w->of[i].warning);
		get(w, o.contact[i], sizeof(o.contact[i]), "contact", w->of[i].contact);
	}
	flow_world_get(w, o.review, sizeof(o.review),
	               "SELECT review_reason FROM inbox ORDER BY id DESC LIMIT 1");
	flow_world_get(w, o.trust, sizeof(o.trust),
	               "SELECT trust FROM inbox ORDER BY id DESC LIMIT 1");
	return o;
}

/* ---- one mail, one token */

enum which {
	NO_TOKEN,
	BOUNCE_A,
	REPLY_A,
	BOUNCE_B,
	REPLY_B,
	FLIPPED_BOUNCE,
	FLIPPED_REPLY,
	GUESSED,
	NO_SUCH_MAIL,
	OLD_KEY_BOUNCE,
	OLD_KEY_REPLY,
	LOST_KEY
};

static void token_of(char *out, const struct flow_world *w, enum which which)
{
	*out = '\0';
	switch (which) {
	case NO_TOKEN: return;
	case BOUNCE_A: flow_world_token(out, 1, TOKEN_BOUNCE, w->of[WORLD_A].mail); return;
	case REPLY_A: flow_world_token(out, 1, TOKEN_REPLY, w->of[WORLD_A].mail); return;
	case BOUNCE_B: flow_world_token(out, 1, TOKEN_BOUNCE, w->of[WORLD_B].mail); return;
	case REPLY_B: flow_world_token(out, 1, TOKEN_REPLY, w->of[WORLD_B].mail); return;
	case FLIPPED_BOUNCE:
	case FLIPPED_REPLY:
		flow_world_token(out, 1, which == FLIPPED_BOUNCE ? TOKEN_BOUNCE : TOKEN_REPLY,
		                 w->of[WORLD_A].mail);
		out[20] = out[20] == 'a' ? 'b' : 'a';
		return;
	case GUESSED: snprintf(out, TOKEN_TEXT, "aeaaaaiaaaaaaaaafzfljfkfmztb5wq"); return;
	case NO_SUCH_MAIL: flow_world_token(out, 1, TOKEN_BOUNCE, 4711); return;
	case OLD_KEY_BOUNCE: flow_world_token(out, 7, TOKEN_BOUNCE, w->of[WORLD_A].mail); return;
	case OLD_KEY_REPLY: flow_world_token(out, 7, TOKEN_REPLY, w->of[WORLD_A].mail); return;
	case LOST_KEY: flow_world_token(out, 9, TOKEN_BOUNCE, w->of[WORLD_A].mail); return;
	}
}

struct token_case {
	const char *name;
	enum { SENT_BOUNCE, SENT_REPLY } sent;
	enum which which;
	int changed;        /* WORLD_A, WORLD_B, or -1: nothing */
	const char *review; /* reason why a person looks */
	enum token_trouble trouble;
	int days; /* between the mail and its answer */
};

static const char unknown_origin[] = "cannot be tied to a mail of ours";
static const char not_ours[] = "token is not ours", another[] = "token of another company",
                  too_late[] = "token expired";

static const struct token_case token_cases[] = {
	{ "bounce, its token", SENT_BOUNCE, BOUNCE_A, WORLD_A, "", TOKEN_FINE, 0 },
	{ "reply, its token", SENT_REPLY, REPLY_A, WORLD_A, "", TOKEN_FINE, 0 },
	{ "bounce, no token", SENT_BOUNCE, NO_TOKEN, -1, unknown_origin, TOKEN_FINE, 0 },
	{ "reply, no token", SENT_REPLY, NO_TOKEN, -1, unknown_origin, TOKEN_FINE, 0 },
	{ "bounce, reply token", SENT_BOUNCE, REPLY_A, -1,
	  "bounce that did not come to the return path", TOKEN_FINE, 0 },
	{ "reply, bounce token", SENT_REPLY, BOUNCE_A, -1, "reply to the bounce address",
	  TOKEN_FINE, 0 },
	{ "bounce, one letter changed", SENT_BOUNCE, FLIPPED_BOUNCE, -1, not_ours, TOKEN_FORGED,
	  0 },
	{ "reply, one letter changed", SENT_REPLY, FLIPPED_REPLY, -1, not_ours, TOKEN_FORGED, 0 },
	{ "key no longer known", SENT_BOUNCE, LOST_KEY, -1, not_ours, TOKEN_FORGED, 0 },
	{ "bounce, guessed", SENT_BOUNCE, GUESSED, -1, not_ours, TOKEN_GUESSED, 0 },
	{ "reply, guessed", SENT_REPLY, GUESSED, -1, not_ours, TOKEN_GUESSED, 0 },
	{ "bounce naming A, token of B", SENT_BOUNCE, BOUNCE_B, -1, another, TOKEN_FOREIGN, 0 },
	{ "reply from A, token of B", SENT_REPLY, REPLY_B, -1, another, TOKEN_FOREIGN, 0 },
	{ "mail that is forgotten", SENT_BOUNCE, NO_SUCH_MAIL, -1, too_late, TOKEN_EXPIRED, 0 },
	{ "bounce, rotated key", SENT_BOUNCE, OLD_KEY_BOUNCE, WORLD_A, "", TOKEN_FINE, 0 },
	{ "reply, rotated key", SENT_REPLY, OLD_KEY_REPLY, WORLD_A, "", TOKEN_FINE, 0 },
	{ "bounce, just in time", SENT_BOUNCE, BOUNCE_A, WORLD_A, "", TOKEN_FINE, 179 },
	{ "bounce, too late", SENT_BOUNCE, BOUNCE_A, -1, too_late, TOKEN_EXPIRED, 181 },
	{ "reply, too late", SENT_REPLY, REPLY_A, -1, too_late, TOKEN_EXPIRED, 181 },
};

/* Each trouble has a counter of its own, and only that one moved. */
static void assert_trouble(const struct flow_world *w, const struct inbox_count *count,
                           enum token_trouble trouble)
{
	for (int t = TOKEN_FINE + 1; t < TOKEN_TROUBLES; t++) {
		bool this_one = t == (int)trouble;

		flow_world_assert_counter(w, token_trouble_counters[t], this_one);
		assert_int_equal(count->refused[t], this_one);
	}
}

static void assert_outcome(const struct token_case *c, const struct flow_world *w)
{
	struct seen o = look(w);

	for (int i = 0; i < WORLD_COMPANIES; i++) {
		bool bounced = c->changed == i && c->sent == SENT_BOUNCE,
		     replied = c->changed == i && !bounced;

		if (strcmp(o.mail[i], bounced ? "bounced" : "accepted") != 0 ||
		    strcmp(o.warning[i], replied ? "resolved" : "sent") != 0 ||
		    strcmp(o.contact[i], bounced   ? "invalid"
					 : replied ? "proven"
						   : "unproven") != 0)
			fail_msg("%s: company %c: mail %s, warning %s, contact %s", c->name,
			         "AB"[i], o.mail[i], o.warning[i], o.contact[i]);
	}
	if (strcmp(o.review, c->review) != 0)
		fail_msg("%s: review '%s' instead of '%s'", c->name, o.review, c->review);
}

static void a_token_moves_its_own_mail_only(void **state)
{
	static const int rotated[] = { 1, 7, -1 };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(token_cases); i++) {
		const struct token_case *c = &token_cases[i];
		struct flow_world w;
		struct inbox_count count = { 0 };
		struct buf mail = BUF_INIT, before = BUF_INIT, after = BUF_INIT;
		char token[TOKEN_TEXT];

		flow_world_open(&w);
		flow_world_keys(&w, rotated);
		w.now += c->days * 86400;
		token_of(token, &w, c->which);
		if (c->sent == SENT_BOUNCE)
			flow_mail_unknown(&mail, token, "info@krakeling.example");
		else
			flow_mail_reply(&mail, token, "Het is opgelost.");
		flow_world_dump(&w, &before);
		flow_mail_take(&w, &mail, &count);
		flow_world_dump(&w, &after);
		assert_outcome(c, &w);
		if ((strcmp(before.s, after.s) == 0) != (c->changed < 0))
			fail_msg("%s: the store changed, or should have", c->name);
		assert_trouble(&w, &count, c->trouble);
		buf_clear(&mail);
		buf_clear(&before);
		buf_clear(&after);
		flow_world_close(&w);
	}
}

/* Every letter of the token counts, the last with its spare bits too. */
static void no_changed_letter_passes(void **state)
{
	struct flow_world w;
	struct buf before = BUF_INIT, after = BUF_INIT;
	struct inbox_count count = { 0 };
	char token[TOKEN_TEXT];
	size_t n;

	UNUSED(state);
	flow_world_open(&w);
	flow_world_dump(&w, &before);
	flow_world_token(token, 1, TOKEN_BOUNCE, w.of[WORLD_A].mail);
	n = strlen(token);
	for (size_t i = 0; i < n; i++) {
		char other[TOKEN_TEXT];
		struct buf mail = BUF_INIT;

		memcpy(other, token, sizeof(other));
		other[i] = other[i] == 'b' ? 'c' : 'b';
		flow_mail_unknown(&mail, other, "info@krakeling.example");
		flow_mail_take(&w, &mail, &count);
		buf_clear(&mail);
	}
	flow_world_dump(&w, &after);
	assert_string_equal(before.s, after.s);
	assert_int_equal(count.mails, n);
	buf_clear(&before);
	buf_clear(&after);
	flow_world_close(&w);
}

/* ---- where a token counts, and how often */

static void a_token_in_the_text_is_no_token(void **state)
{
	static const char *const forms[] = {
		"To: dienst@dienst.example\r\nSubject: Re: x\r\nIn-Reply-To: <1@x.example>\r\n\r\n"
		"opgelost\r\n\r\n"
		"> Reply-To: <dienst+%s@dienst.example>\r\n> To: dienst+%s@dienst.example\r\n",
		"To: dienst@dienst.example\r\nSubject: Fwd: x\r\nMIME-Version: 1.0\r\n"
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nopgelost\r\n--b\r\n"
		"Content-Type: message/rfc822\r\n\r\nDelivered-To: dienst+%s@dienst.example\r\n"
		"To: dienst+%s@dienst.example\r\nSubject: x\r\n\r\nx\r\n--b--\r\n",
		"To: dienst@dienst.example\r\nX-Original: dienst+%s@dienst.example\r\n"
		"From: dienst+%s@dienst.example\r\n"
		"Subject: Re: x\r\n\r\nopgelost\r\n",
	};
	struct flow_world w;
	struct buf before = BUF_INIT, after = BUF_INIT;
	char token[TOKEN_TEXT];

	UNUSED(state);
	flow_world_open(&w);
	flow_world_dump(&w, &before);
	flow_world_token(token, 1, TOKEN_REPLY, w.of[WORLD_A].mail);
	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		struct inbox_count count = { 0 };
		struct buf mail = BUF_INIT;

		for (const char *p = forms[i]; *p != '\0'; p++) {
			if (*p == '%')
				buf_addstr(&mail, (p++, token));
			else
				buf_addch(&mail, *p);
		}
		flow_mail_take(&w, &mail, &count);
		buf_reset(&after);
		flow_world_dump(&w, &after);
		if (strcmp(before.s, after.s) != 0)
			fail_msg("form %zu changed the store", i);
		buf_clear(&mail);
	}
	buf_clear(&before);
	buf_clear(&after);
	flow_world_close(&w);
}

/* The address it was delivered to speaks before what its writer put into To. */
static void of_two_tokens_the_envelope_counts(void **state)
{
	struct flow_world w;
	struct inbox_count count = { 0 };
	struct buf mail = BUF_INIT;
	struct seen o;
	char a[TOKEN_TEXT], b[TOKEN_TEXT];

	UNUSED(state);
	flow_world_open(&w);
	flow_world_token(a, 1, TOKEN_REPLY, w.of[WORLD_A].mail);
	flow_world_token(b, 1, TOKEN_REPLY, w.of[WORLD_B].mail);
	buf_printf(&mail, "Delivered-To: dienst+%s@dienst.example\r\n", a);
	flow_mail_reply(&mail, b, "Het is opgelost.");
	flow_mail_take(&w, &mail, &count);
	o = look(&w);
	assert_string_equal(o.warning[WORLD_A], "resolved");
	assert_string_equal(o.warning[WORLD_B], "sent");
	buf_clear(&mail);
	flow_world_close(&w);
}

static void a_bounce_counts_once(void **state)
{
	struct flow_world w;
	struct inbox_count count = { 0 };
	struct buf mail = BUF_INIT, once = BUF_INIT, again = BUF_INIT;
	char token[TOKEN_TEXT];

	UNUSED(state);
	flow_world_open(&w);
	flow_world_token(token, 1, TOKEN_BOUNCE, w.of[WORLD_A].mail);
	flow_mail_bounce(&mail, token, "info@krakeling.example", "5.2.2", "Mailbox full");
	flow_mail_take(&w, &mail, &count);
	flow_world_dump(&w, &once);
	flow_mail_take(&w, &mail, &count);
	assert_int_equal(count.known, 1);
	for (int i = 0; i < 5; i++) {
		w.now += 60;
		buf_addstr(&mail, "\r\n");
		flow_mail_take(&w, &mail, &count);
	}
	flow_world_dump(&w, &again);
	assert_string_equal(once.s, again.s);
	assert_int_equal(count.repeated, 5);
	flow_world_assert_counter(&w, "repeated_bounces", 5);
	buf_clear(&mail);
	buf_clear(&once);
	buf_clear(&again);
	flow_world_close(&w);
}

/* "No such domain" by mail is as easily made as any bounce: it ends at its token's company. */
static void a_dead_domain_stays_within_the_company(void **state)
{
	struct flow_world w;
	struct inbox_count count = { 0 };
	struct buf mail = BUF_INIT;
	struct seen o;
	char token[TOKEN_TEXT], state_of[16];

	UNUSED(state);
	flow_world_open(&w);
	flow_world_token(token, 1, TOKEN_BOUNCE, w.of[WORLD_A].mail);
	flow_mail_bounce(&mail, token, "info@krakeling.example", "5.1.2",
	            "Host or domain name not found");
	flow_mail_take(&w, &mail, &count);
	o = look(&w);
	assert_string_equal(o.contact[WORLD_A], "invalid");
	get(&w, state_of, sizeof(state_of), "contact", w.of[WORLD_A].second);
	assert_string_equal(state_of, "invalid");
	get(&w, state_of, sizeof(state_of), "contact", w.of[WORLD_A].third);
	assert_string_equal(state_of, "unproven");
	get(&w, state_of, sizeof(state_of), "contact", w.of[WORLD_B].third);
	assert_string_equal(state_of, "unproven");
	buf_clear(&mail);
	flow_world_close(&w);
}

/* ---- what is not known to have arrived */

/* The mail of company A had (attempted) one attempt, and the warning no accepted mail. */
static void put_in_doubt(struct flow_world *w, enum mail_state mail_state, bool attempted)
{
	struct mail_claim claim = { .owner = "a", .route = "r", .now = w->now, .limit = 1 };
	struct warning_change c = { .warning_id = w->of[WORLD_A].warning,
		                    .from = WARNING_SENT,
		                    .to = WARNING_QUEUED,
		                    .reason = "",
		                    .evidence = "",
		                    .at = w->now };
	struct store *s = w->g.store;
	struct arena a = ARENA_INIT;
	struct delivery *d;
	struct err e = ERR_INIT;
	size_t n;

	assert_int_equal(store_begin(s, &e), 0);
	assert_int_equal(store_mail_set_state(s, w->of[WORLD_A].mail, MAIL_READY, w->now, &e), 0);
	if (attempted) {
		assert_int_equal(store_mail_claim(s, &a, &claim, &d, &n, &e), 0);
		assert_int_equal(n, 1);
	}
	assert_int_equal(store_mail_set_state(s, w->of[WORLD_A].mail, mail_state, w->now, &e), 0);
	assert_int_equal(store_warning_change(s, &c, &e), 0);
	assert_int_equal(store_commit(s, &e), 0);
	arena_clear(&a);
}

static void mail_from_there_settles_doubt(void **state)
{
	static const struct {
		const char *text; /* "" = an automatic answer, NULL = a bounce */
		enum which token;
		enum mail_state from;
		bool attempted;
		const char *mail, *warning;
	} cases[] = {
		{ "Ontvangen.", REPLY_A, MAIL_UNKNOWN, true, "confirmed", "acknowledged" },
		{ "Opgelost.", REPLY_A, MAIL_DEFERRED, true, "confirmed", "resolved" },
		{ "Wat is dit?", REPLY_A, MAIL_UNKNOWN, true, "confirmed", "sent" },
		{ "Wat is dit?", REPLY_A, MAIL_DEFERRED, true, "confirmed", "sent" },
		{ "Wat is dit?", REPLY_A, MAIL_READY, true, "confirmed", "sent" },
		{ "Wat is dit?", REPLY_A, MAIL_HELD, true, "confirmed", "sent" },
		{ "Wat is dit?", BOUNCE_A, MAIL_UNKNOWN, true, "confirmed", "sent" },
		{ "", BOUNCE_A, MAIL_UNKNOWN, true, "confirmed", "sent" },
		{ NULL, BOUNCE_A, MAIL_UNKNOWN, true, "bounced", "queued" },
		/* its sender has the last word */
		{ "Wat is dit?", REPLY_A, MAIL_IN_FLIGHT, true, "in_flight", "queued" },
		{ NULL, BOUNCE_A, MAIL_IN_FLIGHT, true, "in_flight", "queued" },
		/* known to be elsewhere already */
		{ "Wat is dit?", REPLY_A, MAIL_REFUSED, true, "refused", "queued" },
		/* never sent: a store from a backup gives a number again */
		{ "Wat is dit?", REPLY_A, MAIL_READY, false, "ready", "queued" },
		{ "Wat is dit?", NO_TOKEN, MAIL_UNKNOWN, true, "unknown", "queued" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *text = cases[i].text;
		struct flow_world w;
		struct inbox_count count = { 0 };
		struct buf mail = BUF_INIT;
		struct seen o;
		char token[TOKEN_TEXT];

		flow_world_open(&w);
		put_in_doubt(&w, cases[i].from, cases[i].attempted);
		token_of(token, &w, cases[i].token);
		if (text != NULL && *text == '\0')
			buf_addstr(&mail, "Auto-Submitted: auto-replied\r\n");
		if (text != NULL)
			flow_mail_reply(&mail, token, *text == '\0' ? "Ik ben er niet." : text);
		else
			flow_mail_unknown(&mail, token, "info@krakeling.example");
		flow_mail_take(&w, &mail, &count);
		o = look(&w);
		if (strcmp(o.mail[WORLD_A], cases[i].mail) != 0 ||
		    strcmp(o.warning[WORLD_A], cases[i].warning) != 0)
			fail_msg("case %zu: mail %s, warning %s", i, o.mail[WORLD_A],
			         o.warning[WORLD_A]);
		buf_clear(&mail);
		flow_world_close(&w);
	}
}

/* NULL: the sending process dies. */
static void end_attempt(struct flow_world *w, const enum outcome *outcome)
{
	const struct claimed c = { .id = w->of[WORLD_A].mail,
				   .warning_id = w->of[WORLD_A].warning,
				   .contact_id = w->of[WORLD_A].contact,
				   .lease_no = 1,
				   .give_up_at = w->now + 86400,
				   .attempts = 1 };
	const struct attempt_result r = { .delivery_id = c.id,
					  .outcome = outcome != NULL ? *outcome : OUTCOME_UNKNOWN };
	struct err e = ERR_INIT;
	int64_t n, moved;

	assert_int_equal(store_begin(w->g.store, &e), 0);
	if (outcome != NULL)
		assert_int_equal(flow_result(&w->g, &c, &r, &e), 0);
	else
		assert_int_equal(flow_tidy(&w->g, &n, &moved, &e), 0);
	assert_int_equal(store_commit(w->g.store, &e), 0);
}

static void take_bounces(struct flow_world *w, int times, struct inbox_count *count)
{
	struct buf mail = BUF_INIT;
	char token[TOKEN_TEXT];

	token_of(token, w, BOUNCE_A);
	flow_mail_bounce(&mail, token, "info@krakeling.example", "5.2.2", "Mailbox full");
	for (int i = 0; i < times; i++) {
		flow_mail_take(w, &mail, count);
		buf_addstr(&mail, "\r\n");
	}
	buf_clear(&mail);
}

/* The attempt before was in doubt: what bounces while the mail is with a sender counts once, and
 * whatever the sender says. */
static void a_bounce_under_way_waits_for_the_result(void **state)
{
	static const enum outcome accepted = OUTCOME_ACCEPTED, deferred = OUTCOME_DEFERRED,
				  unknown = OUTCOME_UNKNOWN;
	static const struct {
		const enum outcome *outcome;
		const char *warning;
	} cases[] = {
		{ &accepted, "sent next_contact" },
		{ &deferred, "queued next_contact" },
		{ &unknown, "queued next_contact" },
		{ NULL, "queued next_contact" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct inbox_count count = { 0 };
		struct flow_world w;
		char got[32];

		flow_world_open(&w);
		put_in_doubt(&w, MAIL_IN_FLIGHT, true);
		take_bounces(&w, 3, &count);
		assert_int_equal(count.repeated, 2);
		flow_world_get(&w, got, sizeof(got), "SELECT score FROM contact ORDER BY id");
		assert_string_equal(got, "1");
		flow_world_get(&w, got, sizeof(got), "SELECT todo FROM warning ORDER BY id");
		assert_string_equal(got, "");
		w.now += 10;
		end_attempt(&w, cases[i].outcome);
		assert_string_equal(look(&w).mail[WORLD_A], "bounced");
		flow_world_get(&w, got, sizeof(got),
			       "SELECT state || ' ' || todo FROM warning ORDER BY id");
		assert_string_equal(got, cases[i].warning);
		take_bounces(&w, 4, &count);
		assert_int_equal(count.repeated, 3);
		flow_world_close(&w);
	}
}

static void take_report_of_success(struct flow_world *w)
{
	struct inbox_count count = { 0 };
	struct buf mail = BUF_INIT;
	char token[TOKEN_TEXT];

	token_of(token, w, BOUNCE_A);
	buf_addstr(&mail, "Return-Path: <>\r\n");
	flow_mail_address(&mail, "To", token);
	buf_addstr(&mail,
		   "From: MAILER-DAEMON@mx.example\r\nSubject: Successful Mail Delivery Report\r\n"
		   "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
		   "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n"
		   "\r\n--b\r\nContent-Type: text/plain\r\n\r\nDelivered.\r\n\r\n"
		   "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
		   "Reporting-MTA: dns; mx.example\r\n\r\n"
		   "Final-Recipient: rfc822; info@krakeling.example\r\nAction: delivered\r\n"
		   "Status: 2.0.0\r\n\r\n--b--\r\n");
	flow_mail_take(w, &mail, &count);
	buf_clear(&mail);
}

/* text as in mail_from_there_settles_doubt(); NULL: the far side reports the delivery. */
static void take_sign_of_life(struct flow_world *w, const char *text, enum which which)
{
	struct inbox_count count = { 0 };
	struct buf mail = BUF_INIT;
	char token[TOKEN_TEXT];

	if (text == NULL) {
		take_report_of_success(w);
		return;
	}
	token_of(token, w, which);
	if (*text == '\0')
		buf_addstr(&mail, "Auto-Submitted: auto-replied\r\n");
	flow_mail_reply(&mail, token, *text == '\0' ? "Ik ben er niet." : text);
	flow_mail_take(w, &mail, &count);
	buf_clear(&mail);
}

/* What shows that the mail arrived while it is with a sender again counts when that one is done. */
static void an_arrival_under_way_waits_for_the_result(void **state)
{
	static const enum outcome accepted = OUTCOME_ACCEPTED, deferred = OUTCOME_DEFERRED,
				  unknown = OUTCOME_UNKNOWN, not_tried = OUTCOME_NOT_TRIED;
	static const struct {
		const char *text;
		enum which token;
		const enum outcome *outcome;
		const char *mail, *warning;
	} cases[] = {
		{ NULL, BOUNCE_A, &deferred, "confirmed", "sent" },
		{ NULL, BOUNCE_A, &unknown, "confirmed", "sent" },
		{ NULL, BOUNCE_A, NULL, "confirmed", "sent" },
		{ NULL, BOUNCE_A, &accepted, "accepted", "sent" },
		{ "", BOUNCE_A, &deferred, "confirmed", "sent" },
		{ "", REPLY_A, &unknown, "confirmed", "sent" },
		{ "", REPLY_A, NULL, "confirmed", "sent" },
		{ "Wat is dit?", REPLY_A, &deferred, "confirmed", "sent" },
		{ "Wat is dit?", BOUNCE_A, &deferred, "confirmed", "sent" },
		{ "Ontvangen.", REPLY_A, &deferred, "confirmed", "acknowledged" },
		/* nothing of it went out: a store from a backup gives a number again */
		{ "", BOUNCE_A, &not_tried, "deferred", "queued" },
		{ "", NO_TOKEN, &deferred, "deferred", "queued" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct flow_world w;
		struct seen o;

		flow_world_open(&w);
		put_in_doubt(&w, MAIL_IN_FLIGHT, true);
		take_sign_of_life(&w, cases[i].text, cases[i].token);
		assert_string_equal(look(&w).mail[WORLD_A], "in_flight");
		w.now += 10;
		end_attempt(&w, cases[i].outcome);
		o = look(&w);
		if (strcmp(o.mail[WORLD_A], cases[i].mail) != 0 ||
		    strcmp(o.warning[WORLD_A], cases[i].warning) != 0)
			fail_msg("case %zu: mail %s, warning %s", i, o.mail[WORLD_A],
			         o.warning[WORLD_A]);
		flow_world_close(&w);
	}
}

/* ---- rotation, with keys from files */

static void write_key(const char *path, char c)
{
	char key[32];
	struct err e = ERR_INIT;

	memset(key, c, sizeof(key));
	assert_int_equal(file_write_atomic(path, key, sizeof(key), 0600, &e), 0);
}

static void open_keys(struct flow_world *w, struct conf_token_key *keys, size_t n)
{
	struct err e = ERR_INIT;

	w->conf.token_keys = keys;
	w->conf.n_token_keys = n;
	w->g.have_keys = false;
	if (gateway_need(&w->g, GATEWAY_KEYS, &e) < 0)
		fail_msg("%s", e.text);
}

static void take_bounce_with(struct flow_world *w, const char *token, int i)
{
	struct inbox_count count = { 0 };
	struct buf mail = BUF_INIT;

	flow_mail_unknown(&mail, token,
			  i == WORLD_A ? "info@krakeling.example" : "baas@smid.example");
	flow_mail_take(w, &mail, &count);
	buf_clear(&mail);
}

static void a_rotated_key_is_good_until_it_is_dropped(void **state)
{
	struct conf_token_key old_one = { 1, NULL }, new_one = { 2, NULL }, both[2];
	struct flow_world w;
	struct err e = ERR_INIT;
	char old_path[96], new_path[96], before[TOKEN_TEXT], after[TOKEN_TEXT], late[TOKEN_TEXT];

	UNUSED(state);
	flow_world_open(&w);
	snprintf(old_path, sizeof(old_path), "%s/old", w.folder);
	snprintf(new_path, sizeof(new_path), "%s/new", w.folder);
	write_key(old_path, 'o');
	write_key(new_path, 'n');
	old_one.file = old_path;
	new_one.file = new_path;
	open_keys(&w, &old_one, 1);
	assert_int_equal(token_make(before, &w.g.keys, TOKEN_BOUNCE, w.of[WORLD_A].mail, &e), 0);
	assert_int_equal(token_make(late, &w.g.keys, TOKEN_BOUNCE, w.of[WORLD_B].mail, &e), 0);
	both[0] = new_one;
	both[1] = old_one;
	open_keys(&w, both, 2);
	assert_int_equal(token_make(after, &w.g.keys, TOKEN_BOUNCE, w.of[WORLD_A].mail, &e), 0);
	assert_string_not_equal(before, after);
	take_bounce_with(&w, before, WORLD_A);
	assert_string_equal(look(&w).mail[WORLD_A], "bounced");
	take_bounce_with(&w, after, WORLD_A);
	flow_world_assert_counter(&w, "repeated_bounces", 1);
	open_keys(&w, &new_one, 1);
	take_bounce_with(&w, late, WORLD_B);
	assert_string_equal(look(&w).mail[WORLD_B], "accepted");
	flow_world_assert_counter(&w, "forged_tokens", 1);
	unlink(old_path);
	unlink(new_path);
	flow_world_close(&w);
}

struct called {
	int64_t inbox_id;
	int n;
};

static int note_call(void *arg, const struct call_row *c, struct err *e)
{
	struct called *called = arg;

	UNUSED(e);
	called->inbox_id = c->inbox_id;
	called->n++;
	return 0;
}

/* It may say a number that the register does not have. */
static void a_call_names_the_mail_that_asks_for_it(void **state)
{
	struct flow_world w;
	struct buf mail = BUF_INIT;
	struct inbox_count count = { 0 };
	struct called called = { 0, 0 };
	struct err e = ERR_INIT;
	char token[TOKEN_TEXT], id[24];

	UNUSED(state);
	flow_world_open(&w);
	token_of(token, &w, REPLY_A);
	flow_mail_reply(&mail, token, "Bel mij op 06-12345678.");
	flow_mail_take(&w, &mail, &count);
	assert_int_equal(store_call_each(w.g.store, note_call, &called, &e), 0);
	assert_int_equal(called.n, 1);
	flow_world_get(&w, id, sizeof(id), "SELECT id FROM inbox");
	assert_int_equal(called.inbox_id, strtoll(id, NULL, 10));
	buf_clear(&mail);
	flow_world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_names_the_mail_that_asks_for_it),
		cmocka_unit_test(a_token_moves_its_own_mail_only),
		cmocka_unit_test(no_changed_letter_passes),
		cmocka_unit_test(a_token_in_the_text_is_no_token),
		cmocka_unit_test(of_two_tokens_the_envelope_counts),
		cmocka_unit_test(a_bounce_counts_once),
		cmocka_unit_test(a_dead_domain_stays_within_the_company),
		cmocka_unit_test(mail_from_there_settles_doubt),
		cmocka_unit_test(a_bounce_under_way_waits_for_the_result),
		cmocka_unit_test(an_arrival_under_way_waits_for_the_result),
		cmocka_unit_test(a_rotated_key_is_good_until_it_is_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
