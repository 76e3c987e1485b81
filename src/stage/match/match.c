/*
 * match: finding x assets -> the companies it belongs to.
 *
 * Invariant: a result names no company twice, and match_explain() calls chosen exactly what
 * match_finding() found. Input: assets from the store (checked at import); findings are hostile
 * text within intake's lengths.
 */
#include "base.h"
#include "alloc.h"
#include "match.h"
#include "name_index.h"
#include "net_index.h"
#include "question.h"

const char *const match_by_words[] = { "ip", "domain", "url", "account", "reverse", NULL };

struct match_index {
	struct net_index nets;
	struct name_index names;
	bool sealed;
};

struct match_index *match_index_new(void)
{
	return xcalloc(1, sizeof(struct match_index));
}

void match_index_free(struct match_index *ix)
{
	if (ix == NULL)
		return;
	net_index_clear(&ix->nets);
	name_index_clear(&ix->names);
	free(ix);
}

void match_index_add(struct match_index *ix, const struct asset *a)
{
	if (ix->sealed)
		bug("match: asset added to a sealed index");
	if (a->kind == ASSET_NETWORK)
		net_index_add(&ix->nets, a->company_id, a->id, &a->range);
	else
		name_index_add(&ix->names, a->company_id, a->id, a->text);
}

void match_index_seal(struct match_index *ix)
{
	if (ix->sealed)
		bug("match: index sealed twice");
	net_index_seal(&ix->nets, MATCH_OWNERS);
	name_index_seal(&ix->names);
	ix->sealed = true;
}

static bool names_company(const struct match_result *r, int64_t company_id)
{
	for (int i = 0; i < r->n; i++)
		if (r->owner[i].company_id == company_id)
			return true;
	return false;
}

static void add_owner(struct match_result *r, int64_t company_id, int64_t asset_id,
		      enum match_by by)
{
	if (r->truncated || names_company(r, company_id))
		return;
	if (r->n == MATCH_OWNERS)
		r->truncated = true;
	else
		r->owner[r->n++] = (struct match_owner){ company_id, asset_id, by };
}

static void ask_ip(struct match_result *r, const struct match_index *ix, const struct ip *ip,
		   enum match_by by)
{
	const uint32_t *owners = NULL;
	size_t n = net_index_find(&ix->nets, ip, &owners);

	for (size_t i = 0; i < n; i++) {
		const struct net_asset *a = &ix->nets.asset[owners[i]];

		add_owner(r, a->company_id, a->asset_id, by);
	}
}

static void ask_name(struct match_result *r, const struct match_index *ix, const char *name,
		     enum match_by by)
{
	const struct name_asset *a = name_index_find(&ix->names, name);

	for (uint32_t i = 0; a != NULL && i < a->same && !r->truncated; i++)
		add_owner(r, a[i].company_id, a[i].asset_id, by);
}

void match_finding(struct match_result *out, const struct match_index *ix, const struct finding *f)
{
	struct question q;

	if (!ix->sealed)
		bug("match: question to an index that is not sealed");
	out->n = 0;
	out->truncated = false;
	for (int by = MATCH_IP; by <= MATCH_REVERSE; by++) {
		if (by == MATCH_REVERSE && out->n > 0)
			break;
		if (!question_read(&q, f, (enum match_by)by))
			continue;
		if (q.has_ip)
			ask_ip(out, ix, &q.ip, (enum match_by)by);
		else
			ask_name(out, ix, q.name, (enum match_by)by);
	}
}

struct explanation {
	const struct match_index *ix;
	const struct match_result *result;
	match_step_fn *step;
	void *arg;
	enum match_by by;
	bool skipped; /* not asked at all: reverse DNS where something else matched */
};

static bool is_chosen(const struct explanation *x, const struct match_owner *o)
{
	for (int i = 0; i < x->result->n; i++) {
		const struct match_owner *r = &x->result->owner[i];

		if (r->company_id == o->company_id && r->asset_id == o->asset_id && r->by == o->by)
			return true;
	}
	return false;
}

/* best: no other candidate of this question is more specific. */
static void explain_candidate(const struct explanation *x, enum asset_kind kind,
			      const struct match_owner *o, const char *text, bool best)
{
	static const char *const most_specific[] = {
		[ASSET_NETWORK] = "the smallest network that holds the address",
		[ASSET_DOMAIN] = "the longest domain that the name ends in",
	};
	static const char *const less_specific[] = {
		[ASSET_NETWORK] = "a smaller network holds the address",
		[ASSET_DOMAIN] = "the name ends in a longer domain",
	};
	bool chosen = is_chosen(x, o);
	const char *why;

	if (chosen)
		why = most_specific[kind];
	else if (x->skipped)
		why = "reverse DNS is asked only where nothing else matches";
	else if (!best)
		why = less_specific[kind];
	else if (names_company(x->result, o->company_id))
		why = "the company is named already";
	else
		why = "one finding cannot have more owners";
	x->step(x->arg, o, text, chosen, why);
}

/* Sealed networks stand in the order of their size, so the first that holds the address is a
 * smallest one. */
static void explain_ip(const struct explanation *x, const struct ip *ip)
{
	const struct net_asset *smallest = NULL;
	char text[IP_RANGE_TEXT];

	for (size_t i = 0; i < x->ix->nets.n; i++) {
		const struct net_asset *a = &x->ix->nets.asset[i];
		const struct match_owner o = { a->company_id, a->asset_id, x->by };

		if (!ip_range_contains(&a->range, ip))
			continue;
		if (smallest == NULL)
			smallest = a;
		explain_candidate(x, ASSET_NETWORK, &o, ip_range_format(text, &a->range),
		                  ip_compare(&a->distance, &smallest->distance) == 0);
	}
}

static void explain_name(const struct explanation *x, const char *name)
{
	const struct name_asset *longest = name_index_find(&x->ix->names, name), *a = longest;

	while (a != NULL) {
		const char *dot = strchr(a->name, '.');

		for (uint32_t i = 0; i < a->same; i++) {
			const struct match_owner o = { a[i].company_id, a[i].asset_id, x->by };

			explain_candidate(x, ASSET_DOMAIN, &o, a[i].name, a == longest);
		}
		a = dot ? name_index_find(&x->ix->names, dot + 1) : NULL;
	}
}

void match_explain(const struct match_index *ix, const struct finding *f, match_step_fn *step,
		   void *arg)
{
	struct match_result r;
	struct explanation x = { .ix = ix, .result = &r, .step = step, .arg = arg };
	struct question q;

	match_finding(&r, ix, f);
	for (int by = MATCH_IP; by <= MATCH_REVERSE; by++) {
		x.by = (enum match_by)by;
		x.skipped = x.by == MATCH_REVERSE && r.n > 0 && r.owner[0].by != MATCH_REVERSE;
		if (!question_read(&q, f, x.by))
			continue;
		if (q.has_ip)
			explain_ip(&x, &q.ip);
		else
			explain_name(&x, q.name);
	}
}
