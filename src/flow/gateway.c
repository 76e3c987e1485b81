/*
 * gateway: opens what a command needs, and nothing else.
 *
 * Invariant: a part is open or not there; gateway_close() may be called at any time.
 */
#include "base.h"
#include "buf.h"
#include "crypto.h"
#include "fdio.h"
#include "gateway.h"
#include "sql.h"

static int read_key(struct gateway *g, int i, struct err *e)
{
	const struct conf_token_key *k = &g->conf->token_keys[i];
	struct buf b = BUF_INIT;
	int rc = file_read_secret(&b, k->file, e);

	if (rc == 0 && (b.len < TOKEN_KEY_MIN || b.len > sizeof(g->keys.key[i].bytes)))
		rc = err_set(
		    e, ERR_CONF,
		    "%s: a token key has %d to %zu bytes; make one with: openssl rand -hex 32",
		    k->file, TOKEN_KEY_MIN, sizeof(g->keys.key[i].bytes));
	if (rc == 0) {
		g->keys.key[i].number = (uint8_t)k->number;
		g->keys.key[i].len = b.len;
		memcpy(g->keys.key[i].bytes, b.s, b.len);
		crypto_hmac_close(g->keys.key[i].ready); /* of a try that failed at a later key */
		g->keys.key[i].ready = NULL;
		rc = crypto_hmac_open(&g->keys.key[i].ready, b.s, b.len, e);
	}
	explicit_bzero(b.s, b.len);
	buf_clear(&b);
	return rc;
}

static int open_keys(struct gateway *g, struct err *e)
{
	size_t n = g->conf->n_token_keys;
	int rc = 0;

	if (n == 0 || n > TOKEN_KEYS)
		return err_set(e, ERR_CONF, "%s: token_keys: one to %d keys are needed",
			       g->conf->file, TOKEN_KEYS);
	g->keys.hmac = crypto_hmac_sha256;
	g->keys.hmac_ready = crypto_hmac_ready;
	g->keys.n = (int)n;
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = read_key(g, (int)i, e);
	g->have_keys = rc == 0;
	return rc;
}

static int open_templates(struct gateway *g, struct err *e)
{
	int rc = 0;

	for (int l = LANGUAGE_NL; l <= LANGUAGE_EN && rc == 0; l++)
		if (g->catalog[l] == NULL)
			rc = warn_catalog_load(&g->catalog[l], g->conf->templates, (enum language)l,
					       e);
	return rc;
}

static int open_signer(struct gateway *g, struct err *e)
{
	int rc = g->open_signer(g, e);

	g->have_signer = rc == 0;
	return rc;
}

int gateway_need(struct gateway *g, unsigned parts, struct err *e)
{
	int rc = 0;

	if ((parts & GATEWAY_STORE) && g->store == NULL)
		rc = store_open_driver(&g->store, g->driver ? g->driver : &sql_sqlite,
				       g->conf->store, STORE_EXISTING, g->conf->gateway.node, e);
	if (rc == 0 && (parts & GATEWAY_KEYS) && !g->have_keys)
		rc = open_keys(g, e);
	if (rc == 0 && (parts & GATEWAY_TEMPLATES))
		rc = open_templates(g, e);
	if (rc == 0 && (parts & GATEWAY_SIGNER) && !g->have_signer)
		rc = open_signer(g, e);
	return rc;
}

void gateway_close(struct gateway *g)
{
	if (g->have_signer)
		g->signer.close(g->signer.arg);
	g->have_signer = false;
	for (int l = LANGUAGE_NL; l <= LANGUAGE_EN; l++) {
		warn_catalog_free(g->catalog[l]);
		g->catalog[l] = NULL;
	}
	for (int i = 0; i < TOKEN_KEYS; i++)
		crypto_hmac_close(g->keys.key[i].ready);
	explicit_bzero(&g->keys, sizeof(g->keys));
	g->have_keys = false;
	store_close(g->store);
	g->store = NULL;
}

void gateway_step(const struct gateway *g, const char *step)
{
	if (g->fault != NULL)
		g->fault(g->fault_arg, step);
}

int64_t gateway_now(const struct gateway *g)
{
	return clock_now(g->clock);
}
