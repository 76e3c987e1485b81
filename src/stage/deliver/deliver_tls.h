/*
 * deliver_tls: a TLS context of our own for one session.
 *
 * The library's own context crashes in the second session of a process, checks the wrong name,
 * sends no SNI and can hang under TLS 1.3 (the session ticket arrives before the second EHLO was
 * flushed).
 */
#ifndef SEINPOST_DELIVER_TLS_H
#define SEINPOST_DELIVER_TLS_H

#include "base.h"

#include <openssl/ssl.h>

#include "deliver.h"
#include "err.h"

/* Does not move between open and close: OpenSSL keeps its address. */
struct tls_context {
	SSL_CTX *ctx;
	bool required;
	const char *name;  /* that the certificate must have; borrowed from the route */
	bool distrusted;   /* the certificate did not verify */
	char trouble[160]; /* why, "" = nothing seen */
};

/*
 * TLS 1.2 with SNI, checking for tls_name or host.  ERR_CONF where the certificates of the CA
 * cannot be read.
 */
int tls_context_open(struct tls_context *t, const struct deliver_route *r, struct err *e) NODISCARD;
void tls_context_close(struct tls_context *t);
/* Fills trouble from OpenSSL's error queue where the certificate was not the reason. */
void tls_context_note_failure(struct tls_context *t);

#endif
