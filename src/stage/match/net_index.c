/*
 * net_index: which registered networks are the smallest that hold an address.
 *
 * Invariant: once sealed, start is strictly ascending and every border of a network is one of them.
 * Input: the store's ranges, checked at import (lo <= hi); overlaps may be as bad as anybody likes
 * to register.
 */
#include "base.h"
#include "alloc.h"
#include "net_index.h"

void net_index_clear(struct net_index *ix)
{
	free(ix->asset);
	free(ix->start);
	free(ix->first);
	free(ix->owner);
	*ix = (struct net_index){ 0 };
}

static struct ip ip_minus(const struct ip *a, const struct ip *b)
{
	unsigned borrow = 0;
	struct ip d;

	for (int i = 15; i >= 0; i--) {
		unsigned v = 0x100u + a->b[i] - b->b[i] - borrow;

		d.b[i] = (uint8_t)v;
		borrow = v < 0x100u;
	}
	return d;
}

/* False where ip is the last address there is. */
static bool ip_next(struct ip *out, const struct ip *ip)
{
	*out = *ip;
	for (int i = 15; i >= 0; i--)
		if (++out->b[i] != 0)
			return true;
	return false;
}

void net_index_add(struct net_index *ix, int64_t company_id, int64_t asset_id,
		   const struct ip_range *range)
{
	if (ix->n >= UINT32_MAX / 2)
		bug("match: more than %u networks", UINT32_MAX / 2);
	grow_array(&ix->asset, &ix->cap, ix->n + 1, sizeof(*ix->asset));
	ix->asset[ix->n++] = (struct net_asset){
		.company_id = company_id, .asset_id = asset_id, .range = *range,
		.distance = ip_minus(&range->hi, &range->lo),
	};
}

static int compare_ids(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_assets(const void *pa, const void *pb)
{
	const struct net_asset *a = pa, *b = pb;
	int c = ip_compare(&a->distance, &b->distance);

	if (c == 0)
		c = compare_ids(a->company_id, b->company_id);
	if (c == 0)
		c = ip_compare(&a->range.lo, &b->range.lo);
	return c ? c : compare_ids(a->asset_id, b->asset_id);
}

static int compare_starts(const void *a, const void *b)
{
	return ip_compare(a, b);
}

static uint64_t big_endian(const uint8_t *b)
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v = v << 8 | b[i];
	return v;
}

/*
 * The number of starts that are at or before ip.  This is the inner loop of matching: halves of
 * addresses as numbers save a call of memcmp() a step.
 */
static size_t starts_until(const struct net_index *ix, const struct ip *ip)
{
	uint64_t high = big_endian(ip->b), low = big_endian(ip->b + 8);
	size_t lo = 0, hi = ix->n_segments;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		uint64_t h = big_endian(ix->start[mid].b);

		if (h < high || (h == high && big_endian(ix->start[mid].b + 8) <= low))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void cut_segments(struct net_index *ix)
{
	size_t n = 0, kept = 0;

	ix->start = xreallocarray(NULL, 2 * ix->n + 1, sizeof(*ix->start));
	for (size_t i = 0; i < ix->n; i++) {
		ix->start[n++] = ix->asset[i].range.lo;
		n += ip_next(&ix->start[n], &ix->asset[i].range.hi);
	}
	qsort(ix->start, n, sizeof(*ix->start), compare_starts);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || ip_compare(&ix->start[kept - 1], &ix->start[i]) != 0)
			ix->start[kept++] = ix->start[i];
	ix->n_segments = kept;
}

/*
 * Painting: networks in the order of their size colour the segments that no smaller one has
 * coloured.  Done segments are skipped with a union-find, so that the work is bounded by what is
 * painted and not by how deep networks nest.
 */
struct painting {
	struct net_index *ix;
	uint32_t most;
	uint32_t *skip;  /* per segment: itself while open, else a later one */
	uint32_t *count; /* owners of each segment so far */
	struct stroke {
		uint32_t segment, asset;
	} *stroke;
	size_t n, cap;
};

static uint32_t next_open(struct painting *p, uint32_t s)
{
	while (p->skip[s] != s) {
		p->skip[s] = p->skip[p->skip[s]];
		s = p->skip[s];
	}
	return s;
}

static void paint_asset(struct painting *p, uint32_t asset, uint32_t from, uint32_t to)
{
	for (uint32_t s = next_open(p, from); s < to; s = next_open(p, s + 1)) {
		grow_array(&p->stroke, &p->cap, p->n + 1, sizeof(*p->stroke));
		p->stroke[p->n++] = (struct stroke){ s, asset };
		if (++p->count[s] > p->most)
			p->skip[s] = s + 1;
	}
}

/* Paints the networks of one size, [from, to), and closes what they touched. */
static void paint_size(struct painting *p, size_t from, size_t to)
{
	const struct net_asset *a = p->ix->asset;
	size_t first_stroke = p->n;
	uint32_t painted = 0;

	for (size_t i = from; i < to; i++) {
		uint32_t lo = (uint32_t)starts_until(p->ix, &a[i].range.lo) - 1;
		uint32_t hi = (uint32_t)starts_until(p->ix, &a[i].range.hi);

		/* of one size and one company, a later range ends later: what both hold is painted
		 * already */
		if (i == from || a[i].company_id != a[i - 1].company_id)
			painted = 0;
		paint_asset(p, (uint32_t)i, lo > painted ? lo : painted, hi);
		painted = hi;
	}
	for (size_t i = first_stroke; i < p->n; i++)
		p->skip[p->stroke[i].segment] = p->stroke[i].segment + 1;
}

/* Sorts the strokes by segment; their order within one stays. */
static void collect_strokes(struct net_index *ix, const struct painting *p)
{
	uint32_t at = 0;

	ix->first = xreallocarray(NULL, ix->n_segments + 1, sizeof(*ix->first));
	ix->owner = xreallocarray(NULL, p->n + 1, sizeof(*ix->owner));
	for (size_t s = 0; s < ix->n_segments; s++) {
		ix->first[s] = at;
		at += p->count[s];
		p->count[s] = ix->first[s];
	}
	ix->first[ix->n_segments] = at;
	for (size_t i = 0; i < p->n; i++)
		ix->owner[p->count[p->stroke[i].segment]++] = p->stroke[i].asset;
}

void net_index_seal(struct net_index *ix, uint32_t most)
{
	struct painting p = { .ix = ix, .most = most };

	if (ix->n > 0)
		qsort(ix->asset, ix->n, sizeof(*ix->asset), compare_assets);
	cut_segments(ix);
	p.skip = xreallocarray(NULL, ix->n_segments + 1, sizeof(*p.skip));
	p.count = xcalloc(ix->n_segments + 1, sizeof(*p.count));
	for (uint32_t s = 0; s <= ix->n_segments; s++)
		p.skip[s] = s;
	for (size_t i = 0, end; i < ix->n; i = end) {
		for (end = i + 1; end < ix->n; end++)
			if (ip_compare(&ix->asset[i].distance, &ix->asset[end].distance) != 0)
				break;
		paint_size(&p, i, end);
	}
	collect_strokes(ix, &p);
	free(p.skip);
	free(p.count);
	free(p.stroke);
}

size_t net_index_find(const struct net_index *ix, const struct ip *ip, const uint32_t **owners)
{
	size_t s = starts_until(ix, ip);

	if (s == 0)
		return 0;
	*owners = ix->owner + ix->first[s - 1];
	return ix->first[s] - ix->first[s - 1];
}
