/*
 * intake_intelmq: the keys of IntelMQ events.
 *
 * Invariant: the company is the source; a port it dialled out from is never shown as its open port.
 * Input: objects that passed intake_json_feed (hostile).
 */
#include "base.h"
#include "intake_clean.h"
#include "intake_formats.h"

static const struct json_key keys[] = {
	{ "time.source", FIELD_SEEN_AT, 0 },
	{ "source.ip", FIELD_IP, 0 },
	{ "source.port", FIELD_PORT, 0 },
	{ "protocol.transport", FIELD_TRANSPORT, 0 },
	{ "protocol.application", FIELD_APPLICATION, 0 },
	{ "source.fqdn", FIELD_DOMAIN, 0 },
	{ "source.reverse_dns", FIELD_HOSTNAME, 0 },
	{ "source.url", FIELD_URL, 0 },
	{ "source.account", FIELD_ACCOUNT, 0 },
	{ "classification.identifier", FIELD_IDENTIFIER, 0 },
	{ "classification.type", FIELD_CLASS, 0 },
	{ "extra.tag", FIELD_TAG, 0 },
	{ "extra.tags", FIELD_TAG, 1 },
	{ "product.vulnerabilities", FIELD_CVE, 0 },
	{ "product.vendor", FIELD_VENDOR, 0 },
	{ "extra.device_vendor", FIELD_VENDOR, 1 },
	{ "product.name", FIELD_PRODUCT, 0 },
	{ "product.full_name", FIELD_PRODUCT, 1 },
	{ "extra.device_model", FIELD_PRODUCT, 2 },
	{ "product.version", FIELD_VERSION, 0 },
	{ "extra.device_version", FIELD_VERSION, 1 },
	{ "tlp", FIELD_TLP, 0 },
	{ "extra.tlp", FIELD_TLP, 1 },
	{ "severity", FIELD_SEVERITY, 0 },
	{ "extra.severity", FIELD_SEVERITY, 1 },
	{ "feed.provider", FIELD_PROVIDER, 0 },
	{ "feed.name", FIELD_FEED, 0 },
	{ "raw", FIELD_IGNORE, 0 },
	{ "__type", FIELD_IGNORE, 0 },
};

/* Events in which the source calls somebody else. */
static bool is_client(const char *type)
{
	static const char *const types[] = {
		"infected-system", "brute-force", "scanner", "ddos", "exploit", "ids-alert",
		"spam", "sniffing",
	};

	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (strcmp(type, types[i]) == 0)
			return true;
	return false;
}

static void hide_client_port(struct intake_run *run)
{
	struct cell *port = NULL, *type = NULL;

	for (size_t i = 0; i < run->n_cells; i++) {
		if (run->cell[i].field == FIELD_PORT)
			port = &run->cell[i];
		if (run->cell[i].field == FIELD_CLASS)
			type = &run->cell[i];
	}
	if (port != NULL && type != NULL &&
	    is_client(clean_lower(&run->arena, type->value, COLUMN_NAME_MAX)))
		port->field = FIELD_EXTRA;
}

static int read_object(struct intake_run *run, const struct json_feed *j, struct err *e)
{
	const char *reason = bytes_check(j->text);

	if (reason == NULL)
		reason = json_row(run, j->text, keys, ARRAY_SIZE(keys));
	if (reason != NULL)
		return row_refuse(run, j->line, j->text, reason, e);
	hide_client_port(run);
	return row_finish(run, j->line, j->text, e);
}

int intelmq_read(struct intake_run *run, struct feed *f, struct err *e)
{
	struct json_feed j;
	int got, rc;

	run->source_type = "intelmq";
	run->feed = "intelmq";
	if ((rc = json_feed_open(&j, f, e)) < 0)
		return rc;
	while (rc == 0 && (got = json_feed_next(&j, e)) != FEED_NO_MORE) {
		if (got < 0)
			rc = got;
		else if (got == FEED_BAD)
			rc = row_refuse(run, j.line, j.text, j.reason, e);
		else
			rc = read_object(run, &j, e);
	}
	return rc;
}
