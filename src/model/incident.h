/*
 * incident: an occasion to warn (aanleiding), and the warnings that come of it (one per company).
 */
#ifndef SEINPOST_INCIDENT_H
#define SEINPOST_INCIDENT_H

#include "base.h"
#include "finding.h"
#include "tlp.h"

enum incident_state { INCIDENT_OPEN, INCIDENT_CLOSED };
extern const char *const incident_state_words[];

struct incident {
	int64_t id;
	const char *slug;  /* its name on the command line; see ref_valid() */
	const char *title; /* UTF-8, one line */
	const char *advice; /* kind, or "auto": each finding's own */
	enum tlp tlp;
	enum severity severity;
	int deadline_days; /* until when the company is asked to act */
	enum incident_state state;
	int64_t opened_at, closed_at;
};

/*
 * draft: made, not yet to be sent.  sent: a mail server took responsibility.  overdue is no state:
 * it is a queued or sent warning past its deadline.
 */
enum warning_state {
	WARNING_DRAFT,
	WARNING_APPROVED,
	WARNING_QUEUED,
	WARNING_SENT,
	WARNING_ACKNOWLEDGED,
	WARNING_RESOLVED,
	WARNING_NOT_OURS,
	WARNING_UNREACHABLE,
	WARNING_RECALLED,
};
extern const char *const warning_state_words[];

/* Answered or recalled: no mail of it need go out any more. */
bool warning_settled(enum warning_state s);
/* Queued or sent and not answered: where a mail fails, the next contact is written to.  Not where
 * none is left, or a person said that it is no use. */
bool warning_seeks_contact(enum warning_state s);

struct warning {
	int64_t id, incident_id, company_id;
	const char *ref; /* what people read to each other: "SP-7K3F-Q2MD" */
	enum warning_state state;
	int64_t created_at, deadline_at;
};

/* Queued or sent, not answered, and past its deadline. */
bool warning_overdue(const struct warning *w, int64_t now);

enum { WARNING_REF_TEXT = 16 };
/* The reference of a warning id: eight letters and digits without 0 1 I L O U, the last one a check
 * character. */
char *warning_ref_format(char out[WARNING_REF_TEXT], uint64_t seed);

#endif
