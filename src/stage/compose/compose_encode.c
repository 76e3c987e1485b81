/*
 * compose_encode: text and bytes in the encodings of mail.
 *
 * Invariant: what is appended is 7-bit, and no line of it is longer than COMPOSE_LINE.
 * Input: our templates filled with text from feeds and registers (hostile); any byte is allowed and
 * none is lost.
 */
#include "base.h"
#include "base64.h"
#include "compose.h"
#include "compose_encode.h"
#include "span.h"
#include "utf8.h"

enum {
	WORD_FRAME = 12,           /* "=?UTF-8?Q?" and "?=" */
	WORD_MAX = 75,             /* RFC 2047 2 */
	QP_MAX = COMPOSE_LINE - 1, /* leaves room for the '=' of a soft break */
};

static const char hex_digits[] = "0123456789ABCDEF";

bool compose_is_plain(const char *text, size_t column)
{
	size_t len = strlen(text), room = column < COMPOSE_LINE ? COMPOSE_LINE - column : 0;

	if (len == 0)
		return true;
	if (text[0] == ' ' || text[len - 1] == ' ' || strstr(text, "=?") != NULL)
		return false;
	if (utf8_plain_run(text, len) < len)
		return false;
	for (size_t n; *text != '\0' && strlen(text) > room; text += n) {
		n = strspn(text, " ");
		n += strcspn(text + n, " ");
		if (n > room)
			return false;
		room = COMPOSE_LINE;
	}
	return true;
}

void compose_fold(struct buf *out, const char *text, size_t column)
{
	size_t len = strlen(text);

	if (column + len <= COMPOSE_LINE) { /* the usual case */
		buf_add(out, text, len);
		return;
	}
	for (size_t n; *text != '\0'; text += n) {
		n = strspn(text, " ");
		if (n > 0 && column + n + strcspn(text + n, " ") > COMPOSE_LINE) {
			buf_addstr(out, "\r\n");
			column = 0;
		}
		n += strcspn(text + n, " ");
		buf_add(out, text, n);
		column += n;
	}
}

void compose_base64_lines(struct buf *out, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;
	char line[COMPOSE_LINE + 1];

	while (n > 0) {
		size_t take = n < COMPOSE_LINE / 4 * 3 ? n : COMPOSE_LINE / 4 * 3;

		buf_addstr(out, base64_encode(line, p, take));
		buf_addstr(out, "\r\n");
		p += take;
		n -= take;
	}
}

/* What RFC 2047 5 (3) allows in a phrase, so that one encoder serves subjects and names. */
static bool q_safe(char c)
{
	return ascii_alnum(c) || (c != '\0' && strchr("!*+-/", c) != NULL);
}

static size_t q_length(const char *s, size_t n)
{
	size_t len = 0;

	for (size_t i = 0; i < n; i++)
		len += q_safe(s[i]) || s[i] == ' ' ? 1 : 3;
	return len;
}

static void hex_add(struct buf *out, char mark, char c)
{
	buf_addch(out, mark);
	buf_addch(out, hex_digits[(unsigned char)c >> 4]);
	buf_addch(out, hex_digits[(unsigned char)c & 15]);
}

static void q_add(struct buf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (q_safe(s[i]))
			buf_addch(out, s[i]);
		else if (s[i] == ' ')
			buf_addch(out, '_');
		else
			hex_add(out, '=', s[i]);
	}
}

/* How many bytes of s, in whole characters, fit into room characters of encoded text. */
static size_t word_fit(const char *s, size_t n, size_t room, bool use_b)
{
	size_t take = 0;
	uint32_t cp;

	while (take < n) {
		size_t len = utf8_decode(&cp, s + take, n - take),
		       next = take + (len > 0 ? len : 1);

		if ((use_b ? BASE64_LEN(next) : q_length(s, next)) > room)
			break;
		take = next;
	}
	return take;
}

static void word_add(struct buf *out, const char *s, size_t n, bool use_b)
{
	char b[WORD_MAX];

	if (use_b) {
		buf_printf(out, "=?UTF-8?B?%s?=", base64_encode(b, s, n));
		return;
	}
	buf_addstr(out, "=?UTF-8?Q?");
	q_add(out, s, n);
	buf_addstr(out, "?=");
}

void compose_encoded_words(struct buf *out, const char *utf8, size_t column)
{
	size_t n = strlen(utf8);
	bool use_b = BASE64_LEN(n) < q_length(utf8, n);

	while (n > 0) {
		size_t room =
			column + WORD_FRAME < COMPOSE_LINE ? COMPOSE_LINE - column - WORD_FRAME : 0;
		size_t take = word_fit(utf8, n,
		                       room < WORD_MAX - WORD_FRAME ? room : WORD_MAX - WORD_FRAME,
		                       use_b);

		if (take > 0)
			word_add(out, utf8, take, use_b);
		utf8 += take;
		n -= take;
		if (n > 0)
			buf_addstr(out, "\r\n ");
		column = 1;
	}
}

void compose_encode_text(struct buf *out, const char *utf8, size_t column)
{
	if (compose_is_plain(utf8, column))
		compose_fold(out, utf8, column);
	else
		compose_encoded_words(out, utf8, column);
}

/*
 * Must the byte at s.p be written as =XX?  At the start of an output line also a dot, which SMTP
 * would double, and the F of "From ", which mbox writers would change (RFC 3156 3); at the end of a
 * line also a blank.
 */
static bool qp_needs_hex(struct span s, bool at_start)
{
	char c = *s.p;

	if (ascii_blank(c))
		return span_len(s) == 1;
	if (c <= ' ' || c > '~' || c == '=')
		return true;
	return at_start && (c == '.' || (span_len(s) >= 5 && memcmp(s.p, "From ", 5) == 0));
}

/*
 * How many of the first most bytes of s stand for themselves wherever they are in a line, but its
 * start and end.
 */
static size_t qp_plain(struct span s, size_t most)
{
	size_t n = utf8_plain_run(s.p, span_len(s) < most ? span_len(s) : most);
	const char *equals = memchr(s.p, '=', n);

	if (equals != NULL)
		n = (size_t)(equals - s.p);
	return n > 0 && n == span_len(s) && s.p[n - 1] == ' ' ? n - 1 : n;
}

static void qp_line(struct buf *out, struct span s)
{
	char line[COMPOSE_LINE];
	size_t n = 0;

	while (!span_empty(s)) {
		bool hex = qp_needs_hex(s, n == 0);
		size_t plain;

		if (n + (hex ? 3 : 1) > QP_MAX) {
			buf_add(out, line, n);
			buf_addstr(out, "=\r\n");
			n = 0;
			continue;
		}
		if (hex) {
			line[n++] = '=';
			line[n++] = hex_digits[(unsigned char)*s.p >> 4];
			line[n++] = hex_digits[(unsigned char)*s.p & 15];
			s.p++;
			continue;
		}
		plain = qp_plain(s, QP_MAX - n);
		if (plain == 0)
			plain = 1; /* a tab is no plain one but stands here as it is */
		memcpy(line + n, s.p, plain);
		n += plain;
		s.p += plain;
	}
	buf_add(out, line, n);
	buf_addstr(out, "\r\n");
}

/*
 * Length of the line at the start of s, where its bytes stand for themselves in one line of
 * quoted-printable (the '=' is not looked for) and LF is its end; else SIZE_MAX.
 */
static size_t qp_plain_line(struct span s)
{
	size_t n = utf8_plain_run(s.p, span_len(s));

	if (n == span_len(s) || s.p[n] != '\n' || n > QP_MAX)
		return SIZE_MAX;
	/* any F, not only that of "From ": the long way sees to it */
	if (n > 0 && (s.p[0] == '.' || s.p[0] == 'F' || s.p[n - 1] == ' '))
		return SIZE_MAX;
	return n;
}

void compose_quoted_printable(struct buf *out, const char *text, size_t n)
{
	struct span all = span_of(text, n), line;
	const char *equals = n > 0 ? memchr(text, '=', n) : NULL;

	buf_reserve(out, n + n / 8);
	while (!span_empty(all)) {
		size_t plain = qp_plain_line(all);

		if (equals != NULL && equals < all.p)
			equals = memchr(all.p, '=', span_len(all));
		if (plain != SIZE_MAX && (equals == NULL || (size_t)(equals - all.p) >= plain)) {
			buf_add(out, all.p, plain);
			buf_add(out, "\r\n", 2);
			all.p += plain + 1;
		} else if (span_line(&all, &line)) {
			qp_line(out, line);
		}
	}
}

void compose_percent(struct buf *out, const char *s, size_t n, char also_safe)
{
	size_t i = 0, run;

	while (i < n) {
		for (run = i; i < n; i++) {
			char c = s[i];

			if (!ascii_alnum(c) && c != '-' && c != '.' && c != '_' && c != '~' &&
			    (c == '\0' || c != also_safe))
				break;
		}
		buf_add(out, s + run, i - run);
		if (i < n)
			hex_add(out, '%', s[i++]);
	}
}
