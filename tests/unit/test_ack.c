/*
 * test_ack: which mail may change what.
 */
#include "test.h"

#include "ack.h"

static struct verdict *verdict_of(enum verdict_kind kind, enum verdict_answer answer)
{
	struct verdict *v = xcalloc(1, sizeof(*v));

	verdict_init(v);
	v->kind = kind;
	v->answer = answer;
	return v;
}

static const char ours[] = "info@example.nl";

static struct ack_outcome judge(const struct verdict *v, enum ack_token token, enum mail_state mail,
                                enum warning_state warning)
{
	return ack_judge(v, token, &(struct ack_mail){ ours, mail, warning });
}

static void nothing_changes_without_a_token(void **state)
{
	UNUSED(state);
	for (int kind = VERDICT_BOUNCE; kind <= VERDICT_OTHER; kind++) {
		for (int answer = ANSWER_NONE; answer <= ANSWER_CALL_ME; answer++) {
			struct verdict *v =
			    verdict_of((enum verdict_kind)kind, (enum verdict_answer)answer);
			struct ack_outcome o =
			    judge(v, ACK_NO_TOKEN, MAIL_ACCEPTED, WARNING_SENT);

			assert_false(o.set_mail || o.set_warning || o.failed || o.next_contact ||
				     o.answered || o.unsubscribed || o.call);
			free(v);
		}
	}
}

static void reports_need_the_return_path(void **state)
{
	static const enum verdict_kind reports[] = { VERDICT_BOUNCE, VERDICT_DELAYED,
						     VERDICT_SUCCESS };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(reports); i++) {
		struct verdict *v = verdict_of(reports[i], ANSWER_NONE);
		struct ack_outcome o = judge(v, ACK_REPLY_TOKEN, MAIL_ACCEPTED, WARNING_SENT);

		assert_false(o.set_mail || o.failed || o.next_contact);
		assert_int_equal(*o.review != '\0', reports[i] == VERDICT_BOUNCE);
		assert_true(judge(v, ACK_BOUNCE_TOKEN, MAIL_ACCEPTED, WARNING_SENT).set_mail);
		free(v);
	}
}

static void what_a_person_must_see_is_shown(void **state)
{
	static const struct {
		enum verdict_answer answer;
		enum verdict_remark remark;
		const char *proposed, *review;
	} cases[] = {
		{ ANSWER_RECEIVED, REMARK_NONE, "", "" },
		{ ANSWER_RECEIVED, REMARK_ASKS, "", "asks something, too" },
		{ ANSWER_RESOLVED, REMARK_ASKS, "", "asks something, too" },
		{ ANSWER_RECEIVED, REMARK_NONE, "noc@hosting.example", "names another contact" },
		{ ANSWER_CALL_ME, REMARK_ASKS, "", "" },
		{ ANSWER_NONE, REMARK_ASKS, "", "reply without a clear answer" },
		{ ANSWER_UNSUBSCRIBE, REMARK_ASKS, "", "asks not to be written to" },
		{ ANSWER_NONE, REMARK_HARM, "", "tells of harm done: read it at once" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct verdict *v = verdict_of(VERDICT_REPLY, cases[i].answer);
		struct ack_outcome o;

		v->remark = cases[i].remark;
		snprintf(v->proposed, sizeof(v->proposed), "%s", cases[i].proposed);
		o = judge(v, ACK_REPLY_TOKEN, MAIL_ACCEPTED, WARNING_SENT);
		assert_string_equal(o.review, cases[i].review);
		free(v);
	}
}

static void robots_acknowledge_nothing(void **state)
{
	static const enum verdict_kind robots[] = { VERDICT_AUTOREPLY, VERDICT_SUCCESS,
						    VERDICT_DELAYED,   VERDICT_FEEDBACK,
						    VERDICT_BOUNCE,    VERDICT_OTHER };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(robots); i++) {
		for (int token = ACK_NO_TOKEN; token <= ACK_REPLY_TOKEN; token++) {
			struct verdict *v = verdict_of(robots[i], ANSWER_RESOLVED);
			struct ack_outcome o =
			    judge(v, (enum ack_token)token, MAIL_ACCEPTED, WARNING_SENT);

			assert_false(o.set_warning || o.answered);
			free(v);
		}
	}
}

static void answers_move_the_warning(void **state)
{
	static const struct {
		enum verdict_answer answer;
		enum warning_state from, want;
		bool set;
	} cases[] = {
		{ ANSWER_RECEIVED, WARNING_SENT, WARNING_ACKNOWLEDGED, true },
		{ ANSWER_RECEIVED, WARNING_UNREACHABLE, WARNING_ACKNOWLEDGED, true },
		{ ANSWER_RECEIVED, WARNING_RESOLVED, WARNING_RESOLVED, false },
		{ ANSWER_RECEIVED, WARNING_ACKNOWLEDGED, WARNING_ACKNOWLEDGED, false },
		{ ANSWER_RESOLVED, WARNING_ACKNOWLEDGED, WARNING_RESOLVED, true },
		{ ANSWER_NOT_OURS, WARNING_RESOLVED, WARNING_NOT_OURS, true },
		{ ANSWER_RESOLVED, WARNING_RECALLED, WARNING_RECALLED, false },
		{ ANSWER_CALL_ME, WARNING_SENT, WARNING_ACKNOWLEDGED, true },
		{ ANSWER_NONE, WARNING_SENT, WARNING_SENT, false },
		{ ANSWER_UNSUBSCRIBE, WARNING_SENT, WARNING_SENT, false },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct verdict *v = verdict_of(VERDICT_REPLY, cases[i].answer);
		struct ack_outcome o = judge(v, ACK_REPLY_TOKEN, MAIL_ACCEPTED, cases[i].from);

		assert_int_equal(o.set_warning, cases[i].set);
		if (cases[i].set)
			assert_int_equal(o.warning, cases[i].want);
		assert_true(o.answered);
		assert_int_equal(o.call, cases[i].answer == ANSWER_CALL_ME);
		o = judge(v, ACK_BOUNCE_TOKEN, MAIL_ACCEPTED, cases[i].from);
		assert_false(o.set_warning);
		free(v);
	}
}

static void an_overtaken_answer_moves_nothing(void **state)
{
	static const enum verdict_answer answers[] = { ANSWER_RECEIVED, ANSWER_RESOLVED,
		                                       ANSWER_NOT_OURS, ANSWER_CALL_ME };
	struct verdict *v;
	struct ack_outcome o;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
		v = verdict_of(VERDICT_REPLY, answers[i]);
		o = judge(v, ACK_REPLY_TOKEN, MAIL_ACCEPTED, WARNING_SENT);
		ack_overtaken(&o);
		assert_true(o.overtaken && o.answered && !o.set_warning && *o.review != '\0');
		assert_int_equal(o.call, answers[i] == ANSWER_CALL_ME);
		o = judge(v, ACK_REPLY_TOKEN, MAIL_ACCEPTED, WARNING_RECALLED);
		ack_overtaken(&o);
		assert_false(o.overtaken);
		free(v);
	}
	v = verdict_of(VERDICT_REPLY, ANSWER_UNSUBSCRIBE);
	o = judge(v, ACK_REPLY_TOKEN, MAIL_ACCEPTED, WARNING_SENT);
	ack_overtaken(&o);
	assert_true(o.unsubscribed && !o.overtaken);
	free(v);
}

static void bounces_go_to_the_next_contact_once(void **state)
{
	struct verdict *v = verdict_of(VERDICT_BOUNCE, ANSWER_NONE);
	struct ack_outcome o = judge(v, ACK_BOUNCE_TOKEN, MAIL_ACCEPTED, WARNING_SENT);

	UNUSED(state);
	assert_true(o.set_mail && o.mail == MAIL_BOUNCED && o.failed && o.next_contact);
	o = judge(v, ACK_BOUNCE_TOKEN, MAIL_BOUNCED, WARNING_SENT);
	assert_false(o.set_mail || o.failed || o.next_contact);
	/* somebody at the company answered already: no further mail */
	o = judge(v, ACK_BOUNCE_TOKEN, MAIL_ACCEPTED, WARNING_ACKNOWLEDGED);
	assert_true(o.set_mail && o.failed && !o.next_contact);
	/* its sender has the last word on the mail, not on the contact */
	o = judge(v, ACK_BOUNCE_TOKEN, MAIL_IN_FLIGHT, WARNING_QUEUED);
	assert_true(!o.set_mail && o.failed && !o.next_contact);
	/* all were tried, or a person said that it is no use */
	o = judge(v, ACK_BOUNCE_TOKEN, MAIL_ACCEPTED, WARNING_UNREACHABLE);
	assert_true(o.set_mail && o.failed && !o.next_contact);
	/* handed over */
	o = judge(v, ACK_BOUNCE_TOKEN, MAIL_ACCEPTED, WARNING_DRAFT);
	assert_true(o.set_mail && o.failed && !o.next_contact);
	free(v);
}

static void add_recipient(struct verdict *v, const char *address)
{
	struct verdict_recipient *r = &v->recipient[v->n_recipients++];

	snprintf(r->address, sizeof(r->address), "%s", address);
	r->class = VERDICT_HARD;
	r->perm = VERDICT_PERMANENT;
	r->reason = REASON_USER;
}

static void only_our_own_address_fails_hard(void **state)
{
	struct verdict *v = verdict_of(VERDICT_BOUNCE, ANSWER_NONE);
	struct verdict_recipient r;

	UNUSED(state);
	v->overall.reason = REASON_FULL;
	assert_int_equal(ack_failure(v, ours).reason, REASON_FULL);
	assert_false(ack_names(v, ours));
	add_recipient(v, "jan@example.nl");
	r = ack_failure(v, ours);
	assert_int_equal(r.class, VERDICT_SOFT);
	assert_int_equal(r.perm, VERDICT_PERMANENT);
	assert_int_equal(r.reason, REASON_OTHER);
	assert_int_equal(ack_failure(v, "Jan@Example.nl").class, VERDICT_HARD);
	add_recipient(v, ours);
	assert_int_equal(ack_failure(v, "INFO@example.nl").class, VERDICT_HARD);
	assert_true(ack_names(v, "INFO@example.nl"));
	assert_int_equal(ack_failure(v, "piet@example.nl").reason, REASON_FULL);
	free(v);
}

static void a_read_receipt_shows_that_the_mail_arrived(void **state)
{
	struct verdict *v = verdict_of(VERDICT_OTHER, ANSWER_NONE);

	UNUSED(state);
	for (int token = ACK_NO_TOKEN; token <= ACK_REPLY_TOKEN; token++) {
		struct ack_outcome o;

		v->receipt = false;
		o = judge(v, (enum ack_token)token, MAIL_UNKNOWN, WARNING_QUEUED);
		assert_true(!o.arrived && *o.review != '\0');
		v->receipt = true;
		o = judge(v, (enum ack_token)token, MAIL_UNKNOWN, WARNING_QUEUED);
		assert_int_equal(o.arrived, token != ACK_NO_TOKEN);
		assert_false(o.answered || o.set_warning);
		assert_string_equal(o.review, "");
	}
	free(v);
}

/* The mail fares as the report says of its own address, whatever became of others. */
static void the_best_news_of_our_address_counts(void **state)
{
	static const struct {
		enum verdict_kind kind;
		const char *address;
		enum verdict_action action;
		bool set;
		enum mail_state want;
	} told[] = {
		{ VERDICT_BOUNCE, ours, ACTION_DELIVERED, true, MAIL_CONFIRMED },
		{ VERDICT_BOUNCE, ours, ACTION_RELAYED, false, MAIL_ACCEPTED },
		{ VERDICT_BOUNCE, ours, ACTION_DELAYED, true, MAIL_DELAYED },
		{ VERDICT_BOUNCE, "jan@example.nl", ACTION_DELIVERED, true, MAIL_BOUNCED },
		{ VERDICT_DELAYED, ours, ACTION_DELIVERED, true, MAIL_CONFIRMED },
		{ VERDICT_DELAYED, "jan@example.nl", ACTION_DELIVERED, true, MAIL_DELAYED },
		{ VERDICT_SUCCESS, ours, ACTION_RELAYED, false, MAIL_ACCEPTED },
		{ VERDICT_SUCCESS, "jan@example.nl", ACTION_RELAYED, false, MAIL_ACCEPTED },
		{ VERDICT_SUCCESS, "jan@example.nl", ACTION_DELIVERED, true, MAIL_CONFIRMED },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(told); i++) {
		struct verdict *v = verdict_of(told[i].kind, ANSWER_NONE);
		struct ack_outcome o;

		v->n_spared = 1;
		v->spared[0].action = told[i].action;
		snprintf(v->spared[0].address, sizeof(v->spared[0].address), "%s",
		         told[i].address);
		o = judge(v, ACK_BOUNCE_TOKEN, MAIL_ACCEPTED, WARNING_SENT);
		assert_int_equal(o.set_mail, told[i].set);
		if (o.set_mail)
			assert_int_equal(o.mail, told[i].want);
		assert_int_equal(o.failed, o.set_mail && o.mail == MAIL_BOUNCED);
		assert_int_equal(ack_kind(v, ours) == VERDICT_BOUNCE, o.failed);
		free(v);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_changes_without_a_token),
		cmocka_unit_test(reports_need_the_return_path),
		cmocka_unit_test(what_a_person_must_see_is_shown),
		cmocka_unit_test(robots_acknowledge_nothing),
		cmocka_unit_test(answers_move_the_warning),
		cmocka_unit_test(an_overtaken_answer_moves_nothing),
		cmocka_unit_test(bounces_go_to_the_next_contact_once),
		cmocka_unit_test(only_our_own_address_fails_hard),
		cmocka_unit_test(the_best_news_of_our_address_counts),
		cmocka_unit_test(a_read_receipt_shows_that_the_mail_arrived),
	};

	return cmocka_run_group_tests_name("ack", tests, NULL, NULL);
}
