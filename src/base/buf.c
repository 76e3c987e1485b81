/*
 * buf: a growing string of bytes.
 *
 * Invariant: s[len] == '\0'; cap == 0 means that s is the shared empty string, which is never
 * written.
 */
#include "base.h"
#include "alloc.h"
#include "buf.h"

char buf_empty[1];

void buf_clear(struct buf *b)
{
	if (b->cap != 0)
		free(b->s);
	*b = (struct buf)BUF_INIT;
}

void buf_reset(struct buf *b)
{
	b->len = 0;
	if (b->cap != 0)
		b->s[0] = '\0';
}

void buf_reserve(struct buf *b, size_t n)
{
	size_t need, cap = b->cap ? b->cap : 64;

	if (__builtin_add_overflow(b->len, n, &need) || need > SIZE_MAX / 4)
		bug("buf: %zu bytes asked", n);
	need++;
	if (need <= b->cap)
		return; /* the usual case */
	while (cap < need)
		cap *= 2;
	b->s = xrealloc(b->cap ? b->s : NULL, cap);
	b->cap = cap;
	b->s[b->len] = '\0';
}

void buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	buf_reserve(b, 128);
	n = vsnprintf(b->s + b->len, b->cap - b->len, fmt, ap);
	if (n < 0)
		bug("buf_printf: bad format");
	if ((size_t)n >= b->cap - b->len) {
		buf_reserve(b, (size_t)n);
		vsnprintf(b->s + b->len, b->cap - b->len, fmt, again);
	}
	b->len += (size_t)n;
	va_end(again);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

void buf_truncate(struct buf *b, size_t len)
{
	if (len > b->len)
		bug("buf_truncate: %zu of %zu", len, b->len);
	b->len = len;
	if (b->cap != 0)
		b->s[len] = '\0';
}

char *buf_take(struct buf *b)
{
	char *s;

	buf_reserve(b, 0);
	s = b->s;
	*b = (struct buf)BUF_INIT;
	return s;
}
