/*
 * crash_main: the program, with a death foretold: it kills itself at its n-th step,
 * SEINPOST_CRASH_AT=n.
 *
 * A step is the moment before or after a commit, before a sender is started, before it is given a
 * mail, and after answers were read.  Where the run ends alive it writes the number of steps made
 * into the file SEINPOST_CRASH_STEPS.
 *
 * Its wall clock is wrong by the number of seconds that the file SEINPOST_CLOCK_SHIFT holds; it is
 * read at each look at the clock, so that the clock can be set while the program runs.
 */
#include "base.h"

#include <signal.h>
#include <unistd.h>

#include "alloc.h"
#include "cli.h"
#include "num.h"
#include "sql_fault.h"

static int64_t steps, crash_at;

static void step(const char *what)
{
	if (++steps != crash_at)
		return;
	fprintf(stderr, "crash at step %" PRId64 ": %s\n", steps, what);
	kill(getpid(), SIGKILL);
}

static int64_t shifted_now(void *arg)
{
	FILE *f = fopen(arg, "r");
	char text[32] = "";
	int64_t shift = 0;

	if (f != NULL) {
		if (fgets(text, sizeof(text), f) == NULL ||
		    !num_parse(&shift, text, -1000000000, 1000000000))
			bug("SEINPOST_CLOCK_SHIFT: '%s' is no number", text);
		fclose(f);
	}
	return clock_now(&system_clock) + shift;
}

static void network_step(void *arg, const char *what)
{
	UNUSED(arg);
	step(what);
}

int main(int argc, char **argv)
{
	struct clock shifted = { shifted_now, getenv("SEINPOST_CLOCK_SHIFT") };
	struct cli c = {
		.gateway = { .clock = shifted.arg != NULL ? &shifted : &system_clock,
			     .rng = &system_rng,
			     .driver = &sql_fault,
			     .fault = network_step },
	};
	const char *at = getenv("SEINPOST_CRASH_AT"), *path = getenv("SEINPOST_CRASH_STEPS");
	int status;
	FILE *f;

	if (at != NULL && !num_parse(&crash_at, at, 0, INT64_MAX))
		return EXIT_USAGE;
	sql_fault_witness = step;
	status = cli_main(&c, argc, argv);
	if (path != NULL && steps > 0 && (f = fopen(path, "w")) != NULL) {
		fprintf(f, "%" PRId64 "\n", steps);
		fclose(f);
	}
	return status;
}
