/*
 * answer: what a person answers to a warning, in Dutch or English.
 */
#ifndef SEINPOST_ANSWER_H
#define SEINPOST_ANSWER_H

#include "arena.h"
#include "span.h"
#include "verdict.h"

struct answer {
	enum verdict_answer answer;
	const char *rule; /* "keyword", the phrase, or "learnt"; "" for none */
	enum verdict_remark remark;
};

/*
 * typed: what the person typed (reply_typed()).  subject: decoded; its keyword counts where nothing
 * but a reference to it was typed.  Not certain is ANSWER_NONE: a person reads it.
 */
struct answer answer_read(struct arena *a, struct span typed, const char *subject);

struct reading;

/* The same without what was learnt (answer_learnt.h).  r is all zero; it tells what was heard. */
struct answer answer_by_rules(struct arena *a, struct span typed, const char *subject,
			      struct reading *r);

#endif
