/*
 * store_mail: the queue.
 *
 * Invariant: a row in state in_flight has a lease and an attempt row without an end; whoever writes
 * its result names the lease's number, so that a process that was thought dead cannot overwrite a
 * newer result.
 */
#include "base.h"
#include "incident.h"
#include "store_mail.h"
#include "store_private.h"

static int insert_mail(struct store *s, const struct delivery *d, const struct mail_claim *c,
		       struct err *e)
{
	int64_t n = sql_run(s->db, e,
			    "INSERT INTO mail (id, warning_id, contact_id, env_from, env_to,"
			    " message_id, envid, state, state_at, priority, attempts, next_try,"
			    " give_up_at, lease_no, lease_until, lease_owner, code, status, text,"
			    " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
			    " $12, $13, $14, $15, $16, 0, '', '', $9)",
			    "iiisssssiiiiiiis", d->id, d->warning_id, d->contact_id, d->env_from,
			    d->env_to, d->message_id, d->envid,
			    word_of(mail_state_words, (int)d->state), c->now, (int64_t)d->priority,
			    (int64_t)d->attempts, d->next_try, d->give_up_at, d->lease_no,
			    c->lease_until, c->owner);

	if (n >= 0)
		n = sql_run(s->db, e, "INSERT INTO mail_body (mail_id, bytes) VALUES ($1, $2)",
			    "ib", d->id, d->bytes, d->len);
	return n < 0 ? (int)n : 0;
}

int store_mail_add(struct store *s, const struct delivery *d, int64_t now, struct err *e)
{
	const struct mail_claim nobody = { .owner = "", .now = now };
	struct delivery ready = *d;

	ready.state = MAIL_READY;
	ready.attempts = 0;
	ready.lease_no = 0;
	return insert_mail(s, &ready, &nobody, e);
}

int store_mail_bytes(struct store *s, struct arena *a, const void **bytes, size_t *n, int64_t id,
		     struct err *e)
{
	struct sql_stmt *q;
	const void *p;
	char *copy;
	int rc = sql_query(s->db, &q, e, "SELECT bytes FROM mail_body WHERE mail_id = $1", "i", id);

	if (rc < 0 || (rc = sql_step(q, e)) < 0)
		return rc;
	if (rc == 0)
		return err_set(e, ERR_NOTFOUND, "no mail %" PRId64, id);
	p = sql_bytes(q, 0, n);
	copy = arena_alloc(a, *n + 1);
	memcpy(copy, p, *n);
	*bytes = copy;
	sql_reset(q);
	return 0;
}

/*
 * The due mails of one priority whose last reply code is below that, the longest due first, as they
 * are before they are claimed.
 */
static int list_due(struct store *s, struct arena *a, const struct mail_claim *c, int priority,
		    int below, struct delivery *out, size_t *n, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(
	    s->db, &q, e,
	    "SELECT id, warning_id, contact_id, env_from, env_to, message_id, envid, attempts,"
	    " priority, give_up_at, lease_no, next_try, code FROM mail"
	    " WHERE state IN ('ready', 'deferred') AND priority = $1 AND next_try <= $2"
	    " AND code < $4 ORDER BY next_try, id LIMIT $3",
	    "iiii", (int64_t)priority, c->now, (int64_t)c->limit - (int64_t)*n, (int64_t)below);

	if (rc < 0)
		return rc;
	while ((rc = sql_step(q, e)) == 1)
		out[(*n)++] = (struct delivery){
			.id = sql_int(q, 0),
			.warning_id = sql_int(q, 1),
			.contact_id = sql_int(q, 2),
			.env_from = text_copy(a, q, 3),
			.env_to = text_copy(a, q, 4),
			.message_id = text_copy(a, q, 5),
			.envid = text_copy(a, q, 6),
			.attempts = (int)sql_int(q, 7),
			.priority = (int)sql_int(q, 8),
			.give_up_at = sql_int(q, 9),
			.lease_no = sql_int(q, 10),
			.next_try = sql_int(q, 11),
			.last_code = (int)sql_int(q, 12),
		};
	return rc;
}

/* Of all priorities, the most severe first. */
static int list_by_priority(struct store *s, struct arena *a, const struct mail_claim *c, int below,
			    struct delivery *out, size_t *n, struct err *e)
{
	int rc = 0;

	for (int p = SEVERITY_CRITICAL; p >= SEVERITY_INFO && rc == 0 && *n < (size_t)c->limit; p--)
		rc = list_due(s, a, c, p, below, out, n, e);
	return rc;
}

/*
 * What was refused before is refused again whether the route works or not: on trial it would keep
 * all others waiting.
 */
static int list_for_claim(struct store *s, struct arena *a, const struct mail_claim *c,
			  struct delivery *out, size_t *n, struct err *e)
{
	static const int below[] = { 400, 500 };
	int rc = 0;

	for (size_t i = 0; c->trial && i < ARRAY_SIZE(below) && rc == 0 && *n == 0; i++)
		rc = list_by_priority(s, a, c, below[i], out, n, e);
	return rc < 0 || *n > 0 ? rc : list_by_priority(s, a, c, INT32_MAX, out, n, e);
}

/*
 * 1: it is ours; 0: another node took it since it was listed.  One row at a time: SQLite keeps
 * what an UPDATE ... RETURNING of many rows finds and gives in tables of their own.
 */
static int claim_one(struct store *s, const struct mail_claim *c, struct delivery *d,
		     struct err *e)
{
	d->state = MAIL_IN_FLIGHT;
	d->attempts++;
	d->lease_no++;
	return (int)sql_run(
	    s->db, e,
	    "UPDATE mail SET state = 'in_flight', state_at = $2, attempts = $3, lease_no = $4,"
	    " lease_until = $5, lease_owner = $6 WHERE id = $1 AND state IN ('ready', 'deferred')"
	    " AND lease_no = $4 - 1",
	    "iiiiis", d->id, c->now, (int64_t)d->attempts, d->lease_no, c->lease_until, c->owner);
}

static int begin_attempt(struct store *s, const struct mail_claim *c, const struct delivery *d,
			 struct err *e)
{
	int64_t n = sql_run(
	    s->db, e,
	    "INSERT INTO attempt (mail_id, lease_no, route, started_at, outcome, stage, code,"
	    " status, text)"
	    " VALUES ($1, $2, $3, $4, '', '', 0, '', '')",
	    "iisi", d->id, d->lease_no, c->route, c->now);

	return n < 0 ? (int)n : 0;
}

int store_mail_add_claimed(struct store *s, struct delivery *d, const struct mail_claim *claim,
			   struct err *e)
{
	int rc;

	d->state = MAIL_IN_FLIGHT;
	d->attempts = 1;
	d->lease_no = 1;
	rc = insert_mail(s, d, claim, e);
	return rc < 0 ? rc : begin_attempt(s, claim, d, e);
}

int store_mail_claim(struct store *s, struct arena *a, const struct mail_claim *claim,
		     struct delivery **out, size_t *n, struct err *e)
{
	struct delivery *list = arena_alloc(a, (size_t)claim->limit * sizeof(*list));
	size_t due = 0;
	int rc;

	*n = 0;
	*out = list;
	rc = list_for_claim(s, a, claim, list, &due, e);
	for (size_t i = 0; i < due && rc == 0; i++) {
		struct delivery d = list[i];

		if ((rc = claim_one(s, claim, &d, e)) != 1)
			continue;
		if ((rc = begin_attempt(s, claim, &d, e)) == 0)
			rc = store_mail_bytes(s, a, &d.bytes, &d.len, d.id, e);
		list[(*n)++] = d;
	}
	return rc;
}

static int end_attempt(struct store *s, const struct mail_result *r, struct err *e)
{
	const struct attempt_result *t = r->attempt;
	int64_t n = sql_run(
	    s->db, e,
	    "UPDATE attempt SET ended_at = $3, outcome = $4, stage = $5, code = $6, status = $7,"
	    " text = $8"
	    " WHERE mail_id = $1 AND lease_no = $2",
	    "iiississ", t->delivery_id, r->lease_no, r->at, word_of(outcome_words, (int)t->outcome),
	    t->stage, (int64_t)t->code, t->status, t->text);

	return n < 0 ? (int)n : 0;
}

int store_mail_result(struct store *s, const struct mail_result *r, struct err *e)
{
	const struct attempt_result *t = r->attempt;
	int64_t n = sql_run(
	    s->db, e,
	    "UPDATE mail SET state = $3, state_at = $4, next_try = $5, code = $6, status = $7,"
	    " text = $8,"
	    " lease_until = 0, attempts = attempts - $9"
	    " WHERE id = $1 AND lease_no = $2 AND state = 'in_flight'",
	    "iisiiissi", t->delivery_id, r->lease_no, word_of(mail_state_words, (int)r->state),
	    r->at, r->next_try, (int64_t)t->code, t->status, t->text, (int64_t)r->not_counted);

	if (n == 0)
		return err_set(e, ERR_CONFLICT,
			       "mail %" PRId64 ": the lease was lost to another sender",
			       t->delivery_id);
	return n < 0 ? (int)n : end_attempt(s, r, e);
}

int store_mail_result_late(struct store *s, const struct mail_result *r, struct err *e)
{
	const struct attempt_result *t = r->attempt;
	int64_t n = sql_run(
	    s->db, e,
	    "UPDATE mail SET state = $3, state_at = $4, next_try = $5, code = $6, status = $7,"
	    " text = $8"
	    " WHERE id = $1 AND lease_no = $2 AND state IN ('ready', 'deferred', 'unknown',"
	    " 'held')",
	    "iisiiiss", t->delivery_id, r->lease_no, word_of(mail_state_words, (int)r->state),
	    r->at, r->next_try, (int64_t)t->code, t->status, t->text);
	int64_t newer = 0;
	int rc = n < 0 ? (int)n : 0;

	/* claimed again: this attempt stays unknown in the ledger, which is why the mail went out a
	 * second time */
	if (rc == 0 && n == 0)
		rc = sql_get_int(s->db, &newer, e,
				 "SELECT 1 FROM mail WHERE id = $1 AND lease_no > $2", "ii",
				 t->delivery_id, r->lease_no);
	if (rc < 0 || newer != 0)
		return rc < 0 ? rc : 0;
	return (rc = end_attempt(s, r, e)) < 0 ? rc : n > 0;
}

int store_mail_renew(struct store *s, int64_t id, int64_t lease_no, int64_t lease_until,
		     struct err *e)
{
	int64_t n = sql_run(
	    s->db, e,
	    "UPDATE mail SET lease_until = $3 WHERE id = $1 AND lease_no = $2 AND state ="
	    " 'in_flight'",
	    "iii", id, lease_no, lease_until);
	int64_t one;
	int rc;

	if (n != 0)
		return n < 0 ? (int)n : 0;
	rc = sql_get_int(s->db, &one, e, "SELECT 1 FROM mail WHERE id = $1", "i", id);
	if (rc == 0)
		return err_set(e, ERR_NOTFOUND, "no mail %" PRId64, id);
	return rc < 0 ? rc
	              : err_set(e, ERR_CONFLICT,
	                        "mail %" PRId64 ": the lease was lost to another sender", id);
}

static int end_attempts(struct store *s, const char *owner, int64_t now, struct err *e)
{
	int64_t n;

	if (owner != NULL)
		n = sql_run(
		    s->db, e,
		    "UPDATE attempt SET ended_at = $1, outcome = 'unknown' WHERE ended_at IS NULL"
		    " AND mail_id IN"
		    " (SELECT id FROM mail WHERE state = 'in_flight' AND lease_until > 0 AND"
		    " lease_owner = $2)",
		    "is", now, owner);
	else
		n = sql_run(
		    s->db, e,
		    "UPDATE attempt SET ended_at = $1, outcome = 'unknown' WHERE ended_at IS NULL"
		    " AND mail_id IN"
		    " (SELECT id FROM mail WHERE state = 'in_flight' AND lease_until < $1)",
		    "i", now);
	return n < 0 ? (int)n : 0;
}

int store_mail_recover(struct store *s, const char *owner, int64_t now, enum mail_state state,
		       int64_t *out, int limit, int *n, struct err *e)
{
	const char *word = word_of(mail_state_words, (int)state);
	int rc;

	*n = 0;
	if ((rc = end_attempts(s, owner, now, e)) < 0)
		return rc;
	if (owner != NULL)
		return sql_get_ints(
		    s->db, out, limit, n, e,
		    "UPDATE mail SET state = $3, state_at = $1, next_try = $1, lease_until = 0"
		    " WHERE id IN (SELECT id FROM mail WHERE state = 'in_flight'"
		    " AND lease_until > 0 AND lease_owner = $2 LIMIT $4) RETURNING id",
		    "issi", now, owner, word, (int64_t)limit);
	return sql_get_ints(
	    s->db, out, limit, n, e,
	    "UPDATE mail SET state = $2, state_at = $1, next_try = $1, lease_until = 0"
	    " WHERE id IN (SELECT id FROM mail WHERE state = 'in_flight' AND lease_until < $1"
	    " LIMIT $3) RETURNING id",
	    "isi", now, word, (int64_t)limit);
}

int store_mail_clock_back(struct store *s, int64_t now, int64_t slack, int64_t *n, struct err *e)
{
	*n = sql_run(
	    s->db, e,
	    "UPDATE mail SET state_at = $1,"
	    " next_try = $1 + CASE WHEN next_try > state_at THEN next_try - state_at ELSE 0 END"
	    " WHERE state IN ('ready', 'deferred') AND state <> 'in_flight' AND state_at > $2",
	    "ii", now, now + slack);
	return *n < 0 ? (int)*n : 0;
}

int store_mail_expire(struct store *s, int64_t until, int64_t now, int64_t *out, int limit, int *n,
		      struct err *e)
{
	return sql_get_ints(s->db, out, limit, n, e,
			    "UPDATE mail SET state = 'expired', state_at = $2 WHERE id IN"
			    " (SELECT id FROM mail WHERE state IN ('ready', 'deferred')"
			    " AND give_up_at < $1 LIMIT $3)"
			    " RETURNING id",
			    "iii", until, now, (int64_t)limit);
}

int store_mail_next_due(struct store *s, int64_t *when, struct err *e)
{
	int found = 0;

	for (int p = SEVERITY_CRITICAL; p >= SEVERITY_INFO; p--) {
		int64_t t;
		int rc = sql_get_int(
		    s->db, &t, e,
		    "SELECT next_try FROM mail WHERE state IN ('ready', 'deferred') AND priority ="
		    " $1"
		    " ORDER BY next_try, id LIMIT 1",
		    "i", (int64_t)p);

		if (rc < 0)
			return rc;
		if (rc == 1 && (!found || t < *when))
			*when = t;
		found |= rc;
	}
	return found;
}

int store_mail_due(struct store *s, int64_t until, int64_t *n, struct err *e)
{
	*n = 0;
	for (int p = SEVERITY_CRITICAL; p >= SEVERITY_INFO; p--) {
		int64_t more = 0;
		int rc =
		    sql_get_int(s->db, &more, e,
				"SELECT COUNT(*) FROM mail WHERE state IN ('ready', 'deferred')"
				" AND priority = $1 AND next_try <= $2",
				"ii", (int64_t)p, until);

		if (rc < 0)
			return rc;
		*n += more;
	}
	return 0;
}
