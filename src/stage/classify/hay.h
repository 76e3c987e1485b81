/*
 * hay: text in the form in which phrases are looked for.
 *
 * Lower case (ASCII, Latin, Greek, Cyrillic), every run of blanks and line ends one blank,
 * addresses replaced by "@", the codes repeated on each line of a multi-line SMTP reply dropped: so
 * one phrase fits however a system folds, quotes or names things.
 */
#ifndef SEINPOST_HAY_H
#define SEINPOST_HAY_H

#include "arena.h"
#include "span.h"

enum { HAY_MAX = 16 << 10, HAY_GAP = 80, HAY_GRAM = 4, HAY_GRAMS = 8192 };

struct hay {
	const char *s; /* starts and ends with a blank */
	size_t n;
	/* which four-byte sequences occur (hashed): most phrases are ruled out by one look-up */
	uint64_t grams[HAY_GRAMS / 64];
};

/* Reads at most HAY_MAX bytes of text. */
void hay_init(struct hay *h, struct arena *a, struct span text);
/* Lets hay_may_have() know what stands in another text too; hay_find() looks in the first. */
void hay_add(struct hay *h, struct arena *a, struct span text);
/*
 * Where the pattern stands, as an offset, or -1.  A '*' in it stands for up to HAY_GAP bytes.
 * Patterns are written in the form above: lower case, "@" for an address, three bytes or more
 * before the first '*'.
 */
long hay_find(const struct hay *h, const char *pattern);

/* Of the HAY_GRAM bytes at p. */
static inline unsigned hay_gram(const char *p)
{
	uint32_t bytes;

	memcpy(&bytes, p, sizeof(bytes));
	return bytes * UINT32_C(0x9e3779b1) >> 19;
}

/* False where the HAY_GRAM bytes at p do not stand in the text. */
static inline bool hay_may_hold(const struct hay *h, const char *p)
{
	unsigned g = hay_gram(p);

	return (h->grams[g >> 6] >> (g & 63) & 1) != 0;
}

/* Most phrases end here: their first four bytes do not occur. */
static inline bool hay_may_begin(const struct hay *h, const char *pattern)
{
	return hay_may_hold(h, pattern) || pattern[3] == '\0' || pattern[3] == '*';
}

static inline bool hay_has(const struct hay *h, const char *pattern)
{
	return hay_may_begin(h, pattern) && hay_find(h, pattern) >= 0;
}

bool hay_may_go_on(const struct hay *h, const char *pattern);

/* False where the pattern cannot occur. */
static inline bool hay_may_have(const struct hay *h, const char *pattern)
{
	return hay_may_begin(h, pattern) && hay_may_go_on(h, pattern);
}

/* Does any of a NULL-terminated list occur?  Returns it, or NULL. */
const char *hay_any(const struct hay *h, const char *const *patterns);

#endif
