/*
 * incident: words of incidents and warnings, and the reference people read out.
 */
#include "base.h"
#include "incident.h"

const char *const incident_state_words[] = { "open", "closed", NULL };
const char *const warning_state_words[] = { "draft",        "approved", "queued",   "sent",
					    "acknowledged", "resolved", "not_ours", "unreachable",
					    "recalled",     NULL };

bool warning_settled(enum warning_state s)
{
	return s == WARNING_ACKNOWLEDGED || s == WARNING_RESOLVED || s == WARNING_NOT_OURS ||
	       s == WARNING_RECALLED;
}

bool warning_seeks_contact(enum warning_state s)
{
	return s == WARNING_QUEUED || s == WARNING_SENT;
}

bool warning_overdue(const struct warning *w, int64_t now)
{
	return warning_seeks_contact(w->state) && w->deadline_at < now;
}

char *warning_ref_format(char out[WARNING_REF_TEXT], uint64_t seed)
{
	static const char alphabet[] =
	    "23456789ABCDEFGHJKMNPQRSTVWXYZ"; /* 30 characters, none alike when read out */
	char c[8];
	unsigned sum = 0;

	for (int i = 0; i < 7; i++) {
		unsigned v = (unsigned)(seed % 30);

		seed /= 30;
		c[i] = alphabet[v];
		sum += v * (unsigned)(i + 2);
	}
	c[7] = alphabet[sum % 30];
	snprintf(out, WARNING_REF_TEXT, "SP-%.4s-%.4s", c, c + 4);
	return out;
}
