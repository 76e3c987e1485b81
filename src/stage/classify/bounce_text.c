/*
 * bounce_text: recipients and their diagnostics out of reports written as prose.
 *
 * Invariant: nothing behind the first mark of a returned message is read; every line is looked at a
 * fixed number of times.
 * Input: the first text of a report, decoded; hostile.
 */
#include "base.h"

#include "addr_scan.h"
#include "hay.h"
#include "phrases.h"
#include "report.h"

enum { TEXT_LINES_MAX = 1200, SEGMENT_MAX = 4096, TEXT_SCAN_MAX = 32 << 10 };

struct prose {
	struct report *r;
	const struct mail *m;
	struct arena *a;
	struct failure *open; /* whose diagnostic goes on */
	/*
	 * "To:" may be the sender's summary of the mail: read only where nothing else names anybody
	 */
	bool weak_labels;
	struct failure *refused; /* whose RCPT TO the transcript answers */
	char own_to[VERDICT_ADDRESS_TEXT], own_from[VERDICT_ADDRESS_TEXT];
};

static struct span strip_rule(struct span line)
{
	line = span_trim(line);
	while (!span_empty(line) && strchr("-=*#|_> ", *line.p) != NULL)
		line.p++;
	return line;
}

static bool starts_with_any(struct span s, const char *const *words)
{
	char first = span_empty(s) ? '\0' : ascii_lower(*s.p);

	for (; *words != NULL; words++)
		if (**words == first && span_starts_nocase(s, *words))
			return true;
	return false;
}

struct span report_text_cut(struct span text)
{
	struct span line, rest = text;

	if (span_len(text) > TEXT_SCAN_MAX)
		rest.end = text.end = text.p + TEXT_SCAN_MAX;
	for (int i = 0; i < TEXT_LINES_MAX && span_line(&rest, &line); i++)
		if (line.p > text.p && starts_with_any(strip_rule(line), phrases_returned_message))
			return (struct span){ text.p, line.p };
	return (struct span){ text.p, rest.p };
}

/* Lines that name the sender, a helper or a sending address, never the recipient. */
static bool helper_line(struct span line)
{
	static const char *const words[] = {
		"postmaster",     "mail from",   "from:",         "contact",  "assistance",
		"helpdesk",       "return-path", "sender:",       "reply-to", "please send mail",
		"please forward", "message-id",  "envelope-from", "http",     "dear ",
		"hello ",         "unsubscribe", "subject",       NULL,
	};

	for (int i = 0; words[i] != NULL; i++)
		if (span_find_nocase(line, words[i]) != NULL)
			return true;
	return false;
}

static struct failure *failure_for(struct prose *t, struct span address, bool *known)
{
	char lower[VERDICT_ADDRESS_TEXT];
	struct failure *f;

	*known = false;
	if (!addr_copy(lower, sizeof(lower), address))
		return NULL;
	f = report_find(t->r, lower);
	if (f != NULL) {
		*known = true;
		return f;
	}
	f = report_add(t->r);
	if (f != NULL) {
		memcpy(f->address, lower, sizeof(lower));
		memcpy(f->final, lower, sizeof(lower));
	}
	return f;
}

/* "554 <a@b>... reason" in transcripts of old sendmail, which have no list of recipients. */
static void read_replies(struct prose *t, struct span text)
{
	struct span line, rest = text;

	while (span_line(&rest, &line)) {
		struct found_address f;
		struct failure *hit;
		bool known;

		if (span_len(line) < 8 || !ascii_digit(line.p[0]) || !ascii_digit(line.p[1]) ||
		    !ascii_digit(line.p[2]) || line.p[3] != ' ' || line.p[4] != '<' ||
		    !addr_find(&f, line) || f.at.p != line.p + 5)
			continue;
		hit = failure_for(t, f.at, &known);
		if (hit != NULL && !known)
			hit->diagnostic = line;
	}
}

/* "[SMTP:", "rfc822;", "mailto:" in front of an address say nothing of whose it is. */
static struct span without_type(struct span s)
{
	static const char *const types[] = { "smtp", "rfc822", "mailto", "utf-8" };
	bool again = true;

	while (again) {
		size_t n = 0;

		again = false;
		while (!span_empty(s) && strchr("<[(\"' ", s.end[-1]) != NULL)
			s.end--;
		for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
			n = strlen(types[i]);
			if (span_len(s) > n && strchr(":;", s.end[-1]) != NULL &&
			    span_equals_nocase(span_of(s.end - n - 1, n), types[i])) {
				s.end -= n + 1;
				again = true;
			}
		}
	}
	return s;
}

/* The whole of s, a colon and the like aside: "User Jan" is no label, "User:" is. */
static bool is_label(struct span s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (span_starts_nocase(s, *words) && span_len(s) <= strlen(*words) + 3)
			return true;
	return false;
}

/*
 * The address at the start of a line, in the dress systems put it in: "<a@b>:", "a@b: reason", "*
 * a@b", "To: ...".
 */
static bool leading_address(const struct prose *t, struct found_address *f, struct span line)
{
	const char *p;

	line = span_trim(line);
	if (!addr_find(f, line))
		return false;
	for (p = line.p; p < f->at.p; p++)
		if (strchr("<\"'(*-> \t[", *p) == NULL)
			break;
	if (p < f->at.p) {
		struct span before = without_type((struct span){ line.p, f->at.p });

		if (!span_empty(before) && !is_label(before, phrases_recipient_label) &&
		    !(t->weak_labels && is_label(before, phrases_weak_label)))
			return false;
	}
	return f->at.end == line.end || strchr(">:,; \t.\"'<)[](\r", *f->at.end) != NULL;
}

static bool same_text(struct span s, const char *z)
{
	return z[0] != '\0' && span_equals_nocase(s, z);
}

/* "(expanded from: <x>)", "(generated from x)": x is what we wrote to. */
static void read_expansion(struct failure *f, struct span line)
{
	static const char *const marks[] = { "expanded from", "generated from", "generated by",
					     "afkomstig van alias", NULL };
	char original[VERDICT_ADDRESS_TEXT];

	for (int i = 0; marks[i] != NULL; i++) {
		const char *at = span_find_nocase(line, marks[i]);

		if (at != NULL &&
		    addr_copy(original, sizeof(original), (struct span){ at, line.end })) {
			memcpy(f->address, original, sizeof(original));
			return;
		}
	}
}

static void extend(struct failure *f, struct span line)
{
	if (span_empty(f->diagnostic) || f->diagnostic.p == NULL)
		f->diagnostic = line;
	else if (line.end > f->diagnostic.end && line.end - f->diagnostic.p < SEGMENT_MAX)
		f->diagnostic.end = line.end;
}

static void read_line(struct prose *t, struct span line)
{
	struct found_address f;
	bool known;

	if (leading_address(t, &f, line) && !addr_is_system(f.at) && !same_text(f.at, t->own_to)) {
		struct failure *hit = failure_for(t, f.at, &known);

		if (hit != NULL && known && !span_empty(hit->diagnostic)) {
			struct codes codes;

			/* named again with its diagnosis (Exchange's part for administrators) */
			codes_find(&codes, hit->diagnostic);
			if (codes.reply == 0 && codes.status[0] == '\0')
				hit->diagnostic = span_of(line.end, 0);
		}
		t->open = hit;
		line = (struct span){ f.at.end, line.end };
	}
	if (t->open != NULL) {
		read_expansion(t->open, line);
		extend(t->open, line);
	}
}

/* Later lines that name a known recipient: transcripts as "550 5.1.1 <a@b>... User unknown". */
static void read_transcript(struct prose *t, struct span text)
{
	struct span line, rest = text;

	while (span_line(&rest, &line)) {
		struct found_address f;
		struct codes codes;
		char lower[VERDICT_ADDRESS_TEXT];
		struct failure *hit;

		if (!addr_find(&f, line) || !addr_copy(lower, sizeof(lower), f.at))
			continue;
		hit = report_find(t->r, lower);
		if (hit == NULL || hit->codes.reply != 0 || hit->codes.status[0] != '\0')
			continue;
		codes_find(&codes, line);
		if (codes.reply == 0 && codes.status[0] == '\0')
			continue;
		hit->codes = codes;
		hit->diagnostic = line;
	}
}

/* The answer of the other side in a transcript: "<<< 550 ...", "<-- 550 ..."; its first digit. */
static char session_reply(struct span *reply, struct span line)
{
	const char *p = memmem(line.p, span_len(line), "<-", 2);

	if (p == NULL)
		p = memmem(line.p, span_len(line), "<<<", 3);
	if (p == NULL)
		return '\0';
	while (p < line.end && strchr("<- \t", *p) != NULL)
		p++;
	*reply = (struct span){ p, line.end };
	if (span_len(*reply) < 4 || !ascii_digit(p[0]) || !ascii_digit(p[1]) ||
	    !ascii_digit(p[2]) || (p[3] != ' ' && p[3] != '-'))
		return '\0';
	return *p;
}

/* Whom "RCPT TO:<a@b>" in a transcript names; NULL where nobody new may be found. */
static struct failure *session_recipient(struct prose *t, const char *at, struct span line,
					 bool may_add)
{
	char lower[VERDICT_ADDRESS_TEXT];
	bool known;
	struct found_address f;

	if (!addr_find(&f, (struct span){ at, line.end }) ||
	    !addr_copy(lower, sizeof(lower), f.at))
		return NULL;
	return may_add ? failure_for(t, f.at, &known) : report_find(t->r, lower);
}

/* 503 only says that a command before it failed. */
static void session_refusal(struct prose *t, struct span reply, bool may_add)
{
	struct failure *f = t->refused;

	if (f == NULL && t->r->n == 1 && !may_add)
		f = &t->r->failure[0];
	if (f == NULL || span_starts_nocase(reply, "503"))
		return;
	if (!may_add && f->codes.reply >= 400)
		return;
	codes_find(&f->codes, reply);
	f->diagnostic = reply;
}

static void drop_accepted(struct report *r)
{
	int n = 0;

	for (int i = 0; i < r->n; i++)
		if (r->failure[i].codes.reply >= 400)
			r->failure[n++] = r->failure[i];
	r->n = n;
}

/*
 * A transcript of the session: the last refusal behind a RCPT TO is the reason, whatever was agreed
 * to before.  With may_add those refused are the recipients.
 */
static void read_session(struct prose *t, struct span text, bool may_add)
{
	struct span line, reply, rest = text;

	t->refused = NULL;
	while (span_line(&rest, &line)) {
		const char *at = span_find_nocase(line, "RCPT TO:");
		char class = session_reply(&reply, line);

		if (class == '4' || class == '5')
			session_refusal(t, reply, may_add);
		else if (class == '2')
			t->refused = NULL;
		else if (at != NULL)
			t->refused = session_recipient(t, at, line, may_add);
	}
	if (may_add)
		drop_accepted(t->r);
}

/* "list-request@", "owner-list@": whom to write to about a list, never who was written to. */
static bool list_keeper(struct span address)
{
	static const char *const ends[] = { "-request", "-owner", "-ctl", "-bounces",
					    "-subscribe", "-unsubscribe" };
	const char *at = memchr(address.p, '@', span_len(address));
	struct span local = { address.p, at != NULL ? at : address.end };

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		size_t n = strlen(ends[i]);

		if (span_len(local) > n &&
		    span_equals_nocase(span_of(local.end - n, n), ends[i]))
			return true;
	}
	return span_starts_nocase(local, "owner-");
}

static bool bad_place(const struct prose *t, struct span line, struct span address)
{
	return addr_is_system(address) || list_keeper(address) || same_text(address, t->own_to) ||
	       same_text(address, t->own_from) || helper_line(line);
}

/*
 * Addresses inside sentences: the first that is neither ours nor a helper's; more only behind "RCPT
 * TO".
 */
static void read_sentences(struct prose *t, struct span text)
{
	struct span line, rest = text;
	bool known;

	while (span_line(&rest, &line)) {
		struct found_address f;
		struct failure *hit;

		if (!addr_find(&f, line) || bad_place(t, line, f.at))
			continue;
		hit = failure_for(t, f.at, &known);
		if (hit == NULL)
			return;
		hit->diagnostic = (struct span){ line.p, text.end };
		if (span_len(hit->diagnostic) > SEGMENT_MAX)
			hit->diagnostic.end = hit->diagnostic.p + SEGMENT_MAX;
		return;
	}
}

static void read_failed_header(struct prose *t)
{
	struct span rest = span_str(mail_field_text(t->a, &t->m->header, "X-Failed-Recipients"));
	struct found_address f;
	bool known;

	while (addr_find(&f, rest)) {
		failure_for(t, f.at, &known);
		rest.p = f.at.end;
	}
}

static void settle(struct report *r, struct span text)
{
	for (int i = 0; i < r->n; i++) {
		struct failure *f = &r->failure[i];

		if (f->codes.reply == 0 && f->codes.status[0] == '\0')
			codes_find(&f->codes, f->diagnostic);
		if (r->n == 1 && f->codes.reply == 0 && f->codes.status[0] == '\0')
			codes_find(&f->codes, text);
	}
}

void bounce_text_parse(struct report *r, const struct mail *m, struct arena *a, struct span text)
{
	struct prose t = { .r = r, .m = m, .a = a };
	struct span line, rest = text;

	addr_copy(t.own_to, sizeof(t.own_to), mail_field_raw(&m->header, "To"));
	addr_copy(t.own_from, sizeof(t.own_from), mail_field_raw(&m->header, "From"));
	read_failed_header(&t);
	while (span_line(&rest, &line))
		read_line(&t, line);
	if (r->n == 0)
		read_replies(&t, text);
	if (r->n == 0)
		read_session(&t, text, true);
	t.weak_labels = true;
	for (rest = text; r->n == 0 && span_line(&rest, &line);)
		read_line(&t, line);
	if (r->n == 0)
		read_sentences(&t, text);
	for (int i = 0; i < r->n; i++)
		codes_find(&r->failure[i].codes, r->failure[i].diagnostic);
	read_session(&t, text, false);
	read_transcript(&t, text);
	settle(r, text);
}
