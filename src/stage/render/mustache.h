/*
 * mustache: logic-less templates (the Mustache specification's core: variables, sections, inverted
 * sections, comments, partials, set delimiters, dotted names, standalone tags).
 *
 * Differences, each of them an option: no HTML escaping (TEMPLATE_TEXT), and unknown variables are
 * errors (TEMPLATE_STRICT), because a hole in a warning is worse than no warning. Templates are
 * ours but edited by hand; the values come from feeds and are hostile: a value is never parsed as a
 * template.  Limits: template 1 MiB, sections 64 deep, partials 32 deep, output 4 MiB.
 *
 * Names are letters, digits, '_' and '-', with dots between.  False, null, the empty text and the
 * empty list leave a section out.  Indentation of a partial is not put in front of empty lines.
 */
#ifndef SEINPOST_MUSTACHE_H
#define SEINPOST_MUSTACHE_H

#include "arena.h"
#include "base.h"
#include "buf.h"
#include "err.h"

/* What a template sees.  Everything lives in one arena. */
enum view_type {
	VIEW_NULL,
	VIEW_FALSE,
	VIEW_TRUE,
	VIEW_STRING,
	VIEW_LIST,
	VIEW_MAP,
	VIEW_LATER /* what nobody asked for yet */
};

struct view; /* opaque */

struct view *view_string(struct arena *a, const char *s); /* copies */
struct view *view_borrow(struct arena *a, const char *s); /* s lives as long as the view */
struct view *view_bool(struct arena *a, bool b);
struct view *view_null(struct arena *a);
struct view *view_list(struct arena *a);
struct view *view_map(struct arena *a);
void view_append(struct arena *a, struct view *list, struct view *item);
/*
 * A name set twice keeps the later value.  name is borrowed as long as the view lives: a literal,
 * or in the arena.
 */
void view_set(struct arena *a, struct view *map, const char *name, struct view *value);
/* Sets every name of from in map; the values are shared. */
void view_merge(struct arena *a, struct view *map, const struct view *from);
/* A name that map does not have is looked for in under, too, as that is then. */
void view_put_under(struct view *map, const struct view *under);
/*
 * A value of a map that is made when a template first asks for it, and never where none does.  from
 * is borrowed as long as the view lives.
 */
typedef const struct view *view_make_fn(struct arena *a, const void *from);
struct view *view_later(struct arena *a, view_make_fn *make, const void *from);

enum template_flags { TEMPLATE_HTML = 0, TEMPLATE_TEXT = 1, TEMPLATE_STRICT = 2 };

struct template;

/* Told of each problem of a template, "NAME:LINE: text"; text is borrowed for the call. */
typedef void template_problem_fn(void *arg, const char *name, unsigned line, const char *text);

/*
 * Finds a partial: its text in *text, *n, borrowed until the next call.  ERR_NOTFOUND where there
 * is none: nothing is rendered then (the specification), or with TEMPLATE_STRICT an error.
 */
struct template_loader {
	int (*load)(void *arg, const char *name, const char **text, size_t *n, struct err *e);
	void *arg;
};

/*
 * Parses text (valid UTF-8, LF or CRLF); errors are ERR_INPUT "NAME:LINE: reason".  The caller
 * frees the result; text is copied.
 */
int template_parse(struct template **out, const char *text, size_t n, const char *name,
                   struct err *e) NODISCARD;
/* The same for a part of a file: errors count lines from first_line. */
int template_parse_at(struct template **out, const char *text, size_t n, const char *name,
                      unsigned first_line, struct err *e) NODISCARD;
/* Accepts NULL. */
void template_free(struct template *t);
/*
 * Appends to out; on an error out is as it was.  Partials are loaded and parsed through loader (may
 * be NULL) on first use and kept with t.  With TEMPLATE_STRICT an unknown name, an unknown partial
 * and a list, map or true in the place of a text are ERR_INPUT; null and false print nothing.
 */
int template_render(struct buf *out, struct template *t, const struct view *v,
                    const struct template_loader *loader, unsigned flags, struct err *e) NODISCARD;

#endif
