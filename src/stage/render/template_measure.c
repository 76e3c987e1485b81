/*
 * template_measure: how wide the lines of a template become without their values.
 *
 * Invariant: one call of line() for each line with plain text in it; a line cut by sections counts
 * as one.
 * Input: parsed templates.
 */
#include "base.h"
#include "template.h"

struct ruler {
	size_t now;    /* columns so far */
	size_t widest; /* of the choices that ended just here */
	struct {
		size_t now, widest; /* as they were where the section began */
	} open[TEMPLATE_SECTIONS];
	size_t depth;
};

/* Characters, which is columns for the scripts we write in. */
static size_t columns(const char *s, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += ((unsigned char)s[i] & 0xc0) != 0x80 && s[i] != '\r' && s[i] != '\n';
	return count;
}

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

static void section_opens(struct ruler *m)
{
	m->open[m->depth].now = m->now;
	m->open[m->depth++].widest = m->widest;
	m->widest = 0;
}

static void section_closes(struct ruler *m, bool choice_follows)
{
	size_t begin = m->open[--m->depth].now;

	m->widest = larger(larger(m->widest, m->now), m->open[m->depth].widest);
	m->now = choice_follows ? begin : m->widest;
	if (!choice_follows)
		m->widest = 0;
}

static void line_ends(struct ruler *m)
{
	m->now = m->widest = 0;
	memset(m->open, 0, sizeof(m->open));
}

void template_measure(const struct template *t, template_width_fn *line, void *arg)
{
	struct ruler m = { 0 };
	unsigned last = t->first_line;

	for (size_t i = 0; i < t->n_node; i++) {
		const struct node *n = &t->node[i];

		last = n->line;
		if (node_is_section(n)) {
			section_opens(&m);
		} else if (n->kind == NODE_CLOSE) {
			section_closes(&m, i + 1 < t->n_node && node_is_section(&t->node[i + 1]));
		} else if (n->kind == NODE_TEXT) {
			m.now += columns(n->s, n->n);
			if (n->n == 0 || n->s[n->n - 1] != '\n')
				continue;
			line(arg, t, n->line, larger(m.now, m.widest));
			line_ends(&m);
		}
	}
	if (larger(m.now, m.widest) > 0)
		line(arg, t, last, larger(m.now, m.widest));
}
