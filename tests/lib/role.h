/*
 * role: processes for tests of proc: the real binary, or a function of the test in a child.
 */
#ifndef SEINPOST_TEST_ROLE_H
#define SEINPOST_TEST_ROLE_H

#include "base.h"
#include "err.h"

/* As spawn_role(), but of the seinpost of this build: a test's own binary has no roles. */
int role_spawn_real(const char *role, pid_t *pid, int *fd, struct err *e) NODISCARD;
/* A child that runs what(fd) and exits with its result. */
int role_spawn_fake(int (*what)(int fd), pid_t *pid, int *fd, struct err *e) NODISCARD;

#endif
