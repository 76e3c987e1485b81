/*
 * base32: bytes as letters and digits that survive mail systems that fold case (RFC 4648 6, lower
 * case, no padding).
 */
#ifndef SEINPOST_BASE32_H
#define SEINPOST_BASE32_H

#include "base.h"

/* Characters needed for n bytes, without the NUL. */
#define BASE32_LEN(n) (((n) * 8 + 4) / 5)

/* Writes BASE32_LEN(n) characters and a NUL; returns out. */
char *base32_encode(char *out, const void *bytes, size_t n);
/*
 * Reads exactly n bytes from BASE32_LEN(n) characters of either case.  Refused: other characters,
 * and left-over bits that are not zero (so that one value has one spelling).
 */
bool base32_decode(void *out, size_t n, const char *s);

#endif
