/*
 * tlp: with whom something may be shared (FIRST TLP 2.0).
 */
#ifndef SEINPOST_TLP_H
#define SEINPOST_TLP_H

#include "base.h"

/* In the order of how strict they are. */
enum tlp { TLP_CLEAR, TLP_GREEN, TLP_AMBER, TLP_AMBER_STRICT, TLP_RED };
extern const char *const tlp_words[];

/* "" forbids nothing; a word that nobody knows forbids everything. */
enum tlp tlp_of_word(const char *word);
/* amber+strict and red never leave by mail. */
bool tlp_mailable(enum tlp t);

enum { TLP_TEXT = 20 };
/* "TLP:AMBER+STRICT" */
const char *tlp_label(char out[TLP_TEXT], enum tlp t);

#endif
