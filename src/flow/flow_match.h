/*
 * flow_match: findings to their owners, in the store.
 */
#ifndef SEINPOST_FLOW_MATCH_H
#define SEINPOST_FLOW_MATCH_H

#include "gateway.h"
#include "match.h"

enum { MATCH_CROWDED_NAMED = 20 };

/* shared: of several companies.  crowded: more owners than MATCH_OWNERS; left unmatched, for a
 * person.  The first are named. */
struct match_count {
	uint64_t looked_at, matched, unmatched, owners, shared, crowded;
	int64_t crowded_id[MATCH_CROWDED_NAMED];
};

/* An index over the whole register.  The caller frees it. */
int flow_match_index(struct gateway *g, struct match_index **out, struct err *e) NODISCARD;
/*
 * Matches what is new, and again what found no owner before, in the incident (0: all open ones).
 * progress may be NULL.
 */
int flow_match(struct gateway *g, int64_t incident_id, struct match_count *count,
               void (*progress)(void *arg, uint64_t done, uint64_t total), void *arg,
               struct err *e) NODISCARD;

#endif
