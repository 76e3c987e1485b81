/*
 * rows_csv: the register as CSV, read with libcsv in its strict mode, one record at a time.
 *
 * Invariant: libcsv sees one record, at most ROWS_LINE_MAX octets of UTF-8 without NUL, so that one
 * broken row cannot take others with it. Input: files of companies and colleagues (not trusted).
 * Line breaks inside quotes belong to the record: reading by lines would turn text that somebody
 * put into a cell of a well-formed file into rows.
 */
#include "base.h"

#include <csv.h>

#include "row_cells.h"
#include "utf8.h"

/* More cells than any heading has; those behind are counted only. */
enum { CELLS_MAX = 64 };

struct csv_record {
	struct arena *arena;
	const char *cell[CELLS_MAX];
	size_t n;    /* cells */
	size_t rows; /* ends of row that libcsv saw: more than one where a lone CR stands outside of
			quotes */
};

static void on_cell(void *text, size_t n, void *arg)
{
	struct csv_record *r = arg;

	if (r->n < CELLS_MAX)
		r->cell[r->n] = text ? arena_strndup(r->arena, text, n) : "";
	r->n++;
}

static void on_row(int end, void *arg)
{
	struct csv_record *r = arg;

	UNUSED(end);
	r->rows++;
}

static int parse_record(struct csv_record *out, struct arena *a, struct span raw, char delimiter,
			struct err *e)
{
	struct csv_parser p;
	int rc = 0;

	*out = (struct csv_record){ .arena = a };
	if (span_len(raw) > ROWS_LINE_MAX)
		return err_set(e, ERR_INPUT, "longer than %d octets", ROWS_LINE_MAX);
	if (utf8_check(raw.p, span_len(raw)) != SIZE_MAX ||
	    memchr(raw.p, '\0', span_len(raw)) != NULL)
		return err_set(e, ERR_INPUT, "not UTF-8; save the file as 'CSV UTF-8'");
	if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
		return err_set(e, ERR_TEMP, "libcsv does not start");
	csv_set_delim(&p, (unsigned char)delimiter);
	if (csv_parse(&p, raw.p, span_len(raw), on_cell, on_row, out) != span_len(raw) ||
	    csv_fini(&p, on_cell, on_row, out) != 0)
		rc = err_set(e, ERR_INPUT,
			     "quotes are not as in CSV: put \" round the whole cell and double "
			     "those in it");
	else if (out->rows != 1)
		rc = err_set(e, ERR_INPUT, "carriage return inside of the row");
	csv_free(&p);
	return rc;
}

/* Is a quote still open behind line?  Only one at a cell's beginning opens, as libcsv has it. */
static bool quote_open(struct span line, char delimiter, bool open)
{
	bool at_start = !open;

	for (const char *p = line.p; p < line.end; p++) {
		if (open && *p == '"' && line.end - p > 1 && p[1] == '"')
			p++;
		else if (open)
			open = *p != '"';
		else if (*p == '"' && at_start)
			open = true;
		else
			at_start = *p == delimiter || (at_start && ascii_blank(*p));
		if (open)
			at_start = false;
	}
	return open;
}

/*
 * Takes a record off the front, without the line end behind it, and counts its lines.  Returns
 * whether a quote stays open at the end of the file.
 */
static bool take_record(struct span *text, char delimiter, struct span *record, uint64_t *lines)
{
	struct span line = { text->p, text->p };
	bool open = false;

	record->p = text->p;
	*lines = 0;
	do {
		if (!span_line(text, &line))
			break;
		open = quote_open(line, delimiter, open);
		++*lines;
	} while (open);
	record->end = line.end;
	return open;
}

static bool is_blank(struct span record, char delimiter)
{
	for (const char *p = record.p; p < record.end; p++)
		if (*p != delimiter && !ascii_space(*p))
			return false;
	return true;
}

struct csv_heading {
	char delimiter;
	enum row_column column[ROW_COLUMNS];
	size_t n;
};

static int heading_add(struct csv_heading *h, const char *name, unsigned *seen, struct err *e)
{
	enum row_column col;
	int rc;

	if ((rc = row_column_find(&col, name, e)) < 0)
		return err_wrap(e, "column");
	if (*seen & 1u << col)
		return err_set(e, ERR_INPUT, "column '%s' stands twice in the heading",
			       row_column_words[col]);
	*seen |= 1u << col;
	h->column[h->n++] = col;
	return 0;
}

static int read_heading(struct csv_heading *h, struct row_reader *rd, struct err *e)
{
	size_t commas = 0, semicolons = 0;
	struct csv_record r;
	unsigned seen = 0;
	int rc;

	for (const char *p = rd->raw.p; p < rd->raw.end; p++) {
		commas += *p == ',';
		semicolons += *p == ';';
	}
	h->delimiter = semicolons > commas ? ';' : ',';
	h->n = 0;
	if ((rc = parse_record(&r, &rd->arena, rd->raw, h->delimiter, e)) < 0)
		return err_wrap(e, "heading");
	for (size_t i = 0; i < r.n && i < CELLS_MAX; i++)
		if ((rc = heading_add(h, r.cell[i], &seen, e)) < 0)
			return rc;
	if (!(seen & 1u << COL_COMPANY) || !(seen & 1u << COL_KIND))
		return err_set(e, ERR_INPUT, "the heading has no columns 'company' and 'kind'");
	return 0;
}

static int read_row(const struct csv_heading *h, struct row_reader *rd, struct err *e)
{
	struct row_cells cells = { { NULL } };
	struct err reason = ERR_INIT;
	struct csv_record r;

	if (parse_record(&r, &rd->arena, rd->raw, h->delimiter, &reason) == 0 && r.n != h->n)
		err_set(&reason, ERR_INPUT, "%zu cells where the heading has %zu", r.n, h->n);
	if (reason.code != 0)
		return rows_refuse(rd, reason.text, e);
	for (size_t i = 0; i < h->n; i++)
		cells.text[h->column[i]] = r.cell[i];
	return row_hand_on(rd, &cells, "", e);
}

static int refuse_open_quote(struct row_reader *rd, uint64_t lines, struct err *e)
{
	struct err reason = ERR_INIT;

	err_set(&reason, ERR_INPUT,
		"a quote opens here and never closes: %" PRIu64 " lines to the end of the "
		"file are not read",
		lines);
	return rows_refuse(rd, reason.text, e);
}

int rows_read_csv(struct row_reader *rd, struct span text, struct err *e)
{
	struct csv_heading h = { .delimiter = ',', .n = 0 };
	uint64_t lines;
	int rc = 0;

	for (rd->line = 1; rc == 0 && !span_empty(text); rd->line += lines) {
		bool open = take_record(&text, h.delimiter, &rd->raw, &lines);

		if (is_blank(rd->raw, h.delimiter))
			continue;
		if (h.n == 0) {
			if ((rc = read_heading(&h, rd, e)) < 0)
				rc = err_wrap(e, "%s:%" PRIu64, rd->name, rd->line);
		} else {
			rc = open ? refuse_open_quote(rd, lines, e) : read_row(&h, rd, e);
		}
		arena_clear(&rd->arena);
	}
	if (rc == 0 && h.n == 0)
		return err_set(e, ERR_INPUT, "%s: the file is empty", rd->name);
	return rc;
}
