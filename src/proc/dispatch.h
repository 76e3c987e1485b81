/*
 * dispatch: sends what is due, through sender processes, and never blocks on one of them.
 *
 * One poll loop.  Each turn commits, in one transaction, the results that arrived while the last
 * commit ran and the next claims (adaptive group commit); mails go to a sender only after their
 * attempt is durable.
 */
#ifndef SEINPOST_DISPATCH_H
#define SEINPOST_DISPATCH_H

#include "gateway.h"

struct dispatch_count {
	uint64_t accepted, deferred, refused, unknown, not_tried, held;
};

struct dispatch;

/*
 * Takes the node's sending lock (a file beside the store): ERR_TEMP where another sender of this
 * node runs.  Then ends what a crash left open.
 */
int dispatch_open(struct dispatch **out, struct gateway *g, struct err *e) NODISCARD;
/* Asks the sessions to end, waits for them a while, kills the rest; their mails are recorded. */
void dispatch_close(struct dispatch *d);

/*
 * Runs until stop_fd becomes readable, or (drain) until nothing is under way and nothing becomes
 * due within the next drain_seconds; where mails are left that cannot go it is ERR_NET (no route)
 * or ERR_TEMP (all sending is stopped). step(), where not NULL, is called about once a second
 * between transactions, at once again where it returns 1.
 *
 * A store that is locked or full is waited for, up to ten minutes.
 */
/*
 * Who makes mails while others are sent, in the same process: two writers of one store would wait
 * for each other.  turn() is called inside the dispatcher's transaction where wants_turn(), undo()
 * where that failed; work() behind each of them, and now and then; wait_on() names descriptors
 * whose news work() deals with. Draining waits until done().
 *
 * Where nothing else is due and a route has room, turn() may claim up to *room mails for it and
 * takes their number off; claimed() names them one by one behind the commit (NULL: no other), and
 * they live until the next call of another function.
 */
struct dispatch_feed {
	bool (*wants_turn)(const void *arg);
	int (*turn)(void *arg, const char *route, int *room, struct err *e);
	const struct delivery *(*claimed)(void *arg);
	void (*undo)(void *arg);
	int (*work)(void *arg, struct err *e);
	int (*wait_on)(void *arg, int *fd);
	bool (*done)(const void *arg);
	void *arg;
};

enum { DISPATCH_FEED_FDS = 16 };

struct dispatch_run {
	int stop_fd;   /* readable: stop; -1 for never */
	bool drain;
	int drain_seconds;
	int (*step)(void *arg, struct err *e);
	void *arg;
	const struct dispatch_feed *feed; /* NULL for none */
	void (*progress)(void *arg, const struct dispatch_count *c);
	void *progress_arg;
};
int dispatch_loop(struct dispatch *d, const struct dispatch_run *run, struct err *e) NODISCARD;
const struct dispatch_count *dispatch_counts(const struct dispatch *d);

#endif
