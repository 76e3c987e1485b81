/*
 * store_warning: warnings, their history, and what people have to do by telephone.
 */
#ifndef SEINPOST_STORE_WARNING_H
#define SEINPOST_STORE_WARNING_H

#include "incident.h"
#include "store.h"

/* ERR_CONFLICT where the company has a warning of this incident or the ref is taken.  Fills in the
 * id. */
int store_warning_add(struct store *s, struct warning *w, struct err *e) NODISCARD;
/* The same, with the event that says why it is no draft any more (none where it is one). */
int store_warning_open(struct store *s, struct warning *w, const char *reason, const char *evidence,
		       struct err *e) NODISCARD;
int store_warning_get(struct store *s, struct arena *a, struct warning *out, int64_t id,
		      struct err *e) NODISCARD;
/* By its reference ("SP-....-....", any case); ERR_NOTFOUND. */
int store_warning_by_ref(struct store *s, struct arena *a, struct warning *out, const char *ref,
                         struct err *e) NODISCARD;
/* 1, 0 where the company has none for this incident, or an error. */
int store_warning_of(struct store *s, struct arena *a, struct warning *out, int64_t incident_id,
		     int64_t company_id, struct err *e) NODISCARD;

/* 1, 0, or an error; ref as it is stored. */
int store_warning_ref_taken(struct store *s, const char *ref, struct err *e) NODISCARD;

struct warning_change {
	int64_t warning_id;
	enum warning_state from, to;
	const char *reason, *evidence;
	int64_t inbox_id; /* 0 = none */
	int64_t at;
};
/* Writes the state and its event; ERR_CONFLICT where the warning is no longer in state from. */
int store_warning_change(struct store *s, const struct warning_change *c, struct err *e) NODISCARD;
/* The same where it may be in another state by now: 1 changed, 0 it was not in state from. */
int store_warning_change_if(struct store *s, const struct warning_change *c,
			    struct err *e) NODISCARD;
int store_warning_set_deadline(struct store *s, int64_t id, int64_t deadline,
			       struct err *e) NODISCARD;

/* Work for the one who can sign: "next_contact", or "" for none. */
int store_warning_set_todo(struct store *s, int64_t id, const char *todo, struct err *e) NODISCARD;
/* The work that was to be done is done by this transaction.  ERR_CONFLICT: somebody else did it
 * meanwhile. */
int store_warning_take_todo(struct store *s, int64_t id, struct err *e) NODISCARD;
/* Warnings with work to do, by id, behind the id after. */
int store_warnings_todo(struct store *s, int64_t after, int64_t *out, int limit, int *n,
			struct err *e) NODISCARD;
/* The first of one company. */
int store_warnings_todo_of(struct store *s, int64_t company_id, int64_t *out, int limit, int *n,
			   struct err *e) NODISCARD;

/* A place among the warnings, in the order of their deadlines. */
struct deadline_place {
	int64_t at, warning_id;
};
/*
 * Queued or sent warnings without an answer, never on the call list since their last findings were
 * told, whose deadline lies behind *place and not behind until; also sent ones that are on it
 * because they were not.  Ids into out; *place moves on to the
 * last of them, so that a next call goes on there.  Fewer than limit: there are no more.
 */
int store_warnings_overdue(struct store *s, struct deadline_place *place, int64_t until,
                           int64_t *out, int limit, int *n, struct err *e) NODISCARD;
/* Is the warning one of those, with its deadline not behind now?  1, 0, or an error. */
int store_warning_is_overdue(struct store *s, int64_t id, int64_t now, struct err *e) NODISCARD;

/*
 * Unreachable warnings of the incident that are to be telephoned about because no mail could be
 * made, or none arrived; not those that a person gave up.  Ids into out, behind the place *after
 * (0: from the first), which moves on.  Fewer than limit: there are no more.
 */
int store_warnings_given_up(struct store *s, int64_t incident_id, int64_t *after, int64_t *out,
			    int limit, int *n, struct err *e) NODISCARD;

struct warning_row {
	struct warning warning;
	const char *company_ref, *company_name, *incident_slug;
	int64_t findings, mails;
	bool overdue;
};
typedef int warning_row_fn(void *arg, const struct warning_row *w, struct err *e);
/* Of one incident (0: all of them), newest last. */
int store_warning_each(struct store *s, int64_t incident_id, int64_t now, warning_row_fn *row,
		       void *arg, struct err *e) NODISCARD;

struct warning_counts {
	int64_t all, acknowledged, overdue; /* acknowledged: received, resolved or not ours */
};
int store_warning_counts(struct store *s, int64_t incident_id, int64_t now,
			 struct warning_counts *out, struct err *e) NODISCARD;

typedef int history_fn(void *arg, int64_t at, const char *from, const char *to, const char *reason,
                       const char *evidence, struct err *e);
/* In the order in which it happened. */
int store_warning_history(struct store *s, int64_t warning_id, history_fn *row, void *arg,
			  struct err *e) NODISCARD;

/* Puts the warning on the call list; a second time only the reason changes, and a done item opens
 * again as a new one. */
int store_call_add(struct store *s, int64_t warning_id, const char *reason, int64_t now,
		   struct err *e) NODISCARD;
/* The same, but nothing where the call was done since the last findings were told: for what says
 * only that they were not told by mail. */
int store_call_add_if_untold(struct store *s, int64_t warning_id, const char *reason, int64_t now,
			     struct err *e) NODISCARD;
/* Why a company is telephoned whose mail still waits behind the deadline. */
#define CALL_NOT_SENT "not_sent"
/* For one of store_warnings_overdue(): nobody answered, or nobody could. */
int store_call_add_overdue(struct store *s, int64_t warning_id, int64_t now,
			   struct err *e) NODISCARD;
/* ERR_NOTFOUND where there is no open item for the warning. */
int store_call_done(struct store *s, int64_t warning_id, const char *outcome, int64_t now,
		    struct err *e) NODISCARD;

/* A mail of the warning goes out after all: an open item that is there because none would is gone,
 * as if it had never been. */
int store_call_withdraw(struct store *s, int64_t warning_id, struct err *e) NODISCARD;

struct call_row {
	int64_t warning_id, company_id, created_at;
	int64_t inbox_id; /* the last answer that asks for a call; 0: none */
	const char *ref, *reason, *company_ref, *company_name, *incident_slug, *phones, *severity;
};
typedef int call_row_fn(void *arg, const struct call_row *c, struct err *e);
/* Open items, the most severe incidents first. */
int store_call_each(struct store *s, call_row_fn *row, void *arg, struct err *e) NODISCARD;

#endif
