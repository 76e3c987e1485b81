/*
 * flow_intake: findings of a feed into the store.
 *
 * Without an incident of their own, findings go to an automatic one named after their advice and
 * the day they came in ("open-rdp-2026-11-22"): a match of a participant needs no person in
 * between.  It has no title: companies read the title of the advice, in their own language.
 */
#include "base.h"

#include <jansson.h>

#include "buf.h"
#include "crypto.h"
#include "fdio.h"
#include "flow_intake.h"
#include "idn.h"
#include "store_finding.h"

enum { ROWS_PER_TRANSACTION = 500, ADVICE_FILE_MAX = 1 << 20, AUTOMATIC_MOST = 99,
       SECONDS_A_DAY = 86400, QUIET_KEPT = 32 };

struct intake_run {
	struct gateway *g;
	const struct intake_request *request;
	struct intake_report *report;
	/* the one asked for, or the automatic one used last; id 0: its first finding opens it */
	struct incident incident;
	char automatic[REF_MAX + 1]; /* name of the automatic ones of that advice and day */
	/* of the advices met last; a feed may mix many */
	struct quiet {
		char advice[REF_MAX + 1];
		uint64_t days; /* bit N: an automatic incident of N days ago is there */
	} quiet[QUIET_KEPT];
	size_t n_quiet;
	struct arena incident_arena;
	int64_t now;
	int pending;
};

static int flush(struct intake_run *r, struct err *e)
{
	if (r->pending == 0)
		return 0;
	r->pending = 0;
	*r->automatic = '\0'; /* it may be closed before the next transaction */
	return store_commit(r->g->store, e);
}

/* The first incident of that name that is not closed, or the name of one to be opened (id 0). */
static int find_automatic(struct intake_run *r, struct err *e)
{
	struct arena *a = &r->incident_arena;
	char *slug = r->automatic;

	arena_clear(a);
	for (int n = 2; n <= AUTOMATIC_MOST; n++) {
		struct err missing = ERR_INIT;
		int rc = store_incident_by_slug(r->g->store, a, &r->incident, slug, &missing);

		if (rc == ERR_NOTFOUND) {
			r->incident = (struct incident){ .slug = slug };
			return 0;
		}
		if (rc < 0) {
			*e = missing;
			return rc;
		}
		if (r->incident.state == INCIDENT_OPEN)
			return 0;
		slug = arena_printf(a, "%s-%d", r->automatic, n);
	}
	return err_set(e, ERR_PERM,
	               "%s and %d more of that day are closed; name another with --incident",
	               r->automatic, AUTOMATIC_MOST - 2);
}

/* What the automatic incident of so many days ago is called. */
static void automatic_name(char name[REF_MAX + 1], const struct intake_run *r, const char *advice,
                           int ago)
{
	char day[TIME_TEXT];

	snprintf(name, REF_MAX + 1, "%.50s-%s", advice,
	         time_format_date(day, r->now - (int64_t)ago * SECONDS_A_DAY));
}

static int automatic_incident(struct intake_run *r, const struct finding *f, struct err *e)
{
	char name[REF_MAX + 1];

	automatic_name(name, r, f->advice, 0);
	if (r->incident.id != 0 && strcmp(r->automatic, name) == 0)
		return 0;
	memcpy(r->automatic, name, sizeof(name));
	return find_automatic(r, e);
}

static int open_automatic(struct intake_run *r, const struct finding *f, struct err *e)
{
	const char *slug = r->incident.slug;

	r->incident = (struct incident){
		.slug = slug, .title = "", .advice = "auto", .tlp = TLP_GREEN,
		.severity = f->severity, .deadline_days = r->g->conf->deadline_days,
		.state = INCIDENT_OPEN, .opened_at = r->now,
	};
	if (slug != r->automatic && r->request->reopened != NULL)
		r->request->reopened(r->request->arg, r->automatic, slug);
	return store_incident_add(r->g->store, &r->incident, e);
}

/* The worst of its findings says how much haste an automatic incident has, not its first. */
static int raise_automatic(struct intake_run *r, const struct finding *f, struct err *e)
{
	if (r->request->incident != NULL || f->severity <= r->incident.severity)
		return 0;
	r->incident.severity = f->severity;
	return store_incident_set_severity(r->g->store, r->incident.id, f->severity, e);
}

static void extra_as_json(struct buf *out, const struct finding *f)
{
	json_t *o = json_object();
	char *text;

	for (size_t i = 0; i < f->n_extra; i++)
		json_object_set_new(o, f->extra[i].name, json_string(f->extra[i].value));
	text = json_dumps(o, JSON_COMPACT);
	buf_addstr(out, text ? text : "{}");
	free(text);
	json_decref(o);
}

/* The incident's advice counts for everything but systems that are broken into already. */
static const char *choose_advice(const struct incident *in, const struct finding *f)
{
	return strcmp(in->advice, "auto") == 0 || f->compromised ? f->advice : in->advice;
}

/*
 * The same finding is one, whichever of the automatic incidents of its day it is in and when in
 * these days it was seen.
 */
static int identify(const struct intake_run *r, const struct finding *f, const char *automatic,
                    char hex[65], struct err *e)
{
	struct buf identity = BUF_INIT;
	struct finding undated = *f;
	uint8_t digest[32];
	int rc;

	undated.seen_at = 0;
	if (r->request->incident == NULL)
		finding_identity(&identity, &undated, automatic);
	else
		finding_identity(&identity, f, r->incident.slug);
	rc = crypto_sha256(digest, identity.s, identity.len, e);
	if (rc == 0)
		crypto_hex(hex, digest);
	buf_clear(&identity);
	return rc;
}

/* Which of the days before have an automatic incident of q's advice. */
static int find_quiet(const struct intake_run *r, struct quiet *q, struct err *e)
{
	struct arena a = ARENA_INIT;
	int rc = 0;

	q->days = 0;
	for (int ago = 1; ago <= r->g->conf->quiet_days && rc == 0; ago++) {
		char name[REF_MAX + 1];
		struct err missing = ERR_INIT;
		struct incident in;

		automatic_name(name, r, q->advice, ago);
		rc = store_incident_by_slug(r->g->store, &a, &in, name, &missing);
		if (rc == 0)
			q->days |= UINT64_C(1) << ago;
		else if (rc == ERR_NOTFOUND)
			rc = 0;
		else
			*e = missing;
	}
	arena_clear(&a);
	return rc;
}

/* Incidents of days gone by do not come into being while a feed is read: each is asked for once. */
static int quiet_days_of(struct intake_run *r, const char *advice, uint64_t *days, struct err *e)
{
	struct quiet *q;
	int rc;

	for (size_t i = 0; i < r->n_quiet && i < QUIET_KEPT; i++)
		if (strcmp(r->quiet[i].advice, advice) == 0) {
			*days = r->quiet[i].days;
			return 0;
		}
	q = &r->quiet[r->n_quiet % QUIET_KEPT];
	snprintf(q->advice, sizeof(q->advice), "%s", advice);
	if ((rc = find_quiet(r, q, e)) < 0)
		return rc;
	*days = q->days;
	r->n_quiet++;
	return 0;
}

/*
 * 1: its owner was told in the days before, or is about to be, and has not said since that it is
 * solved.  A feed that comes each day is no reason to write each day.
 */
static int told_lately(struct intake_run *r, const struct finding *f, struct err *e)
{
	uint64_t days = 0;
	int rc = quiet_days_of(r, f->advice, &days, e);

	for (int ago = 1; ago <= r->g->conf->quiet_days && rc == 0; ago++) {
		char name[REF_MAX + 1], hex[65];

		if ((days >> ago & 1) == 0)
			continue;
		automatic_name(name, r, f->advice, ago);
		if ((rc = identify(r, f, name, hex, e)) == 0)
			rc = store_finding_pending(r->g->store, hex, f->seen_at, e);
	}
	return rc;
}

static int add_finding(struct intake_run *r, struct finding *f, struct err *e)
{
	struct buf extra = BUF_INIT;
	bool fresh = false;
	char hex[65];
	int rc = r->request->incident == NULL ? told_lately(r, f, e) : 0;

	if (rc == 1) {
		r->report->known++;
		r->report->earlier++;
		return 0;
	}
	if (rc == 0)
		rc = identify(r, f, r->automatic, hex, e);
	/* one that is known is no reason to open an incident */
	if (rc == 0 && r->incident.id == 0) {
		rc = store_finding_known(r->g->store, hex, e);
		r->report->known += rc == 1;
		if (rc != 0)
			return rc < 0 ? rc : 0;
		rc = open_automatic(r, f, e);
	}
	if (rc < 0)
		return rc;
	extra_as_json(&extra, f);
	f->incident_id = r->incident.id;
	f->advice = choose_advice(&r->incident, f);
	rc = store_finding_add(r->g->store, f, hex, extra.s, r->now, &fresh, e);
	if (rc == 0 && fresh)
		rc = raise_automatic(r, f, e);
	r->report->fresh += rc == 0 && fresh;
	r->report->known += rc == 0 && !fresh;
	buf_clear(&extra);
	return rc;
}

static void note_age(struct intake_run *r, int64_t seen_at)
{
	struct intake_report *n = r->report;

	if (seen_at >= r->now - (int64_t)INTAKE_OLD_DAYS * 86400)
		return;
	if (n->old++ == 0 || seen_at < n->oldest)
		n->oldest = seen_at;
}

static int on_finding(void *arg, const struct finding *found, uint64_t line, struct err *e)
{
	struct intake_run *r = arg;
	struct finding f = *found;
	int rc = 0;

	if (r->pending == 0 && (rc = store_begin(r->g->store, e)) < 0)
		return rc;
	r->pending++;
	if (r->request->incident == NULL)
		rc = automatic_incident(r, &f, e);
	if (rc == 0)
		rc = add_finding(r, &f, e);
	if (rc < 0)
		return err_wrap(e, "%s:%" PRIu64, r->request->file_name, line);
	note_age(r, f.seen_at);
	if (r->request->progress != NULL)
		r->request->progress(r->request->arg, r->report->fresh + r->report->known);
	return r->pending >= ROWS_PER_TRANSACTION ? flush(r, e) : 0;
}

static int on_refused(void *arg, uint64_t line, const char *raw, size_t n, const char *reason,
                      struct err *e)
{
	struct intake_run *r = arg;

	UNUSED(e);
	r->request->refused(r->request->arg, line, raw, n, reason);
	return 0;
}

static int find_mapping(const struct conf *c, const char *name, struct arena *a,
                        struct intake_mapping *out, struct err *e)
{
	for (size_t i = 0; i < c->n_mappings; i++) {
		const struct conf_mapping *m = &c->mappings[i];

		if (strcmp(m->name, name) != 0)
			continue;
		*out = (struct intake_mapping){ .name = m->name,
			                        .feed = m->feed,
			                        .delimiter = m->delimiter,
			                        .advice = m->advice,
			                        .n_columns = m->n_columns };
		out->columns = arena_alloc(a, m->n_columns * sizeof(*out->columns) + 1);
		for (size_t k = 0; k < m->n_columns; k++) {
			out->columns[k].column = m->columns[k].column;
			out->columns[k].field = m->columns[k].field;
		}
		return 0;
	}
	return err_set(e, ERR_USAGE, "no mapping '%s' in %s", name, c->file);
}

int flow_advice_rules(const struct conf *c, struct arena *a, struct advice_rules *out,
                      struct err *e)
{
	struct buf text = BUF_INIT;
	int rc = file_read(&text, c->advice, ADVICE_FILE_MAX, e);

	if (rc == 0)
		rc = advice_rules_parse(out, a, text.s, text.len, c->advice, e);
	buf_clear(&text);
	return rc;
}

static int find_incident(struct intake_run *r, struct err *e)
{
	int rc;

	if (r->request->incident == NULL)
		return 0;
	rc = store_incident_by_slug(r->g->store, &r->incident_arena, &r->incident,
	                            r->request->incident, e);
	if (rc == 0 && r->incident.state != INCIDENT_OPEN)
		rc = err_set(e, ERR_PERM, "incident '%s' is closed", r->incident.slug);
	return rc;
}

int flow_intake(struct gateway *g, const struct intake_request *request, struct intake_report *out,
                struct err *e)
{
	struct intake_run r = { .g = g, .request = request, .report = out, .now = gateway_now(g) };
	struct intake_sink sink = { on_finding, on_refused, &r };
	struct intake_options o = { .format = request->format,
		                    .file_name = request->file_name,
		                    .now = r.now,
		                    .to_ascii = idn_to_ascii };
	struct arena a = ARENA_INIT;
	struct advice_rules rules = { NULL, 0 };
	struct intake_mapping mapping;
	struct intake_count count = { 0 };
	int rc;

	*out = (struct intake_report){ 0 };
	if ((rc = find_incident(&r, e)) < 0 || (rc = flow_advice_rules(g->conf, &a, &rules, e)) < 0)
		goto out;
	o.rules = &rules;
	if (request->mapping != NULL) {
		if ((rc = find_mapping(g->conf, request->mapping, &a, &mapping, e)) < 0)
			goto out;
		o.mapping = &mapping;
	}
	rc = intake_read(&count, request->fd, &o, &sink, e);
	if (rc == 0)
		rc = flush(&r, e);
	out->read = count.read;
	out->refused = count.refused;
out:
	store_rollback(g->store);
	arena_clear(&r.incident_arena);
	arena_clear(&a);
	return rc;
}
