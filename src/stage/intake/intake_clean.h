/*
 * intake_clean: single values from a feed, made safe or found wanting.
 *
 * Results live in the arena, or are the value itself where nothing had to be changed.
 */
#ifndef SEINPOST_INTAKE_CLEAN_H
#define SEINPOST_INTAKE_CLEAN_H

#include "base.h"
#include "arena.h"
#include "intake.h"

/*
 * Without blanks at both ends, control characters as '?', line breaks as blanks, cut to max bytes.
 */
const char *clean_text(struct arena *a, const char *s, size_t max);
/* The same in lower case (ASCII). */
const char *clean_lower(struct arena *a, const char *s, size_t max);
/*
 * The normal form of the host in "example.nl", "example.nl:8080" or "https://example.nl/path", two
 * labels or more; NULL where there is none.
 */
const char *clean_host(struct arena *a, const char *s, const struct intake_options *o);
/* A mail address in normal form, or a cleaned user name. */
const char *clean_account(struct arena *a, const char *s);
/* "TLP:WHITE" -> "clear"; NULL for an unknown label. */
const char *clean_tlp(struct arena *a, const char *s);

#endif
