/*
 * flow_inbox: mail that came in, judged, and what follows from it.
 *
 * Input: hostile mail.  Only a valid token ties a mail to one of ours so that it may change state; our Message-ID or a
 * reference only help a person to see what it is about.
 */
#include "base.h"
#include "ack.h"
#include "alloc.h"
#include "crypto.h"
#include "flow_contact.h"
#include "flow_inbox.h"
#include "num.h"
#include "store_inbox.h"
#include "store_mail.h"
#include "store_warning.h"
#include "word.h"

/* What an inbound mail is about. */
struct link {
	enum inbox_trust trust;
	enum ack_token token;
	bool forged, expired;
	struct mail_row mail;     /* trust other than none */
	struct warning warning;
};

static bool try_address(struct gateway *g, const char *address, enum token_purpose purpose, int64_t *mail_id,
                        bool *forged)
{
	char token[TOKEN_TEXT];
	struct err e = ERR_INIT;
	int rc;

	if (!token_from_address(token, address))
		return false;
	rc = token_read(mail_id, &g->keys, purpose, token, &e);
	*forged |= rc == ERR_PERM;
	return rc == 0;
}

static bool find_token(struct gateway *g, const struct verdict *v, enum token_purpose purpose, int64_t *mail_id,
                       bool *forged)
{
	for (int i = 0; i < v->n_envelope_to; i++)
		if (try_address(g, v->envelope_to[i], purpose, mail_id, forged))
			return true;
	for (int i = 0; i < v->n_header_to; i++)
		if (try_address(g, v->header_to[i], purpose, mail_id, forged))
			return true;
	return false;
}

static bool told_by_machine(const struct verdict *v)
{
	return v->kind == VERDICT_BOUNCE || v->kind == VERDICT_DELAYED || v->kind == VERDICT_SUCCESS;
}

/* A report of a machine is proven by the bounce token first, a person's reply by the reply token. */
static bool find_any_token(struct gateway *g, struct link *l, const struct verdict *v, int64_t *mail_id)
{
	static const enum token_purpose order[2][2] = { { TOKEN_REPLY, TOKEN_BOUNCE }, { TOKEN_BOUNCE, TOKEN_REPLY } };
	const enum token_purpose *purpose = order[told_by_machine(v)];
	bool forged[2] = { false, false };

	for (int i = 0; i < 2; i++) {
		if (!find_token(g, v, purpose[i], mail_id, &forged[i]))
			continue;
		l->trust = purpose[i] == TOKEN_BOUNCE ? TRUST_RETURN_PATH : TRUST_REPLY;
		l->token = purpose[i] == TOKEN_BOUNCE ? ACK_BOUNCE_TOKEN : ACK_REPLY_TOKEN;
		return true;
	}
	/* a token is of one purpose: only one that is of neither was forged */
	l->forged = forged[0] && forged[1];
	return false;
}

/* The mail the token names; without it, or when it was sent too long ago, the token is worth nothing. */
static int load_link(struct gateway *g, struct arena *a, struct link *l, int64_t mail_id, struct err *e)
{
	struct err missing = ERR_INIT;
	int rc = store_mail_get(g->store, a, &l->mail, mail_id, &missing);

	if (rc < 0 && rc != ERR_NOTFOUND) {
		*e = missing;
		return rc;
	}
	l->expired = rc == 0 && gateway_now(g) - l->mail.created_at > g->conf->token_lifetime;
	if (rc == 0 && !l->expired)
		return store_warning_get(g->store, a, &l->warning, l->mail.warning_id, e);
	l->trust = TRUST_NONE;
	l->token = ACK_NO_TOKEN;
	return 0;
}

static int link_by_message_id(struct gateway *g, struct arena *a, struct link *l, const struct verdict *v,
                              struct err *e)
{
	for (int i = 0; i < v->n_message_id; i++) {
		struct err missing = ERR_INIT;
		int rc = store_mail_by_message_id(g->store, a, &l->mail, v->message_id[i], &missing);

		if (rc == 0) {
			l->trust = TRUST_MESSAGE_ID;
			return store_warning_get(g->store, a, &l->warning, l->mail.warning_id, e);
		}
		if (rc != ERR_NOTFOUND) {
			*e = missing;
			return rc;
		}
	}
	return 0;
}

/* "... [SP-7K3F-Q2MD] ..." in the subject */
static int link_by_reference(struct gateway *g, struct arena *a, struct link *l, const struct verdict *v,
                             struct err *e)
{
	const char *at = strstr(v->subject, "SP-");
	struct err missing = ERR_INIT;
	char ref[WARNING_REF_TEXT];
	int rc;

	if (at == NULL || strlen(at) < 12)
		return 0;
	snprintf(ref, sizeof(ref), "%.12s", at);
	rc = store_warning_by_ref(g->store, a, &l->warning, ref, &missing);
	if (rc == 0)
		l->trust = TRUST_REFERENCE;
	else if (rc != ERR_NOTFOUND)
		*e = missing;
	return rc == ERR_NOTFOUND ? 0 : rc;
}

static int find_link(struct gateway *g, struct arena *a, struct link *l, const struct verdict *v, struct err *e)
{
	int64_t mail_id = 0;
	int rc = 0;

	*l = (struct link){ .trust = TRUST_NONE, .token = ACK_NO_TOKEN };
	if (find_any_token(g, l, v, &mail_id))
		rc = load_link(g, a, l, mail_id, e);
	if (rc == 0 && l->trust == TRUST_NONE)
		rc = link_by_message_id(g, a, l, v, e);
	if (rc == 0 && l->trust == TRUST_NONE)
		rc = link_by_reference(g, a, l, v, e);
	return rc;
}

struct judging {
	struct gateway *g;
	int64_t inbox_id, now;
	const struct verdict *v;
	struct link *link;
};

static int judge_contact(const struct judging *j, const struct ack_outcome *o, struct err *e)
{
	const struct verdict_recipient *r = ack_recipient(j->v, j->link->mail.env_to);
	int64_t contact = j->link->mail.contact_id;
	enum validity_event event;

	if (o->answered)
		event = o->unsubscribed ? VALIDITY_UNSUBSCRIBED : VALIDITY_ANSWERED;
	else if (o->set_mail && o->mail == MAIL_CONFIRMED)
		event = VALIDITY_SILENT;
	else if (o->failed)
		event = validity_of_failure(r->class, r->perm, r->reason);
	else
		return 0;
	if (event == VALIDITY_DOMAIN_BAD)
		return flow_contact_domain_bad(j->g, contact, j->v->evidence, j->inbox_id, e);
	return flow_contact_event(j->g, contact, event, j->v->evidence, j->inbox_id, e);
}

static int judge_warning(const struct judging *j, const struct ack_outcome *o, struct err *e)
{
	const struct warning *w = &j->link->warning;
	struct warning_change c = { .warning_id = w->id, .from = w->state, .to = o->warning, .reason = o->reason,
		                    .evidence = j->v->evidence, .inbox_id = j->inbox_id, .at = j->now };
	int64_t cancelled;
	int rc = 0;

	if (o->set_warning && (rc = store_warning_change(j->g->store, &c, e)) == 0) {
		/* answered: no further mail, and nobody needs to telephone */
		rc = store_mail_cancel_open(j->g->store, w->id, j->now, &cancelled, e);
		if (rc == 0)
			rc = store_warning_set_todo(j->g->store, w->id, "", e);
	}
	if (rc == 0 && o->next_contact)
		rc = store_warning_set_todo(j->g->store, w->id, "next_contact", e);
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
	rc = store_call_done(j->g->store, j->link->warning.id, "answered by mail", j->now, &missing);
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
		.warning_id = j->link->trust != TRUST_NONE ? j->link->warning.id : 0, .review_reason = o->review,
	};

	return store_inbox_judge(j->g->store, &row, e);
}

static int apply(const struct judging *j, const struct ack_outcome *o, struct err *e)
{
	int rc = 0;

	if (j->link->token != ACK_NO_TOKEN) {
		if (o->set_mail)
			rc = store_mail_set_state(j->g->store, j->link->mail.id, o->mail, j->now, e);
		if (rc == 0)
			rc = judge_contact(j, o, e);
		if (rc == 0)
			rc = judge_warning(j, o, e);
		if (rc == 0)
			rc = close_call(j, o, e);
	}
	return rc;
}

/* The same bounce again, in other bytes: it has no second effect. */
static bool repeated(const struct verdict *v, const struct link *l)
{
	return l->token == ACK_BOUNCE_TOKEN && v->kind == VERDICT_BOUNCE && l->mail.state == MAIL_BOUNCED;
}

static int count_trouble(const struct judging *j, struct err *e)
{
	int rc = 0;

	if (j->link->forged)
		rc = store_count(j->g->store, "forged_tokens", 1, e);
	if (rc == 0 && j->link->expired)
		rc = store_count(j->g->store, "expired_tokens", 1, e);
	if (rc == 0 && repeated(j->v, j->link))
		rc = store_count(j->g->store, "repeated_bounces", 1, e);
	return rc;
}

/* Why nothing came of a token is what the person who reads it has to know first. */
static const char *review_reason(const char *review, const struct verdict *v, const struct link *l)
{
	if (*review == '\0' || v->unparsable)
		return review;
	if (l->expired)
		return "token expired";
	return l->forged ? "token is not ours" : review;
}

static void count_verdict(struct inbox_count *c, const struct verdict *v, const struct link *l, bool review)
{
	c->bounces += v->kind == VERDICT_BOUNCE || v->kind == VERDICT_DELAYED;
	c->replies += v->kind == VERDICT_REPLY;
	c->robots += v->kind == VERDICT_AUTOREPLY;
	c->review += review;
	c->forged += l->forged;
	c->expired += l->expired;
	c->repeated += repeated(v, l);
}

/* 1 with the fate of a mail that was judged, 0 where it is raw, or an error. */
static int fate_of(struct gateway *g, int64_t inbox_id, enum inbox_fate *fate, struct err *e)
{
	bool review = false;
	int rc = store_inbox_judged(g->store, inbox_id, &review, e);

	*fate = review ? INBOX_UNCLEAR : INBOX_DONE;
	return rc;
}

static int judge(struct gateway *g, const struct classifier *c, int64_t inbox_id, const void *bytes, size_t n,
                 enum inbox_fate *fate, struct inbox_count *count, struct err *e)
{
	struct verdict *v = xcalloc(1, sizeof(*v));
	struct arena a = ARENA_INIT;
	struct ack_outcome o;
	struct link l;
	struct judging j = { g, inbox_id, gateway_now(g), v, &l };
	int rc;

	if ((rc = c->classify(c->arg, v, bytes, n, e)) < 0 || (rc = store_begin(g->store, e)) < 0)
		goto out;
	if ((rc = find_link(g, &a, &l, v, e)) < 0)
		goto out;
	o = ack_judge(v, l.token, l.mail.state, l.warning.state);
	o.review = review_reason(o.review, v, &l);
	rc = record(&j, &o, e);
	if (rc == ERR_CONFLICT) { /* another process judged it meanwhile: nothing may happen twice */
		rc = fate_of(g, inbox_id, fate, e);
		rc = rc < 0 ? rc : 0;
		goto out;
	}
	if (rc < 0 || (rc = apply(&j, &o, e)) < 0 || (rc = count_trouble(&j, e)) < 0 ||
	    (rc = store_commit(g->store, e)) < 0)
		goto out;
	*fate = *o.review != '\0' ? INBOX_UNCLEAR : INBOX_DONE;
	count_verdict(count, v, &l, *o.review != '\0');
out:
	store_rollback(g->store);
	arena_clear(&a);
	free(v);
	return rc;
}

static int add_raw(struct gateway *g, const char *source, const char *uid, const void *bytes, size_t n, int64_t *id,
                   bool *is_new, struct err *e)
{
	uint8_t digest[32];
	char hex[65];
	int rc = crypto_sha256(digest, bytes, n, e);

	if (rc < 0 || (rc = store_begin(g->store, e)) < 0)
		return rc;
	rc = store_inbox_add(g->store, source, uid, crypto_hex(hex, digest), bytes, n, gateway_now(g), id, is_new, e);
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	return rc;
}

int flow_inbox_take(struct gateway *g, const struct classifier *c, const char *source, const char *uid,
                    const void *bytes, size_t n, enum inbox_fate *fate, struct inbox_count *count, struct err *e)
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

int flow_inbox_known(struct gateway *g, const char *source, const char *uid, enum inbox_fate *fate, struct err *e)
{
	bool review = false;
	int rc = store_inbox_known(g->store, source, uid, &review, e);

	*fate = review ? INBOX_UNCLEAR : INBOX_DONE;
	return rc;
}

int flow_inbox_judge_raw(struct gateway *g, const struct classifier *c, struct inbox_count *count, struct err *e)
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
	char text[24] = "0";
	struct err missing = ERR_INIT;
	int n = 0, rc;

	if (store_meta_get(g->store, "proven_until", text, sizeof(text), &missing) == 0 &&
	    !num_parse(&after, text, 0, INT64_MAX))
		after = 0;
	do {
		if ((rc = store_begin(g->store, e)) < 0)
			break;
		rc = store_contacts_silent(g->store, after, until, id, BATCH, &n, e);
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
