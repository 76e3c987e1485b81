/*
 * verdict: words, and the check at the border of the parser's process.
 *
 * Input: verdict_valid() takes a record from a process that read hostile mail and may have been
 * taken over.
 */
#include "base.h"
#include "utf8.h"
#include "verdict.h"

const char *const verdict_kind_words[] = { "bounce",    "delayed", "success", "feedback",
					   "autoreply", "reply",   "other",   NULL };
const char *const verdict_class_words[] = { "none", "hard", "soft", NULL };
const char *const verdict_perm_words[] = { "none", "permanent", "temporary", NULL };
const char *const verdict_reason_words[] = { "none",   "user",   "domain",  "full", "disabled",
					     "size",   "policy", "content", "rate", "network",
					     "system", "other",  NULL };
const char *const verdict_answer_words[] = { "none",        "received", "resolved", "not_ours",
					     "unsubscribe", "call_me",  NULL };
const char *const verdict_remark_words[] = { "none", "asks", "harm", NULL };

void verdict_init(struct verdict *v)
{
	memset(v, 0, sizeof(*v));
	v->kind = VERDICT_OTHER;
}

/* Terminated within its field, and what utf8_printable() would leave as it is. */
static bool printable_ok(const char *s, size_t size, bool one_line)
{
	size_t n = strnlen(s, size);
	struct buf again = BUF_INIT;
	bool ok;

	if (n == size)
		return false;
	utf8_printable(&again, s, n, size, one_line);
	ok = again.len == n && memcmp(again.s, s, n) == 0;
	buf_clear(&again);
	return ok;
}

static bool text_ok(const char *s, size_t size)
{
	return printable_ok(s, size, true);
}

/* Looked at as the byte it is: a bool that is neither 0 nor 1 must not be read as one. */
static bool bool_ok(const bool *b)
{
	unsigned char byte;

	memcpy(&byte, b, sizeof(byte));
	return byte <= 1;
}

static bool in_range(int v, int last)
{
	return v >= 0 && v <= last;
}

static bool recipient_ok(const struct verdict_recipient *r)
{
	return in_range((int)r->class, VERDICT_SOFT) && in_range((int)r->perm, VERDICT_TEMPORARY) &&
	       in_range((int)r->reason, REASON_OTHER) && in_range(r->reply, 999) &&
	       text_ok(r->address, sizeof(r->address)) && text_ok(r->status, sizeof(r->status));
}

static bool spared_ok(const struct verdict *v)
{
	if (!in_range(v->n_spared, VERDICT_RECIPIENTS))
		return false;
	for (int i = 0; i < v->n_spared; i++)
		if (!in_range((int)v->spared[i].action, ACTION_DELIVERED) ||
		    !text_ok(v->spared[i].address, sizeof(v->spared[i].address)))
			return false;
	return true;
}

static bool list_ok(const char *list, size_t size, int n, int max)
{
	if (!in_range(n, max))
		return false;
	for (int i = 0; i < n; i++)
		if (!text_ok(list + (size_t)i * size, size))
			return false;
	return true;
}

bool verdict_range_in(struct verdict_range r, size_t n)
{
	return r.at >= 0 && r.len > 0 && (size_t)r.at <= n && (size_t)r.len <= n - (size_t)r.at;
}

bool verdict_valid(const struct verdict *v)
{
	if (!in_range((int)v->kind, VERDICT_OTHER) || !in_range((int)v->answer, ANSWER_CALL_ME) ||
	    !in_range((int)v->remark, REMARK_HARM) ||
	    !in_range((int)v->signing, SIGNING_CLEAR_BASE64) ||
	    !in_range(v->n_recipients, VERDICT_RECIPIENTS) || !recipient_ok(&v->overall) ||
	    !bool_ok(&v->unparsable) || !bool_ok(&v->truncated) || !bool_ok(&v->receipt) ||
	    ((v->unparsable || v->receipt) && v->kind != VERDICT_OTHER))
		return false;
	for (int i = 0; i < v->n_recipients; i++)
		if (!recipient_ok(&v->recipient[i]))
			return false;
	return spared_ok(v) && list_ok(v->envelope_to[0], VERDICT_ADDRESS_TEXT, v->n_envelope_to,
		       VERDICT_ADDRESSES) &&
	       list_ok(v->header_to[0], VERDICT_ADDRESS_TEXT, v->n_header_to, VERDICT_ADDRESSES) &&
	       list_ok(v->message_id[0], VERDICT_ID_TEXT, v->n_message_id, VERDICT_IDS) &&
	       text_ok(v->envid, sizeof(v->envid)) && text_ok(v->from, sizeof(v->from)) &&
	       text_ok(v->subject, sizeof(v->subject)) &&
	       text_ok(v->own_message_id, sizeof(v->own_message_id)) &&
	       printable_ok(v->text, sizeof(v->text), false) &&
	       text_ok(v->proposed, sizeof(v->proposed)) && text_ok(v->ticket, sizeof(v->ticket)) &&
	       text_ok(v->rule, sizeof(v->rule)) &&
	       text_ok(v->reason_rule, sizeof(v->reason_rule)) &&
	       text_ok(v->answer_rule, sizeof(v->answer_rule)) &&
	       text_ok(v->evidence, sizeof(v->evidence)) && text_ok(v->part, sizeof(v->part));
}
