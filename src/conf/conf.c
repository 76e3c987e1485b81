/*
 * conf: the configuration file; with conf_item.c the only one that knows <libconfig.h>.
 *
 * Input: written by the administrator; mistakes are the rule.  Every group has a table of its
 * names: a name that is in no table is an error, because a misspelt setting that is silently
 * ignored costs a night.
 * Numbers are small ints or strings with units; conf_scan() finds those that libconfig would cut.
 */
#include "base.h"

#include <libconfig.h>
#include <libgen.h>

#include "alloc.h"
#include "buf.h"
#include "conf.h"
#include "conf_item.h"
#include "conf_scan.h"
#include "fdio.h"
#include "finding.h"
#include "mailaddr.h"
#include "num.h"
#include "register.h"
#include "span.h"
#include "token.h"
#include "word.h"

enum { CONF_MAX = 1 << 20 };

#define AT(type, member) offsetof(struct type, member)

static const struct conf_item gateway_items[] = {
	{ .name = "name", .type = ITEM_TEXT, .offset = AT(conf_gateway, name), .required = true },
	{ .name = "organisation", .type = ITEM_TEXT, .offset = AT(conf_gateway, organisation),
	  .required = true },
	{ .name = "from", .type = ITEM_MAIL, .offset = AT(conf_gateway, from), .required = true },
	{ .name = "reply_address", .type = ITEM_MAIL_TAGGED,
	  .offset = AT(conf_gateway, reply_address), .required = true },
	{ .name = "bounce_address", .type = ITEM_MAIL_TAGGED,
	  .offset = AT(conf_gateway, bounce_address), .required = true },
	{ .name = "phone", .type = ITEM_TEXT, .offset = AT(conf_gateway, phone), .required = true },
	{ .name = "website", .type = ITEM_TEXT, .offset = AT(conf_gateway, website),
	  .required = true },
	{ .name = "node", .type = ITEM_INT, .offset = AT(conf_gateway, node), .min = 1,
	  .max = 4095 },
};

static const struct conf_item sign_items[] = {
	{ .name = "home", .type = ITEM_PATH, .offset = AT(conf_sign, home), .required = true },
	{ .name = "fingerprint", .type = ITEM_TEXT, .offset = AT(conf_sign, fingerprint),
	  .required = true },
	{ .name = "passphrase_file", .type = ITEM_PATH, .offset = AT(conf_sign, passphrase_file) },
	{ .name = "processes", .type = ITEM_INT, .offset = AT(conf_sign, processes), .min = 1,
	  .max = 16 },
	{ .name = "per_minute", .type = ITEM_INT, .offset = AT(conf_sign, per_minute),
	  .max = 10000000 },
};

static const struct conf_item deliver_items[] = {
	{ .name = "give_up", .type = ITEM_DURATION, .offset = AT(conf_deliver, give_up), .min = 60,
	  .max = 30 * 86400 },
	{ .name = "unknown", .type = ITEM_SKIP },
	{ .name = "retry", .type = ITEM_SKIP },
	{ .name = "in_flight", .type = ITEM_INT, .offset = AT(conf_deliver, in_flight), .min = 1,
	  .max = 1000 },
	{ .name = "lease", .type = ITEM_DURATION, .offset = AT(conf_deliver, lease), .min = 60,
	  .max = 86400 },
	{ .name = "breaker_failures", .type = ITEM_INT,
	  .offset = AT(conf_deliver, breaker_failures), .min = 1,
	  .max = 1000 },
	{ .name = "breaker_share", .type = ITEM_INT, .offset = AT(conf_deliver, breaker_share),
	  .max = 100 },
	{ .name = "breaker_window", .type = ITEM_INT, .offset = AT(conf_deliver, breaker_window),
	  .min = 4, .max = 64 },
	{ .name = "breaker_pause", .type = ITEM_DURATION, .offset = AT(conf_deliver, breaker_pause),
	  .min = 1,
	  .max = 86400 },
	{ .name = "breaker_pause_most", .type = ITEM_DURATION,
	  .offset = AT(conf_deliver, breaker_pause_most),
	  .min = 1, .max = 86400 },
};

static const struct conf_item token_items[] = {
	{ .name = "number", .type = ITEM_INT, .offset = AT(conf_token_key, number),
	  .required = true, .max = 31 },
	{ .name = "file", .type = ITEM_PATH, .offset = AT(conf_token_key, file), .required = true },
};

static const struct conf_item route_items[] = {
	{ .name = "name", .type = ITEM_TEXT, .offset = AT(conf_route, name), .required = true },
	{ .name = "host", .type = ITEM_TEXT, .offset = AT(conf_route, host), .required = true },
	{ .name = "port", .type = ITEM_INT, .offset = AT(conf_route, port), .min = 1,
	  .max = 65535 },
	{ .name = "tls", .type = ITEM_WORD, .offset = AT(conf_route, tls),
	  .words = "|none|opportunistic|required|" },
	{ .name = "tls_name", .type = ITEM_TEXT, .offset = AT(conf_route, tls_name) },
	{ .name = "ca_file", .type = ITEM_PATH, .offset = AT(conf_route, ca_file) },
	{ .name = "user", .type = ITEM_TEXT, .offset = AT(conf_route, user) },
	{ .name = "password_file", .type = ITEM_PATH, .offset = AT(conf_route, password_file) },
	{ .name = "auth_in_clear", .type = ITEM_BOOL, .offset = AT(conf_route, auth_in_clear) },
	{ .name = "helo", .type = ITEM_TEXT, .offset = AT(conf_route, helo) },
	{ .name = "dsn", .type = ITEM_BOOL, .offset = AT(conf_route, dsn) },
	{ .name = "connections", .type = ITEM_INT, .offset = AT(conf_route, connections), .min = 1,
	  .max = 64 },
	{ .name = "mails_per_session", .type = ITEM_INT,
	  .offset = AT(conf_route, mails_per_session), .min = 1,
	  .max = 10000 },
	{ .name = "timeout", .type = ITEM_SECONDS, .offset = AT(conf_route, timeout), .min = 1,
	  .max = 1800 },
	{ .name = "rate", .type = ITEM_INT, .offset = AT(conf_route, rate), .max = 1000000 },
	{ .name = "backup", .type = ITEM_BOOL, .offset = AT(conf_route, backup) },
};

static const struct conf_item inbox_items[] = {
	{ .name = "name", .type = ITEM_TEXT, .offset = AT(conf_inbox, name), .required = true },
	{ .name = "kind", .type = ITEM_WORD, .offset = AT(conf_inbox, kind),
	  .words = "|imap|pop3|maildir|",
	  .required = true },
	{ .name = "path", .type = ITEM_PATH, .offset = AT(conf_inbox, path) },
	{ .name = "host", .type = ITEM_TEXT, .offset = AT(conf_inbox, host) },
	{ .name = "port", .type = ITEM_INT, .offset = AT(conf_inbox, port), .min = 1,
	  .max = 65535 },
	{ .name = "tls", .type = ITEM_WORD, .offset = AT(conf_inbox, tls),
	  .words = "|none|starttls|implicit|" },
	{ .name = "tls_name", .type = ITEM_TEXT, .offset = AT(conf_inbox, tls_name) },
	{ .name = "ca_file", .type = ITEM_PATH, .offset = AT(conf_inbox, ca_file) },
	{ .name = "user", .type = ITEM_TEXT, .offset = AT(conf_inbox, user) },
	{ .name = "password_file", .type = ITEM_PATH, .offset = AT(conf_inbox, password_file) },
	{ .name = "login_in_clear", .type = ITEM_BOOL, .offset = AT(conf_inbox, login_in_clear) },
	{ .name = "pop3_delete", .type = ITEM_BOOL, .offset = AT(conf_inbox, pop3_delete) },
	{ .name = "folder", .type = ITEM_TEXT, .offset = AT(conf_inbox, folder) },
	{ .name = "done_folder", .type = ITEM_TEXT, .offset = AT(conf_inbox, done_folder) },
	{ .name = "unclear_folder", .type = ITEM_TEXT, .offset = AT(conf_inbox, unclear_folder) },
	{ .name = "timeout", .type = ITEM_SECONDS, .offset = AT(conf_inbox, timeout), .min = 1,
	  .max = 1800 },
	{ .name = "max_size", .type = ITEM_SIZE, .offset = AT(conf_inbox, max_size), .min = 4096,
	  .max = 64 << 20 },
	{ .name = "every", .type = ITEM_DURATION, .offset = AT(conf_inbox, every), .min = 1,
	  .max = 86400 },
};

static const struct conf_item mapping_items[] = {
	{ .name = "name", .type = ITEM_TEXT, .offset = AT(conf_mapping, name), .required = true },
	{ .name = "feed", .type = ITEM_TEXT, .offset = AT(conf_mapping, feed) },
	{ .name = "advice", .type = ITEM_TEXT, .offset = AT(conf_mapping, advice) },
	{ .name = "delimiter", .type = ITEM_CHAR, .offset = AT(conf_mapping, delimiter) },
	{ .name = "columns", .type = ITEM_SKIP, .required = true },
};

static const struct conf_item root_items[] = {
	{ .name = "store", .type = ITEM_PATH, .offset = AT(conf, store), .required = true },
	{ .name = "templates", .type = ITEM_PATH, .offset = AT(conf, templates), .required = true },
	{ .name = "advice", .type = ITEM_PATH, .offset = AT(conf, advice), .required = true },
	{ .name = "deadline_days", .type = ITEM_INT, .offset = AT(conf, deadline_days), .min = 1,
	  .max = 365 },
	{ .name = "quiet_days", .type = ITEM_INT, .offset = AT(conf, quiet_days), .min = 0,
	  .max = 60 },
	{ .name = "proof", .type = ITEM_DURATION, .offset = AT(conf, proof), .min = 60,
	  .max = 365 * 86400 },
	{ .name = "gateway", .type = ITEM_SKIP, .required = true },
	{ .name = "sign", .type = ITEM_SKIP, .required = true },
	{ .name = "deliver", .type = ITEM_SKIP },
	{ .name = "token_lifetime", .type = ITEM_DURATION, .offset = AT(conf, token_lifetime),
	  .min = 86400,
	  .max = INT64_C(3650) * 86400 },
	{ .name = "token_keys", .type = ITEM_SKIP, .required = true },
	{ .name = "routes", .type = ITEM_SKIP },
	{ .name = "inboxes", .type = ITEM_SKIP },
	{ .name = "mappings", .type = ITEM_SKIP },
};

static void *zero_list(struct arena *a, size_t count, size_t size)
{
	return arena_alloc(a, count ? count * size : 1);
}

static int read_token_keys(const struct conf_reader *r, const config_setting_t *root,
                           struct conf *c)
{
	const config_setting_t *list;
	int rc = conf_list_open(r, root, "token_keys", &list, &c->n_token_keys);

	if (rc == 0 && (c->n_token_keys == 0 || c->n_token_keys > TOKEN_KEYS))
		rc = conf_complain(r, list, "must name 1 to 4 keys");
	c->token_keys = zero_list(r->a, c->n_token_keys, sizeof(*c->token_keys));
	for (size_t i = 0; rc == 0 && i < c->n_token_keys; i++)
		rc = conf_group_read(r, config_setting_get_elem(list, (unsigned)i), token_items,
		                     ARRAY_SIZE(token_items), &c->token_keys[i]);
	return rc < 0 ? rc : conf_list_unique(r, list, c->n_token_keys, "number");
}

static int read_routes(const struct conf_reader *r, const config_setting_t *root, struct conf *c)
{
	const config_setting_t *list;
	int rc = conf_list_open(r, root, "routes", &list, &c->n_routes);

	c->routes = zero_list(r->a, c->n_routes, sizeof(*c->routes));
	for (size_t i = 0; rc == 0 && i < c->n_routes; i++) {
		c->routes[i] = (struct conf_route){
			.port = 587, .tls = "required", .tls_name = "", .ca_file = "", .user = "",
			.password_file = "",
			.helo = "", .dsn = true, .connections = 2, .mails_per_session = 500,
			.timeout = 120,
		};
		rc = conf_group_read(r, config_setting_get_elem(list, (unsigned)i), route_items,
		                     ARRAY_SIZE(route_items), &c->routes[i]);
		/* a server may refuse a session without a name, and the machine's own is often
		 * none */
		if (rc == 0 && *c->routes[i].helo == '\0')
			c->routes[i].helo = mailaddr_domain(c->gateway.from);
	}
	return rc < 0 ? rc : conf_list_unique(r, list, c->n_routes, "name");
}

static int check_inbox(const struct conf_reader *r, const config_setting_t *s,
                       const struct conf_inbox *in)
{
	if (in->pop3_delete && strcmp(in->kind, "pop3") != 0)
		return conf_complain(r, s,
		                     "'pop3_delete' is for POP3; elsewhere nothing is deleted");
	if (strcmp(in->kind, "maildir") == 0)
		return *in->path ? 0 : conf_complain(r, s, "a maildir needs 'path'");
	if (*in->host == '\0' || *in->user == '\0' || *in->password_file == '\0')
		return conf_complain(r, s, "'host', 'user' and 'password_file' are needed");
	return 0;
}

static int default_port(const struct conf_inbox *in)
{
	bool implicit = strcmp(in->tls, "implicit") == 0;

	if (strcmp(in->kind, "pop3") == 0)
		return implicit ? 995 : 110;
	return implicit ? 993 : 143;
}

static int read_inboxes(const struct conf_reader *r, const config_setting_t *root, struct conf *c)
{
	const config_setting_t *list;
	int rc = conf_list_open(r, root, "inboxes", &list, &c->n_inboxes);

	c->inboxes = zero_list(r->a, c->n_inboxes, sizeof(*c->inboxes));
	for (size_t i = 0; rc == 0 && i < c->n_inboxes; i++) {
		const config_setting_t *s = config_setting_get_elem(list, (unsigned)i);
		struct conf_inbox *in = &c->inboxes[i];

		*in = (struct conf_inbox){
			.path = "", .host = "", .tls = "implicit", .tls_name = "", .ca_file = "",
			.user = "",
			.password_file = "", .folder = "INBOX", .done_folder = "",
			.unclear_folder = "", .timeout = 60, .max_size = 1 << 20, .every = 60,
		};
		if ((rc = conf_group_read(r, s, inbox_items, ARRAY_SIZE(inbox_items), in)) == 0)
			rc = check_inbox(r, s, in);
		if (in->port == 0)
			in->port = default_port(in);
	}
	return rc < 0 ? rc : conf_list_unique(r, list, c->n_inboxes, "name");
}

static int read_columns(const struct conf_reader *r, const config_setting_t *group,
                        struct conf_mapping *m)
{
	const config_setting_t *columns = config_setting_get_member(group, "columns");
	int word, rc = 0;

	if (config_setting_type(columns) != CONFIG_TYPE_GROUP)
		return conf_complain(r, columns, "must be a group: { field = \"column\"; ... }");
	m->n_columns = (size_t)config_setting_length(columns);
	m->columns = zero_list(r->a, m->n_columns, sizeof(*m->columns));
	for (size_t i = 0; rc == 0 && i < m->n_columns; i++) {
		const config_setting_t *s = config_setting_get_elem(columns, (unsigned)i);

		m->columns[i].field = arena_strdup(r->a, config_setting_name(s));
		if (word_parse(&word, finding_field_words, m->columns[i].field))
			rc = conf_text(r, s, &m->columns[i].column);
		else
			rc = conf_complain(r, s, "is no field of a finding; see seinpost.conf(5)");
	}
	return rc;
}

static int read_mappings(const struct conf_reader *r, const config_setting_t *root, struct conf *c)
{
	const config_setting_t *list;
	int rc = conf_list_open(r, root, "mappings", &list, &c->n_mappings);

	c->mappings = zero_list(r->a, c->n_mappings, sizeof(*c->mappings));
	for (size_t i = 0; rc == 0 && i < c->n_mappings; i++) {
		const config_setting_t *s = config_setting_get_elem(list, (unsigned)i);

		c->mappings[i] =
			(struct conf_mapping){ .feed = "", .advice = "", .delimiter = ',' };
		if ((rc = conf_group_read(r, s, mapping_items, ARRAY_SIZE(mapping_items),
		                          &c->mappings[i])) == 0)
			rc = read_columns(r, s, &c->mappings[i]);
	}
	return rc < 0 ? rc : conf_list_unique(r, list, c->n_mappings, "name");
}

/* "5m 15m 1h" */
static int read_retry(const struct conf_reader *r, const config_setting_t *s,
                      struct conf_deliver *d)
{
	const char *text = "";
	struct span rest, word;
	int rc = conf_text(r, s, &text);

	if (rc < 0)
		return rc;
	for (rest = span_str(text); !span_empty(rest);) {
		char one[32];

		span_until(&rest, ' ', &word);
		if (span_empty(word))
			continue;
		snprintf(one, sizeof(one), "%.*s", (int)span_len(word), word.p);
		if (d->n_retry == CONF_RETRIES || !duration_parse(&d->retry[d->n_retry], one) ||
		    d->retry[d->n_retry++] < 1)
			return conf_complain(
				r, s, "must be one to eight durations such as \"5m 15m 1h 4h\"");
	}
	return d->n_retry > 0 ? 0 : conf_complain(r, s, "must name one duration at least");
}

static int read_deliver(const struct conf_reader *r, const config_setting_t *root, struct conf *c)
{
	const config_setting_t *group = config_setting_get_member(root, "deliver"), *unknown,
			       *retry;
	const char *policy = "resend";
	int rc;

	if (group == NULL)
		return 0;
	if ((rc = conf_group_read(r, group, deliver_items, ARRAY_SIZE(deliver_items),
	                          &c->deliver)) < 0)
		return rc;
	retry = config_setting_get_member(group, "retry");
	if (retry != NULL && (rc = read_retry(r, retry, &c->deliver)) < 0)
		return rc;
	unknown = config_setting_get_member(group, "unknown");
	if (unknown != NULL && (rc = conf_word(r, unknown, "|resend|hold|", &policy)) < 0)
		return rc;
	c->deliver.hold_unknown = strcmp(policy, "hold") == 0;
	return 0;
}

static int read_sign(const struct conf_reader *r, const config_setting_t *root, struct conf *c)
{
	const config_setting_t *group = config_setting_get_member(root, "sign");
	char fingerprint[65];
	int rc = conf_group_read(r, group, sign_items, ARRAY_SIZE(sign_items), &c->sign);

	if (rc < 0)
		return rc;
	if (!fingerprint_normalise(fingerprint, c->sign.fingerprint))
		return conf_complain(r, config_setting_get_member(group, "fingerprint"),
		                "must be the whole fingerprint, 40 hex digits (gpg --list-keys)");
	c->sign.fingerprint = arena_strdup(r->a, fingerprint);
	return 0;
}

static int read_root(const struct conf_reader *r, const config_setting_t *root, struct conf *c)
{
	int rc;

	if ((rc = conf_group_read(r, root, root_items, ARRAY_SIZE(root_items), c)) < 0 ||
	    (rc = conf_group_read(r, config_setting_get_member(root, "gateway"), gateway_items,
	                          ARRAY_SIZE(gateway_items), &c->gateway)) < 0 ||
	    (rc = read_sign(r, root, c)) < 0 || (rc = read_deliver(r, root, c)) < 0 ||
	    (rc = read_token_keys(r, root, c)) < 0 || (rc = read_routes(r, root, c)) < 0 ||
	    (rc = read_inboxes(r, root, c)) < 0)
		return rc;
	return read_mappings(r, root, c);
}

static void set_defaults(struct conf *c)
{
	c->gateway.node = 1;
	c->sign.passphrase_file = "";
	c->sign.processes = 2;
	c->sign.per_minute = 200000; /* a year's warnings at once, 140,000 in 70 seconds, fit in */
	c->deadline_days = 14;
	c->quiet_days = 14;
	c->proof = 5 * 86400;
	c->token_lifetime = 180 * 86400;
	c->deliver = (struct conf_deliver){
		.in_flight = 64, .lease = 900, .breaker_failures = 3, .breaker_share = 50,
		.breaker_window = 40, .breaker_pause = 60, .breaker_pause_most = 1800,
	};
}

static void find_folder(struct conf_reader *r, const char *path)
{
	char *copy = xstrdup(path), *full = realpath(dirname(copy), NULL);

	snprintf(r->folder, sizeof(r->folder), "%s", full ? full : ".");
	free(full);
	free(copy);
}

static int read_text(struct buf *text, const char *path, struct err *e)
{
	struct err why = ERR_INIT;
	int rc = file_read(text, path, CONF_MAX, &why);

	return rc < 0 ? err_set(e, rc == ERR_NOTFOUND ? ERR_NOTFOUND : ERR_CONF, "%s", why.text)
	              : 0;
}

int conf_load(struct conf **out, const char *path, struct err *e)
{
	struct conf *c = xcalloc(1, sizeof(*c));
	struct buf text = BUF_INIT;
	struct conf_reader r = { .a = &c->arena, .file = path, .e = e };
	config_t cfg;
	int rc;

	config_init(&cfg);
	set_defaults(c);
	find_folder(&r, path);
	if ((rc = read_text(&text, path, e)) < 0 || (rc = conf_scan(path, text.s, text.len, e)) < 0)
		goto out;
	if (config_read_string(&cfg, text.s) != CONFIG_TRUE)
		rc = err_set(e, ERR_CONF, "%s:%d: %s", path, config_error_line(&cfg),
		             config_error_text(&cfg));
	else
		rc = read_root(&r, config_root_setting(&cfg), c);
	if (rc == 0) {
		c->file = arena_strdup(&c->arena, path);
		*out = c;
		c = NULL;
	}
out:
	config_destroy(&cfg);
	buf_clear(&text);
	conf_free(c);
	return rc;
}

void conf_free(struct conf *c)
{
	if (c == NULL)
		return;
	arena_clear(&c->arena);
	free(c);
}
