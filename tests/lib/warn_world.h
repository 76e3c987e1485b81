/*
 * warn_world: a company, its contact, an incident and a catalog for the tests of warn.
 */
#ifndef SEINPOST_WARN_WORLD_H
#define SEINPOST_WARN_WORLD_H

#include "base.h"
#include "warn.h"

enum { SEEN = 1795326900 }; /* 2026-11-22 05:55:00 UTC */

/* Everything warn_input points to, so that a test changes only what it is about. */
struct world {
	struct company company;
	struct contact contact;
	struct incident incident;
	struct warn_input in;
	struct warn_catalog *catalog;
	struct arena a;
	struct buf subject, text, mail;
	struct err e;
};

/* A finding with nothing but a time, advice "generic" and severity medium. */
extern const struct finding world_blank;

/* folder below the top of the sources; the caller frees. */
char *world_folder(const char *folder);
/* Loads the templates in folder; fails the test where that does not go. */
void world_init(struct world *w, const char *folder, enum language l);
void world_clear(struct world *w);
/* A blank finding at this address. */
struct finding world_at(const char *ip, const char *advice);
/* Renders into subject and text, emptied before; fails the test on an error. */
void world_render(struct world *w, const struct finding *f, size_t n);

void assert_has(const struct buf *b, const char *needle);
void assert_lacks(const struct buf *b, const char *needle);

#endif
