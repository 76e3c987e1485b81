/*
 * advice_kinds: has every kind of advice that a finding can get a text?
 *
 * Invariant: a kind is told once for each language, however many rules name it.
 * Input: the advice table and the configuration, written by the administrator.
 */
#include "base.h"

#include <unistd.h>

#include "advice_kinds.h"
#include "buf.h"
#include "flow_intake.h"
#include "register.h"
#include "word.h"

struct search {
	const char *dir;
	advice_missing_fn *missing;
	void *arg;
	int n;
};

static void look_for(struct search *s, const char *kind, const char *who)
{
	struct buf path = BUF_INIT;

	for (int l = LANGUAGE_NL; l <= LANGUAGE_EN; l++) {
		buf_reset(&path);
		buf_printf(&path, "%s/%s/advice", s->dir, word_of(language_words, l));
		/* a language that is missing as a whole is told by who reads the templates */
		if (access(path.s, F_OK) < 0)
			continue;
		buf_printf(&path, "/%s.mustache", kind);
		if (access(path.s, F_OK) == 0)
			continue;
		s->missing(s->arg, who, kind, path.s);
		s->n++;
	}
	buf_clear(&path);
}

static bool seen_before(const struct advice_rules *rules, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(rules->rule[k].advice, rules->rule[i].advice) == 0)
			return true;
	return false;
}

int advice_kinds_check(const struct conf *c, const char *dir, size_t *rules,
                       advice_missing_fn *missing, void *arg, struct err *e)
{
	struct search s = { dir, missing, arg, 0 };
	struct advice_rules list = { NULL, 0 };
	struct arena a = ARENA_INIT;
	int rc = flow_advice_rules(c, &a, &list, e);

	if (rc < 0)
		goto out;
	for (size_t i = 0; i < list.n; i++)
		if (!seen_before(&list, i))
			look_for(&s, list.rule[i].advice, c->advice);
	for (size_t i = 0; i < c->n_mappings; i++)
		if (*c->mappings[i].advice != '\0')
			look_for(&s, c->mappings[i].advice, c->file);
	*rules = list.n;
	rc = s.n;
out:
	arena_clear(&a);
	return rc;
}
