/*
 * robots: automatic answers that are no reports: vacation notes, ticket systems, challenges, closed
 * mailboxes.
 */
#ifndef SEINPOST_ROBOTS_H
#define SEINPOST_ROBOTS_H

#include "verdict.h"
#include "view.h"

/* How much what was typed sounds like a robot. */
enum robot_voice {
	VOICE_PERSON,
	VOICE_DOUBT, /* people write so, too */
	VOICE_SURE,
	VOICE_SELF, /* says that it is one */
};

/*
 * Sets kind, rule, ticket and proposed address where the header, subject or sender show that the
 * mail is one (RFC 3834 and what older systems do).
 */
bool robot_answer(struct verdict *v, struct view *w);
/* The same by rule, for a mail that only its words betray: robot_voice(). */
void robot_fill(struct verdict *v, struct view *w, const char *rule, struct span evidence);
/* *rule: what it is by its words, "" for a person. */
enum robot_voice robot_voice(struct view *w, const char **rule);
/* What the subject shows the mail to be ("out of office" ...), in whatever language; or NULL. */
const char *robot_subject(const struct view *w);
/* Fields that an answering machine of a person's mailbox sets, and most mail systems do not. */
bool robot_marked(const struct view *w);
/* "no longer works here, write to X": the address X, for mails of people too. */
void robot_proposed(struct verdict *v, struct view *w);

#endif
