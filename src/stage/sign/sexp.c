/*
 * sexp: gpg-agent's answer to PKSIGN.
 *
 * Invariant: every span given out lies inside the answer and is 1 to SEXP_NUMBER_MAX octets long.
 * Input: another process of ours, yet read as if hostile.
 */
#include "base.h"
#include "openpgp_packet.h"
#include "sexp.h"

enum { EDDSA_NUMBER = 32 };

static bool take_char(struct span *s, char c)
{
	if (span_empty(*s) || *s->p != c)
		return false;
	s->p++;
	return true;
}

/* "N:" and N octets; N has no zero in front. */
static bool take_atom(struct span *s, struct span *out)
{
	size_t n = 0;

	if (span_empty(*s) || *s->p == '0')
		return false;
	for (; !span_empty(*s) && ascii_digit(*s->p); s->p++) {
		n = n * 10 + (size_t)(*s->p - '0');
		if (n > SEXP_NUMBER_MAX)
			return false;
	}
	return n > 0 && take_char(s, ':') && span_take(s, n, out);
}

static bool take_word(struct span *s, const char *word)
{
	struct span atom;

	return take_atom(s, &atom) && span_equals_str(atom, word);
}

/* "(1:s...)" */
static bool take_number(struct span *s, const char *name, struct span *out)
{
	return take_char(s, '(') && take_word(s, name) && take_atom(s, out) && take_char(s, ')');
}

static bool take_eddsa(struct span *s, struct sexp_signature *out)
{
	out->algorithm = OPENPGP_EDDSA;
	out->n = 2;
	return take_number(s, "r", &out->number[0]) && take_number(s, "s", &out->number[1]) &&
	       span_len(out->number[0]) == EDDSA_NUMBER && span_len(out->number[1]) == EDDSA_NUMBER;
}

static bool take_rsa(struct span *s, struct sexp_signature *out)
{
	out->algorithm = OPENPGP_RSA;
	out->n = 1;
	return take_number(s, "s", &out->number[0]);
}

bool sexp_signature(struct sexp_signature *out, struct span answer)
{
	struct span name;
	bool ok;

	if (!take_char(&answer, '(') || !take_word(&answer, "sig-val") ||
	    !take_char(&answer, '(') || !take_atom(&answer, &name))
		return false;
	if (span_equals_str(name, "eddsa"))
		ok = take_eddsa(&answer, out);
	else if (span_equals_str(name, "rsa"))
		ok = take_rsa(&answer, out);
	else
		return false;
	return ok && take_char(&answer, ')') && take_char(&answer, ')') && span_empty(answer);
}
