/*
 * warn_run: the warnings of an incident on their way into the queue: while signatures of some are
 * made, the next are rendered, and those that are finished are written many in one commit.
 *
 * The caller owns the loop and the transaction, so that the run can share both with the senders.
 */
#ifndef SEINPOST_WARN_RUN_H
#define SEINPOST_WARN_RUN_H

#include "delivery.h"
#include "gateway.h"
#include "incident.h"

struct warn_count {
	uint64_t companies, mails, calls, handed_over, withheld;
};

struct draft;

/* Counts a draft whose writing was committed. */
void warn_count_add(struct warn_count *c, const struct draft *d);

struct warn_run;

/* The gateway's store, keys, templates and signer are open, and stay open longer than the run; so
 * does in. */
struct warn_run *warn_run_new(struct gateway *g, const struct incident *in) NODISCARD;
/* Drops what was not committed: it is made again by the next run.  Accepts NULL. */
void warn_run_free(struct warn_run *r);

/* Is there enough to write or to plan for a transaction? */
bool warn_run_wants_turn(const struct warn_run *r);
/*
 * Inside a transaction: writes what is finished, reads and numbers what comes next.  What another
 * run told meanwhile is planned again.  Up to *room
 * finished mails are claimed for the route at once (less the number of these in *room afterwards),
 * the others go to the queue.  route and room may be NULL.
 */
int warn_run_turn(struct warn_run *r, const char *route, int *room, struct err *e) NODISCARD;
/* Behind its commit: the next mail that was claimed, to be sent; it lives until warn_run_work().
 * NULL: no other. */
const struct delivery *warn_run_claimed(struct warn_run *r);
/* The transaction was not committed: what it was about is planned again. */
void warn_run_undo(struct warn_run *r);
/* Behind its commit, and whenever a descriptor of the gateway's sign_queue is readable: renders,
 * asks, collects. */
int warn_run_work(struct warn_run *r, struct err *e) NODISCARD;
/* Everything is written. */
bool warn_run_done(const struct warn_run *r);
/* What is committed. */
const struct warn_count *warn_run_count(const struct warn_run *r);

#endif
