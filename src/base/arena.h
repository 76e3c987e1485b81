/*
 * arena: memory for things that die together (a parsed mail, a batch of findings, the rows of one
 * command).
 *
 * Nothing is freed alone; arena_clear() frees all.  This is what keeps cleanup code out of parsers.
 */
#ifndef SEINPOST_ARENA_H
#define SEINPOST_ARENA_H

#include "base.h"

struct arena_block;

struct arena {
	struct arena_block *head;
	size_t total; /* bytes handed out since init or clear */
};

#define ARENA_INIT { NULL, 0 }

/* Frees everything.  The arena is empty and usable afterwards; accepts an empty one. */
void arena_clear(struct arena *a);
/* n bytes with nothing written to them yet, aligned for any type. */
void *arena_take(struct arena *a, size_t n) NODISCARD;
/* n bytes set to zero, aligned for any type.  Here, so that a struct is cleared without a call. */
static inline void *arena_alloc(struct arena *a, size_t n) NODISCARD;
char *arena_strdup(struct arena *a, const char *s) NODISCARD;
/* Copies at most n bytes and adds a NUL. */
char *arena_strndup(struct arena *a, const char *s, size_t n) NODISCARD;
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3) NODISCARD;
/* The strings one behind the other: arena_concat(a, "x", "y") is "xy", without reading a format. */
#define arena_concat(a, ...) arena_concat_all(a, (const char *const[]){ __VA_ARGS__, NULL })
/* part ends with NULL. */
char *arena_concat_all(struct arena *a, const char *const *part) NODISCARD;

static inline void *arena_alloc(struct arena *a, size_t n)
{
	return memset(arena_take(a, n), 0, n);
}

#endif
