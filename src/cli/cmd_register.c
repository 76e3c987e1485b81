/*
 * cmd_register: "company": the register.
 */
#include "base.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "cli.h"
#include "fdio.h"
#include "flow_register.h"
#include "listing.h"
#include "store_register.h"
#include "utf8.h"
#include "word.h"

/* One import, watched. */
struct watch {
	const char *file;
	struct progress progress;
	uint64_t notes;
};

enum { NOTES_SHOWN = 20 };

static void print_refused(void *arg, uint64_t line, const char *raw, size_t n, const char *reason)
{
	struct watch *w = arg;

	UNUSED(raw);
	UNUSED(n);
	progress_hide(&w->progress);
	fprintf(stderr, "%s:%" PRIu64 ": refused: %s\n", w->file, line, reason);
}

static void print_note(void *arg, uint64_t line, const char *text)
{
	struct watch *w = arg;
	struct buf shown = BUF_INIT;

	if (w->notes++ >= NOTES_SHOWN)
		return;
	utf8_printable(&shown, text, strlen(text), strlen(text), true);
	progress_hide(&w->progress);
	fprintf(stderr, "%s:%" PRIu64 ": note: %s\n", w->file, line, shown.s);
	buf_clear(&shown);
}

static void show_import(void *arg, uint64_t line, uint64_t lines)
{
	struct watch *w = arg;

	progress_show_of(&w->progress, line, lines);
}

static int rows_format(const char *word, enum rows_format *out, struct err *e)
{
	static const char *const words[] = { "auto", "csv", "jsonl", NULL };
	int v = ROWS_AUTO;

	if (word != NULL && !word_parse(&v, words, word))
		return err_set(e, ERR_USAGE, "--format is csv or jsonl, not '%s'", word);
	*out = (enum rows_format)v;
	return 0;
}

static int open_input(const char *path, struct err *e)
{
	int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);

	return fd >= 0 ? fd : err_errno(e, ERR_NOTFOUND, "%s", path);
}

static void print_imported(const char *file, const struct import_count *n)
{
	printf("%s: %" PRIu64 " rows read: %" PRIu64 " new, %" PRIu64 " changed, %" PRIu64
	       " known, %" PRIu64 " refused\n",
	       file, n->read, n->added, n->changed, n->same, n->refused);
}

static int import(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *format = NULL;
	const struct option_spec spec[] = { { "format", &format, NULL } };
	struct import_count count;
	enum rows_format f = ROWS_AUTO;
	struct buf shown = BUF_INIT;
	struct watch w = { .notes = 0 };
	const struct import_watch watch = { .refused = print_refused,
					    .note = print_note,
					    .progress = show_import,
					    .arg = &w };
	char **args;
	int n, fd, rc;

	if ((rc = cli_options(argc, argv, spec, 1, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 1, 1, "FILE", e)) < 0 || (rc = rows_format(format, &f, e)) < 0 ||
	    (rc = cli_need(c, GATEWAY_STORE, e)) < 0)
		return rc;
	if ((fd = open_input(args[0], e)) < 0)
		return fd;
	utf8_printable(&shown, args[0], strlen(args[0]), PATH_MAX, true);
	w.file = shown.s;
	progress_start(&w.progress, "import", 0);
	rc = flow_register_import(&c->gateway, fd, args[0], f, &count, &watch, e);
	progress_end(&w.progress);
	close(fd);
	if (rc == 0 && w.notes > NOTES_SHOWN)
		fprintf(stderr, "%s: and %" PRIu64 " more notes\n", w.file,
			w.notes - NOTES_SHOWN);
	if (rc == 0) {
		print_imported(w.file, &count);
		rc = count.refused > 0 ? EXIT_REFUSED : EXIT_DONE;
	}
	buf_clear(&shown);
	return rc;
}

static int export(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *format = NULL;
	const struct option_spec spec[] = { { "format", &format, NULL } };
	struct buf out = BUF_INIT;
	enum rows_format f = ROWS_CSV;
	char **args;
	int n, rc;

	if ((rc = cli_options(argc, argv, spec, 1, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 0, 1, "REF", e)) < 0 || (rc = rows_format(format, &f, e)) < 0 ||
	    (rc = cli_need(c, GATEWAY_STORE, e)) < 0)
		return rc;
	if (f == ROWS_AUTO)
		f = ROWS_CSV;
	rc = flow_register_export(&c->gateway, &out, f, n > 0 ? args[0] : NULL, e);
	if (rc == 0)
		rc = fd_write_all(STDOUT_FILENO, out.s, out.len, "standard output", e);
	buf_clear(&out);
	return rc;
}

static const struct column company_columns[] = {
	{ "ref", COLUMN_TEXT, 0 }, { "name", COLUMN_TEXT, 40 }, { "status", COLUMN_TEXT, 0 },
	{ "language", COLUMN_TEXT, 0 }, { "vital", COLUMN_FLAG, 0 }, { "partner", COLUMN_TEXT, 0 },
};

static int add_company(void *arg, const struct company *k, struct err *e)
{
	const struct cell cells[] = {
		CELL_TEXT(k->ref), CELL_TEXT(k->name),
		CELL_TEXT(word_of(company_status_words, (int)k->status)),
		CELL_TEXT(word_of(language_words, (int)k->language)), CELL_NUMBER(k->vital),
		CELL_TEXT(k->partner),
	};

	UNUSED(e);
	table_add(arg, cells);
	return 0;
}

static int list(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing l = { .what = "list" };
	struct table t;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0)
		return rc;
	table_init(&t, l.format, company_columns, ARRAY_SIZE(company_columns));
	rc = store_company_each(c->gateway.store, add_company, &t, e);
	return rc < 0 ? rc
	              : table_print(&t, "the register is empty; see 'seinpost company import'", e);
}

static const struct column part_columns[] = {
	{ "kind", COLUMN_TEXT, 0 }, { "value", COLUMN_TEXT, 60 }, { "name", COLUMN_TEXT, 24 },
	{ "role", COLUMN_TEXT, 16 }, { "rank", COLUMN_NUMBER, 0 }, { "state", COLUMN_TEXT, 0 },
	{ "source", COLUMN_TEXT, 16 },
};

static int add_contact(void *arg, const struct contact *k, const char *ref, struct err *e)
{
	const struct cell cells[] = {
		CELL_TEXT(word_of(contact_kind_words, (int)k->kind)), CELL_TEXT(k->value),
		CELL_TEXT(k->name),
		CELL_TEXT(k->role), CELL_NUMBER(k->rank),
		CELL_TEXT(word_of(contact_state_words, (int)k->state)), CELL_TEXT(k->source),
	};

	UNUSED(ref);
	UNUSED(e);
	table_add(arg, cells);
	return 0;
}

static int add_asset(void *arg, const struct asset *a, const char *ref, struct err *e)
{
	const struct cell cells[] = {
		CELL_TEXT(word_of(asset_kind_words, (int)a->kind)), CELL_TEXT(a->text),
		CELL_TEXT(""), CELL_TEXT(""), CELL_NUMBER(0), CELL_TEXT(""), CELL_TEXT(""),
	};

	UNUSED(ref);
	UNUSED(e);
	table_add(arg, cells);
	return 0;
}

static int show(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing l = { .least = 1, .most = 1, .what = "REF" };
	struct arena a = ARENA_INIT;
	struct company k;
	struct table t;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0)
		return rc;
	if ((rc = store_company_by_ref(c->gateway.store, &a, &k, l.args[0], e)) < 0)
		goto out;
	if (l.format == TABLE_TEXT) {
		table_init(&t, l.format, company_columns, ARRAY_SIZE(company_columns));
		if ((rc = add_company(&t, &k, e)) < 0 || (rc = table_print_one(&t, e)) < 0)
			goto out;
	}
	table_init(&t, l.format, part_columns, ARRAY_SIZE(part_columns));
	if ((rc = store_contact_each(c->gateway.store, k.id, add_contact, &t, e)) == 0 &&
	    (rc = store_asset_each(c->gateway.store, k.id, add_asset, &t, e)) == 0)
		rc = table_print(&t, "no contacts and no assets", e);
out:
	arena_clear(&a);
	return rc;
}

/* Sets the field that word names, and takes it out of *keep. */
static int set_field(struct company *k, unsigned *keep, const char *word, struct err *e)
{
	const char *value = strchr(word, '=');
	size_t n = value ? (size_t)(value - word) : 0;
	unsigned named = 0;
	int v;

	if (value == NULL)
		return err_set(e, ERR_USAGE, "'%s' is not NAME=VALUE", word);
	value++;
	if (strncmp(word, "name=", n + 1) == 0 && *value != '\0' &&
	    strlen(value) <= NAME_MAX_OCTETS && utf8_check(value, strlen(value)) == SIZE_MAX) {
		k->name = value;
		named = KEEP_NAME;
	} else if (strncmp(word, "status=", n + 1) == 0 &&
	           word_parse(&v, company_status_words, value)) {
		k->status = (enum company_status)v;
		named = KEEP_STATUS;
	} else if (strncmp(word, "language=", n + 1) == 0 &&
	           word_parse(&v, language_words, value)) {
		k->language = (enum language)v;
		named = KEEP_LANGUAGE;
	} else if (strncmp(word, "vital=", n + 1) == 0 &&
	           (strcmp(value, "yes") == 0 || strcmp(value, "no") == 0)) {
		k->vital = strcmp(value, "yes") == 0;
		named = KEEP_VITAL;
	} else if (strncmp(word, "partner=", n + 1) == 0 && (*value == '\0' || ref_valid(value))) {
		k->partner = value;
		named = KEEP_PARTNER;
	}
	if (named == 0)
		return err_set(
			e, ERR_USAGE,
			"'%s': name=TEXT, status=participant|found, language=nl|en, vital=yes|no,"
			" partner=REF",
			word);
	*keep &= ~named;
	return 0;
}

static int set(struct cli *c, int argc, char **argv, struct err *e)
{
	struct company k = { .id = 0 };
	unsigned keep = KEEP_COMPANY;
	char **args;
	int n, rc;

	if ((rc = cli_options(argc, argv, NULL, 0, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 2, 16, "REF NAME=VALUE", e)) < 0)
		return rc;
	k.ref = args[0];
	for (int i = 1; i < n; i++)
		if ((rc = set_field(&k, &keep, args[i], e)) < 0)
			return rc;
	if ((rc = cli_need(c, GATEWAY_STORE, e)) < 0)
		return rc;
	return flow_register_set(&c->gateway, &k, keep, e);
}

static int forget(struct cli *c, int argc, char **argv, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct company k;
	char **args;
	int64_t redirected = 0;
	int n, rc;

	if ((rc = cli_options(argc, argv, NULL, 0, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 1, 1, "REF", e)) < 0 || (rc = cli_need(c, GATEWAY_STORE, e)) < 0)
		return rc;
	rc = store_company_by_ref(c->gateway.store, &a, &k, args[0], e);
	if (rc == 0)
		rc = flow_register_forget(&c->gateway, k.id, &redirected, e);
	if (rc == 0)
		printf("%s is forgotten: its contacts, assets, warnings and mails are deleted\n",
		       args[0]);
	if (rc == 0 && redirected > 0)
		printf("mails of companies whose partner it is did not go out yet: %" PRId64
		       "; their next contacts are written to\n",
		       redirected);
	arena_clear(&a);
	return rc;
}

int cmd_company(struct cli *c, int argc, char **argv, struct err *e)
{
	static const struct command table[] = {
		{ "import", import, "", "" }, { "export", export, "", "" },
		{ "list", list, "", "" },
		{ "show", show, "", "" }, { "set", set, "", "" }, { "forget", forget, "", "" },
		{ 0 },
	};

	return cli_family(c, argc, argv, table, e);
}
