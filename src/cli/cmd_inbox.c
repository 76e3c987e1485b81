/*
 * cmd_inbox: "inbox": mail that came in, and what a person should look at.
 *
 * Invariant: nothing of a mail reaches a terminal but through table, which makes it printable and
 * marks its lines. Input: the command line; hostile mail.
 */
#include "base.h"

#include <unistd.h>

#include "fdio.h"
#include "flow_hand.h"
#include "listing.h"
#include "num.h"
#include "store_inbox.h"

enum { LIST_DEFAULT = 1000, LIST_MOST = 1000000 };

/*
 * kind, answer, reason: see verdict.h.  trust: how it was tied to a mail of ours (store_inbox.h);
 * only return_path and reply prove it.  ref, company: of the warning, or "".  review_reason: why a
 * person should look.  ticket: number a ticket system gave.  proposed: address to write to from now
 * on, as the mail has it.  signature: word of signed_words (store_inbox.h), "" where it is not
 * signed.
 */
static const struct column inbox_columns[] = {
	{ "id", COLUMN_NUMBER, 0 },          { "received_at", COLUMN_TIME, 0 },
	{ "kind", COLUMN_TEXT, 0 },          { "answer", COLUMN_TEXT, 0 },
	{ "reason", COLUMN_TEXT, 0 },        { "trust", COLUMN_TEXT, 0 },
	{ "from", COLUMN_TEXT, 40 },         { "subject", COLUMN_TEXT, 48 },
	{ "ref", COLUMN_TEXT, 0 },           { "company", COLUMN_TEXT, 24 },
	{ "review_reason", COLUMN_TEXT, 0 }, { "ticket", COLUMN_TEXT, 20 },
	{ "proposed", COLUMN_TEXT, 40 },     { "signature", COLUMN_TEXT, 0 },
};

static int add_mail(void *arg, const struct inbox_row *i, struct err *e)
{
	const struct cell cells[] = {
		CELL_NUMBER(i->id),        CELL_NUMBER(i->received_at), CELL_TEXT(i->kind),
		CELL_TEXT(i->answer),      CELL_TEXT(i->reason),        CELL_TEXT(i->trust),
		CELL_TEXT(i->from),        CELL_TEXT(i->subject),       CELL_TEXT(i->ref),
		CELL_TEXT(i->company_ref), CELL_TEXT(i->review_reason), CELL_TEXT(i->ticket),
		CELL_TEXT(i->proposed),    CELL_TEXT(i->signature),
	};

	UNUSED(e);
	table_add(arg, cells);
	return 0;
}

static int list(struct cli *c, int argc, char **argv, struct err *e)
{
	const char *limit = NULL;
	bool all = false;
	const struct option_spec spec[] = { { "all", NULL, &all }, { "limit", &limit, NULL } };
	struct listing l = { .spec = spec, .n_spec = 2, .what = "list" };
	struct table t;
	int64_t most = LIST_DEFAULT;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0)
		return rc;
	if (limit != NULL && !num_parse(&most, limit, 1, LIST_MOST))
		return err_set(e, ERR_USAGE, "--limit is a number from 1 to %d, not '%s'",
			       LIST_MOST, limit);
	table_init(&t, l.format, inbox_columns, ARRAY_SIZE(inbox_columns));
	if ((rc = store_inbox_each(c->gateway.store, all, (int)most, add_mail, &t, e)) == 0)
		rc = table_print(&t, all ? "no mail came in yet" : "nothing waits for a person", e);
	table_clear(&t);
	return rc;
}

/*
 * As the listing, and: source and uid (where it was fetched), state (raw judged), review (waits for
 * a person), mail (id of ours, 0 = none), signed_by (fingerprint of the key, where it is known),
 * evidence (the line that decided), excerpt (what its writer typed).
 */
static const struct column whole_columns[] = {
	{ "id", COLUMN_NUMBER, 0 },          { "received_at", COLUMN_TIME, 0 },
	{ "source", COLUMN_TEXT, 0 },        { "uid", COLUMN_TEXT, 0 },
	{ "state", COLUMN_TEXT, 0 },         { "review", COLUMN_FLAG, 0 },
	{ "review_reason", COLUMN_TEXT, 0 }, { "kind", COLUMN_TEXT, 0 },
	{ "answer", COLUMN_TEXT, 0 },        { "reason", COLUMN_TEXT, 0 },
	{ "trust", COLUMN_TEXT, 0 },         { "mail", COLUMN_NUMBER, 0 },
	{ "ref", COLUMN_TEXT, 0 },           { "company", COLUMN_TEXT, 0 },
	{ "from", COLUMN_TEXT, 0 },          { "subject", COLUMN_TEXT, 0 },
	{ "ticket", COLUMN_TEXT, 0 },        { "proposed", COLUMN_TEXT, 0 },
	{ "signature", COLUMN_TEXT, 0 },     { "signed_by", COLUMN_TEXT, 0 },
	{ "evidence", COLUMN_BLOCK, 0 },     { "excerpt", COLUMN_BLOCK, 0 },
};

static int add_whole(void *arg, const struct inbox_row *i, struct err *e)
{
	const struct cell cells[] = {
		CELL_NUMBER(i->id),          CELL_NUMBER(i->received_at), CELL_TEXT(i->source),
		CELL_TEXT(i->uid),           CELL_TEXT(i->state),         CELL_NUMBER(i->review),
		CELL_TEXT(i->review_reason), CELL_TEXT(i->kind),          CELL_TEXT(i->answer),
		CELL_TEXT(i->reason),        CELL_TEXT(i->trust),         CELL_NUMBER(i->mail_id),
		CELL_TEXT(i->ref),           CELL_TEXT(i->company_ref),   CELL_TEXT(i->from),
		CELL_TEXT(i->subject),       CELL_TEXT(i->ticket),        CELL_TEXT(i->proposed),
		CELL_TEXT(i->signature),     CELL_TEXT(i->signed_by),     CELL_TEXT(i->evidence),
		CELL_TEXT(i->excerpt),
	};

	UNUSED(e);
	table_add(arg, cells);
	return 0;
}

static int write_raw(struct store *s, int64_t id, struct err *e)
{
	struct arena a = ARENA_INIT;
	const void *bytes;
	size_t n;
	int rc;

	if (isatty(STDOUT_FILENO) == 1)
		return err_set(
		    e, ERR_USAGE,
		    "a raw mail can take over a terminal; send --raw to a file or a program");
	if ((rc = store_inbox_bytes(s, &a, &bytes, &n, id, e)) == 0)
		rc = fd_write_all(STDOUT_FILENO, bytes, n, "standard output", e);
	arena_clear(&a);
	return rc;
}

static int show(struct cli *c, int argc, char **argv, struct err *e)
{
	bool raw = false;
	const struct option_spec spec[] = { { "raw", NULL, &raw } };
	struct listing l = { .spec = spec, .n_spec = 1, .least = 1, .most = 1, .what = "ID" };
	struct table t;
	int64_t id;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0 || (rc = cli_id(l.args[0], &id, e)) < 0)
		return rc;
	if (raw)
		return write_raw(c->gateway.store, id, e);
	table_init(&t, l.format, whole_columns, ARRAY_SIZE(whole_columns));
	if ((rc = store_inbox_get(c->gateway.store, id, add_whole, &t, e)) == 0)
		rc = table_print_one(&t, e);
	table_clear(&t);
	return rc;
}

static int done(struct cli *c, int argc, char **argv, struct err *e)
{
	struct listing l = { .least = 1, .most = 1, .what = "ID" };
	int64_t id;
	int rc = listing_open(&l, c, argc, argv, e);

	if (rc < 0 || (rc = cli_id(l.args[0], &id, e)) < 0)
		return rc;
	return flow_hand_read(&c->gateway, id, e);
}

int cmd_inbox(struct cli *c, int argc, char **argv, struct err *e)
{
	static const struct command family[] = {
		{ "list", list, "", "" }, { "show", show, "", "" }, { "done", done, "", "" },
		{ NULL, NULL, NULL, NULL },
	};

	return cli_family(c, argc, argv, family, e);
}
