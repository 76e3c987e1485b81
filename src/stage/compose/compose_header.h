/*
 * compose_header: header fields, one function a kind; for the other files of this folder only.
 *
 * Each appends a whole field with its CRLF, or nothing and an error.
 */
#ifndef SEINPOST_COMPOSE_HEADER_H
#define SEINPOST_COMPOSE_HEADER_H

#include "base.h"
#include "buf.h"
#include "compose.h"

/* Free text (RFC 5322 2.2.1), in encoded words where needed. */
void compose_header_text(struct buf *out, const char *field, const struct header_value *v);
/* "name <address>"; name NULL or "" for the address alone.  ERR_INPUT: no mail address. */
int compose_header_mailbox(struct buf *out, const char *field, const struct header_value *name,
                           const char *address, struct err *e) NODISCARD;
/*
 * A value of our own making (message id, language, media type): printable ASCII or ERR_INPUT,
 * folded at its blanks. With HEADER_ONE_WORD blanks are refused too.
 */
enum header_blanks { HEADER_ONE_WORD, HEADER_BLANKS };
int compose_header_ascii(struct buf *out, const char *field, const char *value,
                         enum header_blanks blanks, struct err *e) NODISCARD;
/* "<left@right>" (RFC 5322 3.6.4) or ERR_INPUT. */
int compose_header_message_id(struct buf *out, const char *id, struct err *e) NODISCARD;
/*
 * Content-Disposition: attachment with the file name (RFC 2183), in the form of RFC 2231 where it
 * is not plain.
 */
int compose_header_attachment(struct buf *out, const char *file_name, struct err *e) NODISCARD;

#endif
