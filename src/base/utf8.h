/*
 * utf8: is it UTF-8, and making text from outside safe to show.
 */
#ifndef SEINPOST_UTF8_H
#define SEINPOST_UTF8_H

#include "base.h"
#include "buf.h"

/*
 * Decodes one character at s (n bytes left).  Returns its length 1-4 and sets *cp; 0 for bytes that
 * are no well-formed UTF-8 (RFC 3629: overlong forms, surrogates and values over U+10FFFF included)
 * and for n == 0.
 */
size_t utf8_decode(uint32_t *cp, const char *s, size_t n);
/* SIZE_MAX where all of it is valid, else the offset of the first bad byte. */
size_t utf8_check(const char *s, size_t n);
/* How many bytes at the start of s (n bytes) are ASCII. */
size_t utf8_ascii_run(const char *s, size_t n);
/* How many bytes at the start of s (n bytes) are printable ASCII, blanks included. */
size_t utf8_plain_run(const char *s, size_t n);
/* How many characters the n bytes at s are; a byte that continues none before it counts as part. */
size_t utf8_count(const char *s, size_t n);
/*
 * Appends s so that it can be shown on a terminal or stored: control characters (C0 but tab and LF,
 * DEL, C1), bidirectional overrides (U+202A-202E, U+2066-2069) and invalid bytes become '?'.  With
 * one_line, tab and LF too become blanks.  At most max bytes are appended, never half a character.
 */
void utf8_printable(struct buf *out, const char *s, size_t n, size_t max, bool one_line);

#endif
