/*
 * answer_hear: what the sentences of a reply say, before it is decided what that amounts to.
 */
#ifndef SEINPOST_ANSWER_HEAR_H
#define SEINPOST_ANSWER_HEAR_H

#include "answer_phrases.h"
#include "arena.h"
#include "span.h"

struct reading {
	const char *rule[SAYS_COUNT]; /* the phrase or rule that said it, NULL for unsaid */
	bool asked;                   /* something is asked that is no request */
	bool task;                    /* somebody is asked to see to it */
	bool question;                /* something is asked of us, if only a check */
};

/* Adds to what was heard.  typed: at most HAY_MAX bytes are read. */
void answer_hear(struct reading *r, struct arena *a, struct span typed);

#endif
