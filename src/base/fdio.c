/*
 * fdio: whole files and whole writes.
 *
 * Input: file contents are not trusted; only their size is looked at here.
 */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "fdio.h"

enum { SECRET_MAX = 4096 };

int fd_read_all(struct buf *out, int fd, size_t limit, const char *name, struct err *e)
{
	size_t start = out->len;

	for (;;) {
		ssize_t n;

		buf_reserve(out, 64 * 1024);
		n = read(fd, out->s + out->len, out->cap - out->len - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, ERR_IO, "%s", name);
		out->len += (size_t)n;
		out->s[out->len] = '\0';
		if (out->len - start > limit)
			return err_set(e, ERR_INPUT, "%s: larger than %zu bytes", name, limit);
		if (n == 0)
			return 0;
	}
}

int file_read(struct buf *out, const char *path, size_t limit, struct err *e)
{
	int fd, rc;

	if (strcmp(path, "-") == 0)
		return fd_read_all(out, STDIN_FILENO, limit, "standard input", e);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return err_errno(e, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "%s", path);
	rc = fd_read_all(out, fd, limit, path, e);
	close(fd);
	return rc;
}

int fd_write_all(int fd, const void *p, size_t n, const char *name, struct err *e)
{
	const char *s = p;

	while (n > 0) {
		ssize_t done = write(fd, s, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return err_errno(e, ERR_IO, "%s", name);
		s += done;
		n -= (size_t)done;
	}
	return 0;
}

static int sync_folder(const char *path, struct err *e)
{
	char *copy = xstrdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = 0;

	if (fd < 0 || fsync(fd) < 0)
		rc = err_errno(e, ERR_IO, "%s: folder", path);
	if (fd >= 0)
		close(fd);
	free(copy);
	return rc;
}

int file_write_atomic(const char *path, const void *p, size_t n, mode_t mode, struct err *e)
{
	struct buf tmp = BUF_INIT;
	int fd, rc;

	buf_printf(&tmp, "%s.tmp%ld", path, (long)getpid());
	fd = open(tmp.s, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0) {
		rc = err_errno(e, ERR_IO, "%s", tmp.s);
		goto out;
	}
	rc = fd_write_all(fd, p, n, tmp.s, e);
	if (rc == 0 && fsync(fd) < 0)
		rc = err_errno(e, ERR_IO, "%s", tmp.s);
	if (close(fd) < 0 && rc == 0)
		rc = err_errno(e, ERR_IO, "%s", tmp.s);
	if (rc == 0 && rename(tmp.s, path) < 0)
		rc = err_errno(e, ERR_IO, "%s", path);
	if (rc < 0)
		unlink(tmp.s);
	else
		rc = sync_folder(path, e);
out:
	buf_clear(&tmp);
	return rc;
}

static int check_secret_file(int fd, const char *path, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_errno(e, ERR_IO, "%s", path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_CONF, "%s: not a regular file", path);
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return err_set(e, ERR_CONF, "%s: belongs to another user; use chown", path);
	if ((st.st_mode & 077) != 0)
		return err_set(e, ERR_CONF, "%s: others can read it; use chmod 600 %s", path, path);
	return 0;
}

int file_read_secret(struct buf *out, const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK), rc;

	if (fd < 0)
		return err_errno(e, ERR_CONF, "%s", path);
	rc = check_secret_file(fd, path, e);
	if (rc == 0)
		rc = fd_read_all(out, fd, SECRET_MAX, path, e);
	close(fd);
	if (rc == 0 && out->len > 0 && out->s[out->len - 1] == '\n')
		buf_truncate(out, out->len - 1);
	return rc;
}

int file_lock(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600), rc;

	if (fd < 0)
		return err_errno(e, ERR_IO, "%s", path);
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	rc = err_errno(e, errno == EWOULDBLOCK ? ERR_TEMP : ERR_IO, "%s", path);
	close(fd);
	return rc;
}
