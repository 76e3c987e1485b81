/*
 * answer_phrases: what people write, as data, for struct hay.
 */
#ifndef SEINPOST_ANSWER_PHRASES_H
#define SEINPOST_ANSWER_PHRASES_H

#include "verdict.h"

/*
 * What a phrase says.  SAYS_UNCLEAR makes the whole mail one for a person; the SAYS_NOT_ words take
 * their opposite back within a clause; SAYS_CHANGED is a repair where its clause names a thing of
 * ours; SAYS_THANKS is an acknowledgement only where nothing is asked; SAYS_PLANNED is a repair to
 * come, SAYS_REST something left to repair; SAYS_UNSURE leaves only that they know of it;
 * SAYS_CONTACT and SAYS_NUMBER together are a request to be called; SAYS_IF is a condition, under
 * which nothing is claimed; SAYS_OURS takes SAYS_NOT_OURS back in the whole mail; SAYS_DOUBT leaves
 * requests and plans; SAYS_CLIENT, that it is a customer's, leaves requests;
 * SAYS_HARM, that the attackers were there, leaves nothing: a person reads it.
 */
enum answer_says {
	SAYS_RECEIVED,
	SAYS_THANKS,
	SAYS_RESOLVED,
	SAYS_CHANGED,
	SAYS_NOT_OURS,
	SAYS_UNSUBSCRIBE,
	SAYS_CALL_ME,
	SAYS_UNCLEAR,
	SAYS_NOT_RESOLVED,
	SAYS_NOT_RECEIVED,
	SAYS_NO_CALL,
	SAYS_PLANNED,
	SAYS_REST,
	SAYS_UNSURE,
	SAYS_NO_UNSUBSCRIBE,
	SAYS_CONTACT,
	SAYS_NUMBER,
	SAYS_IF,
	SAYS_OURS,
	SAYS_DOUBT,
	SAYS_CLIENT,
	SAYS_HARM,
	SAYS_COUNT,
};

struct answer_phrase {
	const char *text;
	enum answer_says says;
};

extern const struct answer_phrase answer_phrases[]; /* whose it is, what they want of us, doubt */
extern const struct answer_phrase answer_work[];    /* what they did or will do */
extern const struct answer_phrase answer_idioms[];  /* of both kinds */
/* Lists of words, NULL at the end. */
extern const char *const answer_conjunction[]; /* where a clause ends without a comma */
extern const char *const answer_future[];      /* a repair that is still to come */
extern const char *const answer_sometime[];    /* as answer_future, or past: "is vanmiddag" */
extern const char *const answer_suits[];       /* "als dat kan": no condition of a request */
extern const char *const answer_thing[];       /* what may be repaired */
extern const char *const answer_repair[];      /* stems of repairing, for plans */
extern const char *const answer_negation[];    /* in a clause without "meer", "langer" */
extern const char *const answer_question[];    /* how questions begin */
extern const char *const answer_request[];     /* how polite requests begin */
extern const char *const answer_closing[];     /* "als u nog vragen heeft": says nothing */
extern const char *const answer_supposed[];    /* "bedoelt u A, dan": how suppositions begin */
extern const char *const answer_courtesy[];    /* "zou fijn zijn als": a request */
extern const char *const answer_not_so[];      /* "het is niet zo dat": denies what follows */
extern const char *const answer_disputes[];    /* "hoe komt u daaraan": what was said is no news */
extern const char *const answer_also[];        /* what neighbours have besides us */
extern const char *const answer_rather[];      /* "kunt u niet beter bellen": asks for it */

/* The words our mails ask for, upper and lower case alike. */
struct answer_keyword {
	const char *word;
	enum verdict_answer answer;
};
extern const struct answer_keyword answer_keywords[];

#endif
