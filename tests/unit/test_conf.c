/*
 * test_conf: a good configuration, its defaults, and every kind of mistake with its line.
 */
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "conf.h"
#include "fdio.h"

static const char good[] =
	"store = \"seinpost.db\";\n"
	"templates = \"/usr/share/seinpost/templates\";\n"
	"advice = \"advice.tsv\";\n"
	"gateway = {\n"
	"  name = \"Waarschuwingsdienst\";\n"
	"  organisation = \"Stichting Voorbeeld\";\n"
	"  from = \"Waarschuwing@Example.NL\";\n"
	"  reply_address = \"antwoord@example.nl\";\n"
	"  bounce_address = \"bounces@example.nl\";\n"
	"  phone = \"+31 10 1234567\";\n"
	"  website = \"www.example.nl\";\n"
	"};\n"
	"sign = {\n"
	"  home = \"gnupg\";\n"
	"  fingerprint = \"0123 4567 89ab cdef 0123  4567 89ab cdef 0123 4567\";\n"
	"};\n"
	"token_keys = ( { number = 1; file = \"token.key\"; } );\n";
enum { GOOD_LINES = 17 };

struct folder {
	char name[64], path[96];
};

static int make_folder(void **state)
{
	struct folder *f = xcalloc(1, sizeof(*f));

	snprintf(f->name, sizeof(f->name), "/tmp/seinpost-conf-XXXXXX");
	*state = f;
	if (mkdtemp(f->name) == NULL)
		return -1;
	snprintf(f->path, sizeof(f->path), "%s/seinpost.conf", f->name);
	return 0;
}

static int remove_folder(void **state)
{
	struct folder *f = *state;

	unlink(f->path);
	rmdir(f->name);
	free(f);
	return 0;
}

static int load_bytes(const struct folder *f, struct conf **out, const char *text, size_t n,
                      struct err *e)
{
	*e = (struct err)ERR_INIT;
	*out = NULL;
	assert_int_equal(file_write_atomic(f->path, text, n, 0600, e), 0);
	return conf_load(out, f->path, e);
}

static struct conf *load_good(const struct folder *f, const char *more)
{
	struct buf text = BUF_INIT;
	struct conf *c;
	struct err e;

	buf_printf(&text, "%s%s", good, more);
	if (load_bytes(f, &c, text.s, text.len, &e) < 0)
		fail_msg("%s", e.text);
	buf_clear(&text);
	return c;
}

/* The text is refused with ERR_CONF; the message begins with file:line where line is not 0. */
static void assert_refused(const struct folder *f, const char *text, size_t n, int line,
                           const char *says)
{
	struct conf *c;
	struct err e;
	char where[128];
	int rc = load_bytes(f, &c, text, n, &e);

	if (rc != ERR_CONF) {
		conf_free(c);
		fail_msg("gave %d (%s) for:\n%s", rc, e.text, text);
	}
	snprintf(where, sizeof(where), line ? "%s:%d: " : "%s: ", f->path, line);
	if (strncmp(e.text, where, strlen(where)) != 0 || strstr(e.text, says) == NULL)
		fail_msg("'%s' does not say '%s%s'", e.text, where, says);
}

static void defaults_are_set(void **state)
{
	struct folder *f = *state;
	struct conf *c = load_good(f, "");
	char want[128];

	snprintf(want, sizeof(want), "%s/seinpost.db", f->name);
	assert_string_equal(c->store, want);
	assert_string_equal(c->templates, "/usr/share/seinpost/templates");
	snprintf(want, sizeof(want), "%s/gnupg", f->name);
	assert_string_equal(c->sign.home, want);
	assert_string_equal(c->file, f->path);
	assert_string_equal(c->sign.fingerprint, "0123456789ABCDEF0123456789ABCDEF01234567");
	assert_string_equal(c->sign.passphrase_file, "");
	assert_int_equal(c->sign.per_minute, 200000);
	assert_string_equal(c->gateway.from, "Waarschuwing@example.nl");
	assert_int_equal(c->gateway.node, 1);
	assert_int_equal(c->deadline_days, 14);
	assert_int_equal(c->proof, 5 * 86400);
	assert_int_equal(c->deliver.in_flight, 64);
	assert_int_equal(c->deliver.lease, 900);
	assert_int_equal(c->deliver.give_up, 0);
	assert_int_equal(c->deliver.n_retry, 0);
	assert_false(c->deliver.hold_unknown);
	assert_int_equal(c->n_token_keys, 1);
	assert_int_equal(c->n_routes + c->n_inboxes + c->n_mappings, 0);
	conf_free(c);
}

static void routes_and_retries_are_read(void **state)
{
	struct conf *c = load_good(*state, "deadline_days = 365;\n"
	                                   "deliver = { retry = \"5m  15m 1h30m\"; unknown = "
	                                   "\"hold\"; give_up = \"2d\"; in_flight = 0x10; };\n"
	                                   "routes = ( { name = \"a\"; host = \"192.0.2.1\"; },\n"
	                                   "  { name = \"b\"; host = \"mx.example.nl\"; port = "
	                                   "65535; tls = \"none\"; timeout = \"2m\"; dsn = false;\n"
	                                   "    connections = 64; mails_per_session = 1; rate = 0; "
	                                   "password_file = \"/etc/secret\"; } );\n");

	assert_int_equal(c->deadline_days, 365);
	assert_int_equal(c->deliver.n_retry, 3);
	assert_int_equal(c->deliver.retry[0], 300);
	assert_int_equal(c->deliver.retry[2], 5400);
	assert_int_equal(c->deliver.give_up, 2 * 86400);
	assert_int_equal(c->deliver.in_flight, 16);
	assert_true(c->deliver.hold_unknown);
	assert_int_equal(c->n_routes, 2);
	assert_int_equal(c->routes[0].port, 587);
	assert_string_equal(c->routes[0].tls, "required");
	assert_string_equal(c->routes[0].user, "");
	assert_string_equal(c->routes[0].helo, "example.nl");
	assert_true(c->routes[0].dsn);
	assert_int_equal(c->routes[0].timeout, 120);
	assert_int_equal(c->routes[1].port, 65535);
	assert_int_equal(c->routes[1].timeout, 120);
	assert_false(c->routes[1].dsn);
	assert_string_equal(c->routes[1].password_file, "/etc/secret");
	conf_free(c);
}

static void inboxes_and_mappings_are_read(void **state)
{
	static const struct {
		const char *kind, *tls;
		int port;
	} ports[] = {
		{ "imap", "implicit", 993 },
		{ "imap", "starttls", 143 },
		{ "pop3", "implicit", 995 },
		{ "pop3", "none", 110 },
	};
	struct folder *f = *state;
	struct buf text = BUF_INIT;
	struct conf *c;
	char want[128];

	buf_addstr(&text, "inboxes = ( { name = \"m\"; kind = \"maildir\"; path = \"Maildir\"; "
	                  "max_size = \"512k\"; }");
	for (size_t i = 0; i < ARRAY_SIZE(ports); i++)
		buf_printf(&text,
		           ",\n{ name = \"i%zu\"; kind = \"%s\"; tls = \"%s\"; host = "
		           "\"h.example.nl\"; user = \"u\";"
		           " password_file = \"p\"; %s}",
		           i, ports[i].kind, ports[i].tls, i == 3 ? "pop3_delete = true; " : "");
	buf_addstr(&text, ");\nmappings = ( { name = \"own\"; delimiter = \";\"; columns = { ip = "
	                  "\"IP-adres\";"
	                  " port = \"Poort\"; }; } );\n");
	c = load_good(f, text.s);
	snprintf(want, sizeof(want), "%s/Maildir", f->name);
	assert_string_equal(c->inboxes[0].path, want);
	assert_int_equal(c->inboxes[0].max_size, 512 * 1024);
	assert_int_equal(c->inboxes[0].every, 60);
	for (size_t i = 0; i < ARRAY_SIZE(ports); i++)
		assert_int_equal(c->inboxes[i + 1].port, ports[i].port);
	assert_false(c->inboxes[3].pop3_delete);
	assert_true(c->inboxes[4].pop3_delete);
	assert_string_equal(c->inboxes[1].folder, "INBOX");
	assert_int_equal(c->inboxes[1].max_size, 1 << 20);
	assert_int_equal(c->n_mappings, 1);
	assert_int_equal(c->mappings[0].delimiter, ';');
	assert_int_equal(c->mappings[0].n_columns, 2);
	assert_string_equal(c->mappings[0].columns[0].field, "ip");
	assert_string_equal(c->mappings[0].columns[0].column, "IP-adres");
	conf_free(c);
	buf_clear(&text);
}

/* Added behind the good configuration; the line counts from the first one added. */
static const struct {
	const char *text;
	int line;
	const char *says;
} mistakes[] = {
	/* unknown names */
	{ "stoer = \"x\";\n", 1, "stoer: is no setting" },
	{ "\ndeliver = { lease = \"5m\";\n lesae = \"5m\"; };\n", 3, "lesae: is no setting" },
	{ "routes = ( { name = \"a\"; host = \"h\"; tsl = \"none\"; } );\n", 1,
	  "tsl: is no setting" },
	/* wrong types */
	{ "deadline_days = \"14\";\n", 1, "deadline_days: must be a whole number" },
	{ "deadline_days = 14.0;\n", 1, "deadline_days: must be a whole number" },
	{ "deadline_days = true;\n", 1, "deadline_days: must be a whole number" },
	{ "proof = 5;\n", 1, "proof: must be text in double quotes" },
	{ "deliver = \"x\";\n", 1, "deliver: must be a group" },
	{ "deliver = ( );\n", 1, "deliver: must be a group" },
	{ "routes = { name = \"a\"; };\n", 1, "routes: must be a list" },
	{ "routes = [ 1, 2 ];\n", 1, "routes: must be a list" },
	{ "routes = (\n 5 );\n", 2, "must be a group" },
	{ "routes = ( { name = \"a\"; host = \"h\"; dsn = 1; } );\n", 1,
	  "dsn: must be true or false" },
	{ "mappings = ( { name = \"m\"; columns = \"x\"; } );\n", 1, "columns: must be a group" },
	{ "mappings = ( { name = \"m\"; columns = { ip = 5; }; } );\n", 1, "ip: must be text" },
	{ "mappings = ( { name = \"m\"; columns = { ip = \"IP\";\n adres = \"Adres\"; }; } );\n",
	  2, "adres: is no field" },
	{ "mappings = ( { name = \"m\"; columns = { IP = \"IP\"; }; } );\n", 1,
	  "IP: is no field" },
	{ "mappings = ( { name = \"m\"; delimiter = \"\"; columns = { }; } );\n", 1,
	  "delimiter: must be one character" },
	/* out of range */
	{ "deadline_days = 0;\n", 1, "deadline_days: must be 1 to 365" },
	{ "deadline_days = 366;\n", 1, "deadline_days: must be 1 to 365" },
	{ "deadline_days = -14;\n", 1, "deadline_days: must be 1 to 365" },
	{ "proof = \"59s\";\n", 1, "proof: must be a duration" },
	{ "proof = \"366d\";\n", 1, "proof: must be a duration" },
	{ "proof = \"5\";\n", 1, "proof: must be a duration" },
	{ "deliver = { retry = \"\"; };\n", 1, "retry: must name one duration" },
	{ "deliver = { retry = \"5m 1x\"; };\n", 1, "retry: must be one to eight durations" },
	{ "deliver = { retry = \"0s\"; };\n", 1, "retry: must be one to eight durations" },
	{ "deliver = { retry = \"1m 1m 1m 1m 1m 1m 1m 1m 1m\"; };\n", 1,
	  "retry: must be one to eight durations" },
	{ "routes = ( { name = \"a\"; host = \"h\"; port = 65536; } );\n", 1,
	  "port: must be 1 to 65535" },
	{ "inboxes = ( { name = \"a\"; kind = \"maildir\"; path = \"p\";\n max_size = \"65M\"; } "
	  ");\n",
	  2, "max_size: must be a size" },
	/* numbers that libconfig would cut to 32 bits */
	{ "deadline_days = 5000000000;\n", 1, "deadline_days: 5000000000 is too large" },
	{ "deadline_days = 4294967310;\n", 1, "deadline_days: 4294967310 is too large" },
	{ "deadline_days = 0x10000000E;\n", 1, "deadline_days: 0x10000000E is too large" },
	{ "deadline_days = -5000000000;\n", 1, "is too large" },
	{ "# 5000000000 // 5\n/* 5000000000\n */ routes = ( { name = \"5000000000\\\" # \"; port = "
	  "9999999999; } );\n",
	  3, "port: 9999999999 is too large" },
	{ "deadline_days = 14L;\n", 1, "deadline_days: must be" },
	{ "deadline_days = 18446744073709551630;\n", 1, "too large" },
	/* missing */
	{ "routes = ( { name = \"a\"; } );\n", 1, "'host' is missing" },
	{ "routes = ( { name = \"a\"; host = \"h\"; },\n { host = \"h\"; } );\n", 2,
	  "'name' is missing" },
	{ "inboxes = ( { name = \"a\"; kind = \"maildir\"; } );\n", 1, "a maildir needs 'path'" },
	{ "inboxes = ( { name = \"a\"; kind = \"maildir\"; path = \"p\"; pop3_delete = true; } "
	  ");\n",
	  1, "'pop3_delete' is for POP3" },
	{ "inboxes = ( { name = \"a\"; kind = \"imap\"; host = \"h\"; user = \"u\"; } );\n", 1,
	  "'password_file'" },
	{ "mappings = ( { name = \"m\"; } );\n", 1, "'columns' is missing" },
	{ "routes = ( { name = \"\"; host = \"h\"; } );\n", 1, "name: must not be empty" },
	/* words */
	{ "deliver = { unknown = \"drop\"; };\n", 1, "unknown: must be one of |resend|hold|" },
	{ "deliver = { unknown = \"resend|hold\"; };\n", 1, "unknown: must be one of" },
	{ "deliver = { unknown = \"\"; };\n", 1, "unknown: must be one of" },
	{ "routes = ( { name = \"a\"; host = \"h\"; tls = \"Required\"; } );\n", 1,
	  "tls: must be one of" },
	/* twice */
	{ "store = \"other.db\";\n", 1, "duplicate" },
	{ "routes = ( { name = \"a\"; host = \"h\"; host = \"i\"; } );\n", 1, "duplicate" },
	{ "routes = ( { name = \"a\"; host = \"h\"; },\n { name = \"a\"; host = \"i\"; } );\n", 2,
	  "name: is there twice" },
	{ "inboxes = ( { name = \"a\"; kind = \"maildir\"; path = \"p\"; },\n"
	  " { name = \"a\"; kind = \"maildir\"; path = \"q\"; } );\n",
	  2, "name: is there twice" },
	{ "mappings = ( { name = \"m\"; columns = { }; },\n\n { name = \"m\"; columns = { }; } "
	  ");\n",
	  3, "name: is there twice" },
	/* syntax */
	{ "routes = ( { name = ; host = \"h\"; } );\n", 1, "syntax error" },
	{ "\n\nproof = \"5d;\n", 0, "" },
	{ "@include \"more.conf\"\n", 1, "@include is not supported" },
	/* text */
	{ "deliver = { retry = \"5m\\n15m\"; };\n", 1, "retry: must be one line" },
	{ "mappings = ( { name = \"\xe9\"; columns = { }; } );\n", 1, "name: is not UTF-8" },
};

static void mistakes_are_told_with_their_line(void **state)
{
	struct folder *f = *state;
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(mistakes); i++) {
		buf_reset(&text);
		buf_printf(&text, "%s%s", good, mistakes[i].text);
		if (mistakes[i].line > 0) {
			assert_refused(f, text.s, text.len, GOOD_LINES + mistakes[i].line,
			               mistakes[i].says);
		} else {
			struct conf *c;
			struct err e;

			/* where a text that never ends is told is libconfig's choice */
			assert_int_equal(load_bytes(f, &c, text.s, text.len, &e), ERR_CONF);
		}
	}
	buf_clear(&text);
}

#define SIXTY "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefgh"

/* One line of the good configuration replaced. */
static const struct {
	const char *old, *new;
	int line;
	const char *says;
} changes[] = {
	{ "store = \"seinpost.db\";", "", 0, "'store' is missing" },
	{ "store = \"seinpost.db\";", "store = \"\";", 1, "store: must not be empty" },
	{ "  name = \"Waarschuwingsdienst\";", "", 4, "'name' is missing" },
	{ "  name = \"Waarschuwingsdienst\";", "name = \"\";", 5, "name: must not be empty" },
	{ "Waarschuwing@Example.NL", "waarschuwing.example.nl", 7, "from: " },
	{ "Waarschuwing@Example.NL", "x@example.nl\\r\\nBcc: y@example.nl", 7,
	  "from: must be one line" },
	{ "antwoord@example.nl", "antwoord@localhost", 8, "reply_address: " },
	{ "bounces@example.nl", "Bounces <bounces@example.nl>", 9, "bounce_address: " },
	/* "+TOKEN" has 32 octets, and 64 may stand before the @ */
	{ "antwoord@example.nl", "antwoorden-op-waarschuwingen-2026@example.nl", 8,
	  "reply_address: 33 octets before the @; at most 32 may stand there" },
	{ "bounces@example.nl", "bounces-van-waarschuwingen-in-2026@example.nl", 9,
	  "bounce_address: 34 octets before the @; at most 32 may stand there" },
	{ "bounces@example.nl", "\\\"bounces\\\"@example.nl", 9,
	  "bounce_address: must not be in quotes" },
	{ "bounces@example.nl",
	  "b@" SIXTY ".x" SIXTY ".y" SIXTY ".cd" "abcdefghijklmnopqrstuvwxyzabcdef" ".nl", 9,
	  "bounce_address: 224 octets in all; at most 222 are allowed" },
	{ "  website", "  node = 4096;\n  website", 11, "node: must be 1 to 4095" },
	{ "0123 4567\";", "0123 456\";", 15, "fingerprint: must be the whole fingerprint" },
	{ "number = 1;", "number = 32;", 17, "number: must be 0 to 31" },
	{ "number = 1;", "number = -1;", 17, "number: must be 0 to 31" },
	{ "number = 1;", "", 17, "'number' is missing" },
	{ "( { number = 1; file = \"token.key\"; } )", "( )", 17,
	  "token_keys: must name 1 to 4 keys" },
	{ "( {",
	  "( { number = 2; file = \"a\"; }, { number = 3; file = \"a\"; }, { number = 4; file = "
	  "\"a\"; },"
	  " { number = 5; file = \"a\"; }, {",
	  17, "token_keys: must name 1 to 4 keys" },
	{ "( {", "( { number = 1; file = \"a\"; },\n {", 18, "number: is there twice" },
};

static void changed_lines_are_told(void **state)
{
	struct folder *f = *state;
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
		const char *at = strstr(good, changes[i].old);

		assert_non_null(at);
		buf_reset(&text);
		buf_printf(&text, "%.*s%s%s", (int)(at - good), good, changes[i].new,
		           at + strlen(changes[i].old));
		if (changes[i].line > 0) {
			assert_refused(f, text.s, text.len, changes[i].line, changes[i].says);
		} else {
			struct conf *c;
			struct err e;

			assert_int_equal(load_bytes(f, &c, text.s, text.len, &e), ERR_CONF);
			assert_non_null(strstr(e.text, changes[i].says));
		}
	}
	buf_clear(&text);
}

static void include_is_only_a_line_of_its_own(void **state)
{
	struct conf *c = load_good(
		*state, "# @include is not for us\n"
			"routes = ( { name = \"info@includes.example\"; host = \"h\"; } );\n");

	assert_string_equal(c->routes[0].name, "info@includes.example");
	conf_free(c);
}

static void files_that_are_none(void **state)
{
	struct folder *f = *state;
	struct err e = ERR_INIT;
	struct buf text = BUF_INIT;
	struct conf *c = NULL;

	assert_int_equal(conf_load(&c, f->path, &e), ERR_NOTFOUND);
	assert_non_null(strstr(e.text, f->path));
	assert_int_equal(conf_load(&c, f->name, &e), ERR_CONF);
	assert_non_null(strstr(e.text, f->name));
	assert_refused(f, "", 0, 0, "'store' is missing");
	/* what stands behind a NUL would be ignored in silence */
	buf_add(&text, good, sizeof(good)); /* with its NUL */
	buf_addstr(&text, "deadline_days = 3;\n");
	assert_refused(f, text.s, text.len, GOOD_LINES + 1, "NUL");
	assert_refused(f, "# a\n# b\0c\n", 9, 2, "NUL");
	buf_reset(&text);
	while (text.len <= 1 << 20)
		buf_addstr(&text, "# a configuration is no novel\n");
	assert_refused(f, text.s, text.len, 0, "larger than");
	assert_null(c);
	buf_clear(&text);
}

int main(void)
{
#define CONF_TEST(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)
	const struct CMUnitTest tests[] = {
		CONF_TEST(defaults_are_set),
		CONF_TEST(routes_and_retries_are_read),
		CONF_TEST(inboxes_and_mappings_are_read),
		CONF_TEST(mistakes_are_told_with_their_line),
		CONF_TEST(changed_lines_are_told),
		CONF_TEST(include_is_only_a_line_of_its_own),
		CONF_TEST(files_that_are_none),
	};

	return cmocka_run_group_tests_name("conf", tests, NULL, NULL);
}
