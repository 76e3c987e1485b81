/*
 * store_report: the numbers of the report.
 */
#ifndef SEINPOST_STORE_REPORT_H
#define SEINPOST_STORE_REPORT_H

#include "counts.h"
#include "store.h"

/*
 * Calls row() for each incident with a finding or a warning in [from, to) (UTC seconds; warnings by
 * the time they were made, findings by the time they were received), oldest first, and once more
 * with the total, whose companies are distinct over all incidents.  incident_id 0: all.
 */
typedef int counts_row_fn(void *arg, const struct counts_row *r, struct err *e);
int store_report(struct store *s, int64_t incident_id, int64_t from, int64_t to, counts_row_fn *row,
		 void *arg, struct err *e) NODISCARD;

#endif
