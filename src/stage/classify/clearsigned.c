/*
 * clearsigned: what was typed inside the armour, and nothing else.
 *
 * Invariant: a text counts as signed only where the bytes that gpg will see, decoded once more, are
 * the text that was read.
 * Input: the raw mail, hostile; a parser that was taken over may answer any range and encoding.
 */
#include "base.h"

#include "charset.h"
#include "clearsigned.h"
#include "reply_text.h"

static const char begin[] = "-----BEGIN PGP SIGNED MESSAGE-----",
                  middle[] = "-----BEGIN PGP SIGNATURE-----",
                  end[] = "-----END PGP SIGNATURE-----";

static struct span without_blank_end(struct span line)
{
	while (!span_empty(line) && ascii_space(line.end[-1]))
		line.end--;
	return line;
}

static bool take_until(struct span *s, const char *wanted, struct span *line)
{
	while (span_line(s, line))
		if (span_equals_str(without_blank_end(*line), wanted))
			return true;
	return false;
}

bool clearsigned_in(struct clearsigned *out, struct span s)
{
	struct span line;

	if (!take_until(&s, begin, &line))
		return false;
	out->block.p = line.p;
	/* the armour's own header: which hash */
	do
		if (!span_line(&s, &line))
			return false;
	while (span_starts_nocase(line, "Hash:"));
	if (!span_empty(line))
		return false;
	out->text.p = s.p;
	if (!take_until(&s, middle, &line))
		return false;
	out->text.end = line.p;
	if (!take_until(&s, end, &line))
		return false;
	out->block.end = line.end;
	return true;
}

bool clearsigned_same(struct span text, struct span plain)
{
	struct span a, b;

	while (span_line(&text, &a)) {
		if (!span_line(&plain, &b))
			return false;
		if (span_len(a) >= 2 && a.p[0] == '-' && a.p[1] == ' ')
			a.p += 2;
		if (!span_equal(without_blank_end(a), without_blank_end(b)))
			return false;
	}
	return span_empty(plain);
}

/* The copy that was read has CRLF everywhere, the mail as it came may not. */
static bool same_lines(struct span a, struct span b)
{
	struct span line_a, line_b;

	while (span_line(&a, &line_a))
		if (!span_line(&b, &line_b) || !span_equal(line_a, line_b))
			return false;
	return span_empty(b);
}

bool clearsigned_decode(struct span *out, struct arena *a, struct span signed_part,
                        enum verdict_signing how)
{
	static const enum content_encoding encoding[] = {
		[SIGNING_CLEAR] = ENCODING_NONE,
		[SIGNING_CLEAR_QUOTED] = ENCODING_QUOTED,
		[SIGNING_CLEAR_BASE64] = ENCODING_BASE64,
	};

	if (how < SIGNING_CLEAR || how > SIGNING_CLEAR_BASE64)
		return false;
	return mail_decode(out, a, signed_part, encoding[how]);
}

static enum verdict_signing signing_of(enum content_encoding encoding)
{
	switch (encoding) {
	case ENCODING_QUOTED: return SIGNING_CLEAR_QUOTED;
	case ENCODING_BASE64: return SIGNING_CLEAR_BASE64;
	default: return SIGNING_CLEAR;
	}
}

/* Where the message stands in the mail as it came: in base64 only the whole body can be named. */
static bool find_raw(struct span *out, const struct mail_part *p, struct span mail)
{
	struct clearsigned c;
	struct span line;

	if (p->encoding != ENCODING_BASE64) {
		if (!clearsigned_in(&c, mail))
			return false;
		*out = c.block;
		return true;
	}
	if (p->id[0] != '\0')
		return false;
	while (span_line(&mail, &line))
		if (span_empty(line))
			break;
	*out = mail;
	return true;
}

/* Will who decodes the bytes of the mail read the same as was read here? */
static bool reads_the_same(struct view *w, struct span raw, enum verdict_signing how,
                           struct span block)
{
	struct clearsigned again;
	struct span text;

	if (!clearsigned_decode(&text, w->a, raw, how) || !clearsigned_in(&again, text))
		return false;
	/* by a charset that nobody signed it might have been read as something else */
	return same_lines(charset_decode(w->a, again.block, "windows-1252"), block);
}

void clearsigned_find(struct verdict *v, struct view *w, struct span mail)
{
	const struct mail_part *p = w->text_part;
	enum verdict_signing how;
	struct clearsigned c;
	struct span raw;

	if (p == NULL || p != w->last_part || strcmp(p->type, "text/plain") != 0 ||
	    !clearsigned_in(&c, w->text) ||
	    !span_equal(view_typed(w), reply_typed(w->a, c.text, w->from, w->reference)))
		return;
	how = signing_of(p->encoding);
	if (!find_raw(&raw, p, mail) || !reads_the_same(w, raw, how, c.block))
		return;
	v->signing = how;
	v->signed_part = (struct verdict_range){ (int32_t)(raw.p - mail.p),
		                                 (int32_t)span_len(raw) };
}
