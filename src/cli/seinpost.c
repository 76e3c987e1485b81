/*
 * seinpost: the program: the real clock, the real randomness, the real store.
 */
#include "base.h"
#include "cli.h"

int main(int argc, char **argv)
{
	struct cli c = { .gateway = { .clock = &system_clock, .rng = &system_rng } };

	return cli_main(&c, argc, argv);
}
