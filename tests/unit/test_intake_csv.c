/*
 * test_intake_csv: tables that are damaged, too large or hostile lose no more than the row at
 * fault.
 */
#include "intake_case.h"

#define HEAD "timestamp,ip,asn,note\n"
#define GOOD(n) SEEN ",192.0.2." #n ",1,\n"
#define FOUND(line, n) "+" #line " scan_rdp open-rdp high 192.0.2." #n " i=scan_rdp {asn=1}"

static const struct feed_case csv_cases[] = {
	{ "CRLF", "scan_rdp.csv", "timestamp,ip,asn,note\r\n" SEEN ",192.0.2.1,1,x\r\n",
	  FOUND(2, 1) " {note=x}\n" },
	{ "byte order mark", "scan_rdp.csv", "\xef\xbb\xbf\"timestamp\",ip,asn,note\n" GOOD(1),
	  FOUND(2, 1) "\n" },
	{ "no LF at the end", "scan_rdp.csv", HEAD SEEN ",192.0.2.1,1,x",
	  FOUND(2, 1) " {note=x}\n" },
	{ "empty lines are nothing", "scan_rdp.csv", "\n\n" HEAD "\n\r\n  \n" GOOD(1) "\n",
	  FOUND(7, 1) "\n" },
	{ "quoted line breaks, commas and quotes", "scan_rdp.csv",
	  HEAD SEEN ",192.0.2.1,1,\"a\r\nb, \"\"c\"\"\n\nd\"\n" GOOD(2),
	  FOUND(2, 1) " {note=a b, \"c\"  d}\n" FOUND(6, 2) "\n" },
	{ "control characters", "scan_rdp.csv",
	  HEAD SEEN ",192.0.2.1,1,\"\x1b[31ma\tb\rc\xe2\x80\xae"
	            "d\x7f\"\n",
	  FOUND(2, 1) " {note=?[31ma b?c?d?}\n" },
	{ "cut off in the last row", "scan_rdp.csv", HEAD GOOD(1) SEEN ",192.0",
	  FOUND(2, 1) "\n-3 cut off in the middle: the file seems to be incomplete\n" },
	{ "cut off within quotes", "scan_rdp.csv", HEAD GOOD(1) SEEN ",192.0.2.1,1,\"abc",
	  FOUND(2, 1) "\n-3 a quote is not closed\n" },
	{ "a shorter row in the middle", "scan_rdp.csv", HEAD SEEN ",192.0.2.1\n" GOOD(2),
	  "+2 scan_rdp open-rdp high 192.0.2.1 i=scan_rdp\n" FOUND(3, 2) "\n" },
	{ "a longer row", "scan_rdp.csv", HEAD SEEN ",192.0.2.1,1,x,y\n" GOOD(2),
	  "-2 more values than the header has columns\n" FOUND(3, 2) "\n" },
	{ "a quote not closed, quotes behind it", "scan_rdp.csv",
	  HEAD SEEN ",192.0.2.1,\"1,x\n\"" SEEN "\",\"192.0.2.2\",\"1\",\"\"\n" GOOD(3),
	  "-2 a quote is not closed\n" FOUND(3, 2) "\n" FOUND(4, 3) "\n" },
	{ "a quote not closed, a quoted comma far behind it", "scan_rdp.csv",
	  HEAD SEEN ",192.0.2.1,1,\"x\n" GOOD(2) SEEN ",192.0.2.3,1,\",\"\n" GOOD(4),
	  "-2 a quote is not closed\n" FOUND(3, 2) "\n" FOUND(4, 3) " {note=,}\n"
	  FOUND(5, 4) "\n" },
	{ "quotes with a backslash", "scan_rdp.csv",
	  HEAD SEEN ",192.0.2.1,1,\"x=\\\"\\\"y\\\"\\\"\"\n" SEEN ",192.0.2.2,1,\"C:\\\"\n" SEEN
	            ",192.0.2.2,\"\\\"x\"\n",
	  FOUND(2, 1) " {note=x=\"\"y\"\"}\n" FOUND(
		  3, 2) " {note=C:\\}\n-4 a quote in the wrong place\n" },
	{ "quotes in the wrong place", "scan_rdp.csv",
	  HEAD SEEN ",192.0.2.1,1,x\"y\n" SEEN ",192.0.2.1,1,\"x\"y\n" GOOD(2),
	  "-2 a quote in the wrong place\n-3 a quote in the wrong place\n" FOUND(4, 2) "\n" },
	{ "no UTF-8", "scan_rdp.csv", HEAD SEEN ",192.0.2.1,1,caf\xe9\n" GOOD(2),
	  "-2 is not valid UTF-8; convert the file first (iconv -t UTF-8)\n" FOUND(3, 2) "\n" },
	{ "no UTF-8 within quotes", "scan_rdp.csv",
	  HEAD SEEN ",192.0.2.1,1,\"a\ncaf\xe9\"\n" GOOD(2),
	  "-2 a quote is not closed\n-3 is not valid UTF-8; convert the file first (iconv -t "
	  "UTF-8)\n" FOUND(4, 2) "\n" },
};

static void damaged_tables(void **state)
{
	struct intake_options o = options(state, INTAKE_SHADOWSERVER);

	for (size_t i = 0; i < ARRAY_SIZE(csv_cases); i++)
		check_case(&csv_cases[i], &o);
}

static void nul_bytes_are_refused(void **state)
{
	static const char text[] = HEAD GOOD(1) SEEN ",192.0.2.2\0,1,\n" GOOD(3);
	struct intake_options o = options(state, INTAKE_SHADOWSERVER);
	struct buf out = BUF_INIT;
	struct intake_count count;
	struct err e = ERR_INIT;

	o.file_name = "scan_rdp.csv";
	assert_int_equal(read_bytes(&out, &count, &o, text, sizeof(text) - 1, &e), 0);
	assert_string_equal(out.s, FOUND(2, 1) "\n-3 holds a NUL byte\n" FOUND(4, 3) "\n");
	buf_clear(&out);
}

static void unclosed_quote_loses_one_row_of_a_thousand(void **state)
{
	static const char *const tail[] = { "\"\"", "plain", "\"a, b\"" };
	struct intake_options o = options(state, INTAKE_SHADOWSERVER);

	o.file_name = "scan_rdp.csv";
	for (size_t t = 0; t < ARRAY_SIZE(tail); t++) {
		struct buf text = BUF_INIT, out = BUF_INIT;
		struct intake_count count;
		struct err e = ERR_INIT;

		buf_addstr(&text, HEAD);
		for (int i = 2; i <= 1001; i++)
			buf_printf(&text, SEEN ",192.0.2.1,%d,%s\n", i,
			           i == 5 ? "\"open" : tail[t]);
		assert_int_equal(read_bytes(&out, &count, &o, text.s, text.len, &e), 0);
		assert_int_equal(count.read, 1000);
		assert_int_equal(count.refused, 1);
		assert_non_null(strstr(out.s, "\n-5 a quote is not closed\n+6 "));
		buf_clear(&text);
		buf_clear(&out);
	}
}

static void limits_hold(void **state)
{
	struct intake_options o = options(state, INTAKE_SHADOWSERVER);
	struct buf text = BUF_INIT, out = BUF_INIT;
	struct intake_count count;
	struct err e = ERR_INIT;
	char *last;

	o.file_name = "scan_rdp.csv";
	buf_addstr(&text, HEAD SEEN ",192.0.2.1,1,");
	add_times(&text, "0123456789abcdef", (1 << 16) + 1);
	buf_addstr(&text, "\n" GOOD(2) SEEN ",192.0.2.3,1,\"x\n");
	add_times(&text, "0123456789abcdef", 1 << 18);
	buf_addstr(&text, "\n" SEEN ",192.0.2.4,1,");
	add_times(&text, "0123456789abcdef", 1 << 8);
	buf_addstr(&text, "\n");
	assert_int_equal(read_bytes(&out, &count, &o, text.s, text.len, &e), 0);
	last = strstr(out.s, "+6 ");
	assert_non_null(last);
	assert_int_equal(
		strlen(last),
		strlen("+6 scan_rdp open-rdp high 192.0.2.4 i=scan_rdp {asn=1} {note=}\n") + 1024);
	*last = '\0';
	assert_string_equal(out.s,
	                    "-2 longer than 1 MiB\n" FOUND(3, 2) "\n-4 a quote is not closed\n"
	                                                         "-5 longer than 1 MiB\n");
	buf_clear(&text);
	buf_clear(&out);
}

static void columns_are_limited(void **state)
{
	struct intake_options o = options(state, INTAKE_SHADOWSERVER);
	struct buf text = BUF_INIT, out = BUF_INIT;
	struct intake_count count;
	struct err e = ERR_INIT;
	int n = 0;

	o.file_name = "scan_rdp.csv";
	buf_addstr(&text, "timestamp,ip");
	for (int i = 0; i < 510; i++)
		buf_printf(&text, ",c%d", i);
	buf_addstr(&text, "\n" SEEN ",192.0.2.1");
	add_times(&text, ",x", 510);
	buf_addstr(&text, "\n");
	assert_int_equal(read_bytes(&out, &count, &o, text.s, text.len, &e), 0);
	assert_int_equal(count.found, 1);
	for (const char *p = out.s; (p = strstr(p, "=x}")) != NULL; p++)
		n++;
	assert_int_equal(n, 64);
	buf_reset(&text);
	buf_addstr(&text, "timestamp,ip");
	add_times(&text, ",x", 511);
	buf_addstr(&text, "\n" SEEN ",192.0.2.1\n");
	assert_int_equal(read_bytes(&out, &count, &o, text.s, text.len, &e), ERR_INPUT);
	assert_non_null(strstr(e.text, "512"));
	assert_int_equal(count.read, 0);
	buf_clear(&text);
	buf_clear(&out);
}

static void long_feeds_are_read_to_their_end(void **state)
{
	struct intake_options o = options(state, INTAKE_SHADOWSERVER);
	struct buf text = BUF_INIT, out = BUF_INIT;
	struct intake_count count;
	struct err e = ERR_INIT;

	o.file_name = "scan_rdp.csv";
	buf_addstr(&text, HEAD);
	for (int i = 0; i < 20000; i++)
		buf_printf(&text, SEEN ",192.0.2.1,%d,\"%d\nand more\"\n", i, i * 7919);
	assert_int_equal(read_bytes(&out, &count, &o, text.s, text.len, &e), 0);
	assert_int_equal(count.found, 20000);
	assert_non_null(strstr(out.s,
	                       "+40000 scan_rdp open-rdp high 192.0.2.1 i=scan_rdp {asn=19999} "
	                       "{note=158372081 and more}\n"));
	buf_clear(&text);
	buf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damaged_tables),
		cmocka_unit_test(nul_bytes_are_refused),
		cmocka_unit_test(unclosed_quote_loses_one_row_of_a_thousand),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(columns_are_limited),
		cmocka_unit_test(long_feeds_are_read_to_their_end),
	};

	return cmocka_run_group_tests(tests, read_rules, drop_rules);
}
