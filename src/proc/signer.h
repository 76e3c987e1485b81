/*
 * signer: the process that holds the way to the signing key, and the messages it takes.
 */
#ifndef SEINPOST_SIGNER_H
#define SEINPOST_SIGNER_H

#include "base.h"
#include "sign.h"

/*
 * asker -> signer: OPEN once, then the others.  signer -> asker: READY once, then an ANSWER for
 * each.
 *
 * OPEN: home, fingerprint, passphrase file, most signatures a minute (0 = no limit).  SIGN:
 * ticket, entity.  SEAL: ticket, entity, fingerprint of the key.  VERIFY: ticket, entity,
 * signature.  READY: code, text.  ANSWER: ticket, code, armour, micalg, text of the error.
 */
enum signer_message {
	SIGNER_OPEN = 1,
	SIGNER_SIGN,
	SIGNER_SEAL,
	SIGNER_VERIFY,
	SIGNER_READY,
	SIGNER_ANSWER,
};

enum {
	/* bytes of one message; a longer one ends the process */
	SIGNER_ENTITY_MAX = 2 * SIGN_ENTITY_MAX,
	SIGNER_SECONDS = 30,          /* for one operation; then the process ends */
	/* Signatures; the last of so many is verified by the reference, and the first of all where
	 * opening the signer proved none. */
	SIGNER_CHECK_EVERY = 1000,
};

typedef int signer_open_fn(struct signer *out, const struct sign_options *o, struct err *e);

/* Milliseconds of a clock that never jumps. */
typedef int64_t signer_clock_fn(void);

/*
 * Serves requests from fd until it closes.  Returns the exit status: 0 the asker is done, 1 it sent
 * what it may not, or a signature of ours did not verify (then nothing more is signed).
 *
 * Who opened it set how much it signs in a minute, and cannot change that: what is asked for beyond
 * it is answered with ERR_TEMP, whoever asks.
 */
int signer_serve(int fd, signer_open_fn *open, signer_clock_fn *now_ms, struct err *e);
/* The role. */
int signer_main(int fd);

#endif
