/*
 * catalog: the parsed templates of one language; for warn only.
 */
#ifndef SEINPOST_CATALOG_H
#define SEINPOST_CATALOG_H

#include "advice.h"
#include "base.h"
#include "buf.h"
#include "warn.h"

enum { CATALOG_FILE_MAX = 256 * 1024 };

/* One file as read; name without folder and ".mustache". */
struct catalog_file {
	char *name, *path;
	struct buf text;
};

struct catalog_files {
	struct catalog_file *file;
	size_t n, cap;
};

struct warn_catalog {
	enum language language;
	struct template *warning, *subject;
	struct catalog_kind {
		char *name;
		struct advice advice;
	} * kind;
	size_t n_kind, cap_kind;
	struct catalog_files partials;
	struct template_loader loader; /* finds partials */
};

/* NULL where there is no advice of that kind. */
const struct catalog_kind *catalog_find(const struct warn_catalog *c, const char *kind);

/*
 * Reads every *.mustache of a folder, in order of their names.  ERR_NOTFOUND, ERR_IO, ERR_INPUT
 * (too large).
 */
int catalog_read_folder(struct catalog_files *out, const char *dir, struct err *e) NODISCARD;
void catalog_files_clear(struct catalog_files *f);
/* The template_loader function; arg is a struct catalog_files. */
int catalog_load_partial(void *arg, const char *name, const char **text, size_t *n,
                         struct err *e) NODISCARD;

#endif
