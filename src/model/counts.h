/*
 * counts: the numbers of the report; one row an incident and one for all.
 *
 * Occasions, findings, mails and distinct companies are four different counts (design: the terms of
 * its users).
 */
#ifndef SEINPOST_COUNTS_H
#define SEINPOST_COUNTS_H

#include "base.h"

struct counts {
	int64_t incidents;
	int64_t findings;      /* received in the period */
	int64_t unmatched;     /* of those: without an owner */
	int64_t companies;     /* distinct companies with a warning whose mail was accepted, or that
				  were telephoned */
	int64_t participants;  /* of those */
	int64_t others;        /* the rest of those */
	int64_t mails;         /* made */
	int64_t accepted;      /* a mail server took responsibility, whatever came after */
	int64_t bounced;
	int64_t acknowledged;  /* warnings: received, resolved or not ours */
	int64_t resolved;      /* of those */
	int64_t not_ours;      /* of those */
	int64_t unreachable;   /* warnings that no contact could be reached for */
	int64_t to_call;       /* open items of the call list */
	int64_t handed_over;   /* vital companies: listed for another organisation */
};

struct counts_row {
	const char *slug, *title; /* "" and "" in the total */
	struct counts c;
};

#endif
