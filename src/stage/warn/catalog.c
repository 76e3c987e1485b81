/*
 * catalog: the templates of one language.
 *
 * Invariant: everything is read and parsed when it is loaded; rendering touches no file.
 * Input: a folder of files edited by hand: sizes are limited, names that cannot be kinds are
 * refused.
 */
#include "base.h"

#include <dirent.h>
#include <errno.h>

#include "alloc.h"
#include "catalog.h"
#include "fdio.h"
#include "span.h"
#include "word.h"

static const char suffix[] = ".mustache";

/* "open-rdp": what may be the name of a kind or a partial. */
static bool name_valid(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!ascii_alnum(s[i]) && s[i] != '-' && s[i] != '_')
			return false;
	return n > 0;
}

static int read_one(struct catalog_files *out, const char *dir, const char *entry, size_t n_name,
                    struct err *e)
{
	struct catalog_file f = { NULL, NULL, BUF_INIT };
	struct buf path = BUF_INIT;

	buf_printf(&path, "%s/%s", dir, entry);
	f.path = buf_take(&path);
	f.name = xstrndup(entry, n_name);
	grow_array(&out->file, &out->cap, out->n + 1, sizeof(*out->file));
	out->file[out->n++] = f;
	return file_read(&out->file[out->n - 1].text, f.path, CATALOG_FILE_MAX, e);
}

static int compare_files(const void *a, const void *b)
{
	return strcmp(((const struct catalog_file *)a)->name,
	              ((const struct catalog_file *)b)->name);
}

int catalog_read_folder(struct catalog_files *out, const char *dir, struct err *e)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	int rc = 0;

	if (d == NULL)
		return err_errno(e, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "%s", dir);
	while (rc == 0 && (entry = readdir(d)) != NULL) {
		size_t n = strlen(entry->d_name), n_name = n - (sizeof(suffix) - 1);

		/* leaves out backups and hidden files of editors */
		if (n < sizeof(suffix) || strcmp(entry->d_name + n_name, suffix) != 0 ||
		    entry->d_name[0] == '.')
			continue;
		if (!name_valid(entry->d_name, n_name))
			rc = err_set(e, ERR_INPUT, "%s/%s: names are letters, digits, '-' and '_'",
			             dir, entry->d_name);
		else
			rc = read_one(out, dir, entry->d_name, n_name, e);
	}
	closedir(d);
	if (out->n > 1)
		qsort(out->file, out->n, sizeof(*out->file), compare_files);
	return rc;
}

void catalog_files_clear(struct catalog_files *f)
{
	for (size_t i = 0; i < f->n; i++) {
		free(f->file[i].name);
		free(f->file[i].path);
		buf_clear(&f->file[i].text);
	}
	free(f->file);
	*f = (struct catalog_files){ NULL, 0, 0 };
}

int catalog_load_partial(void *arg, const char *name, const char **text, size_t *n, struct err *e)
{
	const struct catalog_files *f = arg;

	for (size_t i = 0; i < f->n; i++) {
		if (strcmp(f->file[i].name, name) != 0)
			continue;
		*text = f->file[i].text.s;
		*n = f->file[i].text.len;
		return 0;
	}
	return err_set(e, ERR_NOTFOUND, "no partial %s", name);
}

static int load_top(struct template **out, struct warn_catalog *c, const char *dir,
                    const char *name, struct err *e)
{
	for (size_t i = 0; i < c->partials.n; i++) {
		const struct catalog_file *f = &c->partials.file[i];

		if (strcmp(f->name, name) == 0)
			return template_parse(out, f->text.s, f->text.len, f->path, e);
	}
	return err_set(e, ERR_NOTFOUND, "%s/%s%s is missing", dir, name, suffix);
}

static int load_advice(struct warn_catalog *c, const char *dir, struct err *e)
{
	struct catalog_files files = { NULL, 0, 0 };
	int rc = catalog_read_folder(&files, dir, e);

	for (size_t i = 0; rc == 0 && i < files.n; i++) {
		struct catalog_kind k = { NULL, ADVICE_INIT };
		const struct catalog_file *f = &files.file[i];

		if ((rc = advice_parse(&k.advice, f->text.s, f->text.len, f->path, e)) < 0)
			break;
		k.name = xstrdup(f->name);
		grow_array(&c->kind, &c->cap_kind, c->n_kind + 1, sizeof(*c->kind));
		c->kind[c->n_kind++] = k;
	}
	if (rc == 0 && !warn_catalog_has(c, "generic"))
		rc = err_set(e, ERR_NOTFOUND, "%s/generic%s is missing", dir, suffix);
	catalog_files_clear(&files);
	return rc;
}

int warn_catalog_load(struct warn_catalog **out, const char *dir, enum language l, struct err *e)
{
	struct warn_catalog *c = xcalloc(1, sizeof(*c));
	struct buf path = BUF_INIT;
	int rc;

	c->language = l;
	c->loader = (struct template_loader){ catalog_load_partial, &c->partials };
	buf_printf(&path, "%s/%s", dir, word_of(language_words, (int)l));
	if ((rc = catalog_read_folder(&c->partials, path.s, e)) < 0)
		goto out;
	if ((rc = load_top(&c->warning, c, path.s, "warning", e)) < 0)
		goto out;
	if ((rc = load_top(&c->subject, c, path.s, "subject", e)) < 0)
		goto out;
	buf_addstr(&path, "/advice");
	if ((rc = load_advice(c, path.s, e)) < 0)
		goto out;
	*out = c;
	c = NULL;
out:
	warn_catalog_free(c);
	buf_clear(&path);
	return rc;
}

void warn_catalog_free(struct warn_catalog *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->n_kind; i++) {
		free(c->kind[i].name);
		advice_clear(&c->kind[i].advice);
	}
	free(c->kind);
	template_free(c->warning);
	template_free(c->subject);
	catalog_files_clear(&c->partials);
	free(c);
}

enum language warn_catalog_language(const struct warn_catalog *c)
{
	return c->language;
}

const struct catalog_kind *catalog_find(const struct warn_catalog *c, const char *kind)
{
	for (size_t i = 0; i < c->n_kind; i++)
		if (strcmp(c->kind[i].name, kind) == 0)
			return &c->kind[i];
	return NULL;
}

bool warn_catalog_has(const struct warn_catalog *c, const char *kind)
{
	return catalog_find(c, kind) != NULL;
}
