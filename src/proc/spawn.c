/*
 * spawn: our own binary again, in another role.
 */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "spawn.h"

enum { GRACE_MS = 200 };

void spawn_self(char *const argv[])
{
	static const char self[] = "/proc/self/exe", gone[] = " (deleted)";
	char path[PATH_MAX];
	ssize_t n = readlink(self, path, sizeof(path) - 1);

	if (n > 0) {
		path[n] = '\0';
		if ((size_t)n < sizeof(gone) || strcmp(path + n - (sizeof(gone) - 1), gone) != 0)
			execv(path, argv);
	}
	execv(self, argv);
}

/* Beyond all places, so that none of what moves is overwritten before it has moved. */
static int raise_fd(int fd)
{
	return fd < 0 ? fd : fcntl(fd, F_DUPFD, ROLE_SHARED_FD + 1);
}

/* shared: -1 for none. */
static NORETURN void become_role(const char *role, int fd, int shared)
{
	char *argv[] = { (char *)(uintptr_t) "seinpost", (char *)(uintptr_t) "--role",
			 (char *)(uintptr_t)role, NULL };
	int null = open("/dev/null", O_RDWR), at = raise_fd(fd), shared_at = raise_fd(shared);
	int last = shared < 0 ? ROLE_FD : ROLE_SHARED_FD;
	sigset_t none;

	/* a parent that dies leaves no orphan behind; its socket closes too, this is the second
	 * string */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(at, ROLE_FD) < 0)
		_exit(127);
	if (shared >= 0 && dup2(shared_at, ROLE_SHARED_FD) < 0)
		_exit(127);
	if (close_range((unsigned)last + 1, ~0u, 0) < 0)
		_exit(127);
	spawn_self(argv);
	_exit(127);
}

int spawn_role(const char *role, pid_t *pid, int *fd, struct err *e)
{
	return spawn_role_sharing(role, -1, pid, fd, e);
}

int spawn_role_sharing(const char *role, int shared, pid_t *pid, int *fd, struct err *e)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return err_errno(e, ERR_TEMP, "%s process", role);
	*pid = fork();
	if (*pid < 0) {
		close(pair[0]);
		close(pair[1]);
		return err_errno(e, ERR_TEMP, "%s process", role);
	}
	if (*pid == 0)
		become_role(role, pair[1], shared);
	close(pair[1]);
	if (fcntl(pair[0], F_SETFL, O_NONBLOCK) < 0) {
		close(pair[0]);
		spawn_kill(*pid);
		return err_errno(e, ERR_TEMP, "%s process", role);
	}
	*fd = pair[0];
	return 0;
}

void spawn_kill(pid_t pid)
{
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		continue;
}

void spawn_outcome(pid_t pid, char text[SPAWN_OUTCOME])
{
	const struct timespec moment = { .tv_nsec = 1000000 };
	int status = 0;
	pid_t done = 0;

	for (int i = 0; i < GRACE_MS && done == 0; i++) {
		done = waitpid(pid, &status, WNOHANG);
		if (done == 0)
			nanosleep(&moment, NULL);
	}
	if (done != pid) {
		spawn_kill(pid);
		snprintf(text, SPAWN_OUTCOME, "closed its socket and went on");
	} else if (WIFSIGNALED(status)) {
		snprintf(text, SPAWN_OUTCOME, "ended by signal %d (%s)", WTERMSIG(status),
			 strsignal(WTERMSIG(status)));
	} else {
		snprintf(text, SPAWN_OUTCOME, "ended with exit status %d", WEXITSTATUS(status));
	}
}
