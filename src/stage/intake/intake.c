/*
 * intake: finds out what a feed is, and reads it row by row.
 *
 * Invariant: read == found + refused after every row; nothing is handed on before the whole of the
 * feed made sense.
 * Input: a file or pipe from outside (hostile); options from configuration and command line
 * (trusted).
 */
#include "base.h"
#include "alloc.h"
#include "intake_clean.h"
#include "intake_formats.h"

const char *const intake_format_words[] = { "auto", "shadowserver", "intelmq", "csv", NULL };

bool plan_has(const struct csv_plan *p, const char *column)
{
	for (size_t i = 0; i < p->n; i++)
		if (span_equals_nocase(span_str(p->name[i]), column))
			return true;
	return false;
}

bool plan_set(struct csv_plan *p, const char *column, enum field field, uint8_t rank)
{
	struct span want = span_trim(span_str(column));

	for (size_t i = 0; i < p->n; i++) {
		if (!span_equals_nocase(want, p->name[i]) || p->field[i] != FIELD_EXTRA)
			continue;
		p->field[i] = field;
		p->rank[i] = rank;
		return true;
	}
	return false;
}

/* Reads the header; the mark stays before it. */
static int read_header(struct csv_plan *p, struct csv_table *t, struct intake_run *run,
                       struct feed *f, struct err *e)
{
	struct csv_row row;
	int got = csv_table_next(t, &row, f, e);

	*p = (struct csv_plan){ 0 };
	if (got < 0)
		return got;
	if (got == CSV_BAD)
		return err_set(e, ERR_INPUT, "%s: the header (line %" PRIu64 "): %s", f->name,
		               row.line, row.reason);
	if (got == CSV_END)
		return err_set(e, ERR_INPUT, "%s: empty", f->name);
	for (size_t i = 0; i < row.n; i++) {
		const char *name = clean_text(&run->file, arena_strdup(&run->file, row.value[i]),
		                              COLUMN_NAME_MAX);

		p->name[i] = *name != '\0' ? name : arena_printf(&run->file, "column_%zu", i + 1);
	}
	p->n = row.n;
	return 0;
}

static int read_rows(struct csv_table *t, const struct csv_plan *p, struct intake_run *run,
                     struct feed *f, struct err *e)
{
	struct csv_row *row = xcalloc(1, sizeof(*row));
	int got, rc = 0;

	csv_table_set_columns(t, p->n);
	while (rc == 0 && (got = csv_table_next(t, row, f, e)) != CSV_END) {
		if (got < 0) {
			rc = got;
		} else if (got == CSV_BAD) {
			rc = row_refuse(run, row->line, row->raw, row->reason, e);
		} else {
			for (size_t i = 0; i < row->n; i++)
				row_add(run, p->name[i], row->value[i], p->field[i], p->rank[i]);
			feed_accept(f);
			rc = row_finish(run, row->line, row->raw, e);
		}
	}
	free(row);
	return rc;
}

static int read_table(struct intake_run *run, struct feed *f, enum intake_format format,
                      struct err *e)
{
	const struct intake_mapping *m = run->o->mapping;
	struct csv_plan *p = xcalloc(1, sizeof(*p));
	struct csv_table *t = csv_table_new(format == INTAKE_CSV ? m->delimiter : ',');
	int rc;

	if ((rc = read_header(p, t, run, f, e)) < 0)
		goto out;
	feed_accept(f);
	rc = format == INTAKE_CSV ? mapping_plan(p, run, e) : shadowserver_plan(p, run, e);
	if (rc == 0)
		rc = read_rows(t, p, run, f, e);
out:
	csv_table_free(t);
	free(p);
	return rc;
}

/*
 * Names of a header as Shadowserver writes it: a comma never is part of one, so that any other line
 * may fail here.
 */
static void split_header(struct csv_plan *p, struct arena *a, struct span line)
{
	struct span name;
	bool more = !span_empty(line);

	while (more && p->n < ROW_CELLS) {
		more = span_until(&line, ',', &name);
		name = span_trim(name);
		if (span_len(name) >= 2 && *name.p == '"' && name.end[-1] == '"')
			name = (struct span){ name.p + 1, name.end - 1 };
		p->name[p->n++] =
			clean_text(a, arena_strndup(a, name.p, span_len(name)), COLUMN_NAME_MAX);
	}
}

/* Is it a Shadowserver report?  Leaves the feed before the header. */
static int looks_like_report(bool *out, struct intake_run *run, struct feed *f, struct err *e)
{
	struct csv_plan *p = xcalloc(1, sizeof(*p));
	char type[COLUMN_NAME_MAX];
	struct span line;
	bool named;
	int got;

	while ((got = feed_line(f, &line, e)) == FEED_LINE && span_empty(span_trim(line)))
		feed_accept(f);
	if (got == FEED_LINE && bytes_check(line) == NULL)
		split_header(p, &run->file, line);
	shadowserver_type(type, run->o->file_name, &named);
	*out = shadowserver_header(p, named);
	feed_rewind(f);
	free(p);
	return got < 0 ? got : 0;
}

static int guess_table(enum intake_format *out, struct intake_run *run, struct feed *f,
                       struct err *e)
{
	bool report = false;
	int rc = looks_like_report(&report, run, f, e);

	if (rc < 0)
		return rc;
	*out = report ? INTAKE_SHADOWSERVER : INTAKE_CSV;
	if (!report && run->o->mapping == NULL)
		return err_set(e, ERR_INPUT,
		               "%s: neither IntelMQ events nor a Shadowserver report; "
		               "name its format, or describe its columns in a mapping", f->name);
	return 0;
}

static bool starts_with(struct span s, const char *bytes)
{
	size_t n = strlen(bytes);

	return span_len(s) >= n && memcmp(s.p, bytes, n) == 0;
}

/* Drops a byte order mark; says what the file is if it can be no text. */
static int check_start(struct feed *f, struct err *e)
{
	struct span s;
	int rc = feed_need(f, 4, e);

	if (rc < 0)
		return rc;
	s = feed_rest(f);
	if (span_empty(s))
		return err_set(e, ERR_INPUT, "%s: empty", f->name);
	if (starts_with(s, "\x1f\x8b") || starts_with(s, "PK\x03\x04"))
		return err_set(e, ERR_INPUT, "%s: compressed; unpack it first", f->name);
	if (starts_with(s, "\xff\xfe") || starts_with(s, "\xfe\xff"))
		return err_set(e, ERR_INPUT, "%s: UTF-16; convert it first (iconv -t UTF-8)",
		               f->name);
	if (starts_with(s, "\xef\xbb\xbf")) {
		feed_skip(f, 3);
		feed_accept(f);
	}
	return 0;
}

/* The first byte that is no blank, NUL where there is none within reason. */
static int first_byte(char *out, struct feed *f, struct err *e)
{
	int rc = feed_need(f, FEED_RAW_MAX, e);
	struct span s = span_trim(feed_rest(f));

	*out = span_empty(s) ? '\0' : *s.p;
	return rc;
}

static int read_feed(struct intake_run *run, struct feed *f, struct err *e)
{
	enum intake_format format = run->o->format;
	char first;
	int rc;

	if ((rc = check_start(f, e)) < 0 || (rc = first_byte(&first, f, e)) < 0)
		return rc;
	if (format == INTAKE_INTELMQ || (format == INTAKE_AUTO && (first == '{' || first == '[')))
		return intelmq_read(run, f, e);
	if (format == INTAKE_AUTO && (rc = guess_table(&format, run, f, e)) < 0)
		return rc;
	if (format == INTAKE_CSV && run->o->mapping == NULL)
		return err_set(e, ERR_CONF, "%s: for CSV a mapping of its columns is needed",
		               f->name);
	return read_table(run, f, format, e);
}

int intake_read(struct intake_count *count, int fd, const struct intake_options *o,
                const struct intake_sink *sink, struct err *e)
{
	struct intake_run run = {
		.o = o, .sink = sink, .count = count, .advice = "",
		.file = ARENA_INIT, .arena = ARENA_INIT,
	};
	struct feed f;
	int rc;

	*count = (struct intake_count){ 0 };
	run.cell = xcalloc(ROW_CELLS, sizeof(*run.cell));
	feed_init(&f, fd, o->file_name);
	rc = read_feed(&run, &f, e);
	feed_clear(&f);
	arena_clear(&run.file);
	arena_clear(&run.arena);
	free(run.cell);
	return rc;
}
