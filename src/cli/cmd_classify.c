/*
 * cmd_classify: "classify": what a raw mail is; needs no configuration, store, key or network.
 */
#include "base.h"

#include <unistd.h>

#include "alloc.h"
#include "classify.h"
#include "classify_tsv.h"
#include "cli.h"
#include "fdio.h"

enum { MAIL_FILE_MAX = 64 << 20 };

static int classify_file(const char *path, bool json, struct verdict *v, struct err *e)
{
	struct buf mail = BUF_INIT, out = BUF_INIT;
	int rc = file_read(&mail, path, MAIL_FILE_MAX, e);

	if (rc == 0) {
		classify_mail(v, mail.s, mail.len, &classify_default_limits);
		if (json)
			classify_write_json(&out, path, v);
		else
			classify_write_tsv(&out, path, v);
		rc = fd_write_all(STDOUT_FILENO, out.s, out.len, "standard output", e);
	}
	buf_clear(&out);
	buf_clear(&mail);
	return rc;
}

int cmd_classify(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *format = "tsv";
	const struct option_spec spec[] = { { "format", &format, NULL } };
	struct progress p;
	struct verdict *v;
	char **args;
	int n, rc, worst = EXIT_DONE;

	UNUSED(c);
	if ((rc = cli_options(argc, argv, spec, 1, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 1, 1000000, "FILE", e)) < 0)
		return rc;
	if (strcmp(format, "tsv") != 0 && strcmp(format, "json") != 0)
		return err_set(e, ERR_USAGE, "--format is tsv or json, not '%s'", format);
	v = xcalloc(1, sizeof(*v));
	progress_start_beside(&p, "classify", (uint64_t)n);
	for (int i = 0; i < n; i++) {
		struct err why = ERR_INIT;

		progress_show(&p, (uint64_t)i);
		rc = classify_file(args[i], strcmp(format, "json") == 0, v, &why);
		if (rc < 0) {
			progress_hide(&p);
			fprintf(stderr, "seinpost: %s\n", why.text);
			if (worst != EXIT_STORE)
				worst = rc == ERR_IO ? EXIT_STORE : EXIT_REFUSED;
		}
	}
	p.done = (uint64_t)n;
	progress_end(&p);
	free(v);
	return worst;
}
