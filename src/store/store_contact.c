/*
 * store_contact: contacts, their state and its history.
 *
 * Invariant: a change of state and its event are written together.
 */
#include "base.h"
#include "mailaddr.h"
#include "store_private.h"
#include "store_register.h"

#define CONTACT_COLUMNS \
	"k.id, k.company_id, k.kind, k.value, k.name, k.role, k.rank, k.source, k.source_date," \
	" k.language, k.pgp, k.state, k.score, k.score_at"
enum { AFTER_CONTACT = 14 };

static void read_contact(struct arena *a, const struct sql_stmt *q, struct contact *out)
{
	*out = (struct contact){
		.id = sql_int(q, 0), .company_id = sql_int(q, 1),
		.kind = (enum contact_kind)word_column(q, 2, contact_kind_words),
		.value = text_copy(a, q, 3),
		.name = text_copy(a, q, 4), .role = text_copy(a, q, 5), .rank = (int)sql_int(q, 6),
		.source = text_copy(a, q, 7), .source_date = sql_int(q, 8),
		.language = text_copy(a, q, 9),
		.pgp = text_copy(a, q, 10),
		.state = (enum contact_state)word_column(q, 11, contact_state_words),
		.score = (int)sql_int(q, 12), .score_at = sql_int(q, 13),
	};
}

static int insert_contact(struct store *s, struct contact *k, int64_t now, struct err *e)
{
	const char *domain = k->kind == CONTACT_MAIL ? mailaddr_domain(k->value) : "";
	int64_t n;
	int rc;

	if ((rc = store_new_id(s, &k->id, e)) < 0)
		return rc;
	n = sql_run(
		s->db, e,
		"INSERT INTO contact (id, company_id, kind, value, domain, name, role, rank,"
		" source, source_date, language, pgp, state, score, score_at, state_at,"
		" changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0,"
		" 0, $14, $14)",
		"iisssssisisssi", k->id, k->company_id, word_of(contact_kind_words, (int)k->kind),
		k->value, domain, k->name, k->role, (int64_t)k->rank, k->source, k->source_date,
		k->language, k->pgp, word_of(contact_state_words, (int)k->state), now);
	return n < 0 ? (int)n : 0;
}

/* Of a query for one contact; what rc is of that query. */
static int one_contact(struct sql_stmt *q, int rc, struct arena *a, struct contact *out,
                       struct err *e)
{
	if (rc < 0 || (rc = sql_step(q, e)) != 1)
		return rc;
	read_contact(a, q, out);
	sql_reset(q);
	return 1;
}

static int find_contact(struct store *s, struct arena *a, struct contact *out,
                        const struct contact *k, struct err *e)
{
	struct sql_stmt *q = NULL;
	int rc = sql_query(
		s->db, &q, e,
		"SELECT " CONTACT_COLUMNS " FROM contact k WHERE k.company_id = $1 AND k.kind = $2"
		" AND k.value = $3",
		"iss", k->company_id, word_of(contact_kind_words, (int)k->kind), k->value);

	return one_contact(q, rc, a, out, e);
}

/* The contact of the same company that only differs in the case of its letters. */
static int find_twin(struct store *s, struct arena *a, struct contact *out, const struct contact *k,
                     struct err *e)
{
	struct sql_stmt *q = NULL;
	int rc;

	if (k->kind != CONTACT_MAIL)
		return 0;
	rc = sql_query(
		s->db, &q, e,
		"SELECT " CONTACT_COLUMNS " FROM contact k WHERE k.company_id = $1 AND k.kind = $2"
		" AND lower(k.value) = lower($3)",
		"iss", k->company_id, word_of(contact_kind_words, (int)k->kind), k->value);
	return one_contact(q, rc, a, out, e);
}

static void keep_old(struct contact *k, const struct contact *old, unsigned keep)
{
	k->name = keep & KEEP_CONTACT_NAME ? old->name : k->name;
	k->role = keep & KEEP_ROLE ? old->role : k->role;
	k->rank = keep & KEEP_RANK ? old->rank : k->rank;
	k->source = keep & KEEP_SOURCE ? old->source : k->source;
	k->source_date = keep & KEEP_SOURCE_DATE ? old->source_date : k->source_date;
	k->language = keep & KEEP_LANGUAGE ? old->language : k->language;
	k->pgp = keep & KEEP_PGP ? old->pgp : k->pgp;
}

static bool same_contact(const struct contact *a, const struct contact *b)
{
	return strcmp(a->name, b->name) == 0 && strcmp(a->role, b->role) == 0 &&
	       a->rank == b->rank && strcmp(a->source, b->source) == 0 &&
	       a->source_date == b->source_date && strcmp(a->language, b->language) == 0 &&
	       strcmp(a->pgp, b->pgp) == 0;
}

int store_contact_put(struct store *s, struct contact *k, unsigned keep, int64_t now,
                      enum put_result *what, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct contact old, row = *k; /* the caller's never points into a */
	int64_t n = 0;
	int rc = find_contact(s, &a, &old, k, e);

	if (rc < 0)
		goto out;
	if (rc == 0 && (rc = find_twin(s, &a, &old, k, e)) == 1) {
		*what = PUT_TWIN;
		k->id = old.id;
		rc = 0;
		goto out;
	}
	if (rc == 0) {
		*what = PUT_NEW;
		rc = insert_contact(s, k, now, e);
		goto out;
	}
	if (rc < 0)
		goto out;
	k->id = old.id;
	keep_old(&row, &old, keep);
	*what = same_contact(&old, &row) ? PUT_SAME : PUT_CHANGED;
	if (*what == PUT_CHANGED)
		n = sql_run(
			s->db, e,
			"UPDATE contact SET name = $2, role = $3, rank = $4, source = $5,"
			" source_date = $6, language = $7, pgp = $8, changed_at = $9 WHERE id = $1",
			"issisissi", old.id, row.name, row.role, (int64_t)row.rank, row.source,
			row.source_date, row.language, row.pgp, now);
	rc = n < 0 ? (int)n : 0;
out:
	arena_clear(&a);
	return rc;
}

int store_contact_get(struct store *s, struct arena *a, struct contact *out, int64_t id,
                      struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
	                   "SELECT " CONTACT_COLUMNS " FROM contact k WHERE k.id = $1", "i", id);

	if (rc < 0 || (rc = sql_step(q, e)) < 0)
		return rc;
	if (rc == 0)
		return err_set(e, ERR_NOTFOUND,
		               "no contact %" PRId64 "; see 'seinpost contact list'", id);
	read_contact(a, q, out);
	sql_reset(q);
	return 0;
}

int store_contact_each(struct store *s, int64_t company_id, contact_row_fn *row, void *arg,
                       struct err *e)
{
	struct arena a = ARENA_INIT;
	struct sql_stmt *q;
	struct contact k;
	int rc;

	if (company_id == 0)
		rc = sql_query(s->db, &q, e,
		               "SELECT " CONTACT_COLUMNS
		               ", c.ref FROM contact k JOIN company c ON c.id = k.company_id"
		               " ORDER BY c.ref, k.rank, k.id",
		               "");
	else
		rc = sql_query(s->db, &q, e,
		               "SELECT " CONTACT_COLUMNS
		               ", c.ref FROM contact k JOIN company c ON c.id = k.company_id"
		               " WHERE k.company_id = $1 ORDER BY k.rank, k.id",
		               "i", company_id);
	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		read_contact(&a, q, &k);
		if ((rc = row(arg, &k, sql_text(q, AFTER_CONTACT), e)) < 0) {
			sql_reset(q);
			break;
		}
		arena_clear(&a);
	}
	arena_clear(&a);
	return rc < 0 ? rc : 0;
}

static int by_rank(const void *a, const void *b)
{
	const struct contact *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* Sorted here: for a handful of rows SQLite's sorter costs more than all the rest. */
int store_contact_ladder(struct store *s, struct arena *a, struct contact **out, size_t *n,
                         int64_t company_id, struct err *e)
{
	enum { LADDER_MAX = 100, LADDER_FIRST = 4 };
	struct contact *list = arena_alloc(a, LADDER_FIRST * sizeof(*list)), *more;
	size_t cap = LADDER_FIRST;
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
	                   "SELECT " CONTACT_COLUMNS " FROM contact k WHERE k.company_id = $1", "i",
	                   company_id);

	*n = 0;
	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		if (*n == cap) {
			more = arena_alloc(a, 2 * cap * sizeof(*more));
			memcpy(more, list, cap * sizeof(*more));
			list = more;
			cap *= 2;
		}
		read_contact(a, q, &list[(*n)++]);
	}
	qsort(list, *n, sizeof(*list), by_rank);
	*n = *n > LADDER_MAX ? LADDER_MAX : *n;
	*out = list;
	return rc;
}

int store_contacts_at_domain(struct store *s, struct arena *a, int64_t **out, size_t *n,
                             const char *domain, struct err *e)
{
	enum { DOMAIN_CONTACTS_MAX = 10000 };
	int64_t *list = arena_alloc(a, DOMAIN_CONTACTS_MAX * sizeof(*list));
	struct sql_stmt *q;
	int rc = sql_query(
		s->db, &q, e,
		"SELECT id FROM contact WHERE domain = $1 AND kind = 'mail' ORDER BY id LIMIT $2",
		"si", domain, (int64_t)DOMAIN_CONTACTS_MAX);

	*n = 0;
	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1)
		list[(*n)++] = sql_int(q, 0);
	*out = list;
	return rc;
}

int store_contacts_at_address(struct store *s, const char *address, int64_t after, int64_t *out,
                              int limit, int *n, struct err *e)
{
	return sql_get_ints(s->db, out, limit, n, e,
	                    "SELECT id FROM contact WHERE domain = LOWER($1) AND kind = 'mail'"
	                    " AND id > $3 AND LOWER(value) = LOWER($2) ORDER BY id LIMIT $4",
	                    "ssii", mailaddr_domain(address), address, after, (int64_t)limit);
}

int store_contact_change(struct store *s, const struct contact_change *c, struct err *e)
{
	int64_t id, n;
	int rc;

	n = sql_run(s->db, e,
	            "UPDATE contact SET state = $2, score = $3, score_at = $4, state_at = $4"
	            " WHERE id = $1 AND state = $5",
	            "isiis", c->contact_id, word_of(contact_state_words, (int)c->to),
	            (int64_t)c->score, c->at, word_of(contact_state_words, (int)c->from));
	if (n < 0)
		return (int)n;
	if (n == 0)
		return err_set(e, ERR_CONFLICT, "contact %" PRId64 " is no longer %s",
		               c->contact_id, word_of(contact_state_words, (int)c->from));
	if ((rc = store_new_id(s, &id, e)) < 0)
		return rc;
	n = sql_run(
		s->db, e,
		"INSERT INTO contact_event (id, contact_id, at, from_state, to_state, reason,"
		" evidence, inbox_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		c->inbox_id ? "iiissssi" : "iiissssn", id, c->contact_id, c->at,
		word_of(contact_state_words, (int)c->from),
		word_of(contact_state_words, (int)c->to), c->reason, c->evidence, c->inbox_id);
	return n < 0 ? (int)n : 0;
}

int store_contact_history(struct store *s, int64_t contact_id, contact_event_fn *row, void *arg,
                          struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(
		s->db, &q, e,
		"SELECT at, from_state, to_state, reason, evidence FROM contact_event WHERE"
		" contact_id = $1 ORDER BY at, id",
		"i", contact_id);

	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		rc = row(arg, sql_int(q, 0), sql_text(q, 1), sql_text(q, 2), sql_text(q, 3),
		         sql_text(q, 4), e);
		if (rc < 0) {
			sql_reset(q);
			break;
		}
	}
	return rc < 0 ? rc : 0;
}

int store_contact_owners(struct store *s, const char *address, int64_t company_id,
                         int64_t contact_id, int64_t *all, int64_t *own, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
	                   "SELECT COUNT(*), COUNT(CASE WHEN company_id = $3 OR company_id ="
	                   " (SELECT company_id FROM contact WHERE id = $4) THEN 1 END)"
	                   " FROM contact WHERE domain = LOWER($1) AND kind = 'mail'"
	                   " AND LOWER(value) = LOWER($2)",
	                   "ssii", mailaddr_domain(address), address, company_id, contact_id);

	*all = *own = 0;
	if (rc < 0 || (rc = sql_step(q, e)) != 1)
		return rc;
	*all = sql_int(q, 0);
	*own = sql_int(q, 1);
	sql_reset(q);
	return 0;
}

int store_contact_unsubscribed(struct store *s, int64_t contact_id, struct err *e)
{
	int64_t yes = 0;
	int rc = sql_get_int(
		s->db, &yes, e,
		"SELECT CASE WHEN reason = 'unsubscribed' THEN 1 ELSE 0 END FROM contact_event"
		" WHERE contact_id = $1 AND (reason = 'unsubscribed'"
		" OR (reason = 'by_hand' AND to_state <> 'invalid'))"
		" ORDER BY at DESC, id DESC LIMIT 1",
		"i", contact_id);

	return rc < 0 ? rc : yes != 0;
}

int store_contact_has_key(struct store *s, int64_t company_id, int64_t contact_id,
                          const char *fingerprint, struct err *e)
{
	int64_t n;
	int rc = sql_get_int(s->db, &n, e,
	                     "SELECT COUNT(*) FROM contact WHERE company_id IN"
	                     " ($1, (SELECT company_id FROM contact WHERE id = $2))"
	                     " AND kind = 'mail' AND LOWER(pgp) = LOWER($3)",
	                     "iis", company_id, contact_id, fingerprint);

	return rc < 0 ? rc : n > 0;
}
