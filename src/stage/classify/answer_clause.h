/*
 * answer_clause: what one clause of a reply says by the rules of answer_grammar.h.
 */
#ifndef SEINPOST_ANSWER_CLAUSE_H
#define SEINPOST_ANSWER_CLAUSE_H

#include "answer_grammar.h"
#include "answer_hear.h"

/* Adds what the rules find in c to r, without what the clause takes back itself. */
void clause_hear(struct reading *r, const struct clause *c);

/* "nog niet" is no denial. */
bool clause_denies(const struct clause *c);
/* "stond nog open van de monteur": how it came about */
bool clause_was_open(const struct clause *c);
/*
 * Does the clause with a customer in it say whose something is, or what he did?  "Onze klanten
 * merken er niets van" does not.  received: it acknowledges, too.
 */
bool clause_about_owner(const struct clause *c, bool received);

#endif
