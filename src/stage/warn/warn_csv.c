/*
 * warn_csv: all findings of a mail, for the people and programs that mend them.
 *
 * Invariant: one line a finding, as many cells as the heading has.
 * Input: findings; every cell goes through compose_csv_cell(), which leaves no formula.
 */
#include "base.h"
#include "clock.h"
#include "compose.h"
#include "num.h"
#include "utf8.h"
#include "warn.h"
#include "warn_table.h"
#include "word.h"

enum { CELL_MAX = 4096, ROW_USUAL = 200 };

#define COLUMNS(and) "timestamp" and "ip" and "port" and "transport" and "domain" and "url" and \
	"account" and "what" and "cve" and "severity" and "product" and "source"

const char warn_csv_columns[] = COLUMNS(", ");

static void add_text(struct buf *out, const char *s)
{
	struct buf clean = BUF_INIT;
	size_t n = strlen(s);

	buf_addch(out, ',');
	if (n <= CELL_MAX && utf8_plain_run(s, n) == n) { /* nearly all are */
		compose_csv_cell(out, s);
		return;
	}
	utf8_printable(&clean, s, n, CELL_MAX, true);
	compose_csv_cell(out, clean.s);
	buf_clear(&clean);
}

static void add_finding(struct buf *out, const struct finding *f)
{
	char time[TIME_TEXT], ip[IP_TEXT] = "", port[NUM_TEXT] = "";

	if (f->has_ip)
		ip_format(ip, &f->ip);
	if (f->port != 0)
		num_put(port, f->port, 1);
	compose_csv_cell(out, time_format_second(time, f->seen_at));
	add_text(out, ip);
	add_text(out, port);
	add_text(out, f->transport);
	add_text(out, f->domain);
	add_text(out, f->url);
	add_text(out, f->account);
	add_text(out, f->identifier);
	add_text(out, f->cve);
	add_text(out, word_of(severity_words, (int)f->severity));
	add_text(out, f->product);
	add_text(out, f->feed);
	buf_addstr(out, "\r\n");
}

void warn_csv(struct buf *out, const struct finding *finding, size_t n)
{
	buf_reserve(out, ROW_USUAL * (n + 1));
	buf_addstr(out, "\"" COLUMNS("\",\"") "\"\r\n");
	for (size_t i = 0; i < n; i++)
		add_finding(out, &finding[i]);
}
