/*
 * sign_answers: answers of signers that nobody has taken yet.
 *
 * Invariant: all before first were taken, and those of them that were made keep their buffers.
 * Input: what sign_remote has checked.
 */
#include "base.h"

#include "alloc.h"
#include "sign_answers.h"

struct kept_answer *sign_answers_add(struct sign_answers *l, int64_t ticket, int code)
{
	struct kept_answer *a;

	if (l->first == l->n)
		l->first = l->n = 0;
	grow_array(&l->item, &l->cap, l->n + 1, sizeof(*l->item));
	a = &l->item[l->n++];
	if (l->n > l->n_made) {
		*a = (struct kept_answer){ .armour = BUF_INIT,
					   .micalg = BUF_INIT,
					   .text = BUF_INIT };
		l->n_made = l->n;
	}
	a->ticket = ticket;
	a->code = code;
	buf_reset(&a->armour);
	buf_reset(&a->micalg);
	buf_reset(&a->text);
	return a;
}

struct kept_answer *sign_answers_next(struct sign_answers *l)
{
	for (size_t i = l->first; i < l->n; i++)
		if (l->item[i].ticket > 0)
			return &l->item[i];
	return NULL;
}

struct kept_answer *sign_answers_find(struct sign_answers *l, int64_t ticket)
{
	for (size_t i = l->first; i < l->n; i++)
		if (l->item[i].ticket == ticket)
			return &l->item[i];
	return NULL;
}

void sign_answers_taken(struct sign_answers *l, struct kept_answer *a)
{
	a->ticket = 0;
	while (l->first < l->n && l->item[l->first].ticket == 0)
		l->first++;
}

void sign_answers_clear(struct sign_answers *l)
{
	for (size_t i = 0; i < l->n_made; i++) {
		buf_clear(&l->item[i].armour);
		buf_clear(&l->item[i].micalg);
		buf_clear(&l->item[i].text);
	}
	free(l->item);
	*l = (struct sign_answers){ 0 };
}
