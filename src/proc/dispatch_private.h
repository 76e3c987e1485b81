/*
 * dispatch_private: a running sender as its dispatcher sees it.
 */
#ifndef SEINPOST_DISPATCH_PRIVATE_H
#define SEINPOST_DISPATCH_PRIVATE_H

#include "conf.h"
#include "flow_deliver.h"
#include "wire.h"

enum { WORKER_WINDOW = 64 }; /* mails a sender may hold at once */

/* A mail that is with a sender. */
struct outstanding {
	struct claimed mail;
	bool body_sent; /* read to its end: without an answer it is unknown */
};

struct worker {
	struct channel ch;
	pid_t pid;
	size_t route;           /* index into conf->routes */
	int given;              /* mails of this session so far */
	bool closing;           /* END was sent */
	int64_t alive_at;       /* last sign of life or first moment of work, monotonic ms */
	struct outstanding out[WORKER_WINDOW];
	int n_out;
};

/* A result waiting for the next commit. */
struct pending_result {
	struct claimed mail;
	struct attempt_result result;
};

struct pending_list {
	struct pending_result *item;
	size_t n, cap;
};

/* Starts a sender for a route and tells it where to go. */
int worker_start(struct worker **out, const struct conf *c, size_t route, int64_t now_ms, struct err *e) NODISCARD;
void worker_give(struct worker *w, const struct delivery *d, int64_t now_ms);
/* Asks for QUIT after what it has. */
void worker_end(struct worker *w);
/*
 * Reads what came.  Results go to results.  Returns false when the session is over: then its other mails are in results
 * too, as unknown or not tried, trouble holds why, and the process is reaped.
 */
bool worker_read(struct worker *w, int64_t now_ms, struct pending_list *results, char trouble[REPLY_TEXT_MAX]);
/* The same by force: the sender made no progress in time. */
void worker_abandon(struct worker *w, struct pending_list *results, const char *why);
void worker_free(struct worker *w);

#endif
