/*
 * store_finding: findings and who owns them.
 *
 * Invariant: a finding that is matched has at least one owner; finding_owner.warning_id is set with
 * the mail.
 */
#include "base.h"
#include "store_finding.h"
#include "store_private.h"

#define FINDING_COLUMNS \
	"f.id, f.incident_id, f.seen_at, f.source_type, f.feed, f.advice, f.compromised, f.ip," \
	" f.port, f.transport, f.application, f.domain, f.hostname, f.url, f.account," \
	" f.identifier, f.cve, f.product, f.tlp, f.severity, f.state"
enum { AFTER_FINDING = 21 };

static void read_finding(struct arena *a, const struct sql_stmt *q, struct finding *out)
{
	*out = (struct finding){
		.id = sql_int(q, 0), .incident_id = sql_int(q, 1), .seen_at = sql_int(q, 2),
		.source_type = text_copy(a, q, 3), .feed = text_copy(a, q, 4),
		.advice = text_copy(a, q, 5),
		.compromised = sql_int(q, 6) != 0, .port = (int)sql_int(q, 8),
		.transport = text_copy(a, q, 9),
		.application = text_copy(a, q, 10), .domain = text_copy(a, q, 11),
		.hostname = text_copy(a, q, 12),
		.url = text_copy(a, q, 13), .account = text_copy(a, q, 14),
		.identifier = text_copy(a, q, 15),
		.cve = text_copy(a, q, 16), .product = text_copy(a, q, 17),
		.tlp = text_copy(a, q, 18),
		.severity = (enum severity)word_column(q, 19, severity_words),
		.state = (enum finding_state)word_column(q, 20, finding_state_words),
	};
	out->has_ip = ip_parse(&out->ip, sql_text(q, 7));
}

int store_finding_add(struct store *s, struct finding *f, const char *identity,
                      const char *extra_json, int64_t now, bool *is_new, struct err *e)
{
	char ip[IP_TEXT] = "";
	int64_t n;
	int rc;

	if ((rc = store_new_id(s, &f->id, e)) < 0)
		return rc;
	if (f->has_ip)
		ip_format(ip, &f->ip);
	n = sql_run(
		s->db, e,
		"INSERT INTO finding (id, incident_id, identity, seen_at, received_at,"
		" source_type, feed, advice, compromised, ip, port, transport, application,"
		" domain, hostname, url, account, identifier, cve, product, tlp, severity, extra,"
		" state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
		" $15, $16, $17, $18, $19, $20, $21, $22, $23, 'new') ON CONFLICT (identity) DO"
		" NOTHING",
		"iisiisssisissssssssssss", f->id, f->incident_id, identity, f->seen_at, now,
		f->source_type, f->feed, f->advice, (int64_t)f->compromised, ip, (int64_t)f->port,
		f->transport, f->application, f->domain, f->hostname, f->url, f->account,
		f->identifier, f->cve, f->product, f->tlp,
		word_of(severity_words, (int)f->severity), extra_json);
	*is_new = n == 1;
	return n < 0 ? (int)n : 0;
}

int store_finding_known(struct store *s, const char *identity, struct err *e)
{
	int64_t one;

	return sql_get_int(s->db, &one, e, "SELECT 1 FROM finding WHERE identity = $1", "s",
	                   identity);
}

int store_finding_pending(struct store *s, const char *identity, int64_t seen_at, struct err *e)
{
	int64_t one;

	return sql_get_int(s->db, &one, e,
	                   "SELECT 1 FROM finding f JOIN incident i ON i.id = f.incident_id WHERE"
	                   " f.identity = $1 AND (i.state = 'open' OR EXISTS (SELECT 1 FROM"
	                   " finding_owner t WHERE t.finding_id = f.id AND t.warning_id IS NOT"
	                   " NULL)) AND NOT EXISTS (SELECT 1 FROM finding_owner o JOIN warning w"
	                   " ON w.id = o.warning_id WHERE o.finding_id = f.id AND w.state ="
	                   " 'resolved' AND w.state_at < $2)",
	                   "si", identity, seen_at);
}

int store_finding_each(struct store *s, int64_t incident_id, enum finding_state state,
                       int64_t after, int limit, finding_row_fn *row, void *arg, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct finding f;
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
	                   "SELECT " FINDING_COLUMNS
	                   " FROM finding f WHERE f.incident_id = $1 AND f.state = $2"
	                   " AND f.id > $3 ORDER BY f.id LIMIT $4",
	                   "isii", incident_id, word_of(finding_state_words, (int)state), after,
	                   (int64_t)limit);

	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		read_finding(&a, q, &f);
		if ((rc = row(arg, &f, e)) < 0) {
			sql_reset(q);
			break;
		}
		arena_clear(&a);
	}
	arena_clear(&a);
	return rc < 0 ? rc : 0;
}

int store_finding_get(struct store *s, struct arena *a, struct finding *out,
                      const char **extra_json, int64_t id, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
	                   "SELECT " FINDING_COLUMNS ", f.extra FROM finding f WHERE f.id = $1",
	                   "i", id);

	if (rc < 0 || (rc = sql_step(q, e)) < 0)
		return rc;
	if (rc == 0)
		return err_set(e, ERR_NOTFOUND,
		               "no finding %" PRId64 "; see 'seinpost finding list SLUG'", id);
	read_finding(a, q, out);
	*extra_json = text_copy(a, q, AFTER_FINDING);
	sql_reset(q);
	return 0;
}

int store_finding_set_state(struct store *s, int64_t id, enum finding_state state, struct err *e)
{
	int64_t n = sql_run(s->db, e, "UPDATE finding SET state = $2 WHERE id = $1"
	                    " AND state <> 'withdrawn'",
	                    "is", id, word_of(finding_state_words, (int)state));

	return n < 0 ? (int)n : 0;
}

int store_finding_matched(struct store *s, int64_t id, enum finding_state from,
                          enum finding_state to, struct err *e)
{
	int64_t n = sql_run(s->db, e, "UPDATE finding SET state = $3 WHERE id = $1 AND state = $2",
	                    "iss", id, word_of(finding_state_words, (int)from),
	                    word_of(finding_state_words, (int)to));

	return n < 0 ? (int)n : 0;
}

int store_finding_add_owner(struct store *s, const struct finding *f, int64_t company_id,
                            int64_t asset_id, const char *matched_by, struct err *e)
{
	int64_t n = sql_run(
		s->db, e,
		"INSERT INTO finding_owner (incident_id, company_id, finding_id, asset_id,"
		" matched_by) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (incident_id, company_id,"
		" finding_id) DO NOTHING",
		"iiiis", f->incident_id, company_id, f->id, asset_id, matched_by);

	return n < 0 ? (int)n : 0;
}

int store_unwarned_companies(struct store *s, int64_t incident_id, int64_t after, int limit,
                             int64_t *out, int *n, struct err *e)
{
	return sql_get_ints(s->db, out, limit, n, e,
			    "SELECT DISTINCT company_id FROM finding_owner WHERE incident_id = $1"
			    " AND warning_id IS NULL AND company_id > $2 ORDER BY company_id LIMIT"
			    " $3",
			    "iii", incident_id, after, (int64_t)limit);
}

int store_unwarned_count(struct store *s, int64_t incident_id, int64_t *out, struct err *e)
{
	int rc = sql_get_int(
		s->db, out, e,
		"SELECT COUNT(DISTINCT company_id) FROM finding_owner WHERE incident_id = $1"
		" AND warning_id IS NULL",
		"i", incident_id);

	return rc < 0 ? rc : 0;
}

static int collect(struct sql_stmt *q, struct arena *a, struct finding **out, size_t *n,
                   struct err *e)
{
	enum { COLLECT_FIRST = 4 };
	struct finding *list = arena_alloc(a, COLLECT_FIRST * sizeof(*list)), *more;
	size_t cap = COLLECT_FIRST;
	int rc;

	*n = 0;
	while ((rc = sql_step(q, e)) == 1) {
		if (*n == cap) {
			more = arena_alloc(a, 2 * cap * sizeof(*more));
			memcpy(more, list, cap * sizeof(*more));
			list = more;
			cap *= 2;
		}
		read_finding(a, q, &list[(*n)++]);
	}
	*out = list;
	return rc;
}

int store_unwarned_findings(struct store *s, struct arena *a, struct finding **out, size_t *n,
                            int64_t incident_id, int64_t company_id, struct err *e)
{
	struct sql_stmt *q;
	int rc =
		sql_query(s->db, &q, e,
	                  "SELECT " FINDING_COLUMNS
	                  " FROM finding_owner o JOIN finding f ON f.id = o.finding_id"
	                  " WHERE o.incident_id = $1 AND o.company_id = $2 AND o.warning_id IS NULL"
	                  " AND f.state <> 'withdrawn' ORDER BY o.finding_id",
	                  "ii", incident_id, company_id);

	return rc < 0 ? rc : collect(q, a, out, n, e);
}

int store_warned_findings(struct store *s, struct arena *a, struct finding **out, size_t *n,
                          int64_t warning_id, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
	                   "SELECT " FINDING_COLUMNS
	                   " FROM warning w JOIN finding_owner o ON o.incident_id = w.incident_id"
	                   " AND o.company_id = w.company_id AND o.warning_id = w.id"
	                   " JOIN finding f ON f.id = o.finding_id"
	                   " WHERE w.id = $1 AND f.state <> 'withdrawn' ORDER BY o.finding_id",
	                   "i", warning_id);

	return rc < 0 ? rc : collect(q, a, out, n, e);
}

int store_finding_untold(struct store *s, const struct finding *f, int64_t company_id,
			 struct err *e)
{
	int64_t one;

	return sql_get_int(s->db, &one, e,
			   "SELECT 1 FROM finding_owner WHERE incident_id = $1 AND company_id = $2"
			   " AND finding_id = $3 AND warning_id IS NULL",
			   "iii", f->incident_id, company_id, f->id);
}

int store_findings_warned(struct store *s, int64_t warning_id, int64_t company_id,
                          const struct finding *f, size_t n, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < n && rc == 0; i++) {
		int64_t rows =
			sql_run(s->db, e,
		                "UPDATE finding_owner SET warning_id = $4 WHERE incident_id = $1"
		                " AND company_id = $2 AND finding_id = $3 AND warning_id IS NULL",
		                "iiii", f[i].incident_id, company_id, f[i].id, warning_id);

		if (rows == 0)
			rc = err_set(e, ERR_CONFLICT,
			             "finding %" PRId64
			             ": this company was warned about it meanwhile",
			             f[i].id);
		else
			rc = rows < 0 ? (int)rows
			              : store_finding_set_state(s, f[i].id, FINDING_WARNED, e);
	}
	return rc;
}

int store_finding_owners(struct store *s, int64_t id, owner_row_fn *row, void *arg, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(
		s->db, &q, e,
		"SELECT c.ref, c.name, o.matched_by, COALESCE(a.value, ''), COALESCE(w.ref, '')"
		" FROM finding_owner o JOIN company c ON c.id = o.company_id"
		" LEFT JOIN asset a ON a.id = o.asset_id LEFT JOIN warning w ON w.id = o.warning_id"
		" WHERE o.finding_id = $1 ORDER BY c.ref",
		"i", id);

	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		const struct owner_row o = {
			.company_ref = sql_text(q, 0), .company_name = sql_text(q, 1),
			.matched_by = sql_text(q, 2),
			.asset = sql_text(q, 3), .ref = sql_text(q, 4),
		};

		if ((rc = row(arg, &o, e)) < 0) {
			sql_reset(q);
			break;
		}
	}
	return rc < 0 ? rc : 0;
}

int store_finding_waiting(struct store *s, int64_t incident_id, int64_t *n, struct err *e)
{
	int64_t more = 0;
	int rc = sql_get_int(s->db, &more, e,
	                     "SELECT COUNT(*) FROM finding WHERE incident_id = $1"
	                     " AND state IN ('new', 'unmatched')",
	                     "i", incident_id);

	*n += more;
	return rc < 0 ? rc : 0;
}

int store_finding_counts(struct store *s, int64_t incident_id, struct finding_counts *out,
                         struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(
		s->db, &q, e,
		"SELECT state, COUNT(*) FROM finding WHERE incident_id = $1 GROUP BY state", "i",
		incident_id);

	*out = (struct finding_counts){ 0 };
	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		int64_t n = sql_int(q, 1);

		out->all += n;
		switch ((enum finding_state)word_column(q, 0, finding_state_words)) {
		case FINDING_NEW: out->fresh = n; break;
		case FINDING_MATCHED: out->matched = n; break;
		case FINDING_UNMATCHED: out->unmatched = n; break;
		case FINDING_WARNED: out->warned = n; break;
		case FINDING_WITHDRAWN: break;
		}
	}
	return rc;
}
