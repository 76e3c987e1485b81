/*
 * sign_gpgme: the reference signer, a gpg process a signature.
 *
 * Invariant: what gpgme calls success counts only after its result was looked at.
 * Input: our configuration; keys of contacts (hostile: their flags are read before each use).
 */
#include "base.h"

#include "alloc.h"
#include "clock.h"
#include "fdio.h"
#include "openpgp_packet.h"
#include "sign_gpgme.h"
#include "sign_gpgme_context.h"
#include "sign_home.h"

struct gpg {
	gpgme_ctx_t ctx;
	gpgme_key_t own; /* as it was when the signer was opened */
	char *home, *fingerprint;
	struct buf passphrase;
};

static gpgme_error_t give_passphrase(void *arg, const char *hint, const char *info, int was_bad,
                                     int fd)
{
	const struct gpg *g = arg;

	UNUSED(hint);
	UNUSED(info);
	if (was_bad || gpgme_io_writen(fd, g->passphrase.s, g->passphrase.len) < 0 ||
	    gpgme_io_writen(fd, "\n", 1) < 0)
		return gpgme_error(GPG_ERR_CANCELED);
	return 0;
}

static void gpg_close(void *arg)
{
	struct gpg *g = arg;

	if (g == NULL)
		return;
	gpgme_key_unref(g->own);
	gpgme_release(g->ctx);
	explicit_bzero(g->passphrase.s, g->passphrase.len);
	buf_clear(&g->passphrase);
	free(g->home);
	free(g->fingerprint);
	free(g);
}

static int gpg_open(struct gpg **out, const struct sign_options *o, struct err *e)
{
	struct buf socket_name = BUF_INIT;
	struct gpg *g = NULL;
	int rc;

	if (!is_fingerprint(o->fingerprint))
		return err_set(
			e, ERR_CONF,
			"'%s' is no fingerprint; give all 40 hexadecimal digits without blanks",
			o->fingerprint);
	if ((rc = home_check(o->home, e)) < 0)
		return rc;
	g = xcalloc(1, sizeof(*g));
	g->passphrase = (struct buf)BUF_INIT;
	g->home = xstrdup(o->home);
	g->fingerprint = xstrdup(o->fingerprint);
	if ((rc = gpg_context_new(&g->ctx, o->home, e)) < 0)
		goto out;
	if ((rc = gpg_agent_socket(&socket_name, o->home, e)) < 0)
		goto out;
	if (o->passphrase_file != NULL && o->passphrase_file[0] != '\0') {
		if ((rc = file_read_secret(&g->passphrase, o->passphrase_file, e)) < 0)
			goto out;
		gpgme_set_pinentry_mode(g->ctx, GPGME_PINENTRY_MODE_LOOPBACK);
		gpgme_set_passphrase_cb(g->ctx, give_passphrase, g);
	}
	*out = g;
	g = NULL;
out:
	buf_clear(&socket_name);
	gpg_close(g);
	return rc;
}

static const char *date_of(char *out, long t)
{
	return t > 0 ? time_format_date(out, t) : "an unknown date";
}

/*
 * Is the primary key usable?  NULL, or what is wrong with it in words; they stand in text[].
 */
enum { FLAW_TEXT = 80 };
static const char *key_flaw(char *text, gpgme_key_t key)
{
	char date[TIME_TEXT];

	if (key->revoked)
		return "is revoked";
	if (key->expired) {
		snprintf(text, FLAW_TEXT, "expired on %s", date_of(date, key->subkeys->expires));
		return text;
	}
	if (key->disabled)
		return "is disabled";
	return key->invalid ? "is invalid" : NULL;
}

static bool subkey_usable(gpgme_subkey_t s)
{
	return !s->revoked && !s->expired && !s->disabled && !s->invalid;
}

static int key_find(gpgme_key_t *out, gpgme_ctx_t ctx, const char *fpr, int secret,
                    const char *home, struct err *e)
{
	gpgme_error_t ge = gpg_key_get(out, ctx, fpr, secret);

	if (gpgme_err_code(ge) == GPG_ERR_EOF)
		return err_set(e, ERR_NOTFOUND, "no %s key %s in %s", secret ? "secret" : "public",
		               fpr, home);
	if (ge != 0)
		return gpg_fail(e, ge, "looking up a key", home);
	if (strcasecmp((*out)->fpr, fpr) != 0) {
		gpgme_key_unref(*out);
		*out = NULL;
		return err_set(e, ERR_NOTFOUND, "%s is a subkey in %s; give its primary key", fpr,
		               home);
	}
	return 0;
}

/* As gpg does: the newest usable subkey that may sign, the primary key only where there is none. */
static gpgme_subkey_t signing_subkey(gpgme_key_t key)
{
	gpgme_subkey_t best = NULL, primary = key->subkeys;

	for (gpgme_subkey_t s = primary->next; s != NULL; s = s->next)
		if (s->can_sign && s->secret && subkey_usable(s) &&
		    (best == NULL || s->timestamp >= best->timestamp))
			best = s;
	if (best == NULL && primary->can_sign && primary->secret && subkey_usable(primary))
		best = primary;
	return best;
}

/* Our own key and the subkey that signs; the caller releases *key. */
static int own_key(gpgme_key_t *key, gpgme_subkey_t *subkey, struct gpg *g, struct err *e)
{
	char text[FLAW_TEXT];
	const char *flaw;
	int rc;

	if ((rc = key_find(key, g->ctx, g->fingerprint, 1, g->home, e)) < 0)
		return rc == ERR_NOTFOUND
		               ? err_set(e, ERR_CONF,
		                         "no secret key %s in %s, or no gpg-agent that knows it; "
		                         "see 'gpg --homedir %s -K'",
		                         g->fingerprint, g->home, g->home)
		               : rc;
	flaw = key_flaw(text, *key);
	*subkey = signing_subkey(*key);
	if (flaw == NULL && *subkey != NULL)
		return 0;
	gpgme_key_unref(*key);
	*key = NULL;
	if (flaw != NULL)
		return err_set(e, ERR_CONF, "signing key %s %s; choose or extend a key",
		               g->fingerprint, flaw);
	return err_set(e, ERR_CONF,
	               "key %s has no usable part that may sign; see 'gpg --homedir %s -K'",
	               g->fingerprint, g->home);
}

static int algorithm_of(gpgme_subkey_t s)
{
	if (s->pubkey_algo == GPGME_PK_RSA)
		return OPENPGP_RSA;
	if (s->pubkey_algo == GPGME_PK_EDDSA && s->curve != NULL &&
	    strcmp(s->curve, "ed25519") == 0)
		return OPENPGP_EDDSA;
	return 0;
}

int gpg_signing_key(struct signing_key *out, const struct signer *reference, struct err *e)
{
	struct gpg *g = reference->arg;
	gpgme_subkey_t s;
	gpgme_key_t key = NULL;
	int64_t primary;
	int rc;

	if ((rc = own_key(&key, &s, g, e)) < 0)
		return rc;
	if (s->keygrip == NULL || strlen(s->keygrip) >= KEYGRIP_TEXT ||
	    strlen(s->fpr) >= FINGERPRINT_TEXT) {
		rc = err_set(e, ERR_CONF, "gpg names no keygrip for key %s", g->fingerprint);
		goto out;
	}
	out->algorithm = algorithm_of(s);
	snprintf(out->fingerprint, sizeof(out->fingerprint), "%s", s->fpr);
	snprintf(out->keygrip, sizeof(out->keygrip), "%s", s->keygrip);
	/* long in gpgme, and seconds since 1970 in every case */
	primary = key->subkeys->expires;
	out->expires =
		primary == 0 || (s->expires != 0 && s->expires < primary) ? s->expires : primary;
out:
	gpgme_key_unref(key);
	return rc;
}

static int micalg_of(char micalg[MICALG_TEXT], gpgme_hash_algo_t algorithm, struct err *e)
{
	const char *name = gpgme_hash_algo_name(algorithm);
	int n = snprintf(micalg, MICALG_TEXT, "pgp-%s", name ? name : "");

	if (name == NULL || n >= MICALG_TEXT)
		return err_set(e, ERR_PERM, "gpg signed with a hash that has no name");
	for (char *s = micalg; *s != '\0'; s++)
		*s = ascii_lower(*s);
	return 0;
}

/* Was exactly one signature made, by a part of our key? */
static int check_made(gpgme_ctx_t ctx, gpgme_key_t key, char micalg[MICALG_TEXT], struct err *e)
{
	gpgme_sign_result_t result = gpgme_op_sign_result(ctx);

	if (result == NULL || result->invalid_signers != NULL || result->signatures == NULL ||
	    result->signatures->next != NULL)
		return err_set(e, ERR_PERM, "gpg made no signature with key %s", key->fpr);
	for (gpgme_subkey_t s = key->subkeys; s != NULL; s = s->next)
		if (strcasecmp(s->fpr, result->signatures->fpr) == 0)
			return micalg_of(micalg, result->signatures->hash_algo, e);
	return err_set(e, ERR_PERM, "gpg signed with key %s instead of %s", result->signatures->fpr,
	               key->fpr);
}

static int sign_with(struct gpg *g, struct buf *signature, char micalg[MICALG_TEXT],
                     const void *data, size_t n, struct err *e)
{
	gpgme_data_t in = NULL, made = NULL;
	gpgme_error_t ge;
	int rc;

	gpgme_signers_clear(g->ctx);
	if ((ge = gpgme_signers_add(g->ctx, g->own)) != 0 ||
	    (ge = gpgme_data_new_from_mem(&in, data, n, 0)) != 0 ||
	    (ge = gpgme_data_new(&made)) != 0 ||
	    (ge = gpgme_op_sign(g->ctx, in, made, GPGME_SIG_MODE_DETACH)) != 0) {
		rc = gpg_fail(e, ge, "signing", g->home);
		goto out;
	}
	if ((rc = check_made(g->ctx, g->own, micalg, e)) < 0)
		goto out;
	gpg_data_take(signature, made);
	made = NULL;
out:
	gpgme_data_release(made);
	gpgme_data_release(in);
	return rc;
}

static int gpg_sign(void *arg, struct buf *signature, char micalg[MICALG_TEXT], const void *data,
                    size_t n, struct err *e)
{
	struct gpg *g = arg;
	gpgme_key_t now = NULL;
	gpgme_subkey_t s;
	int rc = sign_with(g, signature, micalg, data, n, e);

	/* gpg calls an expired key "no secret key"; a second look finds the better reason */
	if (rc < 0 && rc != ERR_CONF && own_key(&now, &s, g, e) < 0)
		rc = e != NULL ? e->code : ERR_CONF;
	gpgme_key_unref(now);
	return rc;
}

/* Can mail be encrypted to it?  gpg gives one reason for all three flaws, so look first. */
int gpg_recipient_check(gpgme_key_t key, struct err *e)
{
	char text[FLAW_TEXT];
	const char *flaw = key_flaw(text, key);

	if (flaw != NULL)
		return err_set(e, ERR_PERM, "encryption key %s %s; ask the contact for a new one",
		               key->fpr, flaw);
	for (gpgme_subkey_t s = key->subkeys; s != NULL; s = s->next)
		if (s->can_encrypt && subkey_usable(s))
			return 0;
	return err_set(e, ERR_PERM,
	               "key %s has no usable encryption subkey; ask the contact for a new one",
	               key->fpr);
}

static int seal_to(struct gpg *g, gpgme_key_t to, struct buf *ciphertext, const void *data,
                   size_t n, struct err *e)
{
	gpgme_key_t recipients[] = { to, NULL };
	gpgme_data_t in = NULL, made = NULL;
	gpgme_encrypt_result_t result;
	char micalg[MICALG_TEXT];
	gpgme_error_t ge;
	int rc;

	gpgme_signers_clear(g->ctx);
	if ((ge = gpgme_signers_add(g->ctx, g->own)) != 0 ||
	    (ge = gpgme_data_new_from_mem(&in, data, n, 0)) != 0 ||
	    (ge = gpgme_data_new(&made)) != 0 ||
	    (ge = gpgme_op_encrypt_sign(g->ctx, recipients,
	                                GPGME_ENCRYPT_ALWAYS_TRUST | GPGME_ENCRYPT_NO_ENCRYPT_TO,
	                                in, made)) != 0) {
		rc = gpg_fail(e, ge, "encrypting", g->home);
		goto out;
	}
	result = gpgme_op_encrypt_result(g->ctx);
	if (result == NULL || result->invalid_recipients != NULL) {
		rc = err_set(e, ERR_PERM, "gpg did not encrypt to key %s", to->fpr);
		goto out;
	}
	if ((rc = check_made(g->ctx, g->own, micalg, e)) < 0)
		goto out;
	gpg_data_take(ciphertext, made);
	made = NULL;
out:
	gpgme_data_release(made);
	gpgme_data_release(in);
	return rc;
}

static int gpg_seal(void *arg, struct buf *ciphertext, const void *data, size_t n,
                    const char *to_fpr, struct err *e)
{
	struct gpg *g = arg;
	gpgme_key_t to = NULL;
	int rc;

	if (!is_fingerprint(to_fpr))
		return err_set(e, ERR_NOTFOUND, "'%s' is no fingerprint of a key", to_fpr);
	if ((rc = key_find(&to, g->ctx, to_fpr, 0, g->home, e)) < 0)
		return rc;
	if ((rc = gpg_recipient_check(to, e)) == 0)
		rc = seal_to(g, to, ciphertext, data, n, e);
	gpgme_key_unref(to);
	return rc;
}

/* Good by its status, by our pinned key, and with nothing wrong with that key. */
static int judge(struct gpg *g, gpgme_signature_t sig, struct err *e)
{
	gpgme_key_t key = NULL;
	char text[FLAW_TEXT];
	const char *flaw;
	int rc = 0;

	if (gpgme_err_code(sig->status) != GPG_ERR_NO_ERROR)
		return err_set(e, ERR_PERM, "signature of %s: %s", sig->fpr ? sig->fpr : "nobody",
		               gpgme_strerror(sig->status));
	if (sig->wrong_key_usage)
		return err_set(e, ERR_PERM, "signature of %s: that key may not sign", sig->fpr);
	if (gpg_key_get(&key, g->ctx, sig->fpr, 0) != 0)
		return err_set(e, ERR_PERM, "signature of %s: key not found", sig->fpr);
	if (strcasecmp(key->fpr, g->fingerprint) != 0)
		rc = err_set(e, ERR_PERM, "signed by %s instead of %s", key->fpr, g->fingerprint);
	else if ((flaw = key_flaw(text, key)) != NULL)
		rc = err_set(e, ERR_PERM, "signed by %s, which %s", key->fpr, flaw);
	gpgme_key_unref(key);
	return rc;
}

static int gpg_verify(void *arg, const void *data, size_t n, const char *signature,
                      size_t n_signature, struct err *e)
{
	struct gpg *g = arg;
	gpgme_data_t text = NULL, sig = NULL;
	gpgme_verify_result_t result = NULL;
	gpgme_error_t ge;
	int rc = 0;

	if ((ge = gpgme_data_new_from_mem(&text, data, n, 0)) != 0 ||
	    (ge = gpgme_data_new_from_mem(&sig, signature, n_signature, 0)) != 0) {
		rc = gpg_fail(e, ge, "verifying", g->home);
		goto out;
	}
	ge = gpgme_op_verify(g->ctx, sig, text, NULL);
	result = gpgme_op_verify_result(g->ctx);
	if (ge != 0 || result == NULL || result->signatures == NULL) {
		rc = err_set(e, ERR_PERM, "no signature to verify: %s", gpgme_strerror(ge));
		goto out;
	}
	/* looking up a key would free the result */
	gpgme_result_ref(result);
	for (gpgme_signature_t s = result->signatures; s != NULL && rc == 0; s = s->next)
		rc = judge(g, s, e);
	gpgme_result_unref(result);
out:
	gpgme_data_release(sig);
	gpgme_data_release(text);
	return rc;
}

int signer_open_gpgme(struct signer *out, const struct sign_options *o, struct err *e)
{
	gpgme_subkey_t s;
	struct gpg *g = NULL;
	int rc;

	if ((rc = gpg_open(&g, o, e)) < 0)
		return rc;
	if ((rc = own_key(&g->own, &s, g, e)) < 0) {
		gpg_close(g);
		return rc;
	}
	*out = (struct signer){ .sign = gpg_sign,
		                .seal = gpg_seal,
		                .verify = gpg_verify,
		                .close = gpg_close,
		                .arg = g };
	return 0;
}
