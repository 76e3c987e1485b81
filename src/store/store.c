/*
 * store: opening, schema, ids, counters.
 *
 * Invariant: meta.schema is the number of steps of schema/ that have been run.
 */
#include "base.h"
#include "alloc.h"
#include "buf.h"
#include "num.h"
#include "store_private.h"

enum { ID_BLOCK = 256, NODE_SHIFT = 40 };

static int schema_steps(void)
{
	int n = 0;

	while (store_schema_steps[n] != NULL)
		n++;
	return n;
}

/* Replaces @ID@, @BYTES@ and @CLUSTERED@ by the driver's words. */
static void expand_types(struct buf *out, const char *text, const struct sql_driver *d)
{
	for (const char *at; (at = strchr(text, '@')) != NULL;) {
		buf_add(out, text, (size_t)(at - text));
		if (strncmp(at, "@ID@", 4) == 0)
			buf_addstr(out, d->id_type);
		else if (strncmp(at, "@BYTES@", 7) == 0)
			buf_addstr(out, d->bytes_type);
		else if (strncmp(at, "@CLUSTERED@", 11) == 0)
			buf_addstr(out, d->clustered);
		else
			bug("schema: unknown word at: %.20s", at);
		text = strchr(at + 1, '@') + 1;
	}
	buf_addstr(out, text);
}

static int schema_version(struct store *s, const char *where, int *out, struct err *e)
{
	char text[16] = "";
	struct err missing = ERR_INIT;
	int64_t v = 0;

	/* a new file has no meta table: that is version 0 */
	if (store_meta_get(s, "schema", text, sizeof(text), &missing) < 0) {
		if (missing.code == ERR_PERM || missing.code == ERR_NOTFOUND) {
			*out = 0;
			return 0;
		}
		*e = missing;
		return e->code;
	}
	if (!num_parse(&v, text, 1, 1 << 20))
		return err_set(
		    e, ERR_IO,
		    "store %s: schema version '%s' is no number; restore it from a backup"
		    " (backup.md)",
		    where, text);
	*out = (int)v;
	return 0;
}

/* Another process may have run them since the version was read: it counts again inside the
 * transaction. */
static int run_steps(struct store *s, const char *where, struct err *e)
{
	struct buf text = BUF_INIT;
	char version[16];
	int from = 0, rc = store_begin(s, e);

	if (rc == 0)
		rc = schema_version(s, where, &from, e);
	for (int i = from; rc == 0 && i < schema_steps(); i++) {
		buf_reset(&text);
		expand_types(&text, store_schema_steps[i], sql_driver_of(s->db));
		rc = sql_exec(s->db, text.s, e);
	}
	snprintf(version, sizeof(version), "%d", schema_steps());
	if (rc == 0)
		rc = store_meta_set(s, "schema", version, e);
	if (rc == 0)
		rc = store_commit(s, e);
	store_rollback(s);
	buf_clear(&text);
	return rc;
}

static int migrate(struct store *s, const char *where, enum store_open_mode mode, struct err *e)
{
	int version, rc;

	if ((rc = schema_version(s, where, &version, e)) < 0)
		return rc;
	if (version > schema_steps())
		return err_set(
		    e, ERR_CONF,
		    "store %s: made by a newer Seinpost (schema %d, this one knows %d); use the"
		    " newer program",
		    where, version, schema_steps());
	if (version == 0 && mode != STORE_CREATE)
		return err_set(e, ERR_CONF,
			       "store %s: is no Seinpost store; restore it from a backup"
			       " (backup.md), or where the file is empty run 'seinpost init' in"
			       " the folder of seinpost.conf",
			       where);
	return version < schema_steps() ? run_steps(s, where, e) : 0;
}

int store_open_driver(struct store **out, const struct sql_driver *driver, const char *where,
                      enum store_open_mode mode, int node, struct err *e)
{
	struct store *s = xcalloc(1, sizeof(*s));
	int rc;

	s->node = node;
	s->next_id = 1;
	rc = sql_open(&s->db, driver, where,
		      mode == STORE_CREATE ? SQL_OPEN_CREATE : SQL_OPEN_EXISTING, e);
	if (rc == 0)
		rc = migrate(s, where, mode, e);
	if (rc < 0) {
		store_close(s);
		return rc;
	}
	*out = s;
	return 0;
}

int store_open(struct store **out, const char *path, enum store_open_mode mode, int node,
	       struct err *e)
{
	return store_open_driver(out, &sql_sqlite, path, mode, node, e);
}

void store_close(struct store *s)
{
	if (s == NULL)
		return;
	if (s->db != NULL)
		store_rollback(s);
	sql_close(s->db);
	free(s);
}

int store_begin(struct store *s, struct err *e)
{
	return sql_begin(s->db, e);
}

int store_check(struct store *s, struct err *e)
{
	return sql_check(s->db, e);
}

int store_commit(struct store *s, struct err *e)
{
	return sql_commit(s->db, e);
}

void store_rollback(struct store *s)
{
	if (!sql_in_transaction(s->db))
		return;
	sql_rollback(s->db);
	s->next_id = 1; /* the block may have been taken in what was just undone */
	s->last_id = 0;
}

int store_new_id(struct store *s, int64_t *out, struct err *e)
{
	int64_t base = (int64_t)s->node << NODE_SHIFT, end = 0;
	int rc;

	if (s->next_id > s->last_id) {
		rc = sql_get_int(
		    s->db, &end, e,
		    "INSERT INTO node (node_no, next_id) VALUES ($1, $2 + $3)"
		    " ON CONFLICT (node_no) DO UPDATE SET next_id = node.next_id + $3 RETURNING"
		    " next_id",
		    "iii", (int64_t)s->node, base + 1, (int64_t)ID_BLOCK);
		if (rc < 0)
			return rc;
		s->last_id = end - 1;
		s->next_id = end - ID_BLOCK;
	}
	*out = s->next_id++;
	return 0;
}

int store_meta_get(struct store *s, const char *name, char *out, size_t size, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e, "SELECT value FROM meta WHERE name = $1", "s", name);

	if (rc < 0)
		return rc;
	if ((rc = sql_step(q, e)) < 0)
		return rc;
	if (rc == 0)
		return err_set(e, ERR_NOTFOUND, "store: no value '%s'", name);
	snprintf(out, size, "%s", sql_text(q, 0));
	sql_reset(q);
	return 0;
}

int store_meta_set(struct store *s, const char *name, const char *value, struct err *e)
{
	int64_t n = sql_run(s->db, e,
	                    "INSERT INTO meta (name, value) VALUES ($1, $2)"
	                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
	                    "ss", name, value);

	return n < 0 ? (int)n : 0;
}

int store_count(struct store *s, const char *name, int64_t add, struct err *e)
{
	int64_t n =
	    sql_run(s->db, e,
		    "INSERT INTO counter (name, value) VALUES ($1, $2)"
		    " ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value",
		    "si", name, add);

	return n < 0 ? (int)n : 0;
}

int store_counter(struct store *s, const char *name, int64_t *out, struct err *e)
{
	int rc;

	*out = 0;
	rc = sql_get_int(s->db, out, e, "SELECT value FROM counter WHERE name = $1", "s", name);
	return rc < 0 ? rc : 0;
}
