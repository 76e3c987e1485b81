/*
 * compose_header: header fields, one function a kind.
 *
 * Invariant: a field is one logical line; nothing handed in can end it or begin another one.
 * Input: names and subjects from registers and feeds (hostile, checked in header_value_set());
 * addresses and ids, which were checked before and are checked again.
 */
#include "base.h"
#include "compose_encode.h"
#include "compose_header.h"
#include "mailaddr.h"
#include "span.h"
#include "utf8.h"

enum { ASCII_VALUE_MAX = 900 };

int header_value_set(struct header_value *v, const char *s, struct err *e)
{
	size_t n = strlen(s), bad;
	struct buf shown = BUF_INIT;
	bool clean;

	if (n > HEADER_VALUE_MAX)
		return err_set(e, ERR_INPUT, "header text of %zu octets; at most %d are allowed", n,
		               HEADER_VALUE_MAX);
	if ((bad = utf8_check(s, n)) != SIZE_MAX)
		return err_set(e, ERR_INPUT, "header text is not UTF-8 from octet %zu on", bad + 1);
	clean = utf8_plain_run(s, n) == n;
	if (!clean) {
		utf8_printable(&shown, s, n, SIZE_MAX, true);
		clean = strcmp(shown.s, s) == 0;
		buf_clear(&shown);
	}
	if (!clean)
		return err_set(e, ERR_INPUT,
		               "header text '%s' has a line break or control character in it", s);
	memcpy(v->s, s, n + 1);
	return 0;
}

void compose_header_text(struct buf *out, const char *field, const struct header_value *v)
{
	buf_addstr(out, field);
	buf_addstr(out, v->s[0] != '\0' ? ": " : ":");
	compose_encode_text(out, v->s, strlen(field) + 2);
	buf_addstr(out, "\r\n");
}

/* Words of atoms with one blank between (RFC 5322 3.2.5), which need no quotes. */
static bool is_phrase(const char *s)
{
	for (size_t i = 0; s[i] != '\0'; i++)
		if (!ascii_alnum(s[i]) && strchr("!#$%&'*+-/=?^_`{|}~", s[i]) == NULL &&
		    (s[i] != ' ' || i == 0 || s[i - 1] == ' '))
			return false;
	return true;
}

static void add_quoted(struct buf *out, const char *s)
{
	buf_addch(out, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			buf_addch(out, '\\');
		buf_addch(out, *s);
	}
	buf_addch(out, '"');
}

static void add_name(struct buf *out, const char *name, size_t column)
{
	size_t start = out->len;

	if (!compose_is_plain(name, column)) {
		compose_encoded_words(out, name, column);
	} else if (is_phrase(name)) {
		compose_fold(out, name, column);
	} else {
		add_quoted(out, name);
		if (column + out->len - start <= COMPOSE_LINE)
			return;
		/* folding inside the quotes of a quoted string is not undone by every reader */
		buf_truncate(out, start);
		compose_encoded_words(out, name, column);
	}
}

/* Characters behind the last line break of out. */
static size_t column_of(const struct buf *out)
{
	const char *lf = memrchr(out->s, '\n', out->len);

	return lf ? (size_t)(out->s + out->len - lf) - 1 : out->len;
}

int compose_header_mailbox(struct buf *out, const char *field, const struct header_value *name,
                           const char *address, struct err *e)
{
	char normal[MAILADDR_TEXT];
	int rc = mailaddr_normalise(normal, address ? address : "", e);

	if (rc < 0)
		return err_wrap(e, "%s", field);
	buf_addstr(out, field);
	buf_addstr(out, ": ");
	if (name == NULL || name->s[0] == '\0') {
		buf_addstr(out, normal);
		buf_addstr(out, "\r\n");
		return 0;
	}
	add_name(out, name->s, strlen(field) + 2);
	if (column_of(out) + strlen(normal) + 3 > COMPOSE_LINE)
		buf_addstr(out, "\r\n");
	buf_addstr(out, " <");
	buf_addstr(out, normal);
	buf_addstr(out, ">\r\n");
	return 0;
}

int compose_header_ascii(struct buf *out, const char *field, const char *value,
                         enum header_blanks blanks, struct err *e)
{
	size_t n = strlen(value);

	if (n == 0 || n > ASCII_VALUE_MAX || value[0] == ' ' || value[n - 1] == ' ')
		return err_set(e, ERR_INPUT, "%s '%s': empty, too long or with blanks around it",
		               field, value);
	if (utf8_plain_run(value, n) < n ||
	    (blanks == HEADER_ONE_WORD && memchr(value, ' ', n) != NULL))
		return err_set(e, ERR_INPUT, "%s '%s': a character that may not stand there", field,
		               value);
	buf_addstr(out, field);
	buf_addstr(out, ": ");
	compose_fold(out, value, strlen(field) + 2);
	buf_addstr(out, "\r\n");
	return 0;
}

int compose_header_message_id(struct buf *out, const char *id, struct err *e)
{
	size_t n = strlen(id);
	const char *at = strchr(id, '@');

	if (n < 5 || id[0] != '<' || id[n - 1] != '>' || strpbrk(id + 1, "<>") != id + n - 1 ||
	    at == NULL || at == id + 1 || at == id + n - 2)
		return err_set(e, ERR_INPUT, "Message-ID '%s' is not of the form <left@right>", id);
	return compose_header_ascii(out, "Message-ID", id, HEADER_ONE_WORD, e);
}

/*
 * RFC 2231 3 and 4: in one piece where a line holds it, else numbered, each piece of whole
 * characters.
 */
static void add_extended_name(struct buf *out, const char *name)
{
	static const char whole[] = ";\r\n filename*=UTF-8''";
	struct buf encoded = BUF_INIT;
	size_t n = strlen(name);
	uint32_t cp;

	compose_percent(&encoded, name, n, '\0');
	if (encoded.len + sizeof(whole) <= COMPOSE_LINE) {
		buf_printf(out, "%s%s", whole, encoded.s);
		n = 0;
	}
	for (int number = 0; n > 0; number++) {
		buf_reset(&encoded);
		buf_printf(&encoded, " filename*%d*=%s", number, number == 0 ? "UTF-8''" : "");
		while (n > 0 && encoded.len + 4 * 3 + 1 <= COMPOSE_LINE) {
			size_t len = utf8_decode(&cp, name, n);

			compose_percent(&encoded, name, len, '\0');
			name += len;
			n -= len;
		}
		buf_printf(out, ";\r\n%s", encoded.s);
	}
	buf_clear(&encoded);
}

int compose_header_attachment(struct buf *out, const char *file_name, struct err *e)
{
	static const char quoted[] = " filename=\"\"";
	struct header_value name;
	int rc = header_value_set(&name, file_name, e);

	if (rc < 0)
		return err_wrap(e, "attachment");
	if (name.s[0] == '\0' || strpbrk(name.s, "/\\") != NULL)
		return err_set(e, ERR_INPUT,
		               "attachment '%s': empty, or a path instead of a file name", name.s);
	buf_addstr(out, "Content-Disposition: attachment");
	if (compose_is_plain(name.s, sizeof(quoted)) && strchr(name.s, '"') == NULL &&
	    strlen(name.s) + sizeof(quoted) <= COMPOSE_LINE) {
		buf_addstr(out, ";\r\n filename=\"");
		buf_addstr(out, name.s);
		buf_addstr(out, "\"");
	} else {
		add_extended_name(out, name.s);
	}
	buf_addstr(out, "\r\n");
	return 0;
}
