/*
 * warn_group: findings of one mail, by kind of advice, the worst first.
 */
#ifndef SEINPOST_WARN_GROUP_H
#define SEINPOST_WARN_GROUP_H

#include "arena.h"
#include "base.h"
#include "warn.h"

struct warn_group {
	const char *kind;
	const struct finding **finding; /* by severity, then system */
	size_t n;
};

struct warn_groups {
	struct warn_group *group;
	size_t n;
};

/*
 * kind_of says which kind of advice a finding gets; NULL is an error that it has set in e
 * (ERR_NOTFOUND).  All of *out lives in a.
 */
typedef const char *warn_kind_fn(const struct warn_catalog *c, const struct warn_input *in,
                                 const struct finding *f, struct err *e);
int warn_group_findings(struct warn_groups *out, struct arena *a, const struct warn_catalog *c,
                        const struct warn_input *in, warn_kind_fn *kind_of,
                        struct err *e) NODISCARD;

#endif
