/*
 * flow_mail: inbound mails for tests of the flows.
 */
#include "test.h"

#include "classify.h"
#include "flow_mail.h"

static int classify(void *arg, struct verdict *v, const void *bytes, size_t n, struct err *e)
{
	UNUSED(arg);
	UNUSED(e);
	classify_mail(v, bytes, n, &classify_default_limits);
	return 0;
}

static const struct classifier in_process = { classify, NULL };

void flow_mail_take(struct flow_world *w, const struct buf *mail, struct inbox_count *count)
{
	struct err e = ERR_INIT;
	enum inbox_fate fate;
	char name[16];

	snprintf(name, sizeof(name), "%d", ++w->taken);
	if (flow_inbox_take(&w->g, &in_process, "test", name, mail->s, mail->len, &fate, count,
	                    &e) < 0)
		fail_msg("%s", e.text);
}

void flow_mail_address(struct buf *b, const char *field, const char *token)
{
	if (*token == '\0')
		buf_printf(b, "%s: dienst@dienst.example\r\n", field);
	else
		buf_printf(b, "%s: dienst+%s@dienst.example\r\n", field, token);
}

void flow_mail_bounce(struct buf *b, const char *token, const char *recipient, const char *status,
                      const char *text)
{
	buf_addstr(b, "Return-Path: <>\r\n");
	flow_mail_address(b, "Delivered-To", token);
	flow_mail_address(b, "To", token);
	buf_printf(
		b,
		"From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered Mail Returned to Sender\r\n"
		"Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
		"--b\r\nContent-Type: text/plain\r\n\r\nUw bericht kon niet worden bezorgd.\r\n\r\n"
		"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
		"Reporting-MTA: dns; mx.example\r\n\r\n"
		"Final-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: %s\r\n"
		"Diagnostic-Code: smtp; 550 %s %s\r\n\r\n--b--\r\n",
		recipient, status, status, text);
}

void flow_mail_unknown(struct buf *b, const char *token, const char *recipient)
{
	flow_mail_bounce(b, token, recipient, "5.1.1", "User unknown");
}

void flow_mail_receipt(struct buf *b, const char *token, const char *disposition)
{
	flow_mail_address(b, "To", token);
	buf_printf(
		b,
		"From: info@krakeling.example\r\nSubject: Gelezen: Waarschuwing\r\n"
		"MIME-Version: 1.0\r\nContent-Type: multipart/report; "
		"report-type=disposition-notification; boundary=b\r\n\r\n--b\r\n"
		"Content-Type: text/plain\r\n\r\nUw bericht is geopend.\r\n--b\r\n"
		"Content-Type: message/disposition-notification\r\n\r\n"
		"Final-Recipient: rfc822;info@krakeling.example\r\n"
		"Disposition: manual-action/MDN-sent-automatically; %s\r\n\r\n--b--\r\n",
		disposition);
}

void flow_mail_reply(struct buf *b, const char *token, const char *text)
{
	buf_addstr(b, "From: Jan <info@krakeling.example>\r\n");
	flow_mail_address(b, "To", token);
	buf_printf(b,
	           "Subject: Re: Waarschuwing\r\nMessage-ID: <antwoord@krakeling.example>\r\n"
	           "In-Reply-To: <1@dienst.example>\r\n\r\n%s\r\n",
	           text);
}

void flow_world_assert_counter(const struct flow_world *w, const char *name, int64_t want)
{
	struct err e = ERR_INIT;
	int64_t got = -1;

	assert_true(store_counter(w->g.store, name, &got, &e) >= 0);
	if (got != want)
		fail_msg("counter %s: %" PRId64 " instead of %" PRId64, name, got, want);
}
