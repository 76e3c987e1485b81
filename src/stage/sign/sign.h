/*
 * sign: entity -> OpenPGP signature.  A signer is a struct of functions, so that a stage never knows which.
 *
 * Every signature is judged by its status and the pinned fingerprint before it counts as one.
 */
#ifndef SEINPOST_SIGN_H
#define SEINPOST_SIGN_H

#include "base.h"
#include "buf.h"
#include "err.h"

enum { MICALG_TEXT = 24 };

struct signer {
	/*
	 * Appends the armoured detached signature (LF line ends) over exactly these bytes and names the hash that was
	 * really used ("pgp-sha256").  ERR_TEMP: agent not there; ERR_CONF: key unusable, with what to do.
	 */
	int (*sign)(void *arg, struct buf *signature, char micalg[MICALG_TEXT], const void *data, size_t n,
	            struct err *e);
	/*
	 * Appends the armoured message, signed by us and encrypted to the key with fingerprint to_fpr.  ERR_NOTFOUND: no
	 * such key here; ERR_PERM: the key cannot be used (expired, revoked, no encryption subkey).  Never clear text.
	 */
	int (*seal)(void *arg, struct buf *ciphertext, const void *data, size_t n, const char *to_fpr, struct err *e);
	/* ERR_PERM unless the signature over data is good and made by our pinned key. */
	int (*verify)(void *arg, const void *data, size_t n, const char *signature, size_t n_signature, struct err *e);
	void (*close)(void *arg);
	void *arg;
};

struct sign_options {
	const char *home;        /* GNUPGHOME */
	const char *fingerprint; /* primary key, 40 hex digits */
	const char *passphrase_file; /* or "" */
};

/*
 * The reference: gpgme_op_sign, a gpg process a signature.  Looks at the key first: revoked, expired, disabled, no
 * signing subkey are ERR_CONF that says so.
 */
int signer_open_gpgme(struct signer *out, const struct sign_options *o, struct err *e) NODISCARD;
/*
 * The fast path: gpgme's Assuan engine on one connection to gpg-agent, kept open; Ed25519 and RSA keys; other keys
 * are ERR_NOTFOUND (use the reference).  The key never leaves the agent.
 */
int signer_open_agent(struct signer *out, const struct sign_options *o, struct err *e) NODISCARD;

/* Makes an unprotected Ed25519 signing key for "name <mail>" in home (created 0700); its fingerprint into fpr[65]. */
int sign_make_key(char *fpr, const char *home, const char *name, const char *mail, struct err *e) NODISCARD;
/* Imports an armoured or binary public key and returns its primary fingerprint; ERR_INPUT where it is none. */
int sign_import_key(char *fpr, const char *home, const void *bytes, size_t n, struct err *e) NODISCARD;
/* Appends the armoured public key of our signing key. */
int sign_export_key(struct buf *out, const struct sign_options *o, struct err *e) NODISCARD;

#endif
