/*
 * reason_words: why a delivery failed, by pairs of words, where no phrase says it.
 */
#ifndef SEINPOST_REASON_WORDS_H
#define SEINPOST_REASON_WORDS_H

#include "hay.h"
#include "verdict.h"

/* The rule's name and *reason, or NULL where no pair of words is found. */
const char *reason_words(const struct hay *h, enum verdict_reason *reason);

#endif
