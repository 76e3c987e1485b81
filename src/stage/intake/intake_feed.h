/*
 * intake_feed: the bytes of a feed, line by line, with a way back.
 *
 * Between the mark and the cursor lies the record being read.  It is either accepted whole, or
 * given up: then only its first physical line is gone, and reading goes on behind that, so that one
 * bad row cannot swallow the next.
 * Memory is bounded: a line is kept up to FEED_LINE_MAX bytes, of a longer one only its head.
 */
#ifndef SEINPOST_INTAKE_FEED_H
#define SEINPOST_INTAKE_FEED_H

#include "base.h"
#include "buf.h"
#include "err.h"
#include "span.h"

/* One physical line, and one record of several; what is shown of a refused one. */
enum { FEED_LINE_MAX = 1 << 20, FEED_RAW_MAX = 64 * 1024 };

enum feed_result { FEED_END, FEED_LINE, FEED_LONG };

struct feed {
	int fd;
	const char *name;   /* for errors */
	struct buf data;
	size_t mark, cursor;
	uint64_t mark_line; /* physical lines before the mark, and before the cursor */
	uint64_t line;
	uint64_t base;      /* bytes dropped in front of data; cut tails do not count */
	uint64_t long_at;   /* where, on that scale, the cut line begins; UINT64_MAX = none */
	bool eof;
};

void feed_init(struct feed *f, int fd, const char *name);
void feed_clear(struct feed *f);

/*
 * Reads more behind what is there: 1, or 0 at the end, or ERR_IO.  Moves data: take pointers
 * afterwards.
 */
int feed_fill(struct feed *f, struct err *e) NODISCARD;
/* Fills until n bytes are there behind the cursor or the feed ends.  ERR_IO. */
int feed_need(struct feed *f, size_t n, struct err *e) NODISCARD;
/*
 * Takes the next physical line (without LF or CRLF) off the cursor; enum feed_result, or ERR_IO.
 * *out is valid until the next call.  FEED_LONG: more than FEED_LINE_MAX bytes; *out is its head.
 */
int feed_line(struct feed *f, struct span *out, struct err *e) NODISCARD;
/* Takes n bytes that are there; counts the lines in them. */
void feed_skip(struct feed *f, size_t n);

/* What lies between mark and cursor, without line end, at most FEED_RAW_MAX bytes. */
struct span feed_record(const struct feed *f);
/* The bytes behind the cursor that are there already. */
struct span feed_rest(const struct feed *f);
/* The record is done: the mark moves up to the cursor. */
void feed_accept(struct feed *f);
/* Back to the mark. */
void feed_rewind(struct feed *f);
/*
 * The record is given up: mark and cursor go to the end of its first physical line, which is
 * returned (cut, too).
 */
struct span feed_give_up(struct feed *f);

#endif
