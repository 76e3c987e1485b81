/*
 * fuzz_mime: whole mails through the MIME library; every part keeps the caps of mime_walk.h, and
 * all text is what later rules take it for.
 */
#include "base.h"

#include "alloc.h"
#include "mime_walk.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(bool holds, const char *what)
{
	if (!holds)
		bug("mime walk: %s", what);
}

static bool ends_in(const char *field, size_t size)
{
	return memchr(field, '\0', size) != NULL;
}

static void check_part(const struct mail *m, const struct mail_part *p, int depth)
{
	volatile char last = span_empty(p->text) ? '\0' : p->text.end[-1];

	UNUSED(last);
	check(ends_in(p->id, sizeof(p->id)) && ends_in(p->type, sizeof(p->type)),
	      "a field without end");
	check(ends_in(p->report, sizeof(p->report)), "a report type without end");
	check(p->depth >= 0 && p->depth <= depth, "too deep");
	check(p->message >= -1 && p->message < m->n_parts, "a message that is not there");
	check(span_len(p->text) <= (size_t)4 * MAIL_PART_TEXT_MAX, "too much text");
}

static void check_field(struct arena *a, const struct mail_field *f)
{
	const char *text = mail_decode_header(a, f->value);

	check(strlen(text) <= (size_t)64 << 10, "a header value that grew");
}

static void walk(const void *data, size_t n, const struct classify_limits *limits)
{
	struct mail *m = xmalloc(sizeof(*m));
	bool ok = mail_parse(m, span_of(data, n), limits);

	check(m->header.n >= 0 && m->header.n <= MAIL_FIELDS_MAX, "too many fields");
	for (int i = 0; i < m->header.n; i++)
		check_field(&m->arena, &m->header.field[i]);
	if (ok) {
		check(m->n_parts >= 0 && m->n_parts <= MAIL_PARTS_MAX, "too many parts");
		for (int i = 0; i < m->n_parts; i++)
			check_part(m, &m->part[i], limits->depth);
	}
	mail_clear(m);
	free(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct classify_limits small = { 4096, 8, 3 };

	walk(data, n, &classify_default_limits);
	walk(data, n, &small);
	return 0;
}
