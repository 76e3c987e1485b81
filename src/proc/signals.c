/*
 * signals: SIGTERM, SIGINT and SIGHUP as a readable descriptor, and our own commands as supervised
 * children.
 *
 * SECURITY: the supervisor reads the configuration and starts its own binary, nothing else; it
 * holds no store, key or connection.
 */
#include "base.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "log.h"
#include "signals.h"
#include "spawn.h"

enum { RESTART_MOST = 60, LOOK_MS = 500, STOP_SECONDS = 20 };

int signals_stop_fd(int *out, struct err *e)
{
	struct sigaction hang_up;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	/* an ignored signal, as under nohup, would be read from the descriptor all the same */
	if (sigaction(SIGHUP, NULL, &hang_up) == 0 && hang_up.sa_handler != SIG_IGN)
		sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0 ||
	    (*out = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)) < 0)
		return err_errno(e, ERR_IO, "signalfd");
	return 0;
}

static NORETURN void become_child(const struct child *c)
{
	char *argv[16] = { (char *)(uintptr_t)"seinpost" };
	sigset_t none;

	for (int i = 0; c->argv[i] != NULL && i < 14; i++)
		argv[i + 1] = (char *)(uintptr_t)c->argv[i];
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	spawn_self(argv);
	_exit(127);
}

/* Not the wall clock: when that is set back an hour, a child must not wait for it. */
static int64_t monotonic_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec;
}

static void start_due(struct child *list, int n, int64_t now)
{
	for (int i = 0; i < n; i++) {
		struct child *c = &list[i];

		if (c->pid != 0 || c->start_at > now)
			continue;
		c->start_at = now;
		c->pid = fork();
		if (c->pid == 0)
			become_child(c);
		if (c->pid < 0) {
			c->pid = 0;
			c->start_at = now + 1;
		}
	}
}

static void note_end(struct child *c, int status, int64_t now)
{
	int64_t wait;

	if (now - c->start_at > RESTART_MOST)
		c->failures = 0;
	wait = 1 << (c->failures < 6 ? c->failures : 6);
	if (wait > RESTART_MOST)
		wait = RESTART_MOST;
	c->failures++;
	c->pid = 0;
	c->start_at = now + wait;
	if (WIFSIGNALED(status))
		log_error("%s was ended by signal %d; starting again in %" PRId64 " s", c->name,
			  WTERMSIG(status), wait);
	else
		log_warn("%s ended with status %d; starting again in %" PRId64 " s", c->name,
			 WEXITSTATUS(status), wait);
}

static void reap(struct child *list, int n, int64_t now)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (int i = 0; i < n; i++)
			if (list[i].pid == pid)
				note_end(&list[i], status, now);
}

static int running(const struct child *list, int n)
{
	int k = 0;

	for (int i = 0; i < n; i++)
		k += list[i].pid != 0;
	return k;
}

static void end_all(struct child *list, int n, int sig)
{
	for (int i = 0; i < n; i++)
		if (list[i].pid != 0)
			kill(list[i].pid, sig);
}

static void stop_all(struct child *list, int n)
{
	int64_t until = monotonic_s() + STOP_SECONDS;
	int status;
	pid_t pid;

	end_all(list, n, SIGTERM);
	while (running(list, n) > 0) {
		pid = waitpid(-1, &status, WNOHANG);
		for (int i = 0; pid > 0 && i < n; i++)
			if (list[i].pid == pid)
				list[i].pid = 0;
		if (pid < 0 && errno == ECHILD)
			return;
		if (pid == 0)
			poll(NULL, 0, 20);
		if (monotonic_s() > until)
			end_all(list, n, SIGKILL);
	}
}

static bool hung_up(int stop_fd)
{
	struct signalfd_siginfo s;

	return read(stop_fd, &s, sizeof(s)) == (ssize_t)sizeof(s) && s.ssi_signo == SIGHUP;
}

int supervise(struct child *list, int n, int stop_fd, struct err *e)
{
	struct pollfd p = { .fd = stop_fd, .events = POLLIN };
	int rc;

	do {
		int64_t now = monotonic_s();

		reap(list, n, now);
		start_due(list, n, now);
		rc = poll(&p, 1, LOOK_MS);
		if (rc < 0 && errno != EINTR)
			return err_errno(e, ERR_IO, "poll");
	} while (rc <= 0);
	log_info("stopping");
	stop_all(list, n);
	return hung_up(stop_fd) ? err_set(e, ERR_TEMP, "ended by SIGHUP") : 0;
}
