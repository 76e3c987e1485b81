/*
 * recipients: from failures to what the rest of the program acts on.
 *
 * Invariant: hard only where the reason is the address itself; a status is never made up.
 * Input: failures read from a hostile mail.
 */
#include "base.h"

#include "addr_scan.h"
#include "kind.h"
#include "reason.h"
#include "recipients.h"

enum { OWN_WEIGHT_ENOUGH = 15 };

/* Without any code a bounce is final: systems that give up say so without a number. */
static enum verdict_perm perm_of(const struct failure *f, enum verdict_kind kind)
{
	if (kind == VERDICT_DELAYED)
		return VERDICT_TEMPORARY;
	if (f->codes.status[0] == '5' || f->codes.status[0] == '4')
		return f->codes.status[0] == '5' ? VERDICT_PERMANENT : VERDICT_TEMPORARY;
	if (f->codes.reply >= 400)
		return f->codes.reply >= 500 ? VERDICT_PERMANENT : VERDICT_TEMPORARY;
	return VERDICT_PERMANENT;
}

static struct reason own_reason(struct view *w, const struct failure *f, bool alone)
{
	struct reason best = { REASON_NONE, "", 0 }, other;
	struct hay h;

	hay_init(&h, w->a, f->diagnostic);
	best = reason_find(&h, &f->codes);
	if (best.weight >= OWN_WEIGHT_ENOUGH || (!alone && !span_empty(f->diagnostic)))
		return best;
	other = reason_find(view_report_hay(w), &f->codes);
	return other.weight > best.weight ? other : best;
}

static void fill_one(struct verdict_recipient *out, struct verdict *v, struct view *w,
		     const struct failure *f, bool alone)
{
	struct reason why;

	verdict_text(out->address, sizeof(out->address), f->address, strlen(f->address), true);
	memcpy(out->status, f->codes.status, sizeof(f->codes.status));
	out->reply = f->codes.reply;
	if (v->kind == VERDICT_SUCCESS)
		return;
	why = own_reason(w, f, alone);
	if (why.reason == REASON_NONE) {
		/* what waits without a word why waits for the other side */
		why.reason = v->kind == VERDICT_DELAYED ? REASON_NETWORK : REASON_OTHER;
		why.rule = v->kind == VERDICT_DELAYED ? "delay without a reason" : why.rule;
	}
	out->reason = why.reason;
	out->perm = perm_of(f, v->kind);
	/* a name server that gave no answer says nothing about the domain */
	if (out->reason == REASON_DOMAIN && out->perm == VERDICT_TEMPORARY)
		out->reason = REASON_NETWORK;
	out->class = v->kind == VERDICT_BOUNCE &&
				     (out->reason == REASON_USER || out->reason == REASON_DOMAIN)
			     ? VERDICT_HARD
			     : VERDICT_SOFT;
	if (v->reason_rule[0] == '\0') {
		verdict_text(v->reason_rule, sizeof(v->reason_rule), why.rule, strlen(why.rule),
			     true);
		verdict_text(v->evidence, sizeof(v->evidence), f->diagnostic.p,
			     span_len(f->diagnostic), true);
	}
}

/* The To field of the returned mail or header, where it names one address. */
static bool returned_to(struct view *w, char *out)
{
	struct mail_header *h = arena_take(w->a, sizeof(*h));
	struct found_address f, second;
	struct span to;

	for (int i = 0; i < w->m->n_parts; i++) {
		const struct mail_part *p = &w->m->part[i];
		bool header = strcmp(p->type, "text/rfc822-headers") == 0 ||
			      strcmp(p->type, "message/rfc822") == 0 ||
			      strcmp(p->type, "text/rfc822-header") == 0;

		if (!header)
			continue;
		mail_header_parse(h, p->text);
		to = mail_field_raw(h, "To");
		if (to.p == NULL || !addr_find(&f, to))
			continue;
		if (addr_find(&second, (struct span){ f.at.end, to.end }) &&
		    !span_equal_nocase(f.at, second.at))
			continue;
		return addr_copy(out, VERDICT_ADDRESS_TEXT, f.at);
	}
	return false;
}

/* A returned header pasted behind the text of the report. */
static bool pasted_to(struct view *w, char *out)
{
	struct span rest = w->text, line;
	bool behind = false;

	for (int i = 0; i < 400 && span_line(&rest, &line); i++) {
		behind = behind || span_find_nocase(line, "original message") != NULL ||
			 span_starts_nocase(line, "received:") || span_starts_nocase(line, "from:");
		if (behind && span_starts_nocase(line, "to:") &&
		    addr_copy(out, VERDICT_ADDRESS_TEXT, line))
			return true;
	}
	return false;
}

static void drop_doubles(struct report *r)
{
	int n = 0;

	for (int i = 0; i < r->n; i++) {
		bool seen = false;

		for (int j = 0; j < n; j++)
			seen = seen || (r->failure[i].address[0] != '\0' &&
					strcmp(r->failure[i].address, r->failure[j].address) == 0);
		if (!seen)
			r->failure[n++] = r->failure[i];
	}
	r->n = n;
}

enum verdict_action recipients_fate(const struct failure *f)
{
	if (f->action != ACTION_NONE)
		return f->action;
	return f->codes.status[0] == '2' ? ACTION_DELIVERED : ACTION_FAILED;
}

void recipients_spare(struct verdict *v, const struct report *r)
{
	v->n_spared = 0;
	for (int i = 0; i < r->n; i++) {
		const struct failure *f = &r->failure[i];
		struct verdict_spared *out = &v->spared[v->n_spared];

		if (recipients_fate(f) == ACTION_FAILED)
			continue;
		verdict_text(out->address, sizeof(out->address), f->address, strlen(f->address),
		             true);
		out->action = recipients_fate(f);
		v->n_spared++;
	}
}

static bool names_nobody(const struct report *r)
{
	for (int i = 0; i < r->n; i++)
		if (r->failure[i].address[0] != '\0')
			return false;
	return true;
}

void recipients_fill(struct verdict *v, struct view *w, struct report *r)
{
	drop_doubles(r);
	if (names_nobody(r)) {
		struct failure *f = r->n > 0 ? &r->failure[0] : report_add(r);

		if (r->n == 1 && span_empty(f->diagnostic)) {
			f->diagnostic = view_report_text(w);
			if (f->codes.reply == 0 && f->codes.status[0] == '\0')
				codes_find(&f->codes, view_report_text(w));
		}
		if (returned_to(w, f->address) || pasted_to(w, f->address))
			r->n = 1;
	}
	v->truncated = r->truncated;
	for (int i = 0; i < r->n; i++) {
		if (r->failure[i].address[0] == '\0')
			fill_one(&v->overall, v, w, &r->failure[i], r->n == 1);
		else
			fill_one(&v->recipient[v->n_recipients++], v, w, &r->failure[i], r->n == 1);
	}
}
