/*
 * view: the tree of values a template sees.
 *
 * Invariant: a tree never changes while it is rendered; all of it lives in the caller's arena.
 * Input: names are ours; texts come from feeds and companies and are never looked into here.
 */
#include "base.h"
#include "alloc.h"
#include "view_node.h"

static struct view *make(struct arena *a, enum view_type type)
{
	struct view *v = arena_alloc(a, sizeof(*v));

	v->type = type;
	return v;
}

struct view *view_string(struct arena *a, const char *s)
{
	struct view *v = make(a, VIEW_STRING);

	v->n = strlen(s);
	v->text = arena_strndup(a, s, v->n);
	return v;
}

struct view *view_bool(struct arena *a, bool b)
{
	return make(a, b ? VIEW_TRUE : VIEW_FALSE);
}

struct view *view_null(struct arena *a)
{
	return make(a, VIEW_NULL);
}

struct view *view_list(struct arena *a)
{
	return make(a, VIEW_LIST);
}

struct view *view_map(struct arena *a)
{
	return make(a, VIEW_MAP);
}

static struct view_item *add_item(struct arena *a, struct view *v, const struct view *value)
{
	struct view_item *item = arena_alloc(a, sizeof(*item));

	item->value = value;
	if (v->last != NULL)
		v->last->next = item;
	else
		v->first = item;
	v->last = item;
	return item;
}

void view_append(struct arena *a, struct view *list, struct view *item)
{
	if (list->type != VIEW_LIST)
		bug("view_append: not a list");
	add_item(a, list, item);
}

static struct view_item *find_item(const struct view *map, const char *name, size_t n)
{
	if (map->type != VIEW_MAP)
		return NULL;
	for (struct view_item *i = map->first; i != NULL; i = i->next)
		if (i->n_name == n && memcmp(i->name, name, n) == 0)
			return i;
	return NULL;
}

static void set(struct arena *a, struct view *map, const char *name, size_t n,
                const struct view *value)
{
	struct view_item *item;

	if (map->type != VIEW_MAP)
		bug("view_set: %s: not a map", name);
	item = find_item(map, name, n);
	if (item == NULL) {
		item = add_item(a, map, value);
		item->name = name;
		item->n_name = n;
	}
	item->value = value;
}

void view_set(struct arena *a, struct view *map, const char *name, struct view *value)
{
	set(a, map, name, strlen(name), value);
}

void view_merge(struct arena *a, struct view *map, const struct view *from)
{
	if (from->type != VIEW_MAP)
		bug("view_merge: not a map");
	for (const struct view_item *i = from->first; i != NULL; i = i->next)
		set(a, map, i->name, i->n_name, i->value);
}

static bool is_nothing(const struct view *v)
{
	return v->type == VIEW_NULL || v->type == VIEW_FALSE;
}

/* Length of what stands before the first dot. */
static size_t first_part(const char *name, size_t n)
{
	const char *dot = memchr(name, '.', n);

	return dot == NULL ? n : (size_t)(dot - name);
}

const struct view *view_find(const struct view_context *c, const char *name, size_t n)
{
	size_t len = first_part(name, n);
	const struct view_item *item = NULL;

	if (n == 1 && name[0] == '.')
		return c->v;
	for (; c != NULL && item == NULL; c = c->up)
		item = find_item(c->v, name, len);
	while (item != NULL && len < n) {
		if (is_nothing(item->value))
			return item->value;
		name += len + 1;
		n -= len + 1;
		len = first_part(name, n);
		item = find_item(item->value, name, len);
	}
	return item == NULL ? NULL : item->value;
}

bool view_truthy(const struct view *v)
{
	switch (v->type) {
	case VIEW_NULL:
	case VIEW_FALSE:
		return false;
	case VIEW_STRING:
		return v->n > 0;
	case VIEW_LIST:
		return v->first != NULL;
	case VIEW_TRUE:
	case VIEW_MAP:
		break;
	}
	return true;
}
