/*
 * mime_walk: a mail as a flat list of parts with decoded text.  The only reader of MIME; libetpan,
 * which decodes, stays behind it.
 *
 * Everything points into the arena of struct mail and dies with it.
 */
#ifndef SEINPOST_MIME_WALK_H
#define SEINPOST_MIME_WALK_H

#include "arena.h"
#include "classify.h"
#include "content_type.h"
#include "span.h"

enum {
	MAIL_PARTS_MAX = 128,
	MAIL_FIELDS_MAX = 400,
	MAIL_PART_TEXT_MAX = 64 << 10, /* decoded bytes kept of one part */
	MAIL_TEXT_MAX = 512 << 10,     /* ... of all parts */
};

/* One header field as it stands; the value may be folded and encoded. */
struct mail_field {
	struct span name, value;
};

struct mail_header {
	struct mail_field field[MAIL_FIELDS_MAX];
	int n;
	struct span rest; /* what stands behind the empty line */
};

struct mail_part {
	char id[24];     /* "1.2" as IMAP counts */
	char type[64];   /* "text/plain", lower case */
	char report[48]; /* report-type parameter, lower case */
	int depth;
	int message;      /* index of the message/rfc822 part it lies in (or is), -1 for none */
	bool container;   /* multipart/..., or message/rfc822 whose content follows as parts */
	bool attached;    /* a file beside the text: by its disposition (RFC 2183) or its name */
	enum content_encoding encoding; /* as it came */
	/*
	 * UTF-8: text parts (none inside a returned message), status parts; a returned message: its
	 * raw bytes
	 */
	struct span text;
};

struct mail {
	struct arena arena;
	struct mail_header header;
	struct mail_part part[MAIL_PARTS_MAX];
	int n_parts;
	size_t text_bytes;
};

/*
 * Returns false where the limits are exceeded; *m holds at most the header then.  mail_clear()
 * either way.
 */
bool mail_parse(struct mail *m, struct span bytes, const struct classify_limits *limits);
void mail_clear(struct mail *m);

/*
 * Undoes a transfer encoding of hostile bytes from anywhere; at most MAIL_PART_TEXT_MAX come out.
 * False where it cannot be undone.
 */
bool mail_decode(struct span *out, struct arena *a, struct span s, enum content_encoding how);

/* Splits a header block; stops at the empty line or at the first line that is no field. */
void mail_header_parse(struct mail_header *h, struct span bytes);
/* The first field of this name, an empty span where there is none (p is NULL then). */
struct span mail_field_raw(const struct mail_header *h, const char *name);
/* Unfolded, RFC 2047 words decoded, in the arena; "" where there is none. */
const char *mail_field_text(struct arena *a, const struct mail_header *h, const char *name);
const char *mail_decode_header(struct arena *a, struct span raw);

#endif
