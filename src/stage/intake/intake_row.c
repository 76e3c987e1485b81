/*
 * intake_row: the cells of one row become a finding, or are refused with a reason.
 *
 * Invariant: each cell ends up in one field, in extra, or was empty; count->read == found + refused
 * after each row.
 * Input: cells of a feed (hostile; valid UTF-8 without NUL); rules and mapping (trusted).
 */
#include "base.h"
#include "clock.h"
#include "incident.h"
#include "intake_clean.h"
#include "intake_feed.h"
#include "intake_row.h"
#include "num.h"
#include "utf8.h"
#include "word.h"

enum {
	TAGS = 32, CVES = 32, CVE_TEXT = 32, WORD_MAX = 64, IDENTIFIER_MAX = 256,
	PRODUCT_MAX = 200, URL_MAX = 2048, FEED_NAME_MAX = 128, REASON_MAX = 256, DAY = 86400,
};

static const int64_t year_2000 = 946684800;

/* A row on its way: the cell chosen for each field, and what was made of them. */
struct draft {
	struct intake_run *run;
	struct cell *by[FIELDS];
	struct finding f;
	const char *tag[TAGS];
	size_t n_tags;
	const char *reason; /* why the row is refused */
};

bool row_add(struct intake_run *run, const char *name, const char *value, enum field field,
             uint8_t rank)
{
	if (run->n_cells == ROW_CELLS)
		return false;
	run->cell[run->n_cells++] = (struct cell){ name, value, field, rank, false };
	return true;
}

const char *bytes_check(struct span s)
{
	if (memchr(s.p, '\0', span_len(s)) != NULL)
		return "holds a NUL byte";
	if (utf8_check(s.p, span_len(s)) != SIZE_MAX)
		return "is not valid UTF-8; convert the file first (iconv -t UTF-8)";
	return NULL;
}

static bool is_blank(const char *s)
{
	while (ascii_space(*s))
		s++;
	return *s == '\0';
}

static void choose_cells(struct draft *d)
{
	for (size_t i = 0; i < d->run->n_cells; i++) {
		struct cell *c = &d->run->cell[i], **best = &d->by[c->field];

		if (c->field <= FIELD_IGNORE || is_blank(c->value))
			continue;
		if (*best == NULL || c->rank < (*best)->rank)
			*best = c;
	}
}

/* The value of a field, which then does not go to extra; "" where there is none. */
static const char *take(struct draft *d, enum field field)
{
	if (d->by[field] == NULL)
		return "";
	d->by[field]->used = true;
	return d->by[field]->value;
}

static const char *take_text(struct draft *d, enum field field, size_t max)
{
	return clean_text(&d->run->arena, take(d, field), max);
}

static bool refuse(struct draft *d, const char *what, const char *value)
{
	if (*value == '\0')
		d->reason = what;
	else
		d->reason = arena_printf(&d->run->arena, "%s: \"%s\"", what,
		                         clean_text(&d->run->arena, value, 80));
	return false;
}

static bool draft_time(struct draft *d)
{
	const char *text = take_text(d, FIELD_SEEN_AT, WORD_MAX);
	int64_t t = d->run->seen_at;

	if (*text == '\0' && t == 0)
		return refuse(d, "no time at which it was seen", "");
	if (*text != '\0' && !time_parse_iso(&t, text))
		return refuse(d, "the time is not of the form 2026-11-22 05:55:00", text);
	if (t > d->run->o->now + DAY)
		return refuse(d, "the time is in the future", text);
	if (t < year_2000)
		return refuse(d, "the time is before 2000", text);
	d->f.seen_at = t;
	return true;
}

static bool draft_address(struct draft *d)
{
	const char *ip = take_text(d, FIELD_IP, WORD_MAX);
	const char *port = take_text(d, FIELD_PORT, WORD_MAX);
	int64_t number = 0;

	if (*ip != '\0' && !ip_parse(&d->f.ip, ip))
		return refuse(d, "no IP address", ip);
	if (*port != '\0' && !num_parse(&number, port, 0, 65535))
		return refuse(d, "no port", port);
	d->f.has_ip = *ip != '\0';
	d->f.port = (int)number;
	return true;
}

static const char *draft_host(struct draft *d, enum field field)
{
	struct cell *c = d->by[field];
	const char *host = c ? clean_host(&d->run->arena, c->value, d->run->o) : NULL;

	if (host == NULL)
		return "";
	c->used = true;
	return host;
}

/* tcp and udp are transports; whatever else stands there is kept in extra. */
static const char *draft_transport(struct draft *d)
{
	struct cell *c = d->by[FIELD_TRANSPORT];
	const char *t = c ? clean_lower(&d->run->arena, c->value, WORD_MAX) : "";

	if (strcmp(t, "tcp") != 0 && strcmp(t, "udp") != 0)
		return "";
	c->used = true;
	return t;
}

static bool draft_names(struct draft *d)
{
	d->f.transport = draft_transport(d);
	d->f.application = clean_lower(&d->run->arena, take(d, FIELD_APPLICATION), WORD_MAX);
	d->f.domain = draft_host(d, FIELD_DOMAIN);
	d->f.hostname = draft_host(d, FIELD_HOSTNAME);
	d->f.url = take_text(d, FIELD_URL, URL_MAX);
	d->f.account = clean_account(&d->run->arena, take(d, FIELD_ACCOUNT));
	if (*d->f.url == '\0' && *d->f.account != '\0' && strchr(d->f.account, '@') == NULL)
		d->f.url = take_text(d, FIELD_LOGIN, URL_MAX);
	if (!d->f.has_ip && *d->f.domain == '\0' && *d->f.url == '\0' && *d->f.account == '\0')
		return refuse(d, "neither IP address, domain, URL nor account: nobody to warn", "");
	return true;
}

static void add_tags(struct draft *d, const char *text)
{
	struct arena *a = &d->run->arena;
	char *rest = arena_strdup(a, clean_lower(a, text, EXTRA_VALUE_MAX)), *save = NULL;

	for (char *t = strtok_r(rest, ";,", &save); t != NULL; t = strtok_r(NULL, ";,", &save))
		if (!is_blank(t) && d->n_tags < TAGS)
			d->tag[d->n_tags++] = clean_text(a, t, WORD_MAX);
}

static const char *join_tags(struct draft *d)
{
	const char *out = d->n_tags > 0 ? d->tag[0] : "";

	for (size_t i = 1; i < d->n_tags; i++)
		out = arena_printf(&d->run->arena, "%s;%s", out, d->tag[i]);
	return clean_text(&d->run->arena, out, IDENTIFIER_MAX);
}

static void draft_identifier(struct draft *d)
{
	static const enum field order[] = {
		FIELD_IDENTIFIER, FIELD_CLASS, FIELD_TAG, FIELD_FAMILY,
	};
	size_t i = 0;

	if (d->by[FIELD_TAG] != NULL)
		add_tags(d, d->by[FIELD_TAG]->value);
	while (i < ARRAY_SIZE(order) && d->by[order[i]] == NULL)
		i++;
	if (i == ARRAY_SIZE(order))
		d->f.identifier = d->f.source_type;
	else if (order[i] == FIELD_TAG && d->n_tags > 0)
		d->f.identifier = join_tags(d);
	else
		d->f.identifier =
			clean_lower(&d->run->arena, d->by[order[i]]->value, IDENTIFIER_MAX);
	if (i < ARRAY_SIZE(order))
		d->by[order[i]]->used = true;
	if (d->by[FIELD_CLASS] != NULL && d->n_tags < TAGS)
		d->tag[d->n_tags++] =
			clean_lower(&d->run->arena, d->by[FIELD_CLASS]->value, WORD_MAX);
}

/* "CVE-2021-26855" at s, in upper case into out[CVE_TEXT]; its length, or 0. */
static size_t cve_at(char *out, const char *s)
{
	size_t year, n;

	if (!span_starts_nocase(span_str(s), "cve-"))
		return 0;
	year = strspn(s + 4, "0123456789");
	if (year != 4 || s[8] != '-')
		return 0;
	n = 9 + strspn(s + 9, "0123456789");
	if (n < 13 || n >= CVE_TEXT)
		return 0;
	snprintf(out, CVE_TEXT, "CVE-%.*s", (int)(n - 4), s + 4);
	return n;
}

static bool has_word(const struct buf *list, const char *word)
{
	struct span rest = span_of(list->s, list->len), one;
	bool more;

	do {
		more = span_until(&rest, ' ', &one);
		if (span_equals_str(one, word))
			return true;
	} while (more);
	return false;
}

static void collect_cves(struct buf *out, const char *s)
{
	char cve[CVE_TEXT];
	size_t n;

	while ((s = strpbrk(s, "cC")) != NULL) {
		n = cve_at(cve, s);
		if (n > 0 && !has_word(out, cve) && out->len < (size_t)CVES * CVE_TEXT)
			buf_printf(out, "%s%s", out->len > 0 ? " " : "", cve);
		s += n > 0 ? n : 1;
	}
}

static void draft_cve(struct draft *d)
{
	static const enum field places[] = { FIELD_CVE, FIELD_TAG, FIELD_IDENTIFIER };
	struct buf list = BUF_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		if (d->by[places[i]] != NULL)
			collect_cves(&list, d->by[places[i]]->value);
	if (list.len > 0)
		take(d, FIELD_CVE);
	d->f.cve = list.len > 0 ? arena_strndup(&d->run->arena, list.s, list.len) : "";
	buf_clear(&list);
}

static const char *joined(struct draft *d, const char *a, const char *separator, const char *b)
{
	if (*a == '\0' || *b == '\0')
		return *a == '\0' ? b : a;
	return arena_printf(&d->run->arena, "%s%s%s", a, separator, b);
}

static void draft_source(struct draft *d)
{
	const char *feed = joined(d, take_text(d, FIELD_PROVIDER, FEED_NAME_MAX), "/",
	                          take_text(d, FIELD_FEED, FEED_NAME_MAX));
	const char *vendor = take_text(d, FIELD_VENDOR, PRODUCT_MAX);
	const char *product = take_text(d, FIELD_PRODUCT, PRODUCT_MAX);

	d->f.source_type = d->run->source_type;
	d->f.feed = *feed != '\0' ? feed : d->run->feed;
	product = joined(d, joined(d, vendor, " ", product), " ",
	                 take_text(d, FIELD_VERSION, PRODUCT_MAX));
	d->f.product = clean_text(&d->run->arena, product, PRODUCT_MAX);
}

/* A label that is not understood may forbid the mail: better refused than sent. */
static bool draft_tlp(struct draft *d)
{
	const char *text = take_text(d, FIELD_TLP, WORD_MAX);

	d->f.tlp = *text != '\0' ? clean_tlp(&d->run->arena, text) : "";
	return d->f.tlp != NULL || refuse(d, "unknown TLP label", text);
}

static void draft_advice(struct draft *d)
{
	const struct intake_options *o = d->run->o;
	const struct advice_rule *r = NULL;
	const char *word = d->by[FIELD_SEVERITY] ? d->by[FIELD_SEVERITY]->value : "";
	int severity;

	if (o->rules != NULL)
		r = advice_rules_find(o->rules, d->f.source_type, d->f.identifier, d->tag,
		                      d->n_tags);
	d->f.advice = r ? r->advice : "generic";
	d->f.compromised = r && r->compromised;
	d->f.severity = r ? r->severity : SEVERITY_MEDIUM;
	if (strcmp(d->f.advice, "generic") == 0 && *d->run->advice != '\0')
		d->f.advice = d->run->advice;
	if (word_parse(&severity, severity_words, clean_lower(&d->run->arena, word, WORD_MAX))) {
		d->f.severity = (enum severity)severity;
		take(d, FIELD_SEVERITY);
	}
}

static void draft_extra(struct draft *d)
{
	struct arena *a = &d->run->arena;
	size_t n = 0;

	d->f.extra = arena_alloc(a, EXTRA_PAIRS * sizeof(*d->f.extra));
	for (size_t i = 0; i < d->run->n_cells && n < EXTRA_PAIRS; i++) {
		struct cell *c = &d->run->cell[i];

		if (c->used || c->field == FIELD_IGNORE || is_blank(c->value))
			continue;
		d->f.extra[n].name = clean_text(a, c->name, COLUMN_NAME_MAX);
		d->f.extra[n++].value = clean_text(a, c->value, EXTRA_VALUE_MAX);
	}
	d->f.n_extra = n;
}

/* False: d->reason says why. */
static bool draft_finding(struct draft *d)
{
	choose_cells(d);
	draft_source(d);
	if (!draft_time(d) || !draft_address(d) || !draft_names(d) || !draft_tlp(d))
		return false;
	draft_identifier(d);
	draft_cve(d);
	draft_advice(d);
	draft_extra(d);
	return true;
}

static void row_reset(struct intake_run *run)
{
	run->n_cells = 0;
	arena_clear(&run->arena);
}

int row_refuse(struct intake_run *run, uint64_t line, struct span raw, const char *reason,
               struct err *e)
{
	int rc;

	if (span_len(raw) > FEED_RAW_MAX)
		raw.end = raw.p + FEED_RAW_MAX;
	run->count->read++;
	run->count->refused++;
	reason = clean_text(&run->arena, reason, REASON_MAX); /* a library quotes the row in it */
	rc = run->sink->refused(run->sink->arg, line, raw.p, span_len(raw), reason, e);
	row_reset(run);
	return rc;
}

int row_finish(struct intake_run *run, uint64_t line, struct span raw, struct err *e)
{
	struct draft d = { .run = run };
	int rc;

	if (!draft_finding(&d))
		return row_refuse(run, line, raw, d.reason, e);
	run->count->read++;
	run->count->found++;
	rc = run->sink->finding(run->sink->arg, &d.f, line, e);
	row_reset(run);
	return rc;
}
