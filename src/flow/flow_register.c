/*
 * flow_register: the register into and out of the store.
 *
 * Invariant: a refused row changes nothing; the rows before and behind it go in.
 */
#include "base.h"
#include "flow_register.h"
#include "flow_waiting.h"
#include "idn.h"
#include "import_notes.h"
#include "psl.h"
#include "store_mail.h"
#include "store_register.h"
#include "store_register.h"
#include "word.h"

enum { ROWS_PER_TRANSACTION = 500, MAILS_AT_ONCE = 100 };

struct import {
	struct gateway *g;
	const char *name;
	struct import_count *count;
	const struct import_watch *watch;
	struct import_notes notes;
	uint64_t lines;
	int64_t now;
	int pending;
};

static int flush(struct import *im, struct err *e)
{
	if (im->pending == 0)
		return 0;
	im->pending = 0;
	return store_commit(im->g->store, e);
}

/* The fields a row does not name keep their stored values. */
static unsigned keep_of(const struct register_row *r)
{
	static const struct { unsigned field, keep; } map[] = {
		{ ROW_NAME, KEEP_NAME }, { ROW_STATUS, KEEP_STATUS },
		{ ROW_LANGUAGE, KEEP_LANGUAGE },
		{ ROW_VITAL, KEEP_VITAL }, { ROW_PARTNER, KEEP_PARTNER }, { ROW_ROLE, KEEP_ROLE },
		{ ROW_RANK, KEEP_RANK }, { ROW_SOURCE, KEEP_SOURCE },
		{ ROW_SOURCE_DATE, KEEP_SOURCE_DATE },
		{ ROW_PGP, KEEP_PGP }, { ROW_CONTACT_NAME, KEEP_CONTACT_NAME },
	};
	unsigned keep = 0;

	for (size_t i = 0; i < ARRAY_SIZE(map); i++)
		if (!(r->present & map[i].field))
			keep |= map[i].keep;
	return keep;
}

static int put_and_hand_over(struct gateway *g, struct company *k, unsigned keep, int64_t now,
			     enum put_result *what, struct err *e)
{
	int rc = store_company_put(g->store, k, keep, now, what, e);
	bool vital = k->vital && !(keep & KEEP_VITAL);

	if (rc < 0 || *what != PUT_CHANGED)
		return rc;
	if (vital)
		rc = flow_hand_over(g, k->id, e);
	if (rc == 0 && (vital || !(keep & KEEP_PARTNER)))
		rc = flow_turn_back(g, k->id, e);
	return rc;
}

static int check_partner(struct gateway *g, const struct company *k, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct company partner;
	int rc;

	if (*k->partner == '\0')
		return 0;
	if (strcmp(k->partner, k->ref) == 0)
		return err_set(e, ERR_INPUT, "partner '%s' is the company itself", k->partner);
	rc = store_company_by_ref(g->store, &a, &partner, k->partner, e);
	arena_clear(&a);
	return rc < 0 ? err_wrap(e, "partner") : 0;
}

int flow_register_set(struct gateway *g, const struct company *k, unsigned keep, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct company stored, row = *k;
	enum put_result what;
	int rc = store_begin(g->store, e);

	if (rc == 0)
		rc = store_company_by_ref(g->store, &a, &stored, k->ref, e);
	if (rc == 0 && !(keep & KEEP_PARTNER))
		rc = check_partner(g, k, e);
	if (rc == 0)
		rc = put_and_hand_over(g, &row, keep, gateway_now(g), &what, e);
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	arena_clear(&a);
	return rc;
}

/* Mails end with the contact they go to, whoever they tell of. */
static int redirect_partners(struct gateway *g, int64_t company_id, int64_t *redirected,
			     struct err *e)
{
	int64_t mail[MAILS_AT_ONCE];
	int n, rc;

	*redirected = 0;
	do {
		rc = store_mail_cancel_partners(g->store, company_id, gateway_now(g), mail,
						MAILS_AT_ONCE, &n, e);
		for (int i = 0; i < n && rc == 0; i++)
			rc = flow_mail_failed(g, mail[i], e);
		*redirected += n;
	} while (rc == 0 && n == MAILS_AT_ONCE);
	return rc;
}

int flow_register_forget(struct gateway *g, int64_t company_id, int64_t *redirected, struct err *e)
{
	int rc = store_begin(g->store, e);

	if (rc == 0)
		rc = redirect_partners(g, company_id, redirected, e);
	if (rc == 0)
		rc = store_company_forget(g->store, company_id, e);
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	return rc;
}

static int put_company(struct import *im, const struct register_row *r, uint64_t line,
		       enum put_result *what, struct err *e)
{
	struct company c = r->company;
	int rc;

	c.ref = r->company_ref;
	if (*c.name == '\0')
		c.name = c.ref;
	rc = put_and_hand_over(im->g, &c, keep_of(r), im->now, what, e);
	if (rc == 0 && (r->present & ROW_NAME))
		import_notes_name(&im->notes, c.id, c.ref, c.name, line);
	if (rc == 0 && (r->present & ROW_PARTNER) && *c.partner != '\0')
		import_notes_partner(&im->notes, c.partner, line);
	return rc;
}

/* What the register has otherwise than the row says, and keeps. */
static int tell_kept(const struct import *im, const struct contact *k, bool twin, uint64_t line,
                     struct err *e)
{
	struct arena a = ARENA_INIT;
	struct contact kept;
	const char *note = NULL;
	int rc = store_contact_get(im->g->store, &a, &kept, k->id, e);

	if (rc == 0 && twin)
		note = arena_concat(&a, k->value, " is in the register as ", kept.value,
		                    ", which stays as it is");
	else if (rc == 0 && kept.state != k->state)
		note = arena_concat(&a, k->value, " is ",
		                    word_of(contact_state_words, (int)kept.state),
		                    " in the register, and stays so; 'seinpost contact set'"
		                    " changes that");
	if (note != NULL && im->watch->note != NULL)
		im->watch->note(im->watch->arg, line, note);
	arena_clear(&a);
	return rc;
}

static int put_contact(struct import *im, const struct register_row *r, int64_t company_id,
                       enum put_result *what, uint64_t line, struct err *e)
{
	struct contact k = r->contact;
	bool kept;
	int rc;

	k.company_id = company_id;
	rc = store_contact_put(im->g->store, &k, keep_of(r), im->now, what, e);
	kept = *what == PUT_TWIN || (*what != PUT_NEW && (r->present & ROW_STATE) != 0);
	return rc == 0 && kept ? tell_kept(im, &k, *what == PUT_TWIN, line, e) : rc;
}

static int put_part(struct import *im, const struct register_row *r, uint64_t line,
		    enum put_result *what, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct company c;
	int rc = store_company_by_ref(im->g->store, &a, &c, r->company_ref, e);

	if (rc == ERR_NOTFOUND)
		rc = err_set(e, ERR_INPUT, "no company '%s': its own row must come first",
		             r->company_ref);
	if (rc == 0 && r->kind == ROW_CONTACT) {
		rc = put_contact(im, r, c.id, what, line, e);
	} else if (rc == 0) {
		struct asset asset = r->asset;

		asset.company_id = c.id;
		rc = store_asset_put(im->g->store, &asset, im->now, what, e);
		if (rc == 0)
			import_notes_asset(&im->notes, asset.id, line);
	}
	arena_clear(&a);
	return rc;
}

static void count_put(struct import_count *c, enum put_result what)
{
	c->added += what == PUT_NEW;
	c->changed += what == PUT_CHANGED;
	c->same += what == PUT_SAME || what == PUT_TWIN;
}

static void on_begin(void *arg, uint64_t lines)
{
	struct import *im = arg;

	im->lines = lines;
}

static void tell(const struct import *im, uint64_t line)
{
	if (im->watch->progress != NULL)
		im->watch->progress(im->watch->arg, line, im->lines);
}

static int on_row(void *arg, const struct register_row *r, uint64_t line, struct err *e)
{
	struct import *im = arg;
	struct err why = ERR_INIT;
	enum put_result what = PUT_SAME;
	int rc;

	if (im->pending == 0 && (rc = store_begin(im->g->store, e)) < 0)
		return rc;
	im->pending++;
	im->count->read++;
	tell(im, line);
	rc = r->kind == ROW_COMPANY ? put_company(im, r, line, &what, &why)
	                            : put_part(im, r, line, &what, &why);
	if (rc == ERR_INPUT) {
		im->count->refused++;
		im->watch->refused(im->watch->arg, line, r->company_ref, strlen(r->company_ref),
		                   why.text);
		return 0;
	}
	if (rc < 0) {
		*e = why;
		return err_wrap(e, "%s:%" PRIu64, im->name, line);
	}
	count_put(im->count, what);
	return im->pending >= ROWS_PER_TRANSACTION ? flush(im, e) : 0;
}

static int on_refused(void *arg, uint64_t line, const char *raw, size_t n, const char *reason,
                      struct err *e)
{
	struct import *im = arg;

	UNUSED(e);
	im->count->read++;
	im->count->refused++;
	im->watch->refused(im->watch->arg, line, raw, n, reason);
	return 0;
}

int flow_register_import(struct gateway *g, int fd, const char *name, enum rows_format format,
                         struct import_count *count, const struct import_watch *watch,
                         struct err *e)
{
	struct import im = { .g = g, .name = name, .count = count, .watch = watch,
			     .notes = { .arena = ARENA_INIT } };
	struct rows_sink sink = { on_row, on_refused, &im, on_begin };
	struct rows_options o = { .name = name,
		                  .format = format, .to_ascii = idn_to_ascii,
		                  .is_public_suffix = psl_domain_is_public_suffix };
	int rc;

	im.now = o.now = gateway_now(g);
	*count = (struct import_count){ 0 };
	rc = rows_read(fd, &o, &sink, e);
	if (rc == 0)
		rc = flush(&im, e);
	store_rollback(g->store);
	if (rc == 0 && watch->note != NULL)
		rc = import_notes_tell(&im.notes, g->store, watch->note, watch->arg, e);
	import_notes_clear(&im.notes);
	return rc;
}

struct exporter {
	struct buf *out;
	enum rows_format format;
};

static int write_company(void *arg, const struct company *c, struct err *e)
{
	struct exporter *x = arg;
	struct register_row r = { .kind = ROW_COMPANY, .company_ref = c->ref, .company = *c };

	UNUSED(e);
	rows_write(x->out, x->format, &r);
	return 0;
}

static int write_contact(void *arg, const struct contact *k, const char *ref, struct err *e)
{
	struct exporter *x = arg;
	struct register_row r = { .kind = ROW_CONTACT, .company_ref = ref, .contact = *k };

	UNUSED(e);
	rows_write(x->out, x->format, &r);
	return 0;
}

static int write_asset(void *arg, const struct asset *a, const char *ref, struct err *e)
{
	struct exporter *x = arg;
	struct register_row r = { .kind = ROW_ASSET, .company_ref = ref, .asset = *a };

	UNUSED(e);
	rows_write(x->out, x->format, &r);
	return 0;
}

int flow_register_export(struct gateway *g, struct buf *out, enum rows_format format,
                         const char *ref, struct err *e)
{
	struct exporter x = { out, format };
	struct arena a = ARENA_INIT;
	struct company c = { 0 };
	int rc;

	rows_write_head(out, format);
	if (ref == NULL) {
		rc = store_company_each(g->store, write_company, &x, e);
	} else {
		rc = store_company_by_ref(g->store, &a, &c, ref, e);
		if (rc == 0)
			rc = write_company(&x, &c, e);
	}
	if (rc == 0)
		rc = store_contact_each(g->store, c.id, write_contact, &x, e);
	if (rc == 0)
		rc = store_asset_each(g->store, c.id, write_asset, &x, e);
	arena_clear(&a);
	return rc;
}
