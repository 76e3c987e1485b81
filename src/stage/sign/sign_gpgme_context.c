/*
 * sign_gpgme_context: what the files that talk to gpgme share.
 *
 * Invariant: a context has its own home, is offline and asks no person anything.
 * Input: homes from our configuration.
 */
#include "base.h"

#include <sys/un.h>

#include "sign_gpgme.h"
#include "sign_gpgme_context.h"

int gpg_fail(struct err *e, gpgme_error_t ge, const char *what, const char *home)
{
	switch (gpgme_err_code(ge)) {
	case GPG_ERR_NO_AGENT:
	case GPG_ERR_ASS_CONNECT_FAILED:
	case GPG_ERR_ENOENT:
	case GPG_ERR_ECONNREFUSED:
	case GPG_ERR_EPIPE:
	case GPG_ERR_EOF:
		return err_set(
			e, ERR_TEMP,
			"%s: no gpg-agent answers for %s (%s); try 'gpg-connect-agent --homedir "
			"%s /bye'",
			what, home, gpgme_strerror(ge), home);
	case GPG_ERR_BAD_PASSPHRASE:
		return err_set(e, ERR_CONF, "%s: the passphrase is wrong; see passphrase_file",
		               what);
	case GPG_ERR_NO_PIN_ENTRY:
	case GPG_ERR_CANCELED:
	case GPG_ERR_FULLY_CANCELED:
	case GPG_ERR_NO_PASSPHRASE:
		return err_set(
			e, ERR_CONF,
			"%s: the key has a passphrase; name a file with it in passphrase_file",
			what);
	case GPG_ERR_INV_ENGINE:
		return err_set(e, ERR_CONF, "%s: gpg cannot be run (%s); install gnupg", what,
		               gpgme_strerror(ge));
	default:
		return err_set(e, ERR_TEMP, "%s: %s (%s)", what, gpgme_strerror(ge),
		               gpgme_strsource(ge));
	}
}

int gpg_context_new(gpgme_ctx_t *out, const char *home, struct err *e)
{
	gpgme_ctx_t ctx = NULL;
	gpgme_error_t ge;

	gpgme_check_version(NULL);
	if ((ge = gpgme_engine_check_version(GPGME_PROTOCOL_OpenPGP)) != 0 ||
	    (ge = gpgme_new(&ctx)) != 0)
		return gpg_fail(e, ge, "gpgme", home);
	if ((ge = gpgme_ctx_set_engine_info(ctx, GPGME_PROTOCOL_OpenPGP, NULL, home)) != 0 ||
	    (ge = gpgme_set_pinentry_mode(ctx, GPGME_PINENTRY_MODE_ERROR)) != 0 ||
	    (ge = gpgme_set_keylist_mode(ctx, GPGME_KEYLIST_MODE_LOCAL |
	                                              GPGME_KEYLIST_MODE_WITH_SECRET |
	                                              GPGME_KEYLIST_MODE_WITH_KEYGRIP)) != 0) {
		gpgme_release(ctx);
		return gpg_fail(e, ge, "gpgme", home);
	}
	gpgme_set_offline(ctx, 1);
	gpgme_set_armor(ctx, 1);
	gpgme_set_textmode(ctx, 0);
	*out = ctx;
	return 0;
}

gpgme_error_t gpg_key_get(gpgme_key_t *out, gpgme_ctx_t ctx, const char *fpr, int secret)
{
	gpgme_error_t ge = gpgme_op_keylist_start(ctx, fpr, secret);
	gpgme_key_t other = NULL;

	*out = NULL;
	if (ge == 0)
		ge = gpgme_op_keylist_next(ctx, out);
	if (ge == 0 && gpgme_op_keylist_next(ctx, &other) == 0) {
		gpgme_key_unref(other);
		gpgme_key_unref(*out);
		*out = NULL;
		ge = gpgme_error(GPG_ERR_AMBIGUOUS_NAME);
	}
	gpgme_op_keylist_end(ctx);
	return ge;
}

void gpg_data_take(struct buf *out, gpgme_data_t d)
{
	size_t n = 0;
	char *s = gpgme_data_release_and_get_mem(d, &n);

	if (s != NULL)
		buf_add(out, s, n);
	gpgme_free(s);
}

/*
 * The socket's name has to fit into a sockaddr_un; beyond that gpg says no more than "no agent".
 */
int gpg_agent_socket(struct buf *out, const char *home, struct err *e)
{
	const char *argv[] = { "gpgconf", "--homedir", home, "--list-dirs", "agent-socket", NULL };
	gpgme_ctx_t ctx = NULL;
	gpgme_data_t d = NULL;
	gpgme_error_t ge;
	int rc = 0;

	if ((ge = gpgme_new(&ctx)) != 0 || (ge = gpgme_data_new(&d)) != 0 ||
	    (ge = gpgme_set_protocol(ctx, GPGME_PROTOCOL_SPAWN)) != 0 ||
	    (ge = gpgme_op_spawn(ctx, gpgme_get_dirinfo("gpgconf-name"), argv, NULL, d, NULL, 0)) !=
	            0) {
		rc = gpg_fail(e, ge, "running gpgconf", home);
		gpgme_data_release(d);
		goto out;
	}
	gpg_data_take(out, d);
	buf_truncate(out, strcspn(out->s, "\n"));
	if (out->len == 0)
		rc = err_set(e, ERR_TEMP, "gpgconf names no agent socket for %s", home);
	else if (out->len >= sizeof(((struct sockaddr_un *)NULL)->sun_path))
		rc = err_set(e, ERR_CONF,
		             "%s: too long a name for the agent's socket; choose a shorter one",
		             home);
out:
	gpgme_release(ctx);
	return rc;
}
