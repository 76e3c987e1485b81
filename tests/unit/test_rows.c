/*
 * test_rows: the register in and out, by tables and by random registers that must come back as they
 * went.
 */
#include "test.h"

#include <sys/mman.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "domain.h"
#include "fdio.h"
#include "idn.h"
#include "psl.h"
#include "rows.h"
#include "utf8.h"
#include "word.h"

/* ---- reading into text that can be compared */

enum { NOW = 1795305600 }; /* 2026-11-22 */

static const struct rows_options options = {
	.format = ROWS_AUTO,
	.now = NOW,
	.to_ascii = idn_to_ascii,
	.is_public_suffix = psl_domain_is_public_suffix,
};

struct seen {
	struct buf rows, refused;
	int n_rows, n_refused, stop_at;
	uint64_t lines;
};

static struct seen nothing_seen(void)
{
	struct seen s = { .rows = BUF_INIT, .refused = BUF_INIT };

	return s;
}

static void seen_clear(struct seen *s)
{
	buf_clear(&s->rows);
	buf_clear(&s->refused);
}

static void describe(struct buf *out, const struct register_row *r)
{
	const struct company *c = &r->company;
	const struct contact *k = &r->contact;

	buf_printf(out, "%s ", r->company_ref);
	switch (r->kind) {
	case ROW_COMPANY:
		assert_string_equal(c->ref, r->company_ref);
		buf_printf(out, "company [%s] %s %s %s [%s]", c->name,
			   word_of(company_status_words, (int)c->status),
			   word_of(language_words, (int)c->language), c->vital ? "vital" : "-",
			   c->partner);
		break;
	case ROW_CONTACT:
		buf_printf(out, "%s [%s] [%s] [%s] %d [%s] %" PRId64 " [%s] [%s] %s",
			   word_of(contact_kind_words, (int)k->kind), k->value, k->name, k->role,
			   k->rank, k->source, k->source_date, k->language, k->pgp,
			   word_of(contact_state_words, (int)k->state));
		break;
	case ROW_ASSET: {
		char range[IP_RANGE_TEXT];

		if (r->asset.kind == ASSET_NETWORK)
			assert_string_equal(ip_range_format(range, &r->asset.range), r->asset.text);
		buf_printf(out, "%s [%s]", word_of(asset_kind_words, (int)r->asset.kind),
			   r->asset.text);
		break;
	}
	}
	buf_printf(out, " %u\n", r->present);
}

static void on_begin(void *arg, uint64_t lines)
{
	struct seen *s = arg;

	assert_int_equal(s->lines, 0);
	assert_int_equal(s->n_rows + s->n_refused, 0);
	s->lines = lines;
}

static int on_row(void *arg, const struct register_row *r, uint64_t line, struct err *e)
{
	struct seen *s = arg;

	assert_true(line <= s->lines);
	if (++s->n_rows == s->stop_at)
		return err_set(e, ERR_IO, "the store is full");
	buf_printf(&s->rows, "%" PRIu64 ": ", line);
	describe(&s->rows, r);
	return 0;
}

static int on_refused(void *arg, uint64_t line, const char *raw, size_t n, const char *reason,
		      struct err *e)
{
	struct seen *s = arg;

	UNUSED(e);
	assert_true(n <= ROWS_RAW_MAX);
	assert_true(n == 0 || raw != NULL);
	s->n_refused++;
	buf_printf(&s->refused, "%" PRIu64 ": %s\n", line, reason);
	return 0;
}

static int read_bytes(struct seen *s, const char *text, size_t n, const struct rows_options *o,
		      struct err *e)
{
	const struct rows_sink sink = { on_row, on_refused, s, on_begin };
	int fd = memfd_create("rows", MFD_CLOEXEC), rc;

	assert_true(fd >= 0);
	assert_int_equal(fd_write_all(fd, text, n, "rows", e), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	rc = rows_read(fd, o, &sink, e);
	close(fd);
	return rc;
}

static int read_text(struct seen *s, const char *text, struct err *e)
{
	*s = nothing_seen();
	return read_bytes(s, text, strlen(text), &options, e);
}

static void expect(const char *text, const char *rows, const char *refused)
{
	struct err e = ERR_INIT;
	struct seen s;

	assert_int_equal(read_text(&s, text, &e), 0);
	assert_string_equal(s.rows.s, rows);
	assert_string_equal(s.refused.s, refused);
	seen_clear(&s);
}

static void the_number_of_lines_is_told_first(void **state)
{
	static const struct {
		const char *text;
		uint64_t lines;
	} cases[] = {
		{ "company,kind,name\n", 1 },
		{ "company,kind,name\na,company,A\nb,company,B", 3 },
		{ "company,kind,name\r\na,company,A\r\n\r\nb,company,B\r\n", 4 },
		{ "company,kind,name\na,company,\"A\nB\"\n", 3 },
		{ "{\"company\": \"a\"}\n", 1 },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct err e = ERR_INIT;
		struct seen s;

		assert_int_equal(read_text(&s, cases[i].text, &e), 0);
		assert_int_equal(s.lines, cases[i].lines);
		seen_clear(&s);
	}
}

static void expect_unusable(const char *text, size_t n, const char *part)
{
	struct seen s = nothing_seen();
	struct err e = ERR_INIT;

	assert_int_equal(read_bytes(&s, text, n, &options, &e), ERR_INPUT);
	if (strstr(e.text, part) == NULL)
		fail_msg("'%s' is not in '%s'", part, e.text);
	assert_int_equal(s.n_rows + s.n_refused, 0);
	seen_clear(&s);
}

/* ---- CSV as a whole */

static void a_spreadsheet_is_read(void **state)
{
	UNUSED(state);
	expect(
	    "company,kind,value,name,status,language,vital,partner,role,rank,source,source_date,pgp\n"
	    "bakker,company,,Bakkerij \"\"De Halm\"\",participant,nl,nee,,,,,,\n",
	    "",
	    "2: quotes are not as in CSV: put \" round the whole cell and double those in it\n");
	expect(
	    "\xef\xbb\xbf"
	    "Company;Kind;Value;Name;Status;Language;Vital;Partner;Role;Rank;Source;Source_Date;PGP\r\n"
	    "bakker;Company;;\"Bakkerij \"\"De Halm\"\"; Gouda\";Participant;NL;Nee;gilde;;;;;\r\n"
	    "bakker;mail;Jan.O'Neill@Example.NL;Jan;;en;;;security;1;telefoon;2026-11-20;"
	    "0123 4567 89ab cdef 0123  4567 89ab cdef 0123 4567\r\n"
	    ";;;;;;;;;;;;\r\n"
	    "\r\n"
	    "bakker;phone;+31  10 (123) 45-67;;;;;;;;;;\r\n"
	    "bakker;network; 192.0.2.1 - 192.0.2.9 ;;;;;;;;;;\r\n"
	    "bakker;domain;*.B\xc3\xa4"
	    "ckerei.Example;;;;;;;;;;\r\n"
	    "zuivel;company;;;;;JA;;;;;;",
	    "2: bakker company [Bakkerij \"De Halm\"; Gouda] participant nl - [gilde] 31\n"
	    "3: bakker mail [Jan.O'Neill@example.nl] [Jan] [security] 1 [telefoon] 1795132800 [en] "
	    "[0123456789ABCDEF0123456789ABCDEF01234567] unproven 2020\n"
	    "6: bakker phone [+31 10 (123) 45-67] [] [] 100 [register] 0 [] [] unproven 1316\n"
	    "7: bakker network [192.0.2.1-192.0.2.9] 0\n"
	    "8: bakker domain [xn--bckerei-5wa.example] 0\n"
	    "9: zuivel company [] participant nl vital [] 24\n",
	    "");
}

static void absent_columns_leave_values_alone(void **state)
{
	UNUSED(state);
	expect("kind,company,value\ncompany,a,\nmail,a,a@b.example\n",
	       "2: a company [] participant nl - [] 0\n"
	       "3: a mail [a@b.example] [] [] 100 [register] 1795305600 [] [] unproven 0\n", "");
	expect("kind,company\ncompany,a\nmail,b\n", "2: a company [] participant nl - [] 0\n",
	       "3: value is missing: a mail has one\n");
}

static void unusable_headings_stop_the_reading(void **state)
{
	static const struct { const char *text, *part; } cases[] = {
		{ "", "empty" },
		{ "\n\n", "empty" },
		{ "company,kind,colour\na,company,red\n", "column: 'colour' is not known" },
		{ "company,kind,sector\n", "not kept, on purpose" },
		{ "company,kind,Bedrijfsgrootte\n", "not kept, on purpose" },
		{ "company,kind,kind_of_company\n", "not kept, on purpose" },
		{ "company,kind,SIZE\n", "not kept, on purpose" },
		{ "company,kind,kind\n", "stands twice" },
		{ "company,value\n", "no columns 'company' and 'kind'" },
		{ "company,kind,\n", "''" },
		{ "\"company,kind\na,company\n", "heading: quotes" },
		{ "[{\"company\":\"a\"}]", "JSON array" },
		{ "company,kind\xff\n", "heading: not UTF-8" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		expect_unusable(cases[i].text, strlen(cases[i].text), cases[i].part);
	expect_unusable("\xff\xfe" "c\0o\0", 6, "UTF-16");
}

static void broken_rows_leave_the_others_alone(void **state)
{
	UNUSED(state);
	expect("company,kind,value\n"
	       "a,domain,5\" pipe.example\n"
	       "a,domain,\"one.example\"x\n"
	       "a,domain,one.example,more\n"
	       "a,domain\n"
	       "a,domain,caf\xe9.example\n"
	       "a,domain,one\rb,domain,evil.example\n"
	       "b,domain,two.example\n",
	       "8: b domain [two.example] 0\n",
	       "2: quotes are not as in CSV: put \" round the whole cell and double those in it\n"
	       "3: quotes are not as in CSV: put \" round the whole cell and double those in it\n"
	       "4: 4 cells where the heading has 3\n"
	       "5: 2 cells where the heading has 3\n"
	       "6: not UTF-8; save the file as 'CSV UTF-8'\n"
	       "7: carriage return inside of the row\n");
}

/* Text that somebody put into a cell of a well-formed file never becomes a row. */
static void line_breaks_in_quotes_make_no_rows(void **state)
{
	UNUSED(state);
	expect("company,kind,value,name\n"
	       "a,company,,\"Acme\nother,mail,x@evil.example,\nmore\"\n"
	       "b,company,,\" \"\"B\"\"\"\n",
	       "5: b company [\"B\"] participant nl - [] 1\n",
	       "2: name holds control characters or line breaks\n");
	expect(
	    "company,kind,value,name\n"
	    "a,company,,A\n"
	    "a,company,,\"never closed\nother,mail,x@evil.example,\n",
	    "2: a company [A] participant nl - [] 1\n",
	    "3: a quote opens here and never closes: 2 lines to the end of the file are not"
	    " read\n");
}

static void long_rows_are_refused(void **state)
{
	struct buf text = BUF_INIT;
	struct err e = ERR_INIT;
	struct seen s = nothing_seen();

	UNUSED(state);
	buf_addstr(&text, "company,kind,value\na,domain,");
	for (int i = 0; i < ROWS_LINE_MAX; i++)
		buf_addch(&text, 'a');
	buf_addstr(&text, "\nb,domain,two.example\n");
	assert_int_equal(read_bytes(&s, text.s, text.len, &options, &e), 0);
	assert_string_equal(s.rows.s, "3: b domain [two.example] 0\n");
	assert_string_equal(s.refused.s, "2: longer than 1048576 octets\n");
	seen_clear(&s);
	s = nothing_seen();
	assert_int_equal(read_bytes(&s, "company,kind\na\0,company\n", 24, &options, &e), 0);
	assert_string_equal(s.refused.s, "2: not UTF-8; save the file as 'CSV UTF-8'\n");
	seen_clear(&s);
	buf_clear(&text);
}

static void an_error_of_the_sink_stops(void **state)
{
	static const char *const texts[] = {
		"company,kind\na,company\nb,company\nc,company\n",
		"{\"company\":\"a\"}\n{\"company\":\"b\"}\n{\"company\":\"c\"}\n",
		"{\"company\":\"a\",\"assets\":[\"b.example\",\"c.example\"]}\n",
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct seen s = nothing_seen();
		struct err e = ERR_INIT;

		s.stop_at = 2;
		assert_int_equal(read_bytes(&s, texts[i], strlen(texts[i]), &options, &e), ERR_IO);
		assert_string_equal(e.text, "the store is full");
		assert_int_equal(s.n_rows, 2);
		seen_clear(&s);
	}
}

/* ---- single values; CSV with one column more */

struct value_case {
	const char *kind, *value;
	const char *want; /* as stored; NULL = refused */
};

static const struct value_case values[] = {
	{ "mail", "info@Example.NL", "info@example.nl" },
	{ "mail", "jan.o'neill@example.nl", "jan.o'neill@example.nl" },
	{ "mail", "\"\"\"jan jansen\"\"@example.nl\"", "\"jan jansen\"@example.nl" },
	{ "mail", "\"\"\"a@b\"\"@example.nl\"", "\"a@b\"@example.nl" },
	{ "mail", "info@b\xc3\xa4" "ckerei.example", "info@xn--bckerei-5wa.example" },
	{ "mail", "caf\xc3\xa9@example.nl", NULL },
	{ "mail", "info", NULL },
	{ "mail", "info@localhost", NULL },
	{ "mail", "info@192.0.2.1", NULL },
	{ "mail", "Info <info@example.nl>", NULL },
	{ "mail", "info@example.nl,", NULL },
	{ "phone", "0101234567", "0101234567" },
	{ "phone", "(010) 123 45 67", "(010) 123 45 67" },
	{ "phone", "12345", NULL },
	{ "phone", "010-1234567 ext 5", NULL },
	{ "phone", "+31 123456789012345678901234567890", NULL },
	{ "phone", "tel:+31101234567", NULL },
	{ "domain", "Example.NL", "example.nl" },
	{ "domain", "*.example.nl", "example.nl" },
	{ "domain", "example.nl.", "example.nl" },
	{ "domain", "example.co.uk", "example.co.uk" },
	{ "domain", "*.co.uk", NULL },
	{ "domain", "co.uk", NULL },
	{ "domain", "nl", NULL },
	{ "domain", "*.nl", NULL },
	{ "domain", "*", NULL },
	{ "domain", "*.*.example.nl", NULL },
	{ "domain", "192.0.2.1", NULL },
	{ "domain", "192.0.2.300", NULL },
	{ "domain", "https://example.nl/", NULL },
	{ "domain", "example..nl", NULL },
	{ "network", "192.0.2.0/24", "192.0.2.0/24" },
	{ "network", "192.0.2.7/32", "192.0.2.7" },
	{ "network", "2001:DB8::/32", "2001:db8::/32" },
	{ "network", "198.51.100.0-198.51.100.255", "198.51.100.0/24" },
	{ "network", "203.0.113.0/24", "203.0.113.0/24" },
	{ "network", "8.0.0.0/8", "8.0.0.0/8" },
	{ "network", "8.0.0.0/7", NULL },
	{ "network", "8.0.0.0-9.0.0.0", NULL },
	{ "network", "0.0.0.0/0", NULL },
	{ "network", "::/0", NULL },
	{ "network", "::ffff:0:0/96", NULL },
	{ "network", "::ffff:10.0.0.1", NULL },
	{ "network", "2a00::/19", "2a00::/19" },
	{ "network", "2a00::/18", NULL },
	{ "network", "10.1.2.0/24", NULL },
	{ "network", "9.255.255.255-10.0.0.0", NULL },
	{ "network", "11.0.0.0-11.0.0.5", "11.0.0.0-11.0.0.5" },
	{ "network", "100.64.0.0/10", NULL },
	{ "network", "100.128.0.0/16", "100.128.0.0/16" },
	{ "network", "127.0.0.1", NULL },
	{ "network", "169.254.1.1", NULL },
	{ "network", "172.16.0.0/16", NULL },
	{ "network", "172.31.255.255", NULL },
	{ "network", "172.32.0.0", "172.32.0.0" },
	{ "network", "192.168.1.0/24", NULL },
	{ "network", "198.18.0.0/16", NULL },
	{ "network", "224.0.0.1", NULL },
	{ "network", "255.255.255.255", NULL },
	{ "network", "::1", NULL },
	{ "network", "fc00::/7", NULL },
	{ "network", "fd12::1", NULL },
	{ "network", "fe80::1", NULL },
	{ "network", "ff02::1", NULL },
	{ "network", "2002:c000:201::1", NULL },
	{ "network", "2001::1", NULL },
	{ "network", "1fff::1", NULL },
	{ "network", "4000::1", NULL },
	{ "network", "3fff::1", "3fff::1" },
	{ "network", "192.0.2.1/24", NULL },
	{ "network", "192.0.2.9-192.0.2.1", NULL },
	{ "network", "example.nl", NULL },
	{ "network", "", NULL },
	{ "company", "x", NULL },
	{ "boat", "x", NULL },
	{ "", "x", NULL },
};

static void values_are_checked(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		const struct value_case *c = &values[i];
		struct buf text = BUF_INIT, want = BUF_INIT;
		struct err e = ERR_INIT;
		struct seen s;

		buf_printf(&text, "company;kind;value\na;%s;%s\n", c->kind, c->value);
		assert_int_equal(read_text(&s, text.s, &e), 0);
		if (s.n_refused != (c->want == NULL) || s.n_rows != (c->want != NULL))
			fail_msg("%s: %s%s", text.s, s.rows.s, s.refused.s);
		if (c->want != NULL) {
			buf_printf(&want, "2: a %s [%s]", c->kind, c->want);
			s.rows.s[want.len < s.rows.len ? want.len : s.rows.len] = '\0';
			assert_string_equal(s.rows.s, want.s);
		}
		seen_clear(&s);
		buf_clear(&text);
		buf_clear(&want);
	}
}

/* The longest address there is goes in; one octet more does not. */
static void long_mail_addresses(void **state)
{
	static const char label[] =
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.";

	UNUSED(state);
	for (int extra = 0; extra <= 1; extra++) {
		struct buf text = BUF_INIT;
		struct err e = ERR_INIT;
		struct seen s;
		size_t start;

		buf_addstr(&text, "company,kind,value\na,mail,");
		start = text.len;
		buf_printf(&text, "%.60s@%s%s%s", label, label, label, label);
		while (text.len - start < (size_t)254 + (size_t)extra)
			buf_addch(&text, 'a');
		assert_int_equal(read_text(&s, text.s, &e), 0);
		assert_int_equal(s.n_rows, !extra);
		assert_int_equal(s.n_refused, extra);
		seen_clear(&s);
		buf_clear(&text);
	}
}

static void columns_are_checked(void **state)
{
	static const struct { const char *column, *kind, *cell; bool ok;
	} cases[] = {
		{ "status", "company", "found", true },
		{ "status", "company", "lost", false },
		{ "status", "company", "", true },
		{ "status", "mail", "found", false },
		{ "language", "company", "EN", true },
		{ "language", "company", "de", false },
		{ "language", "mail", "en", true },
		{ "language", "mail", "de", false },
		{ "vital", "company", "ja", true },
		{ "vital", "company", "misschien", false },
		{ "vital", "mail", "yes", false },
		{ "vital", "domain", "", true },
		{ "partner", "company", "b.c-d", true },
		{ "partner", "company", "a b", false },
		{ "partner", "company", "a", false },
		{ "rank", "mail", "1", true },
		{ "rank", "mail", "999", true },
		{ "rank", "mail", "0", false },
		{ "rank", "mail", "1000", false },
		{ "rank", "mail", "1.0", false },
		{ "rank", "company", "1", false },
		{ "source_date", "mail", "2026-11-22", true },
		{ "source_date", "mail", "2026-11-23", true },
		{ "source_date", "mail", "2026-11-24", false },
		{ "source_date", "mail", "22-11-2026", false },
		{ "source_date", "mail", "1970-01-01", false },
		{ "source_date", "mail", "", true },
		{ "pgp", "mail", "0x0123456789abcdef0123456789abcdef01234567", true },
		{ "pgp", "mail", "89abcdef", false },
		{ "pgp", "mail", "", true },
		{ "state", "mail", "proven", true },
		{ "state", "mail", "well", false },
		{ "state", "company", "proven", false },
		{ "role", "mail", "security", true },
		{ "role", "network", "security", false },
		{ "role", "mail",
		  "0123456789012345678901234567890123456789012345678901234567890123", true },
		{ "role", "mail",
		  "01234567890123456789012345678901234567890123456789012345678901234", false },
		{ "name", "company", "Caf\xc3\xa9 \xe2\x82\xac", true },
		{ "name", "domain", "x", false },
		{ "name", "company",
		  "a\x01"
		  "b",
		  false },
		{ "name", "company", "a\tb", false },
		{ "name", "company",
		  "a\xe2\x80\xae"
		  "b",
		  false },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		bool company = strcmp(cases[i].kind, "company") == 0,
		     mail = strcmp(cases[i].kind, "mail") == 0;
		struct buf text = BUF_INIT;
		struct err e = ERR_INIT;
		struct seen s;

		buf_printf(&text, "company,kind,value,%s\na,%s,%s,%s\n", cases[i].column,
			   cases[i].kind,
			   company                                ? ""
			   : mail                                 ? "a@b.example"
			   : strcmp(cases[i].kind, "domain") == 0 ? "b.example"
								  : "192.0.2.1",
			   cases[i].cell);
		assert_int_equal(read_text(&s, text.s, &e), 0);
		if (s.n_rows != cases[i].ok || s.n_refused == cases[i].ok)
			fail_msg("%s: %s%s", text.s, s.rows.s, s.refused.s);
		seen_clear(&s);
		buf_clear(&text);
	}
}

static void keys_are_checked(void **state)
{
	UNUSED(state);
	expect("company,kind\n,company\n-a,company\na b,company\na.b_c-1,company\n",
	       "5: a.b_c-1 company [] participant nl - [] 0\n",
	       "2: company '' is no key: 1 to 64 letters, digits, '-', '_' and '.'\n"
	       "3: company '-a' is no key: 1 to 64 letters, digits, '-', '_' and '.'\n"
	       "4: company 'a b' is no key: 1 to 64 letters, digits, '-', '_' and '.'\n");
}

static void reasons_are_printable(void **state)
{
	struct buf text = BUF_INIT;
	struct err e = ERR_INIT;
	struct seen s;

	UNUSED(state);
	buf_addstr(&text, "company,kind,value\na,phone,x");
	for (int i = 0; i < 100; i++)
		buf_addstr(&text, "\xc3\xa9");
	assert_int_equal(read_text(&s, text.s, &e), 0);
	assert_int_equal(s.n_refused, 1);
	assert_true(utf8_check(s.refused.s, s.refused.len) == SIZE_MAX);
	seen_clear(&s);
	buf_clear(&text);
}

/* ---- JSON lines */

static void json_lines_are_read(void **state)
{
	UNUSED(state);
	expect(
	    "{\"company\":\"a\",\"kind\":\"company\",\"name\":\"A\\u00e9\",\"vital\":true,\"partner\":null}\n"
	    "\n"
	    "  {\"kind\":\"mail\",\"company\":\"a\",\"value\":\"x@b.example\",\"rank\":3}\r\n"
	    "{\"company\":\"b\",\"name\":\"B\",\"status\":\"found\","
	    "\"contacts\":[{\"mail\":\"y@b.example\",\"role\":\"security\"},{\"phone\":\"010"
	    " 1234567\"},{\"mail\":\"y\"},"
	    "{\"mail\":\"y@b.example\",\"phone\":\"010 1234567\"},7],"
	    "\"assets\":[\"192.0.2.0/24\",\"example.nl\",\"192.0.2.300\",\"192.0.2.1 -"
	    " 192.0.2.3\",{},\"2001:db8::1\"]}\n",
	    "1: a company [A\xc3\xa9] participant nl vital [] 9\n"
	    "3: a mail [x@b.example] [] [] 3 [register] 1795305600 [] [] unproven 64\n"
	    "4: b company [B] found nl - [] 3\n"
	    "4: b mail [y@b.example] [] [security] 100 [register] 1795305600 [] [] unproven 32\n"
	    "4: b phone [010 1234567] [] [] 100 [register] 1795305600 [] [] unproven 0\n"
	    "4: b network [192.0.2.0/24] 0\n"
	    "4: b domain [example.nl] 0\n"
	    "4: b network [192.0.2.1-192.0.2.3] 0\n"
	    "4: b network [2001:db8::1] 0\n",
	    "4: contacts[2]: 'y' is no mail address (name@example.nl)\n"
	    "4: contacts[3]: holds both mail and phone, or a kind\n"
	    "4: contacts[4]: is no object such as {\"mail\": \"info@example.nl\"}\n"
	    "4: assets[2]: '192.0.2.300' is no network; write 192.0.2.0/24 (nothing but zeros"
	    " behind the mask), "
	    "192.0.2.7 or 192.0.2.1-192.0.2.9\n"
	    "4: assets[4]: is no text such as \"192.0.2.0/24\" or \"example.nl\"\n");
}

static void bad_json_is_refused_by_the_line(void **state)
{
	static const char *const bad[] = {
		"{\"company\":\"a\"",
		"{\"company\":\"a\"} x",
		"[]",
		"7",
		"{}",
		"{\"company\":1.5}",
		"{\"company\":[]}",
		"{\"company\":\"a\",\"company\":\"b\"}",
		"{\"company\":\"a\",\"Company\":\"b\"}",
		"{\"company\":\"a\",\"colour\":\"red\"}",
		"{\"company\":\"a\",\"sector\":\"food\"}",
		"{\"company\":\"a\",\"contacts\":{}}",
		"{\"company\":\"a\",\"assets\":\"example.nl\"}",
		"{\"company\":\"a\",\"kind\":\"domain\",\"value\":\"b.example\",\"assets\":[]}",
		"{\"company\":\"a\\u0000b\"}",
		"{\"company\":\"a\",\"name\":\"\\ud800\"}",
		"{\"company\":\"\xff\"}",
		"{\"company\":\"a\",\"name\":\"x\\ny\"}",
		/* nothing of a company that is refused goes in */
		"{\"company\":\"a b\",\"assets\":[\"example.nl\"]}",
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct buf text = BUF_INIT;
		struct err e = ERR_INIT;
		struct seen s;

		buf_printf(&text, "{\"company\":\"ok1\"}\n%s\n{\"company\":\"ok2\"}\n", bad[i]);
		assert_int_equal(read_text(&s, text.s, &e), 0);
		if (s.n_rows != 2 || s.n_refused != 1 || strncmp(s.refused.s, "2: ", 3) != 0)
			fail_msg("%s: %s%s", bad[i], s.rows.s, s.refused.s);
		seen_clear(&s);
		buf_clear(&text);
	}
}

static void deep_and_long_json_is_refused(void **state)
{
	struct buf text = BUF_INIT;
	struct err e = ERR_INIT;
	struct seen s;

	UNUSED(state);
	buf_addstr(&text, "{\"company\":\"a\",\"assets\":");
	for (int i = 0; i < 500000; i++)
		buf_addch(&text, '[');
	buf_addstr(&text, "\n{\"company\":\"b\",\"name\":\"");
	for (int i = 0; i < ROWS_LINE_MAX; i++)
		buf_addch(&text, 'x');
	buf_addstr(&text, "\"}\n");
	assert_int_equal(read_text(&s, text.s, &e), 0);
	assert_int_equal(s.n_rows, 0);
	assert_int_equal(s.n_refused, 2);
	seen_clear(&s);
	buf_clear(&text);
}

/* ---- what goes out comes in again */

struct dice {
	uint64_t state;
};

static uint32_t roll(struct dice *d, uint32_t below)
{
	d->state = d->state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(d->state >> 33) % below;
}

static const char *random_text(struct arena *a, struct dice *d, const char *fallback)
{
	static const char *const pieces[] = {
		"a", "B", "7", "\"", "\"\"", ",",        ";",
		"'", "=", "+", "@",  "\\",   "\xc3\xa9", "\xf0\x9f\x90\x84",
		"{", "/", "-", " x",
	};
	const char *text = "";

	for (uint32_t n = roll(d, 8); n > 0; n--)
		text = arena_printf(a, "%s%s", text, pieces[roll(d, ARRAY_SIZE(pieces))]);
	while (*text == ' ')
		text++;
	return *text ? text : fallback;
}

static void random_contact(struct contact *k, struct arena *a, struct dice *d)
{
	static const char *const mails[] = {
		"info@example.nl",
		"\"a, \\\"b\\\";c\"@example.nl",
		"o'neill+x=y@xn--bckerei-5wa.example",
	};
	static const char *const phones[] = { "+31 10 1234567", "(010) 123-45-67", "-123456" };

	k->kind = roll(d, 2) ? CONTACT_MAIL : CONTACT_PHONE;
	k->value = k->kind == CONTACT_MAIL ? mails[roll(d, 3)] : phones[roll(d, 3)];
	k->name = random_text(a, d, "");
	k->role = random_text(a, d, "");
	k->rank = 1 + (int)roll(d, 999);
	k->source = random_text(a, d, "register");
	k->source_date = roll(d, 3) ? roll(d, NOW) + 1 : 86400 * (int64_t)roll(d, 20000);
	k->language = roll(d, 2) ? "" : language_words[roll(d, 2)];
	k->pgp =
	    k->kind == CONTACT_MAIL && roll(d, 2) ? "0123456789ABCDEF0123456789ABCDEF01234567" : "";
	k->state = (enum contact_state)roll(d, 4);
}

static void random_asset(struct asset *s, struct arena *a, struct dice *d)
{
	uint32_t lo = roll(d, 256), hi = lo + roll(d, 256 - lo);
	char text[IP_RANGE_TEXT];

	s->kind = roll(d, 2) ? ASSET_NETWORK : ASSET_DOMAIN;
	if (s->kind == ASSET_NETWORK) {
		const char *base = roll(d, 2) ? "192.0.2." : "2001:db8::";

		assert_true(
		    ip_range_parse(&s->range, arena_printf(a, "%s%u-%s%u", base, lo, base, hi)) ||
		    ip_range_parse(&s->range, "192.0.2.0/24"));
		s->text = arena_strdup(a, ip_range_format(text, &s->range));
	} else {
		s->text = arena_printf(a, "a%u.example%u.nl", lo, hi);
	}
}

static void random_row(struct register_row *r, struct arena *a, struct dice *d)
{
	static const char *const refs[] = { "a", "B-2", "c.d_e" };

	*r = (struct register_row){ .kind = (enum row_kind)roll(d, 3),
				    .company_ref = refs[roll(d, 3)] };
	r->company.ref = r->company_ref;
	r->company.name = random_text(a, d, "");
	r->company.status = (enum company_status)roll(d, 2);
	r->company.language = (enum language)roll(d, 2);
	r->company.vital = roll(d, 2);
	r->company.partner = roll(d, 2) ? "" : "partner";
	random_contact(&r->contact, a, d);
	random_asset(&r->asset, a, d);
}

/* "present" is what the form can tell, not what the row had: filled in from the kind. */
static void set_present(struct register_row *r)
{
	if (r->kind == ROW_COMPANY)
		r->present = ROW_STATUS | ROW_LANGUAGE | ROW_VITAL | ROW_PARTNER |
		             (r->company.name[0] ? (unsigned)ROW_NAME : 0u);
	if (r->kind == ROW_CONTACT)
		r->present = ROW_CONTACT_NAME | ROW_ROLE | ROW_RANK | ROW_SOURCE | ROW_SOURCE_DATE |
			     ROW_LANGUAGE | ROW_STATE |
			     (r->contact.kind == CONTACT_MAIL ? (unsigned)ROW_PGP : 0u);
}

static void check_round_trip(uint64_t seed, enum rows_format format)
{
	struct rows_options o = options;
	struct buf text = BUF_INIT, want = BUF_INIT;
	struct arena a = ARENA_INIT;
	struct dice d = { seed };
	struct seen s = nothing_seen();
	struct err e = ERR_INIT;
	int n = 1 + (int)roll(&d, 20);

	o.format = format;
	rows_write_head(&text, format);
	for (int i = 0; i < n; i++) {
		struct register_row r;

		random_row(&r, &a, &d);
		rows_write(&text, format, &r);
		set_present(&r);
		buf_printf(&want, "%d: ", i + (format == ROWS_CSV ? 2 : 1));
		describe(&want, &r);
	}
	assert_int_equal(read_bytes(&s, text.s, text.len, &o, &e), 0);
	if (strcmp(s.rows.s, want.s) != 0 || s.n_refused != 0)
		fail_msg("seed %" PRIu64 ":\n%s->\n%s%snot\n%s", seed, text.s, s.rows.s,
			 s.refused.s, want.s);
	seen_clear(&s);
	buf_clear(&text);
	buf_clear(&want);
	arena_clear(&a);
}

static void random_registers_come_back(void **state)
{
	UNUSED(state);
	for (uint64_t seed = 1; seed <= 1000; seed++) {
		check_round_trip(seed, ROWS_CSV);
		check_round_trip(seed, ROWS_JSONL);
	}
}

static void rows_are_written_one_a_line(void **state)
{
	struct register_row r = {
		.kind = ROW_COMPANY, .company_ref = "a",
		.company = { .ref = "a", .name = "A \"B\", c\nd", .partner = "", .vital = true },
	};
	struct buf out = BUF_INIT;

	UNUSED(state);
	rows_write_head(&out, ROWS_CSV);
	rows_write(&out, ROWS_CSV, &r);
	assert_string_equal(
	    out.s,
	    "company,kind,value,name,status,language,vital,partner,role,rank,source,source_date,"
	    "pgp,state\na,company,,\"A \"\"B\"\", c d\",participant,nl,yes,,,,,,,\n");
	buf_reset(&out);
	rows_write_head(&out, ROWS_JSONL);
	rows_write(&out, ROWS_JSONL, &r);
	assert_string_equal(
	    out.s,
	    "{\"company\":\"a\",\"kind\":\"company\",\"name\":\"A \\\"B\\\", c d\","
	    "\"status\":\"participant\",\"language\":\"nl\",\"vital\":true,\"partner\":\"\"}\n");
	buf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_spreadsheet_is_read),
		cmocka_unit_test(the_number_of_lines_is_told_first),
		cmocka_unit_test(absent_columns_leave_values_alone),
		cmocka_unit_test(unusable_headings_stop_the_reading),
		cmocka_unit_test(broken_rows_leave_the_others_alone),
		cmocka_unit_test(line_breaks_in_quotes_make_no_rows),
		cmocka_unit_test(long_rows_are_refused),
		cmocka_unit_test(an_error_of_the_sink_stops),
		cmocka_unit_test(values_are_checked),
		cmocka_unit_test(long_mail_addresses),
		cmocka_unit_test(columns_are_checked),
		cmocka_unit_test(keys_are_checked),
		cmocka_unit_test(reasons_are_printable),
		cmocka_unit_test(json_lines_are_read),
		cmocka_unit_test(bad_json_is_refused_by_the_line),
		cmocka_unit_test(deep_and_long_json_is_refused),
		cmocka_unit_test(random_registers_come_back),
		cmocka_unit_test(rows_are_written_one_a_line),
	};

	return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
