/*
 * finding: one system or account that somebody saw to be open, vulnerable or broken into.
 *
 * All text comes from feeds and may have been chosen by an attacker (banners, host names, tags):
 * valid UTF-8 without control characters, lengths capped by intake, but nothing more.  It is data
 * everywhere, never syntax.
 * Strings are borrowed and never NULL.
 */
#ifndef SEINPOST_FINDING_H
#define SEINPOST_FINDING_H

#include "base.h"
#include "buf.h"
#include "ip.h"

enum severity { SEVERITY_INFO, SEVERITY_LOW, SEVERITY_MEDIUM, SEVERITY_HIGH, SEVERITY_CRITICAL };
extern const char *const severity_words[];

enum finding_state {
	FINDING_NEW, FINDING_MATCHED, FINDING_UNMATCHED, FINDING_WARNED, FINDING_WITHDRAWN
};
extern const char *const finding_state_words[];

/*
 * What a column of somebody's table can be:
 *
 *   seen_at      when the source saw it, as time_parse_iso() reads it; UTC without a zone.  Where
 *                no column is mapped to it, the time of reading
 *   ip, port     the company's own; port 0..65535
 *   transport    tcp or udp
 *   application  rdp, http, ...
 *   domain       name, or URL of which the host is taken; in any script where names are converted
 *   hostname     reverse DNS, a hint only
 *   url          as it is
 *   account      mail address or user name
 *   identifier   what was seen
 *   tag          one or more, separated by ; or ,; the identifier where there is no other
 *   cve          text with CVE numbers in it
 *   vendor, product, version
 *   tlp          clear (white), green, amber, amber+strict, red, with or without "TLP:"; others
 *                refuse the row
 *   severity     info, low, medium, high, critical; else the rule's
 *   ignore       left out, for personal data nobody needs
 */
extern const char *const finding_field_words[];

/* A column that has no field below; order as in the source. */
struct finding_extra {
	const char *name, *value;
};

struct finding {
	int64_t id, incident_id;
	int64_t seen_at;          /* UTC; when the source saw it */
	const char *source_type;  /* "scan_rdp", "intelmq", or the name of a CSV mapping */
	const char *feed;         /* who says so: "shadowserver", feed.provider, ... */
	/* kind of advice: "open-rdp", "generic", ...; a template of that name exists */
	const char *advice;
	bool compromised; /* the source says that it is broken into already, not merely open */
	bool has_ip;
	struct ip ip;
	int port;                 /* the company's own port, 0 = none */
	const char *transport;    /* "tcp", "udp" or "" */
	const char *application;  /* "rdp", "http", ... or "" */
	const char *domain;       /* the company's host or domain name in normal form, or "" */
	const char *hostname;     /* reverse DNS in normal form, or "" */
	const char *url;
	const char *account;      /* mail address or user name that leaked */
	const char *identifier;   /* classification.identifier, tag or infection: what was seen */
	const char *cve;          /* "CVE-2021-26855 CVE-...", upper case, blank-separated, or "" */
	const char *product;      /* vendor, model, version as far as told, or "" */
	const char *tlp;          /* "clear", "green", "amber", "amber+strict", "red" or "" */
	enum severity severity;
	struct finding_extra *extra;
	size_t n_extra;
	enum finding_state state;
};

/*
 * Writes what makes the finding the one it is: source type, day of seen_at, address or host or
 * account, port, transport and identifier, each length-prefixed.  Its SHA-256 is the finding's key:
 * the same row twice is one finding.  incident_slug is part of it, so that two incidents can name
 * one system.
 */
void finding_identity(struct buf *out, const struct finding *f, const char *incident_slug);
/*
 * The name a person knows the system by: address, else domain, account, URL, hostname; never NULL.
 */
const char *finding_subject(char out[IP_TEXT], const struct finding *f);

#endif
