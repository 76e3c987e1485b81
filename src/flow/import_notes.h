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

struct import_notes {
	struct arena arena;
	struct noted_asset *asset;
	size_t n, cap;
};

/* A network or domain was put by the row in this line. */
void import_notes_asset(struct import_notes *t, int64_t asset_id, uint64_t line);

/*
 * Behind the last row: tells, in the order of lines, which of its networks and domains another
 * company has too, to the letter.  That is no error, since hosting is shared, but both are told
 * what is found there.  Reads all assets of the store once where a row had one.
 */
typedef void import_note_fn(void *arg, uint64_t line, const char *text);
int import_notes_tell(struct import_notes *t, struct store *s, import_note_fn *note, void *arg,
		      struct err *e) NODISCARD;
void import_notes_clear(struct import_notes *t);

#endif
