/*
 * buf: a growing string of bytes.
 *
 * s is always NUL-terminated at s[len] (also when empty), and may hold NUL bytes before that.
 */
#ifndef SEINPOST_BUF_H
#define SEINPOST_BUF_H

#include "base.h"

struct buf {
	char *s;
	size_t len, cap;
};

extern char buf_empty[1];

#define BUF_INIT { buf_empty, 0, 0 }

/* Frees the bytes; the buffer is empty and usable afterwards. */
void buf_clear(struct buf *b);
/* Empties, keeps the memory. */
void buf_reset(struct buf *b);
/* Room for n more bytes and the NUL. */
void buf_reserve(struct buf *b, size_t n);
static inline void buf_add(struct buf *b, const void *p, size_t n);
static inline void buf_addstr(struct buf *b, const char *s);
static inline void buf_addch(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_vprintf(struct buf *b, const char *fmt, va_list ap) PRINTF_LIKE(2, 0);
/* Cuts to len bytes; len must not be larger than b->len. */
void buf_truncate(struct buf *b, size_t len);
/* The caller frees the result; b is empty after. */
char *buf_take(struct buf *b) NODISCARD;

/* Rendering a mail adds to buffers some thousand times, a few bytes each: here, so that it costs no
 * call. */
static inline void buf_add(struct buf *b, const void *p, size_t n)
{
	if (n == 0)
		return;
	if (b->cap - b->len <= n)
		buf_reserve(b, n);
	memcpy(b->s + b->len, p, n);
	b->len += n;
	b->s[b->len] = '\0';
}

static inline void buf_addstr(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

static inline void buf_addch(struct buf *b, char c)
{
	if (b->cap - b->len < 2)
		buf_reserve(b, 1);
	b->s[b->len++] = c;
	b->s[b->len] = '\0';
}

#endif
