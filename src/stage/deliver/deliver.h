/*
 * deliver: sealed mails -> the far side, one SMTP session, many mails.
 *
 * Runs in a worker process of its own that a watchdog ends (proc/sender.c): libesmtp has no connect
 * timeout and a write timeout inside of it punches holes into a mail that is then accepted.
 * Nothing here touches the store.
 * Input: server replies are hostile (made printable, cut); mails, addresses and envelope ids are
 * ours but checked again before they reach a command line.
 */
#ifndef SEINPOST_DELIVER_H
#define SEINPOST_DELIVER_H

#include "base.h"
#include "delivery.h"
#include "err.h"

enum deliver_tls { TLS_NONE, TLS_OPPORTUNISTIC, TLS_REQUIRED };
extern const char *const deliver_tls_words[]; /* "none", "opportunistic", "required" */

struct deliver_route {
	const char *host; /* name or IPv4 address; IPv6 literals are not possible in the library */
	int port;
	enum deliver_tls tls;
	const char *tls_name;  /* name (or IP address) the certificate must have; "" = host */
	const char *ca_file;   /* "" = the system's */
	const char *user, *password; /* "" = no AUTH; never sent in clear unless auth_in_clear */
	bool auth_in_clear;
	const char *helo;      /* our own name */
	bool dsn;              /* ask for RET=HDRS ENVID NOTIFY=FAILURE,DELAY ORCPT */
	int mails_per_session; /* then the session ends; >= 1 */
	int timeout; /* seconds for a reply; twice that for the one to the final dot */
};

/*
 * How far a mail got.  The parent of a worker keeps the last one it was told, so that it can say
 * what became of the mail when the worker died or had to be killed.
 */
enum deliver_progress { DELIVER_NOT_STARTED, DELIVER_ENVELOPE, DELIVER_BODY, DELIVER_BODY_END };
/* "not_started", "envelope", "body", "body_end" */
extern const char *const deliver_progress_words[];

/*
 * The outcome of a mail whose worker died without a result: not_tried, deferred, deferred, unknown.
 * The final dot cannot have left before DELIVER_BODY_END was reported.
 */
enum outcome deliver_outcome(enum deliver_progress progress);

/* Where the mails of a session come from and their results go to. */
struct deliver_source {
	/*
	 * Next mail into *d (valid until its result was given): 1.  No more: 0, the session ends
	 * with QUIT.  May block for a short while.
	 */
	int (*next)(void *arg, struct delivery *d);
	/* Exactly once for every mail that next() gave, as soon as it is known. */
	void (*done)(void *arg, const struct attempt_result *r);
	/*
	 * May be NULL.  Called when the server took the sender (ENVELOPE), when the body begins to
	 * be read and, before the final dot is written, when it was read to its end.
	 */
	void (*progress)(void *arg, int64_t delivery_id, enum deliver_progress progress);
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
 * Runs one session.  0 also where every mail failed: outcomes are results, not errors.  An error
 * means that the route's settings are unusable (ERR_CONF: port 465, IPv6 literal, control
 * characters) and nothing was tried.
 *
 * The session takes the first mail before it connects, so a route that is down costs one mail a
 * "not_tried", no more.  It ends after mails_per_session mails, when next() has none, when the
 * server says 421 or refuses DATA, and at once when something is wrong with the session itself:
 * bytes behind the answer to STARTTLS, a reply over 64 KiB, a line over 1000 octets or a reply that
 * drips in for longer than the timeout, AUTH refused, no TLS or AUTH where the route wants it.
 * Then `trouble` says so, and the mails that were not answered are not_tried or deferred; unknown
 * are only those whose body was read to its end.
 *
 * Opportunistic TLS takes any certificate, required TLS only one that verifies for tls_name.  The
 * password is sent only under a certificate that verifies, in both modes, unless auth_in_clear.
 *
 * A mail that cannot go over SMTP unchanged (see deliver_check.h) is refused by us: refused, code
 * 0, stage "check".  530 (authentication required) is deferred: it says something about our
 * settings, nothing about the mail.
 *
 * Waits: each reply is waited for no longer than its timeout; a peer that stops reading is given up
 * after the timeout (TCP_USER_TIMEOUT).  Not bounded here, and left to the caller's watchdog: name
 * lookup, connect() (about two minutes an address) and a TLS handshake that drips.
 */
int deliver_run(struct deliver_session *out, const struct deliver_route *route,
                const struct deliver_source *source, struct err *e) NODISCARD;

/*
 * The TLS handshake of a session by this route, on a socket that does not block and whose server
 * has said that it is ready for it.  ERR_CONF says why no session would get further; waits for the
 * server no longer than seconds.
 */
int deliver_probe_tls(int fd, const struct deliver_route *route, int seconds,
                      struct err *e) NODISCARD;

/*
 * Once a process, before the first session: ignores SIGPIPE, starts the AUTH plugins, and points
 * HOME at nothing (the library looks for client certificates there and refuses TLS where it cannot
 * look).
 */
void deliver_init(void);

#endif
