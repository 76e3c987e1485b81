/*
 * compose: text and attachment -> the bytes of a mail.  The only writer of headers.
 *
 * All output has CRLF line ends, is 7-bit and has no line over 76 (headers: 78 where they can be
 * folded) characters, so that no hop has a reason to change a byte (RFC 3156 3, RFC 2045 6.7).
 * Input: header values are checked by header_value_set() once and carried in a type; texts are
 * UTF-8.
 */
#ifndef SEINPOST_COMPOSE_H
#define SEINPOST_COMPOSE_H

#include "base.h"
#include "buf.h"
#include "clock.h"
#include "err.h"

enum { HEADER_VALUE_MAX = 998 };

/*
 * Text that may stand in a header: valid UTF-8, one line, no control characters.  Can be made in
 * one way only.
 */
struct header_value {
	char s[HEADER_VALUE_MAX + 1];
};

/*
 * ERR_INPUT: line break, control character (bidirectional overrides are such too), not UTF-8, too
 * long.
 */
int header_value_set(struct header_value *v, const char *s, struct err *e) NODISCARD;

struct compose_headers {
	struct header_value from_name, subject;
	const char *from; /* normal mail addresses, checked again here */
	const char *to;
	struct header_value to_name; /* "" for none */
	const char *reply_to;        /* NULL or "" for none, as the next but two */
	const char *message_id;      /* with angle brackets */
	int64_t date;
	const char *language;        /* Content-Language */
	/* X-Seinpost-Reference: the warning's reference; one word, up to 64 characters */
	const char *reference;
};

enum { COMPOSE_ATTACHMENTS_MAX = 16 };

struct compose_attachment {
	const char *file_name; /* UTF-8; RFC 2231 where needed */
	const char *type;      /* "text/csv; charset=utf-8; header=present" */
	const void *bytes;
	size_t len;
};

/*
 * Appends one or more encoded words or the text itself (RFC 2047), folded; column is where the line
 * stands now.
 */
void compose_encode_text(struct buf *out, const char *utf8, size_t column);
/*
 * Appends quoted-printable with CRLF, trailing blanks, "From " and dots at the start of a line
 * encoded.  text has LF or CRLF; a last line without either gets a CRLF.
 */
void compose_quoted_printable(struct buf *out, const char *text, size_t n);

/*
 * Appends the entity that is signed: multipart/mixed of the text (format=fixed, quoted-printable)
 * and the attachments (base64), or text/plain alone without attachments.  Ends with CRLF.
 * ERR_INPUT: text not UTF-8, a bad language, file name (a path, control characters) or type, more
 * than COMPOSE_ATTACHMENTS_MAX.  Here and below out is as it was after an error.
 */
int compose_entity(struct buf *out, const char *text, const char *language,
                   const struct compose_attachment *at, size_t n_at, const struct rng *rng,
                   struct err *e) NODISCARD;
/*
 * Appends the finished mail: headers (also Auto-Submitted: auto-generated, MIME-Version) and the
 * multipart/signed of entity and the armoured signature.  micalg: as the signature was really made,
 * "pgp-sha256".  RFC 3156 5. ERR_INPUT: an address, message id, signature or micalg that is none.
 */
int compose_signed(struct buf *out, const struct compose_headers *h, const struct buf *entity,
                   const char *signature, const char *micalg, const struct rng *rng,
                   struct err *e) NODISCARD;
/*
 * The same around an armoured encrypted (and signed) entity: multipart/encrypted.  RFC 3156 4.  The
 * headers, subject included, stay readable.  Anything but an armoured message is ERR_INPUT: clear
 * text never leaves this way.
 */
int compose_encrypted(struct buf *out, const struct compose_headers *h, const char *ciphertext,
                      const struct rng *rng, struct err *e) NODISCARD;
/*
 * "mailto:" link that fills in subject and body (each NULL or "" for none), percent-encoded (RFC
 * 6068).
 */
void compose_mailto(struct buf *out, const char *address, const char *subject, const char *body);
/*
 * Appends a CSV cell, always quoted; a value that begins with = + - @ TAB CR LF (or full-width
 * forms), also behind blanks, quotes or a separator inside it, gets an apostrophe there, so that no
 * spreadsheet runs it.
 */
void compose_csv_cell(struct buf *out, const char *value);

#endif
