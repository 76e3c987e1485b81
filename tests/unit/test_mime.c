/*
 * test_mime: the parts of a mail, as mails are divided and as they are not.
 */
#include "test.h"

#include "buf.h"
#include "content_type.h"
#include "mime_walk.h"

#define MIXED "Content-Type: multipart/mixed; boundary=b\n\n"

/* Parts as "ID TYPE 'text'", a container without text, "attached" where it is; line ends as '/'. */
static const struct mime_case {
	const char *name, *mail, *parts;
} cases[] = {
	{ "no MIME", "Subject: x\n\nhallo\n", "[ text/plain 'hallo/']" },
	{ "two parts", MIXED "--b\n\nhallo\n--b\nContent-Type: text/html\n\n<p>\n--b--\n",
	  "[ multipart/mixed][1 text/plain 'hallo'][2 text/html '<p>']" },
	{ "preamble, epilogue, blanks behind the delimiter",
	  MIXED "voor\n--b \t\n\nhallo\n--b-- \nna\n", "[ multipart/mixed][1 text/plain 'hallo']" },
	{ "not closed", MIXED "--b\n\nhallo\ndaar\n",
	  "[ multipart/mixed][1 text/plain 'hallo/daar']" },
	{ "not closed, its last line begins with a dash", MIXED "--b\n\nhallo\n- daar\n",
	  "[ multipart/mixed][1 text/plain 'hallo']" },
	{ "nothing behind the last delimiter", MIXED "--b\n\nhallo\n--b\n", "[ multipart/mixed]" },
	{ "a boundary that goes on", MIXED "--b\n\nhallo\n--bc\ndaar\n--b--\n",
	  "[ multipart/mixed][1 text/plain 'hallo/--bc/daar']" },
	{ "a part behind the end", MIXED "--b\n\nhallo\n--b--\n--b\n\ndaar\n--b--\n",
	  "[ multipart/mixed][1 text/plain 'hallo/--b--'][2 text/plain 'daar']" },
	{ "a boundary that does not occur", MIXED "--c\n\nhallo\n--c--\n",
	  "[ text/plain '--c//hallo/--c--/']" },
	{ "empty lines behind the first delimiter", MIXED "--b\n\n\n\nX: y\n\nhallo\n--b--\n",
	  "[ multipart/mixed][1 text/plain 'hallo']" },
	{ "no empty line behind the fields", MIXED "--b\nX: y\nhallo\n--b--\n",
	  "[ multipart/mixed][1 text/plain 'hallo']" },
	{ "blanks where an empty line is meant",
	  MIXED "--b\nContent-Type: text/html\n \n \nX: y\n\nhallo\n--b--\n",
	  "[ multipart/mixed][1 text/html ' /X: y//hallo']" },
	{ "one blank behind a field",
	  MIXED "--b\nContent-Type: text/html\n \nX: y\n\nhallo\n--b--\n",
	  "[ multipart/mixed][1 text/html 'hallo']" },
	{ "fields and no more", MIXED "--b\nContent-Type: text/html\n--b--\n",
	  "[ multipart/mixed][1 text/plain 'Content-Type: text/html']" },
	{ "a comment and a fold in front of the colon",
	  MIXED "--b\nContent-Type\n (a (b)\n c): text/html\n\nhallo\n--b--\n",
	  "[ multipart/mixed][1 text/html 'hallo']" },
	{ "a multipart in it",
	  MIXED "--b\nContent-Type: multipart/alternative; boundary=bb\n\n--bb\n\nhallo\n--bb--\n"
		"--b--\n",
	  "[ multipart/mixed][1 multipart/alternative][1.1 text/plain 'hallo']" },
	{ "a digest",
	  "Content-Type: multipart/digest; boundary=b\n\n--b\nX: y\n\nSubject: x\n\nhallo\n--b--\n",
	  "[ multipart/digest][1 message/rfc822 'Subject: x//hallo'][1.1 text/plain]" },
	{ "a returned mail: its text is not read",
	  MIXED "--b\nContent-Type: message/rfc822\n\nSubject: x\nContent-Type: multipart/report;"
		" boundary=c\n\n--c\n\nhallo\n--c\nContent-Type: message/delivery-status\n\n"
		"Action: failed\n--c--\n--b--\n",
	  "[ multipart/mixed]"
	  "[1 message/rfc822 'Subject: x/Content-Type: multipart/report; boundary=c//--c//hallo"
	  "/--c/Content-Type: message/delivery-status//Action: failed/--c--']"
	  "[1.1 multipart/report][1.1.1 text/plain]"
	  "[1.1.2 message/delivery-status 'Action: failed']" },
	{ "an encoded mail is text",
	  MIXED "--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
		"aGFsbG8=\n--b--\n",
	  "[ multipart/mixed][1 message/rfc822 'hallo']" },
	{ "quoted-printable",
	  "Content-Transfer-Encoding: Quoted-Printable\n\nhal=\nlo =C3=ABn\n",
	  "[ text/plain 'hallo \xc3\xabn/']" },
	{ "an encoding that nobody knows", "Content-Transfer-Encoding: x-uu\n\nhallo\n",
	  "[ text/plain 'hallo/']" },
	{ "two encodings: the first that is one",
	  "Content-Transfer-Encoding: \"\"\nContent-Transfer-Encoding: base64\n"
	  "Content-Transfer-Encoding: 7bit\n\naGFsbG8=\n",
	  "[ text/plain 'hallo']" },
	{ "windows-1252", "Content-Type: text/plain; charset=windows-1252\n\n\x80\n",
	  "[ text/plain '\xe2\x82\xac/']" },
	{ "a boundary of one quote",
	  "Content-Type: multipart/mixed; boundary=\"\\\"\"\n\n--\"\n\nhallo\n--\"--\n",
	  "[ multipart/mixed][1 text/plain 'hallo']" },
	{ "multipart without boundary", "Content-Type: multipart/mixed\n\nhallo\n",
	  "[ multipart/mixed]" },
	{ "an encoded word in the type",
	  "Content-Type: multipart/mixed; name=\"=?utf-8?q?a_b?=\"; boundary=b\n\n--b\n\nhallo\n"
	  "--b--\n",
	  "[ multipart/mixed][1 text/plain 'hallo']" },
	{ "attachments, and a text that is none",
	  MIXED "--b\nContent-Disposition: inline\n\nhallo\n"
		"--b\nContent-Disposition: Attachment\n\na\n"
		"--b\nContent-Disposition: inline; filename*0=b.txt\n\nb\n"
		"--b\nContent-Type: text/html; charset=utf-8; name=c.html\n\nc\n"
		"--b\nContent-Type: text/plain; name*=utf-8''d.txt\n\nd\n--b--\n",
	  "[ multipart/mixed][1 text/plain 'hallo'][2 text/plain attached 'a']"
	  "[3 text/plain attached 'b'][4 text/html attached 'c'][5 text/plain attached 'd']" },
	{ "the only text has a name",
	  "Content-Type: text/plain; name=a.txt\nContent-Disposition: inline; filename=a.txt\n\n"
	  "hallo\n",
	  "[ text/plain 'hallo/']" },
	{ "no text, but a file", "Content-Disposition: attachment; filename=a.txt\n\nhallo\n",
	  "[ text/plain attached 'hallo/']" },
};

static void put_part(struct buf *out, const struct mail_part *p)
{
	buf_printf(out, "[%s %s%s", p->id, p->type, p->attached ? " attached" : "");
	if (!span_empty(p->text))
		buf_addstr(out, " '");
	for (const char *s = p->text.p; s < p->text.end; s++)
		if (*s != '\r')
			buf_addch(out, *s == '\n' ? '/' : *s);
	buf_addstr(out, span_empty(p->text) ? "]" : "']");
}

static void mails_are_divided(void **state)
{
	struct mail *m = xmalloc(sizeof(*m));
	struct buf parts = BUF_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t n = strlen(cases[i].mail);
		char *copy = exact_copy(cases[i].mail, n);

		buf_reset(&parts);
		if (!mail_parse(m, span_of(copy, n), &classify_default_limits))
			fail_msg("%s: not parsed", cases[i].name);
		for (int j = 0; j < m->n_parts; j++)
			put_part(&parts, &m->part[j]);
		if (strcmp(parts.s, cases[i].parts) != 0)
			fail_msg("%s: %s instead of %s", cases[i].name, parts.s, cases[i].parts);
		mail_clear(m);
		free(copy);
	}
	buf_clear(&parts);
	free(m);
}

static const struct type_case {
	const char *value, *type, *boundary, *charset; /* type NULL: none */
} types[] = {
	{ "Text/HTML; Charset=\"UTF-8\"", "text/html", NULL, "UTF-8" },
	{ "text/plain", "text/plain", NULL, "us-ascii" },
	{ " (a\\)(b))text / plain ;charset = x", "text/plain", NULL, "x" },
	{ "multipart/mixed;\r\n\tboundary=\"a\\\"\r\n b\"", "multipart/mixed", "a\" b",
	  "us-ascii" },
	{ "multipart/mixed; boundary=--=_a/b?c(d", "multipart/mixed", "--=_a/b?c(d", "us-ascii" },
	{ "multipart/mixed; boundary=a; boundary=b", "multipart/mixed", "a", "us-ascii" },
	{ "multipart/mixed; boundary=\"a", "multipart/mixed", NULL, "us-ascii" },
	{ "multipart/mixed; x=a b; boundary=c", "multipart/mixed", NULL, "us-ascii" },
	{ "multipart/mixed;; boundary=c", "multipart/mixed", NULL, "us-ascii" },
	{ "multipart/mixed; x=a (c) ; boundary=c", "multipart/mixed", NULL, "us-ascii" },
	{ "text", "text/unknown", NULL, "us-ascii" },
	{ "texts/plain; charset=x", "text/unknown", NULL, "us-ascii" },
	{ "x-odd/thing", "x-odd/thing", NULL, "us-ascii" },
	{ "text/", NULL, NULL, NULL },
	{ "/plain", NULL, NULL, NULL },
	{ "(text/plain", NULL, NULL, NULL },
	{ "", NULL, NULL, NULL },
};

static void check_type(struct arena *a, const struct type_case *c)
{
	char *copy = exact_copy(c->value, strlen(c->value));
	struct content_type t;
	bool ok = content_type_parse(&t, a, span_of(copy, strlen(c->value)));

	if (ok != (c->type != NULL))
		fail_msg("'%s': %s", c->value, ok ? "a type" : "no type");
	if (ok) {
		assert_string_equal(t.type, c->type);
		assert_string_equal(t.charset, c->charset);
		assert_string_equal(t.boundary ? t.boundary : "NULL",
				    c->boundary ? c->boundary : "NULL");
		assert_int_equal(t.form == CONTENT_MULTIPART, c->boundary != NULL);
	}
	free(copy);
}

static void types_are_read(void **state)
{
	struct arena a = ARENA_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		check_type(&a, &types[i]);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mails_are_divided),
		cmocka_unit_test(types_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
