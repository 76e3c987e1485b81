/*
 * sign_queue: signatures that are made elsewhere while the asker goes on.
 *
 * Like struct signer a struct of functions, so that who asks does not know who signs.
 */
#ifndef SEINPOST_SIGN_QUEUE_H
#define SEINPOST_SIGN_QUEUE_H

#include "base.h"
#include "err.h"
#include "sign.h"

struct sign_request {
	int64_t ticket;     /* the asker's own, above 0; comes back with the answer */
	const void *data;
	size_t n;
	const char *to_fpr; /* "" to sign, else to sign and encrypt to this key */
};

struct sign_answer {
	int64_t ticket;
	int code;           /* 0 or as signer.sign() and signer.seal(); ERR_TEMP: ask again */
	const char *armour; /* signature or ciphertext; "" where code is not 0 */
	const char *micalg; /* "" for ciphertext */
	const char *text;   /* of the error */
};

enum { SIGN_QUEUE_FDS = 16 };

struct sign_queue {
	/* How many more requests it takes before the answers of others are waited for. */
	int (*room)(void *arg);
	/* Copies the request; take() and wait_on() send what was asked.  Errors: no signer can be
	 * started. */
	int (*ask)(void *arg, const struct sign_request *r, struct err *e);
	/* The next answer, in any order: 1 (its texts are valid until the next call), 0 none yet.
	 */
	int (*take)(void *arg, struct sign_answer *out);
	/* Descriptors to wait on for the next answer; at most SIGN_QUEUE_FDS. */
	int (*wait_on)(void *arg, int *fd);
	void *arg;
};

#endif
