/*
 * classify: bytes of one inbound mail -> verdict.  Pure: no store, configuration, network or clock.
 *
 * The mail is hostile.  Caps on bytes, header size, parts and depth come before anything reads it
 * (each level of multiparts is looked through again); libetpan gets single parts to decode.
 * Documents: RFC 3464, 3461, 6522, 3463, 5321, 3834, 8098, 5429, 5965, 6533.
 */
#ifndef SEINPOST_CLASSIFY_H
#define SEINPOST_CLASSIFY_H

#include "base.h"
#include "verdict.h"

struct classify_limits {
	size_t bytes; /* of the mail that are read at all */
	int parts, depth;
};

extern const struct classify_limits classify_default_limits;

/* Fills *v for any bytes whatever; a mail beyond the limits is other with unparsable set. */
void classify_mail(struct verdict *v, const void *bytes, size_t n,
		   const struct classify_limits *limits);

#endif
