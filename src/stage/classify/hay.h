/*
 * hay: text in the form in which phrases are looked for.
 *
 * Lower case (ASCII), every run of blanks and line ends one blank, addresses replaced by "@", the
 * codes repeated on each line of a multi-line SMTP reply dropped: so one phrase fits however a
 * system folds, quotes or names things.
 */
#ifndef SEINPOST_HAY_H
#define SEINPOST_HAY_H

#include "arena.h"
#include "span.h"

enum { HAY_MAX = 16 << 10, HAY_GAP = 80 };

struct hay {
	const char *s; /* starts and ends with a blank */
	size_t n;
	/* which three-byte sequences occur (hashed): most phrases are ruled out by two look-ups */
	uint64_t grams[64];
};

/* Reads at most HAY_MAX bytes of text. */
void hay_init(struct hay *h, struct arena *a, struct span text);
/*
 * Where the pattern stands, as an offset, or -1.  A '*' in it stands for up to HAY_GAP bytes.
 * Patterns are written in the form above: lower case, "@" for an address, three bytes or more
 * before the first '*'.
 */
long hay_find(const struct hay *h, const char *pattern);
static inline unsigned hay_gram(const char *p)
{
	return ((unsigned)(unsigned char)p[0] << 7 ^ (unsigned)(unsigned char)p[1] << 4 ^
	        (unsigned char)p[2]) &
	       4095;
}

/* Most phrases end here: their first three bytes (no '*' among them) do not occur. */
static inline bool hay_has(const struct hay *h, const char *pattern)
{
	unsigned g = hay_gram(pattern);

	return (h->grams[g >> 6] >> (g & 63) & 1) != 0 && hay_find(h, pattern) >= 0;
}

/* Does any of a NULL-terminated list occur?  Returns it, or NULL. */
const char *hay_any(const struct hay *h, const char *const *patterns);

#endif
