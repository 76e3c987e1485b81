/*
 * sql_sqlite: the SQLite driver; the only file that knows <sqlite3.h>.
 *
 * WAL and synchronous=FULL: a commit is on the disk when it returns (doc/durability.md).
 * A placeholder $n is a named parameter to SQLite, so its number there is looked up once per
 * statement.
 */
#include "base.h"

#include <errno.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "alloc.h"
#include "buf.h"
#include "spare.h"
#include "sql.h"

enum { MAX_BINDS = 40, BUSY_MS = 20000 };

struct statement {
	sqlite3_stmt *s;
	int index[MAX_BINDS + 1]; /* $n -> SQLite's number, 0 = not in the text */
};

/* other: where SQLite's code says nothing about that. */
static int error_code(int sqlite, int other)
{
	switch (sqlite & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_FULL:
		return ERR_TEMP;
	case SQLITE_CONSTRAINT:
		return ERR_CONFLICT;
	case SQLITE_READONLY:
	case SQLITE_IOERR:
	case SQLITE_CORRUPT:
	case SQLITE_CANTOPEN:
	case SQLITE_NOTADB:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return ERR_IO;
	default:
		return other;
	}
}

static const char *what_to_do(int sqlite)
{
	switch (sqlite & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED: return "; another process is writing, try again";
	case SQLITE_FULL: return "; make room on its disk and try again";
	case SQLITE_READONLY: return "; the file or its folder is not writable for this user";
	case SQLITE_CANTOPEN:
		return "; restore it from a backup (backup.md), or make a new, empty one with"
		       " 'seinpost init' in the folder of seinpost.conf; the file and its folder"
		       " must be writable for this user";
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB: return "; restore the store from a backup (backup.md)";
	default: return "";
	}
}

static int report(sqlite3 *db, const char *where, int sqlite, int other, struct err *e)
{
	const char *what = db ? sqlite3_errmsg(db) : "out of memory";

	/* where the files beside the store find no room SQLite says "disk I/O error": somebody
	 * would look for a broken disk */
	if (db != NULL && (sqlite & 0xff) == SQLITE_IOERR &&
	    (sqlite3_system_errno(db) == ENOSPC || sqlite3_system_errno(db) == EDQUOT)) {
		sqlite = SQLITE_FULL;
		what = sqlite3_errstr(sqlite);
	}
	return err_set(e, error_code(sqlite, other), "store %s: %s%s", where, what,
	               what_to_do(sqlite));
}

static int fail(sqlite3 *db, int sqlite, struct err *e)
{
	const char *where = sqlite3_db_filename(db, "main");

	return report(db, where ? where : "", sqlite, ERR_PERM, e);
}

static int exec_text(void *conn, const char *text, struct err *e)
{
	int rc = sqlite3_exec(conn, text, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : fail(conn, rc, e);
}

static int nothing_to_init(void *unused)
{
	UNUSED(unused);
	return SQLITE_OK;
}

static void nothing_to_shut_down(void *unused)
{
	UNUSED(unused);
}

/*
 * Our processes have one thread each: without its mutexes and counters SQLite is a tenth faster.
 * Fails, and is not needed, when a store was opened before.
 */
static void configure_once(void)
{
	static const sqlite3_mem_methods spare = {
		spare_alloc, spare_free, spare_realloc, spare_size, spare_round_up,
		nothing_to_init, nothing_to_shut_down, NULL
	};

	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	/* the sanitizers are to see each block */
	if (!SANITIZED)
		(void)sqlite3_config(SQLITE_CONFIG_MALLOC, &spare);
}

static int open_file(void **conn, const char *where, unsigned flags, struct err *e)
{
	int mode = flags & SQL_OPEN_READONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, rc;
	sqlite3 *db = NULL;
	mode_t old;

	if (flags & SQL_OPEN_CREATE)
		mode |= SQLITE_OPEN_CREATE;
	configure_once();
	old = umask(077); /* the register holds personal data */
	rc = sqlite3_open_v2(where, &db, mode | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_busy_timeout(db, BUSY_MS);
		rc = sqlite3_exec(
		    db,
		    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
		    "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-8000;"
		    /* 16 MB of journal: pages that change again and again are copied less often */
		    "PRAGMA wal_autocheckpoint=4000",
		    NULL, NULL, NULL);
	}
	umask(old);
	if (rc != SQLITE_OK) {
		rc = report(db, where, rc, ERR_IO, e);
		sqlite3_close(db);
		return rc;
	}
	*conn = db;
	return 0;
}

static void close_file(void *conn)
{
	sqlite3_close(conn);
}

static int prepare_text(void *conn, void **out, const char *text, struct err *e)
{
	struct statement *st = xcalloc(1, sizeof(*st));
	int rc = sqlite3_prepare_v3(conn, text, -1, SQLITE_PREPARE_PERSISTENT, &st->s, NULL);

	if (rc != SQLITE_OK) {
		free(st);
		return fail(conn, rc, e);
	}
	for (int i = 1; i <= MAX_BINDS; i++) {
		char name[8];

		snprintf(name, sizeof(name), "$%d", i);
		st->index[i] = sqlite3_bind_parameter_index(st->s, name);
	}
	*out = st;
	return 0;
}

static void finish_statement(void *stmt)
{
	struct statement *st = stmt;

	sqlite3_finalize(st->s);
	free(st);
}

static int bind_index(const struct statement *st, int i)
{
	if (i > MAX_BINDS || st->index[i] == 0)
		bug("sql: no $%d in: %.80s", i, sqlite3_sql(st->s));
	return st->index[i];
}

static void check_bind(int rc)
{
	if (rc != SQLITE_OK)
		bug("sql: bind: %s", sqlite3_errstr(rc));
}

static void bind_int(void *stmt, int i, int64_t v)
{
	struct statement *st = stmt;

	check_bind(sqlite3_bind_int64(st->s, bind_index(st, i), v));
}

static void bind_text(void *stmt, int i, const char *s)
{
	struct statement *st = stmt;

	check_bind(sqlite3_bind_text(st->s, bind_index(st, i), s, -1, SQLITE_STATIC));
}

static void bind_bytes(void *stmt, int i, const void *p, size_t n)
{
	struct statement *st = stmt;

	check_bind(sqlite3_bind_blob64(st->s, bind_index(st, i), n ? p : "", n, SQLITE_STATIC));
}

static int step_statement(void *conn, void *stmt, struct err *e)
{
	struct statement *st = stmt;
	int rc = sqlite3_step(st->s);

	if (rc == SQLITE_ROW)
		return 1;
	return rc == SQLITE_DONE ? 0 : fail(conn, rc, e);
}

static void reset_statement(void *stmt)
{
	struct statement *st = stmt;

	sqlite3_reset(st->s);
	sqlite3_clear_bindings(st->s);
}

static int64_t get_int(void *stmt, int column)
{
	return sqlite3_column_int64(((struct statement *)stmt)->s, column);
}

static const char *get_text(void *stmt, int column)
{
	const unsigned char *s = sqlite3_column_text(((struct statement *)stmt)->s, column);

	return s ? (const char *)s : "";
}

static const void *get_bytes(void *stmt, int column, size_t *n)
{
	struct statement *st = stmt;
	const void *p = sqlite3_column_blob(st->s, column);

	*n = (size_t)sqlite3_column_bytes(st->s, column);
	return p ? p : "";
}

static int64_t changes(void *conn)
{
	return sqlite3_changes64(conn);
}

/* The trees and rows, not whether each index has them all: that takes several times as long. */
static int check_file(void *conn, struct err *e)
{
	const char *where = sqlite3_db_filename(conn, "main");
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(conn, "PRAGMA quick_check(1)", -1, &s, NULL);

	if (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
		const char *text = (const char *)sqlite3_column_text(s, 0);

		rc = text != NULL && strcmp(text, "ok") == 0 ? SQLITE_OK : SQLITE_CORRUPT;
		if (rc != SQLITE_OK)
			(void)err_set(e, ERR_IO, "store %s is damaged: %.300s%s", where,
				      text != NULL ? text : "", what_to_do(rc));
		sqlite3_finalize(s);
		return rc == SQLITE_OK ? 0 : ERR_IO;
	}
	sqlite3_finalize(s);
	return fail(conn, rc, e);
}

static int explain(void *conn, const char *text, void (*line)(void *arg, const char *s), void *arg,
		   struct err *e)
{
	struct buf query = BUF_INIT;
	sqlite3_stmt *s = NULL;
	int rc;

	buf_printf(&query, "EXPLAIN QUERY PLAN %s", text);
	rc = sqlite3_prepare_v2(conn, query.s, -1, &s, NULL);
	while (rc == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		line(arg, (const char *)sqlite3_column_text(s, 3));
	sqlite3_finalize(s);
	buf_clear(&query);
	return rc == SQLITE_OK ? 0 : fail(conn, rc, e);
}

const struct sql_driver sql_sqlite = {
	.name = "sqlite",
	.id_type = "INTEGER",
	.bytes_type = "BLOB",
	.clustered = "WITHOUT ROWID",
	.open = open_file,
	.close = close_file,
	.exec = exec_text,
	.prepare = prepare_text,
	.finish = finish_statement,
	.bind_int = bind_int,
	.bind_text = bind_text,
	.bind_bytes = bind_bytes,
	.step = step_statement,
	.reset = reset_statement,
	.get_int = get_int,
	.get_text = get_text,
	.get_bytes = get_bytes,
	.changes = changes,
	.check = check_file,
	.explain = explain,
};
