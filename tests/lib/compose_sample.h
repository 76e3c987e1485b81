/*
 * compose_sample: mails with nasty contents, for test_compose.c and, through another parser,
 * compose_parse.py.
 */
#ifndef SEINPOST_COMPOSE_SAMPLE_H
#define SEINPOST_COMPOSE_SAMPLE_H

#include "base.h"
#include "buf.h"
#include "clock.h"
#include "err.h"

struct compose_sample {
	const char *subject, *from_name, *to_name, *text, *file_name, *bytes;
};

extern const struct compose_sample compose_samples[];
extern const size_t compose_sample_count;

/* Appends the mail, multipart/signed around a signature that is none. */
int compose_sample_mail(struct buf *out, const struct compose_sample *s, const struct rng *rng,
                        struct err *e) NODISCARD;

#endif
