/*
 * kind: the order in which a report is recognised: structure first, words last.
 *
 * Invariant: words decide only where a mail system sent the mail; a person's mail is never read for
 * codes.
 * Input: a parsed hostile mail.
 */
#include "base.h"

#include "buf.h"
#include "codes.h"
#include "kind.h"
#include "phrases.h"
#include "recipients.h"
#include "robots.h"
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
	v->receipt = !is_refusal(w);
	if (v->receipt)
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
		enum verdict_action fate = recipients_fate(&r->failure[i]);

		failed = failed || fate == ACTION_FAILED;
		delayed = delayed || fate == ACTION_DELAYED;
		done = done || fate > ACTION_DELAYED;
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
		enum verdict_action fate = recipients_fate(&r->failure[i]);
		bool fits = kind == VERDICT_BOUNCE    ? fate == ACTION_FAILED
		            : kind == VERDICT_DELAYED ? fate == ACTION_DELAYED
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
	recipients_spare(v, r);
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

/*
 * Newsletters, lists and trackers write about bounces, and quote them.  A gateway that returns a
 * mail to a list gets the list's headers too.
 */
static bool sent_to_many(const struct view *w)
{
	return w->list_mail && !w->null_sender && !(w->system_sender && view_returned_mail(w));
}

/* Broken MIME, Amazon WorkMail: the fields stand in the text. */
static bool has_status_text(struct verdict *v, struct view *w)
{
	struct report r;
	struct span from;

	if (!(w->system_sender || w->null_sender || report_type(w, "delivery-status")) ||
	    w->reply_prefix || sent_to_many(w))
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
	return hay_any(&w->subject_hay, phrases_bounce_subject) != NULL ||
	       hay_any(&w->subject_hay, phrases_subject_abroad) != NULL;
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

/* Without what is quoted: ticket systems quote the report that a customer sent them. */
static struct span unquoted(struct view *w)
{
	struct buf kept = BUF_INIT;
	struct span line, text, rest = view_report_text(w);

	while (span_line(&rest, &line)) {
		if (!span_empty(line) && *line.p == '>')
			continue;
		buf_add(&kept, line.p, span_len(line));
		buf_addstr(&kept, "\n");
	}
	text = span_str(arena_strndup(w->a, kept.s, kept.len));
	buf_clear(&kept);
	return text;
}

/*
 * From an unknown sender: parcels cannot be delivered either, and people tell of bounces.  A report
 * has a code or names a recipient, and nobody who speaks.
 */
static bool names_failure(struct view *w)
{
	struct span text;
	struct report r;
	struct codes codes;

	if (hay_any(view_report_hay(w), phrases_person) != NULL ||
	    hay_any(view_report_hay(w), phrases_leave_list) != NULL)
		return false;
	text = unquoted(w);
	codes_find(&codes, text);
	if (codes.reply != 0 || codes.status[0] != '\0')
		return true;
	report_init(&r);
	bounce_text_parse(&r, w->m, w->a, text);
	return r.n > 0;
}

static bool says_delay(struct view *w)
{
	return hay_any(view_report_hay(w), phrases_delay_text) != NULL ||
	       hay_any(view_report_hay(w), phrases_delay_abroad) != NULL;
}

static bool bounce_text(struct view *w)
{
	return hay_any(view_report_hay(w), phrases_bounce_text) != NULL ||
	       hay_any(view_report_hay(w), phrases_bounce_abroad) != NULL || says_delay(w);
}

static bool has_failure_code(struct view *w)
{
	struct codes codes;

	codes_find(&codes, view_report_text(w));
	return codes.reply >= 400 || codes.status[0] >= '4';
}

/*
 * What a mail system returns under the null sender, with the mail it is about, is a report whatever
 * its subject: some answer in the thread ("Re: ...") or mark themselves as a responder.
 */
static bool is_return(struct view *w)
{
	return w->system_address && w->null_sender && view_returned_mail(w) &&
	       (has_failure_code(w) || bounce_text(w));
}

/* Summaries of what others sent; and what an MTA tells its own keeper. */
static bool is_notice(const struct view *w)
{
	return (!w->null_sender && !w->system_sender &&
		hay_any(&w->subject_hay, phrases_notice_subject) != NULL) ||
	       hay_any(&w->subject_hay, phrases_keeper_subject) != NULL;
}

/* Null sender, but from somebody: a gateway without a name of its own, or a person's responder. */
static bool answers_for_somebody(struct view *w)
{
	const char *title = robot_subject(w);

	if (bounce_subject(w))
		return false;
	if (title != NULL && strcmp(title, "out of office") == 0)
		return true;
	return (title != NULL || robot_marked(w)) && !has_failure_code(w) &&
	       !view_returned_mail(w);
}

/* The text is read last: people's mails need no search in it. */
static bool prose_is_report(struct view *w)
{
	bool fresh = !w->reply_prefix && !w->references;

	if (is_notice(w))
		return false;
	if (sent_to_many(w))
		return list_refusal(w);
	if (is_return(w) || (report_type(w, "delivery-status") && !w->reply_prefix))
		return true;
	if (w->system_sender && !w->reply_prefix)
		return bounce_subject(w) || bounce_text(w) ||
		       (w->system_address && w->null_sender && has_failure_code(w)) ||
		       mail_field_raw(&w->m->header, "X-Failed-Recipients").p != NULL;
	if (w->null_sender && bounce_text(w))
		return bounce_subject(w) || (!w->reply_prefix && !answers_for_somebody(w));
	if (list_refusal(w) ||
	    (fresh && from_any(w, phrases_machine_sender) &&
	     hay_any(view_report_hay(w), phrases_bounce_plain) != NULL && names_failure(w)))
		return true;
	return fresh && bounce_subject(w) && bounce_text(w) && names_failure(w);
}

static bool is_prose(struct verdict *v, struct view *w)
{
	const char *final;
	struct report r;

	if (!prose_is_report(w))
		return false;
	report_init(&r);
	final = hay_any(view_report_hay(w), phrases_delay_decides)
	                ? NULL
	                : hay_any(view_report_hay(w), phrases_final_text);
	bounce_text_parse(&r, w->m, w->a, view_report_text(w));
	decide(v, final == NULL && says_delay(w) ? VERDICT_DELAYED : VERDICT_BOUNCE,
	       "report in prose", w->text_part);
	recipients_fill(v, w, &r);
	return true;
}

bool kind_report(struct verdict *v, struct view *w)
{
	return is_feedback(v, w) || is_disposition(v, w) || is_aggregate(v, w) ||
	       has_status_part(v, w) || has_status_text(v, w) || sns_report(v, w) ||
	       ((!robot_header(w) || is_return(w)) && is_prose(v, w));
}
