/*
 * conf_item: one setting of the configuration, checked against its line in a table.
 *
 * Invariant: every mistake is told with file, line and name.
 * Input: written by the administrator, parsed by libconfig.
 */
#include "base.h"

#include <libconfig.h>
#include <limits.h>

#include "alloc.h"
#include "conf_item.h"
#include "mailaddr.h"
#include "num.h"
#include "token.h"
#include "utf8.h"

int conf_complain(const struct conf_reader *r, const config_setting_t *s, const char *what)
{
	return err_set(r->e, ERR_CONF, "%s:%u: %s: %s", r->file, config_setting_source_line(s),
	               config_setting_name(s) ? config_setting_name(s) : "entry", what);
}

int conf_text(const struct conf_reader *r, const config_setting_t *s, const char **out)
{
	const char *v = config_setting_get_string(s);

	if (v == NULL)
		return conf_complain(r, s, "must be text in double quotes");
	if (utf8_check(v, strlen(v)) != SIZE_MAX)
		return conf_complain(r, s, "is not UTF-8");
	if (strpbrk(v, "\r\n") != NULL)
		return conf_complain(r, s, "must be one line");
	*out = arena_strdup(r->a, v);
	return 0;
}

static int get_path(const struct conf_reader *r, const config_setting_t *s, const char **out)
{
	int rc = conf_text(r, s, out);

	if (rc == 0 && **out != '\0' && **out != '/')
		*out = arena_printf(r->a, "%s/%s", r->folder, *out);
	return rc;
}

static int get_mail(const struct conf_reader *r, const config_setting_t *s, const char **out)
{
	char normal[MAILADDR_TEXT];
	struct err why = ERR_INIT;
	int rc = conf_text(r, s, out);

	if (rc < 0)
		return rc;
	if (mailaddr_normalise(normal, *out, &why) < 0)
		return conf_complain(r, s, why.text);
	*out = arena_strdup(r->a, normal);
	return 0;
}

/* What is made of it has to pass as an address too, else every mail is refused by our own check. */
static int get_mail_tagged(const struct conf_reader *r, const config_setting_t *s, const char **out)
{
	int rc = get_mail(r, s, out);
	size_t local;

	if (rc < 0)
		return rc;
	if (**out == '"')
		return conf_complain(r, s, "must not be in quotes: a token is added before the @");
	local = strlen(*out) - strlen(mailaddr_domain(*out)) - 1;
	if (local > MAILADDR_LOCAL_MAX - TOKEN_ADDS)
		return conf_complain(r, s,
		                     arena_printf(r->a, "%zu octets before the @; at most %d may "
		                                  "stand there, for a token of %d is added", local,
		                                  MAILADDR_LOCAL_MAX - TOKEN_ADDS, TOKEN_ADDS));
	if (strlen(*out) > MAILADDR_MAX - TOKEN_ADDS)
		return conf_complain(r, s,
		                     arena_printf(r->a, "%zu octets in all; at most %d are "
		                                  "allowed, for a token of %d is added",
		                                  strlen(*out), MAILADDR_MAX - TOKEN_ADDS,
		                                  TOKEN_ADDS));
	return 0;
}

int conf_word(const struct conf_reader *r, const config_setting_t *s, const char *words,
              const char **out)
{
	char bounded[64], text[160];
	int rc = conf_text(r, s, out);

	if (rc < 0)
		return rc;
	snprintf(bounded, sizeof(bounded), "|%s|", *out);
	if (strchr(*out, '|') != NULL || strstr(words, bounded) == NULL) {
		snprintf(text, sizeof(text), "must be one of %s", words);
		return conf_complain(r, s, text);
	}
	return 0;
}

static int get_int(const struct conf_reader *r, const config_setting_t *s,
                   const struct conf_item *it, int *out)
{
	char text[100];
	int v;

	if (config_setting_type(s) != CONFIG_TYPE_INT)
		return conf_complain(r, s, "must be a whole number");
	v = config_setting_get_int(s);
	if (v < it->min || v > it->max) {
		snprintf(text, sizeof(text), "must be %" PRId64 " to %" PRId64, it->min, it->max);
		return conf_complain(r, s, text);
	}
	*out = v;
	return 0;
}

static int get_units(const struct conf_reader *r, const config_setting_t *s,
                     const struct conf_item *it, int64_t *out)
{
	const char *text;
	int rc = conf_text(r, s, &text);
	bool ok;

	if (rc < 0)
		return rc;
	ok = it->type == ITEM_SIZE ? size_parse(out, text) : duration_parse(out, text);
	if (!ok || *out < it->min || *out > it->max)
		return conf_complain(
			r, s,
			it->type == ITEM_SIZE
				? "must be a size such as \"512k\" within its limits"
				: "must be a duration such as \"30m\" within its limits");
	return 0;
}

static int get_item(const struct conf_reader *r, const config_setting_t *s,
                    const struct conf_item *it, void *into)
{
	char *at = (char *)into + it->offset;
	const char *text = NULL;
	int64_t wide = 0;
	int rc;

	switch (it->type) {
	case ITEM_SKIP: return 0;
	case ITEM_INT: return get_int(r, s, it, (int *)(void *)at);
	case ITEM_BOOL:
		if (config_setting_type(s) != CONFIG_TYPE_BOOL)
			return conf_complain(r, s, "must be true or false");
		*(bool *)at = config_setting_get_bool(s);
		return 0;
	case ITEM_DURATION:
	case ITEM_SIZE: return get_units(r, s, it, (int64_t *)(void *)at);
	case ITEM_SECONDS:
		if ((rc = get_units(r, s, it, &wide)) == 0)
			*(int *)(void *)at = (int)wide;
		return rc;
	case ITEM_CHAR:
		if ((rc = conf_text(r, s, &text)) == 0 && strlen(text) != 1)
			rc = conf_complain(r, s, "must be one character");
		if (rc == 0)
			*at = *text;
		return rc;
	case ITEM_TEXT: return conf_text(r, s, (const char **)(void *)at);
	case ITEM_MAIL: return get_mail(r, s, (const char **)(void *)at);
	case ITEM_MAIL_TAGGED: return get_mail_tagged(r, s, (const char **)(void *)at);
	case ITEM_PATH: return get_path(r, s, (const char **)(void *)at);
	case ITEM_WORD: return conf_word(r, s, it->words, (const char **)(void *)at);
	}
	bug("conf: item type %d", (int)it->type);
}

static const struct conf_item *find_item(const struct conf_item *items, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(items[i].name, name) == 0)
			return &items[i];
	return NULL;
}

static bool is_empty_text(const config_setting_t *s)
{
	const char *text = config_setting_get_string(s);

	return text != NULL && *text == '\0';
}

static int missing(const struct conf_reader *r, const config_setting_t *group, const char *name)
{
	unsigned line = config_setting_source_line(group);

	if (line == 0) /* the file itself */
		return err_set(r->e, ERR_CONF, "%s: '%s' is missing", r->file, name);
	return err_set(r->e, ERR_CONF, "%s:%u: '%s' is missing", r->file, line, name);
}

int conf_group_read(const struct conf_reader *r, const config_setting_t *group,
                    const struct conf_item *items, size_t n, void *into)
{
	int rc = 0;

	if (config_setting_type(group) != CONFIG_TYPE_GROUP)
		return conf_complain(r, group, "must be a group: { name = value; ... }");
	for (int i = 0; rc == 0 && i < config_setting_length(group); i++) {
		const config_setting_t *s = config_setting_get_elem(group, (unsigned)i);
		const struct conf_item *it = find_item(items, n, config_setting_name(s));

		rc = it ? get_item(r, s, it, into)
		        : conf_complain(r, s, "is no setting; see seinpost.conf(5)");
		if (rc == 0 && it->required && is_empty_text(s))
			rc = conf_complain(r, s, "must not be empty");
	}
	for (size_t i = 0; rc == 0 && i < n; i++)
		if (items[i].required && config_setting_get_member(group, items[i].name) == NULL)
			rc = missing(r, group, items[i].name);
	return rc;
}

int conf_list_open(const struct conf_reader *r, const config_setting_t *root, const char *name,
                   const config_setting_t **list, size_t *n)
{
	*n = 0;
	*list = config_setting_get_member(root, name);
	if (*list == NULL)
		return 0;
	if (config_setting_type(*list) != CONFIG_TYPE_LIST)
		return conf_complain(r, *list, "must be a list: ( { ... }, { ... } )");
	*n = (size_t)config_setting_length(*list);
	return 0;
}

/* Are a and b the same text or number? */
static bool same_value(const config_setting_t *a, const config_setting_t *b)
{
	const char *x = config_setting_get_string(a), *y = config_setting_get_string(b);

	if (x != NULL && y != NULL)
		return strcmp(x, y) == 0;
	return config_setting_get_int(a) == config_setting_get_int(b);
}

int conf_list_unique(const struct conf_reader *r, const config_setting_t *list, size_t n,
                     const char *name)
{
	for (size_t i = 1; i < n; i++) {
		const config_setting_t *s =
			config_setting_get_member(config_setting_get_elem(list, (unsigned)i), name);

		for (size_t k = 0; k < i; k++)
			if (same_value(s,
			               config_setting_get_member(
					       config_setting_get_elem(list, (unsigned)k), name)))
				return conf_complain(r, s, "is there twice");
	}
	return 0;
}
