/*
 * answer_table: a line of the texts with their answers (answers/): ANSWER<TAB>TEXT, "\n" in the
 * text for a line end, '#' begins a note.
 */
#ifndef SEINPOST_ANSWER_TABLE_H
#define SEINPOST_ANSWER_TABLE_H

#include "arena.h"
#include "span.h"
#include "verdict.h"

/* 1: a text, in the arena; 0: a note or an empty line; ERR_INPUT: neither. */
int answer_table_line(enum verdict_answer *answer, struct span *text, struct arena *a,
                      struct span line);

#endif
