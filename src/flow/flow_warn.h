/*
 * flow_warn: from matched findings to signed mails in the queue.
 */
#ifndef SEINPOST_FLOW_WARN_H
#define SEINPOST_FLOW_WARN_H

#include "draft.h"
#include "gateway.h"
#include "warn_run.h"

/*
 * Warns every company of the incident that owns findings nobody has told it about.  Safe to run
 * again: what is in the queue is not made twice.  progress may be NULL.
 */
int flow_warn(struct gateway *g, const struct incident *in, struct warn_count *count,
              void (*progress)(void *arg, uint64_t done), void *arg, struct err *e) NODISCARD;

/*
 * Takes warnings of the incident up again that were given up because there was nobody to write to,
 * where there is by now: a contact that is new, was set right, or has a key that works.  Each gets
 * a mail about all that was to be told and a new deadline, and comes off the call list.
 */
int flow_warn_again(struct gateway *g, const struct incident *in, struct warn_count *count,
		    struct err *e) NODISCARD;

/*
 * Makes the mails that these two would make and hands each to show(); nothing is stored or
 * queued.  company_ref NULL: all of them.
 */
typedef int preview_fn(void *arg, const struct draft *d, struct err *e);
int flow_preview(struct gateway *g, const struct incident *in, const char *company_ref,
		 preview_fn *show, void *arg, struct err *e) NODISCARD;

/*
 * Does some of the work that the inbox and the senders left for the one who can sign: the next
 * contact of warnings behind *after (0: from the first).  1: call again, *after is how far it came;
 * 0: all was looked at, *after is 0 again.  Where mails of some warnings cannot be made, the
 * others' are, *after is set as well, and the first error is returned; these warnings come up again
 * in the next round.  ERR_TEMP, ERR_IO and ERR_CONF (the signing key) end the round.  Several
 * nodes may do it at once: each mail is made once.
 */
int flow_escalate(struct gateway *g, int64_t *after, struct warn_count *count,
		  struct err *e) NODISCARD;

/*
 * Puts warnings that nobody answered before their deadline on the call list, also those whose mails
 * still wait; *n is how many.  Safe to call often: it looks only at deadlines that passed since the
 * last time; warnings that are queued again or sent behind theirs are on the list since then
 * (flow_call_if_overdue()).
 */
int flow_call_overdue(struct gateway *g, uint64_t *n, struct err *e) NODISCARD;

#endif
