/*
 * catalog_check: everything that is wrong with the templates of one language.
 *
 * Invariant: a catalog without problems here renders each of its kinds, for one finding and for
 * many.
 * Input: a folder of files edited by hand.
 */
#include "base.h"
#include "catalog.h"
#include "template_lint.h"
#include "warn_group.h"
#include "warn_view.h"
#include "word.h"

struct check {
	size_t count;
	const char *dir; /* of the language */
	enum language language;
	template_problem_fn *report;
	void *arg;
};

enum { SAMPLE_FINDINGS = 3 };

static void problem(struct check *k, const char *name, const char *text)
{
	k->count++;
	k->report(k->arg, name, 1, text);
}

static const struct warn_gateway sample_gateway = {
	.name = "Seinpost",
	.organisation = "Voorbeeld",
	.from = "sein@example.nl",
	.phone = "+31 20 5550100",
	.website = "https://www.example.nl/",
	.fingerprint = "0123456789ABCDEF0123456789ABCDEF01234567",
};

static const struct company sample_company = { .ref = "sample",
	                                       .name = "Voorbeeld",
	                                       .partner = "" };

static const struct contact sample_contact = {
	.value = "it@example.nl",
	.name = "Voorbeeld",
	.role = "",
	.source = "",
	.language = "",
	.pgp = "",
};

static const struct finding sample_finding = {
	.seen_at = 1795326900,
	.source_type = "sample",
	.feed = "sample",
	.advice = "generic",
	.has_ip = true,
	.ip = { { [10] = 0xff, [11] = 0xff, [12] = 192, [14] = 2, [15] = 1 } },
	.port = 3389,
	.transport = "tcp",
	.application = "rdp",
	.domain = "example.nl",
	.hostname = "www.example.nl",
	.url = "http://example.nl/",
	.account = "jan@example.nl",
	.identifier = "sample",
	.cve = "CVE-2026-0001",
	.product = "Voorbeeld 1",
	.tlp = "",
	.severity = SEVERITY_HIGH,
};

/* Everything a template may name has a value here. */
static void make_sample(struct warn_input *in, struct finding finding[SAMPLE_FINDINGS],
                        struct incident *incident, const char *kind)
{
	for (int i = 0; i < SAMPLE_FINDINGS; i++)
		finding[i] = sample_finding;
	*incident = (struct incident){ .slug = "sample", .title = "Voorbeeld", .advice = kind };
	*in = (struct warn_input){
		.gateway = &sample_gateway,
		.company = &sample_company,
		.contact = &sample_contact,
		.incident = incident,
		.partner = "Voorbeeld",
		.ref = "SP-2222-2222",
		.finding = finding,
		.n_finding = SAMPLE_FINDINGS,
		.reply_to = "sein+x@example.nl",
		.message_id = "<x@example.nl>",
		.created_at = 1795326900,
		.deadline_at = 1795672500,
		.reminder = true,
	};
}

static const char *sample_kind(const struct warn_catalog *c, const struct warn_input *in,
                               const struct finding *f, struct err *e)
{
	UNUSED(c);
	UNUSED(in);
	UNUSED(e);
	return f->advice;
}

/* What the text and subject see; *advice is what a section of advice sees.  All lives in a. */
static struct view *sample_view(struct view **advice, struct arena *a, enum language l)
{
	struct finding *finding = arena_alloc(a, SAMPLE_FINDINGS * sizeof(*finding));
	struct incident *incident = arena_alloc(a, sizeof(*incident));
	struct warn_input *in = arena_alloc(a, sizeof(*in));
	struct warn_groups groups;
	struct view *top, *group, *list = view_list(a);

	make_sample(in, finding, incident, "auto");
	top = warn_view_top(a, in, l);
	if (warn_group_findings(&groups, a, NULL, in, sample_kind, NULL) < 0)
		return top;
	group = warn_view_group(a, &groups.group[0], l, 1, false);
	view_set(a, group, "more", view_string(a, "1"));
	*advice = view_map(a);
	view_merge(a, *advice, top);
	view_merge(a, *advice, group);
	for (int i = 0; i < ADVICE_SECTIONS; i++)
		view_set(a, group, advice_section_words[i], view_string(a, "x"));
	view_append(a, list, group);
	view_set(a, top, "groups", list);
	return top;
}

static void lint_folders(struct check *k, const struct catalog_files *top,
                         const struct catalog_files *advice)
{
	struct template_loader loader = { catalog_load_partial, (void *)(uintptr_t)top };
	struct arena a = ARENA_INIT;
	struct view *advice_sees = view_map(&a), *sees = sample_view(&advice_sees, &a, k->language);

	/* partials are looked at where they are named: only there it is known what they see */
	for (size_t i = 0; i < top->n; i++) {
		const struct catalog_file *f = &top->file[i];

		if (strcmp(f->name, "warning") == 0 || strcmp(f->name, "subject") == 0)
			k->count += template_lint(f->text.s, f->text.len, f->path, 1, sees, &loader,
			                          k->report, k->arg);
	}
	for (size_t i = 0; i < advice->n; i++) {
		const struct catalog_file *f = &advice->file[i];

		k->count += advice_lint(f->text.s, f->text.len, f->path, advice_sees, &loader,
		                        k->report, k->arg);
	}
	arena_clear(&a);
}

static void render_kind(struct check *k, const struct warn_catalog *c, const char *kind, size_t n)
{
	struct finding finding[SAMPLE_FINDINGS];
	struct incident incident;
	struct warn_input in;
	struct arena a = ARENA_INIT;
	struct buf subject = BUF_INIT, text = BUF_INIT;
	struct err e = ERR_INIT;

	make_sample(&in, finding, &incident, kind);
	in.n_finding = n;
	in.partner = n == 1 ? NULL : in.partner;
	in.reminder = n > 1;
	if (warn_render(&subject, &text, c, &in, &a, &e) < 0)
		problem(k, kind, e.text);
	buf_clear(&text);
	buf_clear(&subject);
	arena_clear(&a);
}

static void render_all(struct check *k, const char *dir)
{
	struct warn_catalog *c = NULL;
	struct err e = ERR_INIT;

	if (warn_catalog_load(&c, dir, k->language, &e) < 0) {
		problem(k, k->dir, e.text);
		return;
	}
	for (size_t i = 0; i < c->n_kind; i++) {
		render_kind(k, c, c->kind[i].name, 1);
		render_kind(k, c, c->kind[i].name, SAMPLE_FINDINGS);
	}
	warn_catalog_free(c);
}

size_t warn_catalog_check(const char *dir, enum language l, template_problem_fn *report, void *arg)
{
	struct catalog_files top = { NULL, 0, 0 }, advice = { NULL, 0, 0 };
	struct buf path = BUF_INIT, advice_path = BUF_INIT;
	struct err e = ERR_INIT;
	struct check k = { .language = l, .report = report, .arg = arg };

	buf_printf(&path, "%s/%s", dir, word_of(language_words, (int)l));
	buf_printf(&advice_path, "%s/advice", path.s);
	k.dir = path.s;
	if (catalog_read_folder(&top, path.s, &e) < 0)
		problem(&k, path.s, e.text);
	if (catalog_read_folder(&advice, advice_path.s, &e) < 0)
		problem(&k, advice_path.s, e.text);
	lint_folders(&k, &top, &advice);
	if (k.count == 0)
		render_all(&k, dir);
	buf_clear(&advice_path);
	buf_clear(&path);
	catalog_files_clear(&advice);
	catalog_files_clear(&top);
	return k.count;
}
