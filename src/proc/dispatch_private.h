/*
 * dispatch_private: what the files of the dispatcher share: its routes and its running senders.
 */
#ifndef SEINPOST_DISPATCH_PRIVATE_H
#define SEINPOST_DISPATCH_PRIVATE_H

#include "conf.h"
#include "dispatch.h"
#include "flow_deliver.h"
#include "queue.h"
#include "sender.h"
#include "store.h"
#include "wire.h"

/* ---- worker.c: a running sender */

/*
 * Mails a sender may hold at once.  It begins with few, so that a server that says nothing holds up
 * little and an urgent mail is never behind many others, and is given more while mails are accepted
 * quickly.
 */
enum { WORKER_WINDOW_LEAST = 2, WORKER_WINDOW = 32, WORKER_QUICK_MS = 250 };

/* A mail that is with a sender. */
struct outstanding {
	struct claimed mail;
	int order;      /* senders deal with mails in the order in which they got them */
	int64_t given_at; /* monotonic ms */
};

struct worker {
	struct channel ch;
	struct sender_page *page; /* shared with it */
	uint32_t steps;           /* of page, when it was looked at last */
	pid_t pid;
	size_t route;           /* index into conf->routes */
	int given, answered;    /* mails of this session so far */
	int window;
	bool closing;           /* no more mails for it */
	bool told_end;          /* it said how its session ended */
	bool orderly;           /* it said goodbye and named no trouble */
	int64_t stop_at;        /* when it was told to stop at once, monotonic ms; 0 = not */
	int64_t alive_at;       /* last sign of life or first moment of work, monotonic ms */
	char trouble[REPLY_TEXT_MAX];
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

/* Did the far side say what becomes of the mail?  Sessions that break off in the middle do not. */
bool result_is_answer(const struct attempt_result *r);

void pending_add(struct pending_list *l, const struct claimed *c, const struct attempt_result *r);

/* Starts a sender for a route and tells it where to go. */
int worker_start(struct worker **out, const struct conf *c, size_t route, int64_t now_ms,
		 struct err *e) NODISCARD;
/* How many more mails it may be given now; mails_per_session as its route has it. */
int worker_room(const struct worker *w, int mails_per_session);
void worker_give(struct worker *w, const struct delivery *d, int64_t now_ms);
/* Asks for QUIT after what it has. */
void worker_end(struct worker *w);
/* Asks it to begin no other mail, not even one that it was given. */
void worker_stop(struct worker *w, int64_t now_ms);
/* Has one of its mails left wholly, so that only the answer is missing? */
bool worker_awaits_answer(const struct worker *w);
/* Notes whether it has made a step since it was looked at last: alive_at. */
void worker_look(struct worker *w, int64_t now_ms);
/*
 * Reads what came.  Results go to results.  Returns false when the session is over: then its other
 * mails are in results too, as unknown or not tried, trouble holds why, and the process is reaped.
 */
bool worker_read(struct worker *w, int64_t now_ms, struct pending_list *results);
/* The same by force; what it had said before is heard first. */
void worker_abandon(struct worker *w, int64_t now_ms, struct pending_list *results,
		    const char *why);
void worker_free(struct worker *w);

/* ---- dispatch_route.c: whether and how much a route may send */

struct route_state {
	const struct conf_route *conf;
	int64_t down_until, backoff;     /* no connection or no session: monotonic ms */
	int64_t allowance,
	    allowance_at; /* mails that may go now, in 60000ths, where the route has a rate */
	struct queue_breaker breaker;    /* what the answers say; wall clock */
	bool trial_told;                 /* in the log */
	bool paused;                     /* by a person */
	int64_t change_no;               /* of the row last seen */
	bool unwritten; /* the breaker opened or closed and the store does not know */
	char reason[REPLY_TEXT_MAX];
};

/* May anything be given to it now? */
bool route_usable(const struct route_state *r, const struct conf_deliver *c, int64_t now_ms,
                  int64_t now);
/* One mail over one session, to see whether it works again. */
bool route_on_trial(const struct route_state *r);
/* Of most mails as many as may be under way at once, since it paused by itself. */
int route_slow(const struct route_state *r, int most);
/* Milliseconds until it is usable; INT64_MAX: not before somebody resumes it. */
int64_t route_wait_ms(const struct route_state *r, const struct conf_deliver *c, int64_t now_ms,
                      int64_t now);
/* A session came to nothing. */
void route_failed(struct route_state *r, const char *trouble, int64_t now_ms);
/* An answer to a mail.  Opens the breaker where it is one too many, closes it behind a good trial.
 */
void route_answered(struct route_state *r, const struct conf_deliver *c,
                    const struct pending_result *p, int64_t now);
/* At most wanted, by its rate. */
int route_allowance(struct route_state *r, int wanted, int64_t now_ms);
void route_spend(struct route_state *r);
/* Reads what people and other senders said. */
int route_read_all(struct route_state *list, size_t n, const struct conf_deliver *c,
                   struct store *s, struct err *e) NODISCARD;
/* Tells the store which breakers opened or closed; inside a transaction. */
int route_write_all(struct route_state *list, size_t n, struct store *s, int64_t now,
                    struct err *e) NODISCARD;
/* They are durable. */
void route_written(struct route_state *list, size_t n);

/* ---- dispatch.c and its parts: the whole */

enum {
	WORKERS_MAX = 256,
	LOOK_MS = 200
}; /* LOOK_MS: people's words about sending count within a second */

struct dispatch {
	struct gateway *g;
	int lock;
	struct route_state *route;
	struct worker *worker[WORKERS_MAX];
	int n_worker;
	int n_out;              /* mails with senders */
	struct pending_list results;
	struct dispatch_count count;
	int64_t due_at;         /* wall clock: nothing is due before; INT64_MAX: nothing waits */
	bool stopped;           /* all sending, by a person */
	int64_t commit_at;      /* the last one, monotonic ms */
	int64_t look_at, tidy_at;
	int64_t hear_at; /* senders are not listened to before; monotonic ms */
	bool feed_news;  /* its descriptors or a turn have something for its work() */
	int64_t fed_at;  /* its last work(), monotonic ms */
	int64_t
	    routed_at; /* last moment at which a route was usable or a person kept it from being */
	int64_t broken_at,
	    retry_at; /* the store takes nothing since, and is tried again then; 0 = it is fine */
};

/* Milliseconds until a route is usable; INT64_MAX: not before somebody resumes one. */
int64_t dispatch_wait(const struct dispatch *d, int64_t now_ms);

/* dispatch_give.c */
bool dispatch_usable(const struct dispatch *d, size_t route, int64_t now_ms);
/*
 * The first route in order with room, and how many mails that is; backups only where no other is
 * usable. 0: none.
 */
int dispatch_pick_route(struct dispatch *d, size_t *route, int64_t now_ms);
/* To the idlest sender of the route.  The mail's attempt is durable. */
void dispatch_give(struct dispatch *d, size_t route, const struct delivery *m, int64_t now_ms);

/* dispatch_turn.c */
/*
 * Commits what is worth it, and gives mails.  A store that is locked or full is waited for: results
 * in hand are not thrown away, because their mails would go out again, and nothing new is begun.
 */
int dispatch_turn(struct dispatch *d, const struct dispatch_run *run, struct err *e) NODISCARD;
bool dispatch_feed_wants_turn(const struct dispatch_run *run);
/* When the next turn is worth it at the latest, where results are in hand or the feed wants one. */
int dispatch_turn_in_ms(const struct dispatch *d, const struct dispatch_run *run);
/* Writes the results in hand and nothing else.  One that cannot be written takes no other along: it
 * is left in hand, and its error returned. */
int dispatch_save(struct dispatch *d, struct err *e) NODISCARD;
/* When the next mail is due, into due_at. */
int dispatch_look_ahead(struct dispatch *d, struct err *e) NODISCARD;

/* Ends the i-th worker; its mails are in the results then. */
void dispatch_abandon(struct dispatch *d, int i, int64_t now_ms, const char *why);
/* What has to be done now and then: people's words, leases, schedule, run->step(). */
int dispatch_chores(struct dispatch *d, const struct dispatch_run *run, int64_t *step_at,
		    struct err *e) NODISCARD;

#endif
