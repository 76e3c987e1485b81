/*
 * sign_gpgme: what the fast path needs of gpg and its agent; for the other files of this folder
 * only.
 */
#ifndef SEINPOST_SIGN_GPGME_H
#define SEINPOST_SIGN_GPGME_H

#include "base.h"
#include "sign.h"

enum { KEYGRIP_TEXT = 41 };

/* The key or subkey that gpg would sign with now. */
struct signing_key {
	int algorithm; /* OpenPGP number; 0 for one that the fast path does not know */
	char fingerprint[FINGERPRINT_TEXT];
	char keygrip[KEYGRIP_TEXT];
	int64_t expires; /* the first of it and its primary key; 0 for never */
};

/*
 * Looks the key of a reference signer up again.  Runs gpg, which starts the agent where there is
 * none.  ERR_CONF says what is wrong with the key.
 */
int gpg_signing_key(struct signing_key *out, const struct signer *reference,
                    struct err *e) NODISCARD;

/*
 * Appends where the agent of home listens; gpgconf knows, because the place depends on /run/user.
 * ERR_CONF: the name of the home is too long for a socket.
 */
int gpg_agent_socket(struct buf *out, const char *home, struct err *e) NODISCARD;

#endif
