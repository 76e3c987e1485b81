/*
 * mailaddr: one mail address, checked before anything else sees it.
 *
 * Input: registers, feeds, security.txt, bounces (hostile).  What passes here is safe inside an
 * SMTP command and inside a header: no space, control character, '<' or '>' outside quotes, and
 * none of CR, LF, NUL at all.
 */
#include "base.h"
#include "domain.h"
#include "mailaddr.h"
#include "span.h"
#include "utf8.h"

static bool is_atext(char c)
{
	return ascii_alnum(c) || (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

/* Length of the dot-atom at s, 0 where there is none. */
static size_t dot_atom(const char *s)
{
	size_t i = 0;

	while (is_atext(s[i]) || (s[i] == '.' && i > 0 && s[i - 1] != '.'))
		i++;
	return i > 0 && s[i - 1] == '.' ? 0 : i;
}

/* Length of the quoted string at s with both quotes, 0 where it is none.  '<' and '>' are refused:
 * see field notes. */
static size_t quoted_local(const char *s)
{
	size_t i = 1;

	if (s[0] != '"')
		return 0;
	for (; s[i] != '"'; i++) {
		if (s[i] == '\\')
			i++;
		if ((unsigned char)s[i] < ' ' || (unsigned char)s[i] > '~' || s[i] == '<' ||
		    s[i] == '>')
			return 0;
	}
	return i > 1 ? i + 1 : 0;
}

int mailaddr_normalise(char *out, const char *s, struct err *e)
{
	size_t len = strlen(s), local = s[0] == '"' ? quoted_local(s) : dot_atom(s);
	char domain[DOMAIN_TEXT];

	if (len > MAILADDR_MAX)
		return err_set(e, ERR_INPUT, "mail address of %zu octets; at most %d are allowed",
			       len, MAILADDR_MAX);
	if (local == 0 || s[local] != '@')
		return err_set(e, ERR_INPUT, "'%s' is no mail address (name@example.nl)", s);
	if (local > MAILADDR_LOCAL_MAX)
		return err_set(e, ERR_INPUT, "'%s': more than %d octets before the @", s,
			       MAILADDR_LOCAL_MAX);
	if (!domain_normalise(domain, s + local + 1, len - local - 1, 2))
		return err_set(e, ERR_INPUT, "'%s': %s", s,
			       utf8_ascii_run(s, len) == len
			               ? "no domain behind the @"
			               : "the domain must be written in ASCII (xn--...)");
	memcpy(out, s, local + 1);
	memcpy(out + local + 1, domain, strlen(domain) + 1);
	return 0;
}

const char *mailaddr_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at ? at + 1 : "";
}

bool mailaddr_same(const char *a, const char *b)
{
	return span_equal_nocase(span_str(a), span_str(b));
}
