/*
 * test_dutch: words, broken links and long lines, table by table.
 */
#include "test.h"

#include "clock.h"
#include "defang.h"
#include "dutch.h"
#include "fill.h"
#include "span.h"

static void dates_are_written_out(void **state)
{
	static const struct {
		int64_t t;
		const char *nl, *en, *nl_moment, *en_moment;
	} cases[] = {
		{ 1795326900, "zondag 22 november 2026", "Sunday 22 November 2026",
		  "22 november 2026, 05:55 uur (UTC)", "22 November 2026, 05:55 (UTC)" },
		{ 0, "donderdag 1 januari 1970", "Thursday 1 January 1970",
		  "1 januari 1970, 00:00 uur (UTC)", "1 January 1970, 00:00 (UTC)" },
		{ 1709251199, "donderdag 29 februari 2024", "Thursday 29 February 2024",
		  "29 februari 2024, 23:59 uur (UTC)", "29 February 2024, 23:59 (UTC)" },
		{ -1, "woensdag 31 december 1969", "Wednesday 31 December 1969",
		  "31 december 1969, 23:59 uur (UTC)", "31 December 1969, 23:59 (UTC)" },
	};
	char out[DUTCH_TEXT];

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_string_equal(dutch_date(out, LANGUAGE_NL, cases[i].t), cases[i].nl);
		assert_string_equal(dutch_date(out, LANGUAGE_EN, cases[i].t), cases[i].en);
		assert_string_equal(dutch_moment(out, LANGUAGE_NL, cases[i].t), cases[i].nl_moment);
		assert_string_equal(dutch_moment(out, LANGUAGE_EN, cases[i].t), cases[i].en_moment);
	}
}

static void numbers_have_separators(void **state)
{
	static const struct {
		uint64_t n;
		const char *nl, *en;
	} cases[] = {
		{ 0, "0", "0" },
		{ 999, "999", "999" },
		{ 1000, "1.000", "1,000" },
		{ 12345, "12.345", "12,345" },
		{ 1234567, "1.234.567", "1,234,567" },
		{ UINT64_MAX, "18.446.744.073.709.551.615", "18,446,744,073,709,551,615" },
	};
	char out[DUTCH_TEXT];

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_string_equal(dutch_number(out, LANGUAGE_NL, cases[i].n), cases[i].nl);
		assert_string_equal(dutch_number(out, LANGUAGE_EN, cases[i].n), cases[i].en);
	}
	assert_string_equal(dutch_severity(LANGUAGE_NL, SEVERITY_CRITICAL), "kritiek");
	assert_string_equal(dutch_severity(LANGUAGE_EN, SEVERITY_INFO), "informational");
}

static void links_are_broken(void **state)
{
	static const struct {
		const char *in, *url, *text;
	} cases[] = {
		{ "", "", "" },
		{ "http://www.example.nl/a.php", "hxxp://www[.]example[.]nl/a.php",
		  "hxxp[:]//www[.]example.nl/a.php" },
		{ "HTTPS://example.nl:8443?u=http://x.nl/",
		  "hxxpS://example[.]nl:8443?u=hxxp[:]//x.nl/",
		  "hxxpS[:]//example.nl:8443?u=hxxp[:]//x.nl/" },
		{ "ftp://example.nl", "ftp[:]//example[.]nl", "ftp[:]//example.nl" },
		{ "example.nl/x/WWW.evil.nl", "example[.]nl/x/WWW[.]evil.nl",
		  "example.nl/x/WWW[.]evil.nl" },
		{ "http://user.name@example.nl#a.b", "hxxp://user[.]name@example[.]nl#a.b",
		  "hxxp[:]//user.name@example.nl#a.b" },
		{ "://", "[:]//", "[:]//" },
		{ "Router 1.2 see http://evil.example", NULL,
		  "Router 1.2 see hxxp[:]//evil.example" },
	};
	struct arena a = ARENA_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		if (cases[i].url != NULL)
			assert_string_equal(defang_url(&a, cases[i].in), cases[i].url);
		assert_string_equal(defang_text(&a, cases[i].in), cases[i].text);
	}
	arena_clear(&a);
}

#define LONG "12345678901234567890123456789012345678901234567890123456789012345678901234567890"
#define W60 "1234567890123456789 1234567890123456789 1234567890123456789"
#define W70 W60 " 123456789"

static void long_lines_are_filled(void **state)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{ "", "" },
		{ "a", "a\n" },
		{ "a\n\n  b \n", "a\n\n  b \n" },
		{ W70 " 123456", W70 " 123456\n" },
		{ W70 " 1234567", W70 "\n1234567\n" },
		{ W70 " 12345\xc3\xa9 x", W70 " 12345\xc3\xa9\nx\n" },
		{ W70 " 1234567   \n", W70 "\n1234567\n" },
		{ "1. " W70 " 1234567 b\nshort\n", "1. " W70 "\n   1234567 b\nshort\n" },
		{ "  - " W70 " 1234567", "  - " W70 "\n    1234567\n" },
		{ "   " W70 " 1234567", "   " W70 "\n   1234567\n" },
		{ "Aan:       " W70 "\nKenmerk:   x",
		  "Aan:       " W60 "\n           123456789\nKenmerk:   x\n" },
		{ "Onderwerp: " W70, "Onderwerp: " W60 "\n           123456789\n" },
		{ "Let op:    " W70, "Let op:    " W60 "\n123456789\n" },
		{ "https://" LONG " " W60, "https://" LONG "\n" W60 "\n" },
		{ "12:   " W70, "12:   " W70 "\n" },
		{ "12:       " W70, "12:       " W60 "\n123456789\n" },
		{ "123.456 " W70,
		  "123.456 1234567890123456789 1234567890123456789 1234567890123456789\n"
		  "123456789\n" },
		{ "a mailto:" LONG " b",
		  "a\nmailto:" LONG "\nb\n" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf got = BUF_INIT;
		char *copy = exact_copy(cases[i].in, strlen(cases[i].in));

		fill_text(&got, copy, strlen(cases[i].in));
		assert_string_equal(got.s, cases[i].want);
		free(copy);
		buf_clear(&got);
	}
}

/* Pieces that mean something to those who read on in runs, in any order. */
static void make_text(struct buf *out, const char *const *piece, uint32_t n_piece)
{
	buf_reset(out);
	for (uint32_t n = rng_below(&system_rng, 40); n > 0; n--)
		buf_addstr(out, piece[rng_below(&system_rng, n_piece)]);
}

/* A text is its lines, whichever way they are looked for. */
static void filling_goes_by_lines(void **state)
{
	static const char *const piece[] = { "\n", "\n", "\r\n", "\r", "", "a", "b c", "- ", "1. ",
		                             "   ", W70, W70 " 12345", "\xc3\xa9\xc3\xa9", LONG };

	UNUSED(state);
	for (int round = 0; round < 3000; round++) {
		struct buf text = BUF_INIT, got = BUF_INIT, want = BUF_INIT;
		struct span s, line;
		char *copy;

		make_text(&text, piece, ARRAY_SIZE(piece));
		copy = exact_copy(text.s, text.len);
		fill_text(&got, copy, text.len);
		for (s = span_of(text.s, text.len); span_line(&s, &line);)
			if (span_empty(line))
				buf_addch(&want, '\n');
			else
				fill_text(&want, line.p, span_len(line));
		assert_string_equal(got.s, want.s);
		free(copy);
		buf_clear(&text);
		buf_clear(&got);
		buf_clear(&want);
	}
}

/* The rule of defang_text(), a character at a time. */
static void slow_defang(struct buf *b, const char *s)
{
	while (*s != '\0') {
		size_t n = b->len;

		if (strncmp(s, "://", 3) == 0) {
			n -= n > 4 && ascii_lower(b->s[n - 1]) == 's';
			if (n >= 4 && strncasecmp(b->s + n - 4, "http", 4) == 0)
				memcpy(b->s + n - 4, "hxxp", 4);
			buf_addstr(b, "[:]//");
			s += 3;
		} else if (strncasecmp(s, "www.", 4) == 0) {
			buf_add(b, s, 3);
			buf_addstr(b, "[.]");
			s += 4;
		} else {
			buf_addch(b, *s++);
		}
	}
}

static void every_link_is_found(void **state)
{
	static const char *const piece[] = { "http", "HttpS", "://", ":", "/", "w", "WW", "www.",
		                             ".", "s", "a b", "\xc3\xa9" };

	UNUSED(state);
	for (int round = 0; round < 3000; round++) {
		struct buf text = BUF_INIT, want = BUF_INIT;
		struct arena a = ARENA_INIT;

		make_text(&text, piece, ARRAY_SIZE(piece));
		slow_defang(&want, text.s);
		assert_string_equal(defang_text(&a, text.s), want.s);
		arena_clear(&a);
		buf_clear(&text);
		buf_clear(&want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_written_out),
		cmocka_unit_test(numbers_have_separators),
		cmocka_unit_test(links_are_broken),
		cmocka_unit_test(long_lines_are_filled),
		cmocka_unit_test(filling_goes_by_lines),
		cmocka_unit_test(every_link_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
