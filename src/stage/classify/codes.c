/*
 * codes: finds reply and status codes by the places they stand in.
 *
 * Invariant: a code is never made up, and one linear pass finds it.
 * Input: diagnostic text of hostile mail.
 */
#include "base.h"

#include "codes.h"

struct code_scan {
	struct span text;
	const char *reply_end; /* end of the last reply code seen */
};

/*
 * Length of "5.1.1" at p, 0 where there is none; followed by neither a digit, a letter nor
 * ".digit".
 */
static size_t status_length(const char *p, const char *end)
{
	const char *start = p;

	if (p == end || (*p != '2' && *p != '4' && *p != '5'))
		return 0;
	p++;
	for (int field = 0; field < 2; field++) {
		int digits = 0;

		if (p == end || *p != '.')
			return 0;
		for (p++; p < end && ascii_digit(*p) && digits < 3; p++)
			digits++;
		if (digits == 0)
			return 0;
	}
	if (p < end && (ascii_alnum(*p) || *p == '@'))
		return 0;
	if (end - p >= 2 && *p == '.' && ascii_digit(p[1]))
		return 0;
	return (size_t)(p - start);
}

static bool reply_at(const char *p, const char *end)
{
	if (end - p < 3 || p[0] < '2' || p[0] > '5' || p[0] == '3' || p[1] < '0' || p[1] > '9' ||
	    !ascii_digit(p[2]))
		return false;
	if (p[1] > '7')
		return false;
	return end - p == 3 || strchr(" -:,;]\r\n)\t#'\"_", p[3]) != NULL;
}

static const char *before_blanks(const struct code_scan *s, const char *p)
{
	while (p > s->text.p && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	return p;
}

/* Words behind which a bare number is a code. */
static bool code_word_before(const struct code_scan *s, const char *p)
{
	static const char *const words[] = {
		"code",     "error",  "said",     "smtp",   "responsecode", "returned", "reply",
		"response", "status", "dsn",      "esmtp",  "failed",       "rejected", "antwoord",
		"fout",     "fehler", "foutcode", "reason", "reden",
	};
	const char *end = p;

	while (p > s->text.p && ascii_alpha(p[-1]) && end - p < 16)
		p--;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (span_equals_nocase((struct span){ p, end }, words[i]))
			return true;
	return false;
}

static bool code_place(const struct code_scan *s, const char *p)
{
	const char *q = before_blanks(s, p);

	if (q == s->text.p || strchr("\r\n:;#(['\"=<>|-", q[-1]) != NULL)
		return q == s->text.p || q[-1] != '-' || q != p || q - 1 == s->text.p ||
		       !ascii_alnum(q[-2]);
	return code_word_before(s, q);
}

static bool after_reply(const struct code_scan *s, const char *p)
{
	const char *q = p;

	while (q > s->text.p && q[-1] != '\0' && strchr(" \t\r\n-:#('<", q[-1]) != NULL)
		q--;
	return s->reply_end != NULL && q == s->reply_end;
}

static bool digit_or_dot_before(const struct code_scan *s, const char *p)
{
	return p > s->text.p && (ascii_alnum(p[-1]) || p[-1] == '.' || p[-1] == '_');
}

static void take_status(char *out, const char *p, size_t n)
{
	if (n < STATUS_TEXT) {
		memset(out, 0, STATUS_TEXT);
		memcpy(out, p, n);
	}
}

/* A reply code with its enhanced code right behind it is one wherever it stands: "452 4.2.2". */
static bool reply_with_status(const char *p, const char *end)
{
	return end - p > 8 && (p[3] == ' ' || p[3] == '-') && p[4] == p[0] &&
	       status_length(p + 4, end) > 0;
}

/* Sessions open with greetings and agreement: a refusal counts more than those. */
static bool says_more(char class, char than)
{
	return than == '\0' || (than < '4' && class >= '4');
}

void codes_find(struct codes *out, struct span text)
{
	struct code_scan s = { text, NULL };

	memset(out, 0, sizeof(*out));
	for (const char *p = text.p; p < text.end; p++) {
		size_t n;

		if (!ascii_digit(*p) || digit_or_dot_before(&s, p))
			continue;
		n = status_length(p, text.end);
		if (n > 0) {
			if (says_more(*p, out->status[0]) &&
			    (after_reply(&s, p) || code_place(&s, p)))
				take_status(out->status, p, n);
			p += n - 1;
		} else if (reply_at(p, text.end) && (after_reply(&s, p) || code_place(&s, p) ||
						     reply_with_status(p, text.end))) {
			if (out->reply == 0 || (out->reply < 400 && *p >= '4'))
				out->reply = (p[0] - '0') * 100 + (p[1] - '0') * 10 + (p[2] - '0');
			s.reply_end = p + 3;
		}
	}
}

bool status_parse(char *out, struct span s)
{
	size_t n;

	s = span_trim(s);
	n = status_length(s.p, s.end);
	out[0] = '\0';
	if (n == 0)
		return false;
	take_status(out, s.p, n);
	return out[0] != '\0';
}

/*
 * X.0.0 and X.Y.0 name a class or a field of it; X.4.7 only says that the cause in the diagnostic
 * lasted too long.
 */
static bool says_little(const char *status)
{
	size_t n = strlen(status);

	return strcmp(status + 1, ".0.0") == 0 || strcmp(status + 1, ".4.7") == 0 ||
	       (n >= 5 && strcmp(status + n - 2, ".0") == 0);
}

bool status_is_finer(const char *fine, const char *coarse)
{
	if (coarse[0] == '\0' || fine[0] != coarse[0] || !says_little(coarse) ||
	    strcmp(fine, coarse) == 0)
		return false;
	return strcmp(coarse + 1, ".0.0") == 0 ? strcmp(fine + 1, ".0.0") != 0 : !says_little(fine);
}

void status_refine(char *out, struct span s)
{
	struct code_scan scan = { s, NULL };

	for (const char *p = s.p; p < s.end; p++) {
		char found[STATUS_TEXT] = "";
		size_t n;

		if (!ascii_digit(*p) || digit_or_dot_before(&scan, p))
			continue;
		n = status_length(p, s.end);
		if (reply_at(p, s.end))
			scan.reply_end = p + 3;
		if (n == 0 || !(after_reply(&scan, p) || code_place(&scan, p)))
			continue;
		take_status(found, p, n);
		p += n - 1;
		if (status_is_finer(found, out))
			memcpy(out, found, STATUS_TEXT);
	}
}
