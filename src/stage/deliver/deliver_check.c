/*
 * deliver_check: routes and mails before libesmtp sees them.
 *
 * Invariant: what passes cannot add an SMTP command or parameter, and leaves the library with
 * nothing to add to or take from the mail.  Input: settings of the operator; mails and envelopes of
 * our own making, checked as if they were not.
 */
#include "base.h"
#include "deliver_check.h"
#include "domain.h"
#include "ip.h"
#include "mailaddr.h"
#include "span.h"

enum { PORT_MAX = 65535, PORT_SMTPS = 465, LINE_MAX_OCTETS = 998, TIMEOUT_MAX = 3600 };

static bool is_ipv4(const char *s)
{
	struct ip ip;

	return ip_parse(&ip, s) && ip_is_v4(&ip) && strchr(s, ':') == NULL;
}

static bool is_name(const char *s)
{
	char name[DOMAIN_TEXT];

	return domain_normalise(name, s, strlen(s), 1);
}

static int check_server(const struct deliver_route *r, struct err *e)
{
	struct ip ip;

	if (strchr(r->host, ':') != NULL)
		return err_set(e, ERR_CONF,
		               "host '%s': IPv6 addresses are not possible here; write a name that "
		               "has an AAAA record (/etc/hosts will do)",
		               r->host);
	if (!is_ipv4(r->host) && !is_name(r->host))
		return err_set(e, ERR_CONF, "host '%s' is no host name and no IPv4 address",
		               r->host);
	if (r->port == PORT_SMTPS)
		return err_set(e, ERR_CONF,
		               "port 465 (TLS from the first byte) is not possible; use port 587 "
		               "with tls = \"required\" (STARTTLS)");
	if (r->port < 1 || r->port > PORT_MAX)
		return err_set(e, ERR_CONF, "port %d is out of range", r->port);
	if (!is_name(r->helo))
		return err_set(e, ERR_CONF, "helo '%s' is no host name", r->helo);
	if (r->tls_name[0] != '\0' && !is_name(r->tls_name) && !ip_parse(&ip, r->tls_name))
		return err_set(e, ERR_CONF, "tls_name '%s' is no host name", r->tls_name);
	return 0;
}

/* The PLAIN plugin copies both into fixed buffers without looking at their length. */
static bool is_credential(const char *s)
{
	size_t n = strlen(s);

	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < ' ' || s[i] == 0x7f)
			return false;
	return n <= CREDENTIAL_MAX;
}

int deliver_check_route(const struct deliver_route *r, struct err *e)
{
	int rc = check_server(r, e);

	if (rc < 0)
		return rc;
	if (!is_credential(r->user) || !is_credential(r->password))
		return err_set(e, ERR_CONF,
		               "user and password may have %d octets each and no control "
		               "characters",
		               CREDENTIAL_MAX);
	if ((r->user[0] == '\0') != (r->password[0] == '\0'))
		return err_set(e, ERR_CONF,
		               "user and password go together; one of them is missing");
	if (r->user[0] != '\0' && r->tls == TLS_NONE && !r->auth_in_clear)
		return err_set(e, ERR_CONF,
		               "the password would be sent in clear; set tls = \"required\"");
	if (r->mails_per_session < 1)
		return err_set(e, ERR_CONF, "mails_per_session must be 1 or more");
	if (r->timeout < 1 || r->timeout > TIMEOUT_MAX)
		return err_set(e, ERR_CONF, "timeout must be 1 to %d seconds", TIMEOUT_MAX);
	return 0;
}

static bool is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

static int check_address(const char *address, struct err *e)
{
	char normal[MAILADDR_TEXT];
	int rc;

	if (!is_ascii(address))
		return err_set(e, ERR_INPUT,
		               "'%s' needs SMTPUTF8, which is not possible here; ask for an "
		               "address in ASCII",
		               address);
	if ((rc = mailaddr_normalise(normal, address, e)) < 0)
		return rc;
	return 0;
}

size_t deliver_xtext_len(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += *s < '!' || *s > '~' || *s == '+' || *s == '=' ? 3 : 1;
	return n;
}

static int check_envelope(const struct delivery *d, struct err *e)
{
	int rc;

	if (d->env_from[0] != '\0' && (rc = check_address(d->env_from, e)) < 0)
		return err_wrap(e, "sender");
	if ((rc = check_address(d->env_to, e)) < 0)
		return err_wrap(e, "recipient");
	if (strlen(d->envid) > ENVID_MAX)
		return err_set(e, ERR_INPUT,
		               "envelope id of %zu characters; at most %d are allowed",
		               strlen(d->envid), ENVID_MAX);
	for (const char *p = d->envid; *p != '\0'; p++)
		if (*p < '!' || *p > '~')
			return err_set(e, ERR_INPUT,
			               "envelope id with a blank, control or non-ASCII character");
	return 0;
}

static int check_lines(const struct delivery *d, struct err *e)
{
	struct span rest = span_of(d->bytes, d->len);

	if (d->len < 2 || memcmp(rest.end - 2, "\r\n", 2) != 0)
		return err_set(e, ERR_INPUT, "mail does not end in CRLF");
	if (memchr(d->bytes, '\0', d->len) != NULL)
		return err_set(e, ERR_INPUT, "mail with a NUL byte");
	while (!span_empty(rest)) {
		const char *lf = memchr(rest.p, '\n', span_len(rest)),
			   *cr = memchr(rest.p, '\r', span_len(rest));

		if (lf == NULL || cr != lf - 1)
			return err_set(
				e, ERR_INPUT,
				"mail with a CR or LF of its own; all lines must end in CRLF");
		if (cr - rest.p > LINE_MAX_OCTETS)
			return err_set(e, ERR_INPUT,
			               "mail with a line of %td octets; at most %d are allowed",
			               cr - rest.p, LINE_MAX_OCTETS);
		rest.p = lf + 1;
	}
	return 0;
}

struct header_rule {
	const char *name;
	int least, most;
};

/* What the library adds where it is missing, and what it drops. */
static const struct header_rule header_rules[] = {
	{ "Date:", 1, 1 },
	{ "From:", 1, 1 },
	{ "Message-ID:", 1, 1 },
	{ "To:", 1, 1 },
	{ "Cc:", 0, 1 },
	{ "Bcc:", 0, 0 },
	{ "Sender:", 0, 1 },
	{ "Reply-To:", 0, 1 },
	{ "Return-Path:", 0, 0 },
	{ "Original-Recipient:", 0, 0 },
	{ "Resent-Reply-To:", 0, 0 },
};

static int check_header(const struct delivery *d, struct err *e)
{
	struct span rest = span_of(d->bytes, d->len), line;
	int seen[ARRAY_SIZE(header_rules)] = { 0 };
	bool ended = false;

	while (!ended && span_line(&rest, &line)) {
		ended = span_empty(line);
		for (size_t i = 0; i < ARRAY_SIZE(header_rules); i++)
			seen[i] += span_starts_nocase(line, header_rules[i].name);
	}
	if (!ended)
		return err_set(e, ERR_INPUT, "mail without an empty line behind its header");
	for (size_t i = 0; i < ARRAY_SIZE(header_rules); i++)
		if (seen[i] < header_rules[i].least || seen[i] > header_rules[i].most)
			return err_set(e, ERR_INPUT,
			               "mail with %d headers '%s'; %d to %d are allowed", seen[i],
			               header_rules[i].name, header_rules[i].least,
			               header_rules[i].most);
	return 0;
}

int deliver_check_mail(const struct delivery *d, struct err *e)
{
	int rc;

	if ((rc = check_envelope(d, e)) < 0 || (rc = check_lines(d, e)) < 0)
		return rc;
	return check_header(d, e);
}
