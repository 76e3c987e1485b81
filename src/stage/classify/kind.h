/*
 * kind: is it a report of a mail system, and what does it report?
 */
#ifndef SEINPOST_KIND_H
#define SEINPOST_KIND_H

#include "report.h"
#include "verdict.h"
#include "view.h"

/*
 * Sets v->kind, its rule and evidence and, for bounces, delays and success reports, the recipients.
 * false: it is no report; robots and people come next.
 */
bool kind_report(struct verdict *v, struct view *w);

/* Names the rule that decided, the line it stood in and the part. */
void verdict_explain(struct verdict *v, const char *rule, struct span evidence, const char *part);

/* Copies text into a field of the verdict: printable, one line, cut to size. */
void verdict_text(char *out, size_t size, const char *s, size_t n, bool one_line);

#endif
