/*
 * sns: reads the few keys that matter by name; a full JSON reader would add nothing but depth to
 * attack.
 *
 * Invariant: linear; a value is read up to its closing quote within the text.
 * Input: text of a hostile mail.
 */
#include "base.h"

#include "addr_scan.h"
#include "kind.h"
#include "recipients.h"
#include "sns.h"

/* The string behind "key": at or after s; moves s behind it. */
static bool take_string(struct span *s, const char *key, struct span *out)
{
	const char *p = span_find_nocase(*s, key), *end;

	if (p == NULL)
		return false;
	p += strlen(key);
	while (p < s->end && (*p == '"' || *p == ':' || *p == ' '))
		p++;
	for (end = p; end < s->end && (*end != '"' || end[-1] == '\\'); end++)
		;
	*out = (struct span){ p, end };
	s->p = end;
	return true;
}

static void read_bounce(struct report *r, struct span text)
{
	struct span s = text, address, value;
	const char *list = span_find_nocase(s, "\"bouncedRecipients\"");

	if (list == NULL)
		return;
	s.p = list;
	while (take_string(&s, "\"emailAddress\"", &address)) {
		struct failure *f = report_add(r);
		const char *next = span_find_nocase(s, "\"emailAddress\"");
		struct span own = { s.p, next ? next : s.end }, again = own;

		if (f == NULL)
			return;
		addr_copy(f->address, sizeof(f->address), address);
		f->action = ACTION_FAILED;
		if (take_string(&own, "\"diagnosticCode\"", &value)) {
			f->diagnostic = value;
			codes_find(&f->codes, value);
		}
		if (take_string(&again, "\"status\"", &value))
			status_parse(f->codes.status, value);
	}
}

static void read_delivery(struct report *r, struct span text)
{
	struct span s = text, value;
	const char *list = span_find_nocase(s, "\"recipients\"");
	struct found_address a;
	struct failure *f;

	if (list == NULL)
		return;
	s.p = list;
	if (!addr_find(&a, s) || (f = report_add(r)) == NULL)
		return;
	addr_copy(f->address, sizeof(f->address), a.at);
	f->action = ACTION_DELIVERED;
	if (take_string(&s, "\"smtpResponse\"", &value))
		codes_find(&f->codes, value);
}

bool sns_report(struct verdict *v, struct view *w)
{
	struct span s = w->text, type;
	struct report r;

	if (span_empty(s) || *span_trim(s).p != '{' ||
	    !take_string(&s, "\"notificationType\"", &type))
		return false;
	report_init(&r);
	verdict_explain(v, "SNS notification", type, w->text_part ? w->text_part->id : "");
	if (span_equals_nocase(type, "Bounce")) {
		v->kind = VERDICT_BOUNCE;
		read_bounce(&r, w->text);
	} else if (span_equals_nocase(type, "Delivery")) {
		v->kind = VERDICT_SUCCESS;
		read_delivery(&r, w->text);
	} else if (span_equals_nocase(type, "Complaint")) {
		v->kind = VERDICT_FEEDBACK;
		return true;
	} else {
		return false;
	}
	recipients_spare(v, &r);
	recipients_fill(v, w, &r);
	return true;
}
