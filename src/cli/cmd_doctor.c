/*
 * cmd_doctor: "doctor": looks at everything a warning passes and says what to do about what is
 * wrong.
 *
 * Invariant: nothing is changed, and nothing leaves the machine without --network.  A check that
 * fails does not stop the others. Input: the configuration and what it names, written by the
 * administrator.
 */
#include "base.h"

#include <sys/stat.h>

#include "advice_kinds.h"
#include "cli.h"
#include "deliver_check.h"
#include "doctor_net.h"
#include "fdio.h"
#include "flow_deliver.h"
#include "flow_inbox.h"
#include "mailaddr.h"
#include "route_state.h"
#include "store_register.h"
#include "word.h"

enum grade { GRADE_OK, GRADE_NOTE, GRADE_PROBLEM };

struct doctor {
	struct cli *c;
	struct table *table;
	const char *check; /* the one that runs */
	int problems;
	bool network;
};

/* check: name of the part.  result: OK, NOTE (works, but know this) or PROBLEM.  text: what was
 * seen and what to do. */
static const struct column doctor_columns[] = {
	{ "check", COLUMN_TEXT, 0 }, { "result", COLUMN_TEXT, 0 }, { "text", COLUMN_TEXT, 0 },
};

static void say(struct doctor *d, enum grade grade, const char *fmt, ...) PRINTF_LIKE(3, 4);

static void say(struct doctor *d, enum grade grade, const char *fmt, ...)
{
	static const char *const words[] = { "OK", "NOTE", "PROBLEM", NULL };
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	d->problems += grade == GRADE_PROBLEM;
	table_add(d->table,
		  (const struct cell[]){ CELL_TEXT(d->check), CELL_TEXT(word_of(words, (int)grade)),
					 CELL_TEXT(text.s) });
	buf_clear(&text);
}

static bool have(struct doctor *d, unsigned parts)
{
	struct err e = ERR_INIT;

	if (cli_need(d->c, parts, &e) == 0)
		return true;
	say(d, GRADE_PROBLEM, "%s", e.text);
	return false;
}

/* Nobody outside may do with a file of ours what bits (of a mode) allow. */
static bool check_mode(struct doctor *d, const char *path, mode_t bits, const char *what)
{
	struct stat st;

	if (stat(path, &st) < 0 || (st.st_mode & bits) == 0)
		return true;
	say(d, GRADE_PROBLEM, "%s can be %s by every user of this machine: chmod %o %s", path,
	    what, (unsigned)(st.st_mode & 0770), path);
	return false;
}

/* Nothing comes or goes under the addresses that 'init' writes. */
static bool is_sample_address(const char *s)
{
	return s[0] == '<' || strcmp(mailaddr_domain(s), "gateway.example") == 0;
}

/* What 'init' could not know stands between < and >, and would go out in every mail. */
static void check_gateway(struct doctor *d)
{
	const struct conf_gateway *g = &d->c->conf->gateway;
	const struct {
		const char *name, *value, *what;
	} list[] = {
		{ "name", g->name, "companies would read that" },
		{ "organisation", g->organisation, "companies would read that" },
		{ "phone", g->phone, "companies would read that" },
		{ "website", g->website, "companies would read that" },
		{ "from", g->from, "no such domain can be" },
		{ "reply_address", g->reply_address, "no answer can come there" },
		{ "bounce_address", g->bounce_address, "no bounce can come there" },
	};
	bool good = check_mode(d, d->c->conf->file, S_IWOTH, "changed");

	for (size_t i = 0; i < ARRAY_SIZE(list); i++) {
		if (!is_sample_address(list[i].value))
			continue;
		say(d, GRADE_PROBLEM, "gateway.%s is still %s: %s", list[i].name, list[i].value,
		    list[i].what);
		good = false;
	}
	if (good)
		say(d, GRADE_OK, "%s", d->c->conf->file);
}

/* Larger stores take minutes to look through, and doctor is to be asked often. */
static bool is_large(const char *path)
{
	const off_t large = (off_t)2 << 30;
	struct stat st;

	return stat(path, &st) == 0 && st.st_size > large;
}

static void check_store(struct doctor *d)
{
	const char *path = d->c->conf->store;
	char version[16] = "";
	struct err e = ERR_INIT;

	if (!have(d, GATEWAY_STORE) ||
	    !check_mode(d, path, S_IRWXO, "read or changed"))
		return;
	if (store_meta_get(d->c->gateway.store, "schema", version, sizeof(version), &e) < 0 ||
	    (!is_large(path) && store_check(d->c->gateway.store, &e) < 0))
		say(d, GRADE_PROBLEM, "%s", e.text);
	else
		say(d, GRADE_OK, "%s, schema %s", path, version);
	if (is_large(path))
		say(d, GRADE_NOTE,
		    "over 2 GiB, which is not looked through for damage: let quick_check of"
		    " sqlite3 do that");
}

struct partners {
	struct doctor *d;
	uint64_t companies, lost;
};

enum { LOST_TOLD = 10 };

static int check_partner(void *arg, const struct company *k, struct err *e)
{
	struct partners *p = arg;
	struct arena a = ARENA_INIT;
	struct err why = ERR_INIT;
	struct company partner;
	int rc = 0;

	p->companies++;
	if (*k->partner != '\0')
		rc = store_company_by_ref(p->d->c->gateway.store, &a, &partner, k->partner, &why);
	if (rc == ERR_NOTFOUND && p->lost++ < LOST_TOLD)
		say(p->d, GRADE_PROBLEM,
		    "company %s has the partner '%s', which is not in the register: add it, or"
		    " 'seinpost company set %s partner='", k->ref, k->partner, k->ref);
	arena_clear(&a);
	if (rc < 0 && rc != ERR_NOTFOUND) {
		*e = why;
		return rc;
	}
	return 0;
}

static void check_register(struct doctor *d)
{
	struct partners p = { .d = d };
	struct err e = ERR_INIT;

	if (d->c->gateway.store == NULL)
		return;
	if (store_company_each(d->c->gateway.store, check_partner, &p, &e) < 0)
		say(d, GRADE_PROBLEM, "%s", e.text);
	else if (p.lost > LOST_TOLD)
		say(d, GRADE_PROBLEM, "and %" PRIu64 " more such companies", p.lost - LOST_TOLD);
	else if (p.lost == 0)
		say(d, GRADE_OK, "%" PRIu64 " companies", p.companies);
}

static void check_keys(struct doctor *d)
{
	if (have(d, GATEWAY_KEYS))
		say(d, GRADE_OK, "%d of them; the first one signs", d->c->gateway.keys.n);
}

static void template_problem(void *arg, const char *name, unsigned line, const char *text)
{
	say(arg, GRADE_PROBLEM, "%s:%u: %s", name, line, text);
}

static void check_templates(struct doctor *d)
{
	const char *dir = d->c->conf->templates;
	size_t problems = 0;

	for (int l = LANGUAGE_NL; l <= LANGUAGE_EN; l++)
		problems += warn_catalog_check(dir, (enum language)l, template_problem, d);
	if (problems == 0)
		say(d, GRADE_OK, "%s", dir);
}

static void advice_missing(void *arg, const char *who, const char *kind, const char *path)
{
	say(arg, GRADE_PROBLEM, "%s names advice '%s': write %s", who, kind, path);
}

static void check_advice(struct doctor *d)
{
	const struct conf *c = d->c->conf;
	struct err e = ERR_INIT;
	size_t rules;
	int rc = advice_kinds_check(c, c->templates, &rules, advice_missing, d, &e);

	if (rc < 0)
		say(d, GRADE_PROBLEM, "%s", e.text);
	else if (rc == 0 && have(d, GATEWAY_TEMPLATES))
		say(d, GRADE_OK, "%s, %zu rules", c->advice, rules);
}

static void check_signing(struct doctor *d)
{
	/* an armoured signature of an elliptic curve stays under 350 bytes, the smallest of RSA has
	 * over 400 */
	enum { CURVE_SIGNATURE_MAX = 380 };
	static const char probe[] = "Seinpost doctor\r\n";
	const struct conf_sign *s = &d->c->conf->sign;
	struct gateway *g = &d->c->gateway;
	struct buf signature = BUF_INIT;
	char micalg[MICALG_TEXT];
	struct err e = ERR_INIT;

	if (!have(d, GATEWAY_SIGNER))
		return;
	if (g->signer.sign(g->signer.arg, &signature, micalg, probe, sizeof(probe) - 1, &e) < 0 ||
	    g->signer.verify(g->signer.arg, probe, sizeof(probe) - 1, signature.s, signature.len,
			     &e) < 0) {
		say(d, GRADE_PROBLEM, "%s", e.text);
	} else {
		say(d, GRADE_OK, "key %s signs and verifies, %s", s->fingerprint, micalg);
		if (signature.len > CURVE_SIGNATURE_MAX)
			say(d, GRADE_NOTE,
			    "this is an RSA key: under 180 mails a second; Ed25519 does some"
			    " 2,000");
	}
	if (s->passphrase_file != NULL && *s->passphrase_file != '\0')
		say(d, GRADE_NOTE,
		    "the key has a passphrase, which is worked out anew for every signature: some"
		    " three mails a "
		    "second; a key without one is guarded by file permissions and fast");
	buf_clear(&signature);
}

static bool check_password(struct doctor *d, const char *file, const char *name, struct buf *out)
{
	struct err e = ERR_INIT;
	bool good = file == NULL || *file == '\0' || file_read_secret(out, file, &e) == 0;

	if (!good)
		say(d, GRADE_PROBLEM, "%s: %s", name, e.text);
	return good;
}

static void forget(struct buf *password)
{
	explicit_bzero(password->s, password->len);
	buf_clear(password);
}

static void check_route(struct doctor *d, const struct conf_route *r)
{
	struct buf password = BUF_INIT;
	struct deliver_route sent;
	struct err e = ERR_INIT;

	if (!check_password(d, r->password_file, r->name, &password))
		goto out;
	/* by the same rules as the sender */
	sent = flow_route(r, password.s);
	if (deliver_check_route(&sent, &e) < 0 || (d->network && doctor_smtp(&sent, &e) < 0))
		say(d, GRADE_PROBLEM, "%s: %s", r->name, e.text);
	else
		say(d, GRADE_OK, "%s: %s port %d%s", r->name, r->host, r->port,
		    d->network ? " answers" : ", not tried (--network)");
out:
	forget(&password);
}

static void check_routes(struct doctor *d)
{
	const struct conf *conf = d->c->conf;

	if (conf->n_routes == 0)
		say(d, GRADE_PROBLEM, "none: no mail can leave; add one to 'routes' in %s",
		    conf->file);
	for (size_t i = 0; i < conf->n_routes; i++)
		check_route(d, &conf->routes[i]);
}

/* A stop or pause that somebody forgot looks like mail that nobody answers. */
static void check_sending(struct doctor *d)
{
	struct buf text = BUF_INIT;
	struct err e = ERR_INIT;

	if (!have(d, GATEWAY_STORE))
		return;
	if (route_state_trouble(d->c, &text, &e) < 0)
		say(d, GRADE_PROBLEM, "%s", e.text);
	else if (text.len > 0)
		say(d, GRADE_NOTE, "%s", text.s);
	else
		say(d, GRADE_OK, "neither stopped nor paused");
	buf_clear(&text);
}

static int try_inbox(const struct conf_inbox *in, struct err *e)
{
	struct buf password = BUF_INIT;
	struct inbox_settings s;
	struct inbox *box = NULL;
	int rc = flow_inbox_settings(in, &s, &password, e);

	if (rc == 0)
		rc = inbox_open(&box, &s, e);
	inbox_close(box);
	forget(&password);
	return rc;
}

static void check_inbox(struct doctor *d, const struct conf_inbox *in)
{
	bool local = strcmp(in->kind, "maildir") == 0, tried = d->network || local;
	struct buf password = BUF_INIT;
	struct err e = ERR_INIT;

	if (check_password(d, in->password_file, in->name, &password)) {
		if (tried && try_inbox(in, &e) < 0)
			say(d, GRADE_PROBLEM, "%s", e.text);
		else
			say(d, GRADE_OK, "%s: %s%s", in->name, local ? in->path : in->host,
			    tried ? " opens" : ", not tried (--network)");
	}
	forget(&password);
}

static void check_inboxes(struct doctor *d)
{
	const struct conf *conf = d->c->conf;

	if (conf->n_inboxes == 0)
		say(d, GRADE_NOTE,
		    "none: bounces and answers have to come in by 'seinpost receive'");
	for (size_t i = 0; i < conf->n_inboxes; i++)
		check_inbox(d, &conf->inboxes[i]);
}

static void examine(struct doctor *d)
{
	static const struct {
		const char *name;
		void (*run)(struct doctor *d);
	} checks[] = {
		{ "store", check_store },         { "register", check_register },
		{ "token keys", check_keys },
		{ "templates", check_templates }, { "advice", check_advice },
		{ "signing", check_signing },     { "routes", check_routes },
		{ "sending", check_sending },     { "inboxes", check_inboxes },
	};

	d->check = "configuration";
	if (!have(d, 0))
		return;
	check_gateway(d);
	for (size_t i = 0; i < ARRAY_SIZE(checks); i++) {
		d->check = checks[i].name;
		checks[i].run(d);
	}
}

int cmd_doctor(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *format = NULL;
	struct table t;
	struct doctor d = { .c = c, .table = &t };
	const struct option_spec spec[] = { { "format", &format, NULL },
					    { "network", NULL, &d.network } };
	enum table_format f = TABLE_TEXT;
	char **args;
	int n, rc;

	if ((rc = cli_options(argc, argv, spec, ARRAY_SIZE(spec), &args, &n, e)) < 0 ||
	    (rc = cli_count(n, 0, 0, "doctor", e)) < 0 || (rc = cli_format(format, &f, e)) < 0)
		return rc;
	table_init(&t, f, doctor_columns, ARRAY_SIZE(doctor_columns));
	examine(&d);
	if ((rc = table_print(&t, NULL, e)) < 0)
		return rc;
	return d.problems > 0 ? EXIT_CONF : EXIT_DONE;
}
