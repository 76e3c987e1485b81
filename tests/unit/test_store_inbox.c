/*
 * test_store_inbox: inbound mail is kept once, as it came, and judged later.
 */
#include "test.h"

#include "buf.h"
#include "store_case.h"
#include "store_inbox.h"

static int64_t add(struct store_case *c, const char *uid, const char *digest, const char *bytes,
                   bool want_new)
{
	bool is_new;
	int64_t id;

	MUST(c, store_inbox_add(c->store, "imap", uid, digest, bytes, strlen(bytes), CASE_NOW, &id,
	                        &is_new, &c->e));
	assert_int_equal(is_new, want_new);
	return id;
}

static void judge(struct store_case *c, int64_t id, const char *review)
{
	struct verdict *v = xcalloc(1, sizeof(*v));
	struct inbox_judgement j = { .inbox_id = id,
		                     .verdict = v,
		                     .trust = TRUST_REPLY,
		                     .mail_id = 3,
		                     .warning_id = 4,
		                     .review_reason = review };

	v->kind = VERDICT_REPLY;
	v->answer = ANSWER_RESOLVED;
	v->n_recipients = 1;
	v->recipient[0].reason = REASON_USER;
	snprintf(v->from, sizeof(v->from), "jan@bakker.example");
	MUST(c, store_inbox_judge(c->store, &j, &c->e));
	free(v);
}

static int note_row(void *arg, const struct inbox_row *r, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%s %s %s %s %s %s %s %s;", r->uid, r->state, r->kind, r->answer, r->reason,
	           r->trust, r->from, r->review ? r->review_reason : "-");
	return 0;
}

static void same_bytes_are_one_mail(void **state)
{
	struct store_case *c = *state;
	int64_t first;

	case_begin(c);
	first = add(c, "1", "aa", "one", true);
	assert_int_equal(add(c, "2", "aa", "one", false), first);
	assert_int_not_equal(add(c, "3", "bb", "two", true), first);
	case_commit(c);
}

static void raw_mails_wait_until_judged(void **state)
{
	struct store_case *c = *state;
	struct inbox_counts counts;
	int64_t id[3], at = 0;
	const void *bytes;
	bool review = true;
	size_t n;

	case_begin(c);
	for (int i = 0; i < 3; i++)
		id[i] = add(c, arena_printf(&c->arena, "%d", i), arena_printf(&c->arena, "d%d", i),
		            i == 1 ? "" : "raw", true);
	MUST_BE(c, 1, store_inbox_next_raw(c->store, &c->arena, 0, &at, &bytes, &n, &c->e));
	assert_int_equal(at, id[0]);
	assert_int_equal(n, 3);
	assert_memory_equal(bytes, "raw", 3);
	/* fetched but not judged is not known yet: a crash in between must not lose it */
	MUST_BE(c, 0, store_inbox_known(c->store, "imap", "0", &review, &c->e));
	MUST_BE(c, 0, store_inbox_judged(c->store, id[0], &review, &c->e));
	judge(c, id[0], "");
	MUST_BE(c, 1, store_inbox_judged(c->store, id[0], &review, &c->e));
	MUST_BE(c, 1, store_inbox_known(c->store, "imap", "0", &review, &c->e));
	assert_false(review);
	MUST_BE(c, 0, store_inbox_known(c->store, "pop3", "0", &review, &c->e));
	MUST_BE(c, 1, store_inbox_next_raw(c->store, &c->arena, 0, &at, &bytes, &n, &c->e));
	assert_int_equal(at, id[1]);
	assert_int_equal(n, 0);
	MUST_BE(c, 1, store_inbox_next_raw(c->store, &c->arena, at, &at, &bytes, &n, &c->e));
	assert_int_equal(at, id[2]);
	MUST_BE(c, 0, store_inbox_next_raw(c->store, &c->arena, at, &at, &bytes, &n, &c->e));
	MUST(c, store_inbox_counts(c->store, &counts, &c->e));
	assert_int_equal(counts.raw, 2);
	assert_int_equal(counts.review, 0);
	assert_int_equal(counts.last_at, CASE_NOW);
	case_commit(c);
}

static void known_mail_is_renamed_at_its_source(void **state)
{
	struct store_case *c = *state;
	bool review;
	int64_t id;

	case_begin(c);
	id = add(c, "1", "aa", "one", true);
	judge(c, id, "");
	MUST(c, store_inbox_rename(c->store, id, "pop3", "2", &c->e));
	MUST_BE(c, 1, store_inbox_known(c->store, "imap", "1", &review, &c->e));
	MUST(c, store_inbox_rename(c->store, id, "imap", "2", &c->e));
	MUST_BE(c, 0, store_inbox_known(c->store, "imap", "1", &review, &c->e));
	MUST_BE(c, 1, store_inbox_known(c->store, "imap", "2", &review, &c->e));
	case_commit(c);
}

static void person_reads_what_is_unclear(void **state)
{
	struct store_case *c = *state;
	struct buf b = BUF_INIT;
	bool review = false;
	int64_t clear, unclear, later;

	case_begin(c);
	clear = add(c, "1", "aa", "one", true);
	unclear = add(c, "2", "bb", "two", true);
	later = add(c, "3", "cc", "three", true);
	judge(c, clear, "");
	judge(c, unclear, "no token");
	case_commit(c);
	MUST(c, store_inbox_each(c->store, false, 9, note_row, &b, &c->e));
	assert_string_equal(b.s, "2 judged reply resolved user reply jan@bakker.example no token;");
	MUST_BE(c, 1, store_inbox_known(c->store, "imap", "2", &review, &c->e));
	assert_true(review);
	buf_reset(&b);
	MUST(c, store_inbox_each(c->store, true, 2, note_row, &b, &c->e));
	assert_string_equal(
		b.s,
		"3 raw    none  -;2 judged reply resolved user reply jan@bakker.example no token;");
	case_begin(c);
	MUST(c, store_inbox_done(c->store, unclear, &c->e));
	MUST_BE(c, ERR_NOTFOUND, store_inbox_done(c->store, unclear, &c->e));
	MUST(c, store_inbox_set_review(c->store, later, "too large", &c->e));
	case_commit(c);
	buf_reset(&b);
	MUST(c, store_inbox_each(c->store, false, 9, note_row, &b, &c->e));
	assert_string_equal(b.s, "3 raw    none  too large;");
	buf_reset(&b);
	MUST(c, store_inbox_get(c->store, clear, note_row, &b, &c->e));
	assert_string_equal(b.s, "1 judged reply resolved user reply jan@bakker.example -;");
	MUST_BE(c, ERR_NOTFOUND, store_inbox_get(c->store, 5, note_row, &b, &c->e));
	buf_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(same_bytes_are_one_mail),
		STORE_TEST(raw_mails_wait_until_judged),
		STORE_TEST(known_mail_is_renamed_at_its_source),
		STORE_TEST(person_reads_what_is_unclear),
	};

	return cmocka_run_group_tests_name("store_inbox", tests, NULL, NULL);
}
