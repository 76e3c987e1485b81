/*
 * signals: SIGTERM, SIGINT and SIGHUP as a readable descriptor, and our own commands as supervised
 * children.
 */
#ifndef SEINPOST_SIGNALS_H
#define SEINPOST_SIGNALS_H

#include "base.h"
#include "err.h"

/* Blocks these signals, but SIGHUP not where it is ignored; the descriptor becomes readable at the
 * first of them and stays so. */
int signals_stop_fd(int *out, struct err *e) NODISCARD;

/* A child of "seinpost run": one of our own commands, restarted when it ends, later and later. */
struct child {
	const char *name;        /* for the log */
	const char *const *argv; /* words behind the program's name, NULL-terminated */
	pid_t pid;               /* 0 = not running */
	int64_t start_at;        /* monotonic seconds: not before */
	int failures;
};

/*
 * Runs the children until stop_fd is readable; then ends them with SIGTERM and waits.  ERR_TEMP
 * where that was a SIGHUP: whoever manages the service shall start it again.
 */
int supervise(struct child *list, int n, int stop_fd, struct err *e) NODISCARD;

#endif
