/*
 * gateway: what every command and daemon works on: configuration, store, keys, templates, signer,
 * clock.
 *
 * The flows in this folder are the callers of the stages: each reads from the store, calls a stage,
 * and writes the outcome in one transaction.  They hold no policy of their own and print nothing.
 */
#ifndef SEINPOST_GATEWAY_H
#define SEINPOST_GATEWAY_H

#include "base.h"
#include "clock.h"
#include "conf.h"
#include "err.h"
#include "register.h"
#include "sign.h"
#include "sign_queue.h"
#include "store.h"
#include "token.h"
#include "warn.h"

struct verifier;

struct gateway {
	const struct conf *conf;
	struct store *store;
	const struct clock *clock;
	const struct rng *rng;
	struct token_keys keys;
	bool have_keys;
	struct warn_catalog *catalog[2]; /* by enum language */
	struct signer signer;
	struct sign_queue sign_queue;    /* the same one, for many signatures at once */
	bool have_signer;
	uint64_t to_sign; /* about so many mails, if the caller knows before the signer is opened */
	/* Fills in signer and sign_queue; signer.close() ends both.  Set by the program: it starts
	 * processes. */
	int (*open_signer)(struct gateway *g, struct err *e);
	/* Who checks the signatures of answers (inbox_signature.h); NULL: nobody.  Set by the
	 * program. */
	const struct verifier *verifier;
	const struct sql_driver *driver; /* of the store; NULL: SQLite */
	/* For the crash test, NULL in every other program: told each step towards the network, may
	 * end the process. */
	void (*fault)(void *arg, const char *step);
	void *fault_arg;
};

/* What a command needs; opened by gateway_need() at its first use. */
enum gateway_part {
	GATEWAY_STORE = 1,
	GATEWAY_KEYS = 2,
	GATEWAY_TEMPLATES = 4,
	GATEWAY_SIGNER = 8
};

/* Opens the parts that are not open yet.  Errors say what to do. */
int gateway_need(struct gateway *g, unsigned parts, struct err *e) NODISCARD;
/* Closes everything but the configuration; accepts a gateway of which nothing is open. */
void gateway_close(struct gateway *g);

int64_t gateway_now(const struct gateway *g);
/* A step towards the network is about to be made, or was. */
void gateway_step(const struct gateway *g, const char *step);

#endif
