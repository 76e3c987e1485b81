/*
 * compose_encode: text and bytes in the encodings of mail; for the other files of this folder only.
 */
#ifndef SEINPOST_COMPOSE_ENCODE_H
#define SEINPOST_COMPOSE_ENCODE_H

#include "base.h"
#include "buf.h"

/* Characters a line may have without its CRLF (RFC 2045 6.7 and RFC 2047 2). */
enum { COMPOSE_LINE = 76 };

/*
 * Can text stand in a header as it is, folded at blanks only: printable ASCII, no blank at either
 * end, nothing that looks like an encoded word, every word short enough for a line?  column is
 * where the line stands now.
 */
bool compose_is_plain(const char *text, size_t column);
/* Appends text and puts CRLF before a blank wherever the line would be too long. */
void compose_fold(struct buf *out, const char *text, size_t column);
/* Appends text as encoded words whatever it is, each of whole characters and at most 75 long. */
void compose_encoded_words(struct buf *out, const char *utf8, size_t column);
/* Appends base64 in lines of COMPOSE_LINE, each with CRLF. */
void compose_base64_lines(struct buf *out, const void *bytes, size_t n);
/*
 * Appends n bytes of s percent-encoded; letters, digits, "-._~" and those in also_safe stay as they
 * are.
 */
void compose_percent(struct buf *out, const char *s, size_t n, char also_safe);

#endif
