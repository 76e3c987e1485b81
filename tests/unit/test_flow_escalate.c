/*
 * test_flow_escalate: the next contact of a warning, and who is telephoned because nobody answered.
 */
#include "test.h"

#include "arena.h"
#include "flow_hand.h"
#include "flow_warn.h"
#include "flow_world.h"
#include "store_finding.h"
#include "store_mail.h"
#include "store_register.h"
#include "store_warning.h"

enum { MANY = 70 }; /* more than one batch of flow_escalate() */

static void must(int rc, const struct err *e)
{
	if (rc < 0)
		fail_msg("%s", e->text);
}

/* A signer that fails for what names a company that it was told about. */
static int pretend(void *arg, struct buf *signature, char micalg[MICALG_TEXT], const void *data,
                   size_t n, struct err *e)
{
	const char *refuses = arg;

	if (refuses != NULL && memmem(data, n, refuses, strlen(refuses)) != NULL)
		return err_set(e, ERR_INPUT, "not this one");
	buf_addstr(signature, "-----BEGIN PGP SIGNATURE-----\n\niHUEARYKAB0=\n=abcd\n"
	                      "-----END PGP SIGNATURE-----\n");
	snprintf(micalg, MICALG_TEXT, "pgp-sha512");
	return 0;
}

static void open_world(struct flow_world *w)
{
	const char *top = getenv("top_srcdir");
	struct err e = ERR_INIT;
	char folder[256];

	flow_world_open(w);
	w->conf.gateway.name = w->conf.gateway.organisation = "Dienst";
	w->conf.gateway.from = "dienst@dienst.example";
	w->conf.gateway.bounce_address = "bounces@dienst.example";
	w->conf.gateway.reply_address = "antwoord@dienst.example";
	w->conf.gateway.phone = "+31 20 5550100";
	w->conf.gateway.website = "www.dienst.example";
	w->conf.sign.fingerprint = "0123456789ABCDEF0123456789ABCDEF01234567";
	snprintf(folder, sizeof(folder), "%s/tests/data/templates", top != NULL ? top : ".");
	must(warn_catalog_load(&w->g.catalog[LANGUAGE_NL], folder, LANGUAGE_NL, &e), &e);
	w->g.signer.sign = pretend;
}

static void begin(struct flow_world *w)
{
	struct err e = ERR_INIT;

	must(store_begin(w->g.store, &e), &e);
}

static void commit(struct flow_world *w)
{
	struct err e = ERR_INIT;

	must(store_commit(w->g.store, &e), &e);
}

/* The company was warned about a finding of its own and its next contact has to be written to. */
static void want_next(struct flow_world *w, int64_t incident, int64_t company, int64_t warning)
{
	struct finding f = { .incident_id = incident, .seen_at = w->now, .source_type = "scan",
		             .feed = "", .advice = "open-rdp", .transport = "", .application = "",
		             .domain = "a.example", .hostname = "", .url = "", .account = "",
		             .identifier = "", .cve = "", .product = "", .tlp = "" };
	struct err e = ERR_INIT;
	char identity[32];
	bool fresh;

	snprintf(identity, sizeof(identity), "%" PRId64, warning);
	must(store_finding_add(w->g.store, &f, identity, "{}", w->now, &fresh, &e), &e);
	must(store_finding_add_owner(w->g.store, &f, company, 0, "ip", &e), &e);
	must(store_findings_warned(w->g.store, warning, company, &f, 1, &e), &e);
	must(store_warning_set_todo(w->g.store, warning, "next_contact", &e), &e);
}

static int64_t incident_of(const struct flow_world *w)
{
	char id[24];

	flow_world_get(w, id, sizeof(id), "SELECT id FROM incident");
	return strtoll(id, NULL, 10);
}

static void want_next_of(struct flow_world *w, int i)
{
	int64_t incident = incident_of(w);

	begin(w);
	want_next(w, incident, w->of[i].company, w->of[i].warning);
	commit(w);
}

static void add_contact(struct flow_world *w, int64_t company)
{
	struct contact k = { .company_id = company, .kind = CONTACT_MAIL, .name = "", .role = "",
		             .value = "info@bedrijf.example", .source = "", .language = "", .pgp = "" };
	enum put_result what;
	struct err e = ERR_INIT;

	must(store_contact_put(w->g.store, &k, 0, w->now, &what, &e), &e);
}

/* Companies "NAME1", "NAME2"... with a sent warning each. */
static void add_many(struct flow_world *w, const char *name, int64_t incident, bool next, int n)
{
	struct err e = ERR_INIT;

	begin(w);
	for (int i = 0; i < n; i++) {
		char ref[16];
		struct company k = { .ref = ref, .name = ref, .partner = "" };
		struct warning row = { .incident_id = incident, .ref = ref, .state = WARNING_SENT,
			               .created_at = w->now, .deadline_at = w->now + 86400 };
		enum put_result what;

		snprintf(ref, sizeof(ref), "%.8s%d", name, i + 1);
		must(store_company_put(w->g.store, &k, 0, w->now, &what, &e), &e);
		add_contact(w, k.id);
		row.company_id = k.id;
		must(store_warning_add(w->g.store, &row, &e), &e);
		if (next)
			want_next(w, incident, k.id, row.id);
	}
	commit(w);
}

/* Goes on as long as there is more; the first error. */
static int escalate_all(struct flow_world *w, struct warn_count *sum)
{
	struct warn_count n;
	int64_t after = 0;
	int rc, first = 0;

	*sum = (struct warn_count){ 0 };
	do {
		struct err e = ERR_INIT;

		rc = flow_escalate(&w->g, &after, &n, &e);
		first = rc < 0 && first == 0 ? rc : first;
		sum->mails += n.mails;
		sum->calls += n.calls;
		sum->handed_over += n.handed_over;
	} while (after != 0);
	return first;
}

static void assert_got(const struct flow_world *w, const char *sql, const char *want)
{
	char got[160];

	flow_world_get(w, got, sizeof(got), sql);
	if (strcmp(got, want) != 0)
		fail_msg("%s: '%s' instead of '%s'", sql, got, want);
}

static int64_t warning_of(const struct flow_world *w, const char *ref)
{
	char sql[80], id[24];

	snprintf(sql, sizeof(sql), "SELECT id FROM warning WHERE ref = '%s'", ref);
	flow_world_get(w, id, sizeof(id), sql);
	return strtoll(id, NULL, 10);
}

static void a_company_that_became_vital_is_handed_over(void **state)
{
	struct flow_world w;
	struct warn_count n;
	struct company k = { .ref = "krakeling", .name = "krakeling", .partner = "", .vital = true };
	enum put_result what;
	struct err e = ERR_INIT;

	UNUSED(state);
	open_world(&w);
	want_next_of(&w, WORLD_A);
	want_next_of(&w, WORLD_B);
	begin(&w);
	must(store_company_put(w.g.store, &k, 0, w.now, &what, &e), &e);
	commit(&w);
	assert_int_equal(escalate_all(&w, &n), 0);
	assert_int_equal(n.handed_over, 1);
	assert_int_equal(n.mails, 1);
	assert_got(&w, "SELECT reason || ' ' || state FROM call_item", "vital open");
	assert_got(&w, "SELECT COUNT(*) FROM warning WHERE todo <> ''", "0");
	assert_got(&w, "SELECT COUNT(*) FROM mail WHERE state = 'ready'", "1");
	flow_world_close(&w);
}

static void put_company(struct flow_world *w, struct company *k)
{
	enum put_result what;
	struct err e = ERR_INIT;

	must(store_company_put(w->g.store, k, 0, w->now, &what, &e), &e);
}

/* It has no contacts of its own; company B is its partner. */
static void a_vital_partner_is_not_written_to(void **state)
{
	UNUSED(state);
	for (int vital = 0; vital <= 1; vital++) {
		struct company smid = { .ref = "smid", .name = "smid", .partner = "",
			                .vital = vital != 0 };
		struct company k = { .ref = "alleen", .name = "alleen", .partner = "smid" };
		struct warning row = { .ref = "SP-2222-2222", .state = WARNING_SENT };
		struct flow_world w;
		struct warn_count n;
		struct err e = ERR_INIT;

		open_world(&w);
		row.incident_id = incident_of(&w);
		begin(&w);
		put_company(&w, &smid);
		put_company(&w, &k);
		row.company_id = k.id;
		must(store_warning_add(w.g.store, &row, &e), &e);
		want_next(&w, row.incident_id, k.id, row.id);
		commit(&w);
		assert_int_equal(escalate_all(&w, &n), 0);
		assert_int_equal(n.mails, !vital);
		assert_int_equal(n.calls, vital);
		assert_got(&w, "SELECT env_to FROM mail WHERE state = 'ready'",
		           vital ? "" : "baas@smid.example");
		assert_got(&w, "SELECT reason FROM call_item", vital ? "contacts_dead" : "");
		flow_world_close(&w);
	}
}

/* A template of theirs, or TLP: no second try will be different. */
static void a_letter_that_cannot_be_written_becomes_a_call(void **state)
{
	struct incident red = { .slug = "rood", .title = "Rood", .advice = "open-rdp",
		                .tlp = TLP_RED, .deadline_days = 14 };
	struct flow_world w;
	struct warn_count n;
	struct err e = ERR_INIT;

	UNUSED(state);
	open_world(&w);
	want_next_of(&w, WORLD_B);
	begin(&w);
	must(store_incident_add(w.g.store, &red, &e), &e);
	commit(&w);
	add_many(&w, "veel", red.id, true, 1);
	assert_int_equal(escalate_all(&w, &n), 0);
	assert_int_equal(n.calls, 1);
	assert_int_equal(n.mails, 1);
	assert_got(&w, "SELECT reason || ' ' || state FROM call_item", "letter_failed open");
	assert_got(&w, "SELECT state FROM warning WHERE ref = 'veel1'", "unreachable");
	assert_got(&w, "SELECT COUNT(*) FROM warning_event WHERE evidence LIKE '%TLP%'", "1");
	assert_int_equal(escalate_all(&w, &n), 0);
	assert_int_equal(n.calls + n.mails, 0);
	flow_world_close(&w);
}

/* The company was telephoned about all it was warned of; then its mail comes back. */
static void a_call_that_was_made_is_not_asked_for_again(void **state)
{
	struct incident red = { .slug = "rood", .title = "Rood", .advice = "open-rdp",
		                .tlp = TLP_RED, .deadline_days = 14 };
	struct flow_world w;
	struct warn_count n;
	struct err e = ERR_INIT;
	int64_t warning;

	UNUSED(state);
	open_world(&w);
	begin(&w);
	must(store_incident_add(w.g.store, &red, &e), &e);
	commit(&w);
	add_many(&w, "veel", red.id, true, 1);
	begin(&w);
	warning = warning_of(&w, "veel1");
	must(store_call_add(w.g.store, warning, "no_answer", w.now, &e), &e);
	must(store_call_done(w.g.store, warning, "directeur gesproken", w.now, &e), &e);
	commit(&w);
	assert_int_equal(escalate_all(&w, &n), 0);
	assert_got(&w, "SELECT reason || ' ' || state || ' ' || outcome FROM call_item",
		   "no_answer done directeur gesproken");
	assert_got(&w, "SELECT state || todo FROM warning WHERE ref = 'veel1'", "unreachable");
	flow_world_close(&w);
}

/* Whom it began to warn is warned to the end: nobody else is there to see that a mail failed. */
static void a_closed_incident_finishes_what_it_began(void **state)
{
	struct flow_world w;
	struct warn_count n;
	struct err e = ERR_INIT;
	uint64_t overdue;

	UNUSED(state);
	open_world(&w);
	want_next_of(&w, WORLD_A);
	begin(&w);
	must(store_incident_close(w.g.store, incident_of(&w), w.now, &e), &e);
	commit(&w);
	assert_int_equal(escalate_all(&w, &n), 0);
	assert_int_equal(n.mails, 1);
	w.now += 15 * 86400;
	must(flow_call_overdue(&w.g, &overdue, &e), &e);
	assert_int_equal(overdue, 2);
	assert_got(&w, "SELECT group_concat(reason || ' ' || state) FROM call_item",
		   "not_sent open,no_answer open");
	flow_world_close(&w);
}

static void failures_keep_nobody_behind_them_waiting(void **state)
{
	char refuses[] = "veel";
	struct flow_world w;
	struct warn_count n;
	int64_t incident;

	UNUSED(state);
	open_world(&w);
	incident = incident_of(&w);
	add_many(&w, "veel", incident, true, MANY);
	want_next_of(&w, WORLD_A);
	w.g.signer.arg = refuses;
	add_many(&w, "laat", incident, true, 1);
	assert_int_equal(escalate_all(&w, &n), ERR_INPUT);
	assert_int_equal(n.mails, 2);
	w.g.signer.arg = NULL;
	assert_int_equal(escalate_all(&w, &n), 0);
	assert_int_equal(n.mails, MANY);
	flow_world_close(&w);
}

/* While the letter to it is signed, somebody says that the second contact is dead, too. */
static int meanwhile_dead(void *arg, struct buf *signature, char micalg[MICALG_TEXT],
                          const void *data, size_t n, struct err *e)
{
	struct flow_world *w = arg;
	struct err why = ERR_INIT;

	must(flow_hand_contact(&w->g, w->of[WORLD_A].second, CONTACT_INVALID, "gehoord", &why),
	     &why);
	return pretend(NULL, signature, micalg, data, n, e);
}

static void a_next_contact_that_died_meanwhile_is_passed_over(void **state)
{
	struct flow_world w;
	struct warn_count n;

	UNUSED(state);
	open_world(&w);
	want_next_of(&w, WORLD_A);
	w.g.signer.sign = meanwhile_dead;
	w.g.signer.arg = &w;
	assert_int_equal(escalate_all(&w, &n), 0);
	assert_got(&w, "SELECT COUNT(*) FROM mail WHERE state = 'ready'", "0");
	assert_int_equal(escalate_all(&w, &n), 0);
	assert_got(&w, "SELECT env_to FROM mail WHERE state = 'ready'",
		   "krakeling@provider.example");
	flow_world_close(&w);
}

/* ---- what was given up */

static void set_contact(struct flow_world *w, int64_t contact, enum contact_state state)
{
	struct err e = ERR_INIT;

	w->now += 60;
	must(flow_hand_contact(&w->g, contact, state, "gehoord", &e), &e);
}

/* All contacts of company A are dead: it is to be telephoned. */
static void give_up(struct flow_world *w)
{
	struct warn_count n;
	struct err e = ERR_INIT;

	open_world(w);
	begin(w);
	must(store_mail_set_state(w->g.store, w->of[WORLD_A].mail, MAIL_BOUNCED, w->now, &e), &e);
	commit(w);
	set_contact(w, w->of[WORLD_A].contact, CONTACT_INVALID);
	set_contact(w, w->of[WORLD_A].second, CONTACT_INVALID);
	set_contact(w, w->of[WORLD_A].third, CONTACT_INVALID);
	want_next_of(w, WORLD_A);
	assert_int_equal(escalate_all(w, &n), 0);
	assert_int_equal(n.calls, 1);
	assert_got(w, "SELECT reason || ' ' || state FROM call_item", "contacts_dead open");
}

enum meanwhile { NOTHING, NEW_CONTACT, SET_RIGHT, DOUBTED, CALLED, BY_HAND, VITAL };

static void interfere(struct flow_world *w, enum meanwhile what)
{
	struct company k = { .ref = "krakeling", .name = "krakeling", .partner = "", .vital = true };
	enum put_result put;
	struct err e = ERR_INIT;

	if (what == SET_RIGHT || what == DOUBTED) {
		set_contact(w, w->of[WORLD_A].contact,
			    what == SET_RIGHT ? CONTACT_PROVEN : CONTACT_DOUBTFUL);
		return;
	}
	begin(w);
	if (what != NOTHING)
		add_contact(w, w->of[WORLD_A].company);
	if (what == VITAL)
		must(store_company_put(w->g.store, &k, 0, w->now, &put, &e), &e);
	commit(w);
	w->now += 60;
	if (what == CALLED)
		must(flow_hand_called(&w->g, w->of[WORLD_A].ref, "gesproken", &e), &e);
	if (what == BY_HAND)
		must(flow_hand_warning(&w->g, w->of[WORLD_A].ref, WARNING_UNREACHABLE, "failliet",
				       &e), &e);
}

static struct warn_count warn_again(struct flow_world *w)
{
	struct arena a = ARENA_INIT;
	struct incident in;
	struct warn_count n;
	struct err e = ERR_INIT;

	must(store_incident_get(w->g.store, &a, &in, incident_of(w), &e), &e);
	must(flow_warn_again(&w->g, &in, &n, &e), &e);
	arena_clear(&a);
	return n;
}

static void who_was_given_up_is_written_to_where_there_is_somebody(void **state)
{
	static const struct { enum meanwhile what; const char *to; } rows[] = {
		{ NOTHING, "" },
		{ NEW_CONTACT, "info@bedrijf.example" },
		{ SET_RIGHT, "info@krakeling.example" },
		{ DOUBTED, "" }, /* it failed, and nobody says that it works */
		{ CALLED, "" },
		{ BY_HAND, "" },
		{ VITAL, "" },
	};

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		bool again = *rows[i].to != '\0';
		struct flow_world w;

		give_up(&w);
		w.now += 30 * 86400;
		interfere(&w, rows[i].what);
		assert_int_equal(warn_again(&w).mails, again);
		assert_got(&w, "SELECT env_to FROM mail WHERE state = 'ready'", rows[i].to);
		assert_got(&w, "SELECT state || todo FROM warning ORDER BY id LIMIT 1",
			   again ? "queued" : "unreachable");
		assert_got(&w, "SELECT COUNT(*) FROM call_item WHERE state = 'open'",
			   again || rows[i].what == CALLED ? "0" : "1");
		assert_int_equal(warn_again(&w).mails, 0);
		flow_world_close(&w);
	}
}

/* The date that the company reads lies ahead, and it is telephoned when that is over. */
static void who_is_written_to_again_has_a_deadline_of_its_own(void **state)
{
	struct flow_world w;
	struct err e = ERR_INIT;
	uint64_t overdue;

	UNUSED(state);
	give_up(&w);
	w.now += 30 * 86400;
	interfere(&w, NEW_CONTACT);
	must(flow_call_overdue(&w.g, &overdue, &e), &e);
	assert_int_equal(warn_again(&w).mails, 1);
	w.now += 13 * 86400;
	must(flow_call_overdue(&w.g, &overdue, &e), &e);
	assert_int_equal(overdue, 0);
	w.now += 2 * 86400;
	must(flow_call_overdue(&w.g, &overdue, &e), &e);
	assert_int_equal(overdue, 1);
	flow_world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_company_that_became_vital_is_handed_over),
		cmocka_unit_test(a_vital_partner_is_not_written_to),
		cmocka_unit_test(a_letter_that_cannot_be_written_becomes_a_call),
		cmocka_unit_test(a_call_that_was_made_is_not_asked_for_again),
		cmocka_unit_test(a_closed_incident_finishes_what_it_began),
		cmocka_unit_test(failures_keep_nobody_behind_them_waiting),
		cmocka_unit_test(a_next_contact_that_died_meanwhile_is_passed_over),
		cmocka_unit_test(who_was_given_up_is_written_to_where_there_is_somebody),
		cmocka_unit_test(who_is_written_to_again_has_a_deadline_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
