/*
 * answer_grammar: words to classes, classes to meaning.
 *
 * Invariant: a rule is matched with a few operations on bit sets, so no text makes it slow.
 * Input: typed text of a hostile mail, in the form of struct hay.
 */
#include "base.h"

#include "answer_grammar.h"

const struct answer_rule *const answer_rules[] = {
	answer_rules_owner, answer_rules_work, answer_rules_wish, answer_rules_doubt, NULL,
};

enum { NUMBER_DIGITS = 9, NEAR_WORDS = 2, GAP_WORDS = 6 };

/* A telephone number in the making: its digits may stand in several words, "06 1234 5678". */
struct number {
	int digits;
	int first; /* the word it begins with: there it stands */
};

static void clause_number(struct clause *c, struct span word, struct number *number)
{
	int before = number->digits, here = 0;

	for (const char *p = word.p; p < word.end; p++)
		if (ascii_digit(*p))
			here++;
		else if (*p != '-' && *p != '+')
			here = -WORD_MAX;
	if (here <= 0 || (before == 0 && *word.p != '0' && *word.p != '+')) {
		number->digits = 0;
		return;
	}
	if (before == 0)
		number->first = c->n;
	number->digits += here;
	if (number->digits >= NUMBER_DIGITS && before < NUMBER_DIGITS)
		c->at[W_NUMBER] |= UINT64_C(1) << number->first;
}

/* "2023", no port: those stand behind "poort", years behind "in". */
static bool year(struct span word)
{
	return span_len(word) == 4 && word.p[0] == '2' && word.p[1] == '0' &&
	       ascii_digit(word.p[2]) && ascii_digit(word.p[3]);
}

static void clause_word(struct clause *c, struct span word, struct number *number)
{
	char folded[WORD_MAX];
	size_t n = word_fold(folded, word);
	const uint8_t *is;

	if (n == 0)
		return;
	is = word_classes(folded, n);
	if (is != NULL && *is == W_FILL)
		return;
	c->n++;
	clause_number(c, word, number);
	if (year(word))
		c->at[W_DATE] |= UINT64_C(1) << c->n;
	for (; is != NULL && *is != W_NONE; is++)
		c->at[*is] |= UINT64_C(1) << c->n;
}

void clause_init(struct clause *c, const struct hay *h)
{
	struct span rest = { h->s, h->s + h->n }, word;
	struct number number = { 0, 0 };

	memset(c, 0, sizeof(*c));
	while (c->n < CLAUSE_WORDS && word_take(&rest, &word))
		clause_word(c, word, &number);
	c->at[W_NONE] = 1; /* the end of a rule is always there */
	c->at[W_START] = 1;
	c->at[W_END] = UINT64_C(1) << (c->n + 1);
}

bool clause_matches(const struct clause *c, const uint16_t *word)
{
	/* bit N: the next word of the rule may stand at N */
	uint64_t may = ~UINT64_C(0);

	for (; *word != W_NONE; word++) {
		int gap = *word & GAP ? GAP_WORDS : *word & NEAR ? NEAR_WORDS : 0;
		uint64_t at = c->at[*word & CLASS_MASK];

		if (*word & (ANY | LACKS)) {
			if ((at != 0) != ((*word & ANY) != 0))
				return false;
			continue;
		}
		for (; gap > 0; gap--)
			may |= may << 1;
		may = (may & at) << 1;
		if (may == 0)
			return false;
	}
	return true;
}

bool clause_all(const struct clause *c, enum word_class is)
{
	uint64_t words = (UINT64_C(1) << (c->n + 1)) - 2;

	return c->n > 0 && (c->at[is] & words) == words;
}
