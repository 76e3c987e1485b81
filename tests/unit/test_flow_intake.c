/*
 * test_flow_intake: a feed that comes each day tells an owner the same once.
 */
#include "test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <sqlite3.h>

#include "clock.h"
#include "fdio.h"
#include "flow_intake.h"
#include "flow_world.h"
#include "store_register.h"
#include "store_warning.h"

enum { DAY = 86400, MOST = 4000 };

static void refused(void *arg, uint64_t line, const char *raw, size_t n, const char *reason)
{
	UNUSED(arg);
	UNUSED(raw);
	UNUSED(n);
	fail_msg("line %" PRIu64 ": %s", line, reason);
}

/* One row, seen an hour before. */
static struct intake_report intake_severe(struct flow_world *w, const char *incident,
                                          const char *ip, const char *severity)
{
	char path[96], text[MOST], when[TIME_TEXT];
	struct intake_request r = { .incident = incident, .file_name = "scan_rdp.csv",
		                    .refused = refused };
	struct intake_report report = { 0 };
	struct err e = ERR_INIT;
	int n;

	snprintf(path, sizeof(path), "%s/feed", w->folder);
	n = snprintf(text, sizeof(text),
	             "\"timestamp\",\"ip\",\"protocol\",\"port\",\"asn\",\"tag\",\"severity\"\n"
	             "\"%s\",\"%s\",\"tcp\",3389,64500,\"rdp\",\"%s\"\n",
	             time_format_second(when, w->now - 3600), ip, severity);
	assert_int_equal(file_write_atomic(path, text, (size_t)n, 0600, &e), 0);
	r.fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(r.fd >= 0);
	if (flow_intake(&w->g, &r, &report, &e) < 0)
		fail_msg("%s", e.text);
	close(r.fd);
	unlink(path);
	return report;
}

static struct intake_report intake(struct flow_world *w, const char *incident, const char *ip)
{
	return intake_severe(w, incident, ip, "");
}

static void open_world(struct flow_world *w, int quiet_days)
{
	static char advice[4096];
	const char *top = getenv("top_srcdir");

	flow_world_open(w);
	snprintf(advice, sizeof(advice), "%s/etc/advice.tsv", top != NULL ? top : ".");
	w->conf.advice = advice;
	w->conf.deadline_days = 14;
	w->conf.quiet_days = quiet_days;
}

static void assert_taken(struct intake_report r, uint64_t fresh, uint64_t known, uint64_t earlier)
{
	assert_int_equal(r.fresh, fresh);
	assert_int_equal(r.known, known);
	assert_int_equal(r.earlier, earlier);
}

static void what_comes_each_day_is_told_once(void **state)
{
	struct flow_world w;

	UNUSED(state);
	open_world(&w, 3);
	assert_taken(intake(&w, NULL, "192.0.2.1"), 1, 0, 0);
	assert_taken(intake(&w, NULL, "192.0.2.1"), 0, 1, 0);
	for (int day = 1; day <= 3; day++) {
		w.now += DAY;
		assert_taken(intake(&w, NULL, "192.0.2.1"), 0, 1, 1);
		assert_taken(intake(&w, NULL, "192.0.2.2"), day == 1, day != 1, day != 1);
	}
	/* the time is over for the first, not for the second */
	w.now += DAY;
	assert_taken(intake(&w, NULL, "192.0.2.1"), 1, 0, 0);
	assert_taken(intake(&w, NULL, "192.0.2.2"), 0, 1, 1);
	flow_world_close(&w);
}

static void an_automatic_incident_is_as_severe_as_its_worst(void **state)
{
	static const struct {
		const char *severity, *automatic;
	} rows[] = {
		{ "low", "low" },   { "high", "high" },         { "medium", "high" },
		{ "info", "high" }, { "critical", "critical" }, { "low", "critical" },
	};
	struct flow_world w;
	char got[32];

	UNUSED(state);
	open_world(&w, 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char ip[32];

		snprintf(ip, sizeof(ip), "192.0.2.%zu", i + 1);
		intake_severe(&w, NULL, ip, rows[i].severity);
		flow_world_get(&w, got, sizeof(got),
		               "SELECT severity FROM incident WHERE advice = 'auto'");
		assert_string_equal(got, rows[i].automatic);
	}
	/* somebody decided how severe this one is */
	intake_severe(&w, "rdp", "192.0.2.9", "critical");
	flow_world_get(&w, got, sizeof(got), "SELECT severity FROM incident WHERE slug = 'rdp'");
	assert_string_equal(got, "info");
	flow_world_close(&w);
}

static void an_incident_asked_for_takes_all(void **state)
{
	struct flow_world w;

	UNUSED(state);
	open_world(&w, 3);
	assert_taken(intake(&w, NULL, "192.0.2.1"), 1, 0, 0);
	w.now += DAY;
	assert_taken(intake(&w, "rdp", "192.0.2.1"), 1, 0, 0);
	flow_world_close(&w);
}

static void without_quiet_days_each_day_is_new(void **state)
{
	struct flow_world w;

	UNUSED(state);
	open_world(&w, 0);
	assert_taken(intake(&w, NULL, "192.0.2.1"), 1, 0, 0);
	w.now += DAY;
	assert_taken(intake(&w, NULL, "192.0.2.1"), 1, 0, 0);
	flow_world_close(&w);
}

static void run_sql(const struct flow_world *w, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(w->store, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

/* The company owns all findings, and was warned about them. */
static void own_all(struct flow_world *w, int i)
{
	char sql[400];

	snprintf(sql, sizeof(sql),
	         "INSERT INTO finding_owner SELECT incident_id, %" PRId64 ", id, 1, 'network', %" PRId64
	         " FROM finding",
	         w->of[i].company, w->of[i].warning);
	run_sql(w, sql);
	run_sql(w, "UPDATE finding SET state = 'warned'");
}

/* Company A is warned about it and answers. */
static void warned_with_state(struct flow_world *w, const char *state)
{
	char sql[400];

	own_all(w, WORLD_A);
	snprintf(sql, sizeof(sql),
	         "UPDATE warning SET state = '%s', state_at = %" PRId64 " WHERE id = %" PRId64, state,
	         w->now, w->of[WORLD_A].warning);
	run_sql(w, sql);
}

static void what_was_solved_and_is_seen_again_is_new(void **state)
{
	static const struct {
		const char *state;
		bool fresh;
	} cases[] = { { "sent", false }, { "acknowledged", false }, { "resolved", true } };

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct flow_world w;

		open_world(&w, 14);
		assert_taken(intake(&w, NULL, "192.0.2.1"), 1, 0, 0);
		warned_with_state(&w, cases[i].state);
		w.now += DAY;
		assert_taken(intake(&w, NULL, "192.0.2.1"), cases[i].fresh, !cases[i].fresh,
		             !cases[i].fresh);
		flow_world_close(&w);
	}
}

/* Nobody had it then, and nobody looks into a closed incident again. */
static void a_closed_incident_hides_only_what_was_told(void **state)
{
	struct flow_world w;

	UNUSED(state);
	for (int warned = 0; warned <= 1; warned++) {
		open_world(&w, 14);
		assert_taken(intake(&w, NULL, "192.0.2.1"), 1, 0, 0);
		if (warned)
			warned_with_state(&w, "sent");
		run_sql(&w, "UPDATE incident SET state = 'closed' WHERE slug <> 'rdp'");
		w.now += DAY;
		assert_taken(intake(&w, NULL, "192.0.2.1"), !warned, warned, warned);
		flow_world_close(&w);
	}
}

static void forget_company(struct flow_world *w, int i)
{
	struct err e = ERR_INIT;

	assert_int_equal(store_begin(w->g.store, &e), 0);
	assert_int_equal(store_company_forget(w->g.store, w->of[i].company, &e), 0);
	assert_int_equal(store_commit(w->g.store, &e), 0);
}

/* Whoever has the system now was never told. */
static void what_a_forgotten_company_was_told_is_new(void **state)
{
	struct flow_world w;

	UNUSED(state);
	for (int both = 0; both <= 1; both++) {
		open_world(&w, 14);
		assert_taken(intake(&w, NULL, "192.0.2.1"), 1, 0, 0);
		warned_with_state(&w, "sent");
		if (both)
			own_all(&w, WORLD_B);
		run_sql(&w, "UPDATE incident SET state = 'closed' WHERE slug <> 'rdp'");
		forget_company(&w, WORLD_A);
		w.now += DAY;
		assert_taken(intake(&w, NULL, "192.0.2.1"), !both, both, both);
		flow_world_close(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_each_day_is_told_once),
		cmocka_unit_test(an_automatic_incident_is_as_severe_as_its_worst),
		cmocka_unit_test(an_incident_asked_for_takes_all),
		cmocka_unit_test(without_quiet_days_each_day_is_new),
		cmocka_unit_test(what_was_solved_and_is_seen_again_is_new),
		cmocka_unit_test(a_closed_incident_hides_only_what_was_told),
		cmocka_unit_test(what_a_forgotten_company_was_told_is_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
