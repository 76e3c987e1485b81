/*
 * store_register: companies and assets in the store; contacts are in store_contact.c.
 */
#include "base.h"
#include "store_private.h"
#include "store_register.h"

static void read_company(struct arena *a, const struct sql_stmt *q, struct company *out)
{
	*out = (struct company){
		.id = sql_int(q, 0),
		.ref = text_copy(a, q, 1),
		.name = text_copy(a, q, 2),
		.status = (enum company_status)word_column(q, 3, company_status_words),
		.language = (enum language)word_column(q, 4, language_words),
		.vital = sql_int(q, 5) != 0,
		.partner = text_copy(a, q, 6),
	};
}

static int one_company(struct sql_stmt *q, struct arena *a, struct company *out, const char *what,
		       struct err *e)
{
	int rc = sql_step(q, e);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return err_set(e, ERR_NOTFOUND, "no company '%s'; see 'seinpost company list'",
			       what);
	read_company(a, q, out);
	sql_reset(q);
	return 0;
}

int store_company_by_ref(struct store *s, struct arena *a, struct company *out, const char *ref,
			 struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(
	    s->db, &q, e,
	    "SELECT id, ref, name, status, language, vital, partner FROM company WHERE ref = $1",
	    "s", ref);

	return rc < 0 ? rc : one_company(q, a, out, ref, e);
}

int store_company_get(struct store *s, struct arena *a, struct company *out, int64_t id,
		      struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(
	    s->db, &q, e,
	    "SELECT id, ref, name, status, language, vital, partner FROM company WHERE id = $1",
	    "i", id);

	return rc < 0 ? rc : one_company(q, a, out, "(id)", e);
}

static int insert_company(struct store *s, struct company *c, int64_t now, struct err *e)
{
	int64_t n;
	int rc;

	if ((rc = store_new_id(s, &c->id, e)) < 0)
		return rc;
	n = sql_run(
	    s->db, e,
	    "INSERT INTO company (id, ref, name, status, language, vital, partner, changed_at)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	    "issssisi", c->id, c->ref, c->name, word_of(company_status_words, (int)c->status),
	    word_of(language_words, (int)c->language), (int64_t)c->vital, c->partner, now);
	return n < 0 ? (int)n : 0;
}

static bool same_company(const struct company *a, const struct company *b)
{
	return strcmp(a->name, b->name) == 0 && a->status == b->status &&
	       a->language == b->language && a->vital == b->vital &&
	       strcmp(a->partner, b->partner) == 0;
}

static int update_company(struct store *s, const struct company *c, int64_t now, struct err *e)
{
	int64_t n = sql_run(
	    s->db, e,
	    "UPDATE company SET name = $2, status = $3, language = $4, vital = $5, partner = $6,"
	    " changed_at = $7 WHERE id = $1",
	    "isssisi", c->id, c->name, word_of(company_status_words, (int)c->status),
	    word_of(language_words, (int)c->language), (int64_t)c->vital, c->partner, now);

	return n < 0 ? (int)n : 0;
}

int store_company_put(struct store *s, struct company *c, unsigned keep, int64_t now,
		      enum put_result *what, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct company old, row = *c; /* the caller's never points into a */
	struct err missing = ERR_INIT;
	int rc = store_company_by_ref(s, &a, &old, c->ref, &missing);

	if (rc == ERR_NOTFOUND) {
		*what = PUT_NEW;
		rc = insert_company(s, c, now, e);
		goto out;
	}
	if (rc < 0) {
		*e = missing;
		goto out;
	}
	c->id = row.id = old.id;
	row.name = keep & KEEP_NAME ? old.name : row.name;
	row.status = keep & KEEP_STATUS ? old.status : row.status;
	row.language = keep & KEEP_LANGUAGE ? old.language : row.language;
	row.vital = keep & KEEP_VITAL ? old.vital : row.vital;
	row.partner = keep & KEEP_PARTNER ? old.partner : row.partner;
	*what = same_company(&old, &row) ? PUT_SAME : PUT_CHANGED;
	if (*what == PUT_CHANGED)
		rc = update_company(s, &row, now, e);
out:
	arena_clear(&a);
	return rc;
}

int store_asset_put(struct store *s, struct asset *asset, int64_t now, enum put_result *what,
		    struct err *e)
{
	int64_t n;
	int rc;

	rc = sql_get_int(s->db, &asset->id, e,
			 "SELECT id FROM asset WHERE company_id = $1 AND kind = $2 AND value = $3",
			 "iss", asset->company_id, word_of(asset_kind_words, (int)asset->kind),
			 asset->text);
	if (rc < 0)
		return rc;
	if (rc == 1) {
		*what = PUT_SAME;
		return 0;
	}
	if ((rc = store_new_id(s, &asset->id, e)) < 0)
		return rc;
	n = sql_run(
	    s->db, e,
	    "INSERT INTO asset (id, company_id, kind, value, changed_at) VALUES ($1, $2, $3, $4,"
	    " $5)",
	    "iissi", asset->id, asset->company_id, word_of(asset_kind_words, (int)asset->kind),
	    asset->text, now);
	*what = PUT_NEW;
	return n < 0 ? (int)n : 0;
}

int store_company_forget(struct store *s, int64_t id, struct err *e)
{
	int64_t n = sql_run(
	    s->db, e,
	    "UPDATE finding SET state = 'unmatched' WHERE state IN ('matched', 'warned') AND id IN"
	    " (SELECT finding_id FROM finding_owner f JOIN incident i ON i.id = f.incident_id"
	    " WHERE f.company_id = $1 AND i.state = 'open' AND NOT EXISTS"
	    " (SELECT 1 FROM finding_owner o WHERE o.finding_id = f.finding_id"
	    " AND o.company_id <> $1))",
	    "i", id);

	if (n >= 0)
		n = sql_run(s->db, e,
		            "DELETE FROM inbox WHERE warning_id IN"
		            " (SELECT id FROM warning WHERE company_id = $1"
		            " AND incident_id IN (SELECT id FROM incident))",
		            "i", id);
	if (n >= 0)
		n = sql_run(s->db, e, "DELETE FROM company WHERE id = $1", "i", id);
	return n < 0 ? (int)n : 0;
}

int store_company_each(struct store *s, company_row_fn *row, void *arg, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct sql_stmt *q;
	struct company c;
	int rc = sql_query(
	    s->db, &q, e,
	    "SELECT id, ref, name, status, language, vital, partner FROM company ORDER BY ref", "");

	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		read_company(&a, q, &c);
		if ((rc = row(arg, &c, e)) < 0) {
			sql_reset(q);
			break;
		}
		arena_clear(&a);
	}
	arena_clear(&a);
	return rc < 0 ? rc : 0;
}

static int read_asset(struct arena *a, const struct sql_stmt *q, struct asset *out, struct err *e)
{
	*out = (struct asset){
		.id = sql_int(q, 0),
		.company_id = sql_int(q, 1),
		.kind = (enum asset_kind)word_column(q, 2, asset_kind_words),
		.text = text_copy(a, q, 3),
	};
	if (out->kind == ASSET_NETWORK && !ip_range_parse(&out->range, out->text))
		return err_set(e, ERR_IO, "store: asset %" PRId64 ": '%s' is no network", out->id,
			       out->text);
	return 0;
}

static int step_assets(struct sql_stmt *q, asset_row_fn *row, void *arg, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct asset asset;
	int rc;

	while ((rc = sql_step(q, e)) == 1) {
		if ((rc = read_asset(&a, q, &asset, e)) < 0 ||
		    (rc = row(arg, &asset, sql_text(q, 4), e)) < 0) {
			sql_reset(q);
			break;
		}
		arena_clear(&a);
	}
	arena_clear(&a);
	return rc < 0 ? rc : 0;
}

int store_asset_each(struct store *s, int64_t company_id, asset_row_fn *row, void *arg,
		     struct err *e)
{
	struct sql_stmt *q;
	int rc;

	if (company_id == 0)
		rc = sql_query(
		    s->db, &q, e,
		    "SELECT a.id, a.company_id, a.kind, a.value, c.ref FROM asset a"
		    " JOIN company c ON c.id = a.company_id ORDER BY c.ref, a.kind, a.value",
		    "");
	else
		rc = sql_query(s->db, &q, e,
		               "SELECT a.id, a.company_id, a.kind, a.value, c.ref FROM asset a"
		               " JOIN company c ON c.id = a.company_id WHERE a.company_id = $1"
		               " ORDER BY a.kind, a.value",
		               "i", company_id);
	return rc < 0 ? rc : step_assets(q, row, arg, e);
}

int store_asset_each_by_value(struct store *s, asset_row_fn *row, void *arg, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
			   "SELECT a.id, a.company_id, a.kind, a.value, c.ref FROM asset a"
			   " JOIN company c ON c.id = a.company_id"
			   " ORDER BY a.kind, a.value, c.ref",
			   "");

	return rc < 0 ? rc : step_assets(q, row, arg, e);
}
