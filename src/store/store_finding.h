/*
 * store_finding: incidents, findings and who owns them.
 */
#ifndef SEINPOST_STORE_FINDING_H
#define SEINPOST_STORE_FINDING_H

#include "finding.h"
#include "incident.h"
#include "store.h"

/* ERR_CONFLICT where the slug exists.  Fills in the id. */
int store_incident_add(struct store *s, struct incident *in, struct err *e) NODISCARD;
int store_incident_by_slug(struct store *s, struct arena *a, struct incident *out, const char *slug,
                           struct err *e) NODISCARD;
int store_incident_get(struct store *s, struct arena *a, struct incident *out, int64_t id,
                       struct err *e) NODISCARD;
int store_incident_set_severity(struct store *s, int64_t id, enum severity severity,
                                struct err *e) NODISCARD;
int store_incident_close(struct store *s, int64_t id, int64_t now, struct err *e) NODISCARD;
/* Newest first. */
typedef int incident_row_fn(void *arg, const struct incident *in, struct err *e);
int store_incident_each(struct store *s, incident_row_fn *row, void *arg, struct err *e) NODISCARD;

/*
 * Adds the finding under its identity (SHA-256 in hex of finding_identity()).  *is_new is false
 * where it is known already: then nothing is written.  extra_json: the columns without a field, as
 * JSON.
 */
int store_finding_add(struct store *s, struct finding *f, const char *identity,
                      const char *extra_json, int64_t now, bool *is_new, struct err *e) NODISCARD;

/* Is a finding with that identity in the store?  1, 0, or an error. */
int store_finding_known(struct store *s, const char *identity, struct err *e) NODISCARD;
/*
 * 1 where a company that is in the register still was warned about a finding of that identity, or
 * one may be yet, and nobody has said before seen_at that it is solved; else 0.
 */
int store_finding_pending(struct store *s, const char *identity, int64_t seen_at,
			  struct err *e) NODISCARD;

/* Calls row() for the incident's findings in that state, ids above after, at most limit of them. */
typedef int finding_row_fn(void *arg, const struct finding *f, struct err *e);
int store_finding_each(struct store *s, int64_t incident_id, enum finding_state state,
                       int64_t after, int limit, finding_row_fn *row, void *arg,
                       struct err *e) NODISCARD;
/* ERR_NOTFOUND; extra_json as stored, in a. */
int store_finding_get(struct store *s, struct arena *a, struct finding *out,
                      const char **extra_json, int64_t id, struct err *e) NODISCARD;

/*
 * A match that read the finding in state from says what it is.  Nothing is written where it is in
 * another state by now: another match was faster, and its owners may have been warned.
 */
int store_finding_matched(struct store *s, int64_t id, enum finding_state from,
                          enum finding_state to, struct err *e) NODISCARD;
/* What is withdrawn stays so. */
int store_finding_set_state(struct store *s, int64_t id, enum finding_state state,
                            struct err *e) NODISCARD;
int store_finding_add_owner(struct store *s, const struct finding *f, int64_t company_id,
                            int64_t asset_id, const char *matched_by, struct err *e) NODISCARD;

/*
 * Companies of the incident that own findings nobody has warned about yet, ids above after, at most
 * limit.
 */
int store_unwarned_companies(struct store *s, int64_t incident_id, int64_t after, int limit,
                             int64_t *out, int *n, struct err *e) NODISCARD;
/* How many they are. */
int store_unwarned_count(struct store *s, int64_t incident_id, int64_t *out,
                         struct err *e) NODISCARD;
/* Those findings of one company in a, oldest first. */
int store_unwarned_findings(struct store *s, struct arena *a, struct finding **out, size_t *n,
                            int64_t incident_id, int64_t company_id, struct err *e) NODISCARD;
/* The findings a warning was about. */
int store_warned_findings(struct store *s, struct arena *a, struct finding **out, size_t *n,
                          int64_t warning_id, struct err *e) NODISCARD;
/* Is the company's finding still to be told?  1, 0, or an error. */
int store_finding_untold(struct store *s, const struct finding *f, int64_t company_id,
			 struct err *e) NODISCARD;
/*
 * Ties the company's unwarned findings of the incident to the warning and marks them warned.
 * ERR_CONFLICT: somebody else warned it about one of them meanwhile.
 */
int store_findings_warned(struct store *s, int64_t warning_id, int64_t company_id,
                          const struct finding *f, size_t n, struct err *e) NODISCARD;

struct owner_row {
	const char *company_ref, *company_name, *matched_by;
	/* the network or domain it was matched by, "" where that is gone from the register */
	const char *asset;
	const char *ref;   /* of the warning, "" while there is none */
};
typedef int owner_row_fn(void *arg, const struct owner_row *o, struct err *e);
/* Whose the finding is, in the order of the companies' refs. */
int store_finding_owners(struct store *s, int64_t id, owner_row_fn *row, void *arg,
                         struct err *e) NODISCARD;

/* Adds to *n how many of its findings are for match to look at. */
int store_finding_waiting(struct store *s, int64_t incident_id, int64_t *n,
                          struct err *e) NODISCARD;

struct finding_counts {
	int64_t all, matched, unmatched, fresh, warned;
};
int store_finding_counts(struct store *s, int64_t incident_id, struct finding_counts *out,
                         struct err *e) NODISCARD;

#endif
