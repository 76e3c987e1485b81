/*
 * sign_remote: asks signer processes for signatures.
 *
 * Invariant: each ticket is answered once, by its signer or, where that process ended or fell
 * silent, by us. Input: answers of our own process; a ticket it was not given, or an answer that is
 * none, ends it.
 */
#include "base.h"

#include <poll.h>

#include "alloc.h"
#include "clock.h"
#include "log.h"
#include "quota.h"
#include "sign_answers.h"
#include "sign_remote.h"
#include "signer.h"
#include "spawn.h"
#include "wire.h"

enum {
	WINDOW = 32,      /* requests a process may hold */
	FLUSH_BYTES = 32 * 1024, /* fewer bytes of requests wait for others */
	BUSY = 4,         /* as many: another process is started */
	MANY = 100,       /* mails for which all processes are started at once */
	FAILURES_MAX = 3, /* then a process is not started again */
	PATIENCE_MS = (SIGNER_SECONDS + 5) * 1000,
	QUOTA_EXTRA_MS = 5000, /* a process counts a request when it comes to it */
};

struct process {
	pid_t pid; /* 0 = not running */
	struct channel ch;
	bool ready;
	int64_t asked[WINDOW];
	int n_asked;
	struct quota quota; /* as the process keeps it, so that it need not refuse */
	int64_t alive_at; /* last answer or first request, monotonic ms */
	int failures;
	struct err why; /* of the last failure */
};

struct sign_pool {
	struct sign_pool_options o;
	char *home, *fingerprint, *passphrase_file;
	struct process process[SIGN_QUEUE_FDS];
	struct sign_answers answers; /* that nobody has taken yet */
	int64_t own_ticket; /* below 0: of the signer's callers */
	struct buf message;
};

/* What the process was asked is answered by us. */
static void write_off(struct sign_pool *p, struct process *s)
{
	channel_clear(&s->ch);
	s->pid = 0;
	s->failures++;
	for (int i = 0; i < s->n_asked; i++)
		buf_addstr(&sign_answers_add(&p->answers, s->asked[i], ERR_TEMP)->text,
			   s->why.text);
	s->n_asked = 0;
}

/* The process cannot be used any more. */
static void lose(struct sign_pool *p, struct process *s, int code, const char *why)
{
	err_set(&s->why, code, "%s", why); /* first: why may lie in the channel */
	spawn_kill(s->pid);
	write_off(p, s);
}

/* The process ended by itself. */
static void bury(struct sign_pool *p, struct process *s)
{
	char outcome[SPAWN_OUTCOME];

	spawn_outcome(s->pid, outcome);
	err_set(&s->why, ERR_TEMP, "signer process: %s", outcome);
	write_off(p, s);
}

/* Where the process ended, reading from it says so and answers its tickets. */
static void flush(struct process *s)
{
	struct err gone = ERR_INIT;

	if (channel_flush(&s->ch, &gone) < 0)
		gone.code = 0;
}

static bool take_ticket(struct process *s, int64_t ticket)
{
	for (int i = 0; i < s->n_asked; i++) {
		if (s->asked[i] == ticket) {
			s->asked[i] = s->asked[--s->n_asked];
			return true;
		}
	}
	return false;
}

static bool on_answer(struct sign_pool *p, struct process *s, struct span payload)
{
	const char *armour, *micalg, *text;
	struct kept_answer *out;
	int64_t ticket, code;

	if (!wire_get_int(&payload, &ticket) || !wire_get_int(&payload, &code) ||
	    !wire_get_text(&payload, &armour) || !wire_get_text(&payload, &micalg) ||
	    !wire_get_text(&payload, &text) || !span_empty(payload) || code > 0 || code < ERR_NET ||
	    strlen(micalg) >= MICALG_TEXT || !take_ticket(s, ticket))
		return false;
	if (code == 0)
		s->failures = 0; /* it works; what ends it now and then is not the key */
	out = sign_answers_add(&p->answers, ticket, (int)code);
	buf_addstr(&out->armour, armour);
	buf_addstr(&out->micalg, micalg);
	buf_addstr(&out->text, text);
	return true;
}

static bool on_ready(struct process *s, struct span payload, int *code, const char **text)
{
	int64_t v;

	if (s->ready || !wire_get_int(&payload, &v) || v > 0 || v < ERR_NET ||
	    !wire_get_text(&payload, text))
		return false;
	*code = (int)v;
	s->ready = true;
	return true;
}

/* false: the process cannot be used any more. */
static bool on_message(struct sign_pool *p, struct process *s, uint32_t type, struct span payload)
{
	const char *text = "";
	int code = 0;

	if (type == SIGNER_ANSWER ? !on_answer(p, s, payload)
				  : type != SIGNER_READY || !on_ready(s, payload, &code, &text)) {
		lose(p, s, ERR_PERM, "signer process: sent what it was not asked for");
		return false;
	}
	if (code == 0)
		return true;
	lose(p, s, code, text);
	s->failures = FAILURES_MAX; /* what is wrong with the key stays wrong */
	return false;
}

static void read_process(struct sign_pool *p, struct process *s, int64_t now_ms)
{
	struct err e = ERR_INIT;
	struct span payload;
	uint32_t type;
	int rc;

	if (channel_flush(&s->ch, &e) < 0 &&
	    e.code != ERR_IO) /* it died: its last answers can still be read */
		bug("signer: %s", e.text);
	while ((rc = channel_fill(&s->ch, &e)) == 1) {
		int more;

		s->alive_at = now_ms;
		while ((more = channel_next(&s->ch, &type, &payload, &e)) == 1)
			if (!on_message(p, s, type, payload))
				return;
		if (more < 0) {
			lose(p, s, ERR_PERM, e.text);
			return;
		}
	}
	if (rc != ERR_TEMP)
		bury(p, s);
	else if ((s->n_asked > 0 || !s->ready) && now_ms - s->alive_at > p->o.patience_ms)
		lose(p, s, ERR_TEMP, "signer process: no answer in time");
}

static void read_all(struct sign_pool *p)
{
	int64_t now_ms = clock_monotonic_ms();

	for (int i = 0; i < p->o.processes; i++)
		if (p->process[i].pid != 0)
			read_process(p, &p->process[i], now_ms);
}

/* What one process may sign in a minute. */
static int share_of(const struct sign_pool *p)
{
	return (p->o.per_minute + p->o.processes - 1) / p->o.processes;
}

static void send_open(struct sign_pool *p, struct process *s, const char *home)
{
	struct buf message = BUF_INIT;

	wire_put_text(&message, home);
	wire_put_text(&message, p->fingerprint);
	wire_put_text(&message, p->passphrase_file);
	wire_put_int(&message, share_of(p));
	channel_queue(&s->ch, SIGNER_OPEN, &message);
	buf_clear(&message);
	flush(s);
}

static int start(struct sign_pool *p, int i, struct err *e)
{
	struct process *s = &p->process[i];
	struct buf home = BUF_INIT;
	int fd = -1, rc = 0;

	if (i == 0)
		buf_addstr(&home, p->home);
	else
		rc = sign_twin_home(&home, p->home, i + 1, e);
	if (rc == 0)
		rc = p->o.spawn("signer", &s->pid, &fd, e);
	if (rc < 0) {
		s->pid = 0;
		s->failures = FAILURES_MAX;
		s->why = e != NULL ? *e : (struct err)ERR_INIT;
		goto out;
	}
	channel_init(&s->ch, fd);
	s->ready = false;
	s->alive_at = clock_monotonic_ms();
	/* a process that is new has signed nothing, but what its predecessor did counts for us */
	s->quota.most = share_of(p);
	s->quota.extra_ms = QUOTA_EXTRA_MS;
	send_open(p, s, home.s);
out:
	buf_clear(&home);
	return rc;
}

static int room_of(const struct process *s, bool to_sign)
{
	int room = WINDOW - s->n_asked;

	return to_sign ? quota_left(&s->quota, room, clock_monotonic_ms()) : room;
}

static void no_room(const struct sign_pool *p, bool to_sign, struct err *e)
{
	*e = p->process[0].why;
	if (e->code == 0 && to_sign && quota_wait(&p->process[0].quota, clock_monotonic_ms()) > 0)
		err_set(e, ERR_TEMP,
			"limit reached: %d signatures in this minute (sign.per_minute in the "
			"configuration)",
			p->o.per_minute);
	else if (e->code == 0)
		err_set(e, ERR_TEMP, "no signer process has room for another request");
}

/* The idlest process; another one is started where all have enough to do, and may start. */
static struct process *pick(struct sign_pool *p, bool to_sign, struct err *e)
{
	struct process *best = NULL;

	for (int i = 0; i < p->o.processes; i++) {
		struct process *s = &p->process[i];

		if (s->pid != 0 && room_of(s, to_sign) > 0 &&
		    (best == NULL || s->n_asked < best->n_asked))
			best = s;
	}
	for (int i = 0; (best == NULL || best->n_asked >= BUSY) && i < p->o.processes; i++) {
		struct process *s = &p->process[i];
		struct err why = ERR_INIT;

		if (s->pid != 0 || s->failures >= FAILURES_MAX || room_of(s, to_sign) == 0)
			continue;
		if (start(p, i, &why) == 0)
			return s;
		log_warn("signer process %d: %s", i + 1, why.text);
	}
	if (best == NULL)
		no_room(p, to_sign, e);
	return best;
}

/* Sends p->message to a process that has room. */
static int send_request(struct sign_pool *p, enum signer_message type, int64_t ticket,
			struct err *e)
{
	bool to_sign = type != SIGNER_VERIFY;
	struct process *s = pick(p, to_sign, e);

	if (s == NULL)
		return e->code;
	if (to_sign && !quota_take(&s->quota, clock_monotonic_ms()))
		bug("signer process without room");
	if (s->n_asked == 0)
		s->alive_at = clock_monotonic_ms();
	s->asked[s->n_asked++] = ticket;
	channel_queue(&s->ch, type, &p->message);
	if (s->ch.out.len >= FLUSH_BYTES)
		flush(s);
	return 0;
}

static int queue_room(void *arg)
{
	struct sign_pool *p = arg;
	int room = 0;

	for (int i = 0; i < p->o.processes; i++)
		if (p->process[i].pid != 0 || p->process[i].failures < FAILURES_MAX)
			room += room_of(&p->process[i], true);
	return room;
}

static void put_entity(struct sign_pool *p, int64_t ticket, const void *data, size_t n)
{
	buf_reset(&p->message);
	wire_put_int(&p->message, ticket);
	wire_put_bytes(&p->message, data, n);
}

static int ask_for(struct sign_pool *p, const struct sign_request *r, struct err *e)
{
	if (r->n > SIGN_ENTITY_MAX)
		return err_set(e, ERR_PERM, "a mail of %zu bytes is too long to be signed", r->n);
	put_entity(p, r->ticket, r->data, r->n);
	if (*r->to_fpr == '\0')
		return send_request(p, SIGNER_SIGN, r->ticket, e);
	wire_put_text(&p->message, r->to_fpr);
	return send_request(p, SIGNER_SEAL, r->ticket, e);
}

static int queue_ask(void *arg, const struct sign_request *r, struct err *e)
{
	return ask_for(arg, r, e);
}

static int queue_take(void *arg, struct sign_answer *out)
{
	struct sign_pool *p = arg;

	struct kept_answer *s = sign_answers_next(&p->answers);

	if (s == NULL) {
		read_all(p);
		s = sign_answers_next(&p->answers);
	}
	if (s == NULL)
		return 0;
	*out = (struct sign_answer){ .ticket = s->ticket,
				     .code = s->code,
				     .armour = s->armour.s,
				     .micalg = s->micalg.s,
				     .text = s->text.s };
	sign_answers_taken(&p->answers, s);
	return 1;
}

static int queue_wait_on(void *arg, int *fd)
{
	struct sign_pool *p = arg;
	int n = 0;

	for (int i = 0; i < p->o.processes; i++) {
		struct process *s = &p->process[i];

		if (s->pid == 0)
			continue;
		flush(s);
		fd[n++] = s->ch.fd;
	}
	return n;
}

static struct kept_answer *wait_answer(struct sign_pool *p, int64_t ticket)
{
	struct kept_answer *s;

	for (read_all(p); (s = sign_answers_find(&p->answers, ticket)) == NULL; read_all(p)) {
		struct pollfd on[SIGN_QUEUE_FDS];
		int fd[SIGN_QUEUE_FDS], n = queue_wait_on(p, fd);

		for (int i = 0; i < n; i++)
			on[i] = (struct pollfd){ .fd = fd[i], .events = POLLIN };
		poll(on, (nfds_t)n, p->o.patience_ms / 4);
	}
	sign_answers_taken(&p->answers, s);
	return s; /* valid until the next answer is stored */
}

/* Asks and waits; a process that ended is given a second chance. */
static int ask_and_wait(struct sign_pool *p, const struct sign_request *r, struct buf *armour,
			char *micalg, struct err *e)
{
	struct sign_request own = *r;
	struct kept_answer *s = NULL;

	for (int i = 0; i < 2 && (s == NULL || s->code == ERR_TEMP); i++) {
		int rc;

		own.ticket = --p->own_ticket;
		if ((rc = ask_for(p, &own, e)) < 0)
			return rc;
		s = wait_answer(p, own.ticket);
	}
	if (s->code < 0)
		return err_set(e, s->code, "%s", s->text.s);
	buf_add(armour, s->armour.s, s->armour.len);
	if (micalg != NULL)
		snprintf(micalg, MICALG_TEXT, "%s", s->micalg.s);
	return 0;
}

static int pool_sign(void *arg, struct buf *signature, char micalg[MICALG_TEXT], const void *data,
		     size_t n, struct err *e)
{
	return ask_and_wait(arg, &(struct sign_request){ .data = data, .n = n, .to_fpr = "" },
			    signature, micalg, e);
}

static int pool_seal(void *arg, struct buf *ciphertext, const void *data, size_t n,
		     const char *to_fpr, struct err *e)
{
	if (*to_fpr == '\0')
		return err_set(e, ERR_NOTFOUND, "no key to encrypt to");
	return ask_and_wait(arg, &(struct sign_request){ .data = data, .n = n, .to_fpr = to_fpr },
			    ciphertext, NULL, e);
}

static int pool_verify(void *arg, const void *data, size_t n, const char *signature,
		       size_t n_signature, struct err *e)
{
	struct sign_pool *p = arg;
	struct kept_answer *s;
	int rc;

	if (n > SIGNER_ENTITY_MAX / 4 || n_signature > SIGNER_ENTITY_MAX / 4)
		return err_set(e, ERR_PERM, "too long to be verified");
	put_entity(p, --p->own_ticket, data, n);
	wire_put_bytes(&p->message, signature, n_signature);
	if ((rc = send_request(p, SIGNER_VERIFY, p->own_ticket, e)) < 0)
		return rc;
	s = wait_answer(p, p->own_ticket);
	return s->code < 0 ? err_set(e, s->code, "%s", s->text.s) : 0;
}

static void pool_close(void *arg)
{
	sign_pool_close(arg);
}

struct signer sign_pool_signer(struct sign_pool *p)
{
	return (struct signer){ .sign = pool_sign,
				.seal = pool_seal,
				.verify = pool_verify,
				.close = pool_close,
				.arg = p };
}

struct sign_queue sign_pool_queue(struct sign_pool *p)
{
	return (struct sign_queue){ queue_room, queue_ask, queue_take, queue_wait_on, p };
}

static int wait_ready(struct sign_pool *p, struct process *s, struct err *e)
{
	while (s->pid != 0 && !s->ready) {
		struct pollfd on = { .fd = s->ch.fd, .events = POLLIN };

		poll(&on, 1, p->o.patience_ms / 4);
		read_process(p, s, clock_monotonic_ms());
	}
	if (s->pid != 0)
		return 0;
	*e = s->why;
	return e->code;
}

/* One that looks at the key beside the first costs less time than one after it. */
static void start_others(struct sign_pool *p)
{
	for (int i = 1; i < p->o.at_once && i < p->o.processes; i++) {
		struct err why = ERR_INIT;

		if (start(p, i, &why) < 0)
			log_warn("signer process %d: %s", i + 1, why.text);
	}
}

/* One that ended before it could say anything is started again; not one that was silent. */
static int open_first(struct sign_pool *p, struct err *e)
{
	int64_t until = clock_monotonic_ms() + p->o.patience_ms;
	struct process *s = &p->process[0];
	int rc;

	do {
		if (s->failures > 0)
			log_warn("%s; it is started again", s->why.text);
		if ((rc = start(p, 0, e)) < 0)
			return rc;
		if (s->failures == 0)
			start_others(p);
		rc = wait_ready(p, s, e);
	} while (rc < 0 && s->failures < FAILURES_MAX && clock_monotonic_ms() < until);
	if (rc == 0)
		e->code = 0;
	return rc;
}

int sign_pool_open(struct sign_pool **out, const struct sign_pool_options *o, struct err *e)
{
	struct sign_pool *p = xcalloc(1, sizeof(*p));
	int rc;

	p->o = *o;
	p->o.patience_ms = o->patience_ms > 0 ? o->patience_ms : PATIENCE_MS;
	p->o.spawn = o->spawn != NULL ? o->spawn : spawn_role;
	p->home = xstrdup(o->home);
	p->fingerprint = xstrdup(o->fingerprint);
	p->passphrase_file = xstrdup(o->passphrase_file);
	p->message = (struct buf)BUF_INIT;
	if ((rc = open_first(p, e)) < 0) {
		sign_pool_close(p);
		return rc;
	}
	*out = p;
	return 0;
}

void sign_pool_close(struct sign_pool *p)
{
	if (p == NULL)
		return;
	for (int i = 0; i < p->o.processes; i++) {
		if (p->process[i].pid == 0)
			continue;
		channel_clear(&p->process[i].ch);
		spawn_kill(p->process[i].pid);
	}
	sign_answers_clear(&p->answers);
	buf_clear(&p->message);
	free(p->home);
	free(p->fingerprint);
	free(p->passphrase_file);
	free(p);
}

int sign_remote_open(struct gateway *g, struct err *e)
{
	const struct conf_sign *c = &g->conf->sign;
	struct sign_pool_options o = { .home = c->home,
				       .fingerprint = c->fingerprint,
				       .passphrase_file = c->passphrase_file,
				       .processes = c->processes,
				       .at_once = g->to_sign >= MANY ? c->processes : 1,
				       .per_minute = c->per_minute };
	struct sign_pool *p = NULL;
	int rc = sign_pool_open(&p, &o, e);

	if (rc < 0)
		return rc;
	g->signer = sign_pool_signer(p);
	g->sign_queue = sign_pool_queue(p);
	return 0;
}
