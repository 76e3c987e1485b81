/*
 * spare: an allocator that keeps small blocks that were freed, a list for each size.
 *
 * For SQLite, which takes and gives back some two hundred blocks for a mail where it was built
 * without its own lookaside memory (Debian's is).  The sizes are SQLite's ints, never negative.  It
 * hands its allocator no context, so the lists are a global: the only one besides the logger.
 * For one thread.  What is kept is bounded by the most that was ever in use at once.
 */
#ifndef SEINPOST_SPARE_H
#define SEINPOST_SPARE_H

/* NULL where there is no memory, as malloc(): SQLite can go on from that. */
void *spare_alloc(int n);
void *spare_realloc(void *p, int n);
void spare_free(void *p);
/* What fits into it. */
int spare_size(void *p);
int spare_round_up(int n);

#endif
