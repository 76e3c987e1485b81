/*
 * test_sandbox: what a process behind the sandbox can still do, and what it dies of.
 */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox.h"

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif
#else
enum { SANITIZED = 0 };
#endif

enum { FAILED_AS_IT_SHOULD = 42, SANDBOX_FD = 3 };

static const struct sandbox_limits tight = { .memory = 128 << 20, .cpu_seconds = 1 };

/* Exit status of what() behind the sandbox, or minus the signal it died of. */
static int outcome_of(int (*what)(int fd))
{
	int pair[2], status = 0;
	pid_t pid;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct err e = ERR_INIT;

		if (dup2(pair[1], SANDBOX_FD) < 0 || sandbox_enter(SANDBOX_FD, &tight, &e) < 0)
			_exit(99);
		_exit(what(SANDBOX_FD));
	}
	close(pair[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	close(pair[0]);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static int make_socket(int fd)
{
	UNUSED(fd);
	return socket(AF_INET, SOCK_STREAM, 0) < 0;
}

static int run_program(int fd)
{
	UNUSED(fd);
	execl("/bin/true", "true", (char *)NULL);
	return 1;
}

static int make_process(int fd)
{
	UNUSED(fd);
	return fork() < 0;
}

static int kill_parent(int fd)
{
	UNUSED(fd);
	return kill(getppid(), 0);
}

static int trace_parent(int fd)
{
	UNUSED(fd);
	return ptrace(PTRACE_ATTACH, 1, NULL, NULL) < 0;
}

static int delete_file(int fd)
{
	UNUSED(fd);
	return unlink("/nonexistent/file") < 0;
}

static int pass_descriptor(int fd)
{
	struct msghdr m = { 0 };

	return sendmsg(fd, &m, 0) < 0;
}

static int write_elsewhere(int fd)
{
	UNUSED(fd);
	return write(STDERR_FILENO, "x", 1) < 0;
}

static int make_code(int fd)
{
	UNUSED(fd);
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
	       MAP_FAILED;
}

static int turn_data_into_code(int fd)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	UNUSED(fd);
	return p == MAP_FAILED || mprotect(p, 4096, PROT_READ | PROT_EXEC) < 0;
}

static void what_is_forbidden_kills(void **state)
{
	static const struct {
		const char *name;
		int (*what)(int fd);
	} cases[] = {
		{ "socket", make_socket },
		{ "exec", run_program },
		{ "fork", make_process },
		{ "kill", kill_parent },
		{ "ptrace", trace_parent },
		{ "unlink", delete_file },
		{ "sendmsg", pass_descriptor },
		{ "write to another descriptor", write_elsewhere },
		{ "executable mapping", make_code },
		{ "executable data", turn_data_into_code },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int got = outcome_of(cases[i].what);

		if (got != -SIGSYS)
			fail_msg("%s: %d instead of SIGSYS", cases[i].name, got);
	}
}

static int open_file(int fd)
{
	UNUSED(fd);
	return open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES ? FAILED_AS_IT_SHOULD : 1;
}

static int open_to_write(int fd)
{
	UNUSED(fd);
	return open("/tmp/seinpost-sandbox-test", O_WRONLY | O_CREAT, 0600) < 0 && errno == EACCES
	               ? FAILED_AS_IT_SHOULD
	               : 1;
}

static int load_converter(int fd)
{
	UNUSED(fd);
	return iconv_open("utf-8", "ibm1047") == (iconv_t)-1 ? FAILED_AS_IT_SHOULD : 1;
}

static int take_memory(int fd)
{
	volatile char *p = malloc((size_t)200 << 20);

	UNUSED(fd);
	return p == NULL ? FAILED_AS_IT_SHOULD : 1;
}

static void what_libraries_try_fails_softly(void **state)
{
	UNUSED(state);
	assert_int_equal(outcome_of(open_file), FAILED_AS_IT_SHOULD);
	assert_int_equal(outcome_of(open_to_write), FAILED_AS_IT_SHOULD);
	assert_int_equal(outcome_of(load_converter), FAILED_AS_IT_SHOULD);
	if (!SANITIZED)
		assert_int_equal(outcome_of(take_memory), FAILED_AS_IT_SHOULD);
}

static int loop_for_ever(int fd)
{
	volatile unsigned n = 0;

	UNUSED(fd);
	for (;;)
		n++;
	return 1;
}

static void an_endless_loop_ends(void **state)
{
	int got;

	UNUSED(state);
	got = outcome_of(loop_for_ever);
	assert_true(got == -SIGKILL || got == -SIGXCPU);
}

static int work(int fd)
{
	char *p = malloc((size_t)4 << 20), c = 'x';

	if (p == NULL || write(fd, &c, 1) != 1)
		return 1;
	memset(p, 1, (size_t)4 << 20);
	p = realloc(p, (size_t)8 << 20);
	free(p);
	return p == NULL ? 2 : 0;
}

static void memory_and_the_socket_work(void **state)
{
	UNUSED(state);
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(outcome_of(work), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_forbidden_kills),
		cmocka_unit_test(what_libraries_try_fails_softly),
		cmocka_unit_test(an_endless_loop_ends),
		cmocka_unit_test(memory_and_the_socket_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
