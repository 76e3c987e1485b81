/*
 * learn_answers: part of the build: texts with their answers -> answer_weights.c (standard output).
 *
 * learn_answers FILE...   lines ANSWER<TAB>TEXT, "\n" in a text for a line end, '#' begins a note
 *
 * Multinomial logistic regression by stochastic gradient descent with AdaGrad's step for each
 * weight (Duchi, Hazan, Singer, 2011) and a penalty on large weights.  The same files give the same
 * weights: the order is shuffled by a generator with a fixed start.
 */
#include "base.h"

#include <math.h>
#include <stdlib.h>

#include "alloc.h"
#include "answer_table.h"
#include "answer_weights.h"
#include "buf.h"
#include "fdio.h"

enum { FILE_MAX = 16 << 20, EPOCHS = 16 };

static const double first_step = 0.3, shrink = 0.05;

struct sample {
	uint16_t *bucket;
	size_t n;
	enum verdict_answer answer;
};

struct school {
	struct sample *sample;
	size_t n, room;
	double (*weight)[ANSWERS], (*square)[ANSWERS];
	double base[ANSWERS], base_square[ANSWERS];
};

static int fail(const char *file, size_t line, const char *what)
{
	fprintf(stderr, "learn_answers: %s:%zu: %s\n", file, line, what);
	return -1;
}

/* ---- reading */

static void add_sample(struct school *s, struct arena *a, struct span text,
                       enum verdict_answer answer)
{
	static struct answer_features f;
	struct sample *new;

	answer_features(&f, a, text);
	if (s->n == s->room) {
		s->room = s->room > 0 ? 2 * s->room : 1024;
		s->sample = xrealloc(s->sample, s->room * sizeof(*s->sample));
	}
	new = &s->sample[s->n++];
	*new = (struct sample){ xmalloc(f.n * sizeof(*f.bucket)), f.n, answer };
	memcpy(new->bucket, f.bucket, f.n * sizeof(*f.bucket));
}

static int read_line(struct school *s, struct span line)
{
	struct arena a = ARENA_INIT;
	enum verdict_answer answer;
	struct span text;
	int rc = answer_table_line(&answer, &text, &a, line);

	if (rc == 1)
		add_sample(s, &a, text, answer);
	arena_clear(&a);
	return rc < 0 ? rc : 0;
}

static int read_file(struct school *s, const char *name)
{
	struct buf text = BUF_INIT;
	struct err e = ERR_INIT;
	struct span rest, line;
	size_t n = 0;
	int rc = 0;

	if (file_read(&text, name, FILE_MAX, &e) < 0) {
		buf_clear(&text);
		return fail(name, 0, e.text);
	}
	rest = span_of(text.s, text.len);
	while (rc == 0 && span_line(&rest, &line)) {
		n++;
		if ((rc = read_line(s, line)) < 0)
			fail(name, n, "not ANSWER<TAB>TEXT");
	}
	buf_clear(&text);
	return rc;
}

/* ---- learning */

static void likely(const struct school *s, const struct sample *x, double value, double p[ANSWERS])
{
	double most = -1e300, all = 0;

	for (int k = 0; k < ANSWERS; k++) {
		p[k] = s->base[k];
		for (size_t i = 0; i < x->n; i++)
			p[k] += value * s->weight[x->bucket[i]][k];
		most = p[k] > most ? p[k] : most;
	}
	for (int k = 0; k < ANSWERS; k++)
		all += p[k] = exp(p[k] - most);
	for (int k = 0; k < ANSWERS; k++)
		p[k] /= all;
}

static void step(double *weight, double *square, double slope)
{
	*square += slope * slope;
	*weight -= first_step * slope / (sqrt(*square) + 1e-8);
}

static void study(struct school *s, const struct sample *x)
{
	double p[ANSWERS], value = x->n > 0 ? 1 / sqrt((double)x->n) : 0;

	likely(s, x, value, p);
	p[x->answer] -= 1;
	for (int k = 0; k < ANSWERS; k++) {
		step(&s->base[k], &s->base_square[k], p[k]);
		for (size_t i = 0; i < x->n; i++)
			step(&s->weight[x->bucket[i]][k], &s->square[x->bucket[i]][k],
			     value * p[k]);
	}
}

static void shuffle(struct school *s, uint64_t *state)
{
	for (size_t i = s->n; i > 1; i--) {
		size_t j;
		struct sample x;

		/* Knuth's MMIX generator: its high bits will do */
		*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		j = (size_t)(*state >> 33) % i;
		x = s->sample[i - 1];
		s->sample[i - 1] = s->sample[j];
		s->sample[j] = x;
	}
}

static void learn(struct school *s)
{
	uint64_t state = 1;

	for (int epoch = 0; epoch < EPOCHS; epoch++) {
		shuffle(s, &state);
		for (size_t i = 0; i < s->n; i++)
			study(s, &s->sample[i]);
		for (size_t b = 0; b < FEATURE_BUCKETS; b++)
			for (int k = 0; k < ANSWERS; k++)
				s->weight[b][k] *= 1 - shrink;
	}
}

/* ---- writing */

static double largest(const struct school *s)
{
	double most = 1e-9;

	for (size_t b = 0; b < FEATURE_BUCKETS; b++)
		for (int k = 0; k < ANSWERS; k++)
			most = fmax(most, fabs(s->weight[b][k]));
	return most;
}

static void write_weights(const struct school *s)
{
	double unit = largest(s) / INT8_MAX;

	printf("/* Made by learn_answers from %zu texts. */\n#include \"base.h\"\n\n"
	       "#include \"answer_weights.h\"\n\n"
	       "const double answer_weight_unit = %.17g;\nconst double answer_weight_base[] = {",
	       s->n, unit);
	for (int k = 0; k < ANSWERS; k++)
		printf(" %.17g,", s->base[k]);
	printf(" };\nconst int8_t answer_weights[FEATURE_BUCKETS][ANSWERS] = {\n");
	for (size_t b = 0; b < FEATURE_BUCKETS; b++) {
		printf("{");
		for (int k = 0; k < ANSWERS; k++)
			printf("%ld,", lround(s->weight[b][k] / unit));
		printf("},\n");
	}
	printf("};\n");
}

static void school_clear(struct school *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->sample[i].bucket);
	free(s->sample);
	free(s->weight);
	free(s->square);
}

int main(int argc, char **argv)
{
	struct school s = { 0 };
	int rc = 0;

	s.weight = xcalloc(FEATURE_BUCKETS, sizeof(*s.weight));
	s.square = xcalloc(FEATURE_BUCKETS, sizeof(*s.square));
	for (int i = 1; i < argc && rc == 0; i++)
		rc = read_file(&s, argv[i]);
	if (rc == 0) {
		learn(&s);
		write_weights(&s);
	}
	school_clear(&s);
	return rc < 0 || fflush(stdout) != 0 ? 1 : 0;
}
