/*
 * recipients: a report's failures as the verdict's recipients, with reason, class and permanence.
 */
#ifndef SEINPOST_RECIPIENTS_H
#define SEINPOST_RECIPIENTS_H

#include "report.h"
#include "verdict.h"
#include "view.h"

/* What became of the mail by this group; one without an action, by its status. */
enum verdict_action recipients_fate(const struct failure *f);
/* Keeps in v whom the report spares. */
void recipients_spare(struct verdict *v, const struct report *r);
/*
 * v->kind is set already.  A report that names nobody gets v->overall, and the one address of the
 * returned mail's To where there is exactly one.
 */
void recipients_fill(struct verdict *v, struct view *w, struct report *r);

#endif
