/*
 * inbox: fetches raw mail and never looks inside.
 *
 * A mail is handed to the caller, who commits it, and only then is it flagged or moved at the
 * source: a crash repeats a step, never skips one.  Nothing is deleted unless the source is told
 * so.
 * Input: servers and mails are hostile; a mail larger than max_size is handed on as its first
 * max_size bytes with truncated set.
 *
 * What counts as work at the source:
 *   IMAP, with done_folder      all of folder that is not \Deleted; judged mail is marked \Seen
 *                               and moved
 *   IMAP, without done_folder   what is neither \Seen nor $SeinpostDone; judged mail gets both
 *                               flags and stays
 *   Maildir                     the same with new/ and cur/ and the flag S
 *   POP3                        whatever known() does not know; judged mail stays, unless
 *                               pop3_delete
 * Folders for judged mail are created where they are missing.
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
	const char *name;               /* of this source, for error texts */
	const char *path;               /* Maildir */
	const char *host;
	int port;                       /* 0 = the one registered for kind and tls */
	enum inbox_tls tls;
	const char *tls_name, *ca_file; /* "" = host, the system's */
	const char *user, *password;
	const char *folder;             /* IMAP, "INBOX" */
	/* Where judged mail goes; "" = it stays, flagged \Seen.  IMAP: as the server names it.
	 * Maildir: a subfolder (Maildir++, "Done" is PATH/.Done), or with "/" in front another
	 * Maildir on the same file system. */
	const char *done_folder;
	const char *unclear_folder;     /* where mail for a person goes; "" = as done_folder */
	int timeout; /* seconds of silence; one command may take ten times as long */
	size_t max_size;                /* bytes of one mail, 1 byte to 1 GiB */
	bool login_in_clear; /* let the password go unencrypted to a host that is not this one */
	bool pop3_delete;               /* delete judged mail at a POP3 server */
};

struct inbox_mail {
	/*
	 * Stable name at the source: "UIDVALIDITY.UID", file name without flags, UIDL, offset in an
	 * mbox.  Printable but for a Maildir, where any byte except NUL and "/" can stand in it.
	 * Another mailbox has the same names for other mails: who keeps them keeps the mailbox.  A
	 * folder that was made anew (other UIDVALIDITY) has other names for the same mails: who
	 * wants a mail to count once compares its bytes too.
	 */
	const char *uid;
	const void *bytes;
	size_t len;
	bool truncated;    /* the mail is larger than max_size */
};

/* What to do with a mail at the source after it was committed. */
enum inbox_fate { INBOX_DONE, INBOX_UNCLEAR };

struct inbox;

/*
 * Connects, checks the certificate, and only then logs in.  ERR_NET / ERR_TEMP (try later),
 * ERR_CONF (log-in refused, certificate wrong, folder missing): the text says what to do.  The
 * settings are copied.
 */
int inbox_open(struct inbox **out, const struct inbox_settings *s, struct err *e) NODISCARD;
/*
 * Fetches what is new, calling take() for each mail; take() answers the mail's fate after it was
 * committed, or an error, which leaves the mail as it is and stops.  known() says whether a uid was
 * committed before (a crash between commit and flag): such a mail is only flagged again with the
 * fate that known() gives.  known may be NULL: none.
 * A mail that cannot be read, or after take() not flagged or moved, is passed over, and the error
 * is returned after the others.  After any other error the inbox is of no more use: close it and
 * open it again, for a network with a pause between.
 */
struct inbox_sink {
	int (*take)(void *arg, const struct inbox_mail *m, enum inbox_fate *fate, struct err *e);
	bool (*known)(void *arg, const char *uid, enum inbox_fate *fate);
	void *arg;
	/*
	 * Told before each mail that it is the n-th (from 0) of so many; not called for an mbox.
	 * May be NULL.
	 */
	void (*at)(void *arg, uint64_t n, uint64_t total);
};
int inbox_fetch(struct inbox *in, const struct inbox_sink *sink, struct err *e) NODISCARD;
/*
 * Waits up to seconds for new mail (IDLE, or a look at the folder), or until wake_fd (-1: none)
 * becomes readable. 0 either way; an error where the connection is gone.
 */
int inbox_wait(struct inbox *in, int seconds, int wake_fd, struct err *e) NODISCARD;
/* Logs out (a few seconds at most) and frees; accepts NULL. */
void inbox_close(struct inbox *in);

/*
 * Imports a file of mails as mboxrd (also mboxo): "From " lines divide, one ">" of a quoted one is
 * taken off.  Only take() and known() are called, the file is never changed.  max_size as in the
 * settings.  ERR_NOTFOUND, ERR_IO; ERR_INPUT where the file does not begin with a "From " line, or
 * is a folder.
 */
int inbox_mbox_read(const char *path, size_t max_size, const struct inbox_sink *sink,
                    struct err *e) NODISCARD;

#endif
