/*
 * delivery: words.
 */
#include "base.h"
#include "delivery.h"

const char *const mail_state_words[] = { "ready",     "in_flight", "accepted",  "deferred",
					 "refused",   "unknown",   "bounced",   "delayed",
					 "confirmed", "held",      "cancelled", "expired",
					 NULL };
const char *const outcome_words[] = { "accepted", "deferred",  "refused",
				      "unknown",  "not_tried", NULL };
