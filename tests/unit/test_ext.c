/*
 * test_ext: the wrappers round small foreign libraries, against published values.
 */
#include "test.h"

#include "crypto.h"
#include "domain.h"
#include "idn.h"
#include "psl.h"

static void digests_match_published_values(void **state)
{
	struct err e = ERR_INIT;
	uint8_t d[32];
	char hex[65];

	UNUSED(state);
	assert_int_equal(crypto_sha256(d, "abc", 3, &e), 0);
	assert_string_equal(crypto_hex(hex, d),
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	/* RFC 4231, test case 2 */
	assert_int_equal(crypto_hmac_sha256(d, "Jefe", 4, "what do ya want for nothing?", 28, &e),
			 0);
	assert_string_equal(crypto_hex(hex, d),
			    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

/* A key that is ready gives what a key gives that is handed in, each time. */
static void a_key_is_set_up_once(void **state)
{
	static const char *const data[] = { "what do ya want for nothing?", "", "b123456789" };
	uint8_t want[32], got[32];
	struct err e = ERR_INIT;
	void *ready = NULL;

	UNUSED(state);
	assert_int_equal(crypto_hmac_open(&ready, "Jefe", 4, &e), 0);
	for (size_t i = 0; i < 2 * ARRAY_SIZE(data); i++) {
		const char *s = data[i % ARRAY_SIZE(data)];

		assert_int_equal(crypto_hmac_sha256(want, "Jefe", 4, s, strlen(s), &e), 0);
		assert_int_equal(crypto_hmac_ready(got, ready, s, strlen(s), &e), 0);
		assert_memory_equal(got, want, sizeof(want));
	}
	crypto_hmac_close(ready);
	crypto_hmac_close(NULL);
}

static void names_become_ascii(void **state)
{
	static const struct { const char *in, *want; } cases[] = {
		{ "bäckerei.example", "xn--bckerei-5wa.example" },
		{ "WWW.Example.NL", "www.example.nl" },
		{ "straße.example", "xn--strae-oqa.example" },
		{ "a b.example", NULL },
		{ "\xff.example", NULL },
		{ "", NULL },
	};
	char out[DOMAIN_TEXT], readable[4 * DOMAIN_TEXT];
	struct err e = ERR_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int rc = idn_to_ascii(out, cases[i].in, &e);

		assert_int_equal(rc == 0, cases[i].want != NULL);
		if (rc == 0)
			assert_string_equal(out, cases[i].want);
	}
	assert_string_equal(idn_to_unicode(readable, "xn--bckerei-5wa.example"),
			    "bäckerei.example");
}

static void public_suffixes_are_known(void **state)
{
	static const struct { const char *domain; bool want; } cases[] = {
		{ "nl", true }, { "co.uk", true }, { "github.io", true }, { "xn--p1ai", true },
		{ "example.nl", false }, { "example.co.uk", false }, { "www.example.nl", false },
		{ "example.github.io", false },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(psl_domain_is_public_suffix(cases[i].domain), cases[i].want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests_match_published_values),
		cmocka_unit_test(a_key_is_set_up_once),
		cmocka_unit_test(names_become_ascii),
		cmocka_unit_test(public_suffixes_are_known),
	};

	return cmocka_run_group_tests_name("ext", tests, NULL, NULL);
}
