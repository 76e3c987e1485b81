/*
 * test_shared: what one process writes the other one reads, and nobody can take the memory away.
 */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shared.h"

enum { SIZE = 64 };

static void child_writes_what_parent_reads(void **state)
{
	struct err e = ERR_INIT;
	void *p = NULL;
	const char *mine;
	int fd = -1, status = -1;
	pid_t pid;

	UNUSED(state);
	assert_int_equal(shared_create(&p, &fd, SIZE, &e), 0);
	mine = p;
	for (int i = 0; i < SIZE; i++)
		assert_int_equal(mine[i], 0);
	memcpy(p, "van de ouder", 13);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		void *theirs = NULL;
		bool same = shared_open(&theirs, fd, SIZE, &e) == 0 &&
			    strcmp(theirs, "van de ouder") == 0;

		if (same)
			memcpy(theirs, "van het kind", 13);
		_exit(!same);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_string_equal(mine, "van het kind");
	close(fd);
	shared_close(p, SIZE);
}

static void size_stays(void **state)
{
	struct err e = ERR_INIT;
	void *p = NULL;
	int fd = -1;

	UNUSED(state);
	assert_int_equal(shared_create(&p, &fd, SIZE, &e), 0);
	assert_int_equal(ftruncate(fd, 0), -1);
	assert_int_equal(errno, EPERM);
	assert_int_equal(ftruncate(fd, 1 << 20), -1);
	assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), -1);
	close(fd);
	shared_close(p, SIZE);
	shared_close(NULL, SIZE);
}

static void what_is_too_small_or_none_is_refused(void **state)
{
	struct err e = ERR_INIT;
	void *p = NULL, *other = NULL;
	int fd = -1;

	UNUSED(state);
	assert_int_equal(shared_create(&p, &fd, SIZE, &e), 0);
	assert_int_equal(shared_open(&other, fd, SIZE + 1, &e), ERR_IO);
	close(fd);
	assert_int_equal(shared_open(&other, fd, SIZE, &e), ERR_IO);
	assert_null(other);
	shared_close(p, SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(child_writes_what_parent_reads),
		cmocka_unit_test(size_stays),
		cmocka_unit_test(what_is_too_small_or_none_is_refused),
	};

	return cmocka_run_group_tests_name("shared", tests, NULL, NULL);
}
