/*
 * flow_waiting: mails that were not accepted yet, and whether they still should go out.
 *
 * Invariant: what makes a mail pointless is decided here alone, after each attempt, after a crash
 * and where people or mails change what it depends on.
 */
#include "base.h"
#include "flow_deliver.h"
#include "flow_waiting.h"
#include "store_inbox.h"
#include "store_mail.h"
#include "store_warning.h"

enum { AT_ONCE = 100 };

/* Why a mail need not go out any more. */
enum pointless { GO_ON, SETTLED, VITAL, INVALID, ASTRAY };

/* Whoever warns vital companies is told by telephone. */
static int hand_over_one(struct gateway *g, int64_t warning_id, struct err *e)
{
	struct warning_change c = { .warning_id = warning_id,
				    .from = WARNING_QUEUED,
				    .to = WARNING_DRAFT,
				    .reason = "vital",
				    .evidence = "",
				    .at = gateway_now(g) };
	int rc = store_warning_change_if(g->store, &c, e);

	if (rc >= 0)
		rc = store_warning_set_todo(g->store, warning_id, "", e);
	return rc < 0 ? rc : store_call_add_if_untold(g->store, warning_id, "vital", c.at, e);
}

int flow_hand_over(struct gateway *g, int64_t company_id, struct err *e)
{
	int64_t warning[AT_ONCE];
	int n, rc;

	do {
		rc = store_mail_cancel_company(g->store, company_id, gateway_now(g), warning,
					       AT_ONCE, &n, e);
		for (int i = 0; i < n && rc == 0; i++)
			rc = hand_over_one(g, warning[i], e);
	} while (rc == 0 && n == AT_ONCE);
	if (rc < 0)
		return rc;
	do {
		rc = store_warnings_todo_of(g->store, company_id, warning, AT_ONCE, &n, e);
		for (int i = 0; i < n && rc == 0; i++)
			rc = hand_over_one(g, warning[i], e);
	} while (rc == 0 && n == AT_ONCE);
	return rc;
}

int flow_call_if_overdue(struct gateway *g, int64_t warning_id, struct err *e)
{
	int64_t now = gateway_now(g);
	/* its deadline may have been passed over by another node */
	int rc = store_warning_is_overdue(g->store, warning_id, now + FLOW_CLOCK_SLACK, e);

	if (rc == 1)
		rc = store_call_add_overdue(g->store, warning_id, now, e);
	return rc < 0 ? rc : 0;
}

int flow_mail_failed(struct gateway *g, int64_t mail_id, struct err *e)
{
	struct mail_aim aim;
	int rc = store_mail_aim(g->store, &aim, mail_id, e);

	if (rc < 0 || !warning_seeks_contact(aim.warning))
		return rc;
	if ((rc = store_mail_passed_on(g->store, mail_id, e)) == 0)
		rc = store_warning_set_todo(g->store, aim.warning_id, "next_contact", e);
	return rc < 0 ? rc : 0;
}

int flow_turn_back(struct gateway *g, int64_t company_id, struct err *e)
{
	int64_t mail[AT_ONCE];
	int n, rc;

	do {
		rc = store_mail_cancel_astray(g->store, company_id, gateway_now(g), mail,
					      AT_ONCE, &n, e);
		for (int i = 0; i < n && rc == 0; i++)
			rc = flow_mail_failed(g, mail[i], e);
	} while (rc == 0 && n == AT_ONCE);
	return rc;
}

static enum pointless is_pointless(const struct mail_aim *aim)
{
	if (warning_settled(aim->warning))
		return SETTLED;
	if (aim->vital)
		return VITAL;
	if (aim->contact == CONTACT_INVALID)
		return INVALID;
	return aim->astray ? ASTRAY : GO_ON;
}

int flow_waiting_bounced(struct gateway *g, int64_t mail_id, struct err *e)
{
	int rc = store_inbox_bounced(g->store, mail_id, 0, e);

	if (rc != 1)
		return rc;
	rc = store_mail_set_state(g->store, mail_id, MAIL_BOUNCED, gateway_now(g), e);
	if (rc == 0)
		rc = flow_mail_failed(g, mail_id, e);
	return rc < 0 ? rc : 1;
}

/* The same of what showed that an attempt before arrived (ack.h).  1: the mail is confirmed. */
static int waiting_arrived(struct gateway *g, int64_t mail_id, int64_t warning_id, struct err *e)
{
	int rc = store_inbox_arrived(g->store, mail_id, e);

	if (rc == 1)
		rc = store_mail_arrived(g->store, mail_id, gateway_now(g), e);
	if (rc != 1)
		return rc;
	rc = flow_warning_sent(g, warning_id, "arrived", e);
	return rc < 0 ? rc : 1;
}

int flow_waiting_look(struct gateway *g, int64_t mail_id, struct err *e)
{
	enum pointless why;
	struct mail_aim aim;
	int rc = store_mail_aim(g->store, &aim, mail_id, e);

	if (rc == 0)
		rc = flow_waiting_bounced(g, mail_id, e);
	if (rc == 0)
		rc = waiting_arrived(g, mail_id, aim.warning_id, e);
	if (rc != 0 || (why = is_pointless(&aim)) == GO_ON)
		return rc < 0 ? rc : 0;
	rc = store_mail_cancel(g->store, mail_id, gateway_now(g), e);
	if (rc == 0 && why == VITAL)
		rc = hand_over_one(g, aim.warning_id, e);
	if (rc == 0 && (why == INVALID || why == ASTRAY))
		rc = flow_mail_failed(g, mail_id, e);
	return rc;
}

int flow_waiting_check(struct gateway *g, int64_t mail_id, struct err *e)
{
	static const char *const why[] = {
		[SETTLED] = "its warning is answered",
		[VITAL] = "its company is vital: another organisation warns it",
		[INVALID] = "its contact is invalid",
		[ASTRAY] = "its contact is no longer that of a partner, or the partner is vital",
	};
	struct mail_aim aim;
	int rc = store_mail_aim(g->store, &aim, mail_id, e);

	if (rc < 0 || is_pointless(&aim) == GO_ON)
		return rc;
	return err_set(e, ERR_CONFLICT, "not released, because %s", why[is_pointless(&aim)]);
}
