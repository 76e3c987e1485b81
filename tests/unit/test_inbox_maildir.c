/*
 * test_inbox_maildir: a Maildir with other programs in it, hostile names, and a crash at each step.
 */
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buf.h"
#include "err.h"
#include "fdio.h"
#include "inbox.h"

enum { MAX_SEEN = 512 };

/* What a caller with a store does; lives in shared memory of no one: a forked child has its own. */
struct store {
	char *uids[MAX_SEEN];
	enum inbox_fate fates[MAX_SEEN];
	size_t n, known;
	struct buf last;
	bool last_truncated;
	size_t fail_at; /* the take that fails, counted from 1; 0: none */
	void (*meanwhile)(const char *dir); /* what somebody else does between load and settle */
	const char *dir;
};

static char *join(const char *a, const char *b)
{
	struct buf p = BUF_INIT;

	buf_printf(&p, "%s/%s", a, b);
	return buf_take(&p);
}

static void make_folder(const char *dir, const char *name)
{
	char *p = join(dir, name);

	assert_int_equal(mkdir(p, 0700), 0);
	free(p);
}

static void write_file(const char *dir, const char *name, const char *text)
{
	char *p = join(dir, name);
	FILE *f = fopen(p, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
	free(p);
}

static bool is_there(const char *dir, const char *name)
{
	char *p = join(dir, name);
	bool yes = access(p, F_OK) == 0;

	free(p);
	return yes;
}

static size_t count_files(const char *dir, const char *part)
{
	char *p = join(dir, part);
	DIR *d = opendir(p);
	size_t n = 0;

	assert_non_null(d);
	for (const struct dirent *e; (e = readdir(d)) != NULL;)
		n += e->d_name[0] != '.';
	closedir(d);
	free(p);
	return n;
}

static int set_up(void **state)
{
	char *dir = xstrdup("/tmp/maildir.XXXXXX");

	if (mkdtemp(dir) == NULL)
		return -1;
	make_folder(dir, "tmp");
	make_folder(dir, "new");
	make_folder(dir, "cur");
	*state = dir;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	UNUSED(st);
	UNUSED(type);
	UNUSED(where);
	return remove(path);
}

static int tear_down(void **state)
{
	int rc = nftw(*state, remove_one, 16, FTW_DEPTH | FTW_PHYS);

	free(*state);
	return rc;
}

static int take(void *arg, const struct inbox_mail *m, enum inbox_fate *fate, struct err *e)
{
	struct store *s = arg;

	if (s->fail_at == s->n + 1)
		return err_set(e, ERR_INPUT, "the store is full");
	assert_true(s->n < MAX_SEEN);
	*fate = strstr(m->bytes, "onduidelijk") != NULL ? INBOX_UNCLEAR : INBOX_DONE;
	s->fates[s->n] = *fate;
	s->uids[s->n++] = xstrdup(m->uid);
	buf_reset(&s->last);
	buf_add(&s->last, m->bytes, m->len);
	s->last_truncated = m->truncated;
	if (s->meanwhile != NULL)
		s->meanwhile(s->dir);
	return 0;
}

static bool known(void *arg, const char *uid, enum inbox_fate *fate)
{
	struct store *s = arg;

	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->uids[i], uid) == 0) {
			*fate = s->fates[i];
			s->known++;
			return true;
		}
	return false;
}

static void store_clear(struct store *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->uids[i]);
	buf_clear(&s->last);
}

static int fetch(struct store *s, const char *dir, const char *done, const char *unclear,
		 size_t max, struct err *e)
{
	const struct inbox_settings settings = {
		.kind = INBOX_MAILDIR,
		.path = dir,
		.done_folder = done,
		.unclear_folder = unclear,
		.max_size = max,
	};
	const struct inbox_sink sink = { .take = take, .known = known, .arg = s };
	struct inbox *in = NULL;
	int rc = inbox_open(&in, &settings, e);

	if (rc == 0)
		rc = inbox_fetch(in, &sink, e);
	inbox_close(in);
	return rc;
}

static void mail_is_taken_and_moved(void **state)
{
	const char *dir = *state;
	struct store s = { .last = BUF_INIT };
	struct err e = ERR_INIT;

	write_file(dir, "new/1000.a.host", "eerste");
	write_file(dir, "cur/0999.b.host:2,F", "onduidelijk");
	write_file(dir, "cur/0998.c.host:2,S", "gelezen, maar niet behandeld");
	write_file(dir, "cur/0997.d.host:2,T", "weggegooid");
	write_file(dir, "new/.hidden", "geen post");
	write_file(dir, "tmp/1001.half", "half geschrev");
	assert_int_equal(fetch(&s, dir, "Done", "Unclear", 1000, &e), 0);
	assert_int_equal(s.n, 3);
	assert_string_equal(s.uids[0], "0998.c.host");
	assert_string_equal(s.uids[2], "1000.a.host");
	assert_string_equal(s.last.s, "eerste");
	assert_false(s.last_truncated);
	assert_true(is_there(dir, ".Done/cur/1000.a.host:2,S"));
	assert_true(is_there(dir, ".Unclear/cur/0999.b.host:2,FS"));
	assert_true(is_there(dir, ".Done/cur/0998.c.host:2,S"));
	assert_true(is_there(dir, ".Done/maildirfolder"));
	assert_true(is_there(dir, "cur/0997.d.host:2,T"));
	assert_true(is_there(dir, "new/.hidden"));
	assert_true(is_there(dir, "tmp/1001.half"));
	assert_int_equal(fetch(&s, dir, "Done", "Unclear", 1000, &e), 0);
	assert_int_equal(s.n, 3);
	store_clear(&s);
}

static void mail_stays_flagged_without_folders(void **state)
{
	const char *dir = *state;
	struct store s = { .last = BUF_INIT };
	struct err e = ERR_INIT;

	write_file(dir, "new/1.a", "x");
	write_file(dir, "cur/2.b:2,DRT", "weg");
	write_file(dir, "cur/3.c:2,PRT", "weg");
	write_file(dir, "cur/4.d:2,R", "x");
	write_file(dir, "cur/5.e:2,RS", "al gelezen");
	assert_int_equal(fetch(&s, dir, "", "", 1000, &e), 0);
	assert_int_equal(s.n, 2);
	assert_true(is_there(dir, "cur/1.a:2,S"));
	assert_true(is_there(dir, "cur/4.d:2,RS"));
	assert_int_equal(count_files(dir, "new"), 0);
	assert_int_equal(fetch(&s, dir, "", "", 1000, &e), 0);
	assert_int_equal(s.n, 2);
	store_clear(&s);
}

static void large_mail_is_cut_and_moved_whole(void **state)
{
	static const struct { size_t max, len; bool truncated;
	} cases[] = {
		{ 10, 9, false },        { 10, 10, false }, { 10, 11, true },
		{ 70000, 200000, true }, { 1, 0, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct store s = { .last = BUF_INIT };
		struct err e = ERR_INIT;
		struct buf text = BUF_INIT;
		char name[32];

		for (size_t k = 0; k < cases[i].len; k++)
			buf_addch(&text, (char)('a' + k % 26));
		snprintf(name, sizeof(name), "new/%zu.x", i);
		write_file(*state, name, text.s);
		assert_int_equal(fetch(&s, *state, "Done", "", cases[i].max, &e), 0);
		assert_int_equal(s.n, 1);
		assert_int_equal(s.last_truncated, cases[i].truncated);
		assert_int_equal(s.last.len, cases[i].truncated ? cases[i].max : cases[i].len);
		assert_memory_equal(s.last.s, text.s, s.last.len);
		store_clear(&s);
		buf_clear(&text);
	}
	assert_int_equal(count_files(*state, ".Done/cur"), ARRAY_SIZE(cases));
}

static void hostile_names_are_only_names(void **state)
{
	static const char *const names[] = {
		"%s%n%d",    "a b\tc", "x\ny", "\xff\xfe\x01", "-rf",  "a:2,",
		"b:2,S:2,T", "c:1,x",  "~",    "..x",          ":2,S", "zzz:2,SSS",
	};
	const char *dir = *state;
	struct store s = { .last = BUF_INIT };
	struct err e = ERR_INIT;
	char long_name[256];
	char *p;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		p = join("new", names[i]);
		write_file(dir, p, "x");
		free(p);
	}
	memset(long_name, 'L', 250);
	long_name[250] = '\0';
	p = join("new", long_name);
	write_file(dir, p, "x");
	free(p);
	make_folder(dir, "new/folder");
	p = join(dir, "new/pipe");
	assert_int_equal(mkfifo(p, 0600), 0);
	free(p);
	p = join(dir, "new/link");
	assert_int_equal(symlink("/etc/passwd", p), 0);
	free(p);
	assert_int_equal(fetch(&s, dir, "Done", "", 1000, &e), 0);
	/* not: a dot file, a name without a base, the folder, the pipe, the link; the flags of "b"
	 * say T */
	assert_int_equal(s.n, ARRAY_SIZE(names) - 3 + 1);
	assert_true(is_there(dir, ".Done/cur/zzz:2,S"));
	assert_true(is_there(dir, "new/folder"));
	assert_true(is_there(dir, "new/pipe"));
	assert_true(is_there(dir, "new/link"));
	store_clear(&s);
}

static void no_mail_is_overwritten(void **state)
{
	const char *dir = *state;
	struct store s = { .last = BUF_INIT };
	struct err e = ERR_INIT;

	write_file(dir, "new/1.a", "nieuw");
	make_folder(dir, ".Done");
	make_folder(dir, ".Done/cur");
	write_file(dir, ".Done/cur/1.a:2,S", "oud");
	assert_int_equal(fetch(&s, dir, "Done", "", 1000, &e), 0);
	assert_int_equal(count_files(dir, ".Done/cur"), 2);
	assert_true(is_there(dir, ".Done/cur/1.a_1:2,S"));
	store_clear(&s);
}

static void flag_it(const char *dir)
{
	char *from = join(dir, "new/1.a"), *to = join(dir, "cur/1.a:2,F");

	assert_int_equal(rename(from, to), 0);
	free(from);
	free(to);
}

static void read_it(const char *dir)
{
	char *from = join(dir, "new/1.a"), *to = join(dir, "cur/1.a:2,S");

	assert_int_equal(rename(from, to), 0);
	free(from);
	free(to);
}

static void remove_it(const char *dir)
{
	char *p = join(dir, "new/1.a");

	assert_int_equal(unlink(p), 0);
	free(p);
}

static void others_may_move_it_meanwhile(void **state)
{
	static const struct { void (*what)(const char *dir); const char *done, *where; } cases[] = {
		{ flag_it, "Done", ".Done/cur/1.a:2,FS" },
		{ flag_it, "", "cur/1.a:2,FS" },
		{ read_it, "", "cur/1.a:2,S" },
		{ remove_it, "Done", NULL },
	};
	const char *dir = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct store s = { .last = BUF_INIT, .meanwhile = cases[i].what, .dir = dir };
		struct err e = ERR_INIT;

		write_file(dir, "new/1.a", "x");
		assert_int_equal(fetch(&s, dir, cases[i].done, "", 1000, &e), 0);
		assert_int_equal(s.n, 1);
		assert_int_equal(count_files(dir, "new"), 0);
		if (cases[i].where != NULL) {
			char *p = join(dir, cases[i].where);

			assert_int_equal(unlink(p), 0);
			free(p);
		}
		assert_int_equal(count_files(dir, "cur"), 0);
		store_clear(&s);
	}
}

static void failed_take_leaves_it_and_stops(void **state)
{
	const char *dir = *state;
	struct store s = { .last = BUF_INIT, .fail_at = 2 };
	struct err e = ERR_INIT;

	write_file(dir, "new/1.a", "x");
	write_file(dir, "new/2.b", "x");
	write_file(dir, "new/3.c", "x");
	assert_int_equal(fetch(&s, dir, "Done", "", 1000, &e), ERR_INPUT);
	assert_non_null(strstr(e.text, "the store is full"));
	assert_int_equal(s.n, 1);
	assert_true(is_there(dir, "new/2.b"));
	assert_true(is_there(dir, "new/3.c"));
	s.fail_at = 0;
	assert_int_equal(fetch(&s, dir, "Done", "", 1000, &e), 0);
	assert_int_equal(s.n, 3);
	store_clear(&s);
}

/* The commit is a file; the child dies behind it, before the mail is moved. */
static int take_and_die(void *arg, const struct inbox_mail *m, enum inbox_fate *fate, struct err *e)
{
	const char *dir = arg;

	UNUSED(fate);
	UNUSED(m);
	UNUSED(e);
	write_file(dir, "committed", "");
	_exit(9);
}

static bool is_committed(void *arg, const char *uid, enum inbox_fate *fate)
{
	*fate = INBOX_UNCLEAR;
	return strcmp(uid, "1.a") == 0 && is_there(arg, "committed");
}

static int never_take(void *arg, const struct inbox_mail *m, enum inbox_fate *fate, struct err *e)
{
	UNUSED(arg);
	UNUSED(fate);
	return err_set(e, ERR_PERM, "%s was offered again", m->uid);
}

static void crash_after_commit_repeats_the_move_only(void **state)
{
	const struct inbox_settings settings = {
		.kind = INBOX_MAILDIR,
		.path = *state,
		.done_folder = "Done",
		.unclear_folder = "Unclear",
		.max_size = 9,
	};
	const struct inbox_sink dying = { .take = take_and_die,
					  .known = is_committed,
					  .arg = *state };
	const struct inbox_sink next = { .take = never_take, .known = is_committed, .arg = *state };
	struct inbox *in = NULL;
	struct err e = ERR_INIT;
	int status = 0;
	pid_t pid;

	write_file(*state, "new/1.a", "x");
	assert_int_equal(inbox_open(&in, &settings, &e), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(inbox_fetch(in, &dying, &e) == 0 ? 0 : 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 9);
	assert_true(is_there(*state, "new/1.a"));
	assert_int_equal(inbox_fetch(in, &next, &e), 0);
	assert_true(is_there(*state, ".Unclear/cur/1.a:2,S"));
	inbox_close(in);
}

/* As a delivery program does: tmp/, then rename to new/; every third is read by a mail program at
 * once. */
static void deliver_many(const char *dir, int count)
{
	for (int i = 0; i < count; i++) {
		char tmp[64], to[64], *from_path, *to_path;

		snprintf(tmp, sizeof(tmp), "tmp/%06d.w", i);
		snprintf(to, sizeof(to), i % 3 == 0 ? "cur/%06d.w:2,F" : "new/%06d.w", i);
		write_file(dir, tmp, "gelijktijdig");
		from_path = join(dir, tmp);
		to_path = join(dir, to);
		if (rename(from_path, to_path) < 0)
			_exit(1);
		free(from_path);
		free(to_path);
	}
}

static void concurrent_writer_loses_nothing(void **state)
{
	enum { COUNT = 300 };
	struct store s = { .last = BUF_INIT };
	struct err e = ERR_INIT;
	int status = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		deliver_many(*state, COUNT);
		_exit(0);
	}
	while (waitpid(pid, &status, WNOHANG) == 0) {
		assert_int_equal(fetch(&s, *state, "Done", "", 1000, &e), 0);
		assert_true(s.n == 0 || strcmp(s.last.s, "gelijktijdig") == 0);
	}
	assert_int_equal(status, 0);
	assert_int_equal(fetch(&s, *state, "Done", "", 1000, &e), 0);
	assert_int_equal(s.n, COUNT);
	assert_int_equal(count_files(*state, ".Done/cur"), COUNT);
	assert_int_equal(count_files(*state, "new") + count_files(*state, "cur") +
			     count_files(*state, "tmp"),
			 0);
	store_clear(&s);
}

static void unreadable_mail_does_not_block_the_others(void **state)
{
	const char *dir = *state;
	struct store s = { .last = BUF_INIT };
	struct err e = ERR_INIT;
	char *p = join(dir, "new/1.a");

	write_file(dir, "new/1.a", "x");
	write_file(dir, "new/2.b", "x");
	assert_int_equal(chmod(p, 0), 0);
	/* root may read everything */
	assert_int_equal(fetch(&s, dir, "Done", "", 1000, &e), geteuid() == 0 ? 0 : ERR_INPUT);
	assert_int_equal(s.n, geteuid() == 0 ? 2 : 1);
	assert_true(is_there(dir, ".Done/cur/2.b:2,S"));
	free(p);
	store_clear(&s);
}

/* A name that has no room for the flag. */
static void mail_that_cannot_move_does_not_block_the_others(void **state)
{
	const char *dir = *state;
	struct store s = { .last = BUF_INIT };
	struct err e = ERR_INIT;
	char longest[5 + 253] = "new/1.";

	memset(longest + 6, 'x', sizeof(longest) - 7);
	longest[sizeof(longest) - 1] = '\0';
	write_file(dir, longest, "x");
	write_file(dir, "new/2.b", "x");
	for (int round = 0; round < 2; round++) {
		assert_int_equal(fetch(&s, dir, "Done", "", 1000, &e), ERR_IO);
		assert_non_null(strstr(e.text, "cannot be moved"));
		assert_int_equal(s.n, 2);
		assert_int_equal(s.known, round);
		assert_true(is_there(dir, ".Done/cur/2.b:2,S"));
		assert_true(is_there(dir, longest));
	}
	store_clear(&s);
}

static void waiting_ends_with_mail_or_by_hand(void **state)
{
	const struct inbox_settings settings = { .kind = INBOX_MAILDIR,
						 .path = *state,
						 .max_size = 9 };
	struct inbox *in = NULL;
	struct err e = ERR_INIT;
	int wake[2];

	assert_int_equal(inbox_open(&in, &settings, &e), 0);
	assert_int_equal(inbox_wait(in, 0, -1, &e), 0);
	assert_int_equal(pipe(wake), 0);
	assert_int_equal(write(wake[1], "x", 1), 1);
	/* without the byte this would take the hour */
	assert_int_equal(inbox_wait(in, 3600, wake[0], &e), 0);
	write_file(*state, "new/1.a", "x");
	assert_int_equal(inbox_wait(in, 3600, -1, &e), 0);
	close(wake[0]);
	close(wake[1]);
	inbox_close(in);
}

static void done_folder_elsewhere(void **state)
{
	const char *dir = *state;
	struct store s = { .last = BUF_INIT };
	struct err e = ERR_INIT;
	char *other = join(dir, "other");

	write_file(dir, "new/1.a", "x");
	assert_int_equal(fetch(&s, dir, other, "", 1000, &e), 0);
	assert_true(is_there(dir, "other/cur/1.a:2,S"));
	assert_false(is_there(dir, "other/maildirfolder"));
	assert_int_equal(fetch(&s, dir, "../up", "", 1000, &e), ERR_CONF);
	free(other);
	store_clear(&s);
}

#define ON_MAILDIR(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_MAILDIR(mail_is_taken_and_moved),
		ON_MAILDIR(mail_stays_flagged_without_folders),
		ON_MAILDIR(large_mail_is_cut_and_moved_whole),
		ON_MAILDIR(hostile_names_are_only_names),
		ON_MAILDIR(no_mail_is_overwritten),
		ON_MAILDIR(others_may_move_it_meanwhile),
		ON_MAILDIR(failed_take_leaves_it_and_stops),
		ON_MAILDIR(crash_after_commit_repeats_the_move_only),
		ON_MAILDIR(concurrent_writer_loses_nothing),
		ON_MAILDIR(unreadable_mail_does_not_block_the_others),
		ON_MAILDIR(mail_that_cannot_move_does_not_block_the_others),
		ON_MAILDIR(waiting_ends_with_mail_or_by_hand),
		ON_MAILDIR(done_folder_elsewhere),
	};

	return cmocka_run_group_tests_name("inbox_maildir", tests, NULL, NULL);
}
