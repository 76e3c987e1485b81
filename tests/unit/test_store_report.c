/*
 * test_store_report: the numbers of the report over a register small enough to count by hand.
 *
 * rdp:    bakker (participant) got two mails of one warning, one bounced, the other was confirmed;
 * it resolved it. smid (other) got one, accepted.  kapper (other) refused its only one and is on
 * the call list. citrix: bakker again, accepted.  water (participant, vital) was handed over.
 * dokter (other) was telephoned. quiet:  slager (other) waits on the call list only; its finding
 * came before the period. old:    everything before the period.
 */
#include "test.h"

#include "buf.h"
#include "store_case.h"
#include "store_finding.h"
#include "store_mail.h"
#include "store_report.h"
#include "store_warning.h"

enum { DAY = 86400, FROM = CASE_NOW - DAY, TO = CASE_NOW + DAY };

static void mail_in(struct store_case *c, int64_t warning, int64_t contact, enum mail_state state)
{
	int64_t id = case_mail(c, warning, contact, SEVERITY_HIGH, CASE_NOW);

	MUST(c, store_mail_set_state(c->store, id, state, CASE_NOW, &c->e));
}

static void answer(struct store_case *c, int64_t warning, enum warning_state to)
{
	struct warning_change change = { .warning_id = warning,
		                         .from = WARNING_QUEUED,
		                         .to = to,
		                         .reason = "",
		                         .evidence = "",
		                         .at = CASE_NOW };

	MUST(c, store_warning_change(c->store, &change, &c->e));
}

/* A company with one mail contact and one warning of the incident. */
static int64_t warned(struct store_case *c, int64_t incident, const char *ref,
                      enum company_status status, int64_t *contact)
{
	static const char *const refs[] = { "SP-2222-2222", "SP-3333-3333", "SP-4444-4444",
		                            "SP-5555-5555", "SP-6666-6666", "SP-7777-7777",
		                            "SP-8888-8888", "SP-9999-9999" };
	int64_t company = case_company(c, ref, status), used = 0;

	*contact = case_contact(c, company, CONTACT_MAIL, "info@example.nl", 1);
	MUST(c, store_counter(c->store, "refs", &used, &c->e));
	MUST(c, store_count(c->store, "refs", 1, &c->e));
	return case_warning(c, incident, company, refs[used]);
}

static void fill_rdp(struct store_case *c)
{
	int64_t in = case_incident(c, "rdp", SEVERITY_HIGH), contact, w;

	MUST(c, store_finding_set_state(c->store, case_finding(c, in, "192.0.2.1"),
	                                FINDING_UNMATCHED, &c->e));
	MUST(c, store_finding_set_state(c->store, case_finding(c, in, "192.0.2.2"), FINDING_WARNED,
	                                &c->e));
	w = warned(c, in, "bakker", COMPANY_PARTICIPANT, &contact);
	mail_in(c, w, contact, MAIL_BOUNCED);
	mail_in(c, w, contact, MAIL_CONFIRMED);
	answer(c, w, WARNING_RESOLVED);
	w = warned(c, in, "smid", COMPANY_FOUND, &contact);
	mail_in(c, w, contact, MAIL_ACCEPTED);
	w = warned(c, in, "kapper", COMPANY_FOUND, &contact);
	mail_in(c, w, contact, MAIL_REFUSED);
	answer(c, w, WARNING_UNREACHABLE);
	MUST(c, store_call_add(c->store, w, "contacts_dead", CASE_NOW, &c->e));
}

static void fill_citrix(struct store_case *c)
{
	int64_t in = case_incident(c, "citrix", SEVERITY_HIGH), contact, w;

	case_finding(c, in, "192.0.2.1");
	w = warned(c, in, "bakker", COMPANY_PARTICIPANT, &contact);
	mail_in(c, w, contact, MAIL_ACCEPTED);
	answer(c, w, WARNING_NOT_OURS);
	w = warned(c, in, "water", COMPANY_PARTICIPANT, &contact);
	MUST(c, store_call_add(c->store, w, "vital", CASE_NOW, &c->e));
	w = warned(c, in, "dokter", COMPANY_FOUND, &contact);
	MUST(c, store_call_add(c->store, w, "no_contact", CASE_NOW, &c->e));
	MUST(c, store_call_done(c->store, w, "told the doctor", CASE_NOW, &c->e));
	answer(c, w, WARNING_ACKNOWLEDGED);
}

static void fill_others(struct store_case *c)
{
	int64_t in = case_incident(c, "quiet", SEVERITY_LOW), contact;
	struct finding f = { .source_type = "",
		             .feed = "",
		             .advice = "",
		             .transport = "",
		             .application = "",
		             .domain = "",
		             .hostname = "",
		             .url = "",
		             .account = "",
		             .identifier = "",
		             .cve = "",
		             .product = "",
		             .tlp = "" };
	bool is_new;

	MUST(c, store_call_add(c->store, warned(c, in, "slager", COMPANY_FOUND, &contact),
	                       "no_contact", CASE_NOW, &c->e));
	f.incident_id = in;
	MUST(c, store_finding_add(c->store, &f, "q", "{}", FROM - 1, &is_new, &c->e));
	f.incident_id = case_incident(c, "old", SEVERITY_LOW);
	MUST(c, store_finding_add(c->store, &f, "r", "{}", TO, &is_new, &c->e));
}

static void fill(struct store_case *c)
{
	case_begin(c);
	fill_rdp(c);
	fill_citrix(c);
	fill_others(c);
	case_commit(c);
}

static int note_row(void *arg, const struct counts_row *r, struct err *e)
{
	const struct counts *k = &r->c;

	UNUSED(e);
	buf_printf(arg, "%s: %d incidents %d findings %d unmatched; %d companies = %d + %d; ",
	           r->slug, (int)k->incidents, (int)k->findings, (int)k->unmatched,
	           (int)k->companies, (int)k->participants, (int)k->others);
	buf_printf(arg, "%d mails %d accepted %d bounced; ", (int)k->mails, (int)k->accepted,
	           (int)k->bounced);
	buf_printf(arg,
	           "%d answered %d resolved %d not ours %d unreachable %d to call %d handed over\n",
	           (int)k->acknowledged, (int)k->resolved, (int)k->not_ours, (int)k->unreachable,
	           (int)k->to_call, (int)k->handed_over);
	return 0;
}

#define RDP                                                                                   \
	"rdp: 1 incidents 2 findings 1 unmatched; 2 companies = 1 + 1; 4 mails 3 accepted 2 " \
	"bounced; "                                                                           \
	"1 answered 1 resolved 0 not ours 1 unreachable 1 to call 0 handed over\n"

static void counts_are_as_counted_by_hand(void **state)
{
	struct store_case *c = *state;
	struct buf b = BUF_INIT;

	fill(c);
	MUST(c, store_report(c->store, 0, FROM, TO, note_row, &b, &c->e));
	assert_string_equal(
		b.s,
		RDP "citrix: 1 incidents 1 findings 0 unmatched; 2 companies = 1 + 1; 1 mails 1 "
	            "accepted 0 bounced; "
		    "2 answered 0 resolved 1 not ours 0 unreachable 0 to call 1 handed over\n"
		    "quiet: 1 incidents 0 findings 0 unmatched; 0 companies = 0 + 0; 0 mails 0 "
	            "accepted 0 bounced; "
		    "0 answered 0 resolved 0 not ours 0 unreachable 1 to call 0 handed over\n"
		    ": 3 incidents 3 findings 1 unmatched; 3 companies = 1 + 2; 5 mails 4 accepted "
	            "2 bounced; "
		    "3 answered 1 resolved 1 not ours 1 unreachable 2 to call 1 handed over\n");
	buf_clear(&b);
}

static void one_incident_has_no_total(void **state)
{
	struct store_case *c = *state;
	struct incident in;
	struct buf b = BUF_INIT;

	fill(c);
	MUST(c, store_incident_by_slug(c->store, &c->arena, &in, "rdp", &c->e));
	MUST(c, store_report(c->store, in.id, FROM, TO, note_row, &b, &c->e));
	assert_string_equal(b.s, RDP);
	buf_clear(&b);
}

static void empty_period_is_a_total_of_nothing(void **state)
{
	struct store_case *c = *state;
	struct buf b = BUF_INIT;

	fill(c);
	MUST(c, store_report(c->store, 0, 0, 1, note_row, &b, &c->e));
	assert_string_equal(
		b.s,
		": 0 incidents 0 findings 0 unmatched; 0 companies = 0 + 0; 0 mails 0 accepted "
		"0 bounced; 0 answered 0 resolved 0 not ours 0 unreachable 0 to call 0 handed "
	        "over\n");
	buf_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(counts_are_as_counted_by_hand),
		STORE_TEST(one_incident_has_no_total),
		STORE_TEST(empty_period_is_a_total_of_nothing),
	};

	return cmocka_run_group_tests_name("store_report", tests, NULL, NULL);
}
