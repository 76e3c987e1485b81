/*
 * compose_mailto: links that open a mail with subject and body filled in (RFC 6068).
 *
 * Invariant: of the input only letters, digits, "-._~" and the '@' of the address appear as they
 * are, so that the link ends where it should, in text as in HTML (where the '&' between the fields
 * becomes "&amp;").
 * Input: our reply address, and texts with names from registers in them (hostile); any byte is
 * allowed.
 */
#include "base.h"
#include "compose.h"
#include "compose_encode.h"
#include "span.h"

/* Line breaks are CRLF (RFC 6068 5), whatever they were. */
static void add_lines(struct buf *out, const char *text)
{
	struct span all = span_str(text), line;

	while (span_line(&all, &line)) {
		compose_percent(out, line.p, span_len(line), '\0');
		if (!span_empty(all) || line.end != all.end)
			buf_addstr(out, "%0D%0A");
	}
}

void compose_mailto(struct buf *out, const char *address, const char *subject, const char *body)
{
	char separator = '?';

	buf_addstr(out, "mailto:");
	/* '+' is encoded: some readers take it for a blank, and the token stands behind it */
	compose_percent(out, address, strlen(address), '@');
	if (subject != NULL && subject[0] != '\0') {
		buf_addch(out, separator);
		buf_addstr(out, "subject=");
		compose_percent(out, subject, strlen(subject), '\0');
		separator = '&';
	}
	if (body != NULL && body[0] != '\0') {
		buf_addch(out, separator);
		buf_addstr(out, "body=");
		add_lines(out, body);
	}
}
