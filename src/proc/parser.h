/*
 * parser: the process that looks inside hostile mail, and its messages.
 */
#ifndef SEINPOST_PARSER_H
#define SEINPOST_PARSER_H

#include "base.h"

/*
 * parser -> parent: READY once, when a sandbox was seen to close (no payload), or FAILED with the
 * reason as text.  Then for each MAIL (the bytes as they came) one VERDICT: a struct verdict and
 * nothing else.
 */
enum parser_message { PARSER_READY, PARSER_FAILED, PARSER_MAIL, PARSER_VERDICT };

/* The role: reads from fd until it is closed.  Returns the exit status. */
int parser_main(int fd);

#endif
