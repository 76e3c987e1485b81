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

/* A connection to the agent of a home.  Commands never ask a person anything. */
struct agent_link;

/* ERR_TEMP: no agent answers.  Closed with agent_close(). */
int agent_open(struct agent_link **out, const char *home, struct err *e) NODISCARD;
/*
 * Sends one command; the data that comes back replaces what was in data (at most 8 KiB; NULL where
 * none may come).
 */
int agent_command(struct agent_link *l, const char *command, struct buf *data,
                  struct err *e) NODISCARD;
/* Accepts NULL. */
void agent_close(struct agent_link *l);

#endif
