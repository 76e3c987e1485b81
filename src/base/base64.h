/*
 * base64: bytes as text (RFC 4648 4, with padding).  Reading it back is the mail parser's business.
 */
#ifndef SEINPOST_BASE64_H
#define SEINPOST_BASE64_H

#include "base.h"

/* Characters needed for n bytes, without the NUL. */
#define BASE64_LEN(n) (((n) + 2) / 3 * 4)

/* Writes BASE64_LEN(n) characters and a NUL; returns out. */
char *base64_encode(char *out, const void *bytes, size_t n);

#endif
