/*
 * warn: findings of one company -> the text of its warning.
 *
 * Invariant: templates are rendered strictly: a name nobody knows makes no mail rather than one
 * with a hole.
 * Input: as in warn.h; what templates see was made safe by warn_view.
 */
#include "base.h"
#include "catalog.h"
#include "fill.h"
#include "span.h"
#include "warn.h"
#include "warn_group.h"
#include "warn_view.h"

/* Room for what most mails and most sections of advice become: a buffer that grows is copied. */
enum { MAIL_USUAL = 12 * 1024, ADVICE_USUAL = 2 * 1024 };

static const char *kind_of(const struct warn_catalog *c, const struct warn_input *in,
                           const struct finding *f, struct err *e)
{
	const char *asked = in->incident->advice;
	const struct catalog_kind *k;

	if (asked[0] != '\0' && strcmp(asked, "auto") != 0) {
		if ((k = catalog_find(c, asked)) == NULL) {
			err_set(e, ERR_NOTFOUND,
			        "incident %s: no advice '%s'; 'auto' takes that of each finding",
			        in->incident->slug, asked);
			return NULL;
		}
		return k->name;
	}
	if ((k = catalog_find(c, f->advice)) == NULL)
		k = catalog_find(c, "generic"); /* a catalog is not loaded without */
	return k->name;
}

static int render(struct buf *out, const struct warn_catalog *c, struct template *t,
                  const struct view *v, struct err *e)
{
	return template_render(out, t, v, &c->loader, TEMPLATE_TEXT | TEMPLATE_STRICT, e);
}

/* What a section left at its ends, where its last line was a tag. */
static const char *trimmed(struct arena *a, const struct buf *b)
{
	struct span s = span_of(b->s, b->len);

	while (!span_empty(s) && *s.p == '\n')
		s.p++;
	while (!span_empty(s) && ascii_space(s.end[-1]))
		s.end--;
	return arena_strndup(a, s.p, span_len(s));
}

static int set_advice(struct view *group, struct arena *a, const struct warn_catalog *c,
                      const char *kind, const struct view *top, const char **title, struct err *e)
{
	const struct advice *advice = &catalog_find(c, kind)->advice;
	struct buf b = BUF_INIT;
	const char *text[ADVICE_SECTIONS];
	int rc = 0;

	view_put_under(group, top);
	buf_reserve(&b, ADVICE_USUAL);
	for (int i = 0; rc == 0 && i < ADVICE_SECTIONS; i++) {
		buf_reset(&b);
		if (advice->section[i] != NULL)
			rc = render(&b, c, advice->section[i], group, e);
		text[i] = trimmed(a, &b);
		if (rc == 0 && i == ADVICE_TITLE && strchr(text[i], '\n') != NULL)
			rc = err_set(e, ERR_INPUT, "advice %s: the title became more than one line",
			             kind);
	}
	for (int i = 0; rc == 0 && i < ADVICE_SECTIONS; i++)
		view_set(a, group, advice_section_words[i], view_borrow(a, text[i]));
	*title = text[ADVICE_TITLE];
	buf_clear(&b);
	return rc;
}

/* An automatic incident has no title of its own: its first group's says what it is about. */
static int make_view(struct view **out, const struct warn_catalog *c, const struct warn_input *in,
                     struct arena *a, struct err *e)
{
	struct view *top = warn_view_top(a, in, c->language), *list = view_list(a);
	struct warn_groups groups;
	int rc = warn_group_findings(&groups, a, c, in, kind_of, e);

	for (size_t i = 0; rc == 0 && i < groups.n; i++) {
		const struct warn_group *g = &groups.group[i];
		struct view *group = warn_view_group(a, g, c->language, i + 1, groups.n > 1);
		const char *title = "";

		rc = set_advice(group, a, c, g->kind, top, &title, e);
		if (rc == 0 && i == 0 && in->incident->title[0] == '\0')
			view_set(a, top, "incident", warn_view_incident(a, in, title));
		view_append(a, list, group);
	}
	view_set(a, top, "groups", list);
	*out = top;
	return rc;
}

static int render_subject(struct buf *subject, const struct warn_catalog *c, const struct view *v,
                          struct arena *a, struct err *e)
{
	struct buf b = BUF_INIT;
	const char *line;
	int rc = render(&b, c, c->subject, v, e);

	line = trimmed(a, &b);
	buf_clear(&b);
	if (rc < 0)
		return rc;
	if (line[0] == '\0' || strchr(line, '\n') != NULL)
		return err_set(e, ERR_INPUT, "subject template: must become one line of text");
	buf_addstr(subject, line);
	return 0;
}

int warn_render(struct buf *subject, struct buf *text, const struct warn_catalog *c,
                const struct warn_input *in, struct arena *a, struct err *e)
{
	struct buf raw = BUF_INIT, line = BUF_INIT;
	struct view *v;
	int rc;

	if (in->n_finding == 0)
		return err_set(e, ERR_INPUT, "no findings to warn of");
	if ((rc = make_view(&v, c, in, a, e)) < 0)
		goto out;
	if ((rc = render_subject(&line, c, v, a, e)) < 0)
		goto out;
	buf_reserve(&raw, MAIL_USUAL);
	if ((rc = render(&raw, c, c->warning, v, e)) < 0)
		goto out;
	fill_text(text, raw.s, raw.len);
	buf_add(subject, line.s, line.len);
out:
	buf_clear(&line);
	buf_clear(&raw);
	return rc < 0 ? err_wrap(e, "warning %s", in->ref) : 0;
}
