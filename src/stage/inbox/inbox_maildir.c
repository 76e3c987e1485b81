/*
 * inbox_maildir: a Maildir on this machine, beside any number of programs that deliver to it or
 * read it.
 *
 * Invariant: a mail is in exactly one of new/, cur/ and the folder of its fate at any time: it is
 * only ever renamed, and never over another one.  tmp/ is left alone. Input: file names and
 * contents are hostile.  Only regular files are opened, no link is followed, and a name is used
 * below its own folder only (it cannot hold a slash).
 */
#include "base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "clock.h"
#include "inbox_driver.h"
#include "inbox_stream.h"

enum { LOOK_EVERY = 1000, MAX_TWINS = 100 };

struct maildir {
	const struct inbox_settings *settings;
	int root;          /* the Maildir */
	int done, unclear; /* cur/ of the folders, -1: the mail stays */
};

/* The name without ":2,FLAGS". */
static size_t base_length(const char *name)
{
	const char *info = strstr(name, ":2,");

	return info == NULL ? strlen(name) : (size_t)(info - name);
}

static const char *flags_of(const char *name)
{
	const char *info = strstr(name, ":2,");

	return info == NULL ? "" : info + 3;
}

/* ---- opening */

static int open_folder(int at, const char *path, bool make, const char *shown, struct err *e)
{
	int fd;

	if (make && mkdirat(at, path, 0700) < 0 && errno != EEXIST)
		return err_errno(e, ERR_CONF, "%s/%s cannot be made", shown, path);
	fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, ERR_CONF, "%s/%s", shown, path);
	return fd;
}

static int make_parts(int folder, const char *shown, struct err *e)
{
	static const char *const parts[] = { "tmp", "new", "cur" };

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (mkdirat(folder, parts[i], 0700) < 0 && errno != EEXIST)
			return err_errno(e, ERR_CONF, "%s/%s cannot be made", shown, parts[i]);
	return 0;
}

/* Marks a subfolder for delivery programs (Maildir++). */
static int make_marker(int folder, const char *shown, struct err *e)
{
	int fd = openat(folder, "maildirfolder", O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return err_errno(e, ERR_CONF, "%s/maildirfolder cannot be made", shown);
	close(fd);
	return 0;
}

/* Gives cur/ of the folder called name, which is made where it is missing; *out stays -1 for "". */
static int open_target(struct maildir *m, const char *name, int *out, struct err *e)
{
	bool elsewhere = *name == '/';
	char *path;
	int folder, rc = 0;

	if (*name == '\0')
		return 0;
	if (!elsewhere && strchr(name, '/') != NULL)
		return err_set(
		    e, ERR_CONF,
		    "folder %s: a subfolder of a Maildir is written with dots, as Archive.Done",
		    name);
	path = xmalloc(strlen(name) + 2);
	snprintf(path, strlen(name) + 2, "%s%s", elsewhere || *name == '.' ? "" : ".", name);
	folder = open_folder(m->root, path, true, elsewhere ? "" : m->settings->path, e);
	if (folder < 0) {
		rc = folder;
		goto out;
	}
	if ((rc = make_parts(folder, path, e)) < 0 ||
	    (!elsewhere && (rc = make_marker(folder, path, e)) < 0))
		goto out;
	*out = open_folder(folder, "cur", false, path, e);
	rc = *out < 0 ? *out : 0;
out:
	if (folder >= 0)
		close(folder);
	free(path);
	return rc;
}

static void maildir_close(void *source)
{
	struct maildir *m = source;

	if (m->root >= 0)
		close(m->root);
	if (m->done >= 0)
		close(m->done);
	if (m->unclear >= 0)
		close(m->unclear);
	free(m);
}

static int maildir_open(void **source, const struct inbox_settings *s, struct err *e)
{
	struct maildir *m = xcalloc(1, sizeof(*m));
	struct stat st;
	int rc = 0;

	m->settings = s;
	m->done = m->unclear = -1;
	m->root = open(s->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (m->root < 0) {
		rc = err_errno(e, ERR_CONF, "%s", s->path);
		goto out;
	}
	if (fstatat(m->root, "new", &st, 0) < 0 || fstatat(m->root, "cur", &st, 0) < 0) {
		rc = err_set(e, ERR_CONF, "%s: no Maildir, it has no new/ and cur/; correct path",
			     s->path);
		goto out;
	}
	if ((rc = open_target(m, s->done_folder, &m->done, e)) < 0)
		goto out;
	rc = open_target(m, s->unclear_folder, &m->unclear, e);
out:
	if (rc < 0)
		maildir_close(m);
	else
		*source = m;
	return rc;
}

/* ---- listing */

/* visit() returns true to go on. */
static int each_file(const struct maildir *m, const char *part,
		     bool (*visit)(void *arg, const char *name), void *arg, struct err *e)
{
	int fd = openat(m->root, part, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = 0;
	const struct dirent *d;
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (dir == NULL) {
		rc = err_errno(e, ERR_IO, "%s/%s", m->settings->path, part);
		if (fd >= 0)
			close(fd);
		return rc;
	}
	while (errno = 0, (d = readdir(dir)) != NULL)
		if (d->d_name[0] != '.' && !visit(arg, d->d_name))
			break;
	if (d == NULL && errno != 0)
		rc = err_errno(e, ERR_IO, "%s/%s", m->settings->path, part);
	closedir(dir);
	return rc;
}

struct lister {
	struct inbox_list *out;
	const char *part;
	bool all; /* also what is flagged S */
};

static bool list_file(void *arg, const char *name)
{
	struct lister *l = arg;
	const char *flags = flags_of(name);
	char *file, *uid;

	if (base_length(name) == 0 || strchr(flags, 'T') != NULL ||
	    (!l->all && strchr(flags, 'S') != NULL))
		return true;
	uid = xstrndup(name, base_length(name));
	file = xmalloc(strlen(l->part) + strlen(name) + 2);
	snprintf(file, strlen(l->part) + strlen(name) + 2, "%s/%s", l->part, name);
	inbox_list_add(l->out, uid, file, 0);
	free(file);
	free(uid);
	return true;
}

/* Names begin with the time of delivery. */
static int compare_uids(const void *a, const void *b)
{
	const struct inbox_item *x = a, *y = b;

	return strcmp(x->uid, y->uid);
}

static int maildir_list(void *source, struct inbox_list *out, struct err *e)
{
	struct maildir *m = source;
	struct lister l = { .out = out, .part = "new", .all = m->done >= 0 };
	int rc;

	/* new first: a mail that another program moves meanwhile is then seen twice rather than not
	 * at all */
	if ((rc = each_file(m, l.part, list_file, &l, e)) < 0)
		return rc;
	l.part = "cur";
	if ((rc = each_file(m, l.part, list_file, &l, e)) < 0)
		return rc;
	if (out->n > 0)
		qsort(out->items, out->n, sizeof(*out->items), compare_uids);
	return 0;
}

/* ---- loading */

static int read_capped(int fd, struct buf *out, size_t max, bool *truncated, const char *file,
		       struct err *e)
{
	size_t start = out->len;

	while (out->len - start <= max) {
		size_t want = max + 1 - (out->len - start);
		ssize_t n;

		if (want > 64 * 1024)
			want = 64 * 1024;
		buf_reserve(out, want);
		n = read(fd, out->s + out->len, want);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, ERR_INPUT, "%s", file);
		if (n == 0)
			break;
		out->len += (size_t)n;
		out->s[out->len] = '\0';
	}
	*truncated = out->len - start > max;
	if (*truncated)
		buf_truncate(out, start + max);
	return 0;
}

static int maildir_load(void *source, const struct inbox_item *it, struct buf *out, bool *truncated,
			struct err *e)
{
	struct maildir *m = source;
	struct stat st;
	int fd, rc;

	fd = openat(m->root, it->file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 && (errno == ENOENT || errno == ELOOP))
		return err_set(e, ERR_NOTFOUND, "%s is gone, or a link", it->file);
	if (fd < 0)
		return err_errno(e, ERR_INPUT, "%s/%s", m->settings->path, it->file);
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		rc = err_set(e, ERR_NOTFOUND, "%s is no file", it->file);
	else
		rc = read_capped(fd, out, m->settings->max_size, truncated, it->file, e);
	close(fd);
	return rc;
}

/* ---- settling */

struct finder {
	const char *uid;
	char *name;
};

static bool find_file(void *arg, const char *name)
{
	struct finder *f = arg;

	if (base_length(name) != strlen(f->uid) || strncmp(name, f->uid, strlen(f->uid)) != 0)
		return true;
	f->name = xstrdup(name);
	return false;
}

/* Another program may have flagged the mail or taken it out of new/.  The caller frees *out; NULL:
 * it is gone. */
static int find_again(const struct maildir *m, const char *uid, char **out, struct err *e)
{
	static const char *const parts[] = { "new", "cur" };
	struct finder f = { .uid = uid };

	*out = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(parts) && f.name == NULL; i++) {
		int rc = each_file(m, parts[i], find_file, &f, e);

		if (rc < 0)
			return rc;
		if (f.name != NULL) {
			*out = xmalloc(strlen(f.name) + 5);
			snprintf(*out, strlen(f.name) + 5, "%s/%s", parts[i], f.name);
		}
	}
	free(f.name);
	return 0;
}

/* The name in its new place: flags kept in the order of the standard, S among them; twin > 0 makes
 * another name. */
static char *name_seen(const char *file, int twin)
{
	const char *name = strchr(file, '/') + 1, *flags = flags_of(name);
	struct buf b = BUF_INIT;
	bool seen = false;

	buf_add(&b, name, base_length(name));
	if (twin > 0)
		buf_printf(&b, "_%d", twin);
	buf_addstr(&b, ":2,");
	for (; *flags != '\0'; flags++) {
		if (*flags >= 'S' && !seen)
			buf_addch(&b, 'S');
		seen = seen || *flags >= 'S';
		if (*flags != 'S')
			buf_addch(&b, *flags);
	}
	if (!seen)
		buf_addch(&b, 'S');
	return buf_take(&b);
}

/* 0, or -1 with errno. */
static int move_file(const struct maildir *m, const char *file, int folder, int twin)
{
	char *name = name_seen(file, twin);
	struct stat st;
	int rc = renameat2(m->root, file, folder, name, RENAME_NOREPLACE);

	/* not every file system can do that: then look first */
	if (rc < 0 && (errno == EINVAL || errno == ENOSYS)) {
		if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			errno = EEXIST;
		else
			rc = renameat(m->root, file, folder, name);
	}
	free(name);
	return rc;
}

static int move_unique(const struct maildir *m, const char *file, int folder)
{
	int twin = 0, rc;

	while ((rc = move_file(m, file, folder, twin)) < 0 && errno == EEXIST && twin < MAX_TWINS)
		twin++;
	return rc;
}

/* Always 1: the other mails may move. */
static int cannot_move(const struct maildir *m, const char *file, struct err *e)
{
	if (errno == EXDEV)
		err_set(e, ERR_CONF,
			"%s/%s cannot be moved to a folder on another file system; choose "
			"done_folder and unclear_folder beside the Maildir",
			m->settings->path, file);
	else
		err_errno(e, ERR_IO, "%s/%s cannot be moved", m->settings->path, file);
	return 1;
}

/* stays: folder is cur/ of the Maildir itself. */
static int settle_in(const struct maildir *m, const struct inbox_item *it, int folder, bool stays,
		     struct err *e)
{
	char *now = NULL;
	int rc;

	if (move_unique(m, it->file, folder) == 0)
		return 0;
	if (errno != ENOENT)
		return cannot_move(m, it->file, e);
	if ((rc = find_again(m, it->uid, &now, e)) < 0 || now == NULL)
		return rc;
	/* moved once more meanwhile: the next round finds it, and knows it */
	if (!(stays && strncmp(now, "cur/", 4) == 0 && strchr(flags_of(now), 'S') != NULL) &&
	    move_unique(m, now, folder) < 0 && errno != ENOENT)
		rc = cannot_move(m, now, e);
	free(now);
	return rc;
}

static int maildir_settle(void *source, const struct inbox_item *it, enum inbox_fate fate,
			  struct err *e)
{
	struct maildir *m = source;
	int folder = fate == INBOX_UNCLEAR ? m->unclear : m->done, cur, rc;

	if (folder >= 0)
		return settle_in(m, it, folder, false, e);
	cur = open_folder(m->root, "cur", false, m->settings->path, e);
	if (cur < 0)
		return cur;
	rc = settle_in(m, it, cur, true, e);
	close(cur);
	return rc;
}

static int maildir_finish(void *source, struct err *e)
{
	UNUSED(source);
	UNUSED(e);
	return 0;
}

/* ---- waiting */

struct looker {
	const struct maildir *m;
	bool found;
};

static bool look_at(void *arg, const char *name)
{
	struct looker *l = arg;
	struct stat st;
	int fd = openat(l->m->root, "new", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	l->found =
	    fd >= 0 && fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode);
	if (fd >= 0)
		close(fd);
	return !l->found;
}

static int maildir_wait(void *source, int seconds, int wake_fd, struct err *e)
{
	struct maildir *m = source;
	int64_t until = clock_monotonic_ms() + (int64_t)seconds * 1000, now;
	struct looker l = { .m = m };
	int rc;

	/* after a round nothing is left in new/, so whatever is there has come since */
	while ((rc = each_file(m, "new", look_at, &l, e)) == 0 && !l.found &&
	       (now = clock_monotonic_ms()) < until) {
		int64_t next = until - now > LOOK_EVERY ? now + LOOK_EVERY : until;

		if (inbox_poll(-1, 0, wake_fd, next) == INBOX_WOKEN)
			break;
	}
	return rc;
}

const struct inbox_driver inbox_maildir_driver = {
	.open = maildir_open,
	.list = maildir_list,
	.load = maildir_load,
	.settle = maildir_settle,
	.finish = maildir_finish,
	.wait = maildir_wait,
	.close = maildir_close,
};
