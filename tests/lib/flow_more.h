/*
 * flow_more: more findings of company A of flow_world, which was warned, and the mails about them.
 */
#ifndef SEINPOST_FLOW_MORE_H
#define SEINPOST_FLOW_MORE_H

#include "flow_world.h"
#include "warn_run.h"

enum { MORE_TICKETS = 256 };

struct flow_more {
	struct flow_world w;
	char templates[256];
	int64_t ticket[MORE_TICKETS]; /* asked for and not answered */
	int n_ticket;
};

/* A flow_world that can make mails; its signatures are none. */
void flow_more_open(struct flow_more *m);
void flow_more_close(struct flow_more *m);

/* A finding at ip, matched to one of the companies. */
void flow_more_finding(struct flow_more *m, int company, const char *ip);
/* Begins a run over the incident; flow_more_step() until warn_run_done(). */
struct warn_run *flow_more_begin(struct flow_more *m, struct incident *in, struct arena *a);
void flow_more_step(struct flow_more *m, struct warn_run *r);
/* All of that: the mails about what nobody was told yet are in the queue. */
void flow_more_warn(struct flow_more *m);
/* The next contacts that are asked for are written to. */
void flow_more_escalate(struct flow_more *m);
/* The newest mail of the company's warning; 0 where it has only its first. */
int64_t flow_more_mail(const struct flow_more *m, int company);

#endif
