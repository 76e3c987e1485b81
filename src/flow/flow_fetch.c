/*
 * flow_fetch: the inboxes of the configuration, one after the other.
 *
 * Invariant: the source is told a mail's fate only after that mail was committed (inbox.h).
 */
#include "base.h"

#include <poll.h>

#include "alloc.h"
#include "arena.h"
#include "fdio.h"
#include "flow_inbox.h"
#include "num.h"
#include "word.h"

enum { MBOX_MAIL_MAX = 64 << 20 };

static int word_or_bug(const char *const *table, const char *word)
{
	int v = 0;

	if (!word_parse(&v, table, word))
		bug("inbox setting '%s'", word);
	return v;
}

int flow_inbox_settings(const struct conf_inbox *in, struct inbox_settings *out,
                        struct buf *password, struct err *e)
{
	int rc = *in->password_file ? file_read_secret(password, in->password_file, e) : 0;

	*out = (struct inbox_settings){
		.kind = (enum inbox_kind)word_or_bug(inbox_kind_words, in->kind), .name = in->name,
		.path = in->path,
		.host = in->host, .port = in->port,
		.tls = (enum inbox_tls)word_or_bug(inbox_tls_words, in->tls),
		.tls_name = in->tls_name, .ca_file = in->ca_file, .user = in->user,
		.password = password->s,
		.folder = in->folder, .done_folder = in->done_folder,
		.unclear_folder = in->unclear_folder,
		.timeout = in->timeout, .max_size = (size_t)in->max_size,
		.login_in_clear = in->login_in_clear,
		.pop3_delete = in->pop3_delete,
	};
	return rc;
}

struct fetch {
	struct gateway *g;
	const struct classifier *c;
	const char *name;
	const char *mailbox; /* NULL: a file, whose mails are told by their bytes only */
	struct inbox_count *count;
	const struct fetch_watch *watch; /* NULL: nobody looks */
	uint64_t before, here;           /* mails of the inboxes before this one, and of this one */
};

/*
 * An inbox may be pointed at another mailbox, where the same uids stand for other mails: many
 * servers count each folder from UIDVALIDITY 1 and UID 1.
 */
static const char *mailbox_of(struct arena *a, const struct conf_inbox *in)
{
	if (strcmp(in->kind, "maildir") == 0)
		return in->path;
	return arena_printf(a, "%s://%s@%s:%d/%s", in->kind, in->user, in->host, in->port,
	                    in->folder);
}

static const char *name_in_store(struct arena *a, const struct fetch *f, const char *uid)
{
	return f->mailbox == NULL ? uid : arena_concat(a, f->mailbox, " ", uid);
}

static int take(void *arg, const struct inbox_mail *m, enum inbox_fate *fate, struct err *e)
{
	struct fetch *f = arg;
	struct arena a = ARENA_INIT;
	int rc = flow_inbox_take(f->g, f->c, f->name, name_in_store(&a, f, m->uid), m->bytes,
	                         m->len, fate, f->count, e);

	arena_clear(&a);
	return rc;
}

static void at(void *arg, uint64_t n, uint64_t total)
{
	struct fetch *f = arg;

	f->here = total;
	if (f->watch != NULL && f->watch->progress != NULL)
		f->watch->progress(f->watch->arg, f->before + n, f->before + total);
}

static bool known(void *arg, const char *uid, enum inbox_fate *fate)
{
	struct fetch *f = arg;
	struct arena a = ARENA_INIT;
	struct err e = ERR_INIT;
	/* where the store cannot tell, the mail is taken again: twins are found by their digest */
	int rc = flow_inbox_known(f->g, f->name, name_in_store(&a, f, uid), fate, &e);

	arena_clear(&a);
	return rc == 1;
}

static void fetch_mark(char *out, size_t size, const char *name)
{
	snprintf(out, size, "last_fetch.%s", name);
}

static int mark_fetched(struct gateway *g, const char *name, struct err *e)
{
	char mark[200], at[24];
	int rc;

	fetch_mark(mark, sizeof(mark), name);
	snprintf(at, sizeof(at), "%" PRId64, gateway_now(g));
	if ((rc = store_begin(g->store, e)) < 0)
		return rc;
	if ((rc = store_meta_set(g->store, mark, at, e)) == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	return rc;
}

int flow_fetch_last(const struct gateway *g, const char *name, int64_t *at, struct err *e)
{
	struct err missing = ERR_INIT;
	char mark[200], text[24] = "";
	int rc;

	fetch_mark(mark, sizeof(mark), name);
	rc = store_meta_get(g->store, mark, text, sizeof(text), &missing);
	if (rc < 0 && rc != ERR_NOTFOUND) {
		*e = missing;
		return rc;
	}
	if (!num_parse(at, text, 0, INT64_MAX))
		*at = 0;
	return 0;
}

static int open_box(const struct conf_inbox *in, struct inbox **out, struct err *e)
{
	struct buf password = BUF_INIT;
	struct inbox_settings s;
	int rc = flow_inbox_settings(in, &s, &password, e);

	if (rc == 0)
		rc = inbox_open(out, &s, e);
	explicit_bzero(password.s, password.len);
	buf_clear(&password);
	return rc;
}

static int fetch_and_mark(struct fetch *f, struct inbox *box, struct err *e)
{
	struct inbox_sink sink = { take, known, f, at };
	int rc = inbox_fetch(box, &sink, e);

	return rc < 0 ? rc : mark_fetched(f->g, f->name, e);
}

static int fetch_one(struct fetch *f, const struct conf_inbox *in, struct err *e)
{
	struct inbox *box = NULL;
	struct arena a = ARENA_INIT;
	int rc = open_box(in, &box, e);

	f->name = in->name;
	f->mailbox = mailbox_of(&a, in);
	if (rc == 0)
		rc = fetch_and_mark(f, box, e);
	inbox_close(box);
	arena_clear(&a);
	return rc;
}

/* Its index into *i. */
static int find_inbox(const struct conf *conf, const char *name, size_t *i, struct err *e)
{
	for (*i = 0; *i < conf->n_inboxes; ++*i)
		if (strcmp(conf->inboxes[*i].name, name) == 0)
			return 0;
	return err_set(e, ERR_NOTFOUND, "no inbox '%s' in %s", name, conf->file);
}

int flow_fetch(struct gateway *g, const struct classifier *c, const char *name,
	       struct inbox_count *count, const struct fetch_watch *watch, struct err *e)
{
	struct fetch f = { .g = g, .c = c, .count = count, .watch = watch };
	size_t first = 0, n = g->conf->n_inboxes;
	int rc = 0, worst = 0;

	if (name != NULL) {
		rc = find_inbox(g->conf, name, &first, e);
		n = first + 1;
	}
	if (rc == 0)
		rc = flow_inbox_judge_raw(g, c, count, e);
	for (size_t i = first; i < n && rc == 0; i++) {
		struct err why = ERR_INIT;
		int one = fetch_one(&f, &g->conf->inboxes[i], &why);

		if (one < 0) {
			watch->failed(watch->arg, g->conf->inboxes[i].name, &why);
			worst = one;
			*e = why;
		}
		at(&f, f.here, f.here);
		f.before += f.here;
		f.here = 0;
	}
	return rc < 0 ? rc : worst;
}

int flow_fetch_mbox(struct gateway *g, const struct classifier *c, const char *path,
                    struct inbox_count *count, struct err *e)
{
	struct fetch f = { .g = g, .c = c, .name = "mbox", .count = count };
	/* a place names a mail of this file only: its bytes tell whether it was here before */
	struct inbox_sink sink = { .take = take, .arg = &f };
	int rc = flow_inbox_judge_raw(g, c, count, e);

	return rc < 0 ? rc : inbox_mbox_read(path, MBOX_MAIL_MAX, &sink, e);
}

static bool stopped(int stop_fd)
{
	struct pollfd p = { .fd = stop_fd, .events = POLLIN };

	return poll(&p, 1, 0) > 0;
}

static int follow_box(struct fetch *f, const struct conf_inbox *in, struct inbox *box, int stop_fd,
                      struct err *e)
{
	struct arena a = ARENA_INIT;
	int rc;

	f->mailbox = mailbox_of(&a, in);
	do {
		if ((rc = fetch_and_mark(f, box, e)) == 0 && (rc = flow_prove_silent(f->g, e)) == 0)
			rc = inbox_wait(box, (int)in->every, stop_fd, e);
	} while (rc == 0 && !stopped(stop_fd));
	arena_clear(&a);
	return rc;
}

int flow_follow(struct gateway *g, const struct classifier *c, const char *name, int stop_fd,
                struct inbox_count *count, struct err *e)
{
	struct fetch f = { .g = g, .c = c, .name = name, .count = count };
	struct inbox *box = NULL;
	size_t i;
	int rc = find_inbox(g->conf, name, &i, e);

	if (rc == 0 && (rc = flow_inbox_judge_raw(g, c, count, e)) == 0 &&
	    (rc = open_box(&g->conf->inboxes[i], &box, e)) == 0)
		rc = follow_box(&f, &g->conf->inboxes[i], box, stop_fd, e);
	inbox_close(box);
	return rc;
}
