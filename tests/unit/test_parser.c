/*
 * test_parser: the parser's process answers as the function does, and a broken one costs one mail.
 */
#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "buf.h"
#include "classify.h"
#include "fdio.h"
#include "parse_client.h"
#include "parser.h"
#include "role.h"
#include "wire.h"

enum { PATIENT_MS = 20000 };

static const char plain[] = "From: Jan <jan@krakeling.example>\r\n"
                            "To: info@dienst.example\r\nSubject: Re: Waarschuwing\r\n"
                            "In-Reply-To: <1@dienst.example>\r\n\r\nHet is opgelost.\r\n";

/* What the next spawn starts; pid is the child it started last, that a test may stop or kill. */
static struct fakes {
	int (*first)(int fd); /* NULL: the real one */
	int started;
	pid_t pid;
} fakes;

static int spawn_as_told(const char *role, pid_t *pid, int *fd, struct err *e)
{
	int (*what)(int fd) = fakes.started++ == 0 ? fakes.first : NULL;
	int rc = what ? role_spawn_fake(what, pid, fd, e) : role_spawn_real(role, pid, fd, e);

	fakes.pid = *pid;
	return rc;
}

/* The first process runs first(), all later ones are real. */
static struct parse_client *client(int (*first)(int fd), int deadline_ms)
{
	struct parse_options o = { .spawn = spawn_as_told, .deadline_ms = deadline_ms };

	fakes = (struct fakes){ first, 0, 0 };
	return parse_client_new(&o);
}

static int ask(struct parse_client *p, struct verdict *v, const void *bytes, size_t n,
               struct err *e)
{
	struct classifier c = parse_client_classifier(p);

	memset(v, 0xa5, sizeof(*v));
	return c.classify(c.arg, v, bytes, n, e);
}

static void assert_read(struct parse_client *p)
{
	struct verdict v;
	struct err e = ERR_INIT;

	assert_int_equal(ask(p, &v, plain, sizeof(plain) - 1, &e), 0);
	assert_int_equal(v.kind, VERDICT_REPLY);
	assert_int_equal(v.answer, ANSWER_RESOLVED);
	assert_false(v.unparsable);
}

static void assert_condemned(struct parse_client *p)
{
	struct verdict v;
	struct err e = ERR_INIT;

	assert_int_equal(ask(p, &v, plain, sizeof(plain) - 1, &e), 0);
	assert_int_equal(v.kind, VERDICT_OTHER);
	assert_true(v.unparsable);
	assert_true(verdict_valid(&v));
	assert_int_equal(v.n_envelope_to + v.n_header_to + v.n_message_id, 0);
}

/* ---- the same verdict */

static void compare(struct parse_client *p, const char *name, const char *bytes, size_t n)
{
	struct verdict here, there;
	struct err e = ERR_INIT;
	char *copy = exact_copy(bytes, n);

	classify_mail(&here, copy, n, &classify_default_limits);
	if (!verdict_valid(&here))
		fail_msg("%s: the verdict is not well-formed", name);
	assert_int_equal(ask(p, &there, copy, n, &e), 0);
	for (size_t i = 0; i < sizeof(here); i++)
		if (((const char *)&here)[i] != ((const char *)&there)[i])
			fail_msg("%s: another verdict (%s, %s) at byte %zu", name, here.rule,
				 there.rule, i);
	free(copy);
}

static void compare_folder(struct parse_client *p, const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *f;

	while (d != NULL && (f = readdir(d)) != NULL) {
		struct buf path = BUF_INIT, mail = BUF_INIT;
		struct err e = ERR_INIT;

		if (*f->d_name != '.') {
			buf_printf(&path, "%s/%s", folder, f->d_name);
			assert_int_equal(file_read(&mail, path.s, 64 << 20, &e), 0);
			compare(p, f->d_name, mail.s, mail.len);
		}
		buf_clear(&path);
		buf_clear(&mail);
	}
	if (d != NULL)
		closedir(d);
}

static void fixtures_get_the_same_verdict(void **state)
{
	static const char *const folders[] = { "top_srcdir",      "/tests/data/inbox",
		                               "SEINPOST_SHARED", "/corpus/bounces/mail",
		                               "SEINPOST_SHARED", "/corpus/answers/mail" };
	struct parse_client *p = client(NULL, PATIENT_MS);

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(folders); i += 2) {
		const char *top = getenv(folders[i]);
		char path[4096];

		snprintf(path, sizeof(path), "%s%s", top ? top : ".", folders[i + 1]);
		compare_folder(p, path);
	}
	assert_int_equal(parse_client_count(p).unparsable, 0);
	parse_client_free(p);
}

static void odd_bytes_get_the_same_verdict(void **state)
{
	static const char *const mails[] = {
		"",
		"\n",
		"x",
		"From: =?x-unknown-17?Q?=E9=E9?= <a@b.example>\n\nhallo\n",
		"Content-Type: text/plain; charset=iso-8859-15\n\nkosten \xa4 5, caf\xe9\n",
		"Content-Type: text/plain; charset=windows-1252\n\n\x93gelezen\x94\n",
		"Content-Type: text/plain; charset=koi8-r\n\n\xf0\xd2\xc9\xd7\xc5\xd4\n",
		"Content-Type: text/plain; charset=iso-2022-jp\n\n\x1b$B$3$s$K$A$O\x1b(B\n",
		"Content-Type: text/plain; charset=gb18030\n\n\xc4\xe3\xba\xc3\n",
		"Content-Type: text/plain; charset=big5\n\n\xa7\x41\xa6\x6e\n",
	};
	struct parse_client *p = client(NULL, PATIENT_MS);

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(mails); i++)
		compare(p, mails[i], mails[i], strlen(mails[i]));
	parse_client_free(p);
}

/* EBCDIC is in no mail: its converter is not loaded, and behind the sandbox it cannot be. */
static void a_charset_without_a_converter_is_no_accident(void **state)
{
	static const char mail[] =
		"From: a@b.example\nSubject: Re: x\nContent-Type: text/plain; charset=ibm1047\n\n"
		"\xc8\x81\x93\x93\x96\n";
	struct parse_client *p = client(NULL, PATIENT_MS);
	struct verdict v;
	struct err e = ERR_INIT;

	UNUSED(state);
	assert_int_equal(ask(p, &v, mail, sizeof(mail) - 1, &e), 0);
	assert_false(v.unparsable);
	assert_int_equal(v.kind, VERDICT_REPLY);
	assert_int_equal(parse_client_count(p).started, 1);
	parse_client_free(p);
}

static void a_huge_mail_is_cut_not_refused(void **state)
{
	struct parse_client *p = client(NULL, PATIENT_MS);
	struct buf mail = BUF_INIT;

	UNUSED(state);
	buf_addstr(&mail, plain);
	while (mail.len < 3 << 20)
		buf_addstr(&mail, "en nog een regel, en nog een regel, en nog een regel\r\n");
	compare(p, "3 MiB", mail.s, mail.len);
	buf_clear(&mail);
	parse_client_free(p);
}

/* ---- broken parsers */

static void say(int fd, uint32_t type, const void *bytes, size_t n)
{
	struct channel ch;
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;

	channel_init(&ch, fd);
	buf_add(&b, bytes, n);
	channel_queue(&ch, type, &b);
	if (channel_flush(&ch, &e) < 0)
		_exit(3);
	buf_clear(&b);
}

/* Says READY and waits for the first bytes of a mail. */
static void greet(int fd)
{
	char c;

	say(fd, PARSER_READY, "", 0);
	if (read(fd, &c, 1) != 1)
		_exit(0);
}

static int dies(int fd)
{
	greet(fd);
	raise(SIGKILL);
	return 0;
}

static int hangs(int fd)
{
	greet(fd);
	pause();
	return 0;
}

static int stops_itself(int fd)
{
	greet(fd);
	raise(SIGSTOP);
	return 0;
}

static int answers_short(int fd)
{
	greet(fd);
	say(fd, PARSER_VERDICT, "x", 1);
	pause();
	return 0;
}

static int answers_noise(int fd)
{
	struct verdict v;

	greet(fd);
	memset(&v, 0xff, sizeof(v));
	say(fd, PARSER_VERDICT, &v, sizeof(v));
	pause();
	return 0;
}

static int answers_wrong_type(int fd)
{
	struct verdict v;

	greet(fd);
	verdict_init(&v);
	say(fd, PARSER_READY, &v, sizeof(v));
	pause();
	return 0;
}

static int answers_too_much(int fd)
{
	struct verdict v[2];
	struct channel ch;
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;

	greet(fd);
	memset(v, 0, sizeof(v));
	channel_init(&ch, fd);
	buf_add(&b, &v[0], sizeof(v[0]));
	channel_queue(&ch, PARSER_VERDICT, &b);
	buf_addstr(&ch.out, "and more");
	if (channel_flush(&ch, &e) < 0)
		_exit(3);
	pause();
	return 0;
}

static int claims_gigabytes(int fd)
{
	static const uint32_t head[2] = { 0xfffffff0u, PARSER_VERDICT };

	greet(fd);
	if (write(fd, head, sizeof(head)) < 0)
		return 1;
	pause();
	return 0;
}

static int sends_controls(int fd)
{
	struct verdict v;

	greet(fd);
	verdict_init(&v);
	snprintf(v.subject, sizeof(v.subject), "a\033[2Jb");
	say(fd, PARSER_VERDICT, &v, sizeof(v));
	pause();
	return 0;
}

static int (*const broken[])(int fd) = { dies,
	                                 hangs,
	                                 stops_itself,
	                                 answers_short,
	                                 answers_noise,
	                                 answers_wrong_type,
	                                 answers_too_much,
	                                 claims_gigabytes,
	                                 sends_controls };

static void a_broken_parser_costs_one_mail(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(broken); i++) {
		struct parse_client *p = client(broken[i], 2500);

		assert_condemned(p);
		assert_int_equal(fakes.started, 1);
		assert_read(p);
		assert_int_equal(parse_client_count(p).unparsable, 1);
		assert_int_equal(parse_client_count(p).mails, 2);
		parse_client_free(p);
	}
}

static void how_the_parser_died_is_told(void **state)
{
	struct parse_client *p = client(dies, PATIENT_MS);
	struct err e = ERR_INIT;
	struct verdict v;

	UNUSED(state);
	assert_int_equal(ask(p, &v, plain, strlen(plain), &e), 0);
	assert_string_equal(v.evidence, "the parser ended by signal 9 (Killed)");
	parse_client_free(p);
}

/* What went wrong may be the work of the mail before: only a fresh process condemns. */
static void a_used_process_that_fails_condemns_nobody(void **state)
{
	static const int signals[] = { SIGKILL, SIGSEGV };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
		struct parse_client *p = client(NULL, PATIENT_MS);

		assert_read(p);
		kill(fakes.pid, signals[i]);
		assert_read(p);
		assert_int_equal(fakes.started, 2);
		parse_client_free(p);
	}
}

static void a_stopped_process_is_replaced(void **state)
{
	struct parse_client *p = client(NULL, 2500);

	UNUSED(state);
	assert_read(p);
	kill(fakes.pid, SIGSTOP);
	assert_read(p);
	assert_int_equal(fakes.started, 2);
	parse_client_free(p);
}

/* Page faults of the children that a process has waited for: field 11 of its stat. */
static unsigned long faults_of_children(pid_t pid)
{
	char path[64];
	struct buf text = BUF_INIT;
	struct err e = ERR_INIT;
	unsigned long faults = 0;
	const char *p;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	assert_int_equal(file_read(&text, path, 4096, &e), 0);
	p = strrchr(text.s, ')');
	assert_non_null(p);
	assert_int_equal(sscanf(p, ") %*c %*d %*d %*d %*d %*d %*u %*u %lu", &faults), 1);
	buf_clear(&text);
	return faults;
}

/* A mail that takes its reader over must not be there when the next one comes. */
static void each_mail_has_a_reader_of_its_own(void **state)
{
	struct parse_client *p = client(NULL, PATIENT_MS);
	unsigned long before, after;

	UNUSED(state);
	assert_read(p);
	before = faults_of_children(fakes.pid);
	for (int i = 0; i < 3; i++, before = after) {
		assert_read(p);
		after = faults_of_children(fakes.pid);
		assert_true(after > before);
	}
	assert_int_equal(fakes.started, 1);
	parse_client_free(p);
}

static int cannot_start(int fd)
{
	struct buf b = BUF_INIT;

	wire_put_text(&b, "no \033[1mseccomp");
	say(fd, PARSER_FAILED, b.s, b.len);
	return 1;
}

static int exits_at_once(int fd)
{
	UNUSED(fd);
	return 127;
}

/* Then it is not the mail's fault: it stays raw and is read later. */
static void without_a_parser_there_is_no_verdict(void **state)
{
	static int (*const starts[])(int fd) = { cannot_start, exits_at_once };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(starts); i++) {
		struct parse_client *p = client(starts[i], PATIENT_MS);
		struct verdict v;
		struct err e = ERR_INIT;

		assert_true(ask(p, &v, plain, sizeof(plain) - 1, &e) < 0);
		assert_null(strchr(e.text, '\033'));
		assert_int_equal(parse_client_count(p).unparsable, 0);
		parse_client_free(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fixtures_get_the_same_verdict),
		cmocka_unit_test(odd_bytes_get_the_same_verdict),
		cmocka_unit_test(a_charset_without_a_converter_is_no_accident),
		cmocka_unit_test(a_huge_mail_is_cut_not_refused),
		cmocka_unit_test(a_broken_parser_costs_one_mail),
		cmocka_unit_test(how_the_parser_died_is_told),
		cmocka_unit_test(a_used_process_that_fails_condemns_nobody),
		cmocka_unit_test(a_stopped_process_is_replaced),
		cmocka_unit_test(each_mail_has_a_reader_of_its_own),
		cmocka_unit_test(without_a_parser_there_is_no_verdict),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
