/*
 * advice_rules: which advice a finding gets, read from a table.
 *
 * Invariant: patterns are in lower case; the order of the file is the order of the rules.
 * Input: etc/advice.tsv, written by the operator (trusted, but may hold mistakes).
 */
#include "base.h"
#include "alloc.h"
#include "arena.h"
#include "finding.h"
#include "intake.h"
#include "span.h"
#include "word.h"

enum { COLUMNS = 6, ADVICE_MAX = 64 };

static const char *lower(struct arena *a, struct span s)
{
	char *out = arena_strndup(a, s.p, span_len(s));

	for (char *p = out; *p != '\0'; p++)
		*p = ascii_lower(*p);
	return out;
}

/* The name of a template: lower-case letters, digits and '-'. */
static bool advice_valid(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n > 0 && n <= ADVICE_MAX && s[n] == '\0' && *s != '-';
}

static int parse_rule(struct advice_rule *r, struct arena *a, struct span line, struct err *e)
{
	static const char *const yes_no[] = { "no", "yes", NULL };
	const char *word[COLUMNS];
	struct span column;
	int n = 0, value;
	bool more;

	do {
		more = span_until(&line, '\t', &column);
		column = span_trim(column);
		if (span_empty(column))
			continue;
		if (n == COLUMNS)
			return err_set(e, ERR_INPUT, "more than six columns");
		word[n++] = lower(a, column);
	} while (more);
	if (n < COLUMNS)
		return err_set(e, ERR_INPUT, "%d columns, six separated by tabs are expected", n);
	r->source_type = word[0];
	r->identifier = word[1];
	r->tag = word[2];
	r->advice = word[3];
	if (!advice_valid(r->advice))
		return err_set(e, ERR_INPUT, "\"%s\" is no kind of advice: letters, digits and '-'",
		               r->advice);
	if (!word_parse(&value, yes_no, word[4]))
		return err_set(e, ERR_INPUT, "compromised is \"%s\"; write yes or no", word[4]);
	r->compromised = value;
	if (!word_parse(&value, severity_words, word[5]))
		return err_set(e, ERR_INPUT,
		               "severity is \"%s\"; write info, low, medium, high or critical",
		               word[5]);
	r->severity = (enum severity)value;
	return 0;
}

int advice_rules_parse(struct advice_rules *out, struct arena *a, const char *text, size_t n,
                       const char *name, struct err *e)
{
	struct span rest = span_of(text, n), line, trimmed;
	struct advice_rules rules = { NULL, 0 };
	size_t cap = 0;
	int number = 0, rc = 0;

	while (span_line(&rest, &line)) {
		number++;
		trimmed = span_trim(line);
		if (span_empty(trimmed) || *trimmed.p == '#')
			continue;
		grow_array(&rules.rule, &cap, rules.n + 1, sizeof(*rules.rule));
		if ((rc = parse_rule(&rules.rule[rules.n++], a, line, e)) < 0) {
			rc = err_wrap(e, "%s:%d", name, number);
			goto out;
		}
	}
	out->n = rules.n;
	out->rule = arena_alloc(a, (rules.n ? rules.n : 1) * sizeof(*out->rule));
	if (rules.n > 0)
		memcpy(out->rule, rules.rule, rules.n * sizeof(*out->rule));
out:
	free(rules.rule);
	return rc;
}

/* Shell-style, '*' only; linear but for the text behind the last star that was tried. */
static bool glob_fits(const char *pattern, const char *s)
{
	const char *star = NULL, *retry = NULL;

	while (*s != '\0') {
		if (*pattern == '*') {
			star = ++pattern;
			retry = s;
		} else if (*pattern == *s) {
			pattern++;
			s++;
		} else if (star != NULL) {
			pattern = star;
			s = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

static bool any_tag_fits(const char *pattern, const char *const *tag, size_t n)
{
	if (strcmp(pattern, "*") == 0)
		return true;
	for (size_t i = 0; i < n; i++)
		if (glob_fits(pattern, tag[i]))
			return true;
	return false;
}

const struct advice_rule *advice_rules_find(const struct advice_rules *rules,
                                            const char *source_type, const char *identifier,
                                            const char *const *tag, size_t n_tags)
{
	for (size_t i = 0; i < rules->n; i++) {
		const struct advice_rule *r = &rules->rule[i];

		if (glob_fits(r->source_type, source_type) &&
		    glob_fits(r->identifier, identifier) && any_tag_fits(r->tag, tag, n_tags))
			return r;
	}
	return NULL;
}
