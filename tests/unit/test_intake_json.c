/*
 * test_intake_json: IntelMQ events, in every form they come in, whole and broken.
 */
#include "intake_case.h"

#define EVENT(n) "{\"time.source\":\"2026-11-20T05:55:00+00:00\",\"source.ip\":\"192.0.2." #n "\"}"
#define EVENT_FOUND(line, n) "+" #line " intelmq generic medium 192.0.2." #n " i=intelmq\n"

static const struct feed_case json_cases[] = {
	{ "one object with all of it", "-",
	  "{\"__type\":\"Event\",\"feed.provider\":\"Example\",\"time.source\":\"2026-11-20T06:55:"
	  "00+01:00\","
	  "\"source.ip\":\"192.0.2.17\",\"source.port\":3389,\"source.asn\":64496,\"source.fqdn\":"
	  "\"B\xc3\xa4"
	  "ckerei.nl\","
	  "\"source.reverse_dns\":\"vpn.example.nl\",\"protocol.application\":\"RDP\",\"protocol."
	  "transport\":\"tcp\","
	  "\"classification.type\":\"vulnerable-system\",\"classification.identifier\":\"open-"
	  "rdp\","
	  "\"product.vulnerabilities\":[\"CVE-2019-0708\",\"cve-2019-0709\"],\"product.vendor\":"
	  "\"Acme\","
	  "\"product.name\":\"Desk\",\"product.version\":\"1\",\"tlp\":\"TLP:WHITE\",\"destination."
	  "port\":1,"
	  "\"extra.severity\":\"low\",\"extra.tag\":\"rdp\",\"raw\":\"eA==\"}",
	  "+1 intelmq open-rdp low 192.0.2.17 :3389 /tcp app=rdp d=xn--bckerei-5wa.nl "
	  "h=vpn.example.nl i=open-rdp"
	  " cve=CVE-2019-0708 CVE-2019-0709 p=Acme Desk 1 tlp=clear {source.asn=64496}"
	  " {classification.type=vulnerable-system} {destination.port=1} {tag=rdp}\n" },
	{ "extra nested, with lists, numbers and words", "-",
	  "{\"time.source\":\"2026-11-20\",\"source.url\":\"https://www.example.nl/"
	  "\",\"extra\":{\"tag\":\"x;webshell\","
	  "\"a\":{\"b\":[1,\"two\",null,true,{\"c\":2.5}],\"n\":null,\"f\":false,\"i\":-7}}}",
	  "+1 intelmq compromised-system! critical u=https://www.example.nl/ i=x;webshell"
	  " {a.b=1,two,,true,{\"c\":2.5}} {a.f=false} {a.i=-7}\n" },
	{ "extra as text", "-",
	  "{\"time.source\":\"2026-11-20\",\"source.account\":\"jan@example.nl\",\"extra\":\"{"
	  "\\\"severity\\\":\\\"info\\\","
	  "\\\"x\\\":{\\\"y\\\":1}}\",\"classification.type\":\"data-leak\"}",
	  "+1 intelmq leaked-account! info a=jan@example.nl i=data-leak {x.y=1}\n" },
	{ "all of it nested", "-",
	  "{\"time\":{\"source\":\"2026-11-20\"},\"source\":{\"ip\":\"192.0.2.1\",\"port\":22}}",
	  "+1 intelmq generic medium 192.0.2.1 :22 i=intelmq\n" },
	{ "a client's port is not the company's", "-",
	  "{\"time.source\":\"2026-11-20\",\"source.ip\":\"192.0.2.1\",\"source.port\":50123,"
	  "\"classification.type\":\"infected-system\",\"classification.identifier\":\"zeus\"}",
	  "+1 intelmq malware-infection! critical 192.0.2.1 i=zeus {source.port=50123}"
	  " {classification.type=infected-system}\n" },
	{ "array", "-", "[" EVENT(1) "," EVENT(2) "]", EVENT_FOUND(1, 1) EVENT_FOUND(1, 2) },
	{ "array over many lines", "-", " [\n" EVENT(1) ",\n  " EVENT(2) "\n]\n",
	  EVENT_FOUND(2, 1) EVENT_FOUND(3, 2) },
	{ "empty array", "-", "[]\n", "" },
	{ "array with other things in it", "-",
	  "[" EVENT(1) ", 7, \"x\",\nnull, " EVENT(2) ",[" EVENT(3) "]]",
	  EVENT_FOUND(1, 1) "-1 not an object\n-1 not an object\n-2 not an object\n" EVENT_FOUND(
		  2, 2) "-2 not an object\n" EVENT_FOUND(2, 3) "-2 not an object\n" },
	{ "array cut off between objects", "-", "[" EVENT(1) ",\n",
	  EVENT_FOUND(1, 1) "-1 the array is not closed: the file may be cut off\n" },
	{ "array cut off within an object", "-", "[" EVENT(1) ",\n{\"a\":\"b",
	  EVENT_FOUND(1, 1) "-2 not one whole JSON object; the file may be cut off\n"
	                    "-2 the array is not closed: the file may be cut off\n" },
	{ "array with a string that does not end", "-",
	  "[" EVENT(1) ",\n{\"a\":\"b},\n" EVENT(2) "]",
	  EVENT_FOUND(1, 1) "-2 not one whole JSON object, or nested too deep\n"
	  EVENT_FOUND(3, 2) },
	{ "lines", "-", EVENT(1) "\r\n\n" EVENT(2) "\n", EVENT_FOUND(1, 1) EVENT_FOUND(3, 2) },
	{ "lines, one broken in the middle", "-",
	  EVENT(1) "\n{\"a\":\"b\n" EVENT(2) "\n" EVENT(3) EVENT(3) "\nx\n" EVENT(4),
	  EVENT_FOUND(1, 1) "-2 not one whole JSON object, or nested too deep\n" EVENT_FOUND(
		  3, 2) "-4 not one whole JSON object, or nested too deep\n-5 not one whole JSON "
	                "object, or nested too deep\n" EVENT_FOUND(6, 4) },
	{ "lines, the first broken", "-", "{\"a\":\n" EVENT(2) "\n",
	  "-1 not one whole JSON object, or nested too deep\n" EVENT_FOUND(2, 2) },
	{ "one object over many lines, braces in strings", "-",
	  "\xef\xbb\xbf{\n  \"time.source\": \"2026-11-20\",\n  \"x\": \"}{\\\"\",\n  "
	  "\"source.ip\": \"192.0.2.1\"\n}\n",
	  "+1 intelmq generic medium 192.0.2.1 i=intelmq {x=}{\"}\n" },
	{ "no JSON inside the braces", "-", "{a}\n{\"a\":1,\"a\":2}\n{\"a\":\"\\u0000\"}\n",
	  "-1 no valid JSON: string or '}' expected near 'a'\n-2 no valid JSON: duplicate object "
	  "key near '\"a\"'\n"
	  "-3 no valid JSON: \\u0000 is not allowed without JSON_ALLOW_NUL near '\"\\u0000\"'\n" },
	{ "the reason quotes the row, made safe", "-", "{\"a\":\x01}\n",
	  "-1 no valid JSON: invalid token near '?'\n" },
	{ "no UTF-8", "-", "{\"a\":\"caf\xe9\"}\n",
	  "-1 is not valid UTF-8; convert the file first (iconv -t UTF-8)\n" },
	{ "nested deep", "-",
	  "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}\n" EVENT(1),
	  "-1 not one whole JSON object, or nested too deep\n" EVENT_FOUND(2, 1) },
	{ "unknown TLP is not guessed", "-",
	  "{\"time.source\":\"2026-11-20\",\"source.ip\":\"192.0.2.1\",\"tlp\":\"EX:CHR\"}",
	  "-1 unknown TLP label: \"EX:CHR\"\n" },
};

static void intelmq_events(void **state)
{
	struct intake_options o = options(state, INTAKE_AUTO);

	for (size_t i = 0; i < ARRAY_SIZE(json_cases); i++)
		check_case(&json_cases[i], &o);
}

static void json_limits_hold(void **state)
{
	struct intake_options o = options(state, INTAKE_AUTO);
	static const char *const opening[] = { "", "[" };

	for (size_t i = 0; i < ARRAY_SIZE(opening); i++) {
		struct buf text = BUF_INIT, out = BUF_INIT;
		struct intake_count count;
		struct err e = ERR_INIT;

		buf_printf(&text, "%s%s%s\n{\"x\":\"", opening[i], EVENT(1),
		           *opening[i] ? "," : "");
		add_times(&text, "0123456789abcdef", 1 << 17);
		buf_printf(&text, "\"}%s\n%s%s", *opening[i] ? "," : "", EVENT(2),
		           *opening[i] ? "]" : "");
		assert_int_equal(read_bytes(&out, &count, &o, text.s, text.len, &e), 0);
		assert_string_equal(out.s,
		                    EVENT_FOUND(1, 1) "-2 longer than 1 MiB\n" EVENT_FOUND(3, 2));
		buf_clear(&text);
		buf_clear(&out);
	}
}

/* An array on one line is read object by object, however long it is. */
static void long_arrays_are_read_to_their_end(void **state)
{
	struct intake_options o = options(state, INTAKE_AUTO);
	struct buf text = BUF_INIT, out = BUF_INIT;
	struct intake_count count;
	struct err e = ERR_INIT;

	buf_addstr(&text, "[");
	for (int i = 0; i < 30000; i++)
		buf_printf(&text, "%s%s", i > 0 ? "," : "", EVENT(7));
	buf_addstr(&text, "]");
	assert_true(text.len > 3 * 512 * 1024);
	assert_int_equal(read_bytes(&out, &count, &o, text.s, text.len, &e), 0);
	assert_int_equal(count.found, 30000);
	assert_int_equal(count.refused, 0);
	buf_clear(&text);
	buf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(intelmq_events),
		cmocka_unit_test(json_limits_hold),
		cmocka_unit_test(long_arrays_are_read_to_their_end),
	};

	return cmocka_run_group_tests(tests, read_rules, drop_rules);
}
