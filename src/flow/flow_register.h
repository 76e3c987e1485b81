/*
 * flow_register: the register into and out of the store.
 */
#ifndef SEINPOST_FLOW_REGISTER_H
#define SEINPOST_FLOW_REGISTER_H

#include "gateway.h"
#include "rows.h"

struct import_count {
	uint64_t read, added, changed, same, refused;
};

struct import_watch {
	/* Told about each refused row. */
	void (*refused)(void *arg, uint64_t line, const char *raw, size_t n, const char *reason);
	/*
	 * Told about rows that went in otherwise than they stand there, and about rows behind the
	 * last one; text says what to know.  May be NULL.
	 */
	void (*note)(void *arg, uint64_t line, const char *text);
	/* Told now and then how far it is; may be NULL. */
	void (*progress)(void *arg, uint64_t line, uint64_t lines);
	void *arg;
};

/*
 * Changes what keep (put_keep) does not name of the company with that ref; ERR_NOTFOUND where it or
 * its partner is not there, ERR_INPUT where it is its own partner.  One that becomes vital is
 * mailed no more: what waits for it is cancelled, and it goes to the call list for hand-over, as
 * does a warning whose next contact was to be written to.  What waits for a partner that is none
 * any more, or is vital, is cancelled, and the next contact is written to.
 */
int flow_register_set(struct gateway *g, const struct company *k, unsigned keep,
                      struct err *e) NODISCARD;

/*
 * Deletes the company and all of it (store_company_forget()), in one transaction.  Mails of other
 * companies that were on their way to its contacts, for it is their partner, go with it: they are
 * counted in *redirected, and their warnings go to the next contact.
 */
int flow_register_forget(struct gateway *g, int64_t company_id, int64_t *redirected,
                         struct err *e) NODISCARD;

/*
 * Reads fd; good rows go in, in transactions of some hundreds, bad ones are told.  Companies
 * that become vital or get another partner are treated as by flow_register_set().  name is for
 * error texts.
 */
int flow_register_import(struct gateway *g, int fd, const char *name, enum rows_format format,
                         struct import_count *count, const struct import_watch *watch,
                         struct err *e) NODISCARD;

/* Appends the whole register, or one company's part of it (ref not NULL). */
int flow_register_export(struct gateway *g, struct buf *out, enum rows_format format,
                         const char *ref, struct err *e) NODISCARD;

#endif
