/*
 * name_index: which registered domain is the longest suffix of a name.
 */
#ifndef SEINPOST_NAME_INDEX_H
#define SEINPOST_NAME_INDEX_H

#include "arena.h"
#include "base.h"

struct name_asset {
	int64_t company_id, asset_id;
	const char *name;
	uint32_t same; /* once sealed, of the first with this name: how many have it */
};

/* Zero-initialised is empty. */
struct name_index {
	struct name_asset *asset; /* once sealed: by name, then company, then id */
	size_t n, cap;
	struct arena names;
	struct name_slot {
		uint64_t hash;
		const struct name_asset *first; /* NULL = free */
	} *slot;
	size_t n_slots; /* a power of two */
};

void name_index_clear(struct name_index *ix);
/* name: in normal form (domain.h); copied. */
void name_index_add(struct name_index *ix, int64_t company_id, int64_t asset_id, const char *name);
void name_index_seal(struct name_index *ix);
/*
 * The assets of the longest domain that name (in normal form) is equal to or below: returns the
 * first of ->same many, NULL where there is none.
 */
const struct name_asset *name_index_find(const struct name_index *ix, const char *name);

#endif
