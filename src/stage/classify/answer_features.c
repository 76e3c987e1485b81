/*
 * answer_features: what stands in a text, without its order.
 *
 * Invariant: linear in the text, which struct hay cuts; a set of bits keeps each bucket to once.
 * Input: typed text of a hostile mail.
 */
#include "base.h"

#include "answer_features.h"
#include "answer_lexicon.h"
#include "hay.h"

enum { PART_MIN = 3, PART_MAX = 5, CLASSES_BACK = 2, FNV_PRIME = 16777619 };

static const uint32_t fnv_start = UINT32_C(2166136261);

struct collector {
	struct answer_features *f;
	uint64_t seen[FEATURE_BUCKETS / 64];
	char before[WORD_MAX];
	const uint8_t *classes[CLASSES_BACK]; /* of the words before, the nearest first */
};

/* What stands at the border of a text, and a word that the lexicon does not know. */
static const uint8_t border[] = { W_START, W_NONE }, unknown[] = { W_NONE };

static uint32_t mix(uint32_t h, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)p[i]) * FNV_PRIME;
	return h;
}

static void note(struct collector *c, uint32_t h)
{
	/* the high bits of this hash are its better ones */
	unsigned bucket = (h ^ h >> 16) & (FEATURE_BUCKETS - 1);

	if ((c->seen[bucket >> 6] >> (bucket & 63) & 1) != 0 || c->f->n == FEATURES_MAX)
		return;
	c->seen[bucket >> 6] |= UINT64_C(1) << (bucket & 63);
	c->f->bucket[c->f->n++] = (uint16_t)bucket;
}

/* "_dicht_": _di, dic, ich ... _dich, dicht, icht_ */
static void note_parts(struct collector *c, const char *word, size_t n)
{
	char framed[WORD_MAX + 2];

	framed[0] = framed[n + 1] = '_';
	memcpy(framed + 1, word, n);
	for (size_t len = PART_MIN; len <= PART_MAX; len++)
		for (size_t i = 0; i + len <= n + 2; i++)
			note(c, mix(fnv_start ^ 'p', framed + i, len));
}

static void note_word(struct collector *c, const char *word, size_t n)
{
	uint32_t pair = mix(fnv_start ^ 'b', c->before, strlen(c->before));

	note(c, mix(fnv_start ^ 'w', word, n));
	note(c, mix(mix(pair, " ", 1), word, n));
	memcpy(c->before, word, n);
	c->before[n] = '\0';
}

static void note_classes(struct collector *c, const uint8_t *is)
{
	for (const uint8_t *k = is; *k != W_NONE; k++) {
		note(c, mix(fnv_start ^ 'k', (const char *)k, 1));
		for (int back = 0; back < CLASSES_BACK; back++)
			for (const uint8_t *b = c->classes[back]; *b != W_NONE; b++) {
				const char pair[] = { (char)*b, (char)*k, (char)back };

				note(c, mix(fnv_start ^ 'q', pair, sizeof(pair)));
			}
	}
	c->classes[1] = c->classes[0];
	c->classes[0] = is;
}

/* Numbers are all one; which number it is says nothing. */
static size_t plain_word(char out[WORD_MAX], struct span word)
{
	size_t n = word_fold(out, word);

	for (size_t i = 0; i < n; i++)
		if (!ascii_digit(out[i]) && out[i] != '+' && out[i] != '-')
			return n;
	out[0] = '0';
	out[1] = '\0';
	return n > 0 ? 1 : 0;
}

static void take_word(struct collector *c, struct span word)
{
	char plain[WORD_MAX];
	size_t n = plain_word(plain, word);
	const uint8_t *is;

	if (n == 0)
		return;
	note_word(c, plain, n);
	note_parts(c, plain, n);
	is = word_classes(plain, n);
	if (is == NULL || *is != W_FILL)
		note_classes(c, is != NULL ? is : unknown);
}

void answer_features(struct answer_features *f, struct arena *a, struct span typed)
{
	struct collector *c = arena_take(a, sizeof(*c));
	struct hay *h = arena_take(a, sizeof(*h));
	struct span rest, word;

	memset(c, 0, sizeof(*c));
	c->f = f;
	c->classes[0] = c->classes[1] = border;
	f->n = 0;
	hay_init(h, a, typed);
	rest = (struct span){ h->s, h->s + h->n };
	while (word_take(&rest, &word)) {
		take_word(c, word);
		if (rest.p[-1] == '?')
			note_word(c, "?", 1);
	}
	note_word(c, "$", 1);
	note_classes(c, border);
}
