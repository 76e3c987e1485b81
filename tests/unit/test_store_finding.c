/*
 * test_store_finding: incidents, findings, and who owns them.
 */
#include "test.h"

#include "buf.h"
#include "store_case.h"
#include "store_finding.h"

static int note_incident(void *arg, const struct incident *in, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%s %s %s;", in->slug, severity_words[in->severity],
	           incident_state_words[in->state]);
	return 0;
}

static void incidents_have_one_slug(void **state)
{
	struct store_case *c = *state;
	struct incident in = { .slug = "rdp",
		               .title = "Extern bureaublad \xe2\x80\x98open\xe2\x80\x99",
		               .advice = "auto",
		               .tlp = TLP_AMBER_STRICT,
		               .severity = SEVERITY_LOW,
		               .deadline_days = 3,
		               .opened_at = CASE_NOW },
			got;
	struct buf b = BUF_INIT;
	int64_t id;

	case_begin(c);
	MUST(c, store_incident_add(c->store, &in, &c->e));
	id = in.id;
	assert_int_equal(store_incident_add(c->store, &in, &c->e), ERR_CONFLICT);
	assert_non_null(strstr(c->e.text, "'rdp' exists"));
	store_rollback(c->store);
	case_begin(c);
	MUST(c, store_incident_add(c->store, &in, &c->e));
	assert_int_equal(in.id, id); /* nothing of the refused attempt is left */
	case_incident(c, "citrix", SEVERITY_CRITICAL);
	MUST(c, store_incident_close(c->store, in.id, CASE_NOW + 9, &c->e));
	case_commit(c);
	MUST(c, store_incident_get(c->store, &c->arena, &got, in.id, &c->e));
	assert_string_equal(got.title, in.title);
	assert_int_equal(got.tlp, TLP_AMBER_STRICT);
	assert_int_equal(got.deadline_days, 3);
	assert_int_equal(got.closed_at, CASE_NOW + 9);
	MUST_BE(c, ERR_NOTFOUND, store_incident_by_slug(c->store, &c->arena, &got, "RDP", &c->e));
	MUST(c, store_incident_each(c->store, note_incident, &b, &c->e));
	assert_string_equal(b.s, "citrix critical open;rdp low closed;");
	buf_clear(&b);
}

static struct finding full_finding(int64_t incident_id)
{
	struct finding f = { .incident_id = incident_id,
		             .seen_at = 7,
		             .source_type = "a",
		             .feed = "b",
		             .advice = "c",
		             .compromised = true,
		             .has_ip = true,
		             .port = 65535,
		             .transport = "d",
		             .application = "e",
		             .domain = "f",
		             .hostname = "g",
		             .url = "h",
		             .account = "i",
		             .identifier = "j",
		             .cve = "k",
		             .product = "l",
		             .tlp = "m",
		             .severity = SEVERITY_CRITICAL };

	assert_true(ip_parse(&f.ip, "2001:db8::1"));
	return f;
}

static void every_field_comes_back(void **state)
{
	struct store_case *c = *state;
	struct finding f, got;
	const char *extra;
	bool is_new;

	case_begin(c);
	f = full_finding(case_incident(c, "rdp", SEVERITY_HIGH));
	MUST(c, store_finding_add(c->store, &f, "x", "{\"tag\":\"z\"}", CASE_NOW, &is_new, &c->e));
	case_commit(c);
	MUST(c, store_finding_get(c->store, &c->arena, &got, &extra, f.id, &c->e));
	assert_string_equal(extra, "{\"tag\":\"z\"}");
	assert_string_equal(arena_printf(&c->arena, "%s%s%s%s%s%s%s%s%s%s%s%s%s", got.source_type,
	                                 got.feed, got.advice, got.transport, got.application,
	                                 got.domain, got.hostname, got.url, got.account,
	                                 got.identifier, got.cve, got.product, got.tlp),
	                    "abcdefghijklm");
	assert_true(got.has_ip && got.compromised);
	assert_int_equal(ip_compare(&got.ip, &f.ip), 0);
	assert_int_equal(got.port, 65535);
	assert_int_equal(got.seen_at, 7);
	assert_int_equal(got.severity, SEVERITY_CRITICAL);
	assert_int_equal(got.state, FINDING_NEW);
	MUST_BE(c, ERR_NOTFOUND, store_finding_get(c->store, &c->arena, &got, &extra, 3, &c->e));
}

static void same_identity_is_one_finding(void **state)
{
	struct store_case *c = *state;
	struct finding f, got;
	const char *extra;
	int64_t first;
	bool is_new;

	case_begin(c);
	f = full_finding(case_incident(c, "rdp", SEVERITY_HIGH));
	MUST(c, store_finding_add(c->store, &f, "x", "{}", CASE_NOW, &is_new, &c->e));
	assert_true(is_new);
	first = f.id;
	MUST(c, store_finding_set_state(c->store, first, FINDING_WARNED, &c->e));
	f.port = 1;
	MUST(c, store_finding_add(c->store, &f, "x", "{}", CASE_NOW, &is_new, &c->e));
	assert_false(is_new);
	MUST(c, store_finding_add(c->store, &f, "y", "{}", CASE_NOW, &is_new, &c->e));
	assert_true(is_new);
	case_commit(c);
	MUST(c, store_finding_get(c->store, &c->arena, &got, &extra, first, &c->e));
	assert_int_equal(got.port, 65535);
	assert_int_equal(got.state, FINDING_WARNED);
}

static int note_finding(void *arg, const struct finding *f, struct err *e)
{
	char ip[IP_TEXT];

	UNUSED(e);
	buf_printf(arg, "%s;", ip_format(ip, &f->ip));
	return 0;
}

static void findings_come_in_pages(void **state)
{
	struct store_case *c = *state;
	struct buf b = BUF_INIT;
	int64_t in, other, first;

	case_begin(c);
	in = case_incident(c, "rdp", SEVERITY_HIGH);
	other = case_incident(c, "citrix", SEVERITY_HIGH);
	first = case_finding(c, in, "192.0.2.1");
	case_finding(c, other, "192.0.2.2");
	MUST(c, store_finding_set_state(c->store, case_finding(c, in, "192.0.2.3"),
	                                FINDING_UNMATCHED, &c->e));
	case_finding(c, in, "192.0.2.4");
	case_finding(c, in, "192.0.2.5");
	case_commit(c);
	MUST(c, store_finding_each(c->store, in, FINDING_NEW, 0, 2, note_finding, &b, &c->e));
	assert_string_equal(b.s, "192.0.2.1;192.0.2.4;");
	buf_reset(&b);
	MUST(c, store_finding_each(c->store, in, FINDING_NEW, first, 9, note_finding, &b, &c->e));
	assert_string_equal(b.s, "192.0.2.4;192.0.2.5;");
	buf_clear(&b);
}

static int note_owner(void *arg, const struct owner_row *o, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%s by %s %s;", o->company_ref, o->matched_by, o->ref);
	return 0;
}

/* A match decides by what it read before its transaction. */
static void a_match_changes_only_what_it_read(void **state)
{
	static const struct {
		enum finding_state is, read, to, want;
	} cases[] = {
		{ FINDING_NEW, FINDING_NEW, FINDING_MATCHED, FINDING_MATCHED },
		{ FINDING_UNMATCHED, FINDING_UNMATCHED, FINDING_MATCHED, FINDING_MATCHED },
		{ FINDING_WARNED, FINDING_NEW, FINDING_MATCHED, FINDING_WARNED },
		{ FINDING_WARNED, FINDING_UNMATCHED, FINDING_MATCHED, FINDING_WARNED },
		{ FINDING_MATCHED, FINDING_NEW, FINDING_UNMATCHED, FINDING_MATCHED },
		{ FINDING_WITHDRAWN, FINDING_NEW, FINDING_MATCHED, FINDING_WITHDRAWN },
	};
	struct store_case *c = *state;
	int64_t in, id;

	case_begin(c);
	in = case_incident(c, "rdp", SEVERITY_HIGH);
	id = case_finding(c, in, "192.0.2.1");
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		if (cases[i].is != FINDING_NEW)
			MUST(c, store_finding_set_state(c->store, id, cases[i].is, &c->e));
		MUST(c, store_finding_matched(c->store, id, cases[i].read, cases[i].to, &c->e));
		assert_int_equal(case_finding_state(c, id), cases[i].want);
	}
	case_commit(c);
}

/* By somebody who matched it, or warned of it, at the same time. */
static void what_was_withdrawn_stays_so(void **state)
{
	static const enum finding_state to[] = { FINDING_MATCHED, FINDING_UNMATCHED,
		                                 FINDING_WARNED };
	struct store_case *c = *state;
	int64_t in, company, id;
	struct finding f;

	case_begin(c);
	in = case_incident(c, "rdp", SEVERITY_HIGH);
	company = case_company(c, "smid", COMPANY_FOUND);
	id = case_finding(c, in, "192.0.2.1");
	case_owner(c, in, id, company);
	MUST(c, store_finding_set_state(c->store, id, FINDING_WITHDRAWN, &c->e));
	for (size_t i = 0; i < ARRAY_SIZE(to); i++) {
		MUST(c, store_finding_set_state(c->store, id, to[i], &c->e));
		assert_int_equal(case_finding_state(c, id), FINDING_WITHDRAWN);
	}
	f = (struct finding){ .id = id, .incident_id = in };
	MUST(c, store_findings_warned(c->store, case_warning(c, in, company, "SP-2222-2222"),
	                              company, &f, 1, &c->e));
	assert_int_equal(case_finding_state(c, id), FINDING_WITHDRAWN);
	case_commit(c);
}

static void warned_findings_are_not_told_twice(void **state)
{
	struct store_case *c = *state;
	int64_t in, smid, bakker, shared, gone, w, company[4];
	struct finding_counts counts;
	struct buf b = BUF_INIT;
	struct finding *f;
	size_t n;
	int k;

	case_begin(c);
	in = case_incident(c, "rdp", SEVERITY_HIGH);
	smid = case_company(c, "smid", COMPANY_FOUND);
	bakker = case_company(c, "bakker", COMPANY_FOUND);
	shared = case_finding(c, in, "192.0.2.1");
	gone = case_finding(c, in, "192.0.2.2");
	case_finding(c, in, "192.0.2.3");
	case_owner(c, in, shared, smid);
	case_owner(c, in, shared, smid); /* matched twice is owned once */
	case_owner(c, in, shared, bakker);
	case_owner(c, in, gone, bakker);
	MUST(c, store_finding_set_state(c->store, gone, FINDING_WITHDRAWN, &c->e));
	case_commit(c);

	MUST(c, store_unwarned_companies(c->store, in, 0, 4, company, &k, &c->e));
	assert_int_equal(k, 2);
	MUST(c, store_unwarned_companies(c->store, in, company[0], 4, company + 1, &k, &c->e));
	assert_int_equal(k, 1);
	assert_int_equal(company[1], bakker);
	MUST(c, store_unwarned_findings(c->store, &c->arena, &f, &n, in, bakker, &c->e));
	assert_int_equal(n, 1); /* what was withdrawn is not told */
	assert_int_equal(f[0].id, shared);
	case_begin(c);
	w = case_warning(c, in, bakker, "SP-2222-2222");
	MUST(c, store_findings_warned(c->store, w, bakker, f, n, &c->e));
	/* two who warn at once: one of them was first */
	MUST_BE(c, ERR_CONFLICT, store_findings_warned(c->store, w, bakker, f, n, &c->e));
	case_commit(c);
	MUST(c, store_unwarned_findings(c->store, &c->arena, &f, &n, in, bakker, &c->e));
	assert_int_equal(n, 0);
	MUST(c, store_warned_findings(c->store, &c->arena, &f, &n, w, &c->e));
	assert_int_equal(n, 1);
	MUST(c, store_unwarned_findings(c->store, &c->arena, &f, &n, in, smid, &c->e));
	assert_int_equal(n, 1); /* the other owner of the same system is still to be told */
	MUST(c, store_finding_owners(c->store, shared, note_owner, &b, &c->e));
	assert_string_equal(b.s, "bakker by network SP-2222-2222;smid by network ;");
	MUST(c, store_finding_counts(c->store, in, &counts, &c->e));
	assert_int_equal(counts.all, 3);
	assert_int_equal(counts.warned, 1);
	assert_int_equal(counts.fresh, 1);
	assert_int_equal(counts.matched + counts.unmatched, 0);
	buf_clear(&b);
}

static void many_findings_of_one_company(void **state)
{
	enum { MANY = 100 }; /* the list grows three times */
	struct store_case *c = *state;
	int64_t in, bakker;
	struct finding *f;
	size_t n;

	case_begin(c);
	in = case_incident(c, "rdp", SEVERITY_HIGH);
	bakker = case_company(c, "bakker", COMPANY_FOUND);
	for (int i = 0; i < MANY; i++)
		case_owner(c, in, case_finding(c, in, arena_printf(&c->arena, "192.0.2.%d", i)),
		           bakker);
	case_commit(c);
	MUST(c, store_unwarned_findings(c->store, &c->arena, &f, &n, in, bakker, &c->e));
	assert_int_equal(n, MANY);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(f[i].ip.b[15], i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(incidents_have_one_slug),
		STORE_TEST(every_field_comes_back),
		STORE_TEST(same_identity_is_one_finding),
		STORE_TEST(findings_come_in_pages),
		STORE_TEST(a_match_changes_only_what_it_read),
		STORE_TEST(what_was_withdrawn_stays_so),
		STORE_TEST(warned_findings_are_not_told_twice),
		STORE_TEST(many_findings_of_one_company),
	};

	return cmocka_run_group_tests_name("store_finding", tests, NULL, NULL);
}
