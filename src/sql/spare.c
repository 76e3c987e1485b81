/*
 * spare: an allocator that keeps small blocks that were freed, a list for each size.
 *
 * Invariant: size is a multiple of STEP and never changes, so that a block goes back to the list it
 * came from; next is used in a spare block only.  Input: sizes SQLite asks for.
 */
#include "base.h"

#include <limits.h>

#include "spare.h"

enum { STEP = 32, SMALL = 2048 };

struct block {
	size_t size;
	struct block *next;
	_Alignas(max_align_t) char data[];
};

static struct block *spares[SMALL / STEP + 1];

static struct block *block_of(void *p)
{
	return (struct block *)(void *)((char *)p - offsetof(struct block, data));
}

int spare_round_up(int n)
{
	return n > INT_MAX - STEP ? n : (n + STEP - 1) / STEP * STEP;
}

void *spare_alloc(int n)
{
	size_t size = (size_t)spare_round_up(n);
	struct block *b, **list = size <= SMALL ? &spares[size / STEP] : NULL;

	if (list != NULL && (b = *list) != NULL) {
		*list = b->next;
		return b->data;
	}
	if ((b = malloc(sizeof(*b) + size)) == NULL)
		return NULL;
	b->size = size;
	return b->data;
}

void spare_free(void *p)
{
	struct block *b = block_of(p);

	if (b->size > SMALL) {
		free(b);
		return;
	}
	b->next = spares[b->size / STEP];
	spares[b->size / STEP] = b;
}

int spare_size(void *p)
{
	return (int)block_of(p)->size;
}

void *spare_realloc(void *p, int n)
{
	size_t size = block_of(p)->size;
	void *q;

	if ((size_t)n <= size)
		return p;
	if ((q = spare_alloc(n)) == NULL)
		return NULL;
	memcpy(q, p, size);
	spare_free(p);
	return q;
}
