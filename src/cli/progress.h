/*
 * progress: how far a long command is, on standard error, only where that is a terminal and only
 * after two seconds.
 *
 * One line that is written over again and again: what, how many, of how many and how long that will
 * take (where it is known), and the rate.  Messages of the log go above it.
 */
#ifndef SEINPOST_PROGRESS_H
#define SEINPOST_PROGRESS_H

#include "base.h"
#include "buf.h"

enum { PROGRESS_AFTER_MS = 2000, PROGRESS_EVERY_MS = 200 };

struct progress {
	const char *what;
	int64_t started_ms, shown_ms;
	uint64_t done, total;   /* total: 0 = not known */
	int fd;                 /* what is read; tells the total where it is a file.  -1: none */
	bool terminal, shown, over;
};

/* Total may be set or grow later.  fd: see above; borrowed until progress_end(). */
void progress_start(struct progress *p, const char *what, uint64_t total);
void progress_start_file(struct progress *p, const char *what, int fd);
/* For what prints as it goes: nothing where its results are on the terminal already. */
void progress_start_beside(struct progress *p, const char *what, uint64_t total);
/* p is a struct progress: handed to flows as a callback. */
void progress_show(void *p, uint64_t done);
/* The same where the flow knows the total. */
void progress_show_of(void *p, uint64_t done, uint64_t total);
/* Before something else is printed on standard error: the line goes, and comes back by itself. */
void progress_hide(struct progress *p);
/* Leaves the final numbers and a line end behind, where anything was shown. */
void progress_end(struct progress *p);

/* Appends the line: "warn: 1200 of 5000, 4 s left (950 a second)". */
void progress_line(struct buf *out, const struct progress *p, int64_t now_ms);

#endif
