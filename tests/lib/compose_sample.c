/*
 * compose_sample: mails with nasty contents.
 */
#include "base.h"
#include "compose.h"
#include "compose_sample.h"

#define X10 "0123456789"
#define X100 X10 X10 X10 X10 X10 X10 X10 X10 X10 X10
#define X998                                                                                       \
	X100 X100 X100 X100 X100 X100 X100 X100 X100 X10 X10 X10 X10 X10 X10 X10 X10 X10 "01234567"
#define E10                                                                                        \
	"\xc3\xa9\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80\xc3\xa9\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80 '"
#define CSV "\"ip\",\"poort\"\r\n"

const struct compose_sample compose_samples[] = {
	{ "Waarschuwing", "Seinpost", "Bakkerij Jansen", "Geachte heer,\n", "systemen.csv", CSV },
	{ "", "", "", "", "a", "" },
	{ "Kwetsbare systemen bij Caf\xc3\xa9 \xe2\x80\x98t Zwaantje: 3 bevindingen, "
	  "\xe2\x82\xac 0 schade tot nu toe, maar dat kan snel veranderen \xf0\x9f\x98\x80",
	  "Meldpunt \xe2\x80\x93 regio\xe2\x80\x99s", "J\xc3\xbcrgen O'Brien, directeur",
	  "Beste J\xc3\xbcrgen,\r\n\r\nprijs: \xe2\x82\xac 1 = veel\r\n-- \r\nSeinpost\r\n",
	  "bevindingen caf\xc3\xa9 \xe2\x82\xac.csv", CSV "\"192.0.2.7\",\"23\"\r\n" },
	{ E10 E10 E10 E10 E10 E10 E10 E10, E10 E10 E10, E10 E10 E10 E10,
	  E10 E10 E10 E10 E10 E10 E10 E10 E10 E10 "\n", E10 E10 E10 E10 E10 E10 E10, E10 E10 E10 },
	{ X998, X998, X998, X998 "\n" X998 " \n" X998 X998, X100 X100, X998 },
	{ "a  b   c " X10 X10 X10 X10 X10 X10 "   d  " X10 X10 X10, "\"quoted\" \\ back",
	  "a@b, c (d) <e>;",
	  "trailing blank \ntrailing tab\t\nboth \t\n \n\t\nlf\ncrlf\r\nlast without end ",
	  "a b  c.csv", " \t\r\n\n" },
	{ "=?UTF-8?Q?not_encoded?=", "=?UTF-8?B?eA==?=", "=?x",
	  ".\n..\n.From \nFrom x\n>From x\nFrom: x\n.\n", "100% \"x\" 'y'; z=1.csv",
	  ".\r\nFrom x\r\n" },
	{ " begins and ends with blanks ", " ", "  two", "\n\n\nempty lines\n\n\n",
	  "Jan's \xe2\x80\x98lijst\xe2\x80\x99.csv", "\n" },
	{ "It's 'quoted' `text` {x} | ~", "Jansen & Zn.", "P. de Vries",
	  "--=_m\n--=_s\n--\n-----BEGIN PGP MESSAGE-----\n", "'.csv", "\xef\xbb\xbf\"ip\"\r\n" },
	{ "woord " X10 X10 X10 X10 X10 X10 X10 "12345 en " X10 X10 X10 X10 X10 X10 X10 "1234567",
	  X10 X10 X10 X10 X10 X10, X10 X10 X10 X10 X10 X10 X10 ".", "control \033[31m \177 \001\n",
	  X10 X10 X10 X10 X10 X10 "012", "x" },
};
const size_t compose_sample_count = ARRAY_SIZE(compose_samples);

int compose_sample_mail(struct buf *out, const struct compose_sample *s, const struct rng *rng,
                        struct err *e)
{
	struct compose_attachment at = { s->file_name, "text/csv; charset=utf-8; header=present",
		                         s->bytes, strlen(s->bytes) };
	struct compose_headers h = { .from = "meld@example.nl",
		                     .to = "info@example.org",
		                     .language = "nl",
		                     .reply_to = "antwoord+abc@example.nl",
		                     .message_id = "<1@example.nl>",
		                     .reference = "SP-1",
		                     .date = 1795326900 };
	struct buf entity = BUF_INIT;
	int rc;

	if ((rc = header_value_set(&h.subject, s->subject, e)) < 0)
		goto out;
	if ((rc = header_value_set(&h.from_name, s->from_name, e)) < 0)
		goto out;
	if ((rc = header_value_set(&h.to_name, s->to_name, e)) < 0)
		goto out;
	if ((rc = compose_entity(&entity, s->text, "nl", &at, 1, rng, e)) < 0)
		goto out;
	rc = compose_signed(
		out, &h, &entity,
		"-----BEGIN PGP SIGNATURE-----\n\nabcd\n=abcd\n-----END PGP SIGNATURE-----\n",
		"pgp-sha256", rng, e);
out:
	buf_clear(&entity);
	return rc;
}
