/*
 * question: the addresses and names of a finding that may lead to an owner.
 */
#ifndef SEINPOST_QUESTION_H
#define SEINPOST_QUESTION_H

#include "base.h"
#include "domain.h"
#include "finding.h"
#include "match.h"

/* An address where has_ip, else a name in normal form, else ("") nothing to ask. */
struct question {
	bool has_ip;
	struct ip ip;
	char name[DOMAIN_TEXT];
};

/* Reads what by stands for out of f; false where f has no such thing, or nothing in it that can be
 * looked up. */
bool question_read(struct question *q, const struct finding *f, enum match_by by);

#endif
