/*
 * store_report: the numbers of the report.
 *
 * One statement per group of numbers; each is asked once with an incident and once (0) for all of
 * them.
 */
#include "base.h"
#include "store_private.h"
#include "store_report.h"

/*
 * $1 incident or 0, $2 from, $3 to.  One text for one incident and one for all: "$1 = 0 OR
 * incident_id = $1" uses no index, and each incident of a report would read every finding there is.
 */
#define ALL "$1 = 0"
#define COUNT_FINDINGS(of)                                                              \
	"SELECT COUNT(*), COUNT(CASE WHEN state = 'unmatched' THEN 1 END) FROM finding" \
	" WHERE " of " AND received_at >= $2 AND received_at < $3"
#define COUNT_COMPANIES(of)                                                                     \
	"SELECT COUNT(*), COUNT(CASE WHEN status = 'participant' THEN 1 END) FROM"              \
	" (SELECT DISTINCT c.id, c.status FROM warning w JOIN company c ON c.id = w.company_id" \
	" WHERE " of " AND w.created_at >= $2 AND w.created_at < $3"                            \
	" AND (EXISTS (SELECT 1 FROM mail m WHERE m.warning_id = w.id"                          \
	" AND m.state IN ('accepted', 'delayed', 'confirmed'))"                                 \
	" OR EXISTS (SELECT 1 FROM call_item x"                                                 \
	" WHERE x.warning_id = w.id AND x.state = 'done'))) t"
#define COUNT_MAILS(of)                                                                            \
	"SELECT COUNT(*),"                                                                         \
	" COUNT(CASE WHEN m.state IN ('accepted', 'delayed', 'confirmed', 'bounced') THEN 1 END)," \
	" COUNT(CASE WHEN m.state IN ('bounced', 'refused', 'expired') THEN 1 END)"                \
	" FROM warning w JOIN mail m ON m.warning_id = w.id"                                       \
	" WHERE " of " AND w.created_at >= $2 AND w.created_at < $3"
#define COUNT_WARNINGS(of)                                                                        \
	"SELECT COUNT(CASE WHEN w.state IN ('acknowledged', 'resolved', 'not_ours') THEN 1 END)," \
	" COUNT(CASE WHEN w.state = 'resolved' THEN 1 END),"                                      \
	" COUNT(CASE WHEN w.state = 'not_ours' THEN 1 END),"                                      \
	" COUNT(CASE WHEN w.state = 'unreachable' THEN 1 END),"                                   \
	" COUNT(CASE WHEN x.state = 'open' AND x.reason <> 'vital' THEN 1 END),"                  \
	" COUNT(CASE WHEN x.reason = 'vital' THEN 1 END)"                                         \
	" FROM warning w LEFT JOIN call_item x ON x.warning_id = w.id"                            \
	" WHERE " of " AND w.created_at >= $2 AND w.created_at < $3"

static int count_findings(struct store *s, struct counts *c, int64_t incident, int64_t from,
                          int64_t to, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
			   incident ? COUNT_FINDINGS("incident_id = $1") : COUNT_FINDINGS(ALL),
			   "iii", incident, from, to);

	if (rc < 0 || (rc = sql_step(q, e)) != 1)
		return rc;
	c->findings = sql_int(q, 0);
	c->unmatched = sql_int(q, 1);
	sql_reset(q);
	return 0;
}

/* Warned: an accepted mail, or telephoned with an outcome. */
static int count_companies(struct store *s, struct counts *c, int64_t incident, int64_t from,
			   int64_t to, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
			   incident ? COUNT_COMPANIES("w.incident_id = $1") : COUNT_COMPANIES(ALL),
			   "iii", incident, from, to);

	if (rc < 0 || (rc = sql_step(q, e)) != 1)
		return rc;
	c->companies = sql_int(q, 0);
	c->participants = sql_int(q, 1);
	c->others = c->companies - c->participants;
	sql_reset(q);
	return 0;
}

static int count_mails(struct store *s, struct counts *c, int64_t incident, int64_t from,
		       int64_t to, struct err *e)
{
	struct sql_stmt *q;
	int rc =
	    sql_query(s->db, &q, e, incident ? COUNT_MAILS("w.incident_id = $1") : COUNT_MAILS(ALL),
		      "iii", incident, from, to);

	if (rc < 0 || (rc = sql_step(q, e)) != 1)
		return rc;
	c->mails = sql_int(q, 0);
	c->accepted = sql_int(q, 1);
	c->bounced = sql_int(q, 2);
	sql_reset(q);
	return 0;
}

static int count_warnings(struct store *s, struct counts *c, int64_t incident, int64_t from,
			  int64_t to, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
			   incident ? COUNT_WARNINGS("w.incident_id = $1") : COUNT_WARNINGS(ALL),
			   "iii", incident, from, to);

	if (rc < 0 || (rc = sql_step(q, e)) != 1)
		return rc;
	c->acknowledged = sql_int(q, 0);
	c->resolved = sql_int(q, 1);
	c->not_ours = sql_int(q, 2);
	c->unreachable = sql_int(q, 3);
	c->to_call = sql_int(q, 4);
	c->handed_over = sql_int(q, 5);
	sql_reset(q);
	return 0;
}

static int count_all(struct store *s, struct counts *c, int64_t incident, int64_t from, int64_t to,
		     struct err *e)
{
	int rc;

	if ((rc = count_findings(s, c, incident, from, to, e)) < 0 ||
	    (rc = count_companies(s, c, incident, from, to, e)) < 0 ||
	    (rc = count_mails(s, c, incident, from, to, e)) < 0)
		return rc;
	return count_warnings(s, c, incident, from, to, e);
}

struct report_run {
	struct store *s;
	int64_t from, to, incidents;
	counts_row_fn *row;
	void *arg;
};

static bool has_something(const struct counts *c)
{
	return c->findings + c->mails + c->companies + c->acknowledged + c->unreachable +
		   c->to_call + c->handed_over >
	       0;
}

static int report_incident(struct report_run *r, int64_t id, const char *slug, const char *title,
			   struct err *e)
{
	struct counts_row row = { .slug = slug, .title = title };
	int rc = count_all(r->s, &row.c, id, r->from, r->to, e);

	if (rc < 0)
		return rc;
	row.c.incidents = id != 0 ? 1 : r->incidents;
	if (id != 0 && !has_something(&row.c))
		return 0;
	r->incidents += id != 0;
	return r->row(r->arg, &row, e);
}

int store_report(struct store *s, int64_t incident_id, int64_t from, int64_t to, counts_row_fn *row,
		 void *arg, struct err *e)
{
	struct report_run r = { s, from, to, 0, row, arg };
	struct sql_stmt *q;
	int rc =
	    sql_query(s->db, &q, e,
		      "SELECT id, slug, title FROM incident WHERE $1 = 0 OR id = $1 ORDER BY id",
		      "i", incident_id);

	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		if ((rc = report_incident(&r, sql_int(q, 0), sql_text(q, 1), sql_text(q, 2), e)) <
		    0) {
			sql_reset(q);
			return rc;
		}
	}
	if (rc == 0 && incident_id == 0)
		rc = report_incident(&r, 0, "", "", e);
	return rc;
}
