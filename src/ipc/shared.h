/*
 * shared: memory that two of our processes see at once, for a word that is not worth a message.
 *
 * What stands in it is the other side's to write at any moment: it is read into a local variable
 * once and checked as if hostile.  Its size is sealed, so that nobody can take it away under a
 * reader.
 */
#ifndef SEINPOST_SHARED_H
#define SEINPOST_SHARED_H

#include "base.h"
#include "err.h"

/* Zeroes in *out; *fd (close-on-exec) is for the other process, and the caller's to close. */
int shared_create(void **out, int *fd, size_t size, struct err *e) NODISCARD;
/* The same memory in the other process; fd may be closed behind it. */
int shared_open(void **out, int fd, size_t size, struct err *e) NODISCARD;
/* p may be NULL. */
void shared_close(void *p, size_t size);

#endif
