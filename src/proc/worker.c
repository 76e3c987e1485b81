/*
 * worker: a running sender as its dispatcher sees it.
 *
 * Input: messages of a process that talks to hostile servers, and the page that it shares with us.
 * A result, and the word that a mail has left, is taken only for a mail that the sender was given
 * and that has no result yet.
 */
#include "base.h"

#include <signal.h>
#include <unistd.h>

#include "alloc.h"
#include "dispatch_private.h"
#include "fdio.h"
#include "sender.h"
#include "shared.h"
#include "spawn.h"
#include "utf8.h"

static int read_password(const struct conf_route *c, struct buf *out, struct err *e)
{
	return *c->password_file == '\0' ? 0 : file_read_secret(out, c->password_file, e);
}

static int tell_route(struct worker *w, const struct conf_route *c, struct err *e)
{
	struct buf password = BUF_INIT, message = BUF_INIT;
	struct deliver_route r;
	int rc = read_password(c, &password, e);

	if (rc < 0)
		return rc;
	r = flow_route(c, password.s);
	sender_put_route(&message, &r);
	channel_queue(&w->ch, SENDER_ROUTE, &message);
	rc = channel_flush(&w->ch, e);
	explicit_bzero(password.s, password.len);
	explicit_bzero(message.s, message.len);
	buf_clear(&password);
	buf_clear(&message);
	return rc;
}

static int start_process(struct worker *w, struct err *e)
{
	void *page = NULL;
	int fd = -1, shared = -1, rc = shared_create(&page, &shared, sizeof(*w->page), e);

	if (rc < 0)
		return rc;
	w->page = page;
	rc = spawn_role_sharing("sender", shared, &w->pid, &fd, e);
	close(shared);
	if (rc == 0)
		channel_init(&w->ch, fd);
	return rc;
}

int worker_start(struct worker **out, const struct conf *c, size_t route, int64_t now_ms,
		 struct err *e)
{
	struct worker *w = xcalloc(1, sizeof(*w));
	int rc;

	channel_init(&w->ch, -1);
	if ((rc = start_process(w, e)) < 0) {
		worker_free(w);
		return rc;
	}
	w->route = route;
	w->alive_at = now_ms;
	w->window = WORKER_WINDOW_LEAST;
	if ((rc = tell_route(w, &c->routes[route], e)) < 0) {
		spawn_kill(w->pid);
		worker_free(w);
		return rc;
	}
	*out = w;
	return 0;
}

int worker_room(const struct worker *w, int mails_per_session)
{
	int session = mails_per_session - w->given, window = w->window - w->n_out;

	if (w->closing)
		return 0;
	return session < window ? session : window;
}

void worker_give(struct worker *w, const struct delivery *d, int64_t now_ms)
{
	struct buf b = BUF_INIT;

	if (w->n_out == WORKER_WINDOW)
		bug("worker: more than %d mails at once", WORKER_WINDOW);
	if (w->n_out == 0)
		w->alive_at = now_ms;
	w->out[w->n_out++] = (struct outstanding){
		.mail = flow_claimed(d),
		.order = w->given++,
		.given_at = now_ms,
	};
	sender_put_mail(&b, d);
	channel_queue(&w->ch, SENDER_MAIL, &b);
	buf_clear(&b);
}

void worker_end(struct worker *w)
{
	struct buf none = BUF_INIT;

	if (!w->closing)
		channel_queue(&w->ch, SENDER_END, &none);
	w->closing = true;
}

void worker_stop(struct worker *w, int64_t now_ms)
{
	atomic_store(&w->page->stop, 1);
	if (w->stop_at == 0)
		kill(w->pid, SIGTERM); /* where it waits for a mail */
	w->closing = true;
	w->stop_at = w->stop_at == 0 ? now_ms : w->stop_at;
}

/* Was it read to its end?  Without an answer it is unknown then. */
static bool has_left(const struct worker *w, const struct outstanding *o)
{
	return atomic_load(&w->page->body_end) == o->mail.id;
}

bool worker_awaits_answer(const struct worker *w)
{
	for (int i = 0; i < w->n_out; i++)
		if (has_left(w, &w->out[i]))
			return true;
	return false;
}

void worker_look(struct worker *w, int64_t now_ms)
{
	uint32_t steps = atomic_load(&w->page->steps);

	if (steps != w->steps)
		w->alive_at = now_ms;
	w->steps = steps;
}

static struct outstanding *find_outstanding(struct worker *w, int64_t id)
{
	for (int i = 0; i < w->n_out; i++)
		if (w->out[i].mail.id == id)
			return &w->out[i];
	return NULL;
}

void pending_add(struct pending_list *l, const struct claimed *c, const struct attempt_result *r)
{
	grow_array(&l->item, &l->cap, l->n + 1, sizeof(*l->item));
	l->item[l->n++] = (struct pending_result){ *c, *r };
}

/* Quick acceptance opens the window; slow answers close it, and refusals, of which many more may
 * follow. */
static void fit_window(struct worker *w, bool accepted, int64_t took_ms)
{
	w->window = accepted && took_ms <= WORKER_QUICK_MS ? w->window * 2 : w->window / 2;
	if (w->window > WORKER_WINDOW)
		w->window = WORKER_WINDOW;
	if (w->window < WORKER_WINDOW_LEAST)
		w->window = WORKER_WINDOW_LEAST;
}

bool result_is_answer(const struct attempt_result *r)
{
	return r->outcome == OUTCOME_ACCEPTED ||
	       (r->code != 0 && (r->outcome == OUTCOME_DEFERRED || r->outcome == OUTCOME_REFUSED));
}

static void take_result(struct worker *w, struct span payload, int64_t now_ms,
			struct pending_list *results)
{
	struct attempt_result r;
	struct outstanding *o;

	if (!sender_get_result(payload, &r) || (o = find_outstanding(w, r.delivery_id)) == NULL)
		return;
	pending_add(results, &o->mail, &r);
	fit_window(w, r.outcome == OUTCOME_ACCEPTED, now_ms - o->given_at);
	w->answered += result_is_answer(&r);
	/* its session came to nothing, and a mail that is given to it now will come back too */
	w->closing |= r.outcome == OUTCOME_NOT_TRIED;
	*o = w->out[--w->n_out];
}

static void take_session(struct worker *w, struct span payload)
{
	struct buf clean = BUF_INIT;
	const char *text = "";

	if (!wire_get_text(&payload, &text))
		return;
	utf8_printable(&clean, text, strlen(text), REPLY_TEXT_MAX - 1, true);
	memcpy(w->trouble, clean.s, clean.len + 1);
	buf_clear(&clean);
	w->orderly = *w->trouble == '\0';
	w->told_end = true;
}

static int first_in_order(const struct worker *w)
{
	int first = INT32_MAX;

	for (int i = 0; i < w->n_out; i++)
		if (w->out[i].order < first)
			first = w->out[i].order;
	return first;
}

/*
 * The mail that may be why a session broke off.  A sender that told the end of its session had told
 * of every mail that it began; one that was killed was busy with the one it had begun, if any; one
 * that died may have died of the first it had.
 */
static int order_of_culprit(const struct worker *w, bool killed)
{
	if (w->told_end)
		return -1;
	if (!killed)
		return first_in_order(w);
	for (int i = 0; i < w->n_out; i++)
		if (atomic_load(&w->page->begun) == w->out[i].mail.id)
			return w->out[i].order;
	return -1;
}

/*
 * No result came for these, and none will.  One that may be why is not tried again at once, unlike
 * those that were never begun.
 */
static void give_up_rest(struct worker *w, struct pending_list *results, bool killed,
			 const char *why)
{
	int culprit = order_of_culprit(w, killed);

	for (int i = 0; i < w->n_out; i++) {
		const struct outstanding *o = &w->out[i];
		bool left = has_left(w, o);
		struct attempt_result r = {
			.delivery_id = o->mail.id,
			.outcome = left ? OUTCOME_UNKNOWN : OUTCOME_NOT_TRIED,
		};

		snprintf(r.stage, sizeof(r.stage), "%s",
		         left ? "dot" : o->order == culprit ? "mail" : "session");
		snprintf(r.text, sizeof(r.text), "%s", why);
		pending_add(results, &o->mail, &r);
	}
	w->n_out = 0;
}

/* It has answered all that it took, so that the others were never begun. */
static void take_closing(struct worker *w, struct pending_list *results)
{
	w->closing = true;
	for (int i = w->n_out - 1; i >= 0; i--) {
		struct attempt_result r = { .delivery_id = w->out[i].mail.id,
					    .outcome = OUTCOME_NOT_TRIED,
					    .stage = "session",
					    .text = "the session had ended already" };

		if (has_left(w, &w->out[i]))
			continue;
		pending_add(results, &w->out[i].mail, &r);
		w->out[i] = w->out[--w->n_out];
	}
}

/* Takes the whole messages that are here.  False: one of them was broken. */
static bool take_messages(struct worker *w, int64_t now_ms, struct pending_list *results)
{
	struct err e = ERR_INIT;
	struct span payload;
	uint32_t type;
	int more;

	while ((more = channel_next(&w->ch, &type, &payload, &e)) == 1) {
		if (type == SENDER_RESULT)
			take_result(w, payload, now_ms, results);
		else if (type == SENDER_CLOSING)
			take_closing(w, results);
		else if (type == SENDER_SESSION)
			take_session(w, payload);
	}
	return more == 0;
}

static void end_worker(struct worker *w, int64_t now_ms, struct pending_list *results, bool killed,
		       const char *why)
{
	struct err e = ERR_INIT;

	spawn_kill(w->pid);
	/* it may have told how far it got, or even the answer, just before: what is unread would be
	 * sent again */
	while (channel_fill(&w->ch, &e) == 1)
		if (!take_messages(w, now_ms, results))
			break;
	if (*w->trouble == '\0' && !w->orderly)
		snprintf(w->trouble, sizeof(w->trouble), "%s", why);
	give_up_rest(w, results, killed, *w->trouble ? w->trouble : why);
}

bool worker_read(struct worker *w, int64_t now_ms, struct pending_list *results)
{
	struct err e = ERR_INIT;
	int rc = channel_fill(&w->ch, &e);

	if (rc == ERR_TEMP)
		return true;
	w->alive_at = now_ms;
	if (take_messages(w, now_ms, results) && rc == 1)
		return true;
	end_worker(w, now_ms, results, false, "the session ended");
	return false;
}

void worker_abandon(struct worker *w, int64_t now_ms, struct pending_list *results, const char *why)
{
	end_worker(w, now_ms, results, true, why);
}

void worker_free(struct worker *w)
{
	if (w == NULL)
		return;
	channel_clear(&w->ch);
	shared_close(w->page, sizeof(*w->page));
	free(w);
}
