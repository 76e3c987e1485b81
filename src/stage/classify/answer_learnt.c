/*
 * answer_learnt: a linear model (multinomial logistic regression) applied to one text.
 *
 * Invariant: a sum over the features of the text, at most FEATURES_MAX.
 * Input: typed text of a hostile mail.
 */
#include "base.h"

#include <math.h>

#include "answer_learnt.h"
#include "answer_weights.h"

/* Sums to likelihoods (softmax); the largest is taken off first so that none overflows. */
static void likelihoods(struct learnt *out, const double sum[ANSWERS])
{
	double all = 0;

	out->best = ANSWER_NONE;
	for (int k = 1; k < ANSWERS; k++)
		if (sum[k] > sum[out->best])
			out->best = (enum verdict_answer)k;
	for (int k = 0; k < ANSWERS; k++)
		all += out->likely[k] = exp(sum[k] - sum[out->best]);
	for (int k = 0; k < ANSWERS; k++)
		out->likely[k] /= all;
}

void answer_learnt(struct learnt *out, struct arena *a, struct span typed)
{
	struct answer_features *f = arena_take(a, sizeof(*f));
	long weight[ANSWERS] = { 0 };
	double sum[ANSWERS], unit;

	answer_features(f, a, typed);
	for (size_t i = 0; i < f->n; i++)
		for (int k = 0; k < ANSWERS; k++)
			weight[k] += answer_weights[f->bucket[i]][k];
	/* a long text says no more than a short one */
	unit = f->n > 0 ? answer_weight_unit / sqrt((double)f->n) : 0;
	for (int k = 0; k < ANSWERS; k++)
		sum[k] = answer_weight_base[k] + unit * (double)weight[k];
	likelihoods(out, sum);
}
