/*
 * fuzz_token: addresses and tokens as a hostile mail has them.  No bytes make a token of ours, and
 * an address that is accepted stays itself.
 */
#include "test.h"

#include "addr_scan.h"
#include "crypto.h"
#include "mailaddr.h"
#include "token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(bool holds, const char *what)
{
	if (!holds)
		bug("token: %s", what);
}

static struct token_keys make_keys(void)
{
	struct token_keys k = { .hmac = crypto_hmac_sha256, .n = 2 };

	for (int i = 0; i < k.n; i++) {
		k.key[i].number = (uint8_t)(i + 1);
		k.key[i].len = 32;
		memset(k.key[i].bytes, 'k' + i, 32);
	}
	return k;
}

/* A token is accepted only where making it anew gives the same letters. */
static void check_token(const struct token_keys *k, const char *text, enum token_purpose purpose)
{
	struct err e = ERR_INIT;
	char again[TOKEN_TEXT] = "";
	bool same = false;
	int64_t id = 0;

	if (token_read(&id, k, purpose, text, &e) < 0)
		return;
	for (int i = 0; i < k->n; i++) {
		struct token_keys one = { .hmac = k->hmac, .n = 1 };

		one.key[0] = k->key[i];
		check(token_make(again, &one, purpose, id, &e) == 0, "cannot be made again");
		same |= strcasecmp(again, text) == 0;
	}
	check(same, "accepted what was never made");
}

static void check_address(const struct token_keys *k, const char *address)
{
	char normal[MAILADDR_TEXT], again[MAILADDR_TEXT], token[TOKEN_TEXT];
	struct err e = ERR_INIT;

	if (token_from_address(token, address)) {
		check(strlen(token) < TOKEN_TEXT, "a token without end");
		check_token(k, token, TOKEN_BOUNCE);
		check_token(k, token, TOKEN_REPLY);
	}
	if (mailaddr_normalise(normal, address, &e) < 0)
		return;
	check(mailaddr_normalise(again, normal, &e) == 0 && strcmp(normal, again) == 0,
	      "a normal address changes");
	check(strncmp(normal, address, (size_t)(mailaddr_domain(normal) - normal)) == 0,
	      "another local part");
	for (const char *p = normal; *p != '\0'; p++)
		check(*p >= ' ' && *p <= '~', "what is no printable ASCII");
}

static void scan(const struct token_keys *k, struct span text)
{
	struct found_address f;
	char copy[MAILADDR_TEXT];

	while (addr_find(&f, text)) {
		check(f.at.p >= text.p && f.at.end <= text.end && !span_empty(f.at),
		      "an address outside the text");
		(void)addr_is_system(f.at);
		text.p = f.at.end;
	}
	check(addr_copy(copy, sizeof(copy), text) == (*copy != '\0'), "an empty address");
	check_address(k, copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct token_keys k = make_keys();
	char *text = xstrndup((const char *)data, n);

	check_address(&k, text);
	check_token(&k, text, TOKEN_BOUNCE);
	check_token(&k, text, TOKEN_REPLY);
	scan(&k, span_of(data, n));
	free(text);
	return 0;
}
