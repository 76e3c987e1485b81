/*
 * flow_blame: whom a result blames.
 *
 * Input: replies of far sides (hostile, made printable before).
 */
#include "base.h"
#include "codes.h"
#include "flow_blame.h"
#include "reason.h"

/*
 * What the words of a reply say, where they say it clearly; codes alone lie ("550 5.1.1 listed at
 * ...").  by_words: they must say it by themselves.
 */
static enum verdict_reason reason_of(const struct attempt_result *r, bool by_words)
{
	struct arena a = ARENA_INIT;
	struct codes codes = { .reply = r->code };
	struct hay hay;
	struct reason found;

	if (!by_words)
		snprintf(codes.status, sizeof(codes.status), "%.11s", r->status);
	hay_init(&hay, &a, span_str(r->text));
	found = reason_find(&hay, &codes);
	arena_clear(&a);
	return found.reason;
}

enum queue_blame flow_blame(const struct attempt_result *r)
{
	enum queue_blame blame = queue_blame(r);

	/* a check of our own has no far side behind it */
	if (r->outcome != OUTCOME_REFUSED || blame == BLAME_ROUTE || queue_is_check(r))
		return blame;
	/* X.6 is used for spam too, but means a mail that cannot be converted */
	switch (reason_of(r, blame == BLAME_MAIL)) {
	case REASON_POLICY:
	case REASON_CONTENT:
	case REASON_RATE:
		return BLAME_ROUTE;
	default:
		return blame;
	}
}

enum validity_event flow_blame_event(const struct attempt_result *r)
{
	if (flow_blame(r) != BLAME_RECIPIENT)
		return VALIDITY_NOT_ITS_FAULT;
	if (strncmp(r->status, "5.2.", 4) == 0)
		return VALIDITY_SOFT;
	return strcmp(r->status, "5.1.2") == 0 ? VALIDITY_DOMAIN_BAD : VALIDITY_ADDRESS_BAD;
}
