/*
 * rows: reads a register in whichever form it comes.
 *
 * Invariant: a heading or form that cannot be used is told before the sink has seen anything.
 * Input: files of companies and colleagues (not trusted); their size is capped here, their lines by
 * the readers.
 */
#include "base.h"
#include "buf.h"
#include "fdio.h"
#include "row_cells.h"
#include "utf8.h"

int rows_refuse(struct row_reader *rd, const char *reason, struct err *e)
{
	size_t n = span_len(rd->raw);
	struct buf text = BUF_INIT;
	int rc;

	/* it quotes values, which may have been cut inside of a character */
	utf8_printable(&text, reason, strlen(reason), SIZE_MAX, true);
	rd->refused++;
	rc = rd->sink->refused(rd->sink->arg, rd->line, rd->raw.p,
	                       n < ROWS_RAW_MAX ? n : ROWS_RAW_MAX, text.s, e);
	buf_clear(&text);
	return rc;
}

int row_hand_on(struct row_reader *rd, const struct row_cells *cells, const char *where,
                struct err *e)
{
	struct register_row row;
	struct err reason = ERR_INIT;

	if (row_from_cells(&row, &rd->arena, cells, rd->options, &reason) == 0)
		return rd->sink->row(rd->sink->arg, &row, rd->line, e);
	if (where[0] != '\0')
		err_wrap(&reason, "%s", where);
	return rows_refuse(rd, reason.text, e);
}

/* Drops a byte order mark; ERR_INPUT where it is one of UTF-16 (a spreadsheet's "Unicode text"). */
static int skip_mark(struct span *text, struct err *e)
{
	size_t n = span_len(*text);

	if (n >= 3 && memcmp(text->p, "\xef\xbb\xbf", 3) == 0)
		text->p += 3;
	else if (n >= 2 &&
	         (memcmp(text->p, "\xff\xfe", 2) == 0 || memcmp(text->p, "\xfe\xff", 2) == 0))
		return err_set(e, ERR_INPUT, "the file is UTF-16; save it as 'CSV UTF-8'");
	return 0;
}

static int find_format(enum rows_format *format, struct span text, struct err *e)
{
	struct span s = span_trim(text);

	if (*format != ROWS_AUTO)
		return 0;
	if (span_empty(s))
		return err_set(e, ERR_INPUT, "the file is empty");
	if (*s.p == '[')
		return err_set(
			e, ERR_INPUT,
			"the file is a JSON array; one object a line is wanted (jq -c '.[]')");
	*format = *s.p == '{' ? ROWS_JSONL : ROWS_CSV;
	return 0;
}

static void tell_lines(const struct rows_sink *sink, struct span text)
{
	uint64_t lines = 0;

	if (sink->begin == NULL)
		return;
	while (!span_empty(text)) {
		struct span line;

		span_until(&text, '\n', &line);
		lines++;
	}
	sink->begin(sink->arg, lines);
}

int rows_read(int fd, const struct rows_options *o, const struct rows_sink *sink, struct err *e)
{
	struct row_reader rd = { .options = o, .sink = sink, .arena = ARENA_INIT };
	enum rows_format format = o->format;
	struct buf file = BUF_INIT;
	struct span text;
	int rc;

	rd.name = o->name != NULL ? o->name : "register";
	if ((rc = fd_read_all(&file, fd, ROWS_FILE_MAX, rd.name, e)) < 0)
		goto out;
	text = span_of(file.s, file.len);
	if ((rc = skip_mark(&text, e)) < 0 || (rc = find_format(&format, text, e)) < 0) {
		rc = err_wrap(e, "%s", rd.name);
		goto out;
	}
	tell_lines(sink, text);
	rc = format == ROWS_CSV ? rows_read_csv(&rd, text, e) : rows_read_jsonl(&rd, text, e);
out:
	arena_clear(&rd.arena);
	buf_clear(&file);
	return rc;
}
