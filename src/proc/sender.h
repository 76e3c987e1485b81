/*
 * sender: the process that runs one SMTP session, and the messages it exchanges with its parent.
 */
#ifndef SEINPOST_SENDER_H
#define SEINPOST_SENDER_H

#include "base.h"

#include <stdatomic.h>

#include "buf.h"
#include "deliver.h"
#include "span.h"

/*
 * parent -> sender: ROUTE once, then MAILs, then END.  sender -> parent: the rest; CLOSING says
 * that no other mail will be taken, not even one that is on its way; SESSION is the last.
 */
enum sender_message {
	SENDER_ROUTE, SENDER_MAIL, SENDER_END,
	SENDER_RESULT, SENDER_CLOSING, SENDER_SESSION,
};

/*
 * What the two say to each other several times a mail, in memory that both see (shared.h): it costs
 * no system call and wakes nobody.  It outlives the sender, so that its parent knows how far one
 * that was killed had got.  A sender that was taken over may write anything into it: body_end
 * counts only for a mail that it was given and that has no result.
 */
struct sender_page {
	_Atomic int64_t body_end; /* sender: the mail whose body was read to its end, from before
				     its final dot can leave until its result was sent; 0: none */
	_Atomic int64_t begun;    /* sender: the mail that the far side was told of last, until its
				     result was sent; 0: none */
	_Atomic uint32_t steps;   /* sender: of all its mails so far; that it changes is a sign of
				     life */
	_Atomic uint32_t stop;    /* parent: not 0: begin no other mail */
};
_Static_assert(ATOMIC_LONG_LOCK_FREE == 2 && ATOMIC_LLONG_LOCK_FREE == 2 &&
		       ATOMIC_INT_LOCK_FREE == 2,
	       "a lock would be each process's own");

void sender_put_route(struct buf *b, const struct deliver_route *r);
bool sender_get_route(struct span s, struct deliver_route *r);
void sender_put_mail(struct buf *b, const struct delivery *d);
bool sender_get_mail(struct span s, struct delivery *d);
void sender_put_result(struct buf *b, const struct attempt_result *r);
/* Checks the record as if hostile: enum in range, texts terminated and printable. */
bool sender_get_result(struct span s, struct attempt_result *r);

/*
 * The role: reads from fd until the session is over; shared_fd is the memory of a struct
 * sender_page.  Returns the exit status.
 */
int sender_main(int fd, int shared_fd);

#endif
