/*
 * dispatch_route: whether and how much a route may send.
 *
 * Two brakes.  A session that comes to nothing puts the route off for seconds, later and later.
 * Answers that blame the route, or too many refusals, open its circuit breaker for minutes, and the
 * store is told, so that other senders, a restart and people know.  Behind the pause one mail is
 * tried (queue.h).  Input: outcomes whose texts come from far sides (made printable before).
 */
#include "base.h"
#include "dispatch_private.h"
#include "flow_blame.h"
#include "log.h"
#include "store_route.h"

enum {
	BACKOFF_FIRST_MS = 2000,
	BACKOFF_MOST_MS = 120000,
	/*
	 * Parts of a mail.  One mail a minute is one part a millisecond, so that nothing is
	 * rounded: what is cut off each time somebody asks would never come together.
	 */
	MAIL_PARTS = 60000,
};

#define TRIAL_PASSED "the trial mail was accepted"

/* A pause that ends later than any pause could is what a clock that was set back leaves behind. */
static int64_t pause_left(const struct route_state *r, const struct conf_deliver *c, int64_t now)
{
	int64_t left = r->breaker.open_until - now;

	return left > 0 && left <= c->breaker_pause_most ? left : 0;
}

static struct queue_breaker_policy policy_of(const struct conf_deliver *c)
{
	return (struct queue_breaker_policy){ .threshold = c->breaker_failures,
		                              .pause = c->breaker_pause,
		                              .pause_max = c->breaker_pause_most,
		                              .window = c->breaker_window,
		                              .percent = c->breaker_share };
}

bool route_usable(const struct route_state *r, const struct conf_deliver *c, int64_t now_ms,
                  int64_t now)
{
	return !r->paused && pause_left(r, c, now) == 0 && r->down_until <= now_ms;
}

bool route_on_trial(const struct route_state *r)
{
	return r->backoff > 0 || r->breaker.open_until != 0;
}

int route_slow(const struct route_state *r, int most)
{
	return queue_breaker_allows(&r->breaker, r->breaker.open_until, most);
}

int64_t route_wait_ms(const struct route_state *r, const struct conf_deliver *c, int64_t now_ms,
                      int64_t now)
{
	int64_t down = r->down_until > now_ms ? r->down_until - now_ms : 0;
	int64_t pause = pause_left(r, c, now) * 1000;

	if (r->paused)
		return INT64_MAX;
	return down > pause ? down : pause;
}

void route_failed(struct route_state *r, const char *trouble, int64_t now_ms)
{
	/* sessions that began before it was known to be down say nothing new */
	if (r->down_until > now_ms)
		return;
	r->backoff = r->backoff == 0 ? BACKOFF_FIRST_MS : r->backoff * 2;
	if (r->backoff > BACKOFF_MOST_MS)
		r->backoff = BACKOFF_MOST_MS;
	r->down_until = now_ms + r->backoff;
	log_warn("route %s: %s; next try in %" PRId64 " s", r->conf->name, trouble,
	         r->backoff / 1000);
}

static void pause_route(struct route_state *r, int64_t now, const char *why)
{
	snprintf(r->reason, sizeof(r->reason), "%s", why);
	r->unwritten = true;
	r->trial_told = false;
	log_error("route %s: paused for %" PRId64
	          " s: %s; 'seinpost route resume %s' ends it sooner",
	          r->conf->name, r->breaker.open_until - now, why, r->conf->name);
}

static void end_pause(struct route_state *r)
{
	snprintf(r->reason, sizeof(r->reason), TRIAL_PASSED);
	r->unwritten = true;
	log_warn("route %s: " TRIAL_PASSED ", mails go again, few at first", r->conf->name);
}

static struct queue_answer answer_of(const struct pending_result *p)
{
	bool refused = p->result.outcome == OUTCOME_REFUSED;

	return (struct queue_answer){
		.blame = flow_blame(&p->result),
		.outcome = p->result.outcome,
		.again = refused && p->mail.last_code == p->result.code,
		.domain = refused && strcmp(p->result.stage, "rcpt") == 0 ? p->mail.domain : 0,
	};
}

void route_answered(struct route_state *r, const struct conf_deliver *c,
                    const struct pending_result *p, int64_t now)
{
	const struct queue_breaker_policy policy = policy_of(c);
	const struct attempt_result *a = &p->result;
	const struct queue_answer answer = answer_of(p);
	int window = queue_breaker_window(&r->breaker, &policy);
	char why[REPLY_TEXT_MAX];

	if (r->backoff > 0)
		log_info("route %s: works again", r->conf->name);
	r->backoff = 0;
	/* our own check refused it: the far side has not said anything */
	if (queue_is_check(a))
		return;
	switch (queue_breaker_note(&r->breaker, &policy, &answer, now)) {
	case BREAKER_NO_NEWS:
		return;
	case BREAKER_TRIAL_PASSED:
		end_pause(r);
		return;
	case BREAKER_BLAMED:
		snprintf(why, sizeof(why),
		         "%d answers in a row blame us or the route, the last: %d %.300s",
		         c->breaker_failures, a->code, a->text);
		break;
	case BREAKER_SHARE:
		snprintf(why, sizeof(why),
		         "%d %% or more of the last %d mails were refused, the last: %d %.300s",
		         c->breaker_share, window, a->code, a->text);
		break;
	case BREAKER_TRIAL_FAILED:
		snprintf(why, sizeof(why), "the trial mail was refused too: %d %.300s", a->code,
		         a->text);
		break;
	}
	pause_route(r, now, why);
}

int route_allowance(struct route_state *r, int wanted, int64_t now_ms)
{
	int64_t rate = r->conf->rate, most = rate * 1000 + MAIL_PARTS;

	if (rate == 0)
		return wanted;
	r->allowance += (now_ms - r->allowance_at) * rate;
	r->allowance_at = now_ms;
	if (r->allowance > most)
		r->allowance = most;
	return r->allowance / MAIL_PARTS < wanted ? (int)(r->allowance / MAIL_PARTS) : wanted;
}

void route_spend(struct route_state *r)
{
	r->allowance -= r->conf->rate > 0 ? MAIL_PARTS : 0;
	if (r->breaker.open_until == 0 || r->trial_told)
		return;
	r->trial_told = true;
	log_warn("route %s: its pause is over, one mail is tried", r->conf->name);
}

struct route_list {
	struct route_state *item;
	size_t n;
	const struct conf_deliver *conf;
};

/* What a row says that is new. */
static void take_change(struct route_state *r, const struct route_row *row,
                        const struct conf_deliver *c)
{
	const struct queue_breaker_policy policy = policy_of(c);

	if (row->paused && !r->paused)
		log_warn("route %s: paused by hand", row->name);
	if (!row->paused && row->paused_until == 0 && *row->reason == '\0') {
		/* resumed by a person: a fresh start */
		if (r->paused || r->breaker.open_until > 0)
			log_info("route %s: resumed", row->name);
		r->breaker = (struct queue_breaker){ .opened = 0 };
		r->down_until = r->backoff = 0;
	} else if (row->paused_until == 0 && r->breaker.open_until != 0 && !row->paused) {
		queue_breaker_pass(&r->breaker); /* another sender's trial */
	} else if (row->paused_until != 0 && row->paused_until != r->breaker.open_until) {
		queue_breaker_restore(&r->breaker, &policy, row->paused_until,
		                      row->paused_until - row->changed_at);
		r->trial_told = false;
	}
	r->paused = row->paused;
}

static int take_row(void *arg, const struct route_row *row, struct err *e)
{
	const struct route_list *l = arg;

	UNUSED(e);
	for (size_t i = 0; i < l->n; i++) {
		struct route_state *r = &l->item[i];

		if (strcmp(r->conf->name, row->name) != 0 || r->change_no == row->change_no ||
		    r->unwritten)
			continue;
		r->change_no = row->change_no;
		take_change(r, row, l->conf);
	}
	return 0;
}

int route_read_all(struct route_state *list, size_t n, const struct conf_deliver *c,
                   struct store *s, struct err *e)
{
	struct route_list l = { list, n, c };

	return store_route_each(s, take_row, &l, e);
}

int route_write_all(struct route_state *list, size_t n, struct store *s, int64_t now,
                    struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < n && rc == 0; i++) {
		const struct route_state *r = &list[i];
		struct route_row row = { .name = r->conf->name,
			                 .paused_until = r->breaker.open_until,
			                 .reason = r->reason,
			                 .changed_at = now };

		if (r->unwritten)
			rc = store_route_break(s, &row, e);
	}
	return rc;
}

void route_written(struct route_state *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		list[i].unwritten = false;
}
