/*
 * inbox: the order of things around a mail: known? load, take (commit), settle (flag or move).
 *
 * Invariant: settle() is called only for a mail that take() or known() said is committed.
 * Input: settings are the administrator's and checked here; mails and their names are hostile and
 * passed on unread.
 */
#include "base.h"

#include "alloc.h"
#include "arena.h"
#include "buf.h"
#include "inbox.h"
#include "inbox_driver.h"
#include "ip.h"

const char *const inbox_tls_words[] = { "none", "starttls", "implicit", NULL };
const char *const inbox_kind_words[] = { "imap", "pop3", "maildir", NULL };

enum { DEFAULT_TIMEOUT = 60, MAX_SIZE = 1 << 30 };

struct inbox {
	const struct inbox_driver *driver;
	void *source;
	struct inbox_settings settings;
	struct arena arena; /* the strings of settings, but for the password */
	char *password;
};

void inbox_list_add(struct inbox_list *l, const char *uid, const char *file, uint32_t number)
{
	struct inbox_item *it;

	grow_array(&l->items, &l->cap, l->n + 1, sizeof(*l->items));
	it = &l->items[l->n++];
	it->uid = arena_strdup(&l->arena, uid);
	it->file = file == NULL ? NULL : arena_strdup(&l->arena, file);
	it->number = number;
}

static void list_clear(struct inbox_list *l)
{
	arena_clear(&l->arena);
	free(l->items);
}

static int registered_port(const struct inbox_settings *s)
{
	if (s->kind == INBOX_POP3)
		return s->tls == INBOX_TLS_IMPLICIT ? 995 : 110;
	return s->tls == INBOX_TLS_IMPLICIT ? 993 : 143;
}

static const char *copy_string(struct arena *a, const char *s, const char *otherwise)
{
	return arena_strdup(a, s == NULL || *s == '\0' ? otherwise : s);
}

static void copy_settings(struct inbox *in, const struct inbox_settings *s)
{
	struct inbox_settings *c = &in->settings;
	struct arena *a = &in->arena;

	*c = *s;
	c->path = copy_string(a, s->path, "");
	c->host = copy_string(a, s->host, "");
	c->name = copy_string(a, s->name, s->kind == INBOX_MAILDIR ? c->path : c->host);
	c->tls_name = copy_string(a, s->tls_name, c->host);
	c->ca_file = copy_string(a, s->ca_file, "");
	c->user = copy_string(a, s->user, "");
	c->folder = copy_string(a, s->folder, "INBOX");
	c->done_folder = copy_string(a, s->done_folder, "");
	c->unclear_folder = copy_string(a, s->unclear_folder, c->done_folder);
	in->password = xstrdup(s->password == NULL ? "" : s->password);
	c->password = in->password;
	if (c->port == 0)
		c->port = registered_port(s);
	if (c->timeout <= 0)
		c->timeout = DEFAULT_TIMEOUT;
}

/* A line break in one of these would be a command of its own at the server. */
static bool is_clean(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return false;
	return true;
}

static int check_clean(const struct inbox_settings *s, struct err *e)
{
	const struct { const char *what, *value; } fields[] = {
		{ "host", s->host }, { "user", s->user }, { "password", s->password },
		{ "folder", s->folder },
		{ "done_folder", s->done_folder }, { "unclear_folder", s->unclear_folder },
	};

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (!is_clean(fields[i].value))
			return err_set(e, ERR_CONF,
			               "inbox %s: %s holds a control character; take it out",
			               s->name, fields[i].what);
	return 0;
}

static bool host_is_here(const char *host)
{
	struct ip_range loop4, loop6;
	struct ip ip;

	if (strcmp(host, "localhost") == 0)
		return true;
	if (!ip_parse(&ip, host) || !ip_range_parse(&loop4, "127.0.0.0/8") ||
	    !ip_range_parse(&loop6, "::1"))
		return false;
	return ip_range_contains(&loop4, &ip) || ip_range_contains(&loop6, &ip);
}

static int check_server(const struct inbox_settings *s, struct err *e)
{
	if (*s->host == '\0')
		return err_set(e, ERR_CONF, "inbox %s: host is not set", s->name);
	if (s->port < 1 || s->port > 65535)
		return err_set(e, ERR_CONF, "inbox %s: port %d is not one of 1 to 65535", s->name,
		               s->port);
	if (s->tls == INBOX_TLS_NONE && !s->login_in_clear && !host_is_here(s->host))
		return err_set(
			e, ERR_CONF,
			"inbox %s: the password would go to %s in clear; set tls to \"implicit\" "
			"or \"starttls\", or login_in_clear where the network between is yours",
			s->name, s->host);
	return 0;
}

static int check_settings(const struct inbox_settings *s, struct err *e)
{
	int rc = check_clean(s, e);

	if (rc < 0)
		return rc;
	if (s->max_size < 1 || s->max_size > MAX_SIZE)
		return err_set(e, ERR_CONF, "inbox %s: max_size is not one of 1 byte to 1 GiB",
		               s->name);
	if (s->kind == INBOX_MAILDIR)
		return *s->path != '\0' ? 0 : err_set(e, ERR_CONF, "inbox %s: path is not set",
		                                      s->name);
	if (s->kind == INBOX_IMAP &&
	    (strcmp(s->folder, s->done_folder) == 0 || strcmp(s->folder, s->unclear_folder) == 0))
		return err_set(
			e, ERR_CONF,
			"inbox %s: judged mail would go back to %s; name another done_folder and "
			"unclear_folder",
			s->name, s->folder);
	return check_server(s, e);
}

static const struct inbox_driver *driver_of(enum inbox_kind kind)
{
	switch (kind) {
	case INBOX_IMAP:
		return &inbox_imap_driver;
	case INBOX_POP3:
		return &inbox_pop3_driver;
	case INBOX_MAILDIR:
		return &inbox_maildir_driver;
	}
	bug("inbox kind %d", (int)kind);
}

int inbox_open(struct inbox **out, const struct inbox_settings *s, struct err *e)
{
	struct inbox *in = xcalloc(1, sizeof(*in));
	int rc;

	copy_settings(in, s);
	if ((rc = check_settings(&in->settings, e)) < 0)
		goto out;
	in->driver = driver_of(s->kind);
	rc = in->driver->open(&in->source, &in->settings, e);
	if (rc < 0)
		err_wrap(e, "inbox %s", in->settings.name);
out:
	if (rc < 0)
		inbox_close(in);
	else
		*out = in;
	return rc;
}

/* 0: settled or gone meanwhile; 1: not read or not settled, the reason is in e; negative: stop. */
static int offer(struct inbox *in, const struct inbox_item *it, const struct inbox_sink *sink,
                 struct buf *bytes, struct err *e)
{
	struct inbox_mail m = { .uid = it->uid };
	enum inbox_fate fate = INBOX_DONE;
	int rc;

	if (sink->known != NULL && sink->known(sink->arg, it->uid, &fate))
		return in->driver->settle(in->source, it, fate, e);
	buf_reset(bytes);
	rc = in->driver->load(in->source, it, bytes, &m.truncated, e);
	if (rc == ERR_NOTFOUND)
		return 0;
	if (rc < 0)
		return rc == ERR_INPUT ? 1 : rc;
	m.bytes = bytes->s;
	m.len = bytes->len;
	if ((rc = sink->take(sink->arg, &m, &fate, e)) < 0)
		return rc;
	return in->driver->settle(in->source, it, fate, e);
}

/* The code of the last mail that was passed over into *passed, 0 where none was. */
static int offer_all(struct inbox *in, const struct inbox_list *l, const struct inbox_sink *sink,
                     int *passed, struct err *e)
{
	struct buf bytes = BUF_INIT;
	struct err why = ERR_INIT;
	int rc = 0;

	*passed = 0;

	for (size_t i = 0; i < l->n && rc >= 0; i++) {
		if (sink->at != NULL)
			sink->at(sink->arg, i, l->n);
		rc = offer(in, &l->items[i], sink, &bytes, &why);
		if (rc > 0)
			*passed = why.code;
	}
	if ((rc < 0 || *passed < 0) && e != NULL)
		*e = why;
	buf_clear(&bytes);
	return rc < 0 ? rc : 0;
}

int inbox_fetch(struct inbox *in, const struct inbox_sink *sink, struct err *e)
{
	struct inbox_list l = { .arena = ARENA_INIT };
	struct err ignored = ERR_INIT;
	int rc, passed = 0;

	rc = in->driver->list(in->source, &l, e);
	if (rc == 0)
		rc = offer_all(in, &l, sink, &passed, e);
	/* a mail passed over is no reason to keep what was judged from being settled for good */
	if (rc == 0) {
		rc = in->driver->finish(in->source, passed < 0 ? &ignored : e);
		rc = passed < 0 ? passed : rc;
	}
	if (rc < 0)
		err_wrap(e, "inbox %s", in->settings.name);
	list_clear(&l);
	return rc;
}

int inbox_wait(struct inbox *in, int seconds, int wake_fd, struct err *e)
{
	int rc = in->driver->wait(in->source, seconds, wake_fd, e);

	if (rc < 0)
		err_wrap(e, "inbox %s", in->settings.name);
	return rc;
}

void inbox_close(struct inbox *in)
{
	if (in == NULL)
		return;
	if (in->source != NULL)
		in->driver->close(in->source);
	explicit_bzero(in->password, strlen(in->password));
	free(in->password);
	arena_clear(&in->arena);
	free(in);
}
