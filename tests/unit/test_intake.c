/*
 * test_intake: feeds as text, and what must come of each row, as one line a row.
 *
 * "+LINE type advice[!] severity subject..." is a finding ('!' = compromised), "-LINE reason" a refusal.
 */
#include "test.h"

#include <dirent.h>
#include <sys/mman.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "clock.h"
#include "fdio.h"
#include "idn.h"
#include "intake.h"

static const int64_t now = 1795326900; /* 2026-11-22 05:55 UTC */

struct feed_case {
	const char *name, *file_name, *text, *want;
};

/* ---- rules as shipped */

struct shipped {
	struct arena arena;
	struct advice_rules rules;
};

static int read_rules(void **state)
{
	struct shipped *s = xcalloc(1, sizeof(*s));
	const char *top = getenv("top_srcdir");
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct err e = ERR_INIT;
	char *copy;

	buf_printf(&path, "%s/etc/advice.tsv", top ? top : ".");
	assert_int_equal(file_read(&text, path.s, 1 << 20, &e), 0);
	copy = exact_copy(text.s, text.len);
	assert_int_equal(advice_rules_parse(&s->rules, &s->arena, copy, text.len, "advice.tsv", &e), 0);
	free(copy);
	buf_clear(&text);
	buf_clear(&path);
	*state = s;
	return 0;
}

static int drop_rules(void **state)
{
	struct shipped *s = *state;

	arena_clear(&s->arena);
	free(s);
	return 0;
}

/* ---- what comes out, as text */

static void show(struct buf *out, const char *label, const char *value)
{
	if (*value != '\0')
		buf_printf(out, " %s%s", label, value);
}

static int on_finding(void *arg, const struct finding *f, uint64_t line, struct err *e)
{
	struct buf *out = arg;
	char ip[IP_TEXT];

	UNUSED(e);
	buf_printf(out, "+%" PRIu64 " %s %s%s %s", line, f->source_type, f->advice, f->compromised ? "!" : "",
	           severity_words[f->severity]);
	show(out, "", f->has_ip ? ip_format(ip, &f->ip) : "");
	if (f->port != 0)
		buf_printf(out, " :%d", f->port);
	show(out, "/", f->transport);
	show(out, "app=", f->application);
	show(out, "d=", f->domain);
	show(out, "h=", f->hostname);
	show(out, "u=", f->url);
	show(out, "a=", f->account);
	show(out, "i=", f->identifier);
	show(out, "cve=", f->cve);
	show(out, "p=", f->product);
	show(out, "tlp=", f->tlp);
	for (size_t i = 0; i < f->n_extra; i++)
		buf_printf(out, " {%s=%s}", f->extra[i].name, f->extra[i].value);
	buf_addch(out, '\n');
	return 0;
}

static int on_refused(void *arg, uint64_t line, const char *raw, size_t n, const char *reason, struct err *e)
{
	UNUSED(raw);
	UNUSED(n);
	UNUSED(e);
	buf_printf(arg, "-%" PRIu64 " %s\n", line, reason);
	return 0;
}

static int feed_fd(const void *bytes, size_t n)
{
	struct err e = ERR_INIT;
	int fd = memfd_create("feed", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(fd_write_all(fd, bytes, n, "feed", &e), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static int read_bytes(struct buf *out, struct intake_count *count, const struct intake_options *o, const void *bytes,
                      size_t n, struct err *e)
{
	struct intake_sink sink = { on_finding, on_refused, out };
	int fd = feed_fd(bytes, n);
	int rc = intake_read(count, fd, o, &sink, e);

	close(fd);
	assert_int_equal(count->read, count->found + count->refused);
	return rc;
}

static void check_case(const struct feed_case *c, const struct intake_options *base)
{
	struct intake_options o = *base;
	struct buf out = BUF_INIT;
	struct intake_count count;
	struct err e = ERR_INIT;

	o.file_name = c->file_name;
	if (read_bytes(&out, &count, &o, c->text, strlen(c->text), &e) < 0)
		fail_msg("%s: %s", c->name, e.text);
	if (strcmp(out.s, c->want) != 0)
		fail_msg("%s: got\n%swanted\n%s", c->name, out.s, c->want);
	buf_clear(&out);
}

static struct intake_options options(void **state, enum intake_format format)
{
	return (struct intake_options){ .format = format, .file_name = "-", .rules = &((struct shipped *)*state)->rules,
		                        .now = now, .to_ascii = idn_to_ascii };
}

/* ---- Shadowserver */

#define NEW_HEAD "\"timestamp\",\"severity\",\"ip\",\"protocol\",\"port\",\"hostname\",\"tag\",\"asn\",\"geo\"\n"
#define OLD_HEAD "\"timestamp\",\"ip\",\"port\",\"hostname\",\"tag\",\"asn\",\"geo\",\"sic\"\n"
#define SEEN "2026-11-20 05:55:00"

static const struct feed_case shadowserver_cases[] = {
	{ "header of today", "2026-11-20-scan_rdp-nl.csv",
	  NEW_HEAD "\"" SEEN "\",\"high\",\"192.0.2.1\",\"tcp\",3389,\"vpn.Example.nl\",\"rdp\",64496,\"NL\"\n",
	  "+2 scan_rdp open-rdp high 192.0.2.1 :3389 /tcp h=vpn.example.nl i=rdp {asn=64496} {geo=NL}\n" },
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
	  "+2 scan_ftp exposed-service medium 192.0.2.1 i=scan_ftp {asn=1} {ip=192.0.2.2} {asn=2}\n" },
	{ "the tag decides within one file", "scan6_exchange.csv",
	  OLD_HEAD SEEN ",192.0.2.1,443,,exchange;cve-2021-26855,1,NL,\n" SEEN
	  ",192.0.2.1,443,,exchange;webshell,1,NL,\n",
	  "+2 scan6_exchange vulnerable-exchange critical 192.0.2.1 :443 i=exchange;cve-2021-26855"
	  " cve=CVE-2021-26855 {asn=1} {geo=NL}\n"
	  "+3 scan6_exchange compromised-system! critical 192.0.2.1 :443 i=exchange;webshell {asn=1} {geo=NL}\n" },
	{ "the edge by its tag, several holes", "scan_http_vulnerable.csv",
	  "timestamp,severity,ip,tag,asn\n" SEEN ",,192.0.2.1,\"http; Citrix,CVE-2023-3519;cve-2023-3519;cve-2023-4966\","
	  "1\n",
	  "+2 scan_http_vulnerable vulnerable-edge critical 192.0.2.1 i=http;citrix;cve-2023-3519;cve-2023-3519;"
	  "cve-2023-4966 cve=CVE-2023-3519 CVE-2023-4966 {asn=1}\n" },
	{ "no CVE numbers", "scan_http_vulnerable.csv",
	  "timestamp,ip,tag,asn\n" SEEN ",192.0.2.1,cve-2023-351;cve-23-3519;cve-2023;cve,1\n",
	  "+2 scan_http_vulnerable vulnerable-service critical 192.0.2.1 i=cve-2023-351;cve-23-3519;cve-2023;cve"
	  " {asn=1}\n" },
	{ "website", "compromised_website.csv",
	  "timestamp,ip,port,hostname,tag,asn,url,http_host,hostname_source\n" SEEN
	  ",192.0.2.1,80,a.example.com,magecart,1,/x.php,WWW.example.nl:8080,cert\n" SEEN
	  ",192.0.2.1,,,phishing,1,,192.0.2.1,\n",
	  "+2 compromised_website compromised-website! critical 192.0.2.1 :80 d=www.example.nl h=a.example.com"
	  " u=/x.php i=magecart {asn=1} {hostname_source=cert}\n"
	  "+3 compromised_website phishing-page! critical 192.0.2.1 i=phishing {asn=1} {http_host=192.0.2.1}\n" },
	{ "event: the source is the company, its port a client's, the host the far side's", "event4_sinkhole_http.csv",
	  "timestamp,protocol,src_ip,src_port,src_asn,src_hostname,dst_ip,dst_port,infection,family,tag,http_host\n" SEEN
	  ",tcp,192.0.2.1,50123,1,pc.example.nl,198.51.100.1,80,Necurs,f,t,c2.example\n",
	  "+2 event4_sinkhole_http malware-infection! critical 192.0.2.1 /tcp h=pc.example.nl i=necurs"
	  " {src_port=50123} {src_asn=1} {dst_ip=198.51.100.1} {dst_port=80} {family=f} {tag=t}"
	  " {http_host=c2.example}\n" },
	{ "event: the one attacked", "event4_honeypot_ddos_target.csv",
	  "timestamp,protocol,dst_ip,dst_port,src_ip,src_asn,domain\n" SEEN ",,192.0.2.1,80,198.51.100.1,1,x.example\n",
	  "+2 event4_honeypot_ddos_target generic low 192.0.2.1 :80 i=event4_honeypot_ddos_target"
	  " {src_ip=198.51.100.1} {src_asn=1} {domain=x.example}\n" },
	{ "event: the page that referred", "event6_sinkhole_http_referer.csv",
	  "timestamp,http_referer_ip,http_referer_port,http_referer_asn,http_referer_hostname,family,http_referer,"
	  "http_host\n" SEEN ",2001:db8::5,80,1,www.example.nl,kovter,http://www.example.nl/a?b,c2.example\n",
	  "+2 event6_sinkhole_http_referer compromised-website! critical 2001:db8::5 :80 h=www.example.nl"
	  " u=http://www.example.nl/a?b i=kovter {http_referer_asn=1} {http_host=c2.example}\n" },
	{ "accounts: address, or user name with the place where it logs in", "compromised_account.csv",
	  "timestamp,email,infection,source_url,public_source,service,username\n" SEEN
	  ",Jan@Example.NL,lumma,https://x.example/,x,https://shop.example/,\n" SEEN
	  ",,lumma,,x,https://vpn.example.nl/login,jan\n",
	  "+2 compromised_account leaked-account! critical a=Jan@example.nl i=lumma"
	  " {source_url=https://x.example/} {public_source=x} {service=https://shop.example/}\n"
	  "+3 compromised_account leaked-account! critical u=https://vpn.example.nl/login a=jan i=lumma"
	  " {public_source=x}\n" },
	{ "victim by its website", "ransomware_victim.csv",
	  "timestamp,entity_name,website,geo,ransomware,leak_site_url,severity\n" SEEN
	  ",Example BV,https://www.Example.nl/over-ons,NL,lockbit,http://x.onion,info\n" SEEN ",Example BV,,NL,x,,\n",
	  "+2 ransomware_victim compromised-system! info d=www.example.nl i=lockbit {entity_name=Example BV} {geo=NL}"
	  " {leak_site_url=http://x.onion}\n"
	  "-3 neither IP address, domain, URL nor account: nobody to warn\n" },
	{ "what the sandbox asked for", "sandbox_dns.csv",
	  "timestamp,md5,request,request_type,family\n" SEEN ",aa,www.example.nl,A,\n",
	  "+2 sandbox_dns generic low d=www.example.nl i=sandbox_dns {md5=aa} {request_type=A}\n" },
	{ "devices", "device_id.csv",
	  "timestamp,ip,asn,severity,device_vendor,device_type,device_model,device_version\n" SEEN
	  ",192.0.2.1,1,odd,Acme,firewall,X1,7.0\n",
	  "+2 device_id exposed-device info 192.0.2.1 i=device_id p=Acme X1 7.0 {asn=1} {severity=odd}"
	  " {device_type=firewall}\n" },
	{ "values that do not fit", "scan_rdp.csv",
	  "timestamp,ip,port,asn,hostname,protocol\n"
	  ",192.0.2.1,1,1,,\n"
	  "yesterday,192.0.2.1,1,1,,\n"
	  "1999-12-31 23:59:59,192.0.2.1,1,1,,\n"
	  "2026-11-23 05:55:01,192.0.2.1,1,1,,\n"
	  "2026-11-23 05:55:00,192.0.2.1,1,1,KABESRV,icmp\n"
	  SEEN ",192.0.2.256,1,1,,\n" SEEN ",192.0.2.1,65536,1,,\n" SEEN ",,3389,1,host.example.nl,\n",
	  "-2 no time at which it was seen\n"
	  "-3 the time is not of the form 2026-11-22 05:55:00: \"yesterday\"\n"
	  "-4 the time is before 2000: \"1999-12-31 23:59:59\"\n"
	  "-5 the time is in the future: \"2026-11-23 05:55:01\"\n"
	  "+6 scan_rdp open-rdp high 192.0.2.1 :1 i=scan_rdp {asn=1} {hostname=KABESRV} {protocol=icmp}\n"
	  "-7 no IP address: \"192.0.2.256\"\n-8 no port: \"65536\"\n"
	  "-9 neither IP address, domain, URL nor account: nobody to warn\n" },
	{ "header only", "scan_rdp.csv", NEW_HEAD, "" },
};

static void shadowserver_rows(void **state)
{
	struct intake_options by_content = options(state, INTAKE_AUTO), named = options(state, INTAKE_SHADOWSERVER);

	for (size_t i = 0; i < ARRAY_SIZE(shadowserver_cases); i++)
		check_case(&shadowserver_cases[i], &named);
	for (size_t i = 0; i < 3; i++)
		check_case(&shadowserver_cases[i], &by_content);
}

/* ---- CSV that is damaged */

#define HEAD "timestamp,ip,asn,note\n"
#define GOOD(n) SEEN ",192.0.2." #n ",1,\n"
#define FOUND(line, n) "+" #line " scan_rdp open-rdp high 192.0.2." #n " i=scan_rdp {asn=1}"

static const struct feed_case csv_cases[] = {
	{ "CRLF", "scan_rdp.csv", "timestamp,ip,asn,note\r\n" SEEN ",192.0.2.1,1,x\r\n",
	  FOUND(2, 1) " {note=x}\n" },
	{ "byte order mark", "scan_rdp.csv", "\xef\xbb\xbf\"timestamp\",ip,asn,note\n" GOOD(1), FOUND(2, 1) "\n" },
	{ "no LF at the end", "scan_rdp.csv", HEAD SEEN ",192.0.2.1,1,x", FOUND(2, 1) " {note=x}\n" },
	{ "empty lines are nothing", "scan_rdp.csv", "\n\n" HEAD "\n\r\n  \n" GOOD(1) "\n", FOUND(7, 1) "\n" },
	{ "quoted line breaks, commas and quotes", "scan_rdp.csv",
	  HEAD SEEN ",192.0.2.1,1,\"a\r\nb, \"\"c\"\"\n\nd\"\n" GOOD(2),
	  FOUND(2, 1) " {note=a b, \"c\"  d}\n" FOUND(6, 2) "\n" },
	{ "control characters", "scan_rdp.csv", HEAD SEEN ",192.0.2.1,1,\"\x1b[31ma\tb\rc\xe2\x80\xae" "d\x7f\"\n",
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
	  "-2 a quote is not closed\n" FOUND(3, 2) "\n" FOUND(4, 3) " {note=,}\n" FOUND(5, 4) "\n" },
	{ "quotes with a backslash", "scan_rdp.csv",
	  HEAD SEEN ",192.0.2.1,1,\"x=\\\"\\\"y\\\"\\\"\"\n" SEEN ",192.0.2.2,1,\"C:\\\"\n" SEEN ",192.0.2.2,\"\\\"x\"\n",
	  FOUND(2, 1) " {note=x=\"\"y\"\"}\n" FOUND(3, 2) " {note=C:\\}\n-4 a quote in the wrong place\n" },
	{ "quotes in the wrong place", "scan_rdp.csv",
	  HEAD SEEN ",192.0.2.1,1,x\"y\n" SEEN ",192.0.2.1,1,\"x\"y\n" GOOD(2),
	  "-2 a quote in the wrong place\n-3 a quote in the wrong place\n" FOUND(4, 2) "\n" },
	{ "no UTF-8", "scan_rdp.csv", HEAD SEEN ",192.0.2.1,1,caf\xe9\n" GOOD(2),
	  "-2 is not valid UTF-8; convert the file first (iconv -t UTF-8)\n" FOUND(3, 2) "\n" },
	{ "no UTF-8 within quotes", "scan_rdp.csv", HEAD SEEN ",192.0.2.1,1,\"a\ncaf\xe9\"\n" GOOD(2),
	  "-2 a quote is not closed\n-3 is not valid UTF-8; convert the file first (iconv -t UTF-8)\n" FOUND(4, 2)
	  "\n" },
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
			buf_printf(&text, SEEN ",192.0.2.1,%d,%s\n", i, i == 5 ? "\"open" : tail[t]);
		assert_int_equal(read_bytes(&out, &count, &o, text.s, text.len, &e), 0);
		assert_int_equal(count.read, 1000);
		assert_int_equal(count.refused, 1);
		assert_non_null(strstr(out.s, "\n-5 a quote is not closed\n+6 "));
		buf_clear(&text);
		buf_clear(&out);
	}
}

static void add_times(struct buf *b, const char *s, size_t n)
{
	while (n-- > 0)
		buf_addstr(b, s);
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
	assert_int_equal(strlen(last), strlen("+6 scan_rdp open-rdp high 192.0.2.4 i=scan_rdp {asn=1} {note=}\n") + 1024);
	*last = '\0';
	assert_string_equal(out.s, "-2 longer than 1 MiB\n" FOUND(3, 2) "\n-4 a quote is not closed\n"
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
	assert_non_null(strstr(out.s, "+40000 scan_rdp open-rdp high 192.0.2.1 i=scan_rdp {asn=19999} "
	                              "{note=158372081 and more}\n"));
	buf_clear(&text);
	buf_clear(&out);
}

/* ---- IntelMQ */

#define EVENT(n) "{\"time.source\":\"2026-11-20T05:55:00+00:00\",\"source.ip\":\"192.0.2." #n "\"}"
#define EVENT_FOUND(line, n) "+" #line " intelmq generic medium 192.0.2." #n " i=intelmq\n"

static const struct feed_case json_cases[] = {
	{ "one object with all of it", "-",
	  "{\"__type\":\"Event\",\"feed.provider\":\"Example\",\"time.source\":\"2026-11-20T06:55:00+01:00\","
	  "\"source.ip\":\"192.0.2.17\",\"source.port\":3389,\"source.asn\":64496,\"source.fqdn\":\"B\xc3\xa4""ckerei.nl\","
	  "\"source.reverse_dns\":\"vpn.example.nl\",\"protocol.application\":\"RDP\",\"protocol.transport\":\"tcp\","
	  "\"classification.type\":\"vulnerable-system\",\"classification.identifier\":\"open-rdp\","
	  "\"product.vulnerabilities\":[\"CVE-2019-0708\",\"cve-2019-0709\"],\"product.vendor\":\"Acme\","
	  "\"product.name\":\"Desk\",\"product.version\":\"1\",\"tlp\":\"TLP:WHITE\",\"destination.port\":1,"
	  "\"extra.severity\":\"low\",\"extra.tag\":\"rdp\",\"raw\":\"eA==\"}",
	  "+1 intelmq open-rdp low 192.0.2.17 :3389 /tcp app=rdp d=xn--bckerei-5wa.nl h=vpn.example.nl i=open-rdp"
	  " cve=CVE-2019-0708 CVE-2019-0709 p=Acme Desk 1 tlp=clear {source.asn=64496}"
	  " {classification.type=vulnerable-system} {destination.port=1} {tag=rdp}\n" },
	{ "extra nested, with lists, numbers and words", "-",
	  "{\"time.source\":\"2026-11-20\",\"source.url\":\"https://www.example.nl/\",\"extra\":{\"tag\":\"x;webshell\","
	  "\"a\":{\"b\":[1,\"two\",null,true,{\"c\":2.5}],\"n\":null,\"f\":false,\"i\":-7}}}",
	  "+1 intelmq compromised-system! critical u=https://www.example.nl/ i=x;webshell"
	  " {a.b=1,two,,true,{\"c\":2.5}} {a.f=false} {a.i=-7}\n" },
	{ "extra as text", "-",
	  "{\"time.source\":\"2026-11-20\",\"source.account\":\"jan@example.nl\",\"extra\":\"{\\\"severity\\\":\\\"info\\\","
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
	{ "array over many lines", "-", " [\n" EVENT(1) ",\n  " EVENT(2) "\n]\n", EVENT_FOUND(2, 1) EVENT_FOUND(3, 2) },
	{ "empty array", "-", "[]\n", "" },
	{ "array with other things in it", "-", "[" EVENT(1) ", 7, \"x\",\nnull, " EVENT(2) ",[" EVENT(3) "]]",
	  EVENT_FOUND(1, 1) "-1 not an object\n-1 not an object\n-2 not an object\n" EVENT_FOUND(2, 2)
	  "-2 not an object\n" EVENT_FOUND(2, 3) "-2 not an object\n" },
	{ "array cut off between objects", "-", "[" EVENT(1) ",\n",
	  EVENT_FOUND(1, 1) "-1 the array is not closed: the file may be cut off\n" },
	{ "array cut off within an object", "-", "[" EVENT(1) ",\n{\"a\":\"b",
	  EVENT_FOUND(1, 1) "-2 not one whole JSON object; the file may be cut off\n"
	  "-2 the array is not closed: the file may be cut off\n" },
	{ "array with a string that does not end", "-", "[" EVENT(1) ",\n{\"a\":\"b},\n" EVENT(2) "]",
	  EVENT_FOUND(1, 1) "-2 not one whole JSON object, or nested too deep\n" EVENT_FOUND(3, 2) },
	{ "lines", "-", EVENT(1) "\r\n\n" EVENT(2) "\n", EVENT_FOUND(1, 1) EVENT_FOUND(3, 2) },
	{ "lines, one broken in the middle", "-", EVENT(1) "\n{\"a\":\"b\n" EVENT(2) "\n" EVENT(3) EVENT(3) "\nx\n" EVENT(4),
	  EVENT_FOUND(1, 1) "-2 not one whole JSON object, or nested too deep\n" EVENT_FOUND(3, 2)
	  "-4 not one whole JSON object, or nested too deep\n-5 not one whole JSON object, or nested too deep\n"
	  EVENT_FOUND(6, 4) },
	{ "lines, the first broken", "-", "{\"a\":\n" EVENT(2) "\n",
	  "-1 not one whole JSON object, or nested too deep\n" EVENT_FOUND(2, 2) },
	{ "one object over many lines, braces in strings", "-",
	  "\xef\xbb\xbf{\n  \"time.source\": \"2026-11-20\",\n  \"x\": \"}{\\\"\",\n  \"source.ip\": \"192.0.2.1\"\n}\n",
	  "+1 intelmq generic medium 192.0.2.1 i=intelmq {x=}{\"}\n" },
	{ "no JSON inside the braces", "-", "{a}\n{\"a\":1,\"a\":2}\n{\"a\":\"\\u0000\"}\n",
	  "-1 no valid JSON: string or '}' expected near 'a'\n-2 no valid JSON: duplicate object key near '\"a\"'\n"
	  "-3 no valid JSON: \\u0000 is not allowed without JSON_ALLOW_NUL near '\"\\u0000\"'\n" },
	{ "no UTF-8", "-", "{\"a\":\"caf\xe9\"}\n", "-1 is not valid UTF-8; convert the file first (iconv -t UTF-8)\n" },
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

		buf_printf(&text, "%s%s%s\n{\"x\":\"", opening[i], EVENT(1), *opening[i] ? "," : "");
		add_times(&text, "0123456789abcdef", 1 << 17);
		buf_printf(&text, "\"}%s\n%s%s", *opening[i] ? "," : "", EVENT(2), *opening[i] ? "]" : "");
		assert_int_equal(read_bytes(&out, &count, &o, text.s, text.len, &e), 0);
		assert_string_equal(out.s, EVENT_FOUND(1, 1) "-2 longer than 1 MiB\n" EVENT_FOUND(3, 2));
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

/* ---- free CSV */

static struct intake_column list_columns[] = {
	{ "Gezien op", "seen_at" }, { "Adres", "ip" }, { "Poort", "port" }, { "Site", "domain" },
	{ "Tweede site", "domain" }, { "Mail", "account" }, { "Kenmerk", "tag" }, { "Label", "tlp" },
	{ "Ernst", "severity" }, { "Product", "product" }, { "Geheim", "ignore" },
};

static const struct intake_mapping list = { "lijst", "Example", ';', list_columns, ARRAY_SIZE(list_columns),
	                                    "vulnerable-service" };

#define LIST_HEAD "Poort;\"adres\";Gezien op;SITE;Tweede site;Mail;Kenmerk;Label;Ernst;Product;Geheim;Rest\n"

static const struct feed_case mapping_cases[] = {
	{ "renamed columns, semicolons", "lijst.csv",
	  LIST_HEAD "443;192.0.2.1;2026-11-20 05:55;www.example.nl;;;rdp;Amber+Strict;LOW;Acme, X;pw;\"a;b\"\n",
	  "+2 lijst open-rdp low 192.0.2.1 :443 d=www.example.nl i=rdp p=Acme, X tlp=amber+strict {Rest=a;b}\n" },
	{ "two columns for one field", "lijst.csv",
	  LIST_HEAD ";;2026-11-20;;https://b\xc3\xa4""ckerei.example/;;;;;;;\n;;2026-11-20;a.example;b.example;;;;;;;\n",
	  "+2 lijst vulnerable-service medium d=xn--bckerei-5wa.example i=lijst\n"
	  "+3 lijst vulnerable-service medium d=a.example i=lijst {Tweede site=b.example}\n" },
	{ "an account that is no address is still one", "lijst.csv", LIST_HEAD ";;2026-11-20;;;jan;;;;;;\n",
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
	const struct { const char *file_name, *text; enum intake_format format; int64_t want; } cases[] = {
		{ "scan_rdp.csv", "timestamp,ip\n2026-11-22 05:55:00,192.0.2.1\n", INTAKE_SHADOWSERVER, now },
		{ "-", "{\"time.source\":\"2026-11-22T04:55:00-01:00\",\"source.ip\":\"192.0.2.1\"}", INTAKE_INTELMQ,
		  now },
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
		o.mapping = &no_time;
		assert_int_equal(intake_read(&count, fd, &o, &sink, &e), 0);
		assert_int_equal(count.found, 1);
		close(fd);
	}
}

/* ---- whole feeds that cannot be read */

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
		{ "x.csv", "ip,date\n192.0.2.1,2026-11-20\n", "describe its columns in a mapping", INTAKE_AUTO, NULL,
		  ERR_INPUT },
		{ "x.csv", "ip,date\n", "no column \"timestamp\"", INTAKE_SHADOWSERVER, NULL, ERR_INPUT },
		{ "x.csv", "timestamp,\"ip\n", "the header (line 1): a quote is not closed", INTAKE_SHADOWSERVER, NULL,
		  ERR_INPUT },
		{ "x.csv", "timestamp,\xe9\n", "UTF-8", INTAKE_SHADOWSERVER, NULL, ERR_INPUT },
		{ "x.gz", "\x1f\x8b\x08", "compressed", INTAKE_AUTO, NULL, ERR_INPUT },
		{ "x.csv", "\xff\xfet", "UTF-16", INTAKE_AUTO, NULL, ERR_INPUT },
		{ "x.csv", "ip\n", "a mapping of its columns is needed", INTAKE_CSV, NULL, ERR_CONF },
		{ "x.csv", "ip\n", "there is no field \"address\"", INTAKE_CSV, &wrong, ERR_CONF },
		{ "x.csv", "Adres;Poort\n192.0.2.1;1\n", "no column \"Gezien op\"", INTAKE_CSV, &list, ERR_INPUT },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct intake_options o = options(state, cases[i].format);
		struct buf out = BUF_INIT;
		struct intake_count count;
		struct err e = ERR_INIT;

		o.file_name = cases[i].file_name;
		o.mapping = cases[i].mapping;
		assert_int_equal(read_bytes(&out, &count, &o, cases[i].text, strlen(cases[i].text), &e), cases[i].code);
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

static int fail_refused(void *arg, uint64_t line, const char *raw, size_t n, const char *reason, struct err *e)
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

/* ---- rules */

static void rules_parse_and_fit(void **state)
{
	static const char text[] = "# comment\n\nscan*_x\t*\t*Shell*\tcompromised-system\tyes\tcritical\n"
	                           "scan*_x\tid\t\t*\tgeneric\tno\tlow\r\n*\ta*b*c\t*\topen-rdp\tno\tinfo";
	static const struct { const char *type, *identifier, *tag, *want; } cases[] = {
		{ "scan_x", "q", "webshell", "compromised-system" },
		{ "scan6_x", "q", "shell", "compromised-system" },
		{ "scan6_x", "id", "other", "generic" },
		{ "scan6_x", "id", NULL, "generic" },
		{ "scan6_xy", "id", NULL, NULL },
		{ "any", "abc", NULL, "open-rdp" },
		{ "any", "a--bb--cc", NULL, "open-rdp" },
		{ "any", "abcd", NULL, NULL },
		{ "any", "", NULL, NULL },
	};
	struct arena a = ARENA_INIT;
	struct advice_rules rules;
	struct err e = ERR_INIT;

	UNUSED(state);
	assert_int_equal(advice_rules_parse(&rules, &a, text, sizeof(text) - 1, "t", &e), 0);
	assert_int_equal(rules.n, 3);
	assert_true(rules.rule[0].compromised);
	assert_int_equal(rules.rule[1].severity, SEVERITY_LOW);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct advice_rule *r = advice_rules_find(&rules, cases[i].type, cases[i].identifier,
		                                                &cases[i].tag, cases[i].tag != NULL);

		assert_string_equal(r ? r->advice : "none", cases[i].want ? cases[i].want : "none");
	}
	arena_clear(&a);
}

static void wrong_rules_name_their_line(void **state)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "*\t*\t*\tgeneric\tno\n", "t:1: 5 columns" },
		{ "#\n*\t*\t*\tgeneric\tno\tlow\tx\n", "t:2: more than six" },
		{ "* * * generic no low\n", "t:1: 1 columns" },
		{ "*\t*\t*\tge/neric\tno\tlow\n", "no kind of advice" },
		{ "*\t*\t*\tgeneric\tmaybe\tlow\n", "write yes or no" },
		{ "*\t*\t*\tgeneric\tno\tawful\n", "severity is \"awful\"" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = ARENA_INIT;
		struct advice_rules rules;
		struct err e = ERR_INIT;

		assert_int_equal(advice_rules_parse(&rules, &a, cases[i].text, strlen(cases[i].text), "t", &e),
		                 ERR_INPUT);
		if (strstr(e.text, cases[i].want) == NULL)
			fail_msg("\"%s\" lacks \"%s\"", e.text, cases[i].want);
		arena_clear(&a);
	}
}

/* The templates there are; a rule naming another would find no text. */
static bool known_advice(const char *s)
{
	static const char *const kinds[] = {
		"open-rdp", "open-smb", "open-database", "open-reflector", "vulnerable-exchange", "vulnerable-edge",
		"exposed-device", "compromised-website", "compromised-system", "malware-infection", "leaked-account",
		"phishing-page", "exposed-service", "vulnerable-service", "generic",
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(s, kinds[i]) == 0)
			return true;
	return false;
}

static void shipped_rules_say_what_they_should(void **state)
{
	const struct advice_rules *rules = &((struct shipped *)*state)->rules;
	static const struct { const char *type, *identifier, *tag, *want; bool compromised; } cases[] = {
		{ "scan_rdp", "rdp", "rdp", "open-rdp", false },
		{ "scan6_rdpeudp", "", "", "open-rdp", false },
		{ "scan_smb", "smb", "smb", "open-smb", false },
		{ "scan_mongodb", "", "", "open-database", false },
		{ "scan_db2", "db2", "db2", "open-database", false },
		{ "scan_ldap_udp", "", "", "open-reflector", false },
		{ "scan_ldap_tcp", "", "", "exposed-service", false },
		{ "scan_dns", "", "", "open-reflector", false },
		{ "scan_mdns", "", "", "open-reflector", false },
		{ "scan_memcached", "", "", "open-reflector", false },
		{ "scan_exchange", "", "exchange", "vulnerable-exchange", false },
		{ "scan_http_vulnerable", "", "fortinet-vpn", "vulnerable-edge", false },
		{ "scan_http_vulnerable", "", "cisco-implant", "compromised-system", true },
		{ "scan_http", "", "", "exposed-service", false },
		{ "scan_smtp_vulnerable", "", "21nails", "vulnerable-service", false },
		{ "scan_ipmi", "", "", "exposed-device", false },
		{ "scan_synfulknock", "", "", "compromised-system", true },
		{ "compromised_website6", "", "stealrat", "compromised-website", true },
		{ "compromised_website", "", "phishing", "phishing-page", true },
		{ "compromised_iot", "", "", "compromised-system", true },
		{ "event4_microsoft_sinkhole_http", "", "", "malware-infection", true },
		{ "event6_sinkhole", "", "", "malware-infection", true },
		{ "event4_honeypot_brute_force", "", "", "malware-infection", true },
		{ "event4_honeypot_ddos_target", "", "", "generic", false },
		{ "intelmq", "open-elasticsearch", "", "open-database", false },
		{ "intelmq", "accessible-vnc", "vulnerable-system", "exposed-service", false },
		{ "intelmq", "dns-open-resolver", "", "open-reflector", false },
		{ "intelmq", "zeus", "infected-system", "malware-infection", true },
		{ "intelmq", "x", "phishing", "phishing-page", true },
		{ "intelmq", "x", "undetermined", "none", false },
		{ "special", "", "cve-2025-1", "vulnerable-service", false },
	};

	for (size_t i = 0; i < rules->n; i++)
		if (!known_advice(rules->rule[i].advice))
			fail_msg("rule %zu: no such kind: %s", i, rules->rule[i].advice);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct advice_rule *r = advice_rules_find(rules, cases[i].type, cases[i].identifier, &cases[i].tag,
		                                                1);

		if (strcmp(r ? r->advice : "none", cases[i].want) != 0 || (r && r->compromised != cases[i].compromised))
			fail_msg("%s %s %s: %s", cases[i].type, cases[i].identifier, cases[i].tag,
			         r ? r->advice : "none");
	}
}

/* ---- reports of others, read in place where they are */

static bool generic_on_purpose(const char *type)
{
	return strncmp(type, "sandbox_", 8) == 0 || strcmp(type, "event4_honeypot_ddos_target") == 0;
}

static int sample_finding(void *arg, const struct finding *f, uint64_t line, struct err *e)
{
	UNUSED(e);
	if (!f->has_ip)
		fail_msg("%s:%" PRIu64 ": no address", (const char *)arg, line);
	if ((strcmp(f->advice, "generic") == 0) != generic_on_purpose(f->source_type))
		fail_msg("%s:%" PRIu64 ": advice %s for %s", (const char *)arg, line, f->advice, f->identifier);
	if (strncmp(f->source_type, "event", 5) == 0 && !generic_on_purpose(f->source_type) && f->port > 1024)
		fail_msg("%s:%" PRIu64 ": a client port", (const char *)arg, line);
	return 0;
}

static int sample_refused(void *arg, uint64_t line, const char *raw, size_t n, const char *reason, struct err *e)
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
		o.format = strcmp(entry->d_name, "sandbox_url.csv") == 0 ? INTAKE_SHADOWSERVER : INTAKE_AUTO;
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
		cmocka_unit_test(damaged_tables),
		cmocka_unit_test(nul_bytes_are_refused),
		cmocka_unit_test(unclosed_quote_loses_one_row_of_a_thousand),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(columns_are_limited),
		cmocka_unit_test(long_feeds_are_read_to_their_end),
		cmocka_unit_test(intelmq_events),
		cmocka_unit_test(json_limits_hold),
		cmocka_unit_test(long_arrays_are_read_to_their_end),
		cmocka_unit_test(mapped_tables),
		cmocka_unit_test(time_and_feed),
		cmocka_unit_test(feeds_nobody_can_read),
		cmocka_unit_test(unreadable_file_is_an_io_error),
		cmocka_unit_test(error_of_the_sink_stops_the_reading),
		cmocka_unit_test(rules_parse_and_fit),
		cmocka_unit_test(wrong_rules_name_their_line),
		cmocka_unit_test(shipped_rules_say_what_they_should),
		cmocka_unit_test(reports_of_others_are_read),
	};

	return cmocka_run_group_tests(tests, read_rules, drop_rules);
}
