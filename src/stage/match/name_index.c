/*
 * name_index: which registered domain is the longest suffix of a name.
 *
 * Invariant: once sealed, each distinct name has one slot, and at least half of the slots are free.
 * Input: domains of the register, checked at import; names of findings in normal form (hostile, at
 * most DOMAIN_MAX).
 */
#include "base.h"
#include "alloc.h"
#include "name_index.h"

/* FNV-1a, taken from the end of the name, so that one pass over a name gives the hash of each
 * suffix. */
static const uint64_t hash_start = 0xcbf29ce484222325u, hash_prime = 0x100000001b3u;

static uint64_t hash_step(uint64_t h, char c)
{
	return (h ^ (unsigned char)c) * hash_prime;
}

static uint64_t hash_name(const char *name)
{
	uint64_t h = hash_start;

	for (size_t i = strlen(name); i-- > 0;)
		h = hash_step(h, name[i]);
	return h;
}

void name_index_clear(struct name_index *ix)
{
	free(ix->asset);
	free(ix->slot);
	arena_clear(&ix->names);
	*ix = (struct name_index){ 0 };
}

void name_index_add(struct name_index *ix, int64_t company_id, int64_t asset_id, const char *name)
{
	if (ix->n >= UINT32_MAX / 2)
		bug("match: more than %u domains", UINT32_MAX / 2);
	grow_array(&ix->asset, &ix->cap, ix->n + 1, sizeof(*ix->asset));
	ix->asset[ix->n++] = (struct name_asset){
		.company_id = company_id,
		.asset_id = asset_id,
		.name = arena_strdup(&ix->names, name),
	};
}

static int compare_assets(const void *pa, const void *pb)
{
	const struct name_asset *a = pa, *b = pb;
	int c = strcmp(a->name, b->name);

	if (c != 0)
		return c;
	if (a->company_id != b->company_id)
		return a->company_id < b->company_id ? -1 : 1;
	return (a->asset_id > b->asset_id) - (a->asset_id < b->asset_id);
}

/* The slot of name, or the free one where it belongs. */
static struct name_slot *slot_of(const struct name_index *ix, uint64_t hash, const char *name)
{
	size_t at = (hash ^ hash >> 32) & (ix->n_slots - 1);

	while (ix->slot[at].first != NULL &&
	       (ix->slot[at].hash != hash || strcmp(ix->slot[at].first->name, name) != 0))
		at = (at + 1) & (ix->n_slots - 1);
	return &ix->slot[at];
}

void name_index_seal(struct name_index *ix)
{
	if (ix->n > 0)
		qsort(ix->asset, ix->n, sizeof(*ix->asset), compare_assets);
	for (ix->n_slots = 16; ix->n_slots < 2 * ix->n;)
		ix->n_slots *= 2;
	ix->slot = xcalloc(ix->n_slots, sizeof(*ix->slot));
	for (size_t i = 0; i < ix->n; i += ix->asset[i].same) {
		uint64_t hash = hash_name(ix->asset[i].name);
		size_t end = i + 1;

		while (end < ix->n && strcmp(ix->asset[end].name, ix->asset[i].name) == 0)
			end++;
		ix->asset[i].same = (uint32_t)(end - i);
		*slot_of(ix, hash, ix->asset[i].name) = (struct name_slot){ hash, &ix->asset[i] };
	}
}

const struct name_asset *name_index_find(const struct name_index *ix, const char *name)
{
	const struct name_asset *found = NULL;
	uint64_t h = hash_start;

	for (size_t i = strlen(name); i-- > 0;) {
		h = hash_step(h, name[i]);
		if (i == 0 || name[i - 1] == '.') {
			const struct name_slot *slot = slot_of(ix, h, name + i);

			if (slot->first != NULL)
				found = slot->first;
		}
	}
	return found;
}
