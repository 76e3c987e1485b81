/*
 * verifier: has gpg look at one signature, and ends.
 *
 * SECURITY: started by exec with one socket and nothing else; no store, no network, no token key.
 * It reads the public keys in the GnuPG home; the signing key there is behind gpg-agent, which is
 * not asked.  An alarm ends it and a limit on processor time its gpg, whatever a signature makes
 * of them.  Its answer is checked as if hostile.
 * Input: the signed part and signature of a hostile mail.
 */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "clearsigned.h"
#include "log.h"
#include "sign_check.h"
#include "verifier.h"
#include "wire.h"

static int limit_rights(int fd)
{
	const struct rlimit no_core = { 0, 0 }, cpu = { VERIFIER_SECONDS, VERIFIER_SECONDS };

	alarm(VERIFIER_SECONDS);
	if (fcntl(fd, F_SETFL, 0) < 0 || setrlimit(RLIMIT_CORE, &no_core) < 0 ||
	    setrlimit(RLIMIT_CPU, &cpu) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
		log_error("cannot give up rights: %s", strerror(errno));
		return -1;
	}
	return 0;
}

/* Of the armour's first line, behind its own header; gpg knows 3 to 5. */
static bool newer_than_gpg(struct span armour)
{
	enum { NEWEST_KNOWN = 5 };
	struct arena a = ARENA_INIT;
	struct span line, packet;
	bool newer = false;

	while (span_line(&armour, &line) &&
	       !span_starts_nocase(line, "-----BEGIN PGP SIGNATURE-----"))
		;
	while (span_line(&armour, &line) && !span_empty(span_trim(line)))
		;
	if (span_line(&armour, &line) && mail_decode(&packet, &a, line, ENCODING_BASE64))
		newer = signature_version(packet) > NEWEST_KNOWN;
	arena_clear(&a);
	return newer;
}

/* What gpg holds for signed has to be what stands there, with nothing beside it. */
static int look_at_clear(struct signature_check *found, const char *home, struct span range,
                         enum verdict_signing signing, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct buf plain = BUF_INIT;
	struct clearsigned c;
	struct span text;
	int rc = 0;

	if (clearsigned_decode(&text, &a, range, signing) && clearsigned_in(&c, text)) {
		rc = sign_check_clear(found, &plain, home, c.block.p, span_len(c.block), e);
		if (!clearsigned_same(c.text, span_of(plain.s, plain.len)))
			found->finding = SIGNATURE_BROKEN;
		if (found->finding == SIGNATURE_BROKEN &&
		    newer_than_gpg((struct span){ c.text.end, c.block.end }))
			found->finding = SIGNATURE_UNKNOWN;
	}
	buf_clear(&plain);
	arena_clear(&a);
	return rc;
}

static int look(struct signature_check *found, struct span payload, struct err *e)
{
	const void *data, *signature;
	size_t n, n_signature;
	const char *home;
	int64_t signing;
	int rc;

	if (!wire_get_text(&payload, &home) || !wire_get_int(&payload, &signing) ||
	    !wire_get_bytes(&payload, &data, &n) ||
	    !wire_get_bytes(&payload, &signature, &n_signature) || !span_empty(payload) ||
	    signing <= SIGNING_NONE || signing > SIGNING_CLEAR_BASE64)
		return err_set(e, ERR_INPUT, "no question for the verifier");
	if (signing != SIGNING_MIME)
		return look_at_clear(found, home, span_of(data, n), (enum verdict_signing)signing,
				     e);
	rc = sign_check(found, home, data, n, signature, n_signature, e);
	if (found->finding == SIGNATURE_BROKEN && newer_than_gpg(span_of(signature, n_signature)))
		found->finding = SIGNATURE_UNKNOWN;
	return rc;
}

static int serve(struct channel *ch, struct err *e)
{
	struct signature_check found = { .finding = SIGNATURE_BROKEN };
	struct err why = ERR_INIT;
	struct buf out = BUF_INIT;
	struct span payload;
	uint32_t type;
	int rc;

	while ((rc = channel_next(ch, &type, &payload, e)) == 0)
		if ((rc = channel_fill(ch, e)) <= 0)
			return rc;
	if (rc < 0 || type != VERIFIER_ASK || span_len(payload) > VERIFIER_MESSAGE_MAX)
		return rc < 0 ? rc : err_set(e, ERR_INPUT, "no question for the verifier");
	rc = look(&found, payload, &why);
	wire_put_int(&out, rc);
	wire_put_int(&out, found.finding);
	wire_put_text(&out, found.fingerprint);
	wire_put_int(&out, found.made_at);
	wire_put_text(&out, why.text);
	channel_queue(ch, VERIFIER_FOUND, &out);
	buf_clear(&out);
	return channel_flush(ch, e);
}

int verifier_main(int fd)
{
	struct err e = ERR_INIT;
	struct channel ch;
	int rc;

	if (limit_rights(fd) < 0)
		return 1;
	channel_init(&ch, fd);
	if ((rc = serve(&ch, &e)) < 0)
		log_error("%s", e.text);
	channel_clear(&ch);
	return rc < 0;
}
