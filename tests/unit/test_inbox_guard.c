/*
 * test_inbox_guard: what an IMAP server may send, and settings that must not reach the network.
 */
#include "test.h"

#include "err.h"
#include "inbox.h"
#include "inbox_guard.h"

#define DEEP "(((((((((("

struct guard_case {
	const char *name, *bytes;
	bool ok;
};

static const struct guard_case guard_cases[] = {
	{ "greeting", "* OK ready (really)\r\n", true },
	{ "literal of the size allowed", "* 1 FETCH (BODY[] {10}\r\n0123456789)\r\n", true },
	{ "literal one byte too large", "* 1 FETCH (BODY[] {11}\r\n", false },
	{ "size that wraps 32 bits", "* 1 FETCH (BODY[] {4294967297}\r\n", false },
	{ "size that wraps 64 bits", "* 1 FETCH (BODY[] {18446744073709551617}\r\n", false },
	{ "blanks in the braces", "* 1 FETCH (BODY[] { 9999 }\r\n", false },
	{ "LF alone", "* 1 FETCH (BODY[] {9999}\n", false },
	{ "braces inside a line are text", "* OK {9999} of them\r\n", true },
	{ "a literal's bytes are not looked at", "a {8}\r\n{99999}\n b\r\n", true },
	{ "the line after a literal is", "a {2}\r\nab{99999}\r\n", false },
	{ "empty literal", "a {0}\r\n{5}\r\n12345)\r\n", true },
	{ "64 brackets", "* BODY " DEEP DEEP DEEP DEEP DEEP DEEP "((((", true },
	{ "65 brackets", "* BODY " DEEP DEEP DEEP DEEP DEEP DEEP "(((((", false },
	{ "65 brackets, closed between", "* BODY " DEEP DEEP DEEP DEEP DEEP DEEP ")))))(((((",
	  true },
	{ "brackets go on behind a literal", "* " DEEP DEEP DEEP "{1}\r\n(" DEEP DEEP DEEP "(((((",
	  false },
	{ "a new line begins anew", "* " DEEP DEEP DEEP DEEP "\r\n* " DEEP DEEP DEEP DEEP "\r\n",
	  true },
};

/* Whole, and byte by byte, as a network may deliver it. */
static bool passes(const char *bytes, size_t piece)
{
	struct inbox_guard g = INBOX_GUARD_INIT(10);
	size_t n = strlen(bytes);
	char *copy = exact_copy(bytes, n);
	bool ok = true;

	for (size_t i = 0; i < n && ok; i += piece)
		ok = inbox_guard_check(&g, copy + i, n - i < piece ? n - i : piece) == NULL;
	free(copy);
	return ok;
}

static void guard_refuses_before_a_parser_could(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(guard_cases); i++) {
		const struct guard_case *c = &guard_cases[i];

		if (passes(c->bytes, strlen(c->bytes)) != c->ok || passes(c->bytes, 1) != c->ok)
			fail_msg("%s", c->name);
	}
}

static void settings_are_refused_before_the_network(void **state)
{
	static const struct {
		const char *name;
		struct inbox_settings s;
		const char *text;
	} cases[] = {
		{ "clear text to another host",
		  { .host = "mx.example.nl", .user = "a", .password = "b", .max_size = 1 },
		  "in clear" },
		{ "clear text to an address that only begins like ours",
		  { .host = "127.0.0.1.example.nl", .max_size = 1 },
		  "in clear" },
		{ "no host", { .max_size = 1 }, "host is not set" },
		{ "no size", { .host = "localhost" }, "max_size" },
		{ "a command in the user",
		  { .host = "localhost", .user = "a\r\nA1 DELETE INBOX", .max_size = 1 },
		  "user" },
		{ "a command in the folder",
		  { .host = "localhost", .folder = "a\nb", .max_size = 1 },
		  "folder" },
		{ "a port out of range",
		  { .host = "localhost", .port = 70000, .max_size = 1 },
		  "port" },
		{ "judged mail back into the folder",
		  { .host = "localhost", .done_folder = "INBOX", .max_size = 1 },
		  "judged" },
		{ "Maildir without a path", { .kind = INBOX_MAILDIR, .max_size = 1 }, "path" },
		{ "Maildir that is not there",
		  { .kind = INBOX_MAILDIR, .path = "/nonexistent/Maildir", .max_size = 1 },
		  "/nonexistent/Maildir" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct inbox *in = NULL;
		struct err e = ERR_INIT;
		int rc = inbox_open(&in, &cases[i].s, &e);

		if (in != NULL || rc != ERR_CONF || strstr(e.text, cases[i].text) == NULL)
			fail_msg("%s: %d %s", cases[i].name, rc, e.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guard_refuses_before_a_parser_could),
		cmocka_unit_test(settings_are_refused_before_the_network),
	};

	return cmocka_run_group_tests_name("inbox_guard", tests, NULL, NULL);
}
