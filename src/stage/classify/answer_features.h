/*
 * answer_features: a text as the set of what stands in it, for answer_learnt.
 *
 * Words, pairs of words, their parts of three to five bytes, the classes of the lexicon and pairs
 * of those, each hashed into one of FEATURE_BUCKETS.  Order beyond that is the business of the
 * rules (answer_grammar.h).
 */
#ifndef SEINPOST_ANSWER_FEATURES_H
#define SEINPOST_ANSWER_FEATURES_H

#include "arena.h"
#include "span.h"

enum { FEATURE_BUCKETS = 1 << 16, FEATURES_MAX = 12000 };

struct answer_features {
	size_t n;
	uint16_t bucket[FEATURES_MAX]; /* each once */
};

/* Reads typed text of a hostile mail; behind FEATURES_MAX nothing is noted. */
void answer_features(struct answer_features *f, struct arena *a, struct span typed);

#endif
