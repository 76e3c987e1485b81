/*
 * table: a listing as aligned text, JSON or CSV.
 *
 * Values may come from feeds and mail: in text they are made printable and on one line, in CSV no
 * formula can start.
 */
#ifndef SEINPOST_TABLE_H
#define SEINPOST_TABLE_H

#include "arena.h"
#include "base.h"
#include "err.h"

enum table_format { TABLE_TEXT, TABLE_JSON, TABLE_CSV };

/* COLUMN_BLOCK: text of several lines; a record shows it behind all else, each line begun with "|
 * ". */
enum column_type { COLUMN_TEXT, COLUMN_NUMBER, COLUMN_TIME, COLUMN_FLAG, COLUMN_BLOCK };

struct column {
	const char *name; /* the name in JSON and CSV; the heading in text */
	enum column_type type;
	int most;         /* text only: cut to this width, 0 = not */
};

/* A cell: text for COLUMN_TEXT and COLUMN_BLOCK, number for the others (time in UTC seconds, 0 =
 * none, which is "" in print; flag 0 or 1). */
struct cell {
	const char *text;
	int64_t number;
};

struct table {
	enum table_format format;
	const struct column *column;
	int n_columns;
	struct arena arena;
	struct cell **row;
	size_t n, cap;
};

/* Rows that belong to a record: a list under its name in JSON, a table of its own in text, left out
 * in CSV. */
struct table_part {
	const char *name;
	struct table *table;
};

void table_init(struct table *t, enum table_format format, const struct column *column,
		int n_columns);
/* Copies n_columns cells. */
void table_add(struct table *t, const struct cell *cells);
/* Prints to standard output and frees.  none: said in text where there are no rows, or NULL. */
int table_print(struct table *t, const char *none, struct err *e) NODISCARD;
/* One row as "name: value" lines (text), or an object (JSON), or as table_print() (CSV).  Frees. */
int table_print_one(struct table *t, struct err *e) NODISCARD;
/* The same with parts behind it.  Frees t and the parts. */
int table_print_record(struct table *t, const struct table_part *part, size_t n_parts,
		       struct err *e) NODISCARD;
/* Frees without printing; the way out after an error.  Accepts one that was printed. */
void table_clear(struct table *t);

#define CELL_TEXT(s) { .text = (s) }
#define CELL_NUMBER(v) { .number = (v) }

#endif
