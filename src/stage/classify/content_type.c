/*
 * content_type: one pass over the value of a header field.
 *
 * Invariant: nesting (of comments) is counted, never followed by a call; nothing is read behind the
 * value.
 * Input: a field of a hostile mail as it stands, folded.
 */
#include "base.h"

#include "content_type.h"

/* RFC 2045 5.1, token; control characters pass but those of a fold. */
static bool token_char(char c)
{
	return (unsigned char)c < 0x80 && !ascii_blank(c) && c != '\r' && c != '\n' &&
	       (c == '\0' || strchr("()<>@,;:\\\"/[]?=", c) == NULL);
}

/* Behind blanks with at most one line end among them, and blanks behind that. */
static const char *fws_end(struct span s)
{
	const char *p = s.p, *q;

	while (p < s.end && ascii_blank(*p))
		p++;
	q = p;
	if (q < s.end && *q == '\r')
		q++;
	if (s.end - q < 2 || *q != '\n' || !ascii_blank(q[1]))
		return p;
	for (q++; q < s.end && ascii_blank(*q); q++)
		;
	return q;
}

/* Behind the comment at s.p, s.p where none is or where it does not end. */
static const char *comment_end(struct span s)
{
	const char *p = s.p;
	int depth = 0;

	if (span_empty(s) || *p != '(')
		return s.p;
	while (p < s.end) {
		const char *next = fws_end((struct span){ p, s.end });

		if (next > p) {
			p = next;
			continue;
		}
		if (*p == '\r' || *p == '\n' || (*p == '\\' && s.end - p < 2))
			break;
		depth += (*p == '(') - (*p == ')');
		p += *p == '\\' ? 2 : 1;
		if (depth == 0)
			return p;
	}
	return s.p;
}

const char *cfws_end(struct span s)
{
	const char *start = s.p, *p;

	for (;;) {
		struct span rest = { fws_end(s), s.end };

		p = comment_end(rest);
		if (p == rest.p)
			return s.p == start ? rest.p : s.p;
		s.p = p;
	}
}

static void skip_cfws(struct span *s)
{
	s->p = cfws_end(*s);
}

/* Of a value without quotes: boundaries with '=', '/' and '?' in them are often written so. */
static bool value_char(char c)
{
	return c != '\0' && strchr(" \t\r\n<>,\":;", c) == NULL;
}

static bool take_while(struct span *s, struct span *out, bool (*fits)(char))
{
	const char *p = s->p;

	while (p < s->end && fits(*p))
		p++;
	*out = (struct span){ s->p, p };
	s->p = p;
	return !span_empty(*out);
}

static bool take_token(struct span *s, struct span *out)
{
	return take_while(s, out, token_char);
}

/* The character c behind blanks and comments; moves s only where it is there. */
static bool take_mark(struct span *s, char c)
{
	const char *p = cfws_end(*s);

	if (p == s->end || *p != c)
		return false;
	s->p = p + 1;
	return true;
}

/* "..." without its quotes and backslashes, folds as one blank. */
static bool take_quoted(struct span *s, struct arena *a, const char **out)
{
	char *to;
	const char *p = s->p, *next;

	if (p == s->end || *p != '"')
		return false;
	*out = to = arena_take(a, span_len(*s));
	for (p++; p < s->end && *p != '"'; p++) {
		next = fws_end((struct span){ p, s->end });
		if (next > p) {
			*to++ = ' ';
			p = next - 1;
			continue;
		}
		if (*p == '\r' || *p == '\n' || (*p == '\\' && s->end - p < 2))
			return false;
		p += *p == '\\';
		*to++ = *p;
	}
	*to = '\0';
	if (p == s->end)
		return false;
	s->p = p + 1;
	return true;
}

static bool take_value(struct span *s, struct arena *a, const char **out)
{
	struct span word;

	if (!take_while(s, &word, value_char))
		return take_quoted(s, a, out);
	*out = arena_strndup(a, word.p, span_len(word));
	return true;
}

static void copy_lower(char *out, size_t size, struct span s)
{
	size_t n = span_len(s) < size ? span_len(s) : size - 1;

	for (size_t i = 0; i < n; i++)
		out[i] = ascii_lower(s.p[i]);
	out[n] = '\0';
}

static void set_type(struct content_type *out, struct span major, struct span minor)
{
	size_t n;

	copy_lower(out->type, sizeof(out->type) - 1, major);
	n = strlen(out->type);
	out->type[n++] = '/';
	copy_lower(out->type + n, sizeof(out->type) - n, minor);
}

static void set_parameter(struct content_type *out, struct span name, const char *value)
{
	if (out->boundary == NULL && span_equals_nocase(name, "boundary"))
		out->boundary = value;
	else if (out->charset == NULL && span_equals_nocase(name, "charset"))
		out->charset = value;
	else if (out->report[0] == '\0' && span_equals_nocase(name, "report-type"))
		copy_lower(out->report, sizeof(out->report), span_str(value));
	else if (span_equals_nocase(name, "name") || span_starts_nocase(name, "name*"))
		out->named = true; /* RFC 2231 writes it with asterisks */
}

static void read_parameters(struct content_type *out, struct arena *a, struct span s)
{
	struct span name;
	const char *value;

	while (take_mark(&s, ';')) {
		skip_cfws(&s);
		if (!take_token(&s, &name) || !take_mark(&s, '='))
			return;
		skip_cfws(&s);
		if (!take_value(&s, a, &value))
			return;
		set_parameter(out, name, value);
	}
}

/* "text": known types by their start, others as a word. */
static bool take_major(struct span *s, struct span *out)
{
	static const char *const known[] = { "message", "multipart", "text",	    "image",
					     "audio",	"video",     "application", NULL };

	for (int i = 0; known[i] != NULL; i++)
		if (span_starts_nocase(*s, known[i])) {
			*out = span_str(known[i]);
			s->p += span_len(*out);
			return true;
		}
	return take_token(s, out);
}

void content_type_default(struct content_type *out, bool message)
{
	const char *type = message ? "message/rfc822" : "text/plain";

	memset(out, 0, sizeof(*out));
	memcpy(out->type, type, strlen(type) + 1);
	out->form = message ? CONTENT_MESSAGE : CONTENT_SINGLE;
	out->charset = "us-ascii";
}

bool content_type_parse(struct content_type *out, struct arena *a, struct span value)
{
	struct span major, minor = span_str("unknown");

	skip_cfws(&value);
	if (!take_major(&value, &major))
		return false;
	if (take_mark(&value, '/')) {
		skip_cfws(&value);
		if (!take_token(&value, &minor))
			return false;
	}
	memset(out, 0, sizeof(*out));
	read_parameters(out, a, value);
	set_type(out, major, minor);
	if (span_equals_nocase(major, "multipart") && out->boundary != NULL)
		out->form = CONTENT_MULTIPART;
	else if (strcmp(out->type, "message/rfc822") == 0)
		out->form = CONTENT_MESSAGE;
	if (out->charset == NULL)
		out->charset = "us-ascii";
	return true;
}

bool content_encoding_parse(enum content_encoding *out, struct span value)
{
	struct span word;

	*out = span_starts_nocase(value, "quoted-printable") ? ENCODING_QUOTED
	       : span_starts_nocase(value, "base64")	     ? ENCODING_BASE64
							     : ENCODING_NONE;
	return take_token(&value, &word);
}
