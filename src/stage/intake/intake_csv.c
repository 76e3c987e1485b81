/*
 * intake_csv: records of a CSV file, by libcsv in its strict mode, fed one physical line at a time.
 *
 * Invariant: a bad record costs its first physical line only; a record over several lines counts
 * only with exactly the header's number of values, so that an unterminated quote cannot swallow the
 * rows behind it.
 * Input: hostile bytes; line length, line count, columns, UTF-8 and NUL are checked before libcsv
 * sees them.
 */
#include "base.h"

#include <csv.h>

#include "alloc.h"
#include "intake_formats.h"

enum { RECORD_LINES_MAX = 256 };

struct csv_table {
	struct csv_parser parser;
	char delimiter;
	size_t columns;
	struct buf text;      /* the values, each with its NUL */
	size_t at[ROW_CELLS];
	size_t n;             /* values, also those over ROW_CELLS */
	bool ended;           /* libcsv saw the end of the record */
};

/* Only LF ends a record: a bare CR is a control character like others. */
static int ends_record(unsigned char c)
{
	return c == '\n';
}

static void parser_start(struct csv_table *t)
{
	csv_free(&t->parser);
	if (csv_init(&t->parser, CSV_STRICT) != 0)
		bug("csv_init");
	csv_set_delim(&t->parser, (unsigned char)t->delimiter);
	csv_set_term_func(&t->parser, ends_record);
	csv_set_realloc_func(&t->parser, xrealloc);
	csv_set_blk_size(&t->parser, 16 * 1024);
}

struct csv_table *csv_table_new(char delimiter)
{
	struct csv_table *t = xcalloc(1, sizeof(*t));

	t->text = (struct buf)BUF_INIT;
	t->delimiter = delimiter;
	parser_start(t);
	return t;
}

void csv_table_free(struct csv_table *t)
{
	if (t == NULL)
		return;
	csv_free(&t->parser);
	buf_clear(&t->text);
	free(t);
}

void csv_table_set_columns(struct csv_table *t, size_t columns)
{
	t->columns = columns;
}

static void on_value(void *value, size_t n, void *arg)
{
	struct csv_table *t = arg;

	if (t->n < ROW_CELLS) {
		t->at[t->n] = t->text.len;
		buf_add(&t->text, value, n);
		buf_addch(&t->text, '\0');
	}
	t->n++;
}

static void on_end(int c, void *arg)
{
	struct csv_table *t = arg;

	UNUSED(c);
	t->ended = true;
}

/* Feeds one line and its LF; false where libcsv finds a quote out of place. */
static bool feed_parser(struct csv_table *t, struct span line)
{
	size_t n = span_len(line);

	return (n == 0 || csv_parse(&t->parser, line.p, n, on_value, on_end, t) == n) &&
	       csv_parse(&t->parser, "\n", 1, on_value, on_end, t) == 1;
}

static void start_record(struct csv_table *t)
{
	buf_reset(&t->text);
	t->n = 0;
	t->ended = false;
}

/* The first line of the record is lost, what follows is read again. */
static int give_up(struct csv_table *t, struct csv_row *row, struct feed *f, const char *reason)
{
	parser_start(t);
	row->raw = feed_give_up(f);
	row->reason = reason;
	return CSV_BAD;
}

/*
 * Shadowserver's HTTP reports have quotes within a value as \", which for libcsv end it.  The line
 * is tried again with "" in their place, and believed only where it then has exactly the header's
 * number of values.
 */
static bool feed_escaped(struct csv_table *t, struct span line)
{
	struct buf b = BUF_INIT;
	bool fed;

	for (const char *p = line.p; p < line.end; p++)
		buf_addch(&b, *p == '\\' && p + 1 < line.end && p[1] == '"' ? '"' : *p);
	parser_start(t);
	start_record(t);
	fed = t->columns > 0 && feed_parser(t, span_of(b.s, b.len)) && t->ended &&
	      t->n == t->columns;
	buf_clear(&b);
	return fed;
}

static const char *line_check(int result, struct span line)
{
	if (result == FEED_LONG)
		return "longer than 1 MiB";
	return bytes_check(line);
}

/* Is a complete record one we can believe? */
static const char *record_check(const struct csv_table *t, const struct feed *f, uint64_t lines)
{
	if (t->n > ROW_CELLS)
		return "more than 512 values";
	if (t->columns == 0)
		return lines > 1 ? "a quote is not closed" : NULL;
	if (t->n > t->columns)
		return "more values than the header has columns";
	if (t->n == t->columns)
		return NULL;
	if (lines > 1)
		return "a quote is not closed";
	if (f->eof && f->cursor == f->data.len && f->data.s[f->cursor - 1] != '\n')
		return "cut off in the middle: the file seems to be incomplete";
	return NULL;
}

static int finish_record(struct csv_table *t, struct csv_row *row, struct feed *f)
{
	const char *reason = record_check(t, f, f->line - f->mark_line);

	if (reason != NULL)
		return give_up(t, row, f, reason);
	row->raw = feed_record(f);
	row->n = t->n;
	for (size_t i = 0; i < t->n; i++)
		row->value[i] = t->text.s + t->at[i];
	return CSV_RECORD;
}

static bool is_blank_line(struct span line)
{
	return span_empty(span_trim(line));
}

int csv_table_next(struct csv_table *t, struct csv_row *row, struct feed *f, struct err *e)
{
	struct span line;
	int got;

	start_record(t);
	while ((got = feed_line(f, &line, e)) == FEED_LINE && is_blank_line(line))
		feed_accept(f);
	row->line = f->mark_line + 1;
	while (got > FEED_END) {
		const char *reason = line_check(got, line);
		bool first = f->line == f->mark_line + 1;

		if (reason != NULL)
			return give_up(t, row, f, first ? reason : "a quote is not closed");
		if (!feed_parser(t, line) && !(first && feed_escaped(t, line)))
			return give_up(t, row, f,
			               first ? "a quote in the wrong place"
			                     : "a quote is not closed");
		if (t->ended)
			return finish_record(t, row, f);
		if (f->line - f->mark_line >= RECORD_LINES_MAX ||
		    f->cursor - f->mark > FEED_LINE_MAX)
			return give_up(t, row, f, "a quote is not closed");
		got = feed_line(f, &line, e);
	}
	if (got < 0)
		return got;
	return f->line == f->mark_line ? CSV_END : give_up(t, row, f, "a quote is not closed");
}
