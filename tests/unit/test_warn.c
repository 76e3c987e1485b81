/*
 * test_warn: from findings to the mail, with a signer that only pretends.
 */
#include "test.h"

#include <dirent.h>

#include "compose.h"
#include "span.h"
#include "utf8.h"
#include "warn.h"
#include "word.h"

enum { SEEN = 1795326900 }; /* 2026-11-22 05:55:00 UTC */

static const struct warn_gateway gateway = {
	.name = "Seinpost Noord", .organisation = "Voorbeeldstichting", .from = "sein@example.nl",
	.phone = "+31 20 5550100", .website = "https://sein.example.nl/", .fingerprint = "0123456789ABCDEF0123",
};

static const struct finding blank = {
	.seen_at = SEEN, .source_type = "test", .feed = "feed", .advice = "generic", .transport = "", .application = "",
	.domain = "", .hostname = "", .url = "", .account = "", .identifier = "", .cve = "", .product = "", .tlp = "",
	.severity = SEVERITY_MEDIUM,
};

/* Everything warn_input points to, so that a test changes only what it is about. */
struct world {
	struct company company;
	struct contact contact;
	struct incident incident;
	struct warn_input in;
	struct warn_catalog *catalog;
	struct arena a;
	struct buf subject, text, mail;
	struct err e;
};

static char *templates(const char *folder)
{
	const char *top = getenv("top_srcdir");
	struct buf b = BUF_INIT;

	buf_printf(&b, "%s/%s", top != NULL ? top : ".", folder);
	return buf_take(&b);
}

static void world_init(struct world *w, const char *folder, enum language l)
{
	char *dir = templates(folder);

	*w = (struct world){
		.company = { .id = 7, .ref = "bakkerij", .name = "Bakkerij De Korst", .partner = "" },
		.contact = { .value = "it@korst.example", .name = "Els Meel", .role = "", .source = "", .language = "",
			     .pgp = "" },
		.incident = { .slug = "rdp", .title = "Open systemen", .advice = "auto", .tlp = TLP_GREEN },
		.a = ARENA_INIT, .subject = BUF_INIT, .text = BUF_INIT, .mail = BUF_INIT, .e = ERR_INIT,
	};
	w->in = (struct warn_input){
		.gateway = &gateway, .company = &w->company, .contact = &w->contact, .incident = &w->incident,
		.ref = "SP-7K3F-Q2MD", .reply_to = "sein+abc@example.nl", .message_id = "<1@example.nl>",
		.created_at = SEEN, .deadline_at = SEEN + 4 * 86400,
	};
	if (warn_catalog_load(&w->catalog, dir, l, &w->e) < 0)
		fail_msg("%s", w->e.text);
	free(dir);
}

static void world_clear(struct world *w)
{
	warn_catalog_free(w->catalog);
	arena_clear(&w->a);
	buf_clear(&w->subject);
	buf_clear(&w->text);
	buf_clear(&w->mail);
}

static struct finding at(const char *ip, const char *advice)
{
	struct finding f = blank;

	f.has_ip = true;
	assert_true(ip_parse(&f.ip, ip));
	f.advice = advice;
	return f;
}

static void render(struct world *w, const struct finding *f, size_t n)
{
	w->in.finding = f;
	w->in.n_finding = n;
	buf_reset(&w->subject);
	buf_reset(&w->text);
	if (warn_render(&w->subject, &w->text, w->catalog, &w->in, &w->a, &w->e) < 0)
		fail_msg("%s", w->e.text);
	assert_true(utf8_check(w->text.s, w->text.len) == SIZE_MAX);
}

static void assert_has(const struct buf *b, const char *needle)
{
	if (strstr(b->s, needle) == NULL)
		fail_msg("\"%s\" is not in:\n%s", needle, b->s);
}

static void assert_lacks(const struct buf *b, const char *needle)
{
	if (strstr(b->s, needle) != NULL)
		fail_msg("\"%s\" is in:\n%s", needle, b->s);
}

static void one_finding_is_rendered(void **state)
{
	struct finding f = at("192.0.2.7", "open-rdp");
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
	render(&w, &f, 1);
	assert_string_equal(w.subject.s, "Open systemen: Bakkerij De Korst [SP-7K3F-Q2MD]");
	assert_string_equal(w.text.s,
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
		"mailto:sein%2Babc@example.nl?subject=%5BSP-7K3F-Q2MD%5D%20ONTVANGEN&body=ONTVANGEN\n"
		"mailto:sein%2Babc@example.nl?subject=%5BSP-7K3F-Q2MD%5D%20OPGELOST&body=OPGELOST\n"
		"mailto:sein%2Babc@example.nl?subject=%5BSP-7K3F-Q2MD%5D%20NIET%20VAN%20ONS&body=NIET%20VAN%20ONS\n"
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

static void findings_are_grouped_and_sorted(void **state)
{
	static const char *const order[] = {
		"== 1. RDP is open on several systems", "Mend CVE-2026-0001, CVE-2026-0002.", "- 198.51.100.2|",
		"- 198.51.100.10|", "- 192.0.2.9|",
		"== 2. Something is open (generic)", "Some systems.", "- 192.0.2.1|", "- www.korst.example|", "korst.csv",
	};
	struct finding f[] = {
		at("192.0.2.9", "open-rdp"), blank, at("198.51.100.10", "open-rdp"), at("192.0.2.1", "generic"),
		at("198.51.100.2", "open-rdp"),
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
	render(&w, f, ARRAY_SIZE(f));
	assert_order(&w.text, order, ARRAY_SIZE(order));
	assert_has(&w.text, "5 findings");
	assert_has(&w.text, "Sunday 22 November 2026");
	assert_lacks(&w.text, "Dear");

	/* an incident may ask for one kind, and then it must exist */
	w.incident.advice = "open-rdp";
	render(&w, f, ARRAY_SIZE(f));
	assert_lacks(&w.text, "Something is open");
	w.incident.advice = "nonsense";
	assert_int_equal(warn_render(&w.subject, &w.text, w.catalog, &w.in, &w.a, &w.e), ERR_NOTFOUND);
	assert_string_equal(w.e.text, "warning korst: incident rdp: no advice 'nonsense'; 'auto' takes that of each "
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

		inside = span_starts_nocase(line, "Systeem ") || (inside && !span_starts_nocase(line, "1. "));
		for (const char *c = line.p; c < line.end; c++)
			n += ((unsigned char)*c & 0xc0) != 0x80;
		widest = inside && n > widest ? n : widest;
	}
	return widest;
}

static void tables_stay_in_their_columns(void **state)
{
	struct finding f[3] = { at("192.0.2.7", "generic"), at("2001:db8:1111:2222:3333:4444:5555:6666", "generic"), blank };
	struct world w;
	static const char e_acute[] = "\xc3\xa9";
	struct buf text_long = BUF_INIT;

	UNUSED(state);
	for (int i = 0; i < 100; i++)
		buf_addstr(&text_long, e_acute);
	world_init(&w, "tests/data/templates", LANGUAGE_NL);
	f[0].product = text_long.s;
	render(&w, f, 1);
	assert_int_equal(widest_table_line(&w.text), 72);
	assert_has(&w.text, "\xc3\xa9\n                             \xc3\xa9");
	f[0].product = "";
	f[0].cve = "CVE-2026-00000001 CVE-2026-00000002 CVE-2026-00000003 CVE-2026-00000004 CVE-2026-00000005 CVE-2026-6";
	f[0].port = 443;
	f[0].transport = "tcp";
	render(&w, f, 1);
	assert_has(&w.text, "192.0.2.7  443/tcp  2026-11-22 05:55  CVE-2026-00000001\n"
	           "                                      CVE-2026-00000002\n"
	           "                                      CVE-2026-00000003\n"
	           "                                      CVE-2026-00000004 CVE-2026-0000...\n");
	f[0].port = 65535;
	f[0].transport = text_long.s;
	f[2].domain = text_long.s;
	render(&w, f, 3);
	assert_true(widest_table_line(&w.text) <= 72);
	assert_has(&w.text, "2001:db8:1111:2222:3333:4444:5555:6666 ");
	buf_clear(&text_long);
	world_clear(&w);
}

static void many_findings_go_to_the_attachment(void **state)
{
	static const struct { size_t n; const char *nl, *more; } cases[] = {
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
			f[k] = at(ip, "generic");
		}
		render(&w, f, cases[i].n);
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
	struct finding f[2] = { blank, at("192.0.2.1", "generic") };
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
	render(&w, f, 2);
	assert_string_equal(w.subject.s, "Title Bcc: x@example.org: Kor st? [SP-7K3F-Q2MD]");
	assert_has(&w.text, "Your site shows\nhxxp://korst[.]example/bank/login.php?u=hxxps[:]//evil.example/\n");
	assert_has(&w.text, "- hxxp://korst[.]example/bank/");
	assert_has(&w.text, "http://korst.example/plain"); /* only what attackers put there is broken */
	assert_has(&w.text, "{{company.name}}? Bcc: all@example.org");
	assert_has(&w.text, "hxxp[:]//evil.example or www[.]evil.example??[31m?");
	assert_lacks(&w.text, "http://evil");
	assert_lacks(&w.text, "http://korst.example/bank");
	assert_lacks(&w.text, "\x1b");
	world_clear(&w);
}

static void attachment_is_complete_and_safe(void **state)
{
	struct finding f[2] = { at("192.0.2.7", "open-rdp"), blank };
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
	assert_string_equal(out.s,
		"\"timestamp\",\"ip\",\"port\",\"transport\",\"domain\",\"url\",\"account\",\"what\",\"cve\",\"severity\","
		"\"product\",\"source\"\r\n"
		"\"2026-11-22 05:55:00\",\"192.0.2.7\",\"3389\",\"tcp\",\"\",\"\",\"\",\"'=cmd|' /C calc'!A0\","
		"\"CVE-2026-0001\",\"high\",\"a \"\"b\"\"? c\",\"feed\"\r\n"
		"\"2026-11-22 05:55:00\",\"\",\"\",\"\",\"korst.example\",\"http://korst.example/bank\",\"'@jan\",\"\","
		"\"\",\"medium\",\"\",\"feed\"\r\n");
	buf_clear(&out);
}

/* A signer that remembers what it was given. */
struct fake {
	struct buf data, key;
	int rc;
};

static int fake_sign(void *arg, struct buf *signature, char micalg[MICALG_TEXT], const void *data, size_t n,
                     struct err *e)
{
	struct fake *f = arg;

	if (f->rc < 0)
		return err_set(e, f->rc, "no agent");
	buf_reset(&f->data);
	buf_add(&f->data, data, n);
	buf_addstr(signature, "-----BEGIN PGP SIGNATURE-----\n\niHUEARYKAB0=\n=abcd\n-----END PGP SIGNATURE-----\n");
	snprintf(micalg, MICALG_TEXT, "pgp-sha512");
	return 0;
}

static int fake_seal(void *arg, struct buf *ciphertext, const void *data, size_t n, const char *to, struct err *e)
{
	struct fake *f = arg;

	if (f->rc < 0)
		return err_set(e, f->rc, "key %s cannot be used", to);
	buf_reset(&f->data);
	buf_reset(&f->key);
	buf_add(&f->data, data, n);
	buf_addstr(&f->key, to);
	buf_addstr(ciphertext, "-----BEGIN PGP MESSAGE-----\n\nhF4DAAAAAAAA=\n=abcd\n-----END PGP MESSAGE-----\n");
	return 0;
}

static void count_up(void *arg, void *out, size_t n)
{
	uint8_t *b = out, *next = arg;

	for (size_t i = 0; i < n; i++)
		b[i] = (*next)++;
}

static void mails_are_signed_or_sealed(void **state)
{
	struct finding f = at("192.0.2.7", "open-rdp");
	struct fake fake = { BUF_INIT, BUF_INIT, 0 };
	struct signer signer = { .sign = fake_sign, .seal = fake_seal, .arg = &fake };
	uint8_t next = 0;
	struct rng rng = { count_up, &next };
	struct world w;

	UNUSED(state);
	world_init(&w, "tests/data/templates", LANGUAGE_NL);
	w.in.finding = &f;
	w.in.n_finding = 1;
	assert_int_equal(warn_make(&w.mail, &w.in, w.catalog, &signer, &rng, &w.e), 0);
	assert_has(&w.mail, "From: Seinpost Noord <sein@example.nl>\r\n");
	assert_has(&w.mail, "To: Els Meel <it@korst.example>\r\n");
	assert_has(&w.mail, "Reply-To: sein+abc@example.nl\r\n");
	assert_has(&w.mail, "Subject: Open systemen: Bakkerij De Korst [SP-7K3F-Q2MD]\r\n");
	assert_has(&w.mail, "micalg=pgp-sha512");
	assert_has(&w.mail, "-----BEGIN PGP SIGNATURE-----");
	assert_has(&w.mail, "SP-7K3F-Q2MD.csv");
	assert_has(&w.mail, fake.data.s); /* what was signed stands in the mail, byte for byte */
	assert_has(&fake.data, "192.0.2.7");

	w.contact.pgp = "0123456789ABCDEF0123456789ABCDEF01234567";
	buf_reset(&w.mail);
	assert_int_equal(warn_make(&w.mail, &w.in, w.catalog, &signer, &rng, &w.e), 0);
	assert_string_equal(fake.key.s, w.contact.pgp);
	assert_has(&w.mail, "multipart/encrypted");
	assert_has(&w.mail, "Subject: Versleutelde waarschuwing [SP-7K3F-Q2MD]\r\n");
	assert_has(&fake.data, "192.0.2.7");
	assert_lacks(&w.mail, "192.0.2.7");
	assert_lacks(&w.mail, "Open systemen");
	assert_lacks(&w.mail, "Bakkerij");
	buf_clear(&fake.data);
	buf_clear(&fake.key);
	world_clear(&w);
}

static void no_mail_where_there_must_be_none(void **state)
{
	static const struct { const char *name; bool vital, phone, sealed; enum tlp tlp; const char *finding_tlp;
	                      int signer, want; } cases[] = {
		{ "vital", true, false, false, TLP_GREEN, "", 0, ERR_PERM },
		{ "telephone", false, true, false, TLP_GREEN, "", 0, ERR_PERM },
		{ "red incident", false, false, false, TLP_RED, "", 0, ERR_PERM },
		{ "strict incident", false, false, false, TLP_AMBER_STRICT, "", 0, ERR_PERM },
		{ "strict finding", false, false, false, TLP_GREEN, "amber+strict", 0, ERR_PERM },
		{ "red finding", false, false, true, TLP_GREEN, "red", 0, ERR_PERM },
		{ "no agent", false, false, false, TLP_GREEN, "amber", ERR_TEMP, ERR_TEMP },
		{ "key not here", false, false, true, TLP_AMBER, "green", ERR_NOTFOUND, ERR_NOTFOUND },
		{ "key expired", false, false, true, TLP_CLEAR, "clear", ERR_PERM, ERR_PERM },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct finding f[2] = { at("192.0.2.7", "open-rdp"), at("192.0.2.8", "open-rdp") };
		struct fake fake = { BUF_INIT, BUF_INIT, cases[i].signer };
		struct signer signer = { .sign = fake_sign, .seal = fake_seal, .arg = &fake };
		uint8_t next = 0;
		struct rng rng = { count_up, &next };
		struct world w;

		world_init(&w, "tests/data/templates", LANGUAGE_NL);
		w.company.vital = cases[i].vital;
		w.contact.kind = cases[i].phone ? CONTACT_PHONE : CONTACT_MAIL;
		w.contact.pgp = cases[i].sealed ? "0123456789ABCDEF0123456789ABCDEF01234567" : "";
		w.incident.tlp = cases[i].tlp;
		f[1].tlp = cases[i].finding_tlp;
		w.in.finding = f;
		w.in.n_finding = 2;
		if (warn_make(&w.mail, &w.in, w.catalog, &signer, &rng, &w.e) != cases[i].want)
			fail_msg("%s: %s", cases[i].name, w.e.text);
		assert_int_equal(w.mail.len, 0);
		assert_int_equal(fake.data.len, 0);
		assert_true(w.e.text[0] != '\0');
		world_clear(&w);
	}
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
	struct finding f = blank;

	if (r % 4 != 0)
		f = at(arena_printf(a, "10.%d.%u.%u", company, step(seed) % 256, step(seed) % 256), "");
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
		render(&w, f, n);
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

static void note(void *arg, const char *name, unsigned line, const char *text)
{
	buf_printf(arg, "%s:%u: %s\n", name, line, text);
}

static void catalogs_are_checked(void **state)
{
	static const struct { const char *folder; const char *want; } cases[] = {
		{ "tests/data/templates", "" },
		{ "tests/data/templates-bad",
		  "TOP/en/warning.mustache:2: unknown name 'compagny.name'\n"
		  "TOP/en/warning.mustache:3: unknown partial 'nowhere'\n"
		  "TOP/en/advice/generic.mustache:1: section '# do' is missing\n"
		  "TOP/en/advice/generic.mustache:4: section 'one' is not closed\n"
		  "TOP/en/advice/generic.mustache:4: unknown name 'title'\n" },
		{ "tests/data/templates-two-lines",
		  "generic:1: warning SP-2222-2222: subject template: must become one line of text\n"
		  "generic:1: warning SP-2222-2222: subject template: must become one line of text\n" },
		{ "tests/data/nothing-here", "TOP/en:1: TOP/en: No such file or directory\n"
		  "TOP/en/advice:1: TOP/en/advice: No such file or directory\n" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf told = BUF_INIT, want = BUF_INIT;
		char *dir = templates(cases[i].folder);
		struct warn_catalog *c = NULL;
		struct err e = ERR_INIT;

		warn_catalog_check(dir, LANGUAGE_EN, note, &told);
		for (const char *s = cases[i].want; *s != '\0'; s++) {
			if (strncmp(s, "TOP", 3) != 0) {
				buf_addch(&want, *s);
				continue;
			}
			buf_addstr(&want, dir);
			s += 2;
		}
		assert_string_equal(told.s, want.s);
		if (i == 1 || i == 3)
			assert_int_equal(warn_catalog_load(&c, dir, LANGUAGE_EN, &e),
			                 i == 1 ? ERR_INPUT : ERR_NOTFOUND);
		free(dir);
		buf_clear(&told);
		buf_clear(&want);
	}
}

/* The kinds of advice that are there, one by one; false at the end. */
static bool next_kind(DIR *d, char kind[64])
{
	struct dirent *entry;

	while ((entry = readdir(d)) != NULL) {
		const char *dot = strrchr(entry->d_name, '.');

		if (dot == NULL || strcmp(dot, ".mustache") != 0 || dot == entry->d_name)
			continue;
		snprintf(kind, 64, "%.*s", (int)(dot - entry->d_name), entry->d_name);
		return true;
	}
	return false;
}

static void render_real_kind(struct world *w, const char *kind, size_t n)
{
	struct finding f[3] = { at("192.0.2.7", kind), at("2001:db8::7", kind), blank };

	f[0].port = f[1].port = 3389;
	f[0].transport = f[1].transport = "tcp";
	f[2].advice = kind;
	f[2].url = "http://korst.example/x";
	f[2].cve = "CVE-2026-0001";
	w->in.partner = n > 1 ? "Beheer BV" : NULL;
	w->in.reminder = n > 1;
	w->contact.name = n > 1 ? "" : "Els Meel";
	render(w, f, n);
	assert_has(&w->text, "192.0.2.7");
	assert_has(&w->text, "SP-7K3F-Q2MD");
	assert_lacks(&w->text, "{{");
	assert_true(w->subject.len > 0 && w->subject.len < 200);
}

static void shipped_templates_are_sound(void **state)
{
	UNUSED(state);
	for (int l = LANGUAGE_NL; l <= LANGUAGE_EN; l++) {
		char *dir = templates("templates"), kind[64];
		struct buf told = BUF_INIT, advice = BUF_INIT;
		struct world w;
		DIR *d;

		buf_printf(&advice, "%s/%s/advice", dir, word_of(language_words, l));
		d = opendir(advice.s);
		if (d != NULL) {
			warn_catalog_check(dir, (enum language)l, note, &told);
			assert_string_equal(told.s, "");
			world_init(&w, "templates", (enum language)l);
			while (next_kind(d, kind)) {
				assert_true(warn_catalog_has(w.catalog, kind));
				render_real_kind(&w, kind, 1);
				render_real_kind(&w, kind, 3);
			}
			world_clear(&w);
			closedir(d);
		}
		buf_clear(&advice);
		buf_clear(&told);
		free(dir);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_finding_is_rendered),
		cmocka_unit_test(findings_are_grouped_and_sorted),
		cmocka_unit_test(tables_stay_in_their_columns),
		cmocka_unit_test(many_findings_go_to_the_attachment),
		cmocka_unit_test(hostile_text_is_tamed),
		cmocka_unit_test(attachment_is_complete_and_safe),
		cmocka_unit_test(mails_are_signed_or_sealed),
		cmocka_unit_test(no_mail_where_there_must_be_none),
		cmocka_unit_test(mails_hold_exactly_their_own),
		cmocka_unit_test(catalogs_are_checked),
		cmocka_unit_test(shipped_templates_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
