/*
 * inbox_dump: fetches an inbox into a folder; what the tests against real servers drive.
 *
 * Usage: inbox_dump out=DIR kind=imap host=... [die=take:N|commit:N] [wait=SECONDS [reopen=1]] ...
 * Each mail is committed as DIR/UID, a mail that is there is known.  A mail with a line "X-Fate:
 * unclear" is unclear. Prints one line for each thing that happens, and "error CODE TEXT" at the
 * end where there was one (exit status 2).
 */
#include "base.h"

#include <unistd.h>

#include "alloc.h"
#include "buf.h"
#include "err.h"
#include "fdio.h"
#include "inbox.h"
#include "num.h"
#include "span.h"

enum { KEEP = 64 << 20 };

struct dump {
	struct inbox_settings s;
	const char *out, *die_at;
	int64_t die_number, takes;
	int64_t wait;
	bool reopen;
};

static void say(const char *fmt, ...) PRINTF_LIKE(1, 2);

static void say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
}

static void path_of(struct buf *b, const struct dump *d, const char *uid)
{
	buf_printf(b, "%s/", d->out);
	for (; *uid != '\0'; uid++)
		buf_addch(b, ascii_alnum(*uid) || *uid == '.' ? *uid : '_');
}

static enum inbox_fate fate_of(const void *bytes, size_t n)
{
	return span_find_nocase(span_of(bytes, n), "\nX-Fate: unclear") == NULL ? INBOX_DONE
										: INBOX_UNCLEAR;
}

static void die_if(struct dump *d, const char *where)
{
	if (d->die_at != NULL && strcmp(d->die_at, where) == 0 && d->takes == d->die_number)
		_exit(1);
}

static int take(void *arg, const struct inbox_mail *m, enum inbox_fate *fate, struct err *e)
{
	struct dump *d = arg;
	struct buf path = BUF_INIT;
	int rc;

	d->takes++;
	die_if(d, "take");
	path_of(&path, d, m->uid);
	rc = file_write_atomic(path.s, m->bytes, m->len, 0600, e);
	buf_clear(&path);
	if (rc < 0)
		return rc;
	*fate = fate_of(m->bytes, m->len);
	say("take %s %zu%s", m->uid, m->len, m->truncated ? " truncated" : "");
	die_if(d, "commit");
	return 0;
}

static bool known(void *arg, const char *uid, enum inbox_fate *fate)
{
	struct buf path = BUF_INIT, bytes = BUF_INIT;
	struct err e = ERR_INIT;
	bool found;

	path_of(&path, arg, uid);
	found = file_read(&bytes, path.s, KEEP, &e) == 0;
	if (found) {
		*fate = fate_of(bytes.s, bytes.len);
		say("known %s", uid);
	}
	buf_clear(&path);
	buf_clear(&bytes);
	return found;
}

static int word_index(const char *const *words, const char *word)
{
	int i = 0;

	while (words[i] != NULL && strcmp(words[i], word) != 0)
		i++;
	return i;
}

static int64_t number(const char *s)
{
	int64_t n;

	if (!num_parse(&n, s, 0, INT32_MAX))
		bug("%s is no number", s);
	return n;
}

static void set_text(struct dump *d, const char *key, const char *value)
{
	const struct { const char *key; const char **where;
	} texts[] = {
		{ "name", &d->s.name },
		{ "path", &d->s.path },
		{ "host", &d->s.host },
		{ "tls_name", &d->s.tls_name },
		{ "ca", &d->s.ca_file },
		{ "user", &d->s.user },
		{ "password", &d->s.password },
		{ "folder", &d->s.folder },
		{ "done", &d->s.done_folder },
		{ "unclear", &d->s.unclear_folder },
		{ "out", &d->out },
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		if (strcmp(texts[i].key, key) == 0) {
			*texts[i].where = value;
			return;
		}
	bug("unknown setting %s", key);
}

static void set(struct dump *d, const char *key, char *value)
{
	if (strcmp(key, "kind") == 0)
		d->s.kind = (enum inbox_kind)word_index(inbox_kind_words, value);
	else if (strcmp(key, "tls") == 0)
		d->s.tls = (enum inbox_tls)word_index(inbox_tls_words, value);
	else if (strcmp(key, "port") == 0)
		d->s.port = (int)number(value);
	else if (strcmp(key, "timeout") == 0)
		d->s.timeout = (int)number(value);
	else if (strcmp(key, "max") == 0)
		d->s.max_size = (size_t)number(value);
	else if (strcmp(key, "clear") == 0)
		d->s.login_in_clear = number(value) != 0;
	else if (strcmp(key, "delete") == 0)
		d->s.pop3_delete = number(value) != 0;
	else if (strcmp(key, "wait") == 0)
		d->wait = number(value);
	else if (strcmp(key, "reopen") == 0)
		d->reopen = number(value) != 0;
	else if (strcmp(key, "die") == 0) {
		d->die_at = value;
		value[strcspn(value, ":")] = '\0';
		d->die_number = number(value + strlen(value) + 1);
	} else {
		set_text(d, key, value);
	}
}

static int fetch(struct dump *d, struct inbox *in, struct err *e)
{
	const struct inbox_sink sink = { .take = take, .known = known, .arg = d };
	int rc = inbox_fetch(in, &sink, e);

	if (rc == 0)
		say("fetched");
	return rc;
}

static int run(struct dump *d, struct err *e)
{
	struct inbox *in = NULL;
	int rc;

	if ((rc = inbox_open(&in, &d->s, e)) < 0 || (rc = fetch(d, in, e)) < 0 || d->wait == 0)
		goto out;
	say("waiting");
	/* standard input is what wakes it early */
	rc = inbox_wait(in, (int)d->wait, STDIN_FILENO, e);
	if (rc < 0 && d->reopen) {
		say("reopen after %d %s", rc, e->text);
		inbox_close(in);
		in = NULL;
		if ((rc = inbox_open(&in, &d->s, e)) < 0)
			goto out;
	}
	if (rc == 0) {
		say("woke");
		rc = fetch(d, in, e);
	}
out:
	inbox_close(in);
	return rc;
}

int main(int argc, char **argv)
{
	struct dump d = { .s = { .max_size = 1 << 20, .timeout = 10 } };
	struct err e = ERR_INIT;

	for (int i = 1; i < argc; i++) {
		char *eq = strchr(argv[i], '=');

		if (eq == NULL)
			bug("%s is not KEY=VALUE", argv[i]);
		*eq = '\0';
		set(&d, argv[i], eq + 1);
	}
	if (run(&d, &e) == 0)
		return 0;
	say("error %d %s", e.code, e.text);
	return 2;
}
