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

enum { MISTYPED_MIN = 7, WORD_MAX = 40, NUMBER_DIGITS = 9, NEAR_WORDS = 2, GAP_WORDS = 6 };

static bool word_byte(char c)
{
	return ascii_alpha(c) || ascii_digit(c) || c == '\'' || c == '-' || c == '+' || c == '@' ||
	       (unsigned char)c >= 0x80;
}

/* "s.v.p.": does the word so far end before a dot between single letters? */
static bool initials_dot(struct span word, struct span rest)
{
	const char *p = word.end;

	return *p == '.' && rest.end - p > 2 && ascii_alpha(p[1]) && !ascii_alnum(p[2]) &&
	       p > word.p && ascii_alpha(p[-1]) && (p - word.p == 1 || p[-2] == '.');
}

/* é, ë, ï, ö, ü and the like without their accent; other letters of UTF-8 stay as they are. */
static char unaccented(const char *p, const char *end)
{
	static const char plain[] = "aaaaaaaceeeeiiiidnooooo ouuuuy  ";
	unsigned char low;

	if (end - p < 2 || (unsigned char)p[0] != 0xc3)
		return '\0';
	low = (unsigned char)p[1];
	if (low < 0x80 || low > 0xbf || low == 0x9f || plain[low & 31] == ' ')
		return '\0';
	return plain[low & 31];
}

static size_t word_fold(char out[WORD_MAX], struct span word)
{
	size_t n = 0;

	for (const char *p = word.p; p < word.end && n < WORD_MAX - 1; p++) {
		char c = unaccented(p, word.end);

		if (c != '\0')
			p++;
		out[n++] = c != '\0' ? c : *p;
	}
	out[n] = '\0';
	return n;
}

bool word_nearly(struct span s, const char *word)
{
	struct span w = span_str(word);

	while (!span_empty(s) && !span_empty(w) && ascii_lower(*s.p) == *w.p) {
		s.p++;
		w.p++;
	}
	while (!span_empty(s) && !span_empty(w) && ascii_lower(s.end[-1]) == w.end[-1]) {
		s.end--;
		w.end--;
	}
	if (span_len(s) == 2 && span_len(w) == 2)
		return ascii_lower(s.p[0]) == w.p[1] && ascii_lower(s.p[1]) == w.p[0];
	return span_len(s) <= 1 && span_len(w) <= 1;
}

/*
 * A long word with one slip of the keyboard, NULL for none.  An ending more is another word: "de
 * ontvangende server", "opgeloste meldingen".
 */
static const char *mistyped(const char *word, size_t n)
{
	for (const char *const *w = answer_mistyped; *w != NULL; w++) {
		size_t len = strlen(*w);

		if (**w == *word && n + 1 >= len && n <= len + 1 &&
		    strncmp(word, *w, len) != 0 && word_nearly(span_of(word, n), *w))
			return *w;
	}
	return NULL;
}

static const uint8_t *in_lexicon(const struct lexicon_word *lexicon, size_t high, const char *word)
{
	size_t low = 0;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const char *text = lexicon[mid].text;
		int order = (unsigned char)*word - (unsigned char)*text;

		if (order == 0)
			order = strcmp(word, text);
		if (order == 0)
			return lexicon[mid].is;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

/* The classes of a word, NULL for an unknown one. */
static const uint8_t *known_classes(const char *word, size_t n)
{
	const uint8_t *is;

	if ((unsigned char)*word < 'g')
		is = in_lexicon(answer_lexicon_af, answer_lexicon_af_size, word);
	else if ((unsigned char)*word < 'n')
		is = in_lexicon(answer_lexicon_gm, answer_lexicon_gm_size, word);
	else if ((unsigned char)*word < 't')
		is = in_lexicon(answer_lexicon_ns, answer_lexicon_ns_size, word);
	else
		is = in_lexicon(answer_lexicon_tz, answer_lexicon_tz_size, word);
	if (is != NULL)
		return is;
	for (const struct lexicon_ending *e = answer_endings; e->text != NULL; e++) {
		if (n > e->n + 1 && memcmp(word + n - e->n, e->text, e->n) == 0)
			return e->is;
	}
	return NULL;
}

static const uint8_t *word_classes(const char *word, size_t n)
{
	const uint8_t *is = known_classes(word, n);
	const char *meant = is == NULL && n >= MISTYPED_MIN ? mistyped(word, n) : NULL;

	return meant != NULL ? known_classes(meant, strlen(meant)) : is;
}

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
	const uint8_t *is;

	while (!span_empty(word) && (*word.p == '\'' || *word.p == '-'))
		word.p++;
	while (!span_empty(word) && (word.end[-1] == '\'' || word.end[-1] == '-'))
		word.end--;
	if (span_empty(word))
		return;
	is = word_classes(folded, word_fold(folded, word));
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
	struct span rest = { h->s, h->s + h->n };
	struct number number = { 0, 0 };

	memset(c, 0, sizeof(*c));
	while (c->n < CLAUSE_WORDS && !span_empty(rest)) {
		struct span word = { rest.p, rest.p };

		while (word.end < rest.end &&
		       (word_byte(*word.end) || initials_dot(word, rest)))
			word.end++;
		rest.p = word.end < rest.end ? word.end + 1 : word.end;
		clause_word(c, word, &number);
	}
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
