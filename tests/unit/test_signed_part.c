/*
 * test_signed_part: where the signed part of a mail and its signature stand.
 */
#include "test.h"

#include "buf.h"
#include "classify.h"
#include "clearsigned.h"
#include "verdict.h"

#define HEAD "From: a@b.example\nSubject: Re: x\n"
#define SUBJECT(s) "From: a@b.example\nSubject: " s "\n"
#define TYPE \
	"Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b\n\n"
#define TEXT "Content-Type: text/plain\n\nopgelost"
#define SIGNATURE "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----"
#define SIGNED_AS(type) "\n--b\n" type "\n" SIGNATURE "\n--b--\n"
#define END SIGNED_AS("Content-Type: application/pgp-signature\n")

static const struct part_case {
	const char *name, *mail, *part; /* part NULL: counts as unsigned */
} cases[] = {
	{ "plain", HEAD TYPE "--b\n" TEXT END, TEXT },
	{ "preamble and epilogue", HEAD TYPE "tekst\n--b\n" TEXT END "naschrift\n", TEXT },
	{ "from an mbox", "From x Mon\n" HEAD TYPE "--b\n" TEXT END, TEXT },
	{ "empty lines in front", "\r\n\n" HEAD TYPE "--b\n" TEXT END, TEXT },
	{ "its last empty line is signed", HEAD TYPE "--b\n" TEXT "\n" END, TEXT "\n" },
	{ "blanks behind the delimiter", HEAD TYPE "--b \t\n" TEXT END, TEXT },
	{ "folded, quoted, other parameters",
	  HEAD "content-type: Multipart/Signed;\n micalg=pgp-sha512 ;boundary=\"b\"\n\t; "
	       "PROTOCOL=\"application/pgp-signature\"\n\n--b\n" TEXT END,
	  TEXT },
	{ "a multipart in it",
	  HEAD TYPE
	  "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nopgelost\n--c--\n" END,
	  "Content-Type: multipart/mixed; boundary=c\n\n--c\n\nopgelost\n--c--\n" },
	{ "texts around a picture in it",
	  HEAD TYPE "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nopgelost\n"
		    "--c\nContent-Type: image/png\n\nx\n--c\n\nbedankt\n--c--\n" END,
	  "Content-Type: multipart/mixed; boundary=c\n\n--c\n\nopgelost\n"
	  "--c\nContent-Type: image/png\n\nx\n--c\n\nbedankt\n--c--\n" },
	{ "7bit",
	  HEAD TYPE "--b\n" TEXT SIGNED_AS(
		  "Content-Type: application/pgp-signature\nContent-Transfer-Encoding: 7BIT\n"),
	  TEXT },
	{ "no end",
	  HEAD TYPE "--b\n" TEXT "\n--b\nContent-Type: application/pgp-signature\n\n" SIGNATURE
	            "\n",
	  NULL },
	{ "one part", HEAD TYPE "--b\n" TEXT "\n--b--\n", NULL },
	{ "three parts", HEAD TYPE "--b\n\nx\n--b\n" TEXT END, NULL },
	{ "parts behind the end", HEAD TYPE "--b\n" TEXT END "--b\n\nx\n--b--\n", NULL },
	{ "empty signed part", HEAD TYPE "--b\n" END, NULL },
	{ "a delimiter that goes on", HEAD TYPE "--b\n" TEXT "\n--bc\n\nx" END, NULL },
	{ "an end that goes on", HEAD TYPE "--b\n" TEXT "\n--b--x" END, NULL },
	{ "two boundaries",
	  HEAD "Content-Type: multipart/signed; boundary=c; boundary=b;"
	       " protocol=\"application/pgp-signature\"\n\n--b\n" TEXT END,
	  NULL },
	{ "a boundary in pieces",
	  HEAD "Content-Type: multipart/signed; boundary*0=b;"
	       " protocol=\"application/pgp-signature\"\n\n--b\n" TEXT END,
	  NULL },
	{ "a comment",
	  HEAD "Content-Type: multipart/signed; boundary=b (;boundary=c);"
	       " protocol=\"application/pgp-signature\"\n\n--b\n" TEXT END,
	  NULL },
	{ "an open quote",
	  HEAD "Content-Type: multipart/signed; protocol=\"application/pgp-signature\";"
	       " boundary=\"b\n\n--b\n" TEXT END,
	  NULL },
	{ "two types", "Content-Type: text/plain\n" HEAD TYPE "--b\n" TEXT END, NULL },
	{ "S/MIME",
	  HEAD
	  "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b\n\n"
	  "--b\n" TEXT END,
	  NULL },
	{ "another second part", HEAD TYPE "--b\n" TEXT SIGNED_AS("Content-Type: text/plain\n"),
	  NULL },
	{ "an encoded signature",
	  HEAD TYPE "--b\n" TEXT SIGNED_AS(
		  "Content-Type: application/pgp-signature\nContent-Transfer-Encoding: base64\n"),
	  NULL },
	{ "its answer stands in the subject",
	  SUBJECT("Re: OPGELOST") TYPE "--b\nContent-Type: text/plain\n\nzie onderwerp" END, NULL },
	{ "its answer stands in the subject above a name",
	  SUBJECT("Re: OPGELOST") TYPE "--b\nContent-Type: text/plain\n\nJan de Vries" END, NULL },
	{ "its answer stands in the subject above a quote",
	  SUBJECT("Re: OPGELOST") TYPE "--b\nContent-Type: text/plain\n\n> vraag" END, NULL },
	{ "passed on by its subject",
	  SUBJECT("FW: x") TYPE "--b\nContent-Type: text/plain\n\nPiet, graag actie." END, NULL },
	{ "its answer stands in the subject and the text",
	  SUBJECT("Re: OPGELOST") TYPE "--b\n" TEXT END, TEXT },
	{ "a CR alone", HEAD TYPE "--b\n" TEXT "\rx" END, NULL },
	{ "multipart/mixed",
	  HEAD
	  "Content-Type: multipart/mixed; protocol=\"application/pgp-signature\"; boundary=b\n\n"
	  "--b\n" TEXT END,
	  NULL },
};

static void read_mail(struct verdict *v, const struct buf *mail)
{
	char *copy = exact_copy(mail->s, mail->len);

	classify_mail(v, copy, mail->len, &classify_default_limits);
	free(copy);
	assert_true(verdict_valid(v));
}

/* LF as they stand, or CRLF. */
static void put(struct buf *b, const char *s, bool crlf)
{
	buf_reset(b);
	for (; *s != '\0'; s++) {
		if (*s == '\n' && crlf && (b->len == 0 || b->s[b->len - 1] != '\r'))
			buf_addch(b, '\r');
		buf_addch(b, *s);
	}
}

static void check(const struct part_case *c, bool crlf)
{
	struct verdict *v = xmalloc(sizeof(*v));
	struct buf mail = BUF_INIT, part = BUF_INIT, signature = BUF_INIT;

	put(&mail, c->mail, crlf);
	put(&part, c->part ? c->part : "", crlf);
	put(&signature, SIGNATURE, crlf);
	read_mail(v, &mail);
	if (c->part == NULL) {
		if (v->signature.len != 0 || v->signed_part.len != 0)
			fail_msg("%s: taken for signed", c->name);
	} else if (!verdict_range_in(v->signed_part, mail.len) ||
	           !verdict_range_in(v->signature, mail.len)) {
		fail_msg("%s (%s): not found", c->name, crlf ? "CRLF" : "LF");
	} else {
		assert_int_equal(v->signed_part.len, part.len);
		assert_memory_equal(mail.s + v->signed_part.at, part.s, part.len);
		assert_int_equal(v->signature.len, signature.len);
		assert_memory_equal(mail.s + v->signature.at, signature.s, signature.len);
	}
	buf_clear(&mail);
	buf_clear(&part);
	buf_clear(&signature);
	free(v);
}

static void only_what_is_clear_is_signed(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		check(&cases[i], false);
		check(&cases[i], true);
	}
}

#define CLEAR(text) \
	"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n" text SIGNATURE
#define PLAIN HEAD "Content-Type: text/plain\n\n"
#define QUOTED HEAD "Content-Transfer-Encoding: quoted-printable\n\n"

static const struct clear_case {
	const char *name, *mail, *part; /* part NULL: counts as unsigned */
	enum verdict_signing signing;
} clear_cases[] = {
	{ "plain", PLAIN CLEAR("opgelost\n") "\n", CLEAR("opgelost\n"), SIGNING_CLEAR },
	{ "above the quote", PLAIN CLEAR("opgelost\n") "\n> vraag\n", CLEAR("opgelost\n"),
	  SIGNING_CLEAR },
	{ "quoted-printable", QUOTED CLEAR("poort=20dicht=\n, opgelost\n"),
	  CLEAR("poort=20dicht=\n, opgelost\n"), SIGNING_CLEAR_QUOTED },
	{ "no hash", PLAIN "-----BEGIN PGP SIGNED MESSAGE-----\n\nopgelost\n" SIGNATURE,
	  "-----BEGIN PGP SIGNED MESSAGE-----\n\nopgelost\n" SIGNATURE, SIGNING_CLEAR },
	{ "a word above", PLAIN "opgelost\n" CLEAR("vraag\n"), NULL, SIGNING_NONE },
	{ "not at the start of a line", PLAIN "x " CLEAR("opgelost\n"), NULL, SIGNING_NONE },
	{ "another header", PLAIN "-----BEGIN PGP SIGNED MESSAGE-----\nNote: x\n\nopgelost\n" SIGNATURE,
	  NULL, SIGNING_NONE },
	{ "no empty line", PLAIN "-----BEGIN PGP SIGNED MESSAGE-----\nopgelost\n" SIGNATURE, NULL,
	  SIGNING_NONE },
	{ "no signature", PLAIN "-----BEGIN PGP SIGNED MESSAGE-----\n\nopgelost\n", NULL,
	  SIGNING_NONE },
	{ "no end", PLAIN "-----BEGIN PGP SIGNED MESSAGE-----\n\nopgelost\n"
	                  "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n",
	  NULL, SIGNING_NONE },
	{ "its answer stands in the subject",
	  SUBJECT("Re: OPGELOST") "\n" CLEAR("Jan de Vries\n"), NULL, SIGNING_NONE },
	{ "HTML", HEAD "Content-Type: text/html\n\n" CLEAR("opgelost\n"), NULL, SIGNING_NONE },
	{ "a part behind it",
	  HEAD "Content-Type: multipart/mixed; boundary=c\n\n--c\n\n" CLEAR("opgelost\n")
	  "\n--c\nContent-Type: text/html\n\n> vraag\n--c--\n",
	  NULL, SIGNING_NONE },
	{ "NUL in it", PLAIN CLEAR("opge\001lost\n"), NULL, SIGNING_NONE },
};

static void check_clear(const struct clear_case *c, bool crlf)
{
	struct verdict *v = xmalloc(sizeof(*v));
	struct buf mail = BUF_INIT, part = BUF_INIT;
	char *nul;

	put(&mail, c->mail, crlf);
	put(&part, c->part ? c->part : "", crlf);
	if ((nul = memchr(mail.s, '\001', mail.len)) != NULL)
		*nul = '\0';
	read_mail(v, &mail);
	if (v->signing != c->signing)
		fail_msg("%s (%s): signing %d", c->name, crlf ? "CRLF" : "LF", (int)v->signing);
	if (c->part != NULL) {
		assert_true(verdict_range_in(v->signed_part, mail.len));
		assert_int_equal(v->signed_part.len, part.len);
		assert_memory_equal(mail.s + v->signed_part.at, part.s, part.len);
	} else {
		assert_int_equal(v->signed_part.len, 0);
	}
	buf_clear(&mail);
	buf_clear(&part);
	free(v);
}

static void a_text_signed_in_itself(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(clear_cases); i++) {
		check_clear(&clear_cases[i], false);
		check_clear(&clear_cases[i], true);
	}
}

static void only_what_gpg_read_is_the_same(void **state)
{
	static const struct { const char *text, *plain; bool same; } pairs[] = {
		{ "a\nb\n", "a\nb\n", true },      { "a\r\nb\r\n", "a\nb", true },
		{ "a \t\nb\n", "a\nb\n", true },   { "- -- \n- b\n", "--\nb\n", true },
		{ "", "", true },                   { "a\nb\n", "a\n", false },
		{ "a\n", "a\nb\n", false },        { " a\n", "a\n", false },
		{ "a\n", "b\n", false },           { "-a\n", "a\n", false },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		if (clearsigned_same(span_str(pairs[i].text), span_str(pairs[i].plain)) !=
		    pairs[i].same)
			fail_msg("\"%s\" and \"%s\"", pairs[i].text, pairs[i].plain);
}

static void a_range_lies_in_its_mail(void **state)
{
	static const struct { struct verdict_range r; size_t n; bool in; } ranges[] = {
		{ { 0, 10 }, 10, true },         { { 9, 1 }, 10, true },
		{ { 0, 0 }, 10, false },         { { 0, 11 }, 10, false },
		{ { 10, 1 }, 10, false },        { { -1, 5 }, 10, false },
		{ { 5, -1 }, 10, false },        { { INT32_MAX, INT32_MAX }, 10, false },
		{ { 1, INT32_MAX }, 10, false }, { { INT32_MIN, INT32_MAX }, 10, false },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++)
		assert_int_equal(verdict_range_in(ranges[i].r, ranges[i].n), ranges[i].in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_is_clear_is_signed),
		cmocka_unit_test(a_text_signed_in_itself),
		cmocka_unit_test(only_what_gpg_read_is_the_same),
		cmocka_unit_test(a_range_lies_in_its_mail),
	};

	return cmocka_run_group_tests_name("signed_part", tests, NULL, NULL);
}
