/*
 * queue: retries, blame, breakers, routes.
 *
 * Invariant: next_try does not lie before now, and not after give_up_at.  Input: our own rows and
 * times; results whose codes come from the far side (any number, any short printable text).
 */
#include "base.h"
#include "queue.h"

enum {
	MINUTE = 60,
	HOUR = 3600,
	DAY = 86400,
	JITTER_PART = 8,
	SLOW_FIRST = 2, /* mails at once behind a trial */
	SLOW_LAST = 64,
	SHORT_WINDOW_LEAST = 4,
	NO_SHARE = 101, /* percent */
	POLICY_SUBJECT = 7, /* of enhanced codes: X.7.Y */
};

const char *const queue_unknown_words[] = { "resend", "hold", NULL };

const struct queue_breaker_policy queue_breaker_default = {
	.threshold = 3, .pause = MINUTE, .pause_max = 30 * MINUTE, .window = 40, .percent = 50,
};

/* Greylisting lets a mail in after five minutes or so: the second try comes just behind that. */
static const struct queue_schedule schedules[] = {
	[SEVERITY_INFO] = { 5, { 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR }, 5 * DAY },
	[SEVERITY_LOW] = { 5, { 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR }, 5 * DAY },
	[SEVERITY_MEDIUM] = { 5, { 6 * MINUTE, 15 * MINUTE, HOUR / 2, HOUR, 2 * HOUR }, 3 * DAY },
	[SEVERITY_HIGH] = { 5, { 6 * MINUTE, 10 * MINUTE, 15 * MINUTE, HOUR / 2, HOUR }, 1 * DAY },
	[SEVERITY_CRITICAL] = { 4, { 6 * MINUTE, 6 * MINUTE, 10 * MINUTE, 15 * MINUTE }, 4 * HOUR },
};

const struct queue_schedule *queue_schedule_for(enum severity severity)
{
	size_t i = (size_t)severity < ARRAY_SIZE(schedules) ? (size_t)severity : SEVERITY_MEDIUM;

	return &schedules[i];
}

static int64_t spread(int64_t delay, uint32_t random)
{
	int64_t part = delay / JITTER_PART;

	return delay - part + (int64_t)((uint64_t)(2 * part) * random >> 32);
}

static struct queue_decision again(const struct delivery *d, enum mail_state state,
                                   const struct queue_schedule *s, int step, int64_t now,
                                   uint32_t random)
{
	int64_t next;

	if (now >= d->give_up_at)
		return (struct queue_decision){ MAIL_EXPIRED, 0 };
	step = step < 0 ? 0 : step < s->n ? step : s->n - 1;
	next = now + spread(s->delay[step], random);
	return (struct queue_decision){ state, next < d->give_up_at ? next : d->give_up_at };
}

static bool at_stage(const struct attempt_result *r, const char *stage)
{
	return strcmp(r->stage, stage) == 0;
}

/* The session failed before it came to this mail, which may go at once over another one. */
static bool never_begun(const struct attempt_result *r)
{
	static const char *const stages[] = { "connect", "tls", "auth", "session" };

	for (size_t i = 0; i < ARRAY_SIZE(stages); i++)
		if (at_stage(r, stages[i]))
			return true;
	return false;
}

bool queue_is_check(const struct attempt_result *r)
{
	return r->outcome == OUTCOME_REFUSED && at_stage(r, "check");
}

struct queue_decision queue_after(const struct delivery *d, const struct attempt_result *r,
                                  const struct queue_schedule *schedule, enum queue_unknown unknown,
                                  int64_t now, uint32_t random)
{
	switch (r->outcome) {
	case OUTCOME_ACCEPTED:
		return (struct queue_decision){ MAIL_ACCEPTED, 0 };
	case OUTCOME_REFUSED:
		return (struct queue_decision){ queue_is_check(r) ? MAIL_HELD : MAIL_REFUSED, 0 };
	case OUTCOME_UNKNOWN:
		if (unknown == QUEUE_UNKNOWN_HOLD)
			return (struct queue_decision){ MAIL_HELD, 0 };
		return again(d, MAIL_UNKNOWN, schedule, d->attempts - 1, now, random);
	case OUTCOME_NOT_TRIED:
		if (never_begun(r) && now < d->give_up_at)
			return (struct queue_decision){ MAIL_DEFERRED, now };
		return again(d, MAIL_DEFERRED, schedule, 0, now, random);
	case OUTCOME_DEFERRED:
		break;
	}
	return again(d, MAIL_DEFERRED, schedule, d->attempts - 1, now, random);
}

/* ---- blame */

/* "X.1.1" -> 101; -1 where there is none. */
static int status_number(const char *status)
{
	int class, subject, detail, end = 0;

	if (sscanf(status, "%1d.%3d.%3d%n", &class, &subject, &detail, &end) != 3 ||
	    status[end] != '\0')
		return -1;
	return subject * 1000 + detail;
}

struct blame_rule {
	int status, status_to; /* subject * 1000 + detail */
	enum queue_blame blame;
};

/* RFC 3463 3 and the IANA registry; what is not named says nothing for certain. */
static const struct blame_rule blame_rules[] = {
	{ 1001, 1003, BLAME_RECIPIENT }, /* no such mailbox, no such system, bad syntax */
	{ 1006, 1006, BLAME_RECIPIENT }, /* moved, no forwarding address */
	{ 1007, 1008, BLAME_ROUTE },     /* our sender address */
	{ 1010, 1010, BLAME_RECIPIENT }, /* null MX */
	{ 2001, 2002, BLAME_RECIPIENT }, /* disabled, full */
	{ 2003, 2003, BLAME_MAIL },      /* longer than the mailbox takes */
	{ 3004, 3004, BLAME_MAIL },      /* longer than the system takes */
	{ 4004, 4004, BLAME_RECIPIENT }, /* no mail server for the domain */
	{ 3000, 3999, BLAME_ROUTE }, { 5000, 5999, BLAME_ROUTE },
	{ 6000, 6999, BLAME_MAIL },
	{ 7017, 7019, BLAME_RECIPIENT }, /* the mailbox has another owner now (RFC 7293) */
	{ 7000, 7999, BLAME_ROUTE },
};

static enum queue_blame blame_of_status(int number)
{
	for (size_t i = 0; i < ARRAY_SIZE(blame_rules); i++)
		if (number >= blame_rules[i].status && number <= blame_rules[i].status_to)
			return blame_rules[i].blame;
	return BLAME_NOBODY;
}

/* Without an enhanced code the reply code and the stage have to do. */
static enum queue_blame blame_of_code(const struct attempt_result *r)
{
	switch (r->code) {
	case 550:
	case 551:
	case 553:
		return at_stage(r, "rcpt") ? BLAME_RECIPIENT : BLAME_NOBODY;
	case 552:
		return BLAME_MAIL;
	case 421:
	case 454:
	case 530:
	case 535:
		return BLAME_ROUTE;
	default:
		return BLAME_NOBODY;
	}
}

/*
 * Greylisting and its like, which has no code of its own: a temporary answer to RCPT is about this
 * recipient, now.
 */
static bool is_put_off(const struct attempt_result *r, int number)
{
	return r->outcome == OUTCOME_DEFERRED && r->code < 500 && at_stage(r, "rcpt") &&
	       (number < 0 || number / 1000 == POLICY_SUBJECT);
}

enum queue_blame queue_blame(const struct attempt_result *r)
{
	int number = status_number(r->status);
	enum queue_blame blame = number >= 0 ? blame_of_status(number) : blame_of_code(r);

	if (r->outcome == OUTCOME_ACCEPTED || r->outcome == OUTCOME_UNKNOWN)
		return BLAME_NOBODY;
	if (at_stage(r, "check"))
		return BLAME_MAIL;
	if (r->outcome == OUTCOME_NOT_TRIED || r->code == 421)
		return BLAME_ROUTE;
	if (is_put_off(r, number))
		return BLAME_NOBODY;
	if (r->code == 0)
		return BLAME_ROUTE;
	/* no recipient was named yet: it speaks of our sender, of us or of the mail */
	return at_stage(r, "mail") && blame != BLAME_MAIL ? BLAME_ROUTE : blame;
}

/* ---- breaker */

static int64_t pause_of(const struct queue_breaker_policy *policy, int opened)
{
	int64_t pause = policy->pause;

	while (opened-- > 1 && pause < policy->pause_max)
		pause *= 2;
	return pause < policy->pause_max ? pause : policy->pause_max;
}

bool queue_share_note(struct queue_share *s, int window, int percent, bool refused)
{
	uint64_t mask = window >= QUEUE_SHARE_MAX ? UINT64_MAX : ((uint64_t)1 << window) - 1;

	s->refused = s->refused << 1 | (refused ? 1 : 0);
	s->n += s->n < QUEUE_SHARE_MAX;
	if (s->n < window || __builtin_popcountll(s->refused & mask) * 100 < window * percent)
		return false;
	*s = (struct queue_share){ 0, 0 };
	return true;
}

static void open_breaker(struct queue_breaker *b, const struct queue_breaker_policy *policy,
                         bool strict, bool longer, int64_t now)
{
	*b = (struct queue_breaker){ .opened = b->opened + (longer || b->opened == 0),
		                     .domain = b->domain,
		                     .good_at = b->good_at,
		                     .strict = strict };
	b->open_until = now + pause_of(policy, b->opened);
}

/* It may be the domain that does not want us. */
static bool is_same_domain(const struct queue_breaker *b, const struct queue_answer *a)
{
	return a->domain != 0 && a->domain == b->domain;
}

/* A mail is refused again while others are accepted, or the next one by the same domain. */
static bool counts_for_nothing(const struct queue_breaker *b,
                               const struct queue_breaker_policy *policy,
                               const struct queue_answer *a, int64_t now)
{
	if (a->blame != BLAME_ROUTE)
		return false;
	return a->again ? now - b->good_at <= policy->pause_max : is_same_domain(b, a);
}

void queue_breaker_restore(struct queue_breaker *b, const struct queue_breaker_policy *policy,
                           int64_t open_until, int64_t pause)
{
	/* why it was opened is not known: the trial has to be good */
	*b = (struct queue_breaker){ .opened = 1, .open_until = open_until, .strict = true };
	while (pause_of(policy, b->opened) < pause &&
	       pause_of(policy, b->opened) < policy->pause_max)
		b->opened++;
}

void queue_breaker_pass(struct queue_breaker *b)
{
	*b = (struct queue_breaker){ .opened = b->opened,
		                     .good_at = b->good_at,
		                     .slow = SLOW_FIRST };
}

static enum queue_breaker_news note_trial(struct queue_breaker *b,
                                          const struct queue_breaker_policy *policy,
                                          const struct queue_answer *a, int64_t now)
{
	if (a->blame == BLAME_ROUTE || (b->strict && a->outcome == OUTCOME_REFUSED)) {
		open_breaker(b, policy, b->strict, !a->again && !is_same_domain(b, a), now);
		return BREAKER_TRIAL_FAILED;
	}
	if (b->strict && a->outcome != OUTCOME_ACCEPTED)
		return BREAKER_NO_NEWS;
	queue_breaker_pass(b);
	return BREAKER_TRIAL_PASSED;
}

/* Behind a pause a quarter is enough to open it again. */
int queue_breaker_window(const struct queue_breaker *b, const struct queue_breaker_policy *policy)
{
	if (b->opened == 0)
		return policy->window;
	return policy->window < 4 * SHORT_WINDOW_LEAST ? SHORT_WINDOW_LEAST : policy->window / 4;
}

static bool share_is_bad(struct queue_breaker *b, const struct queue_breaker_policy *policy,
                         enum outcome outcome)
{
	int percent = policy->percent > 0 ? policy->percent : NO_SHARE;

	if (queue_share_note(&b->share, queue_breaker_window(b, policy), percent,
	                     outcome == OUTCOME_REFUSED))
		return true;
	if (b->share.n >= policy->window)
		b->opened = 0;
	return false;
}

static void count_failure(struct queue_breaker *b, const struct queue_answer *a)
{
	if (a->blame != BLAME_ROUTE) {
		b->failures = 0;
		b->news = false;
		b->domain = 0;
		return;
	}
	b->failures++;
	b->news |= !a->again;
	b->domain = a->domain;
}

enum queue_breaker_news queue_breaker_note(struct queue_breaker *b,
                                           const struct queue_breaker_policy *policy,
                                           const struct queue_answer *a, int64_t now)
{
	/* a pause longer than any is left behind by a clock that was set back */
	if (b->open_until > now && b->open_until - now <= policy->pause_max)
		return BREAKER_NO_NEWS;
	if (a->outcome == OUTCOME_ACCEPTED)
		b->good_at = now;
	if (b->open_until != 0)
		return note_trial(b, policy, a, now);
	if (counts_for_nothing(b, policy, a, now))
		return BREAKER_NO_NEWS;
	count_failure(b, a);
	if (b->failures >= policy->threshold) {
		open_breaker(b, policy, false, b->news, now);
		return BREAKER_BLAMED;
	}
	if (a->blame == BLAME_ROUTE && a->again)
		return BREAKER_NO_NEWS;
	if (b->slow > 0 && a->outcome == OUTCOME_ACCEPTED && ++b->slow > SLOW_LAST)
		b->slow = 0;
	if (!share_is_bad(b, policy, a->outcome))
		return BREAKER_NO_NEWS;
	open_breaker(b, policy, true, true, now);
	return BREAKER_SHARE;
}

int queue_breaker_allows(const struct queue_breaker *b, int64_t now, int most)
{
	if (b->open_until != 0)
		return now >= b->open_until && most > 0 ? 1 : 0;
	return b->slow > 0 && b->slow < most ? b->slow : most;
}
