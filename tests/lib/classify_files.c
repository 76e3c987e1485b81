/*
 * classify_files: prints the verdict of each mail named, for measuring against a set of labelled
 * mails.
 *
 * Usage: classify_files [--json] [--repeat N] FILE...
 */
#include "base.h"

#include "buf.h"
#include "classify.h"
#include "classify_tsv.h"
#include "fdio.h"

enum { FILE_MAX = 64 << 20 };

static int classify_file(const char *path, bool json, int repeat)
{
	static struct verdict v;
	struct buf mail = BUF_INIT, out = BUF_INIT;
	struct err e = ERR_INIT;
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	int rc = file_read(&mail, path, FILE_MAX, &e);

	if (rc < 0) {
		fprintf(stderr, "%s\n", e.text);
	} else {
		for (int i = 0; i < repeat; i++)
			classify_mail(&v, mail.s, mail.len, &classify_default_limits);
		if (json)
			classify_write_json(&out, name, &v);
		else
			classify_write_tsv(&out, name, &v);
		fwrite(out.s, 1, out.len, stdout);
	}
	buf_clear(&out);
	buf_clear(&mail);
	return rc;
}

int main(int argc, char **argv)
{
	bool json = false;
	int repeat = 1, rc = 0;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			json = true;
		else if (strcmp(argv[i], "--repeat") == 0 && i + 1 < argc)
			repeat = (int)strtol(argv[++i], NULL, 10);
		else if (classify_file(argv[i], json, repeat) < 0)
			rc = 1;
	}
	return rc;
}
