/*
 * inbox_guard: looks at what an IMAP server sends before a parser does.
 *
 * An IMAP parser reserves memory for a literal as large as the server says ("{4294967295}") and
 * follows brackets as deep as they go.  The guard follows the bytes as they arrive and refuses
 * both.
 */
#ifndef SEINPOST_INBOX_GUARD_H
#define SEINPOST_INBOX_GUARD_H

#include "base.h"

enum { INBOX_GUARD_DEPTH = 64 };

struct inbox_guard {
	size_t max_literal;
	size_t literal;  /* bytes of one still to come, or the size being read */
	unsigned depth;  /* open brackets on this line, its literals left out */
	enum { GUARD_TEXT, GUARD_BRACE, GUARD_CLOSED, GUARD_LITERAL } state;
};

#define INBOX_GUARD_INIT(max) { .max_literal = (max) }

/* NULL, or what is wrong with these bytes; after that the connection must not be read any more. */
const char *inbox_guard_check(struct inbox_guard *g, const void *p, size_t n) NODISCARD;

#endif
