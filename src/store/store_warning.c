/*
 * store_warning: warnings, their history, and the call list.
 *
 * Invariant: a warning's state and the event that tells why are written together.
 */
#include "base.h"
#include "buf.h"
#include "span.h"
#include "store_mail.h"
#include "store_private.h"
#include "store_warning.h"

#define WARNING_COLUMNS \
	"w.id, w.incident_id, w.company_id, w.ref, w.state, w.created_at, w.deadline_at"
enum { AFTER_WARNING = 7 };

static void read_warning(struct arena *a, const struct sql_stmt *q, struct warning *out)
{
	*out = (struct warning){
		.id = sql_int(q, 0),
		.incident_id = sql_int(q, 1),
		.company_id = sql_int(q, 2),
		.ref = text_copy(a, q, 3),
		.state = (enum warning_state)word_column(q, 4, warning_state_words),
		.created_at = sql_int(q, 5),
		.deadline_at = sql_int(q, 6),
	};
}

int store_warning_add(struct store *s, struct warning *w, struct err *e)
{
	int64_t n;
	int rc;

	if ((rc = store_new_id(s, &w->id, e)) < 0)
		return rc;
	n = sql_run(
	    s->db, e,
	    "INSERT INTO warning (id, incident_id, company_id, ref, state, created_at,"
	    " deadline_at, state_at,"
	    " todo) VALUES ($1, $2, $3, $4, $5, $6, $7, $6, '')",
	    "iiissii", w->id, w->incident_id, w->company_id, w->ref,
	    word_of(warning_state_words, (int)w->state), w->created_at, w->deadline_at);
	return n < 0 ? (int)n : 0;
}

static int one_warning(struct sql_stmt *q, struct arena *a, struct warning *out, const char *what,
		       struct err *e)
{
	int rc = sql_step(q, e);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return err_set(e, ERR_NOTFOUND, "no warning '%s'; see 'seinpost warning list'",
			       what);
	read_warning(a, q, out);
	sql_reset(q);
	return 0;
}

int store_warning_get(struct store *s, struct arena *a, struct warning *out, int64_t id,
		      struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
			   "SELECT " WARNING_COLUMNS " FROM warning w WHERE w.id = $1", "i", id);

	return rc < 0 ? rc : one_warning(q, a, out, "(id)", e);
}

int store_warning_by_ref(struct store *s, struct arena *a, struct warning *out, const char *ref,
			 struct err *e)
{
	char upper[WARNING_REF_TEXT];
	struct sql_stmt *q;
	size_t i;
	int rc;

	for (i = 0; i + 1 < sizeof(upper) && ref[i] != '\0'; i++)
		upper[i] = ref[i] >= 'a' && ref[i] <= 'z' ? (char)(ref[i] - 'a' + 'A') : ref[i];
	upper[i] = '\0';
	rc = sql_query(s->db, &q, e, "SELECT " WARNING_COLUMNS " FROM warning w WHERE w.ref = $1",
		       "s", upper);
	return rc < 0 ? rc : one_warning(q, a, out, ref, e);
}

int store_warning_of(struct store *s, struct arena *a, struct warning *out, int64_t incident_id,
		     int64_t company_id, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
			   "SELECT " WARNING_COLUMNS
			   " FROM warning w WHERE w.incident_id = $1 AND w.company_id = $2",
			   "ii", incident_id, company_id);

	if (rc < 0 || (rc = sql_step(q, e)) != 1)
		return rc;
	read_warning(a, q, out);
	sql_reset(q);
	return 1;
}

int store_warning_ref_taken(struct store *s, const char *ref, struct err *e)
{
	int64_t one;

	return sql_get_int(s->db, &one, e, "SELECT 1 FROM warning WHERE ref = $1", "s", ref);
}

static int add_event(struct store *s, const struct warning_change *c, struct err *e)
{
	int64_t id, n;
	int rc = store_new_id(s, &id, e);

	if (rc < 0)
		return rc;
	n = sql_run(
	    s->db, e,
	    "INSERT INTO warning_event (id, warning_id, at, from_state, to_state, reason,"
	    " evidence, inbox_id)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	    c->inbox_id ? "iiissssi" : "iiissssn", id, c->warning_id, c->at,
	    word_of(warning_state_words, (int)c->from), word_of(warning_state_words, (int)c->to),
	    c->reason, c->evidence, c->inbox_id);
	return n < 0 ? (int)n : 0;
}

int store_warning_open(struct store *s, struct warning *w, const char *reason, const char *evidence,
		       struct err *e)
{
	struct warning_change c = { .from = WARNING_DRAFT,
				    .to = w->state,
				    .reason = reason,
				    .evidence = evidence,
				    .at = w->created_at };
	int rc = store_warning_add(s, w, e);

	c.warning_id = w->id;
	return rc < 0 || c.to == c.from ? rc : add_event(s, &c, e);
}

int store_warning_change_if(struct store *s, const struct warning_change *c, struct err *e)
{
	int64_t n = sql_run(s->db, e,
			    "UPDATE warning SET state = $3, state_at = $4"
			    " WHERE id = $1 AND state = $2",
			    "issi", c->warning_id, word_of(warning_state_words, (int)c->from),
			    word_of(warning_state_words, (int)c->to), c->at);
	int rc;

	if (n <= 0)
		return (int)n;
	return (rc = add_event(s, c, e)) < 0 ? rc : 1;
}

int store_warning_change(struct store *s, const struct warning_change *c, struct err *e)
{
	int rc = store_warning_change_if(s, c, e);

	if (rc == 0)
		return err_set(e, ERR_CONFLICT, "warning %" PRId64 " is no longer %s",
			       c->warning_id, word_of(warning_state_words, (int)c->from));
	return rc < 0 ? rc : 0;
}

int store_warning_set_deadline(struct store *s, int64_t id, int64_t deadline, struct err *e)
{
	int64_t n = sql_run(s->db, e, "UPDATE warning SET deadline_at = $2 WHERE id = $1", "ii", id,
			    deadline);

	return n < 0 ? (int)n : 0;
}

int store_warning_set_todo(struct store *s, int64_t id, const char *todo, struct err *e)
{
	int64_t n = sql_run(s->db, e, "UPDATE warning SET todo = $2 WHERE id = $1", "is", id, todo);

	return n < 0 ? (int)n : 0;
}

int store_warning_take_todo(struct store *s, int64_t id, struct err *e)
{
	int64_t n =
	    sql_run(s->db, e, "UPDATE warning SET todo = '' WHERE id = $1 AND todo <> ''", "i", id);

	if (n == 0)
		return err_set(e, ERR_CONFLICT,
			       "warning %" PRId64 ": its next contact was taken care of already",
			       id);
	return n < 0 ? (int)n : 0;
}

int store_warnings_todo(struct store *s, int64_t after, int64_t *out, int limit, int *n,
			struct err *e)
{
	return sql_get_ints(s->db, out, limit, n, e,
			    "SELECT id FROM warning WHERE todo <> '' AND id > $1 ORDER BY id"
			    " LIMIT $2",
			    "ii", after, (int64_t)limit);
}

int store_warnings_todo_of(struct store *s, int64_t company_id, int64_t *out, int limit, int *n,
			   struct err *e)
{
	return sql_get_ints(s->db, out, limit, n, e,
			    "SELECT id FROM warning WHERE todo <> '' AND company_id = $1"
			    " ORDER BY id LIMIT $2",
			    "ii", company_id, (int64_t)limit);
}

/* Why a company is telephoned that no mail could be made for, or none that would arrive. */
#define NOT_BY_MAIL "('no_contact', 'contacts_dead', 'key_unusable', 'letter_failed')"

/* Is the call x about all that the warning w tells?  One that was done before more findings were
 * told was not about these. */
#define OF_ALL_TOLD                                                                       \
	" x.warning_id = w.id AND (x.state = 'open' OR NOT EXISTS (SELECT 1"              \
	" FROM warning_event v WHERE v.warning_id = w.id AND v.reason = '" MORE_FINDINGS  \
	"' AND v.at > x.done_at))"
/* That a mail waits is no reason to stay with once it is sent. */
#define NEVER_CALLED                                                                      \
	" NOT EXISTS (SELECT 1 FROM call_item x WHERE" OF_ALL_TOLD                        \
	" AND NOT (x.state = 'open' AND x.reason = '" CALL_NOT_SENT "' AND w.state = 'sent'))"
#define UNANSWERED " w.state IN ('queued', 'sent')"

int store_warnings_overdue(struct store *s, struct deadline_place *place, int64_t until,
                           int64_t *out, int limit, int *n, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
	                   "SELECT w.deadline_at, w.id FROM warning w WHERE" UNANSWERED
	                   " AND (w.deadline_at, w.id) > ($1, $2) AND w.deadline_at <= $3"
	                   " AND" NEVER_CALLED " ORDER BY w.deadline_at, w.id LIMIT $4",
	                   "iiii", place->at, place->warning_id, until, (int64_t)limit);

	*n = 0;
	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		*place = (struct deadline_place){ sql_int(q, 0), sql_int(q, 1) };
		out[(*n)++] = place->warning_id;
	}
	return rc;
}

int store_warning_is_overdue(struct store *s, int64_t id, int64_t now, struct err *e)
{
	int64_t one;

	return sql_get_int(s->db, &one, e,
			   "SELECT 1 FROM warning w WHERE w.id = $1 AND" UNANSWERED
			   " AND w.deadline_at <= $2 AND" NEVER_CALLED,
			   "ii", id, now);
}

/* What a person gave up since is left alone, and what was telephoned about. */
int store_warnings_given_up(struct store *s, int64_t incident_id, int64_t *after, int64_t *out,
			    int limit, int *n, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(s->db, &q, e,
			   "SELECT x.id, w.id FROM call_item x"
			   " JOIN warning w ON w.id = x.warning_id WHERE x.state = 'open'"
			   " AND x.id > $2 AND x.reason IN " NOT_BY_MAIL
			   " AND w.incident_id = $1 AND w.state = 'unreachable'"
			   " AND NOT EXISTS (SELECT 1 FROM warning_event v"
			   " WHERE v.warning_id = w.id AND v.reason = 'by_hand'"
			   " AND v.to_state = 'unreachable' AND v.at >= x.created_at)"
			   " ORDER BY x.id LIMIT $3",
			   "iii", incident_id, *after, (int64_t)limit);

	*n = 0;
	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		*after = sql_int(q, 0);
		out[(*n)++] = sql_int(q, 1);
	}
	return rc;
}

#define WARNING_ROW \
	"SELECT " WARNING_COLUMNS ", c.ref, c.name, i.slug," \
	" (SELECT COUNT(*) FROM finding_owner o WHERE o.incident_id = w.incident_id" \
	" AND o.company_id = w.company_id AND o.warning_id = w.id)," \
	" (SELECT COUNT(*) FROM mail m WHERE m.warning_id = w.id)" \
	" FROM warning w JOIN company c ON c.id = w.company_id" \
	" JOIN incident i ON i.id = w.incident_id"

int store_warning_each(struct store *s, int64_t incident_id, int64_t now, warning_row_fn *row,
		       void *arg, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct warning_row w;
	struct sql_stmt *q;
	int rc;

	if (incident_id == 0)
		rc = sql_query(s->db, &q, e, WARNING_ROW " ORDER BY w.id", "");
	else
		rc = sql_query(s->db, &q, e, WARNING_ROW " WHERE w.incident_id = $1 ORDER BY w.id",
			       "i", incident_id);
	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		read_warning(&a, q, &w.warning);
		w.company_ref = sql_text(q, AFTER_WARNING);
		w.company_name = sql_text(q, AFTER_WARNING + 1);
		w.incident_slug = sql_text(q, AFTER_WARNING + 2);
		w.findings = sql_int(q, AFTER_WARNING + 3);
		w.mails = sql_int(q, AFTER_WARNING + 4);
		w.overdue = warning_overdue(&w.warning, now);
		if ((rc = row(arg, &w, e)) < 0) {
			sql_reset(q);
			break;
		}
		arena_clear(&a);
	}
	arena_clear(&a);
	return rc < 0 ? rc : 0;
}

int store_warning_counts(struct store *s, int64_t incident_id, int64_t now,
			 struct warning_counts *out, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(
	    s->db, &q, e,
	    "SELECT COUNT(*), COUNT(CASE WHEN state IN ('acknowledged', 'resolved', 'not_ours')"
	    " THEN 1 END),"
	    " COUNT(CASE WHEN state IN ('queued', 'sent') AND deadline_at < $2 THEN 1 END)"
	    " FROM warning"
	    " WHERE incident_id = $1",
	    "ii", incident_id, now);

	*out = (struct warning_counts){ 0 };
	if (rc < 0 || (rc = sql_step(q, e)) != 1)
		return rc;
	out->all = sql_int(q, 0);
	out->acknowledged = sql_int(q, 1);
	out->overdue = sql_int(q, 2);
	sql_reset(q);
	return 0;
}

int store_warning_history(struct store *s, int64_t warning_id, history_fn *row, void *arg,
			  struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(
	    s->db, &q, e,
	    "SELECT at, from_state, to_state, reason, evidence FROM warning_event"
	    " WHERE warning_id = $1 ORDER BY at, id",
	    "i", warning_id);

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

int store_call_add(struct store *s, int64_t warning_id, const char *reason, int64_t now,
		   struct err *e)
{
	int64_t id, n;
	int rc;

	if ((rc = store_new_id(s, &id, e)) < 0)
		return rc;
	n = sql_run(
	    s->db, e,
	    "INSERT INTO call_item (id, warning_id, reason, state, created_at, done_at, outcome)"
	    " VALUES ($1, $2, $3, 'open', $4, 0, '')"
	    " ON CONFLICT (warning_id) DO UPDATE SET reason = excluded.reason, state = 'open',"
	    " created_at = CASE WHEN call_item.state = 'open' THEN call_item.created_at"
	    " ELSE excluded.created_at END, done_at = 0, outcome = ''",
	    "iisi", id, warning_id, reason, now);
	return n < 0 ? (int)n : 0;
}

int store_call_add_if_untold(struct store *s, int64_t warning_id, const char *reason, int64_t now,
			     struct err *e)
{
	int64_t one;
	int rc = sql_get_int(s->db, &one, e,
			     "SELECT 1 FROM warning w JOIN call_item x ON" OF_ALL_TOLD
			     " WHERE w.id = $1 AND x.state = 'done'",
			     "i", warning_id);

	if (rc != 0)
		return rc < 0 ? rc : 0;
	return store_call_add(s, warning_id, reason, now, e);
}

int store_call_add_overdue(struct store *s, int64_t warning_id, int64_t now, struct err *e)
{
	int64_t one;
	int rc = sql_get_int(s->db, &one, e,
			     "SELECT 1 FROM warning WHERE id = $1 AND state = 'queued'", "i",
			     warning_id);

	if (rc < 0)
		return rc;
	return store_call_add(s, warning_id, rc == 1 ? CALL_NOT_SENT : "no_answer", now, e);
}

int store_call_done(struct store *s, int64_t warning_id, const char *outcome, int64_t now,
		    struct err *e)
{
	int64_t n = sql_run(s->db, e,
	                    "UPDATE call_item SET state = 'done', done_at = $3, outcome = $2"
	                    " WHERE warning_id = $1 AND state = 'open'",
	                    "isi", warning_id, outcome, now);

	if (n == 0)
		return err_set(e, ERR_NOTFOUND,
			       "this warning is not on the call list; see 'seinpost call list'");
	return n < 0 ? (int)n : 0;
}

int store_call_withdraw(struct store *s, int64_t warning_id, struct err *e)
{
	int64_t n = sql_run(s->db, e,
	                    "DELETE FROM call_item WHERE warning_id = $1 AND state = 'open'"
	                    " AND (reason = 'cancelled' OR reason IN " NOT_BY_MAIL ")",
	                    "i", warning_id);

	return n < 0 ? (int)n : 0;
}

/* "+31 10 1234567 (Jan); +31 6 ..." in the order they are tried. */
static int list_phones(struct store *s, struct buf *out, int64_t company_id, struct err *e)
{
	struct sql_stmt *q;
	int rc =
	    sql_query(s->db, &q, e,
		      "SELECT value, name FROM contact WHERE company_id = $1 AND kind = 'phone'"
		      " ORDER BY rank, id",
		      "i", company_id);

	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		const char *name = sql_text(q, 1);

		buf_printf(out, "%s%s", out->len > 0 ? "; " : "", sql_text(q, 0));
		if (*name != '\0')
			buf_printf(out, " (%s)", name);
	}
	return rc;
}

static int call_row(struct store *s, struct sql_stmt *q, call_row_fn *row, void *arg, struct err *e)
{
	struct buf phones = BUF_INIT;
	struct call_row c = {
		.warning_id = sql_int(q, 0),
		.company_id = sql_int(q, 1),
		.created_at = sql_int(q, 2),
		.ref = sql_text(q, 3),
		.reason = sql_text(q, 4),
		.company_ref = sql_text(q, 5),
		.company_name = sql_text(q, 6),
		.incident_slug = sql_text(q, 7),
		.severity = sql_text(q, 8),
		.inbox_id = sql_int(q, 9),
	};
	int rc = list_phones(s, &phones, c.company_id, e);

	c.phones = phones.s;
	if (rc == 0)
		rc = row(arg, &c, e);
	buf_clear(&phones);
	return rc;
}

int store_call_each(struct store *s, call_row_fn *row, void *arg, struct err *e)
{
	struct sql_stmt *q;
	int rc =
	    sql_query(s->db, &q, e,
		      "SELECT w.id, w.company_id, x.created_at, w.ref, x.reason, c.ref, c.name,"
		      " i.slug, i.severity, (SELECT MAX(n.id) FROM inbox n WHERE n.warning_id ="
		      " w.id AND n.answer = 'call_me') FROM call_item x"
		      " JOIN warning w ON w.id = x.warning_id"
		      " JOIN company c ON c.id = w.company_id"
		      " JOIN incident i ON i.id = w.incident_id WHERE x.state = 'open'"
		      " ORDER BY CASE i.severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1"
		      " WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END, x.id",
		      "");

	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1) {
		if ((rc = call_row(s, q, row, arg, e)) < 0) {
			sql_reset(q);
			break;
		}
	}
	return rc < 0 ? rc : 0;
}
