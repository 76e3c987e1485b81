/*
 * draft: one company's mail on its way into the queue: planned from the store, made without it,
 * written to it.
 *
 * Signing takes milliseconds, so it happens outside of every transaction; a crash before
 * draft_write() was committed leaves no trace and the mail is made again.
 */
#ifndef SEINPOST_DRAFT_H
#define SEINPOST_DRAFT_H

#include "delivery.h"
#include "gateway.h"
#include "incident.h"

struct mail_claim;

enum draft_action {
	DRAFT_NOTHING,  /* nothing to warn about */
	DRAFT_MAIL,
	DRAFT_CALL,     /* nobody to write to: telephone */
	DRAFT_HANDOVER, /* vital: another organisation warns it */
	DRAFT_WITHHELD, /* TLP forbids that it leaves by mail */
};

/* A contact of the ladder: the company's own, then its partner's. */
struct draft_rung {
	struct contact contact;
	const char *partner; /* name of the partner whose contact it is, or NULL */
	bool tried;
};

struct draft {
	enum draft_action action;
	const char *call_reason;     /* DRAFT_CALL */
	const char *evidence;        /* for the warning's history, or "" */
	const struct incident *incident;
	struct company company;
	struct warning warning;      /* id 0: not in the store yet */
	bool escalation;             /* to the next contact of a warning that exists */
	struct finding *finding;     /* that may be told */
	size_t n_finding, n_withheld;
	struct draft_rung *rung;
	size_t n_rung;
	int chosen;                  /* index into rung */
	const char *reply_to;
	struct warn_letter letter;   /* DRAFT_MAIL, after draft_letter() */
	struct delivery mail;        /* DRAFT_MAIL, after draft_close() */
	struct buf bytes;
};

#define DRAFT_INIT { .evidence = "", .letter = WARN_LETTER_INIT, .bytes = BUF_INIT }

/* A first mail of the incident to the company, about all findings nobody has told it yet; nothing
 * where the company is gone. */
int draft_plan(struct draft *d, struct gateway *g, struct arena *a, const struct incident *in,
	       int64_t company_id, struct err *e) NODISCARD;
/* The same warning to the next contact; a company that is vital by now is handed over.  A warning
 * that was given up as unreachable has a new deadline. */
int draft_plan_next(struct draft *d, struct gateway *g, struct arena *a, const struct incident *in,
                    const struct warning *w, struct err *e) NODISCARD;
/* Takes the ids the draft needs; inside the caller's transaction, which is committed before
 * draft_write(). */
int draft_number(struct draft *d, struct gateway *g, struct arena *a, struct err *e) NODISCARD;
/*
 * The two halves of draft_make(), between which the signature is made elsewhere: the letter to the
 * chosen contact, and the mail around the armour that came back.  DRAFT_MAIL only.
 *
 * The draft becomes DRAFT_CALL ("letter_failed"; evidence says why) where the letter is too long to
 * be signed: that is this company's alone, and must not keep the others from theirs.  So it does
 * where the letter of an escalation can never be written: nobody is there to read an error.
 */
int draft_letter(struct draft *d, struct gateway *g, struct arena *a, struct err *e) NODISCARD;
int draft_close(struct draft *d, struct gateway *g, const char *armour, const char *micalg,
		struct err *e) NODISCARD;
/* The OpenPGP key the letter is sealed to, or "". */
const char *draft_key(const struct draft *d);
/*
 * The signer answered an error.  true: it is the contact's key, so the next contact was chosen
 * (draft_letter() again) or the draft became DRAFT_CALL.  false: nothing can be done.
 */
bool draft_pass_over(struct draft *d, struct arena *a, int code);
/*
 * Renders, composes and signs (DRAFT_MAIL only).  A contact whose OpenPGP key cannot be used is
 * passed over for the next one; where none is left the draft becomes DRAFT_CALL.  Needs keys,
 * templates and signer.
 */
int draft_make(struct draft *d, struct gateway *g, struct arena *a, struct err *e) NODISCARD;
/*
 * Inside the transaction of draft_write(): 1 where the company became vital or the contact invalid
 * since the draft was planned, and for a first mail where the warning is no longer what it was, or
 * another run told the findings; then plan again.  0, or an error.
 */
int draft_stale(const struct draft *d, struct gateway *g, struct err *e) NODISCARD;
/*
 * Writes everything; inside the caller's transaction.  With a claim the mail goes past the queue:
 * behind the commit d->mail is the caller's to send.  claim may be NULL.
 */
int draft_write(struct draft *d, struct gateway *g, const struct mail_claim *claim,
		struct err *e) NODISCARD;
void draft_clear(struct draft *d);

#endif
