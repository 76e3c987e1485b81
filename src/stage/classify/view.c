/*
 * view: gathers what the rules look at.
 *
 * Invariant: texts inside a returned or forwarded message, and attachments, are never taken for the
 * text of the mail.
 * Input: a parsed hostile mail.
 */
#include "base.h"

#include "addr_scan.h"
#include "buf.h"
#include "html_text.h"
#include "phrases.h"
#include "reply_text.h"
#include "report.h"
#include "view.h"

enum { TEXT_PARTS_MAX = 3, RETURNED_LINES_MAX = 120 };

static const char *const reply_prefixes[] = {
	"re:",          "re :",    "re[",         "fw:",  "fwd:", "antw:", "antwoord:",
	"betreft: re:", "betr:",   "aw:",         "wg:",  "tr:",  "sv:",   "vs:",
	"rv:",          "doorst:", "beantwoord:", "rif:", "odp:", "réf",   NULL,
};

const char *subject_bare(const char *subject)
{
	bool again = true;

	while (again) {
		again = false;
		while (*subject == ' ')
			subject++;
		for (int i = 0; reply_prefixes[i] != NULL; i++)
			if (strncasecmp(subject, reply_prefixes[i], strlen(reply_prefixes[i])) ==
				    0 &&
			    reply_prefixes[i][strlen(reply_prefixes[i]) - 1] == ':') {
				subject += strlen(reply_prefixes[i]);
				again = true;
				break;
			}
	}
	return subject;
}

static bool has_reply_prefix(const char *subject)
{
	while (*subject == ' ')
		subject++;
	for (int i = 0; reply_prefixes[i] != NULL; i++)
		if (strncasecmp(subject, reply_prefixes[i], strlen(reply_prefixes[i])) == 0)
			return true;
	return false;
}

static bool blank_text(struct span s)
{
	return span_empty(span_trim(s));
}

static struct span part_text(const struct view *v, const struct mail_part *p)
{
	return strcmp(p->type, "text/html") == 0 ? html_to_text(v->a, p->text) : p->text;
}

static bool readable(const struct mail_part *p, const char *type)
{
	return p->message < 0 && !p->container && strcmp(p->type, type) == 0 &&
	       !blank_text(p->text);
}

static bool typed_in(const struct mail_part *p, const char *type)
{
	return readable(p, type) && !p->attached;
}

/* Behind the parts that lie in part i. */
static int parts_end(const struct mail *m, int i)
{
	int end = i + 1;

	while (end < m->n_parts && m->part[end].depth > m->part[i].depth)
		end++;
	return end;
}

static bool plain_in(const struct mail *m, int from, int end)
{
	for (int i = from; i < end; i++)
		if (typed_in(&m->part[i], "text/plain"))
			return true;
	return false;
}

static void add_text(struct view *v, struct buf *all, const struct mail_part *p)
{
	struct span text = part_text(v, p);

	v->last_part = p;
	if (v->text_part == NULL) {
		v->text_part = p;
		v->text = text;
		return;
	}
	if (all->len == 0)
		buf_add(all, v->text.p, span_len(v->text));
	buf_addch(all, '\n');
	buf_add(all, text.p, span_len(text));
}

/* Any other text (text/enriched, no subtype). */
static const struct mail_part *other_text(const struct mail *m)
{
	for (int i = 0; i < m->n_parts; i++) {
		const struct mail_part *p = &m->part[i];

		if (p->message < 0 && !p->attached && strncmp(p->type, "text/", 5) == 0 &&
		    !blank_text(p->text))
			return p;
	}
	return NULL;
}

/*
 * All that was typed, in its order: some programs divide a text where a picture stands in it.  Of
 * alternatives the plain one; another kind of text only where it is all there is.
 */
static void find_text(struct view *v)
{
	const struct mail *m = v->m;
	const struct mail_part *other;
	struct buf all = BUF_INIT;
	int html_from = 0;

	for (int i = 0; i < m->n_parts; i++) {
		const struct mail_part *p = &m->part[i];
		int end = parts_end(m, i);

		if (end > html_from && strcmp(p->type, "multipart/alternative") == 0 &&
		    plain_in(m, i + 1, end))
			html_from = end;
		if (typed_in(p, "text/plain") || (i >= html_from && typed_in(p, "text/html")))
			add_text(v, &all, p);
	}
	if (all.len > 0)
		v->text = span_str(arena_strndup(v->a, all.s, all.len));
	if (v->text_part == NULL && (other = other_text(m)) != NULL)
		add_text(v, &all, other);
	buf_clear(&all);
}

/*
 * Gateways put a disclaimer in front: the first few plain texts, each cut at its returned message.
 */
static struct span find_report_text(struct view *v)
{
	struct span text;
	struct buf all = BUF_INIT;
	int n = 0;

	for (int i = 0; i < v->m->n_parts && n < TEXT_PARTS_MAX; i++)
		if (readable(&v->m->part[i], "text/plain")) {
			struct span cut = report_text_cut(v->m->part[i].text);

			buf_add(&all, cut.p, span_len(cut));
			buf_addstr(&all, "\n\n");
			n++;
		}
	if (n == 0 && v->text_part != NULL) {
		struct span cut = report_text_cut(v->text);

		buf_add(&all, cut.p, span_len(cut));
	}
	text = span_str(arena_strndup(v->a, all.s, all.len));
	buf_clear(&all);
	return text;
}

struct span view_typed(struct view *v)
{
	if (!v->has_typed)
		v->typed = reply_typed(v->a, v->text, v->from, v->reference);
	v->has_typed = true;
	return v->typed;
}

struct span view_report_text(struct view *v)
{
	if (!v->has_report_text)
		v->report_text = find_report_text(v);
	v->has_report_text = true;
	return v->report_text;
}

const struct hay *view_report_hay(struct view *v)
{
	if (!v->has_report_hay)
		hay_init(&v->report_hay, v->a, view_report_text(v));
	v->has_report_hay = true;
	return &v->report_hay;
}

static bool from_system_address(const struct view *v)
{
	struct found_address f;
	struct span rest = span_str(v->from);

	while (addr_find(&f, rest)) {
		if (addr_is_system(f.at))
			return true;
		rest.p = f.at.end;
	}
	return addr_is_system(span_str(v->from));
}

static bool from_system_name(const struct view *v)
{
	struct span from = span_str(v->from);

	for (int i = 0; phrases_system_sender[i] != NULL; i++)
		if (span_find_nocase(from, phrases_system_sender[i]) != NULL)
			return true;
	return false;
}

static bool has_list_header(const struct mail_header *h)
{
	static const char *const names[] = { "List-Id", "List-Unsubscribe", "List-Post" };
	struct span precedence = mail_field_raw(h, "Precedence");

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (mail_field_raw(h, names[i]).p != NULL)
			return true;
	return precedence.p != NULL && span_starts_nocase(precedence, "list");
}

/* A header pasted behind the text of a report: two fields that only headers have. */
static bool pasted_header(struct span text)
{
	static const char *const fields[] = { "received:", "message-id:", "return-path:",
					      "mime-version:", "x-mailer:", "dkim-signature:" };
	struct span line;
	int found = 0;

	for (int i = 0; i < RETURNED_LINES_MAX && span_line(&text, &line); i++) {
		line = span_trim(line);
		for (size_t k = 0; k < ARRAY_SIZE(fields); k++)
			found += span_starts_nocase(line, fields[k]);
	}
	return found >= 2;
}

bool view_returned_mail(const struct view *v)
{
	for (int i = 0; i < v->m->n_parts; i++) {
		const char *type = v->m->part[i].type;

		if (strcmp(type, "message/rfc822") == 0 ||
		    strcmp(type, "text/rfc822-headers") == 0 ||
		    strcmp(type, "message/global") == 0 ||
		    strcmp(type, "message/global-headers") == 0)
			return true;
	}
	return pasted_header((struct span){ report_text_cut(v->text).end, v->text.end });
}

void view_init(struct view *v, struct mail *m)
{
	struct span path = mail_field_raw(&m->header, "Return-Path");

	memset(v, 0, sizeof(*v));
	v->m = m;
	v->a = &m->arena;
	v->text = span_of("", 0);
	v->from = mail_field_text(v->a, &m->header, "From");
	v->subject = mail_field_text(v->a, &m->header, "Subject");
	subject_reference(v->reference, sizeof(v->reference), v->subject);
	hay_init(&v->subject_hay, v->a, span_str(v->subject));
	find_text(v);
	v->system_address = from_system_address(v);
	v->system_sender = v->system_address || from_system_name(v);
	v->list_mail = has_list_header(&m->header);
	v->null_sender = path.p != NULL && (span_equals_str(path, "<>") ||
					    span_starts_nocase(path, "<MAILER-DAEMON"));
	v->reply_prefix = has_reply_prefix(v->subject);
	v->references = mail_field_raw(&m->header, "In-Reply-To").p != NULL ||
			mail_field_raw(&m->header, "References").p != NULL;
}

const struct mail_part *view_part(const struct view *v, const char *type)
{
	for (int i = 0; i < v->m->n_parts; i++)
		if (v->m->part[i].message < 0 && strcmp(v->m->part[i].type, type) == 0)
			return &v->m->part[i];
	return NULL;
}
