/*
 * test_mustache_spec: the official tests of the Mustache specification, read in place where they
 * are at hand.
 */
#include "test.h"

#include <jansson.h>

#include "mustache.h"

static struct view *view_of(struct arena *a, const json_t *j)
{
	struct view *v;
	const char *name;
	const json_t *item;
	size_t i;

	switch (json_typeof(j)) {
	case JSON_OBJECT:
		v = view_map(a);
		json_object_foreach((json_t *)(uintptr_t)j, name, item)
			view_set(a, v, name, view_of(a, item));
		return v;
	case JSON_ARRAY:
		v = view_list(a);
		json_array_foreach(j, i, item) view_append(a, v, view_of(a, item));
		return v;
	case JSON_STRING:
		return view_string(a, json_string_value(j));
	case JSON_INTEGER:
		return view_string(a,
		                   arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(j)));
	case JSON_REAL:
		return view_string(a, arena_printf(a, "%.10g", json_real_value(j)));
	case JSON_TRUE:
	case JSON_FALSE:
		return view_bool(a, json_is_true(j));
	default:
		return view_null(a);
	}
}

static int load_partial(void *arg, const char *name, const char **text, size_t *n, struct err *e)
{
	const json_t *partial = json_object_get(arg, name);

	if (partial == NULL)
		return err_set(e, ERR_NOTFOUND, "no partial %s", name);
	*text = json_string_value(partial);
	*n = json_string_length(partial);
	return 0;
}

static void run_one(const char *file, const json_t *test)
{
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	struct template *t = NULL;
	const json_t *text = json_object_get(test, "template");
	const char *want = json_string_value(json_object_get(test, "expected"));
	struct template_loader loader = { load_partial, json_object_get(test, "partials") };
	char *copy = exact_copy(json_string_value(text), json_string_length(text));

	if (template_parse(&t, copy, json_string_length(text), file, &e) < 0 ||
	    template_render(&out, t, view_of(&a, json_object_get(test, "data")), &loader,
	                    TEMPLATE_HTML, &e) < 0)
		fail_msg("%s: %s: %s", file, json_string_value(json_object_get(test, "name")),
		         e.text);
	if (strcmp(out.s, want) != 0)
		fail_msg("%s: %s: got \"%s\", want \"%s\"", file,
		         json_string_value(json_object_get(test, "name")), out.s, want);
	template_free(t);
	buf_clear(&out);
	arena_clear(&a);
	free(copy);
}

static void core_files_pass(void **state)
{
	static const char *const files[] = { "comments", "delimiters", "interpolation",
		                             "inverted", "partials",   "sections" };
	const char *shared = getenv("SEINPOST_SHARED");
	size_t ran = 0;

	UNUSED(state);
	for (size_t i = 0; shared != NULL && i < ARRAY_SIZE(files); i++) {
		char path[4096];
		const json_t *test;
		json_t *j;
		size_t k;

		snprintf(path, sizeof(path), "%s/spec/mustache/%s.json", shared, files[i]);
		j = json_load_file(path, 0, NULL);
		if (j == NULL)
			return; /* not at hand here; test_mustache has the rules too */
		json_array_foreach(json_object_get(j, "tests"), k, test)
		{
			run_one(files[i], test);
			ran++;
		}
		json_decref(j);
	}
	if (shared != NULL)
		assert_true(ran > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(core_files_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
