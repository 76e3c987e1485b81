/*
 * store_private: what the store_*.c files share and nobody else may see.
 */
#ifndef SEINPOST_STORE_PRIVATE_H
#define SEINPOST_STORE_PRIVATE_H

#include "arena.h"
#include "sql.h"
#include "store.h"
#include "word.h"

struct store {
	struct sql *db;
	int node;
	int64_t next_id, last_id; /* the block in hand; empty where next_id > last_id */
};

/* A column as a copy in a. */
static inline const char *text_copy(struct arena *a, const struct sql_stmt *s, int column)
{
	return arena_strdup(a, sql_text(s, column));
}

/* A column that holds a word of the table; a word from a newer version becomes the first one. */
static inline int word_column(const struct sql_stmt *s, int column, const char *const *table)
{
	int v;

	return word_parse(&v, table, sql_text(s, column)) ? v : 0;
}

/* The schema steps, made from schema/NNNN.sql by the build. */
extern const char *const store_schema_steps[];

#endif
