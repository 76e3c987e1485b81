/*
 * template: the parsed form of a template; for the renderer and the lint only.
 *
 * A flat array of nodes; a section reaches from its own index to that of its NODE_CLOSE, so a part
 * that is not wanted is left out by one step.  Names and texts point into the template's own copy
 * of the text.
 */
#ifndef SEINPOST_TEMPLATE_H
#define SEINPOST_TEMPLATE_H

#include "base.h"
#include "mustache.h"

enum node_kind {
	NODE_TEXT,
	NODE_VALUE,
	NODE_VALUE_RAW,
	NODE_SECTION,
	NODE_INVERTED,
	NODE_CLOSE,
	NODE_PARTIAL
};

struct partial {
	struct partial *next;
	char *name;
	struct template *t; /* NULL: there is none of that name */
};

struct node {
	enum node_kind kind;
	bool line_start; /* an indented partial puts its blanks in front */
	unsigned line;
	const char *s; /* text, or name */
	size_t n;
	/* NODE_TEXT: bytes and nodes of it and of the texts that stand directly behind it */
	size_t n_run, run_nodes;
	size_t close;       /* NODE_SECTION, NODE_INVERTED: index of the NODE_CLOSE */
	const char *indent; /* NODE_PARTIAL alone on its line: the blanks in front */
	size_t n_indent;
	bool standalone;         /* NODE_PARTIAL */
	struct partial *partial; /* NODE_PARTIAL, once it was loaded */
};

struct template {
	char *name, *text;
	size_t n;
	unsigned first_line;
	struct node *node;
	size_t n_node, cap_node;
	struct partial *partials; /* of the template that renders, and of all partials below it */
};

static inline bool node_is_section(const struct node *n)
{
	return n->kind == NODE_SECTION || n->kind == NODE_INVERTED;
}

enum {
	TEMPLATE_MAX = 1 << 20,
	TEMPLATE_SECTIONS = 64,
	TEMPLATE_PARTIALS = 32,
	TEMPLATE_OUTPUT = 4 << 20
};

/*
 * Parses all that can be parsed and reports everything that cannot; never fails, and what it gives
 * can always be walked (sections left open are closed at the end).  first_line: the number of the
 * text's first line.
 */
struct template *template_read(const char *text, size_t n, const char *name, unsigned first_line,
                               template_problem_fn *report, void *arg) NODISCARD;
/*
 * The template_problem_fn that turns the first problem into an error; arg is a struct
 * first_problem.
 */
struct first_problem {
	struct err *e;
	int rc; /* 0 before the first */
};
void template_keep_first(void *arg, const char *name, unsigned line, const char *text);
/*
 * The partial a node names, loaded on first use and kept with root; *out is NULL where there is
 * none.  Errors of the loader (but ERR_NOTFOUND) and of the partial's text are returned.
 */
int template_partial(struct template **out, struct template *root, struct node *n,
                     const struct template_loader *loader, struct err *e) NODISCARD;

/*
 * Calls line() for each line with the columns of its plain text, values counted as nothing.
 * Sections that follow each other at once ({{#one}}..{{/one}}{{#many}}..{{/many}}) are choices: the
 * widest counts.
 */
typedef void template_width_fn(void *arg, const struct template *t, unsigned line, size_t columns);
void template_measure(const struct template *t, template_width_fn *line, void *arg);

#endif
