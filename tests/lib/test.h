/*
 * test: what every unit test includes instead of cmocka.h, which needs four headers in front of it.
 */
#ifndef SEINPOST_TEST_H
#define SEINPOST_TEST_H

#include "base.h"

#include <setjmp.h>

#include <cmocka.h>

#include "alloc.h"

/*
 * A copy of s without its NUL in a block of exactly its size, so that valgrind and ASan see a read
 * behind the end. The caller frees.
 */
static inline char *exact_copy(const char *s, size_t n)
{
	char *p = xmalloc(n ? n : 1);

	if (n > 0)
		memcpy(p, s, n);
	return p;
}

#endif
