/*
 * test_classify: mails against verdicts, and mails made to break parsers.
 */
#include "test.h"

#include "buf.h"
#include "classify.h"
#include "classify_tsv.h"

static void judge(struct verdict *v, const char *mail, size_t n)
{
	char *copy = exact_copy(mail, n);

	classify_mail(v, copy, n, &classify_default_limits);
	free(copy);
	assert_true(verdict_valid(v));
}

static void repeat(struct buf *b, const char *s, int n)
{
	for (int i = 0; i < n; i++)
		buf_addstr(b, s);
}

/* ---- mails that break parsers: no crash, a valid verdict */

static void nested_multiparts(struct buf *b)
{
	for (int i = 0; i < 20000; i++)
		buf_printf(b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i);
}

static void nested_messages(struct buf *b)
{
	repeat(b, "Content-Type: message/rfc822\r\n\r\n", 50000);
}

static void nested_digests(struct buf *b)
{
	for (int i = 0; i < 20000; i++)
		buf_printf(b, "Content-Type: multipart/digest; boundary=b%d\r\n\r\n--b%d\r\n\r\n", i, i);
}

static void nested_comments(struct buf *b)
{
	buf_addstr(b, "From: ");
	repeat(b, "(", 100000);
	buf_addstr(b, "\r\n\r\nx\r\n");
}

static void folded_comments(struct buf *b)
{
	buf_addstr(b, "From: a@example.nl\r\n");
	repeat(b, " (((((((((\r\n", 20000);
}

static void long_line(struct buf *b)
{
	buf_addstr(b, "From: mailer-daemon@example.nl\r\nSubject: failure notice\r\n\r\n");
	repeat(b, "<a@b.nl> ", 1 << 17);
}

static void long_header(struct buf *b)
{
	buf_addstr(b, "Subject: ");
	repeat(b, "=?utf-8?q?a?= ", 1 << 17);
}

static void zeroes(struct buf *b)
{
	buf_addstr(b, "From: a@example.nl\r\n\r\n");
	for (int i = 0; i < 1000000; i++)
		buf_addch(b, '\0');
}

static void huge_boundary(struct buf *b)
{
	buf_addstr(b, "Content-Type: multipart/mixed; boundary=\"");
	repeat(b, "b", 300000);
	buf_addstr(b, "\"\r\n\r\n--b\r\n\r\n");
	repeat(b, "--b\r\n", 50000);
}

static void million_headers(struct buf *b)
{
	repeat(b, "X: y\r\n", 1000000);
}

static void million_ats(struct buf *b)
{
	buf_addstr(b, "From: mailer-daemon@example.nl\r\nSubject: failure notice\r\n\r\n");
	repeat(b, "@", 1000000);
}

static void many_addresses(struct buf *b)
{
	buf_addstr(b, "To: ");
	repeat(b, "a:b@c.nl,", 100000);
	buf_addstr(b, "\r\n\r\n");
}

static void many_groups(struct buf *b)
{
	buf_addstr(b, "From: postmaster@example.nl\r\nContent-Type: message/delivery-status\r\n\r\n");
	for (int i = 0; i < 20000; i++)
		buf_printf(b, "Final-Recipient: rfc822; u%d@example.nl\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n", i);
}

static void open_html(struct buf *b)
{
	buf_addstr(b, "From: a@example.nl\r\nContent-Type: text/html\r\n\r\n");
	repeat(b, "<blockquote><!-- <", 30000);
}

static void open_style(struct buf *b)
{
	buf_addstr(b, "From: a@example.nl\r\nContent-Type: text/html\r\n\r\n");
	repeat(b, "<style><", 60000);
}

static void cut_quoted_printable(struct buf *b)
{
	buf_addstr(b, "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nabc=4");
}

static void only_carriage_returns(struct buf *b)
{
	repeat(b, "\r", 500000);
}

static void broken_mails_get_a_verdict(void **state)
{
	static void (*const makers[])(struct buf *) = {
		nested_multiparts, nested_messages, nested_digests, nested_comments, folded_comments, long_line, long_header, zeroes,
		huge_boundary, million_headers, million_ats, many_addresses, many_groups, open_html, open_style,
		cut_quoted_printable, only_carriage_returns,
	};
	struct verdict v;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(makers); i++) {
		struct buf b = BUF_INIT;

		makers[i](&b);
		judge(&v, b.s, b.len);
		buf_clear(&b);
	}
	judge(&v, "", 0);
	assert_int_equal(v.kind, VERDICT_OTHER);
}

static void limits_are_kept(void **state)
{
	struct buf b = BUF_INIT;
	struct verdict v;

	UNUSED(state);
	nested_messages(&b);
	judge(&v, b.s, b.len);
	assert_true(v.unparsable);
	buf_reset(&b);
	nested_comments(&b);
	judge(&v, b.s, b.len);
	assert_true(v.unparsable);
	buf_reset(&b);
	many_groups(&b);
	judge(&v, b.s, b.len);
	assert_int_equal(v.kind, VERDICT_BOUNCE);
	assert_int_equal(v.n_recipients, VERDICT_RECIPIENTS);
	assert_true(v.truncated);
	buf_clear(&b);
}

static void a_bounce_prints_as_nine_columns(void **state)
{
	static const char mail[] =
		"From: MAILER-DAEMON@mx.example.nl\n"
		"Subject: failure notice\n"
		"\n"
		"Hi. This is the qmail-send program at mx.example.nl.\n"
		"I'm afraid I wasn't able to deliver your message to the following addresses.\n"
		"\n"
		"<Piet@example.com>:\n"
		"Sorry, no mailbox here by that name. (#5.1.1)\n"
		"\n"
		"<els@example.com>:\n"
		"Remote host said: 552 5.2.2 Mailbox full\n"
		"\n"
		"--- Below this line is a copy of the message.\n"
		"\n"
		"To: iemand@example.org\n";
	struct buf b = BUF_INIT;
	struct verdict v;

	UNUSED(state);
	judge(&v, mail, sizeof(mail) - 1);
	classify_write_tsv(&b, "a\tb", &v);
	assert_string_equal(b.s, "a b\tbounce\tpiet@example.com,els@example.com\t5.1.1,5.2.2\thard,soft\tuser,full"
	                         "\t-,552\tpermanent\t-\n");
	buf_reset(&b);
	classify_write_json(&b, "x", &v);
	assert_non_null(strstr(b.s, "\"kind\":\"bounce\""));
	assert_int_equal(b.s[b.len - 1], '\n');
	buf_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(broken_mails_get_a_verdict),
		cmocka_unit_test(limits_are_kept),
		cmocka_unit_test(a_bounce_prints_as_nine_columns),
	};

	return cmocka_run_group_tests_name("classify", tests, NULL, NULL);
}
