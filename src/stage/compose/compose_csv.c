/*
 * compose_csv: cells that no spreadsheet takes for a formula.
 *
 * Invariant: a cell is one quoted field (RFC 4180), and its text begins nowhere as a formula:
 * neither at its start nor behind a separator, where a spreadsheet that was told another separator
 * would begin a new cell.
 * Input: values from feeds (hostile; any byte is allowed).
 */
#include "base.h"
#include "compose.h"

/*
 * Full-width = + - @ (U+FF1D, U+FF0B, U+FF0D, U+FF20), which spreadsheets of the Far East take for
 * the plain ones.
 */
static const char *const full_width[] = { "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
	                                  "\xef\xbc\xa0" };

/*
 * Would a cell that begins here be taken for a formula?  Blanks and quotes in front do not stop it.
 */
static bool begins_formula(const char *s)
{
	while (*s == ' ' || *s == '"')
		s++;
	if (*s == '=' || *s == '+' || *s == '-' || *s == '@')
		return true;
	if (*s != full_width[0][0])
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(full_width); i++)
		if (strncmp(s, full_width[i], 3) == 0)
			return true;
	return false;
}

void compose_csv_cell(struct buf *out, const char *value)
{
	buf_addch(out, '"');
	if (begins_formula(value) || (*value != '\0' && strchr("\t\r\n", *value) != NULL))
		buf_addch(out, '\'');
	for (;;) {
		size_t n = strcspn(value, "\",;\t\r\n");

		buf_add(out, value, n);
		value += n;
		if (*value == '\0')
			break;
		buf_addch(out, *value);
		if (*value == '"')
			buf_addch(out, '"');
		else if (begins_formula(value + 1))
			buf_addch(out, '\'');
		value++;
	}
	buf_addch(out, '"');
}
