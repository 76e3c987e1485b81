/*
 * test_answer: sentences of people against the answer that a reader finds in them.
 */
#include "test.h"

#include <stdlib.h>

#include "answer.h"
#include "answer_grammar.h"
#include "answer_hear.h"
#include "answer_table.h"
#include "buf.h"
#include "fdio.h"

#define SUBJECT "RE: Waarschuwing [SP-2026-0001-AAAA]"

static char *fixtures(struct arena *a, const char *name)
{
	const char *top = getenv("top_srcdir");
	char *path = arena_printf(a, "%s/%s", top != NULL ? top : ".", name);
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;
	char *text;

	assert_int_equal(file_read(&b, path, 1 << 20, &e), 0);
	text = arena_strndup(a, b.s, b.len);
	buf_clear(&b);
	return text;
}

struct score {
	int n, right, claimed_wrongly;
};

/* Reads each line of a table by the rules alone, or as a mail is read; tells what is wrong. */
static struct score score_table(const char *name, bool rules_alone)
{
	struct arena a = ARENA_INIT;
	struct span rest = span_str(fixtures(&a, name)), line, text;
	enum verdict_answer want = ANSWER_NONE;
	struct score score = { 0, 0, 0 };

	while (span_line(&rest, &line)) {
		int rc = answer_table_line(&want, &text, &a, line);
		struct reading r = { 0 };
		struct answer got;

		assert_true(rc >= 0);
		if (rc == 0)
			continue;
		got = rules_alone ? answer_by_rules(&a, text, SUBJECT, &r)
				  : answer_read(&a, text, SUBJECT);
		score.n++;
		if (got.answer == want) {
			score.right++;
			continue;
		}
		score.claimed_wrongly += got.answer != ANSWER_NONE;
		print_message("%.*s is %s (%s)\n", (int)span_len(line), line.p,
			      verdict_answer_words[got.answer], got.rule);
	}
	arena_clear(&a);
	return score;
}

/* The rules alone, which were made for these sentences; what was learnt must not outweigh them. */
static void sentences_are_understood(void **state)
{
	static const char table[] = "src/stage/classify/answers/sentences.tsv";

	UNUSED(state);
	for (int rules_alone = 0; rules_alone < 2; rules_alone++) {
		struct score s = score_table(table, rules_alone);

		assert_true(s.n > 500);
		assert_int_equal(s.right, s.n);
	}
}

/* Mails that were neither learnt nor looked at when the rules were made: never to be either. */
static void unseen_answers_are_understood(void **state)
{
	struct score s = score_table("tests/data/answers_unseen.tsv", false);

	UNUSED(state);
	print_message("%d of %d, %d wrong claims\n", s.right, s.n, s.claimed_wrongly);
	assert_true(s.n > 80);
	assert_true(s.right * 100 >= s.n * 90);
	assert_true(s.claimed_wrongly * 100 <= s.n * 4);
}

static void subjects_do_not_outweigh_doubt(void **state)
{
	static const struct {
		const char *subject, *typed;
		enum verdict_answer want;
	} cases[] = {
		{ "OPGELOST", "Dank voor de melding.", ANSWER_RESOLVED },
		{ "OPGELOST", "Dank voor de melding. Het betrof een klant.", ANSWER_NONE },
		{ "BEL MIJ", "010 000 88 12\n", ANSWER_CALL_ME },
		{ "BEL MIJ 010 000 88 12", "", ANSWER_CALL_ME },
		{ "BEL MIJ", "niet nodig, 010 000 88 12 werkt niet", ANSWER_NONE },
		{ "ONTVANGEN", "Mies van den Berg\nBerg en Zoon\n", ANSWER_RECEIVED },
		{ "NIET VAN ONS", "Sorry foutje, hij blijkt toch bij ons te horen", ANSWER_NONE },
		{ "FW: Waarschuwing", "Beste Piet, kunnen jullie dit vandaag aanpakken?",
		  ANSWER_RECEIVED },
		{ "FW: Waarschuwing", "Hoe komen jullie hieraan?", ANSWER_NONE },
		{ "Fwd: Waarschuwing", "Piet, graag actie", ANSWER_RECEIVED },
		{ "Fwd: Waarschuwing", "Piet, graag actie. Het is een klant van ons.",
		  ANSWER_NONE },
	};
	struct arena a = ARENA_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct answer got = answer_read(&a, span_str(cases[i].typed), cases[i].subject);

		if (got.answer != cases[i].want)
			fail_msg("\"%s\" is %s (%s)", cases[i].typed,
				 verdict_answer_words[got.answer], got.rule);
	}
	arena_clear(&a);
}

static void assert_sorted(const struct lexicon_word *word, size_t n, char from, char to)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && strcmp(word[i - 1].text, word[i].text) >= 0)
			fail_msg("\"%s\" stands behind \"%s\"", word[i].text, word[i - 1].text);
		if (*word[i].text < from || *word[i].text > to)
			fail_msg("\"%s\" stands in the wrong file", word[i].text);
		assert_int_equal(word[i].is[WORD_CLASSES - 1], W_NONE);
	}
}

static void the_lexicon_is_sorted(void **state)
{
	UNUSED(state);
	assert_sorted(answer_lexicon_af, answer_lexicon_af_size, '\'', 'f');
	assert_sorted(answer_lexicon_gm, answer_lexicon_gm_size, 'g', 'm');
	assert_sorted(answer_lexicon_ns, answer_lexicon_ns_size, 'n', 's');
	assert_sorted(answer_lexicon_tz, answer_lexicon_tz_size, 't', 'z');
}

static void assert_ends(const struct answer_rule *r)
{
	for (; r->sample != NULL; r++) {
		if (r->word[RULE_MAX - 1] != W_NONE)
			fail_msg("\"%s\" is too long", r->sample);
		if ((r->word[0] & LACKS) != 0)
			fail_msg("\"%s\" begins with what it lacks", r->sample);
	}
}

static void rules_have_an_end(void **state)
{
	UNUSED(state);
	for (const struct answer_rule *const *table = answer_rules; *table != NULL; table++)
		assert_ends(*table);
}

struct rule_case {
	const char *text;
	bool want;
};

static void check_rule(const uint16_t *rule, const struct rule_case *cases, size_t n)
{
	struct arena a = ARENA_INIT;

	for (size_t i = 0; i < n; i++) {
		struct clause c;
		struct hay h;

		hay_init(&h, &a, span_str(cases[i].text));
		clause_init(&c, &h);
		if (clause_matches(&c, rule) != cases[i].want)
			fail_msg("\"%s\"", cases[i].text);
	}
	arena_clear(&a);
}

static void rules_match_words_in_order(void **state)
{
	static const uint16_t rule[] = { W_WE, W_HAVE | NEAR, W_NOT | GAP, W_END, W_NONE };
	static const struct rule_case cases[] = {
		{ "wij hebben dit apparaat niet", true },
		{ "wij hebben dit apparaat niet opgelost", false },
		{ "dat hebben wij niet", false },
		{ "wij, beste mensen, hebben het niet", true },
		{ "wij hebben een twee drie vier vijf zes zeven niet", false },
		{ "", false },
	};

	UNUSED(state);
	check_rule(rule, cases, ARRAY_SIZE(cases));
}

static void rules_look_anywhere(void **state)
{
	static const uint16_t rule[] = { W_NEG | ANY, W_STILL | LACKS, W_OF, W_OUR, W_HOLD | NEAR,
					 W_NONE };
	static const struct rule_case cases[] = {
		{ "het staat niet in onze inventaris", true },
		{ "in onze inventaris komt het niet voor", true },
		{ "in ons gewoon echt helemaal goede register niet", true },
		{ "het staat nog niet in onze inventaris", false },
		{ "het staat in onze inventaris", false },
	};

	UNUSED(state);
	check_rule(rule, cases, ARRAY_SIZE(cases));
}

static void long_clauses_are_cut(void **state)
{
	struct buf b = BUF_INIT;
	struct arena a = ARENA_INIT;
	struct clause c;
	struct hay h;

	UNUSED(state);
	for (int i = 0; i < 500; i++)
		buf_add(&b, "niet 0 ", 7);
	hay_init(&h, &a, span_of(b.s, b.len));
	clause_init(&c, &h);
	assert_int_equal(c.n, CLAUSE_WORDS);
	buf_clear(&b);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_are_understood),
		cmocka_unit_test(unseen_answers_are_understood),
		cmocka_unit_test(subjects_do_not_outweigh_doubt),
		cmocka_unit_test(the_lexicon_is_sorted),
		cmocka_unit_test(rules_have_an_end),
		cmocka_unit_test(rules_match_words_in_order),
		cmocka_unit_test(rules_look_anywhere),
		cmocka_unit_test(long_clauses_are_cut),
	};

	return cmocka_run_group_tests_name("answer", tests, NULL, NULL);
}
