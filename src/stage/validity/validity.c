/*
 * validity: what an answer or a silence says about a contact.
 *
 * Invariant: no reason but user or domain, and the contact's own wish, makes it invalid in one
 * step.
 */
#include "base.h"
#include "validity.h"

enum validity_event validity_of_failure(enum verdict_class class, enum verdict_perm perm,
					enum verdict_reason reason)
{
	if (class == VERDICT_HARD)
		return reason == REASON_DOMAIN ? VALIDITY_DOMAIN_BAD : VALIDITY_ADDRESS_BAD;
	switch (reason) {
	case REASON_FULL:
	case REASON_DISABLED:
		return VALIDITY_SOFT;
	case REASON_NETWORK:
	case REASON_SYSTEM:
	case REASON_OTHER:
	case REASON_NONE:
		/* a failure that was final although nothing is known to be wrong with the address:
		 * a little doubt */
		return perm == VERDICT_PERMANENT ? VALIDITY_SOFT : VALIDITY_NOT_ITS_FAULT;
	default:
		return VALIDITY_NOT_ITS_FAULT;
	}
}

static int faded(const struct contact *k, int64_t now)
{
	int64_t periods =
	    now > k->score_at ? (now - k->score_at) / ((int64_t)SOFT_FADE_DAYS * 86400) : 0;

	return periods >= k->score ? 0 : k->score - (int)periods;
}

static struct validity_change soft_failure(const struct contact *k, int64_t now)
{
	struct validity_change c = { .state = CONTACT_DOUBTFUL,
				     .score = faded(k, now) + 1,
				     .reason = "soft failure" };

	if (c.score > SOFT_LIMIT) {
		c.state = CONTACT_INVALID;
		c.reason = "too many soft failures";
	}
	return c;
}

struct validity_change validity_apply(const struct contact *k, enum validity_event event,
				      int64_t now)
{
	struct validity_change c = { .state = k->state, .score = k->score, .reason = "" };

	switch (event) {
	case VALIDITY_ADDRESS_BAD:
		c = (struct validity_change){ .state = CONTACT_INVALID,
					      .score = k->score,
					      .reason = "mailbox unknown" };
		break;
	case VALIDITY_DOMAIN_BAD:
		c = (struct validity_change){ .state = CONTACT_INVALID,
					      .score = k->score,
					      .reason = "domain unknown" };
		break;
	case VALIDITY_UNSUBSCRIBED:
		c = (struct validity_change){ .state = CONTACT_INVALID,
					      .score = k->score,
					      .reason = "unsubscribed" };
		break;
	case VALIDITY_SOFT:
		if (k->state != CONTACT_INVALID)
			c = soft_failure(k, now);
		break;
	case VALIDITY_ANSWERED:
		c = (struct validity_change){ .state = CONTACT_PROVEN, .reason = "replied" };
		break;
	case VALIDITY_SILENT:
		if (k->state == CONTACT_UNPROVEN || k->state == CONTACT_DOUBTFUL)
			c = (struct validity_change){ .state = CONTACT_PROVEN,
						      .reason = "accepted, no bounce since" };
		break;
	case VALIDITY_NOT_ITS_FAULT:
		break;
	}
	/* a wish is kept of an address that was dead already, too: it may come back to life */
	c.changed = c.state != k->state || c.score != k->score || event == VALIDITY_UNSUBSCRIBED;
	return c;
}

int ladder_next(const struct ladder_contact *list, size_t n)
{
	int doubtful = -1;

	for (size_t i = 0; i < n; i++) {
		const struct contact *k = list[i].contact;

		if (k->kind != CONTACT_MAIL || list[i].tried || k->state == CONTACT_INVALID)
			continue;
		if (k->state != CONTACT_DOUBTFUL)
			return (int)i;
		if (doubtful < 0)
			doubtful = (int)i;
	}
	return doubtful;
}
