/*
 * inbox_tls: TLS as a client, by GnuTLS.
 *
 * Invariant: no byte of the protocol inside goes either way before the certificate was checked,
 * because the check is part of the handshake. Input: the server's handshake and certificate are
 * hostile; GnuTLS parses them.
 */
#include "base.h"

#include <arpa/inet.h>
#include <poll.h>

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "alloc.h"
#include "inbox_tls.h"

struct inbox_tls_session {
	gnutls_session_t session;
	gnutls_certificate_credentials_t credentials;
	gnutls_typed_vdata_st
	    rules[2]; /* GnuTLS keeps pointers to them until the handshake is over */
	char *name;
	bool up;
};

static int load_trust(struct inbox_tls_session *t, const char *ca_file, struct err *e)
{
	int n;

	if (*ca_file == '\0')
		n = gnutls_certificate_set_x509_system_trust(t->credentials);
	else
		n = gnutls_certificate_set_x509_trust_file(t->credentials, ca_file,
							   GNUTLS_X509_FMT_PEM);
	if (n < 0)
		return err_set(e, ERR_CONF, "%s: %s; ca_file must be a file of PEM certificates",
			       *ca_file == '\0' ? "the system's certificates" : ca_file,
			       gnutls_strerror(n));
	if (n == 0)
		return err_set(e, ERR_CONF,
			       "%s: no certificate in it; install ca-certificates or set ca_file",
			       *ca_file == '\0' ? "the system's certificates" : ca_file);
	return 0;
}

static bool is_address(const char *name)
{
	struct in6_addr any;

	return inet_pton(AF_INET, name, &any) == 1 || inet_pton(AF_INET6, name, &any) == 1;
}

static int set_up(struct inbox_tls_session *t, int fd)
{
	int rc = gnutls_init(&t->session, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL);

	if (rc < 0)
		return rc;
	rc = gnutls_priority_set_direct(t->session, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2",
					NULL);
	if (rc < 0)
		return rc;
	rc = gnutls_credentials_set(t->session, GNUTLS_CRD_CERTIFICATE, t->credentials);
	if (rc < 0)
		return rc;
	/* SNI is for names only (RFC 6066, 3) */
	if (!is_address(t->name) && (rc = gnutls_server_name_set(t->session, GNUTLS_NAME_DNS,
								 t->name, strlen(t->name))) < 0)
		return rc;
	t->rules[0].type = GNUTLS_DT_DNS_HOSTNAME;
	t->rules[0].data = (unsigned char *)t->name;
	t->rules[1].type = GNUTLS_DT_KEY_PURPOSE_OID;
	t->rules[1].data = (unsigned char *)GNUTLS_KP_TLS_WWW_SERVER;
	gnutls_session_set_verify_cert2(t->session, t->rules, ARRAY_SIZE(t->rules), 0);
	gnutls_transport_set_int(t->session, fd);
	return 0;
}

int inbox_tls_new(struct inbox_tls_session **out, int fd, const char *name, const char *ca_file,
		  struct err *e)
{
	struct inbox_tls_session *t = xcalloc(1, sizeof(*t));
	int rc, r;

	t->name = xstrdup(name);
	r = gnutls_certificate_allocate_credentials(&t->credentials);
	if (r < 0) {
		rc = err_set(e, ERR_TEMP, "TLS: %s", gnutls_strerror(r));
		goto out;
	}
	if ((rc = load_trust(t, ca_file, e)) < 0)
		goto out;
	if ((r = set_up(t, fd)) < 0)
		rc = err_set(e, ERR_PERM, "TLS for %s: %s", name, gnutls_strerror(r));
out:
	if (rc < 0)
		inbox_tls_free(t);
	else
		*out = t;
	return rc;
}

/* True where the call has to be made again, with *want set where it has to wait first. */
static bool has_to_wait(struct inbox_tls_session *t, ssize_t r, short *want)
{
	*want = 0;
	if (r != GNUTLS_E_AGAIN && r != GNUTLS_E_INTERRUPTED)
		return false;
	*want = gnutls_record_get_direction(t->session) == 1 ? POLLOUT : POLLIN;
	return true;
}

static int certificate_error(struct inbox_tls_session *t, struct err *e)
{
	gnutls_datum_t text = { NULL, 0 };
	unsigned status = gnutls_session_get_verify_cert_status(t->session);
	int rc, r = gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &text, 0);

	rc = err_set(
	    e, ERR_CONF,
	    "the certificate is not good for %s: %s Set tls_name to the name in the certificate, "
	    "ca_file to who signed it, or have it mended; nothing was sent",
	    t->name, r == 0 ? (const char *)text.data : "not trusted.");
	gnutls_free(text.data);
	return rc;
}

int inbox_tls_handshake(struct inbox_tls_session *t, short *want, struct err *e)
{
	int r = gnutls_handshake(t->session);

	if (has_to_wait(t, r, want))
		return -1;
	/* a warning of the server: on with it, but by way of the caller's clock */
	if (r < 0 && gnutls_error_is_fatal(r) == 0) {
		*want = POLLIN;
		return -1;
	}
	if (r == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR)
		return certificate_error(t, e);
	if (r < 0)
		return err_set(e, ERR_NET, "TLS handshake: %s", gnutls_strerror(r));
	t->up = true;
	return 0;
}

ssize_t inbox_tls_read(struct inbox_tls_session *t, void *p, size_t n, short *want, struct err *e)
{
	ssize_t r = gnutls_record_recv(t->session, p, n);

	if (has_to_wait(t, r, want))
		return -1;
	/* A server that hangs up without goodbye is as gone as one that says it. */
	if (r == GNUTLS_E_PREMATURE_TERMINATION)
		return 0;
	if (r < 0) {
		err_set(e, ERR_NET, "TLS: %s", gnutls_strerror((int)r));
		return -1;
	}
	return r;
}

ssize_t inbox_tls_write(struct inbox_tls_session *t, const void *p, size_t n, short *want,
			struct err *e)
{
	ssize_t r = gnutls_record_send(t->session, p, n);

	if (has_to_wait(t, r, want))
		return -1;
	if (r < 0) {
		err_set(e, ERR_NET, "TLS: %s", gnutls_strerror((int)r));
		return -1;
	}
	return r;
}

bool inbox_tls_pending(const struct inbox_tls_session *t)
{
	return gnutls_record_check_pending(t->session) > 0;
}

void inbox_tls_free(struct inbox_tls_session *t)
{
	if (t == NULL)
		return;
	if (t->up)
		(void)gnutls_bye(t->session, GNUTLS_SHUT_WR);
	if (t->session != NULL)
		gnutls_deinit(t->session);
	if (t->credentials != NULL)
		gnutls_certificate_free_credentials(t->credentials);
	free(t->name);
	free(t);
}
