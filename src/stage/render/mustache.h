/*
 * mustache: logic-less templates (the Mustache specification's core: variables, sections, inverted sections, comments,
 * partials, set delimiters, dotted names, standalone tags).
 *
 * Differences, each of them an option: no HTML escaping (TEMPLATE_TEXT), and unknown variables are errors
 * (TEMPLATE_STRICT), because a hole in a warning is worse than no warning.
 * Templates are ours but edited by hand; the values come from feeds and are hostile: a value is never parsed as a
 * template.  Limits: partials 32 deep, output 4 MiB.
 */
#ifndef SEINPOST_MUSTACHE_H
#define SEINPOST_MUSTACHE_H

#include "arena.h"
#include "base.h"
#include "buf.h"
#include "err.h"

/* What a template sees.  Everything lives in one arena. */
enum view_type { VIEW_NULL, VIEW_FALSE, VIEW_TRUE, VIEW_STRING, VIEW_LIST, VIEW_MAP };

struct view; /* opaque */

struct view *view_string(struct arena *a, const char *s); /* copies */
struct view *view_bool(struct arena *a, bool b);
struct view *view_null(struct arena *a);
struct view *view_list(struct arena *a);
struct view *view_map(struct arena *a);
void view_append(struct arena *a, struct view *list, struct view *item);
/* A name set twice keeps the later value. */
void view_set(struct arena *a, struct view *map, const char *name, struct view *value);

enum template_flags { TEMPLATE_HTML = 0, TEMPLATE_TEXT = 1, TEMPLATE_STRICT = 2 };

struct template;

/* Finds a partial: its text in *text, *n.  ERR_NOTFOUND where there is none (the spec renders nothing then). */
struct template_loader {
	int (*load)(void *arg, const char *name, const char **text, size_t *n, struct err *e);
	void *arg;
};

/*
 * Parses text (valid UTF-8, LF or CRLF); errors are ERR_INPUT "NAME:LINE: reason".  The caller frees the result;
 * text is copied.
 */
int template_parse(struct template **out, const char *text, size_t n, const char *name, struct err *e) NODISCARD;
void template_free(struct template *t);
/* Appends to out.  Partials are loaded and parsed through loader on first use and kept with t. */
int template_render(struct buf *out, struct template *t, const struct view *v, const struct template_loader *loader,
                    unsigned flags, struct err *e) NODISCARD;

#endif
