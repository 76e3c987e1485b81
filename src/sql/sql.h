/*
 * sql: the little of SQL that the store needs, over a driver that can be swapped.
 *
 * Placeholders are $1, $2, ...; times are integer UTC seconds, ids are 64-bit and handed out by us.
 * Only store/ writes SQL; no column name leaves it. Errors: ERR_TEMP (busy, disk full: the
 * transaction can be tried again), ERR_CONFLICT (constraint), ERR_IO (read-only, corrupt, cannot
 * open), ERR_PERM (a bug in our SQL).  After an error inside a transaction the caller rolls back.
 * One connection belongs to one thread of one process; never carry it across fork().
 */
#ifndef SEINPOST_SQL_H
#define SEINPOST_SQL_H

#include "base.h"
#include "err.h"

struct sql;      /* a connection */
struct sql_stmt; /* a prepared statement, owned and kept by its connection */

enum sql_open_flags { SQL_OPEN_EXISTING = 0, SQL_OPEN_CREATE = 1, SQL_OPEN_READONLY = 2 };

/*
 * A driver.  conn and stmt are its own.  Bind numbers and columns count from 1 and 0.  step: 1 a
 * row, 0 done. The strings are what differs between dialects and cannot be avoided.
 */
struct sql_driver {
	const char *name;
	const char *id_type;    /* type of an id column that is a primary key */
	const char *bytes_type; /* type of a column of bytes */
	/* behind a CREATE TABLE: its rows are kept in the order of its primary key, without a
	 * second tree for that; "" where there is no such thing */
	const char *clustered;
	int (*open)(void **conn, const char *where, unsigned flags, struct err *e);
	void (*close)(void *conn);
	int (*exec)(void *conn, const char *text,
		    struct err *e); /* several statements, no parameters */
	int (*prepare)(void *conn, void **stmt, const char *text, struct err *e);
	void (*finish)(void *stmt);
	void (*bind_int)(void *stmt, int i, int64_t v);
	void (*bind_text)(void *stmt, int i,
			  const char *s); /* NULL binds NULL; the bytes must live until reset */
	void (*bind_bytes)(void *stmt, int i, const void *p, size_t n);
	int (*step)(void *conn, void *stmt, struct err *e);
	void (*reset)(void *stmt);
	int64_t (*get_int)(void *stmt, int column);
	const char *(*get_text)(void *stmt, int column); /* never NULL */
	const void *(*get_bytes)(void *stmt, int column, size_t *n);
	int64_t (*changes)(void *conn);
	/* Looks through what is stored and changes nothing: 0, or ERR_IO that says what is damaged.
	 * NULL where the driver cannot. */
	int (*check)(void *conn, struct err *e);
	/* Appends the plan of a statement, a step a line; for the tests that forbid full scans. */
	int (*explain)(void *conn, const char *text, void (*line)(void *arg, const char *s),
		       void *arg, struct err *e);
};

extern const struct sql_driver sql_sqlite;

int sql_open(struct sql **out, const struct sql_driver *driver, const char *where, unsigned flags,
             struct err *e) NODISCARD;
void sql_close(struct sql *db);
const struct sql_driver *sql_driver_of(const struct sql *db);

/* What the driver's check() finds; 0 where it has none. */
int sql_check(struct sql *db, struct err *e) NODISCARD;

/* Runs text as it is; for schema steps. */
int sql_exec(struct sql *db, const char *text, struct err *e) NODISCARD;

/* Transactions do not nest.  BEGIN takes the write lock at once, so that a later step cannot find
 * it taken. */
int sql_begin(struct sql *db, struct err *e) NODISCARD;
int sql_commit(struct sql *db, struct err *e) NODISCARD;
/* Never fails; without a transaction it does nothing. */
void sql_rollback(struct sql *db);
bool sql_in_transaction(const struct sql *db);

/*
 * Prepares text (a string constant: statements are kept by its address) and binds the arguments
 * that types names, one letter each: 'i' int64_t, 's' const char *, 'b' const void * and size_t,
 * 'n' nothing (NULL). A statement is in use until sql_step() returned 0 or an error, or sql_reset()
 * was called; using it twice at once is a bug.
 */
int sql_query(struct sql *db, struct sql_stmt **out, struct err *e, const char *text,
	      const char *types, ...) NODISCARD;
/* 1 a row, 0 done (then it is reset), or an error (then too). */
int sql_step(struct sql_stmt *s, struct err *e) NODISCARD;
void sql_reset(struct sql_stmt *s);
int64_t sql_int(const struct sql_stmt *s, int column);
const char *sql_text(const struct sql_stmt *s, int column);
const void *sql_bytes(const struct sql_stmt *s, int column, size_t *n);

/* Runs a statement that gives no rows; returns the number of rows changed, or an error. */
int64_t sql_run(struct sql *db, struct err *e, const char *text, const char *types, ...) NODISCARD;
/* The integers in the first column of up to most rows; *n is their number.  0, or an error. */
int sql_get_ints(struct sql *db, int64_t *out, int most, int *n, struct err *e, const char *text,
		 const char *types, ...) NODISCARD;
/* The integer in the first column of the only row: 1 found, 0 no row. */
int sql_get_int(struct sql *db, int64_t *out, struct err *e, const char *text, const char *types,
		...) NODISCARD;

/* Calls seen() with the text of every statement prepared so far (for the query-plan test). */
void sql_each_statement(struct sql *db, void (*seen)(void *arg, const char *text), void *arg);

#endif
