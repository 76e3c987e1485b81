/*
 * store_inbox: mail that came in.
 *
 * Input: texts of a verdict come from hostile mail; they are printable and cut already
 * (verdict_valid()).
 */
#include "base.h"
#include "store_inbox.h"
#include "store_private.h"

const char *const signed_words[] = { "",             "good",    "other_key", "bad",  "no_key",
	                             "key_unusable", "earlier", "unchecked", NULL };
const char *const inbox_trust_words[] = { "return_path", "reply", "message_id",
					  "reference",   "none",  NULL };

int store_inbox_add(struct store *s, const char *source, const char *uid, const char *digest,
		    const void *bytes, size_t n, int64_t now, int64_t *id, bool *is_new,
		    struct err *e)
{
	int64_t rows;
	int rc = sql_get_int(s->db, id, e, "SELECT id FROM inbox WHERE digest = $1", "s", digest);

	*is_new = rc == 0;
	if (rc != 0)
		return rc < 0 ? rc : 0;
	if ((rc = store_new_id(s, id, e)) < 0)
		return rc;
	rows = sql_run(
	    s->db, e,
	    "INSERT INTO inbox (id, source, uid, digest, received_at, size, state, review,"
	    " review_reason, kind,"
	    " answer, reason, trust, from_address, subject, excerpt, evidence, proposed, ticket)"
	    " VALUES ($1, $2, $3, $4, $5, $6, 'raw', 0, '', '', '', '', 'none', '', '', '', '',"
	    " '', '')",
	    "isssii", *id, source, uid, digest, now, (int64_t)n);
	if (rows >= 0)
		rows = sql_run(s->db, e, "INSERT INTO inbox_body (inbox_id, bytes) VALUES ($1, $2)",
			       "ib", *id, bytes, n);
	return rows < 0 ? (int)rows : 0;
}

int store_inbox_rename(struct store *s, int64_t id, const char *source, const char *uid,
		       struct err *e)
{
	int64_t n = sql_run(s->db, e,
			    "UPDATE inbox SET uid = $3 WHERE id = $1 AND source = $2 AND uid <> $3",
			    "iss", id, source, uid);

	return n < 0 ? (int)n : 0;
}

int store_inbox_known(struct store *s, const char *source, const char *uid, bool *review,
		      struct err *e)
{
	int64_t v;
	int rc = sql_get_int(
	    s->db, &v, e,
	    "SELECT review FROM inbox WHERE source = $1 AND uid = $2 AND state = 'judged'", "ss",
	    source, uid);

	if (rc == 1)
		*review = v != 0;
	return rc;
}

int store_inbox_judged(struct store *s, int64_t id, bool *review, struct err *e)
{
	int64_t v;
	int rc = sql_get_int(s->db, &v, e,
	                     "SELECT review FROM inbox WHERE id = $1 AND state = 'judged'", "i",
	                     id);

	if (rc == 1)
		*review = v != 0;
	return rc;
}

static const char *first_reason(const struct verdict *v)
{
	return word_of(verdict_reason_words,
	               (int)(v->n_recipients > 0 ? v->recipient[0].reason : v->overall.reason));
}

int store_inbox_judge(struct store *s, const struct inbox_judgement *j, struct err *e)
{
	const struct verdict *v = j->verdict;
	int64_t n = sql_run(
		s->db, e,
		"UPDATE inbox SET state = 'judged', review = $2, review_reason = $3, kind = $4,"
		" answer = $5, reason = $6, trust = $7, mail_id = $8, warning_id = $9,"
		" from_address = $10, subject = $11, excerpt = $12, evidence = $13, proposed = $14,"
		" ticket = $15, signature = $16, signed_by = $17 WHERE id = $1 AND state = 'raw'",
		"iisssssiissssssss", j->inbox_id, (int64_t)(*j->review_reason != '\0'),
		j->review_reason, word_of(verdict_kind_words, (int)v->kind),
		word_of(verdict_answer_words, (int)v->answer), first_reason(v),
		word_of(inbox_trust_words, (int)j->trust), j->mail_id, j->warning_id, v->from,
		v->subject, v->text, v->evidence, v->proposed, v->ticket,
		word_of(signed_words, (int)j->signature), j->signed_by ? j->signed_by : "");

	if (n == 0)
		return err_set(e, ERR_CONFLICT,
			       "inbound mail %" PRId64 ": judged by another process", j->inbox_id);
	return n < 0 ? (int)n : 0;
}

int store_inbox_set_review(struct store *s, int64_t id, const char *reason, struct err *e)
{
	int64_t n =
	    sql_run(s->db, e, "UPDATE inbox SET review = 1, review_reason = $2 WHERE id = $1", "is",
		    id, reason);

	return n < 0 ? (int)n : 0;
}

int store_inbox_answered(struct store *s, int64_t mail_id, const struct verdict *v,
                         int64_t not_inbox_id, bool *same_text, struct err *e)
{
	int64_t most;
	int rc = sql_get_int(
		s->db, &most, e,
		"SELECT COALESCE(MAX(CASE WHEN excerpt = $4 THEN 2 ELSE 1 END), 0) FROM inbox"
		" WHERE mail_id = $1 AND id <> $2 AND kind = 'reply' AND answer = $3"
		" AND trust = 'reply' AND signature <> 'bad'",
		"iiss", mail_id, not_inbox_id, word_of(verdict_answer_words, (int)v->answer),
		v->text);

	if (rc < 0)
		return rc;
	*same_text = most == 2;
	return most > 0;
}

int store_inbox_bounced(struct store *s, int64_t mail_id, int64_t not_inbox_id, struct err *e)
{
	int64_t one;

	return sql_get_int(s->db, &one, e,
			   "SELECT 1 FROM inbox WHERE mail_id = $1 AND id <> $2 AND kind = 'bounce'"
			   " AND trust = 'return_path' AND signature <> 'bad' LIMIT 1",
			   "ii", mail_id, not_inbox_id);
}

int store_inbox_arrived(struct store *s, int64_t mail_id, struct err *e)
{
	int64_t one;

	return sql_get_int(s->db, &one, e,
			   "SELECT 1 FROM inbox x JOIN warning_event v ON v.inbox_id = x.id"
			   " AND v.warning_id = x.warning_id AND v.reason = '" MAIL_ARRIVED "'"
			   " WHERE x.mail_id = $1 LIMIT 1",
			   "i", mail_id);
}

int store_inbox_next_raw(struct store *s, struct arena *a, int64_t after, int64_t *id,
			 const void **bytes, size_t *n, struct err *e)
{
	int rc = sql_get_int(
	    s->db, id, e,
	    "SELECT id FROM inbox WHERE state = 'raw' AND id > $1 ORDER BY id LIMIT 1", "i", after);

	if (rc != 1)
		return rc;
	rc = store_inbox_bytes(s, a, bytes, n, *id, e);
	return rc < 0 ? rc : 1;
}

int store_inbox_bytes(struct store *s, struct arena *a, const void **bytes, size_t *n, int64_t id,
		      struct err *e)
{
	struct sql_stmt *q;
	const void *p;
	char *copy;
	int rc =
	    sql_query(s->db, &q, e, "SELECT bytes FROM inbox_body WHERE inbox_id = $1", "i", id);

	if (rc < 0 || (rc = sql_step(q, e)) < 0)
		return rc;
	if (rc == 0)
		return err_set(e, ERR_NOTFOUND,
			       "no inbound mail %" PRId64 "; see 'seinpost inbox list --all'", id);
	p = sql_bytes(q, 0, n);
	copy = arena_alloc(a, *n + 1);
	memcpy(copy, p, *n);
	*bytes = copy;
	sql_reset(q);
	return 0;
}

#define INBOX_ROW                                                                              \
	"SELECT x.id, x.received_at, COALESCE(x.mail_id, 0), COALESCE(x.warning_id, 0),"       \
	" x.source, x.uid, x.state, x.review_reason, x.kind, x.answer, x.reason, x.trust,"     \
	" x.from_address, x.subject, x.excerpt, x.evidence, x.proposed, x.ticket,"             \
	" COALESCE(w.ref, ''), COALESCE(c.ref, ''), x.review, x.signature, x.signed_by"        \
	" FROM inbox x LEFT JOIN warning w ON w.id = x.warning_id"                             \
	" LEFT JOIN company c ON c.id = w.company_id"

static int step_inbox(struct sql_stmt *q, inbox_row_fn *row, void *arg, int64_t *seen,
		      struct err *e)
{
	int rc;

	for (*seen = 0; (rc = sql_step(q, e)) == 1; (*seen)++) {
		struct inbox_row r = {
			.id = sql_int(q, 0),
			.received_at = sql_int(q, 1),
			.mail_id = sql_int(q, 2),
			.warning_id = sql_int(q, 3),
			.source = sql_text(q, 4),
			.uid = sql_text(q, 5),
			.state = sql_text(q, 6),
			.review_reason = sql_text(q, 7),
			.kind = sql_text(q, 8),
			.answer = sql_text(q, 9),
			.reason = sql_text(q, 10),
			.trust = sql_text(q, 11),
			.from = sql_text(q, 12),
			.subject = sql_text(q, 13),
			.excerpt = sql_text(q, 14),
			.evidence = sql_text(q, 15),
			.proposed = sql_text(q, 16),
			.ticket = sql_text(q, 17),
			.ref = sql_text(q, 18),
			.company_ref = sql_text(q, 19),
			.review = sql_int(q, 20) != 0,
			.signature = sql_text(q, 21),
			.signed_by = sql_text(q, 22),
		};

		if ((rc = row(arg, &r, e)) < 0) {
			sql_reset(q);
			return rc;
		}
	}
	return rc;
}

int store_inbox_each(struct store *s, bool all, int limit, inbox_row_fn *row, void *arg,
		     struct err *e)
{
	struct sql_stmt *q;
	int64_t seen;
	int rc;

	if (all)
		rc = sql_query(s->db, &q, e, INBOX_ROW " ORDER BY x.id DESC LIMIT $1", "i",
			       (int64_t)limit);
	else
		rc = sql_query(s->db, &q, e, INBOX_ROW " WHERE x.review = 1 ORDER BY x.id LIMIT $1",
			       "i", (int64_t)limit);
	return rc < 0 ? rc : step_inbox(q, row, arg, &seen, e);
}

int store_inbox_get(struct store *s, int64_t id, inbox_row_fn *row, void *arg, struct err *e)
{
	struct sql_stmt *q;
	int64_t seen;
	int rc = sql_query(s->db, &q, e, INBOX_ROW " WHERE x.id = $1", "i", id);

	if (rc < 0 || (rc = step_inbox(q, row, arg, &seen, e)) < 0)
		return rc;
	if (seen == 0)
		return err_set(e, ERR_NOTFOUND,
			       "no inbound mail %" PRId64 "; see 'seinpost inbox list --all'", id);
	return 0;
}

int store_inbox_done(struct store *s, int64_t id, struct err *e)
{
	int64_t n =
	    sql_run(s->db, e, "UPDATE inbox SET review = 0 WHERE id = $1 AND review = 1", "i", id);

	if (n == 0)
		return err_set(
		    e, ERR_NOTFOUND,
		    "mail %" PRId64 " does not wait for a person; see 'seinpost inbox list'", id);
	return n < 0 ? (int)n : 0;
}

int store_inbox_counts(struct store *s, struct inbox_counts *out, struct err *e)
{
	struct sql_stmt *q;
	int rc = sql_query(
	    s->db, &q, e,
	    "SELECT (SELECT COUNT(*) FROM inbox WHERE review = 1), (SELECT COUNT(*) FROM inbox"
	    " WHERE state = 'raw'), COALESCE((SELECT received_at FROM inbox"
	    " ORDER BY id DESC LIMIT 1), 0)",
	    "");

	*out = (struct inbox_counts){ 0 };
	if (rc < 0 || (rc = sql_step(q, e)) != 1)
		return rc;
	out->review = sql_int(q, 0);
	out->raw = sql_int(q, 1);
	out->last_at = sql_int(q, 2);
	sql_reset(q);
	return 0;
}
