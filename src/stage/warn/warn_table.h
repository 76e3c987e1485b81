/*
 * warn_table: the systems of a group as a table in plain text, and what stands in the attachment.
 */
#ifndef SEINPOST_WARN_TABLE_H
#define SEINPOST_WARN_TABLE_H

#include "base.h"
#include "dutch.h"
#include "warn_group.h"

enum { WARN_TABLE_COLUMNS = 72 };

/*
 * The table: heading, a rule, one line a finding (WARN_TABLE_ROWS at most, then how many more there
 * are), no line wider than WARN_TABLE_COLUMNS, no line end behind the last.  Columns nobody has a
 * value for are left out.  Details that do not fit go on below, up to four lines; what is longer
 * still ends in "...", and the attachment has it in full.  Lives in a.
 */
const char *warn_table(struct arena *a, const struct warn_group *g, enum language l);

/* "timestamp, ip, port, ..." */
extern const char warn_csv_columns[];

#endif
