/*
 * reply_text: what a person typed, without quote, signature, disclaimer and helpdesk frame.
 */
#ifndef SEINPOST_REPLY_TEXT_H
#define SEINPOST_REPLY_TEXT_H

#include "arena.h"
#include "span.h"

/*
 * text: the mail's text (HTML already as text).  writer: the decoded From field; a line that is
 * only the writer's name begins the signature.  reference: the reference of our mail from the
 * subject, "" for none; where the whole mail is a quote, what stands behind its last line with the
 * reference was typed below it.
 * The result has one line a typed line, blank lines kept.
 */
struct span reply_typed(struct arena *a, struct span text, const char *writer,
			const char *reference);

/* The reference in square brackets of a subject, "" where there is none; at most size - 1 bytes. */
void subject_reference(char *out, size_t size, const char *subject);

#endif
