/*
 * sign_agent: the fast path, one kept connection to gpg-agent instead of a gpg process a mail.
 *
 * Invariant: nothing is signed with a key that was not looked at, by gpg and within CHECK_SECONDS,
 * and whose signatures gpg did not then verify.  The agent has at most the requests in asked[] that
 * are sent, in their order.
 * Input: entities of our own making; answers of the agent (read strictly).
 */
#include "base.h"
#include "agent_link.h"
#include "alloc.h"
#include "clock.h"
#include "openpgp_packet.h"
#include "sexp.h"
#include "sign.h"
#include "sign_digest.h"
#include "sign_gpgme.h"

enum { CHECK_SECONDS = 600, COMMAND_TEXT = 96 };

/* What the agent was asked to sign. */
struct asked {
	struct openpgp_signature signature;
	uint8_t digest[32];
	bool sent; /* over the link that is open now */
};

struct agent_signer {
	struct signer reference;
	char *home;
	const struct clock *clock;
	struct signing_key key;
	uint8_t fingerprint[OPENPGP_FINGERPRINT];
	struct agent_link link;
	int64_t check_at; /* when the key is looked at again */
	struct asked asked[SIGN_AHEAD];
	int n_asked;
	struct buf answer;
};

static const char probe[] = "Seinpost\r\n";

static int hex_value(char c)
{
	if (ascii_digit(c))
		return c - '0';
	return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f' ? ascii_lower(c) - 'a' + 10 : -1;
}

static bool fingerprint_read(uint8_t out[OPENPGP_FINGERPRINT], const char *hex)
{
	if (strlen(hex) != 2 * OPENPGP_FINGERPRINT)
		return false;
	for (size_t i = 0; i < OPENPGP_FINGERPRINT; i++) {
		int high = hex_value(hex[2 * i]), low = hex_value(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

static void disconnect(struct agent_signer *a)
{
	agent_close(&a->link);
	for (int i = 0; i < a->n_asked; i++)
		a->asked[i].sent = false;
}

/* Looks the key up, connects anew and tells the agent which key to use. */
static int agent_connect(struct agent_signer *a, struct err *e)
{
	char command[COMMAND_TEXT];
	int rc;

	disconnect(a);
	if ((rc = gpg_signing_key(&a->key, &a->reference, e)) < 0)
		return rc;
	if (a->key.algorithm == 0 || !fingerprint_read(a->fingerprint, a->key.fingerprint))
		return err_set(e, ERR_NOTFOUND,
		               "key %s is neither Ed25519 nor RSA; only gpg itself can use it",
		               a->key.fingerprint);
	buf_reset(&a->answer);
	if ((rc = gpg_agent_socket(&a->answer, a->home, e)) < 0)
		return rc;
	if ((rc = agent_open(&a->link, a->answer.s, e)) < 0)
		return rc;
	snprintf(command, sizeof(command), "SIGKEY %s", a->key.keygrip);
	return agent_command(&a->link, command, &a->answer, e);
}

static int ask_agent(struct agent_signer *a, struct asked *q, const void *data, size_t n,
                     struct err *e)
{
	static const char hex[] = "0123456789ABCDEF";
	char command[COMMAND_TEXT] = "SETHASH 8 ";
	char *p = command + strlen(command);
	uint8_t tail[OPENPGP_TAIL];
	int rc;

	*q = (struct asked){ .signature = { .algorithm = (uint8_t)a->key.algorithm,
		                            .created = (uint32_t)clock_now(a->clock) } };
	memcpy(q->signature.fingerprint, a->fingerprint, sizeof(q->signature.fingerprint));
	openpgp_signature_tail(tail, &q->signature);
	if ((rc = sign_digest(q->digest, data, n, tail, sizeof(tail), e)) < 0)
		return rc;
	for (size_t i = 0; i < sizeof(q->digest); i++) {
		*p++ = hex[q->digest[i] >> 4];
		*p++ = hex[q->digest[i] & 15];
	}
	*p = '\0';
	rc = agent_send_pair(&a->link, command, "PKSIGN", e);
	q->sent = rc == 0;
	return rc;
}

static int fetch_agent(struct agent_signer *a, const struct asked *q, struct buf *signature,
                       struct err *e)
{
	struct sexp_signature answer;
	struct buf packet = BUF_INIT;
	int rc;

	if ((rc = agent_read_pair(&a->link, &a->answer, e)) < 0)
		return rc;
	if (!sexp_signature(&answer, span_of(a->answer.s, a->answer.len)) ||
	    answer.algorithm != a->key.algorithm)
		return err_set(e, ERR_PERM, "gpg-agent's answer is no signature of key %s",
		               a->key.fingerprint);
	openpgp_signature_packet(&packet, &q->signature, q->digest, answer.number, answer.n);
	openpgp_armour(signature, "PGP SIGNATURE", packet.s, packet.len);
	buf_clear(&packet);
	return 0;
}

/* Only where the agent owes no other answer. */
static int sign_once(struct agent_signer *a, struct buf *signature, const void *data, size_t n,
                     struct err *e)
{
	struct asked q;
	int rc = ask_agent(a, &q, data, n, e);

	return rc < 0 ? rc : fetch_agent(a, &q, signature, e);
}

/*
 * Signs; where the agent went away or has forgotten a passphrase, once more on a new connection,
 * and then with gpg itself, which starts the agent and can hand it the passphrase.
 */
static int sign_anyhow(struct agent_signer *a, struct buf *signature, char micalg[MICALG_TEXT],
                       const void *data, size_t n, struct err *e)
{
	int rc;

	snprintf(micalg, MICALG_TEXT, "pgp-sha256");
	if (sign_once(a, signature, data, n, NULL) == 0)
		return 0;
	if ((rc = agent_connect(a, e)) == ERR_CONF)
		return rc;
	if (rc == 0 && sign_once(a, signature, data, n, NULL) == 0)
		return 0;
	return a->reference.sign(a->reference.arg, signature, micalg, data, n, e);
}

static int probe_once(struct agent_signer *a, struct err *e)
{
	struct buf signature = BUF_INIT;
	int rc;

	if ((rc = sign_once(a, &signature, probe, sizeof(probe) - 1, e)) == 0)
		rc = a->reference.verify(a->reference.arg, probe, sizeof(probe) - 1, signature.s,
		                         signature.len, e);
	buf_clear(&signature);
	return rc;
}

/* Looks at the key and lets gpg verify a signature made with it; without either, none is made. */
static int check_key(struct agent_signer *a, struct err *e)
{
	char micalg[MICALG_TEXT];
	struct buf scratch = BUF_INIT;
	int rc;

	a->check_at = 0;
	if ((rc = agent_connect(a, e)) < 0)
		return rc;
	if ((rc = probe_once(a, NULL)) < 0) {
		/* a signature by gpg leaves the passphrase in the agent's cache */
		if ((rc = a->reference.sign(a->reference.arg, &scratch, micalg, probe,
		                            sizeof(probe) - 1, e)) == 0)
			rc = probe_once(a, e);
		buf_clear(&scratch);
	}
	if (rc == 0)
		a->check_at = clock_now(a->clock) + CHECK_SECONDS;
	return rc;
}

/* Looks at the key where that is due. */
static int keep_checked(struct agent_signer *a, struct err *e)
{
	int64_t now = clock_now(a->clock);

	if (now < a->check_at && (a->key.expires == 0 || now < a->key.expires))
		return 0;
	return check_key(a, e);
}

static int agent_sign(void *arg, struct buf *signature, char micalg[MICALG_TEXT], const void *data,
                      size_t n, struct err *e)
{
	struct agent_signer *a = arg;
	int rc;

	if (a->n_asked > 0)
		bug("sign: a signature that was asked for was not fetched");
	if ((rc = keep_checked(a, e)) < 0)
		return rc;
	return sign_anyhow(a, signature, micalg, data, n, e);
}

static void agent_ask(void *arg, const void *data, size_t n)
{
	struct agent_signer *a = arg;
	struct asked *q = &a->asked[a->n_asked];

	if (a->n_asked == SIGN_AHEAD)
		bug("sign: more than %d signatures asked for", SIGN_AHEAD);
	if (keep_checked(a, NULL) < 0 || ask_agent(a, q, data, n, NULL) < 0)
		q->sent = false;
	a->n_asked++;
}

/* What did not come back as it should is asked for again, on a link where nothing else is due. */
static int agent_fetch(void *arg, struct buf *signature, char micalg[MICALG_TEXT], const void *data,
                       size_t n, struct err *e)
{
	struct agent_signer *a = arg;
	struct asked q = a->asked[0];
	int rc;

	if (a->n_asked == 0)
		bug("sign: a signature nobody asked for");
	a->n_asked--;
	memmove(a->asked, a->asked + 1, (size_t)a->n_asked * sizeof(q));
	snprintf(micalg, MICALG_TEXT, "pgp-sha256");
	if (q.sent && fetch_agent(a, &q, signature, NULL) == 0)
		return 0;
	disconnect(a);
	if ((rc = keep_checked(a, e)) < 0)
		return rc;
	return sign_anyhow(a, signature, micalg, data, n, e);
}

static bool agent_has_answer(const void *arg)
{
	const struct agent_signer *a = arg;

	return a->n_asked > 0 && a->link.have > 0;
}

static int agent_seal(void *arg, struct buf *ciphertext, const void *data, size_t n,
                      const char *to_fpr, struct err *e)
{
	struct agent_signer *a = arg;

	return a->reference.seal(a->reference.arg, ciphertext, data, n, to_fpr, e);
}

static int agent_verify(void *arg, const void *data, size_t n, const char *signature,
                        size_t n_signature, struct err *e)
{
	struct agent_signer *a = arg;

	return a->reference.verify(a->reference.arg, data, n, signature, n_signature, e);
}

static void agent_signer_close(void *arg)
{
	struct agent_signer *a = arg;

	agent_close(&a->link);
	a->reference.close(a->reference.arg);
	buf_clear(&a->answer);
	free(a->home);
	free(a);
}

int signer_open_agent(struct signer *out, const struct sign_options *o, struct err *e)
{
	struct agent_signer *a = xcalloc(1, sizeof(*a));
	int rc;

	a->answer = (struct buf)BUF_INIT;
	a->link = (struct agent_link)AGENT_LINK_INIT;
	a->home = xstrdup(o->home);
	a->clock = o->clock != NULL ? o->clock : &system_clock;
	if ((rc = signer_open_gpgme(&a->reference, o, e)) < 0) {
		free(a->home);
		free(a);
		return rc;
	}
	if ((rc = check_key(a, e)) < 0) {
		agent_signer_close(a);
		return rc;
	}
	*out = (struct signer){ .sign = agent_sign,
		                .seal = agent_seal,
		                .verify = agent_verify,
		                .close = agent_signer_close,
		                .arg = a,
		                .ask = agent_ask,
		                .fetch = agent_fetch,
		                .has_answer = agent_has_answer,
		                .proven = true };
	return 0;
}

int signer_selfcheck(struct signer *fast, struct signer *reference, struct err *e)
{
	struct buf signature = BUF_INIT;
	char micalg[MICALG_TEXT];
	int rc;

	if ((rc = fast->sign(fast->arg, &signature, micalg, probe, sizeof(probe) - 1, e)) == 0)
		rc = reference->verify(reference->arg, probe, sizeof(probe) - 1, signature.s,
		                       signature.len, e);
	buf_clear(&signature);
	return rc < 0 ? err_wrap(e, "self-check of the signer") : 0;
}
