/*
 * delivery: one mail of a warning to one contact, and what became of each attempt to hand it over.
 */
#ifndef SEINPOST_DELIVERY_H
#define SEINPOST_DELIVERY_H

#include "base.h"

enum mail_state {
	MAIL_READY,
	MAIL_IN_FLIGHT,
	MAIL_ACCEPTED,
	MAIL_DEFERRED,
	MAIL_REFUSED,
	MAIL_UNKNOWN, /* our side */
	MAIL_BOUNCED,
	MAIL_DELAYED,
	MAIL_CONFIRMED, /* told by the inbox */
	MAIL_HELD,
	MAIL_CANCELLED,
	MAIL_EXPIRED, /* a person, or time */
};
extern const char *const mail_state_words[];

/* Bytes, Message-ID and envelope never change once made: each retry sends the same. */
struct delivery {
	int64_t id, warning_id, contact_id;
	const char *env_from, *env_to, *message_id, *envid;
	const void *bytes; /* the finished mail, CRLF line ends */
	size_t len;
	enum mail_state state;
	int attempts;         /* made so far, this one included once claimed */
	int priority;         /* larger goes first */
	int last_code;        /* reply code that ended the attempt before; 0 = none */
	int64_t next_try, give_up_at;
	int64_t lease_no;     /* fencing number of the claim */
};

/*
 * What came of one attempt.  unknown: the connection was lost after the final dot; the far side may
 * have it. not_tried: nothing of this mail was sent (connection refused, session ended before):
 * counts as deferred, but says nothing about the recipient.
 */
enum outcome {
	OUTCOME_ACCEPTED,
	OUTCOME_DEFERRED,
	OUTCOME_REFUSED,
	OUTCOME_UNKNOWN,
	OUTCOME_NOT_TRIED
};
extern const char *const outcome_words[];

enum { REPLY_TEXT_MAX = 512 };

struct attempt_result {
	int64_t delivery_id;
	enum outcome outcome;
	int code;                         /* SMTP reply code, 0 = none */
	char status[16];                  /* enhanced code "5.1.1" as in the reply, or "" */
	char stage[16]; /* "connect", "tls", "auth", "mail", "rcpt", "data", "dot" */
	char text[REPLY_TEXT_MAX];        /* the server's words, made printable and cut */
};

#endif
