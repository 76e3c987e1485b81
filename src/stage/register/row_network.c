/*
 * row_network: which networks nobody can register.
 *
 * Invariant: prefixes of both tables are at most 32 bits, so the first 32 bits of an address
 * decide. Input: ranges a company claims to own (not trusted).  The documentation ranges pass:
 * demonstrations and tests use them, and they occur in no feed.
 */
#include "base.h"
#include "row_cells.h"

struct special_block {
	uint32_t first;
	int prefix;
	const char *what;
};

/* IANA IPv4 special-purpose registry, RFC 6890 and after. */
static const struct special_block special_v4[] = {
	{ 0x00000000, 8, "'this network' (RFC 791)" },
	{ 0x0a000000, 8, "private (RFC 1918)" },
	{ 0x64400000, 10, "shared by access providers (RFC 6598)" },
	{ 0x7f000000, 8, "loopback (RFC 1122)" },
	{ 0xa9fe0000, 16, "link-local (RFC 3927)" },
	{ 0xac100000, 12, "private (RFC 1918)" },
	{ 0xc0000000, 24, "reserved for protocols (RFC 6890)" },
	{ 0xc0586300, 24, "reserved (RFC 7526)" },
	{ 0xc0a80000, 16, "private (RFC 1918)" },
	{ 0xc6120000, 15, "for benchmarks (RFC 2544)" },
	{ 0xe0000000, 4, "multicast (RFC 5771)" },
	{ 0xf0000000, 4, "reserved (RFC 1112)" },
};

/* What is not 2000::/3 is no global unicast (RFC 4291 2.4), so it need not be listed in full. */
static const struct special_block special_v6[] = {
	{ 0x00000000, 3, "loopback, mapped or not assigned (RFC 4291)" },
	{ 0x20010000, 23, "reserved for protocols (RFC 2928)" },
	{ 0x20020000, 16, "6to4 (RFC 3056)" },
	{ 0x40000000, 2, "not assigned (RFC 4291)" },
	{ 0x80000000, 2, "not assigned (RFC 4291)" },
	{ 0xc0000000, 3, "not assigned (RFC 4291)" },
	{ 0xe0000000, 4, "not assigned (RFC 4291)" },
	{ 0xf0000000, 5, "not assigned (RFC 4291)" },
	{ 0xf8000000, 6, "not assigned (RFC 4291)" },
	{ 0xfc000000, 7, "private (RFC 4193)" },
	{ 0xfe000000, 8, "link-local or not assigned (RFC 4291)" },
	{ 0xff000000, 8, "multicast (RFC 4291)" },
};

/* log2 of the most addresses one row may claim: an IPv4 /8, an IPv6 /19 (the largest a provider has
 * been given). */
enum { MOST_BITS_V4 = 24, MOST_BITS_V6 = 109 };

static uint32_t first_bits(const uint8_t *b)
{
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

int row_network_check(const struct ip_range *r, const char *text, struct err *e)
{
	bool v4 = ip_is_v4(&r->lo) && ip_is_v4(&r->hi);
	const struct special_block *table = v4 ? special_v4 : special_v6;
	size_t n = v4 ? ARRAY_SIZE(special_v4) : ARRAY_SIZE(special_v6);
	uint32_t lo = first_bits(r->lo.b + (v4 ? 12 : 0)), hi = first_bits(r->hi.b + (v4 ? 12 : 0));

	if (ip_range_bits(r) > (v4 ? MOST_BITS_V4 : MOST_BITS_V6))
		return err_set(e, ERR_INPUT,
			       "network '%s' is larger than %s: no company owns it all", text,
			       v4 ? "an IPv4 /8" : "an IPv6 /19");
	for (size_t i = 0; i < n; i++) {
		uint32_t last = table[i].first | UINT32_MAX >> table[i].prefix;

		if (lo <= last && table[i].first <= hi)
			return err_set(e, ERR_INPUT, "network '%s' is %s: nobody owns it", text,
				       table[i].what);
	}
	return 0;
}
