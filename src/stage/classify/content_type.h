/*
 * content_type: the grammar of Content-Type and Content-Transfer-Encoding, RFC 2045 5.1 and 6.1.
 *
 * Read as libetpan reads them: a type that is known by its start alone is that type, parameters end
 * at the first that is none, and of two parameters with one name the first counts.
 */
#ifndef SEINPOST_CONTENT_TYPE_H
#define SEINPOST_CONTENT_TYPE_H

#include "arena.h"
#include "span.h"

enum { CONTENT_TYPE_TEXT = 64, REPORT_TYPE_TEXT = 48 };

enum content_form { CONTENT_SINGLE, CONTENT_MULTIPART, CONTENT_MESSAGE };

struct content_type {
	char type[CONTENT_TYPE_TEXT];  /* "text/plain", lower case, cut */
	char report[REPORT_TYPE_TEXT]; /* parameter report-type, lower case, cut; "" for none */
	enum content_form form;        /* a multipart without boundary is single */
	const char *boundary;          /* NULL for none */
	const char *charset;           /* "us-ascii" for none */
	bool named;                    /* has a file's name */
};

enum content_encoding { ENCODING_NONE, ENCODING_QUOTED, ENCODING_BASE64 };

/* Type "text/plain", or "message/rfc822" (what a multipart/digest holds). */
void content_type_default(struct content_type *out, bool message);
/* False, and *out undefined, where the value names no type.  Strings live in the arena. */
bool content_type_parse(struct content_type *out, struct arena *a, struct span value);
/* False where the value names no encoding; one that is not known is none. */
bool content_encoding_parse(enum content_encoding *out, struct span value);

/* Behind blanks, folds and comments (RFC 5322 3.2.2) at the start of s; s.p for none. */
const char *cfws_end(struct span s);

#endif
