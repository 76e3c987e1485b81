/*
 * store_register: companies, contacts and assets in the store.
 */
#ifndef SEINPOST_STORE_REGISTER_H
#define SEINPOST_STORE_REGISTER_H

#include "register.h"
#include "store.h"

/* What put did.  PUT_TWIN: nothing, the contact is there in letters of another case. */
enum put_result { PUT_SAME, PUT_NEW, PUT_CHANGED, PUT_TWIN };

/* Fields that a put leaves alone where the row is there already. */
enum put_keep {
	KEEP_NAME = 1, KEEP_STATUS = 2, KEEP_LANGUAGE = 4, KEEP_VITAL = 8, KEEP_PARTNER = 16,
	KEEP_ROLE = 32, KEEP_RANK = 64, KEEP_SOURCE = 128, KEEP_SOURCE_DATE = 256, KEEP_PGP = 512,
	KEEP_CONTACT_NAME = 1024,
	KEEP_COMPANY = KEEP_NAME | KEEP_STATUS | KEEP_LANGUAGE | KEEP_VITAL | KEEP_PARTNER,
};

/*
 * Adds or updates by the natural key (company: ref; contact and asset: company, kind, value); the
 * same row twice is one.
 * A contact's validity (state, score) is never touched by an import: a dead address does not come
 * back to life.
 * Mail addresses of a company that differ only in the case of their letters are one contact, the
 * one that came first.
 * Fills in the id of *c, *k, *a and leaves the rest as it was given.
 */
int store_company_put(struct store *s, struct company *c, unsigned keep, int64_t now,
                      enum put_result *what, struct err *e) NODISCARD;
int store_contact_put(struct store *s, struct contact *k, unsigned keep, int64_t now,
                      enum put_result *what, struct err *e) NODISCARD;
int store_asset_put(struct store *s, struct asset *a, int64_t now, enum put_result *what,
                    struct err *e) NODISCARD;

/* ERR_NOTFOUND where there is none. */
int store_company_by_ref(struct store *s, struct arena *a, struct company *out, const char *ref,
                         struct err *e) NODISCARD;
int store_company_get(struct store *s, struct arena *a, struct company *out, int64_t id,
                      struct err *e) NODISCARD;
/*
 * Deletes the company with its contacts, assets, warnings, mails and what it answered.  Findings
 * stay, without an owner.  The numbers of closed incidents go down by it: that is the point.
 */
int store_company_forget(struct store *s, int64_t id, struct err *e) NODISCARD;

/* Calls row() for each, in the order of ref; an error of row() stops and is returned. */
typedef int company_row_fn(void *arg, const struct company *c, struct err *e);
typedef int contact_row_fn(void *arg, const struct contact *k, const char *company_ref,
                           struct err *e);
typedef int asset_row_fn(void *arg, const struct asset *a, const char *company_ref, struct err *e);
int store_company_each(struct store *s, company_row_fn *row, void *arg, struct err *e) NODISCARD;
/* All contacts (company_id 0) or one company's, by company, then rank. */
int store_contact_each(struct store *s, int64_t company_id, contact_row_fn *row, void *arg,
                       struct err *e) NODISCARD;
int store_asset_each(struct store *s, int64_t company_id, asset_row_fn *row, void *arg,
                     struct err *e) NODISCARD;
/* All assets, those that are the same to the letter side by side, by company. */
int store_asset_each_by_value(struct store *s, asset_row_fn *row, void *arg,
			      struct err *e) NODISCARD;

int store_contact_get(struct store *s, struct arena *a, struct contact *out, int64_t id,
                      struct err *e) NODISCARD;
/* The contacts of a company in the order they are tried: rank, then id.  *n of them in a. */
int store_contact_ladder(struct store *s, struct arena *a, struct contact **out, size_t *n,
                         int64_t company_id, struct err *e) NODISCARD;
/* Ids of all mail contacts at a domain. */
int store_contacts_at_domain(struct store *s, struct arena *a, int64_t **out, size_t *n,
                             const char *domain, struct err *e) NODISCARD;

/* Ids of the mail contacts with this address (case folded), behind the id after. */
int store_contacts_at_address(struct store *s, const char *address, int64_t after, int64_t *out,
                              int limit, int *n, struct err *e) NODISCARD;

/*
 * How many mail contacts have this address (case folded), and how many of them are of the company
 * or of that of contact_id, who may be its partner.
 */
int store_contact_owners(struct store *s, const char *address, int64_t company_id,
                         int64_t contact_id, int64_t *all, int64_t *own, struct err *e) NODISCARD;
/* Is it the OpenPGP key of a mail contact of the company, or of that of contact_id?  1, 0, or an
 * error. */
int store_contact_has_key(struct store *s, int64_t company_id, int64_t contact_id,
                          const char *fingerprint, struct err *e) NODISCARD;
/* Did it ask not to be written to, and did no person set it to another state since?  1, 0, or an
 * error. */
int store_contact_unsubscribed(struct store *s, int64_t contact_id, struct err *e) NODISCARD;

struct contact_change {
	int64_t contact_id;
	enum contact_state from, to;
	int score;
	const char *reason, *evidence;
	int64_t inbox_id; /* 0 = none */
	int64_t at;
};
/*
 * Writes the new state and its event.  ERR_CONFLICT where its state is not from: nothing is
 * written.
 */
int store_contact_change(struct store *s, const struct contact_change *c,
                         struct err *e) NODISCARD;

typedef int contact_event_fn(void *arg, int64_t at, const char *from, const char *to,
                             const char *reason, const char *evidence, struct err *e);
int store_contact_history(struct store *s, int64_t contact_id, contact_event_fn *row, void *arg,
                          struct err *e) NODISCARD;

#endif
