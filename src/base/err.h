/*
 * err: what went wrong, said once, in words a person can act on.
 *
 * Every function that can fail returns int, 0 or a negative enum err_code, and takes struct err *
 * as its last parameter.  The text is set where the failure is known, and left untouched on
 * success.  Middle layers add context with err_wrap() and keep the code; only cli and proc print
 * it.  Bugs are bug(), never a code.
 */
#ifndef SEINPOST_ERR_H
#define SEINPOST_ERR_H

#include "base.h"

enum err_code {
	ERR_TEMP = -1,     /* try again later: busy, unreachable, out of space for now */
	ERR_PERM = -2,     /* will never work as asked */
	ERR_INPUT = -3,    /* their data is wrong: file, line and reason in the text */
	ERR_NOTFOUND = -4, /* the thing named does not exist */
	ERR_CONFLICT = -5, /* somebody else was first: lease lost, row exists */
	ERR_USAGE = -6,    /* the command was mistyped */
	ERR_CONF = -7,     /* the configuration is wrong */
	ERR_IO = -8,       /* a file or the store cannot be read or written */
	ERR_NET = -9,      /* a service does not answer */
};

struct err {
	int code; /* 0 or an enum err_code */
	char text[512];
};

#define ERR_INIT { 0, "" }

/* Sets code and text and returns code, so that "return err_set(...)" reads as one step.  e may be
 * NULL. */
int err_set(struct err *e, int code, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* The same, with strerror(errno) behind the text; ENOSPC and EAGAIN become ERR_TEMP, all else code.
 */
int err_errno(struct err *e, int code, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* Puts "context: " in front of the text, keeps and returns the code. */
int err_wrap(struct err *e, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
