/*
 * answer_sentence: where the sentences of a reply end, and what of them is said.
 */
#ifndef SEINPOST_ANSWER_SENTENCE_H
#define SEINPOST_ANSWER_SENTENCE_H

#include "arena.h"
#include "span.h"

/* Does a sentence of s end at p? */
bool sentence_end(const char *p, struct span s);

/* The typed text with a blank for all that may end a clause: so it stands in its hay. */
struct span clauses_apart(struct arena *a, struct span typed);

/* "Wat bedoelt u met "opgelost"": words between quotation marks are mentioned, not said. */
struct span without_mentions(struct arena *a, struct span typed);

#endif
