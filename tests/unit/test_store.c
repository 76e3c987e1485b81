/*
 * test_store: opening, schema, ids, transactions, small values.
 */
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "fdio.h"
#include "sql.h"
#include "store_case.h"
#include "store_finding.h"
#include "store_inbox.h"
#include "store_mail.h"
#include "store_private.h"
#include "store_register.h"
#include "store_warning.h"

static void sql_text_run(const char *path, const char *text)
{
	struct err e = ERR_INIT;
	struct sql *db;

	assert_int_equal(sql_open(&db, &sql_sqlite, path, SQL_OPEN_CREATE, &e), 0);
	assert_int_equal(sql_exec(db, text, &e), 0);
	sql_close(db);
}

static void assert_open_fails(struct store_case *c, const char *path, enum store_open_mode mode,
                              int code, const char *says)
{
	struct store *s = NULL;

	c->e = (struct err)ERR_INIT;
	assert_int_equal(store_open(&s, path, mode, 1, &c->e), code);
	assert_null(s);
	if (strstr(c->e.text, says) == NULL)
		fail_msg("'%s' does not say '%s'", c->e.text, says);
	assert_non_null(strstr(c->e.text, path));
}

static int steps(void)
{
	int n = 0;

	while (store_schema_steps[n] != NULL)
		n++;
	return n;
}

/* Every commit is on the disk when it returns (doc/durability.md). */
static void commits_are_durable(void **state)
{
	enum { FULL = 2 };
	struct store_case *c = *state;
	int64_t level = 0;

	MUST_BE(c, 1, sql_get_int(c->store->db, &level, &c->e, "PRAGMA synchronous", ""));
	assert_int_equal(level, FULL);
}

/* What a person reads at night: which file, and what to do. */
static void a_full_disk_names_the_store(void **state)
{
	struct store_case *c = *state;
	char path[300];

	MUST(c, sql_exec(c->store->db, "CREATE TABLE filler (bytes BLOB)", &c->e));
	MUST(c, sql_exec(c->store->db, "PRAGMA max_page_count = 1", &c->e));
	c->e = (struct err)ERR_INIT;
	assert_int_equal(sql_exec(c->store->db, "INSERT INTO filler VALUES (zeroblob(1000000))",
	                          &c->e),
	                 ERR_TEMP);
	snprintf(path, sizeof(path), "store %s: ", c->path);
	if (strstr(c->e.text, path) == NULL || strstr(c->e.text, "make room") == NULL)
		fail_msg("'%s' does not say '%s' and what to do", c->e.text, path);
}

static void schema_is_made_once(void **state)
{
	struct store_case *c = *state;
	char version[16], want[16];
	struct stat st;

	snprintf(want, sizeof(want), "%d", steps());
	for (int i = 0; i < 2; i++) {
		MUST(c, store_meta_get(c->store, "schema", version, sizeof(version), &c->e));
		assert_string_equal(version, want);
		case_begin(c);
		case_company(c, i ? "smid" : "bakker", COMPANY_FOUND);
		case_commit(c);
		store_close(c->store);
		c->store = NULL;
		MUST(c,
		     store_open(&c->store, c->path, i ? STORE_CREATE : STORE_EXISTING, 1, &c->e));
	}
	MUST(c, store_company_by_ref(c->store, &c->arena, &(struct company){ 0 }, "bakker", &c->e));
	MUST(c, store_company_by_ref(c->store, &c->arena, &(struct company){ 0 }, "smid", &c->e));
	/* the register holds personal data */
	assert_int_equal(stat(c->path, &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
}

/* Two findings of one company, the first of them warned about: its mail is under way again. */
#define FIRST_ROWS                                                                               \
	"INSERT INTO inbox VALUES (7, 'imap', '1.1', 'aa', 1, 1, 'judged', 1, 'why', 'reply',"   \
	" 'none', '', 'none', 0, 0, 'a@b.example', 's', 'x', '', '', '');"                       \
	"INSERT INTO company VALUES (1, 'bakker', 'Bakker', 'found', 'nl', 0, '', 1);"           \
	"INSERT INTO contact VALUES (2, 1, 'mail', 'a@b.example', 'b.example', '', '', 1, '',"   \
	" 0, '', '', 'unproven', 0, 0, 1, 1);"                                                   \
	"INSERT INTO incident VALUES (3, 'rdp', 'RDP', 'auto', 'green', 'high', 14, 'open', 1,"  \
	" 0);"                                                                                   \
	"INSERT INTO finding VALUES (5, 3, 'i1', 1, 1, 'scan', '', 'generic', 0, '192.0.2.1',"   \
	" 1, '', '', '', '', '', '', '', '', '', '', 'high', '', 'warned');"                     \
	"INSERT INTO finding VALUES (4, 3, 'i2', 1, 1, 'scan', '', 'generic', 0, '192.0.2.2',"   \
	" 1, '', '', '', '', '', '', '', '', '', '', 'high', '', 'matched');"                    \
	"INSERT INTO warning VALUES (6, 3, 1, 'SP-2222-2222', 'queued', 1, 9, 1, '');"           \
	"INSERT INTO meta VALUES ('called_until', '20');"                                        \
	"INSERT INTO finding_owner VALUES (3, 1, 5, 8, 'ip', 6);"                                \
	"INSERT INTO finding_owner VALUES (3, 1, 4, 8, 'ip', NULL);"                             \
	"INSERT INTO warning_event VALUES (10, 6, 1, 'draft', 'queued', 'warned', '', NULL);"    \
	"INSERT INTO warning_event VALUES (11, 6, 2, 'queued', 'sent', 'accepted', 'x', 7);"     \
	"INSERT INTO mail VALUES (12, 6, 2, 'f@g.example', 'a@b.example', '<m@g.example>', '',"  \
	" 'in_flight', 1, 3, 2, 1, 9, 2, 9, 'node1', 0, '', '', 1);"                             \
	"INSERT INTO mail_body VALUES (12, 'x');"                                                \
	"INSERT INTO attempt VALUES (13, 12, 1, 'r', 1, 2, 'deferred', 'data', 450, '4.2.1',"    \
	" 'later');"                                                                             \
	"INSERT INTO attempt VALUES (14, 12, 2, 'r', 3, NULL, '', '', 0, '', '');"

/* The first step alone, with rows in it, as the first release left it. */
static void make_first_store(const char *path)
{
	struct buf text = BUF_INIT;

	for (const char *s = store_schema_steps[0], *at; *s != '\0'; s = at) {
		at = strchr(s, '@');
		at = at ? at : s + strlen(s);
		buf_add(&text, s, (size_t)(at - s));
		if (*at == '@') {
			buf_addstr(&text,
			           at[1] == 'I' ? sql_sqlite.id_type : sql_sqlite.bytes_type);
			at = strchr(at + 1, '@') + 1;
		}
	}
	buf_addstr(&text, "INSERT INTO meta (name, value) VALUES ('schema', '1');" FIRST_ROWS);
	sql_text_run(path, text.s);
	buf_clear(&text);
}

static int note_signature(void *arg, const struct inbox_row *r, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%" PRId64 " %s '%s' '%s'", r->id, r->subject, r->signature, r->signed_by);
	return 0;
}

static int note_event(void *arg, int64_t at, const char *from, const char *to, const char *reason,
		      const char *evidence, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%" PRId64 " %s %s %s %s;", at, from, to, reason, evidence);
	return 0;
}

static int note_attempt(void *arg, const struct attempt_row *t, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%" PRId64 " %" PRId64 " %s %s %s %s %d %s;", t->started_at, t->ended_at,
		   t->route, t->outcome, t->stage, t->status, t->code, t->text);
	return 0;
}

static int note_owner(void *arg, const struct owner_row *o, struct err *e)
{
	UNUSED(e);
	buf_printf(arg, "%s %s %s;", o->company_ref, o->matched_by, o->ref);
	return 0;
}

/* The tables that the third step made anew have what they had, and point at rows that are there. */
static void assert_kept(struct store_case *c, struct store *s)
{
	struct finding *list;
	struct buf text = BUF_INIT;
	size_t n;
	int64_t none;

	MUST(c, store_warning_history(s, 6, note_event, &text, &c->e));
	assert_string_equal(text.s, "1 draft queued warned ;2 queued sent accepted x;");
	buf_reset(&text);
	MUST(c, store_attempt_each(s, 12, note_attempt, &text, &c->e));
	assert_string_equal(text.s, "1 2 r deferred data 4.2.1 450 later;3 0 r    0 ;");
	buf_reset(&text);
	MUST(c, store_finding_owners(s, 5, note_owner, &text, &c->e));
	MUST(c, store_finding_owners(s, 4, note_owner, &text, &c->e));
	assert_string_equal(text.s, "bakker ip SP-2222-2222;bakker ip ;");
	buf_clear(&text);
	MUST(c, store_warned_findings(s, &c->arena, &list, &n, 6, &c->e));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].id, 5);
	MUST(c, store_unwarned_findings(s, &c->arena, &list, &n, 3, 1, &c->e));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].id, 4);
	assert_int_equal(sql_get_int(s->db, &none, &c->e, "PRAGMA foreign_key_check", ""), 0);
}

/* Its mail waited when its deadline was looked at: that counts only since the fourth step. */
static void assert_looked_at_again(struct store_case *c, struct store *s)
{
	struct deadline_place place = { 0, INT64_MAX };
	char text[24];
	int64_t id;
	int n;

	MUST_BE(c, ERR_NOTFOUND, store_meta_get(s, "called_until", text, sizeof(text), &c->e));
	MUST(c, store_warnings_overdue(s, &place, 20, &id, 1, &n, &c->e));
	assert_int_equal(n, 1);
	assert_int_equal(id, 6);
}

static void a_store_of_the_first_release_goes_on(void **state)
{
	struct store_case *c = *state;
	struct buf row = BUF_INIT;
	char path[128], version[16], want[16];
	struct store *s = NULL;

	snprintf(path, sizeof(path), "%s/first.db", c->folder);
	snprintf(want, sizeof(want), "%d", steps());
	make_first_store(path);
	for (int i = 0; i < 2; i++) {
		MUST(c, store_open(&s, path, STORE_EXISTING, 1, &c->e));
		MUST(c, store_meta_get(s, "schema", version, sizeof(version), &c->e));
		assert_string_equal(version, want);
		buf_reset(&row);
		MUST(c, store_inbox_get(s, 7, note_signature, &row, &c->e));
		assert_string_equal(row.s, "7 s '' ''");
		assert_kept(c, s);
		assert_looked_at_again(c, s);
		store_close(s);
	}
	buf_clear(&row);
}

static void newer_schema_is_refused(void **state)
{
	struct store_case *c = *state;

	sql_text_run(c->path, "UPDATE meta SET value = '9000' WHERE name = 'schema'");
	assert_open_fails(c, c->path, STORE_EXISTING, ERR_CONF, "newer Seinpost (schema 9000");
	assert_open_fails(c, c->path, STORE_CREATE, ERR_CONF, "use the newer program");
	sql_text_run(c->path, "UPDATE meta SET value = 'x' WHERE name = 'schema'");
	assert_open_fails(c, c->path, STORE_EXISTING, ERR_IO, "'x' is no number");
}

static void other_files_are_refused(void **state)
{
	struct store_case *c = *state;
	char text[128], other[128], none[128], away[128];

	snprintf(text, sizeof(text), "%s/letter.txt", c->folder);
	snprintf(other, sizeof(other), "%s/other.db", c->folder);
	snprintf(none, sizeof(none), "%s/none.db", c->folder);
	snprintf(away, sizeof(away), "%s/away/none.db", c->folder);
	MUST(c, file_write_atomic(
			text, "Geachte heer, mevrouw, dit is een brief en geen gegevensbestand.\n",
			65, 0600, &c->e));
	assert_open_fails(c, text, STORE_EXISTING, ERR_IO, "not a database");
	assert_open_fails(c, text, STORE_CREATE, ERR_IO, "not a database");
	sql_text_run(other, "CREATE TABLE song (name TEXT)");
	assert_open_fails(c, other, STORE_EXISTING, ERR_CONF, "seinpost init");
	assert_open_fails(c, none, STORE_EXISTING, ERR_IO, "seinpost init");
	assert_int_equal(access(none, F_OK), -1);
	assert_open_fails(c, away, STORE_CREATE, ERR_IO, "folder");
	assert_open_fails(c, c->folder, STORE_EXISTING, ERR_IO, "unable to open");
}

static void folder_that_is_read_only_is_told(void **state)
{
	struct store_case *c = *state;
	uid_t me = geteuid();

	store_close(c->store);
	c->store = NULL;
	/* rights do not bind root: go on as somebody else */
	assert_int_equal(chmod(c->path, 0444), 0);
	assert_int_equal(chmod(c->folder, 0555), 0);
	if (me == 0)
		assert_int_equal(seteuid(65534), 0);
	assert_open_fails(c, c->path, STORE_EXISTING, ERR_IO, "writable");
	assert_int_equal(seteuid(me), 0);
	assert_int_equal(chmod(c->folder, 0755), 0);
}

static void ids_of_two_nodes_never_meet(void **state)
{
	enum { IDS = 600 }; /* more than two blocks */
	struct store_case *c = *state;
	struct store *other;
	int64_t id, last[2] = { 0, 0 };

	MUST(c, store_open(&other, c->path, STORE_EXISTING, 4095, &c->e));
	for (int i = 0; i < IDS; i++) {
		struct store *s = i % 2 ? other : c->store;

		MUST(c, store_begin(s, &c->e));
		MUST(c, store_new_id(s, &id, &c->e));
		assert_true(id > last[i % 2]);
		assert_int_equal(id >> 40, i % 2 ? 4095 : 1);
		last[i % 2] = id;
		MUST(c, store_commit(s, &c->e));
	}
	store_close(other);
}

static void ids_are_unique_after_rollback(void **state)
{
	struct store_case *c = *state;
	struct store *again;
	int64_t kept, lost, next, id;

	case_begin(c);
	MUST(c, store_new_id(c->store, &lost, &c->e));
	store_rollback(c->store);
	/* somebody of the same node takes the block that was undone */
	MUST(c, store_open(&again, c->path, STORE_EXISTING, 1, &c->e));
	MUST(c, store_begin(again, &c->e));
	MUST(c, store_new_id(again, &kept, &c->e));
	MUST(c, store_commit(again, &c->e));
	case_begin(c);
	MUST(c, store_new_id(c->store, &next, &c->e));
	case_commit(c);
	assert_int_not_equal(next, kept);
	MUST(c, store_begin(again, &c->e));
	for (int i = 0; i < 300; i++) {
		MUST(c, store_new_id(again, &id, &c->e));
		assert_int_not_equal(id, next);
		assert_int_not_equal(id, kept);
	}
	MUST(c, store_commit(again, &c->e));
	store_close(again);
}

static void rollback_undoes(void **state)
{
	struct store_case *c = *state;
	struct company k;

	store_rollback(c->store);
	case_begin(c);
	case_company(c, "bakker", COMPANY_FOUND);
	store_rollback(c->store);
	MUST_BE(c, ERR_NOTFOUND, store_company_by_ref(c->store, &c->arena, &k, "bakker", &c->e));
	/* what was not committed when the store was closed is gone too */
	case_begin(c);
	case_company(c, "bakker", COMPANY_FOUND);
	store_close(c->store);
	c->store = NULL;
	MUST(c, store_open(&c->store, c->path, STORE_EXISTING, 1, &c->e));
	MUST_BE(c, ERR_NOTFOUND, store_company_by_ref(c->store, &c->arena, &k, "bakker", &c->e));
}

static void values_and_counters(void **state)
{
	struct store_case *c = *state;
	char text[8];
	int64_t n;

	MUST_BE(c, ERR_NOTFOUND, store_meta_get(c->store, "fetched", text, sizeof(text), &c->e));
	MUST(c, store_counter(c->store, "forged", &n, &c->e));
	assert_int_equal(n, 0);
	case_begin(c);
	MUST(c, store_meta_set(c->store, "fetched", "1", &c->e));
	MUST(c, store_meta_set(c->store, "fetched", "123456789", &c->e));
	MUST(c, store_count(c->store, "forged", 2, &c->e));
	MUST(c, store_count(c->store, "forged", 3, &c->e));
	case_commit(c);
	MUST(c, store_meta_get(c->store, "fetched", text, sizeof(text), &c->e));
	assert_string_equal(text, "1234567"); /* cut to the room given */
	MUST(c, store_counter(c->store, "forged", &n, &c->e));
	assert_int_equal(n, 5);
}

static void errors_of_sql_have_their_class(void **state)
{
	static const struct {
		const char *text;
		int code;
	} cases[] = {
		{ "INSERT INTO meta (name, value) VALUES ('schema', '1')", ERR_CONFLICT },
		{ "INSERT INTO meta (name, value) VALUES ('a', NULL)", ERR_CONFLICT },
		{ "INSERT INTO mail_body (mail_id, bytes) VALUES (1, 'x')", ERR_CONFLICT },
		{ "SELECT nothing FROM meta", ERR_PERM },
		{ "SELEKT", ERR_PERM },
	};
	struct store_case *c = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		MUST_BE(c, cases[i].code, (int)sql_run(c->store->db, &c->e, cases[i].text, ""));
}

static void values_survive_the_driver(void **state)
{
	static const char bytes[] = "a\0b\xff";
	struct store_case *c = *state;
	struct sql_stmt *q;
	const void *p;
	size_t n;

	MUST(c, sql_query(c->store->db, &q, &c->e, "SELECT $2, $1, $3, $4, $5", "isbnb", INT64_MIN,
	                  "\xc3\xa9", bytes, sizeof(bytes), "", (size_t)0));
	MUST_BE(c, 1, sql_step(q, &c->e));
	assert_string_equal(sql_text(q, 0), "\xc3\xa9");
	assert_true(sql_int(q, 1) == INT64_MIN);
	p = sql_bytes(q, 2, &n);
	assert_int_equal(n, sizeof(bytes));
	assert_memory_equal(p, bytes, n);
	assert_string_equal(sql_text(q, 3), "");
	assert_int_equal(sql_int(q, 3), 0);
	assert_non_null(sql_bytes(q, 4, &n));
	assert_int_equal(n, 0);
	MUST(c, sql_step(q, &c->e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(commits_are_durable),
		STORE_TEST(a_full_disk_names_the_store),
		STORE_TEST(schema_is_made_once),
		STORE_TEST(a_store_of_the_first_release_goes_on),
		STORE_TEST(newer_schema_is_refused),
		STORE_TEST(other_files_are_refused),
		STORE_TEST(folder_that_is_read_only_is_told),
		STORE_TEST(ids_of_two_nodes_never_meet),
		STORE_TEST(ids_are_unique_after_rollback),
		STORE_TEST(rollback_undoes),
		STORE_TEST(values_and_counters),
		STORE_TEST(errors_of_sql_have_their_class),
		STORE_TEST(values_survive_the_driver),
	};

	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
