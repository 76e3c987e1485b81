/*
 * doctor_net: does anybody answer at a host and port?
 */
#ifndef SEINPOST_DOCTOR_NET_H
#define SEINPOST_DOCTOR_NET_H

#include "base.h"
#include "err.h"

/* Resolves and connects, seconds for each address; says nothing and closes.  ERR_NET. */
int doctor_reach(const char *host, int port, int seconds, struct err *e) NODISCARD;

#endif
