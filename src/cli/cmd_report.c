/*
 * cmd_report: "report": the numbers, in Dutch for those who read them, in English for programs.
 *
 * Input: the command line; titles of incidents, written by the users.
 */
#include "base.h"

#include <jansson.h>
#include <unistd.h>

#include "alloc.h"
#include "fdio.h"
#include "listing.h"
#include "store_report.h"

struct report {
	int64_t from, to; /* to is the first moment behind the period */
	struct counts_row *row;
	size_t n, cap;
	struct counts total;
	struct arena a;
};

static int keep_row(void *arg, const struct counts_row *r, struct err *e)
{
	struct report *p = arg;

	UNUSED(e);
	if (*r->slug == '\0') {
		p->total = r->c;
		return 0;
	}
	grow_array(&p->row, &p->cap, p->n + 1, sizeof(*p->row));
	p->row[p->n++] = (struct counts_row){ arena_strdup(&p->a, r->slug),
					      arena_strdup(&p->a, r->title), r->c };
	return 0;
}

/* The numbers by name: keys in JSON, columns in CSV. */
static const struct {
	const char *name;
	size_t offset;
} numbers[] = {
	{ "incidents", offsetof(struct counts, incidents) },
	{ "findings", offsetof(struct counts, findings) },
	{ "unmatched", offsetof(struct counts, unmatched) },
	{ "companies", offsetof(struct counts, companies) },
	{ "participants", offsetof(struct counts, participants) },
	{ "others", offsetof(struct counts, others) },
	{ "mails", offsetof(struct counts, mails) },
	{ "accepted", offsetof(struct counts, accepted) },
	{ "bounced", offsetof(struct counts, bounced) },
	{ "acknowledged", offsetof(struct counts, acknowledged) },
	{ "resolved", offsetof(struct counts, resolved) },
	{ "not_ours", offsetof(struct counts, not_ours) },
	{ "unreachable", offsetof(struct counts, unreachable) },
	{ "to_call", offsetof(struct counts, to_call) },
	{ "handed_over", offsetof(struct counts, handed_over) },
};

static int64_t number_of(const struct counts *c, size_t i)
{
	return *(const int64_t *)(const void *)((const char *)c + numbers[i].offset);
}

static void put_numbers(json_t *o, const struct counts *c)
{
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
		json_object_set_new(o, numbers[i].name, json_integer(number_of(c, i)));
}

static json_t *moment(int64_t t)
{
	char text[TIME_TEXT];

	return t == 0 || t == INT64_MAX ? json_null() : json_string(time_format_iso(text, t));
}

/* from and to: UTC, to is the first moment behind the period; null where the period is open. */
static int print_json(const struct report *p, struct err *e)
{
	json_t *o = json_object(), *list = json_array(), *total = json_object();
	struct buf out = BUF_INIT;
	char *text;
	int rc;

	for (size_t i = 0; i < p->n; i++) {
		json_t *one = json_object();

		json_object_set_new(one, "slug", json_string(p->row[i].slug));
		json_object_set_new(one, "title", json_string(p->row[i].title));
		put_numbers(one, &p->row[i].c);
		json_array_append_new(list, one);
	}
	put_numbers(total, &p->total);
	json_object_set_new(o, "from", moment(p->from));
	json_object_set_new(o, "to", moment(p->to));
	json_object_set_new(o, "incidents", list);
	json_object_set_new(o, "total", total);
	if ((text = json_dumps(o, JSON_INDENT(1))) == NULL)
		bug("JSON could not be written");
	buf_printf(&out, "%s\n", text);
	rc = fd_write_all(STDOUT_FILENO, out.s, out.len, "standard output", e);
	free(text);
	json_decref(o);
	buf_clear(&out);
	return rc;
}

enum { CSV_WORDS = 3, CSV_COLUMNS = CSV_WORDS + ARRAY_SIZE(numbers) };

static void add_csv(struct table *t, const char *row, const char *slug, const char *title,
		    const struct counts *c)
{
	struct cell cells[CSV_COLUMNS] = { CELL_TEXT(row), CELL_TEXT(slug), CELL_TEXT(title) };

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
		cells[CSV_WORDS + i].number = number_of(c, i);
	table_add(t, cells);
}

/* row: "incident", and one "total" as the last; slug, title; then the numbers. */
static int print_csv(const struct report *p, struct err *e)
{
	struct column columns[CSV_COLUMNS] = {
		{ "row", COLUMN_TEXT, 0 }, { "slug", COLUMN_TEXT, 0 }, { "title", COLUMN_TEXT, 0 },
	};
	struct table t;

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
		columns[CSV_WORDS + i] = (struct column){ numbers[i].name, COLUMN_NUMBER, 0 };
	table_init(&t, TABLE_CSV, columns, CSV_COLUMNS);
	for (size_t i = 0; i < p->n; i++)
		add_csv(&t, "incident", p->row[i].slug, p->row[i].title, &p->row[i].c);
	add_csv(&t, "total", "", "", &p->total);
	return table_print(&t, NULL, e);
}

static const struct column dutch_columns[] = {
	{ "aanleiding", COLUMN_TEXT, 40 },    { "aanleidingen", COLUMN_NUMBER, 0 },
	{ "bevindingen", COLUMN_NUMBER, 0 },  { "bedrijven", COLUMN_NUMBER, 0 },
	{ "deelnemers", COLUMN_NUMBER, 0 },   { "overige", COLUMN_NUMBER, 0 },
	{ "mails", COLUMN_NUMBER, 0 },        { "geaccepteerd", COLUMN_NUMBER, 0 },
	{ "teruggekomen", COLUMN_NUMBER, 0 }, { "bevestigd", COLUMN_NUMBER, 0 },
	{ "opgelost", COLUMN_NUMBER, 0 },     { "onbereikbaar", COLUMN_NUMBER, 0 },
	{ "te bellen", COLUMN_NUMBER, 0 },    { "overgedragen", COLUMN_NUMBER, 0 },
};

static void add_dutch(struct table *t, const char *name, const struct counts *c)
{
	const struct cell cells[] = {
		CELL_TEXT(name),
		CELL_NUMBER(c->incidents),
		CELL_NUMBER(c->findings),
		CELL_NUMBER(c->companies),
		CELL_NUMBER(c->participants),
		CELL_NUMBER(c->others),
		CELL_NUMBER(c->mails),
		CELL_NUMBER(c->accepted),
		CELL_NUMBER(c->bounced),
		CELL_NUMBER(c->acknowledged),
		CELL_NUMBER(c->resolved),
		CELL_NUMBER(c->unreachable),
		CELL_NUMBER(c->to_call),
		CELL_NUMBER(c->handed_over),
	};

	table_add(t, cells);
}

enum { DAY = 86400 };

static const char *moment_text(char out[TIME_TEXT], int64_t t)
{
	return t % DAY == 0 ? time_format_date(out, t) : time_format_iso(out, t);
}

static void print_period(const struct report *p)
{
	char from[TIME_TEXT], to[TIME_TEXT];

	fputs("Waarschuwingen", stdout);
	if (p->from != 0)
		printf(" van %s", moment_text(from, p->from));
	if (p->to != INT64_MAX && p->to % DAY == 0)
		printf(" tot en met %s", time_format_date(to, p->to - 1));
	else if (p->to != INT64_MAX)
		printf(" tot %s", moment_text(to, p->to));
	puts(p->from == 0 && p->to == INT64_MAX ? " tot nu toe\n" : "\n");
	fflush(stdout);
}

static int print_text(const struct report *p, struct err *e)
{
	struct table t;

	table_init(&t, TABLE_TEXT, dutch_columns, ARRAY_SIZE(dutch_columns));
	for (size_t i = 0; i < p->n; i++)
		add_dutch(&t, p->row[i].slug, &p->row[i].c);
	add_dutch(&t, "Totaal", &p->total);
	print_period(p);
	return table_print(&t, NULL, e);
}

/* A bare date as the end of a period means the whole of that day. */
static int period(struct report *p, const char *from, const char *to, struct err *e)
{
	enum { BARE_DATE = 10 };
	int rc = 0;

	p->from = 0;
	p->to = INT64_MAX;
	if (from != NULL && (rc = cli_date(from, &p->from, e)) < 0)
		return rc;
	if (to != NULL && (rc = cli_date(to, &p->to, e)) < 0)
		return rc;
	if (to != NULL && strlen(to) == BARE_DATE)
		p->to += DAY;
	if (p->to <= p->from)
		return err_set(e, ERR_USAGE, "the period ends before it begins");
	return 0;
}

int cmd_report(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *from = NULL, *to = NULL;
	const struct option_spec spec[] = { { "from", &from, NULL }, { "to", &to, NULL } };
	struct listing l = { .spec = spec, .n_spec = 2, .most = 1, .what = "SLUG" };
	struct report p = { .a = ARENA_INIT };
	int64_t incident;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0 || (rc = period(&p, from, to, e)) < 0 ||
	    (rc = cli_incident(c, l.n > 0 ? l.args[0] : NULL, &incident, e)) < 0)
		return rc;
	if ((rc = store_report(c->gateway.store, incident, p.from, p.to, keep_row, &p, e)) < 0)
		goto out;
	if (incident != 0 && p.n > 0) /* the store adds up only where there is something to add */
		p.total = p.row[0].c;
	if (l.format == TABLE_JSON)
		rc = print_json(&p, e);
	else if (l.format == TABLE_CSV)
		rc = print_csv(&p, e);
	else
		rc = print_text(&p, e);
out:
	free(p.row);
	arena_clear(&p.a);
	return rc;
}
