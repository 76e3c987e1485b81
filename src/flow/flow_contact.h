/*
 * flow_contact: what an event does to a contact, and to the mails that were on their way to it.
 */
#ifndef SEINPOST_FLOW_CONTACT_H
#define SEINPOST_FLOW_CONTACT_H

#include "gateway.h"
#include "validity.h"

/*
 * Applies the event (validity.h) and writes it with its evidence, inside the caller's transaction.
 * A contact that becomes invalid gets no more mail: what still waits for it is cancelled and those
 * warnings go to the next contact, where they seek one (incident.h).  inbox_id: the mail that told
 * it, 0 = none.
 */
int flow_contact_event(struct gateway *g, int64_t contact_id, enum validity_event event,
                       const char *evidence, int64_t inbox_id, struct err *e) NODISCARD;
/*
 * The same for all mail contacts at the contact's domain (VALIDITY_DOMAIN_BAD).  Where a mail told
 * it (inbox_id not 0) only those of the same company: whoever got a mail of ours can make such a
 * bounce of it, and what one company received must not switch off the warnings of another that has
 * its mail at the same provider.
 */
int flow_contact_domain_bad(struct gateway *g, int64_t contact_id, const char *evidence,
                            int64_t inbox_id, struct err *e) NODISCARD;

/*
 * Who is asked for by several companies asks for all of them not to be written to: every contact
 * with the contact's address becomes invalid.
 */
int flow_contact_unsubscribed(struct gateway *g, int64_t contact_id, const char *evidence,
                              int64_t inbox_id, struct err *e) NODISCARD;

/*
 * The contact is not written to any more: what waits for it is cancelled, and those warnings go to
 * the next one, where they seek one.  Inside the caller's transaction.
 */
int flow_contact_redirect(struct gateway *g, int64_t contact_id, struct err *e) NODISCARD;

#endif
