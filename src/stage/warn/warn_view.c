/*
 * warn_view: what the templates of a warning see.
 *
 * Invariant: no text from outside reaches a view but through warn_view_clean().
 * Input: findings, companies and contacts: hostile texts.  Gateway, reference and dates are ours.
 */
#include "base.h"
#include "compose.h"
#include "defang.h"
#include "dutch.h"
#include "num.h"
#include "span.h"
#include "utf8.h"
#include "warn_table.h"
#include "warn_view.h"

enum { CLEAN_MAX = 512, LINK_USUAL = 256 };

const char *warn_view_clean(struct arena *a, const char *s)
{
	struct buf b = BUF_INIT;
	size_t n = strlen(s);
	const char *clean;

	if (n <= CLEAN_MAX && utf8_plain_run(s, n) == n) /* nearly all are */
		return s;
	utf8_printable(&b, s, n, CLEAN_MAX, true);
	clean = arena_strndup(a, b.s, b.len);
	buf_clear(&b);
	return clean;
}

/* s lives as long as the view. */
static void set_text(struct arena *a, struct view *map, const char *name, const char *s)
{
	view_set(a, map, name, view_borrow(a, s));
}

static void set_copy(struct arena *a, struct view *map, const char *name, const char *s)
{
	view_set(a, map, name, view_string(a, s));
}

static const char *number_text(struct arena *a, int64_t n)
{
	char *text = arena_take(a, NUM_TEXT);

	num_put(text, n, 1);
	return text;
}

static void set_clean(struct arena *a, struct view *map, const char *name, const char *s)
{
	set_text(a, map, name, warn_view_clean(a, s));
}

static void set_bool(struct arena *a, struct view *map, const char *name, bool b)
{
	view_set(a, map, name, view_bool(a, b));
}

static bool is_hostile_kind(const char *kind)
{
	static const char *const kinds[] = { "compromised-website", "phishing-page",
		                             "malware-infection", "leaked-account" };

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(kind, kinds[i]) == 0)
			return true;
	return false;
}

/*
 * Did an attacker put there what the link leads to?  An incident may give all findings another
 * advice than their own, so that is asked too.
 */
static bool is_hostile_content(const struct finding *f, const char *kind)
{
	return f->compromised || is_hostile_kind(kind) || is_hostile_kind(f->advice);
}

const char *warn_view_url(struct arena *a, const struct finding *f, const char *kind)
{
	const char *url = warn_view_clean(a, f->url);

	return url[0] != '\0' && is_hostile_content(f, kind) ? defang_url(a, url) : url;
}

const char *warn_view_port(struct arena *a, const struct finding *f)
{
	return f->port == 0 ? "" : number_text(a, f->port);
}

const char *warn_view_system(struct arena *a, const struct finding *f, const char *kind)
{
	char *text = arena_take(a, IP_TEXT);
	const char *s = finding_subject(text, f);

	return s == f->url ? warn_view_url(a, f, kind) : warn_view_clean(a, s);
}

static const char *group_fours(struct arena *a, const char *hex)
{
	char *fours = arena_take(a, 2 * strlen(hex) + 1), *o = fours;
	size_t n = 0;

	for (; *hex != '\0'; hex++) {
		if (*hex == ' ')
			continue;
		if (n > 0 && n % 4 == 0)
			*o++ = ' ';
		*o++ = *hex;
		n++;
	}
	*o = '\0';
	return fours;
}

static struct view *gateway_view(struct arena *a, const struct warn_gateway *g)
{
	struct view *v = view_map(a);

	set_text(a, v, "name", g->name);
	set_text(a, v, "organisation", g->organisation);
	set_text(a, v, "from", g->from);
	set_text(a, v, "phone", g->phone);
	set_text(a, v, "website", g->website);
	set_text(a, v, "fingerprint", group_fours(a, g->fingerprint));
	return v;
}

static struct view *named_view(struct arena *a, const char *name)
{
	struct view *v = view_map(a);

	set_clean(a, v, "name", name);
	return v;
}

/* The letter is as secret as the most secret thing in it. */
static enum tlp strictest(const struct warn_input *in)
{
	enum tlp t = in->incident->tlp;

	for (size_t i = 0; i < in->n_finding; i++) {
		enum tlp one = tlp_of_word(in->finding[i].tlp);

		t = one > t ? one : t;
	}
	return t;
}

struct view *warn_view_incident(struct arena *a, const struct warn_input *in, const char *title)
{
	struct view *v = view_map(a);
	char tlp[TLP_TEXT];

	set_clean(a, v, "title", title);
	set_copy(a, v, "tlp", tlp_label(tlp, strictest(in)));
	return v;
}

static struct view *warning_view(struct arena *a, const struct warn_input *in, enum language l)
{
	struct view *v = view_map(a);
	char date[DUTCH_TEXT];

	set_text(a, v, "ref", in->ref);
	set_copy(a, v, "date", dutch_date(date, l, in->created_at));
	set_copy(a, v, "deadline", dutch_date(date, l, in->deadline_at));
	set_bool(a, v, "reminder", in->reminder);
	return v;
}

static struct view *count_view(struct arena *a, size_t n, enum language l)
{
	struct view *v = view_map(a);
	char number[DUTCH_TEXT];

	set_copy(a, v, "findings", dutch_number(number, l, n));
	set_bool(a, v, "one", n == 1);
	set_bool(a, v, "many", n != 1);
	return v;
}

static struct view *attachment_view(struct arena *a, const struct warn_input *in)
{
	struct view *v = view_map(a);

	set_text(a, v, "name", arena_concat(a, in->ref, ".csv"));
	set_text(a, v, "columns", warn_csv_columns);
	return v;
}

/* What views that are made late are made from. */
struct late {
	const struct warn_input *in;
	const struct warn_group *group;
	enum language language;
};

static struct view *make_late(struct arena *a, view_make_fn *make, struct late from)
{
	struct late *kept = arena_alloc(a, sizeof(*kept));

	*kept = from;
	return view_later(a, make, kept);
}

/* The subject carries the reference, the first line of the text the answer. */
static void set_answer(struct arena *a, struct view *map, const char *name,
                       const struct warn_input *in, const char *word)
{
	struct buf b = BUF_INIT;

	buf_reserve(&b, LINK_USUAL);
	compose_mailto(&b, in->reply_to, arena_concat(a, "[", in->ref, "] ", word), word);
	set_copy(a, map, name, b.s);
	buf_clear(&b);
}

static const struct view *answers_view(struct arena *a, const void *from)
{
	const struct late *late = from;
	const struct dutch_words *w = dutch_words(late->language);
	struct view *v = view_map(a);

	set_answer(a, v, "received", late->in, w->received);
	set_answer(a, v, "resolved", late->in, w->resolved);
	set_answer(a, v, "not_ours", late->in, w->not_ours);
	set_answer(a, v, "unsubscribe", late->in, w->unsubscribe);
	return v;
}

struct view *warn_view_top(struct arena *a, const struct warn_input *in, enum language l)
{
	struct view *v = view_map(a), *contact = named_view(a, in->contact->name);

	set_bool(a, contact, "has_name", in->contact->name[0] != '\0');
	view_set(a, v, "gateway", gateway_view(a, in->gateway));
	view_set(a, v, "company", named_view(a, in->company->name));
	view_set(a, v, "contact", contact);
	view_set(a, v, "partner",
	         in->partner == NULL ? view_bool(a, false) : named_view(a, in->partner));
	view_set(a, v, "incident", warn_view_incident(a, in, in->incident->title));
	view_set(a, v, "warning", warning_view(a, in, l));
	view_set(a, v, "count", count_view(a, in->n_finding, l));
	view_set(a, v, "attachment", attachment_view(a, in));
	view_set(a, v, "answers", make_late(a, answers_view, (struct late){ in, NULL, l }));
	set_text(a, v, "reply_to", in->reply_to);
	return v;
}

static struct view *finding_view(struct arena *a, const struct finding *f, const char *kind,
                                 enum language l)
{
	struct view *v = view_map(a);
	char seen[DUTCH_TEXT];

	set_text(a, v, "system", warn_view_system(a, f, kind));
	set_text(a, v, "port", warn_view_port(a, f));
	set_clean(a, v, "transport", f->transport);
	set_clean(a, v, "domain", f->domain);
	set_text(a, v, "url", warn_view_url(a, f, kind));
	set_text(a, v, "account", defang_text(a, warn_view_clean(a, f->account)));
	set_text(a, v, "what", defang_text(a, warn_view_clean(a, f->identifier)));
	set_copy(a, v, "seen_at", dutch_moment(seen, l, f->seen_at));
	set_clean(a, v, "cve", f->cve);
	set_text(a, v, "product", defang_text(a, warn_view_clean(a, f->product)));
	set_text(a, v, "severity", dutch_severity(l, f->severity));
	return v;
}

static size_t shown_of(const struct warn_group *g)
{
	return g->n < WARN_TABLE_ROWS ? g->n : WARN_TABLE_ROWS;
}

static const struct view *findings_view(struct arena *a, const void *from)
{
	const struct late *late = from;
	const struct warn_group *g = late->group;
	struct view *findings = view_list(a);

	for (size_t i = 0; i < shown_of(g); i++)
		view_append(a, findings, finding_view(a, g->finding[i], g->kind, late->language));
	return findings;
}

static bool has_word(const struct buf *list, struct span word)
{
	struct span s = span_of(list->s, list->len), one;

	while (!span_empty(s)) {
		(void)span_until(&s, ',', &one);
		if (span_equal(span_trim(one), word))
			return true;
	}
	return false;
}

/* "CVE-2021-26855, CVE-2021-27065": each once, as they come. */
static const char *list_cves(struct arena *a, const struct warn_group *g)
{
	struct buf b = BUF_INIT;
	const char *list;

	for (size_t i = 0; i < shown_of(g); i++) {
		struct span s = span_str(warn_view_clean(a, g->finding[i]->cve)), word;

		while (!span_empty(s)) {
			(void)span_until(&s, ' ', &word);
			if (span_empty(word) || has_word(&b, word))
				continue;
			buf_addstr(&b, b.len > 0 ? ", " : "");
			buf_add(&b, word.p, span_len(word));
		}
	}
	list = b.len == 0 ? "" : arena_strndup(a, b.s, b.len);
	buf_clear(&b);
	return list;
}

struct view *warn_view_group(struct arena *a, const struct warn_group *g, enum language l,
                             size_t number, bool several)
{
	struct view *v = view_map(a);
	size_t shown = shown_of(g);
	char text[DUTCH_TEXT];

	set_text(a, v, "kind", g->kind);
	set_bool(a, v, "one", g->n == 1);
	set_bool(a, v, "many", g->n != 1);
	set_text(a, v, "number", number_text(a, (int64_t)number));
	set_bool(a, v, "several", several);
	view_set(a, v, "more",
	         g->n == shown ? view_bool(a, false)
	                       : view_string(a, dutch_number(text, l, g->n - shown)));
	set_text(a, v, "cves", list_cves(a, g));
	set_text(a, v, "table", warn_table(a, g, l));
	view_set(a, v, "findings", make_late(a, findings_view, (struct late){ NULL, g, l }));
	return v;
}
