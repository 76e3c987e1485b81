/*
 * codes: SMTP reply codes (RFC 5321 4.2) and enhanced status codes (RFC 3463) in text.
 */
#ifndef SEINPOST_CODES_H
#define SEINPOST_CODES_H

#include "span.h"

enum { STATUS_TEXT = 12 };

struct codes {
	char status[STATUS_TEXT]; /* "5.1.1", "" for none */
	int reply;                /* 550, 0 for none */
};

/*
 * The codes of a diagnostic text: the first reply code and the first enhanced code that stand where
 * codes stand (line start, behind a reply code, '#', '(', a colon or a word such as "code"), never
 * inside IP addresses, versions, sizes. Later replies in a transcript are consequences and not
 * read.
 */
void codes_find(struct codes *out, struct span text);
/* The whole of s, surrounding blanks and a comment behind allowed: the value of a Status field. */
bool status_parse(char *out, struct span s);
/*
 * Is fine of the same class as coarse, and coarse one that says little (X.0.0, X.Y.0, X.4.7) where
 * fine says more?
 */
bool status_is_finer(const char *fine, const char *coarse);
/*
 * Replaces a status that says little by a finer one that stands in s: gateways nest the code they
 * were given.
 */
void status_refine(char *status, struct span s);

#endif
