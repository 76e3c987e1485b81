/*
 * test_intake: Shadowserver reports, free CSV, and feeds that cannot be read at all.
 */
#include "intake_case.h"

#include <dirent.h>

/* ---- Shadowserver */

#define NEW_HEAD                                                                                   \
	"\"timestamp\",\"severity\",\"ip\",\"protocol\",\"port\",\"hostname\",\"tag\",\"asn\","    \
	"\"geo\"\n"
#define OLD_HEAD "\"timestamp\",\"ip\",\"port\",\"hostname\",\"tag\",\"asn\",\"geo\",\"sic\"\n"

static const struct feed_case shadowserver_cases[] = {
	{ "header of today", "2026-11-20-scan_rdp-nl.csv",
	  NEW_HEAD
	  "\"" SEEN
	  "\",\"high\",\"192.0.2.1\",\"tcp\",3389,\"vpn.Example.nl\",\"rdp\",64496,\"NL\"\n",
	  "+2 scan_rdp open-rdp high 192.0.2.1 :3389 /tcp h=vpn.example.nl i=rdp {asn=64496} "
	  "{geo=NL}\n" },
	{ "older header, numbers without quotes", "in/scan_rdp.csv",
	  OLD_HEAD "\"" SEEN "\",192.0.2.1,3389,,\"rdp\",64496,NL,0\n",
	  "+2 scan_rdp open-rdp high 192.0.2.1 :3389 i=rdp {asn=64496} {geo=NL} {sic=0}\n" },
	{ "any order of columns", "scan_smb-nl.csv",
	  "asn,port,tag,ip,timestamp\n64496,445,smb,2001:DB8::1," SEEN "\n",
	  "+2 scan_smb open-smb high 2001:db8::1 :445 i=smb {asn=64496}\n" },
	{ "unknown columns are kept, unknown types accepted", "2027-01-01-scan_newthing-x.csv",
	  "timestamp,ip,what,empty\n" SEEN ",192.0.2.1,\"a, b\",\n",
	  "+2 scan_newthing exposed-service medium 192.0.2.1 i=scan_newthing {what=a, b}\n" },
	{ "type unknown altogether: by its tag", "2027-01-01-novel-x.csv",
	  "timestamp,ip,tag\n" SEEN ",192.0.2.1,rdp\n" SEEN ",192.0.2.2,other\n",
	  "+2 novel open-rdp high 192.0.2.1 i=rdp\n+3 novel generic medium 192.0.2.2 i=other\n" },
	{ "a name twice: the first counts, both are kept", "scan_ftp.csv",
	  "timestamp,ip,asn,ip,asn\n" SEEN ",192.0.2.1,1,192.0.2.2,2\n",
	  "+2 scan_ftp exposed-service medium 192.0.2.1 i=scan_ftp {asn=1} {ip=192.0.2.2} "
	  "{asn=2}\n" },
	{ "the tag decides within one file", "scan6_exchange.csv",
	  OLD_HEAD SEEN ",192.0.2.1,443,,exchange;cve-2021-26855,1,NL,\n" SEEN
	                ",192.0.2.1,443,,exchange;webshell,1,NL,\n",
	  "+2 scan6_exchange vulnerable-exchange critical 192.0.2.1 :443 i=exchange;cve-2021-26855"
	  " cve=CVE-2021-26855 {asn=1} {geo=NL}\n"
	  "+3 scan6_exchange compromised-system! critical 192.0.2.1 :443 i=exchange;webshell "
	  "{asn=1} {geo=NL}\n" },
	{ "the edge by its tag, several holes", "scan_http_vulnerable.csv",
	  "timestamp,severity,ip,tag,asn\n" SEEN
	  ",,192.0.2.1,\"http; Citrix,CVE-2023-3519;cve-2023-3519;cve-2023-4966\","
	  "1\n",
	  "+2 scan_http_vulnerable vulnerable-edge critical 192.0.2.1 "
	  "i=http;citrix;cve-2023-3519;cve-2023-3519;"
	  "cve-2023-4966 cve=CVE-2023-3519 CVE-2023-4966 {asn=1}\n" },
	{ "no CVE numbers", "scan_http_vulnerable.csv",
	  "timestamp,ip,tag,asn\n" SEEN ",192.0.2.1,cve-2023-351;cve-23-3519;cve-2023;cve,1\n",
	  "+2 scan_http_vulnerable vulnerable-service critical 192.0.2.1 "
	  "i=cve-2023-351;cve-23-3519;cve-2023;cve"
	  " {asn=1}\n" },
	{ "website", "compromised_website.csv",
	  "timestamp,ip,port,hostname,tag,asn,url,http_host,hostname_source\n" SEEN
	  ",192.0.2.1,80,a.example.com,magecart,1,/x.php,WWW.example.nl:8080,cert\n" SEEN
	  ",192.0.2.1,,,phishing,1,,192.0.2.1,\n",
	  "+2 compromised_website compromised-website! critical 192.0.2.1 :80 d=www.example.nl "
	  "h=a.example.com"
	  " u=/x.php i=magecart {asn=1} {hostname_source=cert}\n"
	  "+3 compromised_website phishing-page! critical 192.0.2.1 i=phishing {asn=1} "
	  "{http_host=192.0.2.1}\n" },
	{ "event: the source is the company, its port a client's, the host the far side's",
	  "event4_sinkhole_http.csv",
	  "timestamp,protocol,src_ip,src_port,src_asn,src_hostname,dst_ip,dst_port,infection,"
	  "family,tag,http_host\n" SEEN
	  ",tcp,192.0.2.1,50123,1,pc.example.nl,198.51.100.1,80,Necurs,f,t,c2.example\n",
	  "+2 event4_sinkhole_http malware-infection! critical 192.0.2.1 /tcp h=pc.example.nl "
	  "i=necurs"
	  " {src_port=50123} {src_asn=1} {dst_ip=198.51.100.1} {dst_port=80} {family=f} {tag=t}"
	  " {http_host=c2.example}\n" },
	{ "event: the one attacked", "event4_honeypot_ddos_target.csv",
	  "timestamp,protocol,dst_ip,dst_port,src_ip,src_asn,domain\n" SEEN
	  ",,192.0.2.1,80,198.51.100.1,1,x.example\n",
	  "+2 event4_honeypot_ddos_target generic low 192.0.2.1 :80 i=event4_honeypot_ddos_target"
	  " {src_ip=198.51.100.1} {src_asn=1} {domain=x.example}\n" },
	{ "event: the page that referred", "event6_sinkhole_http_referer.csv",
	  "timestamp,http_referer_ip,http_referer_port,http_referer_asn,http_referer_hostname,"
	  "family,http_referer,"
	  "http_host\n" SEEN
	  ",2001:db8::5,80,1,www.example.nl,kovter,http://www.example.nl/a?b,c2.example\n",
	  "+2 event6_sinkhole_http_referer compromised-website! critical 2001:db8::5 :80 "
	  "h=www.example.nl"
	  " u=http://www.example.nl/a?b i=kovter {http_referer_asn=1} {http_host=c2.example}\n" },
	{ "accounts: address, or user name with the place where it logs in",
	  "compromised_account.csv",
	  "timestamp,email,infection,source_url,public_source,service,username\n" SEEN
	  ",Jan@Example.NL,lumma,https://x.example/,x,https://shop.example/,\n" SEEN
	  ",,lumma,,x,https://vpn.example.nl/login,jan\n",
	  "+2 compromised_account leaked-account! critical a=Jan@example.nl i=lumma"
	  " {source_url=https://x.example/} {public_source=x} {service=https://shop.example/}\n"
	  "+3 compromised_account leaked-account! critical u=https://vpn.example.nl/login a=jan "
	  "i=lumma"
	  " {public_source=x}\n" },
	{ "victim by its website", "ransomware_victim.csv",
	  "timestamp,entity_name,website,geo,ransomware,leak_site_url,severity\n" SEEN
	  ",Example BV,https://www.Example.nl/over-ons,NL,lockbit,http://x.onion,info\n" SEEN
	  ",Example BV,,NL,x,,\n",
	  "+2 ransomware_victim compromised-system! info d=www.example.nl i=lockbit "
	  "{entity_name=Example BV} {geo=NL}"
	  " {leak_site_url=http://x.onion}\n"
	  "-3 neither IP address, domain, URL nor account: nobody to warn\n" },
	{ "what the sandbox asked for", "sandbox_dns.csv",
	  "timestamp,md5,request,request_type,family\n" SEEN ",aa,www.example.nl,A,\n",
	  "+2 sandbox_dns generic low d=www.example.nl i=sandbox_dns {md5=aa} {request_type=A}\n" },
	{ "devices", "device_id.csv",
	  "timestamp,ip,asn,severity,device_vendor,device_type,device_model,device_version\n" SEEN
	  ",192.0.2.1,1,odd,Acme,firewall,X1,7.0\n",
	  "+2 device_id exposed-device info 192.0.2.1 i=device_id p=Acme X1 7.0 {asn=1} "
	  "{severity=odd}"
	  " {device_type=firewall}\n" },
	{ "values that do not fit", "scan_rdp.csv",
	  "timestamp,ip,port,asn,hostname,protocol\n"
	  ",192.0.2.1,1,1,,\n"
	  "yesterday,192.0.2.1,1,1,,\n"
	  "1999-12-31 23:59:59,192.0.2.1,1,1,,\n"
	  "2026-11-23 05:55:01,192.0.2.1,1,1,,\n"
	  "2026-11-23 05:55:00,192.0.2.1,1,1,KABESRV,icmp\n" SEEN ",192.0.2.256,1,1,,\n" SEEN
	  ",192.0.2.1,65536,1,,\n" SEEN ",,3389,1,host.example.nl,\n",
	  "-2 no time at which it was seen\n"
	  "-3 the time is not of the form 2026-11-22 05:55:00: \"yesterday\"\n"
	  "-4 the time is before 2000: \"1999-12-31 23:59:59\"\n"
	  "-5 the time is in the future: \"2026-11-23 05:55:01\"\n"
	  "+6 scan_rdp open-rdp high 192.0.2.1 :1 i=scan_rdp {asn=1} {hostname=KABESRV} "
	  "{protocol=icmp}\n"
	  "-7 no IP address: \"192.0.2.256\"\n-8 no port: \"65536\"\n"
	  "-9 neither IP address, domain, URL nor account: nobody to warn\n" },
	{ "header only", "scan_rdp.csv", NEW_HEAD, "" },
};

static void shadowserver_rows(void **state)
{
	struct intake_options by_content = options(state, INTAKE_AUTO),
			      named = options(state, INTAKE_SHADOWSERVER);

	for (size_t i = 0; i < ARRAY_SIZE(shadowserver_cases); i++)
		check_case(&shadowserver_cases[i], &named);
	for (size_t i = 0; i < 3; i++)
		check_case(&shadowserver_cases[i], &by_content);
}

/* ---- free CSV */

static struct intake_column list_columns[] = {
	{ "Gezien op", "seen_at" }, { "Adres", "ip" },           { "Poort", "port" },
	{ "Site", "domain" },       { "Tweede site", "domain" }, { "Mail", "account" },
	{ "Kenmerk", "tag" },       { "Label", "tlp" },          { "Ernst", "severity" },
	{ "Product", "product" },   { "Geheim", "ignore" },
};

static const struct intake_mapping list = {
	"lijst", "Example", ';', list_columns, ARRAY_SIZE(list_columns), "vulnerable-service"
};

#define LIST_HEAD                                                                                  \
	"Poort;\"adres\";Gezien op;SITE;Tweede "                                                   \
	"site;Mail;Kenmerk;Label;Ernst;Product;Geheim;Rest\n"

static const struct feed_case mapping_cases[] = {
	{ "renamed columns, semicolons", "lijst.csv",
	  LIST_HEAD "443;192.0.2.1;2026-11-20 05:55;www.example.nl;;;rdp;Amber+Strict;LOW;Acme, "
	            "X;pw;\"a;b\"\n",
	  "+2 lijst open-rdp low 192.0.2.1 :443 d=www.example.nl i=rdp p=Acme, X tlp=amber+strict "
	  "{Rest=a;b}\n" },
	{ "two columns for one field", "lijst.csv",
	  LIST_HEAD ";;2026-11-20;;https://b\xc3\xa4"
	            "ckerei.example/;;;;;;;\n;;2026-11-20;a.example;b.example;;;;;;;\n",
	  "+2 lijst vulnerable-service medium d=xn--bckerei-5wa.example i=lijst\n"
	  "+3 lijst vulnerable-service medium d=a.example i=lijst {Tweede site=b.example}\n" },
	{ "an account that is no address is still one", "lijst.csv",
	  LIST_HEAD ";;2026-11-20;;;jan;;;;;;\n",
	  "+2 lijst vulnerable-service medium a=jan i=lijst\n" },
};

static void mapped_tables(void **state)
{
	struct intake_options o = options(state, INTAKE_CSV), guessed = options(state, INTAKE_AUTO);

	o.mapping = guessed.mapping = &list;
	for (size_t i = 0; i < ARRAY_SIZE(mapping_cases); i++) {
		check_case(&mapping_cases[i], &o);
		check_case(&mapping_cases[i], &guessed);
	}
}

static int check_time(void *arg, const struct finding *f, uint64_t line, struct err *e)
{
	UNUSED(line);
	UNUSED(e);
	assert_int_equal(f->seen_at, *(const int64_t *)arg);
	return 0;
}

static void time_and_feed(void **state)
{
	static struct intake_column only_ip[] = { { "ip", "ip" } };
	static const struct intake_mapping no_time = { "x", "y", ',', only_ip, 1, "" };
	const struct {
		const char *file_name, *text;
		enum intake_format format;
		int64_t want;
	} cases[] = {
		{ "scan_rdp.csv", "timestamp,ip\n2026-11-22 05:55:00,192.0.2.1\n",
		  INTAKE_SHADOWSERVER, now },
		/* a report's name and a time are enough */
		{ "in/scan_rdp.csv",
		  "timestamp,ip,protocol,port,hostname,tag\n2026-11-22 05:55:00,192.0.2.1,,,,\n",
		  INTAKE_AUTO, now },
		{ "Device_ID-nl.csv", "timestamp,ip\n2026-11-22 05:55:00,192.0.2.1\n",
		  INTAKE_AUTO, now },
		{ "-",
		  "{\"time.source\":\"2026-11-22T04:55:00-01:00\",\"source.ip\":\"192.0.2.1\"}",
		  INTAKE_INTELMQ, now },
		{ "list", "ip\n192.0.2.1\n", INTAKE_CSV, now },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct intake_options o = options(state, cases[i].format);
		int64_t want = cases[i].want;
		struct intake_sink sink = { check_time, on_refused, &want };
		struct intake_count count;
		struct err e = ERR_INIT;
		int fd = feed_fd(cases[i].text, strlen(cases[i].text));

		o.file_name = cases[i].file_name;
		o.mapping = cases[i].format == INTAKE_CSV ? &no_time : NULL;
		assert_int_equal(intake_read(&count, fd, &o, &sink, &e), 0);
		assert_int_equal(count.found, 1);
		close(fd);
	}
}

/* ---- whole feeds that cannot be read */

#define HEAD "timestamp,ip,asn,note\n"
#define GOOD(n) SEEN ",192.0.2." #n ",1,\n"

static void feeds_nobody_can_read(void **state)
{
	static struct intake_column wrong_field[] = { { "ip", "address" } };
	static const struct intake_mapping wrong = { "wrong", "x", ',', wrong_field, 1, "" };
	static const struct {
		const char *file_name, *text, *want;
		enum intake_format format;
		const struct intake_mapping *mapping;
		int code;
	} cases[] = {
		{ "scan_rdp.csv", "", "empty", INTAKE_AUTO, NULL, ERR_INPUT },
		{ "scan_rdp.csv", "", "empty", INTAKE_SHADOWSERVER, NULL, ERR_INPUT },
		{ "scan_rdp.csv", "\n \n", "empty", INTAKE_SHADOWSERVER, NULL, ERR_INPUT },
		{ "x.json", "\n", "empty", INTAKE_INTELMQ, NULL, ERR_INPUT },
		{ "x.json", "hello\n", "no JSON", INTAKE_INTELMQ, NULL, ERR_INPUT },
		{ "x.csv", "ip,date\n192.0.2.1,2026-11-20\n", "describe its columns in a mapping",
		  INTAKE_AUTO, NULL, ERR_INPUT },
		{ "x.csv", "timestamp,ip,port\n2026-11-20 10:00:00,192.0.2.1,1\n",
		  "neither IntelMQ events nor", INTAKE_AUTO, NULL, ERR_INPUT },
		{ "specials.csv", "timestamp,ip\n2026-11-20 10:00:00,192.0.2.1\n",
		  "neither IntelMQ events nor", INTAKE_AUTO, NULL, ERR_INPUT },
		{ "x.csv", "ip,date\n", "no column \"timestamp\"", INTAKE_SHADOWSERVER, NULL,
		  ERR_INPUT },
		{ "x.csv", "timestamp,\"ip\n", "the header (line 1): a quote is not closed",
		  INTAKE_SHADOWSERVER, NULL, ERR_INPUT },
		{ "x.csv", "timestamp,\xe9\n", "UTF-8", INTAKE_SHADOWSERVER, NULL, ERR_INPUT },
		{ "x.gz", "\x1f\x8b\x08", "compressed", INTAKE_AUTO, NULL, ERR_INPUT },
		{ "x.csv", "\xff\xfet", "UTF-16", INTAKE_AUTO, NULL, ERR_INPUT },
		{ "x.csv", "ip\n", "a mapping of its columns is needed", INTAKE_CSV, NULL,
		  ERR_CONF },
		{ "x.csv", "ip\n", "there is no field \"address\"", INTAKE_CSV, &wrong, ERR_CONF },
		{ "x.csv", "Adres;Poort\n192.0.2.1;1\n", "no column \"Gezien op\"", INTAKE_CSV,
		  &list, ERR_INPUT },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct intake_options o = options(state, cases[i].format);
		struct buf out = BUF_INIT;
		struct intake_count count;
		struct err e = ERR_INIT;

		o.file_name = cases[i].file_name;
		o.mapping = cases[i].mapping;
		assert_int_equal(
			read_bytes(&out, &count, &o, cases[i].text, strlen(cases[i].text), &e),
			cases[i].code);
		if (strstr(e.text, cases[i].want) == NULL)
			fail_msg("case %zu: \"%s\" lacks \"%s\"", i, e.text, cases[i].want);
		assert_string_equal(out.s, "");
		assert_int_equal(count.read, 0);
		buf_clear(&out);
	}
}

static void unreadable_file_is_an_io_error(void **state)
{
	struct intake_options o = options(state, INTAKE_AUTO);
	struct intake_sink sink = { on_finding, on_refused, NULL };
	struct intake_count count;
	struct err e = ERR_INIT;

	assert_int_equal(intake_read(&count, -1, &o, &sink, &e), ERR_IO);
}

static int fail_finding(void *arg, const struct finding *f, uint64_t line, struct err *e)
{
	UNUSED(f);
	UNUSED(line);
	++*(int *)arg;
	return err_set(e, ERR_TEMP, "store is busy");
}

static int fail_refused(void *arg, uint64_t line, const char *raw, size_t n, const char *reason,
                        struct err *e)
{
	UNUSED(line);
	UNUSED(reason);
	assert_memory_equal(raw, "x,y", 3);
	assert_int_equal(n, 3);
	++*(int *)arg;
	return err_set(e, ERR_IO, "disk is full");
}

static void error_of_the_sink_stops_the_reading(void **state)
{
	struct intake_options o = options(state, INTAKE_SHADOWSERVER);
	const struct { const char *text; int want; } cases[] = {
		{ HEAD GOOD(1) GOOD(2), ERR_TEMP },
		{ HEAD "x,y\r\n" GOOD(2), ERR_IO },
	};

	o.file_name = "scan_rdp.csv";
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int calls = 0;
		struct intake_sink sink = { fail_finding, fail_refused, &calls };
		struct intake_count count;
		struct err e = ERR_INIT;
		int fd = feed_fd(cases[i].text, strlen(cases[i].text));

		assert_int_equal(intake_read(&count, fd, &o, &sink, &e), cases[i].want);
		assert_int_equal(calls, 1);
		assert_int_equal(count.read, 1);
		close(fd);
	}
}

/* ---- reports of others, read in place where they are */

static bool generic_on_purpose(const char *type)
{
	return strncmp(type, "sandbox_", 8) == 0 ||
	       strcmp(type, "event4_honeypot_ddos_target") == 0;
}

static int sample_finding(void *arg, const struct finding *f, uint64_t line, struct err *e)
{
	UNUSED(e);
	if (!f->has_ip)
		fail_msg("%s:%" PRIu64 ": no address", (const char *)arg, line);
	if ((strcmp(f->advice, "generic") == 0) != generic_on_purpose(f->source_type))
		fail_msg("%s:%" PRIu64 ": advice %s for %s", (const char *)arg, line, f->advice,
		         f->identifier);
	if (strncmp(f->source_type, "event", 5) == 0 && !generic_on_purpose(f->source_type) &&
	    f->port > 1024)
		fail_msg("%s:%" PRIu64 ": a client port", (const char *)arg, line);
	return 0;
}

static int sample_refused(void *arg, uint64_t line, const char *raw, size_t n, const char *reason,
                          struct err *e)
{
	UNUSED(e);
	fail_msg("%s:%" PRIu64 ": refused: %s: %.*s", (const char *)arg, line, reason, (int)n, raw);
	return 0;
}

static void read_sample(const struct intake_options *base, const char *path)
{
	struct intake_options o = *base;
	struct intake_sink sink = { sample_finding, sample_refused, NULL };
	struct buf text = BUF_INIT, name = BUF_INIT;
	struct intake_count count;
	struct err e = ERR_INIT;
	int fd;

	assert_int_equal(file_read(&text, path, 1 << 24, &e), 0);
	fd = feed_fd(text.s, text.len);
	buf_addstr(&name, path);
	sink.arg = name.s;
	o.file_name = path;
	if (intake_read(&count, fd, &o, &sink, &e) < 0)
		fail_msg("%s", e.text);
	assert_true(count.found > 0);
	close(fd);
	buf_clear(&text);
	buf_clear(&name);
}

static void reports_of_others_are_read(void **state)
{
	struct intake_options o = options(state, INTAKE_AUTO);
	const char *shared = getenv("SEINPOST_SHARED");
	struct buf folder = BUF_INIT, path = BUF_INIT;
	struct dirent *entry;
	DIR *d;

	buf_printf(&folder, "%s/feeds/shadowserver", shared ? shared : "");
	d = opendir(folder.s);
	while (d != NULL && (entry = readdir(d)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		buf_reset(&path);
		buf_printf(&path, "%s/%s", folder.s, entry->d_name);
		read_sample(&o, path.s);
	}
	if (d != NULL)
		closedir(d);
	buf_clear(&folder);
	buf_clear(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shadowserver_rows),
		cmocka_unit_test(mapped_tables),
		cmocka_unit_test(time_and_feed),
		cmocka_unit_test(feeds_nobody_can_read),
		cmocka_unit_test(unreadable_file_is_an_io_error),
		cmocka_unit_test(error_of_the_sink_stops_the_reading),
		cmocka_unit_test(reports_of_others_are_read),
	};

	return cmocka_run_group_tests(tests, read_rules, drop_rules);
}
