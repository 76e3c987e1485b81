/*
 * sql: the driver-independent half.  Keeps prepared statements by the address of their text.
 *
 * Invariant: a statement of the cache is in use by one caller at most.
 */
#include "base.h"
#include "alloc.h"
#include "sql.h"

enum { CACHE_SIZE = 256 }; /* power of two, well above the number of statements in store/ */

struct sql_stmt {
	struct sql *db;
	const char *text;
	void *stmt;
	bool busy;
};

struct sql {
	const struct sql_driver *driver;
	void *conn;
	bool transaction;
	int n_cached;
	struct sql_stmt cache[CACHE_SIZE];
};

int sql_open(struct sql **out, const struct sql_driver *driver, const char *where, unsigned flags,
	     struct err *e)
{
	struct sql *db = xcalloc(1, sizeof(*db));
	int rc;

	db->driver = driver;
	if ((rc = driver->open(&db->conn, where, flags, e)) < 0) {
		free(db);
		return rc;
	}
	*out = db;
	return 0;
}

void sql_close(struct sql *db)
{
	if (db == NULL)
		return;
	for (int i = 0; i < CACHE_SIZE; i++)
		if (db->cache[i].stmt != NULL)
			db->driver->finish(db->cache[i].stmt);
	db->driver->close(db->conn);
	free(db);
}

const struct sql_driver *sql_driver_of(const struct sql *db)
{
	return db->driver;
}

int sql_exec(struct sql *db, const char *text, struct err *e)
{
	return db->driver->exec(db->conn, text, e);
}

int sql_check(struct sql *db, struct err *e)
{
	return db->driver->check != NULL ? db->driver->check(db->conn, e) : 0;
}

int sql_begin(struct sql *db, struct err *e)
{
	int rc;

	if (db->transaction)
		bug("sql_begin inside a transaction");
	if ((rc = db->driver->exec(db->conn, "BEGIN IMMEDIATE", e)) == 0)
		db->transaction = true;
	return rc;
}

int sql_commit(struct sql *db, struct err *e)
{
	int rc;

	if (!db->transaction)
		bug("sql_commit outside of a transaction");
	if ((rc = db->driver->exec(db->conn, "COMMIT", e)) == 0)
		db->transaction = false;
	return rc;
}

void sql_rollback(struct sql *db)
{
	struct err ignored = ERR_INIT;

	if (!db->transaction)
		return;
	for (int i = 0; i < CACHE_SIZE; i++)
		if (db->cache[i].busy)
			sql_reset(&db->cache[i]);
	/* an error that already ended the transaction makes this one fail: nothing is lost by it */
	if (db->driver->exec(db->conn, "ROLLBACK", &ignored) < 0)
		ignored.code = 0;
	db->transaction = false;
}

bool sql_in_transaction(const struct sql *db)
{
	return db->transaction;
}

static struct sql_stmt *find_slot(struct sql *db, const char *text)
{
	size_t i = ((uintptr_t)text >> 3) * 0x9E3779B97F4A7C15u >> 40;

	for (int n = 0; n < CACHE_SIZE; n++, i++) {
		struct sql_stmt *s = &db->cache[i % CACHE_SIZE];

		if (s->text == text || s->text == NULL)
			return s;
	}
	bug("more than %d SQL statements", CACHE_SIZE);
}

static int prepare(struct sql *db, struct sql_stmt **out, const char *text, struct err *e)
{
	struct sql_stmt *s = find_slot(db, text);
	int rc;

	if (s->text == NULL) {
		if ((rc = db->driver->prepare(db->conn, &s->stmt, text, e)) < 0)
			return rc;
		s->db = db;
		s->text = text;
		db->n_cached++;
	}
	if (s->busy)
		bug("SQL statement used twice at once: %.60s", text);
	s->busy = true;
	*out = s;
	return 0;
}

static void bind_all(struct sql_stmt *s, const char *types, va_list ap)
{
	const struct sql_driver *d = s->db->driver;

	for (int i = 1; *types != '\0'; types++, i++) {
		switch (*types) {
		case 'i':
			d->bind_int(s->stmt, i, va_arg(ap, int64_t));
			break;
		case 's':
			d->bind_text(s->stmt, i, va_arg(ap, const char *));
			break;
		case 'b': {
			const void *p = va_arg(ap, const void *);

			d->bind_bytes(s->stmt, i, p, va_arg(ap, size_t));
			break;
		}
		case 'n':
			d->bind_text(s->stmt, i, NULL);
			break;
		default:
			bug("sql: bind type '%c'", *types);
		}
	}
}

int sql_step(struct sql_stmt *s, struct err *e)
{
	int rc = s->db->driver->step(s->db->conn, s->stmt, e);

	if (rc != 1)
		sql_reset(s);
	return rc;
}

void sql_reset(struct sql_stmt *s)
{
	s->db->driver->reset(s->stmt);
	s->busy = false;
}

int64_t sql_int(const struct sql_stmt *s, int column)
{
	return s->db->driver->get_int(s->stmt, column);
}

const char *sql_text(const struct sql_stmt *s, int column)
{
	return s->db->driver->get_text(s->stmt, column);
}

const void *sql_bytes(const struct sql_stmt *s, int column, size_t *n)
{
	return s->db->driver->get_bytes(s->stmt, column, n);
}

/* The statement with its values, ready for its first step. */
static int query(struct sql *db, struct sql_stmt **out, struct err *e, const char *text,
		 const char *types, va_list ap)
{
	int rc = prepare(db, out, text, e);

	if (rc == 0)
		bind_all(*out, types, ap);
	return rc;
}

int sql_query(struct sql *db, struct sql_stmt **out, struct err *e, const char *text,
	      const char *types, ...)
{
	va_list ap;
	int rc;

	va_start(ap, types);
	rc = query(db, out, e, text, types, ap);
	va_end(ap);
	return rc;
}

int64_t sql_run(struct sql *db, struct err *e, const char *text, const char *types, ...)
{
	struct sql_stmt *s;
	va_list ap;
	int rc;

	va_start(ap, types);
	rc = query(db, &s, e, text, types, ap);
	va_end(ap);
	if (rc < 0 || (rc = sql_step(s, e)) < 0)
		return rc;
	if (rc == 1)
		sql_reset(s);
	return db->driver->changes(db->conn);
}

int sql_get_int(struct sql *db, int64_t *out, struct err *e, const char *text, const char *types,
		...)
{
	struct sql_stmt *s;
	va_list ap;
	int rc;

	va_start(ap, types);
	rc = query(db, &s, e, text, types, ap);
	va_end(ap);
	if (rc == 0 && (rc = sql_step(s, e)) == 1) {
		*out = sql_int(s, 0);
		sql_reset(s);
	}
	return rc;
}

int sql_get_ints(struct sql *db, int64_t *out, int most, int *n, struct err *e, const char *text,
		 const char *types, ...)
{
	struct sql_stmt *s;
	va_list ap;
	int rc;

	*n = 0;
	va_start(ap, types);
	rc = query(db, &s, e, text, types, ap);
	va_end(ap);
	if (rc < 0)
		return rc;
	while ((rc = sql_step(s, e)) == 1) {
		if (*n == most)
			bug("sql: more than %d rows of: %.80s", most, text);
		out[(*n)++] = sql_int(s, 0);
	}
	return rc;
}

void sql_each_statement(struct sql *db, void (*seen)(void *arg, const char *text), void *arg)
{
	for (int i = 0; i < CACHE_SIZE; i++)
		if (db->cache[i].text != NULL)
			seen(arg, db->cache[i].text);
}
