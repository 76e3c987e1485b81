/*
 * token: the only thing that lets an inbound mail change state.
 *
 * Layout: base32 of key number (1 byte), mail id (8 bytes, big-endian), HMAC (10 bytes).
 * Input: token_read() and token_from_address() take text from hostile mail.
 */
#include "base.h"
#include "base32.h"
#include "token.h"

enum { ID_BYTES = 9, MAC_BYTES = 10, ALL_BYTES = ID_BYTES + MAC_BYTES };
_Static_assert(BASE32_LEN(ALL_BYTES) + 1 == TOKEN_ADDS, "what is said of a token's length");

static int compute_mac(uint8_t mac[32], const struct token_keys *k, int key,
		       enum token_purpose purpose, const uint8_t id[ID_BYTES], struct err *e)
{
	uint8_t data[ID_BYTES + 1];

	data[0] = purpose == TOKEN_BOUNCE ? 'b' : 'r';
	memcpy(data + 1, id, ID_BYTES);
	if (k->key[key].ready != NULL)
		return k->hmac_ready(mac, k->key[key].ready, data, sizeof(data), e);
	return k->hmac(mac, k->key[key].bytes, k->key[key].len, data, sizeof(data), e);
}

int token_make(char *out, const struct token_keys *k, enum token_purpose purpose, int64_t mail_id,
	       struct err *e)
{
	uint8_t all[ALL_BYTES], mac[32];
	int rc;

	if (k->n < 1)
		return err_set(e, ERR_CONF,
			       "no key for reply tokens; run 'seinpost init' or set token_keys");
	all[0] = k->key[0].number;
	for (int i = 0; i < 8; i++)
		all[1 + i] = (uint8_t)((uint64_t)mail_id >> (56 - 8 * i));
	if ((rc = compute_mac(mac, k, 0, purpose, all, e)) < 0)
		return rc;
	memcpy(all + ID_BYTES, mac, MAC_BYTES);
	base32_encode(out, all, sizeof(all));
	return 0;
}

static bool equal_constant_time(const uint8_t *a, const uint8_t *b, size_t n)
{
	unsigned diff = 0;

	for (size_t i = 0; i < n; i++)
		diff |= (unsigned)(a[i] ^ b[i]);
	return diff == 0;
}

static int64_t id_of(const uint8_t all[ALL_BYTES])
{
	uint64_t id = 0;

	for (int i = 0; i < 8; i++)
		id = id << 8 | all[1 + i];
	return (int64_t)id;
}

int64_t token_claims(const char *text)
{
	uint8_t all[ALL_BYTES];

	if (strlen(text) != BASE32_LEN(ALL_BYTES) || !base32_decode(all, sizeof(all), text))
		return 0;
	return id_of(all);
}

int token_read(int64_t *mail_id, const struct token_keys *k, enum token_purpose purpose,
	       const char *text, struct err *e)
{
	uint8_t all[ALL_BYTES], mac[32];
	int rc;

	if (strlen(text) != BASE32_LEN(ALL_BYTES) || !base32_decode(all, sizeof(all), text))
		return err_set(e, ERR_INPUT, "no token");
	for (int i = 0; i < k->n; i++) {
		if (k->key[i].number != all[0])
			continue;
		if ((rc = compute_mac(mac, k, i, purpose, all, e)) < 0)
			return rc;
		if (equal_constant_time(mac, all + ID_BYTES, MAC_BYTES)) {
			*mail_id = id_of(all);
			return 0;
		}
	}
	return err_set(e, ERR_PERM, "token is not ours");
}

bool token_from_address(char *out, const char *address)
{
	const char *at = strrchr(address, '@'), *plus = NULL;
	size_t n;

	for (const char *p = address; at != NULL && p < at; p++)
		if (*p == '+')
			plus = p;
	if (plus == NULL)
		return false;
	n = (size_t)(at - plus - 1);
	if (n != BASE32_LEN(ALL_BYTES) || n >= TOKEN_TEXT)
		return false;
	memcpy(out, plus + 1, n);
	out[n] = '\0';
	return true;
}
