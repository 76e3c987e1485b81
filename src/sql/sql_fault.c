/*
 * sql_fault: SQLite with a witness.
 *
 * Invariant: all calls go to sql_sqlite unchanged.  Only tests link it.
 */
#include "base.h"
#include "sql_fault.h"

void (*sql_fault_witness)(const char *step);

static void tell(const char *step)
{
	if (sql_fault_witness != NULL)
		sql_fault_witness(step);
}

static int open_inner(void **conn, const char *where, unsigned flags, struct err *e)
{
	return sql_sqlite.open(conn, where, flags, e);
}

static void close_inner(void *conn)
{
	sql_sqlite.close(conn);
}

static int exec_inner(void *conn, const char *text, struct err *e)
{
	bool commit = strcmp(text, "COMMIT") == 0;
	int rc;

	if (commit)
		tell("commit");
	rc = sql_sqlite.exec(conn, text, e);
	if (commit)
		tell("committed");
	return rc;
}

static int prepare_inner(void *conn, void **stmt, const char *text, struct err *e)
{
	return sql_sqlite.prepare(conn, stmt, text, e);
}

static void finish_inner(void *stmt)
{
	sql_sqlite.finish(stmt);
}

static void bind_int_inner(void *stmt, int i, int64_t v)
{
	sql_sqlite.bind_int(stmt, i, v);
}

static void bind_text_inner(void *stmt, int i, const char *s)
{
	sql_sqlite.bind_text(stmt, i, s);
}

static void bind_bytes_inner(void *stmt, int i, const void *p, size_t n)
{
	sql_sqlite.bind_bytes(stmt, i, p, n);
}

static int step_inner(void *conn, void *stmt, struct err *e)
{
	return sql_sqlite.step(conn, stmt, e);
}

static void reset_inner(void *stmt)
{
	sql_sqlite.reset(stmt);
}

static int64_t get_int_inner(void *stmt, int column)
{
	return sql_sqlite.get_int(stmt, column);
}

static const char *get_text_inner(void *stmt, int column)
{
	return sql_sqlite.get_text(stmt, column);
}

static const void *get_bytes_inner(void *stmt, int column, size_t *n)
{
	return sql_sqlite.get_bytes(stmt, column, n);
}

static int64_t changes_inner(void *conn)
{
	return sql_sqlite.changes(conn);
}

static int explain_inner(void *conn, const char *text, void (*line)(void *arg, const char *s),
			 void *arg, struct err *e)
{
	return sql_sqlite.explain(conn, text, line, arg, e);
}

const struct sql_driver sql_fault = {
	.name = "sqlite",
	.id_type = "INTEGER",
	.bytes_type = "BLOB",
	.clustered = "WITHOUT ROWID",
	.open = open_inner,
	.close = close_inner,
	.exec = exec_inner,
	.prepare = prepare_inner,
	.finish = finish_inner,
	.bind_int = bind_int_inner,
	.bind_text = bind_text_inner,
	.bind_bytes = bind_bytes_inner,
	.step = step_inner,
	.reset = reset_inner,
	.get_int = get_int_inner,
	.get_text = get_text_inner,
	.get_bytes = get_bytes_inner,
	.changes = changes_inner,
	.explain = explain_inner,
};
