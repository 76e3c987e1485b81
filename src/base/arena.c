/*
 * arena: memory for things that die together.
 *
 * Invariant: head is the block being filled; a request larger than a block gets one of its own.
 */
#include "base.h"
#include "alloc.h"
#include "arena.h"

enum { BLOCK_SIZE = 16 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	_Alignas(max_align_t) char data[];
};

void arena_clear(struct arena *a)
{
	struct arena_block *b = a->head, *next;

	for (; b != NULL; b = next) {
		next = b->next;
		free(b);
	}
	*a = (struct arena)ARENA_INIT;
}

static struct arena_block *add_block(struct arena *a, size_t n)
{
	size_t size = n > BLOCK_SIZE ? n : BLOCK_SIZE;
	struct arena_block *b = xmalloc(sizeof(*b) + size);

	b->next = a->head;
	b->used = 0;
	b->size = size;
	a->head = b;
	return b;
}

void *arena_take(struct arena *a, size_t n)
{
	const size_t align = _Alignof(max_align_t);
	struct arena_block *b = a->head;
	void *p;

	if (n > SIZE_MAX / 2)
		bug("arena: %zu bytes asked", n);
	n = (n + align - 1) / align * align;
	if (b == NULL || b->size - b->used < n)
		b = add_block(a, n);
	p = b->data + b->used;
	b->used += n;
	a->total += n;
	return p;
}

static char *copy(struct arena *a, const char *s, size_t n)
{
	char *p = arena_take(a, n + 1);

	memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	return copy(a, s, strnlen(s, n));
}

char *arena_strdup(struct arena *a, const char *s)
{
	return copy(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	char small[256], *p;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (n < 0)
		bug("arena_printf: bad format");
	p = arena_take(a, (size_t)n + 1);
	if ((size_t)n < sizeof(small))
		return memcpy(p, small, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}

char *arena_concat_all(struct arena *a, const char *const *part)
{
	size_t n = 0, len;
	char *all, *p;

	for (const char *const *s = part; *s != NULL; s++)
		n += strlen(*s);
	p = all = arena_take(a, n + 1);
	for (; *part != NULL; part++) {
		len = strlen(*part);
		memcpy(p, *part, len);
		p += len;
	}
	*p = '\0';
	return all;
}
