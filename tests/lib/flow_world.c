/*
 * flow_world: a store with two companies that were warned, and a gateway on it.
 */
#include "test.h"

#include <unistd.h>

#include <sqlite3.h>

#include "crypto.h"
#include "flow_world.h"
#include "store_finding.h"
#include "store_mail.h"
#include "store_register.h"
#include "store_warning.h"

enum { LONG_AGO = 1790000000 };

static void must(int rc, const struct err *e)
{
	if (rc < 0)
		fail_msg("%s", e->text);
}

static int64_t world_now(void *arg)
{
	return *(const int64_t *)arg;
}

static int64_t put_contact(struct flow_world *w, int64_t company, const char *address, int rank)
{
	struct contact k = { .company_id = company,
		             .kind = CONTACT_MAIL,
		             .value = address,
		             .name = "",
		             .role = "",
		             .rank = rank,
		             .source = "register",
		             .language = "",
		             .pgp = "" };
	enum put_result what;
	struct err e = ERR_INIT;

	must(store_contact_put(w->g.store, &k, 0, w->now, &what, &e), &e);
	return k.id;
}

static void put_mail(struct flow_world *w, struct world_company *c, const char *to)
{
	struct delivery d = { .warning_id = c->warning,
		              .contact_id = c->contact,
		              .env_to = to,
		              .envid = "",
		              .env_from = "bounces@dienst.example",
		              .message_id = c->message_id,
		              .bytes = "x",
		              .len = 1,
		              .next_try = w->now,
		              .give_up_at = w->now + 86400 };
	struct err e = ERR_INIT;

	must(store_new_id(w->g.store, &d.id, &e), &e);
	snprintf(c->message_id, sizeof(c->message_id), "<%" PRId64 "@dienst.example>", d.id);
	must(store_mail_add(w->g.store, &d, w->now, &e), &e);
	must(store_mail_set_state(w->g.store, d.id, MAIL_ACCEPTED, w->now, &e), &e);
	c->mail = d.id;
}

static void put_company(struct flow_world *w, int i, int64_t incident, const char *ref,
                        const char *const *address)
{
	struct world_company *c = &w->of[i];
	struct company row = { .ref = ref, .name = ref, .partner = "" };
	struct warning warning = { .incident_id = incident,
		                   .ref = c->ref,
		                   .state = WARNING_SENT,
		                   .created_at = w->now,
		                   .deadline_at = w->now + 14 * 86400 };
	enum put_result what;
	struct err e = ERR_INIT;

	must(store_company_put(w->g.store, &row, 0, w->now, &what, &e), &e);
	c->company = row.id;
	c->contact = put_contact(w, c->company, address[0], 1);
	c->second = put_contact(w, c->company, address[1], 2);
	c->third = put_contact(w, c->company, address[2], 3);
	warning.company_id = c->company;
	warning_ref_format(c->ref, (uint64_t)c->company);
	must(store_warning_add(w->g.store, &warning, &e), &e);
	c->warning = warning.id;
	put_mail(w, c, address[0]);
}

void flow_world_open(struct flow_world *w)
{
	static const char *const a[] = { "info@krakeling.example", "it@krakeling.example",
		                         "krakeling@provider.example" };
	static const char *const b[] = { "baas@smid.example", "info@smid.example",
		                         "smid@krakeling.example" };
	static const int first_key[] = { 1, -1 };
	struct incident in = { .slug = "rdp",
		               .title = "Extern bureaublad open",
		               .advice = "open-rdp",
		               .deadline_days = 14 };
	struct err e = ERR_INIT;

	memset(w, 0, sizeof(*w));
	snprintf(w->folder, sizeof(w->folder), "/tmp/seinpost-flow-XXXXXX");
	assert_non_null(mkdtemp(w->folder));
	snprintf(w->store, sizeof(w->store), "%s/db", w->folder);
	w->now = LONG_AGO;
	w->clock = (struct clock){ world_now, &w->now };
	w->conf.file = "test";
	w->conf.token_lifetime = 180 * 86400;
	w->g = (struct gateway){ .conf = &w->conf, .clock = &w->clock, .rng = &system_rng };
	flow_world_keys(w, first_key);
	must(store_open(&w->g.store, w->store, STORE_CREATE, 1, &e), &e);
	must(store_begin(w->g.store, &e), &e);
	must(store_incident_add(w->g.store, &in, &e), &e);
	put_company(w, WORLD_A, in.id, "krakeling", a);
	put_company(w, WORLD_B, in.id, "smid", b);
	must(store_commit(w->g.store, &e), &e);
	w->now += 3600;
}

void flow_world_close(struct flow_world *w)
{
	static const char *const suffix[] = { "", "-wal", "-shm" };
	char path[96];

	gateway_close(&w->g);
	for (size_t i = 0; i < ARRAY_SIZE(suffix); i++) {
		snprintf(path, sizeof(path), "%s%s", w->store, suffix[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(w->folder), 0);
}

static void set_key(struct token_keys *k, int i, int number)
{
	k->key[i].number = (uint8_t)number;
	k->key[i].len = 32;
	memset(k->key[i].bytes, 'k' + number, 32);
}

void flow_world_keys(struct flow_world *w, const int *numbers)
{
	w->g.keys = (struct token_keys){ .hmac = crypto_hmac_sha256 };
	for (; numbers[w->g.keys.n] >= 0; w->g.keys.n++)
		set_key(&w->g.keys, w->g.keys.n, numbers[w->g.keys.n]);
	w->g.have_keys = true;
}

void flow_world_token(char *out, int key, enum token_purpose purpose, int64_t mail_id)
{
	struct token_keys k = { .hmac = crypto_hmac_sha256, .n = 1 };
	struct err e = ERR_INIT;

	set_key(&k, 0, key);
	must(token_make(out, &k, purpose, mail_id, &e), &e);
}

static sqlite3 *open_beside(const struct flow_world *w)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open_v2(w->store, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *q = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	return q;
}

static const char *column(sqlite3_stmt *q, int i)
{
	const unsigned char *s = sqlite3_column_text(q, i);

	return s ? (const char *)s : "";
}

void flow_world_get(const struct flow_world *w, char *out, size_t size, const char *sql)
{
	sqlite3 *db = open_beside(w);
	sqlite3_stmt *q = prepare(db, sql);

	snprintf(out, size, "%s", sqlite3_step(q) == SQLITE_ROW ? column(q, 0) : "");
	sqlite3_finalize(q);
	sqlite3_close(db);
}

static void dump_table(sqlite3 *db, const char *table, struct buf *out)
{
	char sql[128];
	sqlite3_stmt *q;

	snprintf(sql, sizeof(sql), "SELECT * FROM %s ORDER BY 1", table);
	q = prepare(db, sql);
	while (sqlite3_step(q) == SQLITE_ROW) {
		buf_printf(out, "%s", table);
		for (int i = 0; i < sqlite3_column_count(q); i++)
			buf_printf(out, "|%s", column(q, i));
		buf_addch(out, '\n');
	}
	sqlite3_finalize(q);
}

void flow_world_dump(const struct flow_world *w, struct buf *out)
{
	sqlite3 *db = open_beside(w);
	sqlite3_stmt *q = prepare(
		db, "SELECT name FROM sqlite_master WHERE type = 'table'"
		    " AND name NOT IN ('inbox', 'inbox_body', 'counter', 'node') ORDER BY name");

	while (sqlite3_step(q) == SQLITE_ROW)
		dump_table(db, column(q, 0), out);
	sqlite3_finalize(q);
	sqlite3_close(db);
}
