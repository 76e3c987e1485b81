/*
 * answer_lexicon: a word's classes, by itself, by its end, or with one slip of the keyboard.
 *
 * Invariant: a look-up costs a binary search and a pass over the endings, whatever the word is.
 * Input: typed text of a hostile mail, in the form of struct hay.
 */
#include "base.h"

#include "answer_lexicon.h"

enum { MISTYPED_MIN = 7 };

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

bool word_take(struct span *rest, struct span *word)
{
	if (span_empty(*rest))
		return false;
	*word = (struct span){ rest->p, rest->p };
	while (word->end < rest->end && (word_byte(*word->end) || initials_dot(*word, *rest)))
		word->end++;
	rest->p = word->end < rest->end ? word->end + 1 : word->end;
	while (!span_empty(*word) && (*word->p == '\'' || *word->p == '-'))
		word->p++;
	while (!span_empty(*word) && (word->end[-1] == '\'' || word->end[-1] == '-'))
		word->end--;
	return true;
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

size_t word_fold(char out[WORD_MAX], struct span word)
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

const uint8_t *word_classes(const char *word, size_t n)
{
	const uint8_t *is = known_classes(word, n);
	const char *meant = is == NULL && n >= MISTYPED_MIN ? mistyped(word, n) : NULL;

	return meant != NULL ? known_classes(meant, strlen(meant)) : is;
}
