/*
 * cmd_init: "init": a working directory with everything in it.
 *
 * Nothing that exists is overwritten: a second init in the same folder makes the store where
 * that is missing, else says so and changes nothing.
 */
#include "base.h"

#include <errno.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base32.h"
#include "cli.h"
#include "fdio.h"
#include "register.h"

static const char conf_text[] =
    "# Seinpost; seinpost.conf(5) is the manual.  Change what stands between < and >, then:"
    " seinpost doctor\n"
    "\n"
    "store = \"seinpost.db\";\n"
    "templates = \"%s\";\n"
    "advice = \"%s\";\n"
    "deadline_days = 14;\n"
    "\n"
    "gateway = {\n"
    "  name = \"Waarschuwingsdienst\";                 # the sender that companies see\n"
    "  organisation = \"<name of your organisation>\";\n"
    "  from = \"waarschuwing@gateway.example\";\n"
    "  reply_address = \"antwoord@gateway.example\";   # answers come to antwoord+TOKEN@...\n"
    "  bounce_address = \"bounces@gateway.example\";   # bounces come to bounces+TOKEN@...\n"
    "  phone = \"<telephone number>\";\n"
    "  website = \"<www.gateway.example>\";\n"
    "};\n"
    "\n"
    "sign = {\n"
    "  home = \"gnupg\";\n"
    "  fingerprint = \"%s\";\n"
    "};\n"
    "\n"
    "token_keys = ( { number = 1; file = \"token.key\"; } );\n"
    "\n"
    "# the smarthost that takes the mail\n"
    "routes = (\n"
    "  { name = \"smarthost\"; host = \"127.0.0.1\"; port = 25; tls = \"none\"; helo ="
    " \"gateway.example\"; }\n"
    ");\n"
    "\n"
    "# the mailbox that answers and bounces come to\n"
    "inboxes = (\n"
    "  { name = \"maildir\"; kind = \"maildir\"; path = \"Maildir\"; done_folder = \"Done\";"
    " unclear_folder = \"Unclear\"; }\n"
    ");\n";

static void source_path(char out[PATH_MAX], const char *name)
{
	char *full = realpath(ABS_SRCDIR, NULL);

	snprintf(out, PATH_MAX, "%s/%s", full ? full : ABS_SRCDIR, name);
	free(full);
}

/* A file beside the program's data, or in the source tree it was built in and runs from. */
static void find_data(char out[PATH_MAX], const char *name)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	struct stat st;

	snprintf(out, PATH_MAX, "%s/%s", PKGDATADIR, name);
	if (stat(out, &st) == 0 || n < 0)
		return;
	self[n] = '\0';
	if (strncmp(self, ABS_BUILDDIR "/", strlen(ABS_BUILDDIR) + 1) == 0)
		source_path(out, strcmp(name, "advice.tsv") == 0 ? "etc/advice.tsv" : name);
}

static int write_token_key(struct cli *c, struct err *e)
{
	uint8_t bytes[30];
	char text[BASE32_LEN(sizeof(bytes)) + 2];
	int rc;

	c->gateway.rng->fill(c->gateway.rng->arg, bytes, sizeof(bytes));
	base32_encode(text, bytes, sizeof(bytes));
	rc = file_write_atomic("token.key", text, strlen(text), 0600, e);
	explicit_bzero(bytes, sizeof(bytes));
	explicit_bzero(text, sizeof(text));
	return rc;
}

static int use_key(char fpr[FINGERPRINT_TEXT], const char *given, struct err *e)
{
	if (given == NULL)
		return sign_make_key(fpr, "gnupg", "Waarschuwingsdienst",
				     "waarschuwing@gateway.example", e);
	if (!fingerprint_normalise(fpr, given))
		return err_set(e, ERR_USAGE,
			       "--key: the whole fingerprint, 40 hex digits (gpg --list-keys)");
	return 0;
}

static int write_conf(const char *fpr, struct err *e)
{
	char templates[PATH_MAX], advice[PATH_MAX];
	struct buf text = BUF_INIT;
	int rc;

	find_data(templates, "templates");
	find_data(advice, "advice.tsv");
	buf_printf(&text, conf_text, templates, advice, fpr);
	rc = file_write_atomic("seinpost.conf", text.s, text.len, 0640, e);
	buf_clear(&text);
	return rc;
}

static int try_store(const char *path, enum store_open_mode mode, int node, struct err *e)
{
	struct store *s = NULL;
	int rc = store_open(&s, path, mode, node, e);

	store_close(s);
	return rc;
}

/*
 * 1: the file is not there, or a database without a table (SQLite writes the first page of what it
 * opens).
 */
static int is_missing(const struct conf *conf, struct err *e)
{
	enum { EMPTY_MAX = 4096 };
	struct err why = ERR_INIT;
	struct stat st;
	int rc;

	if (stat(conf->store, &st) < 0 || st.st_size == 0)
		return 1;
	rc = try_store(conf->store, STORE_EXISTING, conf->gateway.node, &why);
	if (rc == ERR_CONF && st.st_size <= EMPTY_MAX)
		return 1;
	*e = why;
	return rc;
}

/* A configuration whose store is gone gets a new one. */
static int make_missing_store(const char *dir, struct err *e)
{
	struct conf *conf = NULL;
	int rc = conf_load(&conf, "./seinpost.conf", e);

	if (rc < 0)
		return rc;
	if ((rc = is_missing(conf, e)) == 0)
		rc = err_set(e, ERR_CONFLICT,
			     "%s: is a working directory already; nothing was changed", dir);
	else if (rc == 1 &&
		 (rc = try_store(conf->store, STORE_CREATE, conf->gateway.node, e)) == 0)
		printf("%s: made the store that was missing, %s; it is empty\n", dir,
		       conf->store);
	conf_free(conf);
	return rc;
}

/* 1: it has a configuration. */
static int enter_folder(const char *dir, struct err *e)
{
	struct stat st;

	if (mkdir(dir, 0750) < 0 && errno != EEXIST)
		return err_errno(e, ERR_IO, "%s", dir);
	if (chdir(dir) < 0)
		return err_errno(e, ERR_IO, "%s", dir);
	if (stat("seinpost.conf", &st) == 0)
		return 1;
	if (stat("seinpost.db", &st) == 0)
		return err_set(e, ERR_CONFLICT,
			       "%s: is a working directory already; nothing was changed", dir);
	return 0;
}

int cmd_init(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *key = NULL, *dir;
	const struct option_spec spec[] = { { "key", &key, NULL } };
	char **args, fpr[FINGERPRINT_TEXT];
	int n, rc;

	if ((rc = cli_options(argc, argv, spec, 1, &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 0, 1, "DIR", e)) < 0)
		return rc;
	dir = n > 0 ? args[0] : ".";
	if ((rc = enter_folder(dir, e)) == 1)
		return make_missing_store(dir, e);
	if (rc < 0 || (rc = use_key(fpr, key, e)) < 0 ||
	    (rc = try_store("seinpost.db", STORE_CREATE, 1, e)) < 0 ||
	    (rc = write_token_key(c, e)) < 0 || (rc = write_conf(fpr, e)) < 0)
		return rc;
	printf("%s: made seinpost.conf, seinpost.db, token.key%s\n", dir,
	       key ? "" : " and a signing key in gnupg/");
	printf("signing key: %s\n", fpr);
	if (key != NULL)
		printf("its home: set sign.home in seinpost.conf to the GNUPGHOME that holds it\n");
	printf("next: edit seinpost.conf, then 'seinpost doctor'\n");
	return EXIT_DONE;
}
