/*
 * table: a listing as aligned text, JSON or CSV.
 *
 * Input: values from the store, some of them chosen by attackers; made safe for each form here,
 * once.
 */
#include "base.h"

#include <jansson.h>
#include <unistd.h>

#include "alloc.h"
#include "buf.h"
#include "clock.h"
#include "compose.h"
#include "fdio.h"
#include "span.h"
#include "table.h"
#include "utf8.h"

void table_init(struct table *t, enum table_format format, const struct column *column,
		int n_columns)
{
	*t = (struct table){ .format = format, .column = column, .n_columns = n_columns };
}

void table_add(struct table *t, const struct cell *cells)
{
	struct cell *row = arena_alloc(&t->arena, (size_t)t->n_columns * sizeof(*row));

	for (int i = 0; i < t->n_columns; i++) {
		row[i].number = cells[i].number;
		row[i].text = arena_strdup(&t->arena, cells[i].text ? cells[i].text : "");
	}
	grow_array(&t->row, &t->cap, t->n + 1, sizeof(*t->row));
	t->row[t->n++] = row;
}

static const char *as_text(struct table *t, const struct column *c, const struct cell *v)
{
	char out[TIME_TEXT];

	switch (c->type) {
	case COLUMN_NUMBER:
		return arena_printf(&t->arena, "%" PRId64, v->number);
	case COLUMN_TIME:
		return v->number == 0 ? ""
				      : arena_strdup(&t->arena, time_format_iso(out, v->number));
	case COLUMN_FLAG:
		return v->number ? "yes" : "no";
	case COLUMN_TEXT:
	case COLUMN_BLOCK:
		break;
	}
	return v->text;
}

static void add_printable(struct buf *out, const char *s, int most)
{
	utf8_printable(out, s, strlen(s), most > 0 ? (size_t)most : SIZE_MAX / 2, true);
}

/* Characters, not bytes: good enough for names in Latin script. */
static int width_of(const char *s)
{
	int n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static void add_cell(struct buf *out, const char *s, int width, bool right, bool last)
{
	int pad = width - width_of(s);

	if (right)
		for (; pad > 0; pad--)
			buf_addch(out, ' ');
	buf_addstr(out, s);
	for (; !last && pad > 0; pad--)
		buf_addch(out, ' ');
	while (last && out->len > 0 && out->s[out->len - 1] == ' ')
		buf_truncate(out, out->len - 1);
	buf_addstr(out, last ? "\n" : "  ");
}

/* Shows every cell once into a grid of safe strings and measures the columns. */
static const char **text_grid(struct table *t, int *width)
{
	const char **grid = arena_alloc(&t->arena, t->n * (size_t)t->n_columns * sizeof(*grid) + 1);

	for (int c = 0; c < t->n_columns; c++)
		width[c] = width_of(t->column[c].name);
	for (size_t r = 0; r < t->n; r++) {
		for (int c = 0; c < t->n_columns; c++) {
			struct buf b = BUF_INIT;
			int w;

			add_printable(&b, as_text(t, &t->column[c], &t->row[r][c]),
				      t->column[c].most);
			grid[r * (size_t)t->n_columns + (size_t)c] = arena_strdup(&t->arena, b.s);
			w = width_of(b.s);
			width[c] = w > width[c] ? w : width[c];
			buf_clear(&b);
		}
	}
	return grid;
}

static void write_text(struct table *t, struct buf *out, const char *none)
{
	int *width = arena_alloc(&t->arena, (size_t)t->n_columns * sizeof(*width));
	const char **grid = text_grid(t, width);

	if (t->n == 0 && none != NULL) {
		buf_printf(out, "%s\n", none);
		return;
	}
	for (int c = 0; c < t->n_columns; c++)
		add_cell(out, t->column[c].name, width[c], t->column[c].type == COLUMN_NUMBER,
			 c == t->n_columns - 1);
	for (size_t r = 0; r < t->n; r++)
		for (int c = 0; c < t->n_columns; c++)
			add_cell(out, grid[r * (size_t)t->n_columns + (size_t)c], width[c],
			         t->column[c].type == COLUMN_NUMBER, c == t->n_columns - 1);
}

static void write_csv(struct table *t, struct buf *out)
{
	for (int c = 0; c < t->n_columns; c++)
		buf_printf(out, "%s%s", c ? "," : "", t->column[c].name);
	buf_addstr(out, "\r\n");
	for (size_t r = 0; r < t->n; r++) {
		for (int c = 0; c < t->n_columns; c++) {
			if (c > 0)
				buf_addch(out, ',');
			compose_csv_cell(out, as_text(t, &t->column[c], &t->row[r][c]));
		}
		buf_addstr(out, "\r\n");
	}
}

static json_t *row_as_json(struct table *t, const struct cell *row)
{
	json_t *o = json_object();

	for (int c = 0; c < t->n_columns; c++) {
		struct buf b = BUF_INIT;
		json_t *v;

		switch (t->column[c].type) {
		case COLUMN_NUMBER:
			v = json_integer(row[c].number);
			break;
		case COLUMN_FLAG:
			v = json_boolean(row[c].number != 0);
			break;
		default:
			/* line breaks of an excerpt are kept: JSON escapes them */
			utf8_printable(&b, as_text(t, &t->column[c], &row[c]),
				       strlen(as_text(t, &t->column[c], &row[c])), SIZE_MAX / 2,
				       false);
			v = json_string(b.s);
		}
		json_object_set_new(o, t->column[c].name, v);
		buf_clear(&b);
	}
	return o;
}

static json_t *rows_as_json(struct table *t)
{
	json_t *list = json_array();

	for (size_t r = 0; r < t->n; r++)
		json_array_append_new(list, row_as_json(t, t->row[r]));
	return list;
}

/* Takes v. */
static void write_json(struct buf *out, json_t *v)
{
	char *text = json_dumps(v, JSON_INDENT(1));

	if (text == NULL)
		bug("JSON could not be written");
	buf_printf(out, "%s\n", text);
	free(text);
	json_decref(v);
}

void table_clear(struct table *t)
{
	arena_clear(&t->arena);
	free(t->row);
	t->row = NULL;
	t->n = t->cap = 0;
}

int table_print(struct table *t, const char *none, struct err *e)
{
	struct buf out = BUF_INIT;
	int rc;

	if (t->format == TABLE_JSON)
		write_json(&out, rows_as_json(t));
	else if (t->format == TABLE_CSV)
		write_csv(t, &out);
	else
		write_text(t, &out, none);
	rc = fd_write_all(STDOUT_FILENO, out.s, out.len, "standard output", e);
	buf_clear(&out);
	table_clear(t);
	return rc;
}

/* The mark in front of each line keeps text from outside from looking like ours. */
static void write_block(struct buf *out, const char *name, const char *text)
{
	struct buf safe = BUF_INIT;
	struct span rest, line;

	utf8_printable(&safe, text, strlen(text), SIZE_MAX / 2, false);
	rest = span_of(safe.s, safe.len);
	if (!span_empty(rest))
		buf_printf(out, "\n%s:\n", name);
	while (span_line(&rest, &line))
		buf_printf(out, "| %.*s\n", (int)span_len(line), line.p);
	buf_clear(&safe);
}

static void write_fields(struct table *t, struct buf *out)
{
	struct buf value = BUF_INIT;
	int width = 0;

	for (int c = 0; c < t->n_columns; c++)
		if (t->column[c].type != COLUMN_BLOCK)
			width = width_of(t->column[c].name) > width ? width_of(t->column[c].name)
								    : width;
	for (int c = 0; c < t->n_columns; c++) {
		if (t->column[c].type == COLUMN_BLOCK)
			continue;
		buf_reset(&value);
		add_printable(&value, as_text(t, &t->column[c], &t->row[0][c]), 0);
		if (value.len > 0)
			buf_printf(out, "%-*s  %s\n", width, t->column[c].name, value.s);
		else
			buf_printf(out, "%s\n", t->column[c].name);
	}
	for (int c = 0; c < t->n_columns; c++)
		if (t->column[c].type == COLUMN_BLOCK)
			write_block(out, t->column[c].name, t->row[0][c].text);
	buf_clear(&value);
}

static void write_record_text(struct table *t, const struct table_part *part, size_t n_parts,
			      struct buf *out)
{
	write_fields(t, out);
	for (size_t i = 0; i < n_parts; i++) {
		buf_printf(out, "\n%s:\n", part[i].name);
		write_text(part[i].table, out, "(none)");
	}
}

static void write_record_json(struct table *t, const struct table_part *part, size_t n_parts,
			      struct buf *out)
{
	json_t *o = row_as_json(t, t->row[0]);

	for (size_t i = 0; i < n_parts; i++)
		json_object_set_new(o, part[i].name, rows_as_json(part[i].table));
	write_json(out, o);
}

int table_print_record(struct table *t, const struct table_part *part, size_t n_parts,
		       struct err *e)
{
	struct buf out = BUF_INIT;
	int rc;

	if (t->n != 1)
		bug("a record of %zu rows", t->n);
	if (t->format == TABLE_JSON)
		write_record_json(t, part, n_parts, &out);
	else if (t->format == TABLE_CSV)
		write_csv(t, &out);
	else
		write_record_text(t, part, n_parts, &out);
	rc = fd_write_all(STDOUT_FILENO, out.s, out.len, "standard output", e);
	buf_clear(&out);
	table_clear(t);
	for (size_t i = 0; i < n_parts; i++)
		table_clear(part[i].table);
	return rc;
}

int table_print_one(struct table *t, struct err *e)
{
	return t->n == 1 ? table_print_record(t, NULL, 0, e) : table_print(t, NULL, e);
}
