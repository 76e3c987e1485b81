/*
 * sender: the process that runs one SMTP session, and the messages it exchanges with its parent.
 */
#ifndef SEINPOST_SENDER_H
#define SEINPOST_SENDER_H

#include "base.h"
#include "buf.h"
#include "deliver.h"
#include "span.h"

/*
 * parent -> sender: ROUTE once, then MAILs, then END.  sender -> parent: the rest; CLOSING says
 * that no other mail will be taken, not even one that is on its way; SESSION is the last.
 */
enum sender_message {
	SENDER_ROUTE, SENDER_MAIL, SENDER_END,
	SENDER_PROGRESS, SENDER_RESULT, SENDER_CLOSING, SENDER_SESSION,
};

void sender_put_route(struct buf *b, const struct deliver_route *r);
bool sender_get_route(struct span s, struct deliver_route *r);
void sender_put_mail(struct buf *b, const struct delivery *d);
bool sender_get_mail(struct span s, struct delivery *d);
void sender_put_result(struct buf *b, const struct attempt_result *r);
/* Checks the record as if hostile: enum in range, texts terminated and printable. */
bool sender_get_result(struct span s, struct attempt_result *r);

/* The role: reads from fd until the session is over.  Returns the exit status. */
int sender_main(int fd);

#endif
