/*
 * row_cells: one row as text, by column, checked and turned into a row of the register; and back.
 *
 * Invariant: what row_to_cells() makes of a row that row_from_cells() made gives the same row
 * again. Input: cells of a CSV or values of a JSON object (not trusted, any length and content).
 */
#include "base.h"
#include "buf.h"
#include "clock.h"
#include "domain.h"
#include "mailaddr.h"
#include "num.h"
#include "row_cells.h"
#include "utf8.h"
#include "word.h"

const char *const row_column_words[] = {
	"company", "kind", "value",  "name",        "status", "language", "vital", "partner",
	"role",    "rank", "source", "source_date", "pgp",    "state",    NULL,
};

const char *const cell_kind_words[] = { "company", "mail", "phone", "network", "domain", NULL };

/* Parts of names of columns for what the register does not keep, on purpose; English and Dutch. */
static const char *const not_kept[] = {
	"sector", "branch",  "industry",   "bedrijfstak", "sbi",         "nace",
	"size",   "grootte", "omvang",     "employees",   "medewerkers", "werknemers",
	"fte",    "revenue", "turnover",   "omzet",       "type",        "kind_",
	"_kind",  "soort",   "rechtsvorm", "legal_form",
};

enum {
	FOR_COMPANY = 1 << CELL_COMPANY, FOR_MAIL = 1 << CELL_MAIL,
	FOR_CONTACTS = FOR_MAIL | 1 << CELL_PHONE,
	FOR_ASSETS = 1 << CELL_NETWORK | 1 << CELL_DOMAIN,
	FOR_ALL = FOR_COMPANY | FOR_CONTACTS | FOR_ASSETS,
};

static bool column_applies(enum row_column col, enum cell_kind kind)
{
	static const int kinds[ROW_COLUMNS] = {
		[COL_COMPANY] = FOR_ALL,
		[COL_KIND] = FOR_ALL,
		[COL_VALUE] = FOR_CONTACTS | FOR_ASSETS,
		[COL_NAME] = FOR_COMPANY | FOR_CONTACTS,
		[COL_STATUS] = FOR_COMPANY,
		[COL_LANGUAGE] = FOR_COMPANY | FOR_CONTACTS,
		[COL_VITAL] = FOR_COMPANY,
		[COL_PARTNER] = FOR_COMPANY,
		[COL_ROLE] = FOR_CONTACTS,
		[COL_RANK] = FOR_CONTACTS,
		[COL_SOURCE] = FOR_CONTACTS,
		[COL_SOURCE_DATE] = FOR_CONTACTS,
		[COL_PGP] = FOR_MAIL,
		[COL_STATE] = FOR_CONTACTS,
	};

	return (kinds[col] >> kind) & 1;
}

int row_column_find(enum row_column *out, const char *name, struct err *e)
{
	struct span s = span_trim(span_str(name));

	for (int i = 0; i < ROW_COLUMNS; i++) {
		if (span_equals_nocase(s, row_column_words[i])) {
			*out = (enum row_column)i;
			return 0;
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(not_kept); i++)
		if (span_find_nocase(s, not_kept[i]) != NULL)
			return err_set(e, ERR_INPUT,
				       "'%.64s': kind, size and branch of a company are not "
				       "kept, on purpose; take it out",
				       name);
	return err_set(
	    e, ERR_INPUT,
	    "'%.64s' is not known; known are company, kind, value, name, status, language, "
	    "vital, partner, role, rank, source, source_date, pgp, state",
	    name);
}

enum cell_kind row_asset_kind(const char *value)
{
	bool network =
	    strpbrk(value, "/:") != NULL || value[strspn(value, "0123456789.- ")] == '\0';

	return network ? CELL_NETWORK : CELL_DOMAIN;
}

/* ---- from cells */

/* The row being made, out of cells that are trimmed and printable. */
struct check {
	struct register_row *row;
	struct arena *arena;
	struct row_cells cells;
	const struct rows_options *options;
};

static int clean_cell(struct check *c, enum row_column col, const char *text, struct err *e)
{
	struct span s = span_trim(span_str(text));
	struct buf printable = BUF_INIT;
	int rc = 0;

	utf8_printable(&printable, s.p, span_len(s), SIZE_MAX, true);
	if (!span_equal(s, span_of(printable.s, printable.len)))
		rc = err_set(e, ERR_INPUT, "%s holds control characters or line breaks",
			     row_column_words[col]);
	else
		c->cells.text[col] = arena_strndup(c->arena, s.p, span_len(s));
	buf_clear(&printable);
	return rc;
}

static bool given(const struct check *c, enum row_column col)
{
	return c->cells.text[col] != NULL && c->cells.text[col][0] != '\0';
}

/* Finds the cell in a table of words; an empty one leaves *out and present alone. */
static int check_word(struct check *c, enum row_column col, const char *const *words,
		      unsigned field, int *out, struct err *e)
{
	char *word;

	if (!given(c, col))
		return 0;
	word = arena_strdup(c->arena, c->cells.text[col]);
	for (char *p = word; *p != '\0'; p++)
		*p = ascii_lower(*p);
	if (!word_parse(out, words, word))
		return err_set(e, ERR_INPUT, "%s '%.64s' is not known; use for example %s or %s",
		               row_column_words[col], word, words[0], words[1]);
	c->row->present |= field;
	return 0;
}

/* Free text; an empty cell empties, an absent one leaves alone. */
static int check_text(struct check *c, enum row_column col, size_t most, unsigned field,
		      const char **out, struct err *e)
{
	const char *text = c->cells.text[col];

	if (text == NULL)
		return 0;
	if (strlen(text) > most)
		return err_set(e, ERR_INPUT, "%s has %zu octets; at most %zu are kept",
			       row_column_words[col], strlen(text), most);
	*out = text;
	c->row->present |= field;
	return 0;
}

static int check_partner(struct check *c, struct err *e)
{
	const char *partner = c->cells.text[COL_PARTNER];

	if (partner == NULL)
		return 0;
	if (partner[0] != '\0' && !ref_valid(partner))
		return err_set(e, ERR_INPUT, "partner '%.64s' is no key of a company", partner);
	if (strcmp(partner, c->row->company_ref) == 0)
		return err_set(e, ERR_INPUT, "partner '%s' is the company itself", partner);
	c->row->company.partner = partner;
	c->row->present |= ROW_PARTNER;
	return 0;
}

static int check_company(struct check *c, struct err *e)
{
	static const char *const vital_words[] = { "yes", "no", "true", "false", "1",
						   "0",   "ja", "nee",  NULL };
	struct company *company = &c->row->company;
	int status = company->status, language = company->language, vital = 1, rc;

	company->ref = c->row->company_ref;
	if ((rc = check_word(c, COL_STATUS, company_status_words, ROW_STATUS, &status, e)) < 0 ||
	    (rc = check_word(c, COL_LANGUAGE, language_words, ROW_LANGUAGE, &language, e)) < 0 ||
	    (rc = check_word(c, COL_VITAL, vital_words, ROW_VITAL, &vital, e)) < 0 ||
	    (rc = check_partner(c, e)) < 0)
		return rc;
	company->status = (enum company_status)status;
	company->language = (enum language)language;
	company->vital = vital % 2 == 0;
	if (!given(c, COL_NAME))
		return 0;
	return check_text(c, COL_NAME, NAME_MAX_OCTETS, ROW_NAME, &company->name, e);
}

static int check_rank(struct check *c, struct err *e)
{
	int64_t rank;

	if (!given(c, COL_RANK))
		return 0;
	if (!num_parse(&rank, c->cells.text[COL_RANK], 1, 999))
		return err_set(e, ERR_INPUT, "rank '%.64s' is not a number from 1 to 999",
			       c->cells.text[COL_RANK]);
	c->row->contact.rank = (int)rank;
	c->row->present |= ROW_RANK;
	return 0;
}

static int check_source_date(struct check *c, struct err *e)
{
	const char *text = c->cells.text[COL_SOURCE_DATE];
	int64_t t = 0;

	if (text == NULL)
		return 0;
	if (text[0] != '\0') {
		if (!time_parse_iso(&t, text) || t <= 0)
			return err_set(e, ERR_INPUT,
				       "source_date '%.64s' is no date; write it as 2026-11-22",
				       text);
		if (t > c->options->now && t - c->options->now > 86400)
			return err_set(e, ERR_INPUT, "source_date '%.64s' is in the future", text);
	}
	c->row->contact.source_date = t;
	c->row->present |= ROW_SOURCE_DATE;
	return 0;
}

static int check_pgp(struct check *c, struct err *e)
{
	const char *text = c->cells.text[COL_PGP];
	char fingerprint[65] = "";

	if (text == NULL)
		return 0;
	if (text[0] != '\0' && !fingerprint_normalise(fingerprint, text))
		return err_set(e, ERR_INPUT,
			       "pgp '%.80s' is no OpenPGP fingerprint (40 hexadecimal digits)",
			       text);
	c->row->contact.pgp = arena_strdup(c->arena, fingerprint);
	c->row->present |= ROW_PGP;
	return 0;
}

static int check_contact_language(struct check *c, struct err *e)
{
	int language = 0,
	    rc = check_word(c, COL_LANGUAGE, language_words, ROW_LANGUAGE, &language, e);

	if (rc < 0 || c->cells.text[COL_LANGUAGE] == NULL)
		return rc;
	c->row->contact.language = given(c, COL_LANGUAGE) ? word_of(language_words, language) : "";
	c->row->present |= ROW_LANGUAGE;
	return 0;
}

static int check_contact(struct check *c, struct err *e)
{
	struct contact *contact = &c->row->contact;
	int state = contact->state, rc;

	if ((rc = check_text(c, COL_NAME, NAME_MAX_OCTETS, ROW_CONTACT_NAME, &contact->name, e)) <
		0 ||
	    (rc = check_text(c, COL_ROLE, ROLE_MAX, ROW_ROLE, &contact->role, e)) < 0 ||
	    (rc = check_rank(c, e)) < 0 || (rc = check_source_date(c, e)) < 0 ||
	    (rc = check_pgp(c, e)) < 0 || (rc = check_contact_language(c, e)) < 0 ||
	    (rc = check_word(c, COL_STATE, contact_state_words, ROW_STATE, &state, e)) < 0)
		return rc;
	contact->state = (enum contact_state)state;
	if (!given(c, COL_SOURCE))
		return 0;
	return check_text(c, COL_SOURCE, SOURCE_MAX, ROW_SOURCE, &contact->source, e);
}

static int ascii_name(const struct check *c, char *out, const char *name, struct err *e)
{
	if (c->options->to_ascii != NULL)
		return c->options->to_ascii(out, name, e);
	if (!domain_normalise(out, name, strlen(name), 1))
		return err_set(e, ERR_INPUT, "'%.255s' is no domain name", name);
	return 0;
}

static int check_mail(struct check *c, struct err *e)
{
	const char *value = c->cells.text[COL_VALUE], *at = strrchr(value, '@');
	char domain[DOMAIN_TEXT], address[MAILADDR_TEXT];
	int rc;

	if (at != NULL) {
		if ((rc = ascii_name(c, domain, at + 1, e)) < 0)
			return err_wrap(e, "'%.255s'", value);
		value = arena_printf(c->arena, "%.*s@%s", (int)(at - value), value, domain);
	}
	if ((rc = mailaddr_normalise(address, value, e)) < 0)
		return rc;
	c->row->contact.value = arena_strdup(c->arena, address);
	return 0;
}

/* Kept as typed but for blanks: what a person reads out is what a person wrote. */
static int check_phone(struct check *c, struct err *e)
{
	const char *value = c->cells.text[COL_VALUE];
	size_t n = 0, digits = 0;
	char out[PHONE_MAX + 1];

	for (const char *p = value; *p != '\0'; p++) {
		if (!ascii_digit(*p) && strchr(" +-()", *p) == NULL)
			return err_set(e, ERR_INPUT,
				       "telephone number '%.64s' may hold digits, blanks and "
				       "+ - ( ) only",
				       value);
		if (*p == ' ' && p[1] == ' ')
			continue;
		if (n == PHONE_MAX)
			return err_set(e, ERR_INPUT, "telephone number '%.64s' is longer than %d",
				       value, PHONE_MAX);
		out[n++] = *p;
		digits += ascii_digit(*p);
	}
	if (digits < 6)
		return err_set(e, ERR_INPUT, "telephone number '%.64s' has fewer than 6 digits",
			       value);
	c->row->contact.value = arena_strndup(c->arena, out, n);
	return 0;
}

/* "a - b" is what people write; ip_range_parse() wants "a-b". */
static const char *close_up(struct arena *a, const char *value)
{
	struct span rest = span_str(value), lo, hi;

	if (!span_until(&rest, '-', &lo))
		return value;
	lo = span_trim(lo);
	hi = span_trim(rest);
	return arena_printf(a, "%.*s-%.*s", (int)span_len(lo), lo.p, (int)span_len(hi), hi.p);
}

static int check_network(struct check *c, struct err *e)
{
	const char *value = c->cells.text[COL_VALUE];
	struct asset *asset = &c->row->asset;
	char text[IP_RANGE_TEXT];
	int rc;

	if (!ip_range_parse(&asset->range, close_up(c->arena, value)))
		return err_set(e, ERR_INPUT,
			       "'%.100s' is no network; write 192.0.2.0/24 (nothing but zeros "
			       "behind the mask), 192.0.2.7 or 192.0.2.1-192.0.2.9",
			       value);
	ip_range_format(text, &asset->range);
	if ((rc = row_network_check(&asset->range, text, e)) < 0)
		return rc;
	asset->kind = ASSET_NETWORK;
	asset->text = arena_strdup(c->arena, text);
	return 0;
}

/* No top-level domain is a number (RFC 3696 2), so "192.0.2.300" is a mistyped address. */
static bool ends_in_number(const char *domain)
{
	const char *last = strrchr(domain, '.');

	last = last ? last + 1 : domain;
	return last[strspn(last, "0123456789")] == '\0';
}

static int check_domain(struct check *c, struct err *e)
{
	const char *value = c->cells.text[COL_VALUE];
	char domain[DOMAIN_TEXT];
	int rc;

	if (strncmp(value, "*.", 2) == 0)
		value += 2;
	if ((rc = ascii_name(c, domain, value, e)) < 0)
		return rc;
	if (ends_in_number(domain))
		return err_set(e, ERR_INPUT, "'%s' is no domain; is it a network?", domain);
	if (strchr(domain, '.') == NULL ||
	    (c->options->is_public_suffix != NULL && c->options->is_public_suffix(domain)))
		return err_set(e, ERR_INPUT,
			       "'%s': everybody registers below it; no company owns it all",
			       domain);
	c->row->asset.kind = ASSET_DOMAIN;
	c->row->asset.text = arena_strdup(c->arena, domain);
	return 0;
}

static int check_kind(struct check *c, enum cell_kind kind, struct err *e)
{
	int rc;

	if (kind != CELL_COMPANY && !given(c, COL_VALUE))
		return err_set(e, ERR_INPUT, "value is missing: a %s has one",
			       cell_kind_words[kind]);
	switch (kind) {
	case CELL_COMPANY:
		return check_company(c, e);
	case CELL_MAIL:
	case CELL_PHONE:
		c->row->kind = ROW_CONTACT;
		c->row->contact.kind = kind == CELL_MAIL ? CONTACT_MAIL : CONTACT_PHONE;
		if ((rc = kind == CELL_MAIL ? check_mail(c, e) : check_phone(c, e)) < 0)
			return rc;
		return check_contact(c, e);
	case CELL_NETWORK:
		c->row->kind = ROW_ASSET;
		return check_network(c, e);
	case CELL_DOMAIN:
		c->row->kind = ROW_ASSET;
		return check_domain(c, e);
	}
	return err_set(e, ERR_INPUT, "kind is not known");
}

/* An empty cell in a column of another kind is as good as none; a value there is not thrown away
 * silently. */
static int drop_other_columns(struct check *c, enum cell_kind kind, struct err *e)
{
	for (int i = 0; i < ROW_COLUMNS; i++) {
		if (column_applies((enum row_column)i, kind))
			continue;
		if (given(c, (enum row_column)i))
			return err_set(
			    e, ERR_INPUT,
			    "%s says nothing about a row of kind %s; leave the cell empty",
			    row_column_words[i], cell_kind_words[kind]);
		c->cells.text[i] = NULL;
	}
	return 0;
}

static void set_defaults(struct register_row *out, int64_t now)
{
	*out = (struct register_row){
		.kind = ROW_COMPANY, .company_ref = "",
		.company = { .ref = "", .name = "", .partner = "" },
		.contact = {
			.value = "",
			.name = "",
			.role = "",
			.rank = ROW_RANK_DEFAULT,
			.source = "register",
			.source_date = now,
			.language = "",
			.pgp = "",
		},
		.asset = { .text = "" },
	};
}

int row_from_cells(struct register_row *out, struct arena *a, const struct row_cells *cells,
                   const struct rows_options *o, struct err *e)
{
	struct check c = { .row = out, .arena = a, .options = o };
	int kind, rc;

	set_defaults(out, o->now);
	for (int i = 0; i < ROW_COLUMNS; i++)
		if (cells->text[i] != NULL &&
		    (rc = clean_cell(&c, (enum row_column)i, cells->text[i], e)) < 0)
			return rc;
	if (!given(&c, COL_KIND))
		return err_set(e, ERR_INPUT,
			       "kind is missing: company, mail, phone, network or domain");
	if ((rc = check_word(&c, COL_KIND, cell_kind_words, 0, &kind, e)) < 0)
		return rc;
	if (!given(&c, COL_COMPANY) || !ref_valid(c.cells.text[COL_COMPANY]))
		return err_set(
		    e, ERR_INPUT,
		    "company '%.64s' is no key: 1 to %d letters, digits, '-', '_' and '.'",
		    given(&c, COL_COMPANY) ? c.cells.text[COL_COMPANY] : "", REF_MAX);
	out->company_ref = c.cells.text[COL_COMPANY];
	if ((rc = drop_other_columns(&c, (enum cell_kind)kind, e)) < 0)
		return rc;
	return check_kind(&c, (enum cell_kind)kind, e);
}

/* ---- to cells */

static void company_to_cells(struct row_cells *out, const struct company *c)
{
	out->text[COL_KIND] = cell_kind_words[CELL_COMPANY];
	out->text[COL_NAME] = c->name;
	out->text[COL_STATUS] = word_of(company_status_words, (int)c->status);
	out->text[COL_LANGUAGE] = word_of(language_words, (int)c->language);
	out->text[COL_VITAL] = c->vital ? "yes" : "no";
	out->text[COL_PARTNER] = c->partner;
}

static const char *date_text(struct arena *a, int64_t t)
{
	char text[TIME_TEXT];

	if (t == 0)
		return "";
	return arena_strdup(a,
			    t % 86400 == 0 ? time_format_date(text, t) : time_format_iso(text, t));
}

static void contact_to_cells(struct row_cells *out, struct arena *a, const struct contact *c)
{
	out->text[COL_KIND] = cell_kind_words[c->kind == CONTACT_MAIL ? CELL_MAIL : CELL_PHONE];
	out->text[COL_VALUE] = c->value;
	out->text[COL_NAME] = c->name;
	out->text[COL_LANGUAGE] = c->language;
	out->text[COL_ROLE] = c->role;
	out->text[COL_RANK] = arena_printf(a, "%d", c->rank);
	out->text[COL_SOURCE] = c->source;
	out->text[COL_SOURCE_DATE] = date_text(a, c->source_date);
	if (c->kind == CONTACT_MAIL)
		out->text[COL_PGP] = c->pgp;
	out->text[COL_STATE] = word_of(contact_state_words, (int)c->state);
}

void row_to_cells(struct row_cells *out, struct arena *a, const struct register_row *r)
{
	*out = (struct row_cells){ { NULL } };
	switch (r->kind) {
	case ROW_COMPANY:
		company_to_cells(out, &r->company);
		break;
	case ROW_CONTACT:
		contact_to_cells(out, a, &r->contact);
		break;
	case ROW_ASSET:
		out->text[COL_KIND] =
		    cell_kind_words[r->asset.kind == ASSET_NETWORK ? CELL_NETWORK : CELL_DOMAIN];
		out->text[COL_VALUE] = r->asset.text;
		break;
	}
	out->text[COL_COMPANY] = r->company_ref;
}
