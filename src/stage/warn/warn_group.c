/*
 * warn_group: findings of one mail, by kind of advice.
 *
 * Invariant: every finding is in exactly one group; the order depends on the findings only, not on
 * how they came.
 * Input: findings of one company; their texts are hostile and only compared here.
 */
#include "base.h"
#include "warn_group.h"

static int compare_numbers(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int compare_systems(const struct finding *a, const struct finding *b)
{
	char text_a[IP_TEXT], text_b[IP_TEXT];

	if (a->has_ip && b->has_ip)
		return ip_compare(&a->ip, &b->ip);
	if (a->has_ip != b->has_ip)
		return a->has_ip ? -1 : 1;
	return strcmp(finding_subject(text_a, a), finding_subject(text_b, b));
}

static int compare_findings(const void *va, const void *vb)
{
	const struct finding *a = *(const struct finding *const *)va,
			     *b = *(const struct finding *const *)vb;
	int c = compare_numbers(b->severity, a->severity);

	if (c == 0)
		c = compare_systems(a, b);
	if (c == 0)
		c = compare_numbers(a->port, b->port);
	if (c == 0)
		c = compare_numbers(b->seen_at, a->seen_at);
	if (c == 0)
		c = strcmp(a->identifier, b->identifier);
	return c != 0 ? c : compare_numbers(a->id, b->id);
}

static int compare_groups(const void *va, const void *vb)
{
	const struct warn_group *a = va, *b = vb;
	int c = compare_numbers(b->finding[0]->severity, a->finding[0]->severity);

	return c != 0 ? c : strcmp(a->kind, b->kind);
}

/* The number of the group for kind, made where it is new. */
static size_t group_of(struct warn_groups *g, const char *kind)
{
	for (size_t i = 0; i < g->n; i++)
		if (strcmp(g->group[i].kind, kind) == 0)
			return i;
	g->group[g->n].kind = kind;
	return g->n++;
}

int warn_group_findings(struct warn_groups *out, struct arena *a, const struct warn_catalog *c,
                        const struct warn_input *in, warn_kind_fn *kind_of, struct err *e)
{
	size_t n = in->n_finding, *place = arena_alloc(a, n * sizeof(*place));
	struct warn_groups g = { arena_alloc(a, n * sizeof(*g.group)), 0 };

	for (size_t i = 0; i < n; i++) {
		const char *kind = kind_of(c, in, &in->finding[i], e);

		if (kind == NULL)
			return ERR_NOTFOUND;
		place[i] = group_of(&g, kind);
		g.group[place[i]].n++;
	}
	for (size_t i = 0; i < g.n; i++) {
		g.group[i].finding = arena_alloc(a, g.group[i].n * sizeof(*g.group[i].finding));
		g.group[i].n = 0;
	}
	for (size_t i = 0; i < n; i++) {
		struct warn_group *group = &g.group[place[i]];

		group->finding[group->n++] = &in->finding[i];
	}
	for (size_t i = 0; i < g.n; i++)
		qsort(g.group[i].finding, g.group[i].n, sizeof(*g.group[i].finding),
		      compare_findings);
	qsort(g.group, g.n, sizeof(*g.group), compare_groups);
	*out = g;
	return 0;
}
