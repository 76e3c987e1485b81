/*
 * test_inbox_mbox: dividing a file of mails.
 */
#include "test.h"

#include <unistd.h>

#include "buf.h"
#include "err.h"
#include "fdio.h"
#include "inbox.h"

/* What was taken, as "uid:bytes|", with "!" behind a truncated one. */
struct taken {
	struct buf text;
	const char *known;
	bool fail;
};

static int take(void *arg, const struct inbox_mail *m, enum inbox_fate *fate, struct err *e)
{
	struct taken *t = arg;

	UNUSED(fate);
	if (t->fail)
		return err_set(e, ERR_TEMP, "the store is full");
	buf_printf(&t->text, "%s:", m->uid);
	buf_add(&t->text, m->bytes, m->len);
	buf_addstr(&t->text, m->truncated ? "!|" : "|");
	return 0;
}

static bool known(void *arg, const char *uid, enum inbox_fate *fate)
{
	const struct taken *t = arg;

	*fate = INBOX_DONE;
	return t->known != NULL && strcmp(uid, t->known) == 0;
}

static int read_bytes(struct taken *t, const char *bytes, size_t n, size_t max, struct err *e)
{
	const struct inbox_sink sink = { .take = take, .known = known, .arg = t };
	char path[] = "/tmp/mbox.XXXXXX";
	int fd = mkstemp(path), rc;

	assert_true(fd >= 0);
	assert_int_equal(fd_write_all(fd, bytes, n, path, e), 0);
	rc = inbox_mbox_read(path, max, &sink, e);
	close(fd);
	unlink(path);
	return rc;
}

#define F "From a@example.nl Sun Nov 22 06:00:00 2026\n" /* 43 bytes */

static void mails_are_divided(void **state)
{
	static const struct { const char *name, *file, *want; int rc;
	} cases[] = {
		{ "empty file", "", "", 0 },
		{ "one", F "S: 1\n\nx\n", "0:S: 1\n\nx\n|", 0 },
		{ "the divider's empty line is not the mail's", F "a\n\n" F "b\n", "0:a\n|46:b\n|",
		  0 },
		{ "CRLF", F "a\r\n\r\n" F "b\r\n", "0:a\r\n|48:b\r\n|", 0 },
		{ "From inside a paragraph is text", F "a\nFrom here\n\n" F "b",
		  "0:a\nFrom here\n|56:b|", 0 },
		{ "one > is taken off", F "x\n\n>From a\n>>From b\n> From c\n",
		  "0:x\n\nFrom a\n>From b\n> From c\n|", 0 },
		{ "no mbox", "Subject: x\n\nFrom y\n", "", ERR_INPUT },
		{ "too large", F "123456789012345678901\n\n" F "b\n",
		  "0:12345678901234567890!|66:b\n|", 0 },
		{ "empty mail", F F, "0:" F "|", 0 },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct taken t = { .text = BUF_INIT };
		struct err e = ERR_INIT;
		size_t max = strcmp(cases[i].name, "too large") == 0 ? 20 : 1000;
		int rc = read_bytes(&t, cases[i].file, strlen(cases[i].file), max, &e);

		if (rc != cases[i].rc || strcmp(t.text.s, cases[i].want) != 0)
			fail_msg("%s: %d %s got %s", cases[i].name, rc, e.text, t.text.s);
		buf_clear(&t.text);
	}
}

/* Lines around the size of a block, and NUL bytes. */
static void long_lines_keep_every_byte(void **state)
{
	static const size_t sizes[] = { 65492, 65493, 65494, 65535, 65536, 65537, 200000 };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct taken t = { .text = BUF_INIT };
		struct err e = ERR_INIT;
		struct buf file = BUF_INIT;

		buf_addstr(&file, F);
		for (size_t k = 0; k < sizes[i]; k++)
			buf_addch(&file, k % 1000 == 0 ? '\0' : 'x');
		buf_addstr(&file, "\n\n" F "b\n");
		assert_int_equal(read_bytes(&t, file.s, file.len, 1 << 20, &e), 0);
		assert_memory_equal(t.text.s + 2, file.s + strlen(F), sizes[i] + 1);
		assert_int_equal(t.text.s[2 + sizes[i] + 1], '|');
		buf_clear(&file);
		buf_clear(&t.text);
	}
}

static void known_mail_is_passed_over(void **state)
{
	struct taken t = { .text = BUF_INIT, .known = "0" };
	struct err e = ERR_INIT;

	UNUSED(state);
	assert_int_equal(read_bytes(&t, F "a\n\n" F "b\n", strlen(F "a\n\n" F "b\n"), 100, &e), 0);
	assert_string_equal(t.text.s, "46:b\n|");
	t.known = NULL;
	t.fail = true;
	assert_int_equal(read_bytes(&t, F "a\n", strlen(F "a\n"), 100, &e), ERR_TEMP);
	assert_non_null(strstr(e.text, "the store is full"));
	assert_int_equal(
	    inbox_mbox_read("/nonexistent/mbox", 1, &(struct inbox_sink){ .take = take }, &e),
	    ERR_NOTFOUND);
	buf_clear(&t.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mails_are_divided),
		cmocka_unit_test(long_lines_keep_every_byte),
		cmocka_unit_test(known_mail_is_passed_over),
	};

	return cmocka_run_group_tests_name("inbox_mbox", tests, NULL, NULL);
}
