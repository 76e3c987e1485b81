/*
 * report: what a delivery report says, one failure a recipient, whatever form it came in.
 */
#ifndef SEINPOST_REPORT_H
#define SEINPOST_REPORT_H

#include "codes.h"
#include "mime_walk.h"
#include "verdict.h"

struct failure {
	/* whom we wrote to as far as it is told, lower case; "" if not */
	char address[VERDICT_ADDRESS_TEXT];
	char final[VERDICT_ADDRESS_TEXT];
	enum verdict_action action;
	struct codes codes;
	struct span diagnostic; /* in the mail's arena */
};

struct report {
	struct failure failure[VERDICT_RECIPIENTS];
	int n;
	bool truncated;
	char envid[VERDICT_ID_TEXT];
};

void report_init(struct report *r);
/* The next free failure, zeroed; NULL and truncated where there is no room. */
struct failure *report_add(struct report *r);
struct failure *report_find(struct report *r, const char *address);

/* ---- dsn.c: RFC 3464 */

/*
 * Reads the groups of a message/delivery-status part, or of text that carries its fields because
 * the MIME around them is broken.  Returns the number of groups with a recipient, an action or a
 * status.
 */
int dsn_parse(struct report *r, struct span text);
/* Does this text have unquoted delivery-status fields? */
bool dsn_in_text(struct span *from, struct span text);

/* ---- bounce_text.c: reports in prose */

/* Up to the returned message: reads no further than "Below this line is a copy". */
struct span report_text_cut(struct span text);
/* Finds recipients and their diagnostics in the prose of a report (already cut). */
void bounce_text_parse(struct report *r, const struct mail *m, struct arena *a, struct span text);

#endif
