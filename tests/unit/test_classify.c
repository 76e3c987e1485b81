/*
 * test_classify: mails against verdicts, and mails made to break parsers.
 */
#include "test.h"

#include <dirent.h>

#include "addr_scan.h"
#include "answer.h"
#include "arena.h"
#include "buf.h"
#include "charset.h"
#include "classify.h"
#include "classify_tsv.h"
#include "codes.h"
#include "fdio.h"
#include "hay.h"
#include "html_text.h"
#include "reply_text.h"

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
		buf_printf(b, "Content-Type: multipart/digest; boundary=b%d\r\n\r\n--b%d\r\n\r\n",
			   i, i);
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
	buf_addstr(b,
		   "From: postmaster@example.nl\r\nContent-Type: message/delivery-status\r\n\r\n");
	for (int i = 0; i < 20000; i++)
		buf_printf(b,
			   "Final-Recipient: rfc822; u%d@example.nl\r\nAction: failed\r\nStatus: "
			   "5.1.1\r\n\r\n",
			   i);
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
	buf_addstr(b, "Content-Type: text/plain\r\nContent-Transfer-Encoding: "
		      "quoted-printable\r\n\r\nabc=4");
}

static void only_carriage_returns(struct buf *b)
{
	repeat(b, "\r", 500000);
}

static void broken_mails_get_a_verdict(void **state)
{
	static void (*const makers[])(struct buf *) = {
		nested_multiparts,     nested_messages, nested_digests, nested_comments,
		folded_comments,       long_line,       long_header,    zeroes,
		huge_boundary,         million_headers, million_ats,    many_addresses,
		many_groups,           open_html,       open_style,     cut_quoted_printable,
		only_carriage_returns,
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
	assert_string_equal(
		b.s,
		"a b\tbounce\tpiet@example.com,els@example.com\t5.1.1,5.2.2\thard,soft\tuser,full"
		"\t-,552\tpermanent\t-\n");
	buf_reset(&b);
	classify_write_json(&b, "x", &v);
	assert_non_null(strstr(b.s, "\"kind\":\"bounce\""));
	assert_int_equal(b.s[b.len - 1], '\n');
	buf_clear(&b);
}

/*
 * ---- fixtures: NAME.eml and NAME.want, whose first line is columns 2 to 9 and the others "FIELD
 * VALUE"
 */

static bool has_value(const struct verdict *v, const char *field, const char *value)
{
	if (strcmp(field, "message_id") == 0) {
		for (int i = 0; i < v->n_message_id; i++)
			if (strcmp(v->message_id[i], value) == 0)
				return true;
		return false;
	}
	if (strcmp(field, "proposed") == 0)
		return strcmp(v->proposed, value) == 0;
	if (strcmp(field, "ticket") == 0)
		return strcmp(v->ticket, value) == 0;
	if (strcmp(field, "envid") == 0)
		return strcmp(v->envid, value) == 0;
	if (strcmp(field, "remark") == 0)
		return strcmp(verdict_remark_words[v->remark], value) == 0;
	return strcmp(field, "text") == 0 && strcmp(v->text, value) == 0;
}

static void compare_fields(const char *name, const struct verdict *v, char *line)
{
	char *value, *end;

	for (; *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		value = strchr(line, ' ');
		assert_non_null(end);
		assert_non_null(value);
		*end = *value++ = '\0';
		if (!has_value(v, line, value))
			fail_msg("%s: %s is not \"%s\"", name, line, value);
	}
}

static void judge_fixture(const char *folder, const char *name)
{
	struct buf path = BUF_INIT, mail = BUF_INIT, want = BUF_INIT, got = BUF_INIT;
	struct err e = ERR_INIT;
	struct verdict v;
	char *columns;

	buf_printf(&path, "%s/%s.eml", folder, name);
	assert_int_equal(file_read(&mail, path.s, 1 << 20, &e), 0);
	buf_reset(&path);
	buf_printf(&path, "%s/%s.want", folder, name);
	assert_int_equal(file_read(&want, path.s, 1 << 20, &e), 0);
	judge(&v, mail.s, mail.len);
	classify_write_tsv(&got, name, &v);
	columns = strchr(got.s, '\t') + 1;
	if (strncmp(columns, want.s, strlen(columns)) != 0)
		fail_msg("%s:\n  want %s\n  got  %s", name, want.s, columns);
	compare_fields(name, &v, want.s + strlen(columns));
	buf_clear(&got);
	buf_clear(&want);
	buf_clear(&mail);
	buf_clear(&path);
}

static void fixtures_get_their_verdict(void **state)
{
	struct buf folder = BUF_INIT, name = BUF_INIT;
	const char *top = getenv("top_srcdir");
	struct dirent *entry;
	int n = 0;
	DIR *d;

	UNUSED(state);
	buf_printf(&folder, "%s/tests/data/inbox", top ? top : ".");
	d = opendir(folder.s);
	assert_non_null(d);
	while ((entry = readdir(d)) != NULL) {
		const char *dot = strrchr(entry->d_name, '.');

		if (dot == NULL || strcmp(dot, ".eml") != 0)
			continue;
		buf_reset(&name);
		buf_add(&name, entry->d_name, (size_t)(dot - entry->d_name));
		judge_fixture(folder.s, name.s);
		n++;
	}
	closedir(d);
	assert_true(n >= 60);
	buf_clear(&name);
	buf_clear(&folder);
}

/* ---- the pieces */

static void codes_stand_where_codes_stand(void **state)
{
	static const struct {
		const char *text, *status;
		int reply;
	} cases[] = {
		{ "550 5.1.1 unknown", "5.1.1", 550 },
		{ "host said: 550-5.7.26 no", "5.7.26", 550 },
		{ "said: 421\r\n    4.7.0 later", "4.7.0", 421 },
		{ "Sorry. (#5.1.2)", "5.1.2", 0 },
		{ "Remote host said: 554 5.7.1 no", "5.7.1", 554 },
		{ "[SMTP Error Code 550] no", "", 550 },
		{ "ResponseCode 421, , Host not reachable", "", 421 },
		{ "550: 5.1.1 no", "5.1.1", 550 },
		{ "< host #5.1.1>", "5.1.1", 0 },
		{ "mail from 4.7.1.9 not accepted", "", 0 },
		{ "version 5.1.1 of exim", "", 0 },
		{ "waited 550 seconds", "", 0 },
		{ "<-- 220 mx\n<-- 250 2.1.0 ok\n<-- 550 5.1.1 no", "5.1.1", 550 },
		{ "250 2.0.0 ok", "2.0.0", 250 },
		{ "not at this time. 452 4.2.2 full", "4.2.2", 452 },
		{ "room 452 4.2 2", "", 0 },
		{ "5.1.1", "5.1.1", 0 },
		{ "3.1.1", "", 0 },
		{ "5.1", "", 0 },
		{ "", "", 0 },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct codes c;
		char *copy = exact_copy(cases[i].text, strlen(cases[i].text));

		codes_find(&c, span_of(copy, strlen(cases[i].text)));
		assert_string_equal(c.status, cases[i].status);
		assert_int_equal(c.reply, cases[i].reply);
		free(copy);
	}
}

static void addresses_end_where_words_begin(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "\u5730\u5740\uff1ajan@klant.example\u3002", "jan@klant.example" },
		{ "\u5730\u5740jan@klant.example\u3078\u306e", "jan@klant.example" },
		{ "\u300cjan@klant.example\u300d", "jan@klant.example" },
		{ "\u201cjan@klant.example\u201d", "jan@klant.example" },
		{ "\u7528\u6237@\u4f8b\u5b50.\u4e2d\u56fd",
		  "\u7528\u6237@\u4f8b\u5b50.\u4e2d\u56fd" },
		{ "zo\u00eb@klant.example", "zo\u00eb@klant.example" },
		{ "jan@b\u00fccher.example", "jan@b\u00fccher.example" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct found_address f;
		char *copy = exact_copy(cases[i].text, strlen(cases[i].text));

		assert_true(addr_find(&f, span_of(copy, strlen(cases[i].text))));
		assert_true(span_equals_str(f.at, cases[i].want));
		free(copy);
	}
}

static void finer_codes_win(void **state)
{
	static const struct {
		const char *coarse, *text, *want;
	} cases[] = {
		{ "5.0.0", "552 5.2.2 full", "5.2.2" },
		{ "5.0.0", "452 4.2.2 full", "5.0.0" },
		{ "5.1.1", "550 5.7.1 no", "5.1.1" },
		{ "4.4.7", "450 4.7.1 IP name lookup failed", "4.7.1" },
		{ "5.0.0", "5.1.0 - Unknown address error 550-'5.7.1 denied'", "5.7.1" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char status[STATUS_TEXT];

		snprintf(status, sizeof(status), "%s", cases[i].coarse);
		status_refine(status, span_str(cases[i].text));
		assert_string_equal(status, cases[i].want);
	}
}

static void phrases_are_found_however_written(void **state)
{
	static const struct {
		const char *text, *pattern;
		bool found;
	} cases[] = {
		{ "550-5.1.1 The account that you\r\n550-5.1.1 tried to reach",
		  "account that you tried to reach", true },
		{ "<Jan@klant.example>... User\n   Unknown", "@ user unknown", true },
		{ "RCPT (a@b.example) does not exist", "rcpt @ does not exist", true },
		{ "mailbox a@b.example unavailable", "mailbox * unavailable", true },
		{ "inbox full", "inbox * full", true },
		{ "mailbox unavailable", "mailbox full", false },
		{ "It wasn\xe2\x80\x99t delivered", "wasn't delivered", true },
		{ "\u00c9CHEC DE REMISE", "\u00e9chec de remise", true },
		{ "\u042f\u0449\u0438\u043a \u041f\u041e\u041b\u041e\u041d",
		  "\u044f\u0449\u0438\u043a \u043f\u043e\u043b\u043e\u043d", true },
		{ "\u0386\u03b3\u03bd", "\u03ac\u03b3\u03bd", true },
		{ "SKRZYNKA PE\u0141NA \u017b", "skrzynka pe\u0142na \u017c", true },
		{ "ALICI \u0130LET\u0130", "alici ileti", true },
		{ "5 \u00d7 full", "5 \u00d7 full", true },
		{ "\u0426\xd0", "\u0446\xd0", true },
	};
	struct arena a = ARENA_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct hay h;
		char *copy = exact_copy(cases[i].text, strlen(cases[i].text));

		hay_init(&h, &a, span_of(copy, strlen(cases[i].text)));
		assert_int_equal(hay_has(&h, cases[i].pattern), cases[i].found);
		free(copy);
	}
	arena_clear(&a);
}

static void html_becomes_lines(void **state)
{
	static const char html[] = "<html><head><style>p{}</style><title>no</title></"
				   "head><body><p>Ja &amp; nee&nbsp;&euro;</p>"
				   "<!-- weg --><blockquote>oud<br>er</blockquote>na</body></html>";
	struct arena a = ARENA_INIT;
	struct span text = html_to_text(&a, span_of(html, sizeof(html) - 1));

	UNUSED(state);
	assert_true(span_find_nocase(text, "Ja & nee \xe2\x82\xac\n") != NULL);
	assert_true(span_find_nocase(text, "> oud\n> er\n") != NULL);
	assert_null(span_find_nocase(text, "weg"));
	assert_null(span_find_nocase(text, "p{}"));
	arena_clear(&a);
}

static void html_says_what_is_shown(void **state)
{
	static const struct {
		const char *html, *want;
	} cases[] = {
		{ "<p>ja</p><img alt=\"a > OPGELOST b\" src=x>", "ja" },
		{ "<p>ja</p><img alt = 'a > OPGELOST b' src=x>nee", "ja\nnee" },
		{ "<p title=it's>ja</p>", "ja" },
		{ "<p title=\"open>ja</p>", "ja" },
		{ "<p>ja</p><div style=\"display: none\">a<div>b</div>c</div>nee", "ja\nnee" },
		{ "<p>ja</p><div STYLE='visibility:hidden'>a</div>nee", "ja\nnee" },
		{ "<s>OPGELOST</s> ONTVANGEN", "ONTVANGEN" },
		{ "<del>OPGELOST</del> ONTVANGEN <strike>BEL MIJ</strike>", "ONTVANGEN" },
		{ "<span style='text-decoration:line-through'>OPGELOST</span> ja", "ja" },
		{ "<span>ja</span> <strong>nee</strong>", "ja nee" },
		{ "<s>niet gesloten", "niet gesloten" },
		{ "<img style=\"display:none\">ja", "ja" },
		{ "<p style=\"display:none\">nee<p>ja", "nee\nja" },
	};
	struct arena a = ARENA_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *copy = exact_copy(cases[i].html, strlen(cases[i].html));
		struct span got = html_to_text(&a, span_of(copy, strlen(cases[i].html)));

		if (!span_equals_str(span_trim(got), cases[i].want))
			fail_msg("%s: \"%s\"", cases[i].html, got.p);
		free(copy);
	}
	arena_clear(&a);
}

static void encoded_words_become_text(void **state)
{
	static const struct {
		const char *value, *want;
	} cases[] = {
		{ "plain", "plain" },
		{ "=?utf-8?Q?caf=C3=A9_au_lait?=", "caf\xc3\xa9 au lait" },
		{ "=?UTF-8?B?Y2Fmw6k=?= =?utf-8?b?IGF1?= lait", "caf\xc3\xa9 au lait" },
		{ "=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "caf\xc3\xa9" }, /* split in a character */
		{ "=?iso-8859-1?Q?caf=E9?=", "caf\xc3\xa9" },
		{ "=?windows-1252?Q?=80_5=96?=", "\xe2\x82\xac 5\xe2\x80\x93" },
		{ "=?iso-8859-1*nl?Q?a?= b", "a b" },
		{ "=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=", "\xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88" },
		{ "=?nobody-knows?Q?caf=E9?=", "caf\xc3\xa9" },
		{ "=?utf-8?Q?a=0D=0Ab?=", "a  b" }, /* no line end comes in by this way */
		{ "=?utf-8?X?a?= =?utf-8?Q?b", "=?utf-8?X?a?= =?utf-8?Q?b" },
		{ "=?", "=?" },
		{ "", "" },
	};
	struct arena a = ARENA_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *copy = exact_copy(cases[i].value, strlen(cases[i].value) + 1);

		assert_string_equal(charset_decode_words(&a, copy), cases[i].want);
		free(copy);
	}
	arena_clear(&a);
}

static void sentences_get_their_answer(void **state)
{
	static const struct {
		const char *typed;
		enum verdict_answer want;
	} cases[] = {
		{ "ontvangen", ANSWER_RECEIVED },
		{ "** OPGELOST! **", ANSWER_RESOLVED },
		{ "Wordt volgende week gepatcht door onze leverancier.", ANSWER_RECEIVED },
		{ "Dit is niet door ons opgelost, want het systeem is niet van ons.",
		  ANSWER_NOT_OURS },
		{ "De poort is dichtgezet, kunnen jullie het controleren?", ANSWER_RESOLVED },
		{ "Hoe kan ik nagaan of het opgelost is?", ANSWER_NONE },
		{ "Opgelost?", ANSWER_NONE },
		{ "Volgens onze leverancier is het opgelost.", ANSWER_NONE },
		{ "We turned it off for now.", ANSWER_NONE },
		{ "Ik wens geen meldingen meer te ontvangen.", ANSWER_UNSUBSCRIBE },
		{ "Meld mij maar af.", ANSWER_UNSUBSCRIBE },
		{ "Kan er iemand bellen om het uit te leggen?", ANSWER_CALL_ME },
		{ "Gisteren werd ik gebeld door iemand van jullie.", ANSWER_NONE },
		{ "Kan ik u bellen?", ANSWER_NONE },
		{ "Een van de twee is gepatcht, de andere is niet van ons.", ANSWER_NONE },
		{ "OPGELOST\n\nDe andere server is niet van ons.", ANSWER_NONE },
		{ "OPGELOST\n\nBedankt!", ANSWER_RESOLVED },
		{ "Wij zijn alleen de verhuurder.", ANSWER_NONE },
		{ "", ANSWER_NONE },
	};
	struct arena a = ARENA_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct answer got = answer_read(&a, span_str(cases[i].typed),
						"RE: Waarschuwing [SP-2026-0001-AAAA]");

		if (got.answer != cases[i].want)
			fail_msg("\"%s\" is %s (%s)", cases[i].typed,
				 verdict_answer_words[got.answer], got.rule);
	}
	arena_clear(&a);
}

static void what_was_typed_is_kept(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\nHash: SHA512\n\nOntvangen.\n"
		  "Hash: opgelost\n-----BEGIN PGP SIGNATURE-----\n\nAAAA\n"
		  "-----END PGP SIGNATURE-----\n",
		  "Ontvangen.\nHash: opgelost" },
		{ "Ontvangen.\nHash: we zijn gehackt", "Ontvangen.\nHash: we zijn gehackt" },
	};
	struct arena a = ARENA_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *copy = exact_copy(cases[i].text, strlen(cases[i].text));
		struct span got = reply_typed(&a, span_of(copy, strlen(cases[i].text)), "", "");

		if (!span_equals_str(got, cases[i].want))
			fail_msg("\"%s\" instead of \"%s\"", got.p, cases[i].want);
		free(copy);
	}
	arena_clear(&a);
}

/* What a text in reply to a warning is taken for, under a header that says nothing. */
static void judge_text(struct verdict *v, const char *header, const char *text)
{
	struct buf mail = BUF_INIT;

	buf_printf(&mail,
		   "From: Piet Jansen <piet@klant.example>\nSubject: Re: Waarschuwing\n"
		   "In-Reply-To: <w1@sein.example>\n%sContent-Type: text/plain; charset=utf-8\n\n"
		   "%s\n",
		   header, text);
	judge(v, mail.s, mail.len);
	buf_clear(&mail);
}

/* Who proposes which address, in answer to our mail. */
static void only_typed_addresses_are_proposed(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "Schrijf voortaan aan csirt@klant.example.", "csirt@klant.example" },
		{ "Schrijf voortaan aan piet@klant.example of csirt@klant.example.",
		  "csirt@klant.example" },
		{ "Die server is vervallen.\n\n"
		  "Op 22-11-2026 schreef Dienst <dienst@sein.example>:\n> tekst",
		  "" },
		{ "Die server is vervallen.\n\n> Antwoord aan x@elders.example\n", "" },
		{ "Uw mail van dienst@sein.example aan antwoord+ae7@sein.example is vervallen.",
		  "" },
		{ "Opgelost.\n\nMet vriendelijke groet,\nPiet\nict@klant.example\n\n"
		  "Dit bericht is uitsluitend bestemd voor wie het mag lezen, en mag anders niet\n"
		  "gelezen worden.",
		  "" },
	};
	struct verdict v;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		judge_text(&v, "To: antwoord+ae7@sein.example\n", cases[i].text);
		if (strcmp(v.proposed, cases[i].want) != 0)
			fail_msg("\"%s\" proposes \"%s\"", cases[i].text, v.proposed);
	}
}

static const struct voice_case {
	const char *text;
	enum verdict_kind kind;
	enum verdict_answer answer;
	enum verdict_remark remark;
} voice_cases[] = {
	/* words of robots in answers of people */
	{ "OPGELOST\n\nDe server was van een collega die niet meer werkzaam is bij ons.",
	  VERDICT_REPLY, ANSWER_RESOLVED, REMARK_NONE },
	{ "BEL MIJ\n\nMorgen ben ik niet bereikbaar, daarna op 06-12345678.", VERDICT_REPLY,
	  ANSWER_CALL_ME, REMARK_NONE },
	{ "AFMELDEN\n\nDeze mailbox wordt niet gebruikt voor zulke zaken.", VERDICT_REPLY,
	  ANSWER_UNSUBSCRIBE, REMARK_NONE },
	{ "NIET VAN ONS\n\nDit IP-adres staat geregistreerd onder een ander bedrijf.",
	  VERDICT_REPLY, ANSWER_NOT_OURS, REMARK_NONE },
	{ "OPGELOST\n\nTicketnummer: 4711", VERDICT_REPLY, ANSWER_RESOLVED, REMARK_NONE },
	{ "OPGELOST\n\nDit is een automatisch bericht van ons ticketsysteem.", VERDICT_REPLY,
	  ANSWER_RESOLVED, REMARK_NONE },
	{ "ONTVANGEN\n\nOnze beheerder is met verlof, maandag pakken we het op.", VERDICT_REPLY,
	  ANSWER_RECEIVED, REMARK_NONE },
	{ "Our support staff has closed the port.", VERDICT_REPLY, ANSWER_RESOLVED, REMARK_NONE },
	{ "Ik ben op vakantie, de poort is gisteren dichtgezet.", VERDICT_REPLY,
	  ANSWER_RESOLVED, REMARK_NONE },
	{ "Kunt u mij bellen op 020-5550123? Vrijdag ben ik niet bereikbaar.", VERDICT_REPLY,
	  ANSWER_CALL_ME, REMARK_ASKS },
	{ "Is dit een automatisch bericht of kan ik hier iets vragen?", VERDICT_REPLY, ANSWER_NONE,
	  REMARK_ASKS },
	{ "Dit is een automatisch bericht, of niet?", VERDICT_REPLY, ANSWER_NONE, REMARK_ASKS },
	{ "We zijn gehackt, onze beheerder is met verlof. Bel ons met spoed.", VERDICT_REPLY,
	  ANSWER_NONE, REMARK_HARM },
	{ "Opgelost.\n\nMet vriendelijke groet,\nPiet\n\nIk ben afwezig op vrijdag.",
	  VERDICT_REPLY, ANSWER_RESOLVED, REMARK_NONE },
	{ "Wij hebben uw melding in goede orde ontvangen en gaan ermee aan de slag.",
	  VERDICT_REPLY, ANSWER_RECEIVED, REMARK_NONE },
	/* in doubt a person reads it */
	{ "Wij hebben dit geregistreerd onder nummer 4471 en nemen het in behandeling.",
	  VERDICT_REPLY, ANSWER_NONE, REMARK_NONE },
	{ "Onze beheerder is uit dienst getreden.", VERDICT_REPLY, ANSWER_NONE, REMARK_NONE },
	{ "I am out of the office. The port has been closed.", VERDICT_REPLY, ANSWER_NONE,
	  REMARK_NONE },
	{ "Ik ben afwezig tot 3 mei. Welke computer is het?", VERDICT_REPLY, ANSWER_NONE,
	  REMARK_ASKS },
	{ "Dank voor uw mail. Op vrijdag werk ik niet. Ik lees uw mail maandag.", VERDICT_REPLY,
	  ANSWER_NONE, REMARK_NONE },
	{ "Hartelijk dank voor uw bericht. Wij nemen zo snel mogelijk contact met u op.",
	  VERDICT_REPLY, ANSWER_NONE, REMARK_NONE },
	{ "We have received your message and will get back to you as soon as possible.",
	  VERDICT_REPLY, ANSWER_NONE, REMARK_NONE },
	{ "Uw mail is ontvangen door de servicedesk. Wij nemen deze in behandeling.", VERDICT_REPLY,
	  ANSWER_NONE, REMARK_NONE },
	{ "Ons kantoor is gesloten van 23 december tot 2 januari, maar de poort is dichtgezet.",
	  VERDICT_REPLY, ANSWER_NONE, REMARK_NONE },
	/* robots */
	{ "Bedankt voor uw bericht, op dit moment ben ik niet in de gelegenheid uw mail te lezen.",
	  VERDICT_AUTOREPLY, ANSWER_NONE, REMARK_NONE },
	{ "Bedankt voor uw mail. Wij streven ernaar uw bericht binnen 2 dagen te beantwoorden.",
	  VERDICT_AUTOREPLY, ANSWER_NONE, REMARK_NONE },
	{ "Uw e-mail is ontvangen. Ons kantoor is gesloten van 23 december tot 2 januari.",
	  VERDICT_AUTOREPLY, ANSWER_NONE, REMARK_NONE },
	{ "Wij hebben uw melding in goede orde ontvangen. Uw meldingsnummer is M2026-1234.",
	  VERDICT_AUTOREPLY, ANSWER_NONE, REMARK_NONE },
	{ "Dit is een automatisch bericht. Wilt u uw lidmaatschap opzeggen? Dat kan online.",
	  VERDICT_AUTOREPLY, ANSWER_NONE, REMARK_NONE },
	{ "Ik ben afwezig tot 3 mei. Uw bericht is ontvangen.", VERDICT_AUTOREPLY, ANSWER_NONE,
	  REMARK_NONE },
};

static void words_alone_make_no_robot(void **state)
{
	struct verdict v;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(voice_cases); i++) {
		const struct voice_case *c = &voice_cases[i];

		judge_text(&v, "", c->text);
		if (v.kind != c->kind || v.answer != c->answer || v.remark != c->remark)
			fail_msg("\"%s\" is %s, %s, %s", c->text, verdict_kind_words[v.kind],
				 verdict_answer_words[v.answer], verdict_remark_words[v.remark]);
		assert_string_not_equal(v.text, "");
	}
}

static void headers_make_a_robot_unless_they_deny_it(void **state)
{
	static const struct {
		const char *header;
		enum verdict_kind kind;
	} cases[] = {
		{ "X-Auto-Reply: yes\n", VERDICT_AUTOREPLY },
		{ "X-Autoreply: \n", VERDICT_AUTOREPLY },
		{ "Auto-Submitted: auto-replied\n", VERDICT_AUTOREPLY },
		{ "X-Auto-Reply: no\n", VERDICT_REPLY },
		{ "X-Autoreply: false\n", VERDICT_REPLY },
		{ "X-Vacation: None\n", VERDICT_REPLY },
		{ "Auto-Submitted: No\n", VERDICT_REPLY },
	};
	struct verdict v;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		judge_text(&v, cases[i].header, "OPGELOST");
		if (v.kind != cases[i].kind)
			fail_msg("%s: %s", cases[i].header, verdict_kind_words[v.kind]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(broken_mails_get_a_verdict),
		cmocka_unit_test(limits_are_kept),
		cmocka_unit_test(a_bounce_prints_as_nine_columns),
		cmocka_unit_test(fixtures_get_their_verdict),
		cmocka_unit_test(codes_stand_where_codes_stand),
		cmocka_unit_test(addresses_end_where_words_begin),
		cmocka_unit_test(finer_codes_win),
		cmocka_unit_test(phrases_are_found_however_written),
		cmocka_unit_test(html_becomes_lines),
		cmocka_unit_test(html_says_what_is_shown),
		cmocka_unit_test(encoded_words_become_text),
		cmocka_unit_test(sentences_get_their_answer),
		cmocka_unit_test(what_was_typed_is_kept),
		cmocka_unit_test(only_typed_addresses_are_proposed),
		cmocka_unit_test(words_alone_make_no_robot),
		cmocka_unit_test(headers_make_a_robot_unless_they_deny_it),
	};

	return cmocka_run_group_tests_name("classify", tests, NULL, NULL);
}
