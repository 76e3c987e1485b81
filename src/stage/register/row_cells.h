/*
 * row_cells: one row as text, by column: what the CSV and the JSON reader make, and what both
 * writers start from.
 */
#ifndef SEINPOST_ROW_CELLS_H
#define SEINPOST_ROW_CELLS_H

#include "arena.h"
#include "base.h"
#include "rows.h"
#include "span.h"

enum row_column {
	COL_COMPANY,
	COL_KIND,
	COL_VALUE,
	COL_NAME,
	COL_STATUS,
	COL_LANGUAGE,
	COL_VITAL,
	COL_PARTNER,
	COL_ROLE,
	COL_RANK,
	COL_SOURCE,
	COL_SOURCE_DATE,
	COL_PGP,
	COL_STATE,
	ROW_COLUMNS,
};
/* In the order of the enum, ends with NULL. */
extern const char *const row_column_words[];

enum cell_kind { CELL_COMPANY, CELL_MAIL, CELL_PHONE, CELL_NETWORK, CELL_DOMAIN };
extern const char *const cell_kind_words[];

/* NULL = the row has no such column.  UTF-8 of any length and content. */
struct row_cells {
	const char *text[ROW_COLUMNS];
};

/* Finds the column called name (in any case); ERR_INPUT says why there is none, and which there
 * are. */
int row_column_find(enum row_column *out, const char *name, struct err *e) NODISCARD;

/* Checks cells and turns them into out; its strings live in a (or are constants).  ERR_INPUT: the
 * reason. */
int row_from_cells(struct register_row *out, struct arena *a, const struct row_cells *cells,
                   const struct rows_options *o, struct err *e) NODISCARD;
/* The other way round; strings live in a. */
void row_to_cells(struct row_cells *out, struct arena *a, const struct register_row *r);
/* The kind of the asset that value looks like. */
enum cell_kind row_asset_kind(const char *value);

/* row_network.c: is r something that one company can own?  ERR_INPUT: why not; text is how it was
 * written. */
int row_network_check(const struct ip_range *r, const char *text, struct err *e) NODISCARD;

/* What both readers carry along: the record being read, and where its rows go. */
struct row_reader {
	const struct rows_options *options;
	const struct rows_sink *sink;
	const char *name;   /* of the file */
	struct arena arena; /* of the record */
	uint64_t line;      /* where the record begins, from 1 */
	struct span raw;    /* its bytes */
	uint64_t refused;   /* so far */
};

/*
 * Hands a row or its refusal to the sink; negative only where the sink fails.  where stands in
 * front of the reason
 * ("contacts[2]"), or is "".
 */
int row_hand_on(struct row_reader *rd, const struct row_cells *cells, const char *where,
		struct err *e) NODISCARD;
int rows_refuse(struct row_reader *rd, const char *reason, struct err *e) NODISCARD;

/* rows_csv.c, rows_jsonl.c: text is the whole file behind a byte order mark. */
int rows_read_csv(struct row_reader *rd, struct span text, struct err *e) NODISCARD;
int rows_read_jsonl(struct row_reader *rd, struct span text, struct err *e) NODISCARD;
/* rows_jsonl.c: appends cells as one JSON object and a line end. */
void row_write_json(struct buf *out, const struct row_cells *cells);

#endif
