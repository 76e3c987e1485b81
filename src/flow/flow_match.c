/*
 * flow_match: findings to their owners, in the store.
 *
 * Findings are read in batches by id, matched in memory, and written back in one transaction a
 * batch.
 */
#include "base.h"
#include "alloc.h"
#include "flow_match.h"
#include "store_finding.h"
#include "store_register.h"

enum { BATCH = 1000 };

static int add_asset(void *arg, const struct asset *a, const char *ref, struct err *e)
{
	UNUSED(ref);
	UNUSED(e);
	match_index_add(arg, a);
	return 0;
}

int flow_match_index(struct gateway *g, struct match_index **out, struct err *e)
{
	struct match_index *ix = match_index_new();
	int rc = store_asset_each(g->store, 0, add_asset, ix, e);

	if (rc < 0) {
		match_index_free(ix);
		return rc;
	}
	match_index_seal(ix);
	*out = ix;
	return 0;
}

struct batch_item {
	struct finding key; /* id, incident and state only: its strings are gone after the row */
	struct match_result result;
};

struct batch {
	const struct match_index *ix;
	struct batch_item *item;
	size_t n;
};

static int match_row(void *arg, const struct finding *f, struct err *e)
{
	struct batch *b = arg;
	struct batch_item *it = &b->item[b->n++];

	it->key = (struct finding){ .id = f->id, .incident_id = f->incident_id, .state = f->state };
	match_finding(&it->result, b->ix, f);
	UNUSED(e);
	return 0;
}

/* Some of so many owners would be a choice that nobody made. */
static void leave_crowded(struct batch_item *it, struct match_count *count)
{
	it->result.n = 0;
	if (count->crowded < MATCH_CROWDED_NAMED)
		count->crowded_id[count->crowded] = it->key.id;
	count->crowded++;
}

static int write_item(struct gateway *g, struct batch_item *it, struct match_count *count,
                      struct err *e)
{
	enum finding_state state;
	int rc = 0;

	if (it->result.truncated)
		leave_crowded(it, count);
	state = it->result.n > 0 ? FINDING_MATCHED : FINDING_UNMATCHED;
	for (int i = 0; i < it->result.n && rc == 0; i++) {
		const struct match_owner *o = &it->result.owner[i];

		rc = store_finding_add_owner(g->store, &it->key, o->company_id, o->asset_id,
		                             match_by_words[o->by], e);
	}
	if (rc == 0 && state != it->key.state)
		rc = store_finding_matched(g->store, it->key.id, it->key.state, state, e);
	count->looked_at++;
	count->matched += state == FINDING_MATCHED;
	count->unmatched += state == FINDING_UNMATCHED;
	count->owners += (uint64_t)it->result.n;
	count->shared += it->result.n > 1;
	return rc;
}

static int write_batch(struct gateway *g, struct batch *b, struct match_count *count,
                       struct err *e)
{
	int rc = store_begin(g->store, e);

	for (size_t i = 0; i < b->n && rc == 0; i++)
		rc = write_item(g, &b->item[i], count, e);
	if (rc == 0)
		rc = store_commit(g->store, e);
	store_rollback(g->store);
	return rc;
}

struct match_run {
	struct gateway *g;
	struct batch batch;
	struct match_count *count;
	void (*progress)(void *arg, uint64_t done, uint64_t total);
	void *arg;
	int64_t total;
};

static int match_state(struct match_run *r, int64_t incident_id, enum finding_state state,
                       struct err *e)
{
	int64_t after = 0;
	int rc;

	do {
		r->batch.n = 0;
		rc = store_finding_each(r->g->store, incident_id, state, after, BATCH, match_row,
		                        &r->batch, e);
		if (rc == 0 && r->batch.n > 0)
			rc = write_batch(r->g, &r->batch, r->count, e);
		if (r->batch.n > 0)
			after = r->batch.item[r->batch.n - 1].key.id;
		if (r->progress != NULL)
			r->progress(r->arg, r->count->looked_at, (uint64_t)r->total);
	} while (rc == 0 && r->batch.n == BATCH);
	return rc;
}

static int match_incident(struct match_run *r, int64_t incident_id, struct err *e)
{
	int rc = match_state(r, incident_id, FINDING_UNMATCHED, e);

	return rc < 0 ? rc : match_state(r, incident_id, FINDING_NEW, e);
}

struct id_list {
	int64_t *id;
	size_t n, cap;
};

static void list_id(struct id_list *l, int64_t id)
{
	grow_array(&l->id, &l->cap, l->n + 1, sizeof(*l->id));
	l->id[l->n++] = id;
}

static int list_open(void *arg, const struct incident *in, struct err *e)
{
	UNUSED(e);
	if (in->state == INCIDENT_OPEN)
		list_id(arg, in->id);
	return 0;
}

int flow_match(struct gateway *g, int64_t incident_id, struct match_count *count,
               void (*progress)(void *arg, uint64_t done, uint64_t total), void *arg,
               struct err *e)
{
	struct match_run r = { .g = g, .count = count, .progress = progress, .arg = arg };
	struct match_index *ix = NULL;
	struct id_list open = { NULL, 0, 0 };
	int rc;

	*count = (struct match_count){ 0 };
	if ((rc = flow_match_index(g, &ix, e)) < 0)
		return rc;
	r.batch.ix = ix;
	r.batch.item = xcalloc(BATCH, sizeof(*r.batch.item));
	if (incident_id != 0)
		list_id(&open, incident_id);
	else
		rc = store_incident_each(g->store, list_open, &open, e);
	for (size_t i = 0; i < open.n && rc == 0; i++)
		rc = store_finding_waiting(g->store, open.id[i], &r.total, e);
	for (size_t i = 0; i < open.n && rc == 0; i++)
		rc = match_incident(&r, open.id[i], e);
	free(open.id);
	free(r.batch.item);
	match_index_free(ix);
	return rc;
}
