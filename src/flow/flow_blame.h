/*
 * flow_blame: whom the result of an attempt blames: the contact, the mail, the route, or nobody.
 */
#ifndef SEINPOST_FLOW_BLAME_H
#define SEINPOST_FLOW_BLAME_H

#include "delivery.h"
#include "queue.h"
#include "validity.h"

/*
 * Whom a result blames: by its codes (queue.h), and where these do not say "route", by its words:
 * policy, reputation, rate and content are never the contact's fault.
 */
enum queue_blame flow_blame(const struct attempt_result *r);

/* What a refusal inside the session says about the contact it was for. */
enum validity_event flow_blame_event(const struct attempt_result *r);

#endif
