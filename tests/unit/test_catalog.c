/*
 * test_catalog: folders of templates, those for tests and those that are shipped.
 */
#include "test.h"

#include <dirent.h>

#include "warn_world.h"
#include "word.h"

static void note(void *arg, const char *name, unsigned line, const char *text)
{
	buf_printf(arg, "%s:%u: %s\n", name, line, text);
}

static void catalogs_are_checked(void **state)
{
	static const struct {
		const char *folder;
		const char *want;
	} cases[] = {
		{ "tests/data/templates", "" },
		{ "tests/data/templates-bad",
		  "TOP/en/warning.mustache:2: unknown name 'compagny.name'\n"
		  "TOP/en/warning.mustache:3: unknown partial 'nowhere'\n"
		  "TOP/en/advice/generic.mustache:1: section '# do' is missing\n"
		  "TOP/en/advice/generic.mustache:4: section 'one' is not closed\n"
		  "TOP/en/advice/generic.mustache:4: unknown name 'title'\n" },
		{ "tests/data/templates-two-lines",
		  "generic:1: warning SP-2222-2222: subject template: must become one line of "
		  "text\n"
		  "generic:1: warning SP-2222-2222: subject template: must become one line of "
		  "text\n" },
		{ "tests/data/nothing-here",
		  "TOP/en:1: TOP/en: No such file or directory\n"
		  "TOP/en/advice:1: TOP/en/advice: No such file or directory\n" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf told = BUF_INIT, want = BUF_INIT;
		char *dir = world_folder(cases[i].folder);
		struct warn_catalog *c = NULL;
		struct err e = ERR_INIT;

		warn_catalog_check(dir, LANGUAGE_EN, note, &told);
		for (const char *s = cases[i].want; *s != '\0'; s++) {
			if (strncmp(s, "TOP", 3) != 0) {
				buf_addch(&want, *s);
				continue;
			}
			buf_addstr(&want, dir);
			s += 2;
		}
		assert_string_equal(told.s, want.s);
		if (i == 1 || i == 3)
			assert_int_equal(warn_catalog_load(&c, dir, LANGUAGE_EN, &e),
			                 i == 1 ? ERR_INPUT : ERR_NOTFOUND);
		free(dir);
		buf_clear(&told);
		buf_clear(&want);
	}
}

/* The kinds of advice that are there, one by one; false at the end. */
static bool next_kind(DIR *d, char kind[64])
{
	struct dirent *entry;

	while ((entry = readdir(d)) != NULL) {
		const char *dot = strrchr(entry->d_name, '.');

		if (dot == NULL || strcmp(dot, ".mustache") != 0 || dot == entry->d_name)
			continue;
		snprintf(kind, 64, "%.*s", (int)(dot - entry->d_name), entry->d_name);
		return true;
	}
	return false;
}

static void render_real_kind(struct world *w, const char *kind, size_t n)
{
	struct finding f[3] = { world_at("192.0.2.7", kind), world_at("2001:db8::7", kind),
		                world_blank };

	f[0].port = f[1].port = 3389;
	f[0].transport = f[1].transport = "tcp";
	f[2].advice = kind;
	f[2].url = "http://korst.example/x";
	f[2].cve = "CVE-2026-0001";
	w->in.partner = n > 1 ? "Beheer BV" : NULL;
	w->in.reminder = n > 1;
	w->contact.name = n > 1 ? "" : "Els Meel";
	world_render(w, f, n);
	assert_has(&w->text, "192.0.2.7");
	assert_has(&w->text, "SP-7K3F-Q2MD");
	assert_lacks(&w->text, "{{");
	assert_true(w->subject.len > 0 && w->subject.len < 200);
}

static void shipped_templates_are_sound(void **state)
{
	UNUSED(state);
	for (int l = LANGUAGE_NL; l <= LANGUAGE_EN; l++) {
		char *dir = world_folder("templates"), kind[64];
		struct buf told = BUF_INIT, advice = BUF_INIT;
		struct world w;
		DIR *d;

		buf_printf(&advice, "%s/%s/advice", dir, word_of(language_words, l));
		d = opendir(advice.s);
		if (d != NULL) {
			warn_catalog_check(dir, (enum language)l, note, &told);
			assert_string_equal(told.s, "");
			world_init(&w, "templates", (enum language)l);
			while (next_kind(d, kind)) {
				assert_true(warn_catalog_has(w.catalog, kind));
				render_real_kind(&w, kind, 1);
				render_real_kind(&w, kind, 3);
			}
			world_clear(&w);
			closedir(d);
		}
		buf_clear(&advice);
		buf_clear(&told);
		free(dir);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(catalogs_are_checked),
		cmocka_unit_test(shipped_templates_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
