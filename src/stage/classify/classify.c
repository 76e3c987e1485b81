/*
 * classify: the order of the rules: reports, robots, people.
 *
 * Invariant: *v is well-formed (verdict_valid()) whatever the bytes are.
 * Input: one mail from anywhere, hostile.
 */
#include "base.h"

#include "alloc.h"
#include "answer.h"
#include "answer_hear.h"
#include "classify.h"
#include "clearsigned.h"
#include "kind.h"
#include "link.h"
#include "robots.h"
#include "signed_part.h"
#include "utf8.h"

const struct classify_limits classify_default_limits = { 256 << 10, 300, 20 };

void verdict_text(char *out, size_t size, const char *s, size_t n, bool one_line)
{
	struct buf b = BUF_INIT;

	if (n < size && utf8_plain_run(s, n) == n) {
		memcpy(out, s, n);
		out[n] = '\0';
		return;
	}
	/* printable text may grow: an invalid byte becomes '?', never more */
	utf8_printable(&b, s, n < 4 * size ? n : 4 * size, size - 1, one_line);
	memcpy(out, b.s, b.len);
	out[b.len] = '\0';
	buf_clear(&b);
}

void verdict_explain(struct verdict *v, const char *rule, struct span evidence, const char *part)
{
	verdict_text(v->rule, sizeof(v->rule), rule, strlen(rule), true);
	verdict_text(v->evidence, sizeof(v->evidence), evidence.p, span_len(evidence), true);
	verdict_text(v->part, sizeof(v->part), part, strlen(part), true);
}

static bool bulk(const struct view *w)
{
	static const char *const names[] = { "List-Id", "List-Unsubscribe", "List-Post",
					     "Feedback-ID" };
	struct span precedence = mail_field_raw(&w->m->header, "Precedence");

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (mail_field_raw(&w->m->header, names[i]).p != NULL)
			return true;
	return precedence.p != NULL &&
	       (span_starts_nocase(precedence, "bulk") || span_starts_nocase(precedence, "junk"));
}

/* A person's mail: a reply where it shows that it is about one of ours. */
static void person(struct verdict *v, struct view *w, struct span mail)
{
	struct span typed = view_typed(w);
	struct answer answer = { .rule = "" };
	struct reading heard = { 0 };
	bool related = w->reply_prefix || w->references || w->reference[0] != '\0';

	verdict_text(v->text, sizeof(v->text), typed.p, span_len(typed), false);
	if (related)
		answer = answer_read(w->a, typed, w->subject);
	else if (!bulk(w))
		answer = answer_by_rules(w->a, typed, w->subject, &heard);
	v->kind = related || answer.answer != ANSWER_NONE ? VERDICT_REPLY : VERDICT_OTHER;
	verdict_explain(v, related ? "reply of a person" : "mail of a person", span_str(w->subject),
			w->text_part ? w->text_part->id : "");
	if (v->kind != VERDICT_REPLY)
		return;
	v->answer = answer.answer;
	v->remark = answer.remark;
	verdict_text(v->answer_rule, sizeof(v->answer_rule), answer.rule, strlen(answer.rule),
		     true);
	robot_proposed(v, w);
	signed_part_find(v, w, mail);
	if (v->signing == SIGNING_NONE)
		clearsigned_find(v, w, mail);
}

void classify_mail(struct verdict *v, const void *bytes, size_t n,
		   const struct classify_limits *limits)
{
	struct mail *m = xmalloc(sizeof(*m));
	struct view w;
	bool ok;

	verdict_init(v);
	ok = mail_parse(m, span_of(bytes, n), limits);
	if (!ok)
		m->n_parts = 0;
	view_init(&w, m);
	link_fill(v, &w);
	if (!ok) {
		v->unparsable = true;
		verdict_explain(v, "beyond the limits", span_of("", 0), "");
	} else if (!kind_report(v, &w) && !robot_answer(v, &w)) {
		person(v, &w, span_of(bytes, n < limits->bytes ? n : limits->bytes));
	}
	mail_clear(m);
	free(m);
}
