/*
 * test_base: the base layer, table by table.
 */
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "base32.h"
#include "base64.h"
#include "buf.h"
#include "clock.h"
#include "domain.h"
#include "err.h"
#include "fdio.h"
#include "ip.h"
#include "mailaddr.h"
#include "num.h"
#include "span.h"
#include "utf8.h"

static void buf_grows_and_is_taken(void **state)
{
	struct buf b = BUF_INIT;
	char *s;

	UNUSED(state);
	assert_string_equal(b.s, "");
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "%d,", i % 10);
	assert_int_equal(b.len, 2000);
	buf_truncate(&b, 4);
	assert_string_equal(b.s, "0,1,");
	s = buf_take(&b);
	assert_string_equal(s, "0,1,");
	assert_int_equal(b.len, 0);
	free(s);
	buf_add(&b, "a\0b", 3);
	assert_memory_equal(b.s, "a\0b", 4);
	buf_clear(&b);
}

static void arena_aligns_and_frees(void **state)
{
	struct arena a = ARENA_INIT;

	UNUSED(state);
	for (size_t n = 1; n < 50000; n = n * 3 + 1) {
		char *p = arena_alloc(&a, n);

		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
	}
	assert_string_equal(arena_printf(&a, "%s-%d", "x", 7), "x-7");
	assert_string_equal(arena_strndup(&a, "abcdef", 3), "abc");
	assert_string_equal(arena_strdup(&a, "abc"), "abc");
	assert_string_equal(arena_concat(&a, "a"), "a");
	assert_string_equal(arena_concat(&a, "", "ab", "", "c"), "abc");
	arena_clear(&a);
	assert_null(a.head);
}

static void err_keeps_code_and_adds_context(void **state)
{
	struct err e = ERR_INIT;

	UNUSED(state);
	assert_int_equal(err_set(&e, ERR_INPUT, "line %d\r\nbad", 7), ERR_INPUT);
	assert_string_equal(e.text, "line 7??bad");
	assert_int_equal(err_wrap(&e, "file %s", "x"), ERR_INPUT);
	assert_string_equal(e.text, "file x: line 7??bad");
	for (int i = 0; i < 100; i++)
		err_wrap(&e, "a fairly long piece of context number %d", i);
	assert_true(strlen(e.text) < sizeof(e.text));
}

static void dates_parse_and_format(void **state)
{
	static const struct { const char *text; bool ok; int64_t want; } cases[] = {
		{ "1970-01-01", true, 0 },
		{ "2026-11-22 05:55:00", true, 1795326900 },
		{ "2026-11-22T05:55:00Z", true, 1795326900 },
		{ "2026-11-22T06:55:00+01:00", true, 1795326900 },
		{ "2026-11-22T06:55:00.123456+0100", true, 1795326900 },
		{ "2026-11-22 05:55", true, 1795326900 },
		{ "2026-11-22 05:55:00 UTC", true, 1795326900 },
		{ "2000-02-29", true, 951782400 },
		{ "1900-02-29", false, 0 },
		{ "2026-13-01", false, 0 },
		{ "2026-11-22 25:00", false, 0 },
		{ "2026-11-22x", false, 0 },
		{ "22-11-2026", false, 0 },
		{ "2026-11-22T05:55:00+", false, 0 },
		{ "", false, 0 },
	};
	char out[TIME_TEXT];

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int64_t t = -1;

		assert_int_equal(time_parse_iso(&t, cases[i].text), cases[i].ok);
		if (cases[i].ok)
			assert_int_equal(t, cases[i].want);
	}
	assert_string_equal(time_format_iso(out, 1795326900), "2026-11-22T05:55:00Z");
	assert_string_equal(time_format_rfc5322(out, 1795326900),
			    "Sun, 22 Nov 2026 05:55:00 +0000");
	assert_string_equal(time_format_date(out, -1), "1969-12-31");
	assert_string_equal(time_format_minute(out, 1795326909), "2026-11-22 05:55");
	assert_string_equal(time_format_second(out, 1795326909), "2026-11-22 05:55:09");
	/* beyond the calendar: no sense, but no harm */
	assert_true(strlen(time_format_rfc5322(out, INT64_MAX)) < TIME_TEXT);
	assert_true(strlen(time_format_rfc5322(out, INT64_MIN)) < TIME_TEXT);
	assert_true(strlen(time_format_iso(out, INT64_MIN)) < TIME_TEXT);
}

static void ranges_parse_and_format(void **state)
{
	static const struct { const char *text, *want; int bits; } cases[] = {
		{ "192.0.2.0/24", "192.0.2.0/24", 8 },
		{ "192.0.2.7", "192.0.2.7", 0 },
		{ "192.0.2.7/32", "192.0.2.7", 0 },
		{ "192.0.2.1-192.0.2.9", "192.0.2.1-192.0.2.9", 4 },
		{ "192.0.2.0-192.0.2.255", "192.0.2.0/24", 8 },
		{ "2001:DB8::/32", "2001:db8::/32", 96 },
		{ "::/0", "::/0", 128 },
		{ "0.0.0.0/0", "0.0.0.0/0", 32 },
		{ "192.0.2.1/24", NULL, 0 },
		{ "192.0.2.9-192.0.2.1", NULL, 0 },
		{ "192.0.2.0/33", NULL, 0 },
		{ "192.0.2.0/", NULL, 0 },
		{ "192.0.2.0/+8", NULL, 0 },
		{ "192.0.2.1-2001:db8::1", NULL, 0 },
		{ "192.0.2.256", NULL, 0 },
		{ "", NULL, 0 },
	};
	char out[IP_RANGE_TEXT];

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct ip_range r;
		bool ok = ip_range_parse(&r, cases[i].text);

		assert_int_equal(ok, cases[i].want != NULL);
		if (!ok)
			continue;
		assert_string_equal(ip_range_format(out, &r), cases[i].want);
		assert_int_equal(ip_range_bits(&r), cases[i].bits);
	}
}

static void mail_addresses(void **state)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "Jan.O'Neill@Example.NL", "Jan.O'Neill@example.nl" },
		{ "\"jan jansen\"@example.nl", "\"jan jansen\"@example.nl" },
		{ "info+tag@xn--bckerei-5wa.example", "info+tag@xn--bckerei-5wa.example" },
		{ "a@b.c.", "a@b.c" },
		{ "a@localhost", NULL },
		{ "a..b@example.nl", NULL },
		{ ".a@example.nl", NULL },
		{ "a.@example.nl", NULL },
		{ "a b@example.nl", NULL },
		{ "a@example.nl\r\nRCPT TO:<x@y.z>", NULL },
		{ "a@[192.0.2.1]", NULL },
		{ "a@192.0.2.1", NULL },
		{ "\"a>b\"@example.nl", NULL },
		{ "\"\"@example.nl", NULL },
		{ "\"abc@example.nl", NULL },
		{ "@example.nl", NULL },
		{ "a@-x.nl", NULL },
		{ "", NULL },
	};
	char out[MAILADDR_TEXT], longest[300];
	struct err e = ERR_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int rc = mailaddr_normalise(out, cases[i].text, &e);

		assert_int_equal(rc == 0, cases[i].want != NULL);
		if (rc == 0)
			assert_string_equal(out, cases[i].want);
	}
	assert_int_equal(mailaddr_normalise(out, "a@b\xc3\xbc" "cher.example", &e), ERR_INPUT);
	assert_string_equal(e.text, "'a@b\xc3\xbc" "cher.example': the domain must be written in"
	                    " ASCII (xn--...)");
	assert_int_equal(mailaddr_normalise(out, "a@", &e), ERR_INPUT);
	assert_string_equal(e.text, "'a@': no domain behind the @");
	/* 254 octets are fine, 255 are not */
	memset(longest, 'a', sizeof(longest));
	memcpy(longest + 60, "@", 1);
	for (int i = 120; i < 254; i += 60)
		longest[i] = '.';
	longest[254] = '\0';
	assert_int_equal(mailaddr_normalise(out, longest, &e), 0);
	longest[254] = 'a';
	longest[255] = '\0';
	assert_int_equal(mailaddr_normalise(out, longest, &e), ERR_INPUT);
}

static void domains(void **state)
{
	char out[DOMAIN_TEXT];

	UNUSED(state);
	assert_true(domain_normalise(out, "WWW.Example.NL.", 15, 2));
	assert_string_equal(out, "www.example.nl");
	assert_false(domain_normalise(out, "192.0.2.1", 9, 1));
	assert_false(domain_normalise(out, "a..nl", 5, 1));
	assert_false(domain_normalise(out, "nl", 2, 2));
	assert_true(domain_is_below("www.example.nl", "example.nl"));
	assert_true(domain_is_below("example.nl", "example.nl"));
	assert_false(domain_is_below("badexample.nl", "example.nl"));
	assert_false(domain_is_below("nl", "example.nl"));
}

static void numbers(void **state)
{
	int64_t v;

	UNUSED(state);
	assert_true(num_parse(&v, "-12", -20, 20) && v == -12);
	assert_false(num_parse(&v, "99999999999999999999", 0, INT64_MAX));
	assert_false(num_parse(&v, " 1", 0, 9));
	assert_false(num_parse(&v, "", 0, 9));
	assert_true(size_parse(&v, "512k") && v == 512 * 1024);
	assert_false(size_parse(&v, "512kb"));
	assert_true(duration_parse(&v, "1h30m") && v == 5400);
	assert_false(duration_parse(&v, "10"));
	assert_false(duration_parse(&v, ""));
}

/* What printf writes, for every width. */
static void numbers_are_written_like_printf(void **state)
{
	static const int64_t some[] = { 0, 1, 9, 10, 99, 100, 65535, 9999, 10000, 1234567890123,
		                        -1, -9, -10, -999, INT64_MAX, INT64_MIN };
	char out[NUM_TEXT], want[NUM_TEXT];

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(some); i++) {
		for (int digits = 1; digits <= 10; digits++) {
			snprintf(want, sizeof(want), "%0*" PRId64, digits, some[i]);
			assert_ptr_equal(num_put(out, some[i], digits), out + strlen(want));
			assert_string_equal(out, want);
		}
	}
	num_put_unsigned(out, UINT64_MAX, 1);
	assert_string_equal(out, "18446744073709551615");
	for (size_t i = 0; i < ARRAY_SIZE(some); i++) {
		snprintf(want, sizeof(want), "%016" PRIx64, (uint64_t)some[i]);
		num_put_hex(out, (uint64_t)some[i], 16);
		assert_string_equal(out, want);
		snprintf(want, sizeof(want), "%" PRIx64, (uint64_t)some[i]);
		num_put_hex(out, (uint64_t)some[i], 1);
		assert_string_equal(out, want);
	}
}

static void utf8_is_checked_wherever_it_stands(void **state)
{
	char *s;

	UNUSED(state);
	for (size_t len = 1; len <= 80; len++) {
		s = xmalloc(len);
		memset(s, 'a', len);
		assert_int_equal(utf8_check(s, len), SIZE_MAX);
		for (size_t at = 0; at < len; at++) {
			s[at] = (char)0x80;
			assert_int_equal(utf8_check(s, len), at);
			s[at] = 'a';
		}
		free(s);
	}
}

static size_t slow_plain_run(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && s[i] >= ' ' && s[i] <= '~')
		i++;
	return i;
}

/* Eight bytes at a time must stop where one at a time does: all pairs of neighbours, at all places.
 */
static void plain_runs_end_at_the_first_odd_byte(void **state)
{
	UNUSED(state);
	for (size_t len = 1; len <= 19; len++) {
		char *s = xmalloc(len); /* exact: a read behind its end is seen */

		memset(s, 'a', len);
		for (int pair = 0; pair < 65536; pair++) {
			size_t at = (size_t)pair % len;

			s[at] = (char)(pair >> 8);
			if (at + 1 < len)
				s[at + 1] = (char)pair;
			if (utf8_plain_run(s, len) != slow_plain_run(s, len))
				fail_msg("%zu bytes, %04x at %zu", len, (unsigned)pair, at);
			memset(s + at, 'a', at + 1 < len ? 2 : 1);
		}
		free(s);
	}
	assert_int_equal(utf8_plain_run("", 0), 0);
}

static void text_is_made_printable(void **state)
{
	struct buf b = BUF_INIT;

	UNUSED(state);
	utf8_printable(&b, "a\x1b[31m\xff\xe2\x80\xae\xc3\xa9\n", 13, 100, true);
	assert_string_equal(b.s, "a?[31m??\xc3\xa9 ");
	buf_reset(&b);
	utf8_printable(&b, "\xc3\xa9\xc3\xa9", 4, 3, true);
	assert_string_equal(b.s, "\xc3\xa9");
	buf_clear(&b);
	assert_int_equal(utf8_check("\xc0\x80", 2), 0);
	assert_int_equal(utf8_check("ab\xed\xa0\x80", 5), 2);
	assert_int_equal(utf8_check("\xf0\x9f\x98\x80", 4), SIZE_MAX);
	assert_int_equal(utf8_count("\xc3\xa9\n\xe2\x82\xac x\x80", 9), 5);
	assert_int_equal(utf8_count("", 0), 0);
}

static void spans_stay_inside(void **state)
{
	char *p = exact_copy("a: b\r\n\nlast", 11);
	struct span s = span_of(p, 11), line;

	UNUSED(state);
	assert_true(span_line(&s, &line) && span_equals_str(line, "a: b"));
	assert_true(span_line(&s, &line) && span_empty(line));
	assert_true(span_line(&s, &line) && span_equals_nocase(line, "LAST"));
	assert_false(span_line(&s, &line));
	s = span_of(p, 11);
	assert_ptr_equal(span_find_nocase(s, "LAST"), p + 7);
	assert_null(span_find_nocase(s, "lastx"));
	assert_ptr_equal(span_find_nocase(s, ""), s.p);
	assert_ptr_equal(span_find_nocase(span_str("aAaAb"), "AAB") != NULL, true);
	assert_null(span_find_nocase(span_of("ab", 2), "abc"));
	assert_null(span_find_nocase(span_of("", 0), "a"));
	assert_false(span_take(&s, 12, &line));
	free(p);
}

static void letters_and_digits_are_ascii_only(void **state)
{
	UNUSED(state);
	for (int c = -128; c < 256; c++) {
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		assert_int_equal(ascii_alpha((char)c), letter);
		assert_int_equal(ascii_alnum((char)c), letter || (c >= '0' && c <= '9'));
	}
}

static void base32_round_trip(void **state)
{
	uint8_t in[19], back[19];
	char text[40];

	UNUSED(state);
	for (int round = 0; round < 200; round++) {
		system_rng.fill(NULL, in, sizeof(in));
		base32_encode(text, in, sizeof(in));
		assert_int_equal(strlen(text), BASE32_LEN(sizeof(in)));
		assert_true(base32_decode(back, sizeof(back), text));
		assert_memory_equal(in, back, sizeof(in));
	}
	assert_false(base32_decode(back, 1, "a!"));
	assert_false(base32_decode(back, 1, "a"));
	assert_false(base32_decode(back, 1, "ab")); /* left-over bit set */
}

/* RFC 4648 10, and both characters outside the alphabet of base64url. */
static void base64_is_as_published(void **state)
{
	static const struct { const char *bytes, *want; } cases[] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
		{ "\xfb\xff\xfe", "+//+" },
	};
	char out[16];

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t n = strlen(cases[i].bytes);
		char *copy = exact_copy(cases[i].bytes, n);

		assert_string_equal(base64_encode(out, copy, n), cases[i].want);
		assert_int_equal(BASE64_LEN(n), strlen(cases[i].want));
		free(copy);
	}
}

/* A file of that mode with that text; the result of reading it as a secret, its error text in e. */
static int read_secret(struct buf *out, const char *path, mode_t mode, const char *text,
		       struct err *e)
{
	*e = (struct err)ERR_INIT;
	buf_reset(out);
	assert_int_equal(file_write_atomic(path, text, strlen(text), 0600, e), 0);
	assert_int_equal(chmod(path, mode), 0);
	return file_read_secret(out, path, e);
}

static void secrets_are_closed_to_others(void **state)
{
	static const mode_t open_modes[] = { 0640, 0604, 0620, 0602, 0610, 0601, 0644 };
	char folder[] = "/tmp/seinpost-base-XXXXXX", path[64], many[4099];
	struct buf out = BUF_INIT;
	struct err e;

	UNUSED(state);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/secret", folder);
	assert_int_equal(file_read_secret(&out, path, &e), ERR_CONF);
	assert_int_equal(read_secret(&out, path, 0600, "geheim\n\n", &e), 0);
	assert_string_equal(out.s, "geheim\n"); /* one line end is the editor's */
	assert_int_equal(read_secret(&out, path, 0400, "", &e), 0);
	assert_string_equal(out.s, "");
	for (size_t i = 0; i < ARRAY_SIZE(open_modes); i++) {
		assert_int_equal(read_secret(&out, path, open_modes[i], "geheim", &e), ERR_CONF);
		assert_non_null(strstr(e.text, "chmod 600"));
		assert_int_equal(out.len, 0);
	}
	memset(many, 'x', sizeof(many) - 1);
	many[sizeof(many) - 1] = '\0';
	assert_int_equal(read_secret(&out, path, 0600, many, &e), ERR_INPUT);
	assert_int_equal(read_secret(&out, path, 0600, "geheim", &e), 0);
	if (geteuid() == 0) { /* only root can give a file away */
		assert_int_equal(chown(path, 65534, (gid_t)-1), 0);
		assert_int_equal(seteuid(65533), 0);
		assert_int_equal(file_read_secret(&out, path, &e), ERR_CONF);
		assert_int_equal(seteuid(0), 0);
		assert_int_equal(file_read_secret(&out, path, &e), ERR_CONF);
		assert_non_null(strstr(e.text, "chown"));
	}
	assert_int_equal(unlink(path), 0);
	assert_int_equal(file_read_secret(&out, folder, &e), ERR_CONF);
	/* nobody writes into it: it must not wait */
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(file_read_secret(&out, path, &e), ERR_CONF);
	assert_non_null(strstr(e.text, "not a regular file"));
	unlink(path);
	rmdir(folder);
	buf_clear(&out);
}

static void pooled_bytes_are_used_once(void **state)
{
	struct rng_pool pool;
	struct rng r = rng_pooled(&pool);
	unsigned char seen[200][16], big[2 * sizeof(pool.bytes)] = { 0 };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(seen); i++) {
		r.fill(r.arg, seen[i], sizeof(seen[i]));
		for (size_t k = 0; k < i; k++)
			assert_memory_not_equal(seen[k], seen[i], sizeof(seen[i]));
	}
	r.fill(r.arg, big, sizeof(big));
	assert_memory_not_equal(big, big + sizeof(pool.bytes), sizeof(pool.bytes));
}

static void one_holds_a_lock(void **state)
{
	char folder[] = "/tmp/seinpost-base-XXXXXX", path[64];
	struct err e = ERR_INIT;
	int held;

	UNUSED(state);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/lock", folder);
	assert_true((held = file_lock(path, &e)) >= 0);
	assert_int_equal(file_lock(path, &e), ERR_TEMP);
	close(held);
	assert_true((held = file_lock(path, &e)) >= 0);
	close(held);
	unlink(path);
	assert_int_equal(file_lock(folder, &e), ERR_IO);
	assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_holds_a_lock),
		cmocka_unit_test(plain_runs_end_at_the_first_odd_byte),
		cmocka_unit_test(buf_grows_and_is_taken),
		cmocka_unit_test(arena_aligns_and_frees),
		cmocka_unit_test(err_keeps_code_and_adds_context),
		cmocka_unit_test(dates_parse_and_format),
		cmocka_unit_test(ranges_parse_and_format),
		cmocka_unit_test(mail_addresses),
		cmocka_unit_test(domains),
		cmocka_unit_test(numbers),
		cmocka_unit_test(numbers_are_written_like_printf),
		cmocka_unit_test(utf8_is_checked_wherever_it_stands),
		cmocka_unit_test(text_is_made_printable),
		cmocka_unit_test(spans_stay_inside),
		cmocka_unit_test(letters_and_digits_are_ascii_only),
		cmocka_unit_test(base32_round_trip),
		cmocka_unit_test(base64_is_as_published),
		cmocka_unit_test(secrets_are_closed_to_others),
		cmocka_unit_test(pooled_bytes_are_used_once),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
