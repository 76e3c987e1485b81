/*
 * deliver_tls: one SSL_CTX a session.
 *
 * Invariant: with required TLS no handshake ends well unless OpenSSL itself verified chain and
 * name.
 * Input: the route (operator), the server's certificate (hostile).
 */
#include "base.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <poll.h>

#include "clock.h"
#include "deliver_tls.h"
#include "ip.h"

static void note(struct tls_context *t, const char *what, const char *why)
{
	if (t->trouble[0] == '\0')
		snprintf(t->trouble, sizeof(t->trouble), "%s for %s: %s", what, t->name, why);
}

static int on_verify(int ok, X509_STORE_CTX *store)
{
	SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
	struct tls_context *t = SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));

	if (ok)
		return 1;
	t->distrusted = true;
	note(t, "certificate not accepted",
	     X509_verify_cert_error_string(X509_STORE_CTX_get_error(store)));
	return t->required ? 0 : 1;
}

/* The library makes the SSL object itself; this is the only moment to give it the name. */
static void on_info(const SSL *ssl, int where, int ret)
{
	struct tls_context *t = SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));
	struct ip ip;

	UNUSED(ret);
	if ((where & SSL_CB_HANDSHAKE_START) != 0 && !ip_parse(&ip, t->name))
		(void)SSL_set_tlsext_host_name((SSL *)(uintptr_t)ssl, t->name);
}

static bool expect_name(struct tls_context *t)
{
	X509_VERIFY_PARAM *param = SSL_CTX_get0_param(t->ctx);
	struct ip ip;

	if (ip_parse(&ip, t->name))
		return X509_VERIFY_PARAM_set1_ip_asc(param, t->name) == 1;
	X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
	return X509_VERIFY_PARAM_set1_host(param, t->name, 0) == 1;
}

int tls_context_open(struct tls_context *t, const struct deliver_route *r, struct err *e)
{
	bool own_ca = r->ca_file[0] != '\0';

	*t = (struct tls_context){ .required = r->tls == TLS_REQUIRED };
	t->name = r->tls_name[0] != '\0' ? r->tls_name : r->host;
	ERR_clear_error();
	if ((t->ctx = SSL_CTX_new(TLS_client_method())) == NULL)
		return err_set(e, ERR_TEMP, "OpenSSL gives no TLS context");
	SSL_CTX_set_app_data(t->ctx, t);
	SSL_CTX_set_info_callback(t->ctx, on_info);
	SSL_CTX_set_verify(t->ctx, SSL_VERIFY_PEER, on_verify);
	if (SSL_CTX_set_min_proto_version(t->ctx, TLS1_2_VERSION) != 1 ||
	    SSL_CTX_set_max_proto_version(t->ctx, TLS1_2_VERSION) != 1 || !expect_name(t)) {
		tls_context_close(t);
		return err_set(e, ERR_CONF, "OpenSSL refuses TLS 1.2 or the name '%s'", t->name);
	}
	if ((own_ca ? SSL_CTX_load_verify_file(t->ctx, r->ca_file)
	            : SSL_CTX_set_default_verify_paths(t->ctx)) != 1) {
		tls_context_close(t);
		return err_set(e, ERR_CONF, "ca_file '%s' holds no certificates that can be read",
		               r->ca_file);
	}
	return 0;
}

void tls_context_close(struct tls_context *t)
{
	SSL_CTX_free(t->ctx);
	t->ctx = NULL;
}

void tls_context_note_failure(struct tls_context *t)
{
	const char *why = ERR_reason_error_string(ERR_peek_last_error());

	note(t, "TLS handshake failed", why != NULL ? why : "connection closed or silent");
}

/* Waits for what the handshake wants next; false where it cannot go on. */
static bool wait_for_peer(const SSL *ssl, int result, int fd, int64_t until)
{
	int why = SSL_get_error(ssl, result);
	int64_t left = until - clock_monotonic_ms();
	struct pollfd p = { .fd = fd, .events = why == SSL_ERROR_WANT_WRITE ? POLLOUT : POLLIN };

	if ((why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) || left <= 0)
		return false;
	return poll(&p, 1, (int)left) > 0;
}

int deliver_probe_tls(int fd, const struct deliver_route *r, int seconds, struct err *e)
{
	int64_t until = clock_monotonic_ms() + (int64_t)seconds * 1000;
	struct tls_context t;
	SSL *ssl;
	int n, rc;

	if ((rc = tls_context_open(&t, r, e)) < 0)
		return rc;
	if ((ssl = SSL_new(t.ctx)) == NULL || SSL_set_fd(ssl, fd) != 1) {
		rc = err_set(e, ERR_TEMP, "OpenSSL gives no TLS session");
		goto out;
	}
	while ((n = SSL_connect(ssl)) != 1 && wait_for_peer(ssl, n, fd, until))
		;
	if (n != 1) {
		tls_context_note_failure(&t);
		rc = err_set(e, ERR_CONF, "%s", t.trouble);
	}
out:
	SSL_free(ssl);
	tls_context_close(&t);
	return rc;
}
