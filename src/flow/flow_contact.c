/*
 * flow_contact: what an event does to a contact, and to the mails that were on their way to it.
 *
 * Input: evidence is text of hostile mail or servers, printable and cut already.
 */
#include "base.h"
#include "flow_contact.h"
#include "flow_waiting.h"
#include "mailaddr.h"
#include "store_mail.h"
#include "store_register.h"

enum { LOST_AT_ONCE = 100, SAME_AT_ONCE = 100 };

/* Mails that wait for a dead address would only bounce again. */
int flow_contact_redirect(struct gateway *g, int64_t contact_id, struct err *e)
{
	int64_t mail[LOST_AT_ONCE];
	int n, rc;

	do {
		rc = store_mail_cancel_to(g->store, contact_id, gateway_now(g), mail,
					  LOST_AT_ONCE, &n, e);
		for (int i = 0; i < n && rc == 0; i++)
			rc = flow_mail_failed(g, mail[i], e);
	} while (rc == 0 && n == LOST_AT_ONCE);
	return rc;
}

static int apply_event(struct gateway *g, const struct contact *k, enum validity_event event,
                       const char *evidence, int64_t inbox_id, struct err *e)
{
	int64_t now = gateway_now(g);
	struct validity_change v = validity_apply(k, event, now);
	struct contact_change c = {
		.contact_id = k->id, .from = k->state, .to = v.state, .score = v.score,
		.reason = v.reason, .evidence = evidence, .inbox_id = inbox_id, .at = now,
	};
	int rc;

	if (!v.changed)
		return 0;
	rc = store_contact_change(g->store, &c, e);
	if (rc == 0 && v.state == CONTACT_INVALID)
		rc = flow_contact_redirect(g, k->id, e);
	return rc;
}

int flow_contact_event(struct gateway *g, int64_t contact_id, enum validity_event event,
                       const char *evidence, int64_t inbox_id, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct contact k;
	int rc = store_contact_get(g->store, &a, &k, contact_id, e);

	if (rc == 0)
		rc = apply_event(g, &k, event, evidence, inbox_id, e);
	arena_clear(&a);
	return rc;
}

int flow_contact_domain_bad(struct gateway *g, int64_t contact_id, const char *evidence,
                            int64_t inbox_id, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct contact k;
	int64_t *id = NULL;
	size_t n = 0;
	int rc = store_contact_get(g->store, &a, &k, contact_id, e);

	if (rc == 0)
		rc = store_contacts_at_domain(g->store, &a, &id, &n, mailaddr_domain(k.value), e);
	for (size_t i = 0; i < n && rc == 0; i++) {
		struct contact other;

		rc = store_contact_get(g->store, &a, &other, id[i], e);
		if (rc == 0 && (inbox_id == 0 || other.company_id == k.company_id))
			rc = apply_event(g, &other, VALIDITY_DOMAIN_BAD, evidence, inbox_id, e);
	}
	arena_clear(&a);
	return rc;
}

int flow_contact_unsubscribed(struct gateway *g, int64_t contact_id, const char *evidence,
                              int64_t inbox_id, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct contact k;
	int64_t id[SAME_AT_ONCE], after = 0;
	int n = SAME_AT_ONCE, rc = store_contact_get(g->store, &a, &k, contact_id, e);

	while (rc == 0 && n == SAME_AT_ONCE) {
		rc = store_contacts_at_address(g->store, k.value, after, id, SAME_AT_ONCE, &n, e);
		for (int i = 0; i < n && rc == 0; i++) {
			rc = flow_contact_event(g, id[i], VALIDITY_UNSUBSCRIBED, evidence,
			                        inbox_id, e);
			after = id[i];
		}
	}
	arena_clear(&a);
	return rc;
}
