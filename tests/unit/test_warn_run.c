/*
 * test_warn_run: two runs over the findings of one incident, their turns in any order.
 *
 * The companies have no contact: what a run writes about them is a telephone call, and nobody has
 * to sign.
 */
#include "test.h"

#include "store_case.h"
#include "store_finding.h"
#include "store_register.h"
#include "warn_run.h"

enum { COMPANIES = 3 };

struct scene {
	struct store_case *c;
	struct conf conf;
	struct clock clock;
	struct gateway g;
	struct incident in;
};

static int64_t scene_now(void *arg)
{
	UNUSED(arg);
	return CASE_NOW;
}

static void own_finding(struct scene *s, int64_t company, const char *ip)
{
	case_owner(s->c, s->in.id, case_finding(s->c, s->in.id, ip), company);
}

static void open_scene(struct scene *s, struct store_case *c)
{
	static const char *const ref[] = { "bakker", "slager", "visser" };
	static const char *const ip[] = { "192.0.2.1", "192.0.2.2", "192.0.2.3" };

	*s = (struct scene){ .c = c };
	s->conf.gateway.node = 1;
	s->clock = (struct clock){ scene_now, s };
	s->g = (struct gateway){
		.conf = &s->conf, .store = c->store, .clock = &s->clock, .rng = &system_rng
	};
	case_begin(c);
	s->in = (struct incident){ .id = case_incident(c, "rdp", SEVERITY_HIGH) };
	for (int i = 0; i < COMPANIES; i++)
		own_finding(s, case_company(c, ref[i], COMPANY_PARTICIPANT), ip[i]);
	MUST(c, store_incident_get(c->store, &c->arena, &s->in, s->in.id, &c->e));
	case_commit(c);
}

static void turn(struct scene *s, struct warn_run *r)
{
	case_begin(s->c);
	MUST(s->c, warn_run_turn(r, NULL, NULL, &s->c->e));
	case_commit(s->c);
	MUST(s->c, warn_run_work(r, &s->c->e));
}

static void finish(struct scene *s, struct warn_run *r)
{
	for (int i = 0; i < 10 && !warn_run_done(r); i++)
		turn(s, r);
	assert_true(warn_run_done(r));
}

static void what_another_run_told_is_planned_again(void **state)
{
	struct scene s;
	struct warn_run *first, *second;

	open_scene(&s, *state);
	first = warn_run_new(&s.g, &s.in);
	second = warn_run_new(&s.g, &s.in);
	turn(&s, first); /* both have planned all companies */
	turn(&s, second);
	finish(&s, first);
	finish(&s, second);
	assert_int_equal(warn_run_count(first)->calls, COMPANIES);
	assert_int_equal(warn_run_count(second)->companies, 0);
	warn_run_free(first);
	warn_run_free(second);
}

/* A warning that is there already: the other run told more findings of the company. */
static void more_findings_are_told_once(void **state)
{
	struct scene s;
	struct warn_run *first, *second;
	struct company k;

	open_scene(&s, *state);
	first = warn_run_new(&s.g, &s.in);
	finish(&s, first);
	warn_run_free(first);
	case_begin(s.c);
	MUST(s.c, store_company_by_ref(s.c->store, &s.c->arena, &k, "slager", &s.c->e));
	own_finding(&s, k.id, "192.0.2.44");
	case_commit(s.c);
	first = warn_run_new(&s.g, &s.in);
	second = warn_run_new(&s.g, &s.in);
	turn(&s, first);
	turn(&s, second);
	finish(&s, first);
	finish(&s, second);
	assert_int_equal(warn_run_count(first)->calls, 1);
	assert_int_equal(warn_run_count(second)->companies, 0);
	warn_run_free(first);
	warn_run_free(second);
}

static void a_company_forgotten_meanwhile_ends_nothing(void **state)
{
	struct scene s;
	struct warn_run *r;
	struct company k;

	open_scene(&s, *state);
	r = warn_run_new(&s.g, &s.in);
	turn(&s, r); /* has planned all companies */
	case_begin(s.c);
	MUST(s.c, store_company_by_ref(s.c->store, &s.c->arena, &k, "slager", &s.c->e));
	MUST(s.c, store_company_forget(s.c->store, k.id, &s.c->e));
	case_commit(s.c);
	finish(&s, r);
	assert_int_equal(warn_run_count(r)->companies, COMPANIES - 1);
	assert_int_equal(warn_run_count(r)->calls, COMPANIES - 1);
	warn_run_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(what_another_run_told_is_planned_again),
		STORE_TEST(more_findings_are_told_once),
		STORE_TEST(a_company_forgotten_meanwhile_ends_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
