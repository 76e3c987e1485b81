/*
 * verdict: what one inbound mail is, as far as it can be told from its bytes alone.
 *
 * A fixed-size record without pointers: it crosses the border from the parser's process and is
 * checked there as if hostile.  All text is printable UTF-8 (utf8_printable()), NUL-terminated, cut
 * to its field.
 */
#ifndef SEINPOST_VERDICT_H
#define SEINPOST_VERDICT_H

#include "base.h"

enum verdict_kind {
	VERDICT_BOUNCE,
	VERDICT_DELAYED,
	VERDICT_SUCCESS,
	VERDICT_FEEDBACK,
	VERDICT_AUTOREPLY,
	VERDICT_REPLY,
	VERDICT_OTHER,
};
extern const char *const verdict_kind_words[];

/* hard: the ADDRESS is bad.  soft: anything else failed. */
enum verdict_class { VERDICT_CLASS_NONE, VERDICT_HARD, VERDICT_SOFT };
extern const char *const verdict_class_words[];

/* Was this FAILURE final (RFC 3463 class 5) or not (class 4). */
enum verdict_perm { VERDICT_PERM_NONE, VERDICT_PERMANENT, VERDICT_TEMPORARY };
extern const char *const verdict_perm_words[];

enum verdict_reason {
	REASON_NONE,
	REASON_USER,
	REASON_DOMAIN,
	REASON_FULL,
	REASON_DISABLED,
	REASON_SIZE,
	REASON_POLICY,
	REASON_CONTENT,
	REASON_RATE,
	REASON_NETWORK,
	REASON_SYSTEM,
	REASON_OTHER,
};
extern const char *const verdict_reason_words[];

enum verdict_answer {
	ANSWER_NONE,
	ANSWER_RECEIVED,
	ANSWER_RESOLVED,
	ANSWER_NOT_OURS,
	ANSWER_UNSUBSCRIBE,
	ANSWER_CALL_ME,
};
extern const char *const verdict_answer_words[];

/* What a report says of a mail's way to one recipient (RFC 3464, 2.3.3), the best news last. */
enum verdict_action {
	ACTION_NONE,
	ACTION_FAILED,
	ACTION_DELAYED,
	ACTION_RELAYED, /* it went on, to one or to a list: more may be told, or nothing */
	ACTION_DELIVERED,
};

/* What a person should know of a reply whatever its answer is. */
enum verdict_remark {
	REMARK_NONE,
	REMARK_ASKS, /* it asks something of us */
	REMARK_HARM, /* it tells that attackers were there: its answer is none */
};
extern const char *const verdict_remark_words[];

/* How a reply carries an OpenPGP signature.  Not verified. */
enum verdict_signing {
	SIGNING_NONE,
	SIGNING_MIME,         /* beside the signed part (RFC 3156) */
	SIGNING_CLEAR,        /* around the text (RFC 9580, 7), as it stands */
	SIGNING_CLEAR_QUOTED, /* ... quoted-printable */
	SIGNING_CLEAR_BASE64, /* ... base64 */
};

enum {
	VERDICT_RECIPIENTS = 32, VERDICT_ADDRESSES = 8, VERDICT_IDS = 12,
	VERDICT_ADDRESS_TEXT = 256, VERDICT_ID_TEXT = 256, VERDICT_LINE = 256, VERDICT_TEXT = 4096,
};

struct verdict_recipient {
	char address[VERDICT_ADDRESS_TEXT]; /* lower case */
	char status[12];                    /* "5.1.1" or "" */
	int reply;                          /* 550 or 0 */
	enum verdict_class class;
	enum verdict_perm perm;
	enum verdict_reason reason;
};

/* A recipient whom the mail did not fail to reach. */
struct verdict_spared {
	char address[VERDICT_ADDRESS_TEXT]; /* lower case; "" where it is not told */
	enum verdict_action action;         /* delayed or better */
};

/* Bytes of the mail: len 0 for none. */
struct verdict_range {
	int32_t at, len;
};

struct verdict {
	enum verdict_kind kind;
	enum verdict_answer answer; /* of a reply */
	enum verdict_remark remark; /* the same */
	bool unparsable;            /* limits exceeded or the parser died; kind is other */
	bool truncated;             /* more recipients than fit */
	bool receipt;               /* says that the mail was read, or was not; kind is other */

	struct verdict_recipient recipient[VERDICT_RECIPIENTS];
	int n_recipients;
	struct verdict_recipient overall; /* for mails that name no recipient; address is "" */

	/* Of a report: beside those that failed, or all where none did. */
	struct verdict_spared spared[VERDICT_RECIPIENTS];
	int n_spared;

	/* How it may belong to a mail of ours; all of it as claimed by the mail, none of it
	 * trusted. */
	char envelope_to[VERDICT_ADDRESSES]
			[VERDICT_ADDRESS_TEXT]; /* Delivered-To, X-Original-To, Envelope-To */
	int n_envelope_to;
	char header_to[VERDICT_ADDRESSES][VERDICT_ADDRESS_TEXT];   /* To, Cc */
	int n_header_to;
	char message_id[VERDICT_IDS][VERDICT_ID_TEXT]; /* In-Reply-To, References, Message-ID of the
							  returned mail */
	int n_message_id;
	char envid[VERDICT_ID_TEXT];                   /* Original-Envelope-Id */

	/* For the person who reads it. */
	char from[VERDICT_ADDRESS_TEXT];
	char subject[VERDICT_LINE];
	char own_message_id[VERDICT_ID_TEXT];
	char text[VERDICT_TEXT];            /* what its writer typed, without quote and signature */
	char proposed[VERDICT_ADDRESS_TEXT]; /* "write to X from now on" */
	char ticket[64];                    /* number a ticket system gave it */

	/* What is signed, and the armoured signature where it stands by itself (SIGNING_MIME). */
	enum verdict_signing signing;
	struct verdict_range signed_part, signature;

	/* Why. */
	char rule[64];            /* name of the rule that decided the kind */
	char reason_rule[64];     /* ... the reason */
	char answer_rule[64];     /* ... the answer */
	char evidence[VERDICT_LINE]; /* the header or line it stood in */
	char part[32];            /* MIME part, "1.2" */
};

/* Everything zero but kind = other. */
void verdict_init(struct verdict *v);
/*
 * Is v well-formed: enums in range, counts in range, strings terminated and printable?  For a
 * record that came from the parser's process.  Whether its ranges lie in the mail is for who has
 * the mail to say (verdict_range_in()).
 */
bool verdict_valid(const struct verdict *v);
/* Does the range lie in a mail of n bytes, and is it not empty? */
bool verdict_range_in(struct verdict_range r, size_t n);

#endif
