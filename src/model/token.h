/*
 * token: the only thing that lets an inbound mail change state.
 *
 * A token names one mail of ours and proves that we made the name: key number, purpose, mail id,
 * and an HMAC-SHA-256 over them cut to 80 bits.  It stands in the envelope sender
 * ("bounces+TOKEN@...") and, with another purpose, in Reply-To; neither can be made from the other.
 * Lower-case letters and digits only: it survives case folding.
 */
#ifndef SEINPOST_TOKEN_H
#define SEINPOST_TOKEN_H

#include "base.h"
#include "err.h"

enum token_purpose { TOKEN_BOUNCE, TOKEN_REPLY };

/* HMAC-SHA-256, handed in (ext/crypto.h). */
typedef int hmac_fn(uint8_t out[32], const void *key, size_t key_len, const void *data, size_t len,
		    struct err *e);

/* The same with a key that was set up before. */
typedef int hmac_ready_fn(uint8_t out[32], void *ready, const void *data, size_t len,
                          struct err *e);

enum { TOKEN_KEYS = 4, TOKEN_KEY_MIN = 16, TOKEN_TEXT = 40 };
/* Octets that "+TOKEN" adds to the local part of an address. */
enum { TOKEN_ADDS = 32 };

/*
 * One to TOKEN_KEYS keys; the first signs, all verify (rotation).  A key that makes many tokens may
 * be set up once, by who owns the keys: ready is then used in the place of bytes.
 */
struct token_keys {
	hmac_fn *hmac;
	hmac_ready_fn *hmac_ready;
	struct {
		uint8_t number; /* 0..31, stands in the token */
		uint8_t bytes[64];
		size_t len;
		void *ready; /* for hmac_ready, or NULL */
	} key[TOKEN_KEYS];
	int n;
};

/* Writes the token into out[TOKEN_TEXT]. */
int token_make(char *out, const struct token_keys *k, enum token_purpose purpose, int64_t mail_id,
               struct err *e) NODISCARD;
/*
 * Reads a token of that purpose; the HMAC is compared in constant time.  ERR_INPUT: no token at
 * all; ERR_PERM: a token that is not ours (forged, other purpose, key no longer known).
 */
int token_read(int64_t *mail_id, const struct token_keys *k, enum token_purpose purpose,
	       const char *text, struct err *e) NODISCARD;
/* The mail that a token of the right form names, proven or not; 0 for any other text. */
int64_t token_claims(const char *text);
/* The part of "local+TOKEN@domain" between the last '+' and '@' into out[TOKEN_TEXT]; false where
 * there is none. */
bool token_from_address(char *out, const char *address);

#endif
