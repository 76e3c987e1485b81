/*
 * ack: what an inbound mail means for the mail it answers and for its warning.
 *
 * Input: verdicts on hostile mail; the token was checked by the caller.
 */
#include "base.h"
#include "ack.h"
#include "mailaddr.h"

struct verdict_recipient ack_failure(const struct verdict *v, const char *address)
{
	struct verdict_recipient r = v->n_recipients == 1 ? v->recipient[0] : v->overall;

	for (int i = 0; i < v->n_recipients; i++)
		if (mailaddr_same(v->recipient[i].address, address))
			return v->recipient[i];
	if (r.address[0] != '\0' && r.class == VERDICT_HARD) {
		r.class = VERDICT_SOFT;
		r.reason = REASON_OTHER;
	}
	return r;
}

bool ack_names(const struct verdict *v, const char *address)
{
	for (int i = 0; i < v->n_recipients; i++)
		if (mailaddr_same(v->recipient[i].address, address))
			return true;
	for (int i = 0; i < v->n_spared; i++)
		if (mailaddr_same(v->spared[i].address, address))
			return true;
	return false;
}

/*
 * What became of our mail: of several recipients ours may have fared better than the kind says.  A
 * list passes a mail on under our address, too: where any of it arrived, ours did.
 */
static enum verdict_action fate_of(const struct verdict *v, const char *address)
{
	enum verdict_action own = ACTION_NONE, any = ACTION_NONE;

	for (int i = 0; i < v->n_spared; i++) {
		enum verdict_action action = v->spared[i].action;

		if (action > any)
			any = action;
		if (action > own && mailaddr_same(v->spared[i].address, address))
			own = action;
	}
	if (own != ACTION_NONE)
		return own;
	if (v->kind == VERDICT_BOUNCE)
		return ACTION_FAILED;
	if (v->kind == VERDICT_DELAYED)
		return ACTION_DELAYED;
	return any != ACTION_NONE ? any : ACTION_DELIVERED;
}

enum verdict_kind ack_kind(const struct verdict *v, const char *address)
{
	if (v->kind != VERDICT_BOUNCE && v->kind != VERDICT_DELAYED && v->kind != VERDICT_SUCCESS)
		return v->kind;
	switch (fate_of(v, address)) {
	case ACTION_FAILED:
		return VERDICT_BOUNCE;
	case ACTION_DELAYED:
		return VERDICT_DELAYED;
	default:
		return VERDICT_SUCCESS;
	}
}

/* How much an answer says; a later one must say more, or the same again. */
static int weight(enum warning_state s)
{
	switch (s) {
	case WARNING_ACKNOWLEDGED: return 1;
	case WARNING_NOT_OURS:
	case WARNING_RESOLVED: return 2;
	case WARNING_RECALLED: return 3;
	default: return 0;
	}
}

static void move_warning(struct ack_outcome *o, enum warning_state now, enum warning_state to)
{
	if (weight(to) > weight(now) || (weight(to) == weight(now) && to != now)) {
		o->set_warning = true;
		o->warning = to;
	}
}

static void judge_bounce(struct ack_outcome *o, enum mail_state mail, enum warning_state warning)
{
	if (mail == MAIL_BOUNCED || mail == MAIL_CONFIRMED) {
		o->review = mail == MAIL_CONFIRMED ? "bounce after a confirmed delivery" : "";
		return;
	}
	o->failed = true;
	o->reason = "bounced";
	/* it is with a sender again; its result finds the bounce */
	if (mail == MAIL_IN_FLIGHT)
		return;
	o->set_mail = true;
	o->mail = MAIL_BOUNCED;
	o->next_contact = warning_seeks_contact(warning);
}

/* What a person must see though the answer is clear.  A call will be made anyway. */
static void judge_remark(struct ack_outcome *o, const struct verdict *v)
{
	if (v->remark == REMARK_HARM)
		o->review = "tells of harm done: read it at once";
	else if (*o->review != '\0' || v->answer == ANSWER_CALL_ME)
		return;
	else if (v->remark == REMARK_ASKS)
		o->review = "asks something, too";
	else if (*v->proposed != '\0')
		o->review = "names another contact";
}

static void judge_reply(struct ack_outcome *o, const struct verdict *v, enum warning_state warning)
{
	o->answered = true;
	switch (v->answer) {
	case ANSWER_RECEIVED:
		move_warning(o, warning, WARNING_ACKNOWLEDGED);
		o->reason = "answer: received";
		break;
	case ANSWER_RESOLVED:
		move_warning(o, warning, WARNING_RESOLVED);
		o->reason = "answer: resolved";
		break;
	case ANSWER_NOT_OURS:
		move_warning(o, warning, WARNING_NOT_OURS);
		o->reason = "answer: not ours";
		o->review = "says that the system is not theirs: check the register";
		break;
	case ANSWER_UNSUBSCRIBE:
		o->unsubscribed = true;
		o->reason = "answer: unsubscribe";
		o->review = "asks not to be written to";
		break;
	case ANSWER_CALL_ME:
		move_warning(o, warning, WARNING_ACKNOWLEDGED);
		o->call = true;
		o->reason = "answer: call me";
		break;
	case ANSWER_NONE:
		o->review = "reply without a clear answer";
		break;
	}
}

/* The reply token stands in the mail for all to see who get a copy; only the return path's proves a
 * report. */
static bool proves_report(struct ack_outcome *o, const struct verdict *v, enum ack_token token)
{
	if (token == ACK_BOUNCE_TOKEN)
		return true;
	if (v->kind == VERDICT_BOUNCE)
		o->review = "bounce that did not come to the return path";
	return false;
}

static void judge_delivered(struct ack_outcome *o, enum mail_state mail)
{
	if (mail != MAIL_ACCEPTED && mail != MAIL_DELAYED) {
		o->arrived = true;
		return;
	}
	o->set_mail = true;
	o->mail = MAIL_CONFIRMED;
	o->reason = "delivery confirmed";
}

static void judge_report(struct ack_outcome *o, enum verdict_action fate, enum mail_state mail,
                         enum warning_state warning)
{
	if (fate == ACTION_FAILED)
		judge_bounce(o, mail, warning);
	else if (fate == ACTION_DELIVERED)
		judge_delivered(o, mail);
	else if (fate == ACTION_DELAYED && mail == MAIL_ACCEPTED) {
		o->set_mail = true;
		o->mail = MAIL_DELAYED;
		o->reason = "delayed";
	}
}

static void judge_with_token(struct ack_outcome *o, const struct verdict *v, enum ack_token token,
                             const struct ack_mail *m)
{
	switch (v->kind) {
	case VERDICT_BOUNCE:
	case VERDICT_DELAYED:
	case VERDICT_SUCCESS:
		if (proves_report(o, v, token))
			judge_report(o, fate_of(v, m->address), m->state, m->warning);
		break;
	case VERDICT_REPLY:
		/* both tokens are in nothing but the mail itself */
		o->arrived = true;
		/* a person's mail to the bounce address did not come from our "reply" link: a
		 * person judges it */
		if (token == ACK_REPLY_TOKEN)
			judge_reply(o, v, m->warning);
		else
			o->review = "reply to the bounce address";
		judge_remark(o, v);
		break;
	case VERDICT_AUTOREPLY:
		o->arrived = true;
		o->review = *v->proposed != '\0' ? "names another contact" : "";
		break;
	case VERDICT_FEEDBACK:
		o->review = "complaint";
		break;
	case VERDICT_OTHER:
		o->arrived = v->receipt;
		if (!v->receipt)
			o->review = v->unparsable ? "could not be read" : "not understood";
		break;
	}
}

struct ack_outcome ack_judge(const struct verdict *v, enum ack_token token,
                             const struct ack_mail *m)
{
	struct ack_outcome o = { .reason = "", .review = "" };

	if (token != ACK_NO_TOKEN)
		judge_with_token(&o, v, token, m);
	else if (v->kind != VERDICT_AUTOREPLY && v->kind != VERDICT_SUCCESS &&
		 v->kind != VERDICT_DELAYED && !v->receipt)
		o.review = v->unparsable ? "could not be read" : "cannot be tied to a mail of ours";
	return o;
}

void ack_repeated(struct ack_outcome *o, bool same_text)
{
	const char *review = o->review;

	if (same_text)
		review = "";
	else if (o->call)
		review = "asks again for a telephone call";
	else if (*review == '\0' && o->set_warning)
		review = "the same answer as before; nothing changed";
	*o = (struct ack_outcome){ .reason = "", .review = review };
}

void ack_overtaken(struct ack_outcome *o)
{
	if (!o->set_warning)
		return;
	o->set_warning = false;
	o->overtaken = true;
	o->review = "answers an earlier mail; its newer findings stay open";
}

void ack_altered(struct ack_outcome *o)
{
	*o = (struct ack_outcome){ .reason = "", .review = "its signature is broken" };
}
