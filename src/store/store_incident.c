/*
 * store_incident: incidents.
 */
#include "base.h"
#include "store_finding.h"
#include "store_private.h"

#define INCIDENT_COLUMNS \
	"id, slug, title, advice, tlp, severity, deadline_days, state, opened_at, closed_at"

static void read_incident(struct arena *a, const struct sql_stmt *q, struct incident *out)
{
	*out = (struct incident){
		.id = sql_int(q, 0),
		.slug = text_copy(a, q, 1),
		.title = text_copy(a, q, 2),
		.advice = text_copy(a, q, 3),
		.tlp = (enum tlp)word_column(q, 4, tlp_words),
		.severity = (enum severity)word_column(q, 5, severity_words),
		.deadline_days = (int)sql_int(q, 6),
		.state = (enum incident_state)word_column(q, 7, incident_state_words),
		.opened_at = sql_int(q, 8),
		.closed_at = sql_int(q, 9),
	};
}

int store_incident_add(struct store *s, struct incident *in, struct err *e)
{
	int64_t n;
	int rc;

	if ((rc = store_new_id(s, &in->id, e)) < 0)
		return rc;
	n = sql_run(s->db, e,
		    "INSERT INTO incident (" INCIDENT_COLUMNS
		    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		    "isssssisii", in->id, in->slug, in->title, in->advice,
		    word_of(tlp_words, (int)in->tlp), word_of(severity_words, (int)in->severity),
		    (int64_t)in->deadline_days, word_of(incident_state_words, (int)in->state),
		    in->opened_at, in->closed_at);
	if (n == ERR_CONFLICT)
		return err_set(e, ERR_CONFLICT, "incident '%s' exists already", in->slug);
	return n < 0 ? (int)n : 0;
}

int store_incident_set_severity(struct store *s, int64_t id, enum severity severity, struct err *e)
{
	int64_t n = sql_run(s->db, e, "UPDATE incident SET severity = $2 WHERE id = $1", "is", id,
			    word_of(severity_words, (int)severity));

	return n < 0 ? (int)n : 0;
}

static int one_incident(struct sql_stmt *q, struct arena *a, struct incident *out, const char *what,
			struct err *e)
{
	int rc = sql_step(q, e);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return err_set(e, ERR_NOTFOUND, "no incident '%s'; see 'seinpost incident list'",
			       what);
	read_incident(a, q, out);
	sql_reset(q);
	return 0;
}

int store_incident_by_slug(struct store *s, struct arena *a, struct incident *out, const char *slug,
			   struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
			   "SELECT " INCIDENT_COLUMNS " FROM incident WHERE slug = $1", "s", slug);

	return rc < 0 ? rc : one_incident(q, a, out, slug, e);
}

int store_incident_get(struct store *s, struct arena *a, struct incident *out, int64_t id,
		       struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e, "SELECT " INCIDENT_COLUMNS " FROM incident WHERE id = $1",
			   "i", id);

	return rc < 0 ? rc : one_incident(q, a, out, "(id)", e);
}

int store_incident_close(struct store *s, int64_t id, int64_t now, struct err *e)
{
	int64_t n =
	    sql_run(s->db, e, "UPDATE incident SET state = 'closed', closed_at = $2 WHERE id = $1",
		    "ii", id, now);

	return n < 0 ? (int)n : 0;
}

int store_incident_each(struct store *s, incident_row_fn *row, void *arg, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct incident in;
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
			   "SELECT " INCIDENT_COLUMNS " FROM incident ORDER BY id DESC", "");

	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		read_incident(&a, q, &in);
		if ((rc = row(arg, &in, e)) < 0) {
			sql_reset(q);
			break;
		}
	}
	arena_clear(&a);
	return rc < 0 ? rc : 0;
}
