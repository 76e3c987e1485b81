/*
 * store_mail: the queue.  Finished mails, claims with a lease and a fencing number, and what became
 * of each attempt.
 *
 * The order that makes a crash harmless: claim and attempt row committed, then the network, then
 * the result committed.
 */
#ifndef SEINPOST_STORE_MAIL_H
#define SEINPOST_STORE_MAIL_H

#include "delivery.h"
#include "incident.h"
#include "register.h"
#include "store.h"

/*
 * Adds a finished mail, state ready.  The caller took d->id from store_new_id() before (it is
 * inside the token). Bytes and envelope never change after this.
 */
int store_mail_add(struct store *s, const struct delivery *d, int64_t now, struct err *e) NODISCARD;

struct mail_claim {
	const char *owner, *route;
	int64_t now, lease_until;
	int limit;
	bool trial; /* best a mail that no server refused or put off before */
};
/*
 * Claims due mails, the most severe first and of those the longest due (for a trial see there), and
 * writes their attempt rows, all in the caller's transaction.  Nothing may be sent before that is
 * committed.  The deliveries with their bytes live in a.
 */
int store_mail_claim(struct store *s, struct arena *a, const struct mail_claim *claim,
		     struct delivery **out, size_t *n, struct err *e) NODISCARD;

/*
 * Adds a finished mail that is claimed already (claim's limit counts nothing here), so that it can
 * be given to a sender as soon as this is committed.  Fills in what a claim does.  The caller sees
 * to it that nothing more urgent is due.
 */
int store_mail_add_claimed(struct store *s, struct delivery *d, const struct mail_claim *claim,
			   struct err *e) NODISCARD;

/* What the mail becomes after an attempt; decided by policy, written here. */
struct mail_result {
	const struct attempt_result *attempt;
	int64_t lease_no;
	enum mail_state state;
	int64_t next_try; /* where state is deferred */
	int64_t at;
	bool not_counted; /* nothing of the mail went out: the attempt is taken off its count again
			   */
};
/* ERR_CONFLICT where the lease was lost meanwhile: then nothing is written and the caller stops. */
int store_mail_result(struct store *s, const struct mail_result *r, struct err *e) NODISCARD;

/*
 * The result of an attempt whose lease was lost: the attempt's row tells it, and where nobody
 * claimed the mail since, the mail takes it too (so that what was accepted is not sent again).  1
 * the mail took it, 0 it did not.
 */
int store_mail_result_late(struct store *s, const struct mail_result *r, struct err *e) NODISCARD;
/* A session that goes on renews the leases it holds.  ERR_CONFLICT: lost; ERR_NOTFOUND: the mail is
 * gone with its company. */
int store_mail_renew(struct store *s, int64_t id, int64_t lease_no, int64_t lease_until,
		     struct err *e) NODISCARD;

/*
 * Ends the attempts of expired leases (lease_until < now), or of all leases of owner where owner is
 * not NULL: what became of them is unknown.  At most limit of the mails go to state with next_try =
 * now, and their ids into out (a full list: call again).
 */
int store_mail_recover(struct store *s, const char *owner, int64_t now, enum mail_state state,
		       int64_t *out, int limit, int *n, struct err *e) NODISCARD;

/*
 * The clock was set back: waiting mails that were put off later than now + slack wait as long from
 * now as they had to then.  *n is their number.
 */
int store_mail_clock_back(struct store *s, int64_t now, int64_t slack, int64_t *n,
			  struct err *e) NODISCARD;
/*
 * Expires up to limit waiting mails that had to be given up before until; their ids into out, *n
 * their number.
 */
int store_mail_expire(struct store *s, int64_t until, int64_t now, int64_t *out, int limit, int *n,
                      struct err *e) NODISCARD;

struct mail_row {
	int64_t id, warning_id, contact_id, company_id, incident_id, created_at, state_at, next_try;
	enum mail_state state;
	const char *env_from, *env_to, *message_id, *envid, *text, *status, *ref, *company_ref,
	    *incident_slug;
	int code, attempts, priority;
};
/* ERR_NOTFOUND. */
int store_mail_get(struct store *s, struct arena *a, struct mail_row *out, int64_t id,
		   struct err *e) NODISCARD;
int store_mail_by_message_id(struct store *s, struct arena *a, struct mail_row *out,
			     const char *message_id, struct err *e) NODISCARD;
/* What a mail that still has to go out depends on. */
struct mail_aim {
	int64_t warning_id;
	enum warning_state warning;
	bool vital; /* its company */
	enum contact_state contact;
	bool astray; /* the contact is neither its own nor that of a partner to write to */
};
/* ERR_NOTFOUND. */
int store_mail_aim(struct store *s, struct mail_aim *out, int64_t id, struct err *e) NODISCARD;
/* Before there is a mail: is the company not vital, and the contact not invalid?  1, 0 (also where
 * one of them is gone), or an error. */
int store_mail_may_go(struct store *s, int64_t company_id, int64_t contact_id,
		      struct err *e) NODISCARD;
/* Did a mail to this contact that is newer than the one of that time and id come back or get
 * refused?  1, 0, or an error. */
int store_mail_failed_later(struct store *s, int64_t contact_id, int64_t created_at, int64_t id,
                            struct err *e) NODISCARD;
int store_mail_bytes(struct store *s, struct arena *a, const void **bytes, size_t *n, int64_t id,
                     struct err *e) NODISCARD;
typedef int mail_row_fn(void *arg, const struct mail_row *m, struct err *e);
/* In one state (word) or, with NULL, all that are not finished; of one warning where warning_id is
 * not 0. */
int store_mail_each(struct store *s, const char *state, int64_t warning_id, mail_row_fn *row,
		    void *arg, struct err *e) NODISCARD;

/* Changes the state by hand or by the inbox, whatever it was; code and text say why. */
int store_mail_set_state(struct store *s, int64_t id, enum mail_state state, int64_t now,
			 struct err *e) NODISCARD;
/* Something shows that the mail arrived.  1: it is confirmed now; 0: it was never tried, is with a
 * sender, or its end is known already. */
int store_mail_arrived(struct store *s, int64_t id, int64_t now, struct err *e) NODISCARD;
/* hold: ready or deferred.  release: held, unknown, deferred or expired, due now.  ERR_CONFLICT. */
int store_mail_hold(struct store *s, int64_t id, int64_t now, struct err *e) NODISCARD;
int store_mail_release(struct store *s, int64_t id, int64_t now, struct err *e) NODISCARD;
int store_mail_cancel(struct store *s, int64_t id, int64_t now, struct err *e) NODISCARD;
/* Open mails of a warning (ready, deferred, held, unknown) that were made before then (INT64_MAX:
 * all) are cancelled; *n is their number. */
int store_mail_cancel_open(struct store *s, int64_t warning_id, int64_t before, int64_t now,
			   int64_t *n, struct err *e) NODISCARD;

/* The reason of a warning's event by which its company is told of findings that no mail before it
 * told. */
#define MORE_FINDINGS "more findings"
/* When more findings were first told, by mail or telephone, after a mail of the warning that was
 * made then; *since is 0 where none were. */
int store_mail_overtaken(struct store *s, int64_t warning_id, int64_t created_at, int64_t *since,
			 struct err *e) NODISCARD;
/* When the warning's newest mail was made; 0 where it has none. */
int store_mail_latest(struct store *s, int64_t warning_id, int64_t *created_at,
		      struct err *e) NODISCARD;

/*
 * Open mails to a contact are cancelled; at most limit, their ids go into mail[] (a full list: call
 * again).
 */
int store_mail_cancel_to(struct store *s, int64_t contact_id, int64_t now, int64_t *mail,
                         int limit, int *n, struct err *e) NODISCARD;

/* The same for all open mails of a company; their warnings go into warning[]. */
int store_mail_cancel_company(struct store *s, int64_t company_id, int64_t now, int64_t *warning,
			      int limit, int *n, struct err *e) NODISCARD;

/* All mails of other companies to contacts of this one that are not known to be out (ready,
 * deferred, in flight, held or unknown) are cancelled; mail[] as above. */
int store_mail_cancel_partners(struct store *s, int64_t company_id, int64_t now, int64_t *mail,
			       int limit, int *n, struct err *e) NODISCARD;

/* When the next mail is due: 1 and *when, 0 where none waits. */
int store_mail_next_due(struct store *s, int64_t *when, struct err *e) NODISCARD;
/* Is a mail of the warning still to go out: ready, deferred, in flight, held or unknown?  1, 0. */
int store_mail_open(struct store *s, int64_t warning_id, struct err *e) NODISCARD;
/* How many mails are due until then (until included). */
int store_mail_due(struct store *s, int64_t until, int64_t *n, struct err *e) NODISCARD;
/* Does a later mail of its warning, to a next contact, tell what this one told, and may arrive or
 * did?  1, 0, or an error. */
int store_mail_passed_on(struct store *s, int64_t id, struct err *e) NODISCARD;
/* Has the warning a mail to this contact?  Not one that failed before the contact was set right, by
 * hand or by an answer. */
int store_mail_tried(struct store *s, int64_t warning_id, int64_t contact_id,
		     struct err *e) NODISCARD;

/*
 * Who may be written to for whom has changed for the company, as one with a partner or as a partner
 * itself.  Open mails to contacts of a company that is not the partner, or is vital, are cancelled;
 * mail[] as above.
 */
int store_mail_cancel_astray(struct store *s, int64_t company_id, int64_t now, int64_t *mail,
			     int limit, int *n, struct err *e) NODISCARD;

struct queue_counts {
	int64_t waiting, in_flight, held, unknown;
};
int store_queue_counts(struct store *s, struct queue_counts *out, struct err *e) NODISCARD;

struct attempt_row {
	int64_t started_at, ended_at;
	const char *route, *outcome, *stage, *status, *text;
	int code;
};
typedef int attempt_row_fn(void *arg, const struct attempt_row *t, struct err *e);
int store_attempt_each(struct store *s, int64_t mail_id, attempt_row_fn *row, void *arg,
		       struct err *e) NODISCARD;

/* A place among the accepted mails, in the order in which they were accepted. */
struct accepted_place {
	int64_t at, mail_id;
};
/*
 * Contacts that are unproven and had a mail accepted behind *place and until then: accepted and no
 * bounce for a while.  Ids into out, one with several such mails several times; *place moves on to
 * the last of them, so that a next call goes on there.  Fewer than limit: there are no more.
 */
int store_contacts_silent(struct store *s, struct accepted_place *place, int64_t until,
                          int64_t *out, int limit, int *n, struct err *e) NODISCARD;

#endif
