/*
 * sexp: gpg-agent's answer to PKSIGN, a canonical S-expression; for the other files of this folder.
 */
#ifndef SEINPOST_SEXP_H
#define SEINPOST_SEXP_H

#include "base.h"
#include "span.h"

enum { SEXP_NUMBER_MAX = 1024 }; /* RSA of 8192 bits */

struct sexp_signature {
	int algorithm;         /* OPENPGP_RSA or OPENPGP_EDDSA */
	struct span number[2]; /* borrowed from the answer; s, or r and s */
	size_t n;
};

/*
 * Reads "(7:sig-val(3:rsa(1:sN:...)))" or "(7:sig-val(5:eddsa(1:r32:...)(1:s32:...)))", and nothing
 * else: other algorithms, parameters, lengths or bytes behind it are refused with false.
 */
bool sexp_signature(struct sexp_signature *out, struct span answer);

#endif
