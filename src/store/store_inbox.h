/*
 * store_inbox: mail that came in, as it came, and what it was judged to be.
 */
#ifndef SEINPOST_STORE_INBOX_H
#define SEINPOST_STORE_INBOX_H

#include "store.h"
#include "verdict.h"

/* How an inbound mail was tied to one of ours, most trusted first.  Only the first two may change
 * state. */
enum inbox_trust { TRUST_RETURN_PATH, TRUST_REPLY, TRUST_MESSAGE_ID, TRUST_REFERENCE, TRUST_NONE };
extern const char *const inbox_trust_words[];

/* Whose OpenPGP signature an answer carries. */
enum signed_state {
	SIGNED_NOT,
	SIGNED_GOOD,         /* good, by the key of a contact of the company */
	SIGNED_OTHER_KEY,    /* good, by a key of nobody there */
	SIGNED_BAD,          /* the mail was changed, or it is no signature */
	SIGNED_NO_KEY,       /* by a key that is not known here */
	SIGNED_KEY_UNUSABLE, /* by a key that is expired or revoked */
	SIGNED_EARLIER,      /* good, but made before the mail that it answers */
	SIGNED_UNCHECKED,    /* no token of ours, a kind gpg does not know, or gpg not run */
};
extern const char *const signed_words[];

/*
 * Adds a raw mail; digest is the SHA-256 of its bytes in hex: the same mail fetched twice is one.
 * *is_new is false where it is known; *id is its id either way.
 */
int store_inbox_add(struct store *s, const char *source, const char *uid, const char *digest,
		    const void *bytes, size_t n, int64_t now, int64_t *id, bool *is_new,
		    struct err *e) NODISCARD;
/* A known mail has another uid at its source by now; at another source it keeps what it has. */
int store_inbox_rename(struct store *s, int64_t id, const char *source, const char *uid,
		       struct err *e) NODISCARD;
/* Is there a mail of that source and uid?  1 with *review set, 0, or an error. */
int store_inbox_known(struct store *s, const char *source, const char *uid, bool *review,
		      struct err *e) NODISCARD;
/* Was this mail judged?  1 with *review set, 0 where it is raw, or an error. */
int store_inbox_judged(struct store *s, int64_t id, bool *review, struct err *e) NODISCARD;

struct inbox_judgement {
	int64_t inbox_id;
	const struct verdict *verdict;
	enum inbox_trust trust;
	int64_t mail_id, warning_id; /* 0 = none */
	const char *review_reason;   /* "" = no person needs to look */
	enum signed_state signature;
	const char *signed_by;       /* fingerprint of the primary key, "" = none known */
};
/* ERR_CONFLICT where the mail is no longer raw: then nothing that follows from it may be written
 * either. */
int store_inbox_judge(struct store *s, const struct inbox_judgement *j, struct err *e) NODISCARD;
int store_inbox_set_review(struct store *s, int64_t id, const char *reason,
			   struct err *e) NODISCARD;

/*
 * Did another mail answer this mail of ours with the answer of v, proven by its token?  1 with
 * *same_text: one with the same text too; 0, or an error.
 */
int store_inbox_answered(struct store *s, int64_t mail_id, const struct verdict *v,
                         int64_t not_inbox_id, bool *same_text, struct err *e) NODISCARD;

/* Did another mail than this one (0: any) say that this mail of ours bounced, proven by its return
 * path?  1, 0, or an error. */
int store_inbox_bounced(struct store *s, int64_t mail_id, int64_t not_inbox_id,
			struct err *e) NODISCARD;

/* The reason of a warning's event: a mail that is with a sender is known to have arrived. */
#define MAIL_ARRIVED "arrived"
/* Did that happen to this mail?  1, 0, or an error. */
int store_inbox_arrived(struct store *s, int64_t mail_id, struct err *e) NODISCARD;

/* The next raw mail above after: 1, 0 none left. */
int store_inbox_next_raw(struct store *s, struct arena *a, int64_t after, int64_t *id,
			 const void **bytes, size_t *n, struct err *e) NODISCARD;

struct inbox_row {
	int64_t id, received_at, mail_id, warning_id;
	const char *source, *uid, *state, *review_reason, *kind, *answer, *reason, *trust, *from,
	    *subject, *excerpt, *evidence, *proposed, *ticket, *ref, *company_ref, *signature,
	    *signed_by;
	bool review;
};
typedef int inbox_row_fn(void *arg, const struct inbox_row *i, struct err *e);
/* Those a person should look at, or (all) the newest limit of them. */
int store_inbox_each(struct store *s, bool all, int limit, inbox_row_fn *row, void *arg,
		     struct err *e) NODISCARD;
/* ERR_NOTFOUND. */
int store_inbox_get(struct store *s, int64_t id, inbox_row_fn *row, void *arg,
		    struct err *e) NODISCARD;
int store_inbox_bytes(struct store *s, struct arena *a, const void **bytes, size_t *n, int64_t id,
                      struct err *e) NODISCARD;
/* ERR_NOTFOUND where it does not wait for a person. */
int store_inbox_done(struct store *s, int64_t id, struct err *e) NODISCARD;

struct inbox_counts {
	int64_t review, raw; /* wait for a person; not judged yet */
	int64_t last_at;     /* when the last one came, 0 = none did */
};
int store_inbox_counts(struct store *s, struct inbox_counts *out, struct err *e) NODISCARD;

#endif
