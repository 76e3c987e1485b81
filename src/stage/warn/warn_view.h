/*
 * warn_view: what the templates of a warning see.
 *
 * All names are always there; texts may be "".  Texts of findings, companies and contacts were made
 * printable, put on one line and cut, and links in them broken.
 *
 *   gateway     {name, organisation, from, phone, website, fingerprint}
 *               fingerprint: in groups of four
 *   company     {name}
 *   contact     {name, has_name}
 *   partner     false, or {name}: the mail goes to a partner of the company
 *   incident    {title, tlp}                     tlp: "TLP:GREEN"
 *               tlp: the strictest of the incident's and the findings'
 *               title: where the incident has none, the title of the first group's advice
 *   warning     {ref, date, deadline, reminder}  date: "donderdag 26 november 2026"
 *   count       {findings, one, many}            findings: "1.234"
 *   groups      list, the worst first:
 *               {kind, title, seen, do, explain, one, many, number, several, more, cves, table,
 *               findings}
 *               number: "1"...; several: there are more groups; more: false, or how many findings
 *               of the group stand in the attachment only
 *   ..findings  list of {system, port, transport, domain, url, account, what, seen_at, cve,
 *               product, severity}
 *   attachment  {name, columns}
 *   answers     {received, resolved, not_ours, unsubscribe}, mailto: links
 *   reply_to
 *
 * The sections of an advice file see the same, and on top of it the names of their group but title,
 * seen, do, explain.
 */
#ifndef SEINPOST_WARN_VIEW_H
#define SEINPOST_WARN_VIEW_H

#include "base.h"
#include "warn.h"
#include "warn_group.h"

/*
 * Everything but groups.  The views here borrow from what they are made of, which lives as long as
 * they do.
 */
struct view *warn_view_top(struct arena *a, const struct warn_input *in, enum language l);
/* The incident with this title. */
struct view *warn_view_incident(struct arena *a, const struct warn_input *in, const char *title);
/* One group, without what comes from its advice; number counts from 1. */
struct view *warn_view_group(struct arena *a, const struct warn_group *g, enum language l,
                             size_t number, bool several);

/* Text from outside, printable, on one line, and cut; s itself where it is all that already. */
const char *warn_view_clean(struct arena *a, const char *s);
/* "3389", or "" without a port. */
const char *warn_view_port(struct arena *a, const struct finding *f);
/*
 * A finding's address and link as the mail shows them.  Links are broken where an attacker put
 * there what they lead to: the finding is marked compromised, or its own advice or its group's is
 * about hostile content.
 */
const char *warn_view_system(struct arena *a, const struct finding *f, const char *kind);
const char *warn_view_url(struct arena *a, const struct finding *f, const char *kind);

#endif
