/*
 * test_flow_inbox: which inbound mail may change the store, and which may not.
 */
#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "classify.h"
#include "fdio.h"
#include "flow_inbox.h"
#include "flow_world.h"

static int classify(void *arg, struct verdict *v, const void *bytes, size_t n, struct err *e)
{
	UNUSED(arg);
	UNUSED(e);
	classify_mail(v, bytes, n, &classify_default_limits);
	return 0;
}

static const struct classifier in_process = { classify, NULL };

static void take(struct flow_world *w, const struct buf *mail, struct inbox_count *count)
{
	static int uid;
	struct err e = ERR_INIT;
	enum inbox_fate fate;
	char name[16];

	snprintf(name, sizeof(name), "%d", ++uid);
	if (flow_inbox_take(&w->g, &in_process, "test", name, mail->s, mail->len, &fate, count, &e) < 0)
		fail_msg("%s", e.text);
}

/* ---- mails */

static void add_address(struct buf *b, const char *field, const char *token)
{
	if (*token == '\0')
		buf_printf(b, "%s: dienst@dienst.example\r\n", field);
	else
		buf_printf(b, "%s: dienst+%s@dienst.example\r\n", field, token);
}

/* A delivery report; status as in RFC 3463. */
static void make_bounce(struct buf *b, const char *token, const char *recipient, const char *status, const char *text)
{
	buf_addstr(b, "Return-Path: <>\r\n");
	add_address(b, "Delivered-To", token);
	add_address(b, "To", token);
	buf_printf(b,
	           "From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered Mail Returned to Sender\r\n"
	           "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
	           "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n"
	           "--b\r\nContent-Type: text/plain\r\n\r\nUw bericht kon niet worden bezorgd.\r\n\r\n"
	           "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
	           "Final-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: %s\r\n"
	           "Diagnostic-Code: smtp; 550 %s %s\r\n\r\n--b--\r\n",
	           recipient, status, status, text);
}

static void make_unknown(struct buf *b, const char *token, const char *recipient)
{
	make_bounce(b, token, recipient, "5.1.1", "User unknown");
}

static void make_reply(struct buf *b, const char *token, const char *text)
{
	buf_addstr(b, "From: Jan <info@krakeling.example>\r\n");
	add_address(b, "To", token);
	buf_printf(b, "Subject: Re: Waarschuwing\r\nMessage-ID: <antwoord@krakeling.example>\r\n"
	              "In-Reply-To: <1@dienst.example>\r\n\r\n%s\r\n", text);
}

/* ---- what became of it */

struct outcome {
	char mail[2][16], warning[2][16], contact[2][16], review[64], trust[16];
};

static void get(const struct flow_world *w, char *out, size_t size, const char *what, int64_t id)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "SELECT state FROM %s WHERE id = %" PRId64, what, id);
	flow_world_get(w, out, size, sql);
}

static struct outcome look(const struct flow_world *w)
{
	struct outcome o;

	for (int i = 0; i < WORLD_COMPANIES; i++) {
		get(w, o.mail[i], sizeof(o.mail[i]), "mail", w->of[i].mail);
		get(w, o.warning[i], sizeof(o.warning[i]), "warning", w->of[i].warning);
		get(w, o.contact[i], sizeof(o.contact[i]), "contact", w->of[i].contact);
	}
	flow_world_get(w, o.review, sizeof(o.review), "SELECT review_reason FROM inbox ORDER BY id DESC LIMIT 1");
	flow_world_get(w, o.trust, sizeof(o.trust), "SELECT trust FROM inbox ORDER BY id DESC LIMIT 1");
	return o;
}

static void assert_counter(const struct flow_world *w, const char *name, int64_t want)
{
	struct err e = ERR_INIT;
	int64_t got = -1;

	assert_true(store_counter(w->g.store, name, &got, &e) >= 0);
	if (got != want)
		fail_msg("counter %s: %" PRId64 " instead of %" PRId64, name, got, want);
}

/* ---- one mail, one token */

enum which { NO_TOKEN, BOUNCE_A, REPLY_A, BOUNCE_B, REPLY_B, FLIPPED_BOUNCE, FLIPPED_REPLY, GUESSED, NO_SUCH_MAIL,
	     OLD_KEY_BOUNCE, OLD_KEY_REPLY, LOST_KEY };

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
		flow_world_token(out, 1, which == FLIPPED_BOUNCE ? TOKEN_BOUNCE : TOKEN_REPLY, w->of[WORLD_A].mail);
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
	int forged, expired;
	int days;           /* between the mail and its answer */
};

static const char unknown_origin[] = "cannot be tied to a mail of ours";

static const struct token_case token_cases[] = {
	{ "bounce, its token", SENT_BOUNCE, BOUNCE_A, WORLD_A, "", 0, 0, 0 },
	{ "reply, its token", SENT_REPLY, REPLY_A, WORLD_A, "", 0, 0, 0 },
	{ "bounce, no token", SENT_BOUNCE, NO_TOKEN, -1, unknown_origin, 0, 0, 0 },
	{ "reply, no token", SENT_REPLY, NO_TOKEN, -1, unknown_origin, 0, 0, 0 },
	{ "bounce, reply token", SENT_BOUNCE, REPLY_A, -1, "bounce to the reply address", 0, 0, 0 },
	{ "reply, bounce token", SENT_REPLY, BOUNCE_A, -1, "reply to the bounce address", 0, 0, 0 },
	{ "bounce, one letter changed", SENT_BOUNCE, FLIPPED_BOUNCE, -1, "token is not ours", 1, 0, 0 },
	{ "reply, one letter changed", SENT_REPLY, FLIPPED_REPLY, -1, "token is not ours", 1, 0, 0 },
	{ "bounce, guessed", SENT_BOUNCE, GUESSED, -1, "token is not ours", 1, 0, 0 },
	{ "reply, guessed", SENT_REPLY, GUESSED, -1, "token is not ours", 1, 0, 0 },
	{ "bounce naming A, token of B", SENT_BOUNCE, BOUNCE_B, WORLD_B, "", 0, 0, 0 },
	{ "reply from A, token of B", SENT_REPLY, REPLY_B, WORLD_B, "", 0, 0, 0 },
	{ "mail that is forgotten", SENT_BOUNCE, NO_SUCH_MAIL, -1, unknown_origin, 0, 0, 0 },
	{ "bounce, rotated key", SENT_BOUNCE, OLD_KEY_BOUNCE, WORLD_A, "", 0, 0, 0 },
	{ "reply, rotated key", SENT_REPLY, OLD_KEY_REPLY, WORLD_A, "", 0, 0, 0 },
	{ "key no longer known", SENT_BOUNCE, LOST_KEY, -1, "token is not ours", 1, 0, 0 },
	{ "bounce, just in time", SENT_BOUNCE, BOUNCE_A, WORLD_A, "", 0, 0, 179 },
	{ "bounce, too late", SENT_BOUNCE, BOUNCE_A, -1, "token expired", 0, 1, 181 },
	{ "reply, too late", SENT_REPLY, REPLY_A, -1, "token expired", 0, 1, 181 },
};

static void assert_outcome(const struct token_case *c, const struct flow_world *w)
{
	struct outcome o = look(w);

	for (int i = 0; i < WORLD_COMPANIES; i++) {
		bool bounced = c->changed == i && c->sent == SENT_BOUNCE, replied = c->changed == i && !bounced;

		if (strcmp(o.mail[i], bounced ? "bounced" : "accepted") != 0 ||
		    strcmp(o.warning[i], replied ? "resolved" : "sent") != 0 ||
		    strcmp(o.contact[i], bounced ? "invalid" : replied ? "proven" : "unproven") != 0)
			fail_msg("%s: company %c: mail %s, warning %s, contact %s", c->name, "AB"[i], o.mail[i],
			         o.warning[i], o.contact[i]);
	}
	if (strcmp(o.review, c->review) != 0)
		fail_msg("%s: review '%s' instead of '%s'", c->name, o.review, c->review);
	assert_counter(w, "forged_tokens", c->forged);
	assert_counter(w, "expired_tokens", c->expired);
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
			make_unknown(&mail, token, "info@krakeling.example");
		else
			make_reply(&mail, token, "Het is opgelost.");
		flow_world_dump(&w, &before);
		take(&w, &mail, &count);
		flow_world_dump(&w, &after);
		assert_outcome(c, &w);
		if ((strcmp(before.s, after.s) == 0) != (c->changed < 0))
			fail_msg("%s: the store changed, or should have", c->name);
		assert_int_equal(count.forged, c->forged);
		assert_int_equal(count.expired, c->expired);
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
		make_unknown(&mail, other, "info@krakeling.example");
		take(&w, &mail, &count);
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
		"To: dienst@dienst.example\r\nSubject: Re: x\r\nIn-Reply-To: <1@x.example>\r\n\r\nopgelost\r\n\r\n"
		"> Reply-To: <dienst+%s@dienst.example>\r\n> To: dienst+%s@dienst.example\r\n",
		"To: dienst@dienst.example\r\nSubject: Fwd: x\r\nMIME-Version: 1.0\r\n"
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nopgelost\r\n--b\r\n"
		"Content-Type: message/rfc822\r\n\r\nDelivered-To: dienst+%s@dienst.example\r\n"
		"To: dienst+%s@dienst.example\r\nSubject: x\r\n\r\nx\r\n--b--\r\n",
		"To: dienst@dienst.example\r\nX-Original: dienst+%s@dienst.example\r\nFrom: dienst+%s@dienst.example\r\n"
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
		take(&w, &mail, &count);
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
	struct outcome o;
	char a[TOKEN_TEXT], b[TOKEN_TEXT];

	UNUSED(state);
	flow_world_open(&w);
	flow_world_token(a, 1, TOKEN_REPLY, w.of[WORLD_A].mail);
	flow_world_token(b, 1, TOKEN_REPLY, w.of[WORLD_B].mail);
	buf_printf(&mail, "Delivered-To: dienst+%s@dienst.example\r\n", a);
	make_reply(&mail, b, "Het is opgelost.");
	take(&w, &mail, &count);
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
	make_bounce(&mail, token, "info@krakeling.example", "5.2.2", "Mailbox full");
	take(&w, &mail, &count);
	flow_world_dump(&w, &once);
	take(&w, &mail, &count);
	assert_int_equal(count.known, 1);
	for (int i = 0; i < 5; i++) {
		w.now += 60;
		buf_addstr(&mail, "\r\n");
		take(&w, &mail, &count);
	}
	flow_world_dump(&w, &again);
	assert_string_equal(once.s, again.s);
	assert_int_equal(count.repeated, 5);
	assert_counter(&w, "repeated_bounces", 5);
	buf_clear(&mail);
	buf_clear(&once);
	buf_clear(&again);
	flow_world_close(&w);
}

/* "No such domain" by mail is as easily made as any bounce: it ends at the company whose token it carries. */
static void a_dead_domain_stays_within_the_company(void **state)
{
	struct flow_world w;
	struct inbox_count count = { 0 };
	struct buf mail = BUF_INIT;
	struct outcome o;
	char token[TOKEN_TEXT], state_of[16];

	UNUSED(state);
	flow_world_open(&w);
	flow_world_token(token, 1, TOKEN_BOUNCE, w.of[WORLD_A].mail);
	make_bounce(&mail, token, "info@krakeling.example", "5.1.2", "Host or domain name not found");
	take(&w, &mail, &count);
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

	make_unknown(&mail, token, i == WORLD_A ? "info@krakeling.example" : "baas@smid.example");
	take(w, &mail, &count);
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
	assert_counter(&w, "repeated_bounces", 1);
	open_keys(&w, &new_one, 1);
	take_bounce_with(&w, late, WORLD_B);
	assert_string_equal(look(&w).mail[WORLD_B], "accepted");
	assert_counter(&w, "forged_tokens", 1);
	unlink(old_path);
	unlink(new_path);
	flow_world_close(&w);
}

/* ---- loops: nothing is ever sent because of a robot */

static void robots_get_no_answer(void **state)
{
	static const char *const robots[] = {
		"Auto-Submitted: auto-replied\r\nSubject: Afwezig\r\n\r\nIk ben met vakantie.\r\n",
		"Auto-Submitted: auto-generated\r\nSubject: Ticket [#4711] aangemaakt\r\n\r\nWij hebben uw melding ontvangen.\r\n",
		"X-Autoreply: yes\r\nPrecedence: bulk\r\nSubject: Re: Waarschuwing\r\n\r\nOpgelost zodra ik terug ben.\r\n",
		"Subject: Automatisch antwoord: Waarschuwing\r\n\r\nJan werkt hier niet meer, schrijf naar piet@krakeling.example\r\n",
		"Subject: Out of Office: Waarschuwing\r\nAuto-Submitted: auto-replied\r\n\r\nresolved, received, call me\r\n",
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
		add_address(&mail, "Delivered-To", token);
		add_address(&mail, "To", token);
		buf_addstr(&mail, robots[i / 2]);
		take(&w, &mail, &count);
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
	static const char *const answers[] = { "Ontvangen.", "Opgelost.", "Dit systeem is niet van ons.", "Bel mij.",
		                               "Wij willen deze berichten niet meer ontvangen.", "Wat is dit?" };
	struct inbox_count count = { 0 };
	struct flow_world w;
	struct buf mail = BUF_INIT;
	char token[TOKEN_TEXT], text[32];

	UNUSED(state);
	flow_world_open(&w);
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
		flow_world_token(token, 1, TOKEN_REPLY, w.of[WORLD_A].mail);
		buf_reset(&mail);
		make_reply(&mail, token, answers[i]);
		take(&w, &mail, &count);
	}
	flow_world_token(token, 1, TOKEN_BOUNCE, w.of[WORLD_B].mail);
	buf_reset(&mail);
	make_unknown(&mail, token, "baas@smid.example");
	take(&w, &mail, &count);
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
	case 0:
		break;
	case 1:
		for (int i = 0; i < 31; i++)
			token[i] = letters[dice(seed, 32)];
		token[31] = '\0';
		break;
	case 2:
		flow_world_token(token, 1, dice(seed, 2) ? TOKEN_REPLY : TOKEN_BOUNCE, w->of[dice(seed, 2)].mail);
		token[dice(seed, 30)] ^= 1;
		break;
	default:
		flow_world_token(token, 2, dice(seed, 2) ? TOKEN_REPLY : TOKEN_BOUNCE, w->of[dice(seed, 2)].mail);
	}
	buf_printf(b, "dienst%s%s@dienst.example", *token ? "+" : "", token);
}

static void random_mail(struct buf *b, uint32_t *seed, const struct flow_world *w)
{
	static const char *const fields[] = { "To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To" };
	static const char *const froms[] = { "info@krakeling.example", "MAILER-DAEMON@mx.example", "baas@smid.example" };
	static const char *const extra[] = { "Auto-Submitted: auto-replied\r\n", "Precedence: bulk\r\n",
		                             "Return-Path: <>\r\n", "X-Failed-Recipients: info@krakeling.example\r\n" };
	static const char *const texts[] = { "Opgelost.", "550 5.1.1 <info@krakeling.example> User unknown",
		                             "Bel mij.", "Ik ben met vakantie.", "Dit is niet van ons." };
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
	buf_printf(b, "Subject: Re: Waarschuwing [%s]\r\nIn-Reply-To: %s\r\n", c->ref, c->message_id);
	if (dice(seed, 2) == 0)
		make_unknown(b, "", froms[0]);
	else
		buf_printf(b, "\r\n%s\r\n\r\nMessage-ID: %s\r\n%u\r\n", texts[dice(seed, ARRAY_SIZE(texts))],
		           c->message_id, (unsigned)dice(seed, 1 << 20));
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
		take(&w, &mail, &count);
		buf_reset(&after);
		flow_world_dump(&w, &after);
		if (strcmp(before.s, after.s) != 0)
			fail_msg("this mail changed the store:\n%s", mail.s);
	}
	assert_true(count.forged > MAILS / 10);
	assert_true(count.bounces > MAILS / 10 && count.replies > MAILS / 20 && count.robots > 0);
	assert_counter(&w, "forged_tokens", (int64_t)count.forged);
	buf_clear(&before);
	buf_clear(&after);
	buf_clear(&mail);
	flow_world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_token_moves_its_own_mail_only), cmocka_unit_test(no_changed_letter_passes),
		cmocka_unit_test(a_token_in_the_text_is_no_token), cmocka_unit_test(of_two_tokens_the_envelope_counts),
		cmocka_unit_test(a_bounce_counts_once), cmocka_unit_test(a_dead_domain_stays_within_the_company),
		cmocka_unit_test(a_rotated_key_is_good_until_it_is_dropped), cmocka_unit_test(robots_get_no_answer),
		cmocka_unit_test(no_mail_is_made_by_the_inbox), cmocka_unit_test(without_a_token_nothing_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
