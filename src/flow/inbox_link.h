/*
 * inbox_link: which of our mails an inbound mail is about, and whether it proves it.
 *
 * Only a valid token ties a mail to one of ours so that it may change state; our Message-ID or a
 * reference only help a person to see what it is about.
 */
#ifndef SEINPOST_INBOX_LINK_H
#define SEINPOST_INBOX_LINK_H

#include "ack.h"
#include "flow_inbox.h"
#include "store_inbox.h"
#include "store_mail.h"
#include "store_warning.h"
#include "verdict.h"

struct inbox_link {
	enum inbox_trust trust;
	enum ack_token token;
	enum token_trouble trouble;
	struct mail_row mail;   /* trust down to TRUST_MESSAGE_ID */
	struct warning warning; /* trust other than none */
};

/* Does an address of the mail hold a token of ours?  Asks no store. */
bool inbox_link_has_token(struct gateway *g, const struct verdict *v);
/* Texts are in the arena.  Inside a transaction. */
int inbox_link_find(struct gateway *g, struct arena *a, struct inbox_link *l,
                    const struct verdict *v, struct err *e) NODISCARD;

#endif
