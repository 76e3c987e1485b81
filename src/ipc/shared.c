/*
 * shared: a sealed memory file, mapped by two processes.
 *
 * Invariant: it can neither grow nor shrink once somebody else has it.  Input: none but the
 * descriptor that the parent handed over.
 */
#include "base.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shared.h"

static int map(void **out, int fd, size_t size, struct err *e)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (p == MAP_FAILED)
		return err_errno(e, ERR_TEMP, "shared memory");
	*out = p;
	return 0;
}

int shared_create(void **out, int *fd, size_t size, struct err *e)
{
	int rc, made = memfd_create("seinpost", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (made < 0)
		return err_errno(e, ERR_TEMP, "shared memory");
	if (ftruncate(made, (off_t)size) < 0 ||
	    fcntl(made, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0)
		rc = err_errno(e, ERR_TEMP, "shared memory");
	else
		rc = map(out, made, size, e);
	if (rc < 0)
		close(made);
	else
		*fd = made;
	return rc;
}

int shared_open(void **out, int fd, size_t size, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_errno(e, ERR_IO, "shared memory");
	if (st.st_size < (off_t)size)
		return err_set(e, ERR_IO, "shared memory: %" PRId64 " bytes, %zu are needed",
			       (int64_t)st.st_size, size);
	return map(out, fd, size, e);
}

void shared_close(void *p, size_t size)
{
	if (p != NULL)
		munmap(p, size);
}
