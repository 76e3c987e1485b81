/*
 * flow_warn: from matched findings to signed mails in the queue.
 *
 * Nothing is rendered or signed inside a transaction; many mails share a commit, which costs a
 * write to the disk.
 */
#include "base.h"

#include <poll.h>

#include "flow_deliver.h"
#include "flow_waiting.h"
#include "flow_warn.h"
#include "num.h"
#include "store_finding.h"
#include "store_register.h"
#include "store_warning.h"

enum { BATCH = 64, WAIT_MS = 1000 };

/* ERR_CONFLICT: to be planned again, in the next round. */
static int write_one(struct gateway *g, struct draft *d, struct err *e)
{
	int rc = store_begin(g->store, e);

	if (rc == 0)
		rc = draft_stale(d, g, e);
	if (rc == 1)
		rc = err_set(e, ERR_CONFLICT, "company %s changed meanwhile", d->company.ref);
	if (rc == 0)
		rc = draft_write(d, g, NULL, e);
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	return rc;
}

static int commit_turn(struct gateway *g, struct warn_run *r, struct err *e)
{
	int rc = store_begin(g->store, e);

	if (rc == 0)
		rc = warn_run_turn(r, NULL, NULL, e);
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	return rc;
}

static void wait_for_signers(const struct sign_queue *q)
{
	struct pollfd p[SIGN_QUEUE_FDS];
	int fd[SIGN_QUEUE_FDS], n = q->wait_on(q->arg, fd);

	for (int i = 0; i < n; i++)
		p[i] = (struct pollfd){ .fd = fd[i], .events = POLLIN };
	poll(p, (nfds_t)n, WAIT_MS);
}

int flow_warn(struct gateway *g, const struct incident *in, struct warn_count *count,
              void (*progress)(void *arg, uint64_t done), void *arg, struct err *e)
{
	struct warn_run *r = warn_run_new(g, in);
	int rc = 0;

	while (rc == 0 && !warn_run_done(r)) {
		if (warn_run_wants_turn(r))
			rc = commit_turn(g, r, e);
		else
			wait_for_signers(&g->sign_queue);
		if (rc == 0)
			rc = warn_run_work(r, e);
		if (progress != NULL)
			progress(arg, warn_run_count(r)->companies);
	}
	*count = *warn_run_count(r);
	warn_run_free(r);
	return rc;
}

static int preview_one(struct gateway *g, const struct incident *in, int64_t company_id,
		       preview_fn *show, void *arg, struct err *e)
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

/* What is done with each warning that was given up. */
typedef int given_up_fn(struct gateway *g, const struct incident *in, const struct warning *w,
			void *arg, struct err *e);

static int each_given_up(struct gateway *g, const struct incident *in, given_up_fn *act, void *arg,
			 struct err *e)
{
	struct arena a = ARENA_INIT;
	int64_t warning[BATCH], after = 0;
	struct warning w;
	int n = 0, rc;

	do {
		rc = store_warnings_given_up(g->store, in->id, &after, warning, BATCH, &n, e);
		for (int i = 0; i < n && rc == 0; i++) {
			rc = store_warning_get(g->store, &a, &w, warning[i], e);
			if (rc == 0)
				rc = act(g, in, &w, arg, e);
			arena_clear(&a);
		}
	} while (rc == 0 && n == BATCH);
	return rc;
}

struct previewing {
	preview_fn *show;
	void *arg;
	int64_t company; /* 0: all */
};

static int preview_again(struct gateway *g, const struct incident *in, const struct warning *w,
			 void *arg, struct err *e)
{
	const struct previewing *p = arg;
	struct arena a = ARENA_INIT;
	struct draft d;
	int rc;

	if (p->company != 0 && p->company != w->company_id)
		return 0;
	if ((rc = draft_plan_next(&d, g, &a, in, w, e)) == 0 && d.action == DRAFT_MAIL &&
	    (rc = draft_make(&d, g, &a, e)) == 0)
		rc = p->show(p->arg, &d, e);
	draft_clear(&d);
	arena_clear(&a);
	return rc;
}

int flow_preview(struct gateway *g, const struct incident *in, const char *company_ref,
		 preview_fn *show, void *arg, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct company c;
	struct previewing p = { show, arg, 0 };
	int64_t company[BATCH], after = 0;
	int n = 0, rc;

	if (company_ref != NULL) {
		rc = store_company_by_ref(g->store, &a, &c, company_ref, e);
		if (rc == 0 && (rc = preview_one(g, in, c.id, show, arg, e)) == 0) {
			p.company = c.id;
			rc = each_given_up(g, in, preview_again, &p, e);
		}
		arena_clear(&a);
		return rc;
	}
	do {
		rc = store_unwarned_companies(g->store, in->id, after, BATCH, company, &n, e);
		for (int i = 0; i < n && rc == 0; i++)
			rc = preview_one(g, in, company[i], show, arg, e);
		after = n > 0 ? company[n - 1] : after;
	} while (rc == 0 && n == BATCH);
	return rc < 0 ? rc : each_given_up(g, in, preview_again, &p, e);
}

static int plan_next(struct draft *d, struct gateway *g, struct arena *a, const struct incident *in,
                     const struct warning *w, struct err *e)
{
	int rc = store_begin(g->store, e);

	if (rc == 0)
		rc = draft_plan_next(d, g, a, in, w, e);
	if (rc == 0)
		rc = draft_number(d, g, a, e);
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	return rc;
}

static int warn_again(struct gateway *g, const struct incident *in, const struct warning *w,
		      void *arg, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct draft d = DRAFT_INIT;
	int rc = plan_next(&d, g, &a, in, w, e);

	if (rc == 0 && d.action == DRAFT_MAIL)
		rc = draft_make(&d, g, &a, e);
	/* still nobody: it stays on the call list as it is */
	if (rc == 0 && d.action == DRAFT_MAIL && (rc = write_one(g, &d, e)) == 0)
		warn_count_add(arg, &d);
	draft_clear(&d);
	arena_clear(&a);
	/* another run made this mail first, or somebody answered */
	return rc == ERR_CONFLICT ? 0 : rc;
}

int flow_warn_again(struct gateway *g, const struct incident *in, struct warn_count *count,
		    struct err *e)
{
	*count = (struct warn_count){ 0 };
	return each_given_up(g, in, warn_again, count, e);
}

static int escalate_one(struct gateway *g, int64_t warning_id, struct warn_count *count,
			struct err *e)
{
	struct arena a = ARENA_INIT;
	struct warning w;
	struct incident in;
	struct draft d = DRAFT_INIT;
	int rc;

	if ((rc = store_warning_get(g->store, &a, &w, warning_id, e)) < 0 ||
	    (rc = store_incident_get(g->store, &a, &in, w.incident_id, e)) < 0 ||
	    (rc = plan_next(&d, g, &a, &in, &w, e)) < 0 || (rc = draft_make(&d, g, &a, e)) < 0)
		goto out;
	rc = write_one(g, &d, e);
	if (rc == 0)
		warn_count_add(count, &d);
out:
	draft_clear(&d);
	arena_clear(&a);
	return rc;
}

int flow_escalate(struct gateway *g, int64_t *after, struct warn_count *count, struct err *e)
{
	int64_t warning[BATCH];
	struct err first = ERR_INIT;
	int n = 0, failed = 0, rc;

	*count = (struct warn_count){ 0 };
	rc = store_warnings_todo(g->store, *after, warning, BATCH, &n, e);
	*after = 0;
	for (int i = 0; i < n && rc == 0; i++) {
		struct err why = ERR_INIT;

		rc = escalate_one(g, warning[i], count, &why);
		/* another node made this mail first, or its contact died: nothing was written */
		if (rc == ERR_CONFLICT)
			rc = 0;
		/* one company's mail that cannot be made must not keep the others from theirs */
		if (rc < 0 && rc != ERR_TEMP && rc != ERR_IO && rc != ERR_CONF) {
			first = failed++ == 0 ? why : first;
			rc = 0;
		}
		if (rc < 0)
			*e = why;
	}
	if (rc < 0)
		return rc;
	*after = n == BATCH ? warning[n - 1] : 0;
	if (failed > 0) {
		*e = first;
		return e->code;
	}
	return n == BATCH;
}

/* How far the deadlines were looked at.  Warnings that are queued or sent later than that are
 * looked at then (flow_call_if_overdue()), so that none has to be looked at twice. */
static const char called_until[] = "called_until";

static int call_batch(struct gateway *g, struct deadline_place *place, int64_t now, int *n,
		      struct err *e)
{
	int64_t warning[BATCH];
	char text[24];
	int rc;

	if ((rc = store_begin(g->store, e)) < 0)
		return rc;
	rc = store_warnings_overdue(g->store, place, now, warning, BATCH, n, e);
	for (int i = 0; i < *n && rc == 0; i++)
		rc = store_call_add_overdue(g->store, warning[i], now, e);
	snprintf(text, sizeof(text), "%" PRId64, now);
	if (rc == 0 && *n < BATCH)
		rc = store_meta_set(g->store, called_until, text, e);
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	return rc;
}

int flow_call_overdue(struct gateway *g, uint64_t *n, struct err *e)
{
	enum { EVERY = 60 };
	int64_t after = 0, now = gateway_now(g);
	struct deadline_place place;
	struct err missing = ERR_INIT;
	char text[24] = "";
	int found = 0, rc;

	*n = 0;
	if (store_meta_get(g->store, called_until, text, sizeof(text), &missing) == 0 &&
	    !num_parse(&after, text, 0, INT64_MAX))
		after = 0;
	/* by a clock that was ahead */
	if (after > now + FLOW_CLOCK_SLACK)
		after = 0;
	if (now < after + EVERY)
		return 0;
	place = (struct deadline_place){ after, INT64_MAX };
	do {
		rc = call_batch(g, &place, now, &found, e);
		*n += (uint64_t)found;
	} while (rc == 0 && found == BATCH);
	return rc;
}
