/*
 * flow_blame: whom the result of an attempt blames: the contact, the mail, the route, or nobody.
 */
#ifndef SEINPOST_FLOW_BLAME_H
#define SEINPOST_FLOW_BLAME_H

#include "delivery.h"
#include "queue.h"
#include "validity.h"

/*
 * Whom a result blames: by its codes (queue.h) and by its words, which count more.  Policy,
 * reputation, rate and content are never the contact's fault; a mailbox that is not there is never
 * the route's, whatever code a server has for it.  A greylist is nobody's.
 */
enum queue_blame flow_blame(const struct attempt_result *r);

/*
 * What a refusal inside the session says about the contact it was for: what the same words in a
 * bounce would say, but that all contacts at a domain are only judged by the code 5.1.2.
 */
enum validity_event flow_blame_event(const struct attempt_result *r);

#endif
