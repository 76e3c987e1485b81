/*
 * link: how a mail may belong to one of ours; everything as the mail claims it.
 */
#ifndef SEINPOST_LINK_H
#define SEINPOST_LINK_H

#include "verdict.h"
#include "view.h"

void link_fill(struct verdict *v, struct view *w);

#endif
