/*
 * answer_sentence: full stops that end a sentence, and words that are only mentioned.
 *
 * Input: typed text of a hostile mail.
 */
#include "base.h"

#include "answer_sentence.h"

enum { MENTION_MAX = 100 };

/* "dhr. Pot", "tel. 06 ..." */
static bool abbreviation(const char *p, const char *start)
{
	static const char *const words[] = { "dhr", "mevr", "mw", "dr", "drs", "ing", "ir", "mr",
		                             "mrs", "nr", "tel", "evt", NULL };
	struct span word = { p, p };

	while (word.p > start && ascii_alpha(word.p[-1]))
		word.p--;
	for (int i = 0; words[i] != NULL; i++)
		if (span_equals_nocase(word, words[i]))
			return true;
	return false;
}

/* "Schrijft u ons s.v.p. uit" goes on, "Bel mij a.u.b. Het is" does not. */
static bool initials_inside(const char *p, struct span s)
{
	return p - s.p > 2 && ascii_alpha(p[-1]) && p[-2] == '.' && s.end - p > 2 && p[2] >= 'a' &&
	       p[2] <= 'z';
}

bool sentence_end(const char *p, struct span s)
{
	const char *end = s.end;

	if (*p == '?' || *p == '!' || *p == ';')
		return true;
	if (*p == '.')
		return end - p == 1 || (ascii_space(p[1]) && !abbreviation(p, s.p) &&
					!initials_inside(p, s));
	return *p == '\n' && end - p > 1 && (p[1] == '\n' || (p[1] == '\r'));
}

struct span clauses_apart(struct arena *a, struct span typed)
{
	char *start = arena_take(a, span_len(typed)), *to = start;

	for (const char *p = typed.p; p < typed.end; p++) {
		bool last = p + 1 == typed.end || ascii_space(p[1]), mark = !ascii_alnum(*p);

		*to++ = mark && strchr(last ? ",:;()?!./" : ",:;()?!", *p) != NULL ? ' ' : *p;
	}
	return (struct span){ start, to };
}

/* The mark that ends a quotation which begins at p, "" where none begins. */
static const char *quotation_end(const char *p, struct span s)
{
	static const char *const marks[][2] = {
		{ "\"", "\"" },
		{ "\xe2\x80\x9c", "\xe2\x80\x9d" },
		{ "\xe2\x80\x9e", "\xe2\x80\x9d" },
	};

	if (*p != '"' && *p != '\xe2')
		return "";
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (span_starts_nocase((struct span){ p, s.end }, marks[i][0]))
			return marks[i][1];
	return "";
}

struct span without_mentions(struct arena *a, struct span typed)
{
	char *out = NULL;

	for (const char *p = typed.p; p < typed.end; p++) {
		const char *mark = quotation_end(p, typed), *end = NULL;
		struct span rest = { p + 1, typed.end };

		if (*mark == '\0')
			continue;
		if (span_len(rest) > MENTION_MAX)
			rest.end = rest.p + MENTION_MAX;
		end = span_find_nocase(rest, mark);
		if (end == NULL)
			continue;
		if (out == NULL) {
			out = arena_strndup(a, typed.p, span_len(typed));
			p = out + (p - typed.p);
			end = out + (end - typed.p);
			typed = (struct span){ out, out + span_len(typed) };
		}
		memset(out + (p - out), ' ', (size_t)(end - p) + strlen(mark));
		p = end + strlen(mark) - 1;
	}
	return typed;
}
