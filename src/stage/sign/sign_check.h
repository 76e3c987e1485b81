/*
 * sign_check: whose OpenPGP signature is it that a mail of somebody else carries?
 *
 * Only for a process of its own that can be ended: gpg reads the hostile signature and knows no
 * time limit.
 */
#ifndef SEINPOST_SIGN_CHECK_H
#define SEINPOST_SIGN_CHECK_H

#include "base.h"
#include "buf.h"
#include "err.h"
#include "sign.h"
#include "span.h"

enum signature_finding {
	SIGNATURE_HOLDS,        /* good, by the key that is named */
	SIGNATURE_BROKEN,       /* these bytes were not signed with it, or it is no signature */
	SIGNATURE_NO_KEY,       /* by a key that is not in home */
	SIGNATURE_KEY_UNUSABLE, /* the key or the signature is expired or revoked */
	SIGNATURE_UNKNOWN,      /* of a kind that gpg does not know */
	SIGNATURE_FINDINGS,
};

struct signature_check {
	enum signature_finding finding;
	char fingerprint[FINGERPRINT_TEXT]; /* of the primary key, upper case; "" for none known */
	int64_t made_at;                    /* as the signature says; 0 where it does not */
};

/*
 * Checks the armoured signature over data (lines end in CRLF) with the keys in home.  Nothing is
 * fetched or imported.  Of several signatures one that is broken counts, else one that holds, else
 * the first.  ERR_CONF, ERR_TEMP: gpg cannot be run.
 */
int sign_check(struct signature_check *out, const char *home, const void *data, size_t n,
               const void *signature, size_t n_signature, struct err *e) NODISCARD;
/*
 * The same for a message of the cleartext framework (RFC 9580, 7).  Appends to plain what gpg found
 * signed in it, with its own line ends; more may stand in the message than was signed.
 */
int sign_check_clear(struct signature_check *out, struct buf *plain, const char *home,
                     const void *message, size_t n, struct err *e) NODISCARD;
/*
 * The version of the signature (RFC 9580, 5.2) that these bytes begin with, 0 for none.  gpg passes
 * over one that it does not know, as if there was none.
 */
int signature_version(struct span packet);

#endif
