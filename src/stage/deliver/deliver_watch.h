/*
 * deliver_watch: what the monitor callback of the library is for: it looks at each buffer that goes
 * out, before it is written, and at each that came in, before it is parsed.  Pure; no library, no
 * clock.
 *
 * The library itself notices none of this: bytes smuggled in behind the answer to STARTTLS, AUTH
 * that failed, replies that never end, and why a session came to nothing.
 */
#ifndef SEINPOST_DELIVER_WATCH_H
#define SEINPOST_DELIVER_WATCH_H

#include "base.h"
#include "delivery.h"

enum watch_phase {
	WATCH_GREETING, WATCH_EHLO, WATCH_STARTTLS, WATCH_AUTH, WATCH_ENVELOPE, WATCH_BODY,
	WATCH_DOT,
};

enum watch_alarm {
	WATCH_FINE,
	WATCH_INJECTED, /* bytes behind the answer to STARTTLS: nothing this session says is true */
	WATCH_LONG,     /* reply or line beyond all measure */
	WATCH_SLOW,     /* reply not complete in time */
	WATCH_MIXED,    /* lines of one reply with different codes (RFC 5321, 4.2.1) */
	WATCH_AUTH_REFUSED,
	WATCH_NO_AUTH, /* about to send a mail without the AUTH or TLS that the route wants */
	WATCH_NO_TLS,
};

enum {
	WATCH_REPLY_MAX = 65536, WATCH_LINE_MAX = 1000, WATCH_GREETING_TEXT = 128,
	WATCH_HIDDEN = 2, /* keywords */
};

struct deliver_watch {
	bool need_auth, need_tls;
	int64_t limit; /* milliseconds for a reply */

	enum watch_phase phase; /* QUIT does not change it: what came before is of interest */
	bool quitting;
	enum watch_alarm alarm; /* the first one; it stays */
	bool tls;               /* told by watch_secured() */
	bool authenticated;
	int64_t due;
	size_t reply_bytes, line_bytes; /* since the last write; of this line */
	int hidden[WATCH_HIDDEN]; /* letters of each keyword that is altered matched so far */
	bool replied;     /* a complete reply came since the last command */
	bool more;        /* the line read last is not the last one of its reply */
	int owed;         /* replies that are still to come, to several commands in one write */
	int code;         /* of the line read last; 0 = none */
	size_t text_len;
	char text[REPLY_TEXT_MAX]; /* what that line says, raw, cut */
	char greeting[WATCH_GREETING_TEXT]; /* printable */
};

/* now: milliseconds of a clock that never jumps.  limit: see above. */
void watch_open(struct deliver_watch *w, int64_t limit, bool need_tls, bool need_auth);
/* A connection stands; the greeting is awaited.  May come again, for the server's next address. */
void watch_connected(struct deliver_watch *w, int64_t now);
/* The TLS handshake is over and was to our liking. */
void watch_secured(struct deliver_watch *w);
/* The body is being handed over: the library does not show it here. */
void watch_body(struct deliver_watch *w);
/* The body was handed over; the answer to the final dot is awaited, for twice the limit. */
void watch_body_end(struct deliver_watch *w, int64_t now);

/* n bytes are about to be written.  Anything but WATCH_FINE: they must not leave. */
enum watch_alarm watch_wrote(struct deliver_watch *w, const char *p, size_t n,
                             int64_t now) NODISCARD;
/*
 * n bytes came in and are about to be parsed.  Two keywords are altered in place, so that the
 * library does not know of them: CHUNKING, because with BDAT it misreports what the server said,
 * and ENHANCEDSTATUSCODES, because it cannot read an answer whose lines have different ones.  A
 * line that is a reply code alone gets the blank that the library wants behind it, in place of its
 * CR.
 */
enum watch_alarm watch_read(struct deliver_watch *w, char *p, size_t n, int64_t now) NODISCARD;

/* "connect", "tls", "auth" or "mail": how far the session had come. */
const char *watch_stage(const struct deliver_watch *w);
/*
 * Why the session came to nothing, in words; w->code is the reply code behind it or 0.  Returns
 * out.
 */
char *watch_trouble(char out[REPLY_TEXT_MAX], const struct deliver_watch *w);

#endif
