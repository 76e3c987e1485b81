/*
 * reason: weighs phrases against codes.
 *
 * Invariant: text overrides a generic or wrong code; a specific code overrides only weak phrases.
 * Input: diagnostic of a hostile mail, normalised.
 */
#include "base.h"

#include "phrases.h"
#include "reason.h"
#include "reason_words.h"

enum { WORDS_WEIGHT = 15 };

/*
 * What an enhanced code says by itself; "" as class fits 4 and 5.  The first prefix that fits
 * counts.
 */
static const struct code_reason {
	const char *prefix; /* of the code without its class: ".1.1" */
	enum verdict_reason reason;
	int weight;
	const char *rule;
} code_reasons[] = {
	{ ".1.10", REASON_DOMAIN, 16, "code X.1.10" },
	{ ".1.0", REASON_USER, 6, "code X.1.0" },
	{ ".1.1", REASON_USER, 16, "code X.1.1" },
	{ ".1.2", REASON_DOMAIN, 16, "code X.1.2" },
	{ ".1.3", REASON_USER, 14, "code X.1.3" },
	{ ".1.4", REASON_USER, 8, "code X.1.4" },
	{ ".1.6", REASON_USER, 16, "code X.1.6" },
	{ ".1.7", REASON_POLICY, 16, "code X.1.7" },
	{ ".1.8", REASON_POLICY, 16, "code X.1.8" },
	{ ".1.9", REASON_NETWORK, 6, "code X.1.9" },
	{ ".2.0", REASON_OTHER, 2, "code X.2.0" },
	{ ".2.1", REASON_DISABLED, 15, "code X.2.1" },
	{ ".2.2", REASON_FULL, 16, "code X.2.2" },
	{ ".2.3", REASON_SIZE, 14, "code X.2.3" },
	{ ".2.4", REASON_SYSTEM, 8, "code X.2.4" },
	{ ".3.1", REASON_SYSTEM, 15, "code X.3.1" },
	{ ".3.4", REASON_SIZE, 16, "code X.3.4" },
	{ ".3.", REASON_SYSTEM, 9, "code X.3" },
	{ ".4.310", REASON_DOMAIN, 25, "code X.4.310" },
	{ ".4.5", REASON_RATE, 9, "code X.4.5" },
	{ ".4.6", REASON_NETWORK, 16, "code X.4.6" },
	{ ".4.7", REASON_NETWORK, 14, "code X.4.7" },
	{ ".4.", REASON_NETWORK, 9, "code X.4" },
	{ ".5.3", REASON_RATE, 12, "code X.5.3" },
	{ ".5.", REASON_SYSTEM, 4, "code X.5" },
	{ ".6.7", REASON_SYSTEM, 14, "code X.6.7" },
	{ ".6.", REASON_CONTENT, 12, "code X.6" },
	{ ".7.13", REASON_DISABLED, 15, "code X.7.13" },
	{ ".7.17", REASON_USER, 15, "code X.7.17" }, /* RFC 7293: the mailbox has another owner */
	{ ".7.18", REASON_DOMAIN, 15, "code X.7.18" },
	{ ".7.", REASON_POLICY, 14, "code X.7" },
};

static void take_heavier(struct reason *best, enum verdict_reason reason, int weight,
			 const char *rule)
{
	if (weight <= best->weight)
		return;
	best->reason = reason;
	best->weight = weight;
	best->rule = rule;
}

static void weigh_phrases(struct reason *best, const struct hay *h,
			  const struct reason_phrase *table)
{
	for (; table->text != NULL; table++)
		if (table->weight > best->weight && hay_has(h, table->text))
			take_heavier(best, table->reason, table->weight, table->text);
}

static bool code_matches(const char *code, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(code, prefix, n) == 0 && (prefix[n - 1] == '.' || !ascii_digit(code[n]));
}

static void weigh_status(struct reason *best, const char *status)
{
	if (status[0] == '\0' || status[0] == '2')
		return;
	/*
	 * unable to route: for good, the domain has no mail server; for now, its name server is
	 * silent
	 */
	if (strcmp(status, "5.4.4") == 0)
		take_heavier(best, REASON_DOMAIN, 12, "code 5.4.4");
	for (size_t i = 0; i < ARRAY_SIZE(code_reasons); i++)
		if (code_matches(status + 1, code_reasons[i].prefix)) {
			take_heavier(best, code_reasons[i].reason, code_reasons[i].weight,
				     code_reasons[i].rule);
			return;
		}
}

static void weigh_reply(struct reason *best, int reply)
{
	static const struct {
		int reply;
		enum verdict_reason reason;
		const char *rule;
	} replies[] = {
		{ 552, REASON_FULL, "reply 552" },    { 556, REASON_DOMAIN, "reply 556" },
		{ 421, REASON_NETWORK, "reply 421" }, { 452, REASON_FULL, "reply 452" },
		{ 530, REASON_POLICY, "reply 530" },  { 535, REASON_POLICY, "reply 535" },
		{ 521, REASON_DOMAIN, "reply 521" },  { 551, REASON_USER, "reply 551" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(replies); i++)
		if (replies[i].reply == reply)
			take_heavier(best, replies[i].reason, 3, replies[i].rule);
}

/* Below the phrases made for a system and the exact codes, above the loose ones. */
static void weigh_words(struct reason *best, const struct hay *h)
{
	enum verdict_reason reason;
	const char *rule;

	if (best->weight >= WORDS_WEIGHT)
		return;
	rule = reason_words(h, &reason);
	if (rule != NULL)
		take_heavier(best, reason, WORDS_WEIGHT, rule);
}

/* Exchange says it with 5.4.1 of an address that it does not have; with X.7 it is a policy. */
static bool is_ban(const struct reason *best, const char *status)
{
	return status[0] != '\0' && code_matches(status + 1, ".7.") &&
	       strcmp(best->rule, "recipient address rejected: access denied") == 0;
}

struct reason reason_find(const struct hay *h, const struct codes *codes)
{
	struct reason best = { REASON_NONE, "", 0 };

	weigh_phrases(&best, h, phrases_address);
	weigh_phrases(&best, h, phrases_policy);
	weigh_phrases(&best, h, phrases_refused);
	weigh_phrases(&best, h, phrases_transport);
	weigh_phrases(&best, h, phrases_providers);
	weigh_phrases(&best, h, phrases_reason_abroad);
	weigh_status(&best, codes->status);
	weigh_reply(&best, codes->reply);
	weigh_words(&best, h);
	if (is_ban(&best, codes->status))
		best.reason = REASON_POLICY;
	/* before RCPT TO whoever is unknown is we, not the recipient */
	if ((best.reason == REASON_USER || best.reason == REASON_DOMAIN) &&
	    hay_any(h, phrases_sender_stage) != NULL)
		best.reason = REASON_POLICY;
	return best;
}
