/*
 * classify_tsv: a verdict as a line of text or as JSON, for `seinpost classify`.
 */
#ifndef SEINPOST_CLASSIFY_TSV_H
#define SEINPOST_CLASSIFY_TSV_H

#include "buf.h"
#include "verdict.h"

/*
 * Appends one line, nine columns separated by tabs, "-" for nothing found:
 * file kind recipients status class reason reply perm answer.
 * status, class, reason, reply and perm have one value where it is the same for all recipients,
 * else one each.
 */
void classify_write_tsv(struct buf *out, const char *file, const struct verdict *v);
/* Appends one JSON object on one line: the same, and the evidence. */
void classify_write_json(struct buf *out, const char *file, const struct verdict *v);

#endif
