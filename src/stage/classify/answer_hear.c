/*
 * answer_hear: sentences and clauses of a reply, and what each says.
 *
 * Invariant: a clause is read once; phrases that cannot stand in the text are ruled out for all of
 * its clauses at once.
 * Input: typed text of a hostile mail.
 */
#include "base.h"

#include "answer_clause.h"
#include "answer_grammar.h"
#include "answer_hear.h"
#include "answer_phrases.h"
#include "answer_sentence.h"
#include "hay.h"

enum { SENTENCES_MAX = 80, CLAUSES_MAX = 200, CANDIDATES_MAX = 400, PHRASE_MAX = 80 };

struct piece;

struct listener {
	struct reading *all;
	struct arena *a;
	bool thing;     /* this sentence or the one before names something to repair */
	bool named;     /* the one before does */
	bool condition; /* from here on the sentence says what would be */
	bool pending;   /* up to the next comma it says what will be */
	int clauses;
	/* the sentence as it was heard, for a clause that is all of it */
	const struct piece *sentence;
	const struct reading *said;
	/* the first conjunction with each letter (its low bits), NULL for none */
	const char *const *conjunction[32];
	/* the phrases whose letters occur in the text */
	int n_candidates;
	const struct answer_phrase *candidate[CANDIDATES_MAX];
};

/* A sentence or a clause, in the forms that are looked at. */
struct piece {
	struct span s;
	struct hay h;
	struct clause c;
};

static void piece_init(struct piece *p, struct listener *l, struct span s)
{
	p->s = s;
	hay_init(&p->h, l->a, s);
	clause_init(&p->c, &p->h);
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
	static const char *const but_request[] = { "maar kunt u", "maar kunnen jullie",
		                                   "maar wilt u", "but can you", "but could you",
		                                   NULL };
	const char *comma = NULL;

	for (const char *p = s.p; p < s.end; p++) {
		struct span behind = { p + 1, s.end };

		if (*p == ',' && (starts_with_any(behind, answer_question) ||
				  starts_with_any(behind, but_request)))
			comma = p;
	}
	if (comma == NULL || starts_with_any(s, answer_question))
		return (struct span){ s.p, s.p };
	return (struct span){ s.p, comma };
}

static void choose_candidates(struct listener *l, const struct hay *all,
			      const struct answer_phrase *p)
{
	for (; p->text != NULL && l->n_candidates < CANDIDATES_MAX; p++)
		if (hay_may_have(all, p->text))
			l->candidate[l->n_candidates++] = p;
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

static void hear(struct reading *r, const struct listener *l, const struct piece *p)
{
	for (int i = 0; i < l->n_candidates; i++) {
		const struct answer_phrase *phrase = l->candidate[i];

		if (r->rule[phrase->says] == NULL && says_phrase(&p->h, phrase->text))
			r->rule[phrase->says] = phrase->text;
	}
	clause_hear(r, &p->c);
	/* "de website van de buren is ook lek" */
	if (clause_has(&p->c, W_NEIGHBOUR) && hay_any(&p->h, answer_also) != NULL)
		r->rule[SAYS_NOT_OURS] = NULL;
	if (hay_any(&p->h, answer_suits) != NULL)
		r->rule[SAYS_IF] = NULL;
}

/*
 * Is the repair denied in its own clause?  "niet meer bereikbaar" and the like hold their own
 * negation.
 */
static bool negated(const struct hay *h, const char *phrase)
{
	if (strstr(phrase, "niet") != NULL || strstr(phrase, "no ") != NULL ||
	    strstr(phrase, "geen ") != NULL ||
	    strstr(phrase, "not ") != NULL)
		return false;
	return hay_any(h, answer_negation) != NULL && !hay_has(h, " niet meer ") &&
	       !hay_has(h, " nie meer ") && !hay_has(h, " no longer ") &&
	       !hay_has(h, " niet langer ") &&
	       !hay_has(h, "geen probleem");
}

/* "... en die is vervangen", "... and has been closed" */
static bool about_it(const struct piece *p)
{
	static const uint16_t it[] = { W_START, W_IT | NEAR, W_NONE };
	static const uint16_t is[] = { W_START, W_BE | NEAR, W_NONE };
	bool goes_on = strncmp(p->h.s, " en ", 4) == 0 || strncmp(p->h.s, " and ", 5) == 0;

	return clause_matches(&p->c, it) || (goes_on && clause_matches(&p->c, is));
}

/* "U moet het oplossen" is no promise. */
static bool ours_to_do(const struct piece *p)
{
	return clause_has(&p->c, W_WE) || !clause_has(&p->c, W_YOU);
}

static bool says_yet(const struct hay *h)
{
	return hay_has(h, "not yet") || hay_has(h, " yet ");
}

/* "is vanmiddag gepatcht" was done, "vanmiddag patchen wij" was not. */
static bool to_come(const struct piece *p)
{
	static const uint16_t done[][4] = {
		{ W_BE, W_FIXED | GAP, W_NONE },
		{ W_BE, W_CHANGED | GAP, W_NONE },
		{ W_HAVE, W_FIXED | GAP, W_NONE },
		{ W_HAVE, W_CHANGED | GAP, W_NONE },
		{ W_START, W_FIXED | NEAR, W_NONE },
		{ W_NOW, W_FIXED | NEAR, W_NONE },
	};

	/* "gaat nu via de VPN" */
	if (hay_any(&p->h, answer_future) != NULL && !hay_has(&p->h, " gaat nu ") &&
	    !hay_has(&p->h, " gaan nu "))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(done); i++)
		if (clause_matches(&p->c, done[i]))
			return false;
	return hay_any(&p->h, answer_sometime) != NULL;
}

/* A repair that is denied or still to come says only that they know of it. */
static void judge_repair(struct reading *r, const struct piece *p)
{
	const struct hay *h = &p->h;
	bool future = to_come(p);

	if (r->rule[SAYS_RESOLVED] != NULL) {
		if (r->rule[SAYS_NOT_RESOLVED] == NULL && !future &&
		    !negated(h, r->rule[SAYS_RESOLVED]))
			return;
		r->rule[SAYS_RESOLVED] = NULL;
		if ((future && !clause_denies(&p->c)) || hay_has(h, "nog niet") || says_yet(h))
			r->rule[SAYS_RECEIVED] = "repair to come";
		return;
	}
	if (hay_any(h, answer_repair) == NULL)
		return;
	if (says_yet(h) || (future && hay_any(h, answer_negation) == NULL && ours_to_do(p)))
		r->rule[SAYS_RECEIVED] = "repair to come";
}

static void take_back(struct reading *r)
{
	if (r->rule[SAYS_PLANNED] != NULL && r->rule[SAYS_RESOLVED] == NULL)
		r->rule[SAYS_RECEIVED] = r->rule[SAYS_PLANNED];
	if (r->rule[SAYS_NO_CALL] != NULL)
		r->rule[SAYS_CALL_ME] = NULL;
	if (r->rule[SAYS_NO_UNSUBSCRIBE] != NULL)
		r->rule[SAYS_UNSUBSCRIBE] = NULL;
	if (r->rule[SAYS_NOT_RECEIVED] != NULL || r->rule[SAYS_UNSUBSCRIBE] != NULL)
		r->rule[SAYS_RECEIVED] = NULL;
}

/* "Van wie het wel is weet ik niet": who else has it is no doubt about ourselves. */
static void take_back_who(struct reading *r, const struct clause *c)
{
	/* "of het opgelost is weten wij niet" */
	static const uint16_t whether[] = { W_START, W_WHETHER, W_IT | NEAR, W_NONE };

	if (clause_has(c, W_WHO))
		r->rule[SAYS_NOT_OURS] = r->rule[SAYS_UNSURE] = NULL;
	if (clause_matches(c, whether))
		r->rule[SAYS_RESOLVED] = r->rule[SAYS_RECEIVED] = r->rule[SAYS_UNSURE] = NULL;
}

/* What is said under a condition is not so; a call in it is a wish: "als u dan belt". */
static void take_back_condition(struct reading *r)
{
	static const enum answer_says so[] = { SAYS_RESOLVED, SAYS_CHANGED, SAYS_NOT_OURS,
		                                 SAYS_UNSUBSCRIBE, SAYS_RECEIVED,
		                                 SAYS_UNCLEAR };

	for (size_t i = 0; i < ARRAY_SIZE(so); i++)
		r->rule[so[i]] = NULL;
}

/* "Zodra het onderzoek klaar is en het lek is gedicht, hoort u van ons" */
static bool begins_pending(const struct clause *c)
{
	static const uint16_t when[] = { W_START, W_ONCE | NEAR, W_NONE };

	return clause_matches(c, when);
}

/* "Kunnen jullie dit vandaag aanpakken?" */
static bool asks_for_work(const struct clause *c)
{
	return (clause_has(c, W_WANT) || clause_has(c, W_LIKE)) &&
	       (clause_has(c, W_TAKE) || clause_has(c, W_REPAIR) || clause_has(c, W_STUDY) ||
		clause_has(c, W_SHUT));
}

static void hear_clause(struct listener *l, struct span s)
{
	struct reading r = { 0 };
	struct piece p;

	if (span_empty(span_trim(s)) || l->clauses++ > CLAUSES_MAX)
		return;
	if (l->sentence != NULL && s.p == l->sentence->s.p && s.end == l->sentence->s.end) {
		p = *l->sentence;
		r = *l->said;
	} else {
		piece_init(&p, l, s);
		hear(&r, l, &p);
	}
	if (hay_any(&p.h, answer_not_so) != NULL)
		return;
	l->pending = l->pending || begins_pending(&p.c);
	if (l->pending)
		r.rule[SAYS_NOT_RESOLVED] = "zodra";
	take_back_who(&r, &p.c);
	l->all->task = l->all->task || asks_for_work(&p.c);
	l->condition = l->condition || r.rule[SAYS_IF] != NULL;
	if (r.rule[SAYS_RESOLVED] == NULL && r.rule[SAYS_NOT_OURS] == NULL &&
	    (hay_any(&p.h, answer_thing) != NULL || clause_has(&p.c, W_THING) ||
	     (l->thing && about_it(&p))))
		r.rule[SAYS_RESOLVED] = r.rule[SAYS_CHANGED];
	judge_repair(&r, &p);
	take_back(&r);
	/* "stond nog open" in front of the repair */
	if (l->all->rule[SAYS_RESOLVED] == NULL && clause_was_open(&p.c))
		r.rule[SAYS_REST] = NULL;
	/* "u zoekt waarschijnlijk onze buren": doubt about what we want */
	if ((clause_has(&p.c, W_YOU) || clause_has(&p.c, W_YOUR)) && !clause_has(&p.c, W_WE) &&
	    !clause_has(&p.c, W_OUR))
		r.rule[SAYS_DOUBT] = NULL;
	/* "volgens mij heeft u de verkeerde" */
	if (clause_has(&p.c, W_MIXUP) || (clause_has(&p.c, W_YOU) && clause_has(&p.c, W_WRONG)))
		r.rule[SAYS_DOUBT] = r.rule[SAYS_UNSURE] = NULL;
	if (r.rule[SAYS_DOUBT] != NULL && !to_come(&p))
		r.rule[SAYS_RECEIVED] = NULL;
	if (r.rule[SAYS_CLIENT] != NULL && !clause_about_owner(&p.c, r.rule[SAYS_RECEIVED] != NULL))
		r.rule[SAYS_CLIENT] = NULL;
	if (l->condition)
		take_back_condition(&r);
	for (int i = 0; i < SAYS_COUNT; i++)
		if (l->all->rule[i] == NULL)
			l->all->rule[i] = r.rule[i];
}

/* One word in brackets, "niet (meer) van ons", belongs to its clause. */
static bool word_in_brackets(const char *p, struct span s)
{
	int step = *p == '(' ? 1 : -1;

	for (p += step; p > s.p && p < s.end && ascii_alpha(*p); p += step)
		;
	return p >= s.p && p < s.end && *p == (step > 0 ? ')' : '(');
}

static bool clause_end(const struct listener *l, const char *p, struct span s)
{
	if (*p == '(' || *p == ')')
		return !word_in_brackets(p, s);
	/* "sinds 06:30" */
	if (*p == ':' && p > s.p && ascii_digit(p[-1]) && s.end - p > 1 && ascii_digit(p[1]))
		return false;
	if (*p == ',' || *p == ':' || *p == ';')
		return true;
	if (*p == '/')
		return s.end - p > 1 && p[1] == ' ';
	if (*p != ' ' || s.end - p < 2 || l->conjunction[p[1] & 31] == NULL)
		return false;
	for (const char *const *w = l->conjunction[p[1] & 31];
	     *w != NULL && (*w)[1] == ascii_lower(p[1]); w++)
		if (span_starts_nocase((struct span){ p, s.end }, *w))
			return true;
	return false;
}

static void hear_statement(struct listener *l, struct span s)
{
	const char *start = s.p;

	for (const char *p = s.p; p < s.end; p++)
		if (clause_end(l, p, s)) {
			hear_clause(l, (struct span){ start, p });
			start = p + 1;
			l->pending = l->pending && *p == ' ';
		}
	hear_clause(l, (struct span){ start, s.end });
	l->pending = l->condition = false;
}

static void keep_harm(struct reading *all, const struct reading *r)
{
	if (all->rule[SAYS_HARM] == NULL)
		all->rule[SAYS_HARM] = r->rule[SAYS_HARM];
}

/* Of a question only a request counts: to be called, or to be left alone. */
static void hear_question(struct listener *l, const struct piece *p)
{
	struct span before = statement_before_question(p->s);
	struct reading r = { 0 }, *all = l->all;
	struct piece rest;

	if (!span_empty(before)) {
		hear_statement(l, before);
		piece_init(&rest, l, (struct span){ before.end + 1, p->s.end });
		p = &rest;
	} else {
		all->asked = all->asked || !clause_has(&p->c, W_JIJ);
	}
	hear(&r, l, p);
	all->question = all->question || !clause_has(&p->c, W_JIJ);
	all->task = all->task || asks_for_work(&p->c);
	keep_harm(all, &r);
	if (hay_any(&p->h, answer_disputes) != NULL && all->rule[SAYS_UNSURE] == NULL)
		all->rule[SAYS_UNSURE] = "hoe komt u daaraan";
	if (hay_any(&p->h, answer_rather) != NULL)
		r.rule[SAYS_NO_CALL] = NULL;
	if (r.rule[SAYS_NO_CALL] == NULL && all->rule[SAYS_CALL_ME] == NULL &&
	    (clause_has(&p->c, W_WANT) || clause_has(&p->c, W_LIKE) || clause_has(&p->c, W_DOUBT) ||
	     starts_with_any(p->s, answer_request)))
		all->rule[SAYS_CALL_ME] = r.rule[SAYS_CALL_ME];
	if (all->rule[SAYS_CONTACT] == NULL)
		all->rule[SAYS_CONTACT] = r.rule[SAYS_CONTACT];
	if (all->rule[SAYS_NUMBER] == NULL)
		all->rule[SAYS_NUMBER] = r.rule[SAYS_NUMBER];
	if (clause_has(&p->c, W_JIJ) && all->rule[SAYS_RECEIVED] == NULL)
		all->rule[SAYS_RECEIVED] = r.rule[SAYS_RECEIVED];
	if (starts_with_any(p->s, answer_request) && all->rule[SAYS_UNSUBSCRIBE] == NULL &&
	    r.rule[SAYS_NO_UNSUBSCRIBE] == NULL)
		all->rule[SAYS_UNSUBSCRIBE] = r.rule[SAYS_UNSUBSCRIBE];
}

/* "Het zou fijn zijn als u nog eens meet": a request in the form of a condition. */
static void hear_courtesy(struct listener *l, const struct piece *p)
{
	struct reading wish = { 0 };
	const char *start = p->s.p;
	struct hay h;

	for (const char *c = p->s.p; c <= p->s.end; c++)
		if (c == p->s.end || clause_end(l, c, p->s)) {
			struct span s = { start, c };

			hay_init(&h, l->a, s);
			if (hay_any(&h, answer_courtesy) == NULL)
				hear_clause(l, s);
			start = c + 1;
		}
	l->all->asked = true;
	hear(&wish, l, p);
	if (wish.rule[SAYS_NO_UNSUBSCRIBE] == NULL && l->all->rule[SAYS_UNSUBSCRIBE] == NULL)
		l->all->rule[SAYS_UNSUBSCRIBE] = wish.rule[SAYS_UNSUBSCRIBE];
	if (clause_has(&p->c, W_CALL) && !clause_has(&p->c, W_NOT))
		l->all->rule[SAYS_CALL_ME] = "als u belt";
}

/* "Als u nog vragen heeft, bel gerust": politeness, neither condition nor request. */
static struct span before_closing(struct listener *l, struct span s)
{
	const char *start = s.p;
	struct hay h;

	for (const char *p = s.p; p < s.end; p++)
		if (clause_end(l, p, s)) {
			hay_init(&h, l->a, (struct span){ start, p });
			if (hay_any(&h, answer_closing) != NULL)
				break;
			start = p + 1;
		}
	return (struct span){ s.p, start };
}

/* "Mocht u menen dat ...": of what the reader might do or want only a call counts. */
static void hear_offer(struct listener *l, const struct piece *p)
{
	struct reading r = { 0 };

	hear(&r, l, p);
	keep_harm(l->all, &r);
	if (l->all->rule[SAYS_CALL_ME] == NULL && r.rule[SAYS_NO_CALL] == NULL)
		l->all->rule[SAYS_CALL_ME] = r.rule[SAYS_CALL_ME];
	if (l->all->rule[SAYS_NUMBER] == NULL)
		l->all->rule[SAYS_NUMBER] = r.rule[SAYS_NUMBER];
}

static void hear_sentence(struct listener *l, struct span s, bool question)
{
	static const uint16_t begins_if[] = { W_START, W_IF, W_NONE };
	static const uint16_t if_you[] = { W_START, W_IF | NEAR, W_YOU, W_NONE };
	struct reading whole = { 0 };
	bool named;
	struct piece p;

	if (span_empty(span_trim(s)))
		return;
	piece_init(&p, l, s);
	if (hay_any(&p.h, answer_closing) != NULL) {
		s = before_closing(l, s);
		if (span_empty(span_trim(s)))
			return;
		piece_init(&p, l, s);
	}
	if (question) {
		hear_question(l, &p);
		return;
	}
	if (hay_any(&p.h, answer_courtesy) != NULL) {
		hear_courtesy(l, &p);
		return;
	}
	if (clause_matches(&p.c, if_you)) {
		hear_offer(l, &p);
		return;
	}
	/* doubt reaches over commas */
	hear(&whole, l, &p);
	keep_harm(l->all, &whole);
	if (starts_with_any(s, answer_supposed) && hay_has(&p.h, " dan "))
		whole.rule[SAYS_UNCLEAR] = "gaat het om A, dan B";
	if (l->all->rule[SAYS_UNCLEAR] == NULL && !clause_matches(&p.c, begins_if))
		l->all->rule[SAYS_UNCLEAR] = whole.rule[SAYS_UNCLEAR];
	named = hay_any(&p.h, answer_thing) != NULL || clause_has(&p.c, W_THING);
	l->thing = named || l->named;
	l->named = named;
	l->sentence = &p;
	l->said = &whole;
	hear_statement(l, s);
	l->sentence = NULL;
}

void answer_hear(struct reading *r, struct arena *a, struct span typed)
{
	struct listener l = { .all = r, .a = a };
	const char *start;
	struct hay whole;
	int n = 0;

	typed = without_mentions(a, typed);
	start = typed.p;

	for (const char *const *w = answer_conjunction; *w != NULL; w++)
		if (l.conjunction[(*w)[1] & 31] == NULL)
			l.conjunction[(*w)[1] & 31] = w;
	hay_init(&whole, a, typed);
	hay_add(&whole, a, clauses_apart(a, typed));
	choose_candidates(&l, &whole, answer_phrases);
	choose_candidates(&l, &whole, answer_work);
	choose_candidates(&l, &whole, answer_idioms);
	for (const char *p = typed.p; p < typed.end && n < SENTENCES_MAX; p++)
		if (sentence_end(p, typed)) {
			hear_sentence(&l, (struct span){ start, p }, *p == '?');
			start = p + 1;
			n++;
		}
	if (n < SENTENCES_MAX)
		hear_sentence(&l, (struct span){ start, typed.end }, false);
}
