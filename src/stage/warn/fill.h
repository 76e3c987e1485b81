/*
 * fill: lines that became too long once their values stood in them.
 */
#ifndef SEINPOST_FILL_H
#define SEINPOST_FILL_H

#include "base.h"
#include "buf.h"

enum { FILL_COLUMNS = 76 };

/*
 * Appends text; a line of more than FILL_COLUMNS columns is broken at blanks, and what follows is
 * indented like the text of its first line (behind "1. ", "- ", "Betreft: " and blanks).  Words,
 * and so links, are never broken.
 */
void fill_text(struct buf *out, const char *text, size_t n);

#endif
