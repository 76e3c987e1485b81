/*
 * warn_feed: a warn_run as the dispatcher's feed.
 *
 * Invariant: the run is used by the dispatcher alone from its first turn on.
 */
#include "base.h"
#include "warn_feed.h"

static bool wants_turn(const void *arg)
{
	return warn_run_wants_turn(((const struct warn_feed *)arg)->run);
}

static int turn(void *arg, const char *route, int *room, struct err *e)
{
	return warn_run_turn(((struct warn_feed *)arg)->run, route, room, e);
}

static const struct delivery *claimed(void *arg)
{
	return warn_run_claimed(((struct warn_feed *)arg)->run);
}

static void undo(void *arg)
{
	warn_run_undo(((struct warn_feed *)arg)->run);
}

static int work(void *arg, struct err *e)
{
	return warn_run_work(((struct warn_feed *)arg)->run, e);
}

static int wait_on(void *arg, int *fd)
{
	const struct sign_queue *q = ((struct warn_feed *)arg)->queue;

	_Static_assert((int)SIGN_QUEUE_FDS <= (int)DISPATCH_FEED_FDS, "room for each signer");
	return q->wait_on(q->arg, fd);
}

static bool done(const void *arg)
{
	return warn_run_done(((const struct warn_feed *)arg)->run);
}

struct dispatch_feed warn_feed(struct warn_feed *f)
{
	return (struct dispatch_feed){ wants_turn, turn, claimed, undo, work, wait_on, done, f };
}
