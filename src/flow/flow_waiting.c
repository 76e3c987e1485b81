/*
 * flow_waiting: mails that were not accepted yet, and whether they still should go out.
 *
 * Invariant: what makes a mail pointless is decided here alone, after each attempt, after a crash
 * and where people or mails change what it depends on.
 */
#include "base.h"
#include "flow_waiting.h"
#include "store_mail.h"
#include "store_warning.h"

int flow_waiting_look(struct gateway *g, int64_t mail_id, struct err *e)
{
	struct mail_aim aim;
	int rc = store_mail_aim(g->store, &aim, mail_id, e);

	if (rc < 0 || !warning_settled(aim.warning))
		return rc;
	return store_mail_cancel(g->store, mail_id, gateway_now(g), e);
}

int flow_warning_failed(struct gateway *g, int64_t warning_id, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct warning w;
	int rc = store_warning_get(g->store, &a, &w, warning_id, e);

	if (rc == 0 && warning_seeks_contact(w.state))
		rc = store_warning_set_todo(g->store, warning_id, "next_contact", e);
	arena_clear(&a);
	return rc;
}
