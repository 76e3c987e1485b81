/*
 * reason: why a delivery failed, from the text first and the code second.
 */
#ifndef SEINPOST_REASON_H
#define SEINPOST_REASON_H

#include "hay.h"
#include "report.h"

struct reason {
	enum verdict_reason reason;
	const char *rule; /* the phrase or "code 5.1.1" kind of rule; static text */
	int weight;
};

/*
 * The reason in a normalised diagnostic with its codes.  REASON_NONE with weight 0 where nothing is
 * known.
 */
struct reason reason_find(const struct hay *h, const struct codes *codes);
/* Does it speak of a sender, so that who is unknown need not be the recipient? */
bool reason_names_sender(const struct hay *h);

#endif
