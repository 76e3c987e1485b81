/*
 * flow_hand: what a person decides.
 *
 * Invariant: state and history are written together or not at all.
 * Input: texts of a trusted user.
 */
#include "base.h"
#include "flow_contact.h"
#include "flow_hand.h"
#include "flow_waiting.h"
#include "store_inbox.h"
#include "store_mail.h"
#include "store_register.h"
#include "store_warning.h"
#include "word.h"

/* What somebody may have wanted who is refused. */
#define WRITE_AGAIN \
	"'seinpost warn' writes again to companies that could not be reached, where a contact" \
	" is new or was set right"

static int finish(struct gateway *g, int rc, struct err *e)
{
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	return rc;
}

/* An item that is not there is as good as done. */
static int close_call(struct gateway *g, int64_t warning_id, const char *reason, int64_t now,
		      struct err *e)
{
	struct err missing = ERR_INIT;
	int rc = store_call_done(g->store, warning_id, reason, now, &missing);

	if (rc == 0 || rc == ERR_NOTFOUND)
		return 0;
	*e = missing;
	return rc;
}

static int set_warning(struct gateway *g, const struct warning *w, enum warning_state state,
		       const char *reason, struct err *e)
{
	struct warning_change c = { .warning_id = w->id,
				    .from = w->state,
				    .to = state,
				    .reason = "by_hand",
				    .evidence = reason,
				    .at = gateway_now(g) };
	int64_t cancelled;
	int rc = store_warning_change(g->store, &c, e);

	if (rc == 0)
		rc = store_warning_set_todo(g->store, w->id, "", e);
	if (rc == 0 && state != WARNING_UNREACHABLE) {
		rc = store_mail_cancel_open(g->store, w->id, INT64_MAX, c.at, &cancelled, e);
		if (rc == 0)
			rc = close_call(g, w->id, reason, c.at, e);
	}
	return rc;
}

int flow_hand_warning(struct gateway *g, const char *ref, enum warning_state state,
		      const char *reason, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct warning w;
	int rc;

	if (state != WARNING_ACKNOWLEDGED && state != WARNING_RESOLVED &&
	    state != WARNING_NOT_OURS && state != WARNING_UNREACHABLE)
		return err_set(e, ERR_INPUT,
			       "'%s' is the gateway's own to set; " WRITE_AGAIN,
			       word_of(warning_state_words, (int)state));
	if ((rc = store_begin(g->store, e)) < 0)
		return rc;
	if ((rc = store_warning_by_ref(g->store, &a, &w, ref, e)) == 0)
		rc = set_warning(g, &w, state, reason, e);
	rc = finish(g, rc, e);
	arena_clear(&a);
	return rc;
}

int flow_hand_contact(struct gateway *g, int64_t contact_id, enum contact_state state,
		      const char *reason, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct contact k;
	int rc = store_begin(g->store, e);

	if (rc < 0)
		return rc;
	if ((rc = store_contact_get(g->store, &a, &k, contact_id, e)) == 0) {
		struct contact_change c = { .contact_id = k.id,
					    .from = k.state,
					    .to = state,
					    .score = state == CONTACT_DOUBTFUL ? k.score : 0,
					    .reason = "by_hand",
					    .evidence = reason,
					    .at = gateway_now(g) };

		rc = store_contact_change(g->store, &c, e);
		if (rc == 0 && state == CONTACT_INVALID)
			rc = flow_contact_redirect(g, k.id, e);
	}
	rc = finish(g, rc, e);
	arena_clear(&a);
	return rc;
}

static int act_on_mail(struct gateway *g, int64_t id, enum hand_action action, struct err *e)
{
	int64_t now = gateway_now(g);
	int rc;

	switch (action) {
	case HAND_HOLD:
		return store_mail_hold(g->store, id, now, e);
	case HAND_RELEASE:
		rc = store_mail_release(g->store, id, now, e);
		return rc < 0 ? rc : flow_waiting_check(g, id, e);
	case HAND_CANCEL:
		return store_mail_cancel(g->store, id, now, e);
	}
	return 0;
}

/*
 * Nobody is told any more of what a queued warning says once its last mail is cancelled: that must
 * not go unseen.
 */
static int hand_to_person(struct gateway *g, int64_t warning_id, struct err *e)
{
	struct warning_change c = { .warning_id = warning_id,
				    .from = WARNING_QUEUED,
				    .to = WARNING_UNREACHABLE,
				    .reason = "cancelled",
				    .evidence = "",
				    .at = gateway_now(g) };
	int rc = store_mail_open(g->store, warning_id, e);

	if (rc != 0)
		return rc < 0 ? rc : 0;
	if ((rc = store_warning_change_if(g->store, &c, e)) == 1)
		rc = store_call_add_if_untold(g->store, warning_id, "cancelled", c.at, e);
	return rc;
}

/*
 * What was given up as unreachable is tried again, so that an acceptance counts and nobody needs to
 * telephone.  Not where more was told since: that is in none of the older mails.
 */
static int queue_again(struct gateway *g, const struct mail_row *m, struct err *e)
{
	struct warning_change c = { .warning_id = m->warning_id,
				    .from = WARNING_UNREACHABLE,
				    .to = WARNING_QUEUED,
				    .reason = "released",
				    .evidence = "",
				    .at = gateway_now(g) };
	int64_t since;
	int rc = store_mail_overtaken(g->store, m->warning_id, m->created_at, &since, e);

	if (rc < 0 || since != 0)
		return rc;
	if ((rc = store_warning_change_if(g->store, &c, e)) != 1)
		return rc;
	rc = store_call_withdraw(g->store, m->warning_id, e);
	return rc < 0 ? rc : flow_call_if_overdue(g, m->warning_id, e);
}

static int refused_action(const struct mail_row *m, enum hand_action action, struct err *e)
{
	const char *state = word_of(mail_state_words, (int)m->state);

	if (action == HAND_RELEASE && (m->state == MAIL_REFUSED || m->state == MAIL_BOUNCED))
		return err_set(e, ERR_CONFLICT, "it is %s and does not go out again; " WRITE_AGAIN,
			       state);
	return err_wrap(e, "it is %s", state);
}

int flow_hand_mail(struct gateway *g, int64_t mail_id, enum hand_action action, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct mail_row m;
	int rc = store_begin(g->store, e);

	if (rc < 0)
		return rc;
	if ((rc = store_mail_get(g->store, &a, &m, mail_id, e)) == 0 &&
	    (rc = act_on_mail(g, mail_id, action, e)) == ERR_CONFLICT)
		rc = refused_action(&m, action, e);
	if (rc == 0 && action == HAND_CANCEL)
		rc = hand_to_person(g, m.warning_id, e);
	if (rc == 0 && action == HAND_RELEASE)
		rc = queue_again(g, &m, e);
	if (rc < 0)
		err_wrap(e, "mail %" PRId64, mail_id);
	rc = finish(g, rc, e);
	arena_clear(&a);
	return rc;
}

int flow_hand_read(struct gateway *g, int64_t inbox_id, struct err *e)
{
	int rc = store_begin(g->store, e);

	return rc < 0 ? rc : finish(g, store_inbox_done(g->store, inbox_id, e), e);
}

int flow_hand_called(struct gateway *g, const char *ref, const char *outcome, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct warning w;
	int rc = store_begin(g->store, e);

	if (rc < 0)
		return rc;
	if ((rc = store_warning_by_ref(g->store, &a, &w, ref, e)) == 0 &&
	    (rc = store_call_done(g->store, w.id, outcome, gateway_now(g), e)) == 0) {
		/* no change of state, but whoever looks at the warning should see that it was
		 * telephoned about */
		struct warning_change c = { .warning_id = w.id,
					    .from = w.state,
					    .to = w.state,
					    .reason = "telephoned",
					    .evidence = outcome,
					    .at = gateway_now(g) };

		rc = store_warning_change(g->store, &c, e);
	}
	rc = finish(g, rc, e);
	arena_clear(&a);
	return rc;
}

int flow_hand_key(struct gateway *g, int64_t contact_id, const char *fingerprint, struct err *e)
{
	struct arena a = ARENA_INIT;
	enum put_result what;
	struct contact k;
	int rc = store_begin(g->store, e);

	if (rc < 0)
		return rc;
	if ((rc = store_contact_get(g->store, &a, &k, contact_id, e)) == 0 &&
	    k.kind != CONTACT_MAIL)
		rc = err_set(e, ERR_INPUT,
			     "contact %" PRId64 " (%s) is a telephone number: it gets no mails that"
			     " could be encrypted", contact_id, k.value);
	if (rc == 0) {
		k.pgp = fingerprint;
		rc = store_contact_put(g->store, &k, 0, gateway_now(g), &what, e);
	}
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	arena_clear(&a);
	return rc;
}
