/*
 * recipients: a report's failures as the verdict's recipients, with reason, class and permanence.
 */
#ifndef SEINPOST_RECIPIENTS_H
#define SEINPOST_RECIPIENTS_H

#include "report.h"
#include "verdict.h"
#include "view.h"

/*
 * v->kind is set already.  A report that names nobody gets v->overall, and the one address of the
 * returned mail's To where there is exactly one.
 */
void recipients_fill(struct verdict *v, struct view *w, struct report *r);

#endif
