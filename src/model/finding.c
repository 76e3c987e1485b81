/*
 * finding: identity and words.
 */
#include "base.h"
#include "clock.h"
#include "finding.h"

const char *const severity_words[] = { "info", "low", "medium", "high", "critical", NULL };
const char *const finding_state_words[] = { "new", "matched", "unmatched", "warned", "withdrawn",
	                                    NULL };
const char *const finding_field_words[] = {
	"seen_at",  "ip",  "port",    "transport",  "application", "domain",
	"hostname", "url", "account", "identifier", "tag",         "cve",
	"vendor",   "product", "version", "tlp", "severity", "ignore", NULL,
};

static void add_field(struct buf *out, const char *s)
{
	buf_printf(out, "%zu:%s;", strlen(s), s);
}

void finding_identity(struct buf *out, const struct finding *f, const char *incident_slug)
{
	char ip[IP_TEXT], day[TIME_TEXT], port[16];

	snprintf(port, sizeof(port), "%d", f->port);
	add_field(out, incident_slug);
	add_field(out, f->source_type);
	add_field(out, time_format_date(day, f->seen_at));
	add_field(out, f->has_ip ? ip_format(ip, &f->ip) : "");
	add_field(out, f->domain);
	add_field(out, f->account);
	add_field(out, f->url);
	add_field(out, port);
	add_field(out, f->transport);
	add_field(out, f->identifier);
}

const char *finding_subject(char out[IP_TEXT], const struct finding *f)
{
	if (f->has_ip)
		return ip_format(out, &f->ip);
	if (*f->domain != '\0')
		return f->domain;
	if (*f->account != '\0')
		return f->account;
	return *f->url != '\0' ? f->url : f->hostname;
}
