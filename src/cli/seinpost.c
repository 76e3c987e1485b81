/*
 * seinpost: the program: the real clock, the real randomness, the real store.
 */
#include "base.h"
#include "cli.h"

int main(int argc, char **argv)
{
	struct rng_pool pool;
	struct rng rng = rng_pooled(&pool);
	struct cli c = { .gateway = { .clock = &system_clock, .rng = &rng } };

	return cli_main(&c, argc, argv);
}
