/*
 * sign: entity -> OpenPGP signature.  A signer is a struct of functions, so that a stage never
 * knows which.
 *
 * Every signature is judged by its status and the pinned fingerprint before it counts as one. gpg
 * and its agent know no time limit: call these where a watchdog can end the process.  Opening a
 * signer sets SIGPIPE to be ignored (gpgme does).  The agent's socket, HOME/S.gpg-agent, has to
 * stay under 108 bytes, so keep homes short.
 */
#ifndef SEINPOST_SIGN_H
#define SEINPOST_SIGN_H

#include "base.h"
#include "buf.h"
#include "clock.h"
#include "err.h"

enum { MICALG_TEXT = 24, FINGERPRINT_TEXT = 65, SIGN_AHEAD = 16 };
enum { SIGN_ENTITY_MAX = 16 << 20 }; /* bytes that can be signed; mail servers take fewer */

struct signer {
	/*
	 * Appends the armoured detached signature (LF line ends) over exactly these bytes and names
	 * the hash that was really used ("pgp-sha256").  ERR_TEMP: agent not there; ERR_CONF: key
	 * unusable, with what to do.
	 */
	int (*sign)(void *arg, struct buf *signature, char micalg[MICALG_TEXT], const void *data,
	            size_t n, struct err *e);
	/*
	 * Appends the armoured message, signed by us and encrypted to the key with fingerprint
	 * to_fpr.  ERR_NOTFOUND: no such key here; ERR_PERM: the key cannot be used (expired,
	 * revoked, no encryption subkey).  Never clear text.
	 */
	int (*seal)(void *arg, struct buf *ciphertext, const void *data, size_t n,
	            const char *to_fpr, struct err *e);
	/* ERR_PERM unless the signature over data is good and made by our pinned key. */
	int (*verify)(void *arg, const void *data, size_t n, const char *signature,
	              size_t n_signature, struct err *e);
	void (*close)(void *arg);
	void *arg;
	/*
	 * sign() in two halves, so that the agent finds the next request when it is done with one;
	 * NULL where the signer has none.  At most SIGN_AHEAD are asked for and not fetched, and
	 * they are fetched in the order they were asked for, with the same bytes; whatever went
	 * wrong with the first half is made good in the second.
	 */
	void (*ask)(void *arg, const void *data, size_t n);
	int (*fetch)(void *arg, struct buf *signature, char micalg[MICALG_TEXT], const void *data,
	             size_t n, struct err *e);
	bool (*has_answer)(const void *arg); /* some of what fetch() waits for was read already */
	bool proven; /* opening it had gpg verify a signature made this way */
};

struct sign_options {
	const char *home;            /* GNUPGHOME */
	const char *fingerprint;     /* primary key, 40 hex digits */
	const char *passphrase_file; /* NULL or "" for an unprotected key; see file_read_secret() */
	const struct clock *clock;   /* creation time of signatures; NULL for the wall clock */
};

/*
 * The reference: gpgme_op_sign, a gpg process a signature.  Looks at the key first: revoked,
 * expired, disabled, no signing subkey are ERR_CONF that says so.
 */
int signer_open_gpgme(struct signer *out, const struct sign_options *o, struct err *e) NODISCARD;
/*
 * The fast path: one connection to gpg-agent (Assuan), kept open; Ed25519 and RSA keys; other keys
 * are ERR_NOTFOUND (use the reference).  The key never leaves the agent.  A signature is asked for
 * twice (the agent may have been restarted) and then of the reference.  gpg looks at the key and
 * verifies a probe when the signer is opened and every ten minutes.  A key with a passphrase costs
 * its S2K at every signature here too.
 */
int signer_open_agent(struct signer *out, const struct sign_options *o, struct err *e) NODISCARD;
/* Signs a few bytes with fast and has reference verify them; both stay open. */
int signer_selfcheck(struct signer *fast, struct signer *reference, struct err *e) NODISCARD;

/*
 * Makes an unprotected Ed25519 signing key that does not expire for "name <mail>" in home (created
 * 0700); its fingerprint into fpr[FINGERPRINT_TEXT].  ERR_INPUT: name or mail that cannot stand in
 * a user id.
 */
int sign_make_key(char *fpr, const char *home, const char *name, const char *mail,
                  struct err *e) NODISCARD;
/*
 * Imports one armoured or binary public key (hostile; up to 1 MiB) into home and writes its primary
 * fingerprint into fpr[FINGERPRINT_TEXT]; ERR_INPUT where it is none, several or a secret one.
 */
int sign_import_key(char *fpr, const char *home, const void *bytes, size_t n,
                    struct err *e) NODISCARD;
/* Can mails be encrypted to that key of home, today?  ERR_NOTFOUND, ERR_PERM with the reason. */
int sign_check_recipient(const char *home, const char *fpr, struct err *e) NODISCARD;
/*
 * Makes (where it is missing) the folder HOME/.agentN beside the keys of home, with the same keys
 * by symbolic links, and appends its name: a home of its own has an agent of its own, and one agent
 * works on one core.  ERR_IO, ERR_CONF.
 */
int sign_twin_home(struct buf *out, const char *home, int n, struct err *e) NODISCARD;
/* Appends the armoured public key of our signing key. */
int sign_export_key(struct buf *out, const struct sign_options *o, struct err *e) NODISCARD;

#endif
