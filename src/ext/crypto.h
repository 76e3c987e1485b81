/*
 * crypto: SHA-256 and HMAC-SHA-256 (GnuTLS).
 */
#ifndef SEINPOST_CRYPTO_H
#define SEINPOST_CRYPTO_H

#include "base.h"
#include "err.h"

int crypto_sha256(uint8_t out[32], const void *data, size_t n, struct err *e) NODISCARD;
/* The shape of hmac_fn in model/token.h. */
int crypto_hmac_sha256(uint8_t out[32], const void *key, size_t key_len, const void *data, size_t n,
		       struct err *e);
/*
 * A key for many HMACs, set up once; the caller closes it, which wipes it and accepts NULL.
 * crypto_hmac_ready() has the shape of hmac_ready_fn in model/token.h.
 */
int crypto_hmac_open(void **ready, const void *key, size_t key_len, struct err *e) NODISCARD;
int crypto_hmac_ready(uint8_t out[32], void *ready, const void *data, size_t n, struct err *e);
void crypto_hmac_close(void *ready);
/* 64 lower-case hex digits and a NUL into out[65]; returns out. */
char *crypto_hex(char *out, const uint8_t digest[32]);

#endif
