/*
 * intake_row: one row of any format, as named values, on its way to a finding.
 *
 * Each format says which of its columns is which field; everything else (cleaning, checks, rules,
 * extra) happens here once for all of them.
 */
#ifndef SEINPOST_INTAKE_ROW_H
#define SEINPOST_INTAKE_ROW_H

#include "base.h"
#include "arena.h"
#include "buf.h"
#include "err.h"
#include "intake.h"
#include "span.h"

enum field {
	FIELD_EXTRA,  /* no field: goes to finding.extra */
	FIELD_IGNORE, /* left out */
	FIELD_SEEN_AT, FIELD_IP, FIELD_PORT, FIELD_TRANSPORT, FIELD_APPLICATION, FIELD_DOMAIN,
	FIELD_HOSTNAME, FIELD_URL,
	FIELD_LOGIN,  /* where an account logs in: the URL, where the account is no mail address */
	FIELD_ACCOUNT,
	/* The identifier is the first of these that is there. */
	FIELD_IDENTIFIER, FIELD_CLASS, FIELD_TAG, FIELD_FAMILY,
	FIELD_CVE,
	FIELD_VENDOR, FIELD_PRODUCT, FIELD_VERSION, /* together the product */
	FIELD_TLP, FIELD_SEVERITY,
	FIELD_PROVIDER, FIELD_FEED,                 /* together the feed */
	FIELDS
};

enum { ROW_CELLS = 512, EXTRA_PAIRS = 64, EXTRA_VALUE_MAX = 1024, COLUMN_NAME_MAX = 64 };

struct cell {
	const char *name, *value; /* never NULL; value is valid UTF-8 without NUL */
	enum field field;
	uint8_t rank;             /* of the cells of a field, the lowest that is not empty counts */
	bool used;
};

/* What one call of intake_read() carries along. */
struct intake_run {
	const struct intake_options *o;
	const struct intake_sink *sink;
	struct intake_count *count;
	const char *source_type, *feed; /* of the whole file; the row's own feed goes first */
	const char *advice;             /* for rows whose rules say nothing, or "" */
	int64_t seen_at;                /* for files without such a column; 0 = row refused */
	struct arena file;              /* lives as long as the run */
	struct arena arena;             /* of one row */
	struct cell *cell;              /* ROW_CELLS of them */
	size_t n_cells;
};

/*
 * Adds a cell; false where there are ROW_CELLS already.  Strings are borrowed until the row is
 * done.
 */
bool row_add(struct intake_run *run, const char *name, const char *value, enum field field,
             uint8_t rank);
/*
 * Turns the cells into a finding and hands it on, or refuses the row; then empties the row and its
 * arena.  raw is the row as it came.  Returns what the sink returned.
 */
int row_finish(struct intake_run *run, uint64_t line, struct span raw, struct err *e) NODISCARD;
/* Counts and hands on a refusal, empties the row. */
int row_refuse(struct intake_run *run, uint64_t line, struct span raw, const char *reason,
               struct err *e) NODISCARD;

/* NULL where s may be given to a parser, else what is wrong with its bytes. */
const char *bytes_check(struct span s);

#endif
