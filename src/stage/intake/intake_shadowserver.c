/*
 * intake_shadowserver: the columns of Shadowserver's reports.
 *
 * Invariant: columns go by name, never by place; which of two addresses is the company's depends on
 * the report.
 * Input: a header that passed intake_csv, a file name from the command line (hostile, but
 * harmless).
 */
#include "base.h"
#include "intake_formats.h"
#include "span.h"

struct column {
	const char *name;
	enum field field;
	uint8_t rank;
};

static const struct column all_reports[] = {
	{ "timestamp", FIELD_SEEN_AT, 0 },
	{ "severity", FIELD_SEVERITY, 0 },
	{ "protocol", FIELD_TRANSPORT, 0 },
	{ "application", FIELD_APPLICATION, 0 },
	{ "infection", FIELD_IDENTIFIER, 0 },
	{ "ransomware", FIELD_IDENTIFIER, 1 },
	{ "tag", FIELD_TAG, 0 },
	{ "family", FIELD_FAMILY, 0 },
	{ "device_vendor", FIELD_VENDOR, 0 },
	{ "device_model", FIELD_PRODUCT, 0 },
	{ "device_version", FIELD_VERSION, 0 },
	{ "tlp", FIELD_TLP, 0 },
};

/*
 * scan_*, population_*, compromised_website, device_id, malware_url, special, ...: one address, the
 * company's.
 */
static const struct column scan_reports[] = {
	{ "ip", FIELD_IP, 0 },
	{ "port", FIELD_PORT, 0 },
	{ "hostname", FIELD_HOSTNAME, 0 },
	{ "http_host", FIELD_DOMAIN, 0 },
	{ "host", FIELD_DOMAIN, 1 },
	{ "domain", FIELD_DOMAIN, 2 },
	{ "url", FIELD_URL, 0 },
};

/*
 * event4_*, event6_*: the company's machine calls somebody; src_port is a client port, http_host
 * the far side's.
 */
static const struct column event_reports[] = {
	{ "src_ip", FIELD_IP, 0 },
	{ "src_hostname", FIELD_HOSTNAME, 0 },
};

/* event4_honeypot_ddos_target: the company is the one attacked. */
static const struct column target_reports[] = {
	{ "dst_ip", FIELD_IP, 0 },
	{ "dst_port", FIELD_PORT, 0 },
	{ "dst_hostname", FIELD_HOSTNAME, 0 },
};

/* event4_sinkhole_http_referer: the company's page sent visitors to the sinkhole. */
static const struct column referer_reports[] = {
	{ "http_referer_ip", FIELD_IP, 0 },
	{ "http_referer_port", FIELD_PORT, 0 },
	{ "http_referer_hostname", FIELD_HOSTNAME, 0 },
	{ "http_referer", FIELD_URL, 0 },
};

/* compromised_account, ransomware_victim, sandbox_dns: no address at all. */
static const struct column nameless_reports[] = {
	{ "email", FIELD_ACCOUNT, 0 },
	{ "username", FIELD_ACCOUNT, 1 },
	{ "service", FIELD_LOGIN, 0 },
	{ "website", FIELD_DOMAIN, 0 },
	{ "http_host", FIELD_DOMAIN, 1 },
	{ "domain", FIELD_DOMAIN, 2 },
	{ "request", FIELD_DOMAIN, 3 },
	{ "url", FIELD_URL, 0 },
};

static void set_columns(struct csv_plan *p, const struct column *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		plan_set(p, c[i].name, c[i].field, c[i].rank);
}

static void set_addresses(struct csv_plan *p, const char *type)
{
	if (strcmp(type, "event4_honeypot_ddos_target") == 0 && plan_has(p, "dst_ip"))
		set_columns(p, target_reports, ARRAY_SIZE(target_reports));
	else if (plan_has(p, "ip"))
		set_columns(p, scan_reports, ARRAY_SIZE(scan_reports));
	else if (plan_has(p, "src_ip"))
		set_columns(p, event_reports, ARRAY_SIZE(event_reports));
	else if (plan_has(p, "http_referer_ip"))
		set_columns(p, referer_reports, ARRAY_SIZE(referer_reports));
	else
		set_columns(p, nameless_reports, ARRAY_SIZE(nameless_reports));
}

/* "2026-11-20-" */
static bool takes_date(struct span *s)
{
	static const char form[] = "dddd-dd-dd-";
	struct span date = *s;

	if (!span_take(s, sizeof(form) - 1, &date))
		return false;
	for (size_t i = 0; i < sizeof(form) - 1; i++) {
		if (form[i] == 'd' ? !ascii_digit(date.p[i]) : date.p[i] != form[i]) {
			s->p = date.p;
			return false;
		}
	}
	return true;
}

/* As their reports are called: scan_rdp, scan6_ssl, event4_sinkhole. */
static bool is_report_type(const char *type)
{
	static const char *const families[] = {
		"scan_",       "scan6_",    "population_", "population6_", "event4_",
		"event6_",     "honeypot_", "sandbox_",    "compromised_", "ransomware_",
		"malware_url", "device_id", "device_id6",  "blocklist",    "special",
	};

	for (size_t i = 0; i < ARRAY_SIZE(families); i++) {
		size_t n = strlen(families[i]);

		if (strncmp(type, families[i], n) == 0 &&
		    (families[i][n - 1] == '_' || type[n] == '\0'))
			return true;
	}
	return false;
}

void shadowserver_type(char out[COLUMN_NAME_MAX], const char *file_name, bool *named)
{
	const char *slash = strrchr(file_name, '/');
	struct span rest = span_str(slash ? slash + 1 : file_name), stem, word;
	size_t n;

	*named = takes_date(&rest);
	span_until(&rest, '.', &stem);
	span_until(&stem, '-', &word);
	n = span_len(word);
	for (size_t i = 0; i < n; i++)
		if (!ascii_alnum(word.p[i]) && word.p[i] != '_')
			n = 0;
	if (n == 0 || n >= COLUMN_NAME_MAX) {
		snprintf(out, COLUMN_NAME_MAX, "shadowserver");
		*named = false;
		return;
	}
	for (size_t i = 0; i < n; i++)
		out[i] = ascii_lower(word.p[i]);
	out[n] = '\0';
	*named |= is_report_type(out);
}

bool shadowserver_header(const struct csv_plan *p, bool named)
{
	static const char *const typical[][2] = {
		{ "ip", "asn" },
		{ "src_ip", "src_asn" },
		{ "http_referer_ip", "http_referer_asn" },
		{ "email", "public_source" },
		{ "website", "leak_site_url" },
		{ "md5", "request_type" },
	};

	if (!plan_has(p, "timestamp"))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(typical); i++)
		if (plan_has(p, typical[i][0]) && plan_has(p, typical[i][1]))
			return true;
	return named;
}

int shadowserver_plan(struct csv_plan *p, struct intake_run *run, struct err *e)
{
	char type[COLUMN_NAME_MAX];
	bool named;

	shadowserver_type(type, run->o->file_name, &named);
	if (!plan_has(p, "timestamp"))
		return err_set(e, ERR_INPUT,
		               "%s: no column \"timestamp\", so this is no Shadowserver report; "
		               "for other tables configure a mapping",
		               run->o->file_name);
	run->source_type = arena_strdup(&run->file, type);
	run->feed = "shadowserver";
	set_columns(p, all_reports, ARRAY_SIZE(all_reports));
	set_addresses(p, type);
	return 0;
}
