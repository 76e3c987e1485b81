/*
 * sign_answers: answers of signers that nobody has taken yet.
 *
 * Askers of the queue take the next one, callers that wait take theirs; the memory of what was
 * taken is used again.
 */
#ifndef SEINPOST_SIGN_ANSWERS_H
#define SEINPOST_SIGN_ANSWERS_H

#include "base.h"
#include "buf.h"

struct kept_answer {
	int64_t ticket; /* above 0: of the queue; below: of a caller that waits; 0: was taken */
	int code;
	struct buf armour, micalg, text;
};

struct sign_answers {
	struct kept_answer *item; /* [first, n) are kept */
	size_t first, n, n_made, cap;
};

/* Room for one more; its texts are empty.  Valid, like all that these functions return, until the
 * next one. */
struct kept_answer *sign_answers_add(struct sign_answers *l, int64_t ticket, int code);
/* The oldest one of the queue; NULL: none. */
struct kept_answer *sign_answers_next(struct sign_answers *l);
/* By its ticket; NULL: none. */
struct kept_answer *sign_answers_find(struct sign_answers *l, int64_t ticket);
void sign_answers_taken(struct sign_answers *l, struct kept_answer *a);
void sign_answers_clear(struct sign_answers *l);

#endif
