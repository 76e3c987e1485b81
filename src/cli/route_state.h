/*
 * route_state: which routes of the configuration take mail now, for all commands that show it.
 */
#ifndef SEINPOST_ROUTE_STATE_H
#define SEINPOST_ROUTE_STATE_H

#include "cli.h"

struct route_state {
	const struct conf_route *route;
	const char *word;   /* open backup resting trial paused, or stopped where all sending is */
	int64_t until;      /* resting: till then; else 0 */
	const char *reason; /* of what is not open; "" where nobody gave one */
};

typedef void route_state_fn(void *arg, const struct route_state *r);
/* In the order of the configuration; the store is open.  1 where all sending is stopped, 0, or an
 * error. */
int route_state_each(struct cli *c, route_state_fn *row, void *arg, struct err *e) NODISCARD;

/*
 * Appends why mail does not go out, what lets it go, and how many mails wait; nothing where no
 * route is paused or resting.
 */
int route_state_trouble(struct cli *c, struct buf *out, struct err *e) NODISCARD;

#endif
