/*
 * intake_json: one JSON object as cells, by jansson.
 *
 * Invariant: no jansson value outlives json_row(); names and values are copied into the row's
 * arena.
 * Input: hostile text, but of limited size and depth, and of valid UTF-8 without NUL (json_feed,
 * bytes_check).
 */
#include "base.h"

#include <jansson.h>

#include "intake_formats.h"

/* JSON in a string is read too, once: some exports write "extra" so. */
enum { PATH_MAX_OCTETS = 200, LOAD_FLAGS = JSON_REJECT_DUPLICATES };

struct flatten {
	struct intake_run *run;
	const struct json_key *keys;
	size_t n_keys;
	const char *reason;
};

static void add_cell(struct flatten *fl, const char *path, const char *value)
{
	const struct json_key *k = NULL;
	enum field field;

	for (size_t i = 0; i < fl->n_keys && k == NULL; i++)
		if (strcmp(fl->keys[i].path, path) == 0)
			k = &fl->keys[i];
	field = k ? k->field : FIELD_EXTRA;
	if (strncmp(path, "extra.", 6) == 0)
		path += 6;
	if (!row_add(fl->run, path, value, field, k ? k->rank : 0))
		fl->reason = "more than 512 values";
}

/* A string, number or word as text; NULL for null and for what has parts. */
static const char *scalar_text(struct arena *a, const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_STRING:
		return arena_strndup(a, json_string_value(v), json_string_length(v));
	case JSON_INTEGER:
		return arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
	case JSON_REAL:
		return arena_printf(a, "%.15g", json_real_value(v));
	case JSON_TRUE:
		return "true";
	case JSON_FALSE:
		return "false";
	default:
		return NULL;
	}
}

/* Parts of a list with commas between them; objects in it as JSON. */
static const char *list_text(struct arena *a, const json_t *list)
{
	struct buf b = BUF_INIT;
	const char *out;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *v = json_array_get(list, i);
		const char *text = scalar_text(a, v);
		char *dumped = NULL;

		if (text == NULL && !json_is_null(v))
			dumped = json_dumps(v, JSON_COMPACT);
		buf_printf(&b, "%s%s", b.len > 0 ? "," : "", text ? text : dumped ? dumped : "");
		free(dumped);
	}
	out = arena_strndup(a, b.s, b.len);
	buf_clear(&b);
	return out;
}

static void flatten_object(struct flatten *fl, const char *prefix, json_t *object);

static void flatten_value(struct flatten *fl, const char *path, json_t *v)
{
	struct arena *a = &fl->run->arena;
	const char *text;

	if (json_is_object(v)) {
		flatten_object(fl, path, v);
		return;
	}
	text = json_is_array(v) ? list_text(a, v) : scalar_text(a, v);
	if (text != NULL)
		add_cell(fl, path, text);
}

/* "extra" written as a string that holds an object; false where it is an ordinary string. */
static bool flatten_text(struct flatten *fl, const char *path, const json_t *v)
{
	json_t *inner;

	if (strcmp(path, "extra") != 0 || !json_is_string(v) || *json_string_value(v) != '{')
		return false;
	inner = json_loadb(json_string_value(v), json_string_length(v), LOAD_FLAGS, NULL);
	if (inner == NULL)
		return false;
	flatten_object(fl, path, inner);
	json_decref(inner);
	return true;
}

/*
 * Recursion ends at JSON_DEPTH, or in a string's own JSON at PATH_MAX_OCTETS: each level adds a dot
 * to the path.
 */
static void flatten_object(struct flatten *fl, const char *prefix, json_t *object)
{
	const char *key, *path;
	json_t *v;

	json_object_foreach(object, key, v) {
		if (fl->reason != NULL)
			return;
		path = *prefix != '\0' ? arena_printf(&fl->run->arena, "%s.%s", prefix, key) :
		                         arena_strdup(&fl->run->arena, key);
		if (strlen(path) > PATH_MAX_OCTETS)
			fl->reason = "a name longer than 200 bytes";
		else if (!flatten_text(fl, path, v))
			flatten_value(fl, path, v);
	}
}

const char *json_row(struct intake_run *run, struct span text, const struct json_key *keys,
                     size_t n_keys)
{
	struct flatten fl = { run, keys, n_keys, NULL };
	json_error_t why;
	json_t *object = json_loadb(text.p, span_len(text), LOAD_FLAGS, &why);

	if (object == NULL)
		return arena_printf(&run->arena, "no valid JSON: %s", why.text);
	flatten_object(&fl, "", object);
	json_decref(object);
	return fl.reason;
}
