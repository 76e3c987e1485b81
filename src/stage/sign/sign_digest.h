/*
 * sign_digest: SHA-256 of two pieces of bytes one behind the other; for the other files of this
 * folder only.
 */
#ifndef SEINPOST_SIGN_DIGEST_H
#define SEINPOST_SIGN_DIGEST_H

#include "base.h"
#include "err.h"

/* ERR_PERM where the library has no SHA-256 to give. */
int sign_digest(uint8_t out[32], const void *data, size_t n, const void *tail, size_t n_tail,
                struct err *e) NODISCARD;

#endif
