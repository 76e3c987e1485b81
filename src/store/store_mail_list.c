/*
 * store_mail_list: the queue as people see it: listings, and what they may do with a mail.
 *
 * Invariant: a person's word never touches a mail that is with a sender.
 */
#include "base.h"
#include "store_mail.h"
#include "store_private.h"

/* Neither accepted nor given up, and not with a sender. */
#define WAITING "('ready', 'deferred', 'held', 'unknown')"

/* To a contact that is neither the company's own nor its partner's.  A vital partner is none. */
#define ASTRAY \
	" k.company_id <> w.company_id AND NOT EXISTS (SELECT 1 FROM company o JOIN company p" \
	" ON p.ref = o.partner WHERE o.id = w.company_id AND p.id = k.company_id AND p.vital = 0)"

/* "warned" came twice where a store is of a version that did not say "more findings". */
#define TOLD_MORE "('" MORE_FINDINGS "', 'warned')"

#define MAIL_ROW \
	"SELECT m.id, m.warning_id, m.contact_id, w.company_id, w.incident_id, m.created_at," \
	" m.state_at, m.next_try, m.state, m.env_from, m.env_to, m.message_id, m.envid, m.text," \
	" m.status, w.ref, c.ref, i.slug, m.code, m.attempts, m.priority" \
	" FROM mail m JOIN warning w ON w.id = m.warning_id" \
	" JOIN company c ON c.id = w.company_id JOIN incident i ON i.id = w.incident_id"

static void read_mail(struct arena *a, const struct sql_stmt *q, struct mail_row *out)
{
	*out = (struct mail_row){
		.id = sql_int(q, 0),
		.warning_id = sql_int(q, 1),
		.contact_id = sql_int(q, 2),
		.company_id = sql_int(q, 3),
		.incident_id = sql_int(q, 4),
		.created_at = sql_int(q, 5),
		.state_at = sql_int(q, 6),
		.next_try = sql_int(q, 7),
		.state = (enum mail_state)word_column(q, 8, mail_state_words),
		.env_from = text_copy(a, q, 9),
		.env_to = text_copy(a, q, 10),
		.message_id = text_copy(a, q, 11),
		.envid = text_copy(a, q, 12),
		.text = text_copy(a, q, 13),
		.status = text_copy(a, q, 14),
		.ref = text_copy(a, q, 15),
		.company_ref = text_copy(a, q, 16),
		.incident_slug = text_copy(a, q, 17),
		.code = (int)sql_int(q, 18),
		.attempts = (int)sql_int(q, 19),
		.priority = (int)sql_int(q, 20),
	};
}

static int one_mail(struct sql_stmt *q, struct arena *a, struct mail_row *out, struct err *e)
{
	int rc = sql_step(q, e);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return err_set(e, ERR_NOTFOUND, "no such mail; see 'seinpost queue list'");
	read_mail(a, q, out);
	sql_reset(q);
	return 0;
}

int store_mail_get(struct store *s, struct arena *a, struct mail_row *out, int64_t id,
		   struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e, MAIL_ROW " WHERE m.id = $1", "i", id);

	return rc < 0 ? rc : one_mail(q, a, out, e);
}

int store_mail_by_message_id(struct store *s, struct arena *a, struct mail_row *out,
			     const char *message_id, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e, MAIL_ROW " WHERE m.message_id = $1", "s", message_id);

	return rc < 0 ? rc : one_mail(q, a, out, e);
}

int store_mail_aim(struct store *s, struct mail_aim *out, int64_t id, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
	                   "SELECT w.id, w.state, c.vital, k.state," ASTRAY " FROM mail m"
	                   " JOIN warning w ON w.id = m.warning_id"
	                   " JOIN contact k ON k.id = m.contact_id"
	                   " JOIN company c ON c.id = w.company_id WHERE m.id = $1",
	                   "i", id);

	if (rc < 0 || (rc = sql_step(q, e)) < 0)
		return rc;
	if (rc == 0)
		return err_set(e, ERR_NOTFOUND, "no mail %" PRId64, id);
	*out = (struct mail_aim){
		.warning_id = sql_int(q, 0),
		.warning = (enum warning_state)word_column(q, 1, warning_state_words),
		.vital = sql_int(q, 2) != 0,
		.contact = (enum contact_state)word_column(q, 3, contact_state_words),
		.astray = sql_int(q, 4) != 0,
	};
	sql_reset(q);
	return 0;
}

int store_mail_may_go(struct store *s, int64_t company_id, int64_t contact_id, struct err *e)
{
	int64_t one;

	return sql_get_int(s->db, &one, e,
	                   "SELECT 1 FROM company c JOIN contact k ON k.id = $2"
	                   " WHERE c.id = $1 AND c.vital = 0 AND k.state <> 'invalid'",
	                   "ii", company_id, contact_id);
}

int store_mail_failed_later(struct store *s, int64_t contact_id, int64_t created_at, int64_t id,
                            struct err *e)
{
	int64_t one;

	return sql_get_int(
		s->db, &one, e,
		"SELECT 1 FROM mail WHERE contact_id = $1 AND state IN ('bounced', 'refused')"
		" AND (created_at > $2 OR (created_at = $2 AND id > $3)) LIMIT 1",
		"iii", contact_id, created_at, id);
}

/* The numbers of ORDER BY are columns of MAIL_ROW: priority, next_try, id. */
#define UNFINISHED_MAILS \
	MAIL_ROW \
	" WHERE m.state IN ('ready', 'deferred', 'unknown', 'held') AND m.state <> 'in_flight'" \
	" UNION ALL " MAIL_ROW " WHERE m.state = 'in_flight' ORDER BY 21 DESC, 8, 1"

/* mail_state has all but those in flight, which mail_leased has.  A statement says
 * which of them it needs. */
static int query_mails(struct store *s, struct sql_stmt **q, const char *state, int64_t warning_id,
		       struct err *e)
{
	if (warning_id != 0)
		return sql_query(
		    s->db, q, e,
		    MAIL_ROW " WHERE m.warning_id = $1 ORDER BY m.created_at, m.id", "i",
		    warning_id);
	if (state == NULL)
		return sql_query(s->db, q, e, UNFINISHED_MAILS, "");
	if (strcmp(state, mail_state_words[MAIL_IN_FLIGHT]) == 0)
		return sql_query(
		    s->db, q, e,
		    MAIL_ROW " WHERE m.state = 'in_flight' ORDER BY m.state_at, m.id", "");
	return sql_query(s->db, q, e,
			 MAIL_ROW " WHERE m.state = $1 AND m.state <> 'in_flight'"
			 " ORDER BY m.state_at, m.id", "s", state);
}

int store_mail_each(struct store *s, const char *state, int64_t warning_id, mail_row_fn *row,
		    void *arg, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct mail_row m;
	struct sql_stmt *q;
	int rc = query_mails(s, &q, state, warning_id, e);

	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		read_mail(&a, q, &m);
		if ((rc = row(arg, &m, e)) < 0) {
			sql_reset(q);
			break;
		}
		arena_clear(&a);
	}
	arena_clear(&a);
	return rc < 0 ? rc : 0;
}

int store_mail_set_state(struct store *s, int64_t id, enum mail_state state, int64_t now,
			 struct err *e)
{
	int64_t n = sql_run(s->db, e, "UPDATE mail SET state = $2, state_at = $3 WHERE id = $1",
			    "isi", id, word_of(mail_state_words, (int)state), now);

	return n < 0 ? (int)n : 0;
}

int store_mail_arrived(struct store *s, int64_t id, int64_t now, struct err *e)
{
	return (int)sql_run(s->db, e,
	                    "UPDATE mail SET state = 'confirmed', state_at = $2"
	                    " WHERE id = $1 AND attempts > 0"
	                    " AND state IN " WAITING,
	                    "ii", id, now);
}

static int one_row(int64_t n, const char *what, struct err *e)
{
	if (n == 0)
		return err_set(e, ERR_CONFLICT, "%s", what);
	return n < 0 ? (int)n : 0;
}

int store_mail_hold(struct store *s, int64_t id, int64_t now, struct err *e)
{
	return one_row(sql_run(s->db, e,
	                       "UPDATE mail SET state = 'held', state_at = $2"
	                       " WHERE id = $1 AND state IN ('ready', 'deferred')",
	                       "ii", id, now),
	               "only a mail that waits can be held", e);
}

int store_mail_release(struct store *s, int64_t id, int64_t now, struct err *e)
{
	return one_row(
	    sql_run(s->db, e,
		    "UPDATE mail SET state = 'ready', state_at = $2, next_try = $2"
		    " WHERE id = $1 AND state IN ('held', 'unknown', 'deferred', 'expired')",
		    "ii", id, now),
	    "only a mail that is held, unknown, deferred or expired can be released", e);
}

int store_mail_cancel(struct store *s, int64_t id, int64_t now, struct err *e)
{
	return one_row(
	    sql_run(s->db, e,
		    "UPDATE mail SET state = 'cancelled', state_at = $2"
		    " WHERE id = $1 AND state IN " WAITING,
		    "ii", id, now),
	    "only a mail that was not accepted yet can be cancelled", e);
}

int store_mail_cancel_open(struct store *s, int64_t warning_id, int64_t before, int64_t now,
			   int64_t *n, struct err *e)
{
	*n = sql_run(s->db, e,
	             "UPDATE mail SET state = 'cancelled', state_at = $2"
	             " WHERE warning_id = $1 AND state IN " WAITING " AND created_at < $3",
	             "iii", warning_id, now, before);
	return *n < 0 ? (int)*n : 0;
}

int store_mail_overtaken(struct store *s, int64_t warning_id, int64_t created_at, int64_t *since,
			 struct err *e)
{
	int rc = sql_get_int(s->db, since, e,
			     "SELECT COALESCE(MIN(at), 0) FROM warning_event WHERE warning_id = $1"
			     " AND at > $2 AND reason IN " TOLD_MORE,
			     "ii", warning_id, created_at);

	return rc < 0 ? rc : 0;
}

int store_mail_latest(struct store *s, int64_t warning_id, int64_t *created_at, struct err *e)
{
	int rc = sql_get_int(s->db, created_at, e,
			     "SELECT COALESCE(MAX(created_at), 0) FROM mail WHERE warning_id = $1",
			     "i", warning_id);

	return rc < 0 ? rc : 0;
}

int store_mail_cancel_to(struct store *s, int64_t contact_id, int64_t now, int64_t *mail,
                         int limit, int *n, struct err *e)
{
	return sql_get_ints(
	    s->db, mail, limit, n, e,
	    "UPDATE mail SET state = 'cancelled', state_at = $2 WHERE id IN (SELECT id FROM mail"
	    " WHERE contact_id = $1 AND state IN " WAITING " LIMIT $3)"
	    " RETURNING id",
	    "iii", contact_id, now, (int64_t)limit);
}

int store_mail_cancel_partners(struct store *s, int64_t company_id, int64_t now, int64_t *mail,
			       int limit, int *n, struct err *e)
{
	return sql_get_ints(
	    s->db, mail, limit, n, e,
	    "UPDATE mail SET state = 'cancelled', state_at = $2 WHERE id IN (SELECT m.id"
	    " FROM contact k JOIN mail m ON m.contact_id = k.id JOIN warning w"
	    " ON w.id = m.warning_id WHERE k.company_id = $1 AND w.company_id <> $1 AND m.state IN"
	    " ('ready', 'deferred', 'in_flight', 'held', 'unknown') LIMIT $3) RETURNING id",
	    "iii", company_id, now, (int64_t)limit);
}

/* incident_id is named because the index over a company's warnings begins with it. */
int store_mail_cancel_company(struct store *s, int64_t company_id, int64_t now, int64_t *warning,
			      int limit, int *n, struct err *e)
{
	return sql_get_ints(
	    s->db, warning, limit, n, e,
	    "UPDATE mail SET state = 'cancelled', state_at = $2 WHERE id IN (SELECT m.id"
	    " FROM warning w JOIN mail m ON m.warning_id = w.id WHERE w.company_id = $1"
	    " AND w.incident_id IN (SELECT id FROM incident)"
	    " AND m.state IN " WAITING " LIMIT $3) RETURNING warning_id",
	    "iii", company_id, now, (int64_t)limit);
}

int store_mail_tried(struct store *s, int64_t warning_id, int64_t contact_id, struct err *e)
{
	int64_t one;

	return sql_get_int(s->db, &one, e,
			   "SELECT 1 FROM mail m JOIN contact k ON k.id = m.contact_id"
			   " WHERE m.warning_id = $1 AND m.contact_id = $2 AND NOT (m.state IN"
			   " ('refused', 'bounced', 'expired', 'cancelled')"
			   " AND k.state IN ('unproven', 'proven') AND k.state_at > m.state_at)"
			   " LIMIT 1",
			   "ii", warning_id, contact_id);
}

/* A mail that was made later and not about more findings is a next contact's. */
int store_mail_passed_on(struct store *s, int64_t id, struct err *e)
{
	int64_t one;

	return sql_get_int(
	    s->db, &one, e,
	    "SELECT 1 FROM mail m JOIN mail l ON l.warning_id = m.warning_id WHERE m.id = $1"
	    " AND l.created_at > m.created_at"
	    " AND l.state NOT IN ('refused', 'bounced', 'expired', 'cancelled')"
	    " AND NOT EXISTS (SELECT 1 FROM warning_event v WHERE v.warning_id = l.warning_id"
	    " AND v.at = l.created_at AND v.reason IN " TOLD_MORE ") LIMIT 1",
	    "i", id);
}

int store_mail_open(struct store *s, int64_t warning_id, struct err *e)
{
	int64_t one;

	return sql_get_int(s->db, &one, e,
			   "SELECT 1 FROM mail WHERE warning_id = $1 AND state IN"
			   " ('ready', 'deferred', 'in_flight', 'held', 'unknown') LIMIT 1",
			   "i", warning_id);
}

int store_mail_cancel_astray(struct store *s, int64_t company_id, int64_t now, int64_t *mail,
			     int limit, int *n, struct err *e)
{
	return sql_get_ints(
	    s->db, mail, limit, n, e,
	    "UPDATE mail SET state = 'cancelled', state_at = $2 WHERE id IN (SELECT m.id"
	    " FROM warning w JOIN mail m ON m.warning_id = w.id"
	    " JOIN contact k ON k.id = m.contact_id WHERE w.company_id = $1"
	    " AND w.incident_id IN (SELECT id FROM incident) AND m.state IN " WAITING " AND" ASTRAY
	    " UNION ALL SELECT m.id FROM contact k JOIN mail m ON m.contact_id = k.id"
	    " JOIN warning w ON w.id = m.warning_id WHERE k.company_id = $1 AND m.state IN "
	    WAITING " AND" ASTRAY " LIMIT $3) RETURNING id",
	    "iii", company_id, now, (int64_t)limit);
}

int store_queue_counts(struct store *s, struct queue_counts *out, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(
	    s->db, &q, e,
	    "SELECT state, COUNT(*) FROM mail WHERE state IN ('ready', 'deferred', 'unknown',"
	    " 'held') AND state <> 'in_flight' GROUP BY state"
	    " UNION ALL SELECT 'in_flight', COUNT(*) FROM mail WHERE state = 'in_flight'",
	    "");

	*out = (struct queue_counts){ 0 };
	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		enum mail_state state = (enum mail_state)word_column(q, 0, mail_state_words);
		int64_t n = sql_int(q, 1);

		out->waiting += state == MAIL_READY || state == MAIL_DEFERRED ? n : 0;
		out->in_flight += state == MAIL_IN_FLIGHT ? n : 0;
		out->held += state == MAIL_HELD ? n : 0;
		out->unknown += state == MAIL_UNKNOWN ? n : 0;
	}
	return rc;
}

int store_attempt_each(struct store *s, int64_t mail_id, attempt_row_fn *row, void *arg,
		       struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(
	    s->db, &q, e,
	    "SELECT started_at, COALESCE(ended_at, 0), route, outcome, stage, status, text, code"
	    " FROM attempt WHERE mail_id = $1 ORDER BY lease_no",
	    "i", mail_id);

	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		struct attempt_row t = {
			.started_at = sql_int(q, 0),
			.ended_at = sql_int(q, 1),
			.route = sql_text(q, 2),
			.outcome = sql_text(q, 3),
			.stage = sql_text(q, 4),
			.status = sql_text(q, 5),
			.text = sql_text(q, 6),
			.code = (int)sql_int(q, 7),
		};

		if ((rc = row(arg, &t, e)) < 0) {
			sql_reset(q);
			break;
		}
	}
	return rc < 0 ? rc : 0;
}

int store_contacts_silent(struct store *s, struct accepted_place *place, int64_t until,
                          int64_t *out, int limit, int *n, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
	                   "SELECT m.state_at, m.id, k.id FROM mail m"
	                   " JOIN contact k ON k.id = m.contact_id"
	                   " WHERE m.state = 'accepted' AND m.state <> 'in_flight'"
	                   " AND (m.state_at, m.id) > ($1, $2)"
	                   " AND m.state_at <= $3 AND k.state = 'unproven'"
	                   " ORDER BY m.state_at, m.id LIMIT $4",
	                   "iiii", place->at, place->mail_id, until, (int64_t)limit);

	*n = 0;
	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		*place = (struct accepted_place){ sql_int(q, 0), sql_int(q, 1) };
		out[(*n)++] = sql_int(q, 2);
	}
	return rc;
}
