/*
 * test_store_register: companies, contacts and assets; imports leave no twins and revive no dead
 * address.
 */
#include "test.h"

#include "buf.h"
#include "store_case.h"
#include "store_finding.h"
#include "store_inbox.h"
#include "store_mail.h"
#include "store_register.h"
#include "store_warning.h"

static int put_company(struct store_case *c, struct company k, unsigned keep)
{
	enum put_result what;

	k.ref = "bakker";
	MUST(c, store_company_put(c->store, &k, keep, CASE_NOW, &what, &c->e));
	return (int)what;
}

static void company_put_tells_what_it_did(void **state)
{
	static const struct company first = { .name = "Bakkerij",
		                              .status = COMPANY_PARTICIPANT,
		                              .partner = "keten",
		                              .language = LANGUAGE_EN,
		                              .vital = true };
	static const struct company bare = { .name = "", .status = COMPANY_FOUND, .partner = "" };
	struct store_case *c = *state;
	struct company now, changed = first;

	case_begin(c);
	assert_int_equal(put_company(c, first, 0), PUT_NEW);
	assert_int_equal(put_company(c, first, 0), PUT_SAME);
	changed.name = "Bakkerij Zn.";
	assert_int_equal(put_company(c, changed, 0), PUT_CHANGED);
	/* every field kept: a row that names none of them changes nothing */
	assert_int_equal(
		put_company(c, bare,
	                    KEEP_NAME | KEEP_STATUS | KEEP_LANGUAGE | KEEP_VITAL | KEEP_PARTNER),
		PUT_SAME);
	assert_int_equal(
		put_company(c, bare, KEEP_NAME | KEEP_STATUS | KEEP_LANGUAGE | KEEP_PARTNER),
		PUT_CHANGED);
	case_commit(c);
	MUST(c, store_company_by_ref(c->store, &c->arena, &now, "bakker", &c->e));
	assert_string_equal(now.name, "Bakkerij Zn.");
	assert_string_equal(now.partner, "keten");
	assert_int_equal(now.status, COMPANY_PARTICIPANT);
	assert_int_equal(now.language, LANGUAGE_EN);
	assert_false(now.vital);
	MUST_BE(c, ERR_NOTFOUND, store_company_by_ref(c->store, &c->arena, &now, "Bakker", &c->e));
	MUST_BE(c, ERR_NOTFOUND, store_company_get(c->store, &c->arena, &now, 7, &c->e));
}

static int put_contact(struct store_case *c, struct contact *k, unsigned keep)
{
	enum put_result what;

	MUST(c, store_contact_put(c->store, k, keep, CASE_NOW, &what, &c->e));
	return (int)what;
}

static void contact_put_makes_no_twins(void **state)
{
	struct store_case *c = *state;
	struct contact k = { .kind = CONTACT_MAIL,
		             .value = "info@bakker.example",
		             .name = "Jan",
		             .role = "it",
		             .rank = 2,
		             .source = "register",
		             .source_date = 7,
		             .language = "nl",
		             .pgp = "0123456789ABCDEF0123456789ABCDEF01234567" };
	struct contact again = { .kind = CONTACT_MAIL,
		                 .value = "info@bakker.example",
		                 .name = "",
		                 .role = "",
		                 .rank = 1,
		                 .source = "rdap",
		                 .language = "",
		                 .pgp = "" };
	struct contact *list;
	size_t n;

	case_begin(c);
	k.company_id = again.company_id = case_company(c, "bakker", COMPANY_FOUND);
	assert_int_equal(put_contact(c, &k, 0), PUT_NEW);
	assert_int_equal(put_contact(c, &k, 0), PUT_SAME);
	assert_int_equal(put_contact(c, &again,
	                             KEEP_CONTACT_NAME | KEEP_ROLE | KEEP_RANK | KEEP_SOURCE |
	                                     KEEP_SOURCE_DATE | KEEP_LANGUAGE | KEEP_PGP),
	                 PUT_SAME);
	assert_int_equal(again.id, k.id);
	assert_string_equal(again.pgp,
	                    ""); /* what was kept is in the store, not in the caller's row */
	again.rank = 1;
	assert_int_equal(put_contact(c, &again, KEEP_CONTACT_NAME), PUT_CHANGED);
	/* the same mailbox in other letters: what was there first stays as it is */
	again.value = "INFO@bakker.example";
	again.id = 0;
	again.rank = 9;
	assert_int_equal(put_contact(c, &again, 0), PUT_TWIN);
	assert_int_equal(again.id, k.id);
	case_commit(c);
	MUST(c, store_contact_ladder(c->store, &c->arena, &list, &n, k.company_id, &c->e));
	assert_int_equal(n, 1);
	assert_string_equal(list[0].pgp, "");
	assert_int_equal(list[0].rank, 1);
	assert_string_equal(list[0].name, "Jan");
	assert_string_equal(list[0].value, "info@bakker.example");
}

static int note_event(void *arg, int64_t at, const char *from, const char *to, const char *reason,
                      const char *evidence, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%d %s>%s %s %s;", (int)(at - CASE_NOW), from, to, reason, evidence);
	return 0;
}

static void dead_contact_stays_dead_over_an_import(void **state)
{
	struct store_case *c = *state;
	struct contact k = { .kind = CONTACT_MAIL,
		             .value = "info@bakker.example",
		             .name = "",
		             .role = "",
		             .rank = 1,
		             .source = "register",
		             .language = "",
		             .pgp = "" },
		       now;
	struct contact_change dead = { .from = CONTACT_UNPROVEN,
		                       .to = CONTACT_INVALID,
		                       .score = 2,
		                       .reason = "bounce",
		                       .evidence = "550 5.1.1",
		                       .at = CASE_NOW + 5,
		                       .inbox_id = 9 };
	struct buf history = BUF_INIT;

	case_begin(c);
	k.company_id = case_company(c, "bakker", COMPANY_FOUND);
	assert_int_equal(put_contact(c, &k, 0), PUT_NEW);
	dead.contact_id = k.id;
	MUST(c, store_contact_change(c->store, &dead, &c->e));
	/* it is what it was thought to be no longer: nothing is written */
	MUST_BE(c, ERR_CONFLICT, store_contact_change(c->store, &dead, &c->e));
	k.state = CONTACT_PROVEN;
	k.score = 0;
	k.role = "owner";
	assert_int_equal(put_contact(c, &k, 0), PUT_CHANGED);
	case_commit(c);
	MUST(c, store_contact_get(c->store, &c->arena, &now, k.id, &c->e));
	assert_int_equal(now.state, CONTACT_INVALID);
	assert_int_equal(now.score, 2);
	assert_int_equal(now.score_at, CASE_NOW + 5);
	assert_string_equal(now.role, "owner");
	MUST(c, store_contact_history(c->store, k.id, note_event, &history, &c->e));
	assert_string_equal(history.s, "5 unproven>invalid bounce 550 5.1.1;");
	buf_clear(&history);
}

static void assets_are_put_once(void **state)
{
	struct store_case *c = *state;
	struct asset a = { .kind = ASSET_NETWORK, .text = "192.0.2.0/24" };
	enum put_result what;
	int64_t id;

	case_begin(c);
	a.company_id = case_company(c, "bakker", COMPANY_FOUND);
	MUST(c, store_asset_put(c->store, &a, CASE_NOW, &what, &c->e));
	assert_int_equal(what, PUT_NEW);
	id = a.id;
	MUST(c, store_asset_put(c->store, &a, CASE_NOW, &what, &c->e));
	assert_int_equal(what, PUT_SAME);
	assert_int_equal(a.id, id);
	a.company_id =
		case_company(c, "smid", COMPANY_FOUND); /* two companies may share a network */
	MUST(c, store_asset_put(c->store, &a, CASE_NOW, &what, &c->e));
	assert_int_equal(what, PUT_NEW);
	case_commit(c);
}

static int note_company(void *arg, const struct company *k, struct err *e)
{
	buf_printf(arg, "%s;", k->ref);
	return strcmp(k->ref, "stop") == 0 ? err_set(e, ERR_INPUT, "enough") : 0;
}

static int note_contact(void *arg, const struct contact *k, const char *company_ref, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%s %s;", company_ref, k->value);
	return 0;
}

static int note_asset(void *arg, const struct asset *a, const char *company_ref, struct err *e)
{
	char text[IP_RANGE_TEXT] = "";

	UNUSED(e);
	buf_printf(arg, "%s %s;", company_ref,
	           a->kind == ASSET_NETWORK ? ip_range_format(text, &a->range) : a->text);
	return 0;
}

static void add_asset(struct store_case *c, int64_t company_id, enum asset_kind kind,
                      const char *text)
{
	struct asset a = { .company_id = company_id, .kind = kind, .text = text };
	enum put_result what;

	MUST(c, store_asset_put(c->store, &a, CASE_NOW, &what, &c->e));
}

static void listings_are_ordered_and_stop(void **state)
{
	struct store_case *c = *state;
	struct buf b = BUF_INIT;
	int64_t smid, bakker, tweede, *id;
	size_t n;

	case_begin(c);
	smid = case_company(c, "smid", COMPANY_FOUND);
	bakker = case_company(c, "bakker", COMPANY_FOUND);
	case_contact(c, smid, CONTACT_MAIL, "info@smid.example", 1);
	tweede = case_contact(c, bakker, CONTACT_MAIL, "tweede@krakeling.example", 2);
	case_contact(c, bakker, CONTACT_PHONE, "+31 10 1234567", 3);
	case_contact(c, bakker, CONTACT_MAIL, "eerste@krakeling.example", 1);
	add_asset(c, bakker, ASSET_NETWORK, "192.0.2.0/24");
	add_asset(c, bakker, ASSET_DOMAIN, "krakeling.example");
	add_asset(c, smid, ASSET_DOMAIN, "smid.example");
	case_commit(c);
	MUST(c, store_company_each(c->store, note_company, &b, &c->e));
	assert_string_equal(b.s, "bakker;smid;");
	buf_reset(&b);
	MUST(c, store_contact_each(c->store, 0, note_contact, &b, &c->e));
	assert_string_equal(b.s, "bakker eerste@krakeling.example;bakker tweede@krakeling.example;"
	                         "bakker +31 10 1234567;smid info@smid.example;");
	buf_reset(&b);
	MUST(c, store_contact_each(c->store, smid, note_contact, &b, &c->e));
	assert_string_equal(b.s, "smid info@smid.example;");
	buf_reset(&b);
	MUST(c, store_asset_each(c->store, 0, note_asset, &b, &c->e));
	assert_string_equal(b.s, "bakker krakeling.example;bakker 192.0.2.0/24;smid smid.example;");
	buf_reset(&b);
	MUST(c, store_asset_each(c->store, smid, note_asset, &b, &c->e));
	assert_string_equal(b.s, "smid smid.example;");
	MUST(c, store_contacts_at_domain(c->store, &c->arena, &id, &n, "krakeling.example", &c->e));
	assert_int_equal(n, 2);
	assert_int_equal(id[0], tweede);
	MUST(c, store_contacts_at_domain(c->store, &c->arena, &id, &n, "example", &c->e));
	assert_int_equal(n, 0);
	buf_reset(&b);
	case_begin(c);
	case_company(c, "stop", COMPANY_FOUND);
	case_commit(c);
	MUST_BE(c, ERR_INPUT, store_company_each(c->store, note_company, &b, &c->e));
	assert_string_equal(b.s, "bakker;smid;stop;");
	buf_clear(&b);
}

static int count_row(void *arg, const struct contact *k, const char *company_ref, struct err *e)
{
	UNUSED(k);
	UNUSED(company_ref);
	UNUSED(e);
	++*(int *)arg;
	return 0;
}

/* A mail of a person at the company, tied to its warning. */
static int64_t add_reply(struct store_case *c, int64_t warning)
{
	struct verdict *v = xcalloc(1, sizeof(*v));
	struct inbox_judgement j = { .verdict = v, .trust = TRUST_REPLY, .warning_id = warning,
		                     .review_reason = "" };
	bool is_new;

	verdict_init(v);
	MUST(c, store_inbox_add(c->store, "box", "1", "digest", "bytes", 5, CASE_NOW, &j.inbox_id,
	                        &is_new, &c->e));
	MUST(c, store_inbox_judge(c->store, &j, &c->e));
	free(v);
	return j.inbox_id;
}

static int count_event(void *arg, int64_t at, const char *from, const char *to, const char *reason,
		       const char *evidence, struct err *e)
{
	UNUSED(at);
	UNUSED(from);
	UNUSED(to);
	UNUSED(reason);
	UNUSED(evidence);
	UNUSED(e);
	++*(int *)arg;
	return 0;
}

static int count_attempt(void *arg, const struct attempt_row *t, struct err *e)
{
	UNUSED(t);
	UNUSED(e);
	++*(int *)arg;
	return 0;
}

static int count_owner(void *arg, const struct owner_row *o, struct err *e)
{
	UNUSED(o);
	UNUSED(e);
	++*(int *)arg;
	return 0;
}

/* Events of the warning, attempts of the mail, and owners of the finding. */
static int count_traces(struct store_case *c, int64_t warning, int64_t mail, int64_t finding)
{
	int n = 0;

	MUST(c, store_warning_history(c->store, warning, count_event, &n, &c->e));
	MUST(c, store_attempt_each(c->store, mail, count_attempt, &n, &c->e));
	MUST(c, store_finding_owners(c->store, finding, count_owner, &n, &c->e));
	return n;
}

/* Its mail is under way. */
static void set_off(struct store_case *c, int64_t warning)
{
	struct mail_claim k = {
		.owner = "a", .route = "r", .now = CASE_NOW, .lease_until = CASE_NOW + 9, .limit = 1
	};
	struct warning_change sent = { .warning_id = warning,
				       .from = WARNING_QUEUED,
				       .to = WARNING_SENT,
				       .reason = "accepted",
				       .evidence = "" };
	struct delivery *d;
	size_t n;

	MUST(c, store_mail_claim(c->store, &c->arena, &k, &d, &n, &c->e));
	assert_int_equal(n, 1);
	MUST(c, store_warning_change(c->store, &sent, &c->e));
}

static void forgetting_takes_all_but_the_findings(void **state)
{
	struct store_case *c = *state;
	int64_t bakker, smid, contact, in, closed, both, his, gone, old, warning, mail, inbox;
	struct warning w;
	struct mail_row m;
	struct finding f;
	const void *bytes;
	size_t n;
	int left = 0;

	case_begin(c);
	bakker = case_company(c, "bakker", COMPANY_PARTICIPANT);
	smid = case_company(c, "smid", COMPANY_FOUND);
	contact = case_contact(c, bakker, CONTACT_MAIL, "info@bakker.example", 1);
	add_asset(c, bakker, ASSET_NETWORK, "192.0.2.0/24");
	in = case_incident(c, "open", SEVERITY_HIGH);
	closed = case_incident(c, "closed", SEVERITY_HIGH);
	both = case_finding(c, in, "192.0.2.1");
	his = case_finding(c, in, "192.0.2.2");
	gone = case_finding(c, in, "192.0.2.4");
	old = case_finding(c, closed, "192.0.2.3");
	case_owner(c, in, both, bakker);
	case_owner(c, in, both, smid);
	case_owner(c, in, his, bakker);
	case_owner(c, in, gone, bakker);
	MUST(c, store_finding_set_state(c->store, gone, FINDING_WITHDRAWN, &c->e));
	case_owner(c, closed, old, bakker);
	MUST(c, store_incident_close(c->store, closed, CASE_NOW, &c->e));
	warning = case_warning(c, in, bakker, "SP-2222-2222");
	mail = case_mail(c, warning, contact, SEVERITY_HIGH, CASE_NOW);
	MUST(c, store_call_add(c->store, warning, "call_me", CASE_NOW, &c->e));
	inbox = add_reply(c, warning);
	f = (struct finding){ .id = his, .incident_id = in };
	MUST(c, store_findings_warned(c->store, warning, bakker, &f, 1, &c->e));
	set_off(c, warning);
	assert_int_equal(count_traces(c, warning, mail, his), 3);
	MUST(c, store_company_forget(c->store, bakker, &c->e));
	case_commit(c);
	MUST_BE(c, ERR_NOTFOUND, store_inbox_bytes(c->store, &c->arena, &bytes, &n, inbox, &c->e));
	assert_int_equal(case_finding_state(c, both), FINDING_MATCHED);
	assert_int_equal(case_finding_state(c, his), FINDING_UNMATCHED);
	assert_int_equal(case_finding_state(c, gone), FINDING_WITHDRAWN);
	assert_int_equal(case_finding_state(c, old), FINDING_MATCHED);
	MUST_BE(c, ERR_NOTFOUND, store_warning_get(c->store, &c->arena, &w, warning, &c->e));
	assert_int_equal(count_traces(c, warning, mail, his), 0);
	MUST_BE(c, ERR_NOTFOUND, store_mail_get(c->store, &c->arena, &m, mail, &c->e));
	MUST_BE(c, ERR_NOTFOUND, store_mail_bytes(c->store, &c->arena, &bytes, &n, mail, &c->e));
	MUST_BE(c, ERR_NOTFOUND,
	        store_contact_get(c->store, &c->arena, &(struct contact){ 0 }, contact, &c->e));
	MUST_BE(c, ERR_NOTFOUND, store_call_done(c->store, warning, "x", CASE_NOW, &c->e));
	MUST(c, store_contact_each(c->store, 0, count_row, &left, &c->e));
	assert_int_equal(left, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(company_put_tells_what_it_did),
		STORE_TEST(contact_put_makes_no_twins),
		STORE_TEST(dead_contact_stays_dead_over_an_import),
		STORE_TEST(assets_are_put_once),
		STORE_TEST(listings_are_ordered_and_stop),
		STORE_TEST(forgetting_takes_all_but_the_findings),
	};

	return cmocka_run_group_tests_name("store_register", tests, NULL, NULL);
}
