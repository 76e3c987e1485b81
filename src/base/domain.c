/*
 * domain: host and domain names in their one ASCII form.
 *
 * Input: text from feeds, registers and mail (hostile).
 */
#include "base.h"
#include "domain.h"
#include "ip.h"
#include "span.h"

static bool label_ok(struct span l)
{
	if (span_empty(l) || span_len(l) > 63 || *l.p == '-' || l.end[-1] == '-')
		return false;
	for (const char *p = l.p; p < l.end; p++)
		if (!ascii_alnum(*p) && *p != '-' && *p != '_')
			return false;
	return true;
}

bool domain_normalise(char *out, const char *s, size_t n, int min_labels)
{
	struct span rest, label;
	struct ip ip;
	int labels = 0;
	bool more;

	if (n > 0 && s[n - 1] == '.')
		n--;
	if (n == 0 || n > DOMAIN_MAX || memchr(s, '\0', n) != NULL)
		return false;
	rest = span_of(s, n);
	do {
		more = span_until(&rest, '.', &label);
		if (!label_ok(label))
			return false;
		labels++;
	} while (more);
	for (size_t i = 0; i < n; i++)
		out[i] = ascii_lower(s[i]);
	out[n] = '\0';
	/* labels have no ':', so only a dotted quad can be an address, and that ends in a digit */
	return labels >= min_labels && !(ascii_digit(out[n - 1]) && ip_parse(&ip, out));
}

bool domain_is_below(const char *name, const char *parent)
{
	size_t n = strlen(name), p = strlen(parent);

	if (n < p || memcmp(name + n - p, parent, p) != 0)
		return false;
	return n == p || name[n - p - 1] == '.';
}
