/*
 * test_store_history: what happened is told in the order in which it happened.
 *
 * Each process takes its ids in blocks, so that ids of two do not follow time.
 */
#include "test.h"

#include "buf.h"
#include "store_case.h"
#include "store_mail.h"
#include "store_register.h"
#include "store_warning.h"

static int note_event(void *arg, int64_t at, const char *from, const char *to, const char *reason,
		      const char *evidence, struct err *e)
{
	UNUSED(from);
	UNUSED(reason);
	UNUSED(evidence);
	UNUSED(e);
	buf_printf(arg, "%d %s;", (int)(at - CASE_NOW), to);
	return 0;
}

static void warning_events_follow_time(void **state)
{
	struct store_case *c = *state;
	struct warning_change change = { .reason = "", .evidence = "" };
	struct buf b = BUF_INIT;

	case_begin(c);
	change.warning_id = case_warning(c, case_incident(c, "rdp", SEVERITY_HIGH),
					 case_company(c, "bakker", COMPANY_FOUND), "SP-2222-2222");
	change.from = WARNING_QUEUED;
	change.to = WARNING_RESOLVED;
	change.at = CASE_NOW + 9;
	MUST(c, store_warning_change(c->store, &change, &c->e));
	change.from = WARNING_RESOLVED;
	change.to = WARNING_SENT;
	change.at = CASE_NOW + 5;
	MUST(c, store_warning_change(c->store, &change, &c->e));
	change.from = change.to;
	change.at = CASE_NOW + 9;
	MUST(c, store_warning_change(c->store, &change, &c->e));
	case_commit(c);
	MUST(c, store_warning_history(c->store, change.warning_id, note_event, &b, &c->e));
	assert_string_equal(b.s, "5 sent;9 resolved;9 sent;");
	buf_clear(&b);
}

/* The last change is the latest one, too. */
static void contact_events_follow_time(void **state)
{
	struct store_case *c = *state;
	struct contact_change change = { .reason = "unsubscribed", .evidence = "" };
	struct buf b = BUF_INIT;

	case_begin(c);
	change.contact_id = case_contact(c, case_company(c, "bakker", COMPANY_FOUND), CONTACT_MAIL,
					 "info@bakker.example", 1);
	change.from = CONTACT_UNPROVEN;
	change.to = CONTACT_INVALID;
	change.at = CASE_NOW + 9;
	MUST(c, store_contact_change(c->store, &change, &c->e));
	change.from = CONTACT_INVALID;
	change.to = CONTACT_PROVEN;
	change.reason = "answered";
	change.at = CASE_NOW + 5;
	MUST(c, store_contact_change(c->store, &change, &c->e));
	case_commit(c);
	MUST(c, store_contact_history(c->store, change.contact_id, note_event, &b, &c->e));
	assert_string_equal(b.s, "5 proven;9 invalid;");
	assert_int_equal(store_contact_unsubscribed(c->store, change.contact_id, &c->e), 1);
	buf_clear(&b);
}

static int note_mail(void *arg, const struct mail_row *m, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%s;", m->message_id);
	return 0;
}

static void mails_of_a_warning_follow_time(void **state)
{
	static const char *const message_id[] = { "<second@x>", "<first@x>" };
	struct store_case *c = *state;
	struct delivery d = { .env_from = "", .env_to = "", .envid = "", .bytes = "x", .len = 1 };
	struct buf b = BUF_INIT;
	int64_t company;

	case_begin(c);
	company = case_company(c, "bakker", COMPANY_FOUND);
	d.contact_id = case_contact(c, company, CONTACT_MAIL, "info@bakker.example", 1);
	d.warning_id = case_warning(c, case_incident(c, "rdp", SEVERITY_HIGH), company,
				    "SP-2222-2222");
	for (int i = 0; i < 2; i++) {
		d.message_id = message_id[i];
		MUST(c, store_new_id(c->store, &d.id, &c->e));
		MUST(c, store_mail_add(c->store, &d, CASE_NOW + 9 - i, &c->e));
	}
	case_commit(c);
	MUST(c, store_mail_each(c->store, NULL, d.warning_id, note_mail, &b, &c->e));
	assert_string_equal(b.s, "<first@x>;<second@x>;");
	buf_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(warning_events_follow_time),
		STORE_TEST(contact_events_follow_time),
		STORE_TEST(mails_of_a_warning_follow_time),
	};

	return cmocka_run_group_tests_name("store_history", tests, NULL, NULL);
}
