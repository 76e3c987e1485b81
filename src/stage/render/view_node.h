/*
 * view_node: what a view is made of; for the renderer and the lint only.
 */
#ifndef SEINPOST_VIEW_NODE_H
#define SEINPOST_VIEW_NODE_H

#include "base.h"
#include "mustache.h"

/* One item of a list, or one name of a map. */
struct view_item {
	struct view_item *next;
	const struct view *value;
	const char *name; /* NULL in lists */
	size_t n_name;
};

struct view {
	enum view_type type;
	const char *text; /* VIEW_STRING */
	size_t n;
	struct view_item *first, *last; /* VIEW_LIST, VIEW_MAP */
};

/* The contexts a tag stands in, the innermost first. */
struct view_context {
	const struct view *v;
	const struct view_context *up;
};

/*
 * Finds name ("a", "a.b.c", ".") from the innermost context out; only the first part is searched
 * outwards.  NULL where there is no such name.  A chain that runs through null or false
 * ("partner.name" without a partner) is known, and null.
 */
const struct view *view_find(const struct view_context *c, const char *name, size_t n);
/* False, null, the empty text and the empty list are not. */
bool view_truthy(const struct view *v);

#endif
