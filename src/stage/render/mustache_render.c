/*
 * mustache_render: nodes + view -> text.
 *
 * Invariant: nothing is allocated for a tag but room in the output; a value is copied, never read
 * as a template.
 * Input: values are hostile text; templates are ours.  Depth, output and steps are limited all the
 * same.
 */
#include "base.h"
#include "alloc.h"
#include "template.h"
#include "view_node.h"

enum { RENDER_STEPS = 4 << 20 };

/* One call of template_render. */
struct run {
	struct buf *out;
	size_t start; /* length of out before */
	struct template *root;
	const struct template_loader *loader;
	unsigned flags;
	size_t steps;
	struct buf indent; /* of the partial being rendered */
	struct err *e;
};

/* The template being rendered: root, or one of its partials. */
struct scope {
	struct template *t;
	unsigned depth;
};

static int render_nodes(struct run *r, const struct scope *s, size_t from, size_t to,
                        const struct view_context *c);

static int complain(struct run *r, const struct scope *s, const struct node *n, const char *what)
{
	return err_set(r->e, ERR_INPUT, "%s:%u: %s '%.*s'", s->t->name, n->line, what, (int)n->n,
	               n->s);
}

static const char *entity_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static void add_escaped(struct buf *out, const char *s, size_t n)
{
	size_t from = 0;

	for (size_t i = 0; i < n; i++) {
		const char *entity = entity_of(s[i]);

		if (entity == NULL)
			continue;
		buf_add(out, s + from, i - from);
		buf_addstr(out, entity);
		from = i + 1;
	}
	buf_add(out, s + from, n - from);
}

static int render_value(struct run *r, const struct scope *s, const struct node *n,
                        const struct view_context *c)
{
	const struct view *v = view_find(c, n->s, n->n);
	bool strict = (r->flags & TEMPLATE_STRICT) != 0;

	if (v == NULL)
		return strict ? complain(r, s, n, "unknown name") : 0;
	if (v->type == VIEW_STRING) {
		if (n->kind == NODE_VALUE && (r->flags & TEMPLATE_TEXT) == 0)
			add_escaped(r->out, v->text, v->n);
		else
			buf_add(r->out, v->text, v->n);
		return 0;
	}
	if (v->type == VIEW_NULL || v->type == VIEW_FALSE || !strict)
		return 0;
	return complain(r, s, n, "no text:");
}

static int render_section(struct run *r, const struct scope *s, size_t at,
                          const struct view_context *c)
{
	const struct node *n = &s->t->node[at];
	const struct view *v = view_find(c, n->s, n->n);
	int rc = 0;

	if (v == NULL && (r->flags & TEMPLATE_STRICT) != 0)
		return complain(r, s, n, "unknown name");
	if (n->kind == NODE_INVERTED)
		return v != NULL && view_truthy(v) ? 0 : render_nodes(r, s, at + 1, n->close, c);
	if (v == NULL || !view_truthy(v))
		return 0;
	if (v->type != VIEW_LIST) {
		struct view_context inner = { v, c };

		return render_nodes(r, s, at + 1, n->close, &inner);
	}
	for (const struct view_item *i = v->first; i != NULL && rc == 0; i = i->next) {
		struct view_context inner = { i->value, c };

		rc = render_nodes(r, s, at + 1, n->close, &inner);
	}
	return rc;
}

static int render_partial(struct run *r, const struct scope *s, struct node *n,
                          const struct view_context *c)
{
	struct buf outer = r->indent;
	struct scope inner = { NULL, s->depth + 1 };
	int rc;

	if (inner.depth > TEMPLATE_PARTIALS)
		return complain(r, s, n, "partials nested too deep at");
	if ((rc = template_partial(&inner.t, r->root, n, r->loader, r->e)) < 0)
		return rc;
	if (inner.t == NULL)
		return (r->flags & TEMPLATE_STRICT) != 0 ? complain(r, s, n, "unknown partial") : 0;
	r->indent = (struct buf)BUF_INIT;
	if (n->standalone) {
		buf_add(&r->indent, outer.s, outer.len);
		buf_add(&r->indent, n->indent, n->n_indent);
	}
	rc = render_nodes(r, &inner, 0, inner.t->n_node, c);
	buf_clear(&r->indent);
	r->indent = outer;
	return rc;
}

static bool is_empty_line(const struct node *n)
{
	return n->n > 0 && (n->s[0] == '\n' || (n->s[0] == '\r' && n->n == 2));
}

/* Returns how many nodes that was. */
static size_t render_text(struct run *r, const struct node *n)
{
	if (r->indent.len == 0) {
		buf_add(r->out, n->s, n->n_run);
		return n->run_nodes;
	}
	if (n->line_start && !is_empty_line(n))
		buf_add(r->out, r->indent.s, r->indent.len);
	buf_add(r->out, n->s, n->n);
	return 1;
}

static int render_node(struct run *r, const struct scope *s, size_t at,
                       const struct view_context *c)
{
	struct node *n = &s->t->node[at];

	switch (n->kind) {
	case NODE_VALUE:
	case NODE_VALUE_RAW:
		return render_value(r, s, n, c);
	case NODE_SECTION:
	case NODE_INVERTED:
		return render_section(r, s, at, c);
	case NODE_PARTIAL:
		return render_partial(r, s, n, c);
	case NODE_TEXT:
	case NODE_CLOSE:
		break;
	}
	return 0;
}

static int render_nodes(struct run *r, const struct scope *s, size_t from, size_t to,
                        const struct view_context *c)
{
	int rc = 0;

	for (size_t i = from; i < to && rc == 0; i++) {
		const struct node *n = &s->t->node[i];

		if (n->kind == NODE_TEXT) {
			i += render_text(r, n) - 1;
		} else {
			rc = render_node(r, s, i, c);
			if (node_is_section(n))
				i = n->close;
		}
		if (rc == 0 &&
		    (r->out->len - r->start > TEMPLATE_OUTPUT || ++r->steps > RENDER_STEPS))
			rc = err_set(r->e, ERR_INPUT,
			             "%s:%u: the text becomes larger than %d bytes", s->t->name,
			             n->line, TEMPLATE_OUTPUT);
	}
	return rc;
}

int template_render(struct buf *out, struct template *t, const struct view *v,
                    const struct template_loader *loader, unsigned flags, struct err *e)
{
	struct run r = { .out = out,
		         .start = out->len,
		         .root = t,
		         .loader = loader,
		         .flags = flags,
		         .indent = BUF_INIT,
		         .e = e };
	struct view_context top = { v, NULL };
	struct scope s = { t, 0 };
	int rc = render_nodes(&r, &s, 0, t->n_node, &top);

	if (rc < 0)
		buf_truncate(out, r.start);
	return rc;
}

static struct partial *find_partial(const struct template *root, const struct node *n)
{
	for (struct partial *p = root->partials; p != NULL; p = p->next)
		if (strlen(p->name) == n->n && memcmp(p->name, n->s, n->n) == 0)
			return p;
	return NULL;
}

static int load_partial(struct partial *p, const struct template_loader *loader, struct err *e)
{
	struct err ignored = ERR_INIT;
	const char *text = NULL;
	size_t n = 0;
	int rc;

	if (loader == NULL)
		return 0;
	if ((rc = loader->load(loader->arg, p->name, &text, &n, &ignored)) == ERR_NOTFOUND)
		return 0;
	if (rc < 0)
		return err_set(e, rc, "%s", ignored.text);
	return template_parse(&p->t, text, n, p->name, e);
}

int template_partial(struct template **out, struct template *root, struct node *n,
                     const struct template_loader *loader, struct err *e)
{
	struct partial *p = n->partial != NULL ? n->partial : find_partial(root, n);
	int rc;

	if (p == NULL) {
		p = xcalloc(1, sizeof(*p));
		p->name = xstrndup(n->s, n->n);
		if ((rc = load_partial(p, loader, e)) < 0) {
			free(p->name);
			free(p);
			return rc;
		}
		p->next = root->partials;
		root->partials = p;
	}
	n->partial = p;
	*out = p->t;
	return 0;
}
