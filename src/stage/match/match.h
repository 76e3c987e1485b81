/*
 * match: finding x assets -> the companies it belongs to.  Pure, in memory, no store.
 *
 * Address: of all networks that hold it the smallest; every company that registered a network of
 * exactly that size that holds it is an owner.  Name (domain, host of the URL, domain of the
 * account): the longest registered suffix, likewise.  Where the host of a URL is an address, it is
 * looked up as one. Both kinds count, so one finding may have several owners; a company is named
 * once, for the first of ip, domain, url, account that led to it.  Reverse DNS is asked only where
 * nothing else matched: whoever owns the address can write any name there.
 *
 * Size is the number of addresses, not the prefix: networks need not be CIDR blocks and may overlap
 * in any way. Input: assets from the store (checked at import); findings are hostile text within
 * the lengths intake allows.
 */
#ifndef SEINPOST_MATCH_H
#define SEINPOST_MATCH_H

#include "base.h"
#include "finding.h"
#include "register.h"

struct match_index;

enum match_by { MATCH_IP, MATCH_DOMAIN, MATCH_URL, MATCH_ACCOUNT, MATCH_REVERSE };
extern const char *const match_by_words[];

/* asset_id: where a company has several that fit equally, the one with the lowest first address,
 * then lowest id. */
struct match_owner {
	int64_t company_id, asset_id;
	enum match_by by;
};

enum { MATCH_OWNERS = 64 };

struct match_result {
	struct match_owner
	    owner[MATCH_OWNERS]; /* by ip, domain, url, account; in each by company_id */
	int n;
	bool truncated; /* more owners than fit: the caller must not go on silently */
};

struct match_index *match_index_new(void);
/* Accepts NULL. */
void match_index_free(struct match_index *ix);
/* Copies what it needs of a. */
void match_index_add(struct match_index *ix, const struct asset *a);
/* Sorts; must be called once, between the last add and the first question. */
void match_index_seal(struct match_index *ix);

/*
 * Fills out; out->n is 0 where nobody owns it.  Allocates nothing.  Names that are not in ASCII
 * form match nothing: intake turns those it knows into A-labels.
 */
void match_finding(struct match_result *out, const struct match_index *ix, const struct finding *f);

/*
 * Explains one finding: calls step() for every candidate, for each of ip, domain, url, account,
 * reverse from the smallest range or longest suffix up, and tells which were chosen and why the
 * others were not.  The chosen ones are those of match_finding().  The strings are borrowed for the
 * call.  Looks at all networks: for people, not for batches.
 */
typedef void match_step_fn(void *arg, const struct match_owner *o, const char *asset_text,
			   bool chosen, const char *why);
void match_explain(const struct match_index *ix, const struct finding *f, match_step_fn *step,
		   void *arg);

#endif
