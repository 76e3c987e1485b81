/*
 * word: states and kinds as words.
 */
#include "base.h"
#include "alloc.h"
#include "word.h"

const char *word_of(const char *const *table, int value)
{
	for (int i = 0; table[i] != NULL; i++)
		if (i == value)
			return table[i];
	bug("no word for %d", value);
}

bool word_parse(int *out, const char *const *table, const char *word)
{
	for (int i = 0; table[i] != NULL; i++) {
		if (strcmp(table[i], word) == 0) {
			*out = i;
			return true;
		}
	}
	return false;
}
