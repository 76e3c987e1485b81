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

/* Does it show that it is about a mail of ours? */
static bool is_related(const struct view *w)
{
	return w->reply_prefix || w->references || w->reference[0] != '\0';
}

static struct answer read_answer(struct view *w, const char *subject)
{
	struct reading heard = { 0 };

	if (is_related(w))
		return answer_read(w->a, view_typed(w), subject);
	if (!bulk(w))
		return answer_by_rules(w->a, view_typed(w), subject, &heard);
	return (struct answer){ .rule = "" };
}

static bool by_keyword(const struct answer *a)
{
	return a->answer != ANSWER_NONE && strncmp(a->rule, "keyword", 7) == 0;
}

/* On the first line, whatever the rest makes of it; or in the subject. */
static bool has_keyword(struct view *w, const struct answer *a)
{
	struct span rest = view_typed(w), line = rest;
	struct reading heard = { 0 };
	struct answer first;

	span_line(&rest, &line);
	first = answer_by_rules(w->a, line, "", &heard);
	return by_keyword(a) || by_keyword(&first);
}

/* In so many words, not by the sound of the whole. */
static bool is_exact(const struct answer *a)
{
	return a->answer != ANSWER_NONE && a->answer != ANSWER_RECEIVED &&
	       strcmp(a->rule, "learnt") != 0;
}

/*
 * A robot that no header betrays?  What answers us exactly, tells of harm or asks something is not
 * thrown away for a phrase, but an answer in doubt is taken back: a person reads it.
 */
static bool sounds_like_robot(struct answer *a, struct view *w, enum robot_voice voice,
			      const char *rule)
{
	struct reading heard = { 0 };
	struct answer said;

	if (voice == VOICE_PERSON || (voice == VOICE_DOUBT && is_exact(a)) ||
	    a->remark == REMARK_HARM || has_keyword(w, a))
		return false;
	said = answer_by_rules(w->a, view_typed(w), "", &heard);
	if (!is_exact(&said) &&
	    (voice == VOICE_SELF || (voice == VOICE_SURE && a->remark != REMARK_ASKS)))
		return true;
	a->answer = ANSWER_NONE;
	a->rule = rule;
	return false;
}

/* The subject is never signed: an answer that the text alone does not give counts as unsigned. */
static void find_signature(struct verdict *v, struct view *w, struct span mail)
{
	signed_part_find(v, w, mail);
	if (v->signing == SIGNING_NONE)
		clearsigned_find(v, w, mail);
	if (v->signing == SIGNING_NONE || v->answer == ANSWER_NONE ||
	    read_answer(w, "").answer == v->answer)
		return;
	v->signing = SIGNING_NONE;
	v->signed_part = v->signature = (struct verdict_range){ 0, 0 };
}

/*
 * What shows no sign of a machine but its words: a person's mail, a reply where it shows that it is
 * about one of ours.
 */
static void read_words(struct verdict *v, struct view *w, struct span mail)
{
	struct span typed = view_typed(w);
	struct answer answer = read_answer(w, w->subject);
	bool related = is_related(w);
	const char *rule;
	enum robot_voice voice = robot_voice(w, &rule);

	verdict_text(v->text, sizeof(v->text), typed.p, span_len(typed), false);
	if (voice == VOICE_DOUBT && !related && bulk(w)) /* sent to many, in no answer to us */
		voice = VOICE_SURE;
	if (sounds_like_robot(&answer, w, voice, rule)) {
		robot_fill(v, w, rule, typed);
		return;
	}
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
	find_signature(v, w, mail);
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
		read_words(v, &w, span_of(bytes, n < limits->bytes ? n : limits->bytes));
	}
	mail_clear(m);
	free(m);
}
