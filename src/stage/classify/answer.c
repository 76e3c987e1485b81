/*
 * answer: keywords first, sentences second, and nothing claimed in doubt.
 *
 * Invariant: a keyword alone on the first line is an answer unless the rest takes it back; two different answers in one mail
 * are none.
 * Input: typed text of a hostile mail.
 */
#include "base.h"

#include "answer.h"
#include "answer_phrases.h"
#include "hay.h"
#include "view.h"

enum { TYPED_MAX = 6000, SENTENCES_MAX = 80 };

struct reading {
	struct arena *a;
	const char *rule[SAYS_COUNT]; /* the phrase that said it, NULL for unsaid */
};

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
	return ANSWER_NONE;
}

static bool question_start(struct span s)
{
	static const char *const words[] = {
		"hoe ", "wat ", "wie ", "waar", "wanneer ", "welk", "is ", "zijn ", "kan ", "kun", "mag ", "heeft ", "hebben jullie", "hebt u",
		"klopt ", "how ", "what ", "who ", "why ", "where ", "when ", "which ", "are ", "can ", "could ", "did ", "does ", "do ", "has ", "have you",
		"wilt ", "willen ", "moet ", "bij wie", "geldt ", "was ", "were ", NULL,
	};

	s = span_trim(s);
	for (int i = 0; words[i] != NULL; i++)
		if (span_starts_nocase(s, words[i]))
			return true;
	return false;
}

/* "..., kunnen jullie het controleren?": the clause in front of a polite question is a statement. */
static struct span statement_before_question(struct span s)
{
	static const char *const turns[] = { ", kun", ", kan ", ", wil", ", zou", ", can ", ", could ", ", would ", ", mag ", ", hoe ", ", wat ", ", is ", NULL };
	const char *first = NULL;

	for (int i = 0; turns[i] != NULL; i++) {
		const char *p = span_find_nocase(s, turns[i]);

		if (p != NULL && (first == NULL || p < first))
			first = p;
	}
	if (first == NULL || question_start(s))
		return (struct span){ s.p, s.p };
	return (struct span){ s.p, first };
}

static void hear(struct reading *r, struct span sentence, bool only_call)
{
	struct hay h;

	if (span_empty(span_trim(sentence)))
		return;
	hay_init(&h, r->a, sentence);
	for (const struct answer_phrase *p = answer_phrases; p->text != NULL; p++) {
		if (only_call && p->says != SAYS_CALL_ME && p->says != SAYS_UNSUBSCRIBE)
			continue;
		if (r->rule[p->says] == NULL && hay_has(&h, p->text))
			r->rule[p->says] = p->text;
	}
}

/* A resolved taken back in its own sentence counts as being worked on. */
static void hear_sentence(struct reading *all, struct span s, bool question)
{
	struct reading r = { .a = all->a };

	if (question) {
		hear(&r, statement_before_question(s), false);
		hear(&r, s, true);
	} else {
		hear(&r, s, false);
	}
	if (r.rule[SAYS_NOT_RESOLVED] != NULL && r.rule[SAYS_RESOLVED] != NULL)
		r.rule[SAYS_RESOLVED] = NULL;
	if (r.rule[SAYS_NO_CALL] != NULL)
		r.rule[SAYS_CALL_ME] = NULL;
	if (r.rule[SAYS_NOT_RECEIVED] != NULL || r.rule[SAYS_UNSUBSCRIBE] != NULL)
		r.rule[SAYS_RECEIVED] = NULL;
	for (int i = 0; i < SAYS_COUNT; i++)
		if (all->rule[i] == NULL)
			all->rule[i] = r.rule[i];
}

static bool sentence_end(const char *p, const char *end)
{
	if (*p == '?' || *p == '!' || *p == ';')
		return true;
	if (*p == '.')
		return end - p == 1 || ascii_space(p[1]);
	return *p == '\n' && end - p > 1 && (p[1] == '\n' || (p[1] == '\r'));
}

static void hear_all(struct reading *r, struct span typed)
{
	const char *start = typed.p;
	int n = 0;

	for (const char *p = typed.p; p < typed.end && n < SENTENCES_MAX; p++)
		if (sentence_end(p, typed.end)) {
			hear_sentence(r, (struct span){ start, p }, *p == '?');
			start = p + 1;
			n++;
		}
	if (n < SENTENCES_MAX)
		hear_sentence(r, (struct span){ start, typed.end }, false);
}

static struct answer decide(const struct reading *r)
{
	static const struct { enum answer_says says; enum verdict_answer answer; } exact[] = {
		{ SAYS_RESOLVED, ANSWER_RESOLVED }, { SAYS_NOT_OURS, ANSWER_NOT_OURS },
		{ SAYS_UNSUBSCRIBE, ANSWER_UNSUBSCRIBE }, { SAYS_CALL_ME, ANSWER_CALL_ME },
	};
	struct answer a = { ANSWER_NONE, "" };
	int n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(exact); i++)
		if (r->rule[exact[i].says] != NULL) {
			a = (struct answer){ exact[i].answer, r->rule[exact[i].says] };
			n++;
		}
	if (n > 1 || r->rule[SAYS_UNCLEAR] != NULL)
		return (struct answer){ ANSWER_NONE, "" };
	if (n == 0 && r->rule[SAYS_RECEIVED] != NULL)
		return (struct answer){ ANSWER_RECEIVED, r->rule[SAYS_RECEIVED] };
	return a;
}

static bool see_subject(struct span typed)
{
	static const char *const words[] = { "zie onderwerp", "zie onderwerpregel", "see subject", "zie titel", "see subject line", "eom", NULL };

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
	if (word == ANSWER_NONE)
		return said;
	if (r.rule[SAYS_UNCLEAR] != NULL || r.rule[SAYS_NOT_RESOLVED] != NULL ||
	    (said.answer != ANSWER_NONE && said.answer != ANSWER_RECEIVED && said.answer != word && word != ANSWER_RECEIVED))
		return (struct answer){ ANSWER_NONE, "" };
	if (word == ANSWER_RECEIVED && said.answer != ANSWER_NONE)
		return said;
	return (struct answer){ word, "keyword" };
}
