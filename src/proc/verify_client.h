/*
 * verify_client: a verifier (inbox_signature.h) that starts a process for each signature.
 *
 * Signed answers are few, and gpg on a hostile signature is better not kept.
 */
#ifndef SEINPOST_VERIFY_CLIENT_H
#define SEINPOST_VERIFY_CLIENT_H

#include "base.h"
#include "err.h"
#include "inbox_signature.h"

struct verify_client {
	const char *home; /* GNUPGHOME with the keys of contacts; borrowed */
	/* Starts the process as spawn_role() does; NULL: spawn_role(). */
	int (*spawn)(const char *role, pid_t *pid, int *fd, struct err *e);
	int deadline_ms; /* for one signature; 0: 12 s */
};

/* Valid as long as c.  An error of its verify(), of whatever kind, means that nobody can tell. */
struct verifier verify_client_verifier(struct verify_client *c);

#endif
