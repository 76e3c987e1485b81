/*
 * test_mustache: templates, their lint and advice files, table by table.
 */
#include "test.h"

#include "advice.h"
#include "mustache.h"
#include "template_lint.h"

/*
 * { name "Jan", amp "a<b", empty "", yes, no, none, items [{n "1"}, {n "2"}], words ["x", "y"],
 * deep {er {est "d"}}, braces "{{name}}", lines "p\nq" }
 */
static struct view *sample(struct arena *a)
{
	struct view *v = view_map(a), *items = view_list(a), *words = view_list(a),
		    *deep = view_map(a), *er = view_map(a);

	for (int i = 1; i <= 2; i++) {
		struct view *item = view_map(a);

		view_set(a, item, "n", view_string(a, i == 1 ? "1" : "2"));
		view_append(a, items, item);
		view_append(a, words, view_string(a, i == 1 ? "x" : "y"));
	}
	view_set(a, er, "est", view_string(a, "d"));
	view_set(a, deep, "er", er);
	view_set(a, v, "name", view_string(a, "Piet"));
	view_set(a, v, "name", view_string(a, "Jan"));
	view_set(a, v, "amp", view_string(a, "a<b&\"'>"));
	view_set(a, v, "empty", view_string(a, ""));
	view_set(a, v, "yes", view_bool(a, true));
	view_set(a, v, "no", view_bool(a, false));
	view_set(a, v, "none", view_null(a));
	view_set(a, v, "items", items);
	view_set(a, v, "nothing", view_list(a));
	view_set(a, v, "words", words);
	view_set(a, v, "deep", deep);
	view_set(a, v, "braces", view_string(a, "{{name}}"));
	view_set(a, v, "lines", view_string(a, "p\nq"));
	return v;
}

static int load(void *arg, const char *name, const char **text, size_t *n, struct err *e)
{
	static const struct {
		const char *name, *text;
	} partials[] = {
		{ "two", "one {{name}}\n\ntwo\n" },
		{ "nest", "<\n {{>two}}\n>\n" },
		{ "self", "x{{>self}}" },
		{ "bad", "a\n{{#open}}" },
		{ "wrong", "{{nope}}" },
		{ "line", "{{#yes}}a{{/yes}}\n{{! c }}b\n{{name}}\n" },
	};

	UNUSED(arg);
	for (size_t i = 0; i < ARRAY_SIZE(partials); i++) {
		if (strcmp(name, partials[i].name) != 0)
			continue;
		*text = partials[i].text;
		*n = strlen(*text);
		return 0;
	}
	if (strcmp(name, "io") == 0)
		return err_set(e, ERR_IO, "disk gone");
	return err_set(e, ERR_NOTFOUND, "no partial");
}

static int render(struct buf *out, const char *text, unsigned flags, struct err *e)
{
	static const struct template_loader loader = { load, NULL };
	struct arena a = ARENA_INIT;
	struct template *t = NULL;
	char *copy = exact_copy(text, strlen(text));
	int rc;

	if ((rc = template_parse(&t, copy, strlen(text), "t", e)) < 0)
		goto out;
	free(copy); /* the text must have been copied */
	copy = NULL;
	if ((rc = template_render(out, t, sample(&a), &loader, flags, e)) < 0)
		goto out;
	buf_reset(out);
	rc = template_render(out, t, sample(&a), &loader, flags,
	                     e); /* and parsed once can be rendered twice */
out:
	free(copy);
	template_free(t);
	arena_clear(&a);
	return rc;
}

static void templates_render(void **state)
{
	static const struct {
		const char *text;
		unsigned flags;
		const char *want;
	} cases[] = {
		{ "", 0, "" },
		{ "no tags { } }} {", 0, "no tags { } }} {" },
		{ "Hi {{name}}, {{ name }}.", 0, "Hi Jan, Jan." },
		{ "{{amp}}|{{{amp}}}|{{&amp}}", TEMPLATE_HTML,
		  "a&lt;b&amp;&quot;&#39;&gt;|a<b&\"'>|a<b&\"'>" },
		{ "{{amp}}", TEMPLATE_TEXT, "a<b&\"'>" },
		{ "{{braces}}", TEMPLATE_TEXT, "{{name}}" },
		{ "{{deep.er.est}} {{#deep}}{{er.est}}{{/deep}}", 0, "d d" },
		{ "[{{nope}}][{{#nope}}x{{/nope}}][{{^nope}}y{{/nope}}][{{>nope}}]", 0,
		  "[][][y][]" },
		{ "[{{no}}{{none}}{{no.where}}][{{#no.where}}x{{/no.where}}]", TEMPLATE_STRICT,
		  "[][]" },
		{ "{{#empty}}x{{/empty}}{{^empty}}none{{/empty}}", TEMPLATE_STRICT, "none" },
		{ "{{#items}}{{n}}={{name}};{{/items}}", 0, "1=Jan;2=Jan;" },
		{ "{{#words}}<{{.}}>{{/words}}{{^nothing}}-{{/nothing}}", TEMPLATE_STRICT,
		  "<x><y>-" },
		{ "{{#name}}{{.}}{{/name}}", TEMPLATE_STRICT, "Jan" },
		{ "a\n{{#yes}}\nb\n{{/yes}}\nc\n", 0, "a\nb\nc\n" },
		{ "a\r\n{{#yes}}\r\nb\r\n{{/yes}}\r\nc", 0, "a\r\nb\r\nc" },
		{ "a\n  {{! gone\n  wholly }}  \nb\n", 0, "a\nb\n" },
		{ "a {{! here }} b", 0, "a  b" },
		{ "{{=<% %>=}}<%name%> {{name}}<%={{ }}=%>{{name}}", 0, "Jan {{name}}Jan" },
		{ "{{=| |=}}|{amp}|", 0, "a<b&\"'>" },
		{ "  {{>two}}\nend", 0, "  one Jan\n\n  two\nend" },
		{ "x {{>two}}", 0, "x one Jan\n\ntwo\n" },
		{ "  {{>nest}}", 0, "  <\n   one Jan\n\n   two\n  >\n" },
		{ "\t{{>line}}", 0, "\ta\n\tb\n\tJan\n" },
		{ "{{#lines}} {{.}}{{/lines}}", 0, " p\nq" },
		{ "{{#items}}{{^n}}x{{/n}}{{#no}}y{{/no}}{{/items}}.", 0, "." },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf out = BUF_INIT;
		struct err e = ERR_INIT;

		if (render(&out, cases[i].text, cases[i].flags, &e) < 0)
			fail_msg("%s: %s", cases[i].text, e.text);
		assert_string_equal(out.s, cases[i].want);
		buf_clear(&out);
	}
}

static void bad_templates_are_refused(void **state)
{
	static const struct {
		const char *text;
		unsigned flags;
		int code;
		const char *want;
	} cases[] = {
		{ "a\nb {{name", 0, ERR_INPUT, "t:2: tag is not closed" },
		{ "{{{name}}", 0, ERR_INPUT, "t:1: tag is not closed" },
		{ "\n\n{{#yes}}\nx", 0, ERR_INPUT, "t:3: section 'yes' is not closed" },
		{ "{{#yes}}{{^no}}\n{{/yes}}", 0, ERR_INPUT, "t:1: section 'no' is not closed" },
		{ "{{/yes}}", 0, ERR_INPUT, "t:1: '/yes' closes a section that is not open" },
		{ "{{}}", 0, ERR_INPUT, "t:1: tag without a name" },
		{ "{{ # }}", 0, ERR_INPUT, "t:1: tag without a name" },
		{ "{{a b}}", 0, ERR_INPUT,
		  "t:1: 'a b' is no name: use letters, digits, '_', '-' and single dots" },
		{ "{{a..b}}", 0, ERR_INPUT,
		  "t:1: 'a..b' is no name: use letters, digits, '_', '-' and single dots" },
		{ "{{>../etc/passwd}}", 0, ERR_INPUT,
		  "t:1: '../etc/passwd' is no name: use letters, digits, '_', '-' and single "
		  "dots" },
		{ "{{=a=}}", 0, ERR_INPUT,
		  "t:1: delimiters must be two words without '=', as in {{=<% %>=}}" },
		{ "{{=a b c=}}", 0, ERR_INPUT,
		  "t:1: delimiters must be two words without '=', as in {{=<% %>=}}" },
		{ "ok\n\xff", 0, ERR_INPUT, "t:2: not UTF-8" },
		{ "x\n{{nope}}", TEMPLATE_STRICT, ERR_INPUT, "t:2: unknown name 'nope'" },
		{ "{{#nope}}{{/nope}}", TEMPLATE_STRICT, ERR_INPUT, "t:1: unknown name 'nope'" },
		{ "{{^deep.nope}}{{/deep.nope}}", TEMPLATE_STRICT, ERR_INPUT,
		  "t:1: unknown name 'deep.nope'" },
		{ "{{#items}}\n{{m}}\n{{/items}}", TEMPLATE_STRICT, ERR_INPUT,
		  "t:2: unknown name 'm'" },
		{ "{{>nope}}", TEMPLATE_STRICT, ERR_INPUT, "t:1: unknown partial 'nope'" },
		{ "{{items}}", TEMPLATE_STRICT, ERR_INPUT, "t:1: no text: 'items'" },
		{ "{{yes}}", TEMPLATE_STRICT, ERR_INPUT, "t:1: no text: 'yes'" },
		{ "{{>self}}", 0, ERR_INPUT, "self:1: partials nested too deep at 'self'" },
		{ "{{>bad}}", 0, ERR_INPUT, "bad:2: section 'open' is not closed" },
		{ "{{>wrong}}", TEMPLATE_STRICT, ERR_INPUT, "wrong:1: unknown name 'nope'" },
		{ "{{>io}}", 0, ERR_IO, "disk gone" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf out = BUF_INIT;
		struct err e = ERR_INIT;

		buf_addstr(&out, "before");
		assert_int_equal(render(&out, cases[i].text, cases[i].flags, &e), cases[i].code);
		assert_string_equal(e.text, cases[i].want);
		assert_string_equal(out.s, "before");
		buf_clear(&out);
	}
}

static void repeat(struct buf *b, const char *s, int n)
{
	for (int i = 0; i < n; i++)
		buf_addstr(b, s);
}

static void limits_hold(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf text = BUF_INIT, out = BUF_INIT;
	struct err e = ERR_INIT;
	struct view *v = view_map(&a), *list = view_list(&a);

	UNUSED(state);
	repeat(&text, "{{#yes}}", 64);
	repeat(&text, "{{/yes}}", 64);
	assert_int_equal(render(&out, text.s, 0, &e), 0);
	buf_reset(&text);
	repeat(&text, "{{#yes}}", 65);
	repeat(&text, "{{/yes}}", 65);
	assert_int_equal(render(&out, text.s, 0, &e), ERR_INPUT);
	assert_string_equal(e.text, "t:1: sections nested deeper than 64");

	buf_reset(&text);
	repeat(&text, "0123456789abcdef", (1 << 16) + 1);
	assert_int_equal(render(&out, text.s, 0, &e), ERR_INPUT);
	assert_string_equal(e.text, "t:1: larger than 1048576 bytes");

	/* 64 * 64 * 64 * 64 pieces of nothing: no output, but no end either */
	for (int i = 0; i < 64; i++)
		view_append(&a, list, view_null(&a));
	view_set(&a, v, "l", list);
	for (int pass = 0; pass < 2; pass++) {
		struct template *t = NULL;

		buf_reset(&text);
		repeat(&text, "{{#l}}", 4);
		repeat(&text, pass == 0 ? "0123456789abcdef" : "{{.}}", 10);
		repeat(&text, "{{/l}}", 4);
		assert_int_equal(template_parse(&t, text.s, text.len, "t", &e), 0);
		buf_reset(&out);
		assert_int_equal(template_render(&out, t, v, NULL, 0, &e), ERR_INPUT);
		assert_string_equal(e.text, "t:1: the text becomes larger than 4194304 bytes");
		assert_int_equal(out.len, 0);
		template_free(t);
	}
	buf_clear(&text);
	buf_clear(&out);
	arena_clear(&a);
}

static void note(void *arg, const char *name, unsigned line, const char *text)
{
	buf_printf(arg, "%s:%u: %s\n", name, line, text);
}

#define W40 "0123456789012345678901234567890123456789"

static void lint_reports_everything(void **state)
{
	static const struct template_loader loader = { load, NULL };
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "fine {{name}} {{#items}}{{n}}{{/items}} {{>two}}\n", "" },
		{ "{{nope}}\n{{items}}\n{{#no}}{{nope2}}{{/no}}{{^yes}}\n{{nope3}}{{/yes}}{{>none}}"
		  "{{>wrong}}\n",
		  "f:1: unknown name 'nope'\nf:2: no text: 'items'\nf:3: unknown name 'nope2'\n"
		  "f:4: unknown name 'nope3'\nf:4: unknown partial 'none'\n"
		  "wrong:1: unknown name 'nope'\n" },
		{ "{{#a}}\n{{/b}}\n{{x y}}\n{{#yes}}",
		  "f:2: '/b' closes a section that is not open\n"
		  "f:3: 'x y' is no name: use letters, digits, '_', '-' and single dots\n"
		  "f:4: section 'yes' is not closed\nf:1: section 'a' is not closed\n"
		  "f:1: unknown name 'a'\n" },
		{ "\ta\tb\r\nc\x01\n\xc3\n",
		  "f:3: not UTF-8\nf:1: tab: use blanks\nf:1: CR: lines end with LF alone\n"
		  "f:2: control character\n" },
		{ "{{>self}}", "" },
		{ W40 "0123456789012345678901234567890123456{{name}}\n" W40 W40 "\n",
		  "f:1: line of 77 columns: 76 at most\nf:2: line of 80 columns: 76 at most\n" },
		{ W40 "\xc3\xa9{{! not counted, however long it is }}{{name}}0123456789" W40,
		  "f:1: line of 91 columns: 76 at most\n" },
		{ "012345678901234567890{{#yes}}" W40 "{{/yes}}{{^yes}}" W40 "{{/yes}}0123456789",
		  "" },
		{ "{{#yes}}" W40 "{{/yes}}{{^yes}}{{#no}}" W40
		  "{{/no}}{{/yes}}{{#no}}xx{{/no}}" W40,
		  "f:1: line of 80 columns: 76 at most\n" },
		{ "{{#yes}}" W40 "{{/yes}} {{#yes}}" W40 "{{/yes}}",
		  "f:1: line of 81 columns: 76 at most\n" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = ARENA_INIT;
		struct buf told = BUF_INIT;
		size_t n = strlen(cases[i].text), lines = 0;
		char *copy = exact_copy(cases[i].text, n);
		size_t count = template_lint(copy, n, "f", 1, sample(&a), &loader, note, &told);

		assert_string_equal(told.s, cases[i].want);
		for (size_t k = 0; k < told.len; k++)
			lines += told.s[k] == '\n';
		assert_int_equal(count, lines);
		free(copy);
		buf_clear(&told);
		arena_clear(&a);
	}
}

static const struct view *count_makes(struct arena *a, const void *from)
{
	struct view *v = view_map(a);

	++**(int *const *)from;
	view_set(a, v, "x", view_string(a, "made"));
	return v;
}

static void values_are_made_when_asked_for(void **state)
{
	static const struct {
		const char *text, *want;
		int makes;
	} cases[] = {
		{ "", "", 0 },
		{ "{{own}} {{both}} {{under}} {{late}}", "o here u l", 0 },
		{ "{{#later}}{{x}}{{/later}} {{later.x}}", "made made", 1 },
		{ "{{^later}}no{{/later}}{{#no}}{{later.x}}{{/no}}", "", 1 },
		{ "{{#own}}{{later.x}}{{/own}}", "made", 1 },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = ARENA_INIT;
		struct view *under = view_map(&a), *v = view_map(&a);
		struct template *t = NULL;
		struct buf out = BUF_INIT;
		struct err e = ERR_INIT;
		int makes = 0, *counter = &makes;

		view_set(&a, v, "own", view_borrow(&a, "o"));
		view_set(&a, v, "both", view_borrow(&a, "here"));
		view_put_under(v, under);
		view_set(&a, under, "both", view_borrow(&a, "below"));
		view_set(&a, under, "under", view_borrow(&a, "u"));
		view_set(&a, under, "no", view_bool(&a, false));
		view_set(&a, under, "later", view_later(&a, count_makes, &counter));
		view_set(&a, under, "late", view_borrow(&a, "l"));
		assert_int_equal(
			template_parse(&t, cases[i].text, strlen(cases[i].text), "t", &e), 0);
		assert_int_equal(template_render(&out, t, v, NULL, TEMPLATE_STRICT, &e), 0);
		assert_string_equal(out.s, cases[i].want);
		assert_int_equal(makes, cases[i].makes);
		template_free(t);
		buf_clear(&out);
		arena_clear(&a);
	}
}

static void advice_is_read(void **state)
{
	static const char text[] =
		"\n# title\n\nOpen {{name}}\n\n# seen\nFirst.\n\n  Second.\n# do\n\n\n1. x\n"
		"# explain\ny\n\n";
	static const char *const want[] = { "Open Jan", "First.\n\n  Second.", "1. x", "y" };
	struct arena a = ARENA_INIT;
	struct advice advice = ADVICE_INIT;
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	char *copy = exact_copy(text, sizeof(text) - 1);

	UNUSED(state);
	assert_int_equal(advice_parse(&advice, copy, sizeof(text) - 1, "a", &e), 0);
	free(copy);
	for (int i = 0; i < ADVICE_SECTIONS; i++) {
		buf_reset(&out);
		assert_int_equal(template_render(&out, advice.section[i], sample(&a), NULL,
		                                 TEMPLATE_TEXT, &e),
		                 0);
		assert_string_equal(out.s, want[i]);
	}
	advice_clear(&advice);
	assert_int_equal(advice_parse(&advice, "# title\nA\n# seen\nB\n# do\nC", 26, "a", &e), 0);
	assert_null(advice.section[ADVICE_EXPLAIN]);
	advice_clear(&advice);
	buf_clear(&out);
	arena_clear(&a);
}

static void bad_advice_is_refused(void **state)
{
	static const struct {
		const char *text, *first, *rest;
	} cases[] = {
		{ "", "a:1: section '# title' is missing",
		  "a:1: section '# seen' is missing\na:1: section '# do' is missing\n" },
		{ "# title\nT\n# do\nD\n", "a:1: section '# seen' is missing", "" },
		{ "# title\nT\n# seen\nS\n# do\n\n", "a:5: section '# do' is empty", "" },
		{ "# title\n# seen\nS\n# do\nD\n", "a:1: section '# title' is empty", "" },
		{ "hello\n# title\nT\n# seen\nS\n# do\nD\n",
		  "a:1: text before the first section ('# title')", "" },
		{ "# title\nT\n# what\nX\n# seen\nS\n# do\nD\n",
		  "a:3: unknown section '# what': use title, seen, do, explain", "" },
		{ "# title\nT\n# seen\nS\n# seen\nS\n# do\nD\n",
		  "a:5: section '# seen' is there twice", "" },
		{ "# title\n\nT\nU\n# seen\nS\n# do\nD\n", "a:3: the title has more than one line",
		  "" },
		{ "# title\n" W40 "0123456789012345678901234567890\n# seen\nS\n# do\nD\n",
		  "a:2: the title has 71 columns: 70 at most", "" },
		{ "# title\nT\n# seen\nS\n\nS {{#x}}\n# do\n{{y}}\n",
		  "a:6: section 'x' is not closed",
		  "a:6: unknown name 'x'\na:8: unknown name 'y'\n" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena a = ARENA_INIT;
		struct advice advice = ADVICE_INIT;
		struct buf told = BUF_INIT, want = BUF_INIT;
		struct err e = ERR_INIT;
		size_t n = strlen(cases[i].text);
		char *copy = exact_copy(cases[i].text, n);

		assert_int_equal(advice_parse(&advice, copy, n, "a", &e), ERR_INPUT);
		assert_string_equal(e.text, cases[i].first);
		assert_null(advice.section[ADVICE_TITLE]);
		advice_lint(copy, n, "a", sample(&a), NULL, note, &told);
		buf_printf(&want, "%s\n%s", cases[i].first, cases[i].rest);
		assert_string_equal(told.s, want.s);
		free(copy);
		buf_clear(&told);
		buf_clear(&want);
		arena_clear(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(templates_render), cmocka_unit_test(bad_templates_are_refused),
		cmocka_unit_test(limits_hold),      cmocka_unit_test(lint_reports_everything),
		cmocka_unit_test(values_are_made_when_asked_for),
		cmocka_unit_test(advice_is_read),   cmocka_unit_test(bad_advice_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
