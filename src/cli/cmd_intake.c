/*
 * cmd_intake: "intake" and "match": findings of a feed, and whose they are.
 */
#include "base.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "domain.h"
#include "flow_intake.h"
#include "flow_match.h"
#include "idn.h"
#include "store_finding.h"
#include "store_register.h"
#include "utf8.h"
#include "word.h"

/* Where refused rows go: the reason before each, so that the file can be mended and read again. */
struct rejects {
	const char *file; /* its name, printable */
	FILE *out; /* NULL: only told */
	uint64_t told;
	struct progress progress;
};

enum { TOLD_MOST = 20 };

static void reject(void *arg, uint64_t line, const char *raw, size_t n, const char *reason)
{
	struct rejects *r = arg;

	if (r->told++ < TOLD_MOST) {
		progress_hide(&r->progress);
		fprintf(stderr, "%s:%" PRIu64 ": refused: %s\n", r->file, line, reason);
	}
	if (r->out == NULL)
		return;
	fprintf(r->out, "# %s:%" PRIu64 ": %s\n", r->file, line, reason);
	fwrite(raw, 1, n, r->out);
	if (n == 0 || raw[n - 1] != '\n')
		fputc('\n', r->out);
}

static void tell_reopened(void *arg, const char *closed, const char *slug)
{
	struct rejects *r = arg;

	progress_hide(&r->progress);
	printf("%s is closed: new findings are in %s\n", closed, slug);
}

static void show_intake(void *arg, uint64_t rows)
{
	struct rejects *r = arg;

	progress_show(&r->progress, rows);
}

static int open_feed(const char *path, struct err *e)
{
	int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);

	return fd >= 0 ? fd : err_errno(e, ERR_NOTFOUND, "%s", path);
}

/* A company that is asked to mend what it mended long ago believes the next mail less. */
static void print_old(const char *file, const struct intake_report *n)
{
	char day[TIME_TEXT];

	if (n->old == 0)
		return;
	time_format_date(day, n->oldest);
	if (n->old == 1)
		fprintf(stderr, "%s: 1 row is older than %d days, of %s: is that still so?\n",
		        file, INTAKE_OLD_DAYS, day);
	else
		fprintf(stderr,
		        "%s: %" PRIu64 " rows are older than %d days, the oldest of %s: is that"
		        " still so?\n",
		        file, n->old, INTAKE_OLD_DAYS, day);
}

static void print_report(const struct rejects *rejects, const struct intake_report *report,
                         int quiet_days)
{
	if (rejects->told > TOLD_MOST)
		fprintf(stderr, "%s: and %" PRIu64 " more rows refused\n", rejects->file,
		        rejects->told - TOLD_MOST);
	print_old(rejects->file, report);
	printf("%s: %" PRIu64 " rows read: %" PRIu64 " new, %" PRIu64 " known, %" PRIu64
	       " refused\n",
	       rejects->file, report->read, report->fresh, report->known, report->refused);
	if (report->earlier > 0)
		printf("%s: %" PRIu64 " of the known ones were reported in the last %d days"
		       " (quiet_days) and are not warned about again\n",
		       rejects->file, report->earlier, quiet_days);
}

static int intake_file(struct cli *c, const char *path, struct intake_request *r,
                       struct rejects *rejects, struct err *e)
{
	struct intake_report report;
	struct buf shown = BUF_INIT;
	int rc;

	utf8_printable(&shown, path, strlen(path), PATH_MAX, true);
	r->file_name = path;
	rejects->file = shown.s;
	rejects->told = 0;
	if ((rc = r->fd = open_feed(path, e)) < 0)
		goto out;
	progress_start_file(&rejects->progress, "intake", r->fd);
	rc = flow_intake(&c->gateway, r, &report, e);
	progress_end(&rejects->progress);
	close(r->fd);
	if (rc == 0) {
		print_report(rejects, &report, c->gateway.conf->quiet_days);
		rc = report.refused > 0 ? EXIT_REFUSED : EXIT_DONE;
	}
out:
	buf_clear(&shown);
	return rc;
}

/* What is appended to a feed while it is read would be read as a part of it. */
static int open_rejects(struct rejects *r, const char *path, char **feed, int n, struct err *e)
{
	struct stat mine, st;
	mode_t old = umask(077); /* rows of companies */

	r->out = fopen(path, "ae");
	umask(old);
	if (r->out == NULL || fstat(fileno(r->out), &mine) < 0)
		return err_errno(e, ERR_IO, "%s", path);
	for (int i = 0; i < n; i++)
		if (S_ISREG(mine.st_mode) && stat(feed[i], &st) == 0 &&
		    st.st_dev == mine.st_dev && st.st_ino == mine.st_ino)
			return err_set(e, ERR_USAGE, "--reject: %s is the feed itself", path);
	return 0;
}

static int close_rejects(FILE *out, const char *path, int rc, struct err *e)
{
	if (out == NULL)
		return rc;
	if (fclose(out) != 0 && rc >= 0)
		return err_errno(e, ERR_IO, "%s", path);
	return rc;
}

int cmd_intake(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *format = NULL, *reject_file = NULL;
	struct rejects rejects = { 0 };
	struct intake_request r = { .refused = reject,
		                    .reopened = tell_reopened,
		                    .progress = show_intake,
		                    .arg = &rejects };
	const struct option_spec spec[] = {
		{ "incident", &r.incident, NULL }, { "format", &format, NULL },
		{ "mapping", &r.mapping, NULL }, { "reject", &reject_file, NULL },
	};
	char **args;
	int n, rc, one = INTAKE_AUTO;

	if ((rc = cli_options(argc, argv, spec, ARRAY_SIZE(spec), &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 1, 100000, "FILE", e)) < 0)
		return rc;
	if (format != NULL && !word_parse(&one, intake_format_words, format))
		return err_set(e, ERR_USAGE, "--format: '%s' is not known", format);
	r.format = r.mapping != NULL && format == NULL ? INTAKE_CSV : (enum intake_format)one;
	if (r.format == INTAKE_CSV && r.mapping == NULL)
		return err_set(
			e, ERR_USAGE,
			"a free CSV needs --mapping NAME; mappings stand in the configuration");
	if ((rc = cli_need(c, GATEWAY_STORE, e)) < 0)
		return rc;
	if (reject_file != NULL)
		rc = open_rejects(&rejects, reject_file, args, n, e);
	for (int i = 0; i < n && rc >= 0; i++) {
		one = intake_file(c, args[i], &r, &rejects, e);
		rc = one < 0 || one > rc ? one : rc;
	}
	return close_rejects(rejects.out, reject_file, rc, e);
}

/* ---- match */

static int finding_from_text(struct finding *f, char name[DOMAIN_TEXT], const char *text,
                             struct err *e)
{
	*f = (struct finding){ .source_type = "",
		               .feed = "",
		               .advice = "",
		               .transport = "",
		               .application = "",
		               .domain = "",
		               .hostname = "",
		               .url = "",
		               .account = "",
		               .identifier = "",
		               .cve = "",
		               .product = "",
		               .tlp = "" };
	f->has_ip = ip_parse(&f->ip, text);
	if (f->has_ip)
		return 0;
	if (idn_to_ascii(name, text, e) < 0)
		return err_set(e, ERR_USAGE, "'%s' is neither an address nor a domain", text);
	f->domain = name;
	return 0;
}

struct explain {
	struct store *store;
	uint64_t n, chosen;
	struct err *e;
};

static void print_step(void *arg, const struct match_owner *o, const char *asset, bool chosen,
                       const char *why)
{
	struct explain *x = arg;
	struct arena a = ARENA_INIT;
	struct company k;

	x->n++;
	x->chosen += chosen;
	if (store_company_get(x->store, &a, &k, o->company_id, x->e) == 0)
		printf("%s %-8s %-28s %s (%s): %s\n", chosen ? "->" : "  ", match_by_words[o->by],
		       asset, k.ref, k.name, why);
	arena_clear(&a);
}

static int explain(struct cli *c, const char *text, struct err *e)
{
	struct match_index *ix = NULL;
	struct explain x = { .e = e };
	char name[DOMAIN_TEXT];
	struct finding f;
	int rc;

	if ((rc = finding_from_text(&f, name, text, e)) < 0 ||
	    (rc = cli_need(c, GATEWAY_STORE, e)) < 0 ||
	    (rc = flow_match_index(&c->gateway, &ix, e)) < 0)
		return rc;
	x.store = c->gateway.store;
	match_explain(ix, &f, print_step, &x);
	if (x.n == 0)
		printf("%s: no asset in the register holds it\n", text);
	else if (x.chosen == 0)
		printf("%s: no owner\n", text);
	match_index_free(ix);
	return EXIT_DONE;
}

static int print_matched(const struct match_count *n)
{
	for (uint64_t i = 0; i < n->crowded && i < MATCH_CROWDED_NAMED; i++)
		fprintf(stderr,
		        "finding %" PRId64 " has more than %d owners and was given to none: look "
		        "at it with 'seinpost finding show %" PRId64 "' and 'seinpost match "
		        "--explain', and warn by hand who runs it\n",
		        n->crowded_id[i], MATCH_OWNERS, n->crowded_id[i]);
	if (n->crowded > MATCH_CROWDED_NAMED)
		fprintf(stderr, "and %" PRIu64 " more findings have too many owners\n",
		        n->crowded - MATCH_CROWDED_NAMED);
	printf("%" PRIu64 " findings: %" PRIu64 " with an owner, %" PRIu64 " without\n",
	       n->looked_at, n->matched, n->unmatched);
	if (n->shared > 0)
		printf("%" PRIu64 " of them belong to several companies: each is told\n",
		       n->shared);
	return n->crowded > 0 ? EXIT_REFUSED : EXIT_DONE;
}

int cmd_match(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *what = NULL;
	const struct option_spec spec[] = { { "explain", &what, NULL } };
	struct arena a = ARENA_INIT;
	struct incident in = { 0 };
	struct match_count count;
	struct progress p;
	char **args;
	int n, rc;

	if ((rc = cli_options(argc, argv, spec, 1, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 0, what ? 0 : 1, what ? "--explain" : "SLUG", e)) < 0)
		return rc;
	if (what != NULL)
		return explain(c, what, e);
	if ((rc = cli_need(c, GATEWAY_STORE, e)) < 0)
		return rc;
	if (n == 1)
		rc = store_incident_by_slug(c->gateway.store, &a, &in, args[0], e);
	arena_clear(&a);
	if (rc < 0)
		return rc;
	progress_start(&p, "match", 0);
	rc = flow_match(&c->gateway, in.id, &count, progress_show_of, &p, e);
	progress_end(&p);
	return rc < 0 ? rc : print_matched(&count);
}
