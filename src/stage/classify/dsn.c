/*
 * dsn: the fields of a delivery status notification, RFC 3464, 3461 and 6533, as real systems write
 * them.
 *
 * Invariant: one failure a group; a field is read from its first line and its folded or broken
 * continuation lines.
 * Input: a status part or the text of a report, hostile.
 */
#include "base.h"

#include "addr_scan.h"
#include "buf.h"
#include "report.h"

enum { DIAGNOSTIC_MAX = 4096, LINES_MAX = 4000 };

struct group {
	struct span original, final, actual, action, status, diagnostic;
	bool any;
};

static const char *const field_names[] = {
	"Original-Recipient", "Final-Recipient", "X-Actual-Recipient", "Action", "Status",
	"Diagnostic-Code",
};

void report_init(struct report *r)
{
	r->n = 0;
	r->truncated = false;
	r->envid[0] = '\0';
}

struct failure *report_add(struct report *r)
{
	if (r->n == VERDICT_RECIPIENTS) {
		r->truncated = true;
		return NULL;
	}
	memset(&r->failure[r->n], 0, sizeof(r->failure[0]));
	r->failure[r->n].diagnostic = span_of("", 0);
	return &r->failure[r->n++];
}

struct failure *report_find(struct report *r, const char *address)
{
	for (int i = 0; i < r->n; i++)
		if (strcmp(r->failure[i].address, address) == 0 ||
		    strcmp(r->failure[i].final, address) == 0)
			return &r->failure[i];
	return NULL;
}

static bool field_line(struct span line, struct span *name, struct span *value)
{
	const char *p = line.p;

	while (p < line.end && (ascii_alnum(*p) || *p == '-'))
		p++;
	if (p == line.p || !ascii_alpha(*line.p))
		return false;
	*name = (struct span){ line.p, p };
	while (p < line.end && *p == ' ')
		p++;
	if (p == line.end || *p != ':')
		return false;
	*value = span_trim((struct span){ p + 1, line.end });
	return true;
}

static struct span *group_field(struct group *g, struct span name)
{
	struct span *fields[] = { &g->original, &g->final,  &g->actual,
				  &g->action,   &g->status, &g->diagnostic };

	for (size_t i = 0; i < ARRAY_SIZE(field_names); i++)
		if (span_equals_nocase(name, field_names[i]))
			return fields[i];
	return NULL;
}

/* xtext, RFC 3461 4: "+2B" is '+'. */
static void xtext_decode(char *s)
{
	static const char hex[] = "0123456789abcdef";
	char *w = s;

	for (; *s != '\0'; s++) {
		const char *hi, *lo;

		if (*s == '+' && s[1] != '\0' && s[2] != '\0' &&
		    (hi = strchr(hex, ascii_lower(s[1]))) != NULL &&
		    (lo = strchr(hex, ascii_lower(s[2]))) != NULL &&
		    (hi - hex) * 16 + (lo - hex) > ' ' && (hi - hex) * 16 + (lo - hex) < 127) {
			*w++ = ascii_lower((char)((hi - hex) * 16 + (lo - hex)));
			s += 2;
		} else {
			*w++ = *s;
		}
	}
	*w = '\0';
}

/* RFC 6533 3: "zo\x{eb}@example.nl" is "zoë@example.nl". */
static void utf8_address_decode(char *s)
{
	char *w = s;

	while (*s != '\0') {
		char *end;
		unsigned long cp;

		if (strncmp(s, "\\x{", 3) != 0 || (cp = strtoul(s + 3, &end, 16)) < 0x80 ||
		    *end != '}' || cp > 0xffff) {
			*w++ = *s++;
			continue;
		}
		if (cp >= 0x800) {
			*w++ = (char)(0xe0 | cp >> 12);
			*w++ = (char)(0x80 | (cp >> 6 & 63));
		} else {
			*w++ = (char)(0xc0 | cp >> 6);
		}
		*w++ = (char)(0x80 | (cp & 63));
		s = end + 1;
	}
	*w = '\0';
}

/* "utf-8; ..." */
static void utf8_recipient(char *out, struct span value)
{
	size_t n = span_len(value = span_trim(value));

	if (n == 0 || n >= VERDICT_ADDRESS_TEXT || memchr(value.p, ' ', n) != NULL)
		return;
	for (size_t i = 0; i < n; i++)
		out[i] = ascii_lower(value.p[i]);
	out[n] = '\0';
	utf8_address_decode(out);
}

/*
 * "rfc822; a@example.nl", "RFC822;<a@example.nl>", "a@example.nl", "utf-8;..."; X.400 and files
 * hold no address.
 */
static void recipient_value(char *out, struct span value, bool xtext)
{
	struct span rest = value, type;

	out[0] = '\0';
	if (span_empty(value))
		return;
	if (span_until(&rest, ';', &type)) {
		if (span_starts_nocase(span_trim(type), "x400") ||
		    span_starts_nocase(span_trim(type), "x-unix"))
			return;
		value = rest;
		if (span_find_nocase(value, "\\x{") != NULL) {
			utf8_recipient(out, value);
			return;
		}
	}
	if (addr_copy(out, VERDICT_ADDRESS_TEXT, value)) {
		if (xtext && strchr(out, '+') != NULL)
			xtext_decode(out);
		return;
	}
	/* "local" or "local@host" without a dot: the field says that it is an address */
	value = span_trim(value);
	while (!span_empty(value) && strchr("<\"", *value.p) != NULL)
		value.p++;
	while (!span_empty(value) && strchr(">\".,;", value.end[-1]) != NULL)
		value.end--;
	if (span_len(value) > 0 && span_len(value) < VERDICT_ADDRESS_TEXT &&
	    memchr(value.p, '@', span_len(value)) != NULL &&
	    memchr(value.p, ' ', span_len(value)) == NULL && *value.p != '@' &&
	    value.end[-1] != '@')
		for (size_t i = 0; i <= span_len(value); i++)
			out[i] = i < span_len(value) ? ascii_lower(value.p[i]) : '\0';
}

static enum verdict_action action_value(struct span s)
{
	static const struct {
		const char *word;
		enum verdict_action action;
	} words[] = {
		{ "failed", ACTION_FAILED },         { "failure", ACTION_FAILED },
		{ "error", ACTION_FAILED },          { "expired", ACTION_FAILED },
		{ "fatal", ACTION_FAILED },          { "delayed", ACTION_DELAYED },
		{ "delay", ACTION_DELAYED },         { "delivered", ACTION_DELIVERED },
		{ "deliverable", ACTION_DELIVERED }, { "relayed", ACTION_RELAYED },
		{ "expanded", ACTION_RELAYED },
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (span_starts_nocase(s, words[i].word))
			return words[i].action;
	return ACTION_NONE;
}

static void add_group(struct report *r, const struct group *g)
{
	struct failure *f;
	struct span type, diag = g->diagnostic;
	char status[STATUS_TEXT] = "";

	if (!g->any || (f = report_add(r)) == NULL)
		return;
	recipient_value(f->address, g->original, true);
	recipient_value(f->final, g->final, false);
	if (f->final[0] == '\0')
		recipient_value(f->final, g->actual, false);
	if (f->address[0] == '\0' || addr_is_system(span_str(f->address)))
		memcpy(f->address, f->final[0] ? f->final : f->address, sizeof(f->address));
	f->action = action_value(span_trim(g->action));
	if (diag.p != NULL) {
		span_until(&diag, ';', &type);
		if (span_len(type) > 24 || diag.p == type.end)
			diag = g->diagnostic;
		f->diagnostic = span_trim(diag);
		codes_find(&f->codes, f->diagnostic);
	}
	if (g->status.p != NULL && status_parse(status, g->status)) {
		memcpy(f->codes.status, status, sizeof(status));
		status_refine(f->codes.status, f->diagnostic);
	}
}

static void read_envid(struct report *r, struct span value)
{
	size_t n = span_len(value);

	if (n > 0 && n < sizeof(r->envid)) {
		memcpy(r->envid, value.p, n);
		r->envid[n] = '\0';
		for (size_t i = 0; i < n; i++)
			if (r->envid[i] <= ' ' || r->envid[i] > '~')
				r->envid[i] = '?';
	}
}

static void start_field(struct report *r, struct group *g, struct span name, struct span value,
			struct span **open)
{
	struct span *field = group_field(g, name);

	*open = NULL;
	if (span_equals_nocase(name, "Original-Envelope-Id"))
		read_envid(r, value);
	if (field == NULL)
		return;
	/* systems that leave out the empty line between recipients */
	if (field->p != NULL && (field == &g->final || field == &g->original)) {
		add_group(r, g);
		memset(g, 0, sizeof(*g));
		field = group_field(g, name);
	}
	g->any = true;
	if (field->p == NULL) {
		*field = value;
		*open = field;
	}
}

int dsn_parse(struct report *r, struct span text)
{
	struct group g = { 0 };
	struct span line, name, value, *open = NULL;
	int before = r->n;

	for (int lines = 0; lines < LINES_MAX && span_line(&text, &line); lines++) {
		if (span_empty(span_trim(line))) {
			/*
			 * "Action: \r\n\r\n": an empty line right behind an empty value still ends
			 * the group
			 */
			add_group(r, &g);
			memset(&g, 0, sizeof(g));
			open = NULL;
		} else if (*line.p != ' ' && *line.p != '\t' && field_line(line, &name, &value)) {
			start_field(r, &g, name, value, &open);
		} else if (open != NULL && line.end - open->p < DIAGNOSTIC_MAX) {
			if (span_empty(*open))
				*open = span_trim(line);
			else
				open->end = span_trim(line).end;
		}
	}
	add_group(r, &g);
	return r->n - before;
}

bool dsn_in_text(struct span *from, struct span text)
{
	struct span line, name, value, rest = text;
	bool recipient = false, more = false;

	from->p = NULL;
	for (int lines = 0; lines < LINES_MAX && span_line(&rest, &line); lines++) {
		line = span_trim(line);
		if (span_empty(line) || !field_line(line, &name, &value))
			continue;
		if (span_equals_nocase(name, "Final-Recipient") ||
		    span_equals_nocase(name, "Original-Recipient"))
			recipient = true;
		else if (span_equals_nocase(name, "Action") || span_equals_nocase(name, "Status") ||
			 span_equals_nocase(name, "Diagnostic-Code"))
			more = true;
		else
			continue;
		if (from->p == NULL)
			*from = (struct span){ line.p, text.end };
	}
	return recipient && more;
}
