/*
 * sign_gpgme_context: what the files that talk to gpgme share; the one place that includes gpgme.h.
 */
#ifndef SEINPOST_SIGN_GPGME_CONTEXT_H
#define SEINPOST_SIGN_GPGME_CONTEXT_H

#include "base.h"

#include <gpgme.h>

#include "buf.h"
#include "err.h"

/* Says in words what to do about ge, and returns the code: ERR_TEMP or ERR_CONF. */
int gpg_fail(struct err *e, gpgme_error_t ge, const char *what, const char *home);
/* A context of OpenPGP for home that reaches no network and asks nobody. */
int gpg_context_new(gpgme_ctx_t *out, const char *home, struct err *e) NODISCARD;
/*
 * As gpgme_get_key(), which starts "gpg --version" each time for a context of its own: by a whole
 * fingerprint, of a key or subkey.  GPG_ERR_EOF: there is none.  Frees the results of the context's
 * last operation.
 */
gpgme_error_t gpg_key_get(gpgme_key_t *out, gpgme_ctx_t ctx, const char *fpr, int secret);
/* ERR_PERM says why nothing can be encrypted to key. */
int gpg_recipient_check(gpgme_key_t key, struct err *e) NODISCARD;
/* Appends what gpgme wrote into d, and releases d. */
void gpg_data_take(struct buf *out, gpgme_data_t d);

#endif
