/*
 * deliver_watch: the state machine behind the monitor callback.
 *
 * Invariant: after an alarm nothing more is looked at and the alarm stays.  Input: what the server
 * sends (hostile, in pieces of any size) and what the library is about to send.
 */
#include "base.h"
#include "deliver_watch.h"
#include "span.h"
#include "utf8.h"

static const char *const hidden_keywords[WATCH_HIDDEN] = { "chunking", "enhancedstatuscodes" };

void watch_open(struct deliver_watch *w, int64_t limit, bool need_tls, bool need_auth)
{
	memset(w, 0, sizeof(*w));
	w->limit = limit;
	w->need_tls = need_tls;
	w->need_auth = need_auth;
}

/* From now on the answer to something new is awaited. */
static void expect(struct deliver_watch *w, enum watch_phase phase, int64_t due)
{
	w->phase = phase;
	w->quitting = false;
	w->due = due;
	w->reply_bytes = w->line_bytes = 0;
	memset(w->hidden, 0, sizeof(w->hidden));
	w->replied = w->more = false;
	w->owed = 1;
	w->code = 0;
	w->text_len = 0;
}

void watch_connected(struct deliver_watch *w, int64_t now)
{
	expect(w, WATCH_GREETING, now + w->limit);
	w->tls = w->authenticated = false;
}

void watch_secured(struct deliver_watch *w)
{
	w->tls = true;
}

void watch_body(struct deliver_watch *w)
{
	expect(w, WATCH_BODY, INT64_MAX);
}

void watch_body_end(struct deliver_watch *w, int64_t now)
{
	expect(w, WATCH_DOT, now + 2 * w->limit);
}

struct command {
	const char *word;
	enum watch_phase phase;
};

static const struct command commands[] = {
	{ "EHLO ", WATCH_EHLO },    { "HELO ", WATCH_EHLO },     { "STARTTLS", WATCH_STARTTLS },
	{ "AUTH ", WATCH_AUTH },    { "MAIL ", WATCH_ENVELOPE }, { "RCPT ", WATCH_ENVELOPE },
	{ "DATA", WATCH_ENVELOPE }, { "RSET", WATCH_ENVELOPE },
};

static enum watch_phase phase_of(const struct deliver_watch *w, const char *p, size_t n)
{
	/* the answer to a challenge is base64 and no command, whatever it spells */
	if (w->phase == WATCH_AUTH && w->code == 334)
		return WATCH_AUTH;
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		if (span_starts_nocase(span_of(p, n), commands[i].word))
			return commands[i].phase;
	return w->phase;
}

static int count_lines(struct span s)
{
	struct span line;
	int n = 0;

	while (span_line(&s, &line))
		n++;
	return n;
}

enum watch_alarm watch_wrote(struct deliver_watch *w, const char *p, size_t n, int64_t now)
{
	enum watch_phase phase;

	if (w->alarm != WATCH_FINE)
		return w->alarm;
	if (span_starts_nocase(span_of(p, n), "QUIT")) {
		w->quitting = true;
		w->due = now + w->limit;
		w->reply_bytes = w->line_bytes = 0;
		return WATCH_FINE;
	}
	phase = phase_of(w, p, n);
	if (phase == WATCH_ENVELOPE && w->need_tls && !w->tls)
		return w->alarm = WATCH_NO_TLS;
	if (phase == WATCH_ENVELOPE && w->need_auth && !w->authenticated)
		return w->alarm = WATCH_NO_AUTH;
	expect(w, phase, now + w->limit);
	w->owed = count_lines(span_of(p, n));
	return WATCH_FINE;
}

static void keep_greeting(struct deliver_watch *w)
{
	struct span text = span_trim(span_of(w->text, w->text_len));
	struct buf shown = BUF_INIT;

	utf8_printable(&shown, text.p, span_len(text), sizeof(w->greeting) - 1, true);
	snprintf(w->greeting, sizeof(w->greeting), "%s", shown.s);
	buf_clear(&shown);
}

/* A line of a reply ended; "250-" is followed by another one. */
static enum watch_alarm end_line(struct deliver_watch *w, int code, bool last)
{
	if (w->more && code != w->code)
		return WATCH_MIXED;
	w->code = code;
	w->more = !last;
	if (!last)
		return WATCH_FINE;
	w->replied = true;
	w->owed--;
	if (w->phase == WATCH_GREETING)
		keep_greeting(w);
	if (w->phase != WATCH_AUTH || w->code == 334)
		return WATCH_FINE;
	w->authenticated = w->code >= 200 && w->code <= 299;
	/* 504: the server does not know the mechanism after all; the library has a next one */
	return w->authenticated || w->code == 504 ? WATCH_FINE : WATCH_AUTH_REFUSED;
}

static bool is_last_line(const struct deliver_watch *w)
{
	return w->text_len < 4 || w->text[3] != '-';
}

static int code_of(const struct deliver_watch *w)
{
	if (w->text_len < 3 || !ascii_digit(w->text[0]) || !ascii_digit(w->text[1]) ||
	    !ascii_digit(w->text[2]))
		return 0;
	return (w->text[0] - '0') * 100 + (w->text[1] - '0') * 10 + (w->text[2] - '0');
}

/* Spoils the last letter of a keyword: it is at hand wherever the network cut the word. */
static void hide_keyword(int *matched, const char *keyword, char *c)
{
	char lower = ascii_lower(*c);

	*matched = lower == keyword[*matched] ? *matched + 1 : lower == keyword[0];
	if (keyword[*matched] != '\0')
		return;
	*matched = 0;
	*c = 'X';
}

static enum watch_alarm take_byte(struct deliver_watch *w, char *c)
{
	if (++w->reply_bytes > WATCH_REPLY_MAX || ++w->line_bytes > WATCH_LINE_MAX)
		return WATCH_LONG;
	if (*c == '\n' && w->quitting)
		w->line_bytes = 0;
	if (w->quitting)
		return WATCH_FINE;
	if (w->phase == WATCH_STARTTLS && w->replied)
		return WATCH_INJECTED;
	for (int i = 0; i < WATCH_HIDDEN && w->phase == WATCH_EHLO; i++)
		hide_keyword(&w->hidden[i], hidden_keywords[i], c);
	if (w->line_bytes == 1)
		w->text_len = 0;
	if (*c == '\r' && w->text_len == 3 && code_of(w) != 0)
		*c = ' ';
	if (*c != '\n') {
		if (w->text_len < sizeof(w->text))
			w->text[w->text_len++] = *c;
		return WATCH_FINE;
	}
	w->line_bytes = 0;
	return end_line(w, code_of(w), is_last_line(w));
}

enum watch_alarm watch_read(struct deliver_watch *w, char *p, size_t n, int64_t now)
{
	if (w->alarm == WATCH_FINE && now > w->due)
		w->alarm = WATCH_SLOW;
	for (size_t i = 0; i < n && w->alarm == WATCH_FINE; i++)
		w->alarm = take_byte(w, &p[i]);
	return w->alarm;
}

const char *watch_stage(const struct deliver_watch *w)
{
	switch (w->alarm) {
	case WATCH_NO_TLS:
		return "tls";
	case WATCH_NO_AUTH:
		return "auth";
	default:
		break;
	}
	switch (w->phase) {
	case WATCH_GREETING:
	case WATCH_EHLO:
		return "connect";
	case WATCH_STARTTLS:
		return "tls";
	case WATCH_AUTH:
		return "auth";
	default:
		return "mail";
	}
}

static const char *const waited_for[] = {
	[WATCH_GREETING] = "the greeting", [WATCH_EHLO] = "an answer to EHLO",
	[WATCH_STARTTLS] = "an answer to STARTTLS", [WATCH_AUTH] = "an answer to AUTH",
	[WATCH_ENVELOPE] = "an answer to the envelope", [WATCH_BODY] = "it to take the mail",
	[WATCH_DOT] = "an answer to the final dot",
};

static const char *alarm_text(const struct deliver_watch *w)
{
	switch (w->alarm) {
	case WATCH_INJECTED:
		return "bytes behind the answer to STARTTLS: somebody on the way forges answers";
	case WATCH_LONG:
		return "reply without an end";
	case WATCH_SLOW:
		return "reply too slow";
	case WATCH_MIXED:
		return "an answer whose lines have different codes";
	case WATCH_AUTH_REFUSED:
		return "authentication refused; check user and password of the route";
	case WATCH_NO_AUTH:
		return "the server offers no authentication that we can use (PLAIN or LOGIN under "
		       "verified TLS)";
	case WATCH_NO_TLS:
		return "the server offers no STARTTLS, and the route requires it";
	default:
		return w->code >= 400 ? "refused" : "connection closed, silent or not understood";
	}
}

char *watch_trouble(char out[REPLY_TEXT_MAX], const struct deliver_watch *w)
{
	struct span said =
		span_trim(span_of(w->text, w->alarm == WATCH_INJECTED ? 0 : w->text_len));
	struct buf text = BUF_INIT, shown = BUF_INIT;

	buf_printf(&text, "%s (waiting for %s)%s", alarm_text(w), waited_for[w->phase],
	           span_empty(said) ? "" : ": ");
	buf_add(&text, said.p, span_len(said));
	utf8_printable(&shown, text.s, text.len, REPLY_TEXT_MAX - 1, true);
	snprintf(out, REPLY_TEXT_MAX, "%s", shown.s);
	buf_clear(&text);
	buf_clear(&shown);
	return out;
}
