/*
 * defang: links that nobody can click by mistake.
 */
#ifndef SEINPOST_DEFANG_H
#define SEINPOST_DEFANG_H

#include "arena.h"
#include "base.h"

/*
 * "https://www.example.nl/a.php?u=http://x" becomes
 * "hxxps://www[.]example[.]nl/a.php?u=hxxp[:]//x": no mail program makes a link of it, and a person
 * still reads it.  Text without "://" is taken as host and path.
 */
const char *defang_url(struct arena *a, const char *url);
/*
 * The same for links inside free text (banners, product names): every "://" becomes "[:]//", every
 * "www." "www[.]".  text itself where there is none.
 */
const char *defang_text(struct arena *a, const char *text);

#endif
