/*
 * alloc: memory that is there, or the program ends.
 *
 * Invariant: no function here returns NULL.
 */
#include "base.h"
#include "alloc.h"

static NORETURN void out_of_memory(size_t n)
{
	fprintf(stderr, "seinpost: out of memory (%zu bytes asked)\n", n);
	abort();
}

void *xmalloc(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (p == NULL)
		out_of_memory(n);
	return p;
}

void *xcalloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);

	if (p == NULL)
		out_of_memory(size);
	return p;
}

void *xrealloc(void *p, size_t n)
{
	void *q = realloc(p, n ? n : 1);

	if (q == NULL)
		out_of_memory(n);
	return q;
}

void *xreallocarray(void *p, size_t count, size_t size)
{
	size_t n;

	if (__builtin_mul_overflow(count, size, &n))
		out_of_memory(SIZE_MAX);
	return xrealloc(p, n);
}

char *xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

char *xstrndup(const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *p = xmalloc(len + 1);

	memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

void grow_array(void *array, size_t *cap, size_t need, size_t size)
{
	void *p;
	size_t n = *cap ? *cap : 8;

	if (need <= *cap)
		return;
	while (n < need) {
		if (__builtin_mul_overflow(n, (size_t)2, &n))
			out_of_memory(SIZE_MAX);
	}
	memcpy(&p, array, sizeof(p));
	p = xreallocarray(p, n, size);
	memcpy(array, &p, sizeof(p));
	*cap = n;
}

void bug(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("seinpost: bug: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	abort();
}
