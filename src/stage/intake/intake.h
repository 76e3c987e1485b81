/*
 * intake: bytes of a feed -> findings.
 *
 * Every line is either handed on as a finding or refused with its number and the reason; nothing is lost silently.
 * Input is hostile: size, line length (1 MiB), column count (512) and nesting are limited before a library sees them;
 * text that is not UTF-8 or holds NUL is refused; control characters in values become '?'.
 * Sources: Shadowserver report_schema (CSV by header, type from the file name), IntelMQ events (one object, an array
 * or JSON lines), free CSV with a mapping.
 */
#ifndef SEINPOST_INTAKE_H
#define SEINPOST_INTAKE_H

#include "base.h"
#include "err.h"
#include "finding.h"

enum intake_format { INTAKE_AUTO, INTAKE_SHADOWSERVER, INTAKE_INTELMQ, INTAKE_CSV };
extern const char *const intake_format_words[];

/* A free CSV: which of its columns is which field ("ip", "port", "seen_at", ...; see doc/formats.md). */
struct intake_mapping {
	const char *name; /* becomes source_type */
	const char *feed;
	char delimiter;   /* ',' or ';' or tab */
	struct intake_column {
		const char *column, *field;
	} *columns;
	size_t n_columns;
	const char *advice;     /* for rows whose rules say nothing; "" = by the rules */
};

/*
 * Which advice a finding gets.  Data, not code: etc/advice.tsv, first rule that fits wins; each pattern is a
 * shell-style glob (only '*'), "*" fits all.
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
int advice_rules_parse(struct advice_rules *out, struct arena *a, const char *text, size_t n, const char *name,
                       struct err *e) NODISCARD;

struct intake_options {
	enum intake_format format;
	const char *file_name;                /* with or without folder; names the Shadowserver report type */
	const struct intake_mapping *mapping; /* INTAKE_CSV */
	const struct advice_rules *rules;
	int64_t now;                          /* findings seen more than a day later are refused */
	/* Turns an internationalised name into its A-label form (ext/idn.h); out has DOMAIN_TEXT bytes. */
	int (*to_ascii)(char *out, const char *name, struct err *e);
};

struct intake_sink {
	/* f is borrowed for the call.  An error stops the reading and is returned. */
	int (*finding)(void *arg, const struct finding *f, uint64_t line, struct err *e);
	/* raw: the refused line or object as it came (may be cut to 64 KiB).  The same rule for errors. */
	int (*refused)(void *arg, uint64_t line, const char *raw, size_t n, const char *reason, struct err *e);
	void *arg;
};

struct intake_count {
	uint64_t read, found, refused; /* rows; read == found + refused */
};

/*
 * Reads fd to its end.  ERR_INPUT where the whole of it cannot be understood (no header, unknown format, no rows'
 * worth of structure): then nothing was handed on.  Bad rows are no error.
 */
int intake_read(struct intake_count *count, int fd, const struct intake_options *o, const struct intake_sink *sink,
                struct err *e) NODISCARD;

#endif
