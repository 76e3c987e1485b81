/*
 * sns: bounces as Amazon SES tells them through SNS: JSON in a mail.
 */
#ifndef SEINPOST_SNS_H
#define SEINPOST_SNS_H

#include "verdict.h"
#include "view.h"

bool sns_report(struct verdict *v, struct view *w);
/* robots.c: a header that only an automatic answer has. */
bool robot_header(const struct view *w);

#endif
