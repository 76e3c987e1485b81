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
	struct view *value;
	const char *name; /* NULL in lists */
	size_t n_name;
};

struct view {
	enum view_type type;
	union {
		struct { /* VIEW_STRING */
			const char *text;
			size_t n;
		};
		struct { /* VIEW_LIST, VIEW_MAP */
			struct view_item *first, *last;
			const struct view *under; /* VIEW_MAP: or NULL */
		};
		struct { /* VIEW_LATER */
			view_make_fn *make;
			struct arena *arena;
			const void *from;
		};
	};
};

/* The contexts a tag stands in, the innermost first. */
struct view_context {
	const struct view *v;
	const struct view_context *up;
};

/*
 * Finds name ("a", "a.b.c", ".") from the innermost context out; only the first part is searched
 * outwards.  NULL where there is no such name.  A chain that runs through null or false
 * ("partner.name" without a partner) is known, and null.  What is found was made: never VIEW_LATER.
 */
const struct view *view_find(const struct view_context *c, const char *name, size_t n);
/* False, null, the empty text and the empty list are not. */
bool view_truthy(const struct view *v);

#endif
