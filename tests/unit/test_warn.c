/*
 * test_warn: from findings to the text and the attachment.
 */
#include "test.h"

#include "span.h"
#include "warn_world.h"

static void one_finding_is_rendered(void **state)
{
	struct finding f = world_at("192.0.2.7", "open-rdp");
	struct world w;

	UNUSED(state);
	world_init(&w, "tests/data/templates", LANGUAGE_NL);
	f.port = 3389;
	f.transport = "tcp";
	f.identifier = "open-rdp";
	f.product = "Windows Server";
	f.severity = SEVERITY_CRITICAL;
	w.in.partner = "Beheer BV";
	w.in.reminder = true;
	world_render(&w, &f, 1);
	assert_string_equal(w.subject.s, "Open systemen: Bakkerij De Korst [SP-7K3F-Q2MD]");
	assert_string_equal(
		w.text.s,
		"Aan Bakkerij De Korst through Beheer BV\n"
		"Geachte Els Meel,\n"
		"SP-7K3F-Q2MD zondag 22 november 2026 until donderdag 26 november 2026\n"
		"REMINDER\n"
		"1 finding TLP:GREEN\n"
		"== RDP is open (open-rdp)\n"
		"Anybody can try to log in to Bakkerij De Korst.\n"
		"Systeem    Poort     Gezien (UTC)      Bijzonderheden\n"
		"---------  --------  ----------------  --------------\n"
		"192.0.2.7  3389/tcp  2026-11-22 05:55  Windows Server\n"
		"1. Close the port.\n"
		"2. Look at the log.\n"
		"RDP: remote desktop.\n"
		"- 192.0.2.7|3389|tcp||\n"
		"  |open-rdp|22 november 2026, 05:55 uur (UTC)||Windows Server|kritiek\n"
		"SP-7K3F-Q2MD.csv: timestamp, ip, port, transport, domain, url, account,\n"
		"what, cve, severity, product, source\n"
		"mailto:sein%2Babc@example.nl?subject=%5BSP-7K3F-Q2MD%5D%20ONTVANGEN"
		"&body=ONTVANGEN\n"
		"mailto:sein%2Babc@example.nl?subject=%5BSP-7K3F-Q2MD%5D%20OPGELOST&body=OPGELOST\n"
		"mailto:sein%2Babc@example.nl?subject=%5BSP-7K3F-Q2MD%5D%20NIET%20VAN%20ONS"
		"&body=NIET%20VAN%20ONS\n"
		"mailto:sein%2Babc@example.nl?subject=%5BSP-7K3F-Q2MD%5D%20AFMELDEN&body=AFMELDEN\n"
		"Seinpost Noord, Voorbeeldstichting\n"
		"sein@example.nl +31 20 5550100 https://sein.example.nl/ sein+abc@example.nl\n"
		"0123 4567 89AB CDEF 0123\n");
	world_clear(&w);
}

/* Where in text does each needle stand?  They must come in this order. */
static void assert_order(const struct buf *b, const char *const *needle, size_t n)
{
	const char *from = b->s;

	for (size_t i = 0; i < n; i++) {
		const char *hit = strstr(from, needle[i]);

		if (hit == NULL)
			fail_msg("\"%s\" is not where it should be in:\n%s", needle[i], b->s);
		from = hit + 1;
	}
}

static void the_strictest_label_counts(void **state)
{
	static const struct {
		enum tlp incident;
		const char *first, *second, *want;
	} cases[] = {
		{ TLP_GREEN, "", "", "TLP:GREEN" },
		{ TLP_GREEN, "clear", "", "TLP:GREEN" },
		{ TLP_GREEN, "clear", "amber", "TLP:AMBER" },
		{ TLP_GREEN, "amber", "green", "TLP:AMBER" },
		{ TLP_AMBER, "green", "", "TLP:AMBER" },
		{ TLP_CLEAR, "", "", "TLP:CLEAR" },
		{ TLP_CLEAR, "green", "clear", "TLP:GREEN" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct finding f[] = { world_at("192.0.2.7", "open-rdp"),
			               world_at("192.0.2.8", "generic") };
		struct world w;

		world_init(&w, "tests/data/templates", LANGUAGE_NL);
		w.incident.tlp = cases[i].incident;
		w.incident.title = i % 2 == 0 ? "" : "RDP"; /* automatic incidents have none */
		f[0].tlp = cases[i].first;
		f[1].tlp = cases[i].second;
		world_render(&w, f, ARRAY_SIZE(f));
		assert_has(&w.text, cases[i].want);
		world_clear(&w);
	}
}

static void findings_are_grouped_and_sorted(void **state)
{
	static const char *const order[] = {
		"== 1. RDP is open on several systems",
		"Mend CVE-2026-0001, CVE-2026-0002.",
		"- 198.51.100.2|",
		"- 198.51.100.10|",
		"- 192.0.2.9|",
		"== 2. Something is open (generic)",
		"Some systems.",
		"- 192.0.2.1|",
		"- www.korst.example|",
		"korst.csv",
	};
	struct finding f[] = {
		world_at("192.0.2.9", "open-rdp"),     world_blank,
		world_at("198.51.100.10", "open-rdp"), world_at("192.0.2.1", "generic"),
		world_at("198.51.100.2", "open-rdp"),
	};
	struct world w;

	UNUSED(state);
	world_init(&w, "tests/data/templates", LANGUAGE_EN);
	f[1].domain = "www.korst.example";
	f[1].advice = "kind-without-template";
	f[2].severity = f[4].severity = SEVERITY_CRITICAL;
	f[2].cve = "CVE-2026-0001 CVE-2026-0002";
	f[4].cve = "CVE-2026-0001";
	w.in.ref = "korst";
	w.contact.name = "";
	world_render(&w, f, ARRAY_SIZE(f));
	assert_order(&w.text, order, ARRAY_SIZE(order));
	assert_has(&w.text, "5 findings");
	assert_has(&w.text, "Sunday 22 November 2026");
	assert_lacks(&w.text, "Dear");

	/* an incident may ask for one kind, and then it must exist */
	w.incident.advice = "open-rdp";
	world_render(&w, f, ARRAY_SIZE(f));
	assert_lacks(&w.text, "Something is open");
	w.incident.advice = "nonsense";
	assert_int_equal(warn_render(&w.subject, &w.text, w.catalog, &w.in, &w.a, &w.e),
	                 ERR_NOTFOUND);
	assert_string_equal(
		w.e.text,
		"warning korst: incident rdp: no advice 'nonsense'; 'auto' takes that of each "
		"finding");
	w.in.n_finding = 0;
	assert_int_equal(warn_render(&w.subject, &w.text, w.catalog, &w.in, &w.a, &w.e), ERR_INPUT);
	world_clear(&w);
}

static size_t widest_table_line(const struct buf *b)
{
	struct span s = span_of(b->s, b->len), line;
	bool inside = false;
	size_t widest = 0;

	while (span_line(&s, &line)) {
		size_t n = 0;

		inside = span_starts_nocase(line, "Systeem ") ||
		         (inside && !span_starts_nocase(line, "1. "));
		for (const char *c = line.p; c < line.end; c++)
			n += ((unsigned char)*c & 0xc0) != 0x80;
		widest = inside && n > widest ? n : widest;
	}
	return widest;
}

static void tables_stay_in_their_columns(void **state)
{
	struct finding f[3] = { world_at("192.0.2.7", "generic"),
		                world_at("2001:db8:1111:2222:3333:4444:5555:6666", "generic"),
		                world_blank };
	struct world w;
	static const char e_acute[] = "\xc3\xa9";
	struct buf text_long = BUF_INIT;

	UNUSED(state);
	for (int i = 0; i < 100; i++)
		buf_addstr(&text_long, e_acute);
	world_init(&w, "tests/data/templates", LANGUAGE_NL);
	f[0].product = text_long.s;
	world_render(&w, f, 1);
	assert_int_equal(widest_table_line(&w.text), 72);
	assert_has(&w.text, "\xc3\xa9\n                             \xc3\xa9");
	f[0].product = "";
	f[0].cve =
		"CVE-2026-00000001 CVE-2026-00000002 CVE-2026-00000003 CVE-2026-00000004 "
		"CVE-2026-00000005 CVE-2026-6";
	f[0].port = 443;
	f[0].transport = "tcp";
	world_render(&w, f, 1);
	assert_has(&w.text,
	           "192.0.2.7  443/tcp  2026-11-22 05:55  CVE-2026-00000001\n"
	           "                                      CVE-2026-00000002\n"
	           "                                      CVE-2026-00000003\n"
	           "                                      CVE-2026-00000004 CVE-2026-0000...\n");
	f[0].port = 65535;
	f[0].transport = text_long.s;
	f[2].domain = text_long.s;
	world_render(&w, f, 3);
	assert_true(widest_table_line(&w.text) <= 72);
	assert_has(&w.text, "2001:db8:1111:2222:3333:4444:5555:6666 ");
	buf_clear(&text_long);
	world_clear(&w);
}

static void many_findings_go_to_the_attachment(void **state)
{
	static const struct {
		size_t n;
		const char *nl, *more;
	} cases[] = {
		{ 50, NULL, NULL },
		{ 51, "... en nog 1 systeem: zie de bijlage\n", "more: 1\n" },
		{ 1234, "... en nog 1.184 systemen: zie de bijlage\n", "more: 1.184\n" },
	};
	struct world w;

	UNUSED(state);
	world_init(&w, "tests/data/templates", LANGUAGE_NL);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct finding *f = xcalloc(cases[i].n, sizeof(*f));
		size_t rows = 0;

		for (size_t k = 0; k < cases[i].n; k++) {
			char ip[IP_TEXT];

			snprintf(ip, sizeof(ip), "10.0.%zu.%zu", k / 256, k % 256);
			f[k] = world_at(ip, "generic");
		}
		world_render(&w, f, cases[i].n);
		for (const char *c = w.text.s; (c = strstr(c, "2026-11-22 05:55")) != NULL; c++)
			rows++;
		assert_int_equal(rows, 50);
		if (cases[i].nl == NULL) {
			assert_lacks(&w.text, "en nog");
			assert_lacks(&w.text, "more:");
		} else {
			assert_has(&w.text, cases[i].nl);
			assert_has(&w.text, cases[i].more);
		}
		free(f);
	}
	assert_has(&w.text, "1.234 findings");
	world_clear(&w);
}

static void hostile_text_is_tamed(void **state)
{
	struct finding f[2] = { world_blank, world_at("192.0.2.1", "generic") };
	struct world w;

	UNUSED(state);
	world_init(&w, "tests/data/templates", LANGUAGE_EN);
	f[0].advice = "phishing-page";
	f[0].url = "http://korst.example/bank/login.php?u=https://evil.example/";
	f[1].url = "http://korst.example/plain";
	f[1].identifier = "{{company.name}}\r\nBcc: all@example.org";
	f[1].product = "see http://evil.example or www.evil.example\xe2\x80\xae\x1b[31m\xff";
	w.company.name = "Kor\nst\x07";
	w.incident.title = "Title\nBcc: x@example.org";
	world_render(&w, f, 2);
	assert_string_equal(w.subject.s, "Title Bcc: x@example.org: Kor st? [SP-7K3F-Q2MD]");
	assert_has(
		&w.text,
		"Your site shows\n"
		"hxxp://korst[.]example/bank/login.php?u=hxxps[:]//evil.example/\n");
	assert_has(&w.text, "- hxxp://korst[.]example/bank/");
	assert_has(&w.text,
	           "http://korst.example/plain"); /* only what attackers put there is broken */
	assert_has(&w.text, "{{company.name}}? Bcc: all@example.org");
	assert_has(&w.text, "hxxp[:]//evil.example or www[.]evil.example??[31m?");
	assert_lacks(&w.text, "http://evil");
	assert_lacks(&w.text, "http://korst.example/bank");
	assert_lacks(&w.text, "\x1b");

	/* one advice for all, or none of its own, makes no link safe */
	f[1].compromised = true;
	w.incident.advice = "generic";
	world_render(&w, f, 2);
	assert_lacks(&w.text, "http://korst");
	assert_has(&w.text, "hxxp://korst[.]example/plain");
	assert_has(&w.text, "hxxp://korst[.]example/bank/");
	world_clear(&w);
}

static void attachment_is_complete_and_safe(void **state)
{
	struct finding f[2] = { world_at("192.0.2.7", "open-rdp"), world_blank };
	struct buf out = BUF_INIT;

	UNUSED(state);
	f[0].port = 3389;
	f[0].transport = "tcp";
	f[0].identifier = "=cmd|' /C calc'!A0";
	f[0].cve = "CVE-2026-0001";
	f[0].severity = SEVERITY_HIGH;
	f[0].product = "a \"b\"\r\nc";
	f[1].domain = "korst.example";
	f[1].url = "http://korst.example/bank";
	f[1].account = "@jan";
	f[1].advice = "phishing-page";
	warn_csv(&out, f, 2);
	assert_string_equal(
		out.s,
		"\"timestamp\",\"ip\",\"port\",\"transport\",\"domain\",\"url\",\"account\","
		"\"what\","
		"\"cve\",\"severity\","
		"\"product\",\"source\"\r\n"
		"\"2026-11-22 05:55:00\",\"192.0.2.7\",\"3389\",\"tcp\",\"\",\"\",\"\","
		"\"'=cmd|' /C calc'!A0\","
		"\"CVE-2026-0001\",\"high\",\"a \"\"b\"\"? c\",\"feed\"\r\n"
		"\"2026-11-22 05:55:00\",\"\",\"\",\"\",\"korst.example\","
		"\"http://korst.example/bank\","
		"\"'@jan\",\"\","
		"\"\",\"medium\",\"\",\"feed\"\r\n");
	buf_clear(&out);
}

static uint32_t step(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Company c owns 10.c.0.0/16 and cN.example: what a mail names tells whose it is. */
static struct finding random_finding(struct arena *a, uint32_t *seed, int company)
{
	static const char *const kinds[] = { "open-rdp", "generic", "phishing-page", "else" };
	uint32_t r = step(seed);
	struct finding f = world_blank;

	if (r % 4 != 0)
		f = world_at(
			arena_printf(a, "10.%d.%u.%u", company, step(seed) % 256, step(seed) % 256),
			"");
	if (r % 4 != 1)
		f.domain = arena_printf(a, "h%u.c%d.example", step(seed) % 1000, company);
	if (r % 3 == 0)
		f.account = arena_printf(a, "user%u@c%d.example", step(seed) % 1000, company);
	if (r % 5 == 0)
		f.url = arena_printf(a, "http://c%d.example/%u", company, step(seed) % 1000);
	f.advice = kinds[step(seed) % ARRAY_SIZE(kinds)];
	f.severity = (enum severity)(step(seed) % 5);
	f.port = (int)(step(seed) % 2 * 8080);
	return f;
}

/* Every "10.N." and "cN.example" in b is of this company. */
static void assert_only(const struct buf *b, int company)
{
	for (int other = 20; other < 24; other++) {
		char net[16], domain[32], fanged[32];

		if (other == company)
			continue;
		snprintf(net, sizeof(net), "10.%d.", other);
		snprintf(domain, sizeof(domain), "c%d.example", other);
		snprintf(fanged, sizeof(fanged), "c%d[.]example", other);
		assert_lacks(b, net);
		assert_lacks(b, domain);
		assert_lacks(b, fanged);
	}
}

static void mails_hold_exactly_their_own(void **state)
{
	uint32_t seed = 4711;
	struct world w;

	UNUSED(state);
	world_init(&w, "tests/data/templates", LANGUAGE_NL);
	for (int round = 0; round < 200; round++) {
		struct finding f[40];
		size_t n = 1 + step(&seed) % ARRAY_SIZE(f);
		int company = 20 + round % 4;
		struct buf csv = BUF_INIT;

		for (size_t i = 0; i < n; i++)
			f[i] = random_finding(&w.a, &seed, company);
		world_render(&w, f, n);
		warn_csv(&csv, f, n);
		assert_only(&w.text, company);
		assert_only(&csv, company);
		for (size_t i = 0; i < n; i++) {
			char text[IP_TEXT];

			assert_has(&w.text, finding_subject(text, &f[i]));
			assert_has(&csv, finding_subject(text, &f[i]));
		}
		buf_clear(&csv);
		arena_clear(&w.a);
	}
	world_clear(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_finding_is_rendered),
		cmocka_unit_test(the_strictest_label_counts),
		cmocka_unit_test(findings_are_grouped_and_sorted),
		cmocka_unit_test(tables_stay_in_their_columns),
		cmocka_unit_test(many_findings_go_to_the_attachment),
		cmocka_unit_test(hostile_text_is_tamed),
		cmocka_unit_test(attachment_is_complete_and_safe),
		cmocka_unit_test(mails_hold_exactly_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
