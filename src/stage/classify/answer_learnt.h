/*
 * answer_learnt: how likely each answer is, by what people wrote before.
 *
 * A second reader beside the rules: it has seen thousands of texts with their answers (the files in
 * answers/) and weighs everything that stands in a text, without its order.  The build learns the
 * weights from those files (learn_answers.c), so a line there teaches it.
 */
#ifndef SEINPOST_ANSWER_LEARNT_H
#define SEINPOST_ANSWER_LEARNT_H

#include "arena.h"
#include "span.h"
#include "verdict.h"

enum { ANSWERS = ANSWER_CALL_ME + 1 };

struct learnt {
	double likely[ANSWERS]; /* 0 to 1, together 1 */
	enum verdict_answer best;
};

void answer_learnt(struct learnt *out, struct arena *a, struct span typed);

#endif
