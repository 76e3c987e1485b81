/*
 * sender_wire: what crosses the border between the dispatcher and a sender.
 *
 * Input: results come from a process that talks to hostile servers; they are checked, cut and made
 * printable again.
 */
#include "base.h"
#include "sender.h"
#include "utf8.h"
#include "wire.h"

void sender_put_route(struct buf *b, const struct deliver_route *r)
{
	wire_put_text(b, r->host);
	wire_put_int(b, r->port);
	wire_put_int(b, (int64_t)r->tls);
	wire_put_text(b, r->tls_name);
	wire_put_text(b, r->ca_file);
	wire_put_text(b, r->user);
	wire_put_text(b, r->password);
	wire_put_int(b, r->auth_in_clear);
	wire_put_text(b, r->helo);
	wire_put_int(b, r->dsn);
	wire_put_int(b, r->mails_per_session);
	wire_put_int(b, r->timeout);
}

static bool get_small(struct span *s, int *out)
{
	int64_t v;

	if (!wire_get_int(s, &v) || v < INT32_MIN || v > INT32_MAX)
		return false;
	*out = (int)v;
	return true;
}

static bool get_flag(struct span *s, bool *out)
{
	int v;

	if (!get_small(s, &v))
		return false;
	*out = v != 0;
	return true;
}

bool sender_get_route(struct span s, struct deliver_route *r)
{
	int tls;

	if (!wire_get_text(&s, &r->host) || !get_small(&s, &r->port) ||
	    !get_small(&s, &tls) || !wire_get_text(&s, &r->tls_name) ||
	    !wire_get_text(&s, &r->ca_file) || !wire_get_text(&s, &r->user) ||
	    !wire_get_text(&s, &r->password) || !get_flag(&s, &r->auth_in_clear) ||
	    !wire_get_text(&s, &r->helo) || !get_flag(&s, &r->dsn) ||
	    !get_small(&s, &r->mails_per_session) || !get_small(&s, &r->timeout))
		return false;
	r->tls = (enum deliver_tls)tls;
	return tls >= TLS_NONE && tls <= TLS_REQUIRED && span_empty(s);
}

void sender_put_mail(struct buf *b, const struct delivery *d)
{
	wire_put_int(b, d->id);
	wire_put_text(b, d->env_from);
	wire_put_text(b, d->env_to);
	wire_put_text(b, d->message_id);
	wire_put_text(b, d->envid);
	wire_put_bytes(b, d->bytes, d->len);
}

bool sender_get_mail(struct span s, struct delivery *d)
{
	*d = (struct delivery){ 0 };
	return wire_get_int(&s, &d->id) && wire_get_text(&s, &d->env_from) &&
	       wire_get_text(&s, &d->env_to) && wire_get_text(&s, &d->message_id) &&
	       wire_get_text(&s, &d->envid) && wire_get_bytes(&s, &d->bytes, &d->len) &&
	       span_empty(s);
}

void sender_put_result(struct buf *b, const struct attempt_result *r)
{
	wire_put_int(b, r->delivery_id);
	wire_put_int(b, (int64_t)r->outcome);
	wire_put_int(b, r->code);
	wire_put_text(b, r->status);
	wire_put_text(b, r->stage);
	wire_put_text(b, r->text);
}

static bool get_printable(struct span *s, char *out, size_t size)
{
	struct buf clean = BUF_INIT;
	const char *text;

	if (!wire_get_text(s, &text))
		return false;
	utf8_printable(&clean, text, strlen(text), size - 1, true);
	memcpy(out, clean.s, clean.len + 1);
	buf_clear(&clean);
	return true;
}

bool sender_get_result(struct span s, struct attempt_result *r)
{
	int outcome;

	*r = (struct attempt_result){ 0 };
	if (!wire_get_int(&s, &r->delivery_id) || !get_small(&s, &outcome) ||
	    !get_small(&s, &r->code) || !get_printable(&s, r->status, sizeof(r->status)) ||
	    !get_printable(&s, r->stage, sizeof(r->stage)) ||
	    !get_printable(&s, r->text, sizeof(r->text)))
		return false;
	r->outcome = (enum outcome)outcome;
	return outcome >= OUTCOME_ACCEPTED && outcome <= OUTCOME_NOT_TRIED && r->code >= 0 &&
	       r->code <= 999;
}
