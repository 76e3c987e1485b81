/*
 * sign_gpgme_key: making, importing and exporting keys.
 *
 * Invariant: a key is imported only after it was found to be one public key.
 * Input: keys of contacts (hostile); names and homes of our own configuration.
 */
#include "base.h"

#include "sign.h"
#include "sign_gpgme.h"
#include "sign_gpgme_context.h"
#include "sign_home.h"

enum { IMPORT_MAX = 1 << 20 };

int sign_make_key(char *fpr, const char *home, const char *name, const char *mail, struct err *e)
{
	const unsigned flags = GPGME_CREATE_SIGN | GPGME_CREATE_CERT | GPGME_CREATE_NOPASSWD |
	                       GPGME_CREATE_NOEXPIRE | GPGME_CREATE_FORCE;
	struct buf user_id = BUF_INIT, socket_name = BUF_INIT;
	gpgme_genkey_result_t made;
	gpgme_ctx_t ctx = NULL;
	gpgme_error_t ge;
	int rc;

	if ((rc = user_id_make(&user_id, name, mail, e)) < 0)
		goto out;
	if ((rc = home_make(home, e)) < 0)
		goto out;
	if ((rc = gpg_context_new(&ctx, home, e)) < 0)
		goto out;
	if ((rc = gpg_agent_socket(&socket_name, home, e)) < 0)
		goto out;
	if ((ge = gpgme_op_createkey(ctx, user_id.s, "ed25519", 0, 0, NULL, flags)) != 0) {
		rc = gpg_fail(e, ge, "making a key", home);
		goto out;
	}
	made = gpgme_op_genkey_result(ctx);
	if (made == NULL || made->fpr == NULL || !is_fingerprint(made->fpr)) {
		rc = err_set(e, ERR_PERM, "gpg made no key in %s", home);
		goto out;
	}
	snprintf(fpr, FINGERPRINT_TEXT, "%s", made->fpr);
out:
	gpgme_release(ctx);
	buf_clear(&socket_name);
	buf_clear(&user_id);
	return rc;
}

/* Reads without importing: exactly one key, and a public one? */
static int look_at_key(char *fpr, gpgme_ctx_t ctx, gpgme_data_t d, struct err *e)
{
	gpgme_key_t key = NULL;
	int n = 0, secret = 0;

	fpr[0] = '\0';
	if (gpgme_op_keylist_from_data_start(ctx, d, 0) == 0)
		while (gpgme_op_keylist_next(ctx, &key) == 0) {
			n++;
			secret += key->secret;
			if (key->fpr != NULL && is_fingerprint(key->fpr))
				snprintf(fpr, FINGERPRINT_TEXT, "%s", key->fpr);
			gpgme_key_unref(key);
		}
	gpgme_op_keylist_end(ctx);
	if (n == 0 || fpr[0] == '\0')
		return err_set(e, ERR_INPUT, "no OpenPGP public key");
	if (secret > 0)
		return err_set(e, ERR_INPUT, "a secret key; ask its owner for the public one");
	if (n > 1)
		return err_set(e, ERR_INPUT, "%d keys; one is wanted", n);
	return 0;
}

int sign_import_key(char *fpr, const char *home, const void *bytes, size_t n, struct err *e)
{
	gpgme_import_result_t result;
	gpgme_ctx_t ctx = NULL;
	gpgme_data_t d = NULL;
	gpgme_error_t ge;
	int rc;

	if (n == 0 || n > IMPORT_MAX)
		return err_set(e, ERR_INPUT, "a key of %zu octets; 1 to %d are allowed", n,
		               IMPORT_MAX);
	if ((rc = home_check(home, e)) < 0)
		return rc;
	if ((rc = gpg_context_new(&ctx, home, e)) < 0)
		return rc;
	if ((ge = gpgme_data_new_from_mem(&d, bytes, n, 0)) != 0) {
		rc = gpg_fail(e, ge, "reading a key", home);
		goto out;
	}
	if ((rc = look_at_key(fpr, ctx, d, e)) < 0)
		goto out;
	if (gpgme_data_seek(d, 0, SEEK_SET) != 0 || (ge = gpgme_op_import(ctx, d)) != 0) {
		rc = err_set(e, ERR_INPUT, "key %s cannot be imported", fpr);
		goto out;
	}
	result = gpgme_op_import_result(ctx);
	if (result == NULL || result->considered != 1 || result->imported + result->unchanged < 1 ||
	    result->imports == NULL || strcmp(result->imports->fpr, fpr) != 0)
		rc = err_set(e, ERR_INPUT, "key %s was not imported: no user id of its own making",
		             fpr);
out:
	gpgme_data_release(d);
	gpgme_release(ctx);
	return rc;
}

int sign_check_recipient(const char *home, const char *fpr, struct err *e)
{
	gpgme_ctx_t ctx = NULL;
	gpgme_key_t key = NULL;
	int rc;

	if (!is_fingerprint(fpr))
		return err_set(e, ERR_INPUT, "'%s' is no fingerprint of a key", fpr);
	if ((rc = home_check(home, e)) < 0)
		return rc;
	if ((rc = gpg_context_new(&ctx, home, e)) < 0)
		return rc;
	if (gpg_key_get(&key, ctx, fpr, 0) != 0)
		rc = err_set(e, ERR_NOTFOUND, "no public key %s in %s", fpr, home);
	else
		rc = gpg_recipient_check(key, e);
	gpgme_key_unref(key);
	gpgme_release(ctx);
	return rc;
}

int sign_export_key(struct buf *out, const struct sign_options *o, struct err *e)
{
	gpgme_ctx_t ctx = NULL;
	gpgme_data_t d = NULL;
	size_t before = out->len;
	gpgme_error_t ge;
	int rc;

	if (!is_fingerprint(o->fingerprint))
		return err_set(e, ERR_CONF, "'%s' is no fingerprint of a key", o->fingerprint);
	if ((rc = home_check(o->home, e)) < 0)
		return rc;
	if ((rc = gpg_context_new(&ctx, o->home, e)) < 0)
		return rc;
	if ((ge = gpgme_data_new(&d)) != 0 ||
	    (ge = gpgme_op_export(ctx, o->fingerprint, GPGME_EXPORT_MODE_MINIMAL, d)) != 0) {
		rc = gpg_fail(e, ge, "exporting a key", o->home);
		gpgme_data_release(d);
		goto out;
	}
	gpg_data_take(out, d);
	if (out->len == before)
		rc = err_set(e, ERR_NOTFOUND, "no public key %s in %s", o->fingerprint, o->home);
out:
	gpgme_release(ctx);
	return rc;
}
