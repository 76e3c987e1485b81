/*
 * flow_world: a store with two companies that were warned, and a gateway on it.
 *
 * Company A (krakeling) has a mail to info@krakeling.example and a second contact; company B (smid)
 * has one to baas@smid.example.  Each has a second contact at its domain, and B one at
 * krakeling.example.  All mails are accepted, all contacts unproven.
 */
#ifndef SEINPOST_FLOW_WORLD_H
#define SEINPOST_FLOW_WORLD_H

#include "buf.h"
#include "gateway.h"

enum { WORLD_A, WORLD_B, WORLD_COMPANIES };

struct world_company {
	int64_t company, contact, second, third; /* ids */
	int64_t warning, mail;
	char message_id[64];
	char ref[16];
};

struct flow_world {
	char folder[64];
	char store[80];
	struct conf conf;
	struct clock clock;
	int64_t now;
	struct gateway g;
	struct world_company of[WORLD_COMPANIES];
	int taken; /* mails, for their uids */
};

void flow_world_open(struct flow_world *w);
void flow_world_close(struct flow_world *w);

/* The token of a mail id, made by key number (its bytes follow from the number). */
void flow_world_token(char *out, int key, enum token_purpose purpose, int64_t mail_id);
/* These keys are known from now on, the first signs; -1 ends the list. */
void flow_world_keys(struct flow_world *w, const int *numbers);

/* One value of the store as text, "" where there is no row. */
void flow_world_get(const struct flow_world *w, char *out, size_t size, const char *sql);
/* All rows of all tables but those in which a mail that changes nothing leaves its trace. */
void flow_world_dump(const struct flow_world *w, struct buf *out);

#endif
