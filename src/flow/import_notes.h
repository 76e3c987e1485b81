/*
 * import_notes: what somebody should know about rows that were taken in.
 */
#ifndef SEINPOST_IMPORT_NOTES_H
#define SEINPOST_IMPORT_NOTES_H

#include "arena.h"
#include "store.h"

/* An asset of a row; other is the ref of another company that has it too, NULL where none has. */
struct noted_asset {
	int64_t asset_id;
	uint64_t line;
	const char *other;
};

/* The name that a row gave to a company. */
struct noted_name {
	int64_t company_id;
	uint64_t line;
	const char *ref, *name;
};

/* The partner that a row gave to a company: its own row may stand behind that one. */
struct noted_partner {
	uint64_t line;
	const char *ref;
};

struct import_notes {
	struct arena arena;
	struct noted_asset *asset;
	size_t n, cap;
	struct noted_name *name;
	size_t n_names, names_cap;
	struct noted_partner *partner;
	size_t n_partners, partners_cap;
};

/* A network or domain was put by the row in this line. */
void import_notes_asset(struct import_notes *t, int64_t asset_id, uint64_t line);

/* The row in this line named the company. */
void import_notes_name(struct import_notes *t, int64_t company_id, const char *ref,
		       const char *name, uint64_t line);

void import_notes_partner(struct import_notes *t, const char *ref, uint64_t line);

/*
 * Behind the last row: tells which companies had two names in these rows, which partners are not
 * in the register, and then, in the order of lines, which of their networks and domains another
 * company has too, to the letter.  That is no error, since hosting is shared, but both are told
 * what is found there.  Reads all assets of the store once where a row had one.
 */
typedef void import_note_fn(void *arg, uint64_t line, const char *text);
int import_notes_tell(struct import_notes *t, struct store *s, import_note_fn *note, void *arg,
		      struct err *e) NODISCARD;
void import_notes_clear(struct import_notes *t);

#endif
