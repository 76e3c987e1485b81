/*
 * flow_inbox: mail that came in, into the store, judged, and what follows from it.
 *
 * A mail is committed raw before anything looks inside, and judged in a second transaction; a crash
 * between the two leaves a raw mail that flow_inbox_judge_raw() picks up.
 */
#ifndef SEINPOST_FLOW_INBOX_H
#define SEINPOST_FLOW_INBOX_H

#include "gateway.h"
#include "inbox.h"
#include "verdict.h"

/*
 * Who reads a mail's bytes: a process without rights (proc/parse_client.h), in tests a function.
 * An error means that nobody can read now: the mail stays raw and is judged later.  Whatever is
 * wrong with the mail itself is a verdict.
 */
struct classifier {
	int (*classify)(void *arg, struct verdict *v, const void *bytes, size_t n, struct err *e);
	void *arg;
};

/* Why a token that a mail carries is worth nothing. */
enum token_trouble {
	TOKEN_FINE,    /* it is good, or there is none */
	TOKEN_FORGED,  /* names a mail of ours; not made by us for it */
	TOKEN_GUESSED, /* has the form of a token and names nothing */
	TOKEN_FOREIGN, /* good, but the mail speaks of another company than its token */
	TOKEN_STRAY,   /* good, but the mail returns one that is not ours, to nobody of ours */
	TOKEN_EXPIRED, /* good, but its mail is too long ago or forgotten */
	TOKEN_TROUBLES,
};
/* Names of counters in the store ("forged_tokens"), and what the person who reads it is told. */
extern const char *const token_trouble_counters[TOKEN_TROUBLES];
extern const char *const token_trouble_reviews[TOKEN_TROUBLES];

struct inbox_count {
	uint64_t mails, known, bounces, replies, robots, review;
	uint64_t refused[TOKEN_TROUBLES]; /* mails whose token is worth nothing, by why */
	uint64_t repeated;                /* bounces and answers that came before: without effect */
};

/* Takes one mail: commits it raw, judges it.  fate as inbox.h wants it. */
int flow_inbox_take(struct gateway *g, const struct classifier *c, const char *source,
                    const char *uid, const void *bytes, size_t n, enum inbox_fate *fate,
                    struct inbox_count *count, struct err *e) NODISCARD;
/* Was a mail of that source and uid judged before?  1 with its fate, 0, or an error. */
int flow_inbox_known(struct gateway *g, const char *source, const char *uid, enum inbox_fate *fate,
                     struct err *e) NODISCARD;
/* Judges what a crash left raw. */
int flow_inbox_judge_raw(struct gateway *g, const struct classifier *c, struct inbox_count *count,
                         struct err *e) NODISCARD;

/*
 * Takes all mails of an mbox file, which is neither locked nor changed.  ERR_NOTFOUND; ERR_INPUT
 * where it is none.  After an error the mails in front of it are taken; doing it again takes none
 * of them twice.
 */
int flow_fetch_mbox(struct gateway *g, const struct classifier *c, const char *path,
                    struct inbox_count *count, struct err *e) NODISCARD;

struct fetch_watch {
	void (*failed)(void *arg, const char *name, const struct err *e);
	/* Told before each mail how many were dealt with, of those known of yet; may be NULL. */
	void (*progress)(void *arg, uint64_t done, uint64_t total);
	void *arg;
};

/*
 * Fetches once from every inbox of the configuration (name NULL), or from one.  A source that fails
 * is told and the others go on.  ERR_NOTFOUND: no inbox of that name.
 */
int flow_fetch(struct gateway *g, const struct classifier *c, const char *name,
	       struct inbox_count *count, const struct fetch_watch *watch,
	       struct err *e) NODISCARD;
/* When the inbox of that name was last fetched without an error, 0 = never. */
int flow_fetch_last(const struct gateway *g, const char *name, int64_t *at,
                    struct err *e) NODISCARD;
/*
 * Fetches from one inbox and waits for more until the connection breaks (an error) or stop_fd is
 * readable (0).
 * ERR_NOTFOUND: no inbox of that name.
 */
int flow_follow(struct gateway *g, const struct classifier *c, const char *name, int stop_fd,
                struct inbox_count *count, struct err *e) NODISCARD;
/*
 * Fills the settings of one inbox from the configuration; the password is read into password (wipe
 * it after).
 */
int flow_inbox_settings(const struct conf_inbox *in, struct inbox_settings *out,
                        struct buf *password, struct err *e) NODISCARD;

/* Contacts whose mail was accepted and did not bounce for the configured time are proven. */
int flow_prove_silent(struct gateway *g, struct err *e) NODISCARD;

#endif
