/*
 * kind: the order in which a report is recognised: structure first, words last.
 *
 * Invariant: words decide only where a mail system sent the mail; a person's mail is never read for
 * codes.
 * Input: a parsed hostile mail.
 */
#include "base.h"

#include "addr_scan.h"
#include "codes.h"
#include "kind.h"
#include "phrases.h"
#include "recipients.h"
#include "sns.h"

static bool decide(struct verdict *v, enum verdict_kind kind, const char *rule,
                   const struct mail_part *p)
{
	v->kind = kind;
	verdict_explain(v, rule, span_of("", 0), p ? p->id : "");
	return true;
}

static bool report_type(const struct view *w, const char *type)
{
	for (int i = 0; i < w->m->n_parts; i++)
		if (w->m->part[i].message < 0 && strcmp(w->m->part[i].report, type) == 0)
			return true;
	return false;
}

/* RFC 5965; Microsoft's JMRP sends the mail complained about without any report part. */
static bool is_feedback(struct verdict *v, struct view *w)
{
	const struct mail_part *p = view_part(w, "message/feedback-report");

	if (p != NULL || report_type(w, "feedback-report"))
		return decide(v, VERDICT_FEEDBACK, "feedback report", p);
	if (strncasecmp(w->subject, "complaint about message from", 28) == 0 &&
	    mail_field_raw(&w->m->header, "X-HmXmrOriginalRecipient").p != NULL)
		return decide(v, VERDICT_FEEDBACK, "junk mail report", NULL);
	if (strncasecmp(w->subject, "complaint about message from", 28) == 0 && !w->reply_prefix)
		return decide(v, VERDICT_FEEDBACK, "junk mail report", NULL);
	return false;
}

/* A refusal in the dress of a receipt (RFC 5429); a plain "not read" is none. */
static bool is_refusal(struct view *w)
{
	const char *submitted = mail_field_text(w->a, &w->m->header, "Auto-Submitted");

	if (span_find_nocase(span_str(submitted), "rejected") != NULL)
		return true;
	return (w->system_sender || w->null_sender) && hay_has(view_report_hay(w), "rejected");
}

static bool is_disposition(struct verdict *v, struct view *w)
{
	const struct mail_part *p = view_part(w, "message/disposition-notification");
	struct report r;

	if (p == NULL && !report_type(w, "disposition-notification"))
		return false;
	if (!is_refusal(w))
		return decide(v, VERDICT_OTHER, "read receipt", p);
	decide(v, VERDICT_BOUNCE, "refused by a filter", p);
	report_init(&r);
	if (p != NULL)
		dsn_parse(&r, p->text);
	for (int i = 0; i < r.n; i++)
		r.failure[i].action = ACTION_FAILED;
	recipients_fill(v, w, &r);
	return true;
}

static bool is_aggregate(struct verdict *v, struct view *w)
{
	if (report_type(w, "tlsrpt"))
		return decide(v, VERDICT_OTHER, "TLS report", NULL);
	if (strncasecmp(w->subject, "Report Domain:", 14) == 0)
		return decide(v, VERDICT_OTHER, "DMARC report", NULL);
	if (view_part(w, "text/calendar") != NULL && !w->system_sender)
		return decide(v, VERDICT_OTHER, "calendar", NULL);
	return false;
}

static enum verdict_kind kind_of_actions(const struct report *r)
{
	bool failed = false, delayed = false, done = false;

	for (int i = 0; i < r->n; i++) {
		const struct failure *f = &r->failure[i];
		char class = f->codes.status[0];

		failed = failed || f->action == ACTION_FAILED ||
		         (f->action == ACTION_NONE && class != '2');
		delayed = delayed || f->action == ACTION_DELAYED;
		done = done || f->action >= ACTION_DELIVERED ||
		       (f->action == ACTION_NONE && class == '2');
	}
	return failed    ? VERDICT_BOUNCE
	       : delayed ? VERDICT_DELAYED
	       : done    ? VERDICT_SUCCESS
	                 : VERDICT_BOUNCE;
}

/* Only the recipients that the kind is about. */
static void keep_fitting(struct report *r, enum verdict_kind kind)
{
	int n = 0;

	for (int i = 0; i < r->n; i++) {
		enum report_action action = r->failure[i].action;
		bool fits = kind == VERDICT_BOUNCE
		                    ? action == ACTION_FAILED || action == ACTION_NONE
		            : kind == VERDICT_DELAYED ? action == ACTION_DELAYED
		                                      : true;

		if (fits)
			r->failure[n++] = r->failure[i];
	}
	r->n = n;
}

/* Systems that leave out Diagnostic-Code say the reason in their prose, behind the address. */
static void add_prose(struct view *w, struct report *r)
{
	struct report prose;
	bool needed = false;

	for (int i = 0; i < r->n; i++)
		needed = needed || span_empty(r->failure[i].diagnostic);
	if (!needed)
		return;
	report_init(&prose);
	bounce_text_parse(&prose, w->m, w->a, view_report_text(w));
	for (int i = 0; i < r->n; i++) {
		struct failure *f = &r->failure[i], *told = report_find(&prose, f->address);

		if (!span_empty(f->diagnostic))
			continue;
		if (told == NULL)
			told = report_find(&prose, f->final);
		if (told == NULL && r->n == 1 && prose.n == 1)
			told = &prose.failure[0];
		if (told == NULL)
			continue;
		f->diagnostic = told->diagnostic;
		if (f->address[0] == '\0')
			memcpy(f->address, told->address, sizeof(f->address));
		if (f->codes.reply == 0)
			f->codes.reply = told->codes.reply;
		if (f->codes.status[0] == '\0' ||
		    status_is_finer(told->codes.status, f->codes.status))
			memcpy(f->codes.status, told->codes.status, sizeof(f->codes.status));
	}
}

static bool take_groups(struct verdict *v, struct view *w, struct report *r, const char *rule,
                        const struct mail_part *p)
{
	if (r->n == 0)
		return false;
	decide(v, kind_of_actions(r), rule, p);
	keep_fitting(r, v->kind);
	add_prose(w, r);
	recipients_fill(v, w, r);
	verdict_text(v->envid, sizeof(v->envid), r->envid, strlen(r->envid), true);
	return true;
}

static bool status_type(const char *type)
{
	return strcmp(type, "message/delivery-status") == 0 ||
	       strcmp(type, "message/global-delivery-status") == 0 ||
	       strcmp(type, "text/delivery-status") == 0;
}

/*
 * Inside a message/rfc822 only where a system wrapped the report: a person who forwards one is a
 * person.
 */
static bool has_status_part(struct verdict *v, struct view *w)
{
	bool wrapped = (w->system_sender || w->null_sender) && !w->reply_prefix;
	const struct mail_part *inner = NULL;
	struct report r;

	report_init(&r);
	for (int i = 0; i < w->m->n_parts; i++) {
		const struct mail_part *p = &w->m->part[i];

		if (!status_type(p->type) || span_empty(p->text))
			continue;
		if (p->message >= 0) {
			inner = inner ? inner : p;
			continue;
		}
		dsn_parse(&r, p->text);
		if (take_groups(v, w, &r, "delivery status part", p))
			return true;
	}
	if (!wrapped || inner == NULL)
		return false;
	dsn_parse(&r, inner->text);
	return take_groups(v, w, &r, "wrapped delivery status part", inner);
}

/* Broken MIME, Amazon WorkMail: the fields stand in the text. */
static bool has_status_text(struct verdict *v, struct view *w)
{
	struct report r;
	struct span from;

	if (!(w->system_sender || w->null_sender || report_type(w, "delivery-status")) ||
	    w->reply_prefix)
		return false;
	report_init(&r);
	for (int i = 0; i < w->m->n_parts && i < 12; i++) {
		const struct mail_part *p = &w->m->part[i];

		if (p->message >= 0 || span_empty(p->text) || strcmp(p->type, "text/html") == 0 ||
		    !dsn_in_text(&from, p->text))
			continue;
		dsn_parse(&r, from);
		if (take_groups(v, w, &r, "delivery status fields in text", p))
			return true;
	}
	return false;
}

static bool bounce_subject(const struct view *w)
{
	return hay_any(&w->subject_hay, phrases_bounce_subject) != NULL;
}

static bool from_any(const struct view *w, const char *const *words)
{
	for (; *words != NULL; words++)
		if (span_find_nocase(span_str(w->from), *words) != NULL)
			return true;
	return false;
}

/* List software that turns the mail away, under the address of the list's keeper. */
static bool list_refusal(struct view *w)
{
	static const char *const waiting[] = { "held until", "being held", NULL };

	return from_any(w, phrases_list_sender) && !w->reply_prefix &&
	       hay_any(view_report_hay(w), phrases_list_refusal) != NULL &&
	       hay_any(view_report_hay(w), waiting) == NULL;
}

/*
 * From an unknown sender: parcels cannot be delivered either, and people tell of bounces.  A report
 * has an address or a code, and nobody who speaks.
 */
static bool names_failure(struct view *w)
{
	struct found_address f;
	struct codes codes;

	if (hay_any(view_report_hay(w), phrases_person) != NULL)
		return false;
	codes_find(&codes, view_report_text(w));
	return codes.reply != 0 || codes.status[0] != '\0' || addr_find(&f, view_report_text(w));
}

static bool bounce_text(struct view *w)
{
	return hay_any(view_report_hay(w), phrases_bounce_text) != NULL ||
	       hay_any(view_report_hay(w), phrases_delay_text) != NULL;
}

/* The text is read last: people's mails need no search in it. */
static bool prose_is_report(struct view *w)
{
	bool fresh = !w->reply_prefix && !w->references;

	if (report_type(w, "delivery-status") && !w->reply_prefix)
		return true;
	if (w->system_sender && !w->reply_prefix)
		return bounce_subject(w) || bounce_text(w) ||
		       mail_field_raw(&w->m->header, "X-Failed-Recipients").p != NULL;
	if (w->null_sender && bounce_text(w))
		return bounce_subject(w) || !w->reply_prefix;
	if (list_refusal(w) ||
	    (fresh && from_any(w, phrases_machine_sender) &&
	     hay_any(view_report_hay(w), phrases_bounce_plain) != NULL && names_failure(w)))
		return true;
	return fresh && bounce_subject(w) && bounce_text(w) && names_failure(w);
}

static bool is_prose(struct verdict *v, struct view *w)
{
	const char *delay, *final;
	struct report r;

	if (!prose_is_report(w))
		return false;
	report_init(&r);
	delay = hay_any(view_report_hay(w), phrases_delay_text);
	final = hay_any(view_report_hay(w), phrases_delay_decides)
	                ? NULL
	                : hay_any(view_report_hay(w), phrases_final_text);
	bounce_text_parse(&r, w->m, w->a, view_report_text(w));
	decide(v, delay != NULL && final == NULL ? VERDICT_DELAYED : VERDICT_BOUNCE,
	       "report in prose", w->text_part);
	recipients_fill(v, w, &r);
	return true;
}

bool kind_report(struct verdict *v, struct view *w)
{
	return is_feedback(v, w) || is_disposition(v, w) || is_aggregate(v, w) ||
	       has_status_part(v, w) || has_status_text(v, w) || sns_report(v, w) ||
	       (!robot_header(w) && is_prose(v, w));
}
