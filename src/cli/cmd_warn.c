/*
 * cmd_warn: "preview", "warn" and "template": the mails.
 */
#include "base.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "advice_kinds.h"
#include "cli.h"
#include "dispatch.h"
#include "fdio.h"
#include "flow_warn.h"
#include "signals.h"
#include "store_finding.h"
#include "warn_feed.h"

static int find_incident(struct cli *c, struct arena *a, const char *slug, struct incident *in,
                         struct err *e)
{
	int rc = store_incident_by_slug(c->gateway.store, a, in, slug, e);

	if (rc == 0 && in->state != INCIDENT_OPEN)
		return err_set(e, ERR_PERM, "incident '%s' is closed", slug);
	return rc;
}

static void print_count(const struct warn_count *n)
{
	printf("%" PRIu64 " companies: %" PRIu64 " mails queued, %" PRIu64
	       " to be telephoned, %" PRIu64 " handed over (vital), %" PRIu64
	       " findings withheld (TLP)\n",
	       n->companies, n->mails, n->calls, n->handed_over, n->withheld);
}

/* Those that were given up are rare: they go first, one after the other. */
static int warn_again(struct cli *c, const struct incident *in, struct err *e)
{
	struct warn_count n;
	int rc = flow_warn_again(&c->gateway, in, &n, e);

	if (n.mails > 0)
		printf("%" PRIu64 " companies that were given up have a contact now: %" PRIu64
		       " mails queued\n",
		       n.mails, n.mails);
	return rc;
}

static int queue_only(struct cli *c, const struct incident *in, struct progress *p, struct err *e)
{
	struct warn_count n;
	int rc = flow_warn(&c->gateway, in, &n, progress_show, p, e);

	progress_end(p);
	if (rc == 0)
		print_count(&n);
	return rc;
}

static void show_sent(void *arg, const struct dispatch_count *n)
{
	progress_show(arg, n->accepted + n->refused);
}

static int send_too(struct cli *c, const struct incident *in, struct dispatch *d,
                    struct progress *p, struct err *e)
{
	struct warn_run *r = warn_run_new(&c->gateway, in);
	struct warn_feed f = { r, &c->gateway.sign_queue };
	const struct dispatch_feed feed = warn_feed(&f);
	struct dispatch_run run = {
		.drain = true, .feed = &feed, .progress = show_sent, .progress_arg = p
	};
	const struct dispatch_count *n = dispatch_counts(d);
	int rc = signals_stop_fd(&run.stop_fd, e);

	if (rc < 0)
		goto out;
	rc = dispatch_loop(d, &run, e);
	close(run.stop_fd);
	show_sent(p, n);
	progress_end(p);
	print_count(warn_run_count(r));
	cli_print_sent(n);
	if (rc == 0 && !warn_run_done(r))
		rc = err_set(e, ERR_TEMP, "stopped before the end; run it again for the rest");
out:
	warn_run_free(r);
	return rc;
}

/* Whoever sends from this store already sends these mails too. */
static int warn_and_send(struct cli *c, const struct incident *in, struct progress *p,
                         struct err *e)
{
	struct dispatch *d = NULL;
	struct err busy = ERR_INIT;
	int rc = dispatch_open(&d, &c->gateway, &busy);

	if (rc == ERR_TEMP) {
		fprintf(stderr, "seinpost: %s: the mails are queued for it\n", busy.text);
		return queue_only(c, in, p, e);
	}
	if (rc < 0) {
		*e = busy;
		return rc;
	}
	rc = send_too(c, in, d, p, e);
	dispatch_close(d);
	return rc;
}

int cmd_warn(struct cli *c, int argc, char **argv, struct err *e)
{
	bool send = false;
	const struct option_spec spec[] = { { "send", NULL, &send } };
	struct arena a = ARENA_INIT;
	struct incident in;
	struct progress p;
	char label[TLP_TEXT], **args;
	int64_t total = 0;
	int k, rc;

	if ((rc = cli_options(argc, argv, spec, 1, &args, &k, e)) < 0 ||
	    (rc = cli_count(k, 1, 1, "SLUG", e)) < 0 || (rc = cli_need(c, GATEWAY_STORE, e)) < 0 ||
	    (rc = find_incident(c, &a, args[0], &in, e)) < 0)
		goto out;
	if (!tlp_mailable(in.tlp)) {
		rc = err_set(e, ERR_PERM, "incident '%s' is %s: nothing of it may leave by mail",
		             in.slug, tlp_label(label, in.tlp));
		goto out;
	}
	if ((rc = store_unwarned_count(c->gateway.store, in.id, &total, e)) < 0)
		goto out;
	c->gateway.to_sign = (uint64_t)total;
	if ((rc = cli_need(c, GATEWAY_KEYS | GATEWAY_TEMPLATES | GATEWAY_SIGNER, e)) < 0)
		goto out;
	if ((rc = warn_again(c, &in, e)) < 0)
		goto out;
	progress_start(&p, "warn", (uint64_t)total);
	rc = send ? warn_and_send(c, &in, &p, e) : queue_only(c, &in, &p, e);
out:
	arena_clear(&a);
	return rc;
}

struct preview {
	const char *out; /* folder, or NULL: standard output */
	uint64_t n;
	struct progress progress;
};

static const char *action_text(const struct draft *d)
{
	switch (d->action) {
	case DRAFT_CALL: return "to be telephoned";
	case DRAFT_HANDOVER: return "vital: handed over";
	case DRAFT_WITHHELD: return "withheld (TLP)";
	default: return "";
	}
}

static int write_preview(const struct preview *p, const struct draft *d, struct err *e)
{
	struct buf path = BUF_INIT;
	int rc;

	buf_printf(&path, "%s/%s-%s.eml", p->out, d->incident->slug, d->company.ref);
	rc = file_write_atomic(path.s, d->bytes.s, d->bytes.len, 0600, e);
	if (rc == 0)
		printf("%s: %s\n", path.s, d->mail.env_to);
	buf_clear(&path);
	return rc;
}

static int show_draft(void *arg, const struct draft *d, struct err *e)
{
	struct preview *p = arg;

	progress_show(&p->progress, ++p->n);
	if (d->action != DRAFT_MAIL) {
		progress_hide(&p->progress);
		fprintf(stderr, "%s: %s%s%s%s%s\n", d->company.ref, action_text(d),
		        *d->call_reason != '\0' ? ": " : "", d->call_reason,
		        *d->evidence != '\0' ? ": " : "", d->evidence);
		return 0;
	}
	return p->out != NULL ? write_preview(p, d, e)
	                      : fd_write_all(STDOUT_FILENO, d->bytes.s, d->bytes.len,
	                                     "standard output", e);
}

/* The findings of companies stand in it: for nobody else. */
static int make_folder(const char *path, struct err *e)
{
	if (*path == '\0')
		return err_set(e, ERR_USAGE, "--out needs the name of a folder");
	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return err_errno(e, ERR_IO, "%s", path);
	return 0;
}

int cmd_preview(struct cli *c, int argc, char **argv, struct err *e)
{
	struct preview p = { 0 };
	const struct option_spec spec[] = { { "out", &p.out, NULL } };
	int64_t total = 0;
	struct arena a = ARENA_INIT;
	struct incident in;
	char **args;
	int k, rc;

	if ((rc = cli_options(argc, argv, spec, 1, &args, &k, e)) < 0 ||
	    (rc = cli_count(k, 1, 2, "SLUG", e)) < 0 || (rc = cli_need(c, GATEWAY_STORE, e)) < 0 ||
	    (rc = find_incident(c, &a, args[0], &in, e)) < 0)
		goto out;
	if (p.out != NULL && (rc = make_folder(p.out, e)) < 0)
		goto out;
	if ((rc = cli_need(c, GATEWAY_KEYS | GATEWAY_TEMPLATES | GATEWAY_SIGNER, e)) < 0 ||
	    (rc = store_unwarned_count(c->gateway.store, in.id, &total, e)) < 0)
		goto out;
	progress_start_beside(&p.progress, "preview", k == 2 ? 1 : (uint64_t)total);
	rc = flow_preview(&c->gateway, &in, k == 2 ? args[1] : NULL, show_draft, &p, e);
	progress_end(&p.progress);
	if (rc == 0 && p.n == 0)
		fprintf(stderr, "nothing to warn about: run 'seinpost match %s' first?\n", in.slug);
out:
	arena_clear(&a);
	return rc;
}

static void print_problem(void *arg, const char *name, unsigned line, const char *text)
{
	fprintf(arg, "%s:%u: %s\n", name, line, text);
}

static void print_missing(void *arg, const char *who, const char *kind, const char *path)
{
	fprintf(arg, "%s: names advice '%s': write %s\n", who, kind, path);
}

/* Templates in a folder of their own can be looked at without a configuration, but then nobody
 * knows which kinds of advice there are. */
static int check_kinds(struct cli *c, const char *dir, size_t *problems, struct err *e)
{
	struct err why = ERR_INIT;
	size_t rules;
	int rc;

	if (cli_need(c, 0, &why) < 0) {
		fprintf(stderr, "%s: not compared with the kinds of advice: %s\n", dir, why.text);
		return 0;
	}
	rc = advice_kinds_check(c->conf, dir, &rules, print_missing, stdout, e);
	*problems += rc > 0 ? (size_t)rc : 0;
	return rc < 0 ? rc : 0;
}

static int check_templates(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *dir;
	char **args;
	size_t problems = 0;
	int n, rc;

	if ((rc = cli_options(argc, argv, NULL, 0, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 0, 1, "DIR", e)) < 0)
		return rc;
	if (n == 0 && (rc = cli_need(c, 0, e)) < 0)
		return rc;
	dir = n > 0 ? args[0] : c->conf->templates;
	for (int l = LANGUAGE_NL; l <= LANGUAGE_EN; l++)
		problems += warn_catalog_check(dir, (enum language)l, print_problem, stdout);
	if ((rc = check_kinds(c, dir, &problems, e)) < 0)
		return rc;
	if (problems > 0)
		return err_set(e, ERR_INPUT, "%s: %zu problems", dir, problems);
	printf("%s: no problems\n", dir);
	return EXIT_DONE;
}

int cmd_template(struct cli *c, int argc, char **argv, struct err *e)
{
	static const struct command table[] = { { "check", check_templates, "", "" }, { 0 } };

	return cli_family(c, argc, argv, table, e);
}
