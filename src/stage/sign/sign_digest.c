/*
 * sign_digest: SHA-256 of two pieces of bytes (GnuTLS).
 *
 * Invariant: *out is written on success only.
 * Input: the entity to be signed and the tail of its signature; only their lengths matter here.
 */
#include "base.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include "sign_digest.h"

int sign_digest(uint8_t out[32], const void *data, size_t n, const void *tail, size_t n_tail,
                struct err *e)
{
	gnutls_hash_hd_t h;
	int rc = gnutls_hash_init(&h, GNUTLS_DIG_SHA256);

	if (rc < 0)
		return err_set(e, ERR_PERM, "SHA-256: %s", gnutls_strerror(rc));
	if ((rc = gnutls_hash(h, data, n)) < 0 || (rc = gnutls_hash(h, tail, n_tail)) < 0) {
		gnutls_hash_deinit(h, NULL);
		return err_set(e, ERR_PERM, "SHA-256: %s", gnutls_strerror(rc));
	}
	gnutls_hash_deinit(h, out);
	return 0;
}
