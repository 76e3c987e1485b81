/*
 * inbox_guard: looks at what an IMAP server sends before a parser does.
 *
 * Invariant: a literal's bytes are never looked at, and no literal is larger than max_literal.
 * Input: hostile.  Where it is no IMAP the guard may refuse what is harmless, never the other way
 * round: blanks inside "{ 12 }" are read over, as a lenient parser would.
 */
#include "base.h"

#include "inbox_guard.h"
#include "span.h"

static const char *line_ends(struct inbox_guard *g)
{
	if (g->state != GUARD_CLOSED) {
		g->state = GUARD_TEXT;
		g->depth = 0;
		return NULL;
	}
	if (g->literal > g->max_literal)
		return "announces more bytes than it was asked for";
	g->state = g->literal > 0 ? GUARD_LITERAL : GUARD_TEXT;
	return NULL;
}

static void read_size(struct inbox_guard *g, char c)
{
	if (ascii_digit(c))
		g->literal =
		    g->literal > g->max_literal ? g->literal : g->literal * 10 + (size_t)(c - '0');
	else if (c == '}')
		g->state = GUARD_CLOSED;
	else if (c != ' ' && c != '\t' && c != '+')
		g->state = GUARD_TEXT;
}

static const char *check_char(struct inbox_guard *g, char c)
{
	if (c == '\n')
		return line_ends(g);
	if (c == '{') {
		g->state = GUARD_BRACE;
		g->literal = 0;
	} else if (g->state == GUARD_BRACE) {
		read_size(g, c);
	} else if (c != '\r') {
		g->state = GUARD_TEXT;
	}
	if (c == '(' && ++g->depth > INBOX_GUARD_DEPTH)
		return "nests its answer too deeply";
	if (c == ')' && g->depth > 0)
		g->depth--;
	return NULL;
}

const char *inbox_guard_check(struct inbox_guard *g, const void *p, size_t n)
{
	struct span s = span_of(p, n), literal;

	while (!span_empty(s)) {
		const char *why;

		if (g->state == GUARD_LITERAL) {
			size_t left = span_len(s);

			(void)span_take(&s, left < g->literal ? left : g->literal, &literal);
			g->literal -= span_len(literal);
			if (g->literal == 0)
				g->state = GUARD_TEXT;
			continue;
		}
		if ((why = check_char(g, *s.p++)) != NULL)
			return why;
	}
	return NULL;
}
