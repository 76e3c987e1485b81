/*
 * verify_client: a verifier's process as its parent sees it.
 *
 * Input: the answer of a process that had gpg read a hostile signature: one message, whose finding,
 * time and fingerprint are checked.
 */
#include "base.h"

#include "spawn.h"
#include "verifier.h"
#include "verify_client.h"
#include "wire.h"

enum { DEADLINE_MS = (VERIFIER_SECONDS + 2) * 1000 };

static bool is_fingerprint_or_none(const char *s)
{
	size_t n = strspn(s, "0123456789ABCDEFabcdef");

	return s[n] == '\0' && (n == 0 || n == 40 || n == 64);
}

static int read_answer(struct signature_check *out, struct span payload, struct err *e)
{
	const char *fingerprint, *text;
	int64_t code, finding, made_at;

	if (!wire_get_int(&payload, &code) || !wire_get_int(&payload, &finding) ||
	    !wire_get_text(&payload, &fingerprint) || !wire_get_int(&payload, &made_at) ||
	    !wire_get_text(&payload, &text) || !span_empty(payload) || finding < 0 ||
	    finding >= SIGNATURE_FINDINGS || made_at < 0 || !is_fingerprint_or_none(fingerprint))
		return err_set(e, ERR_INPUT, "the verifier's answer is not well-formed");
	if (code != 0)
		return err_set(e, ERR_TEMP, "the signature cannot be checked");
	out->finding = (enum signature_finding)finding;
	out->made_at = made_at;
	snprintf(out->fingerprint, sizeof(out->fingerprint), "%s", fingerprint);
	return 0;
}

static int exchange(struct channel *ch, int deadline_ms, struct span *payload, struct err *e)
{
	uint32_t type = 0;
	int rc = channel_ask(ch, deadline_ms, &type, payload, e);

	if (rc == 0)
		return err_set(e, ERR_TEMP, "the verifier ended without an answer");
	if (rc < 0)
		return err_wrap(e, "verifier");
	if (type != VERIFIER_FOUND)
		return err_set(e, ERR_INPUT, "the verifier answered a message of type %u",
		               (unsigned)type);
	return 0;
}

static int verify(void *arg, struct signature_check *out, const struct signed_bytes *s,
                  struct err *e)
{
	struct verify_client *c = arg;
	struct buf ask = BUF_INIT;
	struct span payload;
	struct channel ch;
	pid_t pid = 0;
	int fd, rc;

	if ((rc = (c->spawn ? c->spawn : spawn_role)("verifier", &pid, &fd, e)) < 0)
		return rc;
	channel_init(&ch, fd);
	wire_put_text(&ask, c->home);
	wire_put_int(&ask, s->signing);
	wire_put_bytes(&ask, s->data.p, span_len(s->data));
	wire_put_bytes(&ask, s->signature.p, span_len(s->signature));
	channel_queue(&ch, VERIFIER_ASK, &ask);
	if ((rc = exchange(&ch, c->deadline_ms ? c->deadline_ms : DEADLINE_MS, &payload, e)) == 0)
		rc = read_answer(out, payload, e);
	buf_clear(&ask);
	channel_clear(&ch);
	spawn_kill(pid);
	return rc;
}

struct verifier verify_client_verifier(struct verify_client *c)
{
	return (struct verifier){ verify, c };
}
