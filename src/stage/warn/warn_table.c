/*
 * warn_table: the systems of a group as a table in plain text.
 *
 * Invariant: no line is wider than WARN_TABLE_COLUMNS characters.
 * Input: findings; their texts come through warn_view_clean().
 */
#include "base.h"
#include "clock.h"
#include "defang.h"
#include "utf8.h"
#include "warn_table.h"
#include "warn_view.h"

enum { SYSTEM, PORT, SEEN, DETAILS, FIELDS };
enum { SYSTEM_MAX = 39, PORT_MAX = 12, DETAILS_MIN = 12, DETAILS_LINES = 4, GAP = 2 };

struct row {
	const char *cell[FIELDS];
};

static size_t width(const char *s)
{
	return utf8_count(s, strlen(s));
}

/* Bytes of the first n characters. */
static size_t bytes_of(const char *s, size_t n)
{
	size_t i = 0;

	for (; s[i] != '\0'; i++)
		if (((unsigned char)s[i] & 0xc0) != 0x80 && n-- == 0)
			break;
	return i;
}

/* Appends s in exactly w columns, or cut to them with "..." at its end. */
static void add_cell(struct buf *b, const char *s, size_t w)
{
	static const char blanks[] =
		"                                                                        ";
	size_t n = width(s);

	if (n > w) {
		buf_add(b, s, bytes_of(s, w - 3));
		buf_addstr(b, "...");
	} else {
		buf_addstr(b, s);
		buf_add(b, blanks, w - n);
	}
}

static const char *port_text(struct arena *a, const struct finding *f)
{
	const char *port = warn_view_port(a, f);

	if (port[0] == '\0' || f->transport[0] == '\0')
		return port;
	return arena_concat(a, port, "/", warn_view_clean(a, f->transport));
}

/* What is known but does not stand in the first column, the most telling first. */
static const char *details_text(struct arena *a, const struct finding *f, const char *kind,
                                const char *system)
{
	const char *part[] = { warn_view_clean(a, f->account), warn_view_url(a, f, kind),
		               warn_view_clean(a, f->domain),  warn_view_clean(a, f->product),
		               warn_view_clean(a, f->cve),     warn_view_clean(a, f->identifier) };
	const char *all = "";

	for (size_t i = 0; i < ARRAY_SIZE(part); i++) {
		if (part[i][0] == '\0' || strcmp(part[i], system) == 0 ||
		    strcmp(part[i], kind) == 0)
			continue;
		if (i != 1) /* the link is as it has to be */
			part[i] = defang_text(a, part[i]);
		all = all[0] == '\0' ? part[i] : arena_concat(a, all, ", ", part[i]);
	}
	return all;
}

static struct row finding_row(struct arena *a, const struct finding *f, const char *kind)
{
	const char *system = warn_view_system(a, f, kind);

	char *seen = arena_take(a, TIME_TEXT);

	return (struct row){ { system, port_text(a, f), time_format_minute(seen, f->seen_at),
		               details_text(a, f, kind, system) } };
}

/* Widths of the columns; 0 for one that is left out. */
static void measure(size_t w[FIELDS], const struct row *row, size_t n)
{
	size_t left = WARN_TABLE_COLUMNS;

	for (int k = 0; k < FIELDS; k++) {
		bool used = false;

		w[k] = width(row[0].cell[k]);
		for (size_t i = 1; i < n; i++) {
			size_t here = width(row[i].cell[k]);

			used = used || here > 0;
			w[k] = here > w[k] ? here : w[k];
		}
		if (!used)
			w[k] = 0;
		if (k == SYSTEM && w[k] > SYSTEM_MAX)
			w[k] = SYSTEM_MAX;
		if (k == PORT && w[k] > PORT_MAX)
			w[k] = PORT_MAX;
		if (k == DETAILS && w[k] > left)
			w[k] = left < DETAILS_MIN ? 0 : left;
		if (w[k] > 0)
			left = left > w[k] + GAP ? left - w[k] - GAP : 0;
	}
}

/* Cuts what there is of c at the end, but nothing before start. */
static void drop_last(struct buf *b, size_t start, char c)
{
	size_t len = b->len;

	while (len > start && b->s[len - 1] == c)
		len--;
	buf_truncate(b, len);
}

static void add_line(struct buf *b, const struct row *row, const size_t w[FIELDS])
{
	size_t start = b->len;

	for (int k = 0; k < FIELDS; k++) {
		if (w[k] == 0)
			continue;
		if (b->len > start)
			buf_addstr(b, "  ");
		add_cell(b, row->cell[k], w[k]);
	}
	drop_last(b, start, ' ');
	buf_addch(b, '\n');
}

/* Bytes of s that go on a line of w columns: up to the last blank that fits, else w columns. */
static size_t line_bytes(const char *s, size_t w)
{
	size_t n = 0, blank = 0, columns = 0;

	for (; s[n] != '\0'; n++) {
		if (((unsigned char)s[n] & 0xc0) != 0x80 && columns++ == w)
			return s[n] == ' ' || blank == 0 ? n : blank;
		if (s[n] == ' ')
			blank = n;
	}
	return n;
}

/* The details go on below, on DETAILS_LINES lines at most. */
static void add_row(struct buf *b, struct arena *a, const struct row *row, const size_t w[FIELDS])
{
	struct row line = *row;
	const char *rest = row->cell[DETAILS];

	for (int i = 1; i < DETAILS_LINES && w[DETAILS] > 0 && width(rest) > w[DETAILS]; i++) {
		size_t n = line_bytes(rest, w[DETAILS]);

		line.cell[DETAILS] = arena_strndup(a, rest, n);
		add_line(b, &line, w);
		line = (struct row){ { "", "", "", "" } };
		rest += n + (rest[n] == ' ');
	}
	line.cell[DETAILS] = rest;
	add_line(b, &line, w);
}

static void add_rule(struct buf *b, const size_t w[FIELDS])
{
	static const char dashes[] =
		"------------------------------------------------------------------------";
	struct row rule;

	for (int k = 0; k < FIELDS; k++)
		rule.cell[k] = dashes + sizeof(dashes) - 1 - w[k];
	add_line(b, &rule, w);
}

static void add_more(struct buf *b, size_t more, enum language l)
{
	const struct dutch_words *words = dutch_words(l);
	const char *gap = strstr(words->more, "%s");
	char number[DUTCH_TEXT];

	if (more == 1) {
		buf_addstr(b, words->one_more);
	} else if (more > 1) {
		buf_add(b, words->more, (size_t)(gap - words->more));
		buf_addstr(b, dutch_number(number, l, more));
		buf_addstr(b, gap + 2);
	}
}

const char *warn_table(struct arena *a, const struct warn_group *g, enum language l)
{
	const struct dutch_words *words = dutch_words(l);
	size_t shown = g->n < WARN_TABLE_ROWS ? g->n : WARN_TABLE_ROWS;
	struct row row[WARN_TABLE_ROWS + 1];
	struct buf b = BUF_INIT;
	size_t w[FIELDS];
	const char *table;

	row[0] = (struct row){ { words->system, words->port, words->seen, words->details } };
	for (size_t i = 0; i < shown; i++)
		row[i + 1] = finding_row(a, g->finding[i], g->kind);
	measure(w, row, shown + 1);
	buf_reserve(&b, (shown + 3) * (WARN_TABLE_COLUMNS + 1));
	for (size_t i = 0; i <= shown; i++) {
		add_row(&b, a, &row[i], w);
		if (i == 0)
			add_rule(&b, w);
	}
	add_more(&b, g->n - shown, l);
	drop_last(&b, 0, '\n');
	table = arena_strndup(a, b.s, b.len);
	buf_clear(&b);
	return table;
}
