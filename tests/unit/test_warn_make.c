/*
 * test_warn_make: from findings to the mail, with a signer that only pretends.
 */
#include "test.h"

#include "warn_world.h"

/* A signer that remembers what it was given. */
struct fake {
	struct buf data, key;
	int rc;
};

static int fake_sign(void *arg, struct buf *signature, char micalg[MICALG_TEXT], const void *data,
                     size_t n, struct err *e)
{
	struct fake *f = arg;

	if (f->rc < 0)
		return err_set(e, f->rc, "no agent");
	buf_reset(&f->data);
	buf_add(&f->data, data, n);
	buf_addstr(
		signature,
		"-----BEGIN PGP SIGNATURE-----\n\niHUEARYKAB0=\n=abcd\n"
	           "-----END PGP SIGNATURE-----\n");
	snprintf(micalg, MICALG_TEXT, "pgp-sha512");
	return 0;
}

static int fake_seal(void *arg, struct buf *ciphertext, const void *data, size_t n, const char *to,
                     struct err *e)
{
	struct fake *f = arg;

	if (f->rc < 0)
		return err_set(e, f->rc, "key %s cannot be used", to);
	buf_reset(&f->data);
	buf_reset(&f->key);
	buf_add(&f->data, data, n);
	buf_addstr(&f->key, to);
	buf_addstr(
		ciphertext,
		"-----BEGIN PGP MESSAGE-----\n\nhF4DAAAAAAAA=\n=abcd\n-----END PGP MESSAGE-----\n");
	return 0;
}

static void count_up(void *arg, void *out, size_t n)
{
	uint8_t *b = out, *next = arg;

	for (size_t i = 0; i < n; i++)
		b[i] = (*next)++;
}

static void mails_are_signed_or_sealed(void **state)
{
	struct finding f = world_at("192.0.2.7", "open-rdp");
	struct fake fake = { BUF_INIT, BUF_INIT, 0 };
	struct signer signer = { .sign = fake_sign, .seal = fake_seal, .arg = &fake };
	uint8_t next = 0;
	struct rng rng = { count_up, &next };
	struct world w;

	UNUSED(state);
	world_init(&w, "tests/data/templates", LANGUAGE_NL);
	w.in.finding = &f;
	w.in.n_finding = 1;
	assert_int_equal(warn_make(&w.mail, &w.in, w.catalog, &signer, &rng, &w.e), 0);
	assert_has(&w.mail, "From: Seinpost Noord <sein@example.nl>\r\n");
	assert_has(&w.mail, "To: Els Meel <it@korst.example>\r\n");
	assert_has(&w.mail, "Reply-To: sein+abc@example.nl\r\n");
	assert_has(&w.mail, "Subject: Open systemen: Bakkerij De Korst [SP-7K3F-Q2MD]\r\n");
	assert_has(&w.mail, "micalg=pgp-sha512");
	assert_has(&w.mail, "-----BEGIN PGP SIGNATURE-----");
	assert_has(&w.mail, "SP-7K3F-Q2MD.csv");
	assert_has(&w.mail, fake.data.s); /* what was signed stands in the mail, byte for byte */
	assert_has(&fake.data, "192.0.2.7");

	w.contact.pgp = "0123456789ABCDEF0123456789ABCDEF01234567";
	buf_reset(&w.mail);
	assert_int_equal(warn_make(&w.mail, &w.in, w.catalog, &signer, &rng, &w.e), 0);
	assert_string_equal(fake.key.s, w.contact.pgp);
	assert_has(&w.mail, "multipart/encrypted");
	assert_has(&w.mail, "Subject: Versleutelde waarschuwing [SP-7K3F-Q2MD]\r\n");
	assert_has(&fake.data, "192.0.2.7");
	assert_lacks(&w.mail, "192.0.2.7");
	assert_lacks(&w.mail, "Open systemen");
	assert_lacks(&w.mail, "Bakkerij");
	buf_clear(&fake.data);
	buf_clear(&fake.key);
	world_clear(&w);
}

static void no_mail_where_there_must_be_none(void **state)
{
	static const struct {
		const char *name;
		bool vital, phone, sealed;
		enum tlp tlp;
		const char *finding_tlp;
		int signer, want;
	} cases[] = {
		{ "vital", true, false, false, TLP_GREEN, "", 0, ERR_PERM },
		{ "telephone", false, true, false, TLP_GREEN, "", 0, ERR_PERM },
		{ "red incident", false, false, false, TLP_RED, "", 0, ERR_PERM },
		{ "strict incident", false, false, false, TLP_AMBER_STRICT, "", 0, ERR_PERM },
		{ "strict finding", false, false, false, TLP_GREEN, "amber+strict", 0, ERR_PERM },
		{ "red finding", false, false, true, TLP_GREEN, "red", 0, ERR_PERM },
		{ "no agent", false, false, false, TLP_GREEN, "amber", ERR_TEMP, ERR_TEMP },
		{ "key not here", false, false, true, TLP_AMBER, "green", ERR_NOTFOUND,
		  ERR_NOTFOUND },
		{ "key expired", false, false, true, TLP_CLEAR, "clear", ERR_PERM, ERR_PERM },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct finding f[2] = { world_at("192.0.2.7", "open-rdp"),
			                world_at("192.0.2.8", "open-rdp") };
		struct fake fake = { BUF_INIT, BUF_INIT, cases[i].signer };
		struct signer signer = { .sign = fake_sign, .seal = fake_seal, .arg = &fake };
		uint8_t next = 0;
		struct rng rng = { count_up, &next };
		struct world w;

		world_init(&w, "tests/data/templates", LANGUAGE_NL);
		w.company.vital = cases[i].vital;
		w.contact.kind = cases[i].phone ? CONTACT_PHONE : CONTACT_MAIL;
		w.contact.pgp = cases[i].sealed ? "0123456789ABCDEF0123456789ABCDEF01234567" : "";
		w.incident.tlp = cases[i].tlp;
		f[1].tlp = cases[i].finding_tlp;
		w.in.finding = f;
		w.in.n_finding = 2;
		if (warn_make(&w.mail, &w.in, w.catalog, &signer, &rng, &w.e) != cases[i].want)
			fail_msg("%s: %s", cases[i].name, w.e.text);
		assert_int_equal(w.mail.len, 0);
		assert_int_equal(fake.data.len, 0);
		assert_true(w.e.text[0] != '\0');
		world_clear(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mails_are_signed_or_sealed),
		cmocka_unit_test(no_mail_where_there_must_be_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
