/*
 * sign_check: signatures of others, by gpg and the keys of contacts.
 *
 * Invariant: a signature holds only by gpg's own status, with nothing wrong with its key.
 * Input: a hostile signature over hostile bytes; keys of contacts.
 */
#include "base.h"

#include "sign_check.h"
#include "sign_gpgme_context.h"
#include "sign_home.h"

static bool key_spoilt(gpgme_key_t key)
{
	return key->revoked || key->expired || key->disabled || key->invalid;
}

/* The primary key behind the fingerprint that signed, which may be a subkey's. */
static void name_key(struct signature_check *out, gpgme_ctx_t ctx, const char *fpr)
{
	gpgme_key_t key = NULL;

	if (fpr == NULL || gpg_key_get(&key, ctx, fpr, 0) != 0)
		return;
	if (key->fpr != NULL && is_fingerprint(key->fpr))
		snprintf(out->fingerprint, sizeof(out->fingerprint), "%s", key->fpr);
	if (out->finding == SIGNATURE_HOLDS && key_spoilt(key))
		out->finding = SIGNATURE_KEY_UNUSABLE;
	gpgme_key_unref(key);
}

static enum signature_finding finding_of(const struct _gpgme_signature *s)
{
	switch (gpgme_err_code(s->status)) {
	case GPG_ERR_NO_ERROR:
		return s->wrong_key_usage ? SIGNATURE_KEY_UNUSABLE : SIGNATURE_HOLDS;
	case GPG_ERR_NO_PUBKEY: return SIGNATURE_NO_KEY;
	case GPG_ERR_SIG_EXPIRED:
	case GPG_ERR_KEY_EXPIRED:
	case GPG_ERR_CERT_REVOKED: return SIGNATURE_KEY_UNUSABLE;
	default: return SIGNATURE_BROKEN;
	}
}

static void judge(struct signature_check *out, gpgme_ctx_t ctx, gpgme_verify_result_t result)
{
	const struct _gpgme_signature *s = result->signatures;

	if (s == NULL || s->next != NULL)
		return;
	out->finding = finding_of(s);
	name_key(out, ctx, s->fpr);
	if (out->finding == SIGNATURE_HOLDS && out->fingerprint[0] == '\0')
		out->finding = SIGNATURE_NO_KEY;
}

int sign_check(struct signature_check *out, const char *home, const void *data, size_t n,
               const void *signature, size_t n_signature, struct err *e)
{
	gpgme_data_t text = NULL, sig = NULL;
	gpgme_verify_result_t result;
	gpgme_ctx_t ctx = NULL;
	gpgme_error_t ge;
	int rc;

	*out = (struct signature_check){ .finding = SIGNATURE_BROKEN };
	if ((rc = home_check(home, e)) < 0 || (rc = gpg_context_new(&ctx, home, e)) < 0)
		return rc;
	if ((ge = gpgme_data_new_from_mem(&text, data, n, 0)) != 0 ||
	    (ge = gpgme_data_new_from_mem(&sig, signature, n_signature, 0)) != 0) {
		rc = gpg_fail(e, ge, "checking a signature", home);
		goto out;
	}
	/* what gpg cannot read as a signature is broken, too */
	if (gpgme_op_verify(ctx, sig, text, NULL) == 0 &&
	    (result = gpgme_op_verify_result(ctx)) != NULL) {
		/* looking up a key would free the result */
		gpgme_result_ref(result);
		judge(out, ctx, result);
		gpgme_result_unref(result);
	}
out:
	gpgme_data_release(sig);
	gpgme_data_release(text);
	gpgme_release(ctx);
	return rc;
}
