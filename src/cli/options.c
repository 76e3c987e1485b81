/*
 * options: the command line, dates, formats and what commands print alike.
 */
#include "base.h"

#include "cli.h"
#include "dispatch.h"
#include "word.h"

static const struct option_spec *find_option(const struct option_spec *spec, size_t n,
                                             const char *name, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(spec[i].name) == len && memcmp(spec[i].name, name, len) == 0)
			return &spec[i];
	return NULL;
}

/* One "--name", "--name=value" or "--name value"; returns how many words it took. */
static int take_option(char **argv, int i, int argc, const struct option_spec *spec, size_t n,
                       struct err *e)
{
	const char *name = argv[i] + 2, *equals = strchr(name, '=');
	const struct option_spec *o =
		find_option(spec, n, name, equals ? (size_t)(equals - name) : strlen(name));

	if (o == NULL)
		return err_set(e, ERR_USAGE, "unknown option '%s'", argv[i]);
	if (o->flag != NULL) {
		if (equals != NULL)
			return err_set(e, ERR_USAGE, "option '--%s' takes no value", o->name);
		*o->flag = true;
		return 1;
	}
	if (equals != NULL) {
		*o->value = equals + 1;
		return 1;
	}
	if (i + 1 >= argc)
		return err_set(e, ERR_USAGE, "option '--%s' needs a value", o->name);
	*o->value = argv[i + 1];
	return 2;
}

int cli_options(int argc, char **argv, const struct option_spec *spec, size_t n, char ***args,
                int *n_args, struct err *e)
{
	int kept = 1, i = 1;

	while (i < argc) {
		int took;

		if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		}
		if (argv[i][0] != '-' || argv[i][1] == '\0') {
			argv[kept++] = argv[i++];
			continue;
		}
		if (argv[i][1] != '-')
			return err_set(e, ERR_USAGE, "unknown option '%s'", argv[i]);
		if ((took = take_option(argv, i, argc, spec, n, e)) < 0)
			return took;
		i += took;
	}
	while (i < argc)
		argv[kept++] = argv[i++];
	*args = argv + 1;
	*n_args = kept - 1;
	return 0;
}

int cli_format(const char *word, enum table_format *out, struct err *e)
{
	static const char *const words[] = { "text", "json", "csv", NULL };
	int v = TABLE_TEXT;

	if (word != NULL && !word_parse(&v, words, word))
		return err_set(e, ERR_USAGE, "--format is text, json or csv, not '%s'", word);
	*out = (enum table_format)v;
	return 0;
}

int cli_date(const char *text, int64_t *out, struct err *e)
{
	if (!time_parse_iso(out, text))
		return err_set(e, ERR_USAGE, "'%s' is no date (2026-11-22)", text);
	return 0;
}

int cli_count(int n, int least, int most, const char *what, struct err *e)
{
	if (n < least)
		return err_set(e, ERR_USAGE, "%s is missing", what);
	if (n > most)
		return err_set(e, ERR_USAGE, "too many words behind %s", what);
	return 0;
}

void cli_print_sent(const struct dispatch_count *n)
{
	printf("%" PRIu64 " accepted, %" PRIu64 " deferred, %" PRIu64 " refused, %" PRIu64
	       " unknown, %" PRIu64 " not tried", n->accepted, n->deferred, n->refused,
	       n->unknown, n->not_tried);
	if (n->held > 0)
		printf(", %" PRIu64 " held", n->held);
	printf("\n");
}

int cli_family(struct cli *c, int argc, char **argv, const struct command *table, struct err *e)
{
	if (argc < 2 || argv[1][0] == '-')
		return err_set(e, ERR_USAGE, "'%s' needs a sub-command", argv[0]);
	for (; table->name != NULL; table++)
		if (strcmp(table->name, argv[1]) == 0)
			return table->run(c, argc - 1, argv + 1, e);
	return err_set(e, ERR_USAGE, "'%s' has no sub-command '%s'", argv[0], argv[1]);
}
