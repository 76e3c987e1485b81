/*
 * word: states and kinds as words.  In memory they are enums, on disk and in print words; numbers
 * are never stored.
 *
 * A table lists the words in the order of the enum and ends with NULL.
 */
#ifndef SEINPOST_WORD_H
#define SEINPOST_WORD_H

#include "base.h"

/* The word of value; a value outside of the table is a bug. */
const char *word_of(const char *const *table, int value);
/* Finds word (exact, lower case); false where it is unknown. */
bool word_parse(int *out, const char *const *table, const char *word);

#endif
