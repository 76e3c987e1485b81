/*
 * mime_split: where the parts of a multipart begin and end, and the fields in front of each; RFC
 * 2046 5.1.
 *
 * Lines end in CRLF (prescan_mail()).  Mails are not always divided as they say they are; which
 * reading is taken then is libetpan's, so that a part has the text and the number that it has for
 * those who use that library.
 */
#ifndef SEINPOST_MIME_SPLIT_H
#define SEINPOST_MIME_SPLIT_H

#include "span.h"

struct mail_field;

/*
 * Takes one header field of a part off the front: "Name: value" with its folded lines, all with a
 * line end; false where none is, and nothing is taken.
 */
bool mime_take_field(struct span *rest, struct mail_field *f);
/* Drops an empty line at the front, where one is. */
void mime_skip_empty_line(struct span *rest);

/*
 * The parts of a multipart's body, at most max of them; returns their number.  A last part that is
 * not closed goes to the end; where nothing stands behind the last delimiter, there are none.
 */
int mime_split(struct span *part, int max, struct span body, const char *boundary);

#endif
