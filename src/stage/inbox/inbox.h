/*
 * inbox: fetches raw mail and never looks inside.
 *
 * A mail is handed to the caller, who commits it, and only then is it flagged or moved at the source: a crash
 * repeats a step, never skips one.  Nothing is deleted unless the source is told so.
 * Input: servers and mails are hostile; a mail larger than max_size is handed on as its first max_size bytes with
 * truncated set.
 */
#ifndef SEINPOST_INBOX_H
#define SEINPOST_INBOX_H

#include "base.h"
#include "err.h"

enum inbox_tls { INBOX_TLS_NONE, INBOX_TLS_STARTTLS, INBOX_TLS_IMPLICIT };
extern const char *const inbox_tls_words[]; /* "none", "starttls", "implicit" */

enum inbox_kind { INBOX_IMAP, INBOX_POP3, INBOX_MAILDIR };
extern const char *const inbox_kind_words[];

struct inbox_settings {
	enum inbox_kind kind;
	const char *name;
	const char *path;               /* Maildir */
	const char *host;
	int port;
	enum inbox_tls tls;
	const char *tls_name, *ca_file; /* "" = host, the system's */
	const char *user, *password;
	const char *folder;             /* IMAP, "INBOX" */
	const char *done_folder;        /* where judged mail goes; "" = it stays, flagged \Seen */
	const char *unclear_folder;     /* where mail for a person goes; "" = as done_folder */
	int timeout;                    /* seconds */
	size_t max_size;
};

struct inbox_mail {
	const char *uid;   /* stable name at the source: "UIDVALIDITY.UID", file name, UIDL */
	const void *bytes;
	size_t len;
	bool truncated;
};

/* What to do with a mail at the source after it was committed. */
enum inbox_fate { INBOX_DONE, INBOX_UNCLEAR };

struct inbox;

/* Connects, checks the certificate, and only then logs in.  ERR_NET / ERR_TEMP (try later), ERR_CONF (log-in refused,
 * certificate wrong, folder missing): the text says what to do. */
int inbox_open(struct inbox **out, const struct inbox_settings *s, struct err *e) NODISCARD;
/*
 * Fetches what is new, calling take() for each mail; take() answers the mail's fate after it was committed, or an
 * error, which leaves the mail as it is and stops.  known() says whether a uid was committed before (a crash between
 * commit and flag): such a mail is only flagged again with the fate that known() gives.
 */
struct inbox_sink {
	int (*take)(void *arg, const struct inbox_mail *m, enum inbox_fate *fate, struct err *e);
	bool (*known)(void *arg, const char *uid, enum inbox_fate *fate);
	void *arg;
};
int inbox_fetch(struct inbox *in, const struct inbox_sink *sink, struct err *e) NODISCARD;
/*
 * Waits up to seconds for new mail (IDLE, or a look at the folder), or until wake_fd (-1: none) becomes readable.
 * 0 either way; an error where the connection is gone.
 */
int inbox_wait(struct inbox *in, int seconds, int wake_fd, struct err *e) NODISCARD;
void inbox_close(struct inbox *in);

#endif
