/*
 * test_compose: encodings, headers and whole mails, table by table.  What other programs make of
 * the mails is in compose_parse.py.
 */
#include "test.h"

#include "compose.h"
#include "compose_sample.h"
#include "span.h"

/* A source of randomness that gives the same byte for ever. */
static void fill_same(void *arg, void *out, size_t n)
{
	memset(out, *(const int *)arg, n);
}

static int same_byte = 7;
static const struct rng same_rng = { fill_same, &same_byte };

/*
 * No line longer than max, CRLF everywhere, 7-bit, nothing blank at a line's end (but "Subject: "
 * and its kind).
 */
static void check_lines(const char *s, size_t n, size_t max)
{
	size_t start = 0;

	for (size_t i = 0; i < n; i++) {
		assert_true((unsigned char)s[i] < 0x80 && s[i] != '\0');
		if (s[i] != '\n')
			continue;
		assert_true(i > start ? s[i - 1] == '\r' : false);
		assert_true(i - 1 - start <= max);
		assert_true(i - 1 == start || (s[i - 2] != ' ' && s[i - 2] != '\t'));
		start = i + 1;
	}
	assert_int_equal(start, n);
}

static void header_values_are_checked(void **state)
{
	static const struct {
		const char *text;
		int rc;
	} cases[] = {
		{ "Kwetsbare systemen bij Bakkerij J\xc3\xa9r\xc3\xb4me", 0 },
		{ "", 0 },
		{ "x\r\nBcc: all@example.org", ERR_INPUT },
		{ "x\nBcc: all@example.org", ERR_INPUT },
		{ "x\rBcc: all@example.org", ERR_INPUT },
		{ "tab\there", ERR_INPUT },
		{ "esc\033[31m", ERR_INPUT },
		{ "del\177", ERR_INPUT },
		{ "c1 \xc2\x85 next line", ERR_INPUT },
		{ "line separator \xe2\x80\xa8", ERR_INPUT },
		{ "override \xe2\x80\xae gnp.exe", ERR_INPUT },
		{ "latin1 \xe9", ERR_INPUT },
		{ "overlong \xc0\x8a", ERR_INPUT },
	};
	struct header_value v;
	char *long_text = xmalloc(HEADER_VALUE_MAX + 2);

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct err e = ERR_INIT;

		assert_int_equal(header_value_set(&v, cases[i].text, &e), cases[i].rc);
		if (cases[i].rc == 0)
			assert_string_equal(v.s, cases[i].text);
		else
			assert_true(e.text[0] != '\0');
	}
	memset(long_text, 'x', HEADER_VALUE_MAX + 1);
	long_text[HEADER_VALUE_MAX + 1] = '\0';
	assert_int_equal(header_value_set(&v, long_text, NULL), ERR_INPUT);
	long_text[HEADER_VALUE_MAX] = '\0';
	assert_int_equal(header_value_set(&v, long_text, NULL), 0);
	free(long_text);
}

static void texts_become_encoded_words(void **state)
{
	static const struct {
		const char *text;
		size_t column;
		const char *want;
	} cases[] = {
		{ "plain text", 9, "plain text" },
		{ "", 9, "" },
		{ "caf\xc3\xa9 open", 9, "=?UTF-8?Q?caf=C3=A9_open?=" },
		{ "=?UTF-8?Q?x?=", 9, "=?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?=" },
		{ " blank in front", 9, "=?UTF-8?Q?_blank_in_front?=" },
		{ "\xe2\x82\xac\xe2\x82\xac", 9, "=?UTF-8?B?4oKs4oKs?=" },
		{ "\xf0\x9f\x98\x80", 9, "=?UTF-8?B?8J+YgA==?=" },
		/* unfolding gives the blank before the fold again */
		{ "aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa  aaaaaaaaa", 9,
		  "aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa\r\n  aaaaaaaaa" },
		/* no room for a single character: a new line first */
		{ "\xc3\xa9", 70, "\r\n =?UTF-8?B?w6k=?=" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf out = BUF_INIT;

		compose_encode_text(&out, cases[i].text, cases[i].column);
		assert_string_equal(out.s, cases[i].want);
		buf_clear(&out);
	}
}

/*
 * For every length around the folds: words of at most 75, of whole characters, on lines of at most
 * 76.
 */
static void encoded_words_hold_whole_characters(void **state)
{
	static const char *const character[] = { "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80",
		                                 "e\xcc\x81 x" };

	UNUSED(state);
	for (size_t c = 0; c < ARRAY_SIZE(character); c++) {
		struct buf text = BUF_INIT;

		for (int n = 1; n < 120; n++) {
			struct buf out = BUF_INIT;
			struct span all, line;

			buf_addstr(&text, character[c]);
			buf_addstr(&out, "Subject: ");
			compose_encode_text(&out, text.s, out.len);
			all = span_of(out.s, out.len);
			while (span_line(&all, &line)) {
				const char *word = memmem(line.p, span_len(line), "=?", 2);

				assert_true(span_len(line) <= 76);
				assert_non_null(word);
				assert_true(line.end - word <= 75);
				assert_true(memmem(line.p, span_len(line), "?=", 2) ==
				            line.end - 2);
				/*
				 * a continuation byte never opens a Q word; B words hold multiples
				 * they began with
				 */
				assert_true(memcmp(word, "=?UTF-8?Q?=8", 12) != 0 &&
				            memcmp(word, "=?UTF-8?Q?=9", 12) != 0);
			}
			buf_clear(&out);
		}
		buf_clear(&text);
	}
}

#define X10 "xxxxxxxxxx"
#define X70 X10 X10 X10 X10 X10 X10 X10

static void quoted_printable_survives_every_hop(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "" },
		{ "a", "a\r\n" },
		{ "a\n", "a\r\n" },
		{ "a\r\nb\n", "a\r\nb\r\n" },
		{ "a\rb\n", "a=0Db\r\n" },
		{ "a\r", "a=0D\r\n" },
		{ "a\r\r\nb", "a=0D\r\nb\r\n" },
		{ "\n\n", "\r\n\r\n" },
		{ "-- \nJan", "--=20\r\nJan\r\n" },
		{ "tab\t\n \n", "tab=09\r\n=20\r\n" },
		{ "a \t\n", "a =09\r\n" },
		{ "in\tside b", "in\tside b\r\n" },
		{ ".\n..\n.x\n", "=2E\r\n=2E.\r\n=2Ex\r\n" },
		{ "From me\nFrom: x\n>From \nFrom",
		  "=46rom me\r\nFrom: x\r\n>From=20\r\nFrom\r\n" },
		{ "1 = 1", "1 =3D 1\r\n" },
		{ "caf\xc3\xa9 \xe2\x82\xac", "caf=C3=A9 =E2=82=AC\r\n" },
		{ "\033[31m\177", "=1B[31m=7F\r\n" },
		{ X70 "12345", X70 "12345\r\n" },
		{ X70 "123456", X70 "12345=\r\n6\r\n" },
		{ X70 "1234=", X70 "1234=\r\n=3D\r\n" },
		{ X70 "12345.\n", X70 "12345=\r\n=2E\r\n" },
		{ X70 "12345From x", X70 "12345=\r\n=46rom x\r\n" },
		{ X70 "1234 ", X70 "1234=\r\n=20\r\n" },
		{ X70 "1234 x", X70 "1234 =\r\nx\r\n" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t n = strlen(cases[i].text);
		char *copy = exact_copy(cases[i].text, n);
		struct buf out = BUF_INIT;

		compose_quoted_printable(&out, copy, n);
		assert_string_equal(out.s, cases[i].want);
		check_lines(out.s, out.len, 76);
		buf_clear(&out);
		free(copy);
	}
}

/* The rules of RFC 2045 6.7 and ours on top of it, a byte at a time. */
static void slow_quoted_printable(struct buf *out, struct span all)
{
	struct span line;

	while (span_line(&all, &line)) {
		size_t column = 0;

		for (; !span_empty(line); line.p++) {
			char c = *line.p;
			size_t left = span_len(line);
			bool blank = c == ' ' || c == '\t';
			bool hex = blank ? left == 1 : c < ' ' || c > '~' || c == '=';

			if (column + (hex ? 3 : 1) > 75) {
				buf_addstr(out, "=\r\n");
				column = 0;
			}
			if (column == 0 && (c == '.' || (left >= 5 && !memcmp(line.p, "From ", 5))))
				hex = true;
			buf_printf(out, hex ? "=%02X" : "%c", (unsigned)(unsigned char)c);
			column += hex ? 3 : 1;
		}
		buf_addstr(out, "\r\n");
	}
}

static void quoted_printable_is_the_same_in_runs(void **state)
{
	static const char *const piece[] = {
		"\n", "\n", "\r\n", "\r", " ", "\t", ".", "F", "From ", "=", "a", "bcdefg hijk",
		"\xc3\xa9", "\x7f", "\x01", "\xff", "0123456789012345678901234567890123456789",
		"0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 01234567",
		"0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 012345678\n",
	};

	UNUSED(state);
	for (int round = 0; round < 20000; round++) {
		struct buf text = BUF_INIT, got = BUF_INIT, want = BUF_INIT;
		char *copy;

		for (uint32_t n = rng_below(&system_rng, 30); n > 0; n--)
			buf_addstr(&text, piece[rng_below(&system_rng, ARRAY_SIZE(piece))]);
		copy = exact_copy(text.s, text.len);
		compose_quoted_printable(&got, copy, text.len);
		slow_quoted_printable(&want, span_of(text.s, text.len));
		assert_string_equal(got.s, want.s);
		free(copy);
		buf_clear(&text);
		buf_clear(&got);
		buf_clear(&want);
	}
}

static void mailto_fills_in_subject_and_body(void **state)
{
	static const struct {
		const char *address, *subject, *body, *want;
	} cases[] = {
		{ "meld@example.nl", NULL, NULL, "mailto:meld@example.nl" },
		{ "meld+ab12@example.nl", "Ontvangen: \xe2\x82\xac & meer", "",
		  "mailto:meld%2Bab12@example.nl?subject=Ontvangen%3A%20%E2%82%AC%20%26%20meer" },
		{ "a@example.nl", "x", "1\n2\r\n\n",
		  "mailto:a@example.nl?subject=x&body=1%0D%0A2%0D%0A%0D%0A" },
		{ "a@example.nl", "", "100% <b>\"j'a\"",
		  "mailto:a@example.nl?body=100%25%20%3Cb%3E%22j%27a%22" },
		{ "a?bcc=x@example.nl", NULL, NULL, "mailto:a%3Fbcc%3Dx@example.nl" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf out = BUF_INIT;

		compose_mailto(&out, cases[i].address, cases[i].subject, cases[i].body);
		assert_string_equal(out.s, cases[i].want);
		buf_clear(&out);
	}
}

static void csv_cells_are_no_formulas(void **state)
{
	static const struct {
		const char *value, *want;
	} cases[] = {
		{ "192.0.2.7", "\"192.0.2.7\"" },
		{ "", "\"\"" },
		{ "say \"hi\", or not", "\"say \"\"hi\"\", or not\"" },
		{ "=1+1", "\"'=1+1\"" },
		{ "+31 20 1234567", "\"'+31 20 1234567\"" },
		{ "-1", "\"'-1\"" },
		{ "@SUM(A1)", "\"'@SUM(A1)\"" },
		{ "\t=1", "\"'\t'=1\"" },
		{ "\r=1", "\"'\r'=1\"" },
		{ "\nx", "\"'\nx\"" },
		{ "  =1", "\"'  =1\"" },
		{ "\"=1\"", "\"'\"\"=1\"\"\"" },
		{ "\xef\xbc\x9d"
		  "1",
		  "\"'\xef\xbc\x9d"
		  "1\"" },
		{ "\xef\xbc\x8b"
		  "1",
		  "\"'\xef\xbc\x8b"
		  "1\"" },
		{ "\xef\xbc\x8d"
		  "1",
		  "\"'\xef\xbc\x8d"
		  "1\"" },
		{ "\xef\xbc\xa0"
		  "A",
		  "\"'\xef\xbc\xa0"
		  "A\"" },
		/* opened with ';' as separator the second half would be a cell of its own */
		{ "x;=HYPERLINK(\"http\")", "\"x;'=HYPERLINK(\"\"http\"\")\"" },
		{ "x; \"@A\"", "\"x;' \"\"@A\"\"\"" },
		{ "a\r\nb", "\"a\r\nb\"" },
		{ "a\r\n=b", "\"a\r\n'=b\"" },
		{ "a=b;c-d", "\"a=b;c-d\"" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf out = BUF_INIT;

		compose_csv_cell(&out, cases[i].value);
		assert_string_equal(out.s, cases[i].want);
		buf_clear(&out);
	}
}

static void entity_has_its_form(void **state)
{
	static const struct compose_attachment csv = { "systemen.csv",
		                                       "text/csv; charset=utf-8; header=present",
		                                       "ip\r\n", 4 };
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	UNUSED(state);
	assert_int_equal(compose_entity(&out, "Geachte heer,\n", "nl", NULL, 0, &same_rng, &e), 0);
	assert_string_equal(out.s, "Content-Type: text/plain; charset=utf-8; format=fixed\r\n"
	                           "Content-Language: nl\r\n"
	                           "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
	                           "Geachte heer,\r\n");
	buf_reset(&out);
	assert_int_equal(compose_entity(&out, "x", "", &csv, 1, &same_rng, &e), 0);
	assert_string_equal(
		out.s,
		"Content-Type: multipart/mixed;\r\n"
		" boundary=\"=_ma4dqobyha4dqobyha4dqobyh\"\r\n\r\n"
		"--=_ma4dqobyha4dqobyha4dqobyh\r\n"
		"Content-Type: text/plain; charset=utf-8; format=fixed\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
		"x\r\n\r\n"
		"--=_ma4dqobyha4dqobyha4dqobyh\r\n"
		"Content-Type: text/csv; charset=utf-8; header=present\r\n"
		"Content-Disposition: attachment;\r\n filename=\"systemen.csv\"\r\n"
		"Content-Transfer-Encoding: base64\r\n\r\n"
		"aXANCg==\r\n\r\n"
		"--=_ma4dqobyha4dqobyha4dqobyh--\r\n");
	buf_clear(&out);
}

static void entity_refuses_hostile_parts(void **state)
{
	static const struct {
		const char *text, *language;
		struct compose_attachment at;
	} cases[] = {
		{ "latin1 \xe9", "nl", { "x.csv", "text/csv", "", 0 } },
		{ "x", "nl\r\nBcc: all@example.org", { "x.csv", "text/csv", "", 0 } },
		{ "x", "dutch, please", { "x.csv", "text/csv", "", 0 } },
		{ "x", "nl-00000000000000000000000000000000000", { "x.csv", "text/csv", "", 0 } },
		{ "x", "nl", { "x\r\nBcc: all@example.org", "text/csv", "", 0 } },
		{ "x", "nl", { "../x.csv", "text/csv", "", 0 } },
		{ "x", "nl", { "a\\x.csv", "text/csv", "", 0 } },
		{ "x", "nl", { "", "text/csv", "", 0 } },
		{ "x", "nl", { "x.csv", "text/csv\r\nBcc: all@example.org", "", 0 } },
		{ "x", "nl", { "x.csv", "", "", 0 } },
		{ "x", "nl", { "x.csv", "text/csv; charset=\xc3\xa9", "", 0 } },
	};
	struct compose_attachment many[COMPOSE_ATTACHMENTS_MAX + 1];
	struct buf out = BUF_INIT;

	UNUSED(state);
	buf_addstr(&out, "before");
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct err e = ERR_INIT;

		assert_int_equal(compose_entity(&out, cases[i].text, cases[i].language,
		                                &cases[i].at, 1, &same_rng, &e),
		                 ERR_INPUT);
		assert_true(e.text[0] != '\0');
		assert_string_equal(out.s, "before");
	}
	for (size_t i = 0; i < ARRAY_SIZE(many); i++)
		many[i] = (struct compose_attachment){ "x.csv", "text/csv", "x", 1 };
	assert_int_equal(compose_entity(&out, "x", "nl", many, ARRAY_SIZE(many), &same_rng, NULL),
	                 ERR_INPUT);
	assert_int_equal(
		compose_entity(&out, "x", "nl", many, ARRAY_SIZE(many) - 1, &same_rng, NULL), 0);
	buf_clear(&out);
}

static const char signature[] =
	"-----BEGIN PGP SIGNATURE-----\n\nabcd\n=abcd\n-----END PGP SIGNATURE-----\n";

static struct compose_headers plain_headers(void)
{
	struct compose_headers h = { .from = "meld@example.nl",
		                     .to = "info@example.org",
		                     .message_id = "<1@example.nl>",
		                     .language = "nl",
		                     .reference = "SP-2026-1",
		                     .date = 1795326900 };

	assert_int_equal(header_value_set(&h.subject, "Waarschuwing", NULL), 0);
	return h;
}

static void signed_mail_has_its_form(void **state)
{
	struct compose_headers h = plain_headers();
	struct buf entity = BUF_INIT, out = BUF_INIT;
	struct err e = ERR_INIT;

	UNUSED(state);
	assert_int_equal(header_value_set(&h.from_name, "Jansen, P.", NULL), 0);
	h.reply_to = "antwoord+abc@example.nl";
	assert_int_equal(compose_entity(&entity, "x\n", NULL, NULL, 0, &same_rng, &e), 0);
	assert_int_equal(compose_signed(&out, &h, &entity, signature, "pgp-sha256", &same_rng, &e),
	                 0);
	assert_string_equal(
		out.s,
		"Date: Sun, 22 Nov 2026 05:55:00 +0000\r\n"
		"From: \"Jansen, P.\" <meld@example.nl>\r\n"
		"To: info@example.org\r\n"
		"Reply-To: antwoord+abc@example.nl\r\n"
		"Subject: Waarschuwing\r\n"
		"Message-ID: <1@example.nl>\r\n"
		"Auto-Submitted: auto-generated\r\n"
		"X-Seinpost-Reference: SP-2026-1\r\n"
		"Content-Language: nl\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: multipart/signed; micalg=pgp-sha256;\r\n"
		" protocol=\"application/pgp-signature\";\r\n"
		" boundary=\"=_sa4dqobyha4dqobyha4dqobyh\"\r\n\r\n"
		"This is a signed message (OpenPGP/MIME, RFC 3156).\r\n"
		"--=_sa4dqobyha4dqobyha4dqobyh\r\n"
		"Content-Type: text/plain; charset=utf-8; format=fixed\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
		"x\r\n\r\n"
		"--=_sa4dqobyha4dqobyha4dqobyh\r\n"
		"Content-Type: application/pgp-signature; name=\"signature.asc\"\r\n"
		"Content-Description: OpenPGP digital signature\r\n"
		"Content-Disposition: attachment; filename=\"signature.asc\"\r\n\r\n"
		"-----BEGIN PGP SIGNATURE-----\r\n\r\nabcd\r\n=abcd\r\n"
		"-----END PGP SIGNATURE-----\r\n\r\n"
		"--=_sa4dqobyha4dqobyha4dqobyh--\r\n");
	check_lines(out.s, out.len, 76);
	buf_clear(&entity);
	buf_clear(&out);
}

static void hostile_headers_are_refused(void **state)
{
	static const struct {
		const char *from, *to, *reply_to, *message_id, *language, *reference;
	} cases[] = {
		{ "a", "b@example.nl", NULL, "<1@x.nl>", "nl", "r" },
		{ NULL, "b@example.nl", NULL, "<1@x.nl>", "nl", "r" },
		{ "a@example.nl", "b@example.nl\r\nBcc: c@example.nl", NULL, "<1@x.nl>", "nl",
		  "r" },
		{ "a@example.nl", "b@example.nl, c@example.nl", NULL, "<1@x.nl>", "nl", "r" },
		{ "a@example.nl", "Jan <b@example.nl>", NULL, "<1@x.nl>", "nl", "r" },
		{ "a@example.nl", NULL, NULL, "<1@x.nl>", "nl", "r" },
		{ "a@example.nl", "b@example.nl", "c d@example.nl", "<1@x.nl>", "nl", "r" },
		{ "a@example.nl", "b@example.nl", NULL, NULL, "nl", "r" },
		{ "a@example.nl", "b@example.nl", NULL, "1@x.nl", "nl", "r" },
		{ "a@example.nl", "b@example.nl", NULL, "<1@x.nl", "nl", "r" },
		{ "a@example.nl", "b@example.nl", NULL, "<@x.nl>", "nl", "r" },
		{ "a@example.nl", "b@example.nl", NULL, "<1@>", "nl", "r" },
		{ "a@example.nl", "b@example.nl", NULL, "<1 2@x.nl>", "nl", "r" },
		{ "a@example.nl", "b@example.nl", NULL, "<1@x.nl>\r\nX: <y@z>", "nl", "r" },
		{ "a@example.nl", "b@example.nl", NULL, "<1@x.nl>", "nl;x", "r" },
		{ "a@example.nl", "b@example.nl", NULL, "<1@x.nl>", "nl",
		  "r\r\nBcc: c@example.nl" },
		{ "a@example.nl", "b@example.nl", NULL, "<1@x.nl>", "nl", "two words" },
		{ "a@example.nl", "b@example.nl", NULL, "<1@x.nl>", "nl", X70 },
	};
	struct buf entity = BUF_INIT, out = BUF_INIT;

	UNUSED(state);
	buf_addstr(&entity, "Content-Type: text/plain\r\n\r\nx\r\n");
	buf_addstr(&out, "before");
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct compose_headers h = plain_headers();
		struct err e = ERR_INIT;

		h.from = cases[i].from;
		h.to = cases[i].to;
		h.reply_to = cases[i].reply_to;
		h.message_id = cases[i].message_id;
		h.language = cases[i].language;
		h.reference = cases[i].reference;
		assert_int_equal(
			compose_signed(&out, &h, &entity, signature, "pgp-sha256", &same_rng, &e),
			ERR_INPUT);
		assert_true(e.text[0] != '\0');
		assert_string_equal(out.s, "before");
	}
	buf_clear(&entity);
	buf_clear(&out);
}

static void only_openpgp_data_is_wrapped(void **state)
{
	static const struct {
		const char *entity, *signature, *micalg;
	} cases[] = {
		{ "x\r\n", "no armour", "pgp-sha256" },
		{ "x\r\n", "-----BEGIN PGP SIGNATURE-----\n\xff\n", "pgp-sha256" },
		{ "x\r\n", signature, "sha256" },
		{ "x\r\n", signature, "pgp-" },
		{ "x\r\n", signature, "pgp-sha256; x=y" },
		{ "x", signature, "pgp-sha256" },
		{ "", signature, "pgp-sha256" },
		/* the boundary that this randomness always gives */
		{ "=_sa4dqobyha4dqobyha4dqobyh\r\n", signature, "pgp-sha256" },
	};
	struct compose_headers h = plain_headers();
	struct buf out = BUF_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf entity = BUF_INIT;
		struct err e = ERR_INIT;

		buf_addstr(&entity, cases[i].entity);
		assert_true(compose_signed(&out, &h, &entity, cases[i].signature, cases[i].micalg,
		                           &same_rng, &e) < 0);
		assert_true(e.text[0] != '\0');
		assert_int_equal(out.len, 0);
		buf_clear(&entity);
	}
	assert_int_equal(compose_encrypted(&out, &h, "Geachte heer,", &same_rng, NULL), ERR_INPUT);
	assert_int_equal(compose_encrypted(&out, &h, signature, &same_rng, NULL), ERR_INPUT);
	assert_int_equal(out.len, 0);
	assert_int_equal(
		compose_encrypted(&out, &h, "-----BEGIN PGP MESSAGE-----\n\nx\n", &same_rng, NULL),
		0);
	assert_non_null(strstr(
		out.s,
		"Content-Type: multipart/encrypted;\r\n"
		" protocol=\"application/pgp-encrypted\";\r\n"));
	assert_non_null(strstr(out.s, "\r\n\r\nVersion: 1\r\n"));
	check_lines(out.s, out.len, 76);
	buf_clear(&out);
}

/* The mails that compose_parse.py reads, in the meantime as bytes. */
static void sample_mails_have_clean_lines(void **state)
{
	struct err e = ERR_INIT;

	UNUSED(state);
	for (size_t i = 0; i < compose_sample_count; i++) {
		struct buf out = BUF_INIT;

		assert_int_equal(compose_sample_mail(&out, &compose_samples[i], &same_rng, &e), 0);
		check_lines(out.s, out.len, 76);
		buf_clear(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header_values_are_checked),
		cmocka_unit_test(texts_become_encoded_words),
		cmocka_unit_test(encoded_words_hold_whole_characters),
		cmocka_unit_test(quoted_printable_survives_every_hop),
		cmocka_unit_test(quoted_printable_is_the_same_in_runs),
		cmocka_unit_test(mailto_fills_in_subject_and_body),
		cmocka_unit_test(csv_cells_are_no_formulas),
		cmocka_unit_test(entity_has_its_form),
		cmocka_unit_test(entity_refuses_hostile_parts),
		cmocka_unit_test(signed_mail_has_its_form),
		cmocka_unit_test(hostile_headers_are_refused),
		cmocka_unit_test(only_openpgp_data_is_wrapped),
		cmocka_unit_test(sample_mails_have_clean_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
