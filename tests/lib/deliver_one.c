/*
 * deliver_one: hands mails to an SMTP server through deliver_run() and prints what came of them;
 * for tests.
 *
 *   deliver_one [NAME=VALUE]... to=ADDRESS...
 *
 * Names: host port tls tls_name ca user password auth_in_clear helo dsn per_session timeout from
 * envid, file=PATH (the mail; else one is made up), size=BYTES (of a made-up mail), count=N (of
 * each), watchdog=MS, quiet=1 (accepted mails are not worth a line).
 * Output, one line each: "result ID OUTCOME CODE STATUS STAGE TEXT", "progress ID WORD",
 * "session CONNECTED TLS|GREETING|TROUBLE", "error TEXT".  Mails are numbered from 1.
 * With watchdog= the session runs in a child that is killed after that time, as in real use.
 */
#include "base.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "alloc.h"
#include "buf.h"
#include "deliver.h"
#include "fdio.h"
#include "num.h"
#include "word.h"

enum { MAILS_MAX = 100000, FILE_LIMIT = 64 * 1024 * 1024 };

struct job {
	struct deliver_route route;
	const char *from, *envid;
	int64_t size, count, watchdog;
	const char *to[64];
	int n_to;
	struct buf mail;
	int next;
	bool quiet;
};

static int job_total(const struct job *j)
{
	return j->n_to * (int)j->count;
}

static int on_next(void *arg, struct delivery *d)
{
	struct job *j = arg;

	if (j->next >= job_total(j))
		return 0;
	*d = (struct delivery){
		.id = j->next + 1,
		.env_from = j->from,
		.env_to = j->to[j->next % j->n_to],
		.envid = j->envid,
		.bytes = j->mail.s,
		.len = j->mail.len,
	};
	j->next++;
	return 1;
}

static void on_done(void *arg, const struct attempt_result *r)
{
	const struct job *j = arg;

	if (j->quiet && r->outcome == OUTCOME_ACCEPTED)
		return;
	printf("result %" PRId64 " %s %d %s %s %s\n", r->delivery_id,
	       word_of(outcome_words, r->outcome), r->code, r->status[0] ? r->status : "-",
	       r->stage, r->text);
	fflush(stdout);
}

static void on_progress(void *arg, int64_t id, enum deliver_progress progress)
{
	const struct job *j = arg;

	if (j->quiet)
		return;
	printf("progress %" PRId64 " %s\n", id, word_of(deliver_progress_words, progress));
	fflush(stdout);
}

static int run(struct job *j)
{
	struct deliver_source source = { on_next, on_done, on_progress, j };
	struct deliver_session session;
	struct err e = ERR_INIT;

	deliver_init();
	do {
		if (deliver_run(&session, &j->route, &source, &e) < 0) {
			printf("error %s\n", e.text);
			return 1;
		}
		printf("session %d %d|%s|%s\n", session.connected, session.tls, session.greeting,
		       session.trouble);
		fflush(stdout);
	} while (j->next < job_total(j) && session.trouble[0] == '\0');
	return 0;
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Copies what the child says until it ends or its time is over. */
static void follow(struct buf *out, int fd, pid_t child, int64_t deadline)
{
	char piece[4096];
	ssize_t n = 1;

	while (n > 0) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		int64_t left = deadline - now_ms();

		if (left <= 0 || poll(&p, 1, (int)left) == 0) {
			kill(child, SIGKILL);
			deadline = INT64_MAX / 2;
			printf("killed\n");
			continue;
		}
		n = read(fd, piece, sizeof(piece));
		if (n > 0)
			buf_add(out, piece, (size_t)n);
	}
	fputs(out->s, stdout);
}

/* What the parent of a killed worker knows: the last progress of each mail without a result. */
static void settle(const struct job *j, const char *said)
{
	for (int id = 1; id <= job_total(j); id++) {
		enum deliver_progress got = DELIVER_NOT_STARTED;
		char line[64];

		snprintf(line, sizeof(line), "result %d ", id);
		if (strstr(said, line) != NULL)
			continue;
		for (int k = DELIVER_ENVELOPE; k <= DELIVER_BODY_END; k++) {
			snprintf(line, sizeof(line), "progress %d %s\n", id,
			         word_of(deliver_progress_words, k));
			if (strstr(said, line) != NULL)
				got = (enum deliver_progress)k;
		}
		printf("result %d %s 0 - killed worker ended\n", id,
		       word_of(outcome_words, deliver_outcome(got)));
	}
}

static int run_watched(struct job *j)
{
	struct buf said = BUF_INIT;
	int fds[2], status = 0;
	pid_t child;

	if (pipe(fds) < 0 || (child = fork()) < 0)
		return 1;
	if (child == 0) {
		dup2(fds[1], 1);
		close(fds[0]);
		_exit(run(j));
	}
	close(fds[1]);
	follow(&said, fds[0], child, now_ms() + j->watchdog);
	waitpid(child, &status, 0);
	settle(j, said.s);
	close(fds[0]);
	buf_clear(&said);
	return 0;
}

static void make_mail(struct job *j)
{
	buf_addstr(
		&j->mail,
		"Date: Sun, 22 Nov 2026 05:55:00 +0000\r\nFrom: Meldpunt <meldpunt@example.nl>\r\n"
		"To: beheer@example.nl\r\nMessage-ID: <1.test@example.nl>\r\nSubject: proef\r\n"
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
		".begint met een punt\r\n..en met twee\r\n.\r\n");
	while ((int64_t)j->mail.len < j->size)
		buf_addstr(&j->mail, "Een regel van de proefmail, precies zo lang als nodig is om "
		                     "te vullen.\r\n");
}

struct setting {
	const char *name;
	const char **text;
	int *number;
	bool *flag;
	int64_t *large;
};

static bool set(struct job *j, const char *name, const char *value, struct err *e)
{
	struct deliver_route *r = &j->route;
	const struct setting settings[] = {
		{ .name = "host", .text = &r->host },
		{ .name = "port", .number = &r->port },
		{ .name = "tls", .number = (int *)&r->tls },
		{ .name = "tls_name", .text = &r->tls_name },
		{ .name = "ca", .text = &r->ca_file },
		{ .name = "user", .text = &r->user },
		{ .name = "password", .text = &r->password },
		{ .name = "auth_in_clear", .flag = &r->auth_in_clear },
		{ .name = "helo", .text = &r->helo },
		{ .name = "dsn", .flag = &r->dsn },
		{ .name = "per_session", .number = &r->mails_per_session },
		{ .name = "timeout", .number = &r->timeout },
		{ .name = "from", .text = &j->from },
		{ .name = "envid", .text = &j->envid },
		{ .name = "size", .large = &j->size },
		{ .name = "count", .large = &j->count },
		{ .name = "watchdog", .large = &j->watchdog },
		{ .name = "quiet", .flag = &j->quiet },
	};
	int64_t v = 0;
	int word;

	if (strcmp(name, "file") == 0)
		return file_read(&j->mail, value, FILE_LIMIT, e) == 0;
	if (strcmp(name, "to") == 0 && j->n_to < (int)ARRAY_SIZE(j->to)) {
		j->to[j->n_to++] = value;
		return true;
	}
	for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
		if (strcmp(settings[i].name, name) != 0)
			continue;
		if (settings[i].text != NULL) {
			*settings[i].text = value;
			return true;
		}
		if (word_parse(&word, deliver_tls_words, value))
			v = word;
		else if (!num_parse(&v, value, -1, FILE_LIMIT))
			return false;
		if (settings[i].number != NULL)
			*settings[i].number = (int)v;
		if (settings[i].flag != NULL)
			*settings[i].flag = v != 0;
		if (settings[i].large != NULL)
			*settings[i].large = v;
		return true;
	}
	return false;
}

int main(int argc, char **argv)
{
	struct job j = {
		.route = { .host = "127.0.0.1",
		           .port = 25,
		           .tls_name = "",
		           .ca_file = "",
		           .user = "",
		           .password = "",
		           .helo = "gateway.example.nl",
		           .mails_per_session = 100,
		           .timeout = 2 },
		.from = "meldpunt@example.nl",
		.envid = "",
		.count = 1,
		.mail = BUF_INIT,
	};
	struct err e = ERR_INIT;
	int rc;

	for (int i = 1; i < argc; i++) {
		char *eq = strchr(argv[i], '=');

		if (eq == NULL)
			return 64;
		*eq = '\0';
		if (!set(&j, argv[i], eq + 1, &e)) {
			fprintf(stderr, "deliver_one: %s=%s: not understood. %s\n", argv[i], eq + 1,
			        e.text);
			return 64;
		}
	}
	if (j.mail.len == 0)
		make_mail(&j);
	if (job_total(&j) > MAILS_MAX)
		return 64;
	rc = j.watchdog > 0 ? run_watched(&j) : run(&j);
	buf_clear(&j.mail);
	return rc;
}
