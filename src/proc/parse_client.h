/*
 * parse_client: a classifier (flow_inbox.h) whose work is done by a parser process, which has each
 * mail read by a child without rights.
 *
 * The process is kept from mail to mail and replaced after an answer that is not well-formed, when
 * it takes too long and when it dies.  A mail that fails in a process that has read others is read
 * once more in a fresh one before it is condemned, as other and unparsable: what ended the process
 * may have been no work of the mail.
 */
#ifndef SEINPOST_PARSE_CLIENT_H
#define SEINPOST_PARSE_CLIENT_H

#include "base.h"
#include "err.h"
#include "flow_inbox.h"

struct parse_options {
	/* Starts the process as spawn_role() does; NULL: spawn_role(). */
	int (*spawn)(const char *role, pid_t *pid, int *fd, struct err *e);
	int deadline_ms; /* for one mail, and for the start; 0: 5 s */
};

struct parse_count {
	uint64_t started, mails, unparsable;
};

struct parse_client;

/* Starts nothing yet.  o may be NULL. */
struct parse_client *parse_client_new(const struct parse_options *o) NODISCARD;
/* Ends the process. */
void parse_client_free(struct parse_client *p);
/*
 * Valid as long as the client.  Its classify() fails (ERR_TEMP, ERR_IO) only where no parser can be
 * started at all; every trouble with the mail itself is a verdict.
 */
struct classifier parse_client_classifier(struct parse_client *p);
struct parse_count parse_client_count(const struct parse_client *p);

#endif
