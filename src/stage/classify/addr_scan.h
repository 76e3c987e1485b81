/*
 * addr_scan: mail addresses in running text.
 */
#ifndef SEINPOST_ADDR_SCAN_H
#define SEINPOST_ADDR_SCAN_H

#include "span.h"

struct found_address {
	struct span at; /* the address alone */
	bool bracketed; /* stood in <> */
};

/* The first address in s; false where there is none.  Linear over repeated calls. */
bool addr_find(struct found_address *out, struct span s);
/*
 * Writes the address in lower case into out[size], without a display name, brackets or "mailto:";
 * "" and false where s holds none or one that does not fit.
 */
bool addr_copy(char *out, size_t size, struct span s);
/* mailer-daemon, postmaster and their like: who sends reports, never whom we wrote to. */
bool addr_is_system(struct span address);

#endif
