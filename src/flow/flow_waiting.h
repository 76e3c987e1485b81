/*
 * flow_waiting: mails that were not accepted yet, and whether they still should go out.
 *
 * Everything here works inside the caller's transaction.
 */
#ifndef SEINPOST_FLOW_WAITING_H
#define SEINPOST_FLOW_WAITING_H

#include "gateway.h"

/* Seconds that the clocks of two nodes may differ. */
enum { FLOW_CLOCK_SLACK = 60 };

/*
 * The mail would go out again, or wait for a person.  What happened while it was with a sender may
 * have made it pointless: then it is cancelled, bounced, or confirmed.  Where the company is vital
 * by now its warning is handed over, where the contact is invalid or is that of a partner which is
 * none any more, or vital, the next one is written to.
 */
int flow_waiting_look(struct gateway *g, int64_t mail_id, struct err *e) NODISCARD;

/* May a person let it go?  ERR_CONFLICT says why it is pointless. */
int flow_waiting_check(struct gateway *g, int64_t mail_id, struct err *e) NODISCARD;
/*
 * A bounce that came while the mail was with a sender, of an attempt before or quicker than the
 * result, left the mail to the sender: now it counts.  The contact was judged when it came.  1: the
 * mail is bounced and the next contact is written to; 0, or an error.
 */
int flow_waiting_bounced(struct gateway *g, int64_t mail_id, struct err *e) NODISCARD;

/* The company became vital: its mails that wait are cancelled; those warnings and the ones that
 * wanted a next contact are for whoever warns vital companies. */
int flow_hand_over(struct gateway *g, int64_t company_id, struct err *e) NODISCARD;

/* Who is the company's partner changed, or whether it may be one: its mails, and those at its
 * contacts, that wait for a partner which is none any more, or vital, go to the next contact. */
int flow_turn_back(struct gateway *g, int64_t company_id, struct err *e) NODISCARD;

/*
 * The warning was queued or sent again.  flow_call_overdue() passed its deadline over when that was
 * done already: who should have answered by now, or been told, is telephoned.
 */
int flow_call_if_overdue(struct gateway *g, int64_t warning_id, struct err *e) NODISCARD;

/*
 * The mail will never arrive: the next contact is written to, where its warning still seeks one
 * (incident.h) and no later mail tells a next contact the same already.
 */
int flow_mail_failed(struct gateway *g, int64_t mail_id, struct err *e) NODISCARD;

#endif
