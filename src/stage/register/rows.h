/*
 * rows: the register as CSV and JSON lines, in and out.  doc/formats.md describes both.
 *
 * One row is one of: a company, a contact of it, an asset of it.  Bad rows are refused with line
 * and reason; good ones go in.  What export writes, import reads back to the same register.
 * Input: written by companies and colleagues; not trusted: the file, its lines and each value have
 * a greatest length, text is UTF-8 without control characters, and names of columns that are not
 * known stop the reading.
 *
 * Columns, in any order, those that are not needed left out:
 *   company      the company's key in the register: letters, digits, '-', '_', '.'
 *   kind         company | mail | phone | network | domain
 *   value        nothing | address | number | 192.0.2.0/24, 192.0.2.7, 192.0.2.1-192.0.2.9 |
 *                example.nl
 *   name         the company's name; of a contact: the person to ask for
 *   status       participant | found                       (company)
 *   language     nl | en                                   (company, mail, phone)
 *   vital        yes | no | true | false | 1 | 0 | ja | nee (company)
 *   partner      key of the company that may receive its warnings (company)
 *   role, rank, source, source_date                        (mail, phone; rank 1 to 999, 1 is
 *                                                          tried first)
 *   pgp          OpenPGP fingerprint                       (mail)
 *   state        unproven | proven | doubtful | invalid    (mail, phone)
 * A value in a column that says nothing about the row's kind is refused, so that nothing is thrown
 * away silently.
 * An absent column (JSON: an absent key or null) leaves the stored value alone; so does an empty
 * cell, but for language (of a contact), partner, name (of a contact), role, source_date and pgp,
 * which it empties.
 *
 * JSON lines: one object a line with the columns as keys.  An object without kind is a company, and
 * may have "contacts": [{"mail": "a@example.nl", "role": ...}, {"phone": ...}] and "assets":
 * ["192.0.2.0/24", "example.nl"].
 *
 * CSV for people to fill in with a spreadsheet: delimiter ',' or ';' as the heading shows, quotes
 * as in RFC 4180.
 * Export does not alter values that a spreadsheet would take for a formula ("+31 10 ..."): import
 * could not tell what it added.  Who opens an export in a spreadsheet imports those columns as
 * text.
 */
#ifndef SEINPOST_ROWS_H
#define SEINPOST_ROWS_H

#include "base.h"
#include "err.h"
#include "register.h"

enum row_kind { ROW_COMPANY, ROW_CONTACT, ROW_ASSET };
enum rows_format { ROWS_AUTO, ROWS_CSV, ROWS_JSONL };

/* Octets of a whole file, of one line, and of what a refusal shows of it. */
enum { ROWS_FILE_MAX = 256 << 20, ROWS_LINE_MAX = 1 << 20, ROWS_RAW_MAX = 64 << 10 };

/* The rank of a contact that names none: behind those somebody ranked. */
enum { ROW_RANK_DEFAULT = 100 };

/*
 * Only the struct of its kind is filled; values that are not present have the defaults for a new
 * one.
 */
struct register_row {
	enum row_kind kind;
	const char *company_ref; /* of all kinds */
	struct company company;
	struct contact contact;
	struct asset asset;
	/* bit per enum row_field that the row names: an absent column leaves the stored value
	 * alone */
	unsigned present;
};

/* ROW_LANGUAGE serves companies and contacts. */
enum row_field {
	ROW_NAME = 1, ROW_STATUS = 2, ROW_LANGUAGE = 4, ROW_VITAL = 8, ROW_PARTNER = 16,
	ROW_ROLE = 32, ROW_RANK = 64, ROW_SOURCE = 128, ROW_SOURCE_DATE = 256, ROW_PGP = 512,
	ROW_CONTACT_NAME = 1024, ROW_STATE = 2048,
};

struct rows_sink {
	/* r and its strings are borrowed for the call.  An error stops the reading and is
	 * returned. */
	int (*row)(void *arg, const struct register_row *r, uint64_t line, struct err *e);
	/* raw: the refused record as it came, cut to ROWS_RAW_MAX; reason: printable.  The same
	 * rule for errors. */
	int (*refused)(void *arg, uint64_t line, const char *raw, size_t n, const char *reason,
	               struct err *e);
	void *arg;
	/* Told once, before the first row, how many lines the file has.  May be NULL. */
	void (*begin)(void *arg, uint64_t lines);
};

struct rows_options {
	const char *name; /* of the file, for error texts; NULL: "register" */
	enum rows_format format; /* ROWS_AUTO looks at the first character */
	int64_t now; /* dates more than a day later are refused; source_date of new contacts */
	/* Turns an internationalised name into its A-label form (ext/idn.h); NULL: only ASCII
	 * names. */
	int (*to_ascii)(char *out, const char *name, struct err *e);
	/* Is a domain of several labels one under which everybody registers (ext/psl.h); NULL:
	 * not asked. */
	bool (*is_public_suffix)(const char *domain);
};

/*
 * Reads fd to its end.  ERR_INPUT where the file is too large or its heading unusable (then nothing
 * was handed on), ERR_IO where it cannot be read; all name the file.  Bad rows are no error.
 */
int rows_read(int fd, const struct rows_options *o, const struct rows_sink *sink,
              struct err *e) NODISCARD;

struct buf;

/* Appends the heading line of the CSV form (nothing for JSON lines). */
void rows_write_head(struct buf *out, enum rows_format format);
/*
 * Appends one row, all values of its kind whether present or not; company_ref always.  format is
 * not ROWS_AUTO.
 * Ids and the score of a contact are the store's own and not written.
 */
void rows_write(struct buf *out, enum rows_format format, const struct register_row *r);

#endif
