/*
 * warn_run: the warnings of an incident on their way into the queue.
 *
 * Invariant: a slot's draft is planned from the store and written to it inside transactions, and
 * rendered and signed outside of any; a company has one slot at most. Input: armour of our own
 * signer, which compose checks for its form.
 */
#include "base.h"

#include "alloc.h"
#include "draft.h"
#include "flow_deliver.h"
#include "store_finding.h"
#include "warn_run.h"

enum { WINDOW = 192, TURN = 48, COMPANIES = 512, TRIES = 3 };

/* named: its company is known, and nothing else yet; planned: by a transaction that may not be
 * committed yet */
enum slot_state {
	SLOT_FREE,
	SLOT_NAMED,
	SLOT_PLANNED,
	SLOT_ASKED,
	SLOT_FINISHED,
	SLOT_WRITTEN,
	SLOT_STATES
};

struct slot {
	enum slot_state state;
	int64_t company;
	int tries;
	bool claimed; /* WRITTEN: to be sent by whoever gave the room for it */
	struct draft draft;
	struct arena arena;
};

struct warn_run {
	struct gateway *g;
	const struct incident *in;
	int64_t company[COMPANIES], after;
	int n_company, next;
	bool no_more; /* companies in the store */
	struct slot slot[WINDOW];
	int n[SLOT_STATES];
	struct warn_count count;
};

struct warn_run *warn_run_new(struct gateway *g, const struct incident *in)
{
	struct warn_run *r = xcalloc(1, sizeof(*r));

	r->g = g;
	r->in = in;
	r->n[SLOT_FREE] = WINDOW;
	return r;
}

static void set_state(struct warn_run *r, struct slot *s, enum slot_state state)
{
	r->n[s->state]--;
	r->n[state]++;
	s->state = state;
}

static void set_free(struct warn_run *r, struct slot *s)
{
	draft_clear(&s->draft);
	arena_clear(&s->arena);
	s->tries = 0;
	s->claimed = false;
	set_state(r, s, SLOT_FREE);
}

void warn_run_free(struct warn_run *r)
{
	if (r == NULL)
		return;
	for (int i = 0; i < WINDOW; i++)
		if (r->slot[i].state != SLOT_FREE)
			set_free(r, &r->slot[i]);
	free(r);
}

static bool more_companies(const struct warn_run *r)
{
	return r->next < r->n_company || !r->no_more;
}

bool warn_run_done(const struct warn_run *r)
{
	return r->n[SLOT_FREE] == WINDOW && !more_companies(r);
}

bool warn_run_wants_turn(const struct warn_run *r)
{
	int under_way = r->n[SLOT_ASKED] + r->n[SLOT_PLANNED];

	/* free slots are planned in the turn that writes, unless the signers would run out of work
	 */
	if (r->n[SLOT_FINISHED] >= TURN)
		return true;
	if (more_companies(r) && r->n[SLOT_FREE] >= TURN && under_way < WINDOW / 3)
		return true;
	return under_way == 0 && r->n[SLOT_FINISHED] + r->n[SLOT_NAMED] > 0;
}

const struct warn_count *warn_run_count(const struct warn_run *r)
{
	return &r->count;
}

static void plan_again(struct warn_run *r, struct slot *s)
{
	set_free(r, s);
	set_state(r, s, SLOT_NAMED);
}

static int write_slot(struct warn_run *r, struct slot *s, const struct mail_claim *claim,
		      struct err *e)
{
	int rc = draft_write(&s->draft, r->g, claim, e);

	if (rc == 0)
		set_state(r, s, SLOT_WRITTEN);
	if (rc != ERR_CONFLICT)
		return rc;
	/* half of it may be written: the whole turn is to be tried again */
	plan_again(r, s);
	return err_set(e, ERR_TEMP,
		       "another 'seinpost warn' works on the same companies; run it again");
}

static int write_finished(struct warn_run *r, const char *route, int *room, struct err *e)
{
	char owner[FLOW_OWNER];
	struct mail_claim claim = flow_claim_terms(r->g, owner, route, 0);
	int rc = 0;

	for (int i = 0; i < WINDOW && rc == 0; i++) {
		struct slot *s = &r->slot[i];

		if (s->state != SLOT_FINISHED)
			continue;
		if ((rc = draft_stale(&s->draft, r->g, e)) != 0) {
			if (rc == 1)
				plan_again(r, s);
			rc = rc < 0 ? rc : 0;
			continue;
		}
		s->claimed = route != NULL && *room > 0 && s->draft.action == DRAFT_MAIL;
		if (s->claimed)
			--*room;
		rc = write_slot(r, s, s->claimed ? &claim : NULL, e);
	}
	return rc;
}

const struct delivery *warn_run_claimed(struct warn_run *r)
{
	for (int i = 0; i < WINDOW; i++) {
		struct slot *s = &r->slot[i];

		if (s->state != SLOT_WRITTEN || !s->claimed)
			continue;
		s->claimed = false;
		return &s->draft.mail;
	}
	return NULL;
}

/* The next company; 0 where there is none. */
static int next_company(struct warn_run *r, int64_t *out, struct err *e)
{
	int rc;

	*out = 0;
	if (r->next == r->n_company && !r->no_more) {
		rc = store_unwarned_companies(r->g->store, r->in->id, r->after, COMPANIES,
					      r->company, &r->n_company, e);
		if (rc < 0)
			return rc;
		r->next = 0;
		r->no_more = r->n_company < COMPANIES;
		r->after = r->n_company > 0 ? r->company[r->n_company - 1] : r->after;
	}
	if (r->next < r->n_company)
		*out = r->company[r->next++];
	return 0;
}

static int plan_slot(struct warn_run *r, struct slot *s, struct err *e)
{
	int rc = draft_plan(&s->draft, r->g, &s->arena, r->in, s->company, e);

	set_state(r, s, SLOT_PLANNED);
	if (rc == 0)
		rc = draft_number(&s->draft, r->g, &s->arena, e);
	return rc;
}

int warn_run_turn(struct warn_run *r, const char *route, int *room, struct err *e)
{
	int rc = write_finished(r, route, room, e);

	for (int i = 0; i < WINDOW && rc == 0; i++) {
		struct slot *s = &r->slot[i];

		/* where no company is left, one that is to be planned again may stand behind */
		if (s->state == SLOT_FREE) {
			if ((rc = next_company(r, &s->company, e)) < 0 || s->company == 0)
				continue;
			set_state(r, s, SLOT_NAMED);
		}
		if (s->state == SLOT_NAMED)
			rc = plan_slot(r, s, e);
	}
	return rc;
}

/* Slots that a committed turn planned are all rendered, or still wait for room: those are planned
 * again too. */
void warn_run_undo(struct warn_run *r)
{
	for (int i = 0; i < WINDOW; i++) {
		struct slot *s = &r->slot[i];

		if (s->state != SLOT_WRITTEN && s->state != SLOT_PLANNED)
			continue;
		plan_again(r, s);
	}
}

void warn_count_add(struct warn_count *c, const struct draft *d)
{
	c->companies += d->action != DRAFT_NOTHING;
	c->mails += d->action == DRAFT_MAIL;
	c->calls += d->action == DRAFT_CALL;
	c->handed_over += d->action == DRAFT_HANDOVER;
	c->withheld += d->n_withheld;
}

static int ask(struct warn_run *r, int i, struct err *e)
{
	struct slot *s = &r->slot[i];
	const struct sign_queue *q = &r->g->sign_queue;
	const struct buf *entity = &s->draft.letter.entity;
	struct sign_request request = {
		.ticket = i + 1, .data = entity->s, .n = entity->len, .to_fpr = draft_key(&s->draft)
	};

	set_state(r, s, SLOT_ASKED);
	if (q->ask(q->arg, &request, e) < 0)
		return err_wrap(e, "company %s", s->draft.company.ref);
	return 0;
}

/* Renders a planned letter and asks for its signature; what is no mail is finished as it is. */
static int render(struct warn_run *r, int i, struct err *e)
{
	struct slot *s = &r->slot[i];
	int rc;

	if (s->draft.action != DRAFT_MAIL) {
		set_state(r, s, SLOT_FINISHED);
		return 0;
	}
	if ((rc = draft_letter(&s->draft, r->g, &s->arena, e)) < 0)
		return rc;
	if (s->draft.action == DRAFT_MAIL)
		return ask(r, i, e);
	set_state(r, s, SLOT_FINISHED);
	return 0;
}

static int take_answer(struct warn_run *r, const struct sign_answer *a, struct err *e)
{
	int i = (int)a->ticket - 1;
	struct slot *s = &r->slot[i];
	int rc = 0;

	if (a->ticket < 1 || a->ticket > WINDOW || s->state != SLOT_ASKED)
		bug("warn_run: an answer nobody asked for: %" PRId64, a->ticket);
	if (a->code == 0) {
		if ((rc = draft_close(&s->draft, r->g, a->armour, a->micalg, e)) == 0)
			set_state(r, s, SLOT_FINISHED);
		return rc;
	}
	if (a->code == ERR_TEMP && ++s->tries < TRIES)
		return ask(r, i, e);
	if (!draft_pass_over(&s->draft, &s->arena, a->code))
		return err_set(e, a->code, "company %s: %s", s->draft.company.ref, a->text);
	set_state(r, s, SLOT_PLANNED);
	return 0;
}

static int collect(struct warn_run *r, struct err *e)
{
	const struct sign_queue *q = &r->g->sign_queue;
	struct sign_answer a;
	int rc = 0;

	while (rc == 0 && q->take(q->arg, &a) == 1)
		rc = take_answer(r, &a, e);
	return rc;
}

int warn_run_work(struct warn_run *r, struct err *e)
{
	const struct sign_queue *q = &r->g->sign_queue;
	int rc = 0;

	for (int i = 0; i < WINDOW; i++) {
		struct slot *s = &r->slot[i];

		if (s->state != SLOT_WRITTEN)
			continue;
		warn_count_add(&r->count, &s->draft);
		set_free(r, s);
	}
	if (r->n[SLOT_ASKED] > 0)
		rc = collect(r, e);
	for (int i = 0; i < WINDOW && rc == 0; i++) {
		if (r->slot[i].state != SLOT_PLANNED)
			continue;
		if (r->slot[i].draft.action == DRAFT_MAIL && q->room(q->arg) == 0)
			break;
		rc = render(r, i, e);
	}
	return rc;
}
