/*
 * signed_part: where the signed part of a multipart/signed mail and its signature stand (RFC 1847,
 * RFC 3156).  Nothing is verified here: who does needs the bytes as they came.
 */
#ifndef SEINPOST_SIGNED_PART_H
#define SEINPOST_SIGNED_PART_H

#include "verdict.h"
#include "view.h"

/*
 * Fills v->signing, v->signed_part and v->signature where the whole mail is one OpenPGP/MIME-signed
 * part and the text that was read lies in it.  mail: the bytes that are read at all, as they came.
 * Whatever could be divided in two ways counts as unsigned: else a text would pass for signed that
 * is not.
 */
void signed_part_find(struct verdict *v, const struct view *w, struct span mail);

#endif
