/*
 * flow_intake: findings of a feed into the store.
 */
#ifndef SEINPOST_FLOW_INTAKE_H
#define SEINPOST_FLOW_INTAKE_H

#include "gateway.h"
#include "intake.h"

struct intake_report {
	uint64_t read, fresh, known, refused;
	uint64_t earlier; /* of the known ones: told in the days before (quiet_days) */
	uint64_t old;   /* of fresh and known: seen more than INTAKE_OLD_DAYS ago */
	int64_t oldest; /* when the oldest of them was seen */
};

/* What was so this long ago is mended, moved or somebody else's more often than not. */
enum { INTAKE_OLD_DAYS = 30 };

struct intake_request {
	/*
	 * slug; NULL: the automatic incident of each finding's advice and day, with "-2" and so on
	 * behind its name where those before are closed
	 */
	const char *incident;
	enum intake_format format;
	const char *mapping;    /* name of a mapping in the configuration, or NULL */
	const char *file_name;
	int fd;
	/* Told about each refused row. */
	void (*refused)(void *arg, uint64_t line, const char *raw, size_t n, const char *reason);
	/* Told where a new automatic incident takes the place of one that is closed. */
	void (*reopened)(void *arg, const char *closed, const char *slug);
	/* Told now and then how many rows went in; may be NULL. */
	void (*progress)(void *arg, uint64_t rows);
	void *arg;
};

/* The table of which advice a finding gets; *out lives in a. */
int flow_advice_rules(const struct conf *c, struct arena *a, struct advice_rules *out,
		      struct err *e) NODISCARD;

int flow_intake(struct gateway *g, const struct intake_request *r, struct intake_report *out,
                struct err *e) NODISCARD;

#endif
