/*
 * flow_hand: what a person decides: about a warning, a contact, a mail, a telephone call.
 *
 * Each is one transaction and leaves its reason in the history; reason and outcome are texts of the
 * person who decides.
 */
#ifndef SEINPOST_FLOW_HAND_H
#define SEINPOST_FLOW_HAND_H

#include "gateway.h"
#include "incident.h"
#include "register.h"

/*
 * acknowledged, resolved, not_ours: as if the company had answered: mails that wait are cancelled,
 * no further contact is tried and nobody needs to telephone.  unreachable: no further contact is
 * tried.  Other states are ERR_INPUT: they are the gateway's own.  ERR_NOTFOUND: no such warning.
 */
int flow_hand_warning(struct gateway *g, const char *ref, enum warning_state state,
		      const char *reason, struct err *e) NODISCARD;
/*
 * Any state; the score of soft failures begins anew unless it is doubtful.  Mails that wait for one
 * that becomes invalid are cancelled, and those warnings go to the next contact.
 */
int flow_hand_contact(struct gateway *g, int64_t contact_id, enum contact_state state,
		      const char *reason, struct err *e) NODISCARD;

/* Mails to this contact are encrypted to the key with this fingerprint ("" : to none).
 * ERR_NOTFOUND; ERR_INPUT: a telephone number. */
int flow_hand_key(struct gateway *g, int64_t contact_id, const char *fingerprint,
		  struct err *e) NODISCARD;

enum hand_action { HAND_HOLD, HAND_RELEASE, HAND_CANCEL };
/*
 * ERR_NOTFOUND; ERR_CONFLICT where the mail's state does not allow it, or its release is pointless
 * (answered, vital company, invalid contact).  Release makes it due now, and a warning that was
 * unreachable queued again, unless more findings were told since.  Where the last mail of a queued
 * warning is cancelled its company goes to the call list, reason "cancelled".
 */
int flow_hand_mail(struct gateway *g, int64_t mail_id, enum hand_action action,
		   struct err *e) NODISCARD;

/* Somebody read this inbound mail; it waits no longer.  ERR_NOTFOUND. */
int flow_hand_read(struct gateway *g, int64_t inbox_id, struct err *e) NODISCARD;

/* The call was made; outcome also goes into the warning's history.  ERR_NOTFOUND: not on the call
 * list. */
int flow_hand_called(struct gateway *g, const char *ref, const char *outcome,
		     struct err *e) NODISCARD;

#endif
