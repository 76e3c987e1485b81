/*
 * rows: the register as CSV and JSON lines, in and out.  doc/formats.md describes both.
 *
 * One row is one of: a company, a contact of it, an asset of it.  Bad rows are refused with file, line and reason;
 * good ones go in.  What export writes, import reads back to the same register.
 * Input: written by companies and colleagues; not trusted (limits as in intake.h).
 */
#ifndef SEINPOST_ROWS_H
#define SEINPOST_ROWS_H

#include "base.h"
#include "err.h"
#include "register.h"

enum row_kind { ROW_COMPANY, ROW_CONTACT, ROW_ASSET };
enum rows_format { ROWS_AUTO, ROWS_CSV, ROWS_JSONL };

struct register_row {
	enum row_kind kind;
	const char *company_ref; /* of all kinds */
	struct company company;
	struct contact contact;
	struct asset asset;
	unsigned present; /* bit per enum row_field that the row names: an absent column leaves the stored value alone */
};

enum row_field {
	ROW_NAME = 1, ROW_STATUS = 2, ROW_LANGUAGE = 4, ROW_VITAL = 8, ROW_PARTNER = 16, ROW_ROLE = 32, ROW_RANK = 64,
	ROW_SOURCE = 128, ROW_SOURCE_DATE = 256, ROW_PGP = 512, ROW_CONTACT_NAME = 1024, ROW_STATE = 2048,
};

struct rows_sink {
	int (*row)(void *arg, const struct register_row *r, uint64_t line, struct err *e);
	int (*refused)(void *arg, uint64_t line, const char *raw, size_t n, const char *reason, struct err *e);
	void *arg;
};

struct rows_options {
	enum rows_format format; /* ROWS_AUTO looks at the first character */
	int64_t now;
	int (*to_ascii)(char *out, const char *name, struct err *e); /* ext/idn.h */
};

/* Reads fd to its end; ERR_INPUT where the header is unusable (then nothing was handed on). */
int rows_read(int fd, const struct rows_options *o, const struct rows_sink *sink, struct err *e) NODISCARD;

struct buf;

/* Appends the heading line of the CSV form (nothing for JSON lines). */
void rows_write_head(struct buf *out, enum rows_format format);
/* Appends one row.  c, k and a: exactly the ones of its kind; company_ref always. */
void rows_write(struct buf *out, enum rows_format format, const struct register_row *r);

#endif
