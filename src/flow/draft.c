/*
 * draft: one company's mail on its way into the queue.
 *
 * Invariant: finding[] holds rows of this company only: they come out of the store by company and
 * incident, and are never added to.
 */
#include "base.h"
#include "draft.h"
#include "mailaddr.h"
#include "num.h"
#include "queue.h"
#include "store_finding.h"
#include "store_mail.h"
#include "store_register.h"
#include "store_warning.h"
#include "validity.h"
#include "word.h"

static void withhold(struct draft *d)
{
	size_t kept = 0;

	for (size_t i = 0; i < d->n_finding; i++)
		if (tlp_mailable(tlp_of_word(d->finding[i].tlp)))
			d->finding[kept++] = d->finding[i];
	d->n_withheld = d->n_finding - kept;
	d->n_finding = kept;
}

static int add_rungs(struct draft *d, struct gateway *g, struct arena *a, int64_t company_id,
		     const char *partner, struct err *e)
{
	struct draft_rung *all;
	struct contact *list = NULL;
	size_t n = 0;
	int rc = store_contact_ladder(g->store, a, &list, &n, company_id, e);

	all = arena_alloc(a, (d->n_rung + n) * sizeof(*all) + 1);
	if (d->n_rung > 0)
		memcpy(all, d->rung, d->n_rung * sizeof(*all));
	for (size_t i = 0; i < n && rc == 0; i++) {
		struct draft_rung *r = &all[d->n_rung + i];

		*r = (struct draft_rung){ .contact = list[i], .partner = partner };
		if (d->escalation) {
			rc = store_mail_tried(g->store, d->warning.id, list[i].id, e);
			r->tried = rc == 1;
			rc = rc < 0 ? rc : 0;
		}
	}
	d->rung = all;
	d->n_rung += n;
	return rc;
}

static int load_ladder(struct draft *d, struct gateway *g, struct arena *a, struct err *e)
{
	struct company partner;
	struct err missing = ERR_INIT;
	int rc = add_rungs(d, g, a, d->company.id, NULL, e);

	if (rc < 0 || *d->company.partner == '\0')
		return rc;
	rc = store_company_by_ref(g->store, a, &partner, d->company.partner, &missing);
	if (rc == ERR_NOTFOUND)
		return 0;
	if (rc < 0) {
		*e = missing;
		return rc;
	}
	/* what is vital is never mailed, for another company neither */
	return partner.vital ? 0 : add_rungs(d, g, a, partner.id, partner.name, e);
}

/* The next contact into chosen, or the draft becomes a telephone call. */
static void choose_contact(struct draft *d, struct arena *a)
{
	struct ladder_contact *list = arena_alloc(a, d->n_rung * sizeof(*list) + 1);

	for (size_t i = 0; i < d->n_rung; i++)
		list[i] = (struct ladder_contact){ &d->rung[i].contact, d->rung[i].tried };
	d->chosen = ladder_next(list, d->n_rung);
	d->action = d->chosen >= 0 ? DRAFT_MAIL : DRAFT_CALL;
	d->call_reason = d->escalation ? "contacts_dead" : "no_contact";
}

static int find_warning(struct draft *d, struct gateway *g, struct arena *a, struct err *e)
{
	int rc =
	    store_warning_of(g->store, a, &d->warning, d->incident->id, d->company.id, e);

	if (rc == 0)
		d->warning =
		    (struct warning){ .incident_id = d->incident->id, .company_id = d->company.id };
	return rc < 0 ? rc : 0;
}

/* 1, 0 where it was forgotten since somebody listed it, or an error. */
static int find_company(struct draft *d, struct gateway *g, struct arena *a, int64_t id,
			struct err *e)
{
	struct err missing = ERR_INIT;
	int rc = store_company_get(g->store, a, &d->company, id, &missing);

	if (rc == ERR_NOTFOUND)
		return 0;
	if (rc == 0)
		return 1;
	*e = missing;
	return rc;
}

int draft_plan(struct draft *d, struct gateway *g, struct arena *a, const struct incident *in,
	       int64_t company_id, struct err *e)
{
	int rc;

	*d = (struct draft)DRAFT_INIT;
	d->incident = in;
	d->call_reason = "";
	if ((rc = find_company(d, g, a, company_id, e)) != 1)
		return rc;
	if ((rc = find_warning(d, g, a, e)) < 0 ||
	    (rc = store_unwarned_findings(g->store, a, &d->finding, &d->n_finding, in->id,
					  company_id, e)) < 0)
		return rc;
	if (d->n_finding == 0)
		return 0;
	/* of these findings, also where the warning had one; a next contact reads the same date */
	d->warning.deadline_at = gateway_now(g) + (int64_t)in->deadline_days * 86400;
	if (d->company.vital) {
		d->action = DRAFT_HANDOVER;
		return 0;
	}
	withhold(d);
	if (d->n_finding == 0) {
		d->action = DRAFT_WITHHELD;
		return 0;
	}
	if ((rc = load_ladder(d, g, a, e)) == 0)
		choose_contact(d, a);
	return rc;
}

/* A warning that was given up, because there was nobody to write to. */
static bool resumes(const struct draft *d)
{
	return d->escalation && d->warning.state == WARNING_UNREACHABLE;
}

int draft_plan_next(struct draft *d, struct gateway *g, struct arena *a, const struct incident *in,
                    const struct warning *w, struct err *e)
{
	int rc;

	*d = (struct draft)DRAFT_INIT;
	d->incident = in;
	d->warning = *w;
	d->escalation = true;
	d->call_reason = "";
	if ((rc = store_company_get(g->store, a, &d->company, w->company_id, e)) < 0 ||
	    (rc = store_warned_findings(g->store, a, &d->finding, &d->n_finding, w->id, e)) < 0)
		return rc;
	if (d->n_finding > 0 && d->company.vital) {
		d->action = DRAFT_HANDOVER;
		return 0;
	}
	withhold(d);
	if (d->n_finding == 0)
		return 0;
	if (resumes(d))
		d->warning.deadline_at = gateway_now(g) + (int64_t)in->deadline_days * 86400;
	if ((rc = load_ladder(d, g, a, e)) == 0)
		choose_contact(d, a);
	return rc;
}

static int fresh_reference(struct draft *d, struct gateway *g, struct arena *a, struct err *e)
{
	char ref[WARNING_REF_TEXT];
	uint64_t seed;
	int rc;

	do {
		g->rng->fill(g->rng->arg, &seed, sizeof(seed));
		warning_ref_format(ref, seed);
		rc = store_warning_ref_taken(g->store, ref, e);
	} while (rc == 1);
	d->warning.ref = arena_strdup(a, ref);
	return rc;
}

int draft_number(struct draft *d, struct gateway *g, struct arena *a, struct err *e)
{
	int rc;

	if (d->action == DRAFT_NOTHING || d->action == DRAFT_WITHHELD)
		return 0;
	if (d->warning.id == 0) {
		if ((rc = fresh_reference(d, g, a, e)) < 0)
			return rc;
		d->warning.created_at = gateway_now(g);
	}
	if (d->action != DRAFT_MAIL)
		return 0;
	return store_new_id(g->store, &d->mail.id, e);
}

/* "bounces@x" and token -> "bounces+token@x" */
static const char *tagged(struct arena *a, const char *address, const char *token)
{
	const char *at = strrchr(address, '@');

	return arena_concat(a, arena_strndup(a, address, (size_t)(at - address)), "+", token, at);
}

/* Envelope, Message-ID and tokens: once a draft, whoever it goes to. */
static int address_mail(struct draft *d, struct gateway *g, struct arena *a, struct err *e)
{
	char bounce[TOKEN_TEXT], reply[TOKEN_TEXT], id[NUM_TEXT], random[NUM_TEXT];
	struct delivery *m = &d->mail;
	uint64_t unique;
	int rc;

	if ((rc = token_make(bounce, &g->keys, TOKEN_BOUNCE, m->id, e)) < 0 ||
	    (rc = token_make(reply, &g->keys, TOKEN_REPLY, m->id, e)) < 0)
		return rc;
	g->rng->fill(g->rng->arg, &unique, sizeof(unique));
	m->env_from = tagged(a, g->conf->gateway.bounce_address, bounce);
	num_put_hex(id, (uint64_t)m->id, 1);
	num_put_hex(random, unique, 16);
	m->message_id = arena_concat(a, "<", id, ".", random, "@",
	                             mailaddr_domain(g->conf->gateway.from), ">");
	m->envid = arena_concat(a, d->warning.ref, ".", id);
	m->priority = (int)d->incident->severity;
	d->reply_to = tagged(a, g->conf->gateway.reply_address, reply);
	return 0;
}

static enum language language_of(const struct draft *d, const struct contact *k)
{
	int l;

	return word_parse(&l, language_words, k->language) ? (enum language)l : d->company.language;
}

static int write_letter(struct draft *d, struct gateway *g, struct arena *a, struct err *e)
{
	const struct draft_rung *r = &d->rung[d->chosen];
	const struct conf_gateway *c = &g->conf->gateway;
	struct warn_gateway who = { c->name, c->organisation, c->from, c->phone, c->website,
		                    g->conf->sign.fingerprint };
	/* intake gave each finding the advice it gets, with the incident's taken into account */
	struct incident in = *d->incident;
	struct warn_input input = {
		.gateway = &who,
		.company = &d->company,
		.contact = &r->contact,
		.incident = &in,
		.partner = r->partner,
		.ref = d->warning.ref,
		.finding = d->finding,
		.n_finding = d->n_finding,
		.created_at = gateway_now(g),
		.deadline_at = d->warning.deadline_at,
	};
	int rc;

	if (d->reply_to == NULL && (rc = address_mail(d, g, a, e)) < 0)
		return rc;
	input.reply_to = d->reply_to;
	input.message_id = d->mail.message_id;
	in.advice = "auto";
	warn_letter_clear(&d->letter);
	rc = warn_write(&d->letter, &input, g->catalog[language_of(d, &r->contact)], g->rng, e);
	return rc < 0 ? err_wrap(e, "company %s", d->company.ref) : 0;
}

static void letter_failed(struct draft *d, const char *why)
{
	d->action = DRAFT_CALL;
	d->call_reason = "letter_failed";
	d->evidence = why;
}

int draft_letter(struct draft *d, struct gateway *g, struct arena *a, struct err *e)
{
	struct err why = ERR_INIT;
	int rc = write_letter(d, g, a, &why);

	if (rc == 0 && d->letter.entity.len > SIGN_ENTITY_MAX)
		letter_failed(d, arena_printf(a, "a letter of %zu bytes about %zu findings is too"
		                              " long to be signed",
		                              d->letter.entity.len, d->n_finding));
	if (rc == 0)
		return 0;
	if (d->escalation && (rc == ERR_PERM || rc == ERR_INPUT || rc == ERR_NOTFOUND)) {
		letter_failed(d, arena_strdup(a, why.text));
		return 0;
	}
	*e = why;
	return rc;
}

int draft_close(struct draft *d, struct gateway *g, const char *armour, const char *micalg,
		struct err *e)
{
	const struct contact *k = &d->rung[d->chosen].contact;
	int rc;

	buf_reset(&d->bytes);
	if ((rc = warn_close(&d->bytes, &d->letter, armour, micalg, g->rng, e)) < 0)
		return err_wrap(e, "company %s", d->company.ref);
	warn_letter_clear(&d->letter);
	d->mail.contact_id = k->id;
	d->mail.env_to = k->value;
	d->mail.bytes = d->bytes.s;
	d->mail.len = d->bytes.len;
	return 0;
}

const char *draft_key(const struct draft *d)
{
	return d->letter.sealed ? d->rung[d->chosen].contact.pgp : "";
}

bool draft_pass_over(struct draft *d, struct arena *a, int code)
{
	if (*draft_key(d) == '\0' || (code != ERR_NOTFOUND && code != ERR_PERM))
		return false;
	/* its key cannot be used: never clear text instead, but somebody else may be reached */
	d->rung[d->chosen].tried = true;
	choose_contact(d, a);
	d->call_reason = "key_unusable";
	return true;
}

int draft_make(struct draft *d, struct gateway *g, struct arena *a, struct err *e)
{
	const struct signer *s = &g->signer;
	struct buf armour = BUF_INIT;
	int rc = 0;

	while (d->action == DRAFT_MAIL && (rc = draft_letter(d, g, a, e)) == 0) {
		const struct buf *entity = &d->letter.entity;
		char micalg[MICALG_TEXT] = "";

		if (d->action != DRAFT_MAIL)
			break;
		buf_reset(&armour);
		rc = d->letter.sealed
			 ? s->seal(s->arg, &armour, entity->s, entity->len, draft_key(d), e)
			 : s->sign(s->arg, &armour, micalg, entity->s, entity->len, e);
		if (rc == 0) {
			rc = draft_close(d, g, armour.s, micalg, e);
			break;
		}
		if (!draft_pass_over(d, a, rc)) {
			rc = err_wrap(e, "company %s", d->company.ref);
			break;
		}
		rc = 0;
	}
	buf_clear(&armour);
	return rc;
}

/* Was the warning that it adds to moved meanwhile? */
static int warning_moved(const struct draft *d, struct gateway *g, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct warning w = { .id = 0 };
	int rc = store_warning_of(g->store, &a, &w, d->incident->id, d->company.id, e);
	bool same = w.id == d->warning.id && w.state == d->warning.state;

	arena_clear(&a);
	return rc < 0 ? rc : !same;
}

/* Became its company vital or its contact invalid meanwhile?  Only mails that wait already are
 * cancelled then. */
static int may_not_go(const struct draft *d, struct gateway *g, struct err *e)
{
	int rc;

	if (d->action != DRAFT_MAIL)
		return 0;
	rc = store_mail_may_go(g->store, d->company.id, d->rung[d->chosen].contact.id, e);
	return rc < 0 ? rc : rc == 0;
}

int draft_stale(const struct draft *d, struct gateway *g, struct err *e)
{
	int rc;

	if (d->action == DRAFT_NOTHING || d->action == DRAFT_WITHHELD)
		return 0;
	if ((rc = may_not_go(d, g, e)) != 0 || d->escalation)
		return rc;
	if (d->warning.id != 0 && (rc = warning_moved(d, g, e)) != 0)
		return rc;
	/* a run tells all that can be told, the oldest first: it says who makes a warning, too */
	rc = store_finding_untold(g->store, &d->finding[0], d->company.id, e);
	return rc < 0 ? rc : rc == 0;
}

/* New findings of a company that has the warning already. */
static bool tells_more(const struct draft *d)
{
	return d->warning.id != 0 && !d->escalation;
}

/*
 * The time of what the draft writes: later than every mail of the warning before it, even within a
 * second or after the clock was set back.  By these times store_mail_overtaken() and
 * store_mail_passed_on() know what a mail told.
 */
static int time_of_telling(const struct draft *d, struct gateway *g, int64_t *at, struct err *e)
{
	int64_t now = gateway_now(g), first = d->warning.created_at;
	int rc = 0;

	if (d->warning.id != 0)
		rc = store_mail_latest(g->store, d->warning.id, &first, e);
	first += d->warning.id != 0;
	*at = first > now ? first : now;
	return rc;
}

/* More findings are an event even where the state stays, and only in the state that was planned
 * for: an answer may have come meanwhile. */
static int ensure_warning(struct draft *d, struct gateway *g, enum warning_state state,
			  const char *reason, int64_t at, struct err *e)
{
	bool more = tells_more(d), by_mail = d->action == DRAFT_MAIL;
	struct warning_change c = { .warning_id = d->warning.id,
				    .from = d->warning.state,
				    .to = state,
				    .reason = more ? MORE_FINDINGS : reason,
				    .evidence = more && !by_mail && *d->evidence == '\0'
				                    ? reason
				                    : d->evidence,
				    .at = at };
	int rc = 0;

	if (d->warning.id == 0) {
		d->warning.state = state;
		return store_warning_open(g->store, &d->warning, reason, d->evidence, e);
	}
	if (c.from != state || more || *c.evidence != '\0')
		rc = store_warning_change(g->store, &c, e);
	if (rc == 0 && (more || (resumes(d) && by_mail)))
		rc = store_warning_set_deadline(g->store, d->warning.id, d->warning.deadline_at, e);
	return rc;
}

static int write_mail(struct draft *d, struct gateway *g, const struct mail_claim *claim,
		      struct err *e)
{
	struct mail_claim dated = { .limit = 0 };
	int64_t at, now = gateway_now(g);
	int rc = time_of_telling(d, g, &at, e);

	if (rc == 0)
		rc = ensure_warning(d, g, WARNING_QUEUED, d->escalation ? "next contact" : "warned",
				    at, e);
	if (rc == 0 && resumes(d))
		rc = store_call_withdraw(g->store, d->warning.id, e);
	if (rc < 0)
		return rc;
	d->mail.warning_id = d->warning.id;
	d->mail.next_try = now;
	d->mail.give_up_at = now + (g->conf->deliver.give_up > 0
	                                    ? g->conf->deliver.give_up
	                                    : queue_schedule_for(d->incident->severity)->give_up);
	if (claim == NULL)
		return store_mail_add(g->store, &d->mail, at, e);
	dated = *claim;
	dated.now = at;
	return store_mail_add_claimed(g->store, &d->mail, &dated, e);
}

static int write_call(struct draft *d, struct gateway *g, enum warning_state state,
		      const char *reason, struct err *e)
{
	int64_t at;
	int rc = time_of_telling(d, g, &at, e);

	if (rc == 0)
		rc = ensure_warning(d, g, state, reason, at, e);
	if (rc < 0)
		return rc;
	/* the findings of a first draft are new to everybody */
	if (d->escalation)
		return store_call_add_if_untold(g->store, d->warning.id, reason, gateway_now(g), e);
	return store_call_add(g->store, d->warning.id, reason, gateway_now(g), e);
}

int draft_write(struct draft *d, struct gateway *g, const struct mail_claim *claim, struct err *e)
{
	int rc = 0;

	switch (d->action) {
	case DRAFT_NOTHING:
	case DRAFT_WITHHELD:
		break;
	case DRAFT_MAIL:
		rc = write_mail(d, g, claim, e);
		break;
	case DRAFT_CALL:
		rc = write_call(d, g, WARNING_UNREACHABLE, d->call_reason, e);
		break;
	case DRAFT_HANDOVER:
		rc = write_call(d, g, WARNING_DRAFT, "vital", e);
		break;
	}
	if (rc == 0 && resumes(d))
		rc = store_warning_set_todo(g->store, d->warning.id, "", e);
	else if (rc == 0 && d->escalation)
		rc = store_warning_take_todo(g->store, d->warning.id, e);
	else if (rc == 0 && d->warning.id != 0)
		rc = store_findings_warned(g->store, d->warning.id, d->company.id, d->finding,
					   d->n_finding, e);
	return rc;
}

void draft_clear(struct draft *d)
{
	warn_letter_clear(&d->letter);
	buf_clear(&d->bytes);
}
