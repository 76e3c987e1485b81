/*
 * answer_phrases: what people write, as data, for struct hay.
 */
#ifndef SEINPOST_ANSWER_PHRASES_H
#define SEINPOST_ANSWER_PHRASES_H

#include "verdict.h"

/* What a phrase says; SAYS_UNCLEAR makes the whole mail one for a person, SAYS_NOT takes a resolved back. */
enum answer_says {
	SAYS_RECEIVED, SAYS_RESOLVED, SAYS_NOT_OURS, SAYS_UNSUBSCRIBE, SAYS_CALL_ME, SAYS_NOT_RESOLVED, SAYS_UNCLEAR,
	SAYS_NOT_RECEIVED, SAYS_OURS, SAYS_NO_CALL, SAYS_COUNT,
};

struct answer_phrase {
	const char *text;
	enum answer_says says;
};

extern const struct answer_phrase answer_phrases[];

/* The words our mails ask for, upper and lower case alike. */
struct answer_keyword {
	const char *word;
	enum verdict_answer answer;
};
extern const struct answer_keyword answer_keywords[];

#endif
