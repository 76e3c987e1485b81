/*
 * queue: when a mail goes out, over which route, and when it is given up.
 *
 * Pure policy: no store, no clock, no network; time and random numbers are handed in.  The caller
 * writes what is decided here.
 */
#ifndef SEINPOST_QUEUE_H
#define SEINPOST_QUEUE_H

#include "base.h"
#include "delivery.h"
#include "finding.h"

/* ---- retries */

enum { QUEUE_STEPS = 8 };

struct queue_schedule {
	int n;                    /* used of delay[], 1 or more */
	int64_t delay[QUEUE_STEPS]; /* seconds to wait after the k-th attempt; the last repeats */
	int64_t give_up;            /* seconds from the first moment it may go out */
};

/*
 * The more severe, the sooner again and the sooner given up: then a person has to pick up the
 * phone.
 */
const struct queue_schedule *queue_schedule_for(enum severity severity);

/* What becomes of a mail whose session was lost behind the final dot. */
enum queue_unknown {
	QUEUE_UNKNOWN_RESEND, /* the same bytes again, so that the far side can see the twin */
	QUEUE_UNKNOWN_HOLD,   /* a person decides */
};
extern const char *const queue_unknown_words[]; /* "resend", "hold" */

struct queue_decision {
	enum mail_state state;
	int64_t next_try; /* for deferred, and unknown that is sent again; else 0 */
};

/* Refused by a check of our own (stage "check"), before anything went out. */
bool queue_is_check(const struct attempt_result *r);

/*
 * The state of d after r.  accepted and refused are final; what our own check refused is held,
 * because the fault is ours: a setting or the mail, and no other contact would get it either.
 * deferred and not_tried go back on the
 * schedule; not_tried, which says nothing about this mail, waits no longer than its first step, and
 * not at all where the session failed before it came to this mail (stage connect, tls, auth or
 * session): the pause of the route holds it back.  A
 * try that would come after d->give_up_at comes then, and is the last: at or after give_up_at the
 * mail is expired.
 *
 * d->attempts counts the one just made.  random: any 32 bits; they spread the waiting time by an
 * eighth either way, so that what failed together does not come back together.
 */
struct queue_decision queue_after(const struct delivery *d, const struct attempt_result *r,
                                  const struct queue_schedule *schedule, enum queue_unknown unknown,
                                  int64_t now, uint32_t random);

/* ---- whom a failure speaks of */

enum queue_blame {
	BLAME_NOBODY,    /* accepted, unknown, or too vague to say */
	BLAME_RECIPIENT, /* this address: a refusal counts against the contact */
	BLAME_MAIL,      /* size, content: the next mail may be better, the contact is fine */
	BLAME_ROUTE,     /* policy, reputation, rate, our settings, a route that is down */
};

/*
 * From stage, reply code and enhanced code (RFC 3463).  Only what is said about the mailbox blames
 * the recipient: a 5xx for policy, reputation, rate or content says nothing about the contact, and
 * neither does any answer to MAIL, which comes before the recipient is named.  A temporary answer
 * to RCPT is taken for greylisting unless its code says that the server is in trouble (X.3).
 */
enum queue_blame queue_blame(const struct attempt_result *r);

/* ---- circuit breaker of a route */

/*
 * The share of refusals among the latest results of a route, whomever they blame: a register gone
 * bad, or a relay that changed its mind, is noticed before all mails are burnt.
 */
enum { QUEUE_SHARE_MAX = 64 };
struct queue_share {
	uint64_t refused; /* a bit a result, the latest one lowest */
	int n;            /* results seen since it was empty, at most QUEUE_SHARE_MAX */
};
/*
 * One more result.  True where the latest window results (1..64) are there and percent (1..100) or
 * more of them were refusals; it is empty again then.
 */
bool queue_share_note(struct queue_share *s, int window, int percent, bool refused);

/*
 * Closed: mails go.  It opens for too many answers in a row that blame the route, or for too large
 * a share of refusals: no mail goes for a while.  Then one mail is let through to try, best one
 * that was never refused.  What fails the trial opens it again for twice as long; what passes
 * closes it, and mails go again, few at first.
 */
struct queue_breaker {
	int failures;       /* in a row that blame the route */
	bool news;          /* one of them was no repetition, see struct queue_answer */
	uint32_t domain;    /* of the last of them, see there */
	int opened;         /* times since it did well for a whole window of answers */
	int64_t open_until; /* 0 = closed; behind that time one mail is let through to try */
	int64_t good_at;    /* when a mail was accepted last */
	bool strict;        /* opened for its share of refusals: any one more fails the trial */
	int slow; /* mails that may be under way at once, since a trial; 0 = as many as ever */
	struct queue_share share;
};

struct queue_breaker_policy {
	int threshold;            /* failures in a row that open it; 1 or more */
	int64_t pause, pause_max; /* seconds; doubles each time */
	int window, percent;      /* of the share, see there; percent 0: never */
};

extern const struct queue_breaker_policy queue_breaker_default; /* 3; 60 s to 30 min; 50 % of 40 */

enum queue_breaker_news {
	BREAKER_NO_NEWS,
	BREAKER_BLAMED,       /* opened: too many answers in a row blame the route */
	BREAKER_SHARE,        /* opened: too many of the latest answers are refusals */
	BREAKER_TRIAL_FAILED, /* opened again, for longer */
	BREAKER_TRIAL_PASSED, /* closed */
};

/* What an answer over a route tells its breaker. */
struct queue_answer {
	enum queue_blame blame;
	enum outcome outcome;
	bool again;      /* the same mail was refused with the same code when it was tried last */
	uint32_t domain; /* refused at RCPT: a number for the recipient's domain; else 0 */
};

/*
 * One more answer over this route.  A mail that is refused again counts for nothing where others
 * were accepted within the longest pause; else it may open it too (a backup may take that mail),
 * but the pause does not grow for it.  The next recipient at the domain that refused last counts
 * for nothing.  On trial, an answer that blames the route fails, and where it was opened for its
 * share of refusals any refusal; there only an accepted mail passes, and what is neither (put off)
 * says nothing.  Answers of mails that were under way when it opened count for nothing.
 */
enum queue_breaker_news queue_breaker_note(struct queue_breaker *b,
                                           const struct queue_breaker_policy *policy,
                                           const struct queue_answer *answer, int64_t now);
/* Answers of which the share is taken now: fewer behind a pause. */
int queue_breaker_window(const struct queue_breaker *b, const struct queue_breaker_policy *policy);
/* Opened by somebody else (another sender, or one before us) until then, for so many seconds. */
void queue_breaker_restore(struct queue_breaker *b, const struct queue_breaker_policy *policy,
                           int64_t open_until, int64_t pause);
/* Closed by somebody else's trial. */
void queue_breaker_pass(struct queue_breaker *b);
/*
 * Mails that may be under way now: 0 while open, 1 to try once the pause is over, few at first
 * behind that, else most.
 */
int queue_breaker_allows(const struct queue_breaker *b, int64_t now, int most);

#endif
