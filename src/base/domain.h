/*
 * domain: host and domain names in their one ASCII form (lower case, A-labels, no dot at the end).
 *
 * Turning "bäckerei.example" into its A-label form is ext/idn.h; here every name is ASCII already.
 */
#ifndef SEINPOST_DOMAIN_H
#define SEINPOST_DOMAIN_H

#include "base.h"

enum { DOMAIN_MAX = 253, DOMAIN_TEXT = 256 };

/*
 * Lower-cases s (n bytes) into out[DOMAIN_TEXT] and drops one dot at the end.  Refused: empty
 * labels, labels over 63 or names over 253 octets, anything but letters, digits, '-' and '_', '-'
 * at a label's end or start, names that are IP addresses, fewer than min_labels labels.
 */
bool domain_normalise(char *out, const char *s, size_t n, int min_labels);
/* Is name equal to or below parent?  Both normalised. */
bool domain_is_below(const char *name, const char *parent);

#endif
