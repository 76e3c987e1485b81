/*
 * rows_jsonl: the register as JSON lines (jansson), one object a line.
 *
 * Invariant: jansson sees one line of at most ROWS_LINE_MAX octets; it limits nesting to 2048 and
 * refuses bytes that are not UTF-8, NUL and repeated keys. Input: files of companies and colleagues
 * (not trusted); strings from the store on the way out.
 */
#include "base.h"

#include <limits.h>

#include <jansson.h>

#include "buf.h"
#include "num.h"
#include "row_cells.h"
#include "utf8.h"

/* A string, number or boolean as the text of a cell; null is an absent one. */
static int cell_text(const char **out, struct arena *a, const char *key, const json_t *value,
		     struct err *e)
{
	*out = NULL;
	switch (json_typeof(value)) {
	case JSON_STRING:
		*out = arena_strdup(a, json_string_value(value));
		return 0;
	case JSON_INTEGER:
		*out = arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
		return 0;
	case JSON_TRUE:
	case JSON_FALSE:
		*out = json_is_true(value) ? "yes" : "no";
		return 0;
	case JSON_NULL:
		return 0;
	default:
		return err_set(e, ERR_INPUT, "'%.64s' is neither text, whole number nor boolean",
			       key);
	}
}

/* Sets the cell of one key. */
static int read_member(struct row_cells *cells, struct arena *a, const char *key,
		       const json_t *value, struct err *e)
{
	enum row_column col;
	int rc;

	if ((rc = row_column_find(&col, key, e)) < 0)
		return err_wrap(e, "key");
	if (cells->text[col] != NULL)
		return err_set(e, ERR_INPUT, "key '%.64s' stands twice", key);
	return cell_text(&cells->text[col], a, key, value, e);
}

/* {"mail": "a@example.nl", ...} or {"phone": ...} */
static int read_contact(struct row_cells *cells, struct arena *a, json_t *contact, struct err *e)
{
	const char *key;
	json_t *value;
	int rc;

	if (!json_is_object(contact))
		return err_set(e, ERR_INPUT,
			       "is no object such as {\"mail\": \"info@example.nl\"}");
	json_object_foreach(contact, key, value) {
		bool mail = strcmp(key, "mail") == 0;

		if (mail || strcmp(key, "phone") == 0) {
			if (cells->text[COL_KIND] != NULL)
				return err_set(e, ERR_INPUT,
					       "holds both mail and phone, or a kind");
			cells->text[COL_KIND] = cell_kind_words[mail ? CELL_MAIL : CELL_PHONE];
			rc = cells->text[COL_VALUE] == NULL
				 ? cell_text(&cells->text[COL_VALUE], a, key, value, e)
				 : err_set(e, ERR_INPUT, "holds a value besides '%s'", key);
		} else {
			rc = read_member(cells, a, key, value, e);
		}
		if (rc < 0)
			return rc;
	}
	return 0;
}

static int read_asset(struct row_cells *cells, struct arena *a, json_t *asset, struct err *e)
{
	const char *text = json_string_value(asset);

	if (text == NULL)
		return err_set(e, ERR_INPUT,
			       "is no text such as \"192.0.2.0/24\" or \"example.nl\"");
	cells->text[COL_VALUE] = arena_strdup(a, text);
	cells->text[COL_KIND] = cell_kind_words[row_asset_kind(cells->text[COL_VALUE])];
	return 0;
}

typedef int read_element_fn(struct row_cells *cells, struct arena *a, json_t *element,
			    struct err *e);

/* Hands on each element of an array as a row of its own; array may be NULL. */
static int read_array(struct row_reader *rd, json_t *array, const char *name, const char *company,
                      read_element_fn *read, struct err *e)
{
	json_t *element;
	size_t i;

	json_array_foreach(array, i, element) {
		struct row_cells cells = { { [COL_COMPANY] = company } };
		struct err reason = ERR_INIT;
		char where[32];
		int rc;

		snprintf(where, sizeof(where), "%s[%zu]", name, i);
		if (read(&cells, &rd->arena, element, &reason) == 0) {
			rc = row_hand_on(rd, &cells, where, e);
		} else {
			err_wrap(&reason, "%s", where);
			rc = rows_refuse(rd, reason.text, e);
		}
		if (rc < 0)
			return rc;
	}
	return 0;
}

struct nested {
	json_t *contacts, *assets; /* borrowed; NULL = absent */
};

static int read_object(struct row_cells *cells, struct nested *nested, struct arena *a,
		       json_t *object, struct err *e)
{
	const char *key;
	json_t *value;
	int rc = 0;

	json_object_foreach(object, key, value) {
		bool contacts = strcmp(key, "contacts") == 0;

		if (!contacts && strcmp(key, "assets") != 0)
			rc = read_member(cells, a, key, value, e);
		else if (!json_is_array(value))
			rc = err_set(e, ERR_INPUT, "'%s' is no array", key);
		else if (contacts)
			nested->contacts = value;
		else
			nested->assets = value;
		if (rc < 0)
			return rc;
	}
	if (cells->text[COL_KIND] == NULL)
		cells->text[COL_KIND] = cell_kind_words[CELL_COMPANY];
	else if (nested->contacts != NULL || nested->assets != NULL)
		return err_set(e, ERR_INPUT, "contacts and assets stand in an object without kind");
	return 0;
}

static int hand_on_object(struct row_reader *rd, json_t *object, struct err *e)
{
	struct row_cells cells = { { NULL } };
	struct nested nested = { NULL, NULL };
	struct err reason = ERR_INIT;
	uint64_t refused = rd->refused;
	int rc;

	if (read_object(&cells, &nested, &rd->arena, object, &reason) < 0)
		return rows_refuse(rd, reason.text, e);
	rc = row_hand_on(rd, &cells, "", e);
	/* without its company the rest would hang in the air */
	if (rc < 0 || rd->refused > refused)
		return rc;
	if ((rc = read_array(rd, nested.contacts, "contacts", cells.text[COL_COMPANY], read_contact,
			     e)) < 0)
		return rc;
	return read_array(rd, nested.assets, "assets", cells.text[COL_COMPANY], read_asset, e);
}

static int read_line(struct row_reader *rd, struct span line, struct err *e)
{
	struct err reason = ERR_INIT;
	json_error_t je;
	json_t *object;
	int rc;

	if (span_len(line) > ROWS_LINE_MAX) {
		err_set(&reason, ERR_INPUT, "longer than %d octets", ROWS_LINE_MAX);
		return rows_refuse(rd, reason.text, e);
	}
	object = json_loadb(line.p, span_len(line), JSON_REJECT_DUPLICATES, &je);
	if (json_is_object(object)) {
		rc = hand_on_object(rd, object, e);
	} else {
		err_set(&reason, ERR_INPUT, "no JSON object: %s",
			object ? "something else" : je.text);
		rc = rows_refuse(rd, reason.text, e);
	}
	json_decref(object);
	return rc;
}

int rows_read_jsonl(struct row_reader *rd, struct span text, struct err *e)
{
	struct span line;
	int rc = 0;

	for (rd->line = 1; rc == 0 && span_line(&text, &line); rd->line++) {
		rd->raw = line;
		line = span_trim(line);
		if (!span_empty(line))
			rc = read_line(rd, line, e);
		arena_clear(&rd->arena);
	}
	return rc;
}

static json_t *json_cell(enum row_column col, const char *text)
{
	int64_t n;

	if (col == COL_VITAL)
		return json_boolean(strcmp(text, "yes") == 0);
	if (col == COL_RANK && num_parse(&n, text, INT_MIN, INT_MAX))
		return json_integer(n);
	return json_string(text);
}

void row_write_json(struct buf *out, const struct row_cells *cells)
{
	json_t *object = json_object();
	char *text;

	for (int i = 0; i < ROW_COLUMNS; i++)
		if (cells->text[i] != NULL)
			json_object_set_new(object, row_column_words[i],
			                    json_cell((enum row_column)i, cells->text[i]));
	text = json_dumps(object, JSON_COMPACT);
	buf_addstr(out, text);
	buf_addch(out, '\n');
	free(text);
	json_decref(object);
}
