/*
 * dutch: dates, numbers and fixed words as people write them.
 *
 * Invariant: nothing here looks at the locale or at TZ.
 * Input: our own times and counts.
 */
#include "base.h"
#include "clock.h"
#include "dutch.h"
#include "num.h"

static const char *const days[][7] = {
	{ "zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag" },
	{ "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" },
};

static const char *const months[][12] = {
	{ "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
	  "oktober", "november", "december" },
	{ "January", "February", "March", "April", "May", "June", "July", "August", "September",
	  "October", "November", "December" },
};

/* "22 november 2026"; returns the end. */
static char *put_date(char *out, enum language l, const struct civil *c)
{
	out = stpcpy(num_put(out, c->day, 1), " ");
	out = stpcpy(stpcpy(out, months[l][c->month - 1]), " ");
	return num_put(out, c->year, 1);
}

char *dutch_date(char *out, enum language l, int64_t t)
{
	struct civil c = civil_from_time(t);

	put_date(stpcpy(stpcpy(out, days[l][c.weekday]), " "), l, &c);
	return out;
}

char *dutch_moment(char *out, enum language l, int64_t t)
{
	struct civil c = civil_from_time(t);

	char *end = stpcpy(put_date(out, l, &c), ", ");

	end = stpcpy(num_put(end, c.hour, 2), ":");
	stpcpy(num_put(end, c.minute, 2), l == LANGUAGE_NL ? " uur (UTC)" : " (UTC)");
	return out;
}

char *dutch_number(char *out, enum language l, uint64_t n)
{
	char digits[NUM_TEXT];
	int len = (int)(num_put_unsigned(digits, n, 1) - digits);
	char *o = out;

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			*o++ = l == LANGUAGE_NL ? '.' : ',';
		*o++ = digits[i];
	}
	*o = '\0';
	return out;
}

const char *dutch_severity(enum language l, enum severity s)
{
	static const char *const words[][5] = {
		{ "informatief", "laag", "gemiddeld", "hoog", "kritiek" },
		{ "informational", "low", "medium", "high", "critical" },
	};

	return words[l][s];
}

const struct dutch_words *dutch_words(enum language l)
{
	static const struct dutch_words words[] = {
		{ "Systeem", "Poort", "Gezien (UTC)", "Bijzonderheden",
		  "... en nog 1 systeem: zie de bijlage", "... en nog %s systemen: zie de bijlage",
		  "ONTVANGEN", "OPGELOST", "NIET VAN ONS", "AFMELDEN",
		  "Versleutelde waarschuwing [%s]" },
		{ "System", "Port", "Seen (UTC)", "Details",
		  "... and 1 more system: see the attachment",
		  "... and %s more systems: see the attachment", "RECEIVED", "RESOLVED", "NOT OURS",
		  "UNSUBSCRIBE", "Encrypted warning [%s]" },
	};

	return &words[l];
}
