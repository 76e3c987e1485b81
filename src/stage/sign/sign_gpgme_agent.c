/*
 * sign_gpgme_agent: a kept connection to gpg-agent, by gpgme's Assuan engine.
 *
 * Invariant: the agent never asks a person on our behalf.
 * Input: the agent's answers, whose size is limited here and whose form sexp_signature() checks.
 */
#include "base.h"

#include "alloc.h"
#include "sign_gpgme.h"
#include "sign_gpgme_context.h"

enum { ANSWER_MAX = 8192 };

struct agent_link {
	gpgme_ctx_t ctx;
	char *home;
};

int agent_open(struct agent_link **out, const char *home, struct err *e)
{
	struct agent_link *l = xcalloc(1, sizeof(*l));
	struct buf path = BUF_INIT;
	gpgme_error_t ge;
	int rc;

	l->home = xstrdup(home);
	if ((rc = gpg_agent_socket(&path, home, e)) < 0)
		goto out;
	if ((ge = gpgme_new(&l->ctx)) != 0 ||
	    (ge = gpgme_set_protocol(l->ctx, GPGME_PROTOCOL_ASSUAN)) != 0 ||
	    (ge = gpgme_ctx_set_engine_info(l->ctx, GPGME_PROTOCOL_ASSUAN, path.s, NULL)) != 0) {
		rc = gpg_fail(e, ge, "connecting", home);
		goto out;
	}
	/* a pinentry would wait for a person for ever */
	if ((rc = agent_command(l, "OPTION pinentry-mode=error", NULL, e)) < 0)
		goto out;
	*out = l;
	l = NULL;
out:
	agent_close(l);
	buf_clear(&path);
	return rc;
}

static gpgme_error_t collect(void *arg, const void *bytes, size_t n)
{
	struct buf *data = arg;

	if (data == NULL || n > ANSWER_MAX - data->len)
		return gpgme_error(GPG_ERR_TOO_LARGE);
	buf_add(data, bytes, n);
	return 0;
}

int agent_command(struct agent_link *l, const char *command, struct buf *data, struct err *e)
{
	gpgme_error_t ge, answer = 0;

	if (data != NULL)
		buf_reset(data);
	ge = gpgme_op_assuan_transact_ext(l->ctx, command, collect, data, NULL, NULL, NULL, NULL,
	                                  &answer);
	if (ge != 0 || answer != 0)
		return gpg_fail(e, ge != 0 ? ge : answer, "gpg-agent", l->home);
	return 0;
}

void agent_close(struct agent_link *l)
{
	if (l == NULL)
		return;
	gpgme_release(l->ctx);
	free(l->home);
	free(l);
}
