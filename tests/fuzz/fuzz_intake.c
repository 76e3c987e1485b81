/*
 * fuzz_intake: any bytes as a feed, in every format; each row is found or refused, once.
 *
 * The first byte chooses the format and the file name, the rest is the feed.
 */
#include "base.h"

#include <sys/mman.h>
#include <unistd.h>

#include "alloc.h"
#include "arena.h"
#include "intake.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct seen {
	uint64_t found, refused;
};

static void check_text(const char *s)
{
	size_t n = strlen(s);

	if (utf8_check(s, n) != SIZE_MAX)
		bug("a value is no UTF-8");
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < ' ' || s[i] == 0x7f)
			bug("a value holds a control character");
}

static int on_finding(void *arg, const struct finding *f, uint64_t line, struct err *e)
{
	const char *const text[] = { f->source_type, f->feed,       f->advice,   f->transport,
		                     f->application, f->domain,     f->hostname, f->url,
		                     f->account,     f->identifier, f->cve,      f->product,
		                     f->tlp };

	UNUSED(e);
	for (size_t i = 0; i < ARRAY_SIZE(text); i++)
		check_text(text[i]);
	for (size_t i = 0; i < f->n_extra; i++) {
		check_text(f->extra[i].name);
		check_text(f->extra[i].value);
	}
	if (line == 0 || f->seen_at <= 0 || f->port < 0 || f->port > 65535)
		bug("a finding out of range");
	((struct seen *)arg)->found++;
	return 0;
}

static int on_refused(void *arg, uint64_t line, const char *raw, size_t n, const char *reason,
                      struct err *e)
{
	volatile char last = n > 0 ? raw[n - 1] : '\0';

	UNUSED(e);
	UNUSED(last);
	check_text(reason);
	if (line == 0 || n > 64 * 1024)
		bug("a refusal out of range");
	((struct seen *)arg)->refused++;
	return 0;
}

static struct intake_column columns[] = {
	{ "When", "seen_at" }, { "Address", "ip" }, { "Host", "domain" },
	{ "Mail", "account" }, { "Tags", "tag" },   { "Secret", "ignore" },
};

static const struct intake_mapping mapping = { "list",  "example",           ';',
	                                       columns, ARRAY_SIZE(columns), "" };

static struct advice_rule rule[] = {
	{ "scan*", "*", "*cve-*", "vulnerable-service", false, SEVERITY_HIGH },
	{ "*", "*", "*shell*", "compromised-system", true, SEVERITY_CRITICAL },
};

static void read_bytes(const struct intake_options *o, const uint8_t *data, size_t n)
{
	struct seen seen = { 0, 0 };
	struct intake_sink sink = { on_finding, on_refused, &seen };
	struct intake_count count;
	struct err e = ERR_INIT;
	int fd = memfd_create("feed", MFD_CLOEXEC), rc;

	if (fd < 0 || (n > 0 && write(fd, data, n) != (ssize_t)n) || lseek(fd, 0, SEEK_SET) != 0)
		bug("memfd");
	rc = intake_read(&count, fd, o, &sink, &e);
	close(fd);
	if (count.read != count.found + count.refused || count.found != seen.found ||
	    count.refused != seen.refused)
		bug("the counts do not agree");
	if (rc < 0 && count.read != 0)
		bug("an error after the first row");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const names[] = { "2026-11-20-scan_exchange-nl.csv",
		                             "event4_sinkhole.csv",
		                             "list.csv",
		                             "-",
		                             "compromised_account.csv",
		                             "event4_sinkhole_http_referer.csv" };
	const struct advice_rules rules = { rule, ARRAY_SIZE(rule) };
	struct intake_options o = { .mapping = &mapping, .rules = &rules, .now = 1795326900 };

	if (n == 0)
		return 0;
	o.format = (enum intake_format)(data[0] % 4);
	o.file_name = names[data[0] / 4 % ARRAY_SIZE(names)];
	read_bytes(&o, data + 1, n - 1);
	return 0;
}
