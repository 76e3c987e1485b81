/*
 * compose_mail: the entity that is signed, and the mail around it (RFC 2046, RFC 3156).
 *
 * Invariant: a function appends a whole entity or mail, or leaves out as it was; a boundary occurs
 * in no part.
 * Input: rendered text and attachments (text from feeds in it: hostile); signatures and ciphertext
 * of our own signer.
 */
#include "base.h"
#include "base32.h"
#include "compose.h"
#include "compose_encode.h"
#include "compose_header.h"
#include "span.h"
#include "utf8.h"

enum {
	BOUNDARY_RANDOM = 15,
	BOUNDARY_TRIES = 8,
	BOUNDARY_TEXT = 3 + BASE32_LEN(BOUNDARY_RANDOM) + 1,
	MULTIPART_ROOM = 512, /* about what stands around the parts */
	HEADERS_ROOM = 1024,
	REFERENCE_MAX = 64,
	LANGUAGE_MAX = 35, /* RFC 5646 4.4.1 */
};

/* A multipart without its parts. */
struct multipart {
	const char *type; /* media type and parameters, without boundary */
	const char *preamble;
	char role; /* makes the boundaries of nested multiparts differ */
};

/* needle begins with "=_": what a '=' begins is looked at, and most parts have few. */
static bool has_boundary(struct span s, const char *needle, size_t n)
{
	const char *p = span_empty(s) ? NULL : memchr(s.p, needle[0], span_len(s));

	while (p != NULL) {
		if ((size_t)(s.end - p) < n)
			return false;
		if (p[1] == needle[1] && memcmp(p, needle, n) == 0)
			return true;
		p = memchr(p + 1, needle[0], (size_t)(s.end - p) - 1);
	}
	return false;
}

static bool occurs_in(const char *needle, const struct span *part, size_t n)
{
	size_t len = strlen(needle);

	for (size_t i = 0; i < n; i++)
		if (has_boundary(part[i], needle, len))
			return true;
	return false;
}

/* "=_" occurs in no quoted-printable and no base64 text (RFC 2045 6.7), so a second try is rare. */
static int boundary_make(char *out, char role, const struct rng *rng, const struct span *part,
                         size_t n, struct err *e)
{
	uint8_t random_bytes[BOUNDARY_RANDOM];

	out[0] = '=';
	out[1] = '_';
	out[2] = role;
	for (int i = 0; i < BOUNDARY_TRIES; i++) {
		rng->fill(rng->arg, random_bytes, sizeof(random_bytes));
		base32_encode(out + 3, random_bytes, sizeof(random_bytes));
		if (!occurs_in(out, part, n))
			return 0;
	}
	return err_set(e, ERR_TEMP,
	               "no free MIME boundary found: the source of randomness repeats itself");
}

static int multipart_add(struct buf *out, const struct multipart *m, const struct span *part,
                         size_t n, const struct rng *rng, struct err *e)
{
	char boundary[BOUNDARY_TEXT];
	size_t room = MULTIPART_ROOM;
	int rc = boundary_make(boundary, m->role, rng, part, n, e);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		room += span_len(part[i]) + BOUNDARY_TEXT;
	buf_reserve(out, room);
	buf_addstr(out, "Content-Type: ");
	buf_addstr(out, m->type);
	buf_addstr(out, ";\r\n boundary=\"");
	buf_addstr(out, boundary);
	buf_addstr(out, "\"\r\n\r\n");
	buf_addstr(out, m->preamble);
	for (size_t i = 0; i < n; i++) {
		buf_addstr(out, "--");
		buf_addstr(out, boundary);
		buf_addstr(out, "\r\n");
		buf_add(out, part[i].p, span_len(part[i]));
		buf_addstr(out, "\r\n");
	}
	buf_addstr(out, "--");
	buf_addstr(out, boundary);
	buf_addstr(out, "--\r\n");
	return 0;
}

static int language_add(struct buf *out, const char *language, struct err *e)
{
	if (language == NULL || language[0] == '\0')
		return 0;
	if (strlen(language) > LANGUAGE_MAX)
		return err_set(e, ERR_INPUT,
		               "Content-Language '%s': no language tag (\"nl\", \"en-GB\")",
		               language);
	for (const char *s = language; *s != '\0'; s++)
		if (!ascii_alnum(*s) && *s != '-')
			return err_set(e, ERR_INPUT,
			               "Content-Language '%s': no language tag (\"nl\", \"en-GB\")",
			               language);
	return compose_header_ascii(out, "Content-Language", language, HEADER_ONE_WORD, e);
}

static int text_part_add(struct buf *out, const char *text, const char *language, struct err *e)
{
	size_t n = strlen(text), bad = utf8_check(text, n);
	int rc;

	if (bad != SIZE_MAX)
		return err_set(e, ERR_INPUT, "text of the mail is not UTF-8 from octet %zu on",
		               bad + 1);
	buf_reserve(out, MULTIPART_ROOM + n + n / 8);
	buf_addstr(out, "Content-Type: text/plain; charset=utf-8; format=fixed\r\n");
	if ((rc = language_add(out, language, e)) < 0)
		return rc;
	buf_addstr(out, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	compose_quoted_printable(out, text, n);
	return 0;
}

static int attachment_add(struct buf *out, const struct compose_attachment *at, struct err *e)
{
	int rc;

	buf_reserve(out, MULTIPART_ROOM + at->len / 8 * 11);
	if ((rc = compose_header_ascii(out, "Content-Type", at->type, HEADER_BLANKS, e)) < 0)
		return rc;
	if ((rc = compose_header_attachment(out, at->file_name, e)) < 0)
		return rc;
	buf_addstr(out, "Content-Transfer-Encoding: base64\r\n\r\n");
	compose_base64_lines(out, at->bytes, at->len);
	return 0;
}

int compose_entity(struct buf *out, const char *text, const char *language,
                   const struct compose_attachment *at, size_t n_at, const struct rng *rng,
                   struct err *e)
{
	static const struct multipart mixed = { "multipart/mixed", "", 'm' };
	struct buf content[COMPOSE_ATTACHMENTS_MAX + 1];
	struct span part[COMPOSE_ATTACHMENTS_MAX + 1];
	size_t n = 0;
	int rc;

	if (n_at > COMPOSE_ATTACHMENTS_MAX)
		return err_set(e, ERR_INPUT, "%zu attachments; at most %d are allowed", n_at,
		               COMPOSE_ATTACHMENTS_MAX);
	content[n++] = (struct buf)BUF_INIT;
	if ((rc = text_part_add(&content[0], text, language, e)) < 0)
		goto out;
	while (n <= n_at) {
		content[n++] = (struct buf)BUF_INIT;
		if ((rc = attachment_add(&content[n - 1], &at[n - 2], e)) < 0)
			goto out;
	}
	for (size_t i = 0; i < n; i++)
		part[i] = span_of(content[i].s, content[i].len);
	if (n_at > 0)
		rc = multipart_add(out, &mixed, part, n, rng, e);
	else
		buf_add(out, content[0].s, content[0].len);
out:
	while (n > 0)
		buf_clear(&content[--n]);
	return rc;
}

static int reference_add(struct buf *out, const char *reference, struct err *e)
{
	if (reference == NULL || reference[0] == '\0')
		return 0;
	if (strlen(reference) > REFERENCE_MAX)
		return err_set(e, ERR_INPUT, "reference '%s' has more than %d characters",
		               reference, REFERENCE_MAX);
	return compose_header_ascii(out, "X-Seinpost-Reference", reference, HEADER_ONE_WORD, e);
}

/* In the order people read them; MIME-Version last, because the Content fields follow. */
static int headers_add(struct buf *out, const struct compose_headers *h, struct err *e)
{
	char date[TIME_TEXT];
	int rc;

	buf_reserve(out, HEADERS_ROOM);
	buf_addstr(out, "Date: ");
	buf_addstr(out, time_format_rfc5322(date, h->date));
	buf_addstr(out, "\r\n");
	if ((rc = compose_header_mailbox(out, "From", &h->from_name, h->from, e)) < 0)
		return rc;
	if ((rc = compose_header_mailbox(out, "To", &h->to_name, h->to, e)) < 0)
		return rc;
	if (h->reply_to != NULL && h->reply_to[0] != '\0' &&
	    (rc = compose_header_mailbox(out, "Reply-To", NULL, h->reply_to, e)) < 0)
		return rc;
	compose_header_text(out, "Subject", &h->subject);
	if ((rc = compose_header_message_id(out, h->message_id ? h->message_id : "", e)) < 0)
		return rc;
	buf_addstr(out, "Auto-Submitted: auto-generated\r\n");
	if ((rc = reference_add(out, h->reference, e)) < 0)
		return rc;
	if ((rc = language_add(out, h->language, e)) < 0)
		return rc;
	buf_addstr(out, "MIME-Version: 1.0\r\n");
	return 0;
}

/*
 * Appends an ASCII armour with CRLF line ends.  Refused unless it begins as it must: a clear text
 * handed in by mistake never leaves as ciphertext.
 */
static int armour_add(struct buf *out, const char *armour, const char *begin, struct err *e)
{
	struct span all = span_str(armour), line;

	buf_reserve(out, span_len(all) + span_len(all) / 32);
	if (strncmp(armour, begin, strlen(begin)) != 0)
		return err_set(e, ERR_INPUT, "OpenPGP data does not begin with '%s'", begin);
	while (span_line(&all, &line)) {
		if (utf8_plain_run(line.p, span_len(line)) < span_len(line))
			return err_set(e, ERR_INPUT, "OpenPGP data is not ASCII armour");
		buf_add(out, line.p, span_len(line));
		buf_addstr(out, "\r\n");
	}
	return 0;
}

static int mail_add(struct buf *out, const struct compose_headers *h, const struct multipart *m,
                    const struct span part[2], const struct rng *rng, struct err *e)
{
	size_t start = out->len;
	int rc;

	if ((rc = headers_add(out, h, e)) == 0)
		rc = multipart_add(out, m, part, 2, rng, e);
	if (rc < 0)
		buf_truncate(out, start);
	return rc;
}

static bool micalg_valid(const char *micalg)
{
	size_t n = strlen(micalg);

	return strncmp(micalg, "pgp-", 4) == 0 && n > 4 && n < 40 &&
	       strspn(micalg, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

int compose_signed(struct buf *out, const struct compose_headers *h, const struct buf *entity,
                   const char *signature, const char *micalg, const struct rng *rng, struct err *e)
{
	struct buf type = BUF_INIT, sig = BUF_INIT;
	struct multipart m = { NULL, "This is a signed message (OpenPGP/MIME, RFC 3156).\r\n",
		               's' };
	struct span part[2];
	int rc;

	if (!micalg_valid(micalg)) {
		rc = err_set(e, ERR_INPUT, "micalg '%s' is not of the form pgp-sha256", micalg);
		goto out;
	}
	if (entity->len < 2 || memcmp(entity->s + entity->len - 2, "\r\n", 2) != 0) {
		rc = err_set(e, ERR_INPUT, "the entity that was signed does not end with CRLF");
		goto out;
	}
	buf_addstr(&type, "multipart/signed; micalg=");
	buf_addstr(&type, micalg);
	buf_addstr(&type, ";\r\n protocol=\"application/pgp-signature\"");
	m.type = type.s;
	buf_reserve(&sig, MULTIPART_ROOM);
	buf_addstr(&sig, "Content-Type: application/pgp-signature; name=\"signature.asc\"\r\n"
	                 "Content-Description: OpenPGP digital signature\r\n"
	                 "Content-Disposition: attachment; filename=\"signature.asc\"\r\n\r\n");
	if ((rc = armour_add(&sig, signature, "-----BEGIN PGP SIGNATURE-----", e)) < 0)
		goto out;
	part[0] = span_of(entity->s, entity->len);
	part[1] = span_of(sig.s, sig.len);
	rc = mail_add(out, h, &m, part, rng, e);
out:
	buf_clear(&sig);
	buf_clear(&type);
	return rc;
}

int compose_encrypted(struct buf *out, const struct compose_headers *h, const char *ciphertext,
                      const struct rng *rng, struct err *e)
{
	static const char version[] = "Content-Type: application/pgp-encrypted\r\n"
				      "Content-Description: PGP/MIME version identification\r\n\r\n"
				      "Version: 1\r\n";
	static const struct multipart m = {
		"multipart/encrypted;\r\n protocol=\"application/pgp-encrypted\"",
		"This is an encrypted message (OpenPGP/MIME, RFC 3156).\r\n", 'e'
	};
	struct buf data = BUF_INIT;
	struct span part[2];
	int rc;

	buf_addstr(&data, "Content-Type: application/octet-stream; name=\"encrypted.asc\"\r\n"
	                  "Content-Description: OpenPGP encrypted message\r\n"
	                  "Content-Disposition: inline; filename=\"encrypted.asc\"\r\n\r\n");
	if ((rc = armour_add(&data, ciphertext, "-----BEGIN PGP MESSAGE-----", e)) < 0)
		goto out;
	part[0] = span_of(version, sizeof(version) - 1);
	part[1] = span_of(data.s, data.len);
	rc = mail_add(out, h, &m, part, rng, e);
out:
	buf_clear(&data);
	return rc;
}
