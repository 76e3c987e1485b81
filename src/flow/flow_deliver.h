/*
 * flow_deliver: what an attempt means for the mail, its contact and its warning; the store side of
 * sending.
 */
#ifndef SEINPOST_FLOW_DELIVER_H
#define SEINPOST_FLOW_DELIVER_H

#include "deliver.h"
#include "delivery.h"
#include "gateway.h"
#include "queue.h"
#include "store_mail.h"

enum { FLOW_OWNER = 32 };

/* A route of the configuration as a sender gets it; all in it is borrowed. */
struct deliver_route flow_route(const struct conf_route *c, const char *password);

/* What a claim by this node says; owner is the text it points to. */
struct mail_claim flow_claim_terms(const struct gateway *g, char owner[FLOW_OWNER],
				   const char *route, int limit);

/* Claims up to limit due mails for a route, inside the caller's transaction.  Nothing may be sent
 * before its commit.  trial: see store_mail.h. */
int flow_claim(struct gateway *g, struct arena *a, const char *route, int limit, bool trial,
	       struct delivery **out, size_t *n, struct err *e) NODISCARD;

/* What the dispatcher must remember of a claimed mail until its result. */
struct claimed {
	int64_t id, warning_id, contact_id, lease_no, give_up_at;
	int attempts, priority, last_code;
	uint32_t domain; /* a number for the recipient's, not 0 */
};
struct claimed flow_claimed(const struct delivery *d);

/*
 * Writes the result of an attempt and all that follows from it (next try, warning sent, contact
 * invalid, next contact), inside the caller's transaction.  A lost lease is no error: the result is
 * kept as far as nobody wrote a newer one.  Nor is a mail that is gone, because its company was
 * forgotten: nothing is written.  A warning that is sent behind its deadline goes on the call list
 * at once.
 *
 * A refusal that blames the route (policy, reputation, rate, content) is waited out on the
 * schedule; it says nothing about the contact.  A mail that became pointless meanwhile is cancelled
 * instead of tried again (flow_waiting_look()).
 */
int flow_result(struct gateway *g, const struct claimed *c, const struct attempt_result *r,
		struct err *e) NODISCARD;

/* A mail of the warning is known to be there: sent, where it was queued; inside the caller's
 * transaction. */
int flow_warning_sent(struct gateway *g, int64_t warning_id, const char *reason,
		      struct err *e) NODISCARD;

/*
 * After a crash, before anything is sent: ends all attempts this node left open.  Their outcome is
 * unknown: by policy they are sent again with the same bytes, or held for a person.
 */
int flow_recover_own(struct gateway *g, int64_t *n, struct err *e) NODISCARD;
/* The session of this mail is alive.  Inside the caller's transaction.  ERR_CONFLICT: its lease was
 * lost; ERR_NOTFOUND: its company was forgotten, so that nobody else can have it. */
int flow_renew(struct gateway *g, const struct claimed *c, struct err *e) NODISCARD;
/*
 * The same as flow_recover_own() for nodes whose leases ran out (so renew the own ones first), and
 * mends the schedule after the clock was set back.  Inside the caller's transaction.
 */
int flow_tidy(struct gateway *g, int64_t *recovered, int64_t *moved, struct err *e) NODISCARD;
/*
 * Gives up some of the mails that could not be sent until their time was over, because no route
 * takes any; inside the caller's transaction.  Call again while *n is not 0.
 */
int flow_expire(struct gateway *g, int *n, struct err *e) NODISCARD;

/* When the next mail is due; 1, or 0 where none waits. */
int flow_next_due(struct gateway *g, int64_t *when, struct err *e) NODISCARD;

#endif
