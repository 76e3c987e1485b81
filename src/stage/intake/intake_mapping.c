/*
 * intake_mapping: the columns of any other CSV, as the configuration names them.
 *
 * Invariant: a column the mapping names is there, or the whole file is refused before its first
 * row.
 * Input: the mapping (trusted, may hold mistakes), a header that passed intake_csv (hostile).
 */
#include "base.h"
#include "intake_formats.h"
#include "word.h"

/* In this order the words of finding_field_words. */
static const enum field word_fields[] = {
	FIELD_SEEN_AT, FIELD_IP, FIELD_PORT, FIELD_TRANSPORT, FIELD_APPLICATION, FIELD_DOMAIN,
	FIELD_HOSTNAME, FIELD_URL, FIELD_ACCOUNT, FIELD_IDENTIFIER, FIELD_TAG, FIELD_CVE,
	FIELD_VENDOR, FIELD_PRODUCT, FIELD_VERSION, FIELD_TLP, FIELD_SEVERITY, FIELD_IGNORE,
};

static int set_column(struct csv_plan *p, const struct intake_run *run,
                      const struct intake_column *c, uint8_t rank, struct err *e)
{
	int word;

	if (!word_parse(&word, finding_field_words, c->field))
		return err_set(e, ERR_CONF, "mapping %s: column \"%s\": there is no field \"%s\"",
		               run->o->mapping->name, c->column, c->field);
	if (!plan_set(p, c->column, word_fields[word], rank))
		return err_set(e, ERR_INPUT, "%s: no column \"%s\", which the mapping %s asks for",
		               run->o->file_name, c->column, run->o->mapping->name);
	if (word_fields[word] == FIELD_SEEN_AT)
		p->has_time = true;
	return 0;
}

int mapping_plan(struct csv_plan *p, struct intake_run *run, struct err *e)
{
	const struct intake_mapping *m = run->o->mapping;
	int rc;

	for (size_t i = 0; i < m->n_columns; i++)
		if ((rc = set_column(p, run, &m->columns[i],
		                     (uint8_t)(i < UINT8_MAX ? i : UINT8_MAX), e)) < 0)
			return rc;
	run->source_type = m->name;
	run->feed = m->feed;
	run->advice = m->advice;
	run->seen_at = p->has_time ? 0 : run->o->now;
	return 0;
}
