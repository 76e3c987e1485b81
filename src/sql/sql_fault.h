/*
 * sql_fault: SQLite with a witness, for the tests that end the program at every commit.
 *
 * In no program but tests.
 */
#ifndef SEINPOST_SQL_FAULT_H
#define SEINPOST_SQL_FAULT_H

#include "sql.h"

/* SQLite; each COMMIT calls the witness before ("commit") and after it ("committed"). */
extern const struct sql_driver sql_fault;

/*
 * Whom to tell, NULL for nobody.  A driver has no context of its own before it is opened, so that
 * this is the one variable of it; set it before the first store is opened.
 */
extern void (*sql_fault_witness)(const char *step);

#endif
