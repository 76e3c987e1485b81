/*
 * conf_item: the settings of a group by a table, for conf.c.
 *
 * All functions return 0 or ERR_CONF with file, line and name in the text; what they give lives in
 * the reader's arena.
 */
#ifndef SEINPOST_CONF_ITEM_H
#define SEINPOST_CONF_ITEM_H

#include "base.h"

#include <libconfig.h>
#include <limits.h>

#include "arena.h"
#include "err.h"

struct conf_reader {
	struct arena *a;
	const char *file;
	char folder[PATH_MAX];
	struct err *e;
};

enum item_type {
	ITEM_TEXT,
	ITEM_MAIL,
	ITEM_MAIL_TAGGED, /* "+TOKEN" goes before its @ */
	ITEM_PATH,
	ITEM_INT,
	ITEM_BOOL,
	ITEM_DURATION,
	ITEM_SECONDS,
	ITEM_SIZE,
	ITEM_WORD,
	ITEM_CHAR,
	ITEM_SKIP
};

/* One setting of a group: where it goes and what it may be. */
struct conf_item {
	const char *name;
	enum item_type type;
	size_t offset;
	bool required;
	int64_t min, max;  /* ITEM_INT, ITEM_DURATION, ITEM_SIZE */
	const char *words; /* ITEM_WORD: "|imap|pop3|maildir|" */
};

int conf_complain(const struct conf_reader *r, const config_setting_t *s,
                  const char *what) NODISCARD;
/* One line of UTF-8. */
int conf_text(const struct conf_reader *r, const config_setting_t *s, const char **out) NODISCARD;
/* words: "|imap|pop3|maildir|" */
int conf_word(const struct conf_reader *r, const config_setting_t *s, const char *words,
              const char **out) NODISCARD;
/* Fills *into from a group by its table. */
int conf_group_read(const struct conf_reader *r, const config_setting_t *group,
                    const struct conf_item *items, size_t n, void *into) NODISCARD;
/* The list named name of root: NULL and *n = 0 where it is absent. */
int conf_list_open(const struct conf_reader *r, const config_setting_t *root, const char *name,
                   const config_setting_t **list, size_t *n) NODISCARD;
/* No two groups of the list (or NULL) have the same value of a required setting. */
int conf_list_unique(const struct conf_reader *r, const config_setting_t *list, size_t n,
                     const char *name) NODISCARD;

#endif
