/*
 * import_notes: what somebody should know about rows that were taken in.
 *
 * Invariant: nothing is told of a row that was refused.
 * Input: rows of the register, checked already.
 */
#include "base.h"
#include "alloc.h"
#include "buf.h"
#include "import_notes.h"
#include "store_register.h"

void import_notes_asset(struct import_notes *t, int64_t asset_id, uint64_t line)
{
	grow_array(&t->asset, &t->cap, t->n + 1, sizeof(*t->asset));
	t->asset[t->n++] = (struct noted_asset){ .asset_id = asset_id, .line = line };
}

void import_notes_name(struct import_notes *t, int64_t company_id, const char *ref,
		       const char *name, uint64_t line)
{
	grow_array(&t->name, &t->names_cap, t->n_names + 1, sizeof(*t->name));
	t->name[t->n_names++] = (struct noted_name){
		.company_id = company_id,
		.line = line,
		.ref = arena_strdup(&t->arena, ref),
		.name = arena_strdup(&t->arena, name),
	};
}

void import_notes_partner(struct import_notes *t, const char *ref, uint64_t line)
{
	grow_array(&t->partner, &t->partners_cap, t->n_partners + 1, sizeof(*t->partner));
	t->partner[t->n_partners++] =
		(struct noted_partner){ .line = line, .ref = arena_strdup(&t->arena, ref) };
}

static int by_company(const void *a, const void *b)
{
	const struct noted_name *x = a, *y = b;

	if (x->company_id != y->company_id)
		return x->company_id < y->company_id ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static void tell_names(struct import_notes *t, import_note_fn *note, void *arg)
{
	struct buf text = BUF_INIT;

	qsort(t->name, t->n_names, sizeof(*t->name), by_company);
	for (size_t i = 1; i < t->n_names; i++) {
		const struct noted_name *old = &t->name[i - 1], *now = &t->name[i];

		if (old->company_id != now->company_id || strcmp(old->name, now->name) == 0)
			continue;
		buf_reset(&text);
		buf_printf(&text,
			   "company %s has another name in line %" PRIu64
			   ": '%s'; this one, '%s', took its place",
			   now->ref, old->line, old->name, now->name);
		note(arg, now->line, text.s);
	}
	buf_clear(&text);
}

static int tell_partners(struct import_notes *t, struct store *s, import_note_fn *note, void *arg,
			 struct err *e)
{
	struct arena a = ARENA_INIT;
	int rc = 0;

	for (size_t i = 0; i < t->n_partners && rc == 0; i++) {
		const struct noted_partner *p = &t->partner[i];
		struct err missing = ERR_INIT;
		struct company k;

		arena_clear(&a);
		rc = store_company_by_ref(s, &a, &k, p->ref, &missing);
		if (rc == ERR_NOTFOUND) {
			note(arg, p->line, arena_concat(&a, "its partner, company ", p->ref,
			                                ", is not in the register"));
			rc = 0;
		} else if (rc < 0) {
			*e = missing;
		}
	}
	arena_clear(&a);
	return rc;
}

static int by_asset(const void *a, const void *b)
{
	const struct noted_asset *x = a, *y = b;

	return x->asset_id < y->asset_id ? -1 : x->asset_id > y->asset_id;
}

static int by_line(const void *a, const void *b)
{
	const struct noted_asset *x = a, *y = b;

	return x->line < y->line ? -1 : x->line > y->line;
}

/* The assets of the store, the same one of several companies side by side. */
struct walk {
	struct import_notes *notes;
	struct arena arena;
	struct asset first; /* of those that are the same */
	const char *first_ref;
	bool shared;
};

static void note_owner(struct walk *w, int64_t asset_id, const char *other)
{
	const struct noted_asset key = { .asset_id = asset_id };
	struct noted_asset *a =
	    bsearch(&key, w->notes->asset, w->notes->n, sizeof(key), by_asset);

	if (a != NULL)
		a->other = arena_strdup(&w->notes->arena, other);
}

static int walk_asset(void *arg, const struct asset *a, const char *ref, struct err *e)
{
	struct walk *w = arg;

	UNUSED(e);
	if (w->first_ref != NULL && w->first.kind == a->kind &&
	    strcmp(w->first.text, a->text) == 0) {
		if (!w->shared)
			note_owner(w, w->first.id, ref);
		note_owner(w, a->id, w->first_ref);
		w->shared = true;
		return 0;
	}
	arena_clear(&w->arena);
	w->first = *a;
	w->first.text = arena_strdup(&w->arena, a->text);
	w->first_ref = arena_strdup(&w->arena, ref);
	w->shared = false;
	return 0;
}

static void tell_all(struct import_notes *t, import_note_fn *note, void *arg)
{
	char text[200];

	qsort(t->asset, t->n, sizeof(*t->asset), by_line);
	for (size_t i = 0; i < t->n; i++) {
		if (t->asset[i].other == NULL)
			continue;
		snprintf(text, sizeof(text),
			 "company %s has it too: both are told what is found there",
			 t->asset[i].other);
		note(arg, t->asset[i].line, text);
	}
}

int import_notes_tell(struct import_notes *t, struct store *s, import_note_fn *note, void *arg,
		      struct err *e)
{
	struct walk w = { .notes = t };
	int rc;

	if (t->n_names > 0)
		tell_names(t, note, arg);
	if ((rc = tell_partners(t, s, note, arg, e)) < 0 || t->n == 0)
		return rc;
	qsort(t->asset, t->n, sizeof(*t->asset), by_asset);
	rc = store_asset_each_by_value(s, walk_asset, &w, e);
	arena_clear(&w.arena);
	if (rc == 0)
		tell_all(t, note, arg);
	return rc;
}

void import_notes_clear(struct import_notes *t)
{
	arena_clear(&t->arena);
	free(t->asset);
	free(t->name);
	free(t->partner);
	*t = (struct import_notes){ .arena = ARENA_INIT };
}
