/*
 * test_store_mail: claims, leases and their numbers; what a person may do with a mail.
 */
#include "test.h"

#include "buf.h"
#include "store_case.h"
#include "store_mail.h"
#include "store_register.h"

/* A store with one company, one warning and one contact. */
struct ground {
	int64_t warning, contact;
};

static struct ground lay_ground(struct store_case *c)
{
	struct ground g;
	int64_t company = case_company(c, "bakker", COMPANY_FOUND);

	g.contact = case_contact(c, company, CONTACT_MAIL, "info@bakker.example", 1);
	g.warning =
		case_warning(c, case_incident(c, "rdp", SEVERITY_HIGH), company, "SP-2222-2222");
	return g;
}

static size_t claim(struct store_case *c, struct store *s, const char *owner, int64_t now,
                    int limit, struct delivery **out)
{
	struct mail_claim k = {
		.owner = owner, .route = "r", .now = now, .lease_until = now + 900, .limit = limit
	};
	size_t n;

	MUST(c, store_begin(s, &c->e));
	MUST(c, store_mail_claim(s, &c->arena, &k, out, &n, &c->e));
	MUST(c, store_commit(s, &c->e));
	return n;
}

static int result(struct store_case *c, struct store *s, const struct delivery *d,
                  enum mail_state state)
{
	struct attempt_result t = { .delivery_id = d->id,
		                    .outcome = OUTCOME_DEFERRED,
		                    .code = 451,
		                    .status = "4.7.1",
		                    .stage = "rcpt",
		                    .text = "later" };
	struct mail_result r = { .attempt = &t,
		                 .lease_no = d->lease_no,
		                 .state = state,
		                 .next_try = CASE_NOW + 300,
		                 .at = CASE_NOW + 1 };
	int rc;

	MUST(c, store_begin(s, &c->e));
	rc = store_mail_result(s, &r, &c->e);
	if (rc == 0)
		MUST(c, store_commit(s, &c->e));
	store_rollback(s);
	return rc;
}

static int note_attempt(void *arg, const struct attempt_row *t, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%d-%d %s %s %s %s %d %s;", (int)(t->started_at - CASE_NOW),
	           t->ended_at ? (int)(t->ended_at - CASE_NOW) : -1, t->route, t->outcome, t->stage,
	           t->status, t->code, t->text);
	return 0;
}

static void assert_attempts(struct store_case *c, int64_t mail, const char *want)
{
	struct buf b = BUF_INIT;

	MUST(c, store_attempt_each(c->store, mail, note_attempt, &b, &c->e));
	assert_string_equal(b.s, want);
	buf_clear(&b);
}

/* How many mails it took back, of at most limit. */
static int recover(struct store_case *c, struct store *s, const char *owner, int64_t now, int limit)
{
	int64_t ids[9];
	int n;

	MUST(c, store_mail_recover(s, owner, now, MAIL_DEFERRED, ids, limit, &n, &c->e));
	return n;
}

static void mail_comes_back_as_it_was(void **state)
{
	struct store_case *c = *state;
	struct ground g;
	struct delivery *d;
	struct mail_row m;
	const void *bytes;
	int64_t id;
	size_t n;

	case_begin(c);
	g = lay_ground(c);
	id = case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW);
	case_commit(c);
	MUST(c, store_mail_by_message_id(c->store, &c->arena, &m,
	                                 arena_printf(&c->arena, "%" PRId64 "@example.nl", id),
	                                 &c->e));
	assert_int_equal(m.id, id);
	assert_int_equal(m.state, MAIL_READY);
	assert_string_equal(m.company_ref, "bakker");
	assert_string_equal(m.incident_slug, "rdp");
	assert_string_equal(m.ref, "SP-2222-2222");
	assert_int_equal(m.attempts, 0);
	MUST(c, store_mail_bytes(c->store, &c->arena, &bytes, &n, id, &c->e));
	assert_int_equal(n, 17);
	assert_memory_equal(bytes, "Subject: x\r\n\r\ny\r\n", 17);
	MUST_BE(c, ERR_NOTFOUND,
	        store_mail_by_message_id(c->store, &c->arena, &m, "x@example.nl", &c->e));
	MUST_BE(c, ERR_NOTFOUND, store_mail_bytes(c->store, &c->arena, &bytes, &n, 5, &c->e));
	assert_int_equal(claim(c, c->store, "a", CASE_NOW, 9, &d), 1);
	assert_int_equal(d->len, 17);
	assert_memory_equal(d->bytes, "Subject: x\r\n\r\ny\r\n", 17);
	assert_string_equal(d->env_from, "bounces@example.nl");
	assert_string_equal(d->env_to, "info@example.nl");
	assert_int_equal(d->give_up_at, CASE_NOW + 86400);
	assert_int_equal(d->attempts, 1);
	MUST_BE(c, 1, store_mail_tried(c->store, g.warning, g.contact, &c->e));
	MUST_BE(c, 0, store_mail_tried(c->store, g.warning, 5, &c->e));
}

static void two_senders_never_get_the_same_mail(void **state)
{
	enum { MAILS = 10 };
	struct store_case *c = *state;
	struct delivery *mine, *theirs;
	struct store *other;
	struct ground g;
	size_t a, b;

	MUST(c, store_open(&other, c->path, STORE_EXISTING, 2, &c->e));
	case_begin(c);
	g = lay_ground(c);
	for (int i = 0; i < MAILS; i++)
		case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW - 1);
	case_commit(c);
	a = claim(c, c->store, "node1", CASE_NOW, 6, &mine);
	b = claim(c, other, "node2", CASE_NOW, 6, &theirs);
	assert_int_equal(a, 6);
	assert_int_equal(b, MAILS - 6);
	for (size_t i = 0; i < a; i++)
		for (size_t k = 0; k < b; k++)
			assert_int_not_equal(mine[i].id, theirs[k].id);
	assert_int_equal(claim(c, other, "node2", CASE_NOW, 6, &theirs), 0);
	store_close(other);
}

static void late_result_of_a_lost_lease_changes_nothing(void **state)
{
	struct store_case *c = *state;
	struct delivery *slow, *quick;
	struct store *other;
	struct ground g;
	struct mail_row m;
	int64_t id;

	MUST(c, store_open(&other, c->path, STORE_EXISTING, 2, &c->e));
	case_begin(c);
	g = lay_ground(c);
	id = case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW);
	case_commit(c);
	assert_int_equal(claim(c, c->store, "node1", CASE_NOW, 1, &slow), 1);
	/* node1 is paused until its lease has run out; the mail goes on at node2 */
	MUST(c, store_begin(other, &c->e));
	/* good until and with that second */
	assert_int_equal(recover(c, other, NULL, CASE_NOW + 900, 9), 0);
	assert_int_equal(recover(c, other, NULL, CASE_NOW + 901, 9), 1);
	MUST(c, store_commit(other, &c->e));
	assert_int_equal(result(c, c->store, slow, MAIL_REFUSED), ERR_CONFLICT);
	assert_int_equal(case_mail_state(c, id), MAIL_DEFERRED);
	assert_int_equal(claim(c, other, "node2", CASE_NOW + 901, 1, &quick), 1);
	assert_int_equal(quick->lease_no, slow->lease_no + 1);
	assert_int_equal(result(c, c->store, slow, MAIL_REFUSED), ERR_CONFLICT);
	assert_int_equal(case_mail_state(c, id), MAIL_IN_FLIGHT);
	assert_int_equal(result(c, other, quick, MAIL_ACCEPTED), 0);
	assert_int_equal(result(c, c->store, slow, MAIL_REFUSED), ERR_CONFLICT);
	assert_int_equal(result(c, other, quick, MAIL_REFUSED), ERR_CONFLICT); /* told once */
	MUST(c, store_mail_get(c->store, &c->arena, &m, id, &c->e));
	assert_int_equal(m.state, MAIL_ACCEPTED);
	assert_int_equal(m.attempts, 2);
	assert_string_equal(m.status, "4.7.1");
	assert_attempts(c, id, "0-901 r unknown   0 ;901-1 r deferred rcpt 4.7.1 451 later;");
	store_close(other);
}

static void recover_by_owner_leaves_the_others(void **state)
{
	struct store_case *c = *state;
	struct delivery *mine, *theirs;
	struct ground g;
	struct mail_row m;
	int64_t id;
	int n;

	case_begin(c);
	g = lay_ground(c);
	for (int i = 0; i < 4; i++)
		case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW);
	case_commit(c);
	assert_int_equal(claim(c, c->store, "node1", CASE_NOW, 2, &mine), 2);
	assert_int_equal(claim(c, c->store, "node2", CASE_NOW, 2, &theirs), 2);
	assert_int_equal(result(c, c->store, &mine[0], MAIL_ACCEPTED), 0);
	case_begin(c);
	MUST(c, store_mail_recover(c->store, "node1", CASE_NOW + 5, MAIL_UNKNOWN, &id, 1, &n,
	                           &c->e));
	case_commit(c);
	assert_int_equal(n, 1);
	assert_int_equal(id, mine[1].id);
	assert_int_equal(case_mail_state(c, mine[0].id), MAIL_ACCEPTED);
	assert_int_equal(case_mail_state(c, mine[1].id), MAIL_UNKNOWN);
	assert_int_equal(case_mail_state(c, theirs[0].id), MAIL_IN_FLIGHT);
	assert_int_equal(case_mail_state(c, theirs[1].id), MAIL_IN_FLIGHT);
	MUST(c, store_mail_get(c->store, &c->arena, &m, mine[1].id, &c->e));
	assert_int_equal(m.next_try, CASE_NOW + 5);
	assert_attempts(c, mine[0].id, "0-1 r deferred rcpt 4.7.1 451 later;");
	assert_attempts(c, mine[1].id, "0-5 r unknown   0 ;");
	assert_attempts(c, theirs[0].id, "0--1 r    0 ;");
	assert_int_equal(claim(c, c->store, "node1", CASE_NOW + 9, 9, &mine),
	                 0); /* unknown waits for a person */
}

static void most_severe_then_longest_due_goes_first(void **state)
{
	static const struct {
		int priority, due;
	} mails[] = {
		{ SEVERITY_LOW, -90 },     { SEVERITY_CRITICAL, -1 }, { SEVERITY_HIGH, -5 },
		{ SEVERITY_CRITICAL, -7 }, { SEVERITY_INFO, -99 },    { SEVERITY_HIGH, -6 },
		{ SEVERITY_CRITICAL, 1 },
	};
	static const int order[] = { 3, 1, 5, 2, 0, 4 };
	struct store_case *c = *state;
	int64_t id[ARRAY_SIZE(mails)], due, waiting;
	struct delivery *d;
	struct ground g;

	case_begin(c);
	g = lay_ground(c);
	for (size_t i = 0; i < ARRAY_SIZE(mails); i++)
		id[i] = case_mail(c, g.warning, g.contact, mails[i].priority,
		                  CASE_NOW + mails[i].due);
	case_commit(c);
	MUST_BE(c, 1, store_mail_next_due(c->store, &due, &c->e));
	assert_int_equal(due, CASE_NOW - 99);
	MUST(c, store_mail_due(c->store, CASE_NOW, &waiting, &c->e));
	assert_int_equal(waiting, ARRAY_SIZE(mails) - 1);
	MUST(c, store_mail_due(c->store, CASE_NOW + 1, &waiting, &c->e));
	assert_int_equal(waiting, ARRAY_SIZE(mails));
	for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
		assert_int_equal(claim(c, c->store, "a", CASE_NOW, 1, &d), 1);
		assert_int_equal(d->id, id[order[i]]);
	}
	/* nothing before its time */
	assert_int_equal(claim(c, c->store, "a", CASE_NOW, 1, &d), 0);
	MUST_BE(c, 1, store_mail_next_due(c->store, &due, &c->e));
	assert_int_equal(due, CASE_NOW + 1);
	assert_int_equal(claim(c, c->store, "a", CASE_NOW + 1, 1, &d), 1);
	MUST_BE(c, 0, store_mail_next_due(c->store, &due, &c->e));
}

/* Claims the mail that is most urgent and gives it that answer. */
static int64_t answered_with(struct store_case *c, int code)
{
	struct attempt_result t = { .outcome = OUTCOME_REFUSED, .code = code, .stage = "rcpt" };
	struct mail_result r = { .attempt = &t,
		                 .state = MAIL_DEFERRED,
		                 .next_try = CASE_NOW - 10,
		                 .at = CASE_NOW };
	struct delivery *d;

	assert_int_equal(claim(c, c->store, "a", CASE_NOW, 1, &d), 1);
	t.delivery_id = d->id;
	r.lease_no = d->lease_no;
	case_begin(c);
	MUST(c, store_mail_result(c->store, &r, &c->e));
	case_commit(c);
	return d->id;
}

static void trial_takes_a_mail_that_was_not_refused_before(void **state)
{
	struct mail_claim k = { .owner = "a",
				.route = "r",
				.now = CASE_NOW,
				.lease_until = CASE_NOW + 900,
				.limit = 1,
				.trial = true };
	struct store_case *c = *state;
	int64_t put_off, refused, fresh;
	struct delivery *d;
	struct ground g;
	size_t n;

	case_begin(c);
	g = lay_ground(c);
	refused = case_mail(c, g.warning, g.contact, SEVERITY_CRITICAL, CASE_NOW - 99);
	case_commit(c);
	assert_int_equal(answered_with(c, 554), refused);
	case_begin(c);
	MUST(c, store_mail_hold(c->store, refused, CASE_NOW, &c->e));
	put_off = case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW - 99);
	case_commit(c);
	assert_int_equal(answered_with(c, 451), put_off);
	case_begin(c);
	MUST(c, store_mail_release(c->store, refused, CASE_NOW, &c->e));
	fresh = case_mail(c, g.warning, g.contact, SEVERITY_LOW, CASE_NOW);
	for (int i = 0; i < 3; i++) {
		const int64_t want[] = { fresh, put_off, refused };
		const int code[] = { 0, 451, 554 };

		MUST(c, store_mail_claim(c->store, &c->arena, &k, &d, &n, &c->e));
		assert_int_equal(n, 1);
		assert_int_equal(d->id, want[i]);
		assert_int_equal(d->last_code, code[i]);
	}
	MUST(c, store_mail_claim(c->store, &c->arena, &k, &d, &n, &c->e));
	assert_int_equal(n, 0);
	case_commit(c);
}

static void one_batch_has_the_most_severe_first(void **state)
{
	struct store_case *c = *state;
	int64_t low, high, early;
	struct delivery *d;
	struct ground g;

	case_begin(c);
	g = lay_ground(c);
	low = case_mail(c, g.warning, g.contact, SEVERITY_LOW, CASE_NOW - 9);
	high = case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW);
	early = case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW - 5);
	case_commit(c);
	assert_int_equal(claim(c, c->store, "a", CASE_NOW, 9, &d), 3);
	assert_int_equal(d[0].id, early);
	assert_int_equal(d[1].id, high);
	assert_int_equal(d[2].id, low);
}

static void deferred_waits_for_its_time(void **state)
{
	struct store_case *c = *state;
	struct delivery *d;
	struct ground g;

	case_begin(c);
	g = lay_ground(c);
	case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW);
	case_commit(c);
	assert_int_equal(claim(c, c->store, "a", CASE_NOW, 1, &d), 1);
	assert_int_equal(result(c, c->store, d, MAIL_DEFERRED), 0);
	assert_int_equal(claim(c, c->store, "a", CASE_NOW + 299, 1, &d), 0);
	assert_int_equal(claim(c, c->store, "a", CASE_NOW + 300, 1, &d), 1);
	assert_int_equal(d->attempts, 2);
	assert_int_equal(d->lease_no, 2);
}

/*
 * What is claimed while it is added has the same row, lease and attempt as what is claimed later.
 */
static void added_and_claimed_at_once(void **state)
{
	struct store_case *c = *state;
	struct mail_claim k = { .owner = "node1",
				.route = "r",
				.now = CASE_NOW,
				.lease_until = CASE_NOW + 900 };
	struct delivery twin = { .env_from = "bounces@example.nl",
				 .env_to = "info@example.nl",
				 .message_id = "<twin@example.nl>",
				 .envid = "",
				 .bytes = "Subject: x\r\n\r\ny\r\n",
				 .len = 17,
				 .priority = SEVERITY_HIGH,
				 .next_try = CASE_NOW,
				 .give_up_at = CASE_NOW + 86400 };
	struct delivery *later, *none;
	struct mail_row a, b;
	struct ground g;

	case_begin(c);
	g = lay_ground(c);
	case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW);
	case_commit(c);
	assert_int_equal(claim(c, c->store, "node1", CASE_NOW, 1, &later), 1);
	twin.warning_id = g.warning;
	twin.contact_id = g.contact;
	case_begin(c);
	MUST(c, store_new_id(c->store, &twin.id, &c->e));
	MUST(c, store_mail_add_claimed(c->store, &twin, &k, &c->e));
	case_commit(c);
	assert_int_equal(twin.lease_no, later->lease_no);
	assert_int_equal(twin.attempts, later->attempts);
	assert_int_equal(twin.state, later->state);
	MUST(c, store_mail_get(c->store, &c->arena, &a, later->id, &c->e));
	MUST(c, store_mail_get(c->store, &c->arena, &b, twin.id, &c->e));
	assert_int_equal(a.state, b.state);
	assert_int_equal(a.state_at, b.state_at);
	assert_int_equal(a.attempts, b.attempts);
	assert_int_equal(a.next_try, b.next_try);
	assert_attempts(c, twin.id, "0--1 r    0 ;");
	assert_int_equal(claim(c, c->store, "node2", CASE_NOW + 1, 9, &none), 0);
	/* both are this owner's to recover; after that neither result counts any more */
	case_begin(c);
	assert_int_equal(recover(c, c->store, "node1", CASE_NOW, 1), 1); /* no more at once */
	assert_int_equal(recover(c, c->store, "node1", CASE_NOW, 9), 1);
	case_commit(c);
	assert_attempts(c, twin.id, "0-0 r unknown   0 ;");
	MUST_BE(c, ERR_CONFLICT, result(c, c->store, &twin, MAIL_ACCEPTED));
}

static void claim_without_commit_never_was(void **state)
{
	struct mail_claim k = {
		.owner = "a", .route = "r", .now = CASE_NOW, .lease_until = CASE_NOW + 9, .limit = 1
	};
	struct store_case *c = *state;
	struct delivery *d;
	struct ground g;
	int64_t id;
	size_t n;

	case_begin(c);
	g = lay_ground(c);
	id = case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW);
	case_commit(c);
	case_begin(c);
	MUST(c, store_mail_claim(c->store, &c->arena, &k, &d, &n, &c->e));
	assert_attempts(c, id, "0--1 r    0 ;");
	store_rollback(c->store);
	assert_int_equal(n, 1);
	assert_int_equal(case_mail_state(c, id), MAIL_READY);
	assert_attempts(c, id, "");
}

static void person_may_do_only_what_the_state_allows(void **state)
{
	static const struct {
		enum mail_state state;
		bool hold, release, cancel;
	} rules[] = {
		{ MAIL_READY, true, false, true },       { MAIL_DEFERRED, true, true, true },
		{ MAIL_IN_FLIGHT, false, false, false }, { MAIL_HELD, false, true, true },
		{ MAIL_UNKNOWN, false, true, true },     { MAIL_EXPIRED, false, true, false },
		{ MAIL_ACCEPTED, false, false, false },  { MAIL_REFUSED, false, false, false },
		{ MAIL_BOUNCED, false, false, false },   { MAIL_DELAYED, false, false, false },
		{ MAIL_CONFIRMED, false, false, false }, { MAIL_CANCELLED, false, false, false },
	};
	struct store_case *c = *state;
	struct ground g;

	case_begin(c);
	g = lay_ground(c);
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		for (int action = 0; action < 3; action++) {
			int64_t id =
				case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW + 500);
			bool allowed = action == 0   ? rules[i].hold
			               : action == 1 ? rules[i].release
			                             : rules[i].cancel;
			enum mail_state want = action == 0   ? MAIL_HELD
			                       : action == 1 ? MAIL_READY
			                                     : MAIL_CANCELLED;
			struct mail_row m;
			int rc;

			MUST(c,
			     store_mail_set_state(c->store, id, rules[i].state, CASE_NOW, &c->e));
			rc = action == 0   ? store_mail_hold(c->store, id, CASE_NOW, &c->e)
			     : action == 1 ? store_mail_release(c->store, id, CASE_NOW + 3, &c->e)
			                   : store_mail_cancel(c->store, id, CASE_NOW, &c->e);
			store_case_must(c, rc, allowed ? 0 : ERR_CONFLICT,
			                mail_state_words[rules[i].state], __FILE__, __LINE__);
			MUST(c, store_mail_get(c->store, &c->arena, &m, id, &c->e));
			assert_int_equal(m.state, allowed ? want : rules[i].state);
			assert_int_equal(m.next_try, CASE_NOW + (allowed && action == 1 ? 3 : 500));
		}
	}
	case_commit(c);
}

static void cancel_open_leaves_what_went_out(void **state)
{
	struct store_case *c = *state;
	struct queue_counts counts;
	int64_t n, id[6];
	static const enum mail_state states[] = { MAIL_READY,   MAIL_DEFERRED,  MAIL_HELD,
		                                  MAIL_UNKNOWN, MAIL_IN_FLIGHT, MAIL_ACCEPTED };
	struct ground g;

	case_begin(c);
	g = lay_ground(c);
	for (int i = 0; i < 6; i++) {
		id[i] = case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW);
		MUST(c, store_mail_set_state(c->store, id[i], states[i], CASE_NOW, &c->e));
	}
	MUST(c, store_queue_counts(c->store, &counts, &c->e));
	assert_int_equal(counts.waiting, 2);
	assert_int_equal(counts.held, 1);
	assert_int_equal(counts.in_flight, 1);
	assert_int_equal(counts.unknown, 1);
	MUST(c, store_mail_cancel_open(c->store, g.warning, CASE_NOW, CASE_NOW, &n, &c->e));
	assert_int_equal(n, 0);
	MUST(c, store_mail_cancel_open(c->store, g.warning, CASE_NOW + 1, CASE_NOW, &n, &c->e));
	case_commit(c);
	assert_int_equal(n, 4);
	for (int i = 0; i < 6; i++)
		assert_int_equal(case_mail_state(c, id[i]), i < 4 ? MAIL_CANCELLED : states[i]);
}

static int note_mail(void *arg, const struct mail_row *m, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%s %d;", mail_state_words[m->state], m->priority);
	return 0;
}

static void lists(void **state)
{
	struct store_case *c = *state;
	struct buf b = BUF_INIT;
	struct ground g;
	struct queue_counts n;
	struct delivery *d;
	int64_t id;

	case_begin(c);
	g = lay_ground(c);
	case_mail(c, g.warning, g.contact, SEVERITY_LOW, CASE_NOW);
	case_mail(c, g.warning, g.contact, SEVERITY_CRITICAL, CASE_NOW);
	id = case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW);
	MUST(c, store_mail_set_state(c->store, id, MAIL_ACCEPTED, CASE_NOW, &c->e));
	case_commit(c);
	MUST(c, store_mail_each(c->store, NULL, 0, note_mail, &b, &c->e));
	assert_string_equal(b.s, "ready 4;ready 1;");
	buf_reset(&b);
	MUST(c, store_mail_each(c->store, "accepted", 0, note_mail, &b, &c->e));
	assert_string_equal(b.s, "accepted 3;");
	buf_reset(&b);
	MUST(c, store_mail_each(c->store, NULL, g.warning, note_mail, &b, &c->e));
	assert_string_equal(b.s, "ready 1;ready 4;accepted 3;");
	assert_int_equal(claim(c, c->store, "a", CASE_NOW, 1, &d), 1);
	buf_reset(&b);
	MUST(c, store_mail_each(c->store, NULL, 0, note_mail, &b, &c->e));
	assert_string_equal(b.s, "in_flight 4;ready 1;");
	buf_reset(&b);
	MUST(c, store_mail_each(c->store, "in_flight", 0, note_mail, &b, &c->e));
	MUST(c, store_mail_each(c->store, "ready", 0, note_mail, &b, &c->e));
	MUST(c, store_mail_each(c->store, "held", 0, note_mail, &b, &c->e));
	assert_string_equal(b.s, "in_flight 4;ready 1;");
	MUST(c, store_queue_counts(c->store, &n, &c->e));
	assert_int_equal(n.waiting, 1);
	assert_int_equal(n.in_flight, 1);
	assert_int_equal(n.held + n.unknown, 0);
	buf_clear(&b);
}

/* Accepted behind after and until then; both in seconds behind CASE_NOW. */
static int silent(struct store_case *c, int64_t after, int64_t until, int64_t id[4])
{
	struct accepted_place place = { CASE_NOW + after, INT64_MAX };
	int n;

	MUST(c, store_contacts_silent(c->store, &place, CASE_NOW + until, id, 4, &n, &c->e));
	return n;
}

/* Each call looks at what lies behind the last one, whatever became of the contacts. */
static void silent_ones_are_looked_at_once(void **state)
{
	enum { MAILS = 7, LIMIT = 3 };
	struct store_case *c = *state;
	struct accepted_place place = { CASE_NOW, INT64_MAX };
	int64_t id[LIMIT];
	struct ground g;
	int n, all = 0, calls = 0;

	case_begin(c);
	g = lay_ground(c);
	for (int i = 0; i < MAILS; i++) /* two and two in the same second */
		MUST(c,
		     store_mail_set_state(
			     c->store, case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW),
			     MAIL_ACCEPTED, CASE_NOW + 1 + i / 2, &c->e));
	do {
		int64_t before = place.at;

		MUST(c, store_contacts_silent(c->store, &place, CASE_NOW + 99, id, LIMIT, &n,
		                              &c->e));
		assert_true(place.at >= before);
		all += n;
		calls++;
	} while (n == LIMIT);
	assert_int_equal(all, MAILS);
	assert_int_equal(calls, 3);
	case_commit(c);
}

static void silence_is_told_once_per_contact(void **state)
{
	struct store_case *c = *state;
	struct contact_change proven = { .from = CONTACT_UNPROVEN,
		                         .to = CONTACT_PROVEN,
		                         .reason = "",
		                         .evidence = "",
		                         .at = CASE_NOW };
	struct ground g;
	int64_t id[4];

	case_begin(c);
	g = lay_ground(c);
	for (int i = 0; i < 2; i++)
		MUST(c,
		     store_mail_set_state(
			     c->store, case_mail(c, g.warning, g.contact, SEVERITY_HIGH, CASE_NOW),
			     MAIL_ACCEPTED, CASE_NOW + 10, &c->e));
	assert_int_equal(silent(c, 9, 10, id), 2);
	assert_int_equal(id[0], g.contact);
	assert_int_equal(silent(c, 10, 99, id), 0);
	assert_int_equal(silent(c, 0, 9, id), 0);
	proven.contact_id = g.contact;
	MUST(c, store_contact_change(c->store, &proven, &c->e));
	assert_int_equal(silent(c, 0, 99, id), 0);
	case_commit(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(mail_comes_back_as_it_was),
		STORE_TEST(two_senders_never_get_the_same_mail),
		STORE_TEST(late_result_of_a_lost_lease_changes_nothing),
		STORE_TEST(recover_by_owner_leaves_the_others),
		STORE_TEST(most_severe_then_longest_due_goes_first),
		STORE_TEST(trial_takes_a_mail_that_was_not_refused_before),
		STORE_TEST(one_batch_has_the_most_severe_first),
		STORE_TEST(deferred_waits_for_its_time),
		STORE_TEST(added_and_claimed_at_once),
		STORE_TEST(claim_without_commit_never_was),
		STORE_TEST(person_may_do_only_what_the_state_allows),
		STORE_TEST(cancel_open_leaves_what_went_out),
		STORE_TEST(lists),
		STORE_TEST(silent_ones_are_looked_at_once),
		STORE_TEST(silence_is_told_once_per_contact),
	};

	return cmocka_run_group_tests_name("store_mail", tests, NULL, NULL);
}
