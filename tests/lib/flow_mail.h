/*
 * flow_mail: inbound mails for tests of the flows.
 */
#ifndef SEINPOST_FLOW_MAIL_H
#define SEINPOST_FLOW_MAIL_H

#include "flow_inbox.h"
#include "flow_world.h"

/* "Field: dienst+TOKEN@dienst.example"; token may be "". */
void flow_mail_address(struct buf *b, const char *field, const char *token);
/* A delivery report about recipient; status as in RFC 3463. */
void flow_mail_bounce(struct buf *b, const char *token, const char *recipient, const char *status,
                      const char *text);
/* The same: user unknown. */
void flow_mail_unknown(struct buf *b, const char *token, const char *recipient);
/* A read receipt of company A; disposition as in RFC 8098. */
void flow_mail_receipt(struct buf *b, const char *token, const char *disposition);
/* A person of company A writes text. */
void flow_mail_reply(struct buf *b, const char *token, const char *text);

/* Takes the mail in and judges it. */
void flow_mail_take(struct flow_world *w, const struct buf *mail, struct inbox_count *count);

void flow_world_assert_counter(const struct flow_world *w, const char *name, int64_t want);

#endif
