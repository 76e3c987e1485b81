/*
 * flow_warn: from matched findings to signed mails in the queue.
 *
 * A batch of companies is planned and signed outside of any transaction and written in one: a commit costs a write to
 * the disk, and many share it.
 */
#include "base.h"
#include "flow_warn.h"
#include "num.h"
#include "store_finding.h"
#include "store_register.h"
#include "store_warning.h"

enum { BATCH = 64 };

static void count_draft(struct warn_count *c, const struct draft *d)
{
	c->companies += d->action != DRAFT_NOTHING;
	c->mails += d->action == DRAFT_MAIL;
	c->calls += d->action == DRAFT_CALL;
	c->handed_over += d->action == DRAFT_HANDOVER;
	c->withheld += d->n_withheld;
}

static int write_all(struct gateway *g, struct draft *d, int n, struct err *e)
{
	int rc = store_begin(g->store, e);

	for (int i = 0; i < n && rc == 0; i++)
		rc = draft_write(&d[i], g, e);
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	return rc;
}

static int warn_batch(struct gateway *g, const struct incident *in, const int64_t *company, int n,
                      struct warn_count *count, struct err *e)
{
	struct draft d[BATCH];
	struct arena a = ARENA_INIT;
	int rc = 0, made = 0;

	for (; made < n && rc == 0; made++) {
		rc = draft_plan(&d[made], g, &a, in, company[made], e);
		if (rc == 0)
			rc = draft_number(&d[made], g, &a, e);
		if (rc == 0)
			rc = draft_make(&d[made], g, &a, e);
	}
	if (rc == 0)
		rc = write_all(g, d, n, e);
	for (int i = 0; i < made; i++) {
		if (rc == 0)
			count_draft(count, &d[i]);
		draft_clear(&d[i]);
	}
	arena_clear(&a);
	return rc;
}

int flow_warn(struct gateway *g, const struct incident *in, struct warn_count *count,
              void (*progress)(void *arg, uint64_t done), void *arg, struct err *e)
{
	int64_t company[BATCH], after = 0;
	int n, rc;

	*count = (struct warn_count){ 0 };
	do {
		rc = store_unwarned_companies(g->store, in->id, after, BATCH, company, &n, e);
		if (rc < 0 || n == 0)
			break;
		rc = warn_batch(g, in, company, n, count, e);
		after = company[n - 1];
		if (progress != NULL)
			progress(arg, count->companies);
	} while (rc == 0);
	return rc;
}

static int preview_one(struct gateway *g, const struct incident *in, int64_t company_id, preview_fn *show, void *arg,
                       struct err *e)
{
	struct arena a = ARENA_INIT;
	struct draft d;
	int rc = draft_plan(&d, g, &a, in, company_id, e);

	if (rc == 0 && d.warning.id == 0) {
		d.warning.ref = "SP-VOOR-BEELD";
		d.warning.deadline_at = gateway_now(g) + (int64_t)in->deadline_days * 86400;
	}
	if (rc == 0)
		rc = draft_make(&d, g, &a, e);
	if (rc == 0 && d.action != DRAFT_NOTHING)
		rc = show(arg, &d, e);
	draft_clear(&d);
	arena_clear(&a);
	return rc;
}

int flow_preview(struct gateway *g, const struct incident *in, const char *company_ref, preview_fn *show, void *arg,
                 struct err *e)
{
	struct arena a = ARENA_INIT;
	struct company c;
	int64_t company[BATCH], after = 0;
	int n = 0, rc;

	if (company_ref != NULL) {
		rc = store_company_by_ref(g->store, &a, &c, company_ref, e);
		if (rc == 0)
			rc = preview_one(g, in, c.id, show, arg, e);
		arena_clear(&a);
		return rc;
	}
	do {
		rc = store_unwarned_companies(g->store, in->id, after, BATCH, company, &n, e);
		for (int i = 0; i < n && rc == 0; i++)
			rc = preview_one(g, in, company[i], show, arg, e);
		after = n > 0 ? company[n - 1] : after;
	} while (rc == 0 && n == BATCH);
	return rc;
}

static int escalate_one(struct gateway *g, int64_t warning_id, struct warn_count *count, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct warning w;
	struct incident in;
	struct draft d = { .bytes = BUF_INIT };
	int rc;

	if ((rc = store_warning_get(g->store, &a, &w, warning_id, e)) < 0 ||
	    (rc = store_incident_get(g->store, &a, &in, w.incident_id, e)) < 0 ||
	    (rc = draft_plan_next(&d, g, &a, &in, &w, e)) < 0 || (rc = draft_number(&d, g, &a, e)) < 0 ||
	    (rc = draft_make(&d, g, &a, e)) < 0)
		goto out;
	rc = write_all(g, &d, 1, e);
	if (rc == 0)
		count_draft(count, &d);
out:
	draft_clear(&d);
	arena_clear(&a);
	return rc;
}

int flow_escalate(struct gateway *g, struct warn_count *count, struct err *e)
{
	int64_t warning[BATCH];
	struct err first = ERR_INIT;
	int n = 0, failed = 0, rc;

	*count = (struct warn_count){ 0 };
	rc = store_warnings_todo(g->store, warning, BATCH, &n, e);
	for (int i = 0; i < n && rc == 0; i++) {
		struct err why = ERR_INIT;

		rc = escalate_one(g, warning[i], count, &why);
		/* another node made this mail first: nothing was written */
		if (rc == ERR_CONFLICT)
			rc = 0;
		/* one company's mail that cannot be made must not keep the others from theirs */
		if (rc < 0 && rc != ERR_TEMP && rc != ERR_IO) {
			first = failed++ == 0 ? why : first;
			rc = 0;
		}
		if (rc < 0)
			*e = why;
	}
	if (rc == 0 && failed > 0) {
		*e = first;
		return e->code;
	}
	return rc < 0 ? rc : n == BATCH;
}

static int call_batch(struct gateway *g, int64_t after, int64_t now, int *n, struct err *e)
{
	int64_t warning[BATCH];
	char text[24];
	int rc;

	if ((rc = store_begin(g->store, e)) < 0)
		return rc;
	rc = store_warnings_overdue(g->store, after, now, warning, BATCH, n, e);
	for (int i = 0; i < *n && rc == 0; i++)
		rc = store_call_add(g->store, warning[i], "no_answer", now, e);
	snprintf(text, sizeof(text), "%" PRId64, now);
	if (rc == 0 && *n < BATCH)
		rc = store_meta_set(g->store, "overdue_until", text, e);
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	return rc;
}

int flow_call_overdue(struct gateway *g, uint64_t *n, struct err *e)
{
	enum { EVERY = 60 };
	int64_t after = 0, now = gateway_now(g);
	struct err missing = ERR_INIT;
	char text[24] = "";
	int found = 0, rc;

	*n = 0;
	if (store_meta_get(g->store, "overdue_until", text, sizeof(text), &missing) == 0 &&
	    !num_parse(&after, text, 0, INT64_MAX))
		after = 0;
	if (now < after + EVERY)
		return 0;
	do {
		rc = call_batch(g, after, now, &found, e);
		*n += (uint64_t)found;
	} while (rc == 0 && found == BATCH);
	return rc;
}
