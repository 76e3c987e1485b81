/*
 * rows_write: the register as CSV or JSON lines, on its way out.
 *
 * Invariant: one row is one line; what is written reads back to the same row.
 * Input: the store's rows, checked when they came in; text is made printable again, so that no line
 * break gets out.
 */
#include "base.h"
#include "alloc.h"
#include "buf.h"
#include "row_cells.h"
#include "utf8.h"

void rows_write_head(struct buf *out, enum rows_format format)
{
	if (format != ROWS_CSV)
		return;
	for (int i = 0; i < ROW_COLUMNS; i++)
		buf_printf(out, "%s%s", i ? "," : "", row_column_words[i]);
	buf_addch(out, '\n');
}

/* RFC 4180 2; blanks at the ends and ';' are quoted too, for readers that trim or guess. */
static void write_csv_cell(struct buf *out, const char *text)
{
	size_t n = strlen(text);

	if (n == 0 || (strpbrk(text, "\",;") == NULL && text[0] != ' ' && text[n - 1] != ' ')) {
		buf_addstr(out, text);
		return;
	}
	buf_addch(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_addch(out, '"');
		buf_addch(out, *text);
	}
	buf_addch(out, '"');
}

static void write_csv(struct buf *out, const struct row_cells *cells)
{
	for (int i = 0; i < ROW_COLUMNS; i++) {
		if (i > 0)
			buf_addch(out, ',');
		write_csv_cell(out, cells->text[i] ? cells->text[i] : "");
	}
	buf_addch(out, '\n');
}

static void make_printable(struct row_cells *cells, struct arena *a)
{
	struct buf text = BUF_INIT;

	for (int i = 0; i < ROW_COLUMNS; i++) {
		if (cells->text[i] == NULL)
			continue;
		buf_reset(&text);
		utf8_printable(&text, cells->text[i], strlen(cells->text[i]), SIZE_MAX, true);
		cells->text[i] = arena_strdup(a, text.s);
	}
	buf_clear(&text);
}

void rows_write(struct buf *out, enum rows_format format, const struct register_row *r)
{
	struct arena a = ARENA_INIT;
	struct row_cells cells;

	if (format == ROWS_AUTO)
		bug("rows: export without a format");
	row_to_cells(&cells, &a, r);
	make_printable(&cells, &a);
	if (format == ROWS_CSV)
		write_csv(out, &cells);
	else
		row_write_json(out, &cells);
	arena_clear(&a);
}
