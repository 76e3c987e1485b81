/*
 * link: addresses and message ids that a mail carries.
 *
 * Invariant: lists are cut at their capacity; each value once.
 * Input: a parsed hostile mail.
 */
#include "base.h"

#include "addr_scan.h"
#include "kind.h"
#include "link.h"

static void add_value(char *list, size_t size, int *n, int max, struct span value)
{
	char text[VERDICT_ADDRESS_TEXT];

	if (*n >= max || span_len(value) == 0 || span_len(value) >= size ||
	    span_len(value) >= sizeof(text))
		return;
	verdict_text(text, sizeof(text), value.p, span_len(value), true);
	for (int i = 0; i < *n; i++)
		if (strcmp(list + (size_t)i * size, text) == 0)
			return;
	memcpy(list + (size_t)(*n)++ * size, text, strlen(text) + 1);
}

static void add_addresses(char *list, int *n, struct span value)
{
	struct found_address f;
	char lower[VERDICT_ADDRESS_TEXT];

	while (value.p != NULL && *n < VERDICT_ADDRESSES && addr_find(&f, value)) {
		if (addr_copy(lower, sizeof(lower), f.at))
			add_value(list, VERDICT_ADDRESS_TEXT, n, VERDICT_ADDRESSES,
				  span_str(lower));
		value.p = f.at.end;
	}
}

static void add_ids(struct verdict *v, struct span value)
{
	while (value.p != NULL && v->n_message_id < VERDICT_IDS) {
		const char *open = memchr(value.p, '<', span_len(value)), *close;

		if (open == NULL || (close = memchr(open, '>', (size_t)(value.end - open))) == NULL)
			return;
		add_value(v->message_id[0], VERDICT_ID_TEXT, &v->n_message_id, VERDICT_IDS,
			  (struct span){ open, close + 1 });
		value.p = close + 1;
	}
}

static void every_field(struct verdict *v, const struct mail_header *h)
{
	static const char *const envelope[] = { "Delivered-To", "X-Original-To", "Envelope-To",
						"X-Envelope-To", "X-Delivered-To" };

	for (int i = 0; i < h->n; i++) {
		for (size_t j = 0; j < ARRAY_SIZE(envelope); j++)
			if (span_equals_nocase(h->field[i].name, envelope[j]))
				add_addresses(v->envelope_to[0], &v->n_envelope_to,
					      h->field[i].value);
		if (span_equals_nocase(h->field[i].name, "To") ||
		    span_equals_nocase(h->field[i].name, "Cc"))
			add_addresses(v->header_to[0], &v->n_header_to, h->field[i].value);
	}
}

/* Message-ID of the returned mail: in its part, or pasted behind the report's text. */
static void returned_ids(struct verdict *v, struct view *w)
{
	for (int i = 0; i < w->m->n_parts && v->n_message_id < VERDICT_IDS; i++) {
		const struct mail_part *p = &w->m->part[i];
		struct span rest = p->text, line;
		bool returned = strncmp(p->type, "message/rfc822", 14) == 0 ||
				strncmp(p->type, "text/rfc822-header", 18) == 0;

		if (!returned && p != w->text_part)
			continue;
		for (int lines = 0; lines < 600 && span_line(&rest, &line); lines++) {
			if (!span_starts_nocase(line, "message-id:"))
				continue;
			/* the id may be folded onto the next line */
			if (memchr(line.p, '<', span_len(line)) == NULL &&
			    span_line(&rest, &line) && span_empty(line))
				break;
			add_ids(v, line);
			break;
		}
	}
}

void link_fill(struct verdict *v, struct view *w)
{
	const struct mail_header *h = &w->m->header;
	struct span id = mail_field_raw(h, "Message-ID");
	char from[VERDICT_ADDRESS_TEXT];

	if (addr_copy(from, sizeof(from), span_str(w->from)))
		verdict_text(v->from, sizeof(v->from), from, strlen(from), true);
	verdict_text(v->subject, sizeof(v->subject), w->subject, strlen(w->subject), true);
	if (id.p != NULL)
		verdict_text(v->own_message_id, sizeof(v->own_message_id), id.p, span_len(id),
			     true);
	every_field(v, h);
	add_ids(v, mail_field_raw(h, "In-Reply-To"));
	add_ids(v, mail_field_raw(h, "References"));
	returned_ids(v, w);
}
