/*
 * alloc: memory that is there, or the program ends.
 *
 * Every function aborts the process when memory is exhausted: all state worth keeping is in the
 * store, and the supervisor restarts (the idiom of Postfix and git).  Sizes that come from outside
 * are capped by the caller first.
 */
#ifndef SEINPOST_ALLOC_H
#define SEINPOST_ALLOC_H

#include "base.h"

void *xmalloc(size_t n) NODISCARD;
void *xcalloc(size_t count, size_t size) NODISCARD;
void *xrealloc(void *p, size_t n) NODISCARD;
/* count * size is checked for overflow. */
void *xreallocarray(void *p, size_t count, size_t size) NODISCARD;
char *xstrdup(const char *s) NODISCARD;
char *xstrndup(const char *s, size_t n) NODISCARD;

/*
 * Grows *array (elements of size bytes, *cap of them allocated) so that it holds at least need
 * elements. The array doubles, so appending n elements costs O(n).
 */
void grow_array(void *array, size_t *cap, size_t need, size_t size);

/* Ends the program with a message: a bug in Seinpost itself, never bad input.  Aborts, so that a
 * core is left. */
void bug(const char *fmt, ...) PRINTF_LIKE(1, 2) NORETURN;

#endif
