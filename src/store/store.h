/*
 * store: the ledger.  The only place with SQL in it; its functions speak the domain.
 *
 * Functions that change rows must be called between store_begin() and store_commit(); several of
 * them in one transaction are the rule.  Errors are those of sql.h; ERR_NOTFOUND and ERR_CONFLICT
 * are said where they can come up. Rows that are read out live in the caller's arena. One store
 * belongs to one process and thread; never carry it across fork().
 */
#ifndef SEINPOST_STORE_H
#define SEINPOST_STORE_H

#include "arena.h"
#include "base.h"
#include "err.h"

struct store;
struct sql_driver;

enum store_open_mode { STORE_EXISTING, STORE_CREATE };

/*
 * Opens the store at path (SQLite file).  STORE_CREATE makes it where it is missing.  Older schemas
 * are brought up to date; a newer one is ERR_CONF that says so.  node (1..4095) becomes part of
 * every id made here.
 */
int store_open(struct store **out, const char *path, enum store_open_mode mode, int node,
	       struct err *e) NODISCARD;
/* The same over any driver; for tests and PostgreSQL. */
int store_open_driver(struct store **out, const struct sql_driver *driver, const char *where,
                      enum store_open_mode mode, int node, struct err *e) NODISCARD;
void store_close(struct store *s);

int store_begin(struct store *s, struct err *e) NODISCARD;
int store_commit(struct store *s, struct err *e) NODISCARD;
/* Without a transaction it does nothing. */
void store_rollback(struct store *s);

/* Reads all of the store to see whether it is whole, some 200 MB a second.  ERR_IO says what is
 * damaged and what to do. */
int store_check(struct store *s, struct err *e) NODISCARD;

/* A fresh id; inside a transaction. */
int store_new_id(struct store *s, int64_t *out, struct err *e) NODISCARD;

/* Small named values and counters. */
int store_meta_get(struct store *s, const char *name, char *out, size_t size,
		   struct err *e) NODISCARD;
int store_meta_set(struct store *s, const char *name, const char *value, struct err *e) NODISCARD;
int store_count(struct store *s, const char *name, int64_t add, struct err *e) NODISCARD;
int store_counter(struct store *s, const char *name, int64_t *out, struct err *e) NODISCARD;

#endif
