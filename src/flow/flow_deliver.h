/*
 * flow_deliver: what an attempt means for the mail, its contact and its warning; the store side of sending.
 */
#ifndef SEINPOST_FLOW_DELIVER_H
#define SEINPOST_FLOW_DELIVER_H

#include "delivery.h"
#include "gateway.h"

/* Claims up to limit due mails for a route, inside the caller's transaction.  Nothing may be sent before its commit. */
int flow_claim(struct gateway *g, struct arena *a, const char *route, int limit, struct delivery **out, size_t *n,
               struct err *e) NODISCARD;

/* What the dispatcher must remember of a claimed mail until its result. */
struct claimed {
	int64_t id, warning_id, contact_id, lease_no, give_up_at;
	int attempts, priority;
};

/*
 * Writes the result of an attempt and all that follows from it (next try, warning sent, contact invalid, next contact),
 * inside the caller's transaction.  A lost lease is no error: somebody else wrote a newer result.
 */
int flow_result(struct gateway *g, const struct claimed *c, const struct attempt_result *r, struct err *e) NODISCARD;

/*
 * After a crash: ends the attempts this node left open (all of its own where own is set, else only those whose lease
 * ran out).  Their outcome is unknown: by policy they are sent again with the same bytes, or held for a person.
 */
int flow_recover(struct gateway *g, bool own, int64_t *n, struct err *e) NODISCARD;

/* When the next mail is due; 1, or 0 where none waits. */
int flow_next_due(struct gateway *g, int64_t *when, struct err *e) NODISCARD;

#endif
