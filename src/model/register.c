/*
 * register: words and checks of companies, contacts and assets.
 */
#include "base.h"
#include "register.h"
#include "span.h"

const char *const company_status_words[] = { "participant", "found", NULL };
const char *const language_words[] = { "nl", "en", NULL };
const char *const contact_kind_words[] = { "mail", "phone", NULL };
const char *const contact_state_words[] = { "unproven", "proven", "doubtful", "invalid", NULL };
const char *const asset_kind_words[] = { "network", "domain", NULL };

bool ref_valid(const char *s)
{
	size_t n = strlen(s);

	if (n == 0 || n > REF_MAX || !ascii_alnum(s[0]))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!ascii_alnum(s[i]) && strchr("-_.", s[i]) == NULL)
			return false;
	return true;
}

bool fingerprint_normalise(char out[65], const char *s)
{
	size_t n = 0;

	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X'))
		s += 2;
	for (; *s != '\0'; s++) {
		char c = ascii_lower(*s);

		if (c == ' ')
			continue;
		if (n == 64 || (!ascii_digit(c) && (c < 'a' || c > 'f')))
			return false;
		out[n++] = ascii_digit(c) ? c : (char)(c - 'a' + 'A');
	}
	out[n] = '\0';
	return n == 40 || n == 64;
}
