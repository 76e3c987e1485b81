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

int crypto_hmac_open(void **ready, const void *key, size_t key_len, struct err *e)
{
	gnutls_hmac_hd_t h;
	int rc = gnutls_hmac_init(&h, GNUTLS_MAC_SHA256, key, key_len);

	if (rc < 0)
		return err_set(e, ERR_PERM, "HMAC: %s", gnutls_strerror(rc));
	*ready = h;
	return 0;
}

int crypto_hmac_ready(uint8_t out[32], void *ready, const void *data, size_t n, struct err *e)
{
	int rc = gnutls_hmac(ready, data, n);

	if (rc < 0)
		return err_set(e, ERR_PERM, "HMAC: %s", gnutls_strerror(rc));
	gnutls_hmac_output(ready, out); /* and begins anew with the same key */
	return 0;
}

void crypto_hmac_close(void *ready)
{
	if (ready != NULL)
		gnutls_hmac_deinit(ready, NULL);
}

char *crypto_hex(char *out, const uint8_t digest[32])
{
	for (int i = 0; i < 32; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
	return out;
}
