/*
 * question: the addresses and names of a finding that may lead to an owner.
 *
 * Invariant: a name that leaves here is in normal form (domain_normalise()).
 * Input: URLs, accounts and host names from feeds (hostile, any length); nothing is decoded or
 * resolved.
 */
#include "base.h"
#include "question.h"
#include "span.h"

static bool read_name(struct question *q, struct span name)
{
	return domain_normalise(q->name, name.p, span_len(name), 1);
}

static bool read_ip(struct question *q, struct span s)
{
	char text[IP_TEXT];

	if (span_len(s) >= sizeof(text) || memchr(s.p, '\0', span_len(s)) != NULL)
		return false;
	memcpy(text, s.p, span_len(s));
	text[span_len(s)] = '\0';
	q->has_ip = ip_parse(&q->ip, text);
	return q->has_ip;
}

/* What stands between "://" and the path (RFC 3986 3.2); '\' ends it too, as browsers read it. */
static bool url_authority(struct span url, struct span *out)
{
	struct span scheme;
	const char *p;

	if (!span_until(&url, ':', &scheme) || span_len(scheme) == 0 || !ascii_alpha(*scheme.p))
		return false;
	if (span_len(url) < 2 || memcmp(url.p, "//", 2) != 0)
		return false;
	url.p += 2;
	for (p = url.p; p < url.end && strchr("/?#\\", *p) == NULL;)
		p++;
	*out = (struct span){ url.p, p };
	return true;
}

static bool read_url(struct question *q, const char *text)
{
	struct span authority, part, host;

	if (!url_authority(span_str(text), &authority))
		return false;
	while (span_until(&authority, '@', &part))
		continue;
	if (!span_empty(part) && *part.p == '[') {
		part.p++;
		return span_until(&part, ']', &host) && read_ip(q, host);
	}
	span_until(&part, ':', &host);
	return read_ip(q, host) || read_name(q, host);
}

static bool read_account(struct question *q, const char *account)
{
	const char *at = strrchr(account, '@');

	return at != NULL && read_name(q, span_str(at + 1));
}

bool question_read(struct question *q, const struct finding *f, enum match_by by)
{
	q->has_ip = false;
	q->name[0] = '\0';
	switch (by) {
	case MATCH_IP:
		q->has_ip = f->has_ip;
		q->ip = f->ip;
		return f->has_ip;
	case MATCH_DOMAIN:
		return read_name(q, span_str(f->domain));
	case MATCH_URL:
		return read_url(q, f->url);
	case MATCH_ACCOUNT:
		return read_account(q, f->account);
	case MATCH_REVERSE:
		return read_name(q, span_str(f->hostname));
	}
	return false;
}
