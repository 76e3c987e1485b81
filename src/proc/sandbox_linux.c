/*
 * sandbox_linux: rlimits, no_new_privs and seccomp; the only file that knows <seccomp.h>.
 *
 * Invariant: the filter is an allow-list; a call that nobody thought of kills.
 * SECURITY: what runs behind it may have been taken over by the bytes it reads.  It can then answer
 * nonsense on its socket, use up its memory and time, and exit; nothing else.
 */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <seccomp.h>

#include "sandbox.h"

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER 1
#endif
#endif
#ifndef ADDRESS_SANITIZER
#define ADDRESS_SANITIZER 0
#endif

static int close_files(int fd, struct err *e)
{
	int null = open("/dev/null", O_RDWR);

	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0 ||
	    dup2(null, STDERR_FILENO) < 0)
		return err_errno(e, ERR_IO, "sandbox: /dev/null");
	if ((fd > STDERR_FILENO + 1 && close_range(STDERR_FILENO + 1, (unsigned)fd - 1, 0) < 0) ||
	    close_range((unsigned)fd + 1, ~0u, 0) < 0)
		return err_errno(e, ERR_IO, "sandbox: descriptors");
	return 0;
}

static int limit(int what, int64_t most, const char *name, struct err *e)
{
	struct rlimit r = { (rlim_t)most, (rlim_t)most };

	return setrlimit(what, &r) < 0 ? err_errno(e, ERR_IO, "sandbox: limit of %s", name) : 0;
}

static int set_limits(const struct sandbox_limits *l, struct err *e)
{
	int rc = 0;

	/* the address sanitizer reserves terabytes of address space */
	if (!ADDRESS_SANITIZER)
		rc = limit(RLIMIT_AS, l->memory, "memory", e);
	if (rc == 0)
		rc = limit(RLIMIT_CPU, l->cpu_seconds, "processor time", e);
	if (rc == 0)
		rc = limit(RLIMIT_NOFILE, 0, "open files", e);
	if (rc == 0)
		rc = limit(RLIMIT_FSIZE, 0, "file size", e);
	return rc < 0 ? rc : limit(RLIMIT_CORE, 0, "core size", e);
}

/* Calls without a condition on their arguments. */
static int allow_plain(scmp_filter_ctx f)
{
	static const int calls[] = {
		SCMP_SYS(brk),           SCMP_SYS(munmap),       SCMP_SYS(mremap),
		SCMP_SYS(madvise),       SCMP_SYS(futex),        SCMP_SYS(getrandom),
		SCMP_SYS(clock_gettime), SCMP_SYS(rt_sigreturn), SCMP_SYS(exit),
		SCMP_SYS(exit_group),
	};

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		if (seccomp_rule_add(f, SCMP_ACT_ALLOW, calls[i], 0) < 0)
			return -1;
	/* the sanitizer looks for the end of the stack before each call that does not return */
	if (ADDRESS_SANITIZER && seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(sigaltstack), 0) < 0)
		return -1;
	return 0;
}

/* A converter of iconv that is not loaded is looked for on disk: that must fail, not kill. */
static int refuse_files(scmp_filter_ctx f)
{
	static const int calls[] = {
		SCMP_SYS(open),       SCMP_SYS(openat), SCMP_SYS(stat),      SCMP_SYS(lstat),
		SCMP_SYS(newfstatat), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(readlink),
		SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
	};

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		if (seccomp_rule_add(f, SCMP_ACT_ERRNO(EACCES), calls[i], 0) < 0)
			return -1;
	return 0;
}

static int allow_on(scmp_filter_ctx f, int fd)
{
	const struct scmp_arg_cmp on_fd = {
		.arg = 0, .op = SCMP_CMP_EQ, .datum_a = (scmp_datum_t)fd,
	};
	/* the third argument, masked by the first datum, is the second */
	const struct scmp_arg_cmp no_exec = {
		.arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = PROT_EXEC, .datum_b = 0,
	};

	if (seccomp_rule_add_array(f, SCMP_ACT_ALLOW, SCMP_SYS(read), 1, &on_fd) < 0 ||
	    seccomp_rule_add_array(f, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, &on_fd) < 0 ||
	    seccomp_rule_add_array(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &no_exec) < 0)
		return -1;
	return seccomp_rule_add_array(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &no_exec);
}

static int close_filter(int fd, struct err *e)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int rc = 0;

	if (f == NULL || allow_plain(f) < 0 || refuse_files(f) < 0 || allow_on(f, fd) < 0 ||
	    seccomp_load(f) < 0)
		rc = err_set(e, ERR_IO,
		             "sandbox: the kernel takes no system call filter (seccomp)");
	if (f != NULL)
		seccomp_release(f);
	return rc;
}

int sandbox_enter(int fd, const struct sandbox_limits *l, struct err *e)
{
	int rc;

	if ((rc = close_files(fd, e)) < 0 || (rc = set_limits(l, e)) < 0)
		return rc;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		return err_errno(e, ERR_IO, "sandbox: privileges");
	return close_filter(fd, e);
}
