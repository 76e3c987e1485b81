/*
 * quota: at most so many in a minute.
 *
 * Minutes begin with the first one taken behind the last minute, so that a burst need not be
 * spread.  Time is handed in: milliseconds of a clock that never jumps.
 */
#ifndef SEINPOST_QUOTA_H
#define SEINPOST_QUOTA_H

#include "base.h"

struct quota {
	int64_t most;     /* in a minute; 0 = no limit */
	int64_t extra_ms; /* its minutes are longer by so much: not to run ahead of another's */
	int64_t begun;    /* ms */
	int64_t used;     /* since then */
};

/* Milliseconds until one may be taken, 0 = now. */
int64_t quota_wait(const struct quota *q, int64_t now_ms);
/* How many may be taken now, at most wanted. */
int quota_left(const struct quota *q, int wanted, int64_t now_ms);
/* Takes one; false, and nothing is counted, where the minute's are used up. */
bool quota_take(struct quota *q, int64_t now_ms);

#endif
