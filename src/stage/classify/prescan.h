/*
 * prescan: hostile bytes -> a copy that may be read.
 *
 * What a reader of mail costs, and how deep a library recurses, is decided by what stands in the
 * mail (nested comments, nested multiparts), so everything that nests is counted first.
 */
#ifndef SEINPOST_PRESCAN_H
#define SEINPOST_PRESCAN_H

#include "arena.h"
#include "classify.h"
#include "span.h"

/*
 * Zero bytes behind the copy: libetpan's quoted-printable decoder reads up to two bytes past a cut
 * escape.
 */
enum { PRESCAN_PADDING = 16 };

/*
 * Copies at most limits->bytes of the mail into the arena: without a leading mbox "From " line,
 * every line end as CRLF, NUL as blank, overlong header blocks cut, nothing behind more boundary
 * lines than parts may need.  Returns false, and nothing may be parsed, for mails that nest beyond
 * the limits.
 */
bool prescan_mail(struct span *out, struct arena *a, struct span mail,
		  const struct classify_limits *limits);

#endif
