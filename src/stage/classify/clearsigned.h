/*
 * clearsigned: replies that are signed inside their text, by the cleartext framework of OpenPGP
 * (RFC 9580, 7).  Nothing is verified here.
 */
#ifndef SEINPOST_CLEARSIGNED_H
#define SEINPOST_CLEARSIGNED_H

#include "verdict.h"
#include "view.h"

struct clearsigned {
	struct span block; /* from the dashes of its begin to those of its end */
	struct span text;  /* what is signed in it, dash-escaped as it stands */
};

/* The first such message that begins a line of s; false where there is none that is whole. */
bool clearsigned_in(struct clearsigned *out, struct span s);
/*
 * Is text (of a struct clearsigned) what gpg gave out as signed?  Line by line, without the dash
 * escapes and what stands blank at the end of a line, which the signature does not cover.
 */
bool clearsigned_same(struct span text, struct span plain);

/*
 * Fills v->signing and v->signed_part where all that was typed is the text of one such message in
 * the only part that was read.  mail: the bytes that are read at all, as they came.  What is typed
 * beside it, or reads otherwise in those bytes, makes the mail count as unsigned.
 */
void clearsigned_find(struct verdict *v, struct view *w, struct span mail);
/* Undoes the transfer encoding of v->signed_part, hostile, as v->signing names it. */
bool clearsigned_decode(struct span *out, struct arena *a, struct span signed_part,
                        enum verdict_signing how);

#endif
