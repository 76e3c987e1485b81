/*
 * intake_formats: what the parts of the intake stage owe each other; nobody outside of it includes
 * this.
 */
#ifndef SEINPOST_INTAKE_FORMATS_H
#define SEINPOST_INTAKE_FORMATS_H

#include "base.h"
#include "err.h"
#include "intake.h"
#include "intake_feed.h"
#include "intake_row.h"

/* ---- CSV (RFC 4180, strict; quoted line breaks are allowed) */

enum csv_result { CSV_END, CSV_RECORD, CSV_BAD };

/* A table as it is read.  columns is 0 until the header is known. */
struct csv_table;

struct csv_row {
	const char *value[ROW_CELLS]; /* valid until the next record */
	size_t n;
	uint64_t line;                /* of its first physical line */
	struct span raw;
	const char *reason;           /* CSV_BAD */
};

struct csv_table *csv_table_new(char delimiter);
void csv_table_free(struct csv_table *t);
/*
 * From the header on, a record has at most this many values; over several lines, exactly this many.
 */
void csv_table_set_columns(struct csv_table *t, size_t columns);
/*
 * Reads the next record: enum csv_result, or ERR_IO.  A record that is bad costs its first physical
 * line only.  The feed's mark stays before a good record: accept or rewind.
 */
int csv_table_next(struct csv_table *t, struct csv_row *row, struct feed *f,
                   struct err *e) NODISCARD;

/* A header, and what becomes of each column. */
struct csv_plan {
	const char *name[ROW_CELLS]; /* as in the header, cleaned; compared without case */
	enum field field[ROW_CELLS];
	uint8_t rank[ROW_CELLS];
	size_t n;
	bool has_time; /* a mapping said where seen_at is */
};

bool plan_has(const struct csv_plan *p, const char *column);
/* The first column of that name becomes field; false where there is none that is still free. */
bool plan_set(struct csv_plan *p, const char *column, enum field field, uint8_t rank);

/* ---- Shadowserver */

/*
 * Report type of a file name into out[COLUMN_NAME_MAX]; "shadowserver" where it has none.  named:
 * as Shadowserver names reports: with a date in front, or "scan_...", "event4_..." and the like.
 */
void shadowserver_type(char out[COLUMN_NAME_MAX], const char *file_name, bool *named);
/* Is it a report by its header: has it the usual columns, or a name and a time? */
bool shadowserver_header(const struct csv_plan *p, bool named);
int shadowserver_plan(struct csv_plan *p, struct intake_run *run, struct err *e) NODISCARD;

/* ---- free CSV */

int mapping_plan(struct csv_plan *p, struct intake_run *run, struct err *e) NODISCARD;

/* ---- JSON */

struct json_key {
	const char *path;
	enum field field;
	uint8_t rank;
};

/*
 * Parses one object into cells, nested ones as "a.b", lists as "x,y"; keys say which path is which
 * field.  NULL, or why not.  The text was scanned by json_feed_next().
 */
const char *json_row(struct intake_run *run, struct span text, const struct json_key *keys,
                     size_t n_keys);

enum json_feed_result { FEED_NO_MORE, FEED_OBJECT, FEED_BAD };

enum { JSON_DEPTH = 32 };

/* Objects as lines, or as a stream (an array, or one object over several lines). */
struct json_feed {
	struct feed *f;
	bool lines;            /* one object a line */
	bool opened, in_array; /* the '[' was seen; its ']' was not yet */
	const char *reason;    /* FEED_BAD */
	uint64_t line;         /* of the object */
	struct span text;      /* the object, or what was refused */
};

/* Looks at the beginning.  ERR_INPUT where it is no JSON. */
int json_feed_open(struct json_feed *j, struct feed *f, struct err *e) NODISCARD;
/* enum json_feed_result or ERR_IO; text is valid until the next call. */
int json_feed_next(struct json_feed *j, struct err *e) NODISCARD;

/* ---- IntelMQ */

int intelmq_read(struct intake_run *run, struct feed *f, struct err *e) NODISCARD;

#endif
