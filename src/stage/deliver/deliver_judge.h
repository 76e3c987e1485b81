/*
 * deliver_judge: from the answers to MAIL, RCPT and DATA to the one outcome of a mail.  Pure; no
 * library.
 *
 * The library calls a session a success nearly always, so its own verdict is not asked.
 */
#ifndef SEINPOST_DELIVER_JUDGE_H
#define SEINPOST_DELIVER_JUDGE_H

#include "base.h"
#include "deliver.h"

/* As the library keeps them; 0 = no answer.  One mail has one recipient. */
struct deliver_answers {
	int mail, rcpt;
	int data;      /* the last answer to DATA or to the final dot */
	bool complete; /* the library's word that the server took the mail for the recipient */
	bool body_end; /* the body was read to its end: the final dot may have left */
};

struct deliver_judgement {
	enum outcome outcome;
	int code;          /* the answer that decided, 0 = none */
	const char *stage; /* "mail", "rcpt", "data", "dot" */
};

struct deliver_judgement deliver_judge(const struct deliver_answers *a);

/*
 * Fills r->status and r->text from a reply text of the far side (hostile, lines ending in CRLF, may
 * be NULL): one printable line, cut.  Leading enhanced codes (RFC 3463) are taken off the lines
 * where their class fits the reply code; the last one becomes the status.
 */
void deliver_set_text(struct attempt_result *r, const char *text);

#endif
