/*
 * classify_json: a verdict with its evidence as JSON.
 *
 * Invariant: one object on one line, valid UTF-8.
 * Input: a valid verdict; the file name is the caller's and made printable.
 */
#include "base.h"

#include <jansson.h>

#include "alloc.h"
#include "classify_tsv.h"
#include "utf8.h"

static json_t *text_or_null(const char *s)
{
	return s[0] ? json_string(s) : json_null();
}

static json_t *word_or_null(const char *const *words, int value)
{
	return value > 0 ? json_string(words[value]) : json_null();
}

static json_t *recipient_json(const struct verdict_recipient *r)
{
	json_t *o = json_object();

	json_object_set_new(o, "address", text_or_null(r->address));
	json_object_set_new(o, "status", text_or_null(r->status));
	json_object_set_new(o, "reply", r->reply > 0 ? json_integer(r->reply) : json_null());
	json_object_set_new(o, "class", json_string(verdict_class_words[r->class]));
	json_object_set_new(o, "perm", word_or_null(verdict_perm_words, (int)r->perm));
	json_object_set_new(o, "reason", word_or_null(verdict_reason_words, (int)r->reason));
	return o;
}

static json_t *list_json(const char *list, size_t size, int n)
{
	json_t *a = json_array();

	for (int i = 0; i < n; i++)
		json_array_append_new(a, json_string(list + (size_t)i * size));
	return a;
}

static void add_links(json_t *o, const struct verdict *v)
{
	json_object_set_new(o, "envelope_to",
			    list_json(v->envelope_to[0], VERDICT_ADDRESS_TEXT, v->n_envelope_to));
	json_object_set_new(o, "to",
			    list_json(v->header_to[0], VERDICT_ADDRESS_TEXT, v->n_header_to));
	json_object_set_new(o, "message_ids",
			    list_json(v->message_id[0], VERDICT_ID_TEXT, v->n_message_id));
	json_object_set_new(o, "envelope_id", text_or_null(v->envid));
	json_object_set_new(o, "message_id", text_or_null(v->own_message_id));
	json_object_set_new(o, "from", text_or_null(v->from));
	json_object_set_new(o, "subject", text_or_null(v->subject));
}

static void add_evidence(json_t *o, const struct verdict *v)
{
	json_t *why = json_object();

	json_object_set_new(why, "rule", text_or_null(v->rule));
	json_object_set_new(why, "reason_rule", text_or_null(v->reason_rule));
	json_object_set_new(why, "answer_rule", text_or_null(v->answer_rule));
	json_object_set_new(why, "line", text_or_null(v->evidence));
	json_object_set_new(why, "part", text_or_null(v->part));
	json_object_set_new(o, "evidence", why);
}

void classify_write_json(struct buf *out, const char *file, const struct verdict *v)
{
	json_t *o = json_object(), *recipients = json_array();
	struct buf name = BUF_INIT;
	char *text;

	utf8_printable(&name, file, strlen(file), 4096, true);
	json_object_set_new(o, "file", json_string(name.s));
	json_object_set_new(o, "kind", json_string(verdict_kind_words[v->kind]));
	for (int i = 0; i < v->n_recipients; i++)
		json_array_append_new(recipients, recipient_json(&v->recipient[i]));
	json_object_set_new(o, "recipients", recipients);
	json_object_set_new(o, "overall",
			    v->n_recipients == 0 ? recipient_json(&v->overall) : json_null());
	json_object_set_new(o, "answer",
			    v->kind == VERDICT_REPLY ? json_string(verdict_answer_words[v->answer])
						     : json_null());
	json_object_set_new(o, "remark",
			    v->kind == VERDICT_REPLY ? json_string(verdict_remark_words[v->remark])
						     : json_null());
	json_object_set_new(o, "text", text_or_null(v->text));
	json_object_set_new(o, "proposed", text_or_null(v->proposed));
	json_object_set_new(o, "ticket", text_or_null(v->ticket));
	json_object_set_new(o, "signed", json_boolean(v->signing != SIGNING_NONE));
	json_object_set_new(o, "unparsable", json_boolean(v->unparsable));
	json_object_set_new(o, "truncated", json_boolean(v->truncated));
	add_links(o, v);
	add_evidence(o, v);
	text = json_dumps(o, JSON_COMPACT);
	buf_addstr(out, text ? text : "{}");
	buf_addch(out, '\n');
	free(text);
	json_decref(o);
	buf_clear(&name);
}
