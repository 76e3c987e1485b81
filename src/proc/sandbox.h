/*
 * sandbox: leaves the calling process one socket and memory, and no other right.
 *
 * For the process that reads hostile mail.  There is no way back, and no process without: where the
 * kernel refuses, the caller must not go on.
 */
#ifndef SEINPOST_SANDBOX_H
#define SEINPOST_SANDBOX_H

#include "base.h"
#include "err.h"

struct sandbox_limits {
	int64_t memory;  /* octets of address space, stack and program included */
	int cpu_seconds; /* of the whole process */
};

/*
 * Closes all descriptors but fd (0 to 2 become /dev/null, fd must be above them), sets the limits,
 * gives up new privileges and dumps, and closes the system call filter.  After it:
 * - read and write on fd, memory that is not executable, the clock, randomness and exit work;
 * - opening a file fails with EACCES, so that a library that misses a file can say so;
 * - every other system call kills the process (SIGSYS).
 */
int sandbox_enter(int fd, const struct sandbox_limits *l, struct err *e) NODISCARD;

#endif
