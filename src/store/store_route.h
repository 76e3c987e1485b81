/*
 * store_route: what people and circuit breakers said about sending, so that every sender sees it
 * within a second.
 */
#ifndef SEINPOST_STORE_ROUTE_H
#define SEINPOST_STORE_ROUTE_H

#include "store.h"

struct route_row {
	const char *name;
	bool paused;          /* by a person, until somebody resumes it */
	int64_t paused_until; /* by a circuit breaker; 0 = not */
	const char *reason;
	int64_t changed_at;
	int64_t change_no;    /* given by the store: another number, another change */
};

/* What a person says: writes all but change_no. */
int store_route_set(struct store *s, const struct route_row *r, struct err *e) NODISCARD;
/* What a circuit breaker says: leaves alone whether a person paused it. */
int store_route_break(struct store *s, const struct route_row *r, struct err *e) NODISCARD;
/* The strings live during the call. */
typedef int route_row_fn(void *arg, const struct route_row *r, struct err *e);
/* Routes that nothing was ever said about have no row. */
int store_route_each(struct store *s, route_row_fn *row, void *arg, struct err *e) NODISCARD;

/* The switch that stops all sending. */
int store_sending_stop(struct store *s, bool stop, struct err *e) NODISCARD;
/* 1 stopped, 0 not, or an error. */
int store_sending_stopped(struct store *s, struct err *e) NODISCARD;

#endif
