/*
 * charset: text of mails as UTF-8, and the encoded words of headers (RFC 2047).
 */
#ifndef SEINPOST_CHARSET_H
#define SEINPOST_CHARSET_H

#include "arena.h"
#include "span.h"

/*
 * What is valid UTF-8 stays as it is, whatever the mail calls it; what cannot be decoded is read as
 * windows-1252.  The result may be s itself.
 */
struct span charset_decode(struct arena *a, struct span s, const char *charset);
/* A header value without line ends; words that are not encoded right stay as they are. */
const char *charset_decode_words(struct arena *a, const char *value);

#endif
