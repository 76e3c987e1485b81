/*
 * parser: bytes of a mail in, a verdict out, until the socket closes.
 *
 * SECURITY: started by exec with one socket and nothing else.  It looks into no mail itself: each
 * is read by a child that lives for that mail, without any right but to write its answer
 * (sandbox.h), and without the socket.  So a mail that takes its reader over can lie about itself
 * and about no other.  Nobody here knows a key, the store or the configuration; the parent checks
 * the answer as if hostile, and ends us when it takes too long.
 */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alloc.h"
#include "classify.h"
#include "fdio.h"
#include "parser.h"
#include "sandbox.h"
#include "wire.h"

/* Half a megabyte of mail needs some 20 MiB; the libraries themselves take 100 of address space. */
static const struct sandbox_limits limits = { .memory = INT64_C(512) << 20, .cpu_seconds = 60 };

/* What mail is written in.  A charset that is not here is read as ISO-8859-1. */
static const char *const charsets[] = {
	"us-ascii",     "utf-8",        "utf-7",        "utf-16",       "utf-16le",
	"utf-16be",     "iso-8859-1",   "iso-8859-2",   "iso-8859-3",   "iso-8859-4",
	"iso-8859-5",   "iso-8859-6",   "iso-8859-7",   "iso-8859-8",   "iso-8859-9",
	"iso-8859-10",  "iso-8859-13",  "iso-8859-14",  "iso-8859-15",  "iso-8859-16",
	"windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254",
	"windows-1255", "windows-1256", "windows-1257", "windows-1258", "koi8-r",
	"koi8-u",       "ibm437",       "ibm850",       "ibm852",       "ibm866",
	"macintosh",    "iso-2022-jp",  "shift_jis",    "euc-jp",       "cp932",
	"gb2312",       "gbk",          "gb18030",      "big5",         "euc-kr",
	"iso-2022-kr",  "cp949",        "tis-620",      "viscii",
};

/*
 * The C library loads a converter from its file at first use.  Each is opened here and stays open
 * as long as the process lives: behind the sandbox no file can be opened.
 */
static void load_charsets(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(charsets); i++) {
		iconv_t to = iconv_open("utf-8", charsets[i]);

		/* one that this system does not have is read as ISO-8859-1, too */
		UNUSED(to);
	}
}

/* The child: the text of an error on the pipe says that it could not give up its rights. */
static void NORETURN read_mail(int fd, struct span mail)
{
	struct verdict *v = xcalloc(1, sizeof(*v));
	struct err e = ERR_INIT;

	if (sandbox_enter(fd, &limits, &e) < 0) {
		UNUSED(fd_write_all(fd, e.text, strlen(e.text), "parent", &e) < 0);
		_exit(1);
	}
	classify_mail(v, mail.p, span_len(mail), &classify_default_limits);
	/* straight out: what a library does at exit has no business with files and signals here */
	_exit(fd_write_all(fd, v, sizeof(*v), "parent", &e) < 0 ? 1 : 0);
}

/*
 * Has the mail read by a child: what it wrote until it ended, and how it ended.  It cannot stay:
 * behind a verdict the pipe is closed and it is killed.
 */
static int reader_run(struct buf *said, int *status, struct span mail, struct err *e)
{
	int pipe_fd[2], rc;
	pid_t pid;

	if (pipe2(pipe_fd, O_CLOEXEC) < 0)
		return err_errno(e, ERR_TEMP, "pipe");
	pid = fork();
	if (pid == 0) {
		/* ends with us, also where we are killed */
		if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
			_exit(1);
		read_mail(pipe_fd[1], mail);
	}
	close(pipe_fd[1]);
	if (pid < 0) {
		close(pipe_fd[0]);
		return err_errno(e, ERR_TEMP, "fork");
	}
	rc = fd_read_all(said, pipe_fd[0], sizeof(struct verdict), "reader", e);
	close(pipe_fd[0]);
	kill(pid, SIGKILL);
	while (waitpid(pid, status, 0) < 0 && errno == EINTR)
		;
	return rc;
}

/* The parent is to see how a reader ended. */
static void NORETURN end_as(int status)
{
	if (WIFSIGNALED(status)) {
		signal(WTERMSIG(status), SIG_DFL);
		raise(WTERMSIG(status));
	}
	_exit(WIFEXITED(status) && WEXITSTATUS(status) != 0 ? WEXITSTATUS(status) : 1);
}

static int answer(struct channel *ch, enum parser_message type, const struct buf *payload,
		  struct err *e)
{
	channel_queue(ch, type, payload);
	return channel_flush(ch, e);
}

/* An empty mail, before the first real one: where the sandbox does not close, nothing is read. */
static int rehearse(struct channel *ch, struct err *e)
{
	struct buf said = BUF_INIT, text = BUF_INIT;
	struct err why = ERR_INIT;
	int status = 0, rc;

	if (reader_run(&said, &status, (struct span){ "", "" }, &why) < 0)
		wire_put_text(&text, why.text);
	else if (said.len != sizeof(struct verdict))
		wire_put_text(&text, said.s);
	rc = answer(ch, text.len > 0 ? PARSER_FAILED : PARSER_READY, &text, e);
	if (rc == 0 && text.len > 0)
		rc = err_set(e, ERR_TEMP, "no sandbox");
	buf_clear(&said);
	buf_clear(&text);
	return rc;
}

static int read_mails(struct channel *ch, struct err *e)
{
	struct buf said = BUF_INIT;
	struct span mail;
	uint32_t type;
	int rc, status = 0;

	do {
		while ((rc = channel_next(ch, &type, &mail, e)) == 1) {
			if (type != PARSER_MAIL)
				bug("parser: message %u", (unsigned)type);
			buf_reset(&said);
			if ((rc = reader_run(&said, &status, mail, e)) < 0)
				break;
			if (said.len != sizeof(struct verdict))
				end_as(status);
			if ((rc = answer(ch, PARSER_VERDICT, &said, e)) < 0)
				break;
		}
		if (rc == 0)
			rc = channel_fill(ch, e);
	} while (rc == 1);
	buf_clear(&said);
	return rc;
}

int parser_main(int fd)
{
	struct err e = ERR_INIT;
	struct channel ch;
	int rc = 0;

	channel_init(&ch, fd);
	load_charsets();
	if (fcntl(fd, F_SETFL, 0) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		rc = err_errno(&e, ERR_IO, "parser");
	if (rc == 0)
		rc = rehearse(&ch, &e);
	if (rc == 0)
		rc = read_mails(&ch, &e);
	_exit(rc < 0 ? 1 : 0);
}
