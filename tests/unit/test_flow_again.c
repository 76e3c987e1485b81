/*
 * test_flow_again: mail that comes again: under another name, before it was judged, or copied.
 */
#include "test.h"

#include "classify.h"
#include "flow_mail.h"

/* ---- the same bytes under another uid */

static int nobody_reads(void *arg, struct verdict *v, const void *bytes, size_t n, struct err *e)
{
	UNUSED(arg);
	UNUSED(v);
	UNUSED(bytes);
	UNUSED(n);
	return err_set(e, ERR_TEMP, "no parser");
}

static int reads(void *arg, struct verdict *v, const void *bytes, size_t n, struct err *e)
{
	UNUSED(arg);
	UNUSED(e);
	classify_mail(v, bytes, n, &classify_default_limits);
	return 0;
}

static const struct classifier absent = { nobody_reads, NULL }, reader = { reads, NULL };

static int take(struct flow_world *w, const struct classifier *c, const char *uid,
                const struct buf *mail, enum inbox_fate *fate, struct inbox_count *count)
{
	struct err e = ERR_INIT;

	return flow_inbox_take(&w->g, c, "test", uid, mail->s, mail->len, fate, count, &e);
}

static void make_reply(struct buf *mail, const struct flow_world *w, const char *text)
{
	char token[TOKEN_TEXT];

	flow_world_token(token, 1, TOKEN_REPLY, w->of[WORLD_A].mail);
	buf_reset(mail);
	flow_mail_reply(mail, token, text);
}

static void assert_state(const struct flow_world *w, const char *table, int64_t id,
                         const char *want)
{
	char sql[128], got[32];

	snprintf(sql, sizeof(sql), "SELECT state FROM %s WHERE id = %" PRId64, table, id);
	flow_world_get(w, got, sizeof(got), sql);
	if (strcmp(got, want) != 0)
		fail_msg("%s: %s instead of %s", table, got, want);
}

/* The mailbox was made anew (UIDVALIDITY) between the commit and the judgement. */
static void raw_mail_is_judged_before_it_is_done(void **state)
{
	struct flow_world w;
	struct inbox_count count = { 0 };
	struct buf mail = BUF_INIT;
	enum inbox_fate fate = INBOX_DONE;

	UNUSED(state);
	flow_world_open(&w);
	make_reply(&mail, &w, "Wat is dit?");
	assert_int_equal(take(&w, &absent, "1.1", &mail, &fate, &count), ERR_TEMP);
	assert_int_equal(take(&w, &absent, "2.1", &mail, &fate, &count), ERR_TEMP);
	assert_int_equal(take(&w, &reader, "3.1", &mail, &fate, &count), 0);
	assert_int_equal(fate, INBOX_UNCLEAR);
	assert_int_equal(count.replies, 1);
	assert_int_equal(count.mails, 1);
	make_reply(&mail, &w, "Opgelost.");
	assert_int_equal(take(&w, &absent, "1.2", &mail, &fate, &count), ERR_TEMP);
	assert_int_equal(take(&w, &reader, "2.2", &mail, &fate, &count), 0);
	assert_int_equal(fate, INBOX_DONE);
	assert_state(&w, "warning", w.of[WORLD_A].warning, "resolved");
	buf_clear(&mail);
	flow_world_close(&w);
}

static void judged_mail_keeps_its_fate(void **state)
{
	static const char *const text[] = { "Wat is dit?", "Ontvangen." };
	static const enum inbox_fate want[] = { INBOX_UNCLEAR, INBOX_DONE };
	struct flow_world w;
	struct buf mail = BUF_INIT;

	UNUSED(state);
	flow_world_open(&w);
	for (size_t i = 0; i < ARRAY_SIZE(text); i++) {
		struct inbox_count count = { 0 };
		enum inbox_fate first, again;
		char uid[2][8];

		snprintf(uid[0], sizeof(uid[0]), "1.%zu", i);
		snprintf(uid[1], sizeof(uid[1]), "2.%zu", i);
		make_reply(&mail, &w, text[i]);
		assert_int_equal(take(&w, &reader, uid[0], &mail, &first, &count), 0);
		assert_int_equal(take(&w, &reader, uid[1], &mail, &again, &count), 0);
		assert_int_equal(first, want[i]);
		assert_int_equal(again, want[i]);
		assert_int_equal(count.mails, 1);
		assert_int_equal(count.known, 1);
		assert_int_equal(count.replies, 1);
	}
	buf_clear(&mail);
	flow_world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(raw_mail_is_judged_before_it_is_done),
		cmocka_unit_test(judged_mail_keeps_its_fate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
