/*
 * answer: keywords first, sentences second, what was learnt beside both, and nothing claimed in
 * doubt.
 *
 * Invariant: a keyword alone on the first line is an answer unless the rest takes it back; two
 * different answers in one mail are none by the rules.
 * Input: typed text of a hostile mail.
 */
#include "base.h"

#include "answer.h"
#include "answer_grammar.h"
#include "answer_hear.h"
#include "answer_learnt.h"
#include "answer_phrases.h"
#include "hay.h"
#include "view.h"

static const struct answer none = { .rule = "" };

enum { TYPED_MAX = 6000, SHORT_MAX = 80, MISTYPED_MIN = 8 };

/*
 * How likely an answer has to be by the texts of the past: to be claimed where the rules heard
 * nothing, and where they heard doubt (that it was received, or more); and what makes a claim of
 * theirs, or of a keyword, odd.  Found on texts that were not learnt.
 */
static const double LEARNT_LIKELY = 0.65, LEARNT_SURE = 0.8, LEARNT_CERTAIN = 0.85,
                    CLAIM_ODD = 0.45, KEYWORD_ODD = 0.05;

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
		if (strlen(k->word) >= MISTYPED_MIN && word_nearly(line, k->word) &&
		    memchr(line.p, '?', span_len(line)) == NULL)
			return k->answer;
	return ANSWER_NONE;
}

/* Does the answer stand in spite of doubt, and of a customer who may be the owner? */
static bool may_stand(const struct reading *r, enum verdict_answer answer)
{
	if (answer == ANSWER_CALL_ME || answer == ANSWER_UNSUBSCRIBE)
		return true;
	return r->rule[SAYS_CLIENT] == NULL &&
	       (r->rule[SAYS_DOUBT] == NULL || answer == ANSWER_RECEIVED);
}

static struct answer decide(struct reading *r)
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
	struct answer a = none;
	int n = 0;

	if (r->rule[SAYS_CALL_ME] == NULL && r->rule[SAYS_NUMBER] != NULL)
		r->rule[SAYS_CALL_ME] = r->rule[SAYS_CONTACT];
	for (size_t i = 0; i < ARRAY_SIZE(exact); i++)
		if (r->rule[exact[i].says] != NULL) {
			a.answer = exact[i].answer;
			a.rule = r->rule[exact[i].says];
			n++;
		}
	if (n > 1 || r->rule[SAYS_UNCLEAR] != NULL ||
	    (n > 0 && a.answer != ANSWER_CALL_ME && r->rule[SAYS_IF] != NULL) ||
	    (n > 0 && !may_stand(r, a.answer)) ||
	    (a.answer == ANSWER_RESOLVED && r->rule[SAYS_REST] != NULL) ||
	    ((a.answer == ANSWER_RESOLVED || a.answer == ANSWER_NOT_OURS) &&
	     r->rule[SAYS_UNSURE] != NULL) ||
	    (a.answer == ANSWER_NOT_OURS && r->rule[SAYS_OURS] != NULL))
		return none;
	if (n == 0 && r->rule[SAYS_RECEIVED] != NULL && may_stand(r, ANSWER_RECEIVED) &&
	    (r->rule[SAYS_NOT_RECEIVED] == NULL || !r->asked))
		return (struct answer){ .answer = ANSWER_RECEIVED, .rule = r->rule[SAYS_RECEIVED] };
	if (n == 0 && r->rule[SAYS_THANKS] != NULL && r->rule[SAYS_NOT_RECEIVED] == NULL &&
	    r->rule[SAYS_DOUBT] == NULL && r->rule[SAYS_CLIENT] == NULL && !r->asked)
		return (struct answer){ .answer = ANSWER_RECEIVED, .rule = r->rule[SAYS_THANKS] };
	return a;
}

static bool is_number(char c)
{
	return ascii_digit(c) || (c != '\0' && strchr("+-() \t\r\n", c) != NULL);
}

/* "BEL MIJ" in the subject, a telephone number below it */
static bool only_number(struct span typed)
{
	for (const char *p = typed.p; p < typed.end; p++)
		if (!is_number(*p))
			return false;
	return true;
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
	if (span_empty(typed) || only_number(typed))
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
	while (!span_empty(head) && is_number(head.end[-1]))
		head.end--;
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

/* Behind a keyword in the subject: what its text says may refine it or take it back. */
static struct answer subject_or_said(enum verdict_answer subject, struct answer said,
				     const struct reading *r)
{
	if (said.answer != ANSWER_RECEIVED || subject == ANSWER_NONE ||
	    subject == ANSWER_RECEIVED)
		return said;
	if (r->rule[SAYS_NOT_RESOLVED] != NULL || r->rule[SAYS_REST] != NULL ||
	    r->rule[SAYS_PLANNED] != NULL || r->rule[SAYS_RECEIVED] != NULL ||
	    !may_stand(r, subject))
		return none;
	return (struct answer){ .answer = subject, .rule = "keyword in subject" };
}

static bool forwarded(const char *subject)
{
	static const char *const words[] = { "fw:", "fwd:", "doorst:", "doorgestuurd:", NULL };
	struct span s = span_str(subject);

	for (int i = 0; words[i] != NULL; i++)
		if (span_starts_nocase(s, words[i]))
			return true;
	return false;
}

/* "Piet, graag actie" above our mail, with us in the copy: they pass it on. */
static bool for_colleague(struct arena *a, struct span typed, const struct reading *r)
{
	static const char *const words[] = {
		" graag ", " jij ", " je ", " jou ", " jullie ", " ter info", " fyi ", " svp ",
		" aub ", " zie onder", " zie hier", " pls ", " please ", " hierbij ", " hieronder",
		" deze ", NULL,
	};
	struct hay h;

	if ((r->asked && !r->task) || r->rule[SAYS_UNCLEAR] != NULL ||
	    r->rule[SAYS_UNSURE] != NULL ||
	    r->rule[SAYS_NOT_RECEIVED] != NULL || !may_stand(r, ANSWER_RECEIVED))
		return false;
	hay_init(&h, a, typed);
	return hay_any(&h, words) != NULL;
}

/* Behind a keyword in capitals with more on its line: what stands there, else an empty span. */
static struct span behind_keyword(struct span line, enum verdict_answer *word)
{
	line = span_trim(line);
	for (const struct answer_keyword *k = answer_keywords; k->word != NULL; k++) {
		size_t n = strlen(k->word), i = 0;

		if (span_len(line) <= n || ascii_lower(*line.p) != *k->word ||
		    (line.p[n] != ' ' && line.p[n] != ':') || !span_starts_nocase(line, k->word))
			continue;
		while (i < n && line.p[i] == ascii_upper(k->word[i]))
			i++;
		*word = k->answer;
		return (struct span){ i < n ? line.end : line.p + n + 1, line.end };
	}
	return (struct span){ line.end, line.end };
}

/*
 * "ONTVANGEN   wij hebben uw bericht ontvangen": a line of the list in our mail.  It counts where
 * it says of itself what its keyword says, and is the only one.
 */
static struct answer listed(struct reading *r, struct arena *a, struct span typed)
{
	enum verdict_answer word = ANSWER_NONE, other;
	struct span rest = typed, line = typed, said;

	span_line(&rest, &line);
	said = behind_keyword(line, &word);
	if (span_empty(span_trim(said)) || memchr(typed.p, '?', span_len(typed)) != NULL)
		return none;
	while (span_line(&rest, &line))
		if (!span_empty(behind_keyword(line, &other)))
			return (struct answer){ .answer = ANSWER_NONE, .rule = "a list" };
	answer_hear(r, a, (struct span){ said.p, typed.end });
	if (decide(r).answer != word)
		return none;
	return (struct answer){ .answer = word, .rule = "keyword" };
}

/* A name without a mark in front, as below the link in our mail: neither verbs nor pronouns. */
static bool only_name(struct arena *a, struct span typed, const struct reading *r)
{
	static const uint8_t speech[] = { W_WE, W_OUR, W_ME, W_YOU, W_IT, W_BE, W_HAVE, W_USE,
		                          W_NOT, W_STILL, W_FUTURE, W_WANT, W_LIKE, W_DOUBT,
		                          W_FIXED, W_CHANGED, W_REPAIR };
	struct clause c;
	struct hay h;

	for (int i = 0; i < SAYS_COUNT; i++)
		if (r->rule[i] != NULL)
			return false;
	if (r->question || span_len(typed) > SHORT_MAX)
		return false;
	hay_init(&h, a, typed);
	clause_init(&c, &h);
	for (size_t i = 0; i < ARRAY_SIZE(speech); i++)
		if (clause_has(&c, speech[i]))
			return false;
	return true;
}

static struct answer read_sentences(struct reading *r, struct arena *a, struct span typed,
				    const char *subject)
{
	struct answer said = listed(r, a, typed);

	if (*said.rule != '\0')
		return said;
	*r = (struct reading){ 0 };
	answer_hear(r, a, typed);
	said = decide(r);
	if (said.answer == ANSWER_NONE && short_receipt(a, typed))
		return (struct answer){ .answer = ANSWER_RECEIVED, .rule = "short" };
	if (said.answer == ANSWER_NONE && forwarded(subject) && for_colleague(a, typed, r))
		return (struct answer){ .answer = ANSWER_RECEIVED, .rule = "passed on" };
	if (said.answer == ANSWER_NONE && only_name(a, typed, r))
		return (struct answer){ .answer = subject_keyword(subject),
					.rule = "keyword in subject" };
	return subject_or_said(subject_keyword(subject), said, r);
}

/* Behind a keyword on the first line: what follows may take it back. */
static struct answer read_rest(struct reading *r, struct arena *a, enum verdict_answer word,
			       struct span rest)
{
	struct answer said;

	answer_hear(r, a, rest);
	said = decide(r);
	if ((r->rule[SAYS_UNCLEAR] != NULL && word != ANSWER_CALL_ME) ||
	    ((r->rule[SAYS_NOT_RESOLVED] != NULL || r->rule[SAYS_REST] != NULL) &&
	     word == ANSWER_RESOLVED) ||
	    !may_stand(r, word) ||
	    (r->rule[SAYS_IF] != NULL && word != ANSWER_RECEIVED && word != ANSWER_CALL_ME) ||
	    (said.answer != ANSWER_NONE && said.answer != ANSWER_RECEIVED && said.answer != word &&
	     word != ANSWER_RECEIVED))
		return none;
	if (word == ANSWER_RECEIVED && said.answer != ANSWER_NONE)
		return said;
	return (struct answer){ .answer = word, .rule = "keyword" };
}

static struct answer read_typed(struct reading *r, struct arena *a, struct span typed,
				const char *subject)
{
	struct span rest = typed, line = typed;
	enum verdict_answer word;

	if (see_subject(typed)) {
		word = subject_keyword(subject);
		return (struct answer){ .answer = word,
					.rule = word == ANSWER_NONE ? "" : "keyword in subject" };
	}
	span_line(&rest, &line);
	word = keyword(line);
	if (word == ANSWER_NONE)
		return read_sentences(r, a, typed, subject);
	return read_rest(r, a, word, rest);
}

static int exact_answers(const struct reading *r)
{
	return (r->rule[SAYS_RESOLVED] != NULL) + (r->rule[SAYS_NOT_OURS] != NULL) +
	       (r->rule[SAYS_UNSUBSCRIBE] != NULL) + (r->rule[SAYS_CALL_ME] != NULL);
}

/* Did the rules hear enough to leave it to a person, rather than nothing? */
static bool left_to_a_person(const struct reading *r)
{
	return exact_answers(r) > 1 || r->rule[SAYS_UNCLEAR] != NULL || r->rule[SAYS_IF] != NULL ||
	       r->rule[SAYS_CLIENT] != NULL;
}

/* What the rules missed, where the texts of the past leave little doubt. */
static struct answer learnt_answer(const struct learnt *l, const struct reading *r)
{
	double needed = LEARNT_LIKELY;

	if (left_to_a_person(r))
		needed = l->best == ANSWER_RECEIVED ? LEARNT_SURE : LEARNT_CERTAIN;
	if (l->likely[l->best] < needed || (l->best == ANSWER_RECEIVED && r->asked))
		return none;
	return (struct answer){ .answer = l->best, .rule = "learnt" };
}

/*
 * A claim that hardly anybody made in such words is none: what they mostly meant then, or a
 * person's business.
 */
static struct answer second_opinion(struct answer said, const struct reading *r,
				    const struct learnt *l)
{
	bool keyword = strcmp(said.rule, "keyword") == 0;

	if (said.answer == ANSWER_NONE)
		return learnt_answer(l, r);
	if (l->likely[said.answer] >= (keyword ? KEYWORD_ODD : CLAIM_ODD))
		return said;
	return keyword ? none : learnt_answer(l, r);
}

/* Claimed by the subject, or by how little was typed: there is nothing to weigh. */
static bool not_by_words(const struct answer *a)
{
	static const char *const rules[] = { "keyword in subject", "passed on", "short" };

	for (size_t i = 0; i < ARRAY_SIZE(rules); i++)
		if (a->answer != ANSWER_NONE && strcmp(a->rule, rules[i]) == 0)
			return true;
	return false;
}

struct answer answer_by_rules(struct arena *a, struct span typed, const char *subject,
			      struct reading *r)
{
	struct answer said;

	if (span_len(typed) > TYPED_MAX)
		typed.end = typed.p + TYPED_MAX;
	said = read_typed(r, a, typed, subject);
	if (r->rule[SAYS_HARM] != NULL)
		return (struct answer){ .rule = r->rule[SAYS_HARM], .remark = REMARK_HARM };
	said.remark = r->question ? REMARK_ASKS : REMARK_NONE;
	return said;
}

struct answer answer_read(struct arena *a, struct span typed, const char *subject)
{
	struct reading r = { 0 };
	struct answer said = answer_by_rules(a, typed, subject, &r), second;
	struct learnt l;

	if (said.remark == REMARK_HARM || see_subject(typed) || not_by_words(&said))
		return said;
	answer_learnt(&l, a, typed);
	second = second_opinion(said, &r, &l);
	second.remark = said.remark;
	return second;
}
