/*
 * mailaddr: one mail address, checked before anything else sees it.
 *
 * Allowed: dot-atoms and quoted local parts (RFC 5321 4.1.2), local part up to 64 octets, 254
 * octets in all, a domain of two labels or more in its ASCII form.  Not allowed: control
 * characters, CR, LF, NUL, non-ASCII local parts (SMTPUTF8 is not in libesmtp), domain literals.
 */
#ifndef SEINPOST_MAILADDR_H
#define SEINPOST_MAILADDR_H

#include "base.h"
#include "err.h"

enum { MAILADDR_MAX = 254, MAILADDR_LOCAL_MAX = 64, MAILADDR_TEXT = 256 };

/*
 * Turns one address (no display name, no angle brackets) into its normal form in
 * out[MAILADDR_TEXT]: the domain in lower case, the local part as it stands, needless quotes kept.
 * ERR_INPUT says what is wrong with it.
 */
int mailaddr_normalise(char *out, const char *s, struct err *e) NODISCARD;
/* The domain of a normal address: what stands behind its last '@'. */
const char *mailaddr_domain(const char *address);
/* Same mailbox for our purposes: local part and domain compared without case. */
bool mailaddr_same(const char *a, const char *b);

#endif
