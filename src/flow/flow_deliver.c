/*
 * flow_deliver: what an attempt means for the mail, its contact and its warning.
 *
 * Input: results of senders (hostile text, checked); policy comes from the queue and validity
 * stages.
 */
#include "base.h"
#include "alloc.h"
#include "flow_blame.h"
#include "flow_contact.h"
#include "flow_deliver.h"
#include "flow_waiting.h"
#include "mailaddr.h"
#include "queue.h"
#include "store_mail.h"
#include "store_warning.h"
#include "word.h"

enum { EXPIRE_MOST = 200, RECOVER_AT_ONCE = 100 };

static const char *owner_of(const struct gateway *g, char out[FLOW_OWNER])
{
	snprintf(out, FLOW_OWNER, "node%d", g->conf->gateway.node);
	return out;
}

struct deliver_route flow_route(const struct conf_route *c, const char *password)
{
	struct deliver_route r = {
		.host = c->host,
		.port = c->port,
		.tls_name = c->tls_name,
		.ca_file = c->ca_file,
		.user = c->user,
		.password = password,
		.auth_in_clear = c->auth_in_clear,
		.helo = c->helo,
		.dsn = c->dsn,
		.mails_per_session = c->mails_per_session,
		.timeout = c->timeout,
	};
	int tls = TLS_REQUIRED;

	if (!word_parse(&tls, deliver_tls_words, c->tls))
		bug("route tls '%s'", c->tls);
	r.tls = (enum deliver_tls)tls;
	return r;
}

struct mail_claim flow_claim_terms(const struct gateway *g, char owner[FLOW_OWNER],
				   const char *route, int limit)
{
	int64_t now = gateway_now(g);

	return (struct mail_claim){ .owner = owner_of(g, owner),
				    .route = route,
				    .now = now,
				    .lease_until = now + g->conf->deliver.lease,
				    .limit = limit };
}

int flow_claim(struct gateway *g, struct arena *a, const char *route, int limit, bool trial,
	       struct delivery **out, size_t *n, struct err *e)
{
	char owner[FLOW_OWNER];
	struct mail_claim c = flow_claim_terms(g, owner, route, limit);

	c.trial = trial;
	return store_mail_claim(g->store, a, &c, out, n, e);
}

/* FNV-1a; two domains with one number cost a route a failure that was not counted. */
static uint32_t number_of(const char *domain)
{
	uint32_t n = 2166136261u;

	for (; *domain != '\0'; domain++)
		n = (n ^ (unsigned char)*domain) * 16777619u;
	return n == 0 ? 1 : n;
}

struct claimed flow_claimed(const struct delivery *d)
{
	return (struct claimed){
		.id = d->id,
		.warning_id = d->warning_id,
		.contact_id = d->contact_id,
		.lease_no = d->lease_no,
		.give_up_at = d->give_up_at,
		.attempts = d->attempts,
		.priority = d->priority,
		.last_code = d->last_code,
		.domain = number_of(mailaddr_domain(d->env_to)),
	};
}

static struct queue_schedule schedule_of(const struct gateway *g, int severity)
{
	struct queue_schedule s = *queue_schedule_for((enum severity)severity);
	const struct conf_deliver *c = &g->conf->deliver;

	if (c->n_retry > 0) {
		s.n = c->n_retry;
		for (int i = 0; i < c->n_retry && i < QUEUE_STEPS; i++)
			s.delay[i] = c->retry[i];
	}
	return s;
}

static int blame_contact(struct gateway *g, const struct claimed *c, const struct attempt_result *r,
                         struct err *e)
{
	enum validity_event event = flow_blame_event(r);

	if (event == VALIDITY_NOT_ITS_FAULT)
		return 0;
	if (event == VALIDITY_DOMAIN_BAD)
		return flow_contact_domain_bad(g, c->contact_id, r->text, 0, e);
	return flow_contact_event(g, c->contact_id, event, r->text, 0, e);
}

int flow_warning_sent(struct gateway *g, int64_t warning_id, const char *reason, struct err *e)
{
	struct warning_change c = { .warning_id = warning_id,
				    .from = WARNING_QUEUED,
				    .to = WARNING_SENT,
				    .reason = reason,
				    .evidence = "",
				    .at = gateway_now(g) };
	int rc = store_warning_change_if(g->store, &c, e);

	return rc == 1 ? flow_call_if_overdue(g, warning_id, e) : rc;
}

static int follow_up(struct gateway *g, const struct claimed *c, const struct attempt_result *r,
                     enum mail_state state, struct err *e)
{
	int rc;

	switch (state) {
	case MAIL_ACCEPTED:
		if ((rc = flow_warning_sent(g, c->warning_id, "accepted", e)) == 0)
			rc = flow_waiting_bounced(g, c->id, e);
		return rc < 0 ? rc : 0;
	case MAIL_REFUSED:
		if ((rc = blame_contact(g, c, r, e)) < 0)
			return rc;
		return flow_mail_failed(g, c->id, e);
	case MAIL_EXPIRED:
		return flow_mail_failed(g, c->id, e);
	case MAIL_DEFERRED:
	case MAIL_UNKNOWN:
	case MAIL_HELD:
		return flow_waiting_look(g, c->id, e);
	default:
		return 0;
	}
}

/* Policy: state and next_try of a result. */
static void decide(struct gateway *g, const struct claimed *c, const struct attempt_result *r,
                   struct mail_result *out)
{
	struct delivery d = { .id = c->id, .attempts = c->attempts, .give_up_at = c->give_up_at };
	struct queue_schedule schedule = schedule_of(g, c->priority);
	struct attempt_result judged = *r;
	struct queue_decision decision;
	uint32_t random;

	/* it says nothing about this mail or its contact: the route is paused, the mail goes when
	 * it works again */
	if (r->outcome == OUTCOME_REFUSED && flow_blame(r) == BLAME_ROUTE)
		judged.outcome = OUTCOME_DEFERRED;
	g->rng->fill(g->rng->arg, &random, sizeof(random));
	decision =
	    queue_after(&d, &judged, &schedule,
			g->conf->deliver.hold_unknown ? QUEUE_UNKNOWN_HOLD : QUEUE_UNKNOWN_RESEND,
			out->at, random);
	out->state = decision.state;
	/* held, it stays unknown until a person decides; else it waits like any other mail that is
	 * sent again */
	if (r->outcome == OUTCOME_UNKNOWN && g->conf->deliver.hold_unknown)
		out->state = MAIL_UNKNOWN;
	else if (decision.state == MAIL_UNKNOWN)
		out->state = MAIL_DEFERRED;
	out->next_try = decision.next_try;
	out->not_counted = r->outcome == OUTCOME_NOT_TRIED;
}

int flow_result(struct gateway *g, const struct claimed *c, const struct attempt_result *r,
		struct err *e)
{
	struct mail_result result = { .attempt = r, .lease_no = c->lease_no, .at = gateway_now(g) };
	struct err lost = ERR_INIT;
	int rc;

	decide(g, c, r, &result);
	rc = store_mail_result(g->store, &result, &lost);
	if (rc == ERR_CONFLICT) {
		rc = store_mail_result_late(g->store, &result, e);
		return rc == 1 ? follow_up(g, c, r, result.state, e) : rc;
	}
	if (rc < 0) {
		*e = lost;
		return rc;
	}
	return follow_up(g, c, r, result.state, e);
}

/* owner NULL: those of all whose leases ran out. */
static int recover(struct gateway *g, const char *owner, int64_t *total, struct err *e)
{
	const enum mail_state state = g->conf->deliver.hold_unknown ? MAIL_UNKNOWN : MAIL_DEFERRED;
	int64_t mail[RECOVER_AT_ONCE];
	int n, rc;

	*total = 0;
	do {
		rc = store_mail_recover(g->store, owner, gateway_now(g), state, mail,
					RECOVER_AT_ONCE, &n, e);
		for (int i = 0; i < n && rc == 0; i++)
			rc = flow_waiting_look(g, mail[i], e);
		*total += n;
	} while (rc == 0 && n == RECOVER_AT_ONCE);
	return rc;
}

int flow_recover_own(struct gateway *g, int64_t *n, struct err *e)
{
	char owner[FLOW_OWNER];
	int64_t moved;
	int rc = store_begin(g->store, e);

	if (rc == 0)
		rc = recover(g, owner_of(g, owner), n, e);
	if (rc == 0)
		rc = store_mail_clock_back(g->store, gateway_now(g), FLOW_CLOCK_SLACK, &moved, e);
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	return rc;
}

int flow_renew(struct gateway *g, const struct claimed *c, struct err *e)
{
	return store_mail_renew(g->store, c->id, c->lease_no,
				gateway_now(g) + g->conf->deliver.lease, e);
}

int flow_tidy(struct gateway *g, int64_t *recovered, int64_t *moved, struct err *e)
{
	int rc = recover(g, NULL, recovered, e);

	return rc < 0 ? rc
	              : store_mail_clock_back(g->store, gateway_now(g), FLOW_CLOCK_SLACK, moved, e);
}

int flow_expire(struct gateway *g, int *n, struct err *e)
{
	int64_t mail[EXPIRE_MOST], now = gateway_now(g);
	int rc = store_mail_expire(g->store, now, now, mail, EXPIRE_MOST, n, e);

	for (int i = 0; i < *n && rc == 0; i++)
		rc = flow_mail_failed(g, mail[i], e);
	return rc;
}

int flow_next_due(struct gateway *g, int64_t *when, struct err *e)
{
	return store_mail_next_due(g->store, when, e);
}
