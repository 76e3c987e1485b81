/*
 * cmd_deliver: "deliver", "fetch", "receive", "run": the network steps.
 */
#include "base.h"

#include <poll.h>
#include <unistd.h>

#include "buf.h"
#include "cli.h"
#include "crypto.h"
#include "dispatch.h"
#include "fdio.h"
#include "flow_inbox.h"
#include "flow_warn.h"
#include "log.h"
#include "num.h"
#include "parse_client.h"
#include "signals.h"
#include "store_mail.h"
#include "verify_client.h"

enum { RECEIVE_MAX = 64 << 20, CHILDREN_MAX = 64 };

static void open_log(const char *name)
{
	log_open(name, LOG_LEVEL_INFO, getenv("JOURNAL_STREAM") != NULL);
}

/* Work for the one who can sign, done between two transactions of the dispatcher. */
struct signing_work {
	struct cli *cli;
	int64_t after;      /* warnings looked at in this round */
	struct err failed;  /* the first mail of this round that could not be made */
	int rest;           /* calls to skip after a failure */
	int rest_overdue;   /* the same of the call list */
	uint64_t made;      /* mails */
	struct progress progress;
};

enum { REST_CALLS = 60 };

static bool resting(int *rest)
{
	return *rest > 0 && (*rest)-- > 0;
}

/* 1: there is more to do. */
static int escalate(struct signing_work *w)
{
	struct warn_count n = { 0 };
	struct err why = ERR_INIT;

	if (flow_escalate(&w->cli->gateway, &w->after, &n, &why) < 0 && w->failed.code == 0)
		w->failed = why;
	w->made += n.mails;
	w->progress.total += n.mails;
	if (n.mails + n.calls > 0)
		log_info("next contact: %" PRIu64 " mails, %" PRIu64 " companies to be telephoned",
		         n.mails, n.calls);
	if (n.handed_over > 0)
		log_info("next contact: %" PRIu64 " vital companies to be handed over",
		         n.handed_over);
	if (w->after != 0)
		return 1;
	if (w->failed.code != 0) {
		log_error("next contact: %s", w->failed.text);
		w->rest = REST_CALLS;
	}
	w->failed = (struct err)ERR_INIT;
	return 0;
}

static void call_overdue(struct signing_work *w)
{
	struct err why = ERR_INIT;
	uint64_t n = 0;

	if (flow_call_overdue(&w->cli->gateway, &n, &why) < 0) {
		log_error("call list: %s", why.text);
		w->rest_overdue = REST_CALLS;
	}
	if (n > 0)
		log_info("%" PRIu64 " warnings without an answer are on the call list", n);
}

/*
 * A mail that cannot be made is told and tried again later; it keeps no other mail from being sent,
 * and nobody from the call list.
 */
static int step(void *arg, struct err *e)
{
	struct signing_work *w = arg;
	int more = resting(&w->rest) ? 0 : escalate(w);

	UNUSED(e);
	if (!resting(&w->rest_overdue))
		call_overdue(w);
	return more;
}

static void show_sent(void *arg, const struct dispatch_count *n)
{
	progress_show(arg, n->accepted + n->refused);
}

static bool stopped(int stop_fd, int wait_ms)
{
	struct pollfd p = { .fd = stop_fd, .events = POLLIN };

	return poll(&p, 1, wait_ms) > 0;
}

/*
 * What is sent may name the next contact, so that draining goes on until no mail is made any more.
 */
static int send_all(struct dispatch *d, const struct dispatch_run *run, struct signing_work *w,
                    struct err *e)
{
	uint64_t made;
	int rc;

	do {
		if ((rc = dispatch_loop(d, run, e)) < 0 || !run->drain)
			return rc;
		made = w->made;
		w->rest = 0;
		rc = step(w, e);
	} while ((rc == 1 || w->made > made) && !stopped(run->stop_fd, 0));
	return 0;
}

/* Counted only where somebody sees it. */
static int start_progress(struct signing_work *w, int64_t seconds, struct err *e)
{
	int64_t due = 0;
	int rc = 0;

	progress_start(&w->progress, "deliver", 0);
	if (w->progress.terminal)
		rc = store_mail_due(w->cli->gateway.store,
		                    gateway_now(&w->cli->gateway) + seconds, &due, e);
	w->progress.total = (uint64_t)due;
	return rc;
}

static int deliver(struct cli *c, bool drain, int64_t seconds, struct err *e)
{
	struct signing_work w = { .cli = c };
	struct dispatch_run run = { .drain = drain, .drain_seconds = (int)seconds, .step = step,
		                    .arg = &w, .progress = show_sent, .progress_arg = &w.progress };
	struct dispatch *d = NULL;
	int rc = signals_stop_fd(&run.stop_fd, e);

	/* the lock comes first: a second sender of this node must not make mails either */
	if (rc == 0 && (rc = dispatch_open(&d, &c->gateway, e)) == 0) {
		const struct dispatch_count *n = dispatch_counts(d);

		if ((rc = start_progress(&w, seconds, e)) == 0)
			rc = send_all(d, &run, &w, e);
		show_sent(&w.progress, n);
		progress_end(&w.progress);
		if (drain)
			cli_print_sent(n);
	}
	dispatch_close(d);
	close(run.stop_fd);
	return rc;
}

int cmd_deliver(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *text = NULL;
	bool drain = false;
	const struct option_spec spec[] = { { "drain", NULL, &drain }, { "seconds", &text, NULL } };
	int64_t seconds = 5;
	char **args;
	int n, rc;

	if ((rc = cli_options(argc, argv, spec, ARRAY_SIZE(spec), &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 0, 0, "deliver", e)) < 0)
		return rc;
	if (text != NULL && !num_parse(&seconds, text, 0, 86400))
		return err_set(e, ERR_USAGE, "--seconds: 0 to 86400");
	open_log("seinpost-deliver");
	rc = cli_need(c, GATEWAY_STORE | GATEWAY_KEYS | GATEWAY_TEMPLATES | GATEWAY_SIGNER, e);
	return rc < 0 ? rc : deliver(c, drain, seconds, e);
}

/* ---- the inbox */

/* Those who look into mail, each in a process of its own. */
struct readers {
	struct parse_client *parser;
	struct classifier classifier;
	struct verify_client checker;
	struct verifier verifier;
};

/* Starts nothing yet.  r outlives the use of c's gateway. */
static void readers_open(struct readers *r, struct cli *c)
{
	r->parser = parse_client_new(NULL);
	r->classifier = parse_client_classifier(r->parser);
	r->checker = (struct verify_client){ .home = c->conf->sign.home };
	r->verifier = verify_client_verifier(&r->checker);
	c->gateway.verifier = &r->verifier;
}

static void readers_close(struct readers *r, struct cli *c)
{
	c->gateway.verifier = NULL;
	parse_client_free(r->parser);
}

static void inbox_failed(void *arg, const char *name, const struct err *e)
{
	UNUSED(arg);
	log_warn("inbox %s: %s", name, e->text);
}

static void show_fetched(void *arg, uint64_t done, uint64_t total)
{
	progress_show_of(arg, done, total);
}

static void print_count(const struct inbox_count *n)
{
	uint64_t refused = 0;

	printf("%" PRIu64 " mails: %" PRIu64 " bounces, %" PRIu64 " replies, %" PRIu64
	       " automatic, %" PRIu64 " for a person\n",
	       n->mails, n->bounces, n->replies, n->robots, n->review);
	for (int i = TOKEN_FINE + 1; i < TOKEN_TROUBLES; i++)
		refused += n->refused[i];
	if (refused + n->repeated > 0)
		printf("without effect: %" PRIu64 " by their token, %" PRIu64 " repeated\n",
		       refused, n->repeated);
}

/* Fetches and waits, again and again; a lost connection is opened anew, later and later. */
static int follow(struct cli *c, const struct classifier *reader, const char *name, int stop_fd,
                  struct err *e)
{
	int wait_s = 1;

	while (!stopped(stop_fd, 0)) {
		struct err why = ERR_INIT;
		struct inbox_count n = { 0 };
		int rc = flow_follow(&c->gateway, reader, name, stop_fd, &n, &why);

		if (rc == ERR_CONF || rc == ERR_NOTFOUND) {
			*e = why;
			return rc;
		}
		if (rc == 0)
			continue;
		wait_s = n.mails > 0 ? 1 : wait_s * 2 > 60 ? 60 : wait_s * 2;
		log_warn("inbox %s: %s; next try in %d s", name, why.text, wait_s);
		if (stopped(stop_fd, wait_s * 1000))
			break;
	}
	return EXIT_DONE;
}

/* name NULL: all inboxes. */
static int fetch_once(struct cli *c, const struct classifier *reader, const char *name,
		      struct err *e)
{
	struct inbox_count count = { 0 };
	struct progress p;
	const struct fetch_watch watch = { inbox_failed, show_fetched, &p };
	int rc;

	progress_start(&p, "fetch", 0);
	rc = flow_fetch(&c->gateway, reader, name, &count, &watch, e);
	progress_end(&p);
	if (rc == 0)
		rc = flow_prove_silent(&c->gateway, e);
	if (rc != ERR_NOTFOUND)
		print_count(&count);
	return rc;
}

static int fetch_forever(struct cli *c, const struct classifier *reader, const char *name,
                         struct err *e)
{
	int stop_fd, rc = signals_stop_fd(&stop_fd, e);

	if (rc < 0)
		return rc;
	rc = follow(c, reader, name ? name : c->conf->inboxes[0].name, stop_fd, e);
	close(stop_fd);
	return rc;
}

static int fetch_mbox(struct cli *c, const struct classifier *reader, const char *path,
                      struct err *e)
{
	struct inbox_count count = { 0 };
	int rc = flow_fetch_mbox(&c->gateway, reader, strcmp(path, "-") == 0 ? "/dev/stdin" : path,
	                         &count, e);

	/* what was read in front of an error stays read */
	if (rc == 0 || count.mails + count.known > 0) {
		print_count(&count);
		if (count.known > 0)
			printf("%" PRIu64 " mails were here already\n", count.known);
	}
	return rc;
}

int cmd_fetch(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *name = NULL, *mbox = NULL;
	bool once = false;
	const struct option_spec spec[] = {
		{ "once", NULL, &once }, { "inbox", &name, NULL }, { "mbox", &mbox, NULL },
	};
	struct readers r;
	char **args;
	int n, rc;

	if ((rc = cli_options(argc, argv, spec, ARRAY_SIZE(spec), &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 0, 0, "fetch", e)) < 0)
		return rc;
	if (mbox != NULL && (once || name != NULL))
		return err_set(e, ERR_USAGE,
		               "--mbox reads a file, not an inbox: leave --once and --inbox out");
	open_log("seinpost-fetch");
	if ((rc = cli_need(c, GATEWAY_STORE | GATEWAY_KEYS, e)) < 0)
		return rc;
	if (mbox == NULL && c->conf->n_inboxes == 0)
		return err_set(e, ERR_CONF,
		               "%s: no inboxes: add the mailbox that answers and bounces come to",
		               c->conf->file);
	readers_open(&r, c);
	if (mbox != NULL)
		rc = fetch_mbox(c, &r.classifier, mbox, e);
	else if (once || (name == NULL && c->conf->n_inboxes > 1))
		rc = fetch_once(c, &r.classifier, name, e);
	else
		rc = fetch_forever(c, &r.classifier, name, e);
	readers_close(&r, c);
	return rc;
}

static int take_mail(struct cli *c, const char *source, const struct buf *mail, struct err *e)
{
	struct readers r;
	struct inbox_count count = { 0 };
	enum inbox_fate fate;
	uint8_t digest[32];
	char hex[65];
	int rc = crypto_sha256(digest, mail->s, mail->len, e);

	readers_open(&r, c);
	if (rc == 0)
		rc = flow_inbox_take(&c->gateway, &r.classifier, source, crypto_hex(hex, digest),
		                     mail->s, mail->len, &fate, &count, e);
	/* where no inbox is ever fetched, nobody else picks up what a crash left raw */
	if (rc == 0)
		rc = flow_inbox_judge_raw(&c->gateway, &r.classifier, &count, e);
	readers_close(&r, c);
	return rc;
}

int cmd_receive(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *source = "receive";
	const struct option_spec spec[] = { { "source", &source, NULL } };
	struct buf mail = BUF_INIT;
	char **args;
	int n, rc;

	if ((rc = cli_options(argc, argv, spec, 1, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 0, 0, "receive", e)) < 0 ||
	    (rc = cli_need(c, GATEWAY_STORE | GATEWAY_KEYS, e)) < 0)
		return rc;
	rc = fd_read_all(&mail, STDIN_FILENO, RECEIVE_MAX, "standard input", e);
	if (rc == 0 && mail.len == 0)
		rc = err_set(e, ERR_INPUT, "no mail on standard input");
	if (rc == 0)
		rc = take_mail(c, source, &mail, e);
	buf_clear(&mail);
	return rc;
}

/* A descriptor: one daemon a store and node.  Else both fetch, and the other's mails. */
static int lock_run(const struct conf *conf, struct err *e)
{
	struct buf path = BUF_INIT;
	int fd;

	buf_printf(&path, "%s.run%d", conf->store, conf->gateway.node);
	if ((fd = file_lock(path.s, e)) == ERR_TEMP)
		err_set(e, ERR_TEMP,
			"another 'seinpost run' works on this store: stop it first, or leave this"
			" one out (lock %s)",
			path.s);
	buf_clear(&path);
	return fd;
}

/* Until it is told to end. */
static int run_children(const struct conf *conf, struct err *e)
{
	const char *fetch_argv[CHILDREN_MAX][6];
	struct child child[CHILDREN_MAX + 1] = { 0 };
	const char *deliver_argv[] = { "--config", conf->file, "deliver", NULL };
	int stop_fd, k = 0, rc = signals_stop_fd(&stop_fd, e);

	if (rc < 0)
		return rc;
	if (conf->n_routes > 0)
		child[k++] = (struct child){ .name = "deliver", .argv = deliver_argv };
	else
		log_warn("%s: no routes: nothing is sent from here, and next contacts and the call"
			 " list are left to a node that sends", conf->file);
	for (size_t i = 0; i < conf->n_inboxes; i++) {
		const char *name = conf->inboxes[i].name;
		const char *words[] = { "--config", conf->file, "fetch", "--inbox", name, NULL };

		memcpy(fetch_argv[i], words, sizeof(words));
		child[k++] = (struct child){ .name = name, .argv = fetch_argv[i] };
	}
	log_info("running: %d processes", k);
	rc = supervise(child, k, stop_fd, e);
	close(stop_fd);
	return rc;
}

int cmd_run(struct cli *c, int argc, char **argv, struct err *e)
{
	char **args;
	int n, rc, lock;

	if ((rc = cli_options(argc, argv, NULL, 0, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 0, 0, "run", e)) < 0)
		return rc;
	open_log("seinpost");
	/* everything a child needs is opened once here, so that a mistake is told at once and
	 * not by a child later */
	rc = cli_need(c, GATEWAY_STORE | GATEWAY_KEYS | GATEWAY_TEMPLATES | GATEWAY_SIGNER, e);
	if (rc == 0 && c->conf->n_routes == 0 && c->conf->n_inboxes == 0)
		rc = err_set(e, ERR_CONF, "%s: neither routes nor inboxes: nothing to run",
			     c->conf->file);
	if (rc == 0 && c->conf->n_inboxes > CHILDREN_MAX)
		rc = err_set(e, ERR_CONF, "%s: more than %d inboxes", c->conf->file, CHILDREN_MAX);
	if (rc < 0 || (rc = lock = lock_run(c->conf, e)) < 0)
		return rc;
	gateway_close(&c->gateway);
	rc = run_children(c->conf, e);
	close(lock);
	return rc;
}
