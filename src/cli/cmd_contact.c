/*
 * cmd_contact: "contact": who is reached and who is not, and why we think so.
 *
 * Input: the command line; addresses of the register and evidence out of mail, made safe by table.
 */
#include "base.h"

#include "fdio.h"
#include "flow_hand.h"
#include "listing.h"
#include "store_register.h"
#include "word.h"

enum { KEY_FILE_MAX = 1 << 20 };

/*
 * company: its ref.  kind: mail or phone.  rank: 1 is tried first.  state: unproven proven doubtful
 * invalid. score: soft failures.  source: where the contact came from.  pgp: fingerprint, or "".
 */
static const struct column contact_columns[] = {
	{ "id", COLUMN_NUMBER, 0 },   { "company", COLUMN_TEXT, 24 }, { "kind", COLUMN_TEXT, 0 },
	{ "value", COLUMN_TEXT, 48 }, { "name", COLUMN_TEXT, 24 },    { "role", COLUMN_TEXT, 16 },
	{ "rank", COLUMN_NUMBER, 0 }, { "state", COLUMN_TEXT, 0 },    { "score", COLUMN_NUMBER, 0 },
	{ "source", COLUMN_TEXT, 16 }, { "pgp", COLUMN_TEXT, 40 },
};

static int add_contact(void *arg, const struct contact *k, const char *company_ref, struct err *e)
{
	const struct cell cells[] = {
		CELL_NUMBER(k->id),
		CELL_TEXT(company_ref),
		CELL_TEXT(word_of(contact_kind_words, (int)k->kind)),
		CELL_TEXT(k->value),
		CELL_TEXT(k->name),
		CELL_TEXT(k->role),
		CELL_NUMBER(k->rank),
		CELL_TEXT(word_of(contact_state_words, (int)k->state)),
		CELL_NUMBER(k->score),
		CELL_TEXT(k->source),
		CELL_TEXT(k->pgp),
	};

	UNUSED(e);
	table_add(arg, cells);
	return 0;
}

static int list(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing l = { .most = 1, .what = "COMPANY" };
	struct arena a = ARENA_INIT;
	struct company k = { 0 };
	struct table t;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0)
		return rc;
	table_init(&t, l.format, contact_columns, ARRAY_SIZE(contact_columns));
	if (l.n > 0)
		rc = store_company_by_ref(c->gateway.store, &a, &k, l.args[0], e);
	if (rc == 0 && (rc = store_contact_each(c->gateway.store, k.id, add_contact, &t, e)) == 0)
		rc = table_print(&t, "no contacts; see 'seinpost company import'", e);
	table_clear(&t);
	arena_clear(&a);
	return rc;
}

static int show(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing l = { .least = 1, .most = 1, .what = "ID" };
	struct arena a = ARENA_INIT;
	struct contact k;
	struct company owner;
	struct table t, history;
	const struct table_part part = { "history", &history };
	int64_t id;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0 || (rc = cli_id(l.args[0], &id, e)) < 0)
		return rc;
	table_init(&t, l.format, contact_columns, ARRAY_SIZE(contact_columns));
	table_init(&history, l.format, history_columns, HISTORY_COLUMNS);
	if ((rc = store_contact_get(c->gateway.store, &a, &k, id, e)) == 0 &&
	    (rc = store_company_get(c->gateway.store, &a, &owner, k.company_id, e)) == 0 &&
	    (rc = store_contact_history(c->gateway.store, id, listing_add_event, &history, e)) ==
		0 &&
	    (rc = add_contact(&t, &k, owner.ref, e)) == 0)
		rc = table_print_record(&t, &part, 1, e);
	table_clear(&history);
	table_clear(&t);
	arena_clear(&a);
	return rc;
}

static int set(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *reason = NULL;
	const struct option_spec spec[] = { { "reason", &reason, NULL } };
	struct listing l = { .spec = spec, .n_spec = 1, .least = 2, .most = 2, .what = "ID STATE" };
	int state;
	int64_t id;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0 || (rc = cli_id(l.args[0], &id, e)) < 0)
		return rc;
	if (!word_parse(&state, contact_state_words, l.args[1]))
		return err_set(e, ERR_USAGE,
			       "a contact is unproven, proven, doubtful or invalid, not '%s'",
			       l.args[1]);
	if (reason == NULL || *reason == '\0')
		return err_set(e, ERR_USAGE,
			       "--reason is missing: the next one to look wants to know why");
	return flow_hand_contact(&c->gateway, id, (enum contact_state)state, reason, e);
}

/* The key goes into the signing home's keyring, its fingerprint to the contact. */
static int key(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing l = { .least = 2, .most = 2, .what = "ID FILE" };
	struct buf bytes = BUF_INIT;
	char fpr[FINGERPRINT_TEXT];
	int64_t id;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0 || (rc = cli_id(l.args[0], &id, e)) < 0)
		return rc;
	if ((rc = file_read(&bytes, l.args[1], KEY_FILE_MAX, e)) == 0 &&
	    (rc = sign_import_key(fpr, c->conf->sign.home, bytes.s, bytes.len, e)) == 0 &&
	    (rc = sign_check_recipient(c->conf->sign.home, fpr, e)) == 0)
		rc = flow_hand_key(&c->gateway, id, fpr, e);
	buf_clear(&bytes);
	if (rc == 0)
		printf("mails to this contact are encrypted to %s from now on\n", fpr);
	return rc;
}

int cmd_contact(struct cli *c, int argc, char **argv, struct err *e)
{
	static const struct command family[] = {
		{ "list", list, "", "" }, { "show", show, "", "" }, { "set", set, "", "" },
		{ "key", key, "", "" }, { NULL, NULL, NULL, NULL },
	};

	return cli_family(c, argc, argv, family, e);
}
