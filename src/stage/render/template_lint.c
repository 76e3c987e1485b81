/*
 * template_lint: everything that is wrong with a template.
 *
 * Invariant: every part of the template is looked at, whatever the sample says is true or false.
 * Input: files edited by hand.
 */
#include "base.h"
#include "alloc.h"
#include "span.h"
#include "template.h"
#include "template_lint.h"
#include "utf8.h"
#include "view_node.h"

struct lint {
	const struct template_loader *loader;
	struct partial *seen; /* partials looked at: each is reported on once */
	unsigned depth;
	size_t count;
	template_problem_fn *report;
	void *arg;
};

static void lint_text(struct lint *l, const char *text, size_t n, const char *name,
                      unsigned first_line, const struct view_context *c);

static void count_problem(void *arg, const char *name, unsigned line, const char *text)
{
	struct lint *l = arg;

	l->count++;
	l->report(l->arg, name, line, text);
}

static void node_problem(struct lint *l, const struct template *t, const struct node *n,
                         const char *what)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, "%s '%.*s'", what, (int)n->n, n->s);
	count_problem(l, t->name, n->line, b.s);
	buf_clear(&b);
}

static void lint_bytes(struct lint *l, const struct template *t)
{
	unsigned line = t->first_line;
	unsigned told_tab = 0, told_cr = 0, told_control = 0;

	for (size_t i = 0; i < t->n; i++) {
		unsigned char c = (unsigned char)t->text[i];
		unsigned *told = c == '\t' ? &told_tab : c == '\r' ? &told_cr : &told_control;

		if (c == '\n')
			line++;
		else if ((c < ' ' || c == 0x7f) && *told != line) {
			count_problem(l, t->name, line,
			              c == '\t'   ? "tab: use blanks"
			              : c == '\r' ? "CR: lines end with LF alone"
			                          : "control character");
			*told = line;
		}
	}
}

static void lint_width(void *arg, const struct template *t, unsigned line, size_t columns)
{
	struct lint *l = arg;
	char text[80];

	if (columns <= LINT_COLUMNS)
		return;
	snprintf(text, sizeof(text), "line of %zu columns: %d at most", columns, LINT_COLUMNS);
	count_problem(l, t->name, line, text);
}

static bool seen_before(struct lint *l, const struct node *n)
{
	struct partial *p;

	for (p = l->seen; p != NULL; p = p->next)
		if (strlen(p->name) == n->n && memcmp(p->name, n->s, n->n) == 0)
			return true;
	p = xcalloc(1, sizeof(*p));
	p->name = xstrndup(n->s, n->n);
	p->next = l->seen;
	l->seen = p;
	return false;
}

static void lint_partial(struct lint *l, const struct template *t, const struct node *n,
                         const struct view_context *c)
{
	struct err e = ERR_INIT;
	struct buf copy = BUF_INIT;
	const char *text = NULL, *name;
	size_t len = 0;

	if (seen_before(l, n))
		return;
	name = l->seen->name;
	if (l->loader == NULL || l->loader->load(l->loader->arg, name, &text, &len, &e) < 0) {
		node_problem(l, t, n, "unknown partial");
		return;
	}
	/* the text is ours until the next call only, and the partial may have partials */
	buf_add(&copy, text, len);
	lint_text(l, copy.s, copy.len, name, 1, c);
	buf_clear(&copy);
}

static void lint_value(struct lint *l, const struct template *t, const struct node *n,
                       const struct view_context *c)
{
	const struct view *v = view_find(c, n->s, n->n);

	if (v == NULL)
		node_problem(l, t, n, "unknown name");
	else if (v->type == VIEW_LIST || v->type == VIEW_MAP || v->type == VIEW_TRUE ||
	         v->type == VIEW_FALSE)
		node_problem(l, t, n, "no text:");
}

static void lint_nodes(struct lint *l, const struct template *t, size_t from, size_t to,
                       const struct view_context *c);

static void lint_section(struct lint *l, const struct template *t, size_t at,
                         const struct view_context *c)
{
	const struct node *n = &t->node[at];
	const struct view *v = view_find(c, n->s, n->n);
	struct view_context inner = { v, c };

	if (v == NULL) {
		node_problem(l, t, n, "unknown name");
		lint_nodes(l, t, at + 1, n->close, c);
		return;
	}
	if (v->type == VIEW_LIST && v->first != NULL)
		inner.v = v->first->value;
	lint_nodes(l, t, at + 1, n->close, n->kind == NODE_SECTION ? &inner : c);
}

static void lint_nodes(struct lint *l, const struct template *t, size_t from, size_t to,
                       const struct view_context *c)
{
	for (size_t i = from; i < to; i++) {
		const struct node *n = &t->node[i];

		if (n->kind == NODE_VALUE || n->kind == NODE_VALUE_RAW)
			lint_value(l, t, n, c);
		else if (n->kind == NODE_PARTIAL)
			lint_partial(l, t, n, c);
		else if (node_is_section(n)) {
			lint_section(l, t, i, c);
			i = n->close;
		}
	}
}

static void lint_text(struct lint *l, const char *text, size_t n, const char *name,
                      unsigned first_line, const struct view_context *c)
{
	struct template *t = template_read(text, n, name, first_line, count_problem, l);

	lint_bytes(l, t);
	template_measure(t, lint_width, l);
	if (l->depth < TEMPLATE_PARTIALS) {
		l->depth++;
		lint_nodes(l, t, 0, t->n_node, c);
		l->depth--;
	}
	template_free(t);
}

size_t template_lint(const char *text, size_t n, const char *name, unsigned first_line,
                     const struct view *sample, const struct template_loader *loader,
                     template_problem_fn *report, void *arg)
{
	struct lint l = { .loader = loader, .report = report, .arg = arg };
	struct view_context top = { sample, NULL };
	struct partial *p;

	lint_text(&l, text, n, name, first_line, &top);
	while ((p = l.seen) != NULL) {
		l.seen = p->next;
		free(p->name);
		free(p);
	}
	return l.count;
}
