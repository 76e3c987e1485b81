/*
 * html_text: the text a reader of an HTML mail sees, roughly, with quotes marked by "> ".
 */
#ifndef SEINPOST_HTML_TEXT_H
#define SEINPOST_HTML_TEXT_H

#include "arena.h"
#include "span.h"

/*
 * Linear; script, style, head and comments are dropped, blocks become lines, common entities
 * characters.
 */
struct span html_to_text(struct arena *a, struct span html);

#endif
