/*
 * test_model: identities, references, tokens and the border check of verdicts.
 */
#include "test.h"

#include "finding.h"
#include "incident.h"
#include "register.h"
#include "tlp.h"
#include "token.h"
#include "verdict.h"
#include "word.h"

/* No HMAC, but every output byte depends on every input byte: enough to see which bytes are
 * covered. */
static int toy_hmac(uint8_t out[32], const void *key, size_t key_len, const void *data, size_t len,
		    struct err *e)
{
	const uint8_t *k = key, *d = data;
	uint64_t h = 14695981039346656037u;

	UNUSED(e);
	for (size_t i = 0; i < key_len; i++)
		h = (h ^ k[i]) * 1099511628211u;
	for (size_t i = 0; i < len; i++)
		h = (h ^ d[i]) * 1099511628211u;
	for (int i = 0; i < 32; i++)
		out[i] = (uint8_t)((h = (h ^ (uint64_t)i) * 1099511628211u) >> 32);
	return 0;
}

static struct token_keys two_keys(void)
{
	struct token_keys k = { .hmac = toy_hmac, .n = 2 };

	k.key[0].number = 2;
	k.key[0].len = 16;
	memset(k.key[0].bytes, 'n', 16);
	k.key[1].number = 1;
	k.key[1].len = 16;
	memset(k.key[1].bytes, 'o', 16);
	return k;
}

static void tokens_prove_their_mail(void **state)
{
	struct token_keys k = two_keys(), old = two_keys(), lone = two_keys();
	char text[TOKEN_TEXT], bad[TOKEN_TEXT], address[100], again[TOKEN_TEXT];
	struct err e = ERR_INIT;
	int64_t id = 0;

	UNUSED(state);
	assert_int_equal(token_make(text, &k, TOKEN_BOUNCE, 0x123456789abcdef0, &e), 0);
	assert_int_equal(token_read(&id, &k, TOKEN_BOUNCE, text, &e), 0);
	assert_int_equal(id, 0x123456789abcdef0);
	assert_int_equal(token_read(&id, &k, TOKEN_REPLY, text, &e), ERR_PERM);
	for (size_t i = 0; i < strlen(text); i++) {
		memcpy(bad, text, sizeof(bad));
		bad[i] = bad[i] == 'a' ? 'b' : 'a';
		assert_true(token_read(&id, &k, TOKEN_BOUNCE, bad, &e) < 0);
	}
	snprintf(address, sizeof(address), "bounces+%s@example.nl", text);
	assert_true(token_from_address(again, address));
	assert_string_equal(again, text);
	assert_false(token_from_address(again, "bounces@example.nl"));
	assert_false(token_from_address(again, "a+b@example.nl"));
	assert_int_equal(token_read(&id, &k, TOKEN_BOUNCE, "", &e), ERR_INPUT);
	/* rotation: a token of the older key still reads, one of a key that is gone does not */
	old.key[0] = old.key[1];
	old.n = 1;
	assert_int_equal(token_make(text, &old, TOKEN_REPLY, 7, &e), 0);
	assert_int_equal(token_read(&id, &k, TOKEN_REPLY, text, &e), 0);
	lone.n = 1;
	assert_int_equal(token_read(&id, &lone, TOKEN_REPLY, text, &e), ERR_PERM);
}

static struct finding sample_finding(void)
{
	return (struct finding){
		.seen_at = 1795326900,
		.source_type = "scan_rdp",
		.feed = "shadowserver",
		.advice = "open-rdp",
		.port = 3389,
		.transport = "tcp",
		.application = "rdp",
		.domain = "www.example.nl",
		.hostname = "",
		.url = "",
		.account = "",
		.identifier = "open-rdp",
		.cve = "",
		.product = "",
		.tlp = "",
	};
}

static void identity_is_by_day_and_system(void **state)
{
	struct finding a = sample_finding(), b = sample_finding();
	struct buf x = BUF_INIT, y = BUF_INIT;
	char ip[IP_TEXT];

	UNUSED(state);
	b.seen_at += 3600;
	b.product = "other";
	finding_identity(&x, &a, "s");
	finding_identity(&y, &b, "s");
	assert_string_equal(x.s, y.s);
	b.port = 3390;
	buf_reset(&y);
	finding_identity(&y, &b, "s");
	assert_string_not_equal(x.s, y.s);
	assert_string_equal(finding_subject(ip, &a), "www.example.nl");
	a.has_ip = ip_parse(&a.ip, "192.0.2.1");
	assert_string_equal(finding_subject(ip, &a), "192.0.2.1");
	buf_clear(&x);
	buf_clear(&y);
}

static void references_read_well(void **state)
{
	char a[WARNING_REF_TEXT], b[WARNING_REF_TEXT];

	UNUSED(state);
	warning_ref_format(a, 1);
	warning_ref_format(b, 2);
	assert_int_equal(strlen(a), 12);
	assert_string_not_equal(a, b);
	assert_null(strpbrk(a + 3, "01ILOU"));
}

static void a_warning_without_an_answer_is_overdue(void **state)
{
	static const struct { enum warning_state state; bool overdue; } rows[] = {
		{ WARNING_DRAFT, false },    { WARNING_QUEUED, true },
		{ WARNING_SENT, true },      { WARNING_ACKNOWLEDGED, false },
		{ WARNING_RESOLVED, false }, { WARNING_UNREACHABLE, false },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct warning w = { .state = rows[i].state, .deadline_at = 1000 };

		assert_false(warning_overdue(&w, 1000));
		assert_int_equal(warning_overdue(&w, 1001), rows[i].overdue);
	}
}

static void warning_states_say_what_is_left_to_do(void **state)
{
	static const struct { enum warning_state state; bool settled, seeks; } cases[] = {
		{ WARNING_DRAFT, false, false },        { WARNING_QUEUED, false, true },
		{ WARNING_SENT, false, true },          { WARNING_ACKNOWLEDGED, true, false },
		{ WARNING_RESOLVED, true, false },      { WARNING_NOT_OURS, true, false },
		{ WARNING_UNREACHABLE, false, false },  { WARNING_RECALLED, true, false },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(warning_settled(cases[i].state), cases[i].settled);
		assert_int_equal(warning_seeks_contact(cases[i].state), cases[i].seeks);
	}
}

static void refs_and_fingerprints(void **state)
{
	char out[65];

	UNUSED(state);
	assert_true(ref_valid("bakker-01"));
	assert_false(ref_valid("-x"));
	assert_false(ref_valid("a b"));
	assert_false(ref_valid(""));
	assert_true(
	    fingerprint_normalise(out, "0xabcd 0123 abcd 0123 abcd 0123 abcd 0123 abcd 0123"));
	assert_string_equal(out, "ABCD0123ABCD0123ABCD0123ABCD0123ABCD0123");
	assert_false(fingerprint_normalise(out, "abcd"));
	assert_false(fingerprint_normalise(out, "xyz"));
}

static void hostile_verdicts_are_refused(void **state)
{
	struct verdict v;
	int kind;

	UNUSED(state);
	verdict_init(&v);
	assert_true(verdict_valid(&v));
	assert_true(word_parse(&kind, verdict_kind_words, "autoreply") &&
		    kind == VERDICT_AUTOREPLY);
	v.n_recipients = VERDICT_RECIPIENTS + 1;
	assert_false(verdict_valid(&v));
	verdict_init(&v);
	memset(v.text, 'x', sizeof(v.text));
	assert_false(verdict_valid(&v));
	verdict_init(&v);
	memcpy(v.subject, "\x1b[2J", 5);
	assert_false(verdict_valid(&v));
	verdict_init(&v);
	v.n_message_id = -1;
	assert_false(verdict_valid(&v));
	verdict_init(&v);
	memcpy(v.from, "a@b.example\nBcc: x", 18);
	assert_false(verdict_valid(&v));
	verdict_init(&v);
	v.receipt = true;
	assert_true(verdict_valid(&v));
	v.kind = VERDICT_REPLY;
	assert_false(verdict_valid(&v));
	verdict_init(&v);
	v.n_spared = VERDICT_RECIPIENTS + 1;
	assert_false(verdict_valid(&v));
	verdict_init(&v);
	v.n_spared = 1;
	v.spared[0].action = ACTION_DELIVERED + 1;
	assert_false(verdict_valid(&v));
	verdict_init(&v);
	memset(&v.truncated, 2, sizeof(v.truncated));
	assert_false(verdict_valid(&v));
	verdict_init(&v);
	v.signing = SIGNING_CLEAR_BASE64 + 1;
	assert_false(verdict_valid(&v));
	verdict_init(&v);
	v.unparsable = true;
	assert_true(verdict_valid(&v));
	v.kind = VERDICT_BOUNCE;
	assert_false(verdict_valid(&v));
}

static void labels_say_what_may_be_mailed(void **state)
{
	static const struct {
		const char *word, *label;
		bool mailable;
	} cases[] = {
		{ "", "TLP:CLEAR", true },
		{ "clear", "TLP:CLEAR", true },
		{ "green", "TLP:GREEN", true },
		{ "amber", "TLP:AMBER", true },
		{ "amber+strict", "TLP:AMBER+STRICT", false },
		{ "red", "TLP:RED", false },
		{ "purple", "TLP:RED", false }, /* nobody knows what it forbids */
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		enum tlp t = tlp_of_word(cases[i].word);
		char label[TLP_TEXT];

		assert_string_equal(tlp_label(label, t), cases[i].label);
		assert_int_equal(tlp_mailable(t), cases[i].mailable);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_prove_their_mail),
		cmocka_unit_test(identity_is_by_day_and_system),
		cmocka_unit_test(references_read_well),
		cmocka_unit_test(refs_and_fingerprints),
		cmocka_unit_test(labels_say_what_may_be_mailed),
		cmocka_unit_test(hostile_verdicts_are_refused),
		cmocka_unit_test(a_warning_without_an_answer_is_overdue),
		cmocka_unit_test(warning_states_say_what_is_left_to_do),
	};

	return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
