/*
 * tlp: labels, their words, and what may be mailed.
 */
#include "base.h"
#include "span.h"
#include "tlp.h"
#include "word.h"

const char *const tlp_words[] = { "clear", "green", "amber", "amber+strict", "red", NULL };

enum tlp tlp_of_word(const char *word)
{
	int t = TLP_RED;

	if (*word == '\0')
		return TLP_CLEAR;
	return word_parse(&t, tlp_words, word) ? (enum tlp)t : TLP_RED;
}

bool tlp_mailable(enum tlp t)
{
	return t < TLP_AMBER_STRICT;
}

const char *tlp_label(char out[TLP_TEXT], enum tlp t)
{
	snprintf(out, TLP_TEXT, "TLP:%s", word_of(tlp_words, (int)t));
	for (char *c = out; *c != '\0'; c++)
		if (ascii_alpha(*c))
			*c = (char)(*c & ~0x20);
	return out;
}
