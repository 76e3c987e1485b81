/*
 * answer: keywords first, sentences second, and nothing claimed in doubt.
 *
 * Invariant: a keyword alone on the first line is an answer unless the rest takes it back; two
 * different answers in one mail are none.
 * Input: typed text of a hostile mail.
 */
#include "base.h"

#include "answer.h"
#include "answer_grammar.h"
#include "answer_phrases.h"
#include "hay.h"
#include "view.h"

enum { TYPED_MAX = 6000, SHORT_MAX = 80, PHRASE_MAX = 80, MISTYPED_MIN = 8 };
enum { SENTENCES_MAX = 80, CLAUSES_MAX = 200 };

struct reading {
	struct arena *a;
	const char *rule[SAYS_COUNT]; /* the phrase that said it, NULL for unsaid */
	bool asked;                   /* something else is asked */
	bool thing;                   /* the sentence names something to repair */
	int clauses;
};

/* One letter left out, too many, wrong, or two swapped. */
static bool nearly_equal(struct span s, const char *word)
{
	struct span w = span_str(word);

	while (!span_empty(s) && !span_empty(w) && ascii_lower(*s.p) == *w.p) {
		s.p++;
		w.p++;
	}
	while (!span_empty(s) && !span_empty(w) && ascii_lower(s.end[-1]) == w.end[-1]) {
		s.end--;
		w.end--;
	}
	if (span_len(s) == 2 && span_len(w) == 2)
		return ascii_lower(s.p[0]) == w.p[1] && ascii_lower(s.p[1]) == w.p[0];
	return span_len(s) <= 1 && span_len(w) <= 1;
}

/* Letters only compare: "** ONTVANGEN! **" is a keyword, "Opgelost?" is not. */
static enum verdict_answer keyword(struct span line)
{
	line = span_trim(line);
	while (!span_empty(line) && strchr("*_\"'.-<[( ", *line.p) != NULL)
		line.p++;
	while (!span_empty(line) && strchr("*_\"'.,!->)] :;", line.end[-1]) != NULL)
		line.end--;
	for (const struct answer_keyword *k = answer_keywords; k->word != NULL; k++)
		if (span_equals_nocase(line, k->word))
			return k->answer;
	for (const struct answer_keyword *k = answer_keywords; k->word != NULL; k++)
		if (strlen(k->word) >= MISTYPED_MIN && nearly_equal(line, k->word) &&
		    memchr(line.p, '?', span_len(line)) == NULL)
			return k->answer;
	return ANSWER_NONE;
}

static bool starts_with_any(struct span s, const char *const *words)
{
	s = span_trim(s);
	for (; *words != NULL; words++)
		if (span_starts_nocase(s, *words))
			return true;
	return false;
}

/*
 * "..., kunnen jullie het controleren?": the clause in front of a polite question is a statement.
 */
static struct span statement_before_question(struct span s)
{
	const char *comma = NULL;

	for (const char *p = s.p; p < s.end; p++)
		if (*p == ',' && starts_with_any((struct span){ p + 1, s.end }, answer_question))
			comma = p;
	if (comma == NULL || starts_with_any(s, answer_question))
		return (struct span){ s.p, s.p };
	return (struct span){ s.p, comma };
}

/* Phrases begin where words begin: "staat" is not in "bestaat". */
static bool says_phrase(const struct hay *h, const char *phrase)
{
	char word[PHRASE_MAX] = " ";

	if (!hay_has(h, phrase))
		return false;
	if (!ascii_alpha(*phrase))
		return true;
	for (size_t i = 0; phrase[i] != '\0' && i + 2 < sizeof(word); i++)
		word[i + 1] = phrase[i];
	return hay_has(h, word);
}

static void hear_table(struct reading *r, const struct hay *h, const struct answer_phrase *p)
{
	for (; p->text != NULL; p++)
		if (r->rule[p->says] == NULL && says_phrase(h, p->text))
			r->rule[p->says] = p->text;
}

/* What is denied was not done; "nog niet" is no denial. */
static void hear_rules(struct reading *r, const struct clause *c)
{
	bool denied = clause_has(c, W_NOT) && !clause_has(c, W_STILL);

	for (const struct answer_rule *rule = answer_rules; rule->sample != NULL; rule++)
		if (r->rule[rule->says] == NULL && clause_matches(c, rule->word))
			r->rule[rule->says] = rule->sample;
	if (denied)
		r->rule[SAYS_RECEIVED] = r->rule[SAYS_PLANNED] = NULL;
	if (clause_has(c, W_ONLY))
		r->rule[SAYS_REST] = NULL;
}

static void hear(struct reading *r, struct span s)
{
	struct clause c;
	struct hay h;

	hay_init(&h, r->a, s);
	clause_init(&c, &h);
	hear_table(r, &h, answer_phrases);
	hear_table(r, &h, answer_work);
	hear_rules(r, &c);
}

/*
 * Is the repair denied in its own clause?  "niet meer bereikbaar" and the like hold their own
 * negation.
 */
static bool negated(const struct hay *h, const char *phrase)
{
	if (strstr(phrase, "niet ") != NULL || strstr(phrase, "no ") != NULL ||
	    strstr(phrase, "not ") != NULL)
		return false;
	return hay_any(h, answer_negation) != NULL && !hay_has(h, " niet meer ") &&
	       !hay_has(h, " no longer ") && !hay_has(h, " niet langer ") &&
	       !hay_has(h, "geen probleem");
}

/* "... en die is vervangen" */
static bool about_it(const struct hay *h)
{
	static const uint8_t it[] = { W_START, W_IT | NEAR, W_NONE };
	struct clause c;

	clause_init(&c, h);
	return clause_matches(&c, it);
}

/* "U moet het oplossen" is no promise. */
static bool ours_to_do(const struct hay *h)
{
	struct clause c;

	clause_init(&c, h);
	return clause_has(&c, W_WE) || !clause_has(&c, W_YOU);
}

/* A repair that is denied or still to come says only that they know of it. */
static void hear_clause(struct reading *all, struct span s)
{
	struct reading r = { .a = all->a };
	const char *future;
	struct hay h;

	if (span_empty(span_trim(s)) || all->clauses++ > CLAUSES_MAX)
		return;
	hear(&r, s);
	hay_init(&h, r.a, s);
	future = hay_any(&h, answer_future);
	if (r.rule[SAYS_RESOLVED] == NULL &&
	    (hay_any(&h, answer_thing) != NULL || (all->thing && about_it(&h))))
		r.rule[SAYS_RESOLVED] = r.rule[SAYS_CHANGED];
	if (r.rule[SAYS_RESOLVED] != NULL && (r.rule[SAYS_NOT_RESOLVED] != NULL || future != NULL ||
	                                      negated(&h, r.rule[SAYS_RESOLVED]))) {
		if (future != NULL || hay_has(&h, "nog niet") || hay_has(&h, "not yet") ||
		    hay_has(&h, " yet "))
			r.rule[SAYS_RECEIVED] = "repair to come";
		r.rule[SAYS_RESOLVED] = NULL;
	} else if (future != NULL && hay_any(&h, answer_repair) != NULL &&
	           hay_any(&h, answer_negation) == NULL && ours_to_do(&h)) {
		r.rule[SAYS_RECEIVED] = "repair to come";
	} else if (hay_any(&h, answer_repair) != NULL &&
	           (hay_has(&h, "not yet") || hay_has(&h, " yet "))) {
		r.rule[SAYS_RECEIVED] = "repair to come";
	}
	if (r.rule[SAYS_PLANNED] != NULL && r.rule[SAYS_RESOLVED] == NULL)
		r.rule[SAYS_RECEIVED] = r.rule[SAYS_PLANNED];
	if (r.rule[SAYS_NO_CALL] != NULL)
		r.rule[SAYS_CALL_ME] = NULL;
	if (r.rule[SAYS_NO_UNSUBSCRIBE] != NULL)
		r.rule[SAYS_UNSUBSCRIBE] = NULL;
	if (r.rule[SAYS_NOT_RECEIVED] != NULL || r.rule[SAYS_UNSUBSCRIBE] != NULL)
		r.rule[SAYS_RECEIVED] = NULL;
	for (int i = 0; i < SAYS_COUNT; i++)
		if (all->rule[i] == NULL)
			all->rule[i] = r.rule[i];
}

static bool clause_end(const char *p, struct span s)
{
	if (strchr(",:;()/", *p) != NULL && *p != '\0')
		return *p != '/' || (s.end - p > 1 && p[1] == ' ');
	for (const char *const *w = answer_conjunction; *p == ' ' && *w != NULL; w++)
		if (span_starts_nocase((struct span){ p, s.end }, *w))
			return true;
	return false;
}

static void hear_statement(struct reading *all, struct span s)
{
	const char *start = s.p;

	for (const char *p = s.p; p < s.end; p++)
		if (clause_end(p, s)) {
			hear_clause(all, (struct span){ start, p });
			start = p + 1;
		}
	hear_clause(all, (struct span){ start, s.end });
}

/* Of a question only a request counts: to be called, or to be left alone. */
static void hear_question(struct reading *all, struct span s)
{
	struct reading r = { .a = all->a };
	struct span before = statement_before_question(s);
	struct clause c;
	struct hay h;

	if (!span_empty(before))
		hear_statement(all, before);
	else
		all->asked = true;
	hear(&r, s);
	hay_init(&h, r.a, s);
	clause_init(&c, &h);
	if (r.rule[SAYS_NO_CALL] == NULL && all->rule[SAYS_CALL_ME] == NULL &&
	    (clause_has(&c, W_WANT) || clause_has(&c, W_LIKE)))
		all->rule[SAYS_CALL_ME] = r.rule[SAYS_CALL_ME];
	if (clause_has(&c, W_JIJ) && all->rule[SAYS_RECEIVED] == NULL)
		all->rule[SAYS_RECEIVED] = r.rule[SAYS_RECEIVED];
	if (starts_with_any(s, answer_request) && all->rule[SAYS_UNSUBSCRIBE] == NULL)
		all->rule[SAYS_UNSUBSCRIBE] = r.rule[SAYS_UNSUBSCRIBE];
}

/* "Als u nog vragen heeft, bel gerust": politeness, neither condition nor request. */
static struct span before_closing(struct reading *r, struct span s)
{
	const char *start = s.p;
	struct hay h;

	hay_init(&h, r->a, s);
	if (hay_any(&h, answer_closing) == NULL)
		return s;
	for (const char *p = s.p; p < s.end; p++)
		if (clause_end(p, s)) {
			hay_init(&h, r->a, (struct span){ start, p });
			if (hay_any(&h, answer_closing) != NULL)
				break;
			start = p + 1;
		}
	return (struct span){ s.p, start };
}

static void hear_sentence(struct reading *all, struct span s, bool question)
{
	struct reading whole = { .a = all->a };
	struct hay h;

	s = before_closing(all, s);
	if (span_empty(span_trim(s)))
		return;
	if (question) {
		hear_question(all, s);
		return;
	}
	/* doubt reaches over commas */
	hear(&whole, s);
	if (all->rule[SAYS_UNCLEAR] == NULL)
		all->rule[SAYS_UNCLEAR] = whole.rule[SAYS_UNCLEAR];
	hay_init(&h, all->a, s);
	all->thing = hay_any(&h, answer_thing) != NULL;
	hear_statement(all, s);
}

/* "dhr. Pot", "tel. 06 ..." */
static bool abbreviation(const char *p, const char *start)
{
	static const char *const words[] = { "dhr", "mevr", "mw", "dr", "drs", "ing", "ir", "mr",
		                             "mrs", "nr", "tel", "evt", NULL };
	struct span word = { p, p };

	while (word.p > start && ascii_alpha(word.p[-1]))
		word.p--;
	for (int i = 0; words[i] != NULL; i++)
		if (span_equals_nocase(word, words[i]))
			return true;
	return false;
}

static bool sentence_end(const char *p, struct span s)
{
	const char *end = s.end;

	if (*p == '?' || *p == '!' || *p == ';')
		return true;
	if (*p == '.')
		return end - p == 1 || (ascii_space(p[1]) && !abbreviation(p, s.p));
	return *p == '\n' && end - p > 1 && (p[1] == '\n' || (p[1] == '\r'));
}

static void hear_all(struct reading *r, struct span typed)
{
	const char *start = typed.p;
	int n = 0;

	for (const char *p = typed.p; p < typed.end && n < SENTENCES_MAX; p++)
		if (sentence_end(p, typed)) {
			hear_sentence(r, (struct span){ start, p }, *p == '?');
			start = p + 1;
			n++;
		}
	if (n < SENTENCES_MAX)
		hear_sentence(r, (struct span){ start, typed.end }, false);
}

static struct answer decide(const struct reading *r)
{
	static const struct {
		enum answer_says says;
		enum verdict_answer answer;
	} exact[] = {
		{ SAYS_RESOLVED, ANSWER_RESOLVED },
		{ SAYS_NOT_OURS, ANSWER_NOT_OURS },
		{ SAYS_UNSUBSCRIBE, ANSWER_UNSUBSCRIBE },
		{ SAYS_CALL_ME, ANSWER_CALL_ME },
	};
	struct answer a = { ANSWER_NONE, "" };
	int n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(exact); i++)
		if (r->rule[exact[i].says] != NULL) {
			a = (struct answer){ exact[i].answer, r->rule[exact[i].says] };
			n++;
		}
	if (n > 1 || r->rule[SAYS_UNCLEAR] != NULL ||
	    (a.answer == ANSWER_RESOLVED && r->rule[SAYS_REST] != NULL) ||
	    ((a.answer == ANSWER_RESOLVED || a.answer == ANSWER_NOT_OURS) &&
	     r->rule[SAYS_UNSURE] != NULL))
		return (struct answer){ ANSWER_NONE, "" };
	if (n == 0 && r->rule[SAYS_RECEIVED] != NULL)
		return (struct answer){ ANSWER_RECEIVED, r->rule[SAYS_RECEIVED] };
	if (n == 0 && r->rule[SAYS_THANKS] != NULL && !r->asked)
		return (struct answer){ ANSWER_RECEIVED, r->rule[SAYS_THANKS] };
	return a;
}

static bool see_subject(struct span typed)
{
	static const char *const words[] = { "zie onderwerp",
		                             "zie onderwerpregel",
		                             "see subject",
		                             "zie titel",
		                             "see subject line",
		                             "eom",
		                             NULL };

	typed = span_trim(typed);
	while (!span_empty(typed) && strchr(".!()", typed.end[-1]) != NULL)
		typed.end--;
	if (span_empty(typed))
		return true;
	for (int i = 0; words[i] != NULL; i++)
		if (span_equals_nocase(typed, words[i]))
			return true;
	return false;
}

static enum verdict_answer subject_keyword(const char *subject)
{
	struct span s = span_str(subject_bare(subject)), head;

	span_until(&s, '[', &head);
	return keyword(head);
}

/* "Ok, top, bedankt" and no more. */
static bool short_receipt(struct arena *a, struct span typed)
{
	struct clause c;
	struct hay h;

	if (span_len(typed) > SHORT_MAX || memchr(typed.p, '?', span_len(typed)) != NULL)
		return false;
	hay_init(&h, a, typed);
	clause_init(&c, &h);
	return clause_all(&c, W_ACK);
}

struct answer answer_read(struct arena *a, struct span typed, const char *subject)
{
	struct reading r = { .a = a };
	struct span rest, line = typed;
	enum verdict_answer word;
	struct answer said;

	if (span_len(typed) > TYPED_MAX)
		typed.end = typed.p + TYPED_MAX;
	if (see_subject(typed)) {
		word = subject_keyword(subject);
		return (struct answer){ word, word == ANSWER_NONE ? "" : "keyword in subject" };
	}
	rest = typed;
	span_line(&rest, &line);
	word = keyword(line);
	if (word != ANSWER_NONE && span_empty(span_trim(rest)))
		return (struct answer){ word, "keyword" };
	hear_all(&r, word == ANSWER_NONE ? typed : rest);
	said = decide(&r);
	if (word == ANSWER_NONE && said.answer == ANSWER_NONE && short_receipt(a, typed))
		return (struct answer){ ANSWER_RECEIVED, "short" };
	if (word == ANSWER_NONE)
		return said;
	if (r.rule[SAYS_UNCLEAR] != NULL || r.rule[SAYS_NOT_RESOLVED] != NULL ||
	    (said.answer != ANSWER_NONE && said.answer != ANSWER_RECEIVED && said.answer != word &&
	     word != ANSWER_RECEIVED))
		return (struct answer){ ANSWER_NONE, "" };
	if (word == ANSWER_RECEIVED && said.answer != ANSWER_NONE)
		return said;
	return (struct answer){ word, "keyword" };
}
