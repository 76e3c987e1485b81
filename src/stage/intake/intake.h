/*
 * intake: bytes of a feed -> findings.
 *
 * Every line is either handed on as a finding or refused with its number and the reason; nothing is
 * lost silently.
 * Input is hostile: size, line length (1 MiB), column count (512) and nesting are limited before a
 * library sees them; text that is not UTF-8 or holds NUL is refused; control characters in values
 * become '?'.
 * Sources: Shadowserver report_schema (CSV by header, type from the file name), IntelMQ events (one
 * object, an array or JSON lines), free CSV with a mapping.
 */
#ifndef SEINPOST_INTAKE_H
#define SEINPOST_INTAKE_H

#include "base.h"
#include "err.h"
#include "finding.h"

enum intake_format { INTAKE_AUTO, INTAKE_SHADOWSERVER, INTAKE_INTELMQ, INTAKE_CSV };
extern const char *const intake_format_words[];

/*
 * A free CSV: which of its columns is which field.  Column names are compared without case and
 * blanks around them.  Two columns may be one field: the first in the mapping that is not empty
 * counts, the other goes to extra.  Columns without a field go to extra.  The fields are those of
 * finding_field_words.
 */
struct intake_mapping {
	const char *name; /* becomes source_type */
	const char *feed;
	char delimiter;   /* ',' or ';' or tab; the quote is always '"' */
	struct intake_column {
		const char *column, *field;
	} *columns;
	size_t n_columns;
	const char *advice;     /* for rows whose rules say nothing; "" = by the rules */
};

/*
 * Which advice a finding gets.  Data, not code: etc/advice.tsv, first rule that fits wins; each
 * pattern is a shell-style glob (only '*'), "*" fits all.
 */
struct advice_rule {
	const char *source_type, *identifier, *tag; /* globs, lower case */
	const char *advice;
	bool compromised;
	enum severity severity; /* used where the row names none */
};

struct advice_rules {
	struct advice_rule *rule;
	size_t n;
};

struct arena;

/* Reads advice.tsv; errors name the line.  Strings live in a. */
int advice_rules_parse(struct advice_rules *out, struct arena *a, const char *text, size_t n,
                       const char *name, struct err *e) NODISCARD;
/*
 * The first rule that fits, or NULL.  All text in lower case; a tag pattern other than "*" must fit
 * one of the tags.
 */
const struct advice_rule *advice_rules_find(const struct advice_rules *rules,
                                            const char *source_type, const char *identifier,
                                            const char *const *tag, size_t n_tags);

struct intake_options {
	enum intake_format format;
	const char *file_name; /* folder or not; names the Shadowserver report type */
	const struct intake_mapping *mapping; /* INTAKE_CSV; may be NULL for the others */
	const struct advice_rules *rules;     /* NULL: all generic */
	int64_t now;                          /* findings seen more than a day later are refused */
	/*
	 * Turns an internationalised name into its A-label form (ext/idn.h); out has DOMAIN_TEXT
	 * bytes.  May be NULL.
	 */
	int (*to_ascii)(char *out, const char *name, struct err *e);
};

struct intake_sink {
	/* f is borrowed for the call.  An error stops the reading and is returned. */
	int (*finding)(void *arg, const struct finding *f, uint64_t line, struct err *e);
	/*
	 * raw: the refused line or object as it came (may be cut to 64 KiB).  The same rule for
	 * errors.
	 */
	int (*refused)(void *arg, uint64_t line, const char *raw, size_t n, const char *reason,
	               struct err *e);
	void *arg;
};

struct intake_count {
	uint64_t read, found, refused; /* rows; read == found + refused */
};

/*
 * Reads fd to its end.  What becomes of a row:
 *
 * Shadowserver: source_type is the report type, from "2026-11-20-scan_rdp-nl.csv",
 * "scan_rdp-nl.csv" or "scan_rdp.csv" ("shadowserver" where the name has none).  The address is
 * "ip"; in event4_*, event6_* "src_ip" (a client's, so that port is 0 and src_port goes to extra);
 * in *_sinkhole_http_referer the referer's; in event4_honeypot_ddos_target "dst_ip".  Reports
 * without an address: "email" or "username" (then "service" is the URL) is the account; "website",
 * "http_host", "domain" or "request" the domain.  identifier: infection (or ransomware), else all
 * tags with ';' between them, else family, else the report type: so that one host with two holes
 * gives two findings.
 * IntelMQ: source_type is "intelmq", feed "provider/name".  identifier: classification.identifier,
 * else classification.type.  The tags are extra.tag and classification.type.  source.port is
 * dropped to extra where the type says that the source was the client (infected-system, scanner,
 * ...).  "raw" and "__type" are left out.
 * CSV: by the mapping.
 *
 * All: identifier, tags and application in lower case.  cve: every CVE number in cve, tag and
 * identifier.  Advice, compromised and severity by the first rule that fits (severity: the row's
 * own first); without one "generic" and medium.  A value that does not fit its field (a host name
 * of one label, a transport that is neither tcp nor udp, an unknown severity) goes to extra; extra
 * holds at most 64 pairs of 1,024 octets.
 * Refused: no time, or one before 2000 or over a day in the future; an address or port that is
 * none; neither address, domain, URL nor account; unknown TLP; more values than columns, or a last
 * row that was cut off (a shorter row in the middle is read: the columns missing are empty); bytes
 * that are not UTF-8; NUL; over 1 MiB; JSON that is none, deeper than 32 levels or with a name
 * twice.  Empty lines are nothing and not counted.
 *
 * INTAKE_AUTO: JSON where the first byte is '{' or '['; Shadowserver where the header has
 * "timestamp" and the file is named like a report with its date or has the columns of one; else CSV
 * if there is a mapping.
 *
 * ERR_INPUT where the whole of it cannot be understood (no header, unknown format, no rows'
 * worth of structure): then nothing was handed on.  Bad rows are no error.
 */
int intake_read(struct intake_count *count, int fd, const struct intake_options *o,
                const struct intake_sink *sink, struct err *e) NODISCARD;

#endif
