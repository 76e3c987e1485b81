/*
 * validity: what an answer or a silence says about a contact.  Pure; policy only.
 *
 * Only a bad ADDRESS costs a contact its validity.  Policy, reputation, rate, content and size are
 * the route's or the mail's fault; a full or disabled mailbox counts as soft and fades.  Every
 * change can be undone by a later delivery.
 */
#ifndef SEINPOST_VALIDITY_H
#define SEINPOST_VALIDITY_H

#include "base.h"
#include "register.h"
#include "verdict.h"

enum validity_event {
	VALIDITY_ADDRESS_BAD,  /* mailbox unknown */
	VALIDITY_DOMAIN_BAD,   /* domain unknown: all its contacts */
	VALIDITY_SOFT,         /* full, disabled, temporary for too long */
	VALIDITY_NOT_ITS_FAULT,
	VALIDITY_ANSWERED,     /* a person replied */
	VALIDITY_SILENT,       /* accepted, and no bounce for a while */
	VALIDITY_UNSUBSCRIBED, /* asked not to be written to */
};

/* Soft failures within this time add up; each lost weight after it. */
enum { SOFT_LIMIT = 3, SOFT_FADE_DAYS = 30 };

struct validity_change {
	enum contact_state state;
	int score;
	bool changed;       /* state or score differs from before, or there is a wish to keep */
	const char *reason; /* constant word for the history */
};

/* Which event a failure is, by its class, permanence and reason. */
enum validity_event validity_of_failure(enum verdict_class class, enum verdict_perm perm,
					enum verdict_reason reason);
struct validity_change validity_apply(const struct contact *k, enum validity_event event,
				      int64_t now);

/* A rung of the ladder as far as choosing the next one needs it. */
struct ladder_contact {
	const struct contact *contact;
	bool tried; /* this warning was mailed to it already */
};
/*
 * The contact to write to next: the first mail contact that was not tried and is not invalid,
 * doubtful ones last. -1 where none is left: a person has to telephone.
 */
int ladder_next(const struct ladder_contact *list, size_t n);

#endif
