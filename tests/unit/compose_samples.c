/*
 * compose_samples: writes each sample mail as N.eml, and N.txt, N.csv and N.names beside it with
 * what went in, for compose_parse.py.  Usage: compose_samples FOLDER.
 */
#include "base.h"

#include "clock.h"
#include "compose_sample.h"
#include "fdio.h"

static int write_file(const char *folder, size_t i, const char *end, const char *s, size_t n,
                      struct err *e)
{
	struct buf path = BUF_INIT;
	int rc;

	buf_printf(&path, "%s/%zu.%s", folder, i, end);
	rc = file_write_atomic(path.s, s, n, 0600, e);
	buf_clear(&path);
	return rc;
}

static int write_sample(const char *folder, size_t i, struct err *e)
{
	const struct compose_sample *s = &compose_samples[i];
	struct buf mail = BUF_INIT, names = BUF_INIT;
	int rc;

	if ((rc = compose_sample_mail(&mail, s, &system_rng, e)) < 0)
		goto out;
	buf_printf(&names, "%s\n%s\n%s\n%s\n", s->subject, s->from_name, s->to_name, s->file_name);
	if ((rc = write_file(folder, i, "eml", mail.s, mail.len, e)) < 0)
		goto out;
	if ((rc = write_file(folder, i, "txt", s->text, strlen(s->text), e)) < 0)
		goto out;
	if ((rc = write_file(folder, i, "csv", s->bytes, strlen(s->bytes), e)) < 0)
		goto out;
	rc = write_file(folder, i, "names", names.s, names.len, e);
out:
	buf_clear(&names);
	buf_clear(&mail);
	return rc;
}

int main(int argc, char **argv)
{
	struct err e = ERR_INIT;

	for (size_t i = 0; argc == 2 && i < compose_sample_count; i++)
		if (write_sample(argv[1], i, &e) < 0) {
			fprintf(stderr, "compose_samples: %s\n", e.text);
			return 1;
		}
	return argc == 2 ? 0 : 64;
}
