/*
 * crypto: SHA-256 and HMAC-SHA-256 by GnuTLS.
 */
#include "base.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include "crypto.h"

int crypto_sha256(uint8_t out[32], const void *data, size_t n, struct err *e)
{
	int rc = gnutls_hash_fast(GNUTLS_DIG_SHA256, data, n, out);

	return rc < 0 ? err_set(e, ERR_PERM, "SHA-256: %s", gnutls_strerror(rc)) : 0;
}

int crypto_hmac_sha256(uint8_t out[32], const void *key, size_t key_len, const void *data, size_t n,
		       struct err *e)
{
	int rc = gnutls_hmac_fast(GNUTLS_MAC_SHA256, key, key_len, data, n, out);

	return rc < 0 ? err_set(e, ERR_PERM, "HMAC: %s", gnutls_strerror(rc)) : 0;
}

char *crypto_hex(char *out, const uint8_t digest[32])
{
	for (int i = 0; i < 32; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
	return out;
}
