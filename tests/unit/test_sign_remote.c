/* Unit tests of proc/sign_remote and proc/signer, against signer processes that are made up here.
 */
#include "base.h"

#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buf.h"
#include "quota.h"
#include "sign_remote.h"
#include "signer.h"
#include "test.h"
#include "wire.h"

enum { PATIENCE_MS = 200, MAILS = 2500 };

/* ---- a signer without keys: the signature is the length of the data */

static int fake_sign(void *arg, struct buf *signature, char micalg[MICALG_TEXT], const void *data,
		     size_t n, struct err *e)
{
	UNUSED(arg);
	UNUSED(data);
	UNUSED(e);
	buf_printf(signature, "-----BEGIN PGP SIGNATURE-----\n%zu\n", n);
	snprintf(micalg, MICALG_TEXT, "pgp-sha256");
	return 0;
}

static int fake_seal(void *arg, struct buf *ciphertext, const void *data, size_t n,
		     const char *to_fpr, struct err *e)
{
	UNUSED(arg);
	UNUSED(data);
	UNUSED(n);
	if (strcmp(to_fpr, "none") == 0)
		return err_set(e, ERR_NOTFOUND, "no public key %s", to_fpr);
	buf_printf(ciphertext, "-----BEGIN PGP MESSAGE-----\n%s\n", to_fpr);
	return 0;
}

static int good_verify(void *arg, const void *data, size_t n, const char *signature,
		       size_t n_signature, struct err *e)
{
	UNUSED(arg);
	UNUSED(data);
	UNUSED(n);
	UNUSED(signature);
	return n_signature > 0 ? 0 : err_set(e, ERR_PERM, "no signature");
}

/* As if the agent had signed with another key than the one that is pinned. */
static int bad_verify(void *arg, const void *data, size_t n, const char *signature,
		      size_t n_signature, struct err *e)
{
	UNUSED(arg);
	UNUSED(data);
	UNUSED(n);
	UNUSED(signature);
	UNUSED(n_signature);
	return err_set(e, ERR_PERM, "signed by another key");
}

static void fake_close(void *arg)
{
	UNUSED(arg);
}

static int open_good(struct signer *out, const struct sign_options *o, struct err *e)
{
	UNUSED(o);
	UNUSED(e);
	*out = (struct signer){ .sign = fake_sign,
				.seal = fake_seal,
				.verify = good_verify,
				.close = fake_close };
	return 0;
}

static int open_wrong_key(struct signer *out, const struct sign_options *o, struct err *e)
{
	UNUSED(o);
	UNUSED(e);
	*out = (struct signer){ .sign = fake_sign,
				.seal = fake_seal,
				.verify = bad_verify,
				.close = fake_close };
	return 0;
}

/* ---- the same in two halves */

static size_t ahead[SIGN_AHEAD]; /* what was asked for and not fetched */
static int n_ahead;

static void ask_ahead(void *arg, const void *data, size_t n)
{
	UNUSED(arg);
	UNUSED(data);
	assert_true(n_ahead < SIGN_AHEAD);
	ahead[n_ahead++] = n;
}

static int fetch_ahead(void *arg, struct buf *signature, char micalg[MICALG_TEXT], const void *data,
		       size_t n, struct err *e)
{
	assert_true(n_ahead > 0 && ahead[0] == n);
	memmove(ahead, ahead + 1, (size_t)--n_ahead * sizeof(ahead[0]));
	return fake_sign(arg, signature, micalg, data, n, e);
}

static bool has_answer_ahead(const void *arg)
{
	UNUSED(arg);
	return n_ahead > SIGN_AHEAD / 3;
}

static int open_ahead(struct signer *out, const struct sign_options *o, struct err *e)
{
	UNUSED(o);
	UNUSED(e);
	*out = (struct signer){ .seal = fake_seal,
				.verify = good_verify,
				.close = fake_close,
				.ask = ask_ahead,
				.fetch = fetch_ahead,
				.has_answer = has_answer_ahead };
	return 0;
}

/* Opening it showed a good signature, and then something happened to the key. */
static int open_spoilt(struct signer *out, const struct sign_options *o, struct err *e)
{
	int rc = open_ahead(out, o, e);

	out->verify = bad_verify;
	out->proven = true;
	return rc;
}

static int open_refused(struct signer *out, const struct sign_options *o, struct err *e)
{
	UNUSED(out);
	return err_set(e, ERR_CONF, "signing key %s is revoked", o->fingerprint);
}

/* A minute passes with every thousandth look at the clock. */
static int64_t some_time(void)
{
	static int64_t looks;

	return 5000000 + looks++ * 60;
}

/* ---- processes that go wrong */

static void say(int fd, uint32_t type, const struct buf *payload)
{
	struct channel ch;
	struct err e = ERR_INIT;

	channel_init(&ch, dup(fd));
	channel_queue(&ch, type, payload);
	(void)!channel_flush(&ch, &e);
	channel_clear(&ch);
}

static void say_ready(int fd)
{
	struct buf b = BUF_INIT;

	wire_put_int(&b, 0);
	wire_put_text(&b, "");
	say(fd, SIGNER_READY, &b);
	buf_clear(&b);
}

static void say_answer(int fd, int64_t ticket, int code, const char *armour)
{
	struct buf b = BUF_INIT;

	wire_put_int(&b, ticket);
	wire_put_int(&b, code);
	wire_put_text(&b, armour);
	wire_put_text(&b, "pgp-sha256");
	wire_put_text(&b, "");
	say(fd, SIGNER_ANSWER, &b);
	buf_clear(&b);
}

static void never_be_ready(int fd)
{
	char c;

	while (read(fd, &c, 1) == 1)
		continue;
}

static void be_silent(int fd)
{
	say_ready(fd);
	never_be_ready(fd);
}

/* READY, and the first request is read. */
static void take_request(int fd)
{
	struct channel ch;
	struct err e = ERR_INIT;
	struct span payload;
	uint32_t type = 0;

	say_ready(fd);
	channel_init(&ch, dup(fd));
	while (type != SIGNER_SIGN) {
		int rc = channel_next(&ch, &type, &payload, &e);

		if (rc < 0 || (rc == 0 && channel_fill(&ch, &e) <= 0))
			break;
	}
	channel_clear(&ch);
}

static void die_at_first_request(int fd)
{
	take_request(fd);
}

static void answer_what_was_not_asked(int fd)
{
	take_request(fd);
	say_answer(fd, 4711, 0, "-----BEGIN PGP SIGNATURE-----\n");
	never_be_ready(fd);
}

static void answer_with_a_code_of_its_own(int fd)
{
	take_request(fd);
	say_answer(fd, 1, 12345, "");
	never_be_ready(fd);
}

static void send_rubbish(int fd)
{
	struct buf b = BUF_INIT;

	take_request(fd);
	buf_addstr(&b, "rubbish");
	say(fd, 77, &b);
	buf_clear(&b);
	never_be_ready(fd);
}

static void be_killed(int fd)
{
	UNUSED(fd);
	kill(getpid(), SIGKILL);
}

static void end_with_status_3(int fd)
{
	UNUSED(fd);
	_exit(3);
}

static void serve(int fd, signer_open_fn *open)
{
	struct err e = ERR_INIT;

	_exit(signer_serve(fd, open, some_time, &e));
}

static void serve_well(int fd)
{
	serve(fd, open_good);
}

static void serve_wrong_key(int fd)
{
	serve(fd, open_wrong_key);
}

static void serve_ahead(int fd)
{
	serve(fd, open_ahead);
}

static void serve_spoilt(int fd)
{
	serve(fd, open_spoilt);
}

static void serve_refused(int fd)
{
	serve(fd, open_refused);
}

/* What the next processes do: one after the other, the last one again and again. */
static void (*const *script)(int fd);
static int started, spawned;

static int fake_spawn(const char *role, pid_t *pid, int *fd, struct err *e)
{
	void (*act)(int fd) = script[started];
	int pair[2];

	UNUSED(e);
	assert_string_equal(role, "signer");
	started += script[started + 1] != NULL;
	spawned++;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	*pid = fork();
	assert_true(*pid >= 0);
	if (*pid == 0) {
		signal(SIGPIPE, SIG_IGN);
		close(pair[0]);
		act(pair[1]);
		_exit(0);
	}
	close(pair[1]);
	*fd = pair[0];
	assert_int_equal(fcntl(*fd, F_SETFL, O_NONBLOCK), 0);
	return 0;
}

static char home[] = "/tmp/signremoteXXXXXX";

static int open_limited(struct sign_pool **out, void (*const *acts)(int fd), int processes,
			int per_minute, struct err *e)
{
	struct sign_pool_options o = { .home = home,
				       .fingerprint = "F",
				       .passphrase_file = "",
				       .processes = processes,
				       .per_minute = per_minute,
				       .patience_ms = PATIENCE_MS,
				       .spawn = fake_spawn };

	script = acts;
	started = 0;
	return sign_pool_open(out, &o, e);
}

static int open_pool(struct sign_pool **out, void (*const *acts)(int fd), int processes,
		     struct err *e)
{
	return open_limited(out, acts, processes, 0, e);
}

static int make_home(void **state)
{
	UNUSED(state);
	return mkdtemp(home) == NULL;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	UNUSED(st);
	UNUSED(type);
	UNUSED(at);
	return remove(path);
}

static int remove_home(void **state)
{
	UNUSED(state);
	return nftw(home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* ---- tests */

/* A process that ended before it was ready is started again; what it said about the key stands. */
static void opening_tells_why_not(void **state)
{
	static const struct {
		void (*act[5])(int fd);
		int rc;
		const char *text;
	} cases[] = {
		{ { serve_refused }, ERR_CONF, "signing key F is revoked" },
		{ { never_be_ready }, ERR_TEMP, "no answer in time" },
		{ { die_at_first_request }, 0, "" },
		{ { be_killed, serve_well }, 0, "" },
		{ { be_killed, end_with_status_3, serve_well }, 0, "" },
		{ { be_killed, serve_refused, serve_well }, ERR_CONF, "signing key F is revoked" },
		{ { be_killed }, ERR_TEMP, "signer process: ended by signal 9 (Killed)" },
		{ { end_with_status_3 }, ERR_TEMP, "signer process: ended with exit status 3" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct sign_pool *p = NULL;
		struct err e = ERR_INIT;

		assert_int_equal(open_pool(&p, cases[i].act, 1, &e), cases[i].rc);
		assert_non_null(strstr(e.text, cases[i].text));
		sign_pool_close(p);
	}
}

/* A process that fails is replaced once; after that the caller is told. */
static void a_signer_gets_a_second_chance(void **state)
{
	static const struct {
		const char *name;
		void (*act[3])(int fd);
		int rc;
	} cases[] = {
		{ "honest", { serve_well }, 0 },
		{ "dies once", { die_at_first_request, serve_well }, 0 },
		{ "dies always", { die_at_first_request }, ERR_TEMP },
		{ "hangs once", { be_silent, serve_well }, 0 },
		{ "hangs always", { be_silent }, ERR_TEMP },
		{ "lies", { answer_what_was_not_asked, serve_well }, 0 },
		{ "invents a code", { answer_with_a_code_of_its_own, serve_well }, 0 },
		{ "sends rubbish", { send_rubbish, serve_well }, 0 },
		{ "sends only rubbish", { send_rubbish }, ERR_TEMP },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf signature = BUF_INIT;
		struct sign_pool *p = NULL;
		struct err e = ERR_INIT;
		char micalg[MICALG_TEXT] = "";
		struct signer s;
		int rc;

		assert_int_equal(open_pool(&p, cases[i].act, 1, &e), 0);
		s = sign_pool_signer(p);
		rc = s.sign(s.arg, &signature, micalg, "four", 4, &e);
		if (rc != cases[i].rc)
			fail_msg("%s: %d %s", cases[i].name, rc, e.text);
		assert_string_equal(signature.s,
				    rc == 0 ? "-----BEGIN PGP SIGNATURE-----\n4\n" : "");
		assert_string_equal(micalg, rc == 0 ? "pgp-sha256" : "");
		buf_clear(&signature);
		s.close(s.arg);
	}
}

static void much_work_starts_all_at_once(void **state)
{
	static void (*const acts[2])(int fd) = { serve_well };
	static const struct {
		int processes, at_once, spawned;
	} cases[] = { { 3, 0, 1 }, { 3, 1, 1 }, { 3, 3, 3 }, { 2, 3, 2 } };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct sign_pool_options o = { .home = home,
					       .fingerprint = "F",
					       .passphrase_file = "",
					       .processes = cases[i].processes,
					       .at_once = cases[i].at_once,
					       .patience_ms = PATIENCE_MS,
					       .spawn = fake_spawn };
		struct sign_pool *p = NULL;
		struct err e = ERR_INIT;

		script = acts;
		started = spawned = 0;
		assert_int_equal(sign_pool_open(&p, &o, &e), 0);
		assert_int_equal(spawned, cases[i].spawned);
		sign_pool_close(p);
	}
}

/* A signature that gpg does not verify never comes out, and the process signs nothing more. */
static void a_wrong_signature_stops_all(void **state)
{
	static void (*const acts[2])(int fd) = { serve_wrong_key };
	struct buf signature = BUF_INIT;
	struct sign_pool *p = NULL;
	struct err e = ERR_INIT;
	char micalg[MICALG_TEXT] = "";
	struct signer s;

	UNUSED(state);
	assert_int_equal(open_pool(&p, acts, 1, &e), 0);
	s = sign_pool_signer(p);
	assert_int_equal(s.sign(s.arg, &signature, micalg, "four", 4, &e), ERR_PERM);
	assert_non_null(strstr(e.text, "does not verify"));
	assert_true(s.sign(s.arg, &signature, micalg, "four", 4, &e) < 0);
	assert_int_equal(signature.len, 0);
	s.close(s.arg);
	buf_clear(&signature);
}

static void every_thousandth_is_verified(void **state)
{
	static void (*const acts[2])(int fd) = { serve_spoilt };
	struct buf signature = BUF_INIT;
	struct sign_pool *p = NULL;
	struct err e = ERR_INIT;
	char micalg[MICALG_TEXT] = "";
	struct signer s;

	UNUSED(state);
	assert_int_equal(open_pool(&p, acts, 1, &e), 0);
	s = sign_pool_signer(p);
	for (int i = 1; i < SIGNER_CHECK_EVERY; i++)
		assert_int_equal(s.sign(s.arg, &signature, micalg, "four", 4, &e), 0);
	buf_reset(&signature);
	assert_int_equal(s.sign(s.arg, &signature, micalg, "four", 4, &e), ERR_PERM);
	assert_non_null(strstr(e.text, "does not verify"));
	assert_int_equal(signature.len, 0);
	s.close(s.arg);
	buf_clear(&signature);
}

static void seals_and_verifies(void **state)
{
	static void (*const acts[2])(int fd) = { serve_well };
	struct buf out = BUF_INIT;
	struct sign_pool *p = NULL;
	struct err e = ERR_INIT;
	struct signer s;

	UNUSED(state);
	assert_int_equal(open_pool(&p, acts, 1, &e), 0);
	s = sign_pool_signer(p);
	assert_int_equal(s.seal(s.arg, &out, "four", 4, "ABCD", &e), 0);
	assert_string_equal(out.s, "-----BEGIN PGP MESSAGE-----\nABCD\n");
	assert_int_equal(s.seal(s.arg, &out, "four", 4, "none", &e), ERR_NOTFOUND);
	assert_int_equal(s.seal(s.arg, &out, "four", 4, "", &e), ERR_NOTFOUND);
	assert_int_equal(s.verify(s.arg, "four", 4, "x", 1, &e), 0);
	assert_int_equal(s.verify(s.arg, "four", 4, "", 0, &e), ERR_PERM);
	s.close(s.arg);
	buf_clear(&out);
}

static void wait_on(const struct sign_queue *q)
{
	struct pollfd on[SIGN_QUEUE_FDS];
	int fd[SIGN_QUEUE_FDS], n = q->wait_on(q->arg, fd);

	for (int i = 0; i < n; i++)
		on[i] = (struct pollfd){ .fd = fd[i], .events = POLLIN };
	assert_true(poll(on, (nfds_t)n, 20) >= 0);
}

/* Each ticket comes back once, with the signature of its own data, whatever happens to a process in
 * between. */
static void ask_many(void (*const *acts)(int fd), int processes)
{
	static int answered[MAILS + 1];
	static char data[MAILS];
	struct sign_pool *p = NULL;
	struct err e = ERR_INIT;
	struct sign_answer a;
	struct sign_queue q;
	int asked = 0, done = 0;
	char want[64];

	memset(answered, 0, sizeof(answered));
	assert_int_equal(open_pool(&p, acts, processes, &e), 0);
	q = sign_pool_queue(p);
	while (done < MAILS) {
		while (asked < MAILS && q.room(q.arg) > 0) {
			asked++;
			assert_int_equal(
			    q.ask(q.arg, &(struct sign_request){ asked, data, (size_t)asked, "" },
				  &e),
			    0);
		}
		while (q.take(q.arg, &a) == 1) {
			assert_in_range(a.ticket, 1, MAILS);
			if (a.code == ERR_TEMP) {
				struct sign_request again = { a.ticket, data, (size_t)a.ticket,
							      "" };

				assert_int_equal(q.ask(q.arg, &again, &e), 0);
				continue;
			}
			assert_int_equal(a.code, 0);
			snprintf(want, sizeof(want), "-----BEGIN PGP SIGNATURE-----\n%d\n",
				 (int)a.ticket);
			assert_string_equal(a.armour, want);
			assert_int_equal(answered[a.ticket]++, 0);
			done++;
		}
		wait_on(&q);
	}
	assert_int_equal(q.take(q.arg, &a), 0);
	sign_pool_close(p);
}

static void many_are_answered_once(void **state)
{
	static void (*const well[2])(int fd) = { serve_well };
	static void (*const once[3])(int fd) = { die_at_first_request, serve_well };
	static void (*const silent[3])(int fd) = { be_silent, serve_well };
	static void (*const two_halves[2])(int fd) = { serve_ahead };
	static void (*const in_two[3])(int fd) = { die_at_first_request, serve_ahead };

	UNUSED(state);
	ask_many(well, 1);
	ask_many(well, 2);
	ask_many(once, 1);
	ask_many(once, 3);
	ask_many(silent, 2);
	ask_many(two_halves, 1);
	ask_many(in_two, 2);
}

/* The signer takes its own messages, of their size and in their order; others end it. */
static void the_signer_is_strict(void **state)
{
	static const struct {
		const char *name;
		uint32_t type[2];
		const char *payload;
	} cases[] = {
		{ "sign before open", { SIGNER_SIGN }, "" },
		{ "an unknown type", { 99 }, "" },
		{ "an answer", { SIGNER_ANSWER }, "" },
		{ "open with rubbish", { SIGNER_OPEN }, "rubbish" },
		{ "empty open", { SIGNER_OPEN }, "" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf payload = BUF_INIT;
		struct err e = ERR_INIT;
		int pair[2];

		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
		buf_addstr(&payload, cases[i].payload);
		say(pair[0], cases[i].type[0], &payload);
		assert_int_equal(shutdown(pair[0], SHUT_WR), 0);
		assert_int_equal(signer_serve(pair[1], open_good, some_time, &e), 1);
		assert_int_equal(e.code, ERR_INPUT);
		close(pair[0]);
		buf_clear(&payload);
	}
}

static void a_broken_request_ends_the_signer(void **state)
{
	struct buf open = BUF_INIT, sign = BUF_INIT;
	struct err e = ERR_INIT;
	int pair[2];

	UNUSED(state);
	for (int i = 0; i < 3; i++)
		wire_put_text(&open, "x");
	wire_put_int(&open, 0);
	wire_put_int(&sign, 1);
	wire_put_int(&sign, 1000); /* says more bytes than there are */
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	say(pair[0], SIGNER_OPEN, &open);
	say(pair[0], SIGNER_SIGN, &sign);
	assert_int_equal(shutdown(pair[0], SHUT_WR), 0);
	assert_int_equal(signer_serve(pair[1], open_good, some_time, &e), 1);
	assert_int_equal(e.code, ERR_INPUT);
	close(pair[0]);
	buf_clear(&open);
	buf_clear(&sign);
}

/* ---- no more than so many in a minute */

static void minutes_begin_with_the_first(void **state)
{
	struct quota q = { .most = 3 }, none = { .most = 0 }, late = { .most = 1, .extra_ms = 500 };

	UNUSED(state);
	assert_int_equal(quota_left(&q, 32, 1000), 3);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(quota_wait(&q, 1000 + i * 100), 0);
		assert_true(quota_take(&q, 1000 + i * 100));
		assert_int_equal(quota_left(&q, 32, 1000 + i * 100), 2 - i);
	}
	assert_false(quota_take(&q, 1300));
	assert_int_equal(quota_wait(&q, 1300), 59700);
	assert_int_equal(quota_left(&q, 32, 60999), 0);
	assert_int_equal(quota_wait(&q, 60999), 1);
	assert_false(quota_take(&q, 60999));
	assert_int_equal(quota_left(&q, 2, 61000), 2);
	assert_true(quota_take(&q, 61000));
	assert_int_equal(quota_left(&q, 32, 61000), 2);
	for (int i = 0; i < 1000; i++)
		assert_true(quota_take(&none, 1000));
	assert_int_equal(quota_left(&none, 32, 1000), 32);
	assert_true(quota_take(&late, 1));
	assert_false(quota_take(&late, 60500));
	assert_true(quota_take(&late, 60501));
}

enum { LIMIT = 3 };

static int64_t told_ms; /* what the signer's clock says */

static int64_t told_time(void)
{
	return told_ms;
}

/* Says OPEN with a limit and asks for n signatures, then for one verification. */
static void ask_directly(int fd, int64_t limit, int n)
{
	struct buf b = BUF_INIT;

	for (int i = 0; i < 3; i++)
		wire_put_text(&b, "x");
	wire_put_int(&b, limit);
	say(fd, SIGNER_OPEN, &b);
	for (int i = 1; i <= n; i++) {
		buf_reset(&b);
		wire_put_int(&b, i);
		wire_put_bytes(&b, "four", 4);
		if (i % 2 == 0)
			wire_put_text(&b, "ABCD");
		say(fd, i % 2 == 0 ? SIGNER_SEAL : SIGNER_SIGN, &b);
	}
	buf_reset(&b);
	wire_put_int(&b, n + 1);
	wire_put_bytes(&b, "four", 4);
	wire_put_bytes(&b, "x", 1);
	say(fd, SIGNER_VERIFY, &b);
	buf_clear(&b);
	assert_int_equal(shutdown(fd, SHUT_WR), 0);
}

/* The codes that were answered, in order, as text. */
static void read_codes(int fd, struct buf *out)
{
	struct err e = ERR_INIT;
	struct channel ch;
	struct span payload;
	uint32_t type;

	channel_init(&ch, dup(fd));
	while (channel_fill(&ch, &e) > 0)
		continue;
	while (channel_next(&ch, &type, &payload, &e) == 1) {
		const char *armour, *micalg, *text;
		int64_t ticket = 0, code = 0;

		if (type != SIGNER_ANSWER)
			continue;
		assert_true(wire_get_int(&payload, &ticket) && wire_get_int(&payload, &code) &&
			    wire_get_text(&payload, &armour) && wire_get_text(&payload, &micalg) &&
			    wire_get_text(&payload, &text));
		assert_true(code == 0 || *armour == '\0');
		assert_true(code == 0 || strstr(text, "limit reached: 3 signatures") != NULL);
		buf_printf(out, "%d:%s ", (int)ticket, code == 0 ? "ok" : "wait");
		assert_true(code == 0 || code == ERR_TEMP);
	}
	channel_clear(&ch);
}

/* It is the signer that holds to the limit: who asks it directly gets no more either. */
static void the_signer_holds_to_its_limit(void **state)
{
	static const struct {
		int64_t limit;
		const char *want;
	} cases[] = {
		{ LIMIT, "1:ok 2:ok 3:ok 4:wait 5:wait 6:ok " },
		{ 0, "1:ok 2:ok 3:ok 4:ok 5:ok 6:ok " },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf codes = BUF_INIT;
		struct err e = ERR_INIT;
		int pair[2];

		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
		ask_directly(pair[0], cases[i].limit, 5);
		assert_int_equal(signer_serve(pair[1], open_good, told_time, &e), 0);
		close(pair[1]);
		read_codes(pair[0], &codes);
		assert_string_equal(codes.s, cases[i].want);
		close(pair[0]);
		buf_clear(&codes);
	}
}

/* The queue has no room for what the signer would refuse, and all it takes is signed. */
static void the_pool_keeps_within_the_limit(void **state)
{
	static void (*const well[2])(int fd) = { serve_well };

	UNUSED(state);
	for (int processes = 1; processes <= 2; processes++) {
		struct buf signature = BUF_INIT;
		struct sign_pool *p = NULL;
		struct err e = ERR_INIT;
		char micalg[MICALG_TEXT];
		struct sign_answer a;
		struct sign_queue q;
		struct signer s;
		int asked = 0, done = 0;

		assert_int_equal(open_limited(&p, well, processes, 10, &e), 0);
		q = sign_pool_queue(p);
		s = sign_pool_signer(p);
		for (; q.room(q.arg) > 0; asked++)
			assert_int_equal(
			    q.ask(q.arg, &(struct sign_request){ asked + 1, "four", 4, "" }, &e),
			    0);
		assert_int_equal(asked, 10);
		for (; done < asked; wait_on(&q))
			for (; q.take(q.arg, &a) == 1; done++)
				assert_int_equal(a.code, 0);
		assert_int_equal(s.sign(s.arg, &signature, micalg, "four", 4, &e), ERR_TEMP);
		assert_non_null(strstr(e.text, "limit reached: 10 signatures"));
		assert_int_equal(s.verify(s.arg, "four", 4, "x", 1, &e), 0);
		buf_clear(&signature);
		sign_pool_close(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opening_tells_why_not),
		cmocka_unit_test(a_signer_gets_a_second_chance),
		cmocka_unit_test(much_work_starts_all_at_once),
		cmocka_unit_test(a_wrong_signature_stops_all),
		cmocka_unit_test(every_thousandth_is_verified),
		cmocka_unit_test(seals_and_verifies),
		cmocka_unit_test(many_are_answered_once),
		cmocka_unit_test(the_signer_is_strict),
		cmocka_unit_test(a_broken_request_ends_the_signer),
		cmocka_unit_test(minutes_begin_with_the_first),
		cmocka_unit_test(the_signer_holds_to_its_limit),
		cmocka_unit_test(the_pool_keeps_within_the_limit),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, make_home, remove_home);
}
