/*
 * net_index: which registered networks are the smallest that hold an address.
 *
 * Networks may nest and overlap in any way and need not be CIDR blocks.  "Smallest" counts
 * addresses: of two ranges of the same number of addresses with other borders, both are the
 * smallest where they overlap. Sealing cuts the address space at every border into segments and
 * stores with each the networks that own it, so that a question is one binary search: O(n log n) to
 * seal, O(log n) to ask, whatever the nesting.
 */
#ifndef SEINPOST_NET_INDEX_H
#define SEINPOST_NET_INDEX_H

#include "base.h"
#include "ip.h"

struct net_asset {
	int64_t company_id, asset_id;
	struct ip_range range;
	struct ip distance; /* hi - lo, as a number of 128 bits: compares sizes */
};

/* Zero-initialised is empty. */
struct net_index {
	struct net_asset
	    *asset; /* once sealed: by size, then company, then first address, then id */
	size_t n, cap;
	struct ip
	    *start; /* first address of each segment, ascending; it ends before the next one's */
	size_t n_segments;
	uint32_t *first; /* n_segments + 1: where each segment's owners begin */
	uint32_t *owner; /* indexes into asset, companies ascending, each once in a segment */
};

void net_index_clear(struct net_index *ix);
void net_index_add(struct net_index *ix, int64_t company_id, int64_t asset_id,
		   const struct ip_range *range);
/* At most most + 1 owners stand in a segment, each company once: the caller sees that there were
 * more. */
void net_index_seal(struct net_index *ix, uint32_t most);
/* The number of owners of ip; *owners points to that many indexes into ix->asset. */
size_t net_index_find(const struct net_index *ix, const struct ip *ip, const uint32_t **owners);

#endif
