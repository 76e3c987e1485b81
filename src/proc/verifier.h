/*
 * verifier: the process that has gpg look at the signature of an answer, and its messages.
 */
#ifndef SEINPOST_VERIFIER_H
#define SEINPOST_VERIFIER_H

#include "base.h"

/*
 * asker -> verifier: ASK once: home, how it is signed (verdict.h), signed bytes, signature ("" for
 * a message that holds its own).  verifier -> asker: FOUND: code (0 or an error), finding
 * (sign_check.h), fingerprint, text of the error.  Then it ends.
 */
enum verifier_message { VERIFIER_ASK = 1, VERIFIER_FOUND };

enum {
	VERIFIER_SECONDS = 10,         /* for all of it, gpg's time on a processor too */
	VERIFIER_MESSAGE_MAX = 1 << 20 /* octets */
};

/* The role: one question on fd, one answer.  Returns the exit status. */
int verifier_main(int fd);

#endif
