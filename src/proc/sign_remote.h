/*
 * sign_remote: asks signer processes for signatures; nothing on this side of the socket reaches the
 * key.
 *
 * An agent works on one core, so there is a process and an agent for each of several copies of the
 * key's home (sign_twin_home()); the second starts when there is more to do than one can.
 */
#ifndef SEINPOST_SIGN_REMOTE_H
#define SEINPOST_SIGN_REMOTE_H

#include "base.h"
#include "err.h"
#include "gateway.h"
#include "sign_queue.h"

struct sign_pool;

struct sign_pool_options {
	const char *home, *fingerprint, *passphrase_file;
	int processes;   /* 1 to SIGN_QUEUE_FDS */
	int at_once;     /* so many of them are started at once, because there is much to sign; the
			    others when there is more to do than the running ones can; 0 as 1 */
	int per_minute; /* signatures of all processes together, each has its share; 0 = no limit */
	int patience_ms; /* without an answer while there is work: the process is ended; 0 for the
			    usual */
	/* how a process is started; NULL: spawn_role() */
	int (*spawn)(const char *role, pid_t *pid, int *fd, struct err *e);
};

/*
 * Starts the first process and waits until it has looked at the key; its errors as
 * signer_open_agent().  One that ends before it answers is started again twice.
 */
int sign_pool_open(struct sign_pool **out, const struct sign_pool_options *o,
		   struct err *e) NODISCARD;
/* Ends the processes.  Accepts NULL. */
void sign_pool_close(struct sign_pool *p);

/*
 * The pool as a signer (one at a time; a process that ended is started again once) and as a queue.
 * An answer of ERR_TEMP in the queue means that the process was lost: ask again.  Both are usable
 * at the same time.  Closing the signer closes the pool.
 *
 * Where a minute's signatures are used up the queue has no room, and the signer says ERR_TEMP.
 */
struct signer sign_pool_signer(struct sign_pool *p);
struct sign_queue sign_pool_queue(struct sign_pool *p);

/* As gateway.open_signer: the pool of the configuration's key. */
int sign_remote_open(struct gateway *g, struct err *e) NODISCARD;

#endif
