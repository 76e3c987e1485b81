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
	case GPG_ERR_PUBKEY_ALGO:
	case GPG_ERR_DIGEST_ALGO:
	case GPG_ERR_UNSUPPORTED_ALGORITHM: return SIGNATURE_UNKNOWN;
	default: return SIGNATURE_BROKEN;
	}
}

/* Of several (a key old and new, two people) the one that says most; NULL for none. */
static const struct _gpgme_signature *telling(const struct _gpgme_signature *first)
{
	const struct _gpgme_signature *found = first;

	for (const struct _gpgme_signature *s = first; s != NULL; s = s->next) {
		if (finding_of(s) == SIGNATURE_BROKEN)
			return s;
		if (finding_of(s) == SIGNATURE_HOLDS && finding_of(found) != SIGNATURE_HOLDS)
			found = s;
	}
	return found;
}

static void judge(struct signature_check *out, gpgme_ctx_t ctx, gpgme_verify_result_t result)
{
	const struct _gpgme_signature *s = telling(result->signatures);

	if (s == NULL)
		return;
	out->finding = finding_of(s);
	out->made_at = (int64_t)s->timestamp;
	name_key(out, ctx, s->fpr);
	if (out->finding == SIGNATURE_HOLDS && out->fingerprint[0] == '\0')
		out->finding = SIGNATURE_NO_KEY;
}

/* Opened for one signature: detached over data, or (data NULL) around what goes to plain. */
struct check {
	gpgme_ctx_t ctx;
	gpgme_data_t signature, data, plain;
};

static int check_open(struct check *c, const char *home, struct err *e)
{
	int rc;

	*c = (struct check){ NULL };
	if ((rc = home_check(home, e)) < 0)
		return rc;
	return gpg_context_new(&c->ctx, home, e);
}

static void check_close(struct check *c)
{
	gpgme_data_release(c->signature);
	gpgme_data_release(c->data);
	gpgme_data_release(c->plain);
	gpgme_release(c->ctx);
}

/* What gpg cannot read as a signature is broken, too. */
static void check_run(struct check *c, struct signature_check *out)
{
	gpgme_verify_result_t result;

	if (gpgme_op_verify(c->ctx, c->signature, c->data, c->plain) != 0 ||
	    (result = gpgme_op_verify_result(c->ctx)) == NULL)
		return;
	/* looking up a key would free the result */
	gpgme_result_ref(result);
	judge(out, c->ctx, result);
	gpgme_result_unref(result);
}

int sign_check(struct signature_check *out, const char *home, const void *data, size_t n,
               const void *signature, size_t n_signature, struct err *e)
{
	struct check c;
	gpgme_error_t ge;
	int rc;

	*out = (struct signature_check){ .finding = SIGNATURE_BROKEN };
	if ((rc = check_open(&c, home, e)) == 0) {
		if ((ge = gpgme_data_new_from_mem(&c.data, data, n, 0)) == 0)
			ge = gpgme_data_new_from_mem(&c.signature, signature, n_signature, 0);
		if (ge == 0)
			check_run(&c, out);
		else
			rc = gpg_fail(e, ge, "checking a signature", home);
	}
	check_close(&c);
	return rc;
}

static void take_plain(struct buf *out, gpgme_data_t plain)
{
	char some[4096];
	ssize_t n;

	if (gpgme_data_seek(plain, 0, SEEK_SET) != 0)
		return;
	while ((n = gpgme_data_read(plain, some, sizeof(some))) > 0)
		buf_add(out, some, (size_t)n);
}

int sign_check_clear(struct signature_check *out, struct buf *plain, const char *home,
                     const void *message, size_t n, struct err *e)
{
	struct check c;
	gpgme_error_t ge;
	int rc;

	*out = (struct signature_check){ .finding = SIGNATURE_BROKEN };
	if ((rc = check_open(&c, home, e)) == 0) {
		if ((ge = gpgme_data_new_from_mem(&c.signature, message, n, 0)) == 0)
			ge = gpgme_data_new(&c.plain);
		if (ge == 0) {
			check_run(&c, out);
			take_plain(plain, c.plain);
		} else {
			rc = gpg_fail(e, ge, "checking a signature", home);
		}
	}
	check_close(&c);
	return rc;
}

/* RFC 9580, 4.2: how long the header of a packet is by its first two bytes; 0 for no signature. */
static size_t header_length(unsigned char tag, unsigned char length)
{
	enum { SIGNATURE = 2 };

	if ((tag & 0xc0) == 0xc0 && (tag & 0x3f) == SIGNATURE)
		return length < 192 ? 2 : length < 224 ? 3 : length == 255 ? 6 : 0;
	if ((tag & 0xc0) == 0x80 && (tag >> 2 & 15) == SIGNATURE && (tag & 3) < 3)
		return (size_t)1 + (1u << (tag & 3));
	return 0;
}

int signature_version(struct span packet)
{
	const unsigned char *p = (const unsigned char *)packet.p;
	size_t n = span_len(packet) < 2 ? 0 : header_length(p[0], p[1]);

	return n > 0 && span_len(packet) > n ? p[n] : 0;
}
