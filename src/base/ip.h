/*
 * ip: IPv4 and IPv6 addresses and ranges, in one form.
 *
 * IPv4 lives as the IPv4-mapped block ::ffff:0:0/96, so that one order and one comparison serve
 * both.
 */
#ifndef SEINPOST_IP_H
#define SEINPOST_IP_H

#include "base.h"

struct ip {
	uint8_t b[16];
};

/* Inclusive at both ends. */
struct ip_range {
	struct ip lo, hi;
};

enum { IP_TEXT = 48, IP_RANGE_TEXT = 100 };

/* "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"; no blanks, zone or brackets. */
bool ip_parse(struct ip *out, const char *s);
/* Canonical text (RFC 5952; IPv4 dotted) into out[IP_TEXT]; returns out. */
char *ip_format(char *out, const struct ip *ip);
bool ip_is_v4(const struct ip *ip);
/* <0, 0, >0 */
int ip_compare(const struct ip *a, const struct ip *b);

/* "192.0.2.0/24", "192.0.2.7", "192.0.2.1-192.0.2.9", IPv6 alike.  Host bits under a mask and hi <
 * lo are refused. */
bool ip_range_parse(struct ip_range *out, const char *s);
/* A single address, CIDR where it is one, else "lo-hi"; into out[IP_RANGE_TEXT]; returns out. */
char *ip_range_format(char *out, const struct ip_range *r);
bool ip_range_contains(const struct ip_range *r, const struct ip *ip);
/* The size as a power of two, rounded up: 0 for one address, 8 for an IPv4 /24, 64 for an IPv6 /64.
 */
int ip_range_bits(const struct ip_range *r);

#endif
