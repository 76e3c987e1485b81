/*
 * answer_grammar: what a clause says, by the kinds of its words and their order.
 *
 * A lexicon gives each word its classes, a table of rules says which classes in which order mean
 * what.  So a sentence that nobody wrote before is read as well, as long as its words are known.
 */
#ifndef SEINPOST_ANSWER_GRAMMAR_H
#define SEINPOST_ANSWER_GRAMMAR_H

#include "answer_lexicon.h"
#include "answer_phrases.h"
#include "hay.h"

/*
 * Classes in order, W_NONE at the end.  One with NEAR may stand up to two words behind the one
 * before, with GAP up to six; one with ANY anywhere in the clause, one with LACKS nowhere.  The
 * first is none with LACKS.
 */
enum { RULE_MAX = 9, NEAR = 0x100, GAP = 0x200, ANY = 0x400, LACKS = 0x800, CLASS_MASK = 0xff };

struct answer_rule {
	enum answer_says says;
	const char *sample; /* what it was made for */
	uint16_t word[RULE_MAX];
};

/* sample NULL at the end of each */
extern const struct answer_rule answer_rules_owner[]; /* whose it is */
extern const struct answer_rule answer_rules_work[];  /* what was done about it */
extern const struct answer_rule answer_rules_wish[];  /* what they want of us */
extern const struct answer_rule answer_rules_doubt[]; /* what takes a claim back */
/* All of them, NULL at the end. */
extern const struct answer_rule *const answer_rules[];

enum { CLAUSE_WORDS = 60 };

/* Where in a clause words of each class stand: bit N for word N, from 1. */
struct clause {
	uint64_t at[W_COUNT];
	int n;
};

/* Words past CLAUSE_WORDS are not read. */
void clause_init(struct clause *c, const struct hay *h);
bool clause_matches(const struct clause *c, const uint16_t *word);
static inline bool clause_has(const struct clause *c, enum word_class is)
{
	return c->at[is] != 0;
}

/* Most rules end here: one of the two classes they begin with does not stand in the clause. */
static inline bool clause_may_match(const struct clause *c, const uint16_t *word)
{
	return c->at[*word & CLASS_MASK] != 0 &&
	       (c->at[word[1] & CLASS_MASK] != 0 || (word[1] & LACKS) != 0);
}

/* Are all words of this class? */
bool clause_all(const struct clause *c, enum word_class is);

#endif
