/*
 * mime_walk: the parts of a mail in order, their text decoded (by libetpan) to UTF-8 under caps.
 *
 * Invariant: only what is encoded is copied, and of a returned message only what tells of the
 * delivery is decoded; the walk ends at limits->depth and MAIL_PARTS_MAX.
 * Input: what prescan_mail() let through; still hostile.
 */
#include "base.h"

#include <libetpan/libetpan.h>

#include "charset.h"
#include "content_type.h"
#include "mime_split.h"
#include "mime_walk.h"
#include "prescan.h"
#include "utf8.h"

struct walk {
	struct mail *m;
	const struct classify_limits *limits;
};

static bool field_name_char(char c)
{
	return c > ' ' && c < 127 && c != ':';
}

/* "Name: value" with its folded lines; false at the end of the block. */
static bool take_field(struct span *rest, struct mail_field *f)
{
	struct span line, again;
	const char *p;

	if (!span_line(rest, &line) || span_empty(line))
		return false;
	for (p = line.p; p < line.end && field_name_char(*p); p++)
		;
	f->name = (struct span){ line.p, p };
	while (p < line.end && ascii_blank(*p))
		p++;
	if (p == line.end || *p != ':')
		return false;
	f->value = (struct span){ p + 1, line.end };
	for (again = *rest; span_line(&again, &line) && !span_empty(line) &&
			    ascii_blank(*line.p);) {
		f->value.end = line.end;
		*rest = again;
	}
	f->value = span_trim(f->value);
	return true;
}

/* A line that is no field between two that are, as relays and list software leave behind. */
static bool skip_stray_line(struct span *rest)
{
	struct span again = *rest, line, before;
	struct mail_field f;

	if (!span_line(&again, &line) || span_empty(line))
		return false;
	before = again;
	if (!take_field(&again, &f))
		return false;
	*rest = before;
	return true;
}

void mail_header_parse(struct mail_header *h, struct span bytes)
{
	struct mail_field f;
	struct span before = bytes;

	h->n = 0;
	for (;;) {
		before = bytes;
		if (!take_field(&bytes, &f)) {
			bytes = before;
			if (h->n > 0 && skip_stray_line(&bytes))
				continue;
			break;
		}
		if (h->n < MAIL_FIELDS_MAX)
			h->field[h->n++] = f;
	}
	/* the empty line, where there is one */
	if (span_len(bytes) >= 2 && bytes.p[0] == '\r' && bytes.p[1] == '\n')
		bytes.p += 2;
	else if (span_len(bytes) >= 1 && bytes.p[0] == '\n')
		bytes.p++;
	h->rest = bytes;
}

struct span mail_field_raw(const struct mail_header *h, const char *name)
{
	size_t n = strlen(name);

	for (int i = 0; i < h->n; i++)
		if (span_len(h->field[i].name) == n &&
		    span_equal_nocase(h->field[i].name, span_of(name, n)))
			return h->field[i].value;
	return (struct span){ NULL, NULL };
}

const char *mail_decode_header(struct arena *a, struct span raw)
{
	char *in, *w;

	if (span_len(raw) > 4096)
		raw.end = raw.p + 4096;
	in = w = arena_strndup(a, raw.p, span_len(raw));
	for (const char *p = in; *p != '\0'; p++)
		if (*p != '\r' && *p != '\n')
			*w++ = *p == '\t' ? ' ' : *p;
	*w = '\0';
	if (utf8_check(in, strlen(in)) != SIZE_MAX)
		return charset_decode_words(a, charset_decode(a, span_str(in), "").p);
	return strstr(in, "=?") == NULL ? in : charset_decode_words(a, in);
}

const char *mail_field_text(struct arena *a, const struct mail_header *h, const char *name)
{
	struct span raw = mail_field_raw(h, name);

	return raw.p == NULL ? "" : mail_decode_header(a, raw);
}

/* ---- the parts */

/* What stands in front of a part's text. */
struct part_head {
	struct content_type type;
	enum content_encoding encoding;
	bool has_type, has_encoding;
	bool attached, named; /* Content-Disposition */
};

/* Encoded words and bytes that are no ASCII, which the grammar has no place for, decoded. */
static struct span plain_value(struct arena *a, struct span value)
{
	char *text = NULL;
	size_t i = 0;

	if (memmem(value.p, span_len(value), "=?", 2) == NULL &&
	    utf8_ascii_run(value.p, span_len(value)) == span_len(value))
		return value;
	value = span_str(arena_strndup(a, value.p, span_len(value)));
	if (mailmime_encoded_phrase_parse("us-ascii", value.p, span_len(value), &i, "utf-8",
					  &text) != MAILIMF_NO_ERROR)
		return value;
	value = span_str(arena_strdup(a, text));
	free(text);
	return value;
}

/* The first field that can be read counts. */
static void head_field(struct part_head *h, struct arena *a, const struct mail_field *f)
{
	if (!h->has_type && span_equals_nocase(f->name, "Content-Type"))
		h->has_type = content_type_parse(&h->type, a, plain_value(a, f->value));
	else if (!h->has_encoding && span_equals_nocase(f->name, "Content-Transfer-Encoding"))
		h->has_encoding = content_encoding_parse(&h->encoding, f->value);
	else if (span_equals_nocase(f->name, "Content-Disposition")) {
		h->attached = span_starts_nocase(f->value, "attachment");
		h->named = span_find_nocase(f->value, "filename") != NULL;
	}
}

static void head_finish(struct part_head *h, bool in_digest)
{
	if (!h->has_type)
		content_type_default(&h->type, in_digest);
	if (!h->has_encoding)
		h->encoding = ENCODING_NONE;
	if (h->type.form == CONTENT_MESSAGE && h->encoding != ENCODING_NONE)
		h->type.form = CONTENT_SINGLE;
}

/* Takes the fields and the empty line behind them off the front. */
static void head_parse(struct part_head *h, struct arena *a, struct span *s, bool in_digest)
{
	struct mail_field f;

	h->has_type = h->has_encoding = h->attached = h->named = false;
	while (mime_take_field(s, &f))
		head_field(h, a, &f);
	mime_skip_empty_line(s);
	head_finish(h, in_digest);
}

static struct mail_part *add_part(struct walk *w, const struct mail_part *parent, int index,
				  const struct part_head *h)
{
	struct mail_part *p;

	if (w->m->n_parts >= MAIL_PARTS_MAX)
		return NULL;
	p = &w->m->part[w->m->n_parts++];
	memset(p, 0, sizeof(*p));
	p->message = parent ? parent->message : -1;
	p->depth = parent ? parent->depth + 1 : 0;
	if (parent && parent->id[0] != '\0')
		snprintf(p->id, sizeof(p->id), "%.18s.%d", parent->id, index % 1000);
	else if (parent)
		snprintf(p->id, sizeof(p->id), "%d", index % 1000);
	memcpy(p->type, h->type.type, sizeof(p->type));
	memcpy(p->report, h->type.report, sizeof(p->report));
	p->encoding = h->encoding;
	/* a mail that is one part has its text there, under whatever name */
	p->attached = h->attached || (parent && (h->named || h->type.named));
	p->text = span_of("", 0);
	return p;
}

/*
 * Text, and the machine parts of reports; "message/" parts come with odd names and are all small
 * text.  Inside a returned message only what tells of the delivery: nobody reads its text.
 */
static bool wanted(const struct mail_part *p)
{
	if (p->message >= 0)
		return strncmp(p->type, "message/", 8) == 0 ||
		       strcmp(p->type, "text/delivery-status") == 0 ||
		       strncmp(p->type, "text/rfc822-header", 18) == 0;
	return strncmp(p->type, "text/", 5) == 0 || strncmp(p->type, "message/", 8) == 0 ||
	       strcmp(p->type, "application/json") == 0;
}

static struct span first_bytes(struct span s, size_t n)
{
	return span_len(s) > n ? span_of(s.p, n) : s;
}

/* False where it cannot be decoded. */
static bool decode(struct span *out, struct arena *a, struct span s, enum content_encoding how)
{
	char *text = NULL;
	size_t i = 0, n = 0;

	if (how == ENCODING_NONE) {
		*out = first_bytes(s, MAIL_PART_TEXT_MAX);
		return true;
	}
	s = first_bytes(s, (size_t)MAIL_PART_TEXT_MAX * 2);
	if (mailmime_part_parse(s.p, span_len(s), &i,
				how == ENCODING_BASE64 ? MAILMIME_MECHANISM_BASE64
						       : MAILMIME_MECHANISM_QUOTED_PRINTABLE,
				&text, &n) != MAILIMF_NO_ERROR)
		return false;
	*out = span_str(arena_strndup(a, text, n < MAIL_PART_TEXT_MAX ? n : MAIL_PART_TEXT_MAX));
	mailmime_decoded_part_free(text);
	return true;
}

bool mail_decode(struct span *out, struct arena *a, struct span s, enum content_encoding how)
{
	char *copy = arena_take(a, span_len(s) + PRESCAN_PADDING);

	memcpy(copy, s.p, span_len(s));
	memset(copy + span_len(s), 0, PRESCAN_PADDING);
	return decode(out, a, span_of(copy, span_len(s)), how);
}

static void read_text(struct walk *w, struct mail_part *p, const struct part_head *h,
		      struct span body)
{
	struct arena *a = &w->m->arena;
	struct span text;

	if (!wanted(p) || w->m->text_bytes >= MAIL_TEXT_MAX ||
	    !decode(&text, a, body, h->encoding))
		return;
	p->text = charset_decode(a, text, h->type.charset);
	w->m->text_bytes += span_len(p->text);
}

static void walk_part(struct walk *w, const struct mail_part *parent, int index,
		      const struct part_head *h, struct span body);

static void walk_message(struct walk *w, struct mail_part *p, struct span body)
{
	struct part_head h;

	p->message = (int)(p - w->m->part);
	p->container = true;
	p->text = first_bytes(body, MAIL_PART_TEXT_MAX);
	head_parse(&h, &w->m->arena, &body, false);
	walk_part(w, p, 1, &h, body);
}

static void walk_multipart(struct walk *w, struct mail_part *p, const struct part_head *h,
			   struct span body)
{
	int room = MAIL_PARTS_MAX - w->m->n_parts, n;
	struct span *part = arena_take(&w->m->arena, (size_t)room * sizeof(*part));
	bool digest = strcmp(h->type.type, "multipart/digest") == 0;
	struct part_head inner;

	p->container = true;
	n = mime_split(part, room, body, h->type.boundary);
	for (int i = 0; i < n; i++) {
		head_parse(&inner, &w->m->arena, &part[i], digest);
		walk_part(w, p, i + 1, &inner, part[i]);
	}
}

static void walk_part(struct walk *w, const struct mail_part *parent, int index,
		      const struct part_head *h, struct span body)
{
	struct mail_part *p;

	if ((parent != NULL && parent->depth >= w->limits->depth) ||
	    (p = add_part(w, parent, index, h)) == NULL)
		return;
	if (h->type.form == CONTENT_SINGLE)
		read_text(w, p, h, body);
	else if (h->type.form == CONTENT_MULTIPART)
		walk_multipart(w, p, h, body);
	else
		walk_message(w, p, body);
}

/* Does "--boundary" occur at all? */
static bool boundary_occurs(struct span rest, const char *boundary)
{
	const char *start = rest.p, *p;

	if (*boundary == '\0')
		return false;
	while ((p = memmem(rest.p, span_len(rest), boundary, strlen(boundary))) != NULL) {
		if (p - start >= 2 && p[-1] == '-' && p[-2] == '-')
			return true;
		rest.p = p + strlen(boundary);
	}
	return false;
}

/*
 * A multipart whose boundary does not occur is read as one text: its parts are in there somewhere.
 */
static void walk_root(struct walk *w)
{
	struct mail_header *header = &w->m->header;
	struct part_head h = { .has_type = false };
	static const char plain[] = "text/plain";

	for (int i = 0; i < header->n; i++)
		if (span_starts_nocase(header->field[i].name, "content-"))
			head_field(&h, &w->m->arena, &header->field[i]);
	head_finish(&h, false);
	if (h.type.form == CONTENT_MULTIPART && !boundary_occurs(header->rest, h.type.boundary)) {
		memcpy(h.type.type, plain, sizeof(plain));
		h.type.form = CONTENT_SINGLE;
		h.type.charset = "";
		h.encoding = ENCODING_NONE;
	}
	walk_part(w, NULL, 1, &h, header->rest);
}

bool mail_parse(struct mail *m, struct span bytes, const struct classify_limits *limits)
{
	struct walk w = { m, limits };
	struct span copy;
	bool ok;

	m->arena = (struct arena)ARENA_INIT;
	m->n_parts = 0;
	m->text_bytes = 0;
	ok = prescan_mail(&copy, &m->arena, bytes, limits);
	mail_header_parse(&m->header, copy);
	if (ok)
		walk_root(&w);
	return ok;
}

void mail_clear(struct mail *m)
{
	arena_clear(&m->arena);
}
