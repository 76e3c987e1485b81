/*
 * flow_inbox: mail that came in, judged, and what follows from it.
 *
 * Invariant: a mail without a good token changes nothing, and the same answer or bounce changes
 * something once.
 * Input: hostile mail.
 */
#include "base.h"
#include "ack.h"
#include "alloc.h"
#include "crypto.h"
#include "flow_contact.h"
#include "flow_deliver.h"
#include "flow_inbox.h"
#include "flow_waiting.h"
#include "inbox_link.h"
#include "inbox_signature.h"
#include "num.h"
#include "store_register.h"

struct judging {
	struct gateway *g;
	int64_t inbox_id, now;
	const struct verdict *v;
	struct inbox_link *link;
	struct inbox_signature *signature;
	int64_t overtaken_at; /* newer findings were told since the mail, from then on; 0: none */
	bool repeated; /* the same bounce, or the same answer to the same mail, came before */
};

/*
 * Who answers can be reached, but for two: an address that bounced a later mail than the one that
 * is answered, and one that asked not to be written to.
 */
static int judge_answered(const struct judging *j, struct err *e)
{
	const struct mail_row *m = &j->link->mail;
	int rc = store_mail_failed_later(j->g->store, m->contact_id, m->created_at, m->id, e);

	if (rc == 0)
		rc = store_contact_unsubscribed(j->g->store, m->contact_id, e);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	return flow_contact_event(j->g, m->contact_id, VALIDITY_ANSWERED, j->v->evidence,
	                          j->inbox_id, e);
}

static int judge_contact(const struct judging *j, const struct ack_outcome *o, struct err *e)
{
	int64_t contact = j->link->mail.contact_id;
	struct verdict_recipient r;
	enum validity_event event;

	if (o->answered && !o->unsubscribed)
		return judge_answered(j, e);
	if (o->answered)
		return flow_contact_unsubscribed(j->g, contact, j->v->evidence, j->inbox_id, e);
	if (o->set_mail && o->mail == MAIL_CONFIRMED)
		event = VALIDITY_SILENT;
	else if (o->failed) {
		r = ack_failure(j->v, j->link->mail.env_to);
		event = validity_of_failure(r.class, r.perm, r.reason);
	} else {
		return 0;
	}
	if (event == VALIDITY_DOMAIN_BAD)
		return flow_contact_domain_bad(j->g, contact, j->v->evidence, j->inbox_id, e);
	return flow_contact_event(j->g, contact, event, j->v->evidence, j->inbox_id, e);
}

/* Answered: no further mail of what it tells, and nobody needs to telephone about it. */
static int settle_warning(const struct judging *j, const struct ack_outcome *o, struct err *e)
{
	const struct warning *w = &j->link->warning;
	struct warning_change c = { .warning_id = w->id,
		                    .from = w->state,
		                    .to = o->overtaken ? w->state : o->warning,
		                    .reason = o->reason,
		                    .evidence = j->v->evidence,
		                    .inbox_id = j->inbox_id,
		                    .at = j->now };
	int64_t cancelled, before = o->overtaken ? j->overtaken_at : INT64_MAX;
	int rc = store_warning_change(j->g->store, &c, e);

	if (rc == 0)
		rc = store_mail_cancel_open(j->g->store, w->id, before, j->now, &cancelled, e);
	if (rc == 0 && !o->overtaken)
		rc = store_warning_set_todo(j->g->store, w->id, "", e);
	return rc;
}

static int judge_warning(const struct judging *j, const struct ack_outcome *o, struct err *e)
{
	const struct warning *w = &j->link->warning;
	int rc = 0;

	if (o->set_warning || o->overtaken)
		rc = settle_warning(j, o, e);
	if (rc == 0 && o->next_contact)
		rc = flow_mail_failed(j->g, j->link->mail.id, e);
	if (rc == 0 && o->call)
		rc = store_call_add(j->g->store, w->id, "call_me", j->now, e);
	return rc;
}

static int close_call(const struct judging *j, const struct ack_outcome *o, struct err *e)
{
	struct err missing = ERR_INIT;
	int rc;

	if (!o->set_warning || o->call)
		return 0;
	rc = store_call_done(j->g->store, j->link->warning.id, "answered by mail", j->now,
	                     &missing);
	if (rc == 0 || rc == ERR_NOTFOUND)
		return 0;
	*e = missing;
	return rc;
}

static int record(const struct judging *j, const struct ack_outcome *o, struct err *e)
{
	struct inbox_judgement row = {
		.inbox_id = j->inbox_id, .verdict = j->v, .trust = j->link->trust,
		.mail_id = j->link->trust <= TRUST_MESSAGE_ID ? j->link->mail.id : 0,
		.warning_id = j->link->trust != TRUST_NONE ? j->link->warning.id : 0,
		.review_reason = o->review,
		.signature = j->signature->state, .signed_by = j->signature->by,
	};

	return store_inbox_judge(j->g->store, &row, e);
}

/* The sender has the last word: its result finds this in the history. */
static int note_arrival(const struct judging *j, struct err *e)
{
	const struct warning *w = &j->link->warning;
	struct warning_change c = { .warning_id = w->id,
		                    .from = w->state,
		                    .to = w->state,
		                    .reason = MAIL_ARRIVED,
		                    .evidence = j->v->evidence,
		                    .inbox_id = j->inbox_id,
		                    .at = j->now };

	return store_warning_change(j->g->store, &c, e);
}

/* 1: the mail was in doubt, and is known now to have arrived. */
static int judge_mail(const struct judging *j, const struct ack_outcome *o, struct err *e)
{
	struct store *s = j->g->store;
	int64_t id = j->link->mail.id;

	if (o->set_mail)
		return store_mail_set_state(s, id, o->mail, j->now, e);
	if (o->arrived && j->link->mail.state == MAIL_IN_FLIGHT)
		return note_arrival(j, e);
	return o->arrived ? store_mail_arrived(s, id, j->now, e) : 0;
}

static int apply(const struct judging *j, const struct ack_outcome *o, struct err *e)
{
	bool arrived;
	int rc;

	if (j->link->token == ACK_NO_TOKEN)
		return 0;
	if ((rc = judge_mail(j, o, e)) < 0)
		return rc;
	arrived = rc == 1;
	rc = judge_contact(j, o, e);
	if (rc == 0)
		rc = judge_warning(j, o, e);
	if (rc == 0 && arrived)
		rc = flow_warning_sent(j->g, j->link->warning.id, "arrived", e);
	if (rc == 0)
		rc = close_call(j, o, e);
	return rc;
}

/* A mail that is with a sender again does not say itself that it bounced before. */
static int calm_bounce(struct judging *j, struct ack_outcome *o, struct err *e)
{
	const struct inbox_link *l = j->link;
	int rc = 0;

	if (l->token != ACK_BOUNCE_TOKEN)
		return 0;
	if (l->mail.state == MAIL_IN_FLIGHT)
		rc = store_inbox_bounced(j->g->store, l->mail.id, j->inbox_id, e);
	j->repeated = l->mail.state == MAIL_BOUNCED || rc == 1;
	if (j->repeated)
		ack_repeated(o, true);
	return rc < 0 ? rc : 0;
}

/*
 * The same bounce again, in other bytes, has no second effect; nor has an answer that came before
 * with the same token, or the same text without a clear answer.
 */
static int calm_repeated(struct judging *j, struct ack_outcome *o, struct err *e)
{
	const struct inbox_link *l = j->link;
	bool same_text = false;
	int rc;

	if (j->v->kind == VERDICT_BOUNCE)
		return calm_bounce(j, o, e);
	if (j->v->kind != VERDICT_REPLY || l->token != ACK_REPLY_TOKEN)
		return 0;
	rc = store_inbox_answered(j->g->store, l->mail.id, j->v, j->inbox_id, &same_text, e);
	j->repeated = rc == 1 && (same_text || j->v->answer != ANSWER_NONE);
	if (j->repeated)
		ack_repeated(o, same_text);
	return rc < 0 ? rc : 0;
}

/* An answer speaks of the findings of the mail it answers and of those before it. */
static int calm_overtaken(struct judging *j, struct ack_outcome *o, struct err *e)
{
	const struct mail_row *m = &j->link->mail;
	int rc = 0;

	if (o->set_warning)
		rc = store_mail_overtaken(j->g->store, m->warning_id, m->created_at,
		                          &j->overtaken_at, e);
	if (j->overtaken_at != 0)
		ack_overtaken(o);
	return rc;
}

static int count_trouble(const struct judging *j, struct err *e)
{
	enum token_trouble trouble = j->link->trouble;
	int rc = 0;

	if (trouble != TOKEN_FINE)
		rc = store_count(j->g->store, token_trouble_counters[trouble], 1, e);
	if (rc == 0 && j->repeated)
		rc = store_count(j->g->store,
		                 j->v->kind == VERDICT_BOUNCE ? "repeated_bounces"
		                                              : "repeated_answers",
		                 1, e);
	return rc;
}

/* Why nothing came of a token is what the person who reads it has to know first. */
static const char *review_reason(const char *review, const struct judging *j)
{
	enum token_trouble trouble = j->link->trouble;

	if (*review == '\0' || j->v->unparsable || trouble == TOKEN_FINE)
		return review;
	return token_trouble_reviews[trouble];
}

static void count_verdict(struct inbox_count *c, const struct judging *j, bool review)
{
	const struct verdict *v = j->v;

	c->bounces += v->kind == VERDICT_BOUNCE || v->kind == VERDICT_DELAYED;
	c->replies += v->kind == VERDICT_REPLY;
	c->robots += v->kind == VERDICT_AUTOREPLY;
	c->review += review;
	c->refused[j->link->trouble]++;
	c->repeated += j->repeated;
}

/* 1 with the fate of a mail that was judged, 0 where it is raw, or an error. */
static int fate_of(struct gateway *g, int64_t inbox_id, enum inbox_fate *fate, struct err *e)
{
	bool review = false;
	int rc = store_inbox_judged(g->store, inbox_id, &review, e);

	*fate = review ? INBOX_UNCLEAR : INBOX_DONE;
	return rc;
}

static int judge(struct gateway *g, const struct classifier *c, int64_t inbox_id, const void *bytes,
                 size_t n, enum inbox_fate *fate, struct inbox_count *count, struct err *e)
{
	struct verdict *v = xcalloc(1, sizeof(*v));
	struct arena a = ARENA_INIT;
	struct ack_outcome o;
	struct inbox_link l;
	struct inbox_signature signature;
	struct judging j = { g, inbox_id, gateway_now(g), v, &l, &signature, 0, false };
	int rc;

	if ((rc = c->classify(c->arg, v, bytes, n, e)) < 0)
		goto out;
	inbox_signature_check(g, &signature, v, bytes, n);
	if ((rc = store_begin(g->store, e)) < 0 || (rc = inbox_link_find(g, &a, &l, v, e)) < 0 ||
	    (rc = inbox_signature_settle(g, &signature, &l, e)) < 0)
		goto out;
	if (l.token != ACK_NO_TOKEN)
		v->kind = ack_kind(v, l.mail.env_to);
	o = ack_judge(v, l.token,
	              &(struct ack_mail){ l.mail.env_to, l.mail.state, l.warning.state });
	if ((rc = calm_repeated(&j, &o, e)) < 0 || (rc = calm_overtaken(&j, &o, e)) < 0)
		goto out;
	if (signature.state == SIGNED_BAD)
		ack_altered(&o);
	o.review = review_reason(o.review, &j);
	rc = record(&j, &o, e);
	if (rc == ERR_CONFLICT) { /* another process judged it: nothing may happen twice */
		rc = fate_of(g, inbox_id, fate, e);
		rc = rc < 0 ? rc : 0;
		goto out;
	}
	if (rc < 0 || (rc = apply(&j, &o, e)) < 0 || (rc = count_trouble(&j, e)) < 0 ||
	    (rc = store_commit(g->store, e)) < 0)
		goto out;
	*fate = *o.review != '\0' ? INBOX_UNCLEAR : INBOX_DONE;
	count_verdict(count, &j, *o.review != '\0');
out:
	store_rollback(g->store);
	arena_clear(&a);
	free(v);
	return rc;
}

static int add_raw(struct gateway *g, const char *source, const char *uid, const void *bytes,
                   size_t n, int64_t *id, bool *is_new, struct err *e)
{
	uint8_t digest[32];
	char hex[65];
	int rc = crypto_sha256(digest, bytes, n, e);

	if (rc < 0 || (rc = store_begin(g->store, e)) < 0)
		return rc;
	rc = store_inbox_add(g->store, source, uid, crypto_hex(hex, digest), bytes, n,
	                     gateway_now(g), id, is_new, e);
	if (rc == 0 && !*is_new)
		rc = store_inbox_rename(g->store, *id, source, uid, e);
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	return rc;
}

int flow_inbox_take(struct gateway *g, const struct classifier *c, const char *source,
                    const char *uid, const void *bytes, size_t n, enum inbox_fate *fate,
                    struct inbox_count *count, struct err *e)
{
	bool is_new = false;
	int64_t id = 0;
	int rc = add_raw(g, source, uid, bytes, n, &id, &is_new, e);

	/* known by another name: done only when it was judged, for the source forgets it then */
	if (rc == 0 && !is_new && (rc = fate_of(g, id, fate, e)) == 1) {
		count->known++;
		return 0;
	}
	if (rc == 0)
		rc = judge(g, c, id, bytes, n, fate, count, e);
	count->mails += rc == 0;
	return rc;
}

int flow_inbox_known(struct gateway *g, const char *source, const char *uid, enum inbox_fate *fate,
                     struct err *e)
{
	bool review = false;
	int rc = store_inbox_known(g->store, source, uid, &review, e);

	*fate = review ? INBOX_UNCLEAR : INBOX_DONE;
	return rc;
}

int flow_inbox_judge_raw(struct gateway *g, const struct classifier *c, struct inbox_count *count,
                         struct err *e)
{
	struct arena a = ARENA_INIT;
	const void *bytes;
	enum inbox_fate fate;
	int64_t id = 0;
	size_t n;
	int rc;

	while ((rc = store_inbox_next_raw(g->store, &a, id, &id, &bytes, &n, e)) == 1) {
		if ((rc = judge(g, c, id, bytes, n, &fate, count, e)) < 0)
			break;
		count->mails++;
		arena_clear(&a);
	}
	arena_clear(&a);
	return rc;
}

int flow_prove_silent(struct gateway *g, struct err *e)
{
	enum { BATCH = 200 };
	int64_t id[BATCH], after = 0, until = gateway_now(g) - g->conf->proof;
	struct accepted_place place;
	char text[24] = "0";
	struct err missing = ERR_INIT;
	int n = 0, rc;

	if (store_meta_get(g->store, "proven_until", text, sizeof(text), &missing) == 0 &&
	    !num_parse(&after, text, 0, INT64_MAX))
		after = 0;
	/* by a clock that was ahead: mails that are accepted until then would be passed over */
	if (after > gateway_now(g))
		after = 0;
	place = (struct accepted_place){ after, INT64_MAX };
	do {
		if ((rc = store_begin(g->store, e)) < 0)
			break;
		rc = store_contacts_silent(g->store, &place, until, id, BATCH, &n, e);
		for (int i = 0; i < n && rc == 0; i++)
			rc = flow_contact_event(g, id[i], VALIDITY_SILENT, "", 0, e);
		snprintf(text, sizeof(text), "%" PRId64, until);
		if (rc == 0 && n < BATCH && until > after)
			rc = store_meta_set(g->store, "proven_until", text, e);
		if (rc == 0)
			rc = store_commit(g->store, e);
		store_rollback(g->store);
	} while (rc == 0 && n == BATCH);
	return rc;
}
