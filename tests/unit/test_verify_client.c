/*
 * test_verify_client: whatever the verifier's process answers, its parent takes findings only.
 */
#include "test.h"

#include <unistd.h>

#include "role.h"
#include "verifier.h"
#include "verify_client.h"
#include "wire.h"

#define FPR "0123456789ABCDEF0123456789ABCDEF01234567"

/* What a process that was taken over may say. */
static struct answer_case {
	const char *name;
	uint32_t type;
	int64_t code, finding;
	const char *fingerprint;
	int64_t made_at;
	enum { WHOLE, SHORT, LONG, MUTE } form;
	int want;
} cases[] = {
	{ "good", VERIFIER_FOUND, 0, SIGNATURE_HOLDS, FPR, 7, WHOLE, 0 },
	{ "no key", VERIFIER_FOUND, 0, SIGNATURE_NO_KEY, "", 7, WHOLE, 0 },
	{ "gpg failed", VERIFIER_FOUND, ERR_CONF, SIGNATURE_HOLDS, FPR, 7, WHOLE, ERR_TEMP },
	{ "a code that is none", VERIFIER_FOUND, 1, SIGNATURE_HOLDS, FPR, 7, WHOLE, ERR_TEMP },
	{ "another message", VERIFIER_ASK, 0, SIGNATURE_HOLDS, FPR, 7, WHOLE, ERR_INPUT },
	{ "a finding that is none", VERIFIER_FOUND, 0, SIGNATURE_FINDINGS, FPR, 7, WHOLE, ERR_INPUT },
	{ "a negative finding", VERIFIER_FOUND, 0, -1, FPR, 7, WHOLE, ERR_INPUT },
	{ "no fingerprint", VERIFIER_FOUND, 0, SIGNATURE_HOLDS, "x", 7, WHOLE, ERR_INPUT },
	{ "a long fingerprint", VERIFIER_FOUND, 0, SIGNATURE_HOLDS, FPR FPR FPR, 7, WHOLE, ERR_INPUT },
	{ "before all time", VERIFIER_FOUND, 0, SIGNATURE_HOLDS, FPR, -1, WHOLE, ERR_INPUT },
	{ "cut off", VERIFIER_FOUND, 0, SIGNATURE_HOLDS, FPR, 7, SHORT, ERR_INPUT },
	{ "more behind it", VERIFIER_FOUND, 0, SIGNATURE_HOLDS, FPR, 7, LONG, ERR_INPUT },
	{ "dead", VERIFIER_FOUND, 0, 0, "", 7, MUTE, ERR_TEMP },
};
static const struct answer_case *now;

static int answer(int fd)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	struct channel ch;

	channel_init(&ch, fd);
	if (now->form == MUTE)
		return 1;
	if (now->form != SHORT)
		wire_put_int(&out, now->code);
	wire_put_int(&out, now->finding);
	wire_put_text(&out, now->fingerprint);
	wire_put_int(&out, now->made_at);
	wire_put_text(&out, "");
	if (now->form == LONG)
		wire_put_int(&out, 1);
	channel_queue(&ch, now->type, &out);
	if (channel_flush(&ch, &e) < 0)
		return 1;
	/* until the parent has read and goes away */
	while (channel_fill(&ch, &e) > 0)
		;
	return 0;
}

static int silent(int fd)
{
	UNUSED(fd);
	for (;;)
		pause();
	return 0;
}

static int spawn_answer(const char *role, pid_t *pid, int *fd, struct err *e)
{
	assert_string_equal(role, "verifier");
	return role_spawn_fake(answer, pid, fd, e);
}

static int spawn_silent(const char *role, pid_t *pid, int *fd, struct err *e)
{
	UNUSED(role);
	return role_spawn_fake(silent, pid, fd, e);
}

static int ask(struct verify_client *c, struct signature_check *found)
{
	struct verifier v = verify_client_verifier(c);
	const struct signed_bytes s = { SIGNING_MIME, span_str("x"), span_str("y") };
	struct err e = ERR_INIT;

	return v.verify(v.arg, found, &s, &e);
}

static void answers_are_checked(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct verify_client c = { .home = "/nowhere", .spawn = spawn_answer };
		struct signature_check found = { .finding = SIGNATURE_BROKEN };
		int rc;

		now = &cases[i];
		rc = ask(&c, &found);
		if (rc != now->want)
			fail_msg("%s: %d instead of %d", now->name, rc, now->want);
		assert_int_equal(found.finding, rc == 0 ? now->finding : SIGNATURE_BROKEN);
		assert_string_equal(found.fingerprint, rc == 0 ? now->fingerprint : "");
		assert_int_equal(found.made_at, rc == 0 ? now->made_at : 0);
	}
}

static void silence_comes_to_an_end(void **state)
{
	struct verify_client c = { .home = "/nowhere", .spawn = spawn_silent, .deadline_ms = 20 };
	struct signature_check found;

	UNUSED(state);
	assert_int_equal(ask(&c, &found), ERR_TEMP);
}

/* The real process, with a home that is not there. */
static void a_home_that_cannot_be_used_is_no_finding(void **state)
{
	struct verify_client c = { .home = "/nowhere", .spawn = role_spawn_real };
	struct signature_check found;

	UNUSED(state);
	assert_int_equal(ask(&c, &found), ERR_TEMP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_checked),
		cmocka_unit_test(silence_comes_to_an_end),
		cmocka_unit_test(a_home_that_cannot_be_used_is_no_finding),
	};

	return cmocka_run_group_tests_name("verify_client", tests, NULL, NULL);
}
