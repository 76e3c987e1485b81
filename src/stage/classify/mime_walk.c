/*
 * mime_walk: libetpan's tree flattened, text decoded to UTF-8 under caps.
 *
 * Invariant: preambles and epilogues are never touched (their lengths are wrong in libetpan),
 * nothing is serialised again, the walk ends at limits->depth and MAIL_PARTS_MAX.
 * Input: what prescan_mail() let through; still hostile.
 */
#include "base.h"

#include <libetpan/libetpan.h>

#include "charset.h"
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
	while (p < line.end && (*p == ' ' || *p == '\t'))
		p++;
	if (p == line.end || *p != ':')
		return false;
	f->value = (struct span){ p + 1, line.end };
	for (again = *rest; span_line(&again, &line) && !span_empty(line) &&
			    (*line.p == ' ' || *line.p == '\t');) {
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

static void copy_lower(char *out, size_t size, const char *s)
{
	size_t n = 0;

	for (; s != NULL && s[n] != '\0' && n + 1 < size; n++)
		out[n] = ascii_lower(s[n]);
	out[n] = '\0';
}

static const char *discrete_word(const struct mailmime_discrete_type *t)
{
	switch (t->dt_type) {
	case MAILMIME_DISCRETE_TYPE_TEXT: return "text";
	case MAILMIME_DISCRETE_TYPE_IMAGE: return "image";
	case MAILMIME_DISCRETE_TYPE_AUDIO: return "audio";
	case MAILMIME_DISCRETE_TYPE_VIDEO: return "video";
	case MAILMIME_DISCRETE_TYPE_APPLICATION: return "application";
	default: return t->dt_extension ? t->dt_extension : "x";
	}
}

static const char *major_word(const struct mailmime_type *t)
{
	if (t->tp_type == MAILMIME_TYPE_DISCRETE_TYPE)
		return discrete_word(t->tp_data.tp_discrete_type);
	if (t->tp_data.tp_composite_type->ct_type == MAILMIME_COMPOSITE_TYPE_MULTIPART)
		return "multipart";
	return "message";
}

static void set_type(struct mail_part *p, struct mailmime_content *ct)
{
	char type[sizeof(p->type)], report_type[] = "report-type";

	if (ct == NULL || ct->ct_type == NULL) {
		copy_lower(p->type, sizeof(p->type), "text/plain");
		return;
	}
	snprintf(type, sizeof(type), "%s/%s", major_word(ct->ct_type),
		 ct->ct_subtype ? ct->ct_subtype : "");
	copy_lower(p->type, sizeof(p->type), type);
	copy_lower(p->report, sizeof(p->report), mailmime_content_param_get(ct, report_type));
}

static struct mail_part *add_part(struct walk *w, const struct mail_part *parent, int index,
				  struct mailmime *mime)
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
	set_type(p, mime->mm_content_type);
	p->text = span_of("", 0);
	return p;
}

/*
 * Text, and the machine parts of reports; "message/" parts come with odd names and are all small
 * text.
 */
static bool wanted(const struct mail_part *p)
{
	return strncmp(p->type, "text/", 5) == 0 || strncmp(p->type, "message/", 8) == 0 ||
	       strcmp(p->type, "application/json") == 0;
}

static void decode_single(struct walk *w, struct mail_part *p, struct mailmime *mime)
{
	struct mailmime_data *data = mime->mm_data.mm_single;
	const char *charset;
	char *out = NULL;
	size_t i = 0, n = 0, max;

	if (data == NULL || data->dt_type != MAILMIME_DATA_TEXT || !wanted(p) ||
	    w->m->text_bytes >= MAIL_TEXT_MAX)
		return;
	n = data->dt_data.dt_text.dt_length;
	max = (size_t)MAIL_PART_TEXT_MAX * 2;
	if (mailmime_part_parse(data->dt_data.dt_text.dt_data, n < max ? n : max, &i,
				data->dt_encoding, &out, &n) != MAILIMF_NO_ERROR)
		return;
	if (n > MAIL_PART_TEXT_MAX)
		n = MAIL_PART_TEXT_MAX;
	charset = mime->mm_content_type ? mailmime_content_charset_get(mime->mm_content_type)
					: "us-ascii";
	p->text = charset_decode(&w->m->arena, span_str(arena_strndup(&w->m->arena, out, n)),
			      charset ? charset : "");
	w->m->text_bytes += span_len(p->text);
	mailmime_decoded_part_free(out);
}

static void walk_mime(struct walk *w, const struct mail_part *parent, int index,
		      struct mailmime *mime);

static void walk_message(struct walk *w, struct mail_part *p, struct mailmime *mime)
{
	size_t n = mime->mm_length < MAIL_PART_TEXT_MAX ? mime->mm_length : MAIL_PART_TEXT_MAX;

	p->message = (int)(p - w->m->part);
	p->container = true;
	if (mime->mm_body != NULL && mime->mm_body->dt_type == MAILMIME_DATA_TEXT) {
		n = mime->mm_body->dt_data.dt_text.dt_length;
		p->text = span_of(mime->mm_body->dt_data.dt_text.dt_data,
				  n < MAIL_PART_TEXT_MAX ? n : MAIL_PART_TEXT_MAX);
	}
	if (mime->mm_data.mm_message.mm_msg_mime != NULL)
		walk_mime(w, p, 1, mime->mm_data.mm_message.mm_msg_mime);
}

static void walk_multipart(struct walk *w, struct mail_part *p, struct mailmime *mime)
{
	int i = 1;

	p->container = true;
	for (clistiter *it = clist_begin(mime->mm_data.mm_multipart.mm_mp_list); it != NULL;
	     it = clist_next(it))
		walk_mime(w, p, i++, clist_content(it));
}

static void walk_mime(struct walk *w, const struct mail_part *parent, int index,
		      struct mailmime *mime)
{
	struct mail_part *p;

	if ((parent != NULL && parent->depth >= w->limits->depth) ||
	    (p = add_part(w, parent, index, mime)) == NULL)
		return;
	if (mime->mm_type == MAILMIME_SINGLE)
		decode_single(w, p, mime);
	else if (mime->mm_type == MAILMIME_MULTIPLE)
		walk_multipart(w, p, mime);
	else
		walk_message(w, p, mime);
}

/* Does a line "--boundary" occur at all? */
static bool boundary_occurs(const struct mail *m, struct mailmime_content *ct)
{
	char name[] = "boundary";
	const char *boundary = mailmime_content_param_get(ct, name), *p;
	struct span rest = m->header.rest;

	if (boundary == NULL || *boundary == '\0')
		return false;
	while ((p = memmem(rest.p, span_len(rest), boundary, strlen(boundary))) != NULL) {
		if (p - m->header.rest.p >= 2 && p[-1] == '-' && p[-2] == '-')
			return true;
		rest.p = p + strlen(boundary);
	}
	return false;
}

/*
 * A multipart whose boundary does not occur is read as one text: its parts are in there somewhere.
 */
static void walk_root(struct walk *w, struct mailmime *mime)
{
	struct mail *m = w->m;
	struct mail_part *p;

	if (mime->mm_type != MAILMIME_MULTIPLE || boundary_occurs(m, mime->mm_content_type)) {
		walk_mime(w, NULL, 1, mime);
		return;
	}
	p = add_part(w, NULL, 1, mime);
	copy_lower(p->type, sizeof(p->type), "text/plain");
	p->text = m->header.rest;
	if (span_len(p->text) > MAIL_PART_TEXT_MAX)
		p->text.end = p->text.p + MAIL_PART_TEXT_MAX;
	p->text = charset_decode(&m->arena, p->text, "");
}

static char *put_bytes(char *p, struct span s)
{
	memcpy(p, s.p, span_len(s));
	return p + span_len(s);
}

/*
 * What libetpan gets to see: the MIME fields of the header and the body.  Its grammar for dates,
 * addresses and comments is a tenth of its time and never meets the mail's own header.
 */
static struct span mime_only(struct mail *m)
{
	const struct mail_header *h = &m->header;
	struct span line_end = span_str("\r\n"), colon = span_str(": ");
	size_t n = span_len(h->rest) + 2 + PRESCAN_PADDING;
	char *start, *p;

	for (int i = 0; i < h->n; i++)
		if (span_starts_nocase(h->field[i].name, "content-"))
			n += span_len(h->field[i].name) + span_len(h->field[i].value) + 4;
	start = p = arena_alloc(&m->arena, n);
	for (int i = 0; i < h->n; i++)
		if (span_starts_nocase(h->field[i].name, "content-")) {
			p = put_bytes(put_bytes(put_bytes(p, h->field[i].name), colon),
				      h->field[i].value);
			p = put_bytes(p, line_end);
		}
	p = put_bytes(put_bytes(p, line_end), h->rest);
	return (struct span){ start, p };
}

bool mail_parse(struct mail *m, struct span bytes, const struct classify_limits *limits)
{
	struct walk w = { m, limits };
	struct mailmime *mime = NULL;
	struct span copy;
	size_t i = 0;
	bool ok;

	m->arena = (struct arena)ARENA_INIT;
	m->n_parts = 0;
	m->text_bytes = 0;
	ok = prescan_mail(&copy, &m->arena, bytes, limits);
	mail_header_parse(&m->header, copy);
	if (!ok)
		return false;
	copy = mime_only(m);
	if (mailmime_parse(copy.p, span_len(copy), &i, &mime) != MAILIMF_NO_ERROR || mime == NULL)
		return false;
	if (mime->mm_type == MAILMIME_MESSAGE && mime->mm_data.mm_message.mm_msg_mime != NULL)
		walk_root(&w, mime->mm_data.mm_message.mm_msg_mime);
	mailmime_free(mime);
	return true;
}

void mail_clear(struct mail *m)
{
	arena_clear(&m->arena);
}
