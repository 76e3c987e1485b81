/*
 * deliver_esmtp: one session of libesmtp, behind guard rails.
 *
 * Invariant: every mail that next() gave gets one result; a mail is read to its end only while
 * nothing is wrong with the session, so that the final dot never follows a hole or a lie.  A
 * session object is started once: starting it again would resend what is in doubt.
 * Input: replies and certificates of the far side (hostile); route and mails were checked by
 * deliver_check.
 */
#include "base.h"

#include <errno.h>
#include <signal.h>

#include <openssl/ssl.h>

#include <auth-client.h>
#include <libesmtp.h>

#include "alloc.h"
#include "arena.h"
#include "clock.h"
#include "deliver.h"
#include "deliver_check.h"
#include "deliver_judge.h"
#include "deliver_socket.h"
#include "deliver_tls.h"
#include "deliver_watch.h"

enum {
	BODY_CHUNK = 16384,
	/* Far beyond TCP_USER_TIMEOUT and every watchdog: when it strikes, the mail gets a hole. */
	TRANSFER_MS = 6 * 3600 * 1000,
	ORCPT_MAX = 200, /* as xtext, for the library's buffer of 256 */
};

struct session;

struct item {
	struct item *next;
	struct session *session;
	struct delivery delivery;
	smtp_message_t message;
	smtp_recipient_t recipient;
	size_t pos;
	bool body_end;
	bool cut; /* the answer to the dot ended before its line did */
	bool reported;
};

struct session {
	const struct deliver_route *route;
	const struct deliver_source *source;
	struct deliver_session *out;
	struct deliver_watch watch;
	struct tls_context tls;
	smtp_session_t smtp;
	auth_context_t auth;
	struct arena arena;
	struct item *first, *last;
	int taken;
	int floor, fd;
	bool ending; /* no more mails are added */
};

void deliver_init(void)
{
	signal(SIGPIPE, SIG_IGN);
	setenv("HOME", "/nonexistent", 1);
	unsetenv("XDG_CONFIG_DIR");
	auth_client_init();
}

/* ---- results */

static void report(struct item *it, struct attempt_result *r)
{
	struct session *s = it->session;

	if (it->reported)
		return;
	it->reported = true;
	r->delivery_id = it->delivery.id;
	s->source->done(s->source->arg, r);
}

/* The text of the answer that decided. */
static const smtp_status_t *status_of(const struct item *it, const char *stage)
{
	if (strcmp(stage, "mail") == 0)
		return smtp_reverse_path_status(it->message);
	if (strcmp(stage, "rcpt") == 0)
		return smtp_recipient_status(it->recipient);
	return smtp_message_transfer_status(it->message);
}

/*
 * The code of an answer that came in whole, else 0.  The library also takes the start of a line for
 * an answer when the connection ends there ("250 Ok: que"), and keeps the code of a reply that it
 * then could not read (without a text).  A complete line keeps its LF, unless nothing stands behind
 * the code.
 */
static int whole_code(const smtp_status_t *status)
{
	size_t n = status->text == NULL ? 0 : strlen(status->text);

	if (status->text == NULL || (n > 0 && status->text[n - 1] != '\n'))
		return 0;
	return status->code;
}

static struct deliver_answers answers_of(const struct item *it)
{
	return (struct deliver_answers){
		.mail = whole_code(smtp_reverse_path_status(it->message)),
		.rcpt = whole_code(smtp_recipient_status(it->recipient)),
		.data = whole_code(smtp_message_transfer_status(it->message)),
		.complete = smtp_recipient_check_complete(it->recipient) != 0 && !it->cut,
		.body_end = it->body_end,
	};
}

/* What the session came to, for a mail that got no answer of its own. */
static void report_trouble(struct item *it, enum outcome outcome, const char *stage)
{
	struct session *s = it->session;
	struct attempt_result r = { .outcome = outcome };

	if (outcome == OUTCOME_NOT_TRIED)
		stage = s->out->connected ? watch_stage(&s->watch) : "connect";
	if (outcome == OUTCOME_NOT_TRIED && s->out->connected && s->watch.code >= 400)
		r.code = s->watch.code;
	snprintf(r.stage, sizeof(r.stage), "%s", stage);
	snprintf(r.text, sizeof(r.text), "%s", s->out->trouble);
	report(it, &r);
}

static void report_answer(struct item *it)
{
	struct deliver_answers answers = answers_of(it);
	struct deliver_judgement j = deliver_judge(&answers);
	struct attempt_result r = { .outcome = j.outcome, .code = j.code };

	/* with an alarm the session's trouble says more: see report_rest() */
	if (it->session->watch.alarm != WATCH_FINE &&
	    (j.code == 0 || it->session->watch.alarm == WATCH_INJECTED))
		return;
	snprintf(r.stage, sizeof(r.stage), "%s", j.stage);
	deliver_set_text(&r, status_of(it, j.stage)->text);
	report(it, &r);
}

static void report_rest(struct session *s)
{
	for (struct item *it = s->first; it != NULL; it = it->next) {
		struct deliver_answers answers = answers_of(it);
		struct deliver_judgement j = deliver_judge(&answers);

		if (s->watch.alarm == WATCH_INJECTED)
			report_trouble(it, OUTCOME_NOT_TRIED, "");
		else if (j.code != 0)
			report_answer(it);
		else
			report_trouble(it, j.outcome, j.stage);
	}
}

/* ---- mails */

/*
 * The far side went away, or something is wrong with the session: the mail must not be ended by a
 * dot.
 */
static const char *body_abort(int *len)
{
	*len = 0;
	errno = ECONNABORTED;
	return NULL;
}

static void tell_progress(const struct item *it, enum deliver_progress progress)
{
	const struct deliver_source *source = it->session->source;

	if (source->progress != NULL)
		source->progress(source->arg, it->delivery.id, progress);
}

/*
 * Hands the mail to the library in pieces.  errno decides: at the end of the mail anything but 0
 * makes the library drop the connection instead of writing the dot.
 */
static const char *on_body(void **ctx, int *len, void *arg)
{
	struct item *it = arg;
	struct session *s = it->session;
	size_t rest = it->delivery.len - it->pos;
	const char *p = (const char *)it->delivery.bytes + it->pos;

	UNUSED(ctx);
	if (len == NULL) {
		it->pos = 0;
		return NULL;
	}
	/* whoever goes away before the first piece has gone by the last one, too */
	if (s->watch.alarm != WATCH_FINE || (it->pos > 0 && socket_is_dead(s->fd)))
		return body_abort(len);
	if (it->pos == 0) {
		tell_progress(it, DELIVER_BODY);
		watch_body(&s->watch);
		socket_hold(s->fd, true); /* the library writes a mail in pieces of 2 KB */
	}
	if (rest == 0 && !it->body_end) {
		it->body_end = true;
		tell_progress(it, DELIVER_BODY_END);
		watch_body_end(&s->watch, clock_monotonic_ms());
		socket_hold(s->fd, false); /* the last piece goes out at once */
	}
	*len = (int)(rest < BODY_CHUNK ? rest : BODY_CHUNK);
	it->pos += (size_t)*len;
	errno = 0;
	return p;
}

static bool fill_message(struct item *it, bool dsn)
{
	const struct delivery *d = &it->delivery;

	if ((it->message = smtp_add_message(it->session->smtp)) == NULL ||
	    (it->recipient = smtp_add_recipient(it->message, d->env_to)) == NULL)
		return false;
	smtp_message_set_application_data_release(it->message, it, NULL);
	smtp_recipient_set_application_data_release(it->recipient, it, NULL);
	if (!smtp_set_messagecb(it->message, on_body, it) ||
	    !smtp_size_set_estimate(it->message, d->len) ||
	    (d->env_from[0] != '\0' && !smtp_set_reverse_path(it->message, d->env_from)))
		return false;
	if (!dsn)
		return true;
	if (d->envid[0] != '\0' && !smtp_dsn_set_envid(it->message, d->envid))
		return false;
	if (deliver_xtext_len(d->env_to) <= ORCPT_MAX &&
	    !smtp_dsn_set_orcpt(it->recipient, "rfc822", d->env_to))
		return false;
	return smtp_dsn_set_ret(it->message, Ret_HDRS) &&
	       smtp_dsn_set_notify(it->recipient, Notify_FAILURE | Notify_DELAY);
}

static void refuse_ourselves(struct session *s, const struct delivery *d, const struct err *e)
{
	struct attempt_result r = { .delivery_id = d->id,
		                    .outcome = OUTCOME_REFUSED,
		                    .stage = "check" };

	snprintf(r.text, sizeof(r.text), "not sent: %s", e->text);
	s->source->done(s->source->arg, &r);
}

/* Puts the next mail that is fit to be sent behind the last one; false where there is none. */
static bool add_mail(struct session *s)
{
	struct delivery d;

	while (!s->ending && s->watch.alarm == WATCH_FINE &&
	       s->taken < s->route->mails_per_session) {
		struct err why = ERR_INIT;
		struct item *it;

		if (s->source->next(s->source->arg, &d) <= 0)
			break;
		s->taken++;
		if (deliver_check_mail(&d, &why) < 0) {
			refuse_ourselves(s, &d, &why);
			continue;
		}
		it = arena_alloc(&s->arena, sizeof(*it));
		it->session = s;
		it->delivery = d;
		if (!fill_message(it, s->route->dsn))
			bug("deliver: libesmtp does not take mail %" PRId64, d.id);
		*(s->last != NULL ? &s->last->next : &s->first) = it;
		s->last = it;
		return true;
	}
	s->ending = true;
	return false;
}

/* This mail is over; right after this event the library goes on with the next, if there is one. */
static void finish(struct item *it)
{
	report_answer(it);
	if (it->session->last == it)
		(void)add_mail(it->session);
}

/* ---- events of the library */

static void on_refusable(struct item *it, const smtp_status_t *status)
{
	if (status->code == 421)
		it->session->ending = true;
	if (status->code < 200 || status->code > 299)
		finish(it);
}

static void on_mail_status(struct item *it)
{
	const smtp_status_t *status = smtp_reverse_path_status(it->message);

	if (status->code >= 200 && status->code <= 299)
		tell_progress(it, DELIVER_ENVELOPE);
	on_refusable(it, status);
}

static void on_message_sent(struct item *it)
{
	if (it->session->watch.phase == WATCH_DOT)
		it->cut = !it->session->watch.replied;
	/* refused before the body: the library has decided to QUIT before it said so */
	if (!it->body_end && it->session->last == it)
		it->session->ending = true;
	if (smtp_message_transfer_status(it->message)->code == 421)
		it->session->ending = true;
	finish(it);
}

static void on_connect(struct session *s)
{
	s->out->connected = true;
	s->fd = socket_find(s->floor, s->route->port);
	socket_tune(s->fd, s->route->timeout * 1000);
	watch_connected(&s->watch, clock_monotonic_ms());
}

static void on_secured(struct session *s)
{
	s->out->tls = true;
	watch_secured(&s->watch);
	if (s->auth != NULL && !s->tls.distrusted)
		auth_set_mechanism_flags(s->auth, AUTH_PLUGIN_PLAIN, 0);
}

static void on_event(smtp_session_t smtp, int event, void *arg, ...)
{
	struct session *s = arg;
	va_list ap;

	UNUSED(smtp);
	va_start(ap, arg);
	switch (event) {
	case SMTP_EV_CONNECT:
		on_connect(s);
		break;
	case SMTP_EV_DISCONNECT:
		s->fd = -1;
		break;
	case SMTP_EV_MAILSTATUS:
		(void)va_arg(ap, const char *);
		on_mail_status(smtp_message_get_application_data(va_arg(ap, smtp_message_t)));
		break;
	case SMTP_EV_RCPTSTATUS: {
		struct item *it;

		(void)va_arg(ap, const char *);
		it = smtp_recipient_get_application_data(va_arg(ap, smtp_recipient_t));
		on_refusable(it, smtp_recipient_status(it->recipient));
		break;
	}
	case SMTP_EV_MESSAGESENT:
		on_message_sent(smtp_message_get_application_data(va_arg(ap, smtp_message_t)));
		break;
	case SMTP_EV_STARTTLS_OK:
		on_secured(s);
		break;
	case SMTP_EV_EXTNA_STARTTLS:
		s->watch.alarm = WATCH_NO_TLS;
		break;
	case SMTP_EV_INVALID_PEER_CERTIFICATE:
		(void)va_arg(ap, long);
		*va_arg(ap, int *) = s->route->tls != TLS_REQUIRED;
		break;
	case SMTP_EV_WRONG_PEER_CERTIFICATE:
		/* OpenSSL has compared the name already, the library compares another one */
		*va_arg(ap, int *) = 1;
		break;
	default:
		break;
	}
	va_end(ap);
}

static void on_monitor(const char *p, int n, int writing, void *arg)
{
	struct session *s = arg;
	enum watch_alarm alarm;

	if (n <= 0)
		return;
	/* the library's own buffer, and writable: its one lever against CHUNKING */
	if (writing)
		alarm = watch_wrote(&s->watch, p, (size_t)n, clock_monotonic_ms());
	else
		alarm =
		    watch_read(&s->watch, (char *)(uintptr_t)p, (size_t)n, clock_monotonic_ms());
	if (alarm != WATCH_FINE)
		socket_stop(s->fd);
	else if (!writing && s->watch.owed > 0)
		socket_quickack(s->fd); /* a server that waits for our ACK before its next reply */
}

static int on_auth_request(auth_client_request_t request, char **result, int fields, void *arg)
{
	const struct deliver_route *r = arg;

	for (int i = 0; i < fields; i++) {
		const char *value = "";

		if (request[i].flags & AUTH_USER)
			value = r->user;
		else if (request[i].flags & AUTH_PASS)
			value = r->password;
		result[i] = (char *)(uintptr_t)value;
	}
	return 1;
}

/* ---- the session */

static void set_timeouts(struct session *s)
{
	static const int reply[] = { Timeout_GREETING, Timeout_ENVELOPE, Timeout_DATA };
	long ms = s->route->timeout * 1000L;

	for (size_t i = 0; i < ARRAY_SIZE(reply); i++)
		smtp_set_timeout(s->smtp, reply[i] | Timeout_OVERRIDE_RFC2822_MINIMUM, ms);
	smtp_set_timeout(s->smtp, Timeout_DATA2 | Timeout_OVERRIDE_RFC2822_MINIMUM, 2 * ms);
	smtp_set_timeout(s->smtp, Timeout_TRANSFER, TRANSFER_MS);
}

static int set_security(struct session *s, struct err *e)
{
	static const enum starttls_option how[] = {
		[TLS_NONE] = Starttls_DISABLED,
		[TLS_OPPORTUNISTIC] = Starttls_ENABLED,
		[TLS_REQUIRED] = Starttls_REQUIRED,
	};
	const struct deliver_route *r = s->route;
	bool tls = r->tls != TLS_NONE || r->ca_file[0] != '\0';
	int rc;

	/* reading the certificates of the system costs as much as a hundred mails */
	if (tls && (rc = tls_context_open(&s->tls, r, e)) < 0)
		return rc;
	if (!smtp_starttls_enable(s->smtp, how[r->tls]) ||
	    (tls && !smtp_starttls_set_ctx(s->smtp, s->tls.ctx)))
		return err_set(e, ERR_TEMP, "libesmtp does not take the TLS settings");
	if (r->user[0] == '\0')
		return 0;
	if ((s->auth = auth_create_context()) == NULL)
		return err_set(e, ERR_TEMP, "libesmtp gives no AUTH context");
	if (r->auth_in_clear)
		auth_set_mechanism_flags(s->auth, AUTH_PLUGIN_PLAIN, 0);
	auth_set_interact_cb(s->auth, on_auth_request, (void *)(uintptr_t)r);
	smtp_auth_set_context(s->smtp, s->auth);
	return 0;
}

static int session_open(struct session *s, struct err *e)
{
	const struct deliver_route *r = s->route;
	char server[300];

	if ((s->smtp = smtp_create_session()) == NULL)
		return err_set(e, ERR_TEMP, "libesmtp gives no session");
	snprintf(server, sizeof(server), "%s:%d", r->host, r->port);
	if (!smtp_set_server(s->smtp, server) || !smtp_set_hostname(s->smtp, r->helo))
		return err_set(e, ERR_CONF, "libesmtp does not take host %s or helo %s", server,
		               r->helo);
	smtp_set_eventcb(s->smtp, on_event, s);
	smtp_set_monitorcb(s->smtp, on_monitor, s, 0);
	set_timeouts(s);
	watch_open(&s->watch, r->timeout * 1000L, r->tls == TLS_REQUIRED, r->user[0] != '\0');
	return set_security(s, e);
}

static void session_close(struct session *s)
{
	if (s->smtp != NULL)
		smtp_destroy_session(s->smtp);
	if (s->auth != NULL)
		auth_destroy_context(s->auth);
	tls_context_close(&s->tls);
	arena_clear(&s->arena);
}

static void note_connect_failure(struct session *s)
{
	char why[128] = "";

	smtp_strerror(smtp_errno(), why, sizeof(why));
	snprintf(s->out->trouble, sizeof(s->out->trouble), "no connection to %s port %d: %s",
	         s->route->host, s->route->port, why);
}

/* A session whose mails all got an answer has no trouble, whatever the end of it looked like. */
static void note_trouble(struct session *s, bool unanswered)
{
	snprintf(s->out->greeting, sizeof(s->out->greeting), "%s", s->watch.greeting);
	if (!s->out->connected) {
		note_connect_failure(s);
		return;
	}
	if (s->watch.alarm == WATCH_FINE && s->watch.phase == WATCH_STARTTLS &&
	    s->watch.code == 220)
		tls_context_note_failure(&s->tls);
	if (s->watch.alarm == WATCH_FINE && !unanswered)
		return;
	watch_trouble(s->out->trouble, &s->watch);
	if (s->watch.alarm == WATCH_FINE || s->watch.alarm == WATCH_NO_AUTH)
		if (s->tls.trouble[0] != '\0')
			snprintf(s->out->trouble, sizeof(s->out->trouble), "%s", s->tls.trouble);
}

static bool has_unanswered(const struct session *s)
{
	for (const struct item *it = s->first; it != NULL; it = it->next)
		if (!it->reported)
			return true;
	return false;
}

int deliver_run(struct deliver_session *out, const struct deliver_route *route,
                const struct deliver_source *source, struct err *e)
{
	struct session s = {
		.route = route, .source = source, .out = out, .arena = ARENA_INIT, .fd = -1
	};
	int rc;

	memset(out, 0, sizeof(*out));
	if ((rc = deliver_check_route(route, e)) < 0)
		return rc;
	if ((rc = session_open(&s, e)) < 0)
		goto out;
	if (!add_mail(&s))
		goto out;
	s.floor = socket_floor();
	(void)smtp_start_session(s.smtp);
	note_trouble(&s, has_unanswered(&s));
	report_rest(&s);
out:
	session_close(&s);
	return rc;
}
