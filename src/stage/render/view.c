/*
 * view: the tree of values a template sees.
 *
 * Invariant: while a tree is rendered only a VIEW_LATER changes, once, into what it stands for; all
 * of it lives in the caller's arena.
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

struct view *view_borrow(struct arena *a, const char *s)
{
	struct view *v = make(a, VIEW_STRING);

	v->n = strlen(s);
	v->text = s;
	return v;
}

struct view *view_string(struct arena *a, const char *s)
{
	return view_borrow(a, arena_strdup(a, s));
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

struct view *view_later(struct arena *a, view_make_fn *fn, const void *from)
{
	struct view *v = make(a, VIEW_LATER);

	v->make = fn;
	v->arena = a;
	v->from = from;
	return v;
}

static struct view_item *add_item(struct arena *a, struct view *v, struct view *value)
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
	if (item->type == VIEW_LATER)
		bug("view_append: an item has no name to be asked for by");
	add_item(a, list, item);
}

static struct view_item *find_item(const struct view *map, const char *name, size_t n)
{
	for (struct view_item *i = map->first; i != NULL; i = i->next)
		if (i->n_name == n && (n == 0 || (i->name[0] == name[0] &&
		                                  memcmp(i->name, name, n) == 0)))
			return i;
	return NULL;
}

static void set(struct arena *a, struct view *map, const char *name, size_t n, struct view *value)
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

void view_put_under(struct view *map, const struct view *under)
{
	if (map->type != VIEW_MAP || under->type != VIEW_MAP)
		bug("view_put_under: not a map");
	map->under = under;
}

/* The value of a name in a map or in those under it, made; NULL where there is none. */
static const struct view *value_of(const struct view *map, const char *name, size_t n)
{
	const struct view_item *item = NULL;

	for (; map != NULL && map->type == VIEW_MAP; map = map->under)
		if ((item = find_item(map, name, n)) != NULL)
			break;
	if (item == NULL)
		return NULL;
	if (item->value->type == VIEW_LATER)
		*item->value = *item->value->make(item->value->arena, item->value->from);
	return item->value;
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
	const struct view *v = NULL;

	if (n == 1 && name[0] == '.')
		return c->v;
	for (; c != NULL && v == NULL; c = c->up)
		v = value_of(c->v, name, len);
	while (v != NULL && len < n) {
		if (is_nothing(v))
			return v;
		name += len + 1;
		n -= len + 1;
		len = first_part(name, n);
		v = value_of(v, name, len);
	}
	return v;
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
	case VIEW_LATER:
		break;
	}
	return true;
}
