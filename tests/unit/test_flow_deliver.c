/*
 * test_flow_deliver: what attempts do to mails, contacts and warnings, with a clock of the test's
 * own.
 */
#include "test.h"

#include "flow_deliver.h"
#include "flow_hand.h"
#include "flow_register.h"
#include "flow_warn.h"
#include "store_case.h"
#include "store_mail.h"
#include "store_register.h"
#include "store_warning.h"

struct scene {
	struct store_case *c;
	int64_t now;
	struct conf conf;
	struct clock clock;
	struct rng rng;
	struct gateway g;
	int64_t company, contact, incident, warning, mail;
	struct claimed claimed;
};

static int64_t scene_now(void *arg)
{
	return ((struct scene *)arg)->now;
}

/* The middle: schedules are met exactly. */
static void scene_random(void *arg, void *out, size_t n)
{
	static const uint8_t middle[] = { 0, 0, 0, 0x80 };

	UNUSED(arg);
	for (size_t i = 0; i < n; i++)
		((uint8_t *)out)[i] = middle[i % sizeof(middle)];
}

static void open_scene(struct scene *s, struct store_case *c, enum severity severity)
{
	struct delivery d = { .env_from = "bounces@gateway.example",
			      .env_to = "info@bakker.example",
			      .message_id = "<1@gateway.example>",
			      .envid = "e1",
			      .bytes = "x",
			      .len = 1 };

	*s = (struct scene){ .c = c, .now = CASE_NOW };
	s->conf.gateway.node = 1;
	s->conf.deliver = (struct conf_deliver){ .in_flight = 64, .lease = 900 };
	s->clock = (struct clock){ scene_now, s };
	s->rng = (struct rng){ scene_random, NULL };
	s->g = (struct gateway){
		.conf = &s->conf, .store = c->store, .clock = &s->clock, .rng = &s->rng
	};
	case_begin(c);
	s->company = case_company(c, "bakker", COMPANY_PARTICIPANT);
	s->contact = case_contact(c, s->company, CONTACT_MAIL, "info@bakker.example", 1);
	s->incident = case_incident(c, "rdp", severity);
	s->warning = case_warning(c, s->incident, s->company, "SP-2222-2222");
	MUST(c, store_new_id(c->store, &d.id, &c->e));
	s->mail = d.id;
	d.warning_id = s->warning;
	d.contact_id = s->contact;
	d.priority = (int)severity;
	d.next_try = s->now;
	d.give_up_at = s->now + queue_schedule_for(severity)->give_up;
	MUST(c, store_mail_add(c->store, &d, s->now, &c->e));
	case_commit(c);
}

/* 1: the mail was due and is claimed. */
static size_t claim(struct scene *s)
{
	struct delivery *d;
	size_t n;

	case_begin(s->c);
	MUST(s->c, flow_claim(&s->g, &s->c->arena, "smarthost", 10, false, &d, &n, &s->c->e));
	case_commit(s->c);
	if (n == 1)
		s->claimed = flow_claimed(d);
	return n;
}

static void tell(struct scene *s, const struct claimed *k, const struct attempt_result *r)
{
	struct attempt_result copy = *r;

	copy.delivery_id = k->id;
	case_begin(s->c);
	MUST(s->c, flow_result(&s->g, k, &copy, &s->c->e));
	case_commit(s->c);
}

static int64_t recover(struct scene *s)
{
	int64_t n = 0;

	MUST(s->c, flow_recover_own(&s->g, &n, &s->c->e));
	return n;
}

static struct mail_row mail_of(struct scene *s)
{
	struct mail_row m;

	MUST(s->c, store_mail_get(s->c->store, &s->c->arena, &m, s->mail, &s->c->e));
	return m;
}

static enum warning_state warning_of(struct scene *s)
{
	struct warning w;

	MUST(s->c, store_warning_get(s->c->store, &s->c->arena, &w, s->warning, &s->c->e));
	return w.state;
}

static enum contact_state contact_of(struct scene *s)
{
	struct contact k;

	MUST(s->c, store_contact_get(s->c->store, &s->c->arena, &k, s->contact, &s->c->e));
	return k.state;
}

static bool next_contact_wanted(struct scene *s)
{
	int64_t id;
	int n;

	MUST(s->c, store_warnings_todo(s->c->store, 0, &id, 1, &n, &s->c->e));
	return n == 1;
}

static const struct attempt_result accepted = { .outcome = OUTCOME_ACCEPTED,
						.code = 250,
						.stage = "dot" };
static const struct attempt_result later = { .outcome = OUTCOME_DEFERRED,
					     .code = 451,
					     .status = "4.3.0",
					     .stage = "rcpt",
					     .text = "later" };

/* ---- what an answer means */

static const struct answer_row {
	const char *name;
	struct attempt_result result;
	enum mail_state mail;
	bool invalid, next_contact;
	int64_t wait; /* where it is deferred */
	int attempts;
} answer_rows[] = {
	{ "accepted",
	  { .outcome = OUTCOME_ACCEPTED, .code = 250, .stage = "dot" },
	  MAIL_ACCEPTED,
	  false,
	  false,
	  0,
	  1 },
	{ "no such user",
	  { .outcome = OUTCOME_REFUSED,
	    .code = 550,
	    .status = "5.1.1",
	    .stage = "rcpt",
	    .text = "550 5.1.1 User unknown" },
	  MAIL_REFUSED,
	  true,
	  true,
	  0,
	  1 },
	{ "policy says nothing about the contact",
	  { .outcome = OUTCOME_REFUSED,
	    .code = 554,
	    .status = "5.7.1",
	    .stage = "rcpt",
	    .text = "554 5.7.1 denied" },
	  MAIL_DEFERRED,
	  false,
	  false,
	  360,
	  1 },
	{ "a block list behind the code of an unknown user",
	  { .outcome = OUTCOME_REFUSED,
	    .code = 550,
	    .status = "5.1.1",
	    .stage = "rcpt",
	    .text = "550 5.1.1 Client host [192.0.2.1] blocked using zen.spamhaus.org" },
	  MAIL_DEFERRED,
	  false,
	  false,
	  360,
	  1 },
	{ "spam, without an enhanced code",
	  { .outcome = OUTCOME_REFUSED,
	    .code = 550,
	    .stage = "dot",
	    .text = "550 message rejected as spam" },
	  MAIL_DEFERRED,
	  false,
	  false,
	  360,
	  1 },
	{ "content, behind the code of a mail that cannot be converted",
	  { .outcome = OUTCOME_REFUSED,
	    .code = 554,
	    .status = "5.6.0",
	    .stage = "dot",
	    .text = "554 5.6.0 Message content rejected" },
	  MAIL_DEFERRED,
	  false,
	  false,
	  360,
	  1 },
	{ "the same code without words is the mail's fault",
	  { .outcome = OUTCOME_REFUSED,
	    .code = 554,
	    .status = "5.6.3",
	    .stage = "dot",
	    .text = "554 5.6.3 Sorry" },
	  MAIL_REFUSED,
	  false,
	  true,
	  0,
	  1 },
	{ "reputation",
	  { .outcome = OUTCOME_REFUSED,
	    .code = 550,
	    .stage = "rcpt",
	    .text = "550 Your IP has a poor reputation" },
	  MAIL_DEFERRED,
	  false,
	  false,
	  360,
	  1 },
	{ "rate",
	  { .outcome = OUTCOME_REFUSED,
	    .code = 550,
	    .stage = "rcpt",
	    .text = "550 Too many messages from your host, rate limit exceeded" },
	  MAIL_DEFERRED,
	  false,
	  false,
	  360,
	  1 },
	{ "our own check of the mail: a person looks, nobody else is written to",
	  { .outcome = OUTCOME_REFUSED, .stage = "check", .text = "spam" },
	  MAIL_HELD,
	  false,
	  false,
	  0,
	  1 },
	{ "the sender's address is unknown, not the contact's",
	  { .outcome = OUTCOME_REFUSED,
	    .code = 550,
	    .status = "5.1.1",
	    .stage = "mail",
	    .text = "550 5.1.1 <bounces@gateway.example> unknown user" },
	  MAIL_DEFERRED,
	  false,
	  false,
	  360,
	  1 },
	{ "too large is the mail's fault: the next contact, no blame",
	  { .outcome = OUTCOME_REFUSED,
	    .code = 552,
	    .status = "5.3.4",
	    .stage = "mail",
	    .text = "552 5.3.4 too big" },
	  MAIL_REFUSED,
	  false,
	  true,
	  0,
	  1 },
	{ "greylisted",
	  { .outcome = OUTCOME_DEFERRED, .code = 451, .status = "4.7.1", .stage = "rcpt" },
	  MAIL_DEFERRED,
	  false,
	  false,
	  360,
	  1 },
	{ "no connection: at once over another route, and no attempt",
	  { .outcome = OUTCOME_NOT_TRIED, .stage = "connect" },
	  MAIL_DEFERRED,
	  false,
	  false,
	  0,
	  0 },
	{ "it never came to this mail",
	  { .outcome = OUTCOME_NOT_TRIED, .stage = "session" },
	  MAIL_DEFERRED,
	  false,
	  false,
	  0,
	  0 },
	{ "the session died of it",
	  { .outcome = OUTCOME_NOT_TRIED, .stage = "mail" },
	  MAIL_DEFERRED,
	  false,
	  false,
	  360,
	  0 },
	{ "no answer to the final dot",
	  { .outcome = OUTCOME_UNKNOWN, .stage = "dot" },
	  MAIL_DEFERRED,
	  false,
	  false,
	  360,
	  1 },
};

static void answers_mean_what_they_say(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(answer_rows); i++) {
		const struct answer_row *t = &answer_rows[i];
		struct store_case *c = *state;
		struct scene s;
		struct mail_row m;

		open_scene(&s, c, SEVERITY_HIGH);
		assert_int_equal(claim(&s), 1);
		s.now += 10;
		tell(&s, &s.claimed, &t->result);
		m = mail_of(&s);
		if (m.state != t->mail || (contact_of(&s) == CONTACT_INVALID) != t->invalid ||
		    next_contact_wanted(&s) != t->next_contact || m.attempts != t->attempts ||
		    (t->mail == MAIL_DEFERRED && m.next_try != s.now + t->wait))
			fail_msg(
			    "%s: %s, contact %d, next contact %d, %d attempts, next try in"
			    " %" PRId64,
			    t->name, mail_state_words[m.state], (int)contact_of(&s),
			    next_contact_wanted(&s), m.attempts, m.next_try - s.now);
		store_case_teardown(state);
		assert_int_equal(store_case_setup(state), 0);
	}
}

static void unknown_can_wait_for_a_person(void **state)
{
	static const struct attempt_result unknown = { .outcome = OUTCOME_UNKNOWN, .stage = "dot" };
	struct scene s;

	open_scene(&s, *state, SEVERITY_HIGH);
	s.conf.deliver.hold_unknown = true;
	claim(&s);
	tell(&s, &s.claimed, &unknown);
	assert_int_equal(mail_of(&s).state, MAIL_UNKNOWN);
	s.now += 86400;
	assert_int_equal(claim(&s), 0);
}

static void answered_meanwhile_is_not_tried_again(void **state)
{
	struct warning_change k = { .from = WARNING_QUEUED,
				    .to = WARNING_ACKNOWLEDGED,
				    .reason = "reply",
				    .evidence = "" };
	struct scene s;

	open_scene(&s, *state, SEVERITY_HIGH);
	claim(&s);
	k.warning_id = s.warning;
	case_begin(s.c);
	MUST(s.c, store_warning_change(s.c->store, &k, &s.c->e));
	case_commit(s.c);
	tell(&s, &s.claimed, &later);
	assert_int_equal(mail_of(&s).state, MAIL_CANCELLED);
}

/* ---- what became of the world while a mail was with a sender */

/* How its time with the sender ended: by a result, or with the sending process. */
enum ending { ENDS_ACCEPTED, ENDS_DEFERRED, ENDS_UNKNOWN, ENDS_IN_CRASH };

static void end_attempt(struct scene *s, enum ending how)
{
	static const struct attempt_result unknown = { .outcome = OUTCOME_UNKNOWN, .stage = "dot" };

	if (how == ENDS_IN_CRASH)
		assert_int_equal(recover(s), 1);
	else
		tell(s, &s->claimed,
		     how == ENDS_ACCEPTED ? &accepted : how == ENDS_DEFERRED ? &later : &unknown);
}

static int copy_reason(void *arg, const struct call_row *k, struct err *e)
{
	UNUSED(e);
	snprintf(arg, 32, "%s", k->reason);
	return 0;
}

/* Why the company has to be telephoned; "" where it has not. */
static void assert_called_for(struct scene *s, const char *want)
{
	char got[32] = "";

	MUST(s->c, store_call_each(s->c->store, copy_reason, got, &s->c->e));
	assert_string_equal(got, want);
}

static void company_that_became_vital_is_handed_over(void **state)
{
	static const struct {
		enum ending how;
		bool hold;
		enum mail_state mail;
		enum warning_state warning;
		const char *call;
	} rows[] = {
		{ ENDS_ACCEPTED, false, MAIL_ACCEPTED, WARNING_SENT, "" },
		{ ENDS_DEFERRED, false, MAIL_CANCELLED, WARNING_DRAFT, "vital" },
		{ ENDS_UNKNOWN, false, MAIL_CANCELLED, WARNING_DRAFT, "vital" },
		{ ENDS_UNKNOWN, true, MAIL_CANCELLED, WARNING_DRAFT, "vital" },
		{ ENDS_IN_CRASH, false, MAIL_CANCELLED, WARNING_DRAFT, "vital" },
		{ ENDS_IN_CRASH, true, MAIL_CANCELLED, WARNING_DRAFT, "vital" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct company k;
		struct scene s;

		open_scene(&s, *state, SEVERITY_HIGH);
		s.conf.deliver.hold_unknown = rows[i].hold;
		assert_int_equal(claim(&s), 1);
		MUST(s.c, store_company_get(s.c->store, &s.c->arena, &k, s.company, &s.c->e));
		k.vital = true;
		MUST(s.c, flow_register_set(&s.g, &k, KEEP_COMPANY & ~KEEP_VITAL, &s.c->e));
		assert_called_for(&s, "");
		end_attempt(&s, rows[i].how);
		assert_int_equal(mail_of(&s).state, rows[i].mail);
		assert_int_equal(warning_of(&s), rows[i].warning);
		assert_called_for(&s, rows[i].call);
		store_case_teardown(state);
		assert_int_equal(store_case_setup(state), 0);
	}
}

static void contact_that_became_invalid_is_not_tried_again(void **state)
{
	static const struct {
		enum ending how;
		enum mail_state mail;
		bool next_contact;
	} rows[] = {
		{ ENDS_ACCEPTED, MAIL_ACCEPTED, false },
		{ ENDS_DEFERRED, MAIL_CANCELLED, true },
		{ ENDS_UNKNOWN, MAIL_CANCELLED, true },
		{ ENDS_IN_CRASH, MAIL_CANCELLED, true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct scene s;

		open_scene(&s, *state, SEVERITY_HIGH);
		assert_int_equal(claim(&s), 1);
		MUST(s.c, flow_hand_contact(&s.g, s.contact, CONTACT_INVALID, "wants none",
					    &s.c->e));
		assert_false(next_contact_wanted(&s));
		end_attempt(&s, rows[i].how);
		assert_int_equal(mail_of(&s).state, rows[i].mail);
		assert_int_equal(next_contact_wanted(&s), rows[i].next_contact);
		store_case_teardown(state);
		assert_int_equal(store_case_setup(state), 0);
	}
}

/* A company that is forgotten takes its mail along: there is nothing to write, and no sender need
 * end for it. */
static void result_of_a_forgotten_company_is_dropped(void **state)
{
	static const enum outcome outcomes[] = { OUTCOME_ACCEPTED, OUTCOME_DEFERRED,
						 OUTCOME_REFUSED, OUTCOME_UNKNOWN,
						 OUTCOME_NOT_TRIED };

	for (size_t i = 0; i < ARRAY_SIZE(outcomes); i++) {
		const struct attempt_result r = { .outcome = outcomes[i], .stage = "rcpt" };
		struct scene s;

		open_scene(&s, *state, SEVERITY_HIGH);
		assert_int_equal(claim(&s), 1);
		case_begin(s.c);
		MUST(s.c, store_company_forget(s.c->store, s.company, &s.c->e));
		case_commit(s.c);
		tell(&s, &s.claimed, &r);
		case_begin(s.c);
		MUST_BE(s.c, ERR_NOTFOUND, flow_renew(&s.g, &s.claimed, &s.c->e));
		case_commit(s.c);
		store_case_teardown(state);
		assert_int_equal(store_case_setup(state), 0);
	}
}

/* ---- leases */

static void late_answer_spares_a_second_mail(void **state)
{
	struct scene s;

	open_scene(&s, *state, SEVERITY_HIGH);
	claim(&s);
	assert_int_equal(recover(&s), 1);
	assert_int_equal(mail_of(&s).state, MAIL_DEFERRED);
	tell(&s, &s.claimed, &accepted);
	assert_int_equal(mail_of(&s).state, MAIL_ACCEPTED);
	assert_int_equal(warning_of(&s), WARNING_SENT);
	assert_int_equal(claim(&s), 0);
}

static void late_answer_leaves_a_newer_claim_alone(void **state)
{
	struct claimed old;
	struct scene s;

	open_scene(&s, *state, SEVERITY_HIGH);
	claim(&s);
	old = s.claimed;
	assert_int_equal(recover(&s), 1);
	assert_int_equal(claim(&s), 1);
	tell(&s, &old, &accepted);
	assert_int_equal(mail_of(&s).state, MAIL_IN_FLIGHT);
	tell(&s, &s.claimed, &later);
	assert_int_equal(mail_of(&s).state, MAIL_DEFERRED);
}

static void recalled_is_not_sent_after_a_crash(void **state)
{
	struct warning_change k = {
		.from = WARNING_QUEUED, .to = WARNING_RECALLED, .reason = "hand", .evidence = ""
	};
	struct scene s;

	open_scene(&s, *state, SEVERITY_HIGH);
	claim(&s);
	k.warning_id = s.warning;
	case_begin(s.c);
	MUST(s.c, store_warning_change(s.c->store, &k, &s.c->e));
	case_commit(s.c);
	assert_int_equal(recover(&s), 1);
	assert_int_equal(mail_of(&s).state, MAIL_CANCELLED);
}

static void tidy(struct scene *s, bool alive, int64_t *recovered, int64_t *moved)
{
	case_begin(s->c);
	if (alive)
		MUST(s->c, flow_renew(&s->g, &s->claimed, &s->c->e));
	MUST(s->c, flow_tidy(&s->g, recovered, moved, &s->c->e));
	case_commit(s->c);
}

static void renewed_lease_outlives_a_jump_of_the_clock(void **state)
{
	int64_t recovered, moved;
	struct scene s;

	open_scene(&s, *state, SEVERITY_HIGH);
	claim(&s);
	for (int i = 0; i < 5; i++) {
		s.now += 3600; /* a long session, or a clock that was set */
		tidy(&s, true, &recovered, &moved);
		assert_int_equal(recovered, 0);
	}
	s.now += 901;
	tidy(&s, false, &recovered, &moved);
	assert_int_equal(recovered, 1);
	case_begin(s.c);
	assert_int_equal(flow_renew(&s.g, &s.claimed, &s.c->e), ERR_CONFLICT);
	case_commit(s.c);
}

/* ---- time */

static void clock_set_back_delays_nothing(void **state)
{
	int64_t recovered, moved;
	struct mail_row m;
	struct scene s;

	open_scene(&s, *state, SEVERITY_HIGH);
	s.now -= 3600;
	assert_int_equal(claim(&s), 0);
	tidy(&s, false, &recovered, &moved);
	assert_int_equal(moved, 1);
	assert_int_equal(claim(&s), 1); /* a mail that was never tried goes at once */
	s.now += 7200;
	tell(&s, &s.claimed, &later);
	s.now -= 3600;
	tidy(&s, false, &recovered, &moved);
	m = mail_of(&s);
	assert_int_equal(m.next_try, s.now + 360); /* a deferred one waits as long as it had to */
	tidy(&s, false, &recovered, &moved);
	assert_int_equal(moved, 0);
	s.now += 30; /* nodes may differ a little */
	tidy(&s, false, &recovered, &moved);
	assert_int_equal(moved, 0);
}

static void urgent_mails_are_given_up_in_hours(void **state)
{
	static const struct { enum severity severity; int64_t least, most; } rows[] = {
		{ SEVERITY_CRITICAL, 2 * 3600, 4 * 3600 }, { SEVERITY_HIGH, 12 * 3600, 86400 },
		{ SEVERITY_MEDIUM, 2 * 86400, 3 * 86400 }, { SEVERITY_LOW, 4 * 86400, 5 * 86400 },
		{ SEVERITY_INFO, 4 * 86400, 5 * 86400 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct scene s;
		int tries = 0;

		open_scene(&s, *state, rows[i].severity);
		while (mail_of(&s).state != MAIL_EXPIRED) {
			int64_t due = mail_of(&s).next_try;

			s.now = due > s.now ? due : s.now;
			assert_int_equal(claim(&s), 1);
			tell(&s, &s.claimed, &later);
			assert_true(++tries < 200);
		}
		assert_true(next_contact_wanted(&s));
		if (s.now - CASE_NOW < rows[i].least || s.now - CASE_NOW > rows[i].most ||
		    tries < 8)
			fail_msg("%s: given up after %" PRId64 " s and %d tries",
				 severity_words[rows[i].severity], s.now - CASE_NOW, tries);
		store_case_teardown(state);
		assert_int_equal(store_case_setup(state), 0);
	}
}

static void without_any_route_mails_are_given_up_too(void **state)
{
	struct scene s;
	int n = 0;

	open_scene(&s, *state, SEVERITY_CRITICAL);
	s.now += 4 * 3600;
	case_begin(s.c);
	MUST(s.c, flow_expire(&s.g, &n, &s.c->e));
	assert_int_equal(n, 0);
	s.now += 1;
	MUST(s.c, flow_expire(&s.g, &n, &s.c->e));
	case_commit(s.c);
	assert_int_equal(n, 1);
	assert_int_equal(mail_of(&s).state, MAIL_EXPIRED);
	assert_true(next_contact_wanted(&s));
}

/* ---- nobody answered */

static int note_call(void *arg, const struct call_row *k, struct err *e)
{
	UNUSED(e);
	buf_addstr(arg, k->reason);
	return 0;
}

/* The reasons of the open calls, behind a look at the deadlines. */
static void assert_calls(struct scene *s, const char *want)
{
	struct buf reasons = BUF_INIT;
	uint64_t found;

	MUST(s->c, flow_call_overdue(&s->g, &found, &s->c->e));
	MUST(s->c, store_call_each(s->c->store, note_call, &reasons, &s->c->e));
	assert_string_equal(reasons.len > 0 ? reasons.s : "", want);
	buf_clear(&reasons);
}

/* Put off, behind a paused route, to the next contact; or seen by a clock that was ahead. */
static void whatever_was_sent_late_is_telephoned_about(void **state)
{
	static const struct { int64_t seen, sent; const char *before, *then; } rows[] = {
		{ -60, -3600, "", "" },
		{ 60, 3600, "not_sent", "no_answer" },
		{ 365 * 86400, -3600, "not_sent", "not_sent" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const int64_t deadline = CASE_NOW + 14 * 86400;
		struct scene s;

		open_scene(&s, *state, SEVERITY_INFO);
		s.now = deadline + rows[i].seen;
		assert_calls(&s, rows[i].before);
		s.now = deadline + rows[i].sent;
		assert_int_equal(claim(&s), 1);
		tell(&s, &s.claimed, &accepted);
		assert_calls(&s, rows[i].then);
		s.now = deadline + 7200;
		assert_calls(&s, "no_answer");
		s.now += 7200;
		assert_calls(&s, "no_answer");
		store_case_teardown(state);
		assert_int_equal(store_case_setup(state), 0);
	}
}

/* Whatever its mail waits for; the deadline before it is known by then, as it is a year later. */
static void a_warning_that_waits_behind_its_deadline_is_telephoned_about(void **state)
{
	static const enum mail_state waits[] = { MAIL_READY, MAIL_DEFERRED, MAIL_HELD, MAIL_UNKNOWN,
						 MAIL_IN_FLIGHT };

	for (size_t i = 0; i < ARRAY_SIZE(waits); i++) {
		const int64_t deadline = CASE_NOW + 14 * 86400;
		struct warning_counts counts;
		struct scene s;

		open_scene(&s, *state, SEVERITY_INFO);
		case_begin(s.c);
		MUST(s.c, store_mail_set_state(s.c->store, s.mail, waits[i], s.now, &s.c->e));
		case_commit(s.c);
		s.now = deadline - 1;
		assert_calls(&s, "");
		s.now = deadline + 90;
		assert_calls(&s, "not_sent");
		MUST(s.c, store_warning_counts(s.c->store, s.incident, s.now, &counts, &s.c->e));
		assert_int_equal(counts.overdue, 1);
		case_begin(s.c);
		MUST(s.c, store_call_done(s.c->store, s.warning, "gesproken", s.now, &s.c->e));
		case_commit(s.c);
		s.now += 365 * 86400;
		assert_calls(&s, "");
		store_case_teardown(state);
		assert_int_equal(store_case_setup(state), 0);
	}
}

/* The mail goes out after all; a company that was telephoned about it is not called again. */
static void a_call_about_a_mail_that_waited_is_made_once(void **state)
{
	struct scene s;

	open_scene(&s, *state, SEVERITY_INFO);
	s.now += 15 * 86400;
	assert_calls(&s, "not_sent");
	case_begin(s.c);
	MUST(s.c, store_call_done(s.c->store, s.warning, "gesproken", s.now, &s.c->e));
	case_commit(s.c);
	s.now += 60;
	assert_int_equal(claim(&s), 1);
	tell(&s, &s.claimed, &accepted);
	assert_calls(&s, "");
	s.now += 86400;
	assert_calls(&s, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(answers_mean_what_they_say),
		STORE_TEST(unknown_can_wait_for_a_person),
		STORE_TEST(answered_meanwhile_is_not_tried_again),
		STORE_TEST(company_that_became_vital_is_handed_over),
		STORE_TEST(contact_that_became_invalid_is_not_tried_again),
		STORE_TEST(result_of_a_forgotten_company_is_dropped),
		STORE_TEST(late_answer_spares_a_second_mail),
		STORE_TEST(late_answer_leaves_a_newer_claim_alone),
		STORE_TEST(recalled_is_not_sent_after_a_crash),
		STORE_TEST(renewed_lease_outlives_a_jump_of_the_clock),
		STORE_TEST(clock_set_back_delays_nothing),
		STORE_TEST(urgent_mails_are_given_up_in_hours),
		STORE_TEST(without_any_route_mails_are_given_up_too),
		STORE_TEST(whatever_was_sent_late_is_telephoned_about),
		STORE_TEST(a_warning_that_waits_behind_its_deadline_is_telephoned_about),
		STORE_TEST(a_call_about_a_mail_that_waited_is_made_once),
	};

	return cmocka_run_group_tests_name("flow_deliver", tests, NULL, NULL);
}
