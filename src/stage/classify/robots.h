/*
 * robots: automatic answers that are no reports: vacation notes, ticket systems, challenges, closed
 * mailboxes.
 */
#ifndef SEINPOST_ROBOTS_H
#define SEINPOST_ROBOTS_H

#include "verdict.h"
#include "view.h"

/*
 * Sets kind, rule, ticket and proposed address where the mail is one (RFC 3834 and what older
 * systems do).
 */
bool robot_answer(struct verdict *v, struct view *w);
/* What the subject shows the mail to be ("out of office" ...), in whatever language; or NULL. */
const char *robot_subject(const struct view *w);
/* Fields that an answering machine of a person's mailbox sets, and most mail systems do not. */
bool robot_marked(const struct view *w);
/* "no longer works here, write to X": the address X, for mails of people too. */
void robot_proposed(struct verdict *v, struct view *w);

#endif
