/*
 * test_flow_report: what a delivery report costs the mail and the contact, by whom it names.
 */
#include "test.h"

#include "flow_mail.h"

static const char ours[] = "INFO@krakeling.example";

/* A recipient of the report: action, status, and the address we gave where it tells it. */
struct group {
	const char *final, *action, *status, *original;
};

struct report_case {
	const char *name;
	struct group group[2];
	bool foreign;        /* it returns a mail that is not ours */
	const char *mail;    /* its state after */
	const char *contact;
	const char *todo;    /* of the warning */
	const char *review;
};

static const struct report_case cases[] = {
	{ "ours failed",
	  { { ours, "failed", "5.1.1", NULL } },
	  false, "bounced", "invalid", "next_contact", "" },
	{ "ours failed, in a mail with another Message-ID",
	  { { ours, "failed", "5.1.1", NULL } },
	  true, "bounced", "invalid", "next_contact", "" },
	{ "ours failed behind another name",
	  { { "jan@krakeling.example", "failed", "5.1.1", ours } },
	  false, "bounced", "invalid", "next_contact", "" },
	{ "ours failed and a copy did",
	  { { "collega@krakeling.example", "failed", "5.2.2", NULL },
	    { ours, "failed", "5.1.1", NULL } },
	  false, "bounced", "invalid", "next_contact", "" },
	{ "ours delivered, a copy failed",
	  { { ours, "delivered", "2.0.0", NULL },
	    { "collega@krakeling.example", "failed", "5.1.1", NULL } },
	  false, "confirmed", "proven", "", "" },
	{ "ours expanded, one of the list failed",
	  { { ours, "expanded", "2.0.0", NULL },
	    { "collega@krakeling.example", "failed", "5.1.1", NULL } },
	  false, "accepted", "unproven", "", "" },
	{ "ours delayed, a copy failed",
	  { { ours, "delayed", "4.2.0", NULL },
	    { "collega@krakeling.example", "failed", "5.1.1", NULL } },
	  false, "delayed", "unproven", "", "" },
	{ "ours delivered, a copy delayed",
	  { { ours, "delivered", "2.0.0", NULL },
	    { "collega@krakeling.example", "delayed", "4.2.0", NULL } },
	  false, "confirmed", "proven", "", "" },
	{ "ours went to two, one of them failed",
	  { { "jan@krakeling.example", "relayed", "2.0.0", ours },
	    { "piet@krakeling.example", "failed", "5.1.1", ours } },
	  false, "accepted", "unproven", "", "" },
	{ "somebody behind ours failed",
	  { { "jan@elders.example", "failed", "5.1.1", NULL } },
	  false, "bounced", "doubtful", "next_contact", "" },
	{ "the domain behind ours is gone",
	  { { "jan@elders.example", "failed", "5.1.2", NULL } },
	  false, "bounced", "doubtful", "next_contact", "" },
	{ "somebody behind ours refused it for policy",
	  { { "jan@elders.example", "failed", "5.7.1", NULL } },
	  false, "bounced", "unproven", "next_contact", "" },
	{ "a stranger, of a mail that is not ours",
	  { { "slachtoffer@elders.example", "failed", "5.1.1", NULL } },
	  true, "accepted", "unproven", "", "returns a mail that is not ours" },
	{ "ours relayed",
	  { { ours, "relayed", "2.0.0", NULL } },
	  false, "accepted", "unproven", "", "" },
	{ "ours delivered",
	  { { ours, "delivered", "2.0.0", NULL } },
	  false, "confirmed", "proven", "", "" },
};

static void add_group(struct buf *b, const struct group *g)
{
	if (g->original != NULL)
		buf_printf(b, "Original-Recipient: rfc822; %s\r\n", g->original);
	buf_printf(b, "Final-Recipient: rfc822; %s\r\nAction: %s\r\nStatus: %s\r\n\r\n", g->final,
	           g->action, g->status);
}

static void make_report(struct buf *b, const struct flow_world *w, const struct report_case *c)
{
	char token[TOKEN_TEXT];

	flow_world_token(token, 1, TOKEN_BOUNCE, w->of[WORLD_A].mail);
	buf_addstr(b, "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\n");
	flow_mail_address(b, "To", token);
	buf_addstr(b, "Subject: Delivery report\r\nMIME-Version: 1.0\r\nContent-Type: "
	              "multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n"
	              "Content-Type: message/delivery-status\r\n\r\n"
	              "Reporting-MTA: dns; mx.example\r\n\r\n");
	for (size_t i = 0; i < ARRAY_SIZE(c->group) && c->group[i].final != NULL; i++)
		add_group(b, &c->group[i]);
	buf_printf(b,
	           "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: Waarschuwing\r\n"
	           "Message-ID: %s\r\n\r\n--b--\r\n",
	           c->foreign ? "<elders@evil.example>" : w->of[WORLD_A].message_id);
}

static void assert_value(const struct flow_world *w, const char *name, const char *want,
                         const char *what, const char *table, int64_t id)
{
	char sql[128], got[80];

	snprintf(sql, sizeof(sql), "SELECT %s FROM %s WHERE id = %" PRId64, what, table, id);
	flow_world_get(w, got, sizeof(got), sql);
	if (strcmp(got, want) != 0)
		fail_msg("%s: %s of %s is '%s' instead of '%s'", name, what, table, got, want);
}

static void a_report_costs_whom_it_names(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct report_case *c = &cases[i];
		struct flow_world w;
		struct inbox_count count = { 0 };
		struct buf mail = BUF_INIT;
		char review[80], kind[16];

		flow_world_open(&w);
		make_report(&mail, &w, c);
		flow_mail_take(&w, &mail, &count);
		assert_value(&w, c->name, c->mail, "state", "mail", w.of[WORLD_A].mail);
		assert_value(&w, c->name, c->contact, "state", "contact", w.of[WORLD_A].contact);
		assert_value(&w, c->name, c->todo, "todo", "warning", w.of[WORLD_A].warning);
		flow_world_get(&w, review, sizeof(review), "SELECT review_reason FROM inbox");
		assert_string_equal(review, c->review);
		/* a result that is late looks here for a bounce */
		flow_world_get(&w, kind, sizeof(kind), "SELECT kind FROM inbox");
		assert_int_equal(strcmp(kind, "bounce") == 0,
		                 strcmp(c->mail, "bounced") == 0 || *c->review != '\0');
		flow_world_assert_counter(&w, "stray_tokens", *c->review != '\0');
		buf_clear(&mail);
		flow_world_close(&w);
	}
}

/* It left the first server, no more: what fails behind it still asks for the next contact. */
static void a_bounce_behind_a_relay_counts(void **state)
{
	static const struct report_case relayed = { .group = { { ours, "relayed", "2.0.0", NULL } } },
	                                failed = { .group = { { ours, "failed", "5.1.1", NULL } } };
	const struct report_case *const both[] = { &relayed, &failed };
	struct flow_world w;
	struct inbox_count count = { 0 };

	UNUSED(state);
	flow_world_open(&w);
	for (size_t i = 0; i < ARRAY_SIZE(both); i++) {
		struct buf mail = BUF_INIT;

		make_report(&mail, &w, both[i]);
		flow_mail_take(&w, &mail, &count);
		buf_clear(&mail);
	}
	assert_value(&w, "bounce", "bounced", "state", "mail", w.of[WORLD_A].mail);
	assert_value(&w, "bounce", "invalid", "state", "contact", w.of[WORLD_A].contact);
	assert_value(&w, "bounce", "next_contact", "todo", "warning", w.of[WORLD_A].warning);
	flow_world_close(&w);
}

/* "Read: ..." or deleted unread: no answer, and nothing for a person to do. */
static void a_read_receipt_is_nobodys_work(void **state)
{
	static const char *const dispositions[] = { "displayed", "deleted" };

	UNUSED(state);
	for (size_t i = 0; i < 3 * ARRAY_SIZE(dispositions); i++) {
		struct flow_world w;
		struct inbox_count count = { 0 };
		struct buf mail = BUF_INIT, before = BUF_INIT, after = BUF_INIT;
		char token[TOKEN_TEXT] = "";

		flow_world_open(&w);
		if (i % 3 > 0)
			flow_world_token(token, 1, i % 3 == 1 ? TOKEN_REPLY : TOKEN_BOUNCE,
			                 w.of[WORLD_A].mail);
		flow_mail_receipt(&mail, token, dispositions[i / 3]);
		flow_world_dump(&w, &before);
		flow_mail_take(&w, &mail, &count);
		flow_world_dump(&w, &after);
		assert_string_equal(before.s, after.s);
		assert_int_equal(count.review, 0);
		buf_clear(&mail);
		buf_clear(&before);
		buf_clear(&after);
		flow_world_close(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_costs_whom_it_names),
		cmocka_unit_test(a_bounce_behind_a_relay_counts),
		cmocka_unit_test(a_read_receipt_is_nobodys_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
