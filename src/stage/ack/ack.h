/*
 * ack: what an inbound mail means for the mail it answers and for its warning.  Pure; policy only.
 *
 * Nothing changes without a valid token, and a delivery report counts only with the return path's:
 * the reply token can be read in every copy of the mail.  Only what a person wrote is an
 * acknowledgement; no robot's mail ever is. An answer never takes back a stronger one: resolved
 * stays resolved when "received" comes late.
 */
#ifndef SEINPOST_ACK_H
#define SEINPOST_ACK_H

#include "base.h"
#include "delivery.h"
#include "incident.h"
#include "verdict.h"

/* Which token the mail carried, if any. */
enum ack_token { ACK_NO_TOKEN, ACK_BOUNCE_TOKEN, ACK_REPLY_TOKEN };

struct ack_outcome {
	bool set_mail;
	enum mail_state mail;
	bool set_warning;
	enum warning_state warning;
	bool arrived;   /* a mail that nobody knew to have arrived did: it need not go out again */
	bool overtaken; /* more was told since: only what came before that is answered */
	bool failed; /* the mail did not arrive: look at the contact (validity.h) */
	bool next_contact; /* go to the next one; not while the mail is with a sender again */
	bool answered;      /* a person at this contact replied: proves the contact */
	bool unsubscribed;
	bool call;          /* put on the call list */
	const char *reason; /* constant word for the history, "" = nothing happened */
	const char *review; /* why a person should look, "" = need not */
};

/* The mail of ours that the token names, and its warning. */
struct ack_mail {
	const char *address; /* it went to */
	enum mail_state state;
	enum warning_state warning;
};

/* m is not looked at without a token. */
struct ack_outcome ack_judge(const struct verdict *v, enum ack_token token,
                             const struct ack_mail *m);
/*
 * The same answer to the same mail came before: nothing changes again.  A person looks only where
 * other words stand around it and it might have changed something, or asks for a call.
 */
void ack_repeated(struct ack_outcome *o, bool same_text);
/*
 * The mail it answers did not tell all: findings that are newer went to the company in another one,
 * or wait to be telephoned about.  Where it would have moved the warning, the warning stays and a
 * person looks.
 */
void ack_overtaken(struct ack_outcome *o);
/* Its signature is broken: somebody changed the mail, so that only a person may act on it. */
void ack_altered(struct ack_outcome *o);
/* What the mail is for the address we wrote to: of a report about several, what it says of ours. */
enum verdict_kind ack_kind(const struct verdict *v, const char *address);
/*
 * The failure that a bounce tells of the address we wrote to: the entry with that address, else the
 * only one, else the overall one.  An entry with another address, of somebody behind ours, says
 * that the mail failed and not that our address is bad: it is never hard.
 */
struct verdict_recipient ack_failure(const struct verdict *v, const char *address);
/* Does the report name the address, whatever it says of it? */
bool ack_names(const struct verdict *v, const char *address);

#endif
