/*
 * classify_rate: how fast mails are classified, in this process.
 *
 * classify_rate SECONDS FILE...: goes through the files again and again for so long; prints mails a
 * second and the milliseconds of the slowest file (the best of its turns, so that another program's
 * turn does not count) and its name.
 *
 * Input: mails, hostile or not; the limits of classify hold.
 */
#include "base.h"

#include <time.h>

#include "alloc.h"
#include "buf.h"
#include "classify.h"
#include "fdio.h"

enum { FILE_MAX = 64 << 20 };

struct sample {
	const char *name;
	struct buf mail;
	double best_ms;
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
	struct verdict *v = xcalloc(1, sizeof(*v));
	struct sample *sample;
	struct err e = ERR_INIT;
	const struct sample *worst;
	double until, start;
	uint64_t mails = 0;
	int n = argc - 2;

	if (n < 1)
		return 64;
	sample = xcalloc((size_t)n, sizeof(*sample));
	for (int i = 0; i < n; i++) {
		sample[i] = (struct sample){ .name = argv[2 + i],
					     .mail = BUF_INIT,
					     .best_ms = 1e9 };
		if (file_read(&sample[i].mail, argv[2 + i], FILE_MAX, &e) < 0)
			bug("%s", e.text);
	}
	start = now_ms();
	until = start + strtod(argv[1], NULL) * 1000;
	do {
		for (int i = 0; i < n; i++, mails++) {
			double at = now_ms(), took;

			classify_mail(v, sample[i].mail.s, sample[i].mail.len,
				      &classify_default_limits);
			took = now_ms() - at;
			sample[i].best_ms = took < sample[i].best_ms ? took : sample[i].best_ms;
		}
	} while (now_ms() < until);
	worst = &sample[0];
	for (int i = 1; i < n; i++)
		worst = sample[i].best_ms > worst->best_ms ? &sample[i] : worst;
	printf("%.0f\t%.3f\t%s\n", (double)mails * 1000 / (now_ms() - start), worst->best_ms,
	       worst->name);
	for (int i = 0; i < n; i++)
		buf_clear(&sample[i].mail);
	free(sample);
	free(v);
	return 0;
}
