/*
 * inbox_driver: what a kind of source (IMAP, POP3, Maildir) has to be able to do.
 *
 * The order of commit and flag is in inbox.c alone; a driver lists, loads and settles single mails.
 */
#ifndef SEINPOST_INBOX_DRIVER_H
#define SEINPOST_INBOX_DRIVER_H

#include "arena.h"
#include "base.h"
#include "buf.h"
#include "err.h"
#include "inbox.h"

struct inbox_item {
	const char *uid;
	const char *file; /* Maildir: "new/NAME" or "cur/NAME", NULL elsewhere */
	uint32_t number;  /* IMAP: UID, POP3: message number */
};

struct inbox_list {
	struct arena arena; /* holds the strings */
	struct inbox_item *items;
	size_t n, cap;
};

/* Appends an item; the strings are copied, file may be NULL. */
void inbox_list_add(struct inbox_list *l, const char *uid, const char *file, uint32_t number);

/*
 * A source; opened by its driver, seen by inbox.c through these functions only.  settings stay
 * valid and unchanged while it is open, with every string set.
 */
struct inbox_driver {
	int (*open)(void **source, const struct inbox_settings *s, struct err *e);
	/* All that may be work now, in the order of arrival. */
	int (*list)(void *source, struct inbox_list *out, struct err *e);
	/* Appends at most max_size bytes.  ERR_NOTFOUND: gone meanwhile, ERR_INPUT: this mail
	 * cannot be read. */
	int (*load)(void *source, const struct inbox_item *it, struct buf *out, bool *truncated,
		    struct err *e);
	/* Flags or moves; 0 also where the mail is gone meanwhile, 1 where this mail cannot be and
	 * the others may: the reason is in e. */
	int (*settle)(void *source, const struct inbox_item *it, enum inbox_fate fate,
		      struct err *e);
	/* The round is over. */
	int (*finish)(void *source, struct err *e);
	int (*wait)(void *source, int seconds, int wake_fd, struct err *e);
	void (*close)(void *source);
};

extern const struct inbox_driver inbox_imap_driver;
extern const struct inbox_driver inbox_pop3_driver;
extern const struct inbox_driver inbox_maildir_driver;

#endif
