/*
 * classify_tsv: nine columns, so that scripts and scorers can read a verdict.
 *
 * Invariant: exactly nine columns and one line, whatever the verdict holds.
 * Input: a valid verdict; the file name is the caller's and made printable.
 */
#include "base.h"

#include "classify_tsv.h"
#include "utf8.h"

enum { CELL_TEXT = 16 };

static void status_cell(char *out, const struct verdict_recipient *r)
{
	snprintf(out, CELL_TEXT, "%s", r->status[0] ? r->status : "-");
}

static void reply_cell(char *out, const struct verdict_recipient *r)
{
	if (r->reply > 0)
		snprintf(out, CELL_TEXT, "%d", r->reply);
	else
		snprintf(out, CELL_TEXT, "-");
}

static void class_cell(char *out, const struct verdict_recipient *r)
{
	snprintf(out, CELL_TEXT, "%s", verdict_class_words[r->class]);
}

static void reason_cell(char *out, const struct verdict_recipient *r)
{
	snprintf(out, CELL_TEXT, "%s",
		 r->reason == REASON_NONE ? "-" : verdict_reason_words[r->reason]);
}

static void perm_cell(char *out, const struct verdict_recipient *r)
{
	snprintf(out, CELL_TEXT, "%s",
		 r->perm == VERDICT_PERM_NONE ? "-" : verdict_perm_words[r->perm]);
}

static void write_column(struct buf *out, const struct verdict *v,
			 void (*cell)(char *, const struct verdict_recipient *))
{
	char first[CELL_TEXT], text[CELL_TEXT];
	bool same = true;

	buf_addch(out, '\t');
	cell(first, v->n_recipients > 0 ? &v->recipient[0] : &v->overall);
	for (int i = 1; i < v->n_recipients; i++) {
		cell(text, &v->recipient[i]);
		same = same && strcmp(first, text) == 0;
	}
	buf_addstr(out, first);
	for (int i = 1; i < v->n_recipients && !same; i++) {
		cell(text, &v->recipient[i]);
		buf_printf(out, ",%s", text);
	}
}

void classify_write_tsv(struct buf *out, const char *file, const struct verdict *v)
{
	utf8_printable(out, file, strlen(file), 4096, true);
	buf_printf(out, "\t%s\t", verdict_kind_words[v->kind]);
	for (int i = 0; i < v->n_recipients; i++)
		buf_printf(out, "%s%s", i ? "," : "", v->recipient[i].address);
	if (v->n_recipients == 0)
		buf_addch(out, '-');
	write_column(out, v, status_cell);
	write_column(out, v, class_cell);
	write_column(out, v, reason_cell);
	write_column(out, v, reply_cell);
	write_column(out, v, perm_cell);
	buf_printf(out, "\t%s\n", v->kind == VERDICT_REPLY ? verdict_answer_words[v->answer] : "-");
}
