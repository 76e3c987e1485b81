/*
 * answer_clause: what the rules say of one clause, and what takes that back within it.
 *
 * Invariant: a rule is matched against classes of words, never against the text.
 * Input: a clause of a hostile mail, as classes.
 */
#include "base.h"

#include "answer_clause.h"

/* "nog niet" is no denial. */
bool clause_denies(const struct clause *c)
{
	return clause_has(c, W_NOT) && !clause_has(c, W_STILL);
}

/* "Ons niet van de lijst halen": does the clause deny what the rule is silent about? */
static bool denies(const struct clause *c, const struct answer_rule *rule)
{
	if (rule->says != SAYS_UNSUBSCRIBE || !clause_has(c, W_NOT))
		return false;
	for (const uint16_t *w = rule->word; *w != W_NONE; w++) {
		unsigned is = *w & CLASS_MASK;

		if (is == W_NOT || is == W_NEG || is == W_NEVER)
			return false;
	}
	return true;
}

/* "Wij willen niet dat u ons netwerk bekijkt" */
static bool unwanted(const struct clause *c)
{
	static const uint16_t not_that_you[] = { W_WISH, W_NOT, W_YOU | NEAR, W_NONE };

	return clause_matches(c, not_that_you);
}

/* "stond nog open van de monteur": how it came about */
bool clause_was_open(const struct clause *c)
{
	static const uint16_t open[] = { W_WAS, W_STILL | GAP, W_REACH | GAP, W_NONE };

	return clause_matches(c, open);
}

/* ... and "dat het niet nog eens gebeurt", a precaution: not what is left */
static bool nothing_left(const struct clause *c)
{
	static const uint16_t nobody[] = { W_NOT, W_WANT | GAP, W_STILL | GAP, W_REACH | GAP,
		                           W_NONE };
	static const uint16_t again[] = { W_NOT, W_STILL, W_AGAIN, W_NONE };
	bool reason = clause_has(c, W_VAN) || clause_has(c, W_FOR) || clause_has(c, W_MISTAKE);

	if (clause_has(c, W_NOBODY) && clause_has(c, W_WANT))
		return true;
	return (reason && clause_was_open(c)) || clause_matches(c, again) ||
	       clause_matches(c, nobody);
}

/*
 * Does the clause with a customer in it say whose something is, or what he did?  "Onze klanten
 * merken er niets van" does not.
 */
bool clause_about_owner(const struct clause *c, bool received)
{
	static const uint16_t with[] = { W_WITH, W_CLIENT | NEAR, W_NONE };
	static const uint16_t data[] = { W_DATA, W_VAN | NEAR, W_CLIENT | NEAR, W_NONE };
	static const uint16_t knows[] = { W_CLIENT, W_BE | NEAR, W_NONE };
	static const uint8_t what[] = { W_DEVICE, W_THING, W_HOLD, W_BELONG, W_FIXED, W_CHANGED,
		                        W_REPAIR, W_SHUT, W_SAY, W_PASSED, W_REACH, W_SOLD,
		                        W_TAKE, W_STUDY };
	static const uint16_t whose[][4] = {
		{ W_UNDER, W_CLIENT | NEAR, W_NONE },
		{ W_TO, W_CLIENT | NEAR, W_NONE },
		{ W_IT, W_CLIENT | GAP, W_NONE },
		{ W_WE, W_BE | NEAR, W_CLIENT, W_NONE },
	};

	/* "om foto's met klanten te delen" */
	if ((clause_has(c, W_ELSE) && !clause_has(c, W_OUR)) || clause_matches(c, with) ||
	    clause_matches(c, data))
		return false;
	if (received && clause_matches(c, knows))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(what); i++)
		if (clause_has(c, what[i]))
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(whose); i++)
		if (clause_matches(c, whose[i]))
			return true;
	return (c->at[W_USE] & ~c->at[W_HAVE]) != 0;
}

/* "als beheerder heb ik", "geregistreerd als incident": no condition */
static bool as_what(const struct clause *c)
{
	static const uint16_t role[] = { W_AS, W_PARTY, W_NONE };
	static const uint16_t group[] = { W_AS, W_ORG, W_NONE };
	static const uint16_t noted[] = { W_GOT, W_AS, W_NONE };
	static const uint16_t passed[] = { W_PASSED, W_AS, W_NONE };
	static const uint16_t same[] = { W_SAME, W_AS, W_NONE };
	static const uint16_t have[] = { W_START, W_AS, W_HAVE | NEAR, W_WE, W_NONE };
	static const uint16_t am[] = { W_START, W_AS, W_BE | NEAR, W_WE, W_NONE };

	return clause_matches(c, role) || clause_matches(c, group) || clause_matches(c, noted) ||
	       clause_matches(c, passed) || clause_matches(c, same) || clause_matches(c, have) ||
	       clause_matches(c, am);
}

static void hear_table(struct reading *r, const struct clause *c, const struct answer_rule *rule)
{
	for (; rule->sample != NULL; rule++)
		if (clause_may_match(c, rule->word) && r->rule[rule->says] == NULL &&
		    clause_matches(c, rule->word) && !denies(c, rule))
			r->rule[rule->says] = rule->sample;
}

void clause_hear(struct reading *r, const struct clause *c)
{
	for (const struct answer_rule *const *table = answer_rules; *table != NULL; table++)
		hear_table(r, c, *table);
	/* "wij hebben geen server nodig" */
	if (clause_has(c, W_NEED) || (r->rule[SAYS_NOT_OURS] != NULL && unwanted(c)))
		r->rule[SAYS_NOT_OURS] = NULL;
	/* what is denied was not done */
	if (clause_denies(c))
		r->rule[SAYS_RECEIVED] = r->rule[SAYS_PLANNED] = NULL;
	if (clause_has(c, W_ONLY) || (r->rule[SAYS_REST] != NULL && nothing_left(c)))
		r->rule[SAYS_REST] = NULL;
	/* "RDP is niet meer te benaderen", but "u moet ons niet meer benaderen" */
	if (r->rule[SAYS_RESOLVED] != NULL && r->rule[SAYS_UNSUBSCRIBE] != NULL &&
	    clause_has(c, W_REACH) && clause_has(c, W_MORE))
		r->rule[clause_has(c, W_ME) || clause_has(c, W_WANT) ? SAYS_RESOLVED
								    : SAYS_UNSUBSCRIBE] = NULL;
	/* "wij hebben die lijn opgezegd" is a repair of nothing */
	if (r->rule[SAYS_NOT_OURS] != NULL && clause_has(c, W_SOLD))
		r->rule[SAYS_RESOLVED] = r->rule[SAYS_CHANGED] = NULL;
	if (r->rule[SAYS_IF] != NULL && as_what(c))
		r->rule[SAYS_IF] = NULL;
	/* "wij hebben geen poort meer open" */
	if (clause_has(c, W_MORE) && clause_has(c, W_REACH) && r->rule[SAYS_RESOLVED] != NULL)
		r->rule[SAYS_NOT_OURS] = NULL;
}
