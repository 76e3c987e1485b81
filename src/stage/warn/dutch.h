/*
 * dutch: dates, numbers and fixed words as people write them, in Dutch and in English.
 *
 * Pure functions of their arguments.  All times are UTC, and every time of day says so.
 */
#ifndef SEINPOST_DUTCH_H
#define SEINPOST_DUTCH_H

#include "base.h"
#include "finding.h"
#include "register.h"

enum { DUTCH_TEXT = 64 };

/*
 * "zondag 22 november 2026", "Sunday 22 November 2026" into out[DUTCH_TEXT]; returns out, as the
 * next two do.
 */
char *dutch_date(char *out, enum language l, int64_t t);
/* "22 november 2026, 05:55 uur (UTC)", "22 November 2026, 05:55 (UTC)". */
char *dutch_moment(char *out, enum language l, int64_t t);
/* "1.234.567", "1,234,567". */
char *dutch_number(char *out, enum language l, uint64_t n);
/* "kritiek", "critical". */
const char *dutch_severity(enum language l, enum severity s);

/* Words that do not stand in templates, because code lays them out or code must find them again. */
struct dutch_words {
	const char *system, *port, *seen, *details; /* headings of the table */
	const char *one_more, *more; /* behind a table that was cut; more has one %s */
	const char *received, *resolved, *not_ours, *unsubscribe; /* first line of an answer */
	const char
		*sealed_subject; /* of an encrypted mail, whose subject anybody can read; one %s */
};

const struct dutch_words *dutch_words(enum language l);

#endif
