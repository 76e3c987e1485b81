/*
 * agent_link: a kept connection to gpg-agent (the Assuan protocol); for the other files of this
 * folder only.
 *
 * gpgme's own Assuan engine is not used: where the agent ends while a command is on its way, gpgme
 * 1.18 traces the (size_t)-1 octets of the failed read and crashes the process, and it has no time
 * limit.
 */
#ifndef SEINPOST_AGENT_LINK_H
#define SEINPOST_AGENT_LINK_H

#include "base.h"
#include "buf.h"
#include "err.h"

enum { AGENT_LINE = 1002, AGENT_ANSWER_MAX = 8192 };

/* fd < 0: closed; every command then fails. */
struct agent_link {
	int fd;
	int pairs;   /* sent and not yet answered */
	size_t have; /* bytes of in[] that were read and not yet used */
	char in[AGENT_LINE];
};

#define AGENT_LINK_INIT                                                                            \
	{                                                                                          \
		.fd = -1                                                                           \
	}

/*
 * Connects to the socket and forbids the agent to ask a person.  ERR_TEMP: nobody answers there.
 */
int agent_open(struct agent_link *l, const char *socket_name, struct err *e) NODISCARD;
/* Uses a connected socket as it is, and owns it. */
void agent_use(struct agent_link *l, int fd);
/*
 * Sends one command (one line, without its LF); the data that comes back replaces what was in data.
 * ERR_TEMP: the agent refused, went away or was silent for too long; in the last two cases, or
 * where it broke the protocol (ERR_PERM), the link is closed.
 */
int agent_command(struct agent_link *l, const char *command, struct buf *data,
                  struct err *e) NODISCARD;
/*
 * Two commands in one write, and later both answers: a switch to the agent and back less, and the
 * agent may have the next pair before it is done with one.  Answers come in the order of the pairs;
 * data is that of the second command, the error that of the first where both fail.  Any error
 * closes the link where other pairs are under way: their answers could be taken for each other's.
 */
int agent_send_pair(struct agent_link *l, const char *first, const char *second,
                    struct err *e) NODISCARD;
int agent_read_pair(struct agent_link *l, struct buf *data, struct err *e) NODISCARD;
/* Accepts a closed one. */
void agent_close(struct agent_link *l);

#endif
