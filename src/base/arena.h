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
/* n bytes set to zero, aligned for any type. */
void *arena_alloc(struct arena *a, size_t n) NODISCARD;
/* The same without a value: for what is written before it is read. */
void *arena_take(struct arena *a, size_t n) NODISCARD;
char *arena_strdup(struct arena *a, const char *s) NODISCARD;
/* Copies at most n bytes and adds a NUL. */
char *arena_strndup(struct arena *a, const char *s, size_t n) NODISCARD;
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3) NODISCARD;

#endif
