/*
 * cli: what the commands share: the gateway they work on, options, listings, exit status.
 *
 * A command parses its options, calls a flow or the store, and prints.  It holds no policy.
 * Results go to standard output, everything else to standard error.
 */
#ifndef SEINPOST_CLI_H
#define SEINPOST_CLI_H

#include "gateway.h"
#include "progress.h"
#include "table.h"

struct cli {
	struct gateway gateway;
	struct conf *conf;
	const char *config; /* --config, or NULL */
};

/* Exit statuses that others rely on (sysexits.h where it has them). */
enum exit_status {
	EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 64, EXIT_INPUT = 65, EXIT_UNREACHABLE = 69,
	EXIT_BUG = 70, EXIT_STORE = 74, EXIT_LATER = 75, EXIT_CONF = 78,
};
enum exit_status exit_of_error(int code);

/*
 * A command: argv[0] is its name.  Returns EXIT_DONE or EXIT_REFUSED, or an error.  run may be
 * called without a configuration only where the command does not ask for a part of the gateway.
 */
struct command {
	const char *name;
	int (*run)(struct cli *c, int argc, char **argv, struct err *e);
	const char *usage;   /* behind the name; one line a form, separated by '\n' */
	const char *summary;
};

/* Loads the configuration where it is not loaded, then opens parts (enum gateway_part). */
int cli_need(struct cli *c, unsigned parts, struct err *e) NODISCARD;

/* One option of a command: value is set for "--name VALUE", flag for "--name". */
struct option_spec {
	const char *name;
	const char **value;
	bool *flag;
};

/*
 * Parses argv[1..]; options may stand anywhere, "--" ends them.  *args and *n_args are what is
 * left.  ERR_USAGE names what was mistyped.
 */
int cli_options(int argc, char **argv, const struct option_spec *spec, size_t n, char ***args,
                int *n_args, struct err *e) NODISCARD;
/* "text", "json", "csv" (NULL: text). */
int cli_format(const char *word, enum table_format *out, struct err *e) NODISCARD;
/* "2026-11-22" or a whole time. */
int cli_date(const char *text, int64_t *out, struct err *e) NODISCARD;
/* ERR_USAGE unless least <= n <= most. */
int cli_count(int n, int least, int most, const char *what, struct err *e) NODISCARD;
/*
 * Runs the sub-command argv[1] of a family ("company import"): table ends with an entry without
 * name.
 */
int cli_family(struct cli *c, int argc, char **argv, const struct command *table,
               struct err *e) NODISCARD;

struct dispatch_count;
/* What became of attempts, in a line; held only where a mail is. */
void cli_print_sent(const struct dispatch_count *n);

/*
 * The program, for a gateway with a clock and randomness of the caller's choice.  Returns the exit
 * status.
 */
int cli_main(struct cli *c, int argc, char **argv);

int cmd_init(struct cli *c, int argc, char **argv, struct err *e);
int cmd_company(struct cli *c, int argc, char **argv, struct err *e);
int cmd_incident(struct cli *c, int argc, char **argv, struct err *e);
int cmd_intake(struct cli *c, int argc, char **argv, struct err *e);
int cmd_match(struct cli *c, int argc, char **argv, struct err *e);
int cmd_preview(struct cli *c, int argc, char **argv, struct err *e);
int cmd_warn(struct cli *c, int argc, char **argv, struct err *e);
int cmd_template(struct cli *c, int argc, char **argv, struct err *e);
int cmd_deliver(struct cli *c, int argc, char **argv, struct err *e);
int cmd_fetch(struct cli *c, int argc, char **argv, struct err *e);
int cmd_receive(struct cli *c, int argc, char **argv, struct err *e);
int cmd_run(struct cli *c, int argc, char **argv, struct err *e);
int cmd_classify(struct cli *c, int argc, char **argv, struct err *e);
int cmd_queue(struct cli *c, int argc, char **argv, struct err *e);
int cmd_route(struct cli *c, int argc, char **argv, struct err *e);
/* argv[0] is "stop" or "start": the switch for all sending. */
int cmd_sending(struct cli *c, int argc, char **argv, struct err *e);
int cmd_contact(struct cli *c, int argc, char **argv, struct err *e);
int cmd_warning(struct cli *c, int argc, char **argv, struct err *e);
int cmd_finding(struct cli *c, int argc, char **argv, struct err *e);
int cmd_inbox(struct cli *c, int argc, char **argv, struct err *e);
int cmd_call(struct cli *c, int argc, char **argv, struct err *e);
int cmd_report(struct cli *c, int argc, char **argv, struct err *e);
int cmd_status(struct cli *c, int argc, char **argv, struct err *e);
int cmd_doctor(struct cli *c, int argc, char **argv, struct err *e);

#endif
