/*
 * conf: the configuration file, read once into an immutable struct.
 *
 * libconfig syntax; seinpost.conf(5) is the manual.  Unknown names, wrong types and values out of
 * range are errors with file and line.  Sizes and durations are strings with units ("512k", "30m").
 * Secrets stand in files of their own whose owner and mode are checked.  Relative paths are
 * relative to the folder of the configuration file.
 */
#ifndef SEINPOST_CONF_H
#define SEINPOST_CONF_H

#include "arena.h"
#include "base.h"
#include "err.h"

struct conf_gateway {
	/* "Waarschuwingsdienst": the From name and the signature under the text */
	const char *name;
	const char *organisation;  /* who is behind it, in full */
	const char *from;          /* mail address of the From line */
	const char *reply_address; /* answers+TOKEN@... is made of it */
	const char *bounce_address;
	const char *phone, *website;
	int node;                  /* 1..4095, part of every id */
};

struct conf_sign {
	const char *home, *fingerprint, *passphrase_file;
	int processes;  /* signer processes, each with an agent of its own: one agent is one core */
	int per_minute; /* most signatures in a minute, all processes together; 0 = no limit */
};

struct conf_token_key {
	int number; /* 0..31 */
	const char *file;
};

struct conf_route {
	const char *name, *host;
	int port;
	const char *tls;           /* "none", "opportunistic", "required" */
	const char *tls_name, *ca_file, *user, *password_file, *helo;
	bool auth_in_clear, dsn;
	int connections, mails_per_session;
	int timeout;               /* seconds */
	int rate;                  /* mails a minute, 0 = no limit */
	bool backup;               /* used only while every route that is none is down or paused */
};

enum { CONF_RETRIES = 8 };

struct conf_deliver {
	/* seconds after which a mail that was never accepted is given up; 0: by severity */
	int64_t give_up;
	/* seconds to wait after the k-th attempt; the last one repeats */
	int64_t retry[CONF_RETRIES];
	int n_retry;               /* 0: by severity */
	bool hold_unknown;         /* unknown = "hold"; default "resend" */
	int in_flight;             /* mails under way at once, all routes together */
	int64_t lease;             /* seconds a claim is good for */
	/*
	 * The circuit breaker of each route: it is paused for breaker_pause seconds, twice as long
	 * each time in a row up to breaker_pause_most, after breaker_failures answers in a row that
	 * blame the route (policy, reputation, rate), or when breaker_share percent of the latest
	 * breaker_window answers are refusals of any kind (0: never).
	 */
	int breaker_failures, breaker_share, breaker_window;
	int64_t breaker_pause, breaker_pause_most;
};

struct conf_inbox {
	const char *name, *kind;   /* "imap", "pop3", "maildir" */
	const char *path, *host, *tls, *tls_name, *ca_file, *user, *password_file, *folder,
		*done_folder, *unclear_folder;
	int port, timeout;
	bool login_in_clear, pop3_delete;
	int64_t max_size;
	int64_t every;             /* seconds between looks where the server cannot tell */
};

struct conf_column {
	const char *column, *field;
};

struct conf_mapping {
	const char *name, *feed, *advice;
	char delimiter;
	struct conf_column *columns;
	size_t n_columns;
};

struct conf {
	struct arena arena;
	const char *file;
	struct conf_gateway gateway;
	const char *store, *templates, *advice;
	struct conf_sign sign;
	struct conf_deliver deliver;
	int deadline_days;
	int quiet_days; /* in which a feed does not tell an owner the same again */
	int64_t proof; /* seconds without a bounce after which an accepted mail proves a contact */
	/* seconds after a mail was made in which answers and bounces to it count */
	int64_t token_lifetime;
	struct conf_token_key *token_keys;
	struct conf_route *routes;
	struct conf_inbox *inboxes;
	struct conf_mapping *mappings;
	size_t n_token_keys, n_routes, n_inboxes, n_mappings;
};

/* ERR_NOTFOUND where there is no such file, ERR_CONF for everything else.  The caller frees. */
int conf_load(struct conf **out, const char *path, struct err *e) NODISCARD;
void conf_free(struct conf *c);

#endif
