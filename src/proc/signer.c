/*
 * signer: the process that holds the way to the signing key.
 *
 * SECURITY: started by exec with one socket and nothing else: no store, no network, no other file
 * than the GnuPG home. It is the only process of a run that talks to gpg-agent.  It takes four
 * types of message of limited size, and ends at any other.  An operation that takes too long ends
 * it too (SIGALRM), whatever gpg waits for.
 *
 * Invariant: a signature leaves only after one made at the start, and every thousandth before it,
 * was verified by gpg itself.  Input: entities composed by our own dispatcher; it could have been
 * taken over, so sizes and types are checked.
 */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"
#include "quota.h"
#include "signer.h"
#include "wire.h"

enum {
	FLUSH_BYTES = 32 * 1024,
	SMALL_MESSAGE = 16 * 1024,
	NAP_FIRST_US = 1000,
	NAP_MOST_US = 10000,
};

/* A request that the agent has. */
struct asked {
	int64_t ticket;
	struct buf entity; /* a copy: the channel moves what it holds */
};

struct service {
	struct channel ch;
	signer_open_fn *open;
	struct signer signer;
	signer_clock_fn *now_ms;
	bool is_open;
	struct quota quota; /* signatures */
	uint64_t made;
	struct asked asked[SIGN_AHEAD]; /* in their order from first on, round and round */
	int first, n_asked;
	long nap_us; /* in which the agent answers some of them, but not all */
	struct buf armour, message; /* reused from mail to mail */
};

/* false: the asker broke the protocol. */
typedef bool on_message_fn(struct service *v, struct span payload, struct err *e);

static int check(struct service *v, const void *data, size_t n, struct err *e)
{
	bool due = (v->made == 0 && !v->signer.proven) ||
		   v->made % SIGNER_CHECK_EVERY == SIGNER_CHECK_EVERY - 1;
	int rc = 0;

	v->made++;
	if (due)
		rc = v->signer.verify(v->signer.arg, data, n, v->armour.s, v->armour.len, e);
	if (rc < 0)
		buf_reset(&v->armour);
	return rc < 0 ? err_wrap(e, "the signature just made does not verify, signing stops") : 0;
}

static void answer(struct service *v, int64_t ticket, int code, const char *micalg,
		   const struct err *e)
{
	buf_reset(&v->message);
	wire_put_int(&v->message, ticket);
	wire_put_int(&v->message, code);
	wire_put_text(&v->message, code == 0 ? v->armour.s : "");
	wire_put_text(&v->message, micalg);
	wire_put_text(&v->message, code == 0 ? "" : e->text);
	channel_queue(&v->ch, SIGNER_ANSWER, &v->message);
}

/* A dispatcher that was taken over signs no more than this. */
static int within_limit(struct service *v, struct err *e)
{
	int64_t now_ms = v->now_ms(), wait = quota_wait(&v->quota, now_ms);

	if (quota_take(&v->quota, now_ms))
		return 0;
	return err_set(e, ERR_TEMP,
		       "limit reached: %" PRId64 " signatures in a minute by one process, go on in"
		       " %" PRId64 " s (sign.per_minute in the configuration)",
		       v->quota.most, wait / 1000 + 1);
}

/* The oldest signature that was asked for. */
static void finish_asked(struct service *v, struct err *e)
{
	struct asked *q = &v->asked[v->first];
	char micalg[MICALG_TEXT] = "";
	struct err why = ERR_INIT;
	int rc;

	v->first = (v->first + 1) % SIGN_AHEAD;
	v->n_asked--;
	buf_reset(&v->armour);
	if ((rc = v->signer.fetch(v->signer.arg, &v->armour, micalg, q->entity.s, q->entity.len,
				  &why)) == 0 &&
	    (rc = check(v, q->entity.s, q->entity.len, &why)) < 0)
		*e = why;
	answer(v, q->ticket, rc, micalg, &why);
}

/*
 * The agent has all it may have.  It needs far longer for a signature than this process for the
 * rest of one: being woken for each line of its answers would cost both more than what is done
 * with them, so several are fetched at a time, before the agent runs out of work.
 */
static void fetch_some(struct service *v, struct err *e)
{
	const struct timespec nap = { .tv_nsec = v->nap_us * 1000 };

	nanosleep(&nap, NULL);
	do {
		finish_asked(v, e);
	} while (e->code == 0 && v->signer.has_answer(v->signer.arg));
	if (v->n_asked < SIGN_AHEAD / 4)
		v->nap_us -= v->nap_us / 2;
	else if (v->n_asked > SIGN_AHEAD / 2 && v->nap_us < NAP_MOST_US)
		v->nap_us += v->nap_us / 4 + 1;
}

static void ask_ahead(struct service *v, int64_t ticket, const void *data, size_t n, struct err *e)
{
	struct asked *q = &v->asked[(v->first + v->n_asked) % SIGN_AHEAD];

	q->ticket = ticket;
	buf_reset(&q->entity);
	buf_add(&q->entity, data, n);
	v->signer.ask(v->signer.arg, q->entity.s, q->entity.len);
	if (++v->n_asked == SIGN_AHEAD)
		fetch_some(v, e);
}

static bool on_sign(struct service *v, struct span payload, struct err *e)
{
	char micalg[MICALG_TEXT] = "";
	struct err why = ERR_INIT;
	const void *data;
	int64_t ticket;
	size_t n;
	int rc;

	if (!wire_get_int(&payload, &ticket) || !wire_get_bytes(&payload, &data, &n) ||
	    !span_empty(payload))
		return false;
	buf_reset(&v->armour);
	rc = within_limit(v, &why);
	if (rc == 0 && v->signer.ask != NULL) {
		ask_ahead(v, ticket, data, n, e);
		return true;
	}
	if (rc == 0 &&
	    (rc = v->signer.sign(v->signer.arg, &v->armour, micalg, data, n, &why)) == 0 &&
	    (rc = check(v, data, n, &why)) < 0)
		*e = why;
	answer(v, ticket, rc, micalg, &why);
	return true;
}

static bool on_seal(struct service *v, struct span payload, struct err *e)
{
	struct err why = ERR_INIT;
	const char *to;
	const void *data;
	int64_t ticket;
	size_t n;
	int rc;

	UNUSED(e);
	if (!wire_get_int(&payload, &ticket) || !wire_get_bytes(&payload, &data, &n) ||
	    !wire_get_text(&payload, &to) || !span_empty(payload))
		return false;
	buf_reset(&v->armour);
	if ((rc = within_limit(v, &why)) == 0)
		rc = v->signer.seal(v->signer.arg, &v->armour, data, n, to, &why);
	answer(v, ticket, rc, "", &why);
	return true;
}

static bool on_verify(struct service *v, struct span payload, struct err *e)
{
	struct err why = ERR_INIT;
	const void *data, *signature;
	size_t n, n_signature;
	int64_t ticket;
	int rc;

	UNUSED(e);
	if (!wire_get_int(&payload, &ticket) || !wire_get_bytes(&payload, &data, &n) ||
	    !wire_get_bytes(&payload, &signature, &n_signature) || !span_empty(payload))
		return false;
	buf_reset(&v->armour);
	rc = v->signer.verify(v->signer.arg, data, n, signature, n_signature, &why);
	answer(v, ticket, rc, "", &why);
	return true;
}

static bool on_open(struct service *v, struct span payload, struct err *e)
{
	struct sign_options o = { 0 };
	struct err why = ERR_INIT;
	int rc;

	UNUSED(e);
	if (v->is_open || !wire_get_text(&payload, &o.home) ||
	    !wire_get_text(&payload, &o.fingerprint) ||
	    !wire_get_text(&payload, &o.passphrase_file) ||
	    !wire_get_int(&payload, &v->quota.most) || !span_empty(payload) || v->quota.most < 0)
		return false;
	rc = v->open(&v->signer, &o, &why);
	v->is_open = rc == 0;
	buf_reset(&v->message);
	wire_put_int(&v->message, rc);
	wire_put_text(&v->message, why.text);
	channel_queue(&v->ch, SIGNER_READY, &v->message);
	return true;
}

/* What this process takes; anything else ends it. */
static const struct rule {
	uint32_t type;
	size_t most; /* bytes */
	bool opened; /* only behind OPEN */
	on_message_fn *run;
} rules[] = {
	{ SIGNER_OPEN, SMALL_MESSAGE, false, on_open },
	{ SIGNER_SIGN, SIGNER_ENTITY_MAX, true, on_sign },
	{ SIGNER_SEAL, SIGNER_ENTITY_MAX, true, on_seal },
	{ SIGNER_VERIFY, SIGNER_ENTITY_MAX, true, on_verify },
};

static int obey(struct service *v, uint32_t type, struct span payload, struct err *e)
{
	bool understood = false;

	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		const struct rule *r = &rules[i];

		if (r->type != type || span_len(payload) > r->most || r->opened != v->is_open)
			continue;
		alarm(SIGNER_SECONDS); /* until the next request is waited for */
		understood = r->run(v, payload, e);
	}
	if (!understood)
		err_set(e, ERR_INPUT, "a message of type %u and %zu bytes is not for the signer",
			(unsigned)type, span_len(payload));
	return e->code;
}

/* Nothing to do until the next request: then it takes as long as it takes. */
static int wait_request(struct service *v, struct err *e)
{
	int rc = channel_flush(&v->ch, e);

	if (rc < 0)
		return rc;
	alarm(0);
	return channel_fill(&v->ch, e);
}

/*
 * The next request; what was asked for is fetched, and answers go out, before one is waited for.
 * 1, 0 the asker is done, or an error.
 */
static int next_request(struct service *v, uint32_t *type, struct span *payload, struct err *e)
{
	int rc;

	while ((rc = channel_next(&v->ch, type, payload, e)) == 0) {
		if (v->n_asked > 0 && !channel_has_input(&v->ch)) {
			finish_asked(v, e);
			if (e->code < 0)
				return e->code;
		} else if ((rc = wait_request(v, e)) <= 0) {
			return rc;
		}
	}
	return rc;
}

int signer_serve(int fd, signer_open_fn *open, signer_clock_fn *now_ms, struct err *e)
{
	struct service v = { .open = open,
			     .now_ms = now_ms,
			     .nap_us = NAP_FIRST_US,
			     .armour = BUF_INIT,
			     .message = BUF_INIT };
	struct err gone = ERR_INIT;
	struct span payload;
	uint32_t type;
	int rc;

	for (int i = 0; i < SIGN_AHEAD; i++)
		v.asked[i].entity = (struct buf)BUF_INIT;
	channel_init(&v.ch, fd);
	while ((rc = next_request(&v, &type, &payload, e)) == 1) {
		if (obey(&v, type, payload, e) < 0)
			break;
		if (v.ch.out.len > FLUSH_BYTES && channel_flush(&v.ch, e) < 0)
			break;
	}
	/* the last answer says why; where nobody reads it any more, that is no second error */
	if (channel_flush(&v.ch, &gone) < 0)
		gone.code = 0;
	if (v.is_open)
		v.signer.close(v.signer.arg);
	channel_clear(&v.ch);
	for (int i = 0; i < SIGN_AHEAD; i++)
		buf_clear(&v.asked[i].entity);
	buf_clear(&v.armour);
	buf_clear(&v.message);
	return rc != 0;
}

/* The fast path, or the reference for a kind of key it does not know. */
static int open_key(struct signer *out, const struct sign_options *o, struct err *e)
{
	int rc = signer_open_agent(out, o, e);

	return rc == ERR_NOTFOUND ? signer_open_gpgme(out, o, e) : rc;
}

int signer_main(int fd)
{
	const struct rlimit no_core = { 0, 0 };
	struct err e = ERR_INIT;
	int rc;

	if (fcntl(fd, F_SETFL, 0) < 0 || setrlimit(RLIMIT_CORE, &no_core) < 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
		log_error("cannot give up rights: %s", strerror(errno));
		return 1;
	}
	rc = signer_serve(fd, open_key, clock_monotonic_ms, &e);
	if (rc != 0)
		log_error("%s", e.text);
	return rc;
}
