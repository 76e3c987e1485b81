/*
 * listing: what the listing commands begin with, and the sizes they cut text to.
 */
#ifndef SEINPOST_LISTING_H
#define SEINPOST_LISTING_H

#include "cli.h"

struct listing {
	/* what the command takes, besides --format */
	const struct option_spec *spec;
	size_t n_spec;
	int least, most;  /* words behind the command */
	const char *what; /* those words, for error texts */
	/* what was given */
	enum table_format format;
	char **args;
	int n;
};

enum { LISTING_OPTIONS = 8 };

/* Parses the command line and opens the store.  ERR_USAGE, and what cli_need() says. */
int listing_open(struct listing *l, struct cli *c, int argc, char **argv, struct err *e) NODISCARD;

/* A number that another listing showed as id. */
int cli_id(const char *text, int64_t *out, struct err *e) NODISCARD;
/* The id of an incident; 0 for slug NULL.  ERR_NOTFOUND. */
int cli_incident(struct cli *c, const char *slug, int64_t *out, struct err *e) NODISCARD;

/* The columns "at, from, to, reason, evidence" of a history (warnings and contacts). */
extern const struct column history_columns[];
enum { HISTORY_COLUMNS = 5 };
/* A history_fn and contact_event_fn; arg is the table. */
int listing_add_event(void *arg, int64_t at, const char *from, const char *to, const char *reason,
                      const char *evidence, struct err *e);

#endif
