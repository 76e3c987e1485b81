/*
 * spawn: our own binary again, in another role.
 *
 * A role starts by fork and exec, so that it has a fresh address space: no store, no keys, no
 * secrets of the parent. It gets one socket (ROLE_FD), a sender also a piece of memory that it
 * shares with its parent (ROLE_SHARED_FD, see shared.h), and nothing else; standard input is
 * /dev/null.
 */
#ifndef SEINPOST_SPAWN_H
#define SEINPOST_SPAWN_H

#include "base.h"
#include "err.h"

enum { ROLE_FD = 3, ROLE_SHARED_FD = 4, SPAWN_OUTCOME = 64 };

/*
 * Starts "seinpost --role ROLE"; *fd is our end of its socket (close-on-exec, non-blocking), *pid
 * its process. The role ends when its socket closes.
 */
int spawn_role(const char *role, pid_t *pid, int *fd, struct err *e) NODISCARD;
/* The same; the role gets shared, too, which stays the caller's. */
int spawn_role_sharing(const char *role, int shared, pid_t *pid, int *fd, struct err *e) NODISCARD;
/*
 * Executes our own binary; returns only where that failed.  By its path, so that tools which stand
 * between us and the kernel (valgrind) see which program it is; where an upgrade has replaced the
 * file, the one that is running.  Between fork() and exec only.
 */
void spawn_self(char *const argv[]);
/* Ends it for sure and reaps it. */
void spawn_kill(pid_t pid);
/* The same for one whose socket closed; says how it ended by itself ("ended by signal 9 (Killed)").
 */
void spawn_outcome(pid_t pid, char text[SPAWN_OUTCOME]);

#endif
