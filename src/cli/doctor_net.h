/*
 * doctor_net: does a mail server answer at a host and port?
 */
#ifndef SEINPOST_DOCTOR_NET_H
#define SEINPOST_DOCTOR_NET_H

#include "base.h"
#include "deliver.h"
#include "err.h"

/*
 * Resolves, connects, reads the greeting, says EHLO, and STARTTLS with the handshake of a session
 * where the route has TLS and the server too; no mail is begun and no password sent.  Each step
 * takes the route's timeout at most, and never more than DOCTOR_PATIENCE seconds.
 * ERR_NET: nobody answers; ERR_CONF: what answers cannot take our mail by this route's settings.
 */
enum { DOCTOR_PATIENCE = 30 };
int doctor_smtp(const struct deliver_route *r, struct err *e) NODISCARD;

#endif
