/*
 * clock: time and randomness as things that are handed in, so that tests can choose them.
 *
 * All times in the program are seconds since 1970-01-01 00:00 UTC (int64_t); all dates in text are
 * UTC unless a function says otherwise.  No function here looks at the locale or at TZ.
 */
#ifndef SEINPOST_CLOCK_H
#define SEINPOST_CLOCK_H

#include "base.h"

struct clock {
	int64_t (*now)(void *arg);
	void *arg;
};

struct rng {
	void (*fill)(void *arg, void *out, size_t n);
	void *arg;
};

/* The wall clock. */
extern const struct clock system_clock;
/* getrandom(2); ends the program where the kernel has none. */
extern const struct rng system_rng;

/*
 * Random bytes in stock, so that a few of them do not cost a system call each.  Bytes are wiped as
 * they are handed out. Not to be used on both sides of a fork.
 */
struct rng_pool {
	unsigned char bytes[512];
	size_t left;
};
struct rng rng_pooled(struct rng_pool *p);

int64_t clock_now(const struct clock *c);
/*
 * Milliseconds of a clock that never jumps: for waiting and for timing only, so that a wall clock
 * that is set back an hour keeps nobody waiting for it.
 */
int64_t clock_monotonic_ms(void);
/* 0 .. below - 1, evenly; below > 0. */
uint32_t rng_below(const struct rng *r, uint32_t below);

/* A calendar day and time of day. */
struct civil {
	int year, month, day; /* month 1-12, day 1-31 */
	int hour, minute, second;
	int weekday; /* 0 = Sunday */
};

struct civil civil_from_time(int64_t t);
/* Fields out of range are refused: returns false.  weekday is not read. */
bool time_from_civil(int64_t *out, const struct civil *c);

enum { TIME_TEXT = 40 };
/* "2026-11-22T05:55:00Z" into out[TIME_TEXT]; returns out. */
char *time_format_iso(char *out, int64_t t);
/* "2026-11-22" into out[TIME_TEXT]; returns out. */
char *time_format_date(char *out, int64_t t);
/* "2026-11-22 05:55" and "2026-11-22 05:55:00" into out[TIME_TEXT]; return out. */
char *time_format_minute(char *out, int64_t t);
char *time_format_second(char *out, int64_t t);
/* RFC 5322 "Sun, 22 Nov 2026 05:55:00 +0000" into out[TIME_TEXT]; returns out. */
char *time_format_rfc5322(char *out, int64_t t);

/*
 * Reads "2026-11-22", "2026-11-22 05:55", "2026-11-22T05:55:00", with optional fraction of a second
 * and optional "Z", "UTC" or "+01:00" behind it; without a zone the time is UTC.  Returns false for
 * everything else, also for text behind the time.
 */
bool time_parse_iso(int64_t *out, const char *s);

#endif
