/*
 * warn_feed: a warn_run as the dispatcher's feed: mails are sent while later ones are still being
 * signed.
 */
#ifndef SEINPOST_WARN_FEED_H
#define SEINPOST_WARN_FEED_H

#include "dispatch.h"
#include "warn_run.h"

/* Borrows both. */
struct warn_feed {
	struct warn_run *run;
	const struct sign_queue *queue;
};

struct dispatch_feed warn_feed(struct warn_feed *f);

#endif
