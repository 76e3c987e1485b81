/*
 * deliver: sealed mails -> the far side, one SMTP session, many mails.
 *
 * Runs in a worker process of its own that a watchdog ends (proc/sender.c): libesmtp has no connect timeout and a
 * write timeout inside of it punches holes into a mail that is then accepted.  Nothing here touches the store.
 * Input: server replies are hostile (made printable, cut); mails, addresses and envelope ids are ours but checked
 * again before they reach a command line.
 */
#ifndef SEINPOST_DELIVER_H
#define SEINPOST_DELIVER_H

#include "base.h"
#include "delivery.h"
#include "err.h"

enum deliver_tls { TLS_NONE, TLS_OPPORTUNISTIC, TLS_REQUIRED };
extern const char *const deliver_tls_words[]; /* "none", "opportunistic", "required" */

struct deliver_route {
	const char *name;
	const char *host;      /* name or IPv4 address; IPv6 literals are not possible in the library */
	int port;
	enum deliver_tls tls;
	const char *tls_name;  /* name the certificate must have; "" = host */
	const char *ca_file;   /* "" = the system's */
	const char *user, *password; /* "" = no AUTH; AUTH is never sent in clear unless auth_in_clear */
	bool auth_in_clear;
	const char *helo;      /* our own name */
	bool dsn;              /* ask for RET=HDRS ENVID NOTIFY=FAILURE,DELAY ORCPT */
	int mails_per_session; /* then the session ends; >= 1 */
	int timeout;           /* seconds for a reply */
};

/* Where the mails of a session come from and their results go to. */
struct deliver_source {
	/*
	 * Next mail into *d (valid until its result was given): 1.  No more: 0, the session ends with QUIT.  May block
	 * for a short while.
	 */
	int (*next)(void *arg, struct delivery *d);
	/* Exactly once for every mail that next() gave, as soon as it is known. */
	void (*done)(void *arg, const struct attempt_result *r);
	void *arg;
};

/* What went wrong with the session as a whole, apart from the mails. */
struct deliver_session {
	bool connected;
	bool tls;
	char greeting[128];
	char trouble[REPLY_TEXT_MAX]; /* "" or: authentication refused, certificate wrong, ... */
};

/*
 * Runs one session.  0 also where every mail failed: outcomes are results, not errors.  An error means that the
 * route's settings are unusable (ERR_CONF: port 465, IPv6 literal, control characters) and nothing was tried.
 */
int deliver_run(struct deliver_session *out, const struct deliver_route *route, const struct deliver_source *source,
                struct err *e) NODISCARD;

/* Once a process, before the first session: ignores SIGPIPE, starts the AUTH plugins. */
void deliver_init(void);

#endif
