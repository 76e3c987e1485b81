/*
 * inbox_tls: TLS as a client, by GnuTLS; the handshake fails unless the certificate is good for the
 * name.
 *
 * The socket must be non-blocking.  Where a call would have to wait it returns -1 and sets *want to
 * POLLIN or POLLOUT; with *want 0 it failed for good.
 */
#ifndef SEINPOST_INBOX_TLS_H
#define SEINPOST_INBOX_TLS_H

#include "base.h"
#include "err.h"

struct inbox_tls_session;

/*
 * name is what the certificate must be for (RFC 6125; an IP address is looked for among the
 * certificate's addresses) and what is sent as SNI.  ca_file: PEM, "" = the system's.  ERR_CONF:
 * ca_file cannot be used.
 */
int inbox_tls_new(struct inbox_tls_session **out, int fd, const char *name, const char *ca_file,
                  struct err *e) NODISCARD;
/* 0: done and the certificate is good.  ERR_CONF: it is not; ERR_NET: anything else. */
int inbox_tls_handshake(struct inbox_tls_session *t, short *want, struct err *e);
/* 0: the server closed properly. */
ssize_t inbox_tls_read(struct inbox_tls_session *t, void *p, size_t n, short *want, struct err *e);
ssize_t inbox_tls_write(struct inbox_tls_session *t, const void *p, size_t n, short *want,
			struct err *e);
bool inbox_tls_pending(const struct inbox_tls_session *t);
/* Says goodbye without waiting for an answer.  Accepts NULL. */
void inbox_tls_free(struct inbox_tls_session *t);

#endif
