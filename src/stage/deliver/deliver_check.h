/*
 * deliver_check: is this fit for the library, which checks nothing itself?  Pure; no library.
 */
#ifndef SEINPOST_DELIVER_CHECK_H
#define SEINPOST_DELIVER_CHECK_H

#include "base.h"
#include "deliver.h"

enum { ENVID_MAX = 100, CREDENTIAL_MAX = 255 };

/* ERR_CONF says which setting is unusable and what to do. */
int deliver_check_route(const struct deliver_route *r, struct err *e) NODISCARD;

/*
 * ERR_INPUT says why this mail cannot go out unchanged: addresses that are none (an empty sender is
 * the null reverse path), an ENVID over 100 characters (RFC 3461 4.4), bytes that are not CRLF
 * lines, NUL, lines over 998 octets, a header the library would add (Date, From, Message-ID, To),
 * drop or take for a second one.
 */
int deliver_check_mail(const struct delivery *d, struct err *e) NODISCARD;

/* Octets of s as xtext (RFC 3461 4); the library's buffer for it is small and not checked. */
size_t deliver_xtext_len(const char *s);

#endif
