/*
 * inbox_signature: is an answer signed, and by whom?
 *
 * It is shown to people and proves nothing by itself: without a token a signed answer changes
 * nothing, and one whose signature is broken changes nothing with it.
 */
#ifndef SEINPOST_INBOX_SIGNATURE_H
#define SEINPOST_INBOX_SIGNATURE_H

#include "gateway.h"
#include "inbox_link.h"
#include "sign_check.h"
#include "span.h"
#include "store_inbox.h"
#include "verdict.h"

/* data: SIGNING_MIME: the signed part with CRLF; else the range as it came, signature empty. */
struct signed_bytes {
	enum verdict_signing signing;
	struct span data, signature;
};

/*
 * Who checks signatures: a process that can be ended (proc/verify_client.h).  An error means that
 * nobody can check now.
 */
struct verifier {
	int (*verify)(void *arg, struct signature_check *out, const struct signed_bytes *s,
	              struct err *e);
	void *arg;
};

struct inbox_signature {
	enum signed_state state;
	char by[FINGERPRINT_TEXT];
	int64_t made_at;
};

/*
 * Outside a transaction: asks the verifier, for a mail that carries a token of ours.  bytes: the
 * mail as it came; the ranges of v are checked against it.
 */
void inbox_signature_check(struct gateway *g, struct inbox_signature *out, const struct verdict *v,
                           const void *bytes, size_t n);
/*
 * Inside one: a good signature is good only by the key of a contact of the company in question, and
 * made no earlier than the mail that it answers: any old one may be sent again.
 */
int inbox_signature_settle(struct gateway *g, struct inbox_signature *s, const struct inbox_link *l,
                           struct err *e) NODISCARD;

#endif
