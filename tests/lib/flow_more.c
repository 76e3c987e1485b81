/*
 * flow_more: more findings of company A of flow_world, which was warned, and the mails about them.
 */
#include "test.h"

#include "flow_more.h"
#include "flow_warn.h"
#include "num.h"
#include "sample_finding.h"
#include "store_finding.h"
#include "store_warning.h"

static const char armour[] = "-----BEGIN PGP SIGNATURE-----\n\niHUEARYKAB0=\n=abcd\n"
			     "-----END PGP SIGNATURE-----\n";

static void must(int rc, const struct err *e)
{
	if (rc < 0)
		fail_msg("%s", e->text);
}

static int queue_room(void *arg)
{
	const struct flow_more *m = arg;

	return MORE_TICKETS - m->n_ticket;
}

static int queue_ask(void *arg, const struct sign_request *r, struct err *e)
{
	struct flow_more *m = arg;

	if (r->n > SIGN_ENTITY_MAX)
		return err_set(e, ERR_PERM, "too long to be signed");
	m->ticket[m->n_ticket++] = r->ticket;
	return 0;
}

static int queue_take(void *arg, struct sign_answer *out)
{
	struct flow_more *m = arg;

	if (m->n_ticket == 0)
		return 0;
	*out = (struct sign_answer){
		.ticket = m->ticket[--m->n_ticket], .armour = armour, .micalg = "pgp-sha512"
	};
	return 1;
}

static int sign_now(void *arg, struct buf *signature, char micalg[MICALG_TEXT], const void *data,
                    size_t n, struct err *e)
{
	UNUSED(arg);
	UNUSED(data);
	UNUSED(n);
	UNUSED(e);
	buf_addstr(signature, armour);
	snprintf(micalg, MICALG_TEXT, "pgp-sha512");
	return 0;
}

void flow_more_open(struct flow_more *m)
{
	const char *top = getenv("top_srcdir");
	struct err e = ERR_INIT;

	m->n_ticket = 0;
	flow_world_open(&m->w);
	snprintf(m->templates, sizeof(m->templates), "%s/tests/data/templates",
	         top != NULL ? top : ".");
	m->w.conf.templates = m->templates;
	m->w.conf.gateway = (struct conf_gateway){ .name = "Dienst",
		                                   .organisation = "Stichting Dienst",
		                                   .from = "dienst@dienst.example",
		                                   .reply_address = "dienst@dienst.example",
		                                   .bounce_address = "dienst@dienst.example",
		                                   .phone = "+31 20 5550100",
		                                   .website = "www.dienst.example",
		                                   .node = 1 };
	m->w.conf.sign.fingerprint = "0123456789ABCDEF0123456789ABCDEF01234567";
	m->w.g.sign_queue =
		(struct sign_queue){ queue_room, queue_ask, queue_take, NULL, m };
	m->w.g.signer = (struct signer){ .sign = sign_now };
	must(gateway_need(&m->w.g, GATEWAY_TEMPLATES, &e), &e);
}

void flow_more_close(struct flow_more *m)
{
	flow_world_close(&m->w);
}

static void get_incident(struct flow_more *m, struct incident *in, struct arena *a)
{
	struct err e = ERR_INIT;

	must(store_incident_by_slug(m->w.g.store, a, in, "rdp", &e), &e);
}

void flow_more_finding(struct flow_more *m, int company, const char *ip)
{
	struct finding f = sample_finding();
	struct store *s = m->w.g.store;
	struct arena a = ARENA_INIT;
	struct err e = ERR_INIT;
	struct incident in;
	bool is_new;

	get_incident(m, &in, &a);
	f.incident_id = in.id;
	f.seen_at = m->w.now;
	arena_clear(&a);
	assert_true(ip_parse(&f.ip, ip));
	must(store_begin(s, &e), &e);
	must(store_finding_add(s, &f, ip, "{}", m->w.now, &is_new, &e), &e);
	must(store_finding_add_owner(s, &f, m->w.of[company].company, 0, "network", &e), &e);
	must(store_finding_set_state(s, f.id, FINDING_MATCHED, &e), &e);
	must(store_commit(s, &e), &e);
}

struct warn_run *flow_more_begin(struct flow_more *m, struct incident *in, struct arena *a)
{
	get_incident(m, in, a);
	return warn_run_new(&m->w.g, in);
}

void flow_more_step(struct flow_more *m, struct warn_run *r)
{
	struct err e = ERR_INIT;

	if (warn_run_wants_turn(r)) {
		must(store_begin(m->w.g.store, &e), &e);
		must(warn_run_turn(r, NULL, NULL, &e), &e);
		must(store_commit(m->w.g.store, &e), &e);
	}
	must(warn_run_work(r, &e), &e);
}

void flow_more_warn(struct flow_more *m)
{
	struct arena a = ARENA_INIT;
	struct incident in;
	struct warn_run *r = flow_more_begin(m, &in, &a);

	while (!warn_run_done(r))
		flow_more_step(m, r);
	warn_run_free(r);
	arena_clear(&a);
}

void flow_more_escalate(struct flow_more *m)
{
	struct warn_count count;
	int64_t after = 0;
	struct err e = ERR_INIT;

	must(flow_escalate(&m->w.g, &after, &count, &e), &e);
}

int64_t flow_more_mail(const struct flow_more *m, int company)
{
	char sql[128], text[24];
	int64_t id = 0;

	snprintf(sql, sizeof(sql),
	         "SELECT id FROM mail WHERE warning_id = %" PRId64 " ORDER BY id DESC LIMIT 1",
	         m->w.of[company].warning);
	flow_world_get(&m->w, text, sizeof(text), sql);
	assert_true(num_parse(&id, text, 1, INT64_MAX));
	return id == m->w.of[company].mail ? 0 : id;
}
