/*
 * store_case: a store in a scratch folder for each test, and rows to fill it with.
 *
 * Use store_case_setup() and store_case_teardown() as a test's setup and teardown; *state is the
 * struct.
 */
#ifndef SEINPOST_STORE_CASE_H
#define SEINPOST_STORE_CASE_H

#include "base.h"
#include "arena.h"
#include "delivery.h"
#include "err.h"
#include "incident.h"
#include "register.h"
#include "store.h"

enum { CASE_NOW = 1795326900 }; /* 2026-11-22 05:55 UTC */

struct store_case {
	char folder[64], path[96];
	struct store *store;
	struct arena arena;
	struct err e;
};

int store_case_setup(void **state);
int store_case_teardown(void **state);

#define STORE_TEST(f) cmocka_unit_test_setup_teardown(f, store_case_setup, store_case_teardown)

/* Fails the test with the error's text where rc is not want. */
#define MUST(c, call) store_case_must(c, call, 0, #call, __FILE__, __LINE__)
#define MUST_BE(c, want, call) store_case_must(c, call, want, #call, __FILE__, __LINE__)
void store_case_must(struct store_case *c, int rc, int want, const char *call, const char *file,
                     int line);

void case_begin(struct store_case *c);
void case_commit(struct store_case *c);

/* Each adds one row inside the open transaction and returns its id. */
int64_t case_company(struct store_case *c, const char *ref, enum company_status status);
int64_t case_contact(struct store_case *c, int64_t company_id, enum contact_kind kind,
                     const char *value, int rank);
int64_t case_incident(struct store_case *c, const char *slug, enum severity severity);
int64_t case_finding(struct store_case *c, int64_t incident_id, const char *ip);
/* The finding belongs to the company. */
void case_owner(struct store_case *c, int64_t incident_id, int64_t finding_id, int64_t company_id);
/* In state queued. */
int64_t case_warning(struct store_case *c, int64_t incident_id, int64_t company_id,
                     const char *ref);
int64_t case_mail(struct store_case *c, int64_t warning_id, int64_t contact_id, int priority,
                  int64_t next_try);

/* The state of a mail, and of a finding. */
enum mail_state case_mail_state(struct store_case *c, int64_t id);
enum finding_state case_finding_state(struct store_case *c, int64_t id);

#endif
