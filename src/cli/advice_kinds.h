/*
 * advice_kinds: has every kind of advice that a finding can get a text?
 */
#ifndef SEINPOST_ADVICE_KINDS_H
#define SEINPOST_ADVICE_KINDS_H

#include "base.h"
#include "conf.h"
#include "err.h"

/* A file that is missing, and who names it. */
typedef void advice_missing_fn(void *arg, const char *who, const char *kind, const char *path);

/*
 * Looks in the templates at dir for the text of each kind that the advice table and the mappings of
 * the configuration name, in every language.  Returns how many are missing, each told, or an error
 * of the table; *rules is how many rules it has.
 */
int advice_kinds_check(const struct conf *c, const char *dir, size_t *rules,
                       advice_missing_fn *missing, void *arg, struct err *e) NODISCARD;

#endif
