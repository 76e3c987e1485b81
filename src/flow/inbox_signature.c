/*
 * inbox_signature: asks who can check, and compares keys with the register.
 *
 * Input: ranges from a parser that may have been taken over; findings of a process that read a
 * hostile signature.
 */
#include "base.h"

#include "inbox_signature.h"
#include "store_register.h"

/* Seconds that the clock of a company may be behind. */
enum { CLOCK_SLACK = 3600 };

/* gpg hashes what went over the wire, and the wire has CRLF (RFC 3156, 5). */
static void put_canonical(struct buf *out, struct span s)
{
	const char *lf;

	for (; (lf = memchr(s.p, '\n', span_len(s))) != NULL; s.p = lf + 1) {
		buf_add(out, s.p, (size_t)(lf - s.p));
		if (lf == s.p || lf[-1] != '\r')
			buf_addch(out, '\r');
		buf_addch(out, '\n');
	}
	buf_add(out, s.p, span_len(s));
}

static enum signed_state state_of(enum signature_finding finding)
{
	switch (finding) {
	case SIGNATURE_HOLDS: return SIGNED_GOOD;
	case SIGNATURE_NO_KEY: return SIGNED_NO_KEY;
	case SIGNATURE_KEY_UNUSABLE: return SIGNED_KEY_UNUSABLE;
	case SIGNATURE_UNKNOWN: return SIGNED_UNCHECKED;
	default: return SIGNED_BAD;
	}
}

/* False where the mail is unsigned, or v names bytes that are not its own. */
static bool find_bytes(struct signed_bytes *s, const struct verdict *v, const void *bytes, size_t n)
{
	const char *p = bytes;

	if (v->signing == SIGNING_NONE || !verdict_range_in(v->signed_part, n))
		return false;
	s->data = span_of(p + v->signed_part.at, (size_t)v->signed_part.len);
	s->signature = span_of(p, 0);
	if (v->signing != SIGNING_MIME)
		return true;
	if (!verdict_range_in(v->signature, n))
		return false;
	s->signature = span_of(p + v->signature.at, (size_t)v->signature.len);
	return true;
}

void inbox_signature_check(struct gateway *g, struct inbox_signature *out, const struct verdict *v,
                           const void *bytes, size_t n)
{
	struct signed_bytes s = { .signing = v->signing };
	struct buf text = BUF_INIT;
	struct signature_check found;
	struct err e = ERR_INIT;

	*out = (struct inbox_signature){ .state = SIGNED_NOT };
	if (v->kind != VERDICT_REPLY || !find_bytes(&s, v, bytes, n))
		return;
	/* gpg is not set to work by strangers */
	out->state = SIGNED_UNCHECKED;
	if (g->verifier == NULL || !inbox_link_has_token(g, v))
		return;
	if (s.signing == SIGNING_MIME) {
		put_canonical(&text, s.data);
		s.data = span_of(text.s, text.len);
	}
	if (g->verifier->verify(g->verifier->arg, &found, &s, &e) == 0) {
		out->state = state_of(found.finding);
		memcpy(out->by, found.fingerprint, sizeof(out->by));
		out->made_at = found.made_at;
	}
	buf_clear(&text);
}

int inbox_signature_settle(struct gateway *g, struct inbox_signature *s, const struct inbox_link *l,
                           struct err *e)
{
	int rc;

	if (s->state != SIGNED_GOOD)
		return 0;
	if (l->token == ACK_NO_TOKEN) {
		s->state = SIGNED_OTHER_KEY;
		return 0;
	}
	rc = store_contact_has_key(g->store, l->warning.company_id, l->mail.contact_id, s->by, e);
	if (rc == 0)
		s->state = SIGNED_OTHER_KEY;
	else if (rc > 0 && s->made_at < l->mail.created_at - CLOCK_SLACK)
		s->state = SIGNED_EARLIER;
	return rc < 0 ? rc : 0;
}
