/*
 * test_sign: signers against gpg itself, with keys made in a throw-away home.
 */
#include "test.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buf.h"
#include "compose.h"
#include "fdio.h"
#include "openpgp_packet.h"
#include "sexp.h"
#include "sign.h"
#include "span.h"

static const char entity[] = "Content-Type: text/plain; charset=utf-8\r\n\r\nGeachte heer,\r\n";

/* Everything lies in one folder with a short name, because of the agent's socket. */
struct world {
	char root[32], home[64];
	char main_key[FINGERPRINT_TEXT];
};

/* Runs a shell command in the world's folder; its standard output into out, its status back. */
static int PRINTF_LIKE(3, 4) run(const struct world *w, struct buf *out, const char *fmt, ...)
{
	struct buf command = BUF_INIT;
	struct err e = ERR_INIT;
	int status;
	va_list ap;
	FILE *f;

	buf_printf(&command, "cd %s && GNUPGHOME=%s && export GNUPGHOME && exec 2>>log && ",
	           w->root, w->home);
	va_start(ap, fmt);
	buf_vprintf(&command, fmt, ap);
	va_end(ap);
	buf_reset(out);
	f = popen(command.s, "r");
	assert_non_null(f);
	assert_int_equal(fd_read_all(out, fileno(f), 1 << 20, "command", &e), 0);
	status = pclose(f);
	buf_clear(&command);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Makes a key by gpg itself; parameters as "ed25519 sign never" and options in front. */
static void make_key(const struct world *w, char *fpr, const char *mail, const char *options,
                     const char *parameters)
{
	struct buf out = BUF_INIT;

	assert_int_equal(run(w, &out,
	                     "gpg --batch --quiet --pinentry-mode loopback %s --quick-gen-key "
	                     "'Test <%s>' %s",
	                     options, mail, parameters),
	                 0);
	assert_int_equal(run(w, &out,
	                     "gpg --batch --with-colons --list-keys '<%s>' | "
	                     "awk -F: '$1 == \"fpr\" { print $10; exit }'",
	                     mail),
	                 0);
	assert_int_equal(out.len, 41);
	snprintf(fpr, FINGERPRINT_TEXT, "%.40s", out.s);
	buf_clear(&out);
}

static void revoke_key(const struct world *w, const char *fpr)
{
	struct buf out = BUF_INIT;

	assert_int_equal(run(w, &out,
	                     "sed 's/^:---/---/' %s/openpgp-revocs.d/%s.rev | gpg --batch --import",
	                     w->home, fpr),
	                 0);
	buf_clear(&out);
}

static const char protect[] = "--passphrase 'geheim woord' --s2k-mode 3";
static const char plain[] = "--passphrase ''";
static const char long_ago[] = "--passphrase '' --faked-system-time 20200101T000000!";

static struct sign_options options_of(const struct world *w, const char *fpr)
{
	return (struct sign_options){ .home = w->home, .fingerprint = fpr, .passphrase_file = "" };
}

static void write_text(const struct world *w, const char *name, const void *s, size_t n)
{
	struct buf path = BUF_INIT;
	struct err e = ERR_INIT;

	buf_printf(&path, "%s/%s", w->root, name);
	assert_int_equal(file_write_atomic(path.s, s, n, 0600, &e), 0);
	buf_clear(&path);
}

static int set_up(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));
	struct buf conf = BUF_INIT;
	struct err e = ERR_INIT;

	*state = w;
	snprintf(w->root, sizeof(w->root), "/tmp/spXXXXXX");
	if (mkdtemp(w->root) == NULL)
		return -1;
	snprintf(w->home, sizeof(w->home), "%s/g", w->root);
	setenv("HOME", w->root, 1);
	unsetenv("GNUPGHOME");
	if (sign_make_key(w->main_key, w->home, "Seinpost", "meld@example.nl", &e) < 0) {
		print_error("%s\n", e.text);
		return -1;
	}
	/* protected keys with a cheap S2K, as doc tells people to make them */
	buf_addstr(&conf, "s2k-count 65536\n");
	write_text(w, "g/gpg-agent.conf", conf.s, conf.len);
	run(w, &conf, "gpgconf --kill all");
	buf_clear(&conf);
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;
	struct buf out = BUF_INIT;

	run(w, &out, "gpgconf --kill all; cd / && rm -rf %s", w->root);
	buf_clear(&out);
	free(w);
	return 0;
}

/* gpg's own verdict, by the status line that names the primary key. */
static bool gpg_says_good(const struct world *w, const void *data, size_t n, const char *signature,
                          size_t n_signature, const char *fpr)
{
	struct buf out = BUF_INIT;
	struct span all, line;
	bool good = false;
	int status;

	write_text(w, "data", data, n);
	write_text(w, "data.asc", signature, n_signature);
	status = run(w, &out, "gpg --batch --status-fd 1 --verify data.asc data");
	all = span_of(out.s, out.len);
	while (span_line(&all, &line))
		if (span_starts_nocase(line, "[GNUPG:] VALIDSIG ") &&
		    span_find_nocase(line, fpr) != NULL)
			good = status == 0;
	buf_clear(&out);
	return good;
}

static void signs_and_verifies(const struct world *w, struct signer *s, const char *fpr)
{
	struct buf sig = BUF_INIT;
	struct err e = ERR_INIT;
	char micalg[MICALG_TEXT], *copy = exact_copy(entity, sizeof(entity) - 1);
	int rc = s->sign(s->arg, &sig, micalg, copy, sizeof(entity) - 1, &e);

	assert_string_equal(e.text, "");
	assert_int_equal(rc, 0);
	assert_true(strncmp(micalg, "pgp-sha", 7) == 0);
	assert_int_equal(s->verify(s->arg, copy, sizeof(entity) - 1, sig.s, sig.len, &e), 0);
	assert_true(gpg_says_good(w, copy, sizeof(entity) - 1, sig.s, sig.len, fpr));
	assert_int_equal(s->verify(s->arg, copy, sizeof(entity) - 3, sig.s, sig.len, &e), ERR_PERM);
	copy[10] ^= 1;
	assert_int_equal(s->verify(s->arg, copy, sizeof(entity) - 1, sig.s, sig.len, &e), ERR_PERM);
	buf_clear(&sig);
	free(copy);
}

/* Both signers with every kind of key that can sign. */
static void both_signers_agree_with_gpg(void **state)
{
	static const struct {
		const char *mail, *parameters, *add;
	} keys[] = {
		{ "ed@example.nl", "ed25519 sign never", NULL },
		{ "rsa@example.nl", "rsa2048 sign never", NULL },
		{ "sub@example.nl", "ed25519 cert never", "ed25519 sign never" },
		{ "subrsa@example.nl", "ed25519 cert never", "rsa2048 sign never" },
	};
	struct world *w = *state;

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		struct signer reference, fast;
		struct sign_options o;
		struct err e = ERR_INIT;
		struct buf out = BUF_INIT;
		char fpr[FINGERPRINT_TEXT];

		make_key(w, fpr, keys[i].mail, plain, keys[i].parameters);
		if (keys[i].add != NULL)
			assert_int_equal(run(w, &out,
			                     "gpg --batch --passphrase '' --pinentry-mode loopback "
			                     "--quick-add-key %s %s",
			                     fpr, keys[i].add),
			                 0);
		o = options_of(w, fpr);
		assert_int_equal(signer_open_gpgme(&reference, &o, &e), 0);
		assert_int_equal(signer_open_agent(&fast, &o, &e), 0);
		signs_and_verifies(w, &reference, fpr);
		signs_and_verifies(w, &fast, fpr);
		assert_int_equal(signer_selfcheck(&fast, &reference, &e), 0);
		fast.close(fast.arg);
		reference.close(reference.arg);
		buf_clear(&out);
	}
}

static void keys_are_made_and_leave_no_traces(void **state)
{
	struct world *w = *state;
	struct sign_options o = options_of(w, w->main_key);
	struct buf path = BUF_INIT;
	struct err e = ERR_INIT;
	struct signer s;
	struct stat st;
	char fpr[FINGERPRINT_TEXT];

	assert_int_equal(signer_open_agent(&s, &o, &e), 0);
	signs_and_verifies(w, &s, w->main_key);
	s.close(s.arg);
	buf_printf(&path, "%s/.gnupg", w->root);
	assert_int_equal(stat(path.s, &st), -1);
	assert_int_equal(stat(w->home, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(sign_make_key(fpr, w->home, "a\nb", "a@example.nl", &e), ERR_INPUT);
	assert_int_equal(sign_make_key(fpr, w->home, "a <b@c.nl>", "a@example.nl", &e), ERR_INPUT);
	assert_int_equal(sign_make_key(fpr, w->home, "", "a@example.nl", &e), ERR_INPUT);
	assert_int_equal(sign_make_key(fpr, w->home, "a", "a", &e), ERR_INPUT);
	assert_int_equal(chmod(w->home, 0755), 0);
	assert_int_equal(signer_open_gpgme(&s, &o, &e), ERR_CONF);
	assert_non_null(strstr(e.text, "chmod 700"));
	assert_int_equal(chmod(w->home, 0700), 0);
	buf_clear(&path);
}

static void unusable_keys_say_why(void **state)
{
	struct world *w = *state;
	char expired[FINGERPRINT_TEXT], revoked[FINGERPRINT_TEXT], certify[FINGERPRINT_TEXT];
	const struct {
		const char *fpr, *text;
	} cases[] = {
		{ expired, "expired on 2020-01-03" },
		{ revoked, "is revoked" },
		{ certify, "no usable part that may sign" },
		{ "0123456789ABCDEF0123456789ABCDEF01234567", "no secret key" },
		{ "ABCDEF", "no fingerprint" },
		{ "Test <ed@example.nl>", "no fingerprint" },
	};

	make_key(w, expired, "expired@example.nl", long_ago, "ed25519 sign 2d");
	make_key(w, revoked, "revoked@example.nl", plain, "ed25519 sign never");
	make_key(w, certify, "certify@example.nl", plain, "ed25519 cert never");
	revoke_key(w, revoked);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct sign_options o = options_of(w, cases[i].fpr);
		struct err e = ERR_INIT;
		struct signer s;

		assert_int_equal(signer_open_gpgme(&s, &o, &e), ERR_CONF);
		assert_non_null(strstr(e.text, cases[i].text));
		assert_int_equal(signer_open_agent(&s, &o, &e), ERR_CONF);
		assert_non_null(strstr(e.text, cases[i].text));
	}
}

/* A key that goes bad while the signer is open. */
static void keys_are_looked_at_again(void **state)
{
	struct world *w = *state;
	char fpr[FINGERPRINT_TEXT], micalg[MICALG_TEXT];
	struct sign_options o = options_of(w, fpr);
	struct buf sig = BUF_INIT;
	struct err e = ERR_INIT;
	struct signer s;

	make_key(w, fpr, "later@example.nl", plain, "ed25519 sign never");
	assert_int_equal(signer_open_gpgme(&s, &o, &e), 0);
	revoke_key(w, fpr);
	assert_int_equal(s.sign(s.arg, &sig, micalg, "x", 1, &e), ERR_CONF);
	assert_non_null(strstr(e.text, "is revoked"));
	assert_int_equal(sig.len, 0);
	s.close(s.arg);
	buf_clear(&sig);
}

static int64_t told_time(void *arg)
{
	return *(int64_t *)arg;
}

/* The fast path does not ask gpg each time, but every ten minutes. */
static void fast_path_looks_at_its_key(void **state)
{
	struct world *w = *state;
	char fpr[FINGERPRINT_TEXT], micalg[MICALG_TEXT];
	struct sign_options o = options_of(w, fpr);
	int64_t now = clock_now(&system_clock);
	struct clock clock = { told_time, &now };
	struct buf sig = BUF_INIT;
	struct err e = ERR_INIT;
	struct signer s;

	make_key(w, fpr, "soon@example.nl", plain, "ed25519 sign never");
	o.clock = &clock;
	now = clock_now(&system_clock);
	assert_int_equal(signer_open_agent(&s, &o, &e), 0);
	revoke_key(w, fpr);
	now += 601;
	assert_int_equal(s.sign(s.arg, &sig, micalg, "x", 1, &e), ERR_CONF);
	assert_non_null(strstr(e.text, "is revoked"));
	assert_int_equal(sig.len, 0);
	s.close(s.arg);
	buf_clear(&sig);
}

static void agent_may_go_away(void **state)
{
	struct world *w = *state;
	struct sign_options o = options_of(w, w->main_key);
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	struct signer s;

	assert_int_equal(signer_open_agent(&s, &o, &e), 0);
	for (int i = 0; i < 3; i++) {
		run(w, &out, "gpgconf --kill gpg-agent");
		signs_and_verifies(w, &s, w->main_key);
	}
	s.close(s.arg);
	buf_clear(&out);
}

static void fetches(const struct world *w, struct signer *s, const char *text)
{
	struct buf sig = BUF_INIT;
	struct err e = ERR_INIT;
	char micalg[MICALG_TEXT];

	assert_int_equal(s->fetch(s->arg, &sig, micalg, text, strlen(text), &e), 0);
	assert_string_equal(micalg, "pgp-sha256");
	assert_true(gpg_says_good(w, text, strlen(text), sig.s, sig.len, w->main_key));
	buf_clear(&sig);
}

/* Each signature is that of its own bytes, also where the agent ends with requests in hand. */
static void signatures_asked_ahead_are_not_mixed_up(void **state)
{
	struct world *w = *state;
	struct sign_options o = options_of(w, w->main_key);
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	char text[SIGN_AHEAD][16];
	struct signer s;

	assert_int_equal(signer_open_agent(&s, &o, &e), 0);
	for (int killed_at = -1; killed_at <= SIGN_AHEAD; killed_at += 5) {
		for (int i = 0; i < SIGN_AHEAD; i++) {
			snprintf(text[i], sizeof(text[i]), "mail %d\r\n", i);
			s.ask(s.arg, text[i], strlen(text[i]));
		}
		for (int i = 0; i < SIGN_AHEAD; i++) {
			if (i == killed_at)
				run(w, &out, "gpgconf --kill gpg-agent");
			fetches(w, &s, text[i]);
		}
		assert_false(s.has_answer(s.arg));
	}
	signs_and_verifies(w, &s, w->main_key);
	s.close(s.arg);
	buf_clear(&out);
}

static void homes_without_agent_say_so(void **state)
{
	struct world *w = *state;
	char home[128], fpr[FINGERPRINT_TEXT];
	struct sign_options o = options_of(w, w->main_key);
	struct err e = ERR_INIT;
	struct signer s;
	int rc;

	o.home = "/tmp/no-such-home";
	assert_int_equal(signer_open_gpgme(&s, &o, &e), ERR_CONF);
	assert_non_null(strstr(e.text, "no GnuPG home there"));
	/* longer than a socket's name may be */
	snprintf(home, sizeof(home), "%s/%090d", w->root, 0);
	rc = sign_make_key(fpr, home, "Seinpost", "meld@example.nl", &e);
	assert_int_equal(rc, ERR_CONF);
	assert_non_null(strstr(e.text, "shorter"));
}

static void passphrases_come_from_a_file(void **state)
{
	struct world *w = *state;
	char fpr[FINGERPRINT_TEXT], path[64], micalg[MICALG_TEXT];
	struct sign_options o = options_of(w, fpr);
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	struct signer s;

	make_key(w, fpr, "protected@example.nl", protect, "ed25519 sign never");
	snprintf(path, sizeof(path), "%s/secret", w->root);
	run(w, &out, "gpgconf --kill gpg-agent");
	assert_int_equal(signer_open_gpgme(&s, &o, &e), 0);
	assert_int_equal(s.sign(s.arg, &out, micalg, "x", 1, &e), ERR_CONF);
	assert_non_null(strstr(e.text, "passphrase_file"));
	s.close(s.arg);
	o.passphrase_file = path;
	write_text(w, "secret", "verkeerd\n", 9);
	assert_int_equal(signer_open_gpgme(&s, &o, &e), 0);
	assert_int_equal(s.sign(s.arg, &out, micalg, "x", 1, &e), ERR_CONF);
	assert_non_null(strstr(e.text, "passphrase is wrong"));
	s.close(s.arg);
	write_text(w, "secret", "geheim woord\n", 13);
	assert_int_equal(signer_open_gpgme(&s, &o, &e), 0);
	signs_and_verifies(w, &s, fpr);
	s.close(s.arg);
	run(w, &out, "gpgconf --kill gpg-agent");
	assert_int_equal(signer_open_agent(&s, &o, &e), 0);
	signs_and_verifies(w, &s, fpr);
	run(w, &out, "gpgconf --kill gpg-agent");
	signs_and_verifies(w, &s, fpr);
	s.close(s.arg);
	buf_clear(&out);
}

static void sealed_mail_opens_and_is_signed(void **state)
{
	struct world *w = *state;
	struct sign_options o = options_of(w, w->main_key);
	char to[FINGERPRINT_TEXT];
	struct buf sealed = BUF_INIT, out = BUF_INIT;
	struct err e = ERR_INIT;
	struct signer s;

	make_key(w, to, "to@example.nl", plain, "default default never");
	assert_int_equal(signer_open_agent(&s, &o, &e), 0);
	assert_int_equal(s.seal(s.arg, &sealed, entity, sizeof(entity) - 1, to, &e), 0);
	assert_true(strncmp(sealed.s, "-----BEGIN PGP MESSAGE-----", 27) == 0);
	write_text(w, "sealed.asc", sealed.s, sealed.len);
	assert_int_equal(run(w, &out, "gpg --batch --quiet --decrypt sealed.asc"), 0);
	assert_string_equal(out.s, entity);
	assert_int_equal(run(w, &out,
	                     "gpg --batch --status-fd 1 --output /dev/null --yes "
	                     "--decrypt sealed.asc | grep -c 'VALIDSIG.*%s'",
	                     w->main_key),
	                 0);
	assert_string_equal(out.s, "1\n");
	s.close(s.arg);
	buf_clear(&sealed);
	buf_clear(&out);
}

static void nothing_is_sealed_to_unusable_keys(void **state)
{
	struct world *w = *state;
	char expired[FINGERPRINT_TEXT], revoked[FINGERPRINT_TEXT];
	struct sign_options o = options_of(w, w->main_key);
	const struct {
		const char *fpr, *text;
		int rc;
	} cases[] = {
		{ expired, "expired on 2020-01-03", ERR_PERM },
		{ revoked, "is revoked", ERR_PERM },
		{ w->main_key, "no usable encryption subkey", ERR_PERM },
		{ "0123456789ABCDEF0123456789ABCDEF01234567", "no public key", ERR_NOTFOUND },
		{ "to@example.nl", "no fingerprint", ERR_NOTFOUND },
		{ "", "no fingerprint", ERR_NOTFOUND },
	};
	struct buf sealed = BUF_INIT;
	struct err e = ERR_INIT;
	struct signer s;

	make_key(w, expired, "to-expired@example.nl", long_ago, "default default 2d");
	make_key(w, revoked, "to-revoked@example.nl", plain, "default default never");
	revoke_key(w, revoked);
	assert_int_equal(signer_open_gpgme(&s, &o, &e), 0);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(s.seal(s.arg, &sealed, "x", 1, cases[i].fpr, &e), cases[i].rc);
		assert_non_null(strstr(e.text, cases[i].text));
		assert_int_equal(sealed.len, 0);
	}
	s.close(s.arg);
	buf_clear(&sealed);
}

static void only_our_key_counts(void **state)
{
	struct world *w = *state;
	char other[FINGERPRINT_TEXT], micalg[MICALG_TEXT];
	struct sign_options o = options_of(w, w->main_key), o2 = options_of(w, other);
	struct buf sig = BUF_INIT, two = BUF_INIT;
	struct err e = ERR_INIT;
	struct signer ours, theirs;

	make_key(w, other, "other@example.nl", plain, "ed25519 sign never");
	assert_int_equal(signer_open_gpgme(&ours, &o, &e), 0);
	assert_int_equal(signer_open_gpgme(&theirs, &o2, &e), 0);
	assert_int_equal(theirs.sign(theirs.arg, &sig, micalg, "x", 1, &e), 0);
	assert_int_equal(ours.verify(ours.arg, "x", 1, sig.s, sig.len, &e), ERR_PERM);
	assert_non_null(strstr(e.text, other));
	assert_int_equal(signer_selfcheck(&theirs, &ours, &e), ERR_PERM);
	assert_int_equal(ours.verify(ours.arg, "x", 1, "junk", 4, &e), ERR_PERM);
	assert_int_equal(ours.verify(ours.arg, "x", 1, "", 0, &e), ERR_PERM);
	/* ours and theirs in one: every signature is judged, not the first alone */
	write_text(w, "x", "x", 1);
	assert_int_equal(run(w, &two, "gpg --batch --armor --detach-sign -u %s -u %s -o - x",
	                     w->main_key, other),
	                 0);
	assert_int_equal(ours.verify(ours.arg, "x", 1, two.s, two.len, &e), ERR_PERM);
	ours.close(ours.arg);
	theirs.close(theirs.arg);
	buf_clear(&sig);
	buf_clear(&two);
}

static void keys_are_exported_and_imported(void **state)
{
	struct world *w = *state;
	struct sign_options o = options_of(w, w->main_key);
	char fpr[FINGERPRINT_TEXT], home[64];
	struct buf key = BUF_INIT, out = BUF_INIT;
	struct err e = ERR_INIT;

	snprintf(home, sizeof(home), "%s/h", w->root);
	assert_int_equal(mkdir(home, 0700), 0);
	assert_int_equal(sign_export_key(&key, &o, &e), 0);
	assert_true(strncmp(key.s, "-----BEGIN PGP PUBLIC KEY BLOCK-----", 36) == 0);
	assert_int_equal(sign_import_key(fpr, home, key.s, key.len / 2, &e), ERR_INPUT);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(sign_import_key(fpr, home, key.s, key.len, &e), 0);
		assert_string_equal(fpr, w->main_key);
	}
	/* ours may only sign */
	assert_int_equal(sign_check_recipient(home, fpr, &e), ERR_PERM);
	assert_non_null(strstr(e.text, "no usable encryption subkey"));
	assert_int_equal(sign_check_recipient(home, "0123456789ABCDEF0123456789ABCDEF01234567", &e),
	                 ERR_NOTFOUND);
	assert_int_equal(sign_import_key(fpr, home, "junk", 4, &e), ERR_INPUT);
	assert_int_equal(sign_import_key(fpr, home, "", 0, &e), ERR_INPUT);
	assert_int_equal(run(w, &out, "gpg --batch --armor --export"), 0);
	assert_int_equal(sign_import_key(fpr, home, out.s, out.len, &e), ERR_INPUT);
	assert_non_null(strstr(e.text, "one is wanted"));
	assert_int_equal(run(w, &out, "gpg --batch --export-secret-keys %s", w->main_key), 0);
	assert_int_equal(sign_import_key(fpr, home, out.s, out.len, &e), ERR_INPUT);
	assert_non_null(strstr(e.text, "secret"));
	o.fingerprint = "0123456789ABCDEF0123456789ABCDEF01234567";
	assert_int_equal(sign_export_key(&out, &o, &e), ERR_NOTFOUND);
	run(w, &out, "gpgconf --homedir %s --kill all", home);
	buf_clear(&key);
	buf_clear(&out);
}

/* What stands between two lines of the mail that are the boundary, without the CRLF before. */
static struct span first_part(const struct buf *mail, struct span boundary, struct span *second)
{
	struct buf line = BUF_INIT;
	const char *a, *b, *c;

	buf_addstr(&line, "\r\n--");
	buf_add(&line, boundary.p, span_len(boundary));
	a = strstr(mail->s, line.s);
	assert_non_null(a);
	a += line.len + 2;
	b = strstr(a, line.s);
	assert_non_null(b);
	c = strstr(b + line.len, line.s);
	assert_non_null(c);
	*second = span_of(b + line.len + 2, (size_t)(c - b) - line.len - 2);
	buf_clear(&line);
	return span_of(a, (size_t)(b - a));
}

static void whole_mail_verifies(void **state)
{
	static const struct compose_attachment csv = { "systemen caf\xc3\xa9.csv", "text/csv",
		                                       "a\r\n", 3 };
	struct world *w = *state;
	struct sign_options o = options_of(w, w->main_key);
	struct compose_headers h = { .from = "meld@example.nl",
		                     .to = "info@example.org",
		                     .message_id = "<1@example.nl>",
		                     .date = 1795326900 };
	struct buf part = BUF_INIT, sig = BUF_INIT, mail = BUF_INIT;
	struct span boundary, signed_part, signature;
	struct err e = ERR_INIT;
	char micalg[MICALG_TEXT];
	const char *at, *armour;
	struct signer s;

	assert_int_equal(signer_open_agent(&s, &o, &e), 0);
	assert_int_equal(compose_entity(&part, "Geachte heer,\n-- \n.\nFrom x\n", "nl", &csv, 1,
	                                &system_rng, &e),
	                 0);
	assert_int_equal(s.sign(s.arg, &sig, micalg, part.s, part.len, &e), 0);
	assert_int_equal(compose_signed(&mail, &h, &part, sig.s, micalg, &system_rng, &e), 0);
	at = strstr(mail.s, "boundary=\"") + strlen("boundary=\"");
	boundary = span_of(at, strcspn(at, "\""));
	signed_part = first_part(&mail, boundary, &signature);
	armour = strstr(signature.p, "-----BEGIN");
	assert_true(gpg_says_good(w, signed_part.p, span_len(signed_part), armour,
	                          (size_t)(signature.end - armour), w->main_key));
	s.close(s.arg);
	buf_clear(&part);
	buf_clear(&sig);
	buf_clear(&mail);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_signers_agree_with_gpg),
		cmocka_unit_test(keys_are_made_and_leave_no_traces),
		cmocka_unit_test(unusable_keys_say_why),
		cmocka_unit_test(keys_are_looked_at_again),
		cmocka_unit_test(fast_path_looks_at_its_key),
		cmocka_unit_test(agent_may_go_away),
		cmocka_unit_test(signatures_asked_ahead_are_not_mixed_up),
		cmocka_unit_test(homes_without_agent_say_so),
		cmocka_unit_test(passphrases_come_from_a_file),
		cmocka_unit_test(sealed_mail_opens_and_is_signed),
		cmocka_unit_test(nothing_is_sealed_to_unusable_keys),
		cmocka_unit_test(only_our_key_counts),
		cmocka_unit_test(keys_are_exported_and_imported),
		cmocka_unit_test(whole_mail_verifies),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
