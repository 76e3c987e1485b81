/*
 * fdio: whole files and whole writes.
 *
 * Limits come before the bytes: a reader names the most it will take, and more is an error that
 * says so.
 */
#ifndef SEINPOST_FDIO_H
#define SEINPOST_FDIO_H

#include "base.h"
#include "buf.h"
#include "err.h"

/* Appends all of fd to out; more than limit bytes is ERR_INPUT.  name is for the error text. */
int fd_read_all(struct buf *out, int fd, size_t limit, const char *name, struct err *e) NODISCARD;
/* Appends the file at path ("-" is standard input).  ERR_NOTFOUND, ERR_IO, ERR_INPUT (too large, a
 * directory). */
int file_read(struct buf *out, const char *path, size_t limit, struct err *e) NODISCARD;
/* Writes all n bytes, through EINTR and short writes.  A full disk is ERR_TEMP. */
int fd_write_all(int fd, const void *p, size_t n, const char *name, struct err *e) NODISCARD;
/*
 * Writes a file so that it is there wholly or not at all: temporary name beside it, fsync, rename,
 * fsync of the folder.  mode as in open(2).
 */
int file_write_atomic(const char *path, const void *p, size_t n, mode_t mode,
		      struct err *e) NODISCARD;
/*
 * Makes the file where there is none and takes its lock: a descriptor, which holds the lock until
 * it is closed or the process ends (children that exec do not have it).  ERR_TEMP where another
 * process holds it, ERR_IO.
 */
int file_lock(const char *path, struct err *e) NODISCARD;
/*
 * Reads a secret (password, HMAC key): the file must be a regular one, of this user or root, and
 * closed to group and others, else ERR_CONF with the chmod that mends it.  One newline at the end
 * is dropped.
 */
int file_read_secret(struct buf *out, const char *path, struct err *e) NODISCARD;

#endif
