/*
 * num: numbers, sizes and durations from text, whole and in range, or refused; and numbers as text.
 */
#ifndef SEINPOST_NUM_H
#define SEINPOST_NUM_H

#include "base.h"

enum { NUM_TEXT = 24 };

/*
 * Writes v with at least that many digits (1-10, zeros in front; a '-' counts as one, as with
 * "%0*d") and a NUL to out[NUM_TEXT]; returns where the NUL stands, for what comes behind.
 */
char *num_put(char *out, int64_t v, int digits);
/* The same for a number that has no sign, and for one in lower-case hexadecimal digits (1-16). */
char *num_put_unsigned(char *out, uint64_t v, int digits);
char *num_put_hex(char *out, uint64_t v, int digits);

/* Decimal digits only (one '-' allowed where min < 0), nothing before or behind. */
bool num_parse(int64_t *out, const char *s, int64_t min, int64_t max);
/* "512k", "10M", "1G", "100": bytes, in powers of 1024. */
bool size_parse(int64_t *out, const char *s);
/* "90s", "30m", "4h", "5d", "2w", and sums as "1h30m": seconds.  A bare number is refused. */
bool duration_parse(int64_t *out, const char *s);

#endif
