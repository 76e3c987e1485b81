/*
 * wire: typed values in a message between our own processes, and messages over a stream socket.
 *
 * A message is a 32-bit length, a 32-bit type and a payload; integers are in the byte order of the
 * machine (both ends are one binary).  The reader checks every length as if the other side were
 * hostile: the process that parses mail may be.  No policy here.
 */
#ifndef SEINPOST_WIRE_H
#define SEINPOST_WIRE_H

#include "base.h"
#include "buf.h"
#include "err.h"
#include "span.h"

enum { WIRE_MESSAGE_MAX = 64 << 20 };

void wire_put_int(struct buf *b, int64_t v);
/* s may be NULL: read back as "". */
void wire_put_text(struct buf *b, const char *s);
void wire_put_bytes(struct buf *b, const void *p, size_t n);

/* false: the message is too short for what is asked; nothing is taken then. */
bool wire_get_int(struct span *s, int64_t *out);
/* The text inside the message, with its NUL; false too where it holds none or one inside. */
bool wire_get_text(struct span *s, const char **out);
bool wire_get_bytes(struct span *s, const void **out, size_t *n);

/* One end of a socket; in and out are what was read and not yet taken, and what is still to be
 * written. */
struct channel {
	int fd;
	struct buf in, out;
	size_t taken, sent; /* bytes of in and out that are dealt with */
};

void channel_init(struct channel *c, int fd);
/* Closes the socket. */
void channel_clear(struct channel *c);
/* Appends a message to what is to be written. */
void channel_queue(struct channel *c, uint32_t type, const struct buf *payload);
/* Writes as much as goes without waiting (fd is non-blocking) or all of it (blocking).  ERR_IO
 * where nobody reads. */
int channel_flush(struct channel *c, struct err *e) NODISCARD;
bool channel_has_output(const struct channel *c);
/* Reads once.  1 something came, 0 the other side closed or died, ERR_TEMP nothing there now, or an
 * error. */
int channel_fill(struct channel *c, struct err *e) NODISCARD;
/* Would channel_fill() return at once? */
bool channel_has_input(const struct channel *c);
/*
 * Takes the next whole message: 1 with *payload valid until the next channel_fill(), 0 none yet,
 * ERR_INPUT a message that is too long.
 */
int channel_next(struct channel *c, uint32_t *type, struct span *payload, struct err *e) NODISCARD;
/*
 * Writes what was queued and waits for the next whole message (fd is non-blocking): 1 with *payload
 * as above, 0 the other side closed or died, ERR_TEMP none came within deadline_ms, or an error.
 */
int channel_ask(struct channel *c, int deadline_ms, uint32_t *type, struct span *payload,
		struct err *e) NODISCARD;

#endif
