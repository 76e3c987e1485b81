/*
 * inbox_imap: an IMAP4rev1 mailbox (RFC 3501; IDLE 2177, UIDPLUS 4315, MOVE 6851) through libetpan.
 *
 * Invariant: libetpan reads through our stream only, so that each of its calls ends in bounded time
 * and memory; a mail leaves the folder only by MOVE or, after a COPY, by UID EXPUNGE of itself,
 * never by a plain EXPUNGE. Input: the server is hostile: inbox_stream limits time and bytes,
 * inbox_guard literals and nesting.
 */
#include "base.h"

#include <poll.h>

#include <libetpan/libetpan.h>

#include "alloc.h"
#include "clock.h"
#include "inbox_driver.h"
#include "inbox_mailstream.h"
#include "inbox_stream.h"

/* A search over a million mails answers with 8 MiB of numbers. */
enum { ANSWER = 16 << 20, LITERAL_SLACK = 64 << 10, FAREWELL = 3 };
/* Servers may end an IDLE after 30 minutes (RFC 2177). */
enum { IDLE_MOST = 28 * 60 };

static const char done_keyword[] = "$SeinpostDone";

struct imap {
	const struct inbox_settings *settings;
	struct inbox_stream *stream;
	mailimap *session;
	bool refused; /* the last error was an answer, and the session goes on */
};

/* ---- errors */

static const char *answer_of(const struct imap *im)
{
	return im->session->imap_response == NULL ? "" : im->session->imap_response;
}

/* r is of libetpan, and not success; doing says what was tried. */
static int imap_error(struct imap *im, int r, const char *doing, struct err *e)
{
	struct err why = ERR_INIT;

	im->refused = false;
	if (inbox_stream_failed(im->stream, &why))
		return err_set(e, why.code, "%s: %s", doing, why.text);
	switch (r) {
	case MAILIMAP_ERROR_STREAM:
	case MAILIMAP_ERROR_FATAL:
		return err_set(e, ERR_NET, "%s: %s ended the session", doing, im->settings->host);
	case MAILIMAP_ERROR_PARSE:
	case MAILIMAP_ERROR_PROTOCOL:
	case MAILIMAP_ERROR_BAD_STATE:
		return err_set(e, ERR_TEMP, "%s: %s answers in a way that is no IMAP", doing,
			       im->settings->host);
	case MAILIMAP_ERROR_DONT_ACCEPT_CONNECTION:
		return err_set(e, ERR_TEMP, "%s: %s takes no connection now", doing,
			       im->settings->host);
	case MAILIMAP_ERROR_MEMORY:
		return err_set(e, ERR_TEMP, "%s: out of memory", doing);
	default:
		im->refused = true;
		return err_set(e, ERR_TEMP, "%s: %s refuses: %s", doing, im->settings->host,
			       answer_of(im));
	}
}

static bool stream_is_well(const struct imap *im)
{
	struct err why = ERR_INIT;

	return !inbox_stream_failed(im->stream, &why);
}

/* ---- connecting */

static int greet(struct imap *im, bool *authenticated, struct err *e)
{
	int r;

	inbox_stream_begin(im->stream, ANSWER);
	r = mailimap_connect(
	    im->session, inbox_mailstream_new(im->stream, im->settings->max_size + LITERAL_SLACK));
	if (r != MAILIMAP_NO_ERROR_AUTHENTICATED && r != MAILIMAP_NO_ERROR_NON_AUTHENTICATED)
		return imap_error(im, r, "connect", e);
	*authenticated = r == MAILIMAP_NO_ERROR_AUTHENTICATED;
	return 0;
}

static int start_tls(struct imap *im, bool authenticated, struct err *e)
{
	int r;

	/* After PREAUTH no STARTTLS is possible (RFC 9051, 7.1.4): somebody in between would like
	 * that. */
	if (authenticated)
		return err_set(e, ERR_CONF,
			       "%s skips log-in and with it STARTTLS; set tls to \"implicit\"",
			       im->settings->host);
	inbox_stream_begin(im->stream, ANSWER);
	r = mailimap_starttls(im->session);
	/* Bytes that came before the handshake would count as if they had come through it
	 * (CVE-2020-15953). */
	if (im->session->imap_stream->read_buffer_len > 0)
		return err_set(e, ERR_NET, "%s, or somebody in between, sent text ahead of TLS",
			       im->settings->host);
	if (r == MAILIMAP_ERROR_STARTTLS || (r == MAILIMAP_ERROR_PROTOCOL && stream_is_well(im)))
		return err_set(e, ERR_CONF,
			       "%s offers no STARTTLS; set tls to \"implicit\", nothing was sent",
			       im->settings->host);
	if (r != MAILIMAP_NO_ERROR)
		return imap_error(im, r, "STARTTLS", e);
	return inbox_stream_start_tls(im->stream, e);
}

/* Not mailimap_capability(): it reads a null pointer where the server says OK without a list. */
static int read_capability(struct imap *im, struct err *e)
{
	int r;

	inbox_stream_begin(im->stream, ANSWER);
	r = mailimap_custom_command(im->session, "CAPABILITY");
	return r == MAILIMAP_NO_ERROR ? 0 : imap_error(im, r, "CAPABILITY", e);
}

static bool has_capability(struct imap *im, const char *name)
{
	const struct mailimap_connection_info *info = im->session->imap_connection_info;

	return info != NULL && info->imap_capability != NULL &&
	       mailimap_has_extension(im->session, name) != 0;
}

/* RFC 5530: with these the password is not the problem. */
static bool login_may_work_later(const struct imap *im)
{
	static const char *const codes[] = { "UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG" };
	const struct mailimap_response_info *info = im->session->imap_response_info;

	for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
		if (info != NULL && info->rsp_atom != NULL && strcmp(info->rsp_atom, codes[i]) == 0)
			return true;
	return false;
}

static int login(struct imap *im, struct err *e)
{
	const struct inbox_settings *s = im->settings;
	int r, rc = read_capability(im, e);

	if (rc < 0)
		return rc;
	if (has_capability(im, "LOGINDISABLED"))
		return err_set(
		    e, ERR_CONF,
		    "%s lets nobody log in on this connection; set tls to \"starttls\" or "
		    "\"implicit\"",
		    s->host);
	inbox_stream_begin(im->stream, ANSWER);
	r = mailimap_login(im->session, s->user, s->password);
	if (r == MAILIMAP_ERROR_LOGIN && !login_may_work_later(im))
		return err_set(e, ERR_CONF, "%s refuses user %s: %s; correct user or password",
			       s->host, s->user, answer_of(im));
	if (r != MAILIMAP_NO_ERROR)
		return imap_error(im, r, "log-in", e);
	return 0;
}

/* ---- folders */

static bool folder_exists(struct imap *im, const char *folder)
{
	clist *found = NULL;
	bool yes;
	int r;

	inbox_stream_begin(im->stream, ANSWER);
	r = mailimap_list(im->session, "", folder, &found);
	yes = r == MAILIMAP_NO_ERROR && found != NULL && clist_begin(found) != NULL;
	if (found != NULL)
		mailimap_list_result_free(found);
	return yes;
}

static int make_folder(struct imap *im, const char *folder, struct err *e)
{
	int r;

	if (*folder == '\0' || folder_exists(im, folder))
		return 0;
	inbox_stream_begin(im->stream, ANSWER);
	r = mailimap_create(im->session, folder);
	if (r == MAILIMAP_ERROR_CREATE)
		return err_set(e, ERR_CONF,
			       "folder %s cannot be made: %s; make it by hand, or name another",
			       folder, answer_of(im));
	return r == MAILIMAP_NO_ERROR ? 0 : imap_error(im, r, "CREATE", e);
}

static int select_folder(struct imap *im, struct err *e)
{
	const char *folder = im->settings->folder;
	int r;

	inbox_stream_begin(im->stream, ANSWER);
	r = mailimap_select(im->session, folder);
	if (r == MAILIMAP_ERROR_SELECT)
		return err_set(e, ERR_CONF, "folder %s cannot be opened: %s; correct folder",
			       folder, answer_of(im));
	if (r != MAILIMAP_NO_ERROR)
		return imap_error(im, r, "SELECT", e);
	if (im->session->imap_selection_info == NULL ||
	    im->session->imap_selection_info->sel_uidvalidity == 0)
		return err_set(e, ERR_PERM,
			       "folder %s has no UIDVALIDITY: its mails cannot be told apart",
			       folder);
	if (im->session->imap_selection_info->sel_perm == MAILIMAP_MAILBOX_READONLY)
		return err_set(
		    e, ERR_CONF,
		    "folder %s may only be read, judged mail could not be marked; give the "
		    "user the right to write",
		    folder);
	return 0;
}

static void imap_close(void *source)
{
	struct imap *im = source;

	if (im->session != NULL) {
		if (im->stream != NULL)
			inbox_stream_begin_last(im->stream, FAREWELL);
		mailimap_free(im->session);
	}
	inbox_stream_close(im->stream);
	free(im);
}

static int imap_open(void **source, const struct inbox_settings *s, struct err *e)
{
	struct imap *im = xcalloc(1, sizeof(*im));
	bool authenticated = false;
	int rc;

	im->settings = s;
	im->session = mailimap_new(0, NULL);
	if (im->session == NULL)
		bug("out of memory");
	if ((rc = inbox_stream_open(&im->stream, s, e)) < 0)
		goto out;
	if ((rc = greet(im, &authenticated, e)) < 0)
		goto out;
	if (s->tls == INBOX_TLS_STARTTLS && (rc = start_tls(im, authenticated, e)) < 0)
		goto out;
	if (!authenticated && (rc = login(im, e)) < 0)
		goto out;
	/* The list before log-in is another one. */
	if ((rc = read_capability(im, e)) < 0)
		goto out;
	if ((rc = make_folder(im, s->done_folder, e)) < 0 ||
	    (rc = make_folder(im, s->unclear_folder, e)) < 0)
		goto out;
	rc = select_folder(im, e);
out:
	if (rc < 0)
		imap_close(im);
	else
		*source = im;
	return rc;
}

/* ---- listing */

static struct mailimap_search_key *search_key(int type, const char *keyword, clist *parts)
{
	struct mailimap_search_key *k = xcalloc(1, sizeof(*k));

	k->sk_type = type;
	if (type == MAILIMAP_SEARCH_KEY_UNKEYWORD)
		k->sk_data.sk_unkeyword = xstrdup(keyword);
	if (type == MAILIMAP_SEARCH_KEY_MULTIPLE)
		k->sk_data.sk_multiple = parts;
	return k;
}

static struct mailimap_search_key *work_key(const struct imap *im)
{
	clist *parts = clist_new();

	if (parts == NULL)
		bug("out of memory");
	clist_append(parts, search_key(MAILIMAP_SEARCH_KEY_UNDELETED, NULL, NULL));
	if (*im->settings->done_folder == '\0') {
		clist_append(parts, search_key(MAILIMAP_SEARCH_KEY_UNSEEN, NULL, NULL));
		clist_append(parts, search_key(MAILIMAP_SEARCH_KEY_UNKEYWORD, done_keyword, NULL));
	}
	return search_key(MAILIMAP_SEARCH_KEY_MULTIPLE, NULL, parts);
}

static int compare_numbers(const void *a, const void *b)
{
	const struct inbox_item *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static int imap_list(void *source, struct inbox_list *out, struct err *e)
{
	struct imap *im = source;
	struct mailimap_search_key *key = work_key(im);
	uint64_t modseq = 0; /* libetpan writes it unasked */
	clist *found = NULL;
	int r;

	inbox_stream_begin(im->stream, ANSWER);
	im->session->imap_selection_info->sel_has_exists = 0;
	r = mailimap_uid_search_modseq(im->session, NULL, key, &found, &modseq);
	mailimap_search_key_free(key);
	for (clistiter *i = found == NULL ? NULL : clist_begin(found); i != NULL;
	     i = clist_next(i)) {
		uint32_t uid = *(const uint32_t *)clist_content(i);
		char name[32];

		snprintf(name, sizeof(name), "%" PRIu32 ".%" PRIu32,
		         im->session->imap_selection_info->sel_uidvalidity, uid);
		inbox_list_add(out, name, NULL, uid);
	}
	if (found != NULL)
		mailimap_search_result_free(found);
	if (r != MAILIMAP_NO_ERROR)
		return imap_error(im, r, "SEARCH", e);
	if (out->n > 0)
		qsort(out->items, out->n, sizeof(*out->items), compare_numbers);
	return 0;
}

/* ---- loading */

static struct mailimap_set *one_uid(const struct inbox_item *it)
{
	struct mailimap_set *set = mailimap_set_new_single(it->number);

	if (set == NULL)
		bug("out of memory");
	return set;
}

/* UID and BODY.PEEK[]<0.n>: UID so that an answer about another mail is noticed. */
static struct mailimap_fetch_type *fetch_first_bytes(size_t n)
{
	struct mailimap_fetch_type *t = mailimap_fetch_type_new_fetch_att_list_empty();
	struct mailimap_section *whole = mailimap_section_new(NULL);

	if (t == NULL || whole == NULL)
		bug("out of memory");
	mailimap_fetch_type_new_fetch_att_list_add(t, mailimap_fetch_att_new_uid());
	mailimap_fetch_type_new_fetch_att_list_add(
		t, mailimap_fetch_att_new_body_peek_section_partial(whole, 0, (uint32_t)n));
	return t;
}

/* The mail in one FETCH answer; NULL where it is about another mail or another thing. */
static const struct mailimap_msg_att_body_section *find_body(const struct mailimap_msg_att *att,
							     uint32_t uid)
{
	const struct mailimap_msg_att_body_section *body = NULL;
	uint32_t seen = 0;

	for (clistiter *i = clist_begin(att->att_list); i != NULL; i = clist_next(i)) {
		const struct mailimap_msg_att_item *item = clist_content(i);

		if (item->att_type != MAILIMAP_MSG_ATT_ITEM_STATIC)
			continue;
		if (item->att_data.att_static->att_type == MAILIMAP_MSG_ATT_UID)
			seen = item->att_data.att_static->att_data.att_uid;
		if (item->att_data.att_static->att_type == MAILIMAP_MSG_ATT_BODY_SECTION)
			body = item->att_data.att_static->att_data.att_body_section;
	}
	return seen == uid ? body : NULL;
}

static int load_error(struct imap *im, int r, const struct inbox_item *it, struct err *e)
{
	int rc = imap_error(im, r, "FETCH", e);

	if (!im->refused)
		return rc;
	return err_set(e, ERR_INPUT, "mail %s: %s refuses: %s", it->uid, im->settings->host,
		       answer_of(im));
}

static int imap_load(void *source, const struct inbox_item *it, struct buf *out, bool *truncated,
		     struct err *e)
{
	struct imap *im = source;
	size_t max = im->settings->max_size;
	struct mailimap_set *set = one_uid(it);
	struct mailimap_fetch_type *type = fetch_first_bytes(max + 1);
	const struct mailimap_msg_att_body_section *body = NULL;
	clist *found = NULL;
	int r;

	inbox_stream_begin(im->stream, max + ANSWER);
	r = mailimap_uid_fetch(im->session, set, type, &found);
	mailimap_fetch_type_free(type);
	mailimap_set_free(set);
	if (r != MAILIMAP_NO_ERROR)
		return load_error(im, r, it, e);
	for (clistiter *i = clist_begin(found); i != NULL && body == NULL; i = clist_next(i))
		body = find_body(clist_content(i), it->number);
	if (body != NULL) {
		*truncated = body->sec_length > max;
		if (body->sec_body_part != NULL)
			buf_add(out, body->sec_body_part, *truncated ? max : body->sec_length);
	}
	mailimap_fetch_list_free(found);
	return body != NULL ? 0 : err_set(e, ERR_NOTFOUND, "mail %s is gone", it->uid);
}

/* ---- settling */

static int add_flags(struct imap *im, const struct inbox_item *it, struct mailimap_flag_list *flags,
		     struct err *e)
{
	struct mailimap_store_att_flags *store =
	    mailimap_store_att_flags_new_add_flags_silent(flags);
	struct mailimap_set *set = one_uid(it);
	int r;

	if (store == NULL)
		bug("out of memory");
	inbox_stream_begin(im->stream, ANSWER);
	r = mailimap_uid_store(im->session, set, store);
	mailimap_store_att_flags_free(store);
	mailimap_set_free(set);
	return r == MAILIMAP_NO_ERROR ? 0 : imap_error(im, r, "STORE", e);
}

static struct mailimap_flag_list *flag_list(void)
{
	struct mailimap_flag_list *l = mailimap_flag_list_new_empty();

	if (l == NULL)
		bug("out of memory");
	return l;
}

static int mark_deleted(struct imap *im, const struct inbox_item *it, struct err *e)
{
	struct mailimap_flag_list *flags = flag_list();

	mailimap_flag_list_add(flags, mailimap_flag_new_deleted());
	return add_flags(im, it, flags, e);
}

static int mark_seen(struct imap *im, const struct inbox_item *it, bool stays, struct err *e)
{
	struct mailimap_flag_list *flags = flag_list();

	mailimap_flag_list_add(flags, mailimap_flag_new_seen());
	if (stays)
		mailimap_flag_list_add(flags,
				       mailimap_flag_new_flag_keyword(xstrdup(done_keyword)));
	return add_flags(im, it, flags, e);
}

/* Without MOVE: COPY, \Deleted, and where the server can, an EXPUNGE of this mail alone. */
static int copy_away(struct imap *im, const struct inbox_item *it, struct mailimap_set *set,
		     const char *folder, struct err *e)
{
	int r, rc;

	r = mailimap_uid_copy(im->session, set, folder);
	if (r != MAILIMAP_NO_ERROR)
		return imap_error(im, r, "COPY", e);
	if ((rc = mark_deleted(im, it, e)) < 0)
		return rc;
	if (!has_capability(im, "UIDPLUS"))
		return 0;
	inbox_stream_begin(im->stream, ANSWER);
	r = mailimap_uid_expunge(im->session, set);
	return r == MAILIMAP_NO_ERROR ? 0 : imap_error(im, r, "EXPUNGE", e);
}

static int move_away(struct imap *im, const struct inbox_item *it, const char *folder,
		     struct err *e)
{
	struct mailimap_set *set = one_uid(it);
	int r, rc = 0;

	inbox_stream_begin(im->stream, ANSWER);
	if (has_capability(im, "MOVE")) {
		r = mailimap_uid_move(im->session, set, folder);
		if (r != MAILIMAP_NO_ERROR)
			rc = imap_error(im, r, "MOVE", e);
	} else {
		rc = copy_away(im, it, set, folder, e);
	}
	mailimap_set_free(set);
	return rc;
}

static int imap_settle(void *source, const struct inbox_item *it, enum inbox_fate fate,
		       struct err *e)
{
	struct imap *im = source;
	const char *folder =
	    fate == INBOX_UNCLEAR ? im->settings->unclear_folder : im->settings->done_folder;
	int rc = mark_seen(im, it, *folder == '\0', e);

	if (rc == 0 && *folder != '\0')
		rc = move_away(im, it, folder, e);
	return rc < 0 && im->refused ? 1 : rc;
}

static int imap_finish(void *source, struct err *e)
{
	UNUSED(source);
	UNUSED(e);
	return 0;
}

/* ---- waiting */

static bool mail_came(const struct imap *im)
{
	return im->session->imap_selection_info->sel_has_exists != 0;
}

static int noop(struct imap *im, struct err *e)
{
	int r;

	inbox_stream_begin(im->stream, ANSWER);
	r = mailimap_noop(im->session);
	return r == MAILIMAP_NO_ERROR ? 0 : imap_error(im, r, "NOOP", e);
}

/* One IDLE until something comes in, the wake_fd is readable or the time is over. */
static int idle_once(struct imap *im, int wake_fd, int64_t until, bool *woken, struct err *e)
{
	int64_t most = clock_monotonic_ms() + (int64_t)IDLE_MOST * 1000;
	int r;

	inbox_stream_begin(im->stream, ANSWER);
	r = mailimap_idle(im->session);
	if (r != MAILIMAP_NO_ERROR)
		return imap_error(im, r, "IDLE", e);
	/* what has been read already, by libetpan or by TLS, poll does not see */
	if (im->session->imap_stream->read_buffer_len == 0 && !inbox_stream_pending(im->stream))
		*woken = inbox_poll(inbox_stream_fd(im->stream), POLLIN, wake_fd,
				    until < most ? until : most) == INBOX_WOKEN;
	inbox_stream_begin(im->stream, ANSWER);
	r = mailimap_idle_done(im->session);
	return r == MAILIMAP_NO_ERROR ? 0 : imap_error(im, r, "IDLE", e);
}

static int imap_wait(void *source, int seconds, int wake_fd, struct err *e)
{
	struct imap *im = source;
	int64_t until = clock_monotonic_ms() + (int64_t)seconds * 1000;
	bool woken = false;
	int rc = 0;

	if (!has_capability(im, "IDLE")) {
		(void)inbox_poll(-1, 0, wake_fd, until);
		return noop(im, e);
	}
	while (rc == 0 && !woken && !mail_came(im) && clock_monotonic_ms() < until) {
		/* IDLE must not begin with an answer waiting: libetpan takes it for the one to IDLE
		 */
		rc = noop(im, e);
		if (rc == 0 && !mail_came(im))
			rc = idle_once(im, wake_fd, until, &woken, e);
	}
	return rc;
}

const struct inbox_driver inbox_imap_driver = {
	.open = imap_open,
	.list = imap_list,
	.load = imap_load,
	.settle = imap_settle,
	.finish = imap_finish,
	.wait = imap_wait,
	.close = imap_close,
};
