/*
 * flow_blame: whom a result blames.
 *
 * Input: replies of far sides (hostile, made printable before).
 */
#include "base.h"
#include "codes.h"
#include "flow_blame.h"
#include "phrases.h"
#include "reason.h"

/*
 * What a reply says, where it says it clearly; codes alone lie ("550 5.1.1 listed at ...").
 * by_words: they must say it by themselves.
 */
static enum verdict_reason reason_of(const struct attempt_result *r, const struct hay *words,
				     bool by_words)
{
	struct codes codes = { 0 };

	if (!by_words) {
		codes.reply = r->code;
		snprintf(codes.status, sizeof(codes.status), "%.11s", r->status);
	}
	return reason_find(words, &codes).reason;
}

/* Words that say it of the recipient's mailbox, whatever the code says. */
static bool is_about_mailbox(const struct attempt_result *r, const struct hay *words,
			     enum verdict_reason reason)
{
	return strcmp(r->stage, "rcpt") == 0 && reason_of(r, words, true) == reason &&
	       !reason_names_sender(words);
}

static enum queue_blame weigh_refusal(const struct attempt_result *r, const struct hay *words,
				      enum queue_blame blame)
{
	/* X.6 is used for spam too, but means a mail that cannot be converted */
	enum verdict_reason reason = reason_of(r, words, blame == BLAME_MAIL);

	switch (reason) {
	case REASON_POLICY:
	case REASON_CONTENT:
	case REASON_RATE:
		return BLAME_ROUTE;
	case REASON_USER:
	case REASON_FULL:
	case REASON_DISABLED:
		return is_about_mailbox(r, words, reason) ? BLAME_RECIPIENT : blame;
	default:
		return blame;
	}
}

/* Asked to come again, and not told a plainer reason: a greylist, whatever it calls itself. */
static bool is_greylist(const struct hay *words, const struct reason *why)
{
	if (hay_any(words, phrases_greylist) != NULL)
		return true;
	return hay_any(words, phrases_later) != NULL && why->weight < PHRASE_STRONG &&
	       why->reason != REASON_RATE && why->reason != REASON_SYSTEM;
}

static enum queue_blame weigh_deferral(const struct attempt_result *r, const struct hay *words,
				       enum queue_blame blame)
{
	const struct codes none = { 0 };
	struct reason why;

	if (r->code == 421 || r->code >= 500)
		return blame;
	why = reason_find(words, &none);
	if (is_greylist(words, &why))
		return BLAME_NOBODY;
	/* at RCPT most codes are a greylist's too, so that the words have to be plain */
	if (strcmp(r->stage, "rcpt") == 0 && blame == BLAME_NOBODY && why.weight >= PHRASE_PLAIN &&
	    (why.reason == REASON_POLICY || why.reason == REASON_RATE))
		return BLAME_ROUTE;
	return blame;
}

enum queue_blame flow_blame(const struct attempt_result *r)
{
	enum queue_blame blame = queue_blame(r);
	struct arena a = ARENA_INIT;
	struct hay words;

	/* a check of our own has no far side behind it */
	if ((r->outcome != OUTCOME_REFUSED && r->outcome != OUTCOME_DEFERRED) || queue_is_check(r))
		return blame;
	hay_init(&words, &a, span_str(r->text));
	blame = r->outcome == OUTCOME_REFUSED ? weigh_refusal(r, &words, blame) :
						weigh_deferral(r, &words, blame);
	arena_clear(&a);
	return blame;
}

enum validity_event flow_blame_event(const struct attempt_result *r)
{
	struct arena a = ARENA_INIT;
	enum verdict_reason reason;
	struct hay words;

	if (flow_blame(r) != BLAME_RECIPIENT)
		return VALIDITY_NOT_ITS_FAULT;
	hay_init(&words, &a, span_str(r->text));
	reason = reason_of(r, &words, false);
	arena_clear(&a);
	/* it counts for every company's contacts there: words are not enough */
	if (reason == REASON_DOMAIN && strcmp(r->status, "5.1.2") != 0)
		return VALIDITY_ADDRESS_BAD;
	return validity_of_failure(reason == REASON_USER || reason == REASON_DOMAIN ? VERDICT_HARD :
	                                                                              VERDICT_SOFT,
	                           VERDICT_PERMANENT, reason);
}
