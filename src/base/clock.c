/*
 * clock: time and randomness as things that are handed in.
 *
 * The calendar is the proleptic Gregorian one, computed from days since 1970-01-01; years 1 to
 * 9999.
 */
#include "base.h"

#include <errno.h>
#include <sys/random.h>
#include <time.h>

#include "alloc.h"
#include "clock.h"
#include "num.h"

static int64_t wall_clock(void *arg)
{
	UNUSED(arg);
	return (int64_t)time(NULL);
}

static void kernel_random(void *arg, void *out, size_t n)
{
	unsigned char *p = out;

	UNUSED(arg);
	while (n > 0) {
		ssize_t got = getrandom(p, n, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			bug("getrandom: %s", strerror(errno));
		p += got;
		n -= (size_t)got;
	}
}

const struct clock system_clock = { wall_clock, NULL };
const struct rng system_rng = { kernel_random, NULL };

static void pool_random(void *arg, void *out, size_t n)
{
	struct rng_pool *p = arg;

	if (n > sizeof(p->bytes)) {
		kernel_random(NULL, out, n);
		return;
	}
	if (p->left < n) {
		kernel_random(NULL, p->bytes, sizeof(p->bytes));
		p->left = sizeof(p->bytes);
	}
	p->left -= n;
	memcpy(out, p->bytes + p->left, n);
	explicit_bzero(p->bytes + p->left, n);
}

struct rng rng_pooled(struct rng_pool *p)
{
	p->left = 0;
	return (struct rng){ pool_random, p };
}

int64_t clock_monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_now(const struct clock *c)
{
	return c->now(c->arg);
}

uint32_t rng_below(const struct rng *r, uint32_t below)
{
	uint32_t v, limit = UINT32_MAX - UINT32_MAX % below;

	do {
		r->fill(r->arg, &v, sizeof(v));
	} while (v >= limit);
	return v % below;
}

/* Days since 1970-01-01 of a date; Howard Hinnant's well-known counting of 400-year eras. */
static int64_t days_from_date(int64_t y, int m, int d)
{
	int64_t era, yoe, doy;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

struct civil civil_from_time(int64_t t)
{
	int64_t days = t / 86400, rest = t % 86400, era, doe, yoe, doy, mp;
	struct civil c;

	if (rest < 0) {
		rest += 86400;
		days--;
	}
	c.hour = (int)(rest / 3600);
	c.minute = (int)(rest / 60 % 60);
	c.second = (int)(rest % 60);
	c.weekday = (int)((days % 7 + 7 + 4) % 7);
	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	doe = days - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	c.day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c.month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c.year = (int)(yoe + era * 400 + (c.month <= 2));
	return c;
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

bool time_from_civil(int64_t *out, const struct civil *c)
{
	if (c->year < 1 || c->year > 9999 || c->month < 1 || c->month > 12 || c->day < 1 ||
	    c->day > days_in_month(c->year, c->month))
		return false;
	if (c->hour < 0 || c->hour > 23 || c->minute < 0 || c->minute > 59 || c->second < 0 ||
	    c->second > 60)
		return false;
	*out = days_from_date(c->year, c->month, c->day) * 86400 + c->hour * 3600 + c->minute * 60 +
	       c->second;
	return true;
}

/* "2026-11-22"; returns the end. */
static char *put_date(char *out, const struct civil *c)
{
	out = num_put(out, c->year, 4);
	*out++ = '-';
	out = num_put(out, c->month, 2);
	*out++ = '-';
	return num_put(out, c->day, 2);
}

/* "05:55" */
static char *put_minute(char *out, const struct civil *c)
{
	out = num_put(out, c->hour, 2);
	*out++ = ':';
	return num_put(out, c->minute, 2);
}

/* "05:55:00" */
static char *put_second(char *out, const struct civil *c)
{
	out = put_minute(out, c);
	*out++ = ':';
	return num_put(out, c->second, 2);
}

char *time_format_iso(char *out, int64_t t)
{
	struct civil c = civil_from_time(t);
	char *end = put_date(out, &c);

	*end++ = 'T';
	end = put_second(end, &c);
	*end++ = 'Z';
	*end = '\0';
	return out;
}

char *time_format_minute(char *out, int64_t t)
{
	struct civil c = civil_from_time(t);
	char *end = put_date(out, &c);

	*end++ = ' ';
	put_minute(end, &c);
	return out;
}

char *time_format_second(char *out, int64_t t)
{
	struct civil c = civil_from_time(t);
	char *end = put_date(out, &c);

	*end++ = ' ';
	put_second(end, &c);
	return out;
}

char *time_format_date(char *out, int64_t t)
{
	struct civil c = civil_from_time(t);

	put_date(out, &c);
	return out;
}

char *time_format_rfc5322(char *out, int64_t t)
{
	static const char *const day[] = { "Sun, ", "Mon, ", "Tue, ", "Wed, ",
		                           "Thu, ", "Fri, ", "Sat, " };
	static const char *const month[] = { " Jan ", " Feb ", " Mar ", " Apr ", " May ", " Jun ",
		                             " Jul ", " Aug ", " Sep ", " Oct ", " Nov ", " Dec " };
	struct civil c = civil_from_time(t);
	char *end = num_put(mempcpy(out, day[c.weekday], 5), c.day, 2);

	end = num_put(mempcpy(end, month[c.month - 1], 5), c.year, 4);
	*end++ = ' ';
	memcpy(put_second(end, &c), " +0000", 7);
	return out;
}

/* Exactly n digits at *s. */
static bool take_digits(const char **s, int n, int *out)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if ((*s)[i] < '0' || (*s)[i] > '9')
			return false;
		v = v * 10 + ((*s)[i] - '0');
	}
	*s += n;
	*out = v;
	return true;
}

static bool take_char(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

static bool take_time_of_day(const char **s, struct civil *c)
{
	if (!take_digits(s, 2, &c->hour) || !take_char(s, ':') || !take_digits(s, 2, &c->minute))
		return false;
	if (take_char(s, ':')) {
		if (!take_digits(s, 2, &c->second))
			return false;
		if (take_char(s, '.') || take_char(s, ','))
			*s += strspn(*s, "0123456789");
	}
	return true;
}

/* "", "Z", " UTC", "+0100", "+01:00", "+01" -> seconds east. */
static bool take_zone(const char **s, int *east)
{
	int hours, minutes = 0, sign;

	*east = 0;
	while (**s == ' ')
		(*s)++;
	if (**s == '\0' || take_char(s, 'Z'))
		return true;
	if (strncmp(*s, "UTC", 3) == 0 || strncmp(*s, "GMT", 3) == 0) {
		*s += 3;
		return true;
	}
	sign = **s == '-' ? -1 : 1;
	if (!take_char(s, '+') && !take_char(s, '-'))
		return false;
	if (!take_digits(s, 2, &hours))
		return false;
	take_char(s, ':');
	if (**s != '\0' && !take_digits(s, 2, &minutes))
		return false;
	*east = sign * (hours * 3600 + minutes * 60);
	return hours < 24 && minutes < 60;
}

bool time_parse_iso(int64_t *out, const char *s)
{
	struct civil c = { 0 };
	int64_t t;
	int east = 0;

	if (!take_digits(&s, 4, &c.year) || !take_char(&s, '-') || !take_digits(&s, 2, &c.month) ||
	    !take_char(&s, '-') || !take_digits(&s, 2, &c.day))
		return false;
	if (*s == 'T' || *s == ' ') {
		s++;
		if (!take_time_of_day(&s, &c) || !take_zone(&s, &east))
			return false;
	}
	if (*s != '\0' || !time_from_civil(&t, &c))
		return false;
	*out = t - east;
	return true;
}
