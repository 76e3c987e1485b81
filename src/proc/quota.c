/*
 * quota: at most so many in a minute.
 *
 * Invariant: no more than most are taken between begun and a minute later.
 * Input: times and limits of our own; a limit may have come from a process that was taken over.
 */
#include "base.h"

#include "quota.h"

enum { MINUTE_MS = 60000 };

static bool is_over(const struct quota *q, int64_t now_ms)
{
	return q->used == 0 || now_ms - q->begun >= MINUTE_MS + q->extra_ms;
}

int64_t quota_wait(const struct quota *q, int64_t now_ms)
{
	if (q->most == 0 || is_over(q, now_ms) || q->used < q->most)
		return 0;
	return q->begun + MINUTE_MS + q->extra_ms - now_ms;
}

int quota_left(const struct quota *q, int wanted, int64_t now_ms)
{
	int64_t left = q->most - (is_over(q, now_ms) ? 0 : q->used);

	return q->most == 0 || left > wanted ? wanted : (int)left;
}

bool quota_take(struct quota *q, int64_t now_ms)
{
	if (quota_wait(q, now_ms) > 0)
		return false;
	if (is_over(q, now_ms)) {
		q->begun = now_ms;
		q->used = 0;
	}
	q->used++;
	return true;
}
