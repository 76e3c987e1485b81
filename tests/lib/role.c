/*
 * role: processes for tests of proc.
 */
#include "base.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "role.h"

enum { ROLE_AT = 3 };

static int fork_with_socket(pid_t *pid, int *fd, struct err *e)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return err_errno(e, ERR_TEMP, "socketpair");
	*pid = fork();
	if (*pid < 0)
		return err_errno(e, ERR_TEMP, "fork");
	if (*pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(pair[0]);
		*fd = pair[1];
		return 0;
	}
	close(pair[1]);
	*fd = pair[0];
	return fcntl(*fd, F_SETFL, O_NONBLOCK) < 0 ? err_errno(e, ERR_TEMP, "fcntl") : 0;
}

int role_spawn_real(const char *role, pid_t *pid, int *fd, struct err *e)
{
	const char *folder = getenv("top_builddir");
	char path[4096];
	int rc = fork_with_socket(pid, fd, e);

	if (rc < 0 || *pid > 0)
		return rc;
	snprintf(path, sizeof(path), "%s/seinpost", folder ? folder : ".");
	if (*fd == ROLE_AT ? fcntl(*fd, F_SETFD, 0) < 0 : dup2(*fd, ROLE_AT) < 0)
		_exit(126);
	execl(path, "seinpost", "--role", role, (char *)NULL);
	_exit(127);
}

int role_spawn_fake(int (*what)(int fd), pid_t *pid, int *fd, struct err *e)
{
	int rc = fork_with_socket(pid, fd, e);

	if (rc < 0 || *pid > 0)
		return rc;
	_exit(what(*fd));
}
