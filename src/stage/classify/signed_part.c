/*
 * signed_part: divides a multipart/signed mail by its own lines.
 *
 * Invariant: either every reader of MIME divides the mail here, or nothing is found.
 * Input: the raw mail, hostile; a parser that was taken over may answer any range, so that who
 * takes the ranges checks them.
 */
#include "base.h"

#include "signed_part.h"

enum { BOUNDARY_MAX = 128, SIGNATURE_MAX = 64 << 10 };

/* ---- the header */

static void skip_blanks(struct span *s)
{
	while (!span_empty(*s) && ascii_space(*s->p))
		s->p++;
}

static bool take_quoted(struct span *s, char value[BOUNDARY_MAX])
{
	size_t n = 0;

	for (s->p++; !span_empty(*s) && *s->p != '"'; s->p++) {
		if (*s->p == '\\')
			s->p++;
		if (span_empty(*s) || n + 1 == BOUNDARY_MAX)
			return false;
		value[n++] = *s->p;
	}
	value[n] = '\0';
	if (span_empty(*s))
		return false;
	s->p++;
	return true;
}

static bool take_token(struct span *s, char value[BOUNDARY_MAX])
{
	size_t n = 0;

	for (; !span_empty(*s) && !ascii_space(*s->p) && *s->p != ';'; s->p++) {
		if (n + 1 == BOUNDARY_MAX || strchr("()<>@,\\\"[]", *s->p) != NULL)
			return false;
		value[n++] = *s->p;
	}
	value[n] = '\0';
	return n > 0;
}

/* Takes "; name=value"; false where something else stands there. */
static bool take_param(struct span *s, struct span *name, char value[BOUNDARY_MAX])
{
	bool ok;

	skip_blanks(s);
	if (span_empty(*s) || *s->p++ != ';')
		return false;
	skip_blanks(s);
	name->p = s->p;
	while (!span_empty(*s) && (ascii_alnum(*s->p) || *s->p == '-' || *s->p == '*'))
		s->p++;
	name->end = s->p;
	if (span_empty(*name) || span_empty(*s) || *s->p++ != '=' || span_empty(*s))
		return false;
	ok = *s->p == '"' ? take_quoted(s, value) : take_token(s, value);
	skip_blanks(s);
	return ok;
}

/* The boundary of "multipart/signed; protocol=..."; false for anything else, or where two stand. */
static bool read_type(struct span s, char boundary[BOUNDARY_MAX])
{
	static const char type[] = "multipart/signed";
	char value[BOUNDARY_MAX];
	bool protocol = false;
	struct span name;

	boundary[0] = '\0';
	if (!span_starts_nocase(s, type))
		return false;
	s.p += sizeof(type) - 1;
	while (!span_empty(span_trim(s))) {
		if (!take_param(&s, &name, value))
			return false;
		if (span_equals_nocase(name, "protocol"))
			protocol = strcasecmp(value, "application/pgp-signature") == 0;
		if (!span_starts_nocase(name, "boundary"))
			continue;
		if (!span_equals_nocase(name, "boundary") || boundary[0] != '\0')
			return false;
		memcpy(boundary, value, sizeof(value));
	}
	return protocol && boundary[0] != '\0';
}

static bool has_one_type(const struct mail_header *h)
{
	int n = 0;

	for (int i = 0; i < h->n; i++)
		n += span_equals_nocase(h->field[i].name, "Content-Type");
	return n == 1;
}

/* ---- the body */

enum delimiter { NO_DELIMITER, BETWEEN, CLOSING, DOUBTFUL };

static enum delimiter look_at(struct span line, const char *boundary)
{
	size_t n = strlen(boundary);

	if (span_len(line) < n + 2 || memcmp(line.p, "--", 2) != 0 ||
	    memcmp(line.p + 2, boundary, n) != 0)
		return NO_DELIMITER;
	line.p += n + 2;
	if (span_empty(span_trim(line)))
		return BETWEEN;
	if (span_len(line) >= 2 && memcmp(line.p, "--", 2) == 0) {
		line.p += 2;
		return span_empty(span_trim(line)) ? CLOSING : DOUBTFUL;
	}
	return DOUBTFUL;
}

/* Exactly two parts between exactly three delimiters. */
static bool divide(struct span body, const char *boundary, struct span part[2])
{
	static const enum delimiter order[] = { BETWEEN, BETWEEN, CLOSING };
	const char *before = body.p; /* the end of the line before, without its line end */
	struct span line;
	size_t n = 0;

	while (span_line(&body, &line)) {
		enum delimiter d = look_at(line, boundary);

		if (d == NO_DELIMITER) {
			before = line.end;
			continue;
		}
		if (n == ARRAY_SIZE(order) || d != order[n])
			return false;
		if (n > 0)
			part[n - 1].end = before;
		if (n < 2)
			part[n].p = body.p;
		before = body.p;
		n++;
	}
	return n == ARRAY_SIZE(order) && part[0].p < part[0].end && part[1].p < part[1].end;
}

/* Behind the empty line that ends the header. */
static bool body_of(struct span mail, struct span *body)
{
	struct span line;

	while (!span_empty(mail) && (*mail.p == '\r' || *mail.p == '\n'))
		mail.p++;
	while (span_line(&mail, &line))
		if (span_empty(line)) {
			*body = mail;
			return true;
		}
	return false;
}

/* NUL and a CR alone are read in more than one way. */
static bool has_odd_bytes(struct span s)
{
	if (memchr(s.p, '\0', span_len(s)) != NULL)
		return true;
	for (const char *p = s.p; (p = memchr(p, '\r', (size_t)(s.end - p))) != NULL; p++)
		if (p + 1 == s.end || p[1] != '\n')
			return true;
	return false;
}

static bool find_signature(struct arena *a, struct span part, struct span *out)
{
	static const char begin[] = "-----BEGIN PGP SIGNATURE-----";
	struct mail_header *h = arena_alloc(a, sizeof(*h));
	struct span encoding;

	mail_header_parse(h, part);
	if (!span_starts_nocase(mail_field_raw(h, "Content-Type"), "application/pgp-signature"))
		return false;
	encoding = mail_field_raw(h, "Content-Transfer-Encoding");
	if (encoding.p != NULL && !span_equals_nocase(encoding, "7bit") &&
	    !span_equals_nocase(encoding, "8bit"))
		return false;
	*out = span_trim(h->rest);
	return span_len(*out) <= SIGNATURE_MAX && span_starts_nocase(*out, begin);
}

static bool in_first_part(const struct mail_part *p)
{
	const char *id = p != NULL ? p->id : "";

	return id[0] == '1' && (id[1] == '\0' || id[1] == '.');
}

/* What lies between two parts of the first one lies in it, too. */
static bool text_is_signed(const struct view *w)
{
	return in_first_part(w->text_part) && in_first_part(w->last_part);
}

static struct verdict_range range_of(struct span all, struct span s)
{
	return (struct verdict_range){ (int32_t)(s.p - all.p), (int32_t)span_len(s) };
}

void signed_part_find(struct verdict *v, const struct view *w, struct span mail)
{
	const struct mail_header *h = &w->m->header;
	struct span type = mail_field_raw(h, "Content-Type"), body, part[2], signature;
	char boundary[BOUNDARY_MAX];

	if (type.p == NULL || !read_type(type, boundary) || !has_one_type(h) ||
	    !text_is_signed(w) || has_odd_bytes(mail) || !body_of(mail, &body) ||
	    !divide(body, boundary, part) || !find_signature(w->a, part[1], &signature))
		return;
	v->signing = SIGNING_MIME;
	v->signed_part = range_of(mail, part[0]);
	v->signature = range_of(mail, signature);
}
