/*
 * ip: IPv4 and IPv6 addresses and ranges.
 *
 * Input: text from feeds and registers (hostile); inet_pton() accepts exactly the forms wanted.
 */
#include "base.h"

#include <arpa/inet.h>

#include "ip.h"
#include "num.h"

static const uint8_t v4_prefix[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

bool ip_parse(struct ip *out, const char *s)
{
	struct ip ip;

	if (inet_pton(AF_INET6, s, ip.b) == 1) {
		*out = ip;
		return true;
	}
	memcpy(ip.b, v4_prefix, sizeof(v4_prefix));
	if (inet_pton(AF_INET, s, ip.b + 12) != 1)
		return false;
	*out = ip;
	return true;
}

bool ip_is_v4(const struct ip *ip)
{
	return memcmp(ip->b, v4_prefix, sizeof(v4_prefix)) == 0;
}

char *ip_format(char *out, const struct ip *ip)
{
	char *end = out;

	if (!ip_is_v4(ip)) {
		inet_ntop(AF_INET6, ip->b, out, IP_TEXT);
		return out;
	}
	for (int i = 12; i < 16; i++) {
		if (i > 12)
			*end++ = '.';
		end = num_put(end, ip->b[i], 1);
	}
	return out;
}

int ip_compare(const struct ip *a, const struct ip *b)
{
	return memcmp(a->b, b->b, sizeof(a->b));
}

static bool get_bit(const struct ip *ip, int i)
{
	return (ip->b[i / 8] >> (7 - i % 8)) & 1;
}

static void set_bit(struct ip *ip, int i)
{
	ip->b[i / 8] |= (uint8_t)(1u << (7 - i % 8));
}

/* Fills hi from lo with all host bits set; false where lo has host bits itself. */
static bool range_from_prefix(struct ip_range *r, int prefix)
{
	r->hi = r->lo;
	for (int i = prefix; i < 128; i++) {
		if (get_bit(&r->lo, i))
			return false;
		set_bit(&r->hi, i);
	}
	return true;
}

static bool parse_prefix(struct ip_range *out, const char *address, const char *length)
{
	int64_t n;
	bool v4;

	if (!ip_parse(&out->lo, address))
		return false;
	v4 = ip_is_v4(&out->lo) && strchr(address, '.') != NULL;
	if (!num_parse(&n, length, 0, v4 ? 32 : 128))
		return false;
	return range_from_prefix(out, (int)n + (v4 ? 96 : 0));
}

bool ip_range_parse(struct ip_range *out, const char *s)
{
	char text[IP_RANGE_TEXT], *sep;
	struct ip_range r;

	if (strlen(s) >= sizeof(text))
		return false;
	memcpy(text, s, strlen(s) + 1);
	if ((sep = strchr(text, '/')) != NULL) {
		*sep = '\0';
		if (!parse_prefix(&r, text, sep + 1))
			return false;
	} else if ((sep = strchr(text, '-')) != NULL) {
		*sep = '\0';
		if (!ip_parse(&r.lo, text) || !ip_parse(&r.hi, sep + 1))
			return false;
		if (ip_is_v4(&r.lo) != ip_is_v4(&r.hi) || ip_compare(&r.lo, &r.hi) > 0)
			return false;
	} else {
		if (!ip_parse(&r.lo, text))
			return false;
		r.hi = r.lo;
	}
	*out = r;
	return true;
}

/* The prefix length of a range that is one network, else -1. */
static int prefix_length(const struct ip_range *r)
{
	int i = 0;

	while (i < 128 && get_bit(&r->lo, i) == get_bit(&r->hi, i))
		i++;
	for (int k = i; k < 128; k++)
		if (get_bit(&r->lo, k) || !get_bit(&r->hi, k))
			return -1;
	return i;
}

char *ip_range_format(char *out, const struct ip_range *r)
{
	char lo[IP_TEXT], hi[IP_TEXT];
	int prefix = prefix_length(r);

	ip_format(lo, &r->lo);
	if (prefix == 128)
		snprintf(out, IP_RANGE_TEXT, "%s", lo);
	else if (prefix >= 0)
		snprintf(out, IP_RANGE_TEXT, "%s/%d", lo,
			 ip_is_v4(&r->lo) && prefix >= 96 ? prefix - 96 : prefix);
	else
		snprintf(out, IP_RANGE_TEXT, "%s-%s", lo, ip_format(hi, &r->hi));
	return out;
}

bool ip_range_contains(const struct ip_range *r, const struct ip *ip)
{
	return ip_compare(&r->lo, ip) <= 0 && ip_compare(ip, &r->hi) <= 0;
}

int ip_range_bits(const struct ip_range *r)
{
	unsigned borrow = 0;
	uint8_t diff[16];

	for (int i = 15; i >= 0; i--) {
		unsigned d = 0x100u + r->hi.b[i] - r->lo.b[i] - borrow;

		diff[i] = (uint8_t)d;
		borrow = d < 0x100u;
	}
	for (int i = 0; i < 128; i++)
		if ((diff[i / 8] >> (7 - i % 8)) & 1)
			return 128 - i;
	return 0;
}
