/*
 * main: the command table, and exit statuses.
 *
 * "seinpost --role NAME" is how the program starts itself in another process (proc/spawn.h); people
 * never type it.
 */
#include "base.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "log.h"
#include "parser.h"
#include "sender.h"
#include "sign_remote.h"
#include "signer.h"
#include "spawn.h"
#include "verifier.h"

static const struct command commands[] = {
	{ "init", cmd_init, "[DIR] [--key FPR]",
	  "make a working directory: configuration, store, key" },
	{ "company", cmd_company,
	  "import [--format csv|jsonl] FILE|-\nexport [--format csv|jsonl] [REF]\n"
	  "list|show REF|set REF NAME=VALUE...|forget REF",
	  "the register: companies, contacts, assets" },
	{ "incident", cmd_incident,
	  "open SLUG --title TEXT [--advice KIND] [--tlp LABEL] [--deadline DAYS] "
	  "[--severity WORD]\n"
	  "list|show SLUG|close SLUG",
	  "occasions to warn" },
	{ "intake", cmd_intake,
	  "[--incident SLUG] [--format auto|shadowserver|intelmq|csv] [--mapping NAME] "
	  "[--reject FILE] FILE...|-",
	  "findings of a feed" },
	{ "match", cmd_match, "[SLUG]\n--explain IP|DOMAIN", "whose are the findings" },
	{ "preview", cmd_preview, "SLUG [COMPANY] [--out DIR]", "the real mails, nothing sent" },
	{ "warn", cmd_warn, "SLUG [--send]",
	  "render, compose, sign, queue; --send: and send meanwhile" },
	{ "deliver", cmd_deliver, "[--drain] [--seconds N]", "send what is due" },
	{ "fetch", cmd_fetch, "[--once] [--inbox NAME]\n--mbox FILE|-",
	  "read the inboxes, or a file of mails" },
	{ "receive", cmd_receive, "[--source NAME]", "one raw mail on standard input" },
	{ "run", cmd_run, "", "the daemon: deliver and fetch" },
	{ "classify", cmd_classify, "[--format tsv|json] FILE...|-", "what a raw mail is" },
	{ "queue", cmd_queue,
	  "list [--state WORD] [--format text|json|csv]\nshow ID [--format text|json|csv]\n"
	  "hold|release|retry|cancel ID...\nstop|start",
	  "mails on their way" },
	{ "route", cmd_route,
	  "list [--format text|json|csv]|pause NAME [--reason TEXT]|resume NAME|stop|start",
	  "who takes our mail; 'stop' ends all sending" },
	{ "contact", cmd_contact,
	  "list [COMPANY] [--format text|json|csv]\nshow ID [--format text|json|csv]\n"
	  "set ID STATE --reason TEXT\nkey ID FILE",
	  "who is reached, who is not" },
	{ "warning", cmd_warning,
	  "list [SLUG] [--format text|json|csv]\nshow REF [--format text|json|csv]\n"
	  "set REF STATE --reason TEXT",
	  "one company, one incident" },
	{ "finding", cmd_finding,
	  "list SLUG [--state WORD] [--format text|json|csv]\nshow ID [--format text|json|csv]",
	  "what was seen" },
	{ "inbox", cmd_inbox,
	  "list [--all] [--limit N] [--format text|json|csv]\n"
	  "show ID [--raw] [--format text|json|csv]\ndone ID",
	  "answers that a person should read" },
	{ "call", cmd_call, "list [--format text|json|csv]\ndone REF --outcome TEXT",
	  "who has to be telephoned" },
	{ "report", cmd_report, "[SLUG] [--from DATE] [--to DATE] [--format text|json|csv]",
	  "the numbers" },
	{ "template", cmd_template, "check [DIR]", "find mistakes in templates" },
	{ "status", cmd_status, "[--format text|json|csv]", "what is going on" },
	{ "doctor", cmd_doctor, "[--network] [--format text|json|csv]", "check the installation" },
};

enum exit_status exit_of_error(int code)
{
	switch (code) {
	case ERR_USAGE: return EXIT_USAGE;
	case ERR_INPUT:
	case ERR_NOTFOUND:
	case ERR_CONFLICT:
	case ERR_PERM: return EXIT_INPUT;
	case ERR_NET: return EXIT_UNREACHABLE;
	case ERR_IO: return EXIT_STORE;
	case ERR_TEMP: return EXIT_LATER;
	case ERR_CONF: return EXIT_CONF;
	default: return EXIT_BUG;
	}
}

static void print_usage(FILE *out)
{
	fputs("usage: seinpost [--config FILE] COMMAND ...\n\n", out);
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
	fputs("\n'seinpost help COMMAND' shows how a command is used; seinpost(1) is the manual.\n",
	      out);
}

static void print_command(FILE *out, const struct command *c)
{
	const char *form = c->usage, *end;

	for (;; form = end + 1) {
		end = strchr(form, '\n');
		fprintf(out, "%s seinpost %s %.*s\n", form == c->usage ? "usage:" : "      ",
			c->name, (int)(end ? (size_t)(end - form) : strlen(form)), form);
		if (end == NULL)
			return;
	}
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

/* --config, then $SEINPOST_CONFIG, then ./seinpost.conf, then the system's. */
static const char *config_path(const struct cli *c)
{
	const char *env = getenv("SEINPOST_CONFIG");
	struct stat st;

	if (c->config != NULL)
		return c->config;
	if (env != NULL && *env != '\0')
		return env;
	return stat("seinpost.conf", &st) == 0 ? "./seinpost.conf"
					       : SYSCONFDIR "/seinpost/seinpost.conf";
}

int cli_need(struct cli *c, unsigned parts, struct err *e)
{
	int rc;

	if (c->conf == NULL) {
		rc = conf_load(&c->conf, config_path(c), e);
		if (rc == ERR_NOTFOUND)
			return err_set(
			    e, ERR_CONF,
			    "no configuration at %s; run 'seinpost init' or give --config FILE",
			    config_path(c));
		if (rc < 0)
			return rc;
		c->gateway.conf = c->conf;
	}
	return gateway_need(&c->gateway, parts, e);
}

static int run_role(const char *role)
{
	log_open(role, LOG_LEVEL_INFO, getenv("JOURNAL_STREAM") != NULL);
	if (strcmp(role, "sender") == 0)
		return sender_main(ROLE_FD, ROLE_SHARED_FD);
	if (strcmp(role, "signer") == 0)
		return signer_main(ROLE_FD);
	if (strcmp(role, "verifier") == 0)
		return verifier_main(ROLE_FD);
	if (strcmp(role, "parser") == 0)
		return parser_main(ROLE_FD);
	fprintf(stderr, "seinpost: no role '%s'\n", role);
	return EXIT_USAGE;
}

static int no_command(const char *name)
{
	fprintf(stderr, "seinpost: no command '%s'\n", name);
	print_usage(stderr);
	return EXIT_USAGE;
}

static int help(int argc, char **argv)
{
	const struct command *c = argc > 0 ? find_command(argv[0]) : NULL;

	if (argc > 0 && c == NULL)
		return no_command(argv[0]);
	if (c != NULL)
		print_command(stdout, c);
	else
		print_usage(stdout);
	return EXIT_DONE;
}

static int run_command(struct cli *c, const struct command *cmd, int argc, char **argv)
{
	struct err e = ERR_INIT;
	int rc;

	if (argc > 1 && strcmp(argv[1], "--help") == 0)
		return help(1, argv);
	rc = cmd->run(c, argc, argv, &e);
	gateway_close(&c->gateway);
	conf_free(c->conf);
	if (rc >= 0)
		return rc;
	fprintf(stderr, "seinpost: %s\n", e.text);
	if (rc == ERR_USAGE)
		print_command(stderr, cmd);
	return (int)exit_of_error(rc);
}

int cli_main(struct cli *c, int argc, char **argv)
{
	const struct command *cmd;
	int i = 1;

	signal(SIGPIPE, SIG_IGN);
	if (c->gateway.open_signer == NULL)
		c->gateway.open_signer = sign_remote_open;
	if (argc == 3 && strcmp(argv[1], "--role") == 0)
		return run_role(argv[2]);
	for (; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "--config") == 0 && i + 1 < argc) {
			c->config = argv[++i];
		} else if (strncmp(argv[i], "--config=", 9) == 0) {
			c->config = argv[i] + 9;
		} else if (strcmp(argv[i], "--version") == 0) {
			puts("seinpost " PACKAGE_VERSION);
			return EXIT_DONE;
		} else if (strcmp(argv[i], "--help") == 0) {
			return help(0, NULL);
		} else {
			fprintf(stderr,
				strcmp(argv[i], "--config") == 0
					? "seinpost: option '%s' needs a value\n"
					: "seinpost: unknown option '%s'\n",
				argv[i]);
			print_usage(stderr);
			return EXIT_USAGE;
		}
	}
	if (i >= argc) {
		print_usage(stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[i], "help") == 0)
		return help(argc - i - 1, argv + i + 1);
	cmd = find_command(argv[i]);
	return cmd != NULL ? run_command(c, cmd, argc - i, argv + i) : no_command(argv[i]);
}
